"""Publication of the results: every shipped scenario is played, and its table written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.experiment.publication.checkout import Checkout, check_message
from sim.experiment.publication.moves import FigureMove, Tables, moves
from sim.experiment.publication.tables import PublishedTable, table_of
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.design import Means
from sim.experiment.runs.filler import part
from sim.scenario.resolved_scenario import Resolved

RUNS: Final = 20_000
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Publication:
    """Outcome of a publication.

    Attributes:
        tables: Tables of the present results, by scenario.
        moved: Figures that moved beyond Monte Carlo error since the last publication.
        new: Scenarios that had no table.
        gone: Tables whose scenario is no longer there.
        written: Whether the tables were written: without a message only if nothing moved.
        line: Line added to the changelog; None if there is none.
    """

    tables: Tables
    moved: tuple[FigureMove, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    written: bool
    line: str | None


def publish(
    worlds: Sequence[Resolved],
    means: Means,
    checkout: Checkout,
    message: str | None = None,
    runs: int = RUNS,
) -> Publication:
    """Plays scenarios at central parameters, and writes their tables to a checkout.

    Args:
        worlds: The scenarios.
        means: Store and executor of the runs; what is stored is not played again.
        checkout: Where the tables and the changelog are.
        message: Why the results change; without one, tables of which a figure moved are left alone.
        runs: Number of runs of each scenario.

    Raises:
        ScenarioError: A published table cannot be read.
        UsageError: The message is not one line, or a file cannot be written.
    """
    message = None if message is None else check_message(message)
    before = checkout.tables()
    tables = {
        world.name: _table(world, means, runs, place, len(worlds))
        for place, world in enumerate(worlds)
    }
    moved = moves(before, tables)
    refused = bool(moved) and message is None
    line = None if message is None else f"{message} ({_count(len(moved))} moved)"
    if not refused:
        checkout.write(tables, line)
    return Publication(
        tables,
        moved,
        tuple(name for name in tables if name not in before),
        tuple(name for name in before if name not in tables),
        written=not refused,
        line=line,
    )


def _count(number: int) -> str:
    return "no figure" if not number else "1 figure" if number == 1 else f"{number} figures"


def _table(world: Resolved, means: Means, runs: int, place: int, parts: int) -> PublishedTable:
    batch = run_batch(
        world,
        n=runs,
        seed=SEED,
        workers=means.workers,
        store=means.store,
        paths="none",
        progress=part(means.progress, place, parts),
        note=means.note,
        waiting=means.waiting,
    )
    return table_of(batch)
