"""A9: those who want a deal bring talks, and nobody knows how far the go-between is heard."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.engine.world import Opener
from sim.experiment.inputs.priors import inverse_cdf, parameter_vector
from sim.model.diplomacy.talks import answer_probability
from sim.model.tables.codes import DOVES, POST_GO_BETWEEN, US
from tests.mission.helpers import JANUARY, JUNE, MARCH, paired
from tests.mission.plays import SEED, Sets, Values, batch, resolved, start

WEIGHT = "us.go_between.weight"


def weighing(value: float) -> Sets:
    """Returns the setting of the go-between's weight."""
    return ((WEIGHT, f"{value:.6f}"),)


def test_A9_the_lobby_makes_washington_say_yes_to_talks() -> None:
    """The odds that Washington answers yes rise with every step of the lobby's influence."""
    odds = [
        answer_probability(*start(JANUARY, (("us.lobby.influence", text),)), US)
        for text in ("0", "0.1", "0.3", "0.6")
    ]
    assert all(low < high for low, high in pairwise(odds))
    assert odds[-1] > odds[0] + 0.04


def test_A9_the_lobby_brings_talks() -> None:
    """On the same luck, talks open by early June in more runs, the more weight the lobby has."""
    runs = [
        talks(batch(MARCH, 4000, (("us.lobby.influence", text),), until="2025-06-08"))
        for text in ("0.02", "0.6")
    ]
    assert paired(runs[1], runs[0]).positive


def talks(values: Values) -> np.ndarray:
    """Returns whether the governments talk at the end of each run, or the leaders have spoken."""
    return (values["talks_stage"] > 0) | (values["calls"] > 0)


def test_A9_the_weight_of_the_go_between_is_anybodys_guess() -> None:
    """Its prior reaches from next to nothing to several times the central value."""
    prior = resolved(JANUARY).parameters[WEIGHT].prior
    assert prior is not None
    low, high = inverse_cdf(prior, 0.05), inverse_cdf(prior, 0.95)
    assert low < 0.2
    assert high > 2.0


def test_A9_the_go_between_gives_the_doves_part_of_their_influence() -> None:
    """At the central weight the doves have what the scenario gives them, more above and less below;
    once he is gone his weight means nothing."""
    influence = [start(JANUARY, weighing(w))[0].influence[US][DOVES] for w in (0.0, 1.0, 3.0)]
    assert influence[1] == start(JANUARY)[0].influence[US][DOVES] == 0.4
    assert influence[0] < influence[1] < influence[2]
    gone = [start(JUNE, weighing(w))[0] for w in (0.0, 3.0)]
    assert gone[0].influence == gone[1].influence
    assert gone[0].voice[US][POST_GO_BETWEEN] == 0.0


@pytest.mark.parametrize("name", [JANUARY, MARCH])
def test_A9_sampling_his_weight_widens_the_odds_of_talks(name: str) -> None:
    """Over parameter vectors that differ in nothing but his weight, the odds that Washington
    answers yes to talks vary around those at its central value; with it fixed they are one number.
    """
    # Without the go-between's voice all vectors would give the same odds.
    scenario = resolved(name)
    opener = Opener(scenario)
    weights = [parameter_vector(scenario, SEED, vector)[WEIGHT] for vector in range(200)]
    sampled = [odds(opener, {WEIGHT: weight}) for weight in weights]

    assert np.quantile(sampled, 0.95) - np.quantile(sampled, 0.05) > 0.02
    assert min(sampled) < odds(opener, {}) < max(sampled)


def odds(opener: Opener, drawn: dict[str, float]) -> float:
    """Returns the odds that Washington answers yes to talks on the first day of a vector."""
    params, state = opener.open(drawn)
    return answer_probability(state, params, US)


def test_A9_his_weight_moves_the_share_of_runs_with_talks() -> None:
    """On the same luck, from the first to the last decile of his weight, talks come about in more
    runs."""
    prior = resolved(JANUARY).parameters[WEIGHT].prior
    assert prior is not None
    low, high = (
        talks(batch(JANUARY, 3000, weighing(inverse_cdf(prior, u)), until="2025-04-30"))
        for u in (0.05, 0.95)
    )
    assert paired(high, low).positive
