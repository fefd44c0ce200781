"""Rates of acts: the hazards and choices by which runs draw, before it is known what is drawn."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from sim.engine import act_rates, processes
from sim.engine.act_rates import (
    N_RATES,
    chosen,
    in_kind,
    set_act_rates,
    set_choice_shares,
    set_threat_rates,
    signing_probability,
)
from sim.engine.chronicle import choice_probabilities
from sim.engine.replay import replay
from sim.engine.sites import COLUMNS
from sim.engine.world import World
from sim.experiment.inputs.as_of import recorded_base
from sim.history.act_table import acts_on_record
from sim.model.diplomacy.summit import apply_kick_start, apply_meeting
from sim.model.diplomacy.talks import apply_round, call_probability, round_hazard
from sim.model.duties.threats import threat_hazard
from sim.model.governments.agents import apply_signals, apply_weights, review_hazard
from sim.model.governments.menu import is_legal
from sim.model.tables.codes import (
    CALL_LEADER,
    CN,
    ENTITIES,
    LEADERS,
    MINISTERS,
    N_INSTRUMENTS,
    RARE_EARTHS,
    US,
)
from sim.model.tables.fields import copy_record
from sim.model.tables.state import State
from sim.model.tables.vocabulary import N_CHOICES, Act

RUNS = 4000


@cache
def mornings(until: str) -> World:
    """The replayed world of an evening; not to be written to."""
    last = date.fromisoformat(until).toordinal()
    return replay(recorded_base(last), acts_on_record(), last)


def world_on(until: str) -> World:
    """A world of one's own, as replayed to an evening."""
    found = mornings(until)
    world = World(found.plan, found.state, found.params, found.luck)
    world.state.day = found.state.day
    return world


def rates_of(world: World) -> list[float]:
    """The rates of a world's day; its state is left as it was."""
    rates = [0.0] * N_RATES
    set_act_rates(copy_record(world.state), world.params, rates)
    return rates


def near(share: float, chance: float, runs: int = RUNS) -> bool:
    """Whether a share of runs is within four Monte Carlo errors of a probability."""
    return abs(share - chance) <= 4.0 * np.sqrt(chance * (1.0 - chance) / runs) + 1e-9


@pytest.mark.parametrize("side", [US, CN])
def test_choices_are_the_legal_acts_and_sum_to_one(side: int) -> None:
    """They are those that a chronicle prints beside a decision; all others have 0."""
    # Fails if illegal acts are counted, the noise is left out, or shares are not normalised.
    world = world_on("2025-09-30")
    apply_signals(world.state, world.params, side)
    shares = [7.0] * (2 * N_CHOICES)
    set_choice_shares(world.state, world.params, side, shares, N_CHOICES)
    found = shares[N_CHOICES:]
    told = {Act[name.upper()]: share for name, share in choice_probabilities(world, side)}

    assert shares[:N_CHOICES] == [7.0] * N_CHOICES
    assert sum(found) == pytest.approx(1.0)
    for act in range(N_CHOICES):
        assert (found[act] > 0.0) == is_legal(world.state, world.params, side, act)
        assert found[act] == pytest.approx(told.get(Act(act), 0.0))


def test_acts_come_as_often_as_governments_take_them() -> None:
    """Four thousand days alike: what is chosen, with which hazard, and whether calls are taken."""
    # Fails if the hazard of a review, the choice or the consent to a call is left out.
    world = world_on("2025-09-30")
    rates = rates_of(world)
    hazards = review_hazard(world.state, world.params, US)
    apply_weights(world.state, world.params)
    start = copy_record(world.state)
    luck = np.random.default_rng(4)
    counts = np.zeros(N_CHOICES)
    for _ in range(RUNS):
        world.state = copy_record(start)
        world.row = luck.random(len(COLUMNS)).tolist()
        apply_signals(world.state, world.params, US)
        u_act = luck.random(N_CHOICES).tolist()
        counts[processes.decide_act(world.state, world.params, US, u_act)] += 1.0
    calls = call_probability(start, world.params, US)
    for act in range(N_CHOICES):
        consent = calls if act == CALL_LEADER else 1.0
        assert near(counts[act] / RUNS, rates[chosen(US, act)] / (hazards * consent)), Act(act)
    assert calls < 1.0
    assert sum(rates[:N_CHOICES]) == pytest.approx(
        hazards - rates[CALL_LEADER] * (1.0 / calls - 1.0)
    )


def test_the_three_ends_of_a_threat_share_its_hazard() -> None:
    """Whatever the days left; without a threat there are none."""
    # Fails if an end is left out, or shares are not normalised.
    world = world_on("2025-10-22")
    state = world.state
    ends = slice(act_rates.EXECUTED, act_rates.DROPPED + 1)
    seen = set()
    for left in (40, 10, 3, 1, 0):
        state.day = state.threat_deadline - left
        rates = [0.0] * N_RATES
        set_threat_rates(state, world.params, rates)
        hazard = threat_hazard(state, world.params)
        assert sum(rates[ends]) == pytest.approx(hazard)
        assert min(rates[ends]) > 0.0
        seen.add(round(hazard, 9))
    assert len(seen) > 2
    assert hazard == 1.0
    state.threat_open = False
    assert rates_of(world)[ends] == [0.0] * 3


def test_a_threat_that_may_not_be_carried_out_ends_otherwise() -> None:
    """A scenario forbids it: putting off and dropping share the whole hazard."""
    # Fails if the record is judged by an ending that a run could not have.
    world = world_on("2025-10-22")
    world.state.day = world.state.threat_deadline
    usual = rates_of(world)
    world.state.forbidden[US][act_rates.EXECUTE_THREAT] = True
    rates = rates_of(world)

    assert usual[act_rates.EXECUTED] > 0.0
    assert rates[act_rates.EXECUTED] == 0.0
    assert rates[act_rates.POSTPONED] + rates[act_rates.DROPPED] == pytest.approx(1.0)


def test_a_threat_ends_as_often_as_it_is_decided() -> None:
    """Four thousand days on which it is due."""
    # Fails if two ends change places.
    world = world_on("2025-10-22")
    world.state.day = world.state.threat_deadline
    rates = rates_of(world)
    apply_weights(world.state, world.params)
    apply_signals(world.state, world.params, US)
    luck = np.random.default_rng(5)
    ends = [
        processes.decide_threat(world.state, world.params, *luck.random(3).tolist())
        for _ in range(RUNS)
    ]
    for act, place in (
        (act_rates.EXECUTE_THREAT, act_rates.EXECUTED),
        (act_rates.POSTPONE_THREAT, act_rates.POSTPONED),
        (act_rates.DROP_THREAT, act_rates.DROPPED),
    ):
        assert near(ends.count(act) / RUNS, rates[place]), act


def test_replies_are_hazard_by_hazard_those_of_the_rules() -> None:
    """A hike that awaits its reply, small or large: by duties, and by a control beside them."""
    # Fails if the probability of a reply is left out, or the control is not that of its size.
    world = world_on("2025-09-30")
    state, params = world.state, world.params
    quiet = rates_of(world)
    assert quiet[act_rates.REPLIED] == 0.0
    for points, instrument in (
        (0.5 * params.mirror_threshold_pp, ENTITIES),
        (2.0 * params.mirror_threshold_pp, RARE_EARTHS),
    ):
        state.reply_pp, state.reply_since = points, state.day - 1
        rates = rates_of(world)
        hazard = processes.reply_hazard(state, params)
        expected = hazard * params.reply_probability
        assert expected > 0.0
        assert rates[act_rates.REPLIED] == pytest.approx(expected)
        more = [rates[in_kind(CN, each)] - quiet[in_kind(CN, each)] for each in (0, 1, 2)]
        found = rates[in_kind(CN, instrument)] - quiet[in_kind(CN, instrument)]
        assert found == pytest.approx(expected * params.reply_control_probability), more


def test_rounds_have_the_hazard_of_their_rule() -> None:
    """Talks that run, at the distance that rounds keep."""
    # Fails if it is multiplied by something else, or put elsewhere.
    world = world_on("2025-09-30")
    assert 0.0 < round_hazard(world.state, world.params) < 1.0
    assert rates_of(world)[act_rates.ROUND] == round_hazard(world.state, world.params)


def test_places_do_not_overlap() -> None:
    """Each act has one place, and all have one."""
    # Fails if two acts add up unnoticed.
    places = [chosen(side, act) for side in (US, CN) for act in range(N_CHOICES)]
    places += range(act_rates.EXECUTED, act_rates.IN_KIND)
    places += [in_kind(side, each) for side in (US, CN) for each in range(N_INSTRUMENTS)]
    assert sorted(places) == list(range(N_RATES))


@pytest.mark.parametrize(("rank", "when"), [(MINISTERS, "2025-09-13"), (LEADERS, "2025-10-22")])
def test_meetings_sign_as_often_as_they_bargain(
    rank: int, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand copies of one state, each bargained with luck of its own.

    What is learned from a first offer, which hardly moves the second, is left out on both sides.
    """
    # Fails if a floor, the veto at home, the mandate or the second proposal is left out.
    monkeypatch.setattr(processes, "learn_from_offer", lambda world, proposer, accepted: None)
    runs = 1000
    world = world_on(when)
    world.state.day += 1
    world.state.reserve = [-0.4, -0.4]
    apply_weights(world.state, world.params)
    start = copy_record(world.state)
    chance = signing_probability(copy_record(start), world.params, rank)
    luck = np.random.default_rng(6)
    signed = 0
    for _ in range(runs):
        world.state = copy_record(start)
        world.row = luck.random(len(COLUMNS)).tolist()
        if rank == LEADERS:
            apply_meeting(world.state, world.params)
            apply_kick_start(world.state, world.params)
        else:
            apply_round(world.state, world.params)
        u_us, u_cn = luck.random((2, 2)).tolist()
        votes = (processes.sites.ROUND_VOTE, processes.sites.SUMMIT_VOTE)[rank]
        processes.bargain(world, rank, u_us, u_cn, votes[US], votes[CN])
        signed += world.state.last_signed_day == world.state.day
    assert 0.02 < chance < 0.98
    assert near(signed / runs, chance, runs)


def test_higher_floors_sign_less() -> None:
    """Of either side."""
    # Fails if a side's floor does not reach its answer.
    world = world_on("2025-10-22")

    def chance(us: float, cn: float) -> float:
        state: State = copy_record(world.state)
        state.reserve = [us, cn]
        return signing_probability(state, world.params, LEADERS)

    assert chance(0.0, 0.0) > max(chance(0.5, 0.0), chance(0.0, 0.5))
