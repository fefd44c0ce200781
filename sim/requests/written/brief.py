"""Requests for briefs: a run on one A4 page, as PDF, or as HTML where nothing prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from sim.errors import UsageError
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.design import Means
from sim.experiment.sensitivity.movers import movers_of
from sim.experiment.store.manifest import read_manifest
from sim.report.files import WrittenFile, check_target, write_file
from sim.report.html.brief import SIZES, brief_document, is_brief
from sim.report.pages.run.digest import Digest
from sim.report.words.numbers import day_text
from sim.requests.written.printing import CannotPrint, page_count, printed

PDF: Final = ".pdf"
HTML: Final = ".html"

ENDINGS: Final = (PDF, HTML)
"""Endings of a brief: printed, or to be printed by its reader."""


def check_ending(file: Path) -> None:
    """Checks the ending of a brief's file.

    Raises:
        UsageError: It is neither that of a printed page nor that of one to print.
    """
    if file.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"-o {file}: a brief is a page to print; its name must end in {PDF}, or in {HTML} to "
            "print it yourself, e.g. -o brief.pdf"
        )


def write_brief(
    scenario: str, played: tuple[Batch, Batch | None], means: Means, file: Path | None
) -> WrittenFile:
    """Writes the brief of a run.

    Args:
        scenario: The scenario, as typed.
        played: Its runs and their companion.
        means: Store, workers and engine of the runs.
        file: File to write; None for one beside the runs.

    Returns:
        The file; if nothing prints, one that ends in `.html` instead, and why.

    Raises:
        UsageError: The file cannot be written, or is HTML of something else.
    """
    batch, drawn = played
    own = replace(means, seed=batch.seed)
    movers = movers_of(batch.resolved, drawn, own) if drawn else None
    digest = Digest(batch, drawn)
    make = partial(brief_document, digest, movers, scenario, _day(batch))
    target = file or means.store.root / f"{batch.directory.name}-brief{PDF}"
    if target.suffix.lower() == HTML:
        return write_file(target, make())
    try:
        return write_file(target, _fitted(make))
    except CannotPrint as why:
        note = (
            f"It is HTML because {why}. Install Chromium and type the command again, or open this "
            "file in a browser and print it to PDF: it fits one A4 page."
        )
        target = target.with_suffix(HTML)
        check_target(target, is_brief, "-o", "brief")
        return write_file(target, make())._replace(note=note)


def _fitted(make: Callable[..., str]) -> bytes:
    """Returns a page printed as large as fits one sheet; at the smallest size, whatever its length.

    Raises:
        CannotPrint: Nothing prints.
    """
    pdf = b""
    for size in SIZES:
        pdf = printed(make(size=size))
        if page_count(pdf) == 1:
            break
    return pdf


def _day(batch: Batch) -> str:
    """Returns the day on which runs were last added to a result."""
    updated = str(read_manifest(batch.directory)["updated"])
    return day_text(date.fromisoformat(updated[:10]).toordinal())
