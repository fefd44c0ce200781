"""Answers: what the page shows of a setting, as one JSON object with HTML inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sim.experiment.executors.interface import Stop
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.replay import play_one
from sim.report.html.parts.cards import cards
from sim.report.html.parts.changes import contrast
from sim.report.html.parts.fans import live_pictures
from sim.report.html.parts.pictures import NARROW_FRAME, Gallery, hung
from sim.report.html.parts.prose import prose
from sim.report.html.run import headline_cards
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import Headline, truce
from sim.report.pages.run.lead import lead
from sim.report.pages.single_run.trace import trace_page
from sim.report.words.numbers import chance, count_text, sentence_case
from sim.report.words.sides import side_letters, side_names
from sim.requests.single_run import check_replicate
from sim.serve.repeats import command_of, comparison_script, python_of
from sim.serve.sessions import Session
from sim.serve.settings import Setting
from sim.serve.workbench import Superseded, Workbench

CONFLICT: Final = Headline("relations end in open conflict", "path_class", "conflict")
"""Headline that is told beside the truce in the line that is always in sight."""

NOW: Final = ("now",)
"""Label of an answer beside the one before, short enough for a phone."""

_CHRONICLE_LEVEL: Final = 3
"""Level of the headings of a chronicle, below that of its section."""


def answer(bench: Workbench, session: Session, setting: Setting, stop: Stop) -> dict[str, Any]:
    """Returns the answer to a setting, with the answer before it in grey, and remembers it.

    Raises:
        SimError: The setting is wrong.
        Superseded: A newer wish arrived meanwhile.
    """
    batch = session.batch(setting, stop)
    ghost = session.ghost_for(setting)
    earlier = None if ghost is None else session.batch(ghost, stop)
    digest = Digest(batch)
    found = None if earlier is None else contrast(batch, earlier, "the answer before")
    told = {
        "scenario": batch.resolved.name,
        "runs": batch.n,
        "sentence": sentence_case(lead(digest)),
        "change": found.sentence if found else "",
        "brief": _brief(digest, None if earlier is None else Digest(earlier)),
        # That the assumed ranges are not played is said once, in the sentence.
        "cards": cards([replace(card, beyond="") for card in headline_cards(digest)]),
        "differences": found.table("change-table", _caption(batch), "now", "before")
        if found
        else "",
        "figures": _figures(bench, [batch], earlier, stop),
        "command": command_of(setting, batch),
        "python": python_of(setting, batch),
    }
    session.show(setting)
    return told


def comparison(
    bench: Workbench, session: Session, pair: tuple[Setting, Setting], stop: Stop
) -> dict[str, Any]:
    """Returns two pinned settings beside each other.

    Raises:
        SimError: A setting is wrong, or they have nothing in common.
        Superseded: A newer wish arrived meanwhile.
    """
    a, b = (session.batch(setting, stop) for setting in pair)
    found = contrast(a, b, "B")
    names = side_names([a, b])
    return {
        "sentence": f"A is {names[0]}; B is {names[1]}. {found.sentence}",
        "differences": found.table("pair-table", f"A minus B: {_caption(a)}", "A", "B"),
        "figures": _figures(bench, [a, b], None, stop),
        "python": comparison_script((pair[0], a), (pair[1], b)),
    }


def chronicle(bench: Workbench, setting: Setting, replicate: int) -> dict[str, Any]:
    """Returns one run of a setting, day by day with the reasons for each act.

    Raises:
        NotFoundError: There is no such run.
        SimError: The setting is wrong.
    """
    check_replicate(replicate)
    played = play_one(bench.offer.resolved(setting), bench.means.seed, replicate)
    page = trace_page(played.chronicle, waits=False)
    return {"replicate": replicate, "html": prose(page, "run", _CHRONICLE_LEVEL)}


def _brief(digest: Digest, earlier: Digest | None) -> str:
    """Returns two headlines in a line, each with its value before: the truce, and conflict."""
    parts = []
    for headline in (truce(digest), CONFLICT):
        text = chance(digest.share(headline.column, headline.label).value)
        if earlier is not None and earlier.has(headline.column):
            text += f", {chance(earlier.share(headline.column, headline.label).value)} before"
        parts.append(f"{headline.words}: {text}")
    return f"{sentence_case('; '.join(parts))}."


def _caption(batch: Batch) -> str:
    return (
        f"{count_text(batch.n, 'pair')} of runs, each pair on the same luck (seed {batch.seed}); "
        "the intervals reflect luck alone"
    )


def _figures(
    bench: Workbench, batches: Sequence[Batch], ghost: Batch | None, stop: Stop
) -> list[str]:
    """Returns the charts of the report, one by one, unless a newer wish arrives meanwhile."""
    drawn: list[str] = []
    labels = side_letters(len(batches)) if len(batches) > 1 else NOW if ghost else ()
    for picture in live_pictures(batches, ghost, labels):
        if stop() or bench.closing.is_set():
            raise Superseded
        with bench.drawing:
            drawn += hung([Gallery(picture.key, "", (picture,))], frames=(NARROW_FRAME,))
    return drawn
