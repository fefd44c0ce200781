"""Page of the validation: published figures compared with the trade model, by class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.experiment.tariffs.checks import Verdict
from sim.experiment.tariffs.replay import ReplayMonth
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.pages.tariffs.replay import put_replay, replay_json
from sim.report.words.numbers import count_text, number_text, sentence_case, spread
from sim.scenario.checks import FigureClass, check_sources
from sim.scenario.evidence import sources

COLUMNS: Final = (
    worded("figure"),
    numeric("published"),
    numeric("model"),
    numeric("tolerance"),
    TableColumn("from"),
    TableColumn("cutoff"),
    TableColumn(""),
)

CLASS_MEANINGS: Final = {
    FigureClass.OUT_OF_SAMPLE: "Another published figure would change no parameter.",
    FigureClass.FITTED: "The figure helped to choose a parameter.",
    FigureClass.ECHO: "The model prints a parameter, or the law it was given, back.",
    FigureClass.INPUT: "A parameter was set to the figure.",
}


def validation_page(verdicts: Sequence[Verdict], months: Sequence[ReplayMonth] = ()) -> Page:
    """Returns the page: a table for each class, its misses with reasons, the months of 2025 beside
    the record, and the sources."""
    page = Page()
    page.title("The trade model compared with published figures")
    page.say(counted(verdicts))
    page.gap()
    page.say(
        "All parameters have the scenarios' central values. `from`: where the tolerance comes "
        "from, the source's own error, rounding or judgement. `cutoff`: published before or after "
        "23 October 2025; later figures are not used in any scenario, prior or forecast."
    )
    for kind in FigureClass:
        say_class(page, kind, [v for v in verdicts if v.check.kind == kind])
    if months:
        put_replay(page, months)
    page.heading("Sources")
    for key in dict.fromkeys(v.check.source for v in verdicts):
        page.say(f"{key}: {_source(key)}", indent=2)
    return page


def say_class(page: Page, kind: FigureClass, verdicts: Sequence[Verdict]) -> None:
    """Adds the figures of a class and the reasons for those that miss."""
    if not verdicts:
        return
    page.heading(sentence_case(kind))
    page.say(CLASS_MEANINGS[kind])
    page.table(COLUMNS, [_row(v) for v in verdicts], indent=0)
    for v in verdicts:
        if not v.holds:
            page.say(f"* {v.check.what}: {reason(v)}", indent=2)
        elif v.check.known_miss:
            page.say(
                f"! {v.check.what}: within tolerance, although listed as a known miss", indent=2
            )


def validation_json(
    verdicts: Sequence[Verdict], months: Sequence[ReplayMonth] = ()
) -> dict[str, Any]:
    """Returns the figures as one JSON object; only figures out of sample are counted."""
    tests = [v for v in verdicts if v.counts]
    return {
        "schema": 1,
        "in_short": counted(verdicts),
        "counted": len(tests),
        "held": sum(v.holds for v in tests),
        "checks": [_json(v) for v in verdicts],
        "replay": replay_json(months),
    }


def counted(verdicts: Sequence[Verdict]) -> str:
    """Returns how many of the figures that test the model lie within their tolerance."""
    tests = [v for v in verdicts if v.counts]
    return (
        f"{sum(v.holds for v in tests)} of {count_text(len(tests), 'out-of-sample figure')} lie "
        "within their tolerance; the other classes test nothing about the model."
    )


def reason(verdict: Verdict) -> str:
    """Returns why a figure misses."""
    return verdict.check.known_miss or "new miss, to be investigated"


def _row(v: Verdict) -> list[str]:
    check = v.check
    return [
        f"{check.what} ({check.unit})",
        number_text(check.published),
        number_text(v.ours),
        spread(check.low, check.high).replace("+", ""),
        check.basis.partition(":")[0],
        "after" if check.after_cutoff else "before",
        "" if v.holds else "*",
    ]


def _json(v: Verdict) -> dict[str, Any]:
    check = v.check
    return {
        "check": check.key,
        "class": str(check.kind),
        "what": check.what,
        "unit": check.unit,
        "published": check.published,
        "ours": v.ours,
        "tolerance": [check.low, check.high],
        "tolerance_from": check.basis,
        "holds": v.holds,
        "sets": list(check.sets),
        "after_cutoff": check.after_cutoff,
        "known_miss": check.known_miss or None,
        "source": check.source,
        "source_text": _source(check.source),
        "note": check.note,
    }


def _source(key: str) -> str:
    return sources()[key].text if key in sources() else check_sources()[key]
