"""F7: structural issues hardly ever settle, and a residue of tension stays whatever is signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.outcomes.bargain import issue_tension
from sim.model.relations.mood import apply_mood_decay, apply_relief
from sim.model.tables.codes import CN
from sim.model.tables.vocabulary import Clause, Issue
from tests.mission.helpers import GRAND, JANUARY, JUNE, OCTOBER, daily, days_between, sign
from tests.mission.plays import Sets, batch, forced, start, variant


@pytest.mark.parametrize("name", [JANUARY, JUNE, OCTOBER, GRAND, "rare-earth-squeeze"])
def test_F7_almost_no_run_settles_overcapacity(name: str) -> None:
    """In each scenario curbs on overcapacity are signed in at most one run in fifty."""
    assert (batch(name, 600)["signed[structural]"] > 0).mean() < 0.02


def test_F7_even_a_signed_promise_settles_little_of_it() -> None:
    """China loses by curbs more than by any other clause; signed, they settle a fifth of the issue
    at most, once, and overcapacity keeps its part of tension."""
    state, params = start(OCTOBER)
    sign(state, params, Clause.STRUCTURAL)
    assert state.gain[CN][Clause.STRUCTURAL] == min(state.gain[CN])
    assert 0.0 < state.issue_settled[Issue.OVERCAPACITY] <= 0.2
    assert issue_tension(state, params, Issue.OVERCAPACITY) > 0.05


def test_F7_tension_never_falls_below_its_floor_after_a_full_deal(tmp_path: Path) -> None:
    """With comprehensive deals signed one after the other, tension falls in every run and on every
    day stays at its floor or above."""
    deal = {"side": "us", "act": "sign_comprehensive"}
    dates = ("2025-10-24", "2025-11-05", "2025-11-20", "2025-12-10")
    rows = {f"deal-{k}": forced(when, deal) for k, when in enumerate(dates)}
    path = variant(tmp_path, OCTOBER, interventions=rows)
    read = days_between("2025-10-24", "2026-01-31")
    calm: Sets = (("shock.incident_per_day", "0"),)
    values = batch(path, 40, calm, until="2026-01-31", at=read)
    tension = daily(values, "tension", read)
    _, params = start(OCTOBER)
    assert tension.min() >= params.tension_floor
    assert tension[:, -1].mean() < params.tension_floor + 0.1
    assert daily(values, "tension[overcapacity]", read[-1:]).min() > 0.02


def test_F7_relief_and_time_stop_at_the_floor() -> None:
    """Any number of signatures and any length of time leave tension at its floor or above, also
    where relief is total."""
    state, params = start(OCTOBER)
    for _ in range(50):
        apply_relief(state, params, 1.0)
        assert state.tension >= params.tension_floor
    sign(state, params, Clause.PORT_FEES)
    state.agreement = 3
    for _ in range(1000):
        apply_mood_decay(state, params)
        assert state.tension >= params.tension_floor - 1e-12
