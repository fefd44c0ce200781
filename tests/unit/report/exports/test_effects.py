"""Rows of the tariff calculator hold the figures of its JSON."""

from __future__ import annotations

from datetime import date

from sim.report.answers.tariffs import ImpactAnswer


def test_rows_are_the_figures_of_json(effects: ImpactAnswer) -> None:
    """At the end, by month and by quarter, for both duties, and their difference."""
    # Fails if the two duties are swapped, an end is that of another band, or a quarter is lost.
    names = ["US +30, China +10 points", "US +10, China +0 points"]
    found = {
        (
            row.table,
            row.scenario,
            row.outcome + (f"[{row.sector}]" if row.sector else ""),
            row.quarter or str(row.day),
            row.reading,
            row.statistic,
        ): row.value
        for row in effects.tables().rows
    }
    keys = {"p05": "low", "p25": "p25", "p50": "median", "p75": "p75", "p95": "high"}
    keys |= {"central": "central", "estimate": "estimate"}
    count = 0
    for line in effects.to_json()["lines"]:
        for which, name in enumerate(names):
            expected = {("effects", "2025-06-01", "end"): line["values"][which]}
            for month in line.get("by_month", ()):
                expected["effects_by_month", month["date"], "month"] = month["values"][which]
            for quarter in line.get("by_quarter", ()):
                for part in ("end", "mean"):
                    key = ("effects_by_quarter", quarter["quarter"], f"quarter_{part}")
                    expected[key] = quarter["values"][which][part]
            for (table, when, reading), values in expected.items():
                for statistic, key in keys.items():
                    place = (table, name, line["name"], when, reading, statistic)
                    assert found[place] == values[key]
                    count += 1
        place = ("effects", names[0], line["name"], "2025-06-01", "end")
        assert found[*place, "difference"] == line["difference"]["estimate"]
        assert found[*place, "difference_high"] == line["difference"]["high"]
    lines = effects.impact.lines
    assert count == len(found) - 2 * len(lines) - 4 * len(lines)  # `before` and the differences


def test_a_quarter_ends_with_its_last_month(effects: ImpactAnswer) -> None:
    """Five months from February on: two of the first quarter, three of the second."""
    # Fails if a month counts in the wrong quarter, or a mean is that of its ends.
    line = next(
        each
        for each in effects.to_json()["lines"]
        if each["name"] == "trade_usd_bn_per_month[us.toys]"
    )
    first, second = line["by_quarter"]
    months = [month["values"][0]["central"] for month in line["by_month"]]

    assert [(q["quarter"], q["months"]) for q in (first, second)] == [("2025Q1", 2), ("2025Q2", 3)]
    assert first["values"][0]["end"]["central"] == months[1]
    assert abs(second["values"][0]["mean"]["central"] - sum(months[2:]) / 3.0) < 1e-12
    assert {row.day for row in effects.tables().rows if row.quarter == "2025Q1"} == {
        date(2025, 3, 31)
    }


def test_assumptions_are_those_of_the_line(effects: ImpactAnswer) -> None:
    """A duty rests on fewer assumed numbers than what it does to trade."""
    # Fails if the count is that of the whole world.
    counts = {row.outcome: row.assumptions for row in effects.tables().rows if not row.sector}
    told = {line["name"]: len(line["assumed"]) for line in effects.to_json()["lines"]}

    assert counts["us_imports_usd_bn_per_month"] == told["us_imports_usd_bn_per_month"] > 0
    assert len(set(counts.values())) > 1
