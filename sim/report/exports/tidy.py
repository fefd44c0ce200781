"""Row of a long, tidy table: one number, with all that tells what number it is.

Rows hold the values of `--json` in full, under the same names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple

from sim.economy.sectors import GOODS
from sim.experiment.outcomes.readings import quarter_end

TEXT: Final = "VARCHAR"
NUMBER: Final = "DOUBLE"
WHOLE: Final = "BIGINT"
DAY: Final = "DATE"

QUARTER_MEANS: Final = ("tariff_mean_pct",)
"""Outcomes that are means over a quarter."""

_SECTOR: Final = re.compile(r"(\w+)\[((?:us|cn)\.\w+)\]")
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class TidyColumn(NamedTuple):
    """Column of a tidy table.

    Attributes:
        name: Its name.
        kind: Its type, as the database calls it.
        meaning: What it holds.
    """

    name: str
    kind: str
    meaning: str


COLUMNS: Final = (
    TidyColumn("table", TEXT, "kind of table that the row belongs to"),
    TidyColumn("scenario", TEXT, "scenario; for impact the duties played"),
    TidyColumn("versus", TEXT, "scenario or duties that it is compared with"),
    TidyColumn("as_of", DAY, "day on which a forecast is made"),
    TidyColumn("point", WHOLE, "number of the point of a sweep, from 0"),
    TidyColumn("outcome", TEXT, "outcome or question; see the outcomes"),
    TidyColumn("class", TEXT, "class whose probability it is; true for what holds or does not"),
    TidyColumn("sector", TEXT, "importer and sector: us.toys are toys that the US imports"),
    TidyColumn("sector_name", TEXT, "the sector in words"),
    TidyColumn("date", DAY, "day on which it is read"),
    TidyColumn("quarter", TEXT, "quarter, if it is read by quarter"),
    TidyColumn("reading", TEXT, "when it is read; see the readings"),
    TidyColumn("statistic", TEXT, "what the number is; see the statistics"),
    TidyColumn("value", NUMBER, "the number, in its unit and in full"),
    TidyColumn("value_date", DAY, "the number, if it is a day"),
    TidyColumn("unit", TEXT, "unit of the number; see the units"),
    TidyColumn("n", WHOLE, "runs (or draws) to which the outcome applies"),
    TidyColumn("of", WHOLE, "runs (or draws) that count"),
    TidyColumn("assumptions", WHOLE, "assumed numbers behind it: no source gives them"),
    TidyColumn("note", TEXT, "verdict, or reason"),
)
INPUTS_AFTER: Final = "point"
"""Column after which the inputs of a sweep stand, one column each."""

STATISTICS: Final[dict[str, str]] = {
    "p05": "5% quantile: of 100 runs (or draws), 5 are at or below it",
    "p10": "10% quantile",
    "p25": "25% quantile",
    "p50": "median",
    "p75": "75% quantile",
    "p90": "90% quantile",
    "p95": "95% quantile",
    "mean": "mean over the runs to which the outcome applies",
    "probability": "share of the runs, from 0 to 1",
    "low": "lower end of the 95% interval of the mean or the probability",
    "high": "upper end of that interval",
    "median_low": "lower end of the 95% interval of the median",
    "median_high": "upper end of that interval",
    "moves_low": "5% quantile of the mean or the probability over drawn parameters, without luck",
    "moves_high": "95% quantile of the same",
    "ignorance_share": "share of the variance that is due to drawn parameters; the rest is luck",
    "estimate": "value with central parameters, or the median if that lies outside the band",
    "central": "value with central parameters",
    "before": "value with central parameters and without added duties",
    "a": "mean or probability in the scenario",
    "b": "mean or probability in that of the column versus",
    "difference": "scenario minus versus; of a sweep, the point minus the first point",
    "difference_low": "lower end of its 95% interval; for impact its 5% quantile",
    "difference_high": "upper end of its 95% interval; for impact its 95% quantile",
    "share_higher": "share of the draws in which the duties have more of it than those of versus",
    "raw": "share of the runs, before it is mixed with a base rate",
    "raw_low": "lower end of the 95% interval of that share",
    "raw_high": "upper end of that interval",
    "weight": "weight of the runs in the mixture; the rest is that of the base rate",
    "base_rate": "base rate from the record",
    "unanswered": "there is no answer, for the reason in the note",
}
"""Statistic -> what it is."""

END: Final = "end"
ON_DAY: Final = "day"
QUARTER_END: Final = "quarter_end"
QUARTER_MEAN: Final = "quarter_mean"
MONTH: Final = "month"
READINGS: Final[dict[str, str]] = {
    END: "on the last day",
    ON_DAY: "on the day",
    QUARTER_END: "on the last day of the quarter; for impact on the first of its last month",
    QUARTER_MEAN: "mean over the simulated days of the quarter; for impact over its months",
    MONTH: "on the first day of the month",
}
"""Reading -> when that is."""

QUARTER_READINGS: Final = (QUARTER_END, QUARTER_MEAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyRow:
    """Row of a tidy table: the fields are its columns (see `COLUMNS`), None where one does not
    apply; `inputs` are the columns of a sweep's inputs, in order."""

    table: str
    scenario: str
    versus: str | None = None
    as_of: date | None = None
    point: int | None = None
    inputs: tuple[Any, ...] = ()
    outcome: str = ""
    label: str | None = None
    sector: str | None = None
    sector_name: str | None = None
    day: date | None = None
    quarter: str | None = None
    reading: str | None = None
    statistic: str = ""
    value: float | None = None
    value_date: date | None = None
    unit: str = ""
    n: int | None = None
    of: int | None = None
    assumptions: int | None = None
    note: str | None = None

    def told(self, statistic: str, value: float | str | None, unit: str | None = None) -> TidyRow:
        """Returns the row with a number, or with a day in ISO text, as JSON has them."""
        is_day = isinstance(value, str)
        return replace(
            self,
            statistic=statistic,
            value=None if is_day or value is None else float(value),
            value_date=date.fromisoformat(value) if isinstance(value, str) else None,
            unit=self.unit if unit is None else unit,
        )

    def cells(self) -> tuple[Any, ...]:
        """Returns the cells of the row, in the order of `COLUMNS` with the inputs."""
        return (
            self.table,
            self.scenario,
            self.versus,
            self.as_of,
            self.point,
            *self.inputs,
            self.outcome,
            self.label,
            self.sector,
            self.sector_name,
            self.day,
            self.quarter,
            self.reading,
            self.statistic,
            self.value,
            self.value_date,
            self.unit,
            self.n,
            self.of,
            self.assumptions,
            self.note,
        )


def columns_with(inputs: tuple[TidyColumn, ...]) -> tuple[TidyColumn, ...]:
    """Returns the columns of a table with those of a sweep's inputs."""
    place = 1 + [column.name for column in COLUMNS].index(INPUTS_AFTER)
    return (*COLUMNS[:place], *inputs, *COLUMNS[place:])


def located(row: TidyRow, name: str, last_day: date, labels: dict[str, str]) -> TidyRow:
    """Returns a row with what the name of a column tells: outcome, sector, day, quarter, reading.

    Args:
        row: The row so far.
        name: Name of a column or a condition: `tariff_pct[us.toys]@2025Q4`.
        last_day: Day on which an outcome without a day is read.
        labels: Sectors in words.
    """
    stem, _, when = name.partition("@")
    ending = quarter_end(when)
    if ending is not None:
        quarter, day, reading = when, ending, QUARTER_END
    elif _ISO_DAY.fullmatch(when):
        quarter, day, reading = None, date.fromisoformat(when), ON_DAY
    elif when:  # a condition or a period, which stays as it was typed
        days = _ISO_DAY.findall(when)
        return replace(row, outcome=name, day=date.fromisoformat(max(days)) if days else None)
    else:
        quarter, day, reading = None, last_day, END
    found = _SECTOR.fullmatch(stem)
    outcome, sector = (found[1], found[2]) if found and found[2] in GOODS else (stem, None)
    return replace(
        row,
        outcome=outcome,
        sector=sector,
        sector_name=labels[sector] if sector else None,
        day=day,
        quarter=quarter,
        reading=QUARTER_MEAN if quarter and outcome in QUARTER_MEANS else reading,
    )
