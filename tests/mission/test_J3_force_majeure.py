"""J3: a disaster may strike in a run; it lowers deliveries, and trust falls less."""

from __future__ import annotations

import numpy as np

from sim.model.world.shocks import apply_force_majeure
from tests.mission.helpers import OCTOBER, paired
from tests.mission.plays import Sets, batch, resolved, start, tapes

OFTEN: Sets = (("shock.force_majeure_per_day", "0.01"),)


def test_J3_disasters_strike_at_their_rate_and_are_told() -> None:
    """At one in a hundred days half a year sees about two; by default hardly any run has one."""
    struck = [len(tape.of("force_majeure")) for tape in tapes(resolved(OCTOBER, OFTEN), range(120))]
    assert 1.3 < np.mean(struck) < 2.3
    usual = [len(tape.of("force_majeure")) for tape in tapes(resolved(OCTOBER), range(120))]
    assert np.mean(usual) < 0.1


def test_J3_a_disaster_is_as_strong_as_drawn_and_never_weakens_another() -> None:
    """Between its least strength and 1."""
    state, params = start(OCTOBER)
    apply_force_majeure(state, params, 0.999)
    strong = state.force_majeure
    assert strong > 0.99
    apply_force_majeure(state, params, 0.0)
    assert state.force_majeure == strong


def test_J3_disasters_lower_what_is_delivered() -> None:
    """On the same luck, less of the pledged purchases is delivered where disasters are frequent."""
    sets: Sets = (("cn.rate.open_probe", "1"),)
    until = "2026-10-23"
    usual = batch(OCTOBER, 1000, sets, until=until)["purchases_kept_share"]
    struck = batch(OCTOBER, 1000, (*sets, *OFTEN), until=until)["purchases_kept_share"]
    both = ~np.isnan(usual) & ~np.isnan(struck)
    assert both.sum() > 200
    assert paired(usual[both], struck[both]).positive
