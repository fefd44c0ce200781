"""List of stored results and designs, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import count_text, seconds_text

if TYPE_CHECKING:
    from sim.experiment.store.results import SetAside, Stored

ANOTHER: Final = "*"
"""Marks what another version of the model played."""

SHOWN_RESULTS: Final = 40
"""Maximum number of stored results listed as text; one sweep can store hundreds."""


def results_page(
    root: Path,
    results: Sequence[Stored],
    designs: Sequence[Stored],
    set_aside: Sequence[SetAside] = (),
) -> Page:
    """Returns the list of results, one line each, newest first.

    Args:
        root: Folder of the results.
        results: Stored results.
        designs: Points drawn by `sweep --sample` and `sensitivity`, with their runs.
        set_aside: Folders whose manifest cannot be used.
    """
    page = Page()
    if not (results or designs):
        page.verbatim(f"No results in {root}. Create some with: detente run october-2025-apec")
    columns = [
        worded("result"),
        numeric("runs"),
        numeric("seed"),
        TableColumn("parameters"),
        numeric("run time"),
        TableColumn(""),
    ]
    if results:
        newest = results[:SHOWN_RESULTS]
        page.table(columns, [_result_row(stored) for stored in newest], indent=0)
        if older := len(results) - len(newest):
            page.say(f"and {count_text(older, 'older result')} (--json lists all)")
    if designs:
        page.heading("Sample designs of sweeps and sensitivity analyses")
        columns[:-2] = [worded("design"), numeric("points"), numeric("runs per point")]
        page.table(columns, [_design_row(stored) for stored in designs], indent=0)
    if not all(stored.is_current for stored in (*results, *designs)):
        page.gap()
        page.say(
            f"{ANOTHER} played by another version of the model: the same command plays it "
            "again, into a folder of its own"
        )
    for aside in set_aside:
        page.gap()
        page.say(aside.sentence)
    return page


def results_json(
    root: Path,
    results: Sequence[Stored],
    designs: Sequence[Stored],
    set_aside: Sequence[SetAside] = (),
) -> dict[str, Any]:
    """Returns the list as one JSON object."""
    return {
        "schema": 1,
        "results_dir": str(root),
        "results": [stored_json(stored) for stored in results],
        "designs": [{**stored_json(design), "points": _points(design)} for design in designs],
        "set_aside": [{"name": aside.name, "reason": aside.reason} for aside in set_aside],
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


def _result_row(stored: Stored) -> list[str]:
    manifest = stored.manifest
    return [
        _name(stored),
        f"{stored.n:,}",
        str(manifest["seed"]),
        str(manifest.get("parameters", "")),
        _played_in(stored),
        _mark(stored),
    ]


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
