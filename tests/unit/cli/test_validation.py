"""`detente validate economy` and the sector tables of `detente run`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from sim import api
from sim.backtest.regimes import REGIMES
from sim.economy.sectors import GOODS
from sim.experiment.tariffs import checks
from sim.requests.forecasts import behaviour
from sim.scenario.baseline import sector_labels
from tests.unit.cli.test_verbs import ok, parsed

Detente = Callable[..., Result]
SHORT = ("-n", "4", "--until", "2026-01-20", "-q")


def test_validate_economy_prints_and_exits_in_peace(detente: Detente) -> None:
    """The published figures are printed; misses known before are no failure."""
    text = ok(detente("validate", "economy"))

    assert "The trade model compared with published figures" in text
    assert "imports of targeted" in text


def test_validate_economy_json(detente: Detente) -> None:
    """The same as JSON, a row a figure."""
    told = parsed(detente("validate", "economy", "--json"))

    tests = [row for row in told["checks"] if row["class"] == "out of sample"]
    assert told["held"] == sum(row["holds"] for row in tests)
    assert told["counted"] == len(tests) < len(told["checks"])
    assert len(told["checks"]) == len(checks.checks())


def test_a_miss_nobody_knew_of_exits_5(detente: Detente, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that fails without a reason on record is a failed check, told after the page."""
    first, *rest = checks.verdicts()
    wrong = replace(first, ours=first.check.high + 1.0)
    monkeypatch.setattr(checks, "verdicts", lambda: (wrong, *rest))

    result = detente("validate", "economy")

    assert result.exit_code == 5
    assert f"error: not as listed: {first.check.key}" in result.stderr
    assert "published" in result.stdout


def test_run_shows_sectors_by_quarter_when_asked(detente: Detente) -> None:
    """`--sectors` adds duty and trade of all 43 sectors, a column a quarter; else they stay off."""
    plain = ok(detente("run", "october-2025-apec", *SHORT))
    text = ok(detente("run", "october-2025-apec", *SHORT, "--sectors"))

    assert "by sector" not in plain
    assert "2025Q4" in text
    assert "end of" in text
    for label in ("Phones and telecom gear", "Pharmaceuticals", "Soybeans", "Aerospace"):
        assert label in text
    assert set(sector_labels()) == set(GOODS)


def test_run_shows_regions_when_asked(detente: Detente) -> None:
    """`--regions` adds real income and exports of eight regions; else they stay off, but for the
    JSON, which always has them."""
    # Fails if the option is not passed on, or a region is left out.
    plain = ok(detente("run", "october-2025-apec", *SHORT, "--full"))
    text = ok(detente("run", "october-2025-apec", *SHORT, "--regions"))
    told = json.loads(detente("run", "october-2025-apec", *SHORT, "--json").stdout)["outcomes"]

    assert "Regions in the long run" not in plain
    assert "13.3 points of the US on all other countries" in " ".join(plain.split())
    table = text[text.index("Regions in the long run") :]
    for label in ("United States", "China", "Mexico", "Vietnam", "Rest of ASEAN", "All others"):
        assert label in table
    assert told["real_income_pct[vietnam]"]["quantiles"]["p50"] < 0.0
    assert told["exports_to_us_change_usd_bn_per_year[mexico]"]["unit"] == "usd_bn_per_year"
    assert told["us_real_income_pct"]["quantiles"]["p50"] > 0.0


def test_run_json_holds_every_sector_at_the_ends_of_quarters(detente: Detente) -> None:
    """`tariff_pct[us.toys]@2025Q4` is the duty on 31 December 2025, and is there for every good."""
    told = json.loads(detente("run", "october-2025-apec", *SHORT, "--json").stdout)["outcomes"]

    for good in GOODS:
        for stem, unit in (("tariff_pct", "pct"), ("trade_usd_bn_per_month", "usd_bn_per_month")):
            assert told[f"{stem}[{good}]@2025Q4"]["unit"] == unit
            assert told[f"{stem}[{good}]"]["n_valid"] == 4
    # Twenty points of fentanyl on all goods, ten reciprocal on none of the phones.
    assert told["tariff_pct[us.phones]@2025Q4"]["quantiles"]["p05"] < 24.0


def test_sectors_can_be_asked_for_by_name(results: Path) -> None:
    """The API hands over the runs' values of a sector."""
    result = api.run("october-2025-apec", n=3, until="2026-01-20", results=results)

    assert len(result.values["tariff_pct[cn.soybeans]@2025Q4"]) == 3
    assert result.quantile("trade_usd_bn_per_month[us.toys]@2025Q4") > 0.0


def test_validate_behaviour_prints_what_json_holds(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row a statistic and regime, the share of counts in their bands, and a chart."""
    # Fails if a page hides a miss, a table is too wide, or the chart is not drawn.
    monkeypatch.setattr(behaviour, "REGIMES", REGIMES[-1:])
    words = ("validate", "behaviour", "-n", "20", "--engine", "simpy", "-q")
    text = ok(detente(*words, "--figures", str(tmp_path)))
    told = parsed(detente(*words, "--json"))

    checks = [row for regime in told["regimes"] for row in regime["checks"]]
    counts = [row for row in checks if row["unit"] == "count"]
    assert len(counts) == told["counts"] == 26
    assert sum(row["in_band"] for row in counts) == told["counts_in_band"]
    assert f"{told['counts_in_band']} of {told['counts']} counts" in text
    misses = sum(line.rstrip().endswith("*") for line in text.splitlines())
    assert misses == sum(not row["in_band"] for row in checks)
    assert max(map(len, text.splitlines())) <= 80
    assert sorted(path.name for path in tmp_path.iterdir()) == ["behaviour.png", "behaviour.svg"]


def test_validate_behaviour_refuses_too_few_runs(detente: Detente) -> None:
    """Ends of a band need twenty runs."""
    result = detente("validate", "behaviour", "-n", "19")

    assert result.exit_code == 2
    assert "20 to 20,000" in result.stderr
