"""Hikes of either side, and China's reply: when it comes, in which form, with what it stirs up."""

from __future__ import annotations

import math

import pytest

from sim.model.controls.measures import apply_measure
from sim.model.duties.hikes import (
    apply_counter_hike,
    apply_hike,
    apply_match,
    apply_pntr,
    apply_reply,
    apply_us_hike,
    can_hike,
    decide_reply,
    hike_layer,
    is_bound,
    mirror_probability,
    over_threshold,
    reply_hazard,
    reply_ratio,
    whole_points,
)
from sim.model.duties.layers import apply_cut
from sim.model.tables.codes import (
    AGREEMENT_DORMANT,
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    AGREEMENT_VERBAL,
    BY_S122,
    BY_S338,
    CASE_STRUCK,
    CN,
    FENTANYL,
    FULL_REPLY,
    PARTIAL_REPLY,
    PNTR,
    RARE_EARTHS,
    RECIPROCAL,
    REPLY_MIRROR,
    REPLY_PARTIAL,
    S301,
    TONE_HOSTILE,
    US,
    WAIT,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import AVERAGES, TODAY, changed

STIRRED = {
    "hikes", "hike_day", "recent_hike", "tension", "rapport", "tone", "market_stress",
    "market_shocks", "truce_strained", "provoked_day", "cause_day",
}  # fmt: skip


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of hikes in round numbers."""
    params.tension_per_hike = 0.125
    params.tension_per_hike_pp = 0.0125
    params.rapport_per_hike = 0.15
    params.market_stress_per_pp = 0.02
    for side in (US, CN):
        params.tone_speed[side][TONE_HOSTILE] = 0.5
    params.mirror_threshold_pp, params.mirror_softness_pp = 20.0, 5.0
    params.partial_cover_min, params.partial_cover_max = 0.125, 0.375
    return params


# ------------------------------------------------------------------------------------- hikes


def test_a_us_hike_stirs_up_the_mood_and_calls_for_a_reply(state: State, params: Params) -> None:
    """Ten points: tension +0.25 of what is left, rapport -0.15, markets +0.2, a reply is owed."""
    # Fails if the sign of tension_per_hike is turned, points are left out, or a count stands still.
    state.rapport, state.quiet_days, state.reply_pp = 0.5, 12, 5.0
    state.recent_hike[US], state.hikes[US] = 0.5, 2

    fields = changed(state, lambda: apply_hike(state, params, US, RECIPROCAL, 10.0, 0))

    assert fields == STIRRED | {"duty_pp", "quiet_days", "reply_pp", "reply_since"}
    assert (state.tension, state.rapport) == (0.625, 0.35)
    assert (state.market_stress, state.market_shocks) == (pytest.approx(0.2), 1)
    assert state.tone == [0.25, 0.5]
    assert (state.hikes, state.recent_hike) == ([3, 0], [1.5, 0.0])
    assert (state.hike_day, state.quiet_days) == ([TODAY, 0], 0)
    assert (state.reply_pp, state.reply_since) == (15.0, TODAY)
    assert state.truce_strained


def test_a_chinese_hike_owes_itself_no_reply(state: State, params: Params) -> None:
    """China's hikes count as its own; US quiet days run on and no reply is owed."""
    # Fails if the side is not looked at, or the lead is ignored.
    state.quiet_days = 12

    fields = changed(state, lambda: apply_hike(state, params, CN, FULL_REPLY, 10.0, 4))

    pending = {"pending_due", "pending_side", "pending_layer", "pending_pp", "announced_pp"}
    assert fields == STIRRED | pending
    assert state.pending_due[0] == TODAY + 4
    assert (state.hikes, state.hike_day) == ([0, 1], [0, TODAY])
    assert state.tone == [0.5, 0.25]


@pytest.mark.parametrize(
    ("carried", "layer"), [(0.0, FENTANYL), (19.9, FENTANYL), (20.0, RECIPROCAL)]
)
def test_the_fentanyl_label_is_used_up_first(
    state: State, params: Params, carried: float, layer: int
) -> None:
    """A step cites fentanyl until the label carries its cap, then reciprocity."""
    # Fails if the comparison is not strict or turned, or another layer is looked at.
    params.fentanyl_cap_pp = 20.0
    state.duty_pp[US][FENTANYL] = carried
    state.duty_pp[US][S301] = 25.0

    assert hike_layer(state, params) == layer


def test_the_usual_step_has_its_usual_size_and_notice(state: State, params: Params) -> None:
    """The US adds its step on the layer next in line, in force after the usual lead."""
    # Fails if step or lead are another parameter's.
    params.fentanyl_cap_pp, params.hike_step_pp, params.hike_lead_days = 20.0, 10.0, 3

    apply_us_hike(state, params)

    assert (state.pending_due[0], state.pending_pp[0]) == (TODAY + 3, 10.0)
    assert (state.pending_side[0], state.pending_layer[0]) == (US, FENTANYL)
    assert state.hikes == [1, 0]


@pytest.mark.parametrize(
    ("since", "threat", "expected"),
    [(20, False, False), (21, False, True), (TODAY, False, True), (21, True, False)],
)
def test_steps_keep_a_distance_and_wait_for_no_open_threat(
    state: State, params: Params, since: int, threat: bool, expected: bool
) -> None:
    """A step is open from its spacing on, and only while no threat stands."""
    # Fails if the day itself is left out, or the threat is not looked at.
    params.hike_spacing_days, params.prohibitive_pp = 21, 120.0
    state.hike_day = [TODAY - since, TODAY]
    state.threat_open = threat

    assert can_hike(state, params, US) is expected


@pytest.mark.parametrize(("points", "expected"), [(119.0, True), (120.0, False)])
def test_no_hike_once_duties_stop_trade(
    state: State, params: Params, points: float, expected: bool
) -> None:
    """From the prohibitive add-on on, another step would change nothing."""
    # Fails if duties that stop trade are not looked at, or China's are.
    params.prohibitive_pp = 120.0
    state.duty_pp[US][RECIPROCAL] = points
    state.duty_pp[CN][FULL_REPLY] = 240.0 - points

    assert can_hike(state, params, US) is expected


def test_no_hike_in_days_of_courtesy(state: State, params: Params) -> None:
    """A step towards each other rules out a hike on the days after it."""
    # Fails if courtesy does not bind hikes.
    params.prohibitive_pp, params.courtesy_contact_days = 120.0, 5
    state.goodwill_day = TODAY - 5
    assert not can_hike(state, params, US)
    state.goodwill_day = TODAY - 6
    assert can_hike(state, params, US)


def test_no_hike_without_authority(state: State, params: Params) -> None:
    """Once the courts have struck the emergency powers down, neither layer can be raised."""
    # Fails if the law is not asked, or is asked about the layer of fentanyl alone.
    params.fentanyl_cap_pp, params.prohibitive_pp = 20.0, 120.0
    assert can_hike(state, params, US)
    assert hike_layer(state, params) == FENTANYL
    state.court_case = CASE_STRUCK
    assert not can_hike(state, params, US)
    state.authority[RECIPROCAL] = BY_S338
    assert can_hike(state, params, US)
    assert hike_layer(state, params) == RECIPROCAL


@pytest.mark.parametrize(
    ("side", "layer", "expected"), [(US, RECIPROCAL, 5.0), (CN, FULL_REPLY, 34.0)]
)
def test_a_us_hike_goes_as_far_as_its_statute(
    state: State, params: Params, side: int, layer: int, expected: float
) -> None:
    """Ten points in force under section 122 leave room for five; China knows no such limit."""
    # Fails if the limit is that of the other side, or the mood still counts all points.
    params.statute_highest_pp[BY_S122] = 15.0
    state.authority[RECIPROCAL] = BY_S122
    state.duty_pp[US][RECIPROCAL] = 10.0
    points = apply_hike(state, params, side, layer, 34.0, 3)

    assert points == state.pending_pp[0] == expected
    assert state.reply_pp == (expected if side == US else 0.0)
    assert state.tension == pytest.approx(0.5 + 0.5 * (0.125 + 0.0125 * expected))


def test_ending_normal_trade_relations_shocks_beyond_its_points(
    state: State, params: Params
) -> None:
    """The revocation is a hike on a layer of its own, and raises tension once more."""
    # Fails if the second jump is dropped, or layer, points or lead are another's.
    params.tension_per_hike, params.tension_per_hike_pp = 0.5, 0.0
    params.tension_per_pntr, params.pntr_pp, params.pntr_lead_days = 0.25, 30.0, 60

    apply_pntr(state, params)

    assert state.tension == 0.75 + 0.25 * 0.25
    assert (state.pending_layer[0], state.pending_pp[0]) == (PNTR, 30.0)
    assert state.pending_due[0] == TODAY + 60
    assert state.hikes == [1, 0]


def test_a_counter_hike_is_reciprocal_and_counts_as_fatigue(state: State, params: Params) -> None:
    """The further step is in force the next day and is one more counter made."""
    # Fails if the counter stands still, or layer or lead change.
    state.counters_made = 2

    apply_counter_hike(state, params, 50.0)

    assert state.counters_made == 3
    assert (state.pending_layer[0], state.pending_pp[0]) == (RECIPROCAL, 50.0)
    assert (state.pending_side[0], state.pending_due[0]) == (US, TODAY + 1)


# ------------------------------------------------------------------------------------- replies


@pytest.mark.parametrize(
    ("owed", "since", "expected"),
    [(10.0, 0, 0.0), (10.0, 1, 0.25), (0.5, 30, 0.25), (0.0, 5, 0.0)],
)
def test_a_reply_may_come_from_the_day_after_the_hike(
    state: State, params: Params, owed: float, since: int, expected: float
) -> None:
    """With points unanswered the chance is the same on every later day, and zero on the first."""
    # Fails if the day of the hike counts, or a reply comes without a hike.
    params.reply_hazard_per_day = 0.25
    state.reply_pp, state.reply_since = owed, TODAY - since

    assert reply_hazard(state, params) == expected
    # Nobody replies on the day on which ministers meet.
    state.round_day = TODAY
    assert reply_hazard(state, params) == 0.0


@pytest.mark.parametrize(("points", "log_odds"), [(20.0, 0.0), (25.0, 1.0), (5.0, -3.0)])
def test_a_mirror_is_likelier_the_larger_the_hike(
    state: State, params: Params, points: float, log_odds: float
) -> None:
    """Even odds at the threshold, one unit of log odds for each width above it."""
    # Fails if the sign is turned, or threshold or width are left out.
    expected = 1.0 / (1.0 + math.exp(-log_odds))

    assert mirror_probability(state, params, points) == pytest.approx(expected)


@pytest.mark.parametrize(("ours", "theirs", "log_odds"), [(40.0, 20.0, 1.0), (20.0, 40.0, 0.0)])
def test_points_left_unmatched_count_in_part(
    state: State, params: Params, ours: float, theirs: float, log_odds: float
) -> None:
    """Twenty points that China has not matched weigh like five of the new step at a quarter."""
    # Fails if they count in full, not at all, or on China's side too.
    params.mirror_unmatched_share = 0.25
    state.duty_pp[US] = [0.0, 0.0, 20.0, ours, 0.0, 0.0]
    state.duty_pp[CN][FULL_REPLY] = theirs

    expected = 1.0 / (1.0 + math.exp(-log_odds))
    assert mirror_probability(state, params, 20.0) == pytest.approx(expected)


def test_duties_are_set_in_whole_points() -> None:
    """A match and a counter-hike are rounded to the nearest point."""
    # Fails if points are cut off.
    assert [whole_points(p) for p in (34.4, 34.5, 117.6)] == [34.0, 35.0, 118.0]


@pytest.mark.parametrize(
    ("u_answer", "u_form", "expected"),
    [
        (0.75, 0.49, REPLY_MIRROR),
        (0.75, 0.5, REPLY_PARTIAL),
        (0.7501, 0.0, WAIT),
    ],
)
def test_china_first_decides_whether_then_how_to_reply(
    state: State, params: Params, u_answer: float, u_form: float, expected: int
) -> None:
    """At the threshold half of the replies are mirrors; a quarter of hikes go unanswered."""
    # Fails if a comparison is turned, or the two draws are swapped.
    params.reply_probability, params.prohibitive_pp = 0.75, 120.0
    state.reply_pp = 20.0

    assert decide_reply(state, params, u_answer, u_form) == expected


@pytest.mark.parametrize(("points", "expected"), [(119.9, REPLY_MIRROR), (120.0, WAIT)])
def test_china_ignores_steps_once_its_own_duties_stop_trade(
    state: State, params: Params, points: float, expected: int
) -> None:
    """At the prohibitive level there is nothing left to answer with."""
    # Fails if the level is not looked at, or is that of the US.
    params.reply_probability, params.prohibitive_pp = 1.0, 120.0
    state.reply_pp, state.duty_pp[CN][FULL_REPLY] = 100.0, points

    assert decide_reply(state, params, 0.5, 0.0) == expected


@pytest.mark.parametrize(
    ("banned", "u_form", "expected"),
    [
        ((REPLY_MIRROR,), 0.0, REPLY_PARTIAL),
        ((REPLY_MIRROR,), 0.9, REPLY_PARTIAL),
        ((REPLY_PARTIAL,), 0.0, REPLY_MIRROR),
        ((REPLY_PARTIAL,), 0.9, WAIT),
        ((REPLY_MIRROR, REPLY_PARTIAL), 0.0, WAIT),
    ],
)
def test_a_form_that_is_forbidden_is_not_used(
    state: State, params: Params, banned: tuple[int, ...], u_form: float, expected: int
) -> None:
    """A mirror gives way to a measured reply, a measured reply to none."""
    # Fails if a ban is not looked at, or is that of the other side.
    params.reply_probability, params.prohibitive_pp = 1.0, 120.0
    state.reply_pp = 20.0
    for act in banned:
        state.forbidden[CN][act] = True

    assert decide_reply(state, params, 0.5, u_form) == expected


def test_no_reply_settles_what_was_owed(state: State, params: Params) -> None:
    """A hike left unanswered is not answered later."""
    # Fails if the points stay owed, or a duty moves all the same.
    state.reply_pp = 10.0
    points: list[float] = []

    fields = changed(state, lambda: points.append(apply_reply(state, params, WAIT, 0.5)))

    assert fields == {"reply_pp"}
    assert (points, state.reply_pp) == ([0.0], 0.0)


def test_a_mirror_matches_the_hikes_on_all_goods(state: State, params: Params) -> None:
    """The points owed times the ratio come into force the next day and open the counter window."""
    # Fails if the ratio is dropped, the day of the mirror is not noted, or points stay owed.
    params.mirror_ratio = 0.5
    state.reply_pp = 50.0

    assert apply_reply(state, params, REPLY_MIRROR, 0.5) == 25.0
    assert (state.pending_side[0], state.pending_layer[0]) == (CN, FULL_REPLY)
    assert (state.pending_due[0], state.pending_pp[0]) == (TODAY + 1, 25.0)
    assert (state.mirror_day, state.reply_pp, state.hikes) == (TODAY, 0.0, [0, 1])


@pytest.mark.parametrize(("u", "cover"), [(0.0, 0.125), (0.5, 0.25), (1.0, 0.375)])
def test_a_measured_reply_covers_part_of_trade(
    state: State, params: Params, u: float, cover: float
) -> None:
    """Its coverage is drawn evenly between the two bounds; it is no hike on the headline scale."""
    # Fails if the span is left out, the lead is another's, or the reply counts as a full hike.
    params.partial_lead_days, params.memory_per_partial_reply = 6, 0.5
    state.reply_pp, state.tension, state.recent_hike[CN] = 10.0, 0.0, 0.25

    fields = changed(state, lambda: apply_reply(state, params, REPLY_PARTIAL, u))

    assert state.provoked_day == [TODAY, 0]
    assert fields <= STIRRED | AVERAGES | {
        "reply_pp", "pending_due", "pending_side", "pending_layer", "pending_coverage",
    }  # fmt: skip
    assert (state.pending_due[0], state.pending_side[0]) == (TODAY + 6, CN)
    assert (state.pending_layer[0], state.pending_coverage[0]) == (PARTIAL_REPLY, cover)
    assert (state.hikes, state.recent_hike, state.mirror_day) == ([0, 0], [0.0, 0.75], 0)
    assert (state.tension, state.rapport, state.tone) == (0.125, 0.4, [0.5, 0.25])


def test_a_measured_reply_brings_no_points_to_the_headline(state: State, params: Params) -> None:
    """It returns no points and announces none, however many the US added."""
    # Fails if the points of the hike are carried over.
    state.reply_pp = 10.0

    assert apply_reply(state, params, REPLY_PARTIAL, 0.5) == 0.0
    assert state.pending_pp == [0.0] * len(state.pending_pp)
    assert state.reply_pp == 0.0


def test_the_expected_ratio_of_a_reply_weighs_both_forms(state: State, params: Params) -> None:
    """At the threshold half mirror at the ratio, half tax a quarter of trade at a fixed rate."""
    # Fails if a form is left out, the shares are swapped, or the odds of no reply are ignored.
    params.reply_probability, params.mirror_ratio = 0.75, 1.5
    params.partial_reply_rate_pp = 10.0

    assert reply_ratio(state, params, 20.0) == 0.75 * (0.5 * 1.5 + 0.5 * (10.0 * 0.25 / 20.0))


@pytest.mark.parametrize(("addon", "expected"), [(59.9, False), (60.0, True), (80.0, True)])
def test_conflict_begins_at_its_threshold(
    state: State, params: Params, addon: float, expected: bool
) -> None:
    """The US add-on counts as conflict from the threshold on; China's does not matter."""
    # Fails if the comparison is strict, or China's add-on is read.
    params.conflict_addon_pp = 60.0
    state.duty_pp[US][RECIPROCAL] = addon
    state.duty_pp[CN][FULL_REPLY] = 90.0 - addon

    assert over_threshold(state, params) is expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (AGREEMENT_NONE, False),
        (AGREEMENT_VERBAL, False),
        (AGREEMENT_DORMANT, False),
        (AGREEMENT_PAUSE, True),
        (AGREEMENT_SIGNED, True),
    ],
)
def test_a_pause_or_a_signed_text_binds(
    state: State, params: Params, level: int, expected: bool
) -> None:
    """Under either no side raises duties without a threat first."""
    # Fails if a level is left out, or a mere word binds.
    state.agreement = level

    assert is_bound(state, params, US) is expected
    assert is_bound(state, params, CN) is expected


def test_a_measure_of_the_other_side_frees_from_a_cut(state: State, params: Params) -> None:
    """A cut binds its own side for its weeks, until the other side provokes it."""
    # Fails if the wrong side is bound or freed.
    params.cut_kept_days = 30
    state.duty_pp[US][RECIPROCAL] = 30.0
    apply_cut(state, params, US, 10.0)
    assert (is_bound(state, params, US), is_bound(state, params, CN)) == (True, False)
    state.day += 1
    apply_measure(state, params, CN, RARE_EARTHS)
    assert not is_bound(state, params, US)


def test_each_match_is_answered_once(state: State, params: Params) -> None:
    """A counter-hike uses up the match; the next waits for China's next one."""
    # Fails if a match may be answered again.
    apply_match(state, params, 34.0, 1)
    assert (state.mirror_day, state.mirror_pp) == (TODAY, 34.0)
    apply_counter_hike(state, params, 40.0)
    assert state.mirror_day == 0
