"""Starting point of a run in words."""

from __future__ import annotations

from datetime import date

import pytest

from sim.engine.chronicle import trace
from sim.engine.starting_point import starting_point
from sim.model.tables.codes import CN, FENTANYL, FULL_REPLY, PARTIAL_REPLY, RECIPROCAL, TECH, US
from sim.model.tables.state import State
from sim.model.tables.vocabulary import (
    Agreement,
    ChinaInstrument,
    CourtCase,
    Partner,
    Party,
    SummitStage,
    TalksStage,
    Venue,
)
from sim.scenario.load import resolve

DAY = date(2025, 11, 10).toordinal()


@pytest.fixture
def state() -> State:
    """A state in which nothing is open."""
    return State()


def told(state: State) -> dict[str, str]:
    """Returns what is open, by subject."""
    return dict(starting_point(state, {DAY: "Leaders meet in Lima"}))


def test_a_quiet_start_says_so(state: State) -> None:
    """No duties, nothing open, no controls; nothing of announced duties or a case in court."""
    assert told(state) == {
        "duties added": "US 0 points; Chinese 0 points",
        "tariff threat": "none",
        "agreement": "none",
        "talks": "none",
        "summit": "none planned",
        "US controls": "none",
        "CN controls": "none",
    }


def test_duties_are_told_by_layer_and_with_what_is_suspended(state: State) -> None:
    """Of each side; lists of goods apart."""
    state.duty_pp[US][FENTANYL], state.duty_pp[US][RECIPROCAL] = 20.0, 10.0
    state.duty_pp[CN][FULL_REPLY], state.duty_pp[CN][PARTIAL_REPLY] = 11.0, 15.0
    state.coverage[CN][PARTIAL_REPLY] = 0.09
    state.suspended_pp[US][RECIPROCAL], state.suspended_pp[CN][FULL_REPLY] = 24.0, 23.0

    assert told(state)["duties added"] == (
        "US 30 points (fentanyl 20, reciprocal 10), 24 suspended; Chinese 11 points and 15 on 9% "
        "of US goods, 23 suspended"
    )


def test_announced_duties_and_the_threat_have_their_days(state: State) -> None:
    """The earliest first."""
    state.pending_due[0], state.pending_side[0], state.pending_layer[0] = DAY + 2, CN, PARTIAL_REPLY
    state.pending_coverage[0] = 0.08
    state.pending_due[1], state.pending_side[1], state.pending_pp[1] = DAY, US, 34.0
    state.pending_layer[1] = RECIPROCAL
    state.threat_open, state.threat_pp, state.threat_deadline = True, 100.0, DAY + 1
    found = told(state)

    assert found["announced"] == (
        "US 34 points from 10 Nov 2025; Chinese duties on 8% of its imports from 12 Nov 2025"
    )
    assert found["tariff threat"] == "100 points of US duty from 11 Nov 2025"


def test_the_agreement_has_its_end(state: State) -> None:
    """A date or none, and whether it is strained."""
    state.agreement, state.truce_ends_on = Agreement.PAUSE, DAY
    returns = "; unless prolonged, what it suspends returns on 10 Nov 2025"
    assert told(state)["agreement"] == f"a pause of duties{returns}"
    state.day, state.truce_from = DAY - 5, DAY - 90
    assert told(state)["agreement"] == f"a pause of duties since 12 Aug 2025{returns}"
    state.truce_ends_on, state.truce_strained = 0, True
    assert (
        told(state)["agreement"] == "a pause of duties since 12 Aug 2025 with no end set; strained"
    )
    state.agreement, state.truce_strained = Agreement.DORMANT, False
    assert told(state)["agreement"] == "the accord of 2020, dormant"


@pytest.mark.parametrize(
    ("venue", "confirmed", "words"),
    [
        (Venue.BEIJING, (), "(in Beijing); not yet confirmed"),
        (Venue.BEIJING, (Party.US,), "(in Beijing); confirmed by Washington"),
        (
            Venue.WASHINGTON, (Party.US, Party.HOST),
            "(in Washington); confirmed by Washington",
        ),
        (
            Venue.THIRD_COUNTRY, (Party.US, Party.HOST),
            '(in a third country: "Leaders meet in Lima"); confirmed by Washington and the host',
        ),
    ],
)  # fmt: skip
def test_a_dated_meeting_has_place_date_and_who_confirmed(
    state: State, venue: Venue, confirmed: tuple[Party, ...], words: str
) -> None:
    """A third host is named only where there is one."""
    state.summit, state.venue, state.summit_day = SummitStage.DATED, venue, DAY
    for party in confirmed:
        state.confirmed[party] = DAY - 9

    assert told(state)["summit"] == f"set for 10 Nov 2025 {words}"


def test_stages_of_talks_meeting_and_court_are_told(state: State) -> None:
    """Each in its own words."""
    state.talks, state.round_day = TalksStage.STALLED, DAY
    state.summit = SummitStage.FLOATED
    state.court_case, state.court_argued = CourtCase.PENDING, DAY
    state.day = DAY - 13
    found = told(state)

    assert found["talks"] == "stalled; last round on 10 Nov 2025"
    assert found["summit"] == "suggested, not yet agreed"
    assert found["court"] == "case on the emergency duties open; hearing on 10 Nov 2025"
    state.day = DAY - 150
    assert told(state)["court"].endswith("hearing expected around 10 Nov 2025")
    state.court_case = CourtCase.STRUCK
    assert told(state)["court"] == "emergency duties struck down"


def test_talks_name_the_call_that_resumed_them(state: State) -> None:
    """With its day, after that of an earlier round; an earlier call resumed nothing."""
    state.talks, state.round_day, state.call_day = TalksStage.RESUMED, DAY - 30, DAY
    assert told(state)["talks"] == (
        "resumed by the leaders; last round on 11 Oct 2025; the leaders spoke on 10 Nov 2025"
    )
    state.call_day = DAY - 31
    assert told(state)["talks"] == (
        "resumed; the leaders spoke on 10 Oct 2025; last round on 11 Oct 2025"
    )


def test_open_threats_against_others_are_told(state: State) -> None:
    """Each with its day."""
    state.others_deadline[Partner.EUROPE] = DAY
    assert told(state)["other countries"] == (
        "the European Union threatened with US duties from 10 Nov 2025"
    )


def test_controls_that_are_on_are_named_for_their_side(state: State) -> None:
    """One code stands for an instrument of the US and one of China."""
    state.control[US][TECH] = 3
    state.control[CN][ChinaInstrument.RARE_EARTHS] = 2
    state.control[CN][ChinaInstrument.PROBES] = 1
    found = told(state)

    assert found["US controls"] == "technology 3"
    assert found["CN controls"] == "rare earths 2, investigations of US firms 1"


def test_a_chronicle_begins_with_it() -> None:
    """As the scenario has it, before the events of the first day."""
    found = dict(trace(resolve("october-2025-apec", until=date(2025, 10, 24)), 7, 0).start_state)

    assert found["tariff threat"] == "100 points of US duty from 1 Nov 2025"
    assert found["summit"].startswith("set for 30 Oct 2025")
    assert "Korea" in found["summit"]
