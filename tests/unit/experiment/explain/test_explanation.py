"""Explanations of short scenarios, from the recorded runs to the verdicts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.engine.choice import SIMPY
from sim.errors import UsageError
from sim.experiment.explain.accounts import STRONGEST, Account, verified
from sim.experiment.explain.events.questions import EventQuestion
from sim.experiment.explain.explanation import Explanation, Play, _played, explain
from sim.experiment.explain.removal import CONFIRMED
from sim.experiment.inputs.base import StudyBase
from sim.experiment.runs.batch import noting

NAME, UNTIL = "october-2025-apec", date(2025, 12, 5)
ANSWERING = "cn.weight.reciprocity"
PLANTED = (("cn.weight.reciprocity", "3"), ("us.rate.list_entities", "30"))


def play(n: int = 80, **settings: object) -> Play:
    """Returns settings for short work."""
    usual = {"seed": 5, "engine": SIMPY, "workers": 1, "recording": None, "progress": None}
    return Play(n=n, waiting=noting(lambda text: None), **{**usual, **settings})  # type: ignore[arg-type]


def explained(*sets: tuple[str, str]) -> Explanation:
    """Returns what drove six weeks."""
    return explain(StudyBase(NAME, sets, UNTIL), play())


@pytest.fixture(scope="module")
def planted() -> Explanation:
    """Six weeks in which China answers measures as a matter of course."""
    return explained(*PLANTED)


def account(found: Explanation, question: EventQuestion) -> Account:
    """Returns the account of a question."""
    return next(account for account in found.accounts if account.question == question)


def test_a_planted_cause_is_found_and_confirmed(planted: Explanation) -> None:
    """Answering Washington decides most Chinese measures; without it they are gone, on the same
    luck, by about as much as the recorded decisions say."""
    # Fails if a reason is asked of other draws, if the wrong side's weight is removed, or if runs
    # are not paired.
    measures = account(planted, EventQuestion.CN_MEASURES)
    strongest = measures.causes[0]
    removal = planted.removals[EventQuestion.CN_MEASURES, ANSWERING]

    assert strongest.key == ANSWERING
    assert strongest.decided.low > 0.5
    assert strongest.is_telling
    assert removal.verdict == CONFIRMED
    assert removal.relative.high < -0.3
    assert removal.expected == pytest.approx(-strongest.net.value)
    change = removal.difference.difference
    assert change.low <= removal.expected <= change.high


def test_a_cause_that_is_not_there_is_not_found() -> None:
    """Without its weight nothing is answered for its own sake."""
    causes = {
        share.key
        for account in explained(
            (ANSWERING, "0"), ("cn.sceptics.contrast.reciprocity", "0")
        ).accounts
        for share in account.causes
    }

    assert causes
    assert ANSWERING not in causes


def test_luck_and_causes_share_the_events(planted: Explanation) -> None:
    """What no single cause decided and what some did add up; luck brings little of what is
    planted."""
    # Fails if luck is counted by the acts that came.
    measures = account(planted, EventQuestion.CN_MEASURES)
    assert measures.bare is not None
    assert measures.undecided is not None

    assert measures.bare.value < 0.4
    assert 1.0 - measures.undecided.value >= measures.causes[0].decided.value
    assert sum(share.value for _, share in measures.routes) == pytest.approx(1.0)


def test_the_strongest_causes_are_verified_and_no_others(planted: Explanation) -> None:
    """At most two and a voice, each of which differs from luck and can be removed."""
    for found in planted.accounts:
        shown = verified(found)
        keys = {key for question, key in planted.removals if question == found.question}
        assert {share.key for share in shown} == keys
        if found.question not in {EventQuestion.STRAINS, EventQuestion.REOPENINGS}:
            voices = [s for s in shown if found.cause(s.key).family == "voice"]
            assert len(voices) <= 1
            assert len(shown) - len(voices) <= STRONGEST
            assert all(s.is_telling and found.cause(s.key).changes for s in shown)


def test_pauses_end_in_one_way_each(planted: Explanation) -> None:
    """The shares of their ends add up to all of them."""
    assert sum(share.value for share in planted.pauses.ends.values()) == pytest.approx(1.0)
    assert planted.pauses.count >= planted.runs
    assert planted.meetings >= planted.clauses[0].meetings > 0


def test_every_scenario_is_played_with_the_same_luck() -> None:
    """The same one, played first and third, reads alike in every run; another does not."""
    # Fails if a removal has luck of its own.
    usual, other = (StudyBase(NAME, sets, UNTIL).resolved() for sets in ((), PLANTED))
    first, second, third = _played(play(60), [usual, other, usual])

    assert first.happened == third.happened
    assert first.happened != second.happened


def test_progress_is_told_of_both_kinds_of_runs() -> None:
    """Recorded ones one by one, the others by the block, to the last."""
    told: list[tuple[str, int, int]] = []
    found = explain(
        StudyBase(NAME, (), date(2025, 10, 28)),
        play(
            60,
            recording=lambda done, total: told.append(("recorded", done, total)),
            progress=lambda done, total: told.append(("others", done, total)),
        ),
    )
    recorded = [done for kind, done, _ in told if kind == "recorded"]
    others = [(done, total) for kind, done, total in told if kind == "others"]

    assert found.runs == 60
    assert recorded == list(range(1, 61))
    assert others[-1][0] == others[-1][1]
    assert np.all(np.diff([total for _, total in others]) >= 0)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"n": 59}, "from 60 to 5,000"),
        ({"n": 5001}, "from 60 to 5,000"),
        ({"n": True}, "number of runs"),
        ({"workers": 0}, "number of workers"),
        ({"seed": -1}, "seed"),
        ({"engine": "salabim"}, "--engine"),
    ],
)
def test_what_cannot_be_played_is_refused_first(settings: dict[str, object], told: str) -> None:
    """Before the scenario is even looked up."""
    with pytest.raises(UsageError, match=told):
        explain(StudyBase("no such scenario"), play(**settings))  # type: ignore[arg-type]
