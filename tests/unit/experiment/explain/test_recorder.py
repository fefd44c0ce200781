"""The recorder: threats and their fate, offers and answers, choices among many acts."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from sim.engine.plan import make_plan
from sim.engine.simpy_loop import play_recorded
from sim.engine.world import World, opening
from sim.experiment.explain.events.questions import CHOSEN, EVENTS, EventQuestion
from sim.experiment.explain.recorder import NOTHING, ReasonRecorder, Trial
from sim.experiment.games.meetings import Ending
from sim.model.tables.codes import CN, EXECUTE_THREAT, POSTPONE_THREAT, US
from sim.model.tables.vocabulary import Act
from sim.scenario.load import resolve

NAME, UNTIL = "october-2025-apec", date(2026, 2, 20)
A, B, C = (frozenset(letter) for letter in "abc")


def recorded(*sets: tuple[str, str], runs: int = 24) -> ReasonRecorder:
    """Returns what is recorded of some runs."""
    resolved = resolve(NAME, sets=sets, until=UNTIL)
    recorder = ReasonRecorder(resolved)
    for replicate in range(runs):
        recorder.open(replicate)
        play_recorded(resolved, 11, replicate, recorder)
    return recorder


def of(recorder: ReasonRecorder, question: EventQuestion) -> list[Trial]:
    """Returns the decisions of a question."""
    return [trial for trial in recorder.trials if trial.question == question]


@pytest.fixture
def world() -> World:
    """The first day, on which a threat of Washington is open."""
    resolved = resolve(NAME)
    params, state = opening(resolved, None)
    from sim.engine.sites import COLUMNS

    return World(make_plan(resolved), state, params, [[0.5] * len(COLUMNS)])


def test_a_renewed_threat_needs_only_what_both_times_needed(world: World) -> None:
    """Without what one time needed, the other would have kept the threat open."""
    # Fails if a renewal replaces the causes of the first threat, or adds to them.
    recorder = ReasonRecorder(resolve(NAME))
    recorder._threat = (A | B, False)

    assert recorder._renewed(world, B | C, bare=True) == (B, True)
    world.state.threat_open = False
    assert recorder._renewed(world, B | C, bare=False) == (B | C, False)


def test_a_threat_that_is_forced_needs_no_cause(world: World) -> None:
    """A scenario made it, no reason did; one that was chosen keeps its reasons."""
    recorder = ReasonRecorder(resolve(NAME))
    recorder._threat, recorder._threatens = (A, False), True
    recorder.note(world, "threaten", US, 10.0)
    assert recorder._threat == (A, False)

    recorder.note(world, "threaten", US, 10.0)
    assert recorder._threat == (NOTHING, True)


def test_an_executed_threat_is_owing_to_what_made_it(world: World) -> None:
    """Without that there would have been no threat to execute; one put off prevents nothing that
    was not there."""
    # Fails if the causes of a threat are dropped when it is executed.
    recorder = ReasonRecorder(resolve(NAME))
    recorder._threat = (frozenset({"us.weight.leverage", "made"}), True)
    recorder.decision(world, US, EXECUTE_THREAT)
    (trial,) = of(recorder, EventQuestion.US_HIKES)
    assert trial.happened
    assert {"us.weight.leverage", "made"} <= trial.lost

    recorder.trials.clear()
    recorder.decision(world, US, POSTPONE_THREAT)
    assert all("made" not in trial.gained for trial in recorder.trials)


def test_every_answer_to_an_offer_is_a_decision() -> None:
    """As many offers are turned down as meetings record, by the same side."""
    recorder = recorded()
    refused = Counter(
        proposal.ended_by
        for meeting in recorder.meetings.meetings
        for proposal in meeting.proposals
        if proposal.ending == Ending.REFUSED
    )
    assert refused[US] + refused[CN] > 10  # type: ignore[index]
    for side, question in ((US, EventQuestion.US_REFUSALS), (CN, EventQuestion.CN_REFUSALS)):
        assert sum(t.happened for t in of(recorder, question)) == refused[side]  # type: ignore[index]


def test_what_holding_out_decides_vanishes_with_it() -> None:
    """A side that never demands more than its floor turns nothing down for it."""
    # Fails if an answer without a cause is not asked of the rule with other parameters.
    with_it = of(recorded(), EventQuestion.US_REFUSALS)
    without = of(recorded(("us.bargain.aspiration", "0")), EventQuestion.US_REFUSALS)

    assert any("us.bargain.aspiration" in trial.lost for trial in with_it)
    assert without
    assert not any("us.bargain.aspiration" in trial.lost | trial.gained for trial in without)


def test_without_reasons_there_are_base_rates_and_luck() -> None:
    """A China that weighs nothing acts by these alone: no cause decides anything."""
    # Fails if acts that would come without reasons are counted by the acts themselves.
    from sim.experiment.explain.causes import every_reason

    plain = of(recorded(*every_reason(CN).changes), EventQuestion.CN_MEASURES)
    usual = of(recorded(), EventQuestion.CN_MEASURES)

    assert plain
    assert all(trial.bare and not trial.lost for trial in plain if trial.happened)
    came = [trial for trial in usual if trial.happened]
    assert 0 < sum(trial.bare for trial in came) < len(came)


def test_measures_are_those_acts_that_count_as_measures() -> None:
    """The acts of each question are read from the table, with the side that takes them."""
    assert Act.TIGHTEN_RARE_EARTHS in CHOSEN[EventQuestion.CN_MEASURES][1]
    assert Act.TIGHTEN_RARE_EARTHS not in CHOSEN[EventQuestion.US_MEASURES][1]
    assert Act.EASE_TECH not in CHOSEN[EventQuestion.US_MEASURES][1]
    assert CHOSEN[EventQuestion.US_MEASURES][1] < EVENTS[EventQuestion.US_MEASURES][1]
