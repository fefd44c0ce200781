"""State of the economy: rows and names."""

from __future__ import annotations

import pytest

from sim.economy.macro import HORIZON_MONTHS, N_CAUSES, N_MACRO
from sim.economy.sectors import N_GOODS
from sim.model.tables.state import State
from sim.model.tables.variables.economy import EconomyState
from tests.unit.model.tables.subjects import check_rows, names, rows


def test_rows_are_sound() -> None:
    """Every row has a name, a unit and a meaning, and stands once in the state."""
    # Fails if a name is doubled or a unit unknown.
    check_rows(EconomyState, State)


def test_a_number_of_goods_has_a_place_for_each() -> None:
    """Every field of goods has as many places as there are goods, and none can be set."""
    # Fails if a field of goods is shorter, or open to scenarios.
    goods = {a: s for a, s in rows(EconomyState, State).items() if a.startswith("good_")}

    assert {spec.lengths[-1] for spec in goods.values()} == {N_GOODS}
    assert all(spec.path == "" for spec in goods.values())


@pytest.mark.parametrize(
    ("attr", "lengths"),
    [
        ("macro", (N_CAUSES, N_MACRO)),
        ("macro_kernel", (N_MACRO, HORIZON_MONTHS + 1)),
        ("macro_step_pp", (N_CAUSES, HORIZON_MONTHS)),
        ("deficit_month_usd_bn", (12,)),
        ("real_income_pct", (8,)),
        ("exports_to_us_change_usd_bn", (8,)),
        ("price_usd_bn", (2, 9)),
        ("own_cost_per_pp", (2, 6)),
    ],
)
def test_shapes_are_those_the_trade_block_walks(attr: str, lengths: tuple[int, ...]) -> None:
    """Variables, months, regions, clauses and layers."""
    # Fails if a shape and the loop over it part.
    assert rows(EconomyState, State)[attr].lengths == lengths


def test_a_scenario_sets_flows_barriers_and_the_deficit_alone() -> None:
    """Everything else is worked out at the opening."""
    # Fails if a derived number can be set.
    open_to_all = [a for a in rows(EconomyState, State) if names(EconomyState, State, a)]

    assert open_to_all == ["trade_usd_bn_per_month", "third_barrier", "deficit_usd_bn_per_year"]


def test_everything_is_due_at_the_start() -> None:
    """Prices and incomes are worked out on the first day."""
    # Fails if a flag starts as settled.
    flags = {a: s.init for a, s in rows(EconomyState, State).items() if s.unit == "flag"}

    assert flags == {"prices_due": True, "free_due": True, "income_due": True}
