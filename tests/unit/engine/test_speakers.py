"""Speakers: whom the chronicle names, by act, side and day."""

from __future__ import annotations

from datetime import date

import pytest

from sim.engine.happenings import CODES, NOBODY
from sim.engine.speakers import MEETINGS, OFFICES, SPEAKERS, attributed, named, office, speakers
from sim.engine.world import written_state
from sim.model.tables.codes import CN, LEADERS, MINISTERS, POST_COMMERCE, US
from sim.model.tables.state import State
from sim.model.tables.vocabulary import POSTS, Act, Post, Side
from sim.scenario.load import resolve
from sim.scenario.people import people

TEAM = "Treasury Secretary Bessent, Trade Representative Greer and Commerce Secretary Lutnick"


@pytest.fixture
def june() -> State:
    """The state of 5 June 2025, with a full team on both sides."""
    return written_state(resolve("june-2025-resumed-talks"))


def told(state: State, kind: str, side: int, agreed: bool | None = None) -> str:
    """Returns who is named for an event."""
    return named(speakers(people(), state, kind, side, agreed)).strip(" ()")


@pytest.mark.parametrize(
    ("kind", "side", "expected"),
    [
        ("rebuke", CN, "Foreign Minister Wang Yi"),
        ("tighten_rare_earths", CN, "Commerce Minister Wang Wentao"),
        ("hike", US, "President Trump"),
        ("list_entities", US, "Commerce Secretary Lutnick"),
        ("freeze_purchases", CN, ""),
        ("open_probe", CN, ""),
        ("summit_held", NOBODY, "President Trump; President Xi Jinping"),
        (
            "ministers_round",
            NOBODY,
            f"{TEAM}; Vice-Premier He Lifeng and Commerce Minister Wang Wentao",
        ),
        ("stall", NOBODY, ""),
    ],
)
def test_an_act_names_who_holds_its_post(june: State, kind: str, side: int, expected: str) -> None:
    """By title and name; nobody where an act is the government's as a whole."""
    assert told(june, kind, side) == expected


def test_the_day_decides(june: State) -> None:
    """The same act was another's in 2018, and nobody's while a post stands empty."""
    june.day = date(2018, 8, 1).toordinal()
    assert told(june, "list_entities", US) == "Commerce Secretary Ross"
    june.filled[US][POST_COMMERCE] = False
    assert told(june, "list_entities", US) == ""


def test_a_call_names_both_leaders_if_it_is_taken(june: State) -> None:
    """Otherwise the one who asked."""
    assert told(june, "call_leader", CN, agreed=True) == "President Trump; President Xi Jinping"
    assert told(june, "call_leader", CN, agreed=False) == "President Xi Jinping"


def test_a_signature_is_that_of_those_at_the_table(june: State) -> None:
    """Leaders or ministers, never an envoy."""
    june.table_rank = LEADERS
    assert told(june, "sign_truce", NOBODY) == "President Trump; President Xi Jinping"
    june.table_rank = MINISTERS
    assert told(june, "sign_truce", NOBODY) == told(june, "ministers_round", NOBODY)


def test_names_stand_before_the_answer(june: State) -> None:
    """So that they are not taken for the other side's."""
    terms = speakers(people(), june, "seek_talks", CN, agreed=False)
    assert attributed("Beijing proposes talks; Washington declines", terms) == (
        "Beijing proposes talks (Commerce Minister Wang Wentao); Washington declines"
    )
    assert attributed("The talks stall", ()) == "The talks stall"


def test_the_table_names_posts_that_a_side_has() -> None:
    """And acts that the side may take."""
    # Fails if a row names a post that can never be held.
    rows = [(code, side, post) for code, row in SPEAKERS.items() for side, post in row.items()]
    rows += [(code, side, post) for code, row in MEETINGS.items() for side, post in row]
    for code, side, post in rows:
        assert code in CODES.values()
        assert post == Post.LEADER or post in POSTS[Side(side)]
        if code in set(Act):
            assert side in Act(code).sides


def test_an_office_acts_where_no_post_does() -> None:
    """China's duties are those of the State Council's commission, and no minister's."""
    # Fails if the office is given to Washington's acts, or stands beside a person.
    assert office("reply_mirror", CN) == " (State Council Tariff Commission)"
    assert office("open_probe", CN) == " (State Administration for Market Regulation)"
    assert office("hike", US) == ""
    assert office("rebuke", CN) == ""
    assert all(CN not in SPEAKERS.get(code, {}) for code in OFFICES)
    assert attributed("Beijing raises tariffs", (), office("hike", CN)) == (
        "Beijing raises tariffs (State Council Tariff Commission)"
    )
