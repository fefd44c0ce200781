"""Causes in words: every cause of every scenario has some."""

from __future__ import annotations

import pytest

from sim.engine.happenings import NAMES
from sim.experiment.explain.accounts import _known
from sim.experiment.explain.causes import THREATS, reason, voice
from sim.experiment.explain.events.questions import EVENTS, EventQuestion
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import Feature, Post
from sim.report.words.causes import QUESTION_WORDS, cause_words, route_words
from sim.scenario.load import resolve
from sim.scenario.shipped import names


@pytest.mark.parametrize("name", names())
def test_every_cause_has_words_of_its_own(name: str) -> None:
    """No code is shown, and no two causes of a question read alike."""
    resolved = resolve(name)
    for question in EventQuestion:
        told = [cause_words(cause) for cause in _known(resolved, question)]
        assert QUESTION_WORDS[question]
        assert len({*told}) == len(told)
        assert not any("_" in words or "." in words for words in told)


def test_every_kind_of_event_has_a_noun() -> None:
    """Of whatever a question counts."""
    for _, acts in EVENTS.values():
        for act in acts:
            assert route_words(NAMES[act])


def test_sides_and_people_are_named() -> None:
    """An answer is to the other side; a post is its holders, one after the other."""
    first = resolve("january-2025-first-100-days")

    assert cause_words(reason(US, Feature.RECIPROCITY)) == "what Beijing has done"
    assert cause_words(reason(CN, Feature.RECIPROCITY)) == "what Washington has done"
    assert cause_words(voice(first, US, Post.TREASURY)) == (
        "Treasury Secretary Yellen, then Treasury Secretary Bessent"
    )
    assert cause_words(THREATS[0]) == "a leaders' meeting or call nearby"
