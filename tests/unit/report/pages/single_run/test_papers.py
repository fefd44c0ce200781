"""The words of the two papers: every event told or left out on purpose, on one line."""

from __future__ import annotations

import pytest

from sim.engine.chronicle import Event
from sim.engine.happenings import NAMES
from sim.model.tables.codes import CONTACT_CALL, ENTITIES, RARE_EARTHS
from sim.report.pages.single_run.papers import (
    ACCOUNTS,
    AGREED,
    BY_SIDE,
    CONTACTS,
    CONTROLS,
    FURTHER,
    IN_FORCE,
    LONGEST,
    PAPERS,
    SILENT,
    Wording,
    account,
    is_told,
    wording,
)


def event(act: str, side: str | None = None, size: float = 0.0) -> Event:
    """Returns an event of a kind."""
    return Event(1, "reviews", side, act, "", {}, size=size)


def test_every_kind_of_event_is_worded_or_left_out_on_purpose() -> None:
    """A new act or happening needs its words in both papers."""
    # Fails if a kind is forgotten, or a row belongs to none.
    told = {name for name in NAMES.values() if is_told(name)}
    told -= {"readout", "reply_control"}  # worded by what they hold

    assert {name for name, _ in BY_SIDE} | set(PAPERS) | set(AGREED) == told
    assert set(FURTHER) <= set(PAPERS)
    assert not {name for name, _ in BY_SIDE} & set(PAPERS)


def test_no_text_is_longer_than_its_line() -> None:
    """Dates and names of papers leave room for 55 letters, of which no text needs more."""
    # Fails if a text would be folded.
    further = (told for turns in FURTHER.values() for told in turns)
    tables = (PAPERS, BY_SIDE, IN_FORCE, CONTROLS, AGREED)
    for told in (*further, *(told for table in tables for told in table.values())):
        for text in told:
            assert text is None or len(text.format(points="100 points")) <= LONGEST
    for texts in ACCOUNTS.values():
        for text in (turn for turns in texts for turn in turns):
            for name in CONTACTS.values():
                assert len(text.format(contact=name, Contact=name.capitalize())) <= LONGEST


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_no_event_of_the_table_is_silent_in_both(name: str) -> None:
    """An event of which neither paper speaks stands among the untold."""
    # Fails if a row is empty.
    assert PAPERS[name] != SILENT


def test_an_event_is_told_in_the_terms_of_each_side() -> None:
    """A hike protects workers here and bullies there, by as many points."""
    # Fails if the papers are exchanged or the points missing.
    ours, theirs = wording(event("hike", "us", 1.0))

    assert ours == "1 point of tariffs, to protect American workers"
    assert theirs == "Unilateral bullying: US adds 1 point"


def test_duties_in_force_say_whose_they_are_and_how_high() -> None:
    """Those on lists of goods have no points on all goods."""
    # Fails if the side or the points are left out.
    ours, theirs = (wording(event("takes_force", side, 34.0)) for side in ("us", "cn"))
    assert ours.us == "Tariffs of 34 points are now collected"
    assert theirs.cn == "China's duties of 34 points take force"
    assert wording(event("takes_force", "cn")) == PAPERS["takes_force"]


def test_a_control_in_an_answer_is_named() -> None:
    """A blacklist is no export control."""
    # Fails if the instrument is not looked at.
    firms, earths = (
        wording(event("reply_control", "cn", float(i))) for i in (ENTITIES, RARE_EARTHS)
    )
    assert firms.us == "China blacklists US firms in retaliation"
    assert "rare earths" in (earths.us or "")


def test_one_act_of_either_side_has_words_for_each() -> None:
    """The accuser and the accused differ."""
    # Fails if the side that acts is not looked at.
    assert wording(event("accuse", "us")) != wording(event("accuse", "cn"))


def test_a_request_that_is_declined_is_told_by_the_side_that_made_it() -> None:
    """The other paper is silent."""
    # Fails if a refusal is printed as if it were a contact.
    agreed, declined = (wording(event("seek_talks", "us", size)) for size in (1.0, 0.0))

    assert None not in agreed
    assert declined == Wording(agreed.us, None)


@pytest.mark.parametrize("name", ["wait", "gain", "refuse_pause", "opening_withheld"])
def test_what_no_paper_knows_is_not_told(name: str) -> None:
    """Decisions to do nothing, what was left out, and reserves stay inside."""
    # Fails if the papers print what is private.
    assert wording(event(name, "us", 1.0)) == SILENT


def test_an_account_is_worded_by_its_warmth() -> None:
    """Three bands for each side, none alike."""
    # Fails if a band or a side is exchanged.
    texts = [
        account(side, warmth, CONTACT_CALL) for side in ("us", "cn") for warmth in (0.9, 0.5, 0.1)
    ]

    assert len(set(texts)) == 6
    assert texts[0] == "Great leaders' call, big progress"
    assert texts[5] == "Leaders' call: China stated its position"


def test_what_is_told_again_is_worded_otherwise() -> None:
    """In turn, and from the start once all wordings are used; a single event has one wording."""
    # Fails if a paper prints the same words twice running.
    turns = len(FURTHER["post_praise"]) + 1
    told = [wording(event("post_praise", "us"), before).us for before in range(turns + 1)]

    assert len(set(told)) == turns
    assert told[0] == told[-1] == PAPERS["post_praise"].us
    assert wording(event("crisis"), 3) == PAPERS["crisis"]
    assert account("cn", 0.5, CONTACT_CALL, 0) != account("cn", 0.5, CONTACT_CALL, 1)


def test_refusals_and_what_is_agreed_stand_in_the_papers() -> None:
    """Each paper blames the other side for a refusal, and lists what its own side gets."""
    # Fails if an offer that is turned down, or a clause, is passed over.
    ours, theirs = (wording(event("bundle_refused", side, 3.0)) for side in ("us", "cn"))

    assert ours != theirs
    assert None not in (*ours, *theirs)
    assert wording(event("agree_soybeans", "cn")) == Wording(
        "Agreed: a pledge to buy soybeans", None
    )
    assert None not in wording(event("agree_prolong"))
