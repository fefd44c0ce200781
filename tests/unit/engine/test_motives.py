"""Motives: why a hostile act is taken, told from the reasons of its choice."""

from __future__ import annotations

from datetime import date

import pytest

from sim.engine.motives import motive, stalled, strongest
from sim.model.tables.codes import AGREEMENT_PAUSE, CN, TALKS_ACTIVE, US
from sim.model.tables.params import Params
from sim.model.tables.state import State

TODAY = date(2025, 7, 1).toordinal()


@pytest.fixture
def state() -> State:
    """A day in a truce that runs for forty days more, while the two sides talk."""
    state = State()
    state.day, state.agreement, state.truce_ends_on = TODAY, AGREEMENT_PAUSE, TODAY + 40
    state.talks = TALKS_ACTIVE
    return state


def test_the_strongest_reason_speaks_for_the_act() -> None:
    """What speaks against it is none, and neither is a slight one."""
    # Fails if reasons are ranked by absolute size.
    assert strongest((("agreement", -0.9), ("leverage", 0.3), ("grievance", 0.4))) == "grievance"
    assert strongest((("agreement", -0.9), ("leverage", 0.01))) == ""


def test_an_answer_names_what_it_answers(state: State) -> None:
    """By noun and day; an act before the run by its day, if that is known."""
    # Fails if the day is lost or a cause is made up.
    cause = ("tightening of technology controls", TODAY - 3)
    assert motive(state, "list_entities", CN, "reciprocity", cause) == (
        ", in answer to the tightening of technology controls of 28 Jun 2025"
    )
    before = motive(state, "list_entities", CN, "reciprocity", None)
    assert before == ", in answer to US controls and other measures of past months"
    state.recent_hike[US] = 0.5
    before = motive(state, "list_entities", CN, "reciprocity", None)
    assert before == ", in answer to US tariff increases of past months"
    state.cause_day[CN] = TODAY - 1
    assert motive(state, "list_entities", CN, "reciprocity", None) == (
        ", in answer to what Washington did on 30 Jun 2025"
    )


def test_an_act_in_a_truce_says_so(state: State) -> None:
    """With its last day, and whether the two sides still talk; outside a truce only the reason."""
    # Fails if the truce is not looked at.
    assert motive(state, "tighten_tech", US, "leverage", None) == (
        ", to gain leverage before the truce ends on 10 Aug 2025"
    )
    state.talks = 0
    assert motive(state, "tighten_tech", US, "pressure", None) == (
        ", under pressure at home while the truce runs to 10 Aug 2025 and no talks are under way"
    )
    state.agreement = 0
    assert motive(state, "tighten_tech", US, "security", None) == (
        ", on grounds of national security"
    )
    assert motive(state, "tighten_tech", US, "", None) == ""


def test_another_statute_replaces_void_duties(state: State) -> None:
    """Whatever weighed most in the choice."""
    # Fails if the ruling is forgotten.
    state.emergency_ends_on = TODAY + 10
    assert motive(state, "impose_122", US, "leverage", None) == (
        ", in place of the emergency duties that end on 11 Jul 2025"
    )


def test_a_stall_names_its_cause(state: State) -> None:
    """The one that raised its odds most, and the last round."""
    # Fails if tension is named while a tariff increase weighs more.
    params = Params()
    params.stall_after_hike, params.stall_tension, params.stall_after_truce = 2.0, 1.0, 3.0
    state.agreement, state.tension = 0, 0.5
    assert stalled(state, params) == " as tension is high"
    state.recent_hike[US], state.round_day = 1.0, TODAY - 1
    assert stalled(state, params) == (
        " after the US tariff increase; ministers last met on 30 Jun 2025"
    )
    state.recent_hike[US], state.agreement, state.truce_signed = 0.0, AGREEMENT_PAUSE, TODAY
    assert stalled(state, params).startswith(" as the truce has taken the urgency away")
