"""List of stored studies and designs, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.outcomes.figures import SHARE
from sim.experiment.stats.json_form import finite, interval
from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import (
    NOTHING,
    count_text,
    in_100,
    number_text,
    seconds_text,
    step_of,
)

if TYPE_CHECKING:
    from sim.experiment.bench.studies import Study, StudyBench
    from sim.experiment.stats.intervals import Estimate
    from sim.experiment.store.results import Stored

ANOTHER: Final = "*"
"""Marks what another version of the model played."""

SHOWN_RESULTS: Final = 40
"""Maximum number of stored results listed as text; one sweep can store hundreds."""

HEADS: Final = {
    "truce_in_force": "truce\n%",
    "path_class=conflict": "conf.\n%",
    "us_addon_pp": "duty\npp",
}
"""Headline figures of the table, with their headings; JSON has all."""

LEFT_KEYS: Final = frozenset({"date", "scenario", "runs"})
"""What a list is sorted by without a column of its own."""


def results_page(bench: StudyBench) -> Page:
    """Returns the studies in a table, a row each, and what else is in the folder."""
    page = Page()
    if not (bench.studies or bench.designs):
        page.verbatim(
            f"No results in {bench.root}. Create some with: detente run october-2025-apec"
        )
    if bench.studies:
        _say_studies(page, bench)
    if bench.designs:
        page.heading("Sample designs of sweeps and sensitivity analyses")
        columns = [worded("design"), numeric("points"), numeric("runs per point")]
        columns += [numeric("run time"), TableColumn("")]
        page.table(columns, [_design_row(stored) for stored in bench.designs], indent=0)
    played = [study.stored for study in bench.studies]
    if not all(stored.is_current for stored in (*played, *bench.designs)):
        page.gap()
        page.say(
            f"{ANOTHER} played by another version of the model: detente results rerun ID plays it "
            "with this one, into a folder of its own, and tells what moved"
        )
    for told in (*(s.fault for s in bench.studies if s.fault), *_asides(bench)):
        page.gap()
        page.say(told)
    return page


def results_json(bench: StudyBench) -> dict[str, Any]:
    """Returns the content of the folder as one JSON object."""
    return {
        "schema": 1,
        "results_dir": str(bench.root),
        "sorted_by": bench.sort,
        "results": [_study_json(study) for study in bench.studies],
        "designs": [{**stored_json(design), "points": _points(design)} for design in bench.designs],
        "set_aside": [{"name": aside.name, "reason": aside.reason} for aside in bench.set_aside],
    }


def figure_json(unit: str, estimate: Estimate) -> dict[str, Any]:
    """Returns a headline figure as a JSON object: unit, value, interval and standard error."""
    return {
        "unit": unit,
        "value": finite(estimate.value),
        "interval": interval(estimate),
        "error": finite(estimate.error),
    }


def figure_text(name: str, unit: str, value: float) -> str:
    """Returns a headline figure as text: a share in per cent, a mean in steps of its outcome."""
    return in_100(value) if unit == SHARE else number_text(value, step=step_of(name))


def figure_words(name: str) -> str:
    """Returns the name of a headline figure in words."""
    outcome, _, label = name.partition("=")
    return outcome_words(outcome, label)


def _asides(bench: StudyBench) -> list[str]:
    return [aside.sentence for aside in bench.set_aside]


def _say_studies(page: Page, bench: StudyBench) -> None:
    shown = dict(HEADS)
    if bench.sort not in {*shown, *LEFT_KEYS}:
        shown[bench.sort] = f"\n{bench.sort}"
    columns = [
        TableColumn("\nid"),
        TableColumn("\ndate"),
        worded("\nscenario (changes)"),
        numeric("\nruns"),
        *(numeric(title) for title in shown.values()),
    ]
    rows = [_study_row(study, shown) for study in bench.studies]
    page.table(columns, rows, indent=0, labels=3)
    if left := bench.of - len(bench.studies):
        page.say(f"and {count_text(left, 'more result')} (--json lists all)")
    page.gap()
    page.say(
        "At the end of the runs: in per cent of them a truce in force, and open conflict; and the "
        "mean points of US duty added. results show ID and results diff A B tell more."
    )


def _study_row(study: Study, shown: Iterable[str]) -> list[str]:
    stored = study.stored
    changed = f" ({', '.join(study.changed)})" if study.changed else ""
    return [
        f"{stored.id}{_mark(stored)}",
        str(stored.manifest["updated"])[:10],
        f"{_printed(str(stored.manifest['scenario']))}{_printed(changed)}",
        f"{stored.n:,}",
        *(_figure(study, name) for name in shown),
    ]


def _figure(study: Study, name: str) -> str:
    figure = study.figures.get(name)
    if figure is None:
        return NOTHING
    return figure_text(name, figure.unit, figure.estimate.value)


def _printed(text: str) -> str:
    """Returns a text of a manifest, which anyone may have written, without control characters."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _study_json(study: Study) -> dict[str, Any]:
    figures = {
        name: {**figure_json(each.unit, each.estimate), "n": each.runs}
        for name, each in study.figures.items()
    }
    return {
        **stored_json(study.stored),
        "changed": list(study.changed),
        "figures": figures,
        "fault": study.fault or None,
    }


def stored_json(stored: Stored) -> dict[str, Any]:
    """Returns the manifest data of a results folder."""
    manifest = stored.manifest
    keys = ("scenario", "id", "seed", "parameters", "per_vector", "changes", "model_version")
    return {
        "name": stored.name,
        "directory": str(stored.home),
        "n": stored.n,
        **{key: manifest.get(key) for key in keys},
        "current": stored.is_current,
        "created": manifest.get("created"),
        "updated": manifest.get("updated"),
        "timings": clean(manifest.get("timings", {})),
    }


def _design_row(design: Stored) -> list[str]:
    runs = f"{design.manifest['per_vector']:,}"
    return [_name(design), f"{_points(design):,}", runs, _played_in(design), _mark(design)]


def _points(design: Stored) -> int:
    """Returns the number of complete points; in the files, points are parameter vectors."""
    return design.n // int(design.manifest["per_vector"])


def _name(stored: Stored) -> str:
    return f"{stored.name} ({stored.changes})" if stored.changes else stored.name


def _played_in(stored: Stored) -> str:
    elapsed = stored.manifest.get("timings", {}).get("elapsed_s")
    return seconds_text(elapsed) if elapsed is not None else ""


def _mark(stored: Stored) -> str:
    return "" if stored.is_current else ANOTHER
