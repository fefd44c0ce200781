"""Rows of runs, comparisons, sweeps and forecasts hold the figures of their JSON."""

from __future__ import annotations

from datetime import date

import pytest
from figures_of_json import figures_of_rows, figures_of_run

from sim.report.answers.comparison import ComparisonAnswer
from sim.report.answers.forecasts.forecast import ForecastAnswer
from sim.report.answers.run import RunAnswer
from sim.report.answers.studies import SweepAnswer
from sim.report.exports.export import Export
from sim.report.exports.tidy import COLUMNS, TidyRow
from sim.scenario.explain import assumed_counts


def of_table(export: Export, table: str) -> list[TidyRow]:
    """Returns the rows of one kind of table."""
    return [row for row in export.rows if row.table == table]


@pytest.mark.parametrize("name", ["winter", "drawn"])
def test_rows_of_a_run_are_the_figures_of_its_json(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Each figure once, in full, at central values and with drawn parameters."""
    # Fails if a statistic is left out, rounded, or told of another outcome, class or day.
    result: RunAnswer = request.getfixturevalue(name)
    export = result.tables()
    header = tuple(column.name for column in export.columns)

    found = figures_of_rows(header, (row.cells() for row in export.rows))

    assert found == figures_of_run(result.to_json(), "october-2025-apec")
    assert header == tuple(column.name for column in COLUMNS)


def test_a_duty_by_quarter_is_told_apart(winter: RunAnswer) -> None:
    """Sector, quarter, its last day, end or mean, unit, counts of runs and of assumptions."""
    # Fails if the end of a quarter passes for its mean, or a sector keeps its brackets.
    rows = of_table(winter.tables(), "sectors")
    toys = [row for row in rows if row.sector == "us.toys" and row.quarter]

    told = {(row.outcome, row.reading) for row in toys}
    assert told == {
        ("tariff_pct", "quarter_end"),
        ("tariff_mean_pct", "quarter_mean"),
        ("trade_usd_bn_per_month", "quarter_end"),
    }
    mean = next(r for r in toys if r.outcome == "tariff_mean_pct" and r.statistic == "p95")
    assert mean.day == date(2025, 12, 31)
    assert mean.quarter == "2025Q4"
    assert mean.sector_name == "Toys, games, sports goods"
    assert (mean.unit, mean.n, mean.of) == ("pct", 16, 16)
    assert mean.assumptions == assumed_counts(winter.batch.resolved)[0]
    # Nothing of the quarter that has only begun is called a mean of it.
    assert {row.reading for row in rows if not row.quarter} == {"end"}


def test_days_are_days_and_missing_runs_are_counted(winter: RunAnswer) -> None:
    """The day of the summit, in those runs that have one."""
    # Fails if a day is told as a number, or n is that of all runs.
    rows = [row for row in winter.tables().rows if row.outcome == "summit_day"]
    about = winter.to_json()["outcomes"]["summit_day"]

    median = next(row for row in rows if row.statistic == "p50")
    assert median.value is None
    assert median.value_date == date.fromisoformat(about["quantiles"]["p50"])
    assert (median.n, median.of) == (about["n_valid"], 16)
    assert median.unit == "date"


def test_rows_of_a_comparison_are_its_differences_and_both_scenarios(
    contrast: ComparisonAnswer,
) -> None:
    """Differences as the JSON has them, with verdicts, and quantiles of each side."""
    # Fails if sides are swapped, or a side is left out.
    export, told = contrast.tables(), contrast.to_json()
    rows = of_table(export, "differences")
    held = {
        (row.outcome + (f"[{row.sector}]" if row.sector else ""), row.label, row.statistic): row
        for row in rows
        if row.reading == "end"
    }
    for each in told["differences"]:
        if "@" in each["outcome"]:
            continue
        key = each["outcome"], each["class"]
        values = {name: held[*key, name] for name in ("a", "b", "difference")}
        for name, row in values.items():
            day = row.value_date.isoformat() if row.value_date else None
            assert (day or row.value) == each[name]
        assert held[*key, "difference_low"].value == each["ci"][0]
        assert values["difference"].note == each["verdict"]
        assert [values["a"].n, values["b"].n] == each["runs"]
        assert (values["a"].scenario, values["a"].versus) == (
            told["a"]["scenario"],
            told["b"]["scenario"],
        )
    assert {row.scenario for row in of_table(export, "sectors")} == {
        "summit-in-beijing",
        "summit-in-washington",
    }


def test_rows_of_a_sweep_have_a_column_for_each_input(swept: SweepAnswer) -> None:
    """Point by point, with quantiles of numbers, and differences from the first point."""
    # Fails if inputs are not told, or a condition loses its comparison.
    export = swept.tables()
    places = {column.name: place for place, column in enumerate(export.columns)}
    assert places["us.hawks.influence"] == places["point"] + 1
    cells = [row.cells() for row in export.rows]
    assert {row[places["us.hawks.influence"]] for row in cells} == {0.2, 0.8}

    for told in swept.rows():
        mine = {
            row.statistic: row
            for row in export.rows
            if row.point == told["point"]
            and row.outcome == told["outcome"].partition("@")[0] * ("@" not in told["outcome"])
            and row.label == told["class"]
        }
        if "@" in told["outcome"]:
            continue
        if told["kind"] == "number" and told["unit"] != "date":
            assert mine["mean"].value == told["estimate"]
            assert mine["p95"].value == told["p95"]
        if told["unit"] == "date" and told["p50"]:
            assert mine["p50"].value_date == date.fromisoformat(told["p50"])
        assert ("difference" in mine) == (told["point"] > 0)
    condition = next(row for row in export.rows if ">=" in row.outcome)
    assert condition.outcome == "us_addon_pp@2025-11-01>=60"
    assert condition.day == date(2025, 11, 1)
    assert condition.statistic == "probability"


def test_rows_of_a_forecast_are_its_answers(foretold: ForecastAnswer) -> None:
    """Probabilities with base rate and weight, quantiles, and why a question has no answer."""
    # Fails if the mixture passes for the share of runs, or an unanswered question is dropped.
    event, quantity, none = foretold.to_json()
    rows = {(row.outcome, row.statistic): row for row in foretold.tables().rows}

    for statistic, key in (("probability", "probability"), ("raw", "raw"), ("weight", "weight")):
        assert rows[event["question"], statistic].value == event[key]
    assert rows[event["question"], "high"].value == event["interval"][1]
    assert rows[event["question"], "raw"].day == date(2025, 11, 11)
    assert rows[event["question"], "raw"].as_of == date(2025, 10, 23)
    for name, value in quantity["quantiles"].items():
        assert rows[quantity["question"], name].value == value
    assert rows[quantity["question"], "p05"].unit == quantity["unit"] == "pp"
    assert rows["=nonsense", "unanswered"].note == none["error"]
