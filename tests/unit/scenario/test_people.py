"""Table of people: what ships, what is refused, and who weighs what on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.history.elections import elections
from sim.history.places import data_root
from sim.model.tables.codes import (
    CN,
    POST_COMMERCE,
    POST_GO_BETWEEN,
    POST_LEAD_NEGOTIATOR,
    POST_LEADER,
    POST_SECURITY_ADVISER,
    POST_TREASURY,
    US,
)
from sim.model.tables.vocabulary import Faction, Side
from sim.scenario.evidence import sources
from sim.scenario.load import resolve
from sim.scenario.people import (
    COLUMNS,
    EVER,
    TABLE,
    holder,
    people,
    read_people,
    seat_changes,
    seat_on,
    terms_known,
    terms_within,
)
from sim.scenario.resolved_scenario import Resolved, Tenure

SOUND = (
    "one,us,treasury,Secretary,One,2025-01-28,,2024-11-22,doves,0.4,0.5,2025-05-06,ministers,E189,"
)


def day(text: str) -> int:
    """Returns the ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


def table(folder: Path, *rows: str) -> Path:
    """Writes a table and returns its path."""
    path = folder / TABLE
    path.write_text("\n".join((",".join(COLUMNS), *rows)) + "\n", encoding="utf-8")
    return path


def test_the_shipped_table_is_sound() -> None:
    """It loads, every source is known, and both sides have a lead on most days since 2017."""
    # Fails if terms overlap, a source is unknown or a side is left out.
    assert read_people(data_root() / TABLE) == people()
    assert {key for term in people() for key in term.source.split()} <= set(sources())
    assert {term.side for term in people()} == set(Side)


@pytest.mark.parametrize(
    ("when", "side", "post", "name"),
    [
        ("2018-06-01", US, POST_TREASURY, "Mnuchin"),
        ("2019-06-01", CN, POST_LEAD_NEGOTIATOR, "Liu He"),
        ("2019-09-15", US, POST_SECURITY_ADVISER, None),
        ("2025-05-01", US, POST_SECURITY_ADVISER, "Waltz"),
        ("2025-05-02", US, POST_SECURITY_ADVISER, "Rubio"),
        ("2025-05-31", US, POST_GO_BETWEEN, None),
        ("2025-10-23", CN, POST_COMMERCE, "Wang Wentao"),
    ],
)
def test_posts_were_held_by(when: str, side: int, post: int, name: str | None) -> None:
    """Some that are known to all."""
    found = holder(people(), day(when), side, post)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("us,treasury", "fr,treasury", "'fr' is no side (allowed: us, cn)"),
        ("treasury", "tresury", "'tresury' is no post of us; did you mean treasury?"),
        ("treasury", "envoy", "'envoy' is no post of us"),
        ("doves", "planners", "'planners' is no faction of us"),
        ("2025-01-28", "28 Jan 2025", "`from` '28 Jan 2025' is not a day; write YYYY-MM-DD"),
        ("2025-01-28", "2025-12-01", "after 2025-10-23"),
        ("2024-11-22", "2025-02-22", "is heard from 2025-02-22, after it starts"),
        ("28,,", "28,2025-01-01,", "ends on 2025-01-01, before it starts"),
        ("0.4", "1.4", "`voice` 1.4 is not between 0 and 1"),
        ("0.4", "much", "`voice` 'much' is not a number"),
        ("doves,0.4", "doves,", "`faction` and `voice` go together"),
        ("0.5,2025-05-06", "0.5,", "`mandate` and `leads` go together"),
        ("2025-05-06", "2025-01-01", "when it is not in post"),
        ("ministers", "none", "has a mandate but signs nothing"),
        ("ministers", "minister", "did you mean ministers?"),
        ("E189", "E9999", "source 'E9999' is in neither"),
        ("E189", "", "has no source"),
        ("One", "", "has no key or no name"),
    ],
)
def test_a_wrong_cell_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """With the line, the key, what was found and what is allowed."""
    assert read_people(table(tmp_path, SOUND))
    with pytest.raises(ScenarioError) as caught:
        read_people(table(tmp_path, SOUND.replace(old, new, 1)))

    assert str(caught.value).startswith("people.csv:2:1: one")
    assert message in str(caught.value)


def test_overlaps_and_doubled_keys_are_refused_together(tmp_path: Path) -> None:
    """All problems are reported in one go."""
    early = SOUND.replace("one", "two").replace("2025-01-28,,2024-11-22", "2024-01-01,2025-01-28,")
    early = early.replace("0.5,2025-05-06", "0.5,2024-05-06")
    with pytest.raises(ScenarioError) as caught:
        read_people(table(tmp_path, SOUND, early, SOUND.replace("treasury", "commerce")))

    assert len(caught.value.problems) == 2
    assert "before the term of two ends on 2025-01-28" in str(caught.value)
    assert "stands in line 2 too" in str(caught.value)


def test_who_is_named_is_heard_before_he_takes_office() -> None:
    """In place of the one who leaves; he leads talks later."""
    seats = [seat_on(people(), day(when), US, POST_TREASURY) for when in
             ("2024-11-21", "2024-11-22", "2025-05-05", "2025-05-06")]  # fmt: skip

    assert [seat.voice for seat in seats] == [0.6, 0.45, 0.45, 0.45]
    assert [seat.mandate for seat in seats] == [0.5, 0.0, 0.0, 0.5]
    assert seats[1].camp == Faction.DOVES


def test_changes_within_a_run_come_in_order() -> None:
    """From January: a first talk, a departure, the lead, a departure, the third of the team."""
    start, until = day("2025-01-19"), day("2025-07-18")
    changes = seat_changes(terms_within(people(), start, until), start, until)

    assert [str(date.fromordinal(seat.day)) for seat in changes] == [
        "2025-03-26", "2025-05-02", "2025-05-06", "2025-05-31", "2025-06-05",
    ]  # fmt: skip
    assert changes[1].voice == 0.0
    assert seat_changes(people(), day("2025-06-05"), day("2025-12-02")) == ()


def test_people_travel_with_the_scenario() -> None:
    """They are part of what names a batch, and survive being written out."""
    resolved = resolve("march-2025-escalation")

    assert Resolved.from_json(resolved.to_json()).people == resolved.people != ()
    assert "musk" in {term.key for term in resolved.people}
    assert "mnuchin" not in {term.key for term in resolved.people}


def keys_known(when: str, among: Iterable[Tenure]) -> dict[str, str]:
    """Returns the last day, as known on a day, of each term of the posts that are not over."""
    today = day(when)
    return {
        term.key: "open" if term.until == EVER else str(date.fromordinal(term.until))
        for term in terms_known(among, today)
        if term.until > today
    }


def test_nobody_is_known_before_being_named() -> None:
    """Nor the end of a term before it is known who follows, in the post or as leader."""
    # Fails if a world as of a day knows a later election, dismissal or appointment.
    assert "biden" not in keys_known("2020-11-06", people())
    assert keys_known("2020-11-07", people())["mnuchin"] == "2021-01-19"
    eve, after = keys_known("2024-11-05", people()), keys_known("2024-11-06", people())
    assert eve["biden"] == eve["yellen"] == "open"
    assert "trump" not in eve
    assert after["biden"] == after["yellen"] == "2025-01-19"
    assert after["trump"] == "open"
    assert keys_known("2018-03-01", people())["tillerson"] == "open"
    assert keys_known("2024-11-25", people())["bessent"] == "open"


def test_presidents_elect_are_known_since_their_election_was_called() -> None:
    """The table of elections and the table of people say the same."""
    # Fails if one of the two knows the winner of an election on another day.
    leaders = {term.start: term for term in people() if (term.side, term.post) == (US, POST_LEADER)}
    called = [each for each in elections() if each.decided is not None]

    assert [leaders[each.inauguration].heard for each in called] == [e.decided for e in called]
    assert all(each.change for each in called)


def test_what_comes_later_leaves_the_terms_of_a_day_alike() -> None:
    """Other successors, ends and leads after the day change nothing."""
    # Fails if a later row, end or lead of the table is read.
    for when in ("2018-03-01", "2020-11-03", "2025-02-01", "2025-04-20"):
        today = day(when)
        others = [
            replace(
                term,
                until=term.until if term.until <= today else EVER - 1,
                leads=term.leads if term.leads <= today or term.leads == EVER else today + 300,
            )
            for term in people()
            if term.heard <= today
        ]
        if when != "2025-02-01":  # By then the ends of the terms before were known.
            others.append(replace(others[0], key="later", heard=today + 1, start=today + 9))
        assert terms_known(others, today) == terms_known(people(), today)


def test_a_mandate_to_come_begins_with_the_next_day() -> None:
    """Or with the post: on which day somebody will lead is not known."""
    # Fails if the first talk of Bessent is known in April.
    found = {term.key: term.leads for term in terms_known(people(), day("2025-04-20"))}

    assert found["bessent"] == day("2025-04-21")
    assert found["greer"] == day("2025-03-26")
