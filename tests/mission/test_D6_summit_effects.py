"""D6: a summit kick-starts talks, is risky, and rarely brings a full deal."""

from __future__ import annotations

import numpy as np

from sim.model.diplomacy.summit import apply_kick_start, apply_meeting
from sim.model.tables.codes import TALKS_NONE, TALKS_PREPARING, TALKS_RESUMED, TALKS_STALLED
from sim.model.tables.vocabulary import SummitResult
from tests.mission.plays import batch, played, resolved, share_error, start, tapes

APEC = "october-2025-apec"


def test_D6_modest_results_outnumber_packages_and_packages_full_deals() -> None:
    """In October 2025 talks or an extension are likelier than a package, and a package likelier
    than a comprehensive deal."""
    n = 4000
    result = batch(APEC, n, until="2025-11-20")["summit_result"]
    modest = float(np.isin(result, [SummitResult.TALKS, SummitResult.EXTENSION]).mean())
    package = float((result == SummitResult.PACKAGE).mean())
    full = float((result == SummitResult.COMPREHENSIVE).mean())
    assert modest > package + 2.0 * share_error(modest, package, n=n)
    assert package > full + 2.0 * share_error(package, full, n=n)


def test_D6_a_failed_summit_leaves_more_tension_than_it_found() -> None:
    """Where leaders part in open discord, tension that day stands above its value before."""
    scenario = resolved(APEC, (("summit.failure_base", "0.5"),), until="2025-11-05")
    rises = [
        note.seen
        for tape in tapes(scenario, range(60), lambda s, p: s.tension - s.tension_before_summit)
        for note in tape.of("summit_fails")
    ]
    assert len(rises) >= 15
    assert min(rises) > 0.02


def test_D6_a_meeting_that_does_not_fail_gets_talks_going() -> None:
    """A meeting opens talks where there were none and resumes stalled ones."""
    for before, after in ((TALKS_NONE, TALKS_PREPARING), (TALKS_STALLED, TALKS_RESUMED)):
        state, params = start(APEC)
        state.talks = before
        tension, rapport = state.tension, state.rapport
        apply_meeting(state, params)
        apply_kick_start(state, params)
        assert state.talks == after
        assert state.talks_resumed_day == state.day
        assert state.tension < tension
        assert state.rapport > rapport


def test_D6_a_summit_is_a_gamble() -> None:
    """The meeting widens the spread of tension between runs: it can go well or badly."""
    scenario = resolved(APEC, (), "2025-10-31", ("2025-10-29", "2025-10-30"))
    values = played(scenario, 600).values
    met = values["leaders_met@2025-10-30"]
    change = values["tension@2025-10-30"] - values["tension@2025-10-29"]
    assert change[met].std() > 3.0 * change[~met].std()
    assert (change[met] > 0.0).any()
    assert (change[met] < 0.0).mean() > 0.8
