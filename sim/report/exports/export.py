"""Export of an answer: its rows and their cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.report.exports.cover import CoverLine, closing_lines, source_lines, word_lines
from sim.report.exports.tidy import TidyColumn, TidyRow, columns_with


@dataclass(frozen=True, slots=True)
class Export:
    """Numbers of an answer, ready to be written.

    Attributes:
        cover: What the numbers are, line by line.
        columns: Columns of the rows.
        rows: The numbers.
    """

    cover: tuple[CoverLine, ...]
    columns: tuple[TidyColumn, ...]
    rows: tuple[TidyRow, ...]


def bound(
    about: Iterable[CoverLine],
    rows: Iterable[TidyRow],
    sources: Iterable[str],
    inputs: tuple[TidyColumn, ...] = (),
    command: str = "",
) -> Export:
    """Returns an export.

    Args:
        about: What the numbers are.
        rows: The numbers.
        sources: Keys of the sources they rest on.
        inputs: Columns of a sweep's inputs.
        command: The command that was typed.
    """
    held, columns = tuple(rows), columns_with(inputs)
    lines = (*about, *closing_lines(command), *word_lines(held, columns), *source_lines(sources))
    return Export(lines, columns, held)
