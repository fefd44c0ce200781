"""Two-state chains: closed forms against powers of the matrix, and recovery of what was drawn."""

from __future__ import annotations

import numpy as np
import pytest

from sim.backtest.baselines.chains import (
    PRIOR_CHANGES,
    PRIOR_DAYS,
    Chain,
    event_after_window,
    fit_chain,
    state_in_force,
)
from sim.backtest.baselines.records import EventRecord
from sim.experiment.stats.intervals import Flags


def drawn(chain: Chain, steps: int, seed: int) -> Flags:
    """Returns a history of a chain that begins off."""
    uniforms = np.random.default_rng(seed).random(steps)
    states, state = [], False
    for u in uniforms:
        state = (u >= chain.leave) if state else (u < chain.enter)
        states.append(bool(state))
    return np.array(states)


@pytest.mark.parametrize("now", [True, False])
@pytest.mark.parametrize("steps", [0, 1, 7, 500])
def test_the_state_ahead_is_that_of_the_power_of_the_matrix(now: bool, steps: int) -> None:
    """And the state is unchanged throughout as often as it is kept step by step."""
    chain = Chain(enter=0.02, leave=0.05)
    matrix = np.array([[0.98, 0.02], [0.05, 0.95]])

    power = np.linalg.matrix_power(matrix, steps)

    assert chain.on_after(steps, now=now) == pytest.approx(power[int(now), 1], abs=1e-12)
    kept = matrix[int(now), int(now)] ** steps
    assert chain.changes_within(steps, now=now) == pytest.approx(1.0 - kept, abs=1e-12)


def test_a_chain_is_recovered_from_its_history() -> None:
    """Of 40 histories of 10,000 days, the mean fit lies within four of its standard errors of the
    truth, a third of which is on and two thirds are off; the prior's half year draws it nearer to
    its own mean by as much as that is of those days."""
    truth = Chain(enter=0.01, leave=0.02)
    fits = [fit_chain(drawn(truth, 10_000, seed)) for seed in range(40)]

    for name, days in (("enter", 6667), ("leave", 3333)):
        found = np.array([getattr(fit, name) for fit in fits])
        error = found.std(ddof=1) / np.sqrt(40)
        wanted = (getattr(truth, name) * days + PRIOR_CHANGES) / (days + PRIOR_DAYS)
        assert abs(found.mean() - wanted) < 4.0 * error
        assert abs(wanted - getattr(truth, name)) < 0.06 * getattr(truth, name)


def test_changes_are_counted_from_the_state_they_leave() -> None:
    """Off for four days, on for two, off for one: one of four steps from off leads on, one of two
    from on leads off."""
    states = np.array([False, False, False, False, True, True, False])

    chain = fit_chain(states, prior_changes=0.0, prior_steps=0.0)

    assert (chain.enter, chain.leave) == (0.25, 0.5)


def test_a_state_never_seen_has_the_rate_of_the_prior() -> None:
    """And a state that never changed is not for ever."""
    chain = fit_chain(np.zeros(1000, np.bool_))

    assert chain.leave == PRIOR_CHANGES / PRIOR_DAYS
    assert 0.0 < chain.enter < chain.leave
    assert 0.0 < state_in_force(np.ones(1, np.bool_), 30) < 1.0


def test_a_truce_in_force_is_likely_to_be_so_soon() -> None:
    """And less so later."""
    states = drawn(Chain(0.01, 0.01), 2000, 3)
    now = bool(states[-1])

    near, far = (state_in_force(states, horizon) for horizon in (1, 300))

    assert now == (near > 0.5)
    assert abs(near - 0.5) > abs(far - 0.5)


def test_windows_with_an_event_follow_each_other_as_they_did() -> None:
    """Windows of ten days with, with, without, without, with, with: from a window with an event two
    of three lead to one; with half a change among one step added, 1 - 3/2 / 4."""
    record = EventRecord.known(np.array([1, 11, 41, 60]), 1, 60)

    assert event_after_window(record, 10) == pytest.approx(1.0 - 1.5 / 4.0)


def test_a_record_shorter_than_a_window_says_nothing() -> None:
    """Even odds."""
    assert event_after_window(EventRecord.known(np.array([1]), 1, 9), 10) == 0.5
