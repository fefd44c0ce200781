"""Outcomes of politics: each row reads what it says, and the table keeps its promises."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.economy.sectors import N_GOODS
from sim.model.outcomes.bargain import BARGAIN_OUTCOMES
from sim.model.outcomes.information import INFORMATION_OUTCOMES
from sim.model.outcomes.legal import LEGAL_OUTCOMES
from sim.model.outcomes.politics import (
    OUTCOMES,
    PATHS,
    decoupling,
    outcome_index,
    path_class,
    summit_wait_days,
)
from sim.model.outcomes.third_parties import THIRD_PARTY_OUTCOMES
from sim.model.outcomes.trade import SECTOR_OUTCOMES, TRADE_OUTCOMES
from sim.model.outcomes.words import WORD_OUTCOMES
from sim.model.tables.codes import (
    ACCORD_NEW,
    AGREEMENT_SIGNED,
    CN,
    DEAL_EXTENSION,
    DEAL_PACKAGE,
    FULL_REPLY,
    PATH_CONFLICT,
    PATH_IMPROVED,
    PATH_MANAGED,
    PORT_FEES,
    RARE_EARTHS,
    RECIPROCAL,
    TALKS_ACTIVE,
    TECH,
    US,
    US_INDUSTRY,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.units import UNITS
from tests.unit.model.records import TODAY, place

ROWS = outcome_index()


# ------------------------------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, PATH_MANAGED),
        ({"tension": 0.25}, PATH_IMPROVED),
        ({"tension": 0.5}, PATH_MANAGED),
        ({"tension": 0.25, "addon_start_pp": 30.0}, PATH_MANAGED),
        ({"tension": 0.25, "addon_start_pp": 30.0, "deal_status": DEAL_PACKAGE}, PATH_IMPROVED),
        ({"tension": 0.25, "addon_start_pp": 30.0, "deal_status": DEAL_EXTENSION}, PATH_MANAGED),
        ({"tension": 0.75, "deal_status": DEAL_PACKAGE}, PATH_MANAGED),
        ({"tension": 0.25, "struck_pp": 40.0}, PATH_MANAGED),
        ({"tension": 0.25, "struck_pp": 35.0}, PATH_IMPROVED),
        ({"high_days_max": 30}, PATH_CONFLICT),
        ({"high_days_max": 29}, PATH_MANAGED),
        ({"cut_off_days_max": 60}, PATH_CONFLICT),
        ({"cut_off_days_max": 59}, PATH_MANAGED),
        ({"cut_off_days_max": 60, "tension": 0.25}, PATH_CONFLICT),
    ],
)
def test_a_path_is_conflict_improved_or_managed(
    state: State, params: Params, values: dict[str, Any], expected: int
) -> None:
    """A long spell of high duties or silence is conflict, whatever came later; calmer with a deal
    or lower duties is improved."""
    # Fails if a boundary moves, or calm alone is enough.
    params.conflict_days, params.cut_off_days = 30, 60
    state.tension_start, state.addon_start_pp = 0.5, 40.0
    state.duty_pp[US][RECIPROCAL] = 30.0
    for name, value in values.items():
        setattr(state, name, value)

    assert path_class(state, params) == expected


@pytest.mark.parametrize(("share", "expected"), [(0.75, 0.25), (1.0, 0.0), (1.5, 0.0)])
def test_decoupling_is_the_trade_lost_both_ways(
    state: State, params: Params, share: float, expected: float
) -> None:
    """The share of all goods' base-year trade that is gone, none where trade has grown."""
    # Fails if a side's goods are left out, or growth counts as negative.
    state.good_base_usd_bn = [12.0] * N_GOODS
    state.good_usd_bn_per_month = [share] * N_GOODS

    assert decoupling(state, params) == pytest.approx(expected)


def test_every_good_counts_in_decoupling(state: State, params: Params) -> None:
    """The first and the last good alike."""
    # Fails if the run of goods ends too early or begins too late.
    state.good_base_usd_bn = [12.0] * N_GOODS
    state.good_usd_bn_per_month = [0.0] + [1.0] * (N_GOODS - 2) + [0.0]

    assert decoupling(state, params) == pytest.approx(2.0 / N_GOODS)


@pytest.mark.parametrize(
    ("held", "resumed", "expected"),
    [(TODAY - 30, TODAY - 10, 20.0), (TODAY - 30, TODAY - 30, 0.0)],
)
def test_days_from_the_first_summit_to_talks_are_counted(
    state: State, params: Params, held: int, resumed: int, expected: float
) -> None:
    """Talks that open on the day itself follow after none."""
    # Fails if the difference is turned, or the day itself does not count.
    state.summit_held_day, state.talks_resumed_day = held, resumed

    assert summit_wait_days(state, params) == expected


@pytest.mark.parametrize(("held", "resumed"), [(0, TODAY), (TODAY, TODAY - 1), (TODAY, 0)])
def test_without_a_summit_or_talks_after_it_there_is_no_wait(
    state: State, params: Params, held: int, resumed: int
) -> None:
    """Talks that opened before the summit are not its talks."""
    # Fails if earlier talks count as a negative wait.
    state.summit_held_day, state.talks_resumed_day = held, resumed

    assert math.isnan(summit_wait_days(state, params))


# -------------------------------------------------------------------------------------- rows


READS: list[tuple[str, str, tuple[int, ...], Any, float]] = [
    ("deal_status", "deal_status", (), 3, 3.0),
    ("summit_result", "summit_result", (), 4, 4.0),
    ("summit_venue", "summit_venue_held", (), 2, 2.0),
    ("leaders_met", "summits", (), 2, 1.0),
    ("summit_slips", "slips", (), 2, 2.0),
    ("talks_stage", "talks", (), 3, 3.0),
    ("talks_running", "talks", (), TALKS_ACTIVE, 1.0),
    ("truce_expiry", "expiry", (), 3, 3.0),
    ("truce_in_force", "agreement", (), AGREEMENT_SIGNED, 1.0),
    ("threat_open", "threat_open", (), True, 1.0),
    ("threat_in_effect", "threat_in_effect", (), True, 1.0),
    ("us_addon_pp", "duty_pp", (US, RECIPROCAL), 30.0, 30.0),
    ("cn_addon_pp", "duty_pp", (CN, FULL_REPLY), 30.0, 30.0),
    ("us_avg_seed_pct", "duty_pp", (US, RECIPROCAL), 30.0, 44.5),
    ("us_avg_pct", "avg_pct", (US,), 30.0, 30.0),
    ("cn_avg_pct", "avg_pct", (CN,), 30.0, 30.0),
    ("us_hikes", "hikes", (US,), 2, 2.0),
    ("cn_hikes", "hikes", (CN,), 2, 2.0),
    ("us_measures", "measures", (US,), 2, 2.0),
    ("cn_measures", "measures", (CN,), 2, 2.0),
    ("us_tech_level", "control", (US, TECH), 2, 2.0),
    ("cn_rare_earth_level", "control", (CN, RARE_EARTHS), 2, 2.0),
    ("threats_made", "threats_made", (), 2, 2.0),
    ("threats_executed", "threats_executed", (), 2, 2.0),
    ("accusations", "accusations", (), 2, 2.0),
    ("stalls", "stalls", (), 2, 2.0),
    ("extensions", "extensions", (), 2, 2.0),
    ("breaches", "breaches", (), 2, 2.0),
    ("calls", "calls", (), 2, 2.0),
    ("rounds", "rounds", (), 2, 2.0),
    ("truce_days", "truce_days", (), 2, 2.0),
    ("purchases_pledged_usd_bn", "pledged_usd_bn", (ACCORD_NEW, 4), 2.0, 2.0),
    ("purchases_delivered_usd_bn", "delivered_usd_bn", (ACCORD_NEW, 4), 2.0, 2.0),
    ("purchases_delivered_usd_bn", "catch_up_usd_bn", (), 3.0, 3.0),
    ("jobs", "jobs", (), 2.0, 2.0),
    ("deficit_usd_bn_per_year", "deficit_usd_bn_per_year", (), 2.0, 2.0),
    ("deficit_annual_rate_usd_bn_per_year", "trade_usd_bn_per_month", (US,), 2.0, 24.0),
    ("deficit_annual_rate_usd_bn_per_year", "trade_usd_bn_per_month", (CN,), 2.0, -24.0),
    ("us_imports_usd_bn_per_month", "trade_usd_bn_per_month", (US,), 2.0, 2.0),
    ("cn_imports_usd_bn_per_month", "trade_usd_bn_per_month", (CN,), 2.0, 2.0),
    ("tension", "tension", (), 0.75, 0.75),
    ("rapport", "rapport", (), 0.75, 0.75),
    ("us_rapport_forecast", "rapport_forecast", (), 0.75, 0.75),
    ("us_trust", "trust_kept", (US,), 9.0, 0.75),
    ("cn_trust", "trust_kept", (CN,), 9.0, 0.75),
    ("us_pressure", "pressure", (US,), 0.75, 0.75),
    ("cn_pressure", "pressure", (CN,), 0.75, 0.75),
    ("us_industry_pressure", "pressure_part", (US, US_INDUSTRY), 0.75, 0.75),
    ("market_stress", "market_stress", (), 0.75, 0.75),
    ("cn_tone", "tone", (CN,), 0.75, 0.75),
    ("cn_eagerness", "eagerness", (CN,), 0.75, 0.75),
    ("cn_growth_shortfall_pct", "real_income_pct", (CN,), -0.75, 0.75),
    ("cn_delay_utility", "delay_utility", (), 0.75, 0.75),
    ("us_discord", "discord", (), 0.75, 0.75),
    ("failed", "pending_overflow", (), True, 1.0),
]


@pytest.mark.parametrize(("name", "field", "index", "value", "expected"), READS)
def test_an_outcome_reads_its_field(
    state: State,
    params: Params,
    name: str,
    field: str,
    index: tuple[int, ...],
    value: Any,
    expected: float,
) -> None:
    """Each row is moved by one field of one side."""
    # Fails if a row reads another field or side.
    params.avg_seed_base_pct, params.growth_per_real_income = 14.5, 1.0
    before = ROWS[name].read(state, params)

    place(state, field, value, *index)

    assert ROWS[name].read(state, params) == expected
    assert before != expected


CASES: list[tuple[str, dict[str, Any], float]] = [
    ("summit_day", {"summit_held_day": TODAY}, float(TODAY)),
    ("summit_round_gap_days", {"summit_round_gap": 4}, 4.0),
    ("summit_round_gap_days", {"summit_round_gap": 0}, 0.0),
    ("truce_strained", {"agreement": AGREEMENT_SIGNED, "truce_strained": True}, 1.0),
    ("truce_strained", {"agreement": AGREEMENT_SIGNED, "truce_strained": False}, 0.0),
    ("truce_strained", {"truce_strained": True}, 0.0),
    ("leaders_met", {"summits": 0}, 0.0),
    ("us_urgency", {"urgency": 0.75}, 0.75),
    ("confrontation", {"regime_days_max": 0}, 1.0),
    ("purchases_shortfall_share", {"accord_signed": TODAY}, 0.75),
    ("phase_one_gap_share", {}, 0.5),
    ("soybeans_delivered_million_tonnes", {}, 4.0),
]


@pytest.mark.parametrize(("name", "values", "expected"), CASES)
def test_an_outcome_of_several_fields_reads_them_together(
    state: State, params: Params, name: str, values: dict[str, Any], expected: float
) -> None:
    """Strain counts under a truce, a shortfall under an accord."""
    # Fails if one of the fields is left out, or the other accord is read.
    state.pledged_usd_bn = [[10.0, 0.0, 0.0, 0.0, 0.0], [8.0, 0.0, 0.0, 0.0, 0.0]]
    state.delivered_usd_bn = [[5.0, 0.0, 0.0, 0.0, 0.0], [2.0, 0.0, 0.0, 0.0, 0.0]]
    params.soybeans_usd_per_tonne = 500.0
    for field, value in values.items():
        setattr(state, field, value)

    assert ROWS[name].read(state, params) == expected


@pytest.mark.parametrize(
    ("us", "cn", "expected"), [(1, 1, 1.0), (1, 0, 0.0), (0, 1, 0.0), (0, 0, 0.0)]
)
def test_port_fees_of_both_sides_are_one_flag(
    state: State, params: Params, us: int, cn: int, expected: float
) -> None:
    """One side's fees are not enough."""
    # Fails if one side is left out.
    state.control[US][PORT_FEES], state.control[CN][PORT_FEES] = us, cn

    assert ROWS["port_fees_both"].read(state, params) == expected


@pytest.mark.parametrize(
    "name",
    [
        "summit_day",
        "summit_to_talks_days",
        "summit_round_gap_days",
        "purchases_shortfall_share",
        "phase_one_gap_share",
    ],
)
def test_what_does_not_apply_is_no_number(state: State, params: Params, name: str) -> None:
    """Without a summit, an accord or a pledge there is no value."""
    # Fails if never is read as zero.
    assert math.isnan(ROWS[name].read(state, params))


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("path_class", path_class),
        ("decoupling", decoupling),
        ("summit_to_talks_days", summit_wait_days),
    ],
)
def test_a_rule_of_its_own_is_what_the_row_reads(name: str, rule: Any) -> None:
    """The row is the rule."""
    # Fails if another rule is read.
    assert ROWS[name].read is rule


def test_every_row_of_politics_is_read_above() -> None:
    """A row added to the table wants a case of its own."""
    # Fails if a row has no case.
    tested = {name for name, *_ in (*READS, *CASES)}
    tested |= {"path_class", "decoupling", "summit_to_talks_days", "port_fees_both"}
    elsewhere = {
        *BARGAIN_OUTCOMES,
        *INFORMATION_OUTCOMES,
        *LEGAL_OUTCOMES,
        *THIRD_PARTY_OUTCOMES,
        *WORD_OUTCOMES,
        *TRADE_OUTCOMES,
        *SECTOR_OUTCOMES,
    }

    assert {row.name for row in OUTCOMES if row not in elsewhere} == tested


# ----------------------------------------------------------------------------------- the table


def test_rows_by_the_quarter_stand_last() -> None:
    """Trade follows politics, sectors follow trade: stored columns rely on it."""
    # Fails if a sector row stands before another.
    rest = len(TRADE_OUTCOMES) + len(SECTOR_OUTCOMES)

    assert OUTCOMES[-rest:] == (*TRADE_OUTCOMES, *SECTOR_OUTCOMES)


def test_names_are_unique_and_units_closed() -> None:
    """No two outcomes share a name, and each carries a unit of the closed list."""
    assert len(outcome_index()) == len(OUTCOMES)
    assert {outcome.unit for outcome in OUTCOMES} <= set(UNITS)


def test_at_most_forty_outcomes_can_be_observed() -> None:
    """Interventions may watch at most 40 outcomes, all of them dated."""
    observable = [outcome for outcome in OUTCOMES if outcome.observable]

    assert len(observable) <= 40
    assert all(outcome.dated for outcome in observable)


def test_at_most_twelve_are_headlines() -> None:
    """Verdicts are corrected over at most twelve headline outcomes."""
    assert 0 < sum(outcome.headline for outcome in OUTCOMES) <= 12


def test_paths_are_dated_outcomes() -> None:
    """What is kept week by week can be read on any day."""
    assert all(outcome_index()[name].dated for name in PATHS)
