"""A3: Washington is hard to predict: noise spreads its policy, its tone turns within days and says
little of what it does next."""

from __future__ import annotations

from itertools import pairwise
from math import exp, log

import numpy as np

from sim.model.governments.agents import act_utility, apply_signals, decide_act
from sim.model.governments.menu import is_legal
from sim.model.information.words import decide_post, post_appeal
from sim.model.tables.codes import N_REMARKS, REMARK_NONE, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import N_CHOICES
from tests.mission.helpers import MARCH, OCTOBER
from tests.mission.plays import batch, resolved, start, tapes

NOISES = (0.25, 0.5, 1.0, 2.0)
STATEMENTS = ("post_praise", "post_optimism", "post_frustration", "readout")
DEEDS = ("hike", "threaten", "execute_threat", "tighten_tech", "list_entities", "set_port_fees")


def entropy(utilities: list[float], noise: float) -> float:
    """Returns the entropy of a choice among utilities at some noise, in nats."""
    top = max(utilities)
    weights = [exp((value - top) / noise) for value in utilities]
    shares = [weight / sum(weights) for weight in weights]
    return -sum(p * log(p) for p in shares if p > 0.0)


def policy(state: State, params: Params) -> list[float]:
    """Returns the utilities of what Washington may do today."""
    apply_signals(state, params, US)
    legal = [act for act in range(N_CHOICES) if is_legal(state, params, US, act)]
    return [act_utility(state, params, US, act) for act in legal]


def test_A3_noise_spreads_what_washington_does_and_says() -> None:
    """The entropy of the choice of a post rises with the noise of the US, and so does that of an
    act up to a noise of 1. More noise leaves the usual rates of acts as they are, and blurs only
    what speaks for each: the choice hardly narrows any more."""
    for name in (MARCH, OCTOBER):
        deeds, words = [], []
        for noise in NOISES:
            state, params = start(name, (("us.noise", str(noise)),))
            deeds.append(entropy(policy(state, params), noise))
            appeals = [post_appeal(state, params, post) for post in range(1, N_REMARKS)]
            words.append(entropy([0.0, *appeals], noise))
        assert all(low < high for low, high in pairwise(words))
        assert all(low < high for low, high in pairwise(deeds[:-1]))
        assert deeds[-1] > 0.9 * deeds[-2]


def test_A3_without_noise_washington_does_and_says_what_suits_best() -> None:
    """At noise 0 neither choice depends on luck: it is the one of the highest utility."""
    luck = np.random.default_rng(7)
    state, params = start(MARCH, (("us.noise", "0"),))
    utilities = policy(state, params)
    acts, posts = set(), set()
    for _ in range(50):
        u_act, u_post = luck.random(N_CHOICES).tolist(), luck.random(N_REMARKS).tolist()
        act = decide_act(state, params, US, u_act)
        acts.add(act)
        assert act_utility(state, params, US, act) == max(utilities)
        posts.add(decide_post(state, params, u_post))
    assert len(acts) == 1
    appeals = {REMARK_NONE: 0.0}
    appeals |= {post: post_appeal(state, params, post) for post in range(1, N_REMARKS)}
    assert posts == {max(appeals, key=lambda post: appeals[post])}


def test_A3_a_run_is_repeated_to_the_bit() -> None:
    """Noise is luck of the run: played again, a run is the same."""
    sets = (("us.noise", "0"),)
    one, two = (batch.__wrapped__(MARCH, 5, sets) for _ in range(2))
    assert all(np.array_equal(one[name], two[name], equal_nan=True) for name in one)


def test_A3_the_tone_of_washington_turns_within_days() -> None:
    """From one US statement to the next warmth is hardly correlated, and of those a day apart or
    less many turn from warm to cold or back."""
    before, after, turns = [], [], []
    for tape in tapes(resolved(MARCH), range(60)):
        said = [note for note in tape.of(*STATEMENTS) if note.side == US]
        for one, two in pairwise(said):
            before.append(one.size)
            after.append(two.size)
            if two.day - one.day <= 1:
                turns.append((one.size > 0.5) != (two.size > 0.5))
    assert len(before) > 1000
    assert abs(np.corrcoef(before, after)[0, 1]) < 0.15
    assert np.mean(turns) > 0.15


def test_A3_posts_say_little_of_what_follows() -> None:
    """Whether Washington acts against China in the week after a post hardly depends on whether the
    post was warm."""
    warm, acted = [], []
    for tape in tapes(resolved(MARCH), range(100)):
        deeds = [note.day for note in tape.of(*DEEDS) if note.side == US]
        for note in tape.of(*STATEMENTS[:3]):
            warm.append(note.size > 0.5)
            acted.append(any(0 < day - note.day <= 7 for day in deeds))
    assert len(warm) > 1500
    assert 0.05 < np.mean(acted) < 0.95
    assert abs(np.corrcoef(warm, acted)[0, 1]) < 0.1
