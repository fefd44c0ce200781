"""People who speak for the two sides: the table `people.csv`, and who is in post on a day.

A term is heard from the day it is known, which may precede the day the post is taken up: ministers
of a president-elect are heard once they are named. From then on it replaces the term before it as
the voice of the post.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from sim.errors import Problem, ScenarioError, nearest
from sim.history.csv_table import Row, csv_rows
from sim.history.places import data_root
from sim.model.tables.vocabulary import FACTION_NAMES, POSTS, Post, Side
from sim.scenario.evidence import sources
from sim.scenario.resolved_scenario import Tenure

TABLE: Final = "people.csv"
COLUMNS: Final = (
    "key",
    "side",
    "post",
    "title",
    "name",
    "from",
    "until",
    "heard",
    "faction",
    "voice",
    "mandate",
    "leads",
    "signs",
    "source",
    "note",
)
CUTOFF: Final = date(2025, 10, 23)
"""Last day of which the table may know."""

EVER: Final = date.max.toordinal()
SHARE_RANGE: Final = (0.5, 1.5)
"""Range of every voice and mandate, as multiples of it (a mandate ends at 1): the sources say who
is heard, and by whom the team is led, but give no number, so all of these are assumed."""

SIGNS: Final = ("none", "ministers", "leaders")
"""Highest rank at which a person can sign."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What the holder of a post weighs from a day on.

    Attributes:
        day: The day, an ordinal.
        side: The side, by code.
        post: The post, by code.
        camp: Faction for which the holder speaks, by code.
        voice: Voice in the faction; 0 if the post is vacant.
        mandate: Part of the authority to settle; 0 if none.
    """

    day: int
    side: int
    post: int
    camp: int = 0
    voice: float = 0.0
    mandate: float = 0.0


@cache
def people() -> tuple[Tenure, ...]:
    """Returns the terms of the shipped table, in its order."""
    return read_people(data_root() / TABLE)


def read_people(path: Path) -> tuple[Tenure, ...]:
    """Returns the terms of a table.

    Raises:
        ScenarioError: The table is wrong; carries every problem found.
    """
    terms: list[Tenure] = []
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for line, row in csv_rows(path, COLUMNS):
        try:
            term = _term(row)
        except ValueError as error:
            problems.append(Problem(path.name, line, 1, row["key"], str(error)))
            continue
        if term.key in lines:
            message = f"stands in line {lines[term.key]} too; give each term a key of its own"
            problems.append(Problem(path.name, line, 1, term.key, message))
        lines[term.key] = line
        terms.append(term)
    for one, two in _overlaps(terms):
        message = (
            f"takes up its post on {date.fromordinal(two.start)}, before the term of {one.key} "
            f"ends on {_day(one.until)}; end that one the day before, or choose another post"
        )
        problems.append(Problem(path.name, lines[two.key], 1, two.key, message))
    if problems:
        raise ScenarioError(problems)
    return tuple(terms)


def _overlaps(terms: Iterable[Tenure]) -> Iterator[tuple[Tenure, Tenure]]:
    """Yields the pairs of terms that one post cannot hold, one after the other."""
    ordered = sorted(terms, key=lambda term: (term.side, term.post, term.start))
    for one, two in pairwise(ordered):
        if (one.side, one.post) == (two.side, two.post) and two.start <= one.until:
            yield one, two


def _term(row: Row) -> Tenure:
    """Returns the term of a row.

    Raises:
        ValueError: A cell is wrong; the message says what is allowed.
    """
    side = _code(row["side"], "side", {each.name.lower(): int(each) for each in Side})
    posts = {post.name.lower(): int(post) for post in (Post.LEADER, *POSTS[Side(side)])}
    post = _code(row["post"], f"post of {row['side']}", posts)
    start = _ordinal(row["from"], "from")
    until = _ordinal(row["until"], "until") if row["until"] else EVER
    heard = _ordinal(row["heard"], "heard") if row["heard"] else start
    camps = {name: code for code, name in enumerate(FACTION_NAMES[side]) if name}
    camp = _code(row["faction"], f"faction of {row['side']}", camps) if row["faction"] else 0
    voice, mandate = _share(row["voice"], "voice"), _share(row["mandate"], "mandate")
    leads = _ordinal(row["leads"], "leads") if row["leads"] else EVER
    _code(row["signs"], "rank of `signs`", dict.fromkeys(SIGNS, 0))
    keys = row["source"].split()
    if not row["key"] or not row["name"]:
        raise ValueError("has no key or no name; every term needs both")
    if until < start:
        raise ValueError(f"ends on {row['until']}, before it starts on {row['from']}")
    if heard > start:
        raise ValueError(f"is heard from {row['heard']}, after it starts on {row['from']}")
    if bool(row["faction"]) != (voice > 0.0):
        raise ValueError("`faction` and `voice` go together: give both, or neither")
    if bool(row["leads"]) != (mandate > 0.0):
        raise ValueError("`mandate` and `leads` go together: give both, or neither")
    if mandate > 0.0 and row["signs"] == "none":
        raise ValueError("has a mandate but signs nothing; who leads talks signs as a minister")
    if mandate > 0.0 and not start <= leads <= until:
        raise ValueError(f"leads talks from {row['leads']}, when it is not in post")
    if not keys:
        raise ValueError("has no source; name facts of evidence.csv or keys of sources.yaml")
    for key in keys:
        if key not in sources():
            hint = nearest(key, sources())
            raise ValueError(f"source {key!r} is in neither evidence.csv nor sources.yaml{hint}")
    return Tenure(
        key=row["key"],
        side=side,
        post=post,
        title=row["title"],
        name=row["name"],
        start=start,
        until=until,
        heard=heard,
        camp=camp,
        voice=voice,
        mandate=mandate,
        leads=leads,
        signs=row["signs"],
        source=row["source"],
    )


def _code(found: str, what: str, allowed: Mapping[str, int]) -> int:
    if found not in allowed:
        hint = nearest(found, allowed) or f" (allowed: {', '.join(allowed)})"
        raise ValueError(f"{found!r} is no {what}{hint}")
    return allowed[found]


def _ordinal(text: str, column: str) -> int:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{column}` {text!r} is not a day; write YYYY-MM-DD") from None
    if day > CUTOFF:
        raise ValueError(f"`{column}` {text} is after {CUTOFF}, the last day the project knows")
    return day.toordinal()


def _share(text: str, column: str) -> float:
    try:
        value = float(text or "0")
    except ValueError:
        raise ValueError(f"`{column}` {text!r} is not a number") from None
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"`{column}` {text} is not between 0 and 1")
    return value


def _day(ordinal: int) -> str:
    return "no known day" if ordinal == EVER else str(date.fromordinal(ordinal))


def terms_within(terms: Iterable[Tenure], start: int, until: int) -> tuple[Tenure, ...]:
    """Returns the terms that are heard or in post on some day of a run."""
    return tuple(term for term in terms if term.heard <= until and start <= term.until)


def terms_known(terms: Iterable[Tenure], day: int) -> tuple[Tenure, ...]:
    """Returns the terms as they were known on a day, an ordinal.

    Nobody is known who had not been named. The end of a term is known once a successor has been
    named, of the person or of the leader with whom it ends; so before an election those in post
    stay. Whoever is to lead talks later does so from the next day: the mandate goes with the post.
    """
    named = [term for term in terms if term.heard <= day]
    followed = [term for term in named if any(_follows(other, term) for other in named)]
    last_days = {(term.side, term.until) for term in followed if term.post == Post.LEADER}

    def ends_unknown(term: Tenure) -> bool:
        return term not in followed and (term.side, term.until) not in last_days

    return tuple(
        replace(
            term,
            until=EVER if day < term.until and ends_unknown(term) else term.until,
            leads=max(term.start, day + 1) if day < term.leads < EVER else term.leads,
        )
        for term in named
    )


def _follows(one: Tenure, other: Tenure) -> bool:
    """Returns whether a term follows another in its post."""
    return (one.side, one.post) == (other.side, other.post) and other.start < one.start


def seat_on(terms: Iterable[Tenure], day: int, side: int, post: int) -> Seat:
    """Returns what the holder of a post weighs on a day: of several who are heard, the last to be
    named speaks for it."""
    heard = [
        term
        for term in terms
        if (term.side, term.post) == (side, post) and term.heard <= day <= term.until
    ]
    if not heard:
        return Seat(day, side, post)
    term = max(heard, key=lambda each: each.heard)
    return Seat(day, side, post, term.camp, term.voice, term.mandate if term.leads <= day else 0.0)


def seats_on(terms: Iterable[Tenure], day: int) -> tuple[Seat, ...]:
    """Returns what the holders of all posts that the terms name weigh on a day."""
    known = tuple(terms)
    posts = sorted({(term.side, term.post) for term in known})
    return tuple(seat_on(known, day, side, post) for side, post in posts)


def seat_changes(terms: Iterable[Tenure], start: int, until: int) -> tuple[Seat, ...]:
    """Returns the changes in what holders weigh after the first day of a run, by day, side and
    post."""
    known = tuple(terms)
    days = {day for term in known for day in (term.heard, term.leads, term.until + 1)}
    changes = []
    before = {(seat.side, seat.post): seat for seat in seats_on(known, start)}
    for day in sorted(day for day in days if start < day <= until):
        for seat in seats_on(known, day):
            last = before[seat.side, seat.post]
            if (seat.camp, seat.voice, seat.mandate) != (last.camp, last.voice, last.mandate):
                changes.append(seat)
            before[seat.side, seat.post] = seat
    return tuple(changes)


def holder(terms: Iterable[Tenure], day: int, side: int, post: int) -> Tenure | None:
    """Returns who is in a post on a day; None if nobody is known to be."""
    for term in terms:
        if (term.side, term.post) == (side, post) and term.start <= day <= term.until:
            return term
    return None
