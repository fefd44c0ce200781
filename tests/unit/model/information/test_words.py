"""Words in public: when they are said, what they say, and what follows."""

from __future__ import annotations

import math

import pytest

from sim.economy.arithmetic import logistic
from sim.model.information.words import (
    apply_account_read,
    apply_hopes,
    apply_line,
    apply_post,
    apply_readout,
    apply_said,
    decide_post,
    line_hazard,
    post_appeal,
    post_hazard,
    progress,
    readout_hazard,
    readout_warmth,
    rebuke_hazard,
    standing,
)
from sim.model.tables.codes import (
    CN,
    REMARK_FRUSTRATION,
    REMARK_NONE,
    REMARK_OPTIMISM,
    REMARK_PRAISE,
    SUMMIT_DATED,
    TALKS_ACTIVE,
    TALKS_STALLED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import changed

SAID = {"statements", "overstated", "tone"}
EVEN = (0.5, 0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("last_signed_day", 1.0),
        ("summit_failed_day", -1.0),
        ("goodwill_day", 0.25),
        ("talks_resumed_day", 0.25),
        ("call_day", 0.25),
        ("refused_day", -0.25),
        ("round_day", 0.0),
    ],
)
def test_progress_is_what_the_day_has_brought(
    state: State, params: Params, name: str, expected: float
) -> None:
    """A signature, discord, a step agreed on; a mere round is none."""
    # Fails if a source of progress is left out or has another size.
    params.words_step = 0.25
    setattr(state, name, state.day)

    assert progress(state, params) == expected


def test_things_stand_better_with_progress_and_rapport_and_worse_with_tension(
    state: State, params: Params
) -> None:
    """Each counts by its weight, rapport and tension from their resting levels."""
    # Fails if a weight, a sign or a resting level is left out.
    params.words_progress, params.words_rapport, params.words_tension = 4.0, 2.0, 8.0
    params.rapport_rest, params.tension_rest = 0.25, 0.25
    state.rapport, state.tension, state.last_signed_day = 0.75, 0.5, state.day

    assert standing(state, params) == 4.0 + 1.0 - 2.0


def test_a_statement_is_held_against_what_is_so(state: State, params: Params) -> None:
    """Its excess is summed, and it draws the tone part of the way."""
    # Fails if the gap is turned, or tone jumps.
    state.tone[US] = 0.5

    assert changed(state, lambda: apply_said(state, params, US, 0.75, 0.5)) == SAID
    assert state.statements == [1, 0]
    assert state.overstated == [0.25, 0.0]
    assert state.tone[US] == 0.625


@pytest.mark.parametrize("side", [US, CN])
def test_accounts_are_given_of_contacts_alone(state: State, params: Params, side: int) -> None:
    """A side publishes its share of them."""
    # Fails if a side speaks without a contact, or by the other side's share.
    params.readout_share = [0.75, 0.5]
    assert readout_hazard(state, params, side) == 0.0
    state.round_day = state.day
    assert readout_hazard(state, params, side) == (0.75, 0.5)[side]


def test_an_account_is_biased_and_blurred(state: State, params: Params) -> None:
    """Without bias and at the middle draw it says what is so."""
    # Fails if bias or noise is left out or turned.
    params.readout_bias, params.readout_noise = [1.0, -1.0], 0.5

    assert readout_warmth(state, params, US, 0.5) == logistic(1.0)
    assert readout_warmth(state, params, CN, 0.5) == logistic(-1.0)
    blur = 0.5 * (math.log(0.75) - math.log(0.25))
    assert readout_warmth(state, params, US, 0.75) == pytest.approx(logistic(1.0 + blur))


def test_an_account_is_kept_and_that_of_washington_calms_markets(
    state: State, params: Params
) -> None:
    """The other side can read the warmth and the day; China's account leaves markets alone."""
    # Fails if it is not kept, or markets listen to Beijing.
    params.readout_tone_speed, params.readout_market_relief = [0.5, 0.5], 0.5
    state.market_stress = 0.5
    kept = {*SAID, "readout", "readout_day"}

    assert changed(state, lambda: apply_readout(state, params, CN, 0.25)) == kept
    assert changed(state, lambda: apply_readout(state, params, US, 0.75)) == {
        *kept,
        "market_stress",
    }
    assert state.readout == [0.75, 0.25]
    assert state.readout_day == [state.day, state.day]
    assert state.market_stress == 0.5 * (1.0 - 0.5 * 0.75)


def test_an_account_is_a_sight_of_the_floor_of_its_side(state: State, params: Params) -> None:
    """Without blur an account gives the floor away, whatever the bias; with it, the mean of the
    two normal sights; without candour it says nothing."""
    # Fails if the bias is taken for candour, the sides are exchanged, or the precision is wrong.
    params.readout_bias = [0.75, -0.5]
    state.reserve = [0.5, -0.25]
    state.belief_mean, state.belief_var = [0.0, 0.0], [1.0, 1.0]
    assert changed(state, lambda: apply_account_read(state, params, US, 0.75)) == set()

    params.readout_candour, params.readout_noise = 0.5, 0.5
    variance = (0.5 * math.pi / math.sqrt(3.0) / 0.5) ** 2
    for side, reader, floor in ((US, CN, 0.5), (CN, US, -0.25)):
        told = readout_warmth(state, params, side, 0.5)
        assert told == pytest.approx(logistic(params.readout_bias[side] - 0.5 * floor))
        apply_account_read(state, params, side, told)
        assert state.belief_mean[reader] == pytest.approx(floor / (1.0 + variance))
        assert state.belief_var[reader] == pytest.approx(variance / (1.0 + variance))


def test_contacts_of_the_leaders_are_an_occasion_to_post(state: State, params: Params) -> None:
    """On other days, ministers' rounds among them, occasions come by attention."""
    # Fails if a round counts like a call, or attention is left out.
    params.post_per_day, params.post_after_contact = 0.5, 0.875
    state.attention = [0.5, 1.0]
    assert post_hazard(state, params) == 0.25
    state.round_day = state.day
    assert post_hazard(state, params) == 0.25
    state.call_day = state.day
    assert post_hazard(state, params) == 0.875


def speaking(params: Params) -> None:
    """Gives every kind of post even odds and unit strength."""
    params.post_odds = [0.0, 1.0, 1.0, 1.0]
    params.post_strength = [0.0, 1.0, 1.0, 1.0]
    params.words_tension = 4.0
    params.noise = [1.0, 1.0]


def test_each_kind_of_post_follows_its_own_reasons(state: State, params: Params) -> None:
    """Praise the rapport he believes in, optimism how things stand, frustration their reverse."""
    # Fails if a kind listens to the reason of another.
    speaking(params)
    state.rapport_forecast, state.tension = 0.75, 0.25

    assert post_appeal(state, params, REMARK_PRAISE) == 0.75
    assert post_appeal(state, params, REMARK_OPTIMISM) == -1.0
    assert post_appeal(state, params, REMARK_FRUSTRATION) == 1.0


def test_a_summit_ahead_and_a_fresh_wrong_speak_for_their_posts(
    state: State, params: Params
) -> None:
    """The first for optimism, the second for frustration."""
    # Fails if either is left out, or an old wrong counts.
    speaking(params)
    params.words_tension = 0.0
    params.post_before_summit, params.post_when_wronged, params.cause_days = 2.0, 4.0, 5
    assert post_appeal(state, params, REMARK_OPTIMISM) == 0.0
    assert post_appeal(state, params, REMARK_FRUSTRATION) == 0.0
    state.summit, state.provoked_day[US] = SUMMIT_DATED, state.day - 5
    assert post_appeal(state, params, REMARK_OPTIMISM) == 2.0
    assert post_appeal(state, params, REMARK_FRUSTRATION) == 4.0
    state.provoked_day[US] -= 1
    assert post_appeal(state, params, REMARK_FRUSTRATION) == 0.0


def test_noise_above_one_makes_no_rare_post_frequent(state: State, params: Params) -> None:
    """The log of the odds is scaled as the draw is."""
    # Fails if the odds are not scaled, or are below a noise of 1.
    speaking(params)
    params.words_tension = 0.0
    params.post_odds[REMARK_FRUSTRATION] = 0.5
    appeals = []
    for noise in (0.0, 1.0, 2.0):
        params.noise[US] = noise
        appeals.append(post_appeal(state, params, REMARK_FRUSTRATION))

    assert appeals == [math.log(0.5), math.log(0.5), 2.0 * math.log(0.5)]


def test_the_most_fitting_post_is_chosen_and_luck_can_change_it(
    state: State, params: Params
) -> None:
    """Silence has utility 0; a kind of odds 0 is never chosen."""
    # Fails if noise is left out, silence is not weighed, or odds of 0 allow a post.
    speaking(params)
    state.tension = 0.75
    assert decide_post(state, params, EVEN) == REMARK_FRUSTRATION
    assert decide_post(state, params, (0.5, 0.5, 0.9999, 0.5)) == REMARK_OPTIMISM
    assert decide_post(state, params, (0.9999, 0.5, 0.5, 0.5)) == REMARK_NONE
    params.noise[US] = 0.0
    assert decide_post(state, params, (0.5, 0.5, 0.9999, 0.5)) == REMARK_FRUSTRATION
    params.post_odds = [0.0] * 4
    assert decide_post(state, params, (1e-9, 0.9999, 0.9999, 0.9999)) == REMARK_NONE


def test_after_discord_he_has_no_friendly_words(state: State, params: Params) -> None:
    """From the day of the meeting until it is no longer fresh only frustration is posted."""
    # Fails if a failed meeting is forgotten, or frustration is silenced too.
    speaking(params)
    params.cause_days, hopeful = 5, (0.9, 0.5, 0.9999, 0.1)
    for since, post in ((6, REMARK_OPTIMISM), (5, REMARK_NONE), (0, REMARK_NONE)):
        state.summit_failed_day = state.day - since
        assert decide_post(state, params, hopeful) == post
    assert decide_post(state, params, (0.5, 0.5, 0.9999, 0.9999)) == REMARK_FRUSTRATION


def test_warm_posts_calm_markets_and_cold_ones_stir_them(state: State, params: Params) -> None:
    """Only a frustrated post raises tension, only optimism raises hopes."""
    # Fails if a consequence is left out or belongs to another kind.
    params.post_warmth = [0.0, 1.0, 0.875, 0.0]
    params.post_tone_speed, params.post_market_relief, params.post_market_stress = 0.5, 0.5, 0.5
    params.tension_per_post, params.optimism_per_post = 0.25, 0.5
    state.market_stress, state.summit = 0.5, SUMMIT_DATED
    said = {*SAID, "posts", "market_stress"}

    assert changed(state, lambda: apply_post(state, params, REMARK_PRAISE)) == said
    assert state.market_stress == 0.25
    assert changed(state, lambda: apply_post(state, params, REMARK_OPTIMISM)) == {*said, "optimism"}
    assert changed(state, lambda: apply_post(state, params, REMARK_FRUSTRATION)) == {
        *said,
        "tension",
    }
    assert state.market_stress == 0.125 + 0.5 * 0.875
    assert state.tension > 0.5
    assert state.posts == [0, 1, 1, 1]


def test_hopes_rise_only_for_a_meeting_that_is_set(state: State) -> None:
    """They take a share of the room there is."""
    # Fails if there is nothing to hope for, or hopes pass 1.
    state.optimism = 0.5
    assert changed(state, lambda: apply_hopes(state, 0.5)) == set()
    state.summit = SUMMIT_DATED
    assert changed(state, lambda: apply_hopes(state, 0.5)) == {"optimism"}
    assert state.optimism == 0.75


def test_double_talk_draws_a_rebuke_if_there_is_a_cause(state: State, params: Params) -> None:
    """The hazard rises with the warmth of the tone above neutral and with fresh measures."""
    # Fails if cause, tone or measures are left out.
    params.rebuke_per_hypocrisy, params.cause_days = 0.5, 5
    params.courtesy_text_days = params.courtesy_contact_days = params.courtesy_meeting_days = 0
    state.tone[US], state.recent_measure[US] = 0.75, 0.5
    assert rebuke_hazard(state, params) == 0.5 * 0.25 * 0.5
    state.tone[US] = 0.25
    assert rebuke_hazard(state, params) == 0.0


def test_lines_come_while_talks_are_open(state: State, params: Params) -> None:
    """More often in the weeks before a set meeting; not when hurt, frozen, or just after one."""
    # Fails if the state of talks, the window or a silence is left out.
    params.line_per_day, params.line_before_summit, params.line_window_days = 0.25, 3.0, 14
    params.line_silence_days = params.line_spacing_days = 4
    state.talks = TALKS_STALLED
    assert line_hazard(state, params) == 0.0
    state.talks = TALKS_ACTIVE
    assert line_hazard(state, params) == 0.25
    state.summit, state.summit_day = SUMMIT_DATED, state.day + 14
    state.talks = TALKS_STALLED
    assert line_hazard(state, params) == 0.75
    state.summit_day += 1
    assert line_hazard(state, params) == 0.25
    for name, day in (("line_day", state.day - 4), ("frozen_until", state.day + 1)):
        setattr(state, name, day)
        assert line_hazard(state, params) == 0.0
        setattr(state, name, 0)
    state.cause_day[CN] = state.day - 4
    assert line_hazard(state, params) == 0.0
    state.cause_day[CN] = state.day - 5
    assert line_hazard(state, params) == 0.25


def test_a_line_eases_tension_and_raises_hopes(state: State, params: Params) -> None:
    """It is counted, and moves China's tone alone."""
    # Fails if a consequence is left out or the wrong side speaks.
    params.line_warmth, params.line_tone_speed = 0.75, 0.5
    params.relief_per_line, params.optimism_per_line = 0.5, 0.5
    state.summit = SUMMIT_DATED

    assert changed(state, lambda: apply_line(state, params)) == {
        *SAID,
        "lines",
        "line_day",
        "tension",
        "optimism",
    }
    assert state.tension == 0.25
    assert state.statements == [0, 1]
