"""Changes: the difference between two answers, run by run on the same luck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from sim.experiment.compare.comparison import check_comparable, common_columns, pairing_of
from sim.experiment.compare.difference import Difference, differences
from sim.experiment.compare.headlines import speakers
from sim.experiment.compare.verdicts import TELLING, judge
from sim.experiment.runs.batch import Batch
from sim.report.figures.moods import difference_mood
from sim.report.html.parts.tables import TableCell, captioned
from sim.report.page import TableColumn, numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import headlines
from sim.report.words.differences import difference_text, name_words, value_text
from sim.report.words.numbers import NOTHING, sentence_case
from sim.report.words.signs import listed

WORDS: Final = {
    "higher": "higher",
    "lower": "lower",
    "equivalent": "about the same",
    "identical": "the same in every run",
    "cannot tell": "cannot tell",
}
"""Verdicts on the new answer, in the words of the page."""

NAMED: Final = 3
"""Outcomes that a sentence names; the table has them all."""


@dataclass(frozen=True, slots=True)
class Contrasted:
    """Two answers, compared.

    Attributes:
        sentence: What differs, and what cannot be told, in one or two sentences.
        rows: The differences, first minus second.
    """

    sentence: str
    rows: tuple[Difference, ...]

    def table(self, key: str, caption: str, first: str, second: str) -> Markup:
        """Returns the differences as an HTML table.

        Args:
            key: Id of its caption.
            caption: Its caption.
            first: Heading of the first answer.
            second: Heading of the second.
        """
        columns = [
            worded("outcome"),
            numeric(second),
            numeric(first),
            TableColumn("difference (95% interval)"),
        ]
        return captioned(key, caption, columns, [_row(d) for d in self.rows])


def contrast(new: Batch, old: Batch, words: str) -> Contrasted:
    """Returns the differences of the headline outcomes of two batches, with verdicts.

    Args:
        new: The first batch.
        old: The second batch, with which it is compared.
        words: The second batch in a sentence: `the answer before`.

    Raises:
        NotComparable: They have no day or no outcome in common.
    """
    check_comparable(new, old)
    dated = {headline.column for headline in headlines(Digest(new))}
    columns = [
        column
        for column in common_columns(new, old)
        if column.name in dated or (column.outcome.headline and column.day is None)
    ]
    found = differences(columns, new.values, old.values, pairing_of(new, old))
    (judged,) = judge([found], [min(new.n, old.n)])
    on_days = [d for d in judged if d.outcome in dated and not d.headline]
    rows = (*on_days, *speakers(judged))
    return Contrasted(_sentence(rows, words), rows)


def _sentence(rows: Sequence[Difference], words: str) -> str:
    # An outcome that differs on its day and at the end is named once.
    families = {d.family: d for d in reversed(rows) if d.verdict in TELLING}
    told = [d for d in rows if families.get(d.family) is d]
    unclear = [d for d in rows if d.verdict == "cannot tell"]
    if all(d.identical for d in rows):
        return f"Nothing differs from {words}: every run ends the same."
    texts = [f"{name_words(d)} {d.verdict}, by {_size(d)}" for d in told[:NAMED]]
    more = f" and {len(told) - NAMED} more" if len(told) > NAMED else ""
    first = f"Against {words}, on the same luck: " + ("; ".join(texts) + more if texts else "")
    if not texts:
        first += "no headline outcome is higher or lower"
    if not unclear:
        return f"{first}."
    return f"{first}. Cannot tell whether these differ: {listed(_names(unclear))}."


def _names(found: Iterable[Difference]) -> list[str]:
    return list(dict.fromkeys(name_words(d) for d in found))


def _size(d: Difference) -> str:
    """Returns the size of a difference with its interval, both without the sign that the verdict
    tells, and the unit of a share."""
    e = d.difference
    ends = (-e.high, -e.low) if e.value < 0.0 else (e.low, e.high)
    whole = replace(d, difference=replace(e, value=abs(e.value), low=ends[0], high=ends[1]))
    value, _, interval = difference_text(whole).partition(" ")
    points = "" if d.kind == "number" else " points"
    return f"{value.lstrip('+')}{points} {interval}".strip()


def _row(d: Difference) -> list[str | TableCell]:
    share = "" if d.kind == "number" else "%"
    now, before = value_text(d, d.a), value_text(d, d.b)
    verdict = WORDS[d.verdict]
    return [
        sentence_case(name_words(d)),
        before if before == NOTHING else f"{before}{share}",
        now if now == NOTHING else f"{now}{share}",
        TableCell(verdict, verdict, difference_text(d), difference_mood(d)),
    ]
