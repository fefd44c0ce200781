"""People who act for a side: which posts speak for each kind of event, and who holds them on a day.

Nothing here enters a rule. The table says whom the chronicle names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sim.engine.happenings import NAMES, NOBODY, Happening
from sim.model.tables.codes import CN, LEADERS, US
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Act, Package, Post, signature_name
from sim.scenario.people import holder
from sim.scenario.resolved_scenario import Tenure

Speakers = tuple[tuple[int, Post], ...]


LEADERS_OF_BOTH: Final[Speakers] = ((US, Post.LEADER), (CN, Post.LEADER))
NEGOTIATORS: Final[Speakers] = (
    (US, Post.TREASURY),
    (US, Post.TRADE_REPRESENTATIVE),
    (US, Post.COMMERCE),
    (CN, Post.LEAD_NEGOTIATOR),
    (CN, Post.COMMERCE),
)
"""Those who lead rounds of talks, as far as they have a mandate on the day."""

SPEAKERS: Final[dict[int, dict[int, Post]]] = {
    Act.THREATEN: {US: Post.LEADER},
    Act.HIKE: {US: Post.LEADER},
    Act.TIGHTEN_TECH: {US: Post.COMMERCE},
    Act.LIST_ENTITIES: {US: Post.COMMERCE, CN: Post.COMMERCE},
    Act.LIMIT_INBOUND: {US: Post.LEADER},
    Act.LIMIT_OUTBOUND: {US: Post.TREASURY},
    Act.SET_PORT_FEES: {US: Post.TRADE_REPRESENTATIVE},
    Act.LIMIT_VISAS: {US: Post.FOREIGN_MINISTER},
    Act.EASE_TECH: {US: Post.COMMERCE},
    Act.ACCUSE: {US: Post.LEADER, CN: Post.COMMERCE},
    Act.CUT_TARIFF: {US: Post.LEADER},
    Act.TIGHTEN_RARE_EARTHS: {CN: Post.COMMERCE},
    Act.EASE_RARE_EARTHS: {CN: Post.COMMERCE},
    Act.CATCH_UP_PURCHASES: {CN: Post.COMMERCE},
    Act.REBUKE: {CN: Post.FOREIGN_MINISTER},
    Act.SEEK_TALKS: {US: Post.TREASURY, CN: Post.COMMERCE},
    Act.CALL_LEADER: {US: Post.LEADER, CN: Post.LEADER},
    Act.FLOAT_SUMMIT: {US: Post.LEADER, CN: Post.FOREIGN_MINISTER},
    Act.IMPOSE_122: {US: Post.LEADER},
    Act.WIDEN_232: {US: Post.COMMERCE},
    Act.OPEN_301: {US: Post.TRADE_REPRESENTATIVE},
    Act.IMPOSE_338: {US: Post.LEADER},
    Act.EASE_CONTROLS: {US: Post.COMMERCE, CN: Post.COMMERCE},
    Act.EXECUTE_THREAT: {US: Post.LEADER},
    Act.POSTPONE_THREAT: {US: Post.LEADER},
    Act.DROP_THREAT: {US: Post.LEADER},
    Act.COUNTER_HIKE: {US: Post.LEADER},
    Act.PENALISE: {US: Post.LEADER},
    Happening.REPLY_CONTROL: {CN: Post.COMMERCE},
    Happening.REPLY_TECH: {US: Post.COMMERCE, CN: Post.COMMERCE},
    Happening.REPLY_ENTITIES: {US: Post.COMMERCE, CN: Post.COMMERCE},
    Happening.REPLY_INBOUND: {US: Post.LEADER},
    Happening.REPLY_OUTBOUND: {US: Post.TREASURY},
    Happening.REPLY_PORT_FEES: {US: Post.TRADE_REPRESENTATIVE},
    Happening.REPLY_VISAS: {US: Post.FOREIGN_MINISTER},
    Happening.CLEAR_REVIEW: {US: Post.TRADE_REPRESENTATIVE},
    Happening.CONFIRM_US: {US: Post.LEADER},
    Happening.POST_PRAISE: {US: Post.LEADER},
    Happening.POST_OPTIMISM: {US: Post.LEADER},
    Happening.POST_FRUSTRATION: {US: Post.LEADER},
    Happening.CONFIRM_CN: {CN: Post.FOREIGN_MINISTER},
}
"""Post that speaks for an act of a side: the leader for duties of the US, the commerce minister for
controls and listings, the foreign minister for rebukes. An act that is not listed (a purchase, an
order to state buyers) is an office's or the government's and nobody's in particular."""

TARIFF_COMMISSION: Final = "State Council Tariff Commission"
MARKET_REGULATOR: Final = "State Administration for Market Regulation"
TRANSPORT_MINISTRY: Final = "Ministry of Transport"

OFFICES: Final[dict[int, str]] = {
    Act.HIKE: TARIFF_COMMISSION,
    Act.REPLY_PARTIAL: TARIFF_COMMISSION,
    Act.REPLY_MIRROR: TARIFF_COMMISSION,
    Act.OPEN_PROBE: MARKET_REGULATOR,
    Act.SET_PORT_FEES: TRANSPORT_MINISTRY,
    Happening.REPLY_INBOUND: MARKET_REGULATOR,
    Happening.REPLY_PORT_FEES: TRANSPORT_MINISTRY,
}
"""Chinese office that acts where no post of the table does: duties are set by the commission of the
State Council, inquiries into firms opened by the antitrust authority, and port fees charged by the
ministry of transport."""

MEETINGS: Final[dict[int, Speakers]] = {
    Act.CALL_LEADER: LEADERS_OF_BOTH,
    Happening.MINISTERS_ROUND: NEGOTIATORS,
    Happening.SUMMIT_HELD: LEADERS_OF_BOTH,
    Happening.SUMMIT_FAILS: LEADERS_OF_BOTH,
    Happening.NEW_ADMINISTRATION: ((US, Post.LEADER),),
}
"""Posts that meet or take office, by event; a call counts as a meeting if it is taken."""

SIGNED: Final = frozenset(signature_name(package) for package in Package)

_BY_NAME: Final = {NAMES[code]: row for code, row in SPEAKERS.items()}
_OFFICE_OF: Final = {NAMES[code]: office for code, office in OFFICES.items()}
_MEET: Final = {NAMES[code]: row for code, row in MEETINGS.items()}


def speakers(
    people: Iterable[Tenure], state: State, kind: str, side: int, agreed: bool | None
) -> tuple[Tenure, ...]:
    """Returns who acts in an event, by the posts they hold on its day; a vacant post is passed
    over.

    Args:
        people: Terms of the run.
        state: The state after the event.
        kind: Name of the kind of event.
        side: The side that acts, or `NOBODY`.
        agreed: Whether the other side agrees; None if it is not asked.
    """
    known = tuple(people)
    found = (_holder(known, state, each, post) for each, post in _posts(state, kind, side, agreed))
    return tuple(term for term in found if term is not None)


def _posts(state: State, kind: str, side: int, agreed: bool | None) -> Iterator[tuple[int, Post]]:
    """Yields the sides and posts that act in an event."""
    row: Speakers = ()
    if kind in SIGNED:
        row = LEADERS_OF_BOTH if state.table_rank == LEADERS else NEGOTIATORS
    elif kind in _MEET and agreed is not False:
        row = _MEET[kind]
    elif side != NOBODY and side in _BY_NAME.get(kind, {}):
        row = ((side, _BY_NAME[kind][side]),)
    for each, post in row:
        if row is not NEGOTIATORS or state.mandate_part[each][post] > 0.0:
            yield each, post


def _holder(people: Iterable[Tenure], state: State, side: int, post: Post) -> Tenure | None:
    """Returns who holds a post today, as far as that is known: a party that has lost an election
    takes those along who were in post before."""
    term = holder(people, state.day, side, post) if state.filled[side][post] else None
    if term is not None and side == US and term.start < state.handover_day <= state.day:
        return None
    return term


def named(terms: Iterable[Tenure]) -> str:
    """Returns people by title and name, in brackets: those of one side after those of the other."""
    sides: dict[int, list[str]] = {}
    for term in terms:
        sides.setdefault(term.side, []).append(term.words)
    told = (
        " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        for names in sides.values()
    )
    words = "; ".join(told)
    return f" ({words})" if words else ""


def office(kind: str, side: int) -> str:
    """Returns the office that acts in an event, in brackets; empty if a post or nobody does."""
    name = _OFFICE_OF.get(kind, "") if side == CN else ""
    return f" ({name})" if name else ""


def attributed(text: str, terms: Iterable[Tenure], acting: str = "") -> str:
    """Returns an event in words with those who act, named before what the other side answers."""
    head, mark, tail = text.partition("; ")
    return f"{head}{named(terms) or acting}{mark}{tail}"
