"""The sector table becomes parameters with unit, kind and source; faults in it are told."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.economy.sectors import GOODS
from sim.errors import ScenarioError
from sim.history.places import data_root
from sim.scenario import baseline
from sim.scenario.baseline import COLUMNS, EARLIER, TABLE, sector_labels, sector_parameters
from sim.scenario.compose import PARAMETERS
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Parameter
from sim.units import UNITS

US_COLUMNS = {
    "value_usd_bn",
    "partner_share",
    "duty_pct",
    "rise_pp",
    "rest_duty_pct",
    "penetration",
    "cover_s301",
    "cover_s232",
    "cover_reciprocal",
    "consumer_share",
    "input_share",
    "sigma_ratio",
}
CN_COLUMNS = {
    "value_usd_bn",
    "partner_share",
    "duty_pct",
    "exempt",
    "penetration",
    "cover_partial",
    "homogeneous",
    "sigma_ratio",
}
NUMBERS = US_COLUMNS | CN_COLUMNS

Edit = Callable[[str, str], None]


def rows() -> list[dict[str, str]]:
    """Returns the rows of the shipped table, read by themselves."""
    with (data_root() / TABLE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped() -> dict[str, Parameter]:
    """Returns the parameters of a shipped scenario that come from the table."""
    names = set(sector_parameters())
    found = resolve("january-2025-first-100-days").parameters
    return {name: found[name] for name in names}


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Replaces a text, that must be there, in a copy of the table, and reads the copy from now."""
    for name in (TABLE, COLUMNS, EARLIER):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text((data_root() / name).read_text("utf-8"), "utf-8")
    monkeypatch.setattr(baseline, "data_root", lambda: tmp_path)

    def replace(old: str, new: str, name: str = TABLE) -> None:
        text = (tmp_path / name).read_text("utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), "utf-8")

    return replace


def fault() -> str:
    """Returns what is said about the table when a scenario is loaded."""
    with pytest.raises(ScenarioError) as caught:
        resolve("january-2025-first-100-days")
    return str(caught.value)


def test_every_good_has_every_column_its_side_needs() -> None:
    """Twelve numbers for each of 26 US sectors, eight for each of 17 Chinese, and none besides."""
    wanted = {
        f"trade.{good}.{column}"
        for good in GOODS
        for column in (US_COLUMNS if good.startswith("us.") else CN_COLUMNS)
    }

    assert set(sector_parameters()) == wanted
    assert len(wanted) == 12 * 26 + 8 * 17
    assert wanted <= set(PARAMETERS)


def test_the_numbers_are_those_of_the_file() -> None:
    """Each cell, read by name, arrives in the resolved scenario; lines are those of the file."""
    found, known = shipped(), sector_parameters()

    for line, row in enumerate(rows(), start=2):
        for column in NUMBERS:
            name = f"trade.{row['side']}.{row['sector']}.{column}"
            if row[column]:
                assert found[name].value == float(row[column]), name
                assert known[name][1] == line
            else:
                assert name not in found


def test_totals_are_those_of_the_statistics() -> None:
    """Sectors add up to 418.0 of US and 143.2 of Chinese imports; 11.2 per cent was collected."""
    us = [row for row in rows() if row["side"] == "us"]
    cn = [row for row in rows() if row["side"] == "cn"]
    values = [float(row["value_usd_bn"]) for row in us]

    assert math.fsum(values) == pytest.approx(418.0, abs=0.05)
    assert math.fsum(float(row["value_usd_bn"]) for row in cn) == pytest.approx(143.2, abs=0.05)
    duty = math.fsum(v * float(r["duty_pct"]) / 100 for v, r in zip(values, us, strict=True))
    assert duty == pytest.approx(46.65, abs=0.02)


def test_every_number_says_unit_kind_and_source_or_range() -> None:
    """Facts and estimates name a source, assumptions a range and a reason; values of trade carry
    the kind and source of their own row."""
    for name, parameter in shipped().items():
        assert parameter.unit in UNITS, name
        assert parameter.kind in {"measured", "estimated", "assumed"}, name
        assert parameter.reason, name
        if parameter.kind != "assumed":
            assert parameter.source, name
        else:
            assert parameter.low is not None, name
            assert parameter.high is not None, name
            assert parameter.low <= parameter.value <= parameter.high, name
    found = shipped()
    for row in rows():
        parameter = found[f"trade.{row['side']}.{row['sector']}.value_usd_bn"]
        assert (parameter.kind, parameter.source) == (row["value_kind"], row["value_source"])


def test_ranges_and_priors_follow_the_columns() -> None:
    """Penetration may be a fifth off but no share is above 1; an assumed 0 reaches up to 0.3;
    elasticities have a lognormal prior about their value; published numbers have none."""
    found = shipped()

    soybeans = found["trade.cn.soybeans.penetration"]
    assert (soybeans.low, soybeans.high) == (pytest.approx(0.83 * 0.8), pytest.approx(0.83 * 1.2))
    partner = found["trade.cn.soybeans.partner_share"]
    assert (partner.low, partner.high) == (pytest.approx(0.105), pytest.approx(0.315))
    chips = found["trade.cn.semiconductors.cover_partial"]
    assert (chips.value, chips.low, chips.high) == (0.0, 0.0, 0.3)
    machinery = found["trade.us.machinery.sigma_ratio"].prior
    assert machinery is not None
    assert (machinery.family, machinery.a, machinery.b) == ("lognormal", 0.743, 0.25)
    assert found["trade.us.machinery.duty_pct"].prior is None
    assert found["trade.us.machinery.cover_reciprocal"].prior is None


def test_a_share_never_ranges_above_one(edited: Edit) -> None:
    """A penetration of 0.9 with a fifth of doubt ends at 1."""
    edited(",3.0,,0.0,,0.83,", ",3.0,,0.0,,0.9,")

    assert sector_parameters()["trade.cn.soybeans.penetration"][0].range == [0.72, 1.0]


def test_consumer_spending_holds_the_goods_and_inputs_that_the_accounts_count() -> None:
    """Goods from China are 0.74 per cent of it, inputs 0.9; no good is counted twice."""
    # Fails if a sector has the shares of another group of commodities.
    us = [row for row in rows() if row["side"] == "us"]
    bought, used = (
        sum(float(row["value_usd_bn"]) * float(row[column]) for row in us)
        for column in ("consumer_share", "input_share")
    )

    assert 100.0 * bought / 19_896.0 == pytest.approx(0.74, abs=0.005)
    assert 100.0 * used / 19_896.0 == pytest.approx(0.91, abs=0.005)
    assert all(float(row["consumer_share"]) + float(row["input_share"]) <= 1.0 for row in us)


def test_every_good_has_a_name_in_words() -> None:
    """Reports call goods by their label."""
    labels = sector_labels()

    assert tuple(labels) == GOODS
    assert labels["us.toys"] == "Toys, games, sports goods"
    assert all(labels.values())


def test_a_changed_file_is_read_anew(edited: Edit) -> None:
    """A number edited between two runs of one process counts in the second."""
    assert sector_parameters()["trade.us.phones.value_usd_bn"][0].value == 49.997
    edited("49.997", "50.25")
    assert sector_parameters()["trade.us.phones.value_usd_bn"][0].value == 50.25


def test_a_cell_that_is_no_number_is_named(edited: Edit) -> None:
    """The error tells file, line, column and what was found."""
    edited("49.997", "much")

    with pytest.raises(ScenarioError, match=r"sectors\.csv:2: value_usd_bn: 'much' is not a num"):
        sector_parameters()


@pytest.mark.parametrize("text", ["nan", "inf", "-inf"])
def test_a_cell_that_is_not_finite_is_named(edited: Edit, text: str) -> None:
    """What reads as a float and is none to reckon with is refused with file, line and column."""
    edited("49.997", text)

    with pytest.raises(ScenarioError, match=r"sectors\.csv:2.*value_usd_bn"):
        sector_parameters()


def test_a_missing_column_is_named(edited: Edit) -> None:
    """A header without a column that is described says which."""
    edited("partner_share", "partner")

    with pytest.raises(ScenarioError, match=r"sectors\.csv: has no column partner_share"):
        sector_parameters()


def test_a_missing_cell_is_named(edited: Edit) -> None:
    """An empty cell leaves a parameter without value, which is told by its name."""
    edited("us,phones,Phones and telecom gear,49.997", "us,phones,Phones and telecom gear,")

    assert "trade.us.phones.value_usd_bn: has no value" in fault()


def test_a_misspelt_sector_is_reported(edited: Edit) -> None:
    """A sector nobody knows is named with its line and the nearest right one."""
    edited("us,toys,", "us,toyz,")

    assert "sectors.csv:5: sector: there is no sector 'us.toyz'; did you mean us.toys?" in fault()


def test_a_number_below_zero_is_named(edited: Edit) -> None:
    """No trade, duty or share is negative."""
    edited("49.997", "-49.997")

    with pytest.raises(ScenarioError, match=r"sectors\.csv:2: value_usd_bn: -49.997 is below 0"):
        sector_parameters()


EXTRA = (
    "us,{0},Rockets,1.0,measured,census-hs10,0.1,1.0,0.0,,1.0,0.1,0.1,0.1,0.1,,,0.1,0.1,1.0\n"
    "us,phones,"
)


@pytest.mark.parametrize("sector", ["rockets", "toys"])
def test_a_row_too_many_is_reported(edited: Edit, sector: str) -> None:
    """A sector nobody knows, or one that stands there twice, is named and not passed over."""
    edited("us,phones,", EXTRA.format(sector))

    assert sector in fault()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("us,toys,", "eu,toys,", "eu"),
        ("49.997,measured", "49.997,guessed", "guessed"),
        ("49.997,measured,census-hs10", "49.997,measured,census-hs11", "census-hs11"),
        ("0.421,1.44", "4.21,1.44", "trade.us.phones.partner_share"),
    ],
    ids=["side", "kind", "source", "share"],
)
def test_what_cannot_be_is_reported(edited: Edit, old: str, new: str, said: str) -> None:
    """An unknown side, kind or source, a share above 1: told, with its place."""
    edited(old, new)

    message = fault()
    assert said in message
    assert "sectors.csv" in message
