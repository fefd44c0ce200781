"""Page of expectations: what scenario files expect of their runs, with the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.experiment.outcomes.expectations import CANNOT_TELL
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import chances, count_text, interval_name, out_of

if TYPE_CHECKING:
    from sim.experiment.outcomes.expectations import JudgedExpectation
    from sim.experiment.runs.batch import Batch


def say_expectations(
    page: Page, name: str, batch: Batch, lines: Sequence[JudgedExpectation]
) -> None:
    """Adds the verdicts of a scenario, a line each, and what would decide those left open."""
    page.title(name)
    page.table(
        [TableColumn("verdict"), numeric("%"), TableColumn("interval"), worded("expected")],
        [_row(line) for line in lines],
        labels=1,
    )
    for line in lines:
        if line.verdict == CANNOT_TELL:
            page.say(f"Cannot tell {line.expectation.text}: {way_out(line)}.", indent=2)
    drawn = bool(batch.per_vector)
    failed = len(batch.failures)
    page.say(
        f"{count_text(batch.n, 'run')}, seed {batch.seed}, id {batch.id}"
        + (f"; {count_text(failed, 'run')} failed and do not count" if failed else "")
        + f". In brackets the {interval_name(drawn=drawn)}.",
        indent=2,
    )


def found_words(line: JudgedExpectation) -> str:
    """Returns the share of the runs with its interval and their number, in words."""
    if line.found is None:
        return "no run counts"
    found = line.found.probability
    return " ".join(
        (*_shares(found.value, found.low, found.high), "in", out_of(line.found.n, line.found.of))
    )


def way_out(line: JudgedExpectation) -> str:
    """Returns what would decide a line that is open; empty if it is decided."""
    if line.verdict != CANNOT_TELL:
        return ""
    if line.found is None:
        return "no run meets the condition, so play more with -n"
    if line.runs_needed is None:
        return "the share is so near the bound that no number of runs would decide it"
    return f"about {line.runs_needed:,} runs would decide it (-n {line.runs_needed})"


def _shares(value: float, low: float, high: float) -> tuple[str, str]:
    share, interval = chances(value, low, high)
    return f"{share}%", interval


def _row(line: JudgedExpectation) -> list[str]:
    found = line.found
    cells = ["-", ""]
    few = ""
    if found is not None:
        cells = [*chances(found.probability.value, found.probability.low, found.probability.high)]
        few = f" ({out_of(found.n, found.of)})" if line.expectation.question.given else ""
    return [line.verdict, *cells, f"{line.expectation.text}{few}"]
