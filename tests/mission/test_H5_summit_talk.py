"""H5: talk of a summit and its confirmation are signals; high hopes sharpen a failure."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.diplomacy.summit import apply_confirmation, apply_public_failure
from sim.model.information.words import apply_line, apply_post
from sim.model.tables.codes import PARTY_US, REMARK_OPTIMISM
from tests.mission.helpers import OCTOBER, between, daily, days_between, paired
from tests.mission.plays import QUIET, batch, day, resolved, start, tapes

RUNS = 300
EVE = "2025-10-29"
AFTER = "2025-10-30"


def test_H5_tension_steps_down_at_the_last_confirmation() -> None:
    """Tension is lower just after Beijing's confirmation than on the evening before, in nearly all
    runs, and by several days' drift."""
    dates = days_between("2025-10-23", EVE)
    runs = 60
    values = batch(OCTOBER, runs, QUIET, until=EVE, at=dates)
    tension = daily(values, "tension", dates)
    steps, others = [], []
    for replicate, tape in enumerate(tapes(resolved(OCTOBER, QUIET, EVE), range(runs))):
        confirmed = {note.day for note in tape.of("confirm_cn")}
        spoke = {note.day for note in tape.of("ministers_round", "call_leader", "incident")}
        for place, when in enumerate(dates[1:], 1):
            change = tension[replicate, place] - tension[replicate, place - 1]
            if day(when) in confirmed:
                steps.append(change)
            elif day(when) not in spoke:
                others.append(change)
    assert len(steps) > 30
    assert np.mean(np.array(steps) < 0.0) > 0.9
    assert between(steps, others).negative
    assert np.mean(steps) < -0.01


@pytest.mark.parametrize(
    ("sets", "source"),
    [
        ((("us.remark.optimism_odds", "0"),), "posts"),
        ((("cn.line.per_day", "0"),), "lines"),
        ((("summit.optimism_per_confirmation", "0"),), "confirmations"),
    ],
)
def test_H5_hopes_rise_with_posts_lines_and_confirmations(
    sets: tuple[tuple[str, str], ...], source: str
) -> None:
    """On the eve of the meeting of October hopes are lower in the same runs without one of the
    three."""
    usual = batch(OCTOBER, RUNS, until=AFTER, at=(EVE,))
    without = batch(OCTOBER, RUNS, sets, until=AFTER, at=(EVE,))
    assert paired(usual[f"optimism@{EVE}"], without[f"optimism@{EVE}"]).positive, source


def test_H5_each_signal_raises_hopes_by_itself() -> None:
    """A confirmation, an optimistic post and a conciliatory line each raise hopes, and a
    confirmation the most."""
    rises = []
    for signal in (
        lambda s, p: apply_confirmation(s, p, PARTY_US),
        lambda s, p: apply_post(s, p, REMARK_OPTIMISM),
        apply_line,
    ):
        state, params = start(OCTOBER)
        before = state.optimism
        signal(state, params)
        rises.append(state.optimism - before)
    assert min(rises) > 0.0
    assert max(rises) == rises[0]


def test_H5_higher_hopes_make_a_failure_worse() -> None:
    """The higher the hopes, the larger the jump of tension when the meeting fails."""
    jumps = []
    for hopes in (0.0, 0.3, 0.6, 0.9):
        state, params = start(OCTOBER)
        state.optimism = hopes
        before = state.tension
        apply_public_failure(state, params)
        jumps.append(state.tension - before)
    assert jumps == sorted(jumps)
    assert jumps[-1] > 1.4 * jumps[0]


def test_H5_words_before_a_failed_summit_sharpen_the_rebound() -> None:
    """If the meeting of October fails for certain, the runs that went into it with higher hopes
    come out of it with more tension, though they went in with as much."""
    fails = (*QUIET, ("summit.failure_base", "1"))
    high, low = (
        batch(OCTOBER, 100, (*fails, ("summit.optimism", hopes)), until=AFTER, at=(EVE, AFTER))
        for hopes in ("0.9", "0.1")
    )
    met = high["leaders_met"] & low["leaders_met"]
    assert met.sum() > 50
    rebound = [(v[f"tension@{AFTER}"] - v[f"tension@{EVE}"])[met] for v in (high, low)]
    assert paired(*rebound).positive
    assert rebound[0].mean() > 1.2 * rebound[1].mean()
