"""Purchases: pledges, monthly deliveries, the judgment of them, catch-up and penalty."""

from __future__ import annotations

import math

import pytest

from sim.model.commitments.purchases import (
    apply_catch_up,
    apply_compliance,
    apply_deliveries,
    apply_penalty,
    apply_pledge,
    apply_review,
    decide_penalty,
    delivered,
    gap_share,
    penalty_probability,
    pledged,
    soybeans_million_tonnes,
    verdict_hazard,
)
from sim.model.tables.codes import (
    ACCORD_NEW,
    ACCORD_PHASE_ONE,
    AGREEMENT_PAUSE,
    BUYER_FREEZE,
    BY_S122,
    CASE_STRUCK,
    CN,
    LEVERAGE,
    PENALISE,
    RECIPROCAL,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed

NONE = [0.0] * 5
MIDDLE = [0.5] * 5
"""Luck that leaves a month's quality at its mean."""


@pytest.fixture
def ledger(state: State) -> State:
    """Returns a state with pledges and deliveries under both accords."""
    state.pledged_usd_bn = [[40.0, 30.0, 20.0, 8.0, 2.0], [12.0, 24.0, 0.0, 0.0, 6.0]]
    state.delivered_usd_bn = [[40.0, 15.0, 5.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]]
    return state


@pytest.mark.parametrize(
    ("accord", "promised", "bought", "gap"),
    [(ACCORD_PHASE_ONE, 100.0, 60.0, 0.4), (ACCORD_NEW, 42.0, 0.0, 1.0)],
)
def test_an_accord_adds_up_over_its_categories(
    ledger: State, accord: int, promised: float, bought: float, gap: float
) -> None:
    """Pledges and deliveries are sums, the gap is what is missing as a share."""
    # Fails if a category is left out, or the other accord is read.
    assert pledged(ledger, accord) == promised
    assert delivered(ledger, accord) == bought
    assert gap_share(ledger, accord) == pytest.approx(gap)


@pytest.mark.parametrize(("promised", "bought"), [(0.0, 0.0), (10.0, 12.0), (0.0, 5.0)])
def test_no_gap_without_a_pledge_or_beyond_it(state: State, promised: float, bought: float) -> None:
    """Who promised nothing, or bought more, is behind with nothing."""
    # Fails if a surplus counts as a negative gap, or an empty pledge as a full gap.
    state.pledged_usd_bn[ACCORD_NEW][2] = promised
    state.delivered_usd_bn[ACCORD_NEW][2] = bought

    assert gap_share(state, ACCORD_NEW) == 0.0


def test_soybeans_are_counted_in_tonnes_at_their_price(ledger: State, params: Params) -> None:
    """Six billion dollars at 400 dollars a tonne are fifteen million tonnes."""
    # Fails if another category or accord is read, or millions and thousands are confused.
    ledger.delivered_usd_bn = [[40.0, 15.0, 5.0, 0.0, 0.0], [6.0, 24.0, 0.0, 0.0, 6.0]]
    params.soybeans_usd_per_tonne = 400.0

    assert soybeans_million_tonnes(ledger, params) == pytest.approx(15.0, rel=1e-12)


def test_a_small_pledge_is_a_pledge(state: State) -> None:
    """Half of half a billion not delivered is a gap of one half."""
    # Fails if pledges below a billion count for none.
    state.pledged_usd_bn[ACCORD_NEW][2] = 0.5
    state.delivered_usd_bn[ACCORD_NEW][2] = 0.25

    assert gap_share(state, ACCORD_NEW) == 0.5


def test_a_pledge_adds_to_the_new_ledger(ledger: State, params: Params) -> None:
    """A year's pledge of a category by its share, on top of what was pledged before."""
    # Fails if the old ledger is written, another category is, or the pledge replaces the last.
    params.pledge_usd_bn_per_year = 40.0
    params.pledge_share = [0.5, 0.25, 0.125, 0.0625, 0.0625]

    fields = changed(ledger, lambda: apply_pledge(ledger, params, 1))

    assert fields == {"accord_signed", "pledged_usd_bn"}
    assert ledger.pledged_usd_bn[ACCORD_NEW] == [12.0, 34.0, 0.0, 0.0, 6.0]
    assert ledger.accord_signed == TODAY


# ----------------------------------------------------------------------------------- deliveries


@pytest.fixture
def buyers(ledger: State, params: Params) -> tuple[State, Params]:
    """Returns an accord signed 61 days ago and parameters under which China delivers half."""
    ledger.accord_signed = TODAY - 61
    params.compliance = [0.5] * 5
    params.compliance_spread = 0.25
    params.delivery_quality_max = 1.0
    return ledger, params


def test_a_months_deliveries_follow_pledge_and_compliance(buyers: tuple[State, Params]) -> None:
    """Each month brings a twelfth of the pledge times compliance, and is booked by category."""
    # Fails if the pledge is not taken by the month, or a category is left out.
    state, params = buyers

    fields = changed(state, lambda: apply_deliveries(state, params, MIDDLE))

    assert fields == {"pledge_quality", "deliveries_usd_bn_per_month", "delivered_usd_bn"}
    assert state.deliveries_usd_bn_per_month == [0.5, 1.0, 0.0, 0.0, 0.25]
    assert state.delivered_usd_bn[ACCORD_NEW] == [0.5, 1.0, 0.0, 0.0, 0.25]
    assert state.pledge_quality == [0.5, 0.5, 0.0, 0.0, 0.5]


def test_deliveries_add_up_over_the_months(buyers: tuple[State, Params]) -> None:
    """The rule returns the month's total and adds it to what came before."""
    # Fails if deliveries replace those before, or one category's amount is returned.
    state, params = buyers

    assert apply_deliveries(state, params, MIDDLE) == 1.75
    assert apply_deliveries(state, params, MIDDLE) == 1.75
    assert delivered(state, ACCORD_NEW) == 3.5


@pytest.mark.parametrize(("u", "quality"), [(0.0, 0.25), (0.5, 0.5), (0.75, 0.625), (1.0, 0.75)])
def test_a_month_has_its_luck(buyers: tuple[State, Params], u: float, quality: float) -> None:
    """Quality is drawn evenly about the mean, by the spread at most."""
    # Fails if the draw is not centred, or another category's draw is used.
    state, params = buyers

    apply_deliveries(state, params, [u, 0.1, 0.1, 0.1, 0.1])

    assert state.pledge_quality[0] == quality


@pytest.mark.parametrize(("mean", "expected"), [(-1.0, 0.0), (3.0, 1.25)])
def test_quality_stays_between_its_bounds(
    buyers: tuple[State, Params], mean: float, expected: float
) -> None:
    """No month takes goods back, none brings more than the most it can."""
    # Fails if a bound is taken away.
    state, params = buyers
    params.compliance[0], params.delivery_quality_max = mean, 1.25

    apply_deliveries(state, params, MIDDLE)

    assert state.pledge_quality[0] == expected


def test_a_shock_cuts_deliveries_and_a_freeze_stops_them(buyers: tuple[State, Params]) -> None:
    """Force majeure of one half takes a quarter away; a buyers' freeze takes all."""
    # Fails if the loss is added, or the freeze of the other side is read.
    state, params = buyers
    params.force_majeure_loss, state.force_majeure = 0.5, 0.5
    apply_deliveries(state, params, MIDDLE)
    assert state.pledge_quality == [0.375, 0.375, 0.0, 0.0, 0.375]

    state.control[CN][BUYER_FREEZE] = 1

    assert apply_deliveries(state, params, MIDDLE) == 0.0
    assert state.pledge_quality == NONE


@pytest.mark.parametrize(("already", "amount"), [(11.75, 0.25), (12.0, 0.0), (13.0, 0.0)])
def test_deliveries_end_with_the_pledge(
    buyers: tuple[State, Params], already: float, amount: float
) -> None:
    """The last month brings what is left, and nothing more comes after."""
    # Fails if the room is not looked at, so that more is bought than was pledged.
    state, params = buyers
    state.delivered_usd_bn[ACCORD_NEW][0] = already

    apply_deliveries(state, params, MIDDLE)

    assert state.deliveries_usd_bn_per_month[0] == amount
    assert state.delivered_usd_bn[ACCORD_NEW][0] == already + amount


@pytest.mark.parametrize(("delay", "starts"), [(2.0, True), (61 / 30.4, False), (2.1, False)])
def test_categories_start_after_their_delay(
    buyers: tuple[State, Params], delay: float, starts: bool
) -> None:
    """A category delivers from the first month beyond its delay, others before it."""
    # Fails if the delay is not strict, or is that of another category.
    state, params = buyers
    params.delivery_delay_months = [delay, 0.0, 0.0, 0.0, 0.0]

    apply_deliveries(state, params, MIDDLE)

    assert (state.deliveries_usd_bn_per_month[0] > 0.0) is starts
    assert state.deliveries_usd_bn_per_month[1] > 0.0


def test_nothing_is_delivered_without_an_accord(buyers: tuple[State, Params]) -> None:
    """No accord: nothing is booked, and last month's numbers are cleared."""
    # Fails if a pledge alone sets deliveries off, or old numbers stand.
    state, params = buyers
    state.accord_signed = 0
    state.pledge_quality, state.deliveries_usd_bn_per_month = [0.5] * 5, [0.5] * 5

    assert apply_deliveries(state, params, MIDDLE) == 0.0
    assert state.pledge_quality == NONE
    assert state.deliveries_usd_bn_per_month == NONE
    assert state.delivered_usd_bn[ACCORD_NEW] == NONE


# ----------------------------------------------------------------------------------- compliance


@pytest.fixture
def judged(ledger: State, params: Params) -> tuple[State, Params]:
    """Returns a pledge of 42 signed a year ago, half of it delivered, and how it is judged."""
    ledger.accord_signed = TODAY - 365
    ledger.delivered_usd_bn[ACCORD_NEW] = [21.0, 0.0, 0.0, 0.0, 0.0]
    params.breach_ratio, params.grace_days = 0.75, 90
    params.trust_per_month = 0.5
    return ledger, params


@pytest.mark.parametrize(
    ("days", "bought", "breach"),
    [
        (365, 31.5, False),
        (365, 31.4, True),
        (730, 31.5, False),
        (90, 42.0 * 0.75 * 90 / 365, False),
        (90, 7.7, True),
        (89, 0.0, False),
    ],
)
def test_deliveries_are_judged_against_a_straight_line(
    judged: tuple[State, Params], days: int, bought: float, breach: bool
) -> None:
    """Below the ratio of what is due it is a breach; not before the days of grace are over."""
    # Fails if the schedule does not stop after a year, or grace or ratio move.
    state, params = judged
    state.accord_signed = TODAY - days
    state.delivered_usd_bn[ACCORD_NEW] = [bought, 0.0, 0.0, 0.0, 0.0]

    state.breaches = 2

    assert apply_compliance(state, params) is breach
    assert state.breaches == 2 + breach


def test_kept_pledges_build_us_trust(judged: tuple[State, Params]) -> None:
    """A month in time adds to what the US counts as kept, and to nothing else."""
    # Fails if China's trust is raised, or a breach is counted all the same.
    state, params = judged
    state.delivered_usd_bn[ACCORD_NEW][0] = 42.0

    assert changed(state, lambda: apply_compliance(state, params)) == {"trust_kept"}
    assert state.trust_kept == [3.5, 3.0]


@pytest.mark.parametrize(
    ("shock", "broken"), [(0.0, 3.0 + 0.5 * 1.5), (1.0, 3.0 + 0.5 * 0.5 * 1.5)]
)
def test_a_breach_costs_us_trust_by_what_is_missing(
    judged: tuple[State, Params], shock: float, broken: float
) -> None:
    """Half of what was due: one and a half broken promises a month, half as many excused."""
    # Fails if the shortfall is left out, or a shock adds to the blame.
    state, params = judged
    params.force_majeure_excuse, state.force_majeure = 0.5, shock

    assert changed(state, lambda: apply_compliance(state, params)) == {
        "breaches", "breach_day", "trust_broken",
    }  # fmt: skip
    assert state.breach_day == state.day
    assert state.trust_broken == [broken, 3.0]


def test_who_pledged_nothing_breaks_nothing(state: State, params: Params) -> None:
    """An accord without purchases is never in breach of them."""
    # Fails if nothing delivered of nothing due counts as a shortfall.
    params.breach_ratio = 0.75
    state.accord_signed = TODAY - 300

    assert changed(state, lambda: apply_compliance(state, params)) == set()
    assert not apply_compliance(state, params)


def test_a_small_pledge_can_be_broken(judged: tuple[State, Params]) -> None:
    """Nothing delivered of half a billion is a breach."""
    # Fails if pledges below a billion are not judged.
    state, params = judged
    state.pledged_usd_bn[ACCORD_NEW] = [0.5, 0.0, 0.0, 0.0, 0.0]
    state.delivered_usd_bn[ACCORD_NEW] = NONE

    assert apply_compliance(state, params)


def test_no_accord_no_judgment(judged: tuple[State, Params]) -> None:
    """Without an accord nobody judges, whatever the ledger says."""
    # Fails if day 0 is taken for the day of signing.
    state, params = judged
    state.accord_signed = 0

    assert changed(state, lambda: apply_compliance(state, params)) == set()


# ------------------------------------------------------------------------------------- catch-up


def test_a_catch_up_is_spread_by_what_is_missing(ledger: State, params: Params) -> None:
    """Of 40 missing, 20 are bought in proportion; the US counts a promise kept."""
    # Fails if it is spread by the pledge, the new ledger is written, or nothing is noted.
    params.catch_up_usd_bn, params.relief_per_easing = 20.0, 0.25

    fields = changed(ledger, lambda: apply_catch_up(ledger, params))

    assert fields == {
        "delivered_usd_bn", "catch_up_usd_bn", "softened_day", "trust_kept", "tension",
    }  # fmt: skip
    assert ledger.delivered_usd_bn[ACCORD_PHASE_ONE] == [40.0, 22.5, 12.5, 4.0, 1.0]
    assert (ledger.catch_up_usd_bn, ledger.softened_day) == (20.0, TODAY)
    assert (ledger.trust_kept, ledger.tension) == ([4.0, 3.0], 0.375)


def test_a_catch_up_fills_the_gap_and_no_more(ledger: State, params: Params) -> None:
    """A purchase larger than the gap closes it; repeated, it does nothing."""
    # Fails if more than the gap is bought.
    params.catch_up_usd_bn = 100.0
    ledger.catch_up_usd_bn = 5.0

    apply_catch_up(ledger, params)

    assert ledger.delivered_usd_bn[ACCORD_PHASE_ONE] == [40.0, 30.0, 20.0, 8.0, 2.0]
    assert ledger.catch_up_usd_bn == 45.0
    assert changed(ledger, lambda: apply_catch_up(ledger, params)) == set()


def test_a_small_catch_up_is_a_catch_up(ledger: State, params: Params) -> None:
    """Half a billion is bought like any other amount."""
    # Fails if amounts below a billion are not bought.
    params.catch_up_usd_bn = 0.5

    apply_catch_up(ledger, params)

    assert ledger.catch_up_usd_bn == 0.5


def test_a_surplus_in_one_category_is_not_taken_back(ledger: State, params: Params) -> None:
    """Where more was bought than pledged nothing is added or lost."""
    # Fails if a negative remainder is spread.
    ledger.delivered_usd_bn[ACCORD_PHASE_ONE] = [50.0, 30.0, 0.0, 0.0, 0.0]
    params.catch_up_usd_bn = 10.0

    apply_catch_up(ledger, params)

    assert ledger.delivered_usd_bn[ACCORD_PHASE_ONE] == [50.0, 30.0, 10.0, 4.0, 1.0]


# ------------------------------------------------------------------------------------- penalty


@pytest.mark.parametrize(("shift", "log_odds"), [(0.0, -0.4), (0.5, 0.1)])
def test_a_penalty_follows_the_gap_and_the_hawks(
    ledger: State, params: Params, shift: float, log_odds: float
) -> None:
    """Base, gap of 0.4 times its effect, and what factions add to leverage."""
    # Fails if a sign is turned, or the gap of the new accord is read.
    params.penalty_base, params.penalty_gap = -2.0, 4.0
    params.weight[US][LEVERAGE], ledger.weight[US][LEVERAGE] = 1.0, 1.0 + shift

    expected = 1.0 / (1.0 + math.exp(-log_odds))
    assert penalty_probability(ledger, params) == pytest.approx(expected)


def test_a_review_opens_for_its_window(state: State, params: Params) -> None:
    """The verdict may fall up to the last day of the window."""
    # Fails if the window is left out.
    params.review_window_days = 14

    assert changed(state, lambda: apply_review(state, params)) == {"review_until"}
    assert state.review_until == TODAY + 14


@pytest.mark.parametrize(
    ("until", "expected"), [(0, 0.0), (TODAY + 1, 0.25), (TODAY, 1.0), (TODAY - 1, 1.0)]
)
def test_a_verdict_falls_for_certain_on_the_last_day(
    state: State, params: Params, until: int, expected: float
) -> None:
    """A daily chance while the review is open, certainty at its end, none without one."""
    # Fails if the last day moves, or a closed review rings.
    params.verdict_hazard_per_day = 0.25
    state.review_until = until

    assert verdict_hazard(state, params) == expected


@pytest.mark.parametrize(
    ("u_penalty", "u_size", "banned", "points"),
    [
        (0.49, 0.24, False, 34.0),
        (0.49, 0.25, False, 10.0),
        (0.5, 0.0, False, 0.0),
        (0.0, 0.0, True, 0.0),
    ],
)
def test_a_verdict_is_none_small_or_large(
    state: State, params: Params, u_penalty: float, u_size: float, banned: bool, points: float
) -> None:
    """Even odds of a penalty, a quarter of them large; a scenario may forbid it."""
    # Fails if a comparison is turned, the draws are swapped, or the ban is not looked at.
    params.penalty_large_pp, params.penalty_large_share, params.hike_step_pp = 34.0, 0.25, 10.0
    state.forbidden[US][PENALISE] = banned

    assert decide_penalty(state, params, u_penalty, u_size) == points


def test_no_penalty_is_ordered_under_a_pause(state: State, params: Params) -> None:
    """While a pause binds the US, the review closes without a duty."""
    # Fails if the pause is not asked about.
    params.penalty_large_pp, params.penalty_large_share = 34.0, 1.0
    assert decide_penalty(state, params, 0.1, 0.1) == 34.0
    state.agreement = AGREEMENT_PAUSE
    assert decide_penalty(state, params, 0.1, 0.1) == 0.0


def test_a_penalty_needs_an_authority(state: State, params: Params) -> None:
    """After a ruling against the emergency powers there is none; section 122 leaves 15 points."""
    # Fails if the law is not asked, or asked about another layer.
    params.penalty_large_pp, params.penalty_large_share = 34.0, 0.25
    params.statute_highest_pp[BY_S122] = 15.0
    state.court_case = CASE_STRUCK
    assert decide_penalty(state, params, 0.1, 0.1) == 0.0
    state.authority[RECIPROCAL] = BY_S122
    assert decide_penalty(state, params, 0.1, 0.1) == 15.0


@pytest.mark.parametrize("points", [34.0, 0.5])
def test_a_penalty_is_a_hike_with_notice(state: State, params: Params, points: float) -> None:
    """It closes the review and comes as reciprocal duty after its lead."""
    # Fails if the review stays open, or layer or lead are another's.
    params.penalty_lead_days = 7
    state.review_until = TODAY + 3

    apply_penalty(state, params, points)

    assert (state.review_until, state.hikes) == (0, [1, 0])
    assert (state.pending_side[0], state.pending_layer[0]) == (US, RECIPROCAL)
    assert (state.pending_due[0], state.pending_pp[0]) == (TODAY + 7, points)


def test_an_acquittal_only_closes_the_review(state: State, params: Params) -> None:
    """No points, no hike."""
    # Fails if a hike of zero points stirs the mood.
    state.review_until = TODAY

    assert changed(state, lambda: apply_penalty(state, params, 0.0)) == {"review_until"}
    assert state.review_until == 0
