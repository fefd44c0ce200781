"""Threats: what they announce, when and how they end, and the counter-hikes of a bout."""

from __future__ import annotations

import math

import pytest

from sim.model.duties.threats import (
    agreement_strength,
    apply_threat,
    apply_threat_drop,
    apply_threat_execution,
    apply_threat_postponement,
    apply_threat_softening,
    apply_word_broken,
    can_threaten,
    counter_hazard,
    counter_size,
    decide_threat,
    threat_hazard,
    threat_lead,
    threat_size,
    threat_utility,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    BY_S122,
    CASE_STRUCK,
    CN,
    CREDIBILITY,
    DEAL_NONE,
    DEAL_TRUCE,
    DROP_THREAT,
    EXECUTE_THREAT,
    LEVERAGE,
    POSTPONE_THREAT,
    RARE_EARTHS,
    RECIPROCAL,
    SUMMIT_AGREED,
    SUMMIT_DATED,
    THREATENED,
    TONE_HOSTILE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of threats in round numbers."""
    params.size_share = [0.5, 0.25, 0.125, 0.0]
    params.threat_size_pp = [10.0, 34.0, 50.0, 100.0]
    params.threat_lead_min_days, params.threat_lead_max_days = 10, 30
    params.threat_execute_share, params.threat_postpone_share = 0.5, 0.25
    params.market_relief = 0.25
    params.prohibitive_pp = 120.0
    return params


@pytest.fixture
def open_threat(state: State) -> State:
    """Returns a state with a threat of 50 points that falls due in ten days."""
    state.threat_open = True
    state.threat_pp = 50.0
    state.threat_deadline = TODAY + 10
    return state


# ------------------------------------------------------------------------------- what is lawful


def test_a_threat_needs_an_authority(state: State, params: Params) -> None:
    """None may be made after the emergency powers have fallen, unless another statute carries
    it."""
    # Fails if a threat nobody could carry out is made.
    assert can_threaten(state, params)
    state.court_case = CASE_STRUCK
    assert not can_threaten(state, params)
    state.authority[THREATENED] = BY_S122
    assert can_threaten(state, params)


@pytest.mark.parametrize(("luck", "points"), [(0.1, 50.0), (0.999, 100.0)])
def test_a_threat_that_is_open_is_renewed(
    open_threat: State, params: Params, luck: float, points: float
) -> None:
    """It gets a new deadline and the larger of both sizes, and stays as often put off as it was."""
    # Fails if a renewed threat shrinks, keeps its deadline, or counts as never put off.
    params.threat_lead_min_days, params.threat_lead_max_days = 20, 20
    open_threat.threat_postponed, open_threat.hike_day[CN] = 2, TODAY
    params.threat_large_days = 30

    apply_threat(open_threat, params, luck, 0.5)

    assert (open_threat.threat_pp, open_threat.threat_deadline) == (points, TODAY + 20)
    assert (open_threat.threat_open, open_threat.threat_postponed) == (True, 2)


def test_a_threat_goes_as_far_as_its_statute(state: State, params: Params) -> None:
    """Under section 122, no more than 15 points are threatened."""
    # Fails if the size of a threat ignores the law.
    params.statute_highest_pp[BY_S122] = 15.0
    state.authority[THREATENED] = BY_S122

    apply_threat(state, params, 0.9, 0.5)

    assert state.threat_pp == 15.0


def test_no_counter_hike_without_authority(state: State, params: Params) -> None:
    """After a ruling against the emergency powers a match by China is not countered."""
    # Fails if the law is not asked.
    params.counter_window_days, params.counter_hazard_per_day = 7, 0.5
    params.prohibitive_pp = 100.0
    match(state, params, 1)
    assert counter_hazard(state, params) == 0.5
    state.court_case = CASE_STRUCK
    assert counter_hazard(state, params) == 0.0


# ------------------------------------------------------------------------------------- strength


@pytest.mark.parametrize(
    ("level", "strained", "expected"),
    [
        (AGREEMENT_NONE, False, 0.0),
        (AGREEMENT_PAUSE, False, 0.5),
        (AGREEMENT_PAUSE, True, 0.375),
        (AGREEMENT_SIGNED, False, 1.0),
    ],
)
def test_strain_takes_part_of_an_agreements_strength(
    state: State, params: Params, level: int, strained: bool, expected: float
) -> None:
    """Strength follows the level of the agreement, less a share where it is strained."""
    # Fails if the level is not looked up, or the strain adds to it.
    params.agreement_strength = [0.0, 0.25, 0.5, 1.0, 0.125]
    params.strain_discount = 0.25
    state.agreement, state.truce_strained = level, strained

    assert agreement_strength(state, params) == expected


# ---------------------------------------------------------------------------- making a threat


def test_a_threat_moves_mood_and_markets_but_no_duty(state: State, params: Params) -> None:
    """34 points with a notice drawn at a quarter of the span: everything stirs but the rates."""
    # Fails if the draw of the notice is not squared, a count stands still, or a duty moves.
    params.tension_per_threat, params.tension_per_threat_pp = 0.16, 0.01
    params.rapport_per_threat, params.market_threat_share = 0.15, 0.5
    params.market_stress_per_pp = 0.02
    params.tone_speed[US][TONE_HOSTILE] = 0.5
    state.recent_threat, state.threats_made = 0.5, 2

    fields = changed(state, lambda: apply_threat(state, params, 0.9, 0.5))

    assert fields == {
        "threat_open", "threat_pp", "threat_deadline", "threats_made", "recent_threat", "tension",
        "rapport", "tone", "market_stress", "market_shocks", "cause_day",
    }  # fmt: skip
    assert (state.threat_pp, state.threat_deadline) == (34.0, TODAY + 15)
    assert (state.threats_made, state.recent_threat) == (3, 1.5)
    assert (state.tension, state.rapport) == (pytest.approx(0.75), 0.25)
    assert (state.market_stress, state.tone) == (pytest.approx(0.34), [0.25, 0.5])


@pytest.mark.parametrize(
    ("share", "days"), [(0.0, 10), (0.04, 10), (0.05, 11), (0.5, 20), (0.999, 29)]
)
def test_notice_lies_between_its_bounds(params: Params, share: float, days: int) -> None:
    """Whole days, from the shortest notice up by a share of the span."""
    # Fails if the shortest notice is not the base, or days are rounded up.
    assert threat_lead(params, share) == days


@pytest.mark.parametrize(
    ("u", "points"),
    [
        (0.0, 10.0),
        (0.499, 10.0),
        (0.5, 34.0),
        (0.749, 34.0),
        (0.75, 50.0),
        (0.874, 50.0),
        (0.875, 100.0),
        (0.999, 100.0),
    ],
)
def test_sizes_follow_their_shares_and_the_largest_has_the_rest(
    state: State, params: Params, u: float, points: float
) -> None:
    """A draw falls into the first size whose share has not been passed."""
    # Fails if shares do not add up, the comparison is not strict, or the last size is never drawn.
    state.hike_day[CN] = TODAY

    assert threat_size(state, params, u) == points


@pytest.mark.parametrize(("u", "points"), [(0.0, 10.0), (0.66, 10.0), (0.67, 34.0), (0.999, 34.0)])
@pytest.mark.parametrize("since", [None, 31])
def test_large_threats_answer_china(
    state: State, params: Params, since: int | None, u: float, points: float
) -> None:
    """Without a Chinese hike or rare-earth measure of late the two small sizes share the odds."""
    # Fails if a large threat comes unasked, day 0 counts as a day, or a US hike is an occasion.
    params.threat_large_days = 30
    state.hike_day[US] = TODAY
    if since is not None:
        state.hike_day[CN] = state.tightened_day[CN][RARE_EARTHS] = TODAY - since

    assert threat_size(state, params, u) == points


def test_rare_earths_are_an_occasion_for_a_large_threat(state: State, params: Params) -> None:
    """As on 10 October 2025."""
    # Fails if only duties are an occasion, or the days move by one.
    params.threat_large_days = 30
    state.tightened_day[CN][RARE_EARTHS] = TODAY - 30

    assert threat_size(state, params, 0.999) == 100.0


# ------------------------------------------------------------------------- when it is resolved


@pytest.mark.parametrize(
    ("left", "expected"),
    [(-3, 1.0), (0, 1.0), (1, 0.5), (2, 0.25), (4, 0.25), (5, 0.125), (8, 0.125), (9, 0.0625)],
)
def test_a_threat_is_resolved_ever_likelier_towards_its_deadline(
    open_threat: State, params: Params, left: int, expected: float
) -> None:
    """Certain on the day, with factors on the eve, in the last days and in the last week."""
    # Fails if a boundary moves by a day, or a factor is taken from another stretch.
    params.threat_hazard_per_day = 0.0625
    params.threat_hazard_last_day, params.threat_hazard_last_days = 8.0, 4.0
    params.threat_hazard_last_week = 2.0
    params.threat_last_days, params.threat_last_week_days = 4, 8
    open_threat.threat_deadline = TODAY + left

    assert threat_hazard(open_threat, params) == expected


def test_a_hazard_is_at_most_one_and_none_without_a_threat(
    open_threat: State, params: Params
) -> None:
    """A large factor makes the end certain; without a threat there is nothing to resolve."""
    # Fails if the bound of 1 is taken away, or a closed threat still rings.
    params.threat_hazard_per_day, params.threat_hazard_last_day = 0.5, 8.0
    open_threat.threat_deadline = TODAY + 1
    assert threat_hazard(open_threat, params) == 1.0

    open_threat.threat_open = False
    open_threat.threat_deadline = TODAY

    assert threat_hazard(open_threat, params) == 0.0


# ---------------------------------------------------------------------------- how it is resolved


@pytest.mark.parametrize(
    ("act", "share"), [(EXECUTE_THREAT, 0.5), (POSTPONE_THREAT, 0.25), (DROP_THREAT, 0.25)]
)
def test_base_rates_are_the_records_shares(
    open_threat: State, params: Params, act: int, share: float
) -> None:
    """With nothing in favour or against, the utilities are logs of the shares."""
    # Fails if a share is another's; dropping has what the other two leave.
    params.threat_execute_share, params.threat_postpone_share = 0.5, 0.25
    params.threat_drop_for_nothing = 0.0

    assert threat_utility(open_threat, params, act) == pytest.approx(math.log(share))


@pytest.mark.parametrize(("before", "fall"), [(0, 0.0), (2, 3.0)])
def test_a_threat_is_not_put_off_time_and_again(
    open_threat: State, params: Params, before: int, fall: float
) -> None:
    """The odds fall with each time it was put off, and only those of putting it off again."""
    # Fails if earlier times do not count, or speak for execution as well.
    params.threat_postpone_share, params.threat_postpone_fatigue = 0.25, 1.5
    open_threat.threat_postponed = before

    assert threat_utility(open_threat, params, POSTPONE_THREAT) == math.log(0.25) - fall
    assert threat_utility(open_threat, params, EXECUTE_THREAT) == math.log(0.5)


@pytest.mark.parametrize(("softened", "fall"), [(30, 0.0), (31, 2.0)])
def test_a_threat_is_seldom_dropped_for_nothing(
    open_threat: State, params: Params, softened: int, fall: float
) -> None:
    """Without a softening by China of late, the odds of dropping it fall."""
    # Fails if the window moves by a day, or dropping it is free.
    params.threat_execute_share, params.threat_postpone_share = 0.5, 0.25
    params.threat_softened_days, params.threat_drop_for_nothing = 30, 2.0
    open_threat.softened_day = TODAY - softened

    assert threat_utility(open_threat, params, DROP_THREAT) == math.log(0.25) - fall


def test_a_new_threat_waits_after_one_was_dropped(state: State, params: Params) -> None:
    """And so does an unprompted hike."""
    # Fails if the wait moves by a day.
    params.relented_days = 21
    state.threat_dropped_day = TODAY - 21
    assert can_threaten(state, params)
    state.threat_dropped_day = TODAY - 20
    assert not can_threaten(state, params)


@pytest.mark.parametrize(("softened", "counts"), [(30, True), (31, False), (0, True)])
def test_china_softening_of_late_speaks_against_execution(
    open_threat: State, params: Params, softened: int, counts: bool
) -> None:
    """Within its days softening lowers the utility of execution by its effect."""
    # Fails if the window moves by a day, or the sign is turned.
    params.threat_softened_days, params.threat_softened_effect = 30, 2.0
    open_threat.softened_day = TODAY - softened

    expected = math.log(0.5) - 2.0 * counts
    assert threat_utility(open_threat, params, EXECUTE_THREAT) == pytest.approx(expected)


def test_china_that_never_softened_has_not_softened_of_late(
    open_threat: State, params: Params
) -> None:
    """Day 0 stands for never, even a few days after it."""
    # Fails if day 0 is taken for a day.
    params.threat_softened_days, params.threat_softened_effect = 30, 2.0
    open_threat.day, open_threat.threat_deadline = 10, 20

    assert threat_utility(open_threat, params, EXECUTE_THREAT) == pytest.approx(math.log(0.5))


def test_agreement_and_markets_speak_against_execution(open_threat: State, params: Params) -> None:
    """A pause of strength 0.5 and stress of 0.25 take away half and a quarter of their effects."""
    # Fails if a sign is turned, or one is not multiplied.
    params.agreement_strength = [0.0, 0.0, 0.5, 0.0, 0.0]
    params.threat_agreement_effect, params.threat_market_effect = 2.0, 4.0
    open_threat.agreement, open_threat.market_stress = AGREEMENT_PAUSE, 0.25

    expected = math.log(0.5) - 1.0 - 1.0
    assert threat_utility(open_threat, params, EXECUTE_THREAT) == pytest.approx(expected)


def test_factions_and_credibility_speak_for_execution(open_threat: State, params: Params) -> None:
    """What factions add to leverage counts, and a pledge not delivered by its weight."""
    # Fails if the usual weight is not taken off, or the signal is left out.
    params.weight[US][LEVERAGE] = 1.0
    open_threat.weight[US][LEVERAGE] = 1.5
    open_threat.weight[US][CREDIBILITY] = 3.0
    open_threat.signal[US][CREDIBILITY] = 0.5

    expected = math.log(0.5) + 0.5 + 1.5
    assert threat_utility(open_threat, params, EXECUTE_THREAT) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("stage", "ahead", "counts"),
    [(SUMMIT_DATED, 21, True), (SUMMIT_DATED, 22, False), (SUMMIT_AGREED, 5, False)],
)
def test_a_meeting_at_hand_speaks_against_execution(
    open_threat: State, params: Params, stage: int, ahead: int, counts: bool
) -> None:
    """Only a dated meeting within its days counts."""
    # Fails if the window moves by a day, or an undated meeting counts.
    params.threat_summit_days, params.threat_summit_effect = 21, 2.0
    open_threat.summit, open_threat.summit_day = stage, TODAY + ahead

    expected = math.log(0.5) - 2.0 * counts
    assert threat_utility(open_threat, params, EXECUTE_THREAT) == pytest.approx(expected)


@pytest.mark.parametrize(("left", "counts"), [(2, True), (1, False), (0, False)])
def test_execution_waits_for_the_deadline_or_its_eve(
    open_threat: State, params: Params, left: int, counts: bool
) -> None:
    """More than a day before the deadline execution is less likely."""
    # Fails if the boundary moves by a day.
    params.threat_early_effect = 3.0
    open_threat.threat_deadline = TODAY + left

    expected = math.log(0.5) - 3.0 * counts
    assert threat_utility(open_threat, params, EXECUTE_THREAT) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("luck", "expected"),
    [
        ((0.9, 0.1, 0.1), EXECUTE_THREAT),
        ((0.1, 0.9, 0.1), POSTPONE_THREAT),
        ((0.1, 0.1, 0.9), DROP_THREAT),
        ((0.1, 0.8, 0.9), DROP_THREAT),
        ((0.1, 0.9, 0.8), POSTPONE_THREAT),
    ],
)
def test_luck_decides_among_equals(
    open_threat: State, params: Params, luck: tuple[float, float, float], expected: int
) -> None:
    """With equal shares the largest draw has it."""
    # Fails if a draw goes to another end, or noise is left out.
    params.noise[US] = 1.0
    params.threat_execute_share = params.threat_postpone_share = 1.0 / 3.0

    assert decide_threat(open_threat, params, *luck) == expected


@pytest.mark.parametrize(
    ("noise", "luck", "expected"),
    [
        (1.0, (0.5, 0.65, 0.1), EXECUTE_THREAT),
        (2.0, (0.5, 0.65, 0.1), POSTPONE_THREAT),
        (1.0, (0.5, 0.1, 0.8), EXECUTE_THREAT),
        (2.0, (0.5, 0.1, 0.8), DROP_THREAT),
    ],
)
def test_more_noise_gives_luck_more_say(
    open_threat: State, params: Params, noise: float, luck: tuple[float, ...], expected: int
) -> None:
    """A draw of 0.65 makes up for half the odds at noise 2, not at 1; one of 0.8 for a sixth."""
    # Fails if noise does not multiply the draw of each end.
    params.noise[US] = noise
    params.threat_execute_share, params.threat_postpone_share = 0.6, 0.3

    assert decide_threat(open_threat, params, *luck) == expected


@pytest.mark.parametrize(
    ("execute", "postpone", "banned", "expected"),
    [
        (0.25, 0.25, DROP_THREAT, EXECUTE_THREAT),
        (0.5, 0.25, EXECUTE_THREAT, POSTPONE_THREAT),
    ],
)
def test_a_tie_goes_to_the_end_named_first(
    open_threat: State,
    params: Params,
    execute: float,
    postpone: float,
    banned: int,
    expected: int,
) -> None:
    """Among equals execution comes before postponing, and that before dropping."""
    # Fails if a later end wins at equal utility.
    params.threat_execute_share, params.threat_postpone_share = execute, postpone
    open_threat.forbidden[US][banned] = True

    assert decide_threat(open_threat, params, 0.5, 0.5, 0.5) == expected


@pytest.mark.parametrize(
    ("execute", "postpone", "expected"),
    [
        (0.5, 0.25, EXECUTE_THREAT),
        (0.25, 0.5, POSTPONE_THREAT),
        (0.25, 0.25, DROP_THREAT),
    ],
)
def test_without_noise_the_likeliest_end_is_taken(
    open_threat: State, params: Params, execute: float, postpone: float, expected: int
) -> None:
    """Noise of zero leaves luck without a say."""
    # Fails if noise is a constant, or utilities are those of another end.
    params.threat_execute_share, params.threat_postpone_share = execute, postpone
    lucky = {EXECUTE_THREAT: (0.01, 0.9, 0.9), POSTPONE_THREAT: (0.9, 0.01, 0.9)}
    luck = lucky.get(expected, (0.9, 0.9, 0.01))

    assert decide_threat(open_threat, params, *luck) == expected


@pytest.mark.parametrize(
    ("banned", "expected"),
    [
        ((EXECUTE_THREAT,), POSTPONE_THREAT),
        ((EXECUTE_THREAT, POSTPONE_THREAT), DROP_THREAT),
        ((POSTPONE_THREAT,), EXECUTE_THREAT),
        ((EXECUTE_THREAT, DROP_THREAT), POSTPONE_THREAT),
    ],
)
def test_an_end_that_is_forbidden_is_not_chosen(
    open_threat: State, params: Params, banned: tuple[int, ...], expected: int
) -> None:
    """The best end of those left is taken, here in the order execute, postpone, drop."""
    # Fails if a ban is not looked at, or is that of another act.
    params.threat_execute_share, params.threat_postpone_share = 0.6, 0.3
    for act in banned:
        open_threat.forbidden[US][act] = True

    assert decide_threat(open_threat, params, 0.5, 0.5, 0.5) == expected


@pytest.mark.parametrize("banned", [POSTPONE_THREAT, DROP_THREAT])
def test_a_softer_end_that_is_forbidden_gives_way(
    open_threat: State, params: Params, banned: int
) -> None:
    """Where the likeliest end is forbidden the next in line is taken."""
    # Fails if the ban of postponing or dropping is not looked at.
    likeliest = {POSTPONE_THREAT: (0.3, 0.6), DROP_THREAT: (0.3, 0.1)}
    params.threat_execute_share, params.threat_postpone_share = likeliest[banned]
    open_threat.forbidden[US][banned] = True

    assert decide_threat(open_threat, params, 0.5, 0.5, 0.5) == EXECUTE_THREAT


@pytest.mark.parametrize(("left", "lead"), [(2, 2), (0, 0), (-4, 0), (3, 3), (9, 3)])
def test_an_executed_threat_takes_force_on_its_deadline(
    open_threat: State, params: Params, left: int, lead: int
) -> None:
    """It is ordered as a hike, due on the deadline or today if that is past; if it is ordered long
    before, after the usual notice."""
    # Fails if the lead is ignored, a past deadline leaves it waiting, or notice is not bounded.
    params.hike_lead_days = 3
    in_force = lead == 0
    open_threat.threat_deadline = TODAY + left
    open_threat.reputation_kept, open_threat.threats_executed = 2.0, 1

    apply_threat_execution(open_threat, params)

    assert open_threat.duty_pp[US][THREATENED] == (50.0 if in_force else 0.0)
    assert open_threat.pending_due[0] == (0 if in_force else TODAY + lead)
    assert not open_threat.threat_open
    assert (open_threat.threats_executed, open_threat.hikes[US]) == (2, 1)
    assert open_threat.reputation_kept == 3.0


def test_a_postponed_threat_stands_with_a_later_deadline(
    open_threat: State, params: Params
) -> None:
    """The deadline moves on from today; China notes that it passed and markets breathe."""
    # Fails if the notice is added to the old deadline, or the threat is closed.
    open_threat.market_stress = 0.5

    fields = changed(open_threat, lambda: apply_threat_postponement(open_threat, params, 0.25))

    assert fields == {
        "threat_deadline", "threats_softened", "reputation_broken", "market_stress",
        "threat_postponed",
    }  # fmt: skip
    assert open_threat.threat_deadline == TODAY + 15
    assert open_threat.threat_postponed == 1


def test_a_dropped_threat_is_off_the_table(open_threat: State, params: Params) -> None:
    """It is closed, its word broken, and markets breathe; no duty moves."""
    # Fails if the threat stays open, or reputation gains.
    open_threat.market_stress = 0.5

    fields = changed(open_threat, lambda: apply_threat_drop(open_threat, params))

    assert fields == {
        "threat_open", "threats_softened", "reputation_broken", "market_stress",
        "threat_dropped_day",
    }  # fmt: skip
    assert not open_threat.threat_open
    assert open_threat.threat_dropped_day == open_threat.day


def test_softening_costs_reputation_and_calms_markets(state: State, params: Params) -> None:
    """One more deadline has passed without the duty, and a quarter of the stress is gone."""
    # Fails if relief raises stress, or a count stands still.
    state.market_stress, state.reputation_broken = 0.5, 2.0

    apply_threat_softening(state, params)

    assert state.market_stress == 0.375
    assert (state.threats_softened, state.reputation_broken) == (1, 3.0)


def test_a_broken_word_is_all_that_is_booked(state: State) -> None:
    """The count of softened threats and China's memory of broken deadlines rise by one."""
    # Fails if anything else moves.
    state.threats_softened, state.reputation_broken = 1, 2.0

    fields = changed(state, lambda: apply_word_broken(state))

    assert fields == {"threats_softened", "reputation_broken"}
    assert (state.threats_softened, state.reputation_broken) == (2, 3.0)


# ------------------------------------------------------------------------------- counter-hikes


def match(state: State, params: Params, since: int) -> None:
    """Lets China have matched a hike in full some days ago, with points that count in full."""
    params.counter_full_pp, state.mirror_pp = 34.0, 34.0
    state.mirror_day = TODAY - since


@pytest.mark.parametrize(
    ("since", "expected"), [(0, 0.0), (1, 0.25), (7, 0.25), (8, 0.0), (TODAY, 0.0)]
)
def test_a_counter_hike_may_come_within_its_window(
    state: State, params: Params, since: int, expected: float
) -> None:
    """From the day after the mirror to the last day of the window; never without a mirror."""
    # Fails if the window moves by a day at either end.
    params.counter_hazard_per_day, params.counter_window_days = 0.25, 7
    params.prohibitive_pp = 100.0
    match(state, params, since)

    assert counter_hazard(state, params) == expected
    # Nor is a match answered on the day on which the leaders speak.
    state.call_day = TODAY
    assert counter_hazard(state, params) == 0.0


def test_no_mirror_calls_for_no_counter_hike(state: State, params: Params) -> None:
    """Day 0 stands for no mirror, even a few days after it."""
    # Fails if day 0 is taken for a day.
    params.counter_hazard_per_day, params.counter_window_days = 0.25, 7
    state.day, state.mirror_day = 5, 0

    assert counter_hazard(state, params) == 0.0


@pytest.mark.parametrize(
    ("name", "value", "log"),
    [
        ("counters_made", 2, -1.0),
        ("market_stress", 0.25, -0.5),
        ("weight", 1.5, 0.5),
        ("duty_pp", 50.0, -0.5),
    ],
)
def test_fatigue_markets_and_high_duties_tire_and_hawks_spur(
    state: State, params: Params, name: str, value: float, log: float
) -> None:
    """Each moves the log of the hazard by its effect."""
    # Fails if a sign is turned, or one of the four is left out.
    params.counter_hazard_per_day, params.counter_window_days = 0.25, 7
    params.counter_fatigue, params.counter_market_effect = 0.5, 2.0
    params.prohibitive_pp = 100.0
    params.weight[US][LEVERAGE] = state.weight[US][LEVERAGE] = 1.0
    match(state, params, 1)
    place = {"weight": (US, LEVERAGE), "duty_pp": (US, RECIPROCAL)}.get(name)
    if place:
        getattr(state, name)[place[0]][place[1]] = value
    else:
        setattr(state, name, value)

    assert counter_hazard(state, params) == pytest.approx(0.25 * math.exp(log))


def test_a_counter_hazard_is_at_most_one(state: State, params: Params) -> None:
    """Hawks with much influence make the step certain, no more."""
    # Fails if the bound of 1 is taken away.
    params.counter_hazard_per_day, params.counter_window_days = 0.5, 7
    params.prohibitive_pp = 100.0
    state.weight[US][LEVERAGE] = 5.0
    match(state, params, 1)

    assert counter_hazard(state, params) == 1.0


@pytest.mark.parametrize(("u", "points"), [(0.0, 40.0), (0.5, 60.0), (0.75, 70.0)])
def test_a_counter_hike_is_in_proportion_to_the_match(
    state: State, params: Params, u: float, points: float
) -> None:
    """The ratio to the match is drawn evenly between its two bounds."""
    # Fails if the match is left out, or a bound is.
    params.counter_ratio_min, params.counter_ratio_max = 0.8, 1.6
    state.mirror_pp = 50.0

    assert counter_size(state, params, u) == pytest.approx(points)


@pytest.mark.parametrize(("points", "share"), [(10.0, 0.25), (40.0, 1.0), (90.0, 1.0)])
def test_a_small_match_rarely_draws_a_counter_hike(
    state: State, params: Params, points: float, share: float
) -> None:
    """Below the size from which the hazard is full it falls in proportion."""
    # Fails if the size of the match does not count, or has no bound.
    params.counter_hazard_per_day, params.counter_window_days = 0.5, 7
    params.prohibitive_pp = 100.0
    match(state, params, 1)
    params.counter_full_pp, state.mirror_pp = 40.0, points

    assert counter_hazard(state, params) == 0.5 * share


def test_no_counter_hike_follows_a_cut_of_ones_own(state: State, params: Params) -> None:
    """Washington stands by a cut that came after the match."""
    # Fails if a cut is forgotten.
    params.counter_hazard_per_day, params.counter_window_days = 0.5, 7
    params.prohibitive_pp, params.cut_kept_days = 100.0, 30
    match(state, params, 2)
    state.provoked_day[US] = TODAY - 2
    assert counter_hazard(state, params) == 0.5
    state.cut_day[US] = TODAY - 1
    assert counter_hazard(state, params) == 0.0


# ------------------------------------------------------------------------- breaking one's word


@pytest.mark.parametrize("level", [AGREEMENT_PAUSE, AGREEMENT_SIGNED])
def test_carrying_out_a_threat_breaks_the_agreement(
    state: State, params: Params, level: int
) -> None:
    """The agreement is over at once; what it suspends keeps its date."""
    # Fails if the agreement outlives the hike, or the suspension ends with it.
    state.agreement, state.truce_ends_on, state.deal_status = level, TODAY + 30, DEAL_TRUCE
    state.suspended_pp[US][RECIPROCAL] = 24.0
    state.threat_open, state.threat_pp, state.threat_deadline = True, 10.0, TODAY

    apply_threat_execution(state, params)

    assert (state.agreement, state.deal_status) == (AGREEMENT_NONE, DEAL_NONE)
    assert state.truce_ends_on == TODAY + 30
    assert state.suspended_pp[US][RECIPROCAL] == 24.0


def test_what_a_pause_without_end_suspends_comes_back_the_next_day(
    state: State, params: Params
) -> None:
    """There is no date to wait for."""
    # Fails if points stay suspended for ever.
    state.agreement, state.truce_ends_on = AGREEMENT_PAUSE, 0
    state.threat_open, state.threat_deadline = True, TODAY

    apply_threat_execution(state, params)

    assert state.truce_ends_on == TODAY + 1


@pytest.mark.parametrize(
    ("cut", "provoked", "expected"),
    [(1, 0, False), (30, 0, False), (31, 0, True), (10, 5, True), (10, 10, True), (5, 10, False)],
)
def test_no_threat_is_carried_out_after_a_cut_unless_provoked(
    state: State, params: Params, cut: int, provoked: int, expected: bool
) -> None:
    """For 30 days after its own cut the US postpones or drops, if China did nothing since."""
    # Fails if the cut binds for ever or not at all, or a provocation does not free.
    params.cut_kept_days, params.noise = 30, [0.0, 0.0]
    params.threat_execute_share, params.threat_postpone_share = 0.9, 0.05
    state.threat_open, state.threat_deadline = True, TODAY
    state.cut_day[US] = TODAY - cut
    state.provoked_day[US] = TODAY - provoked if provoked else 0

    assert (decide_threat(state, params, 0.5, 0.5, 0.5) == EXECUTE_THREAT) is expected


# ------------------------------------------------------------------- where duties stop trade anyway


@pytest.mark.parametrize(("duty", "stopped"), [(119.0, False), (120.0, True)])
def test_where_trade_has_stopped_more_duty_is_pointless(
    open_threat: State, params: Params, duty: float, stopped: bool
) -> None:
    """From 120 points on Washington makes no threat, carries none out and answers no match."""
    # Fails if one of the three goes on, or the bound itself does not count.
    open_threat.duty_pp[US][RECIPROCAL] = duty
    params.counter_hazard_per_day, params.counter_window_days = 1.0, 7
    params.counter_full_pp = 34.0
    open_threat.mirror_day, open_threat.mirror_pp = TODAY - 1, 34.0
    params.noise[US] = 0.0
    params.threat_execute_share, params.threat_postpone_share = 0.9, 0.05
    open_threat.threat_deadline = TODAY

    executed = decide_threat(open_threat, params, 0.5, 0.5, 0.5) == EXECUTE_THREAT
    assert executed is not stopped
    assert (counter_hazard(open_threat, params) == 0.0) is stopped
    open_threat.threat_open = False
    assert can_threaten(open_threat, params) is not stopped


@pytest.mark.parametrize("field", ["call_day", "summit_last_day"])
@pytest.mark.parametrize(("since", "counts"), [(14, True), (15, False), (TODAY, False)])
def test_leaders_who_spoke_speak_against_execution(
    open_threat: State, params: Params, field: str, since: int, counts: bool
) -> None:
    """For two weeks after a call or a meeting, as before a meeting; day 0 stands for never."""
    # Fails if the window moves by a day, or one of the two is left out.
    params.call_echo_days, params.threat_summit_effect = 14, 2.0
    setattr(open_threat, field, TODAY - since)

    expected = math.log(0.5) - 2.0 * counts
    assert threat_utility(open_threat, params, EXECUTE_THREAT) == pytest.approx(expected)
