"""Numbers that would change the answer of a run most, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sim.report.words.commands import world_options
from sim.report.words.names.inputs import input_words
from sim.report.words.numbers import chance, count_text, quantity

if TYPE_CHECKING:
    from sim.experiment.sensitivity.movers import AnswerMover, Movers
    from sim.scenario.resolved_scenario import Resolved

MOVERS: Final = 3
"""Numbers shown that would change the answer most."""

HEADING: Final = "What would change it most (% of runs with the first answer, all else drawn)"


class MoverWords(NamedTuple):
    """A number that would change the answer.

    Attributes:
        name: Its name, for readers.
        parameter: Its name, for the command line.
        span: Its values near both ends of its range.
        moves: Shares of the runs with the answer there.
    """

    name: str
    parameter: str
    span: str
    moves: str


def mover_words(movers: Movers | None, most: int = MOVERS) -> list[MoverWords]:
    """Returns the numbers that change the answer for sure, the strongest first.

    Args:
        movers: What moves the answer; None if that is not known.
        most: Most of them that are told.
    """
    return [_words(mover) for mover in movers.sure[:most]] if movers else []


def unknown_movers(movers: Movers | None) -> str:
    """Returns what stands in place of the numbers if none changes the answer for sure, before the
    command of `how_to_find_out`."""
    if movers is None:
        return "What would change it most:"
    of, runs = count_text(movers.of, "number"), count_text(movers.runs, "run")
    return f"None of {of} changes it for sure in {runs}. To find out:"


def how_to_find_out(resolved: Resolved, target: str) -> tuple[str, ...]:
    """Returns the words of the command that ranks all numbers by what they do to an outcome."""
    return ("sensitivity", resolved.reference, *world_options(resolved), "--outcome", target)


def _words(mover: AnswerMover) -> MoverWords:
    low, high = (quantity(value, mover.unit) for value in (mover.low_value, mover.high_value))
    amount, _, unit = low.partition(" ")
    span = f"{amount} to {high}" if unit and high.endswith(f" {unit}") else f"{low} to {high}"
    moves = f"{chance(mover.low)} to {chance(mover.high)}"
    return MoverWords(input_words(mover.parameter), mover.parameter, span, moves)
