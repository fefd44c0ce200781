"""Happenings, the events that are not acts of a government, and the words for every kind of event.

Stored events hold these codes. They lie above those of acts and never change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final, Protocol

from sim.engine.clocks import Phase
from sim.model.bargain.clauses import CLAUSES, ClauseRow
from sim.model.governments.acts import ACTS, COURSES
from sim.model.tables.codes import CN, ENTITIES, RARE_EARTHS, US
from sim.model.tables.vocabulary import (
    ACT_NAMES,
    AGREE_FIRST,
    REFUSE_FIRST,
    Diverter,
    Instrument,
    Package,
    Partner,
    Party,
    Remark,
    signature_name,
)

NOBODY: Final = -1
"""Stands for a side where no side acts."""

LEAST_BILLIONS: Final = 0.1
"""Amount of money from which it is given in billions of dollars."""


@unique
class Happening(IntEnum):
    """Kinds of events other than acts."""

    REPLY_NONE = 64
    REPLY_CONTROL = 65
    REPLY_TECH = 66  # replies in kind: 66 + instrument
    REPLY_ENTITIES = 67
    REPLY_INBOUND = 68
    REPLY_OUTBOUND = 69
    REPLY_PORT_FEES = 70
    REPLY_VISAS = 71
    CLEAR_REVIEW = 72
    REVIEW_DUE = 73
    INCIDENT = 74
    CRISIS = 75
    MINISTERS_ROUND = 76
    STALL = 77
    SUMMIT_AGREED = 78
    SUMMIT_DATED = 79
    SUMMIT_SLIPS = 80
    SUMMIT_LAPSES = 81
    SUMMIT_HELD = 82
    SUMMIT_FAILS = 83
    CONFIRM_US = 84  # confirmations: 84 + party
    CONFIRM_HOST = 85
    CONFIRM_CN = 86
    TAKES_FORCE = 87
    SNAPBACK = 88
    DELIVERIES = 89
    BREACH = 90
    COURT_STRIKES = 91
    COURT_UPHOLDS = 92
    DUTIES_END = 93
    CONGRESS_EXTENDS = 94
    BUNDLE_STOPPED = 104
    INVESTMENT_APPROVED = 105
    INVESTMENT_DENIED = 106
    GAIN = 107
    BUNDLE_REFUSED = 108
    STATUTE_TAKES_FORCE = 109
    READOUT = 110
    POST_PRAISE = 111  # posts: 110 + kind
    POST_OPTIMISM = 112
    POST_FRUSTRATION = 113
    CONCILIATORY_LINE = 114
    NOTHING_OFFERED = 115
    OPENING_PREPARED = 120  # China's opening bid: 119 + stage
    OPENING_WITHHELD = 121
    OPENING_TABLED = 122
    THREATEN_NEIGHBOURS = 256  # threats against others: 256 + partner
    THREATEN_EUROPE = 257
    THREATEN_FURTHER = 258
    HIT_NEIGHBOURS = 259  # such threats carried out: 259 + partner
    HIT_EUROPE = 260
    HIT_FURTHER = 261
    SPARE_NEIGHBOURS = 262  # such threats suspended: 262 + partner
    SPARE_EUROPE = 263
    SPARE_FURTHER = 264
    THAW = 265
    TAIWAN_CONTACT = 266
    DISASTER = 267  # matters that take attention: 267 + diverter
    FRONT = 268
    JOURNEY = 269
    SESSION = 270
    BARRIERS = 271
    FORCE_MAJEURE = 300
    SUBSTITUTE_SENT = 301
    COURT_HEARS = 302
    ELECTION_WON = 303
    ELECTION_LOST = 304
    NEW_ADMINISTRATION = 305


IN_KIND: Final = range(Happening.REPLY_TECH, Happening.CLEAR_REVIEW)
POSTS: Final = range(Happening.POST_PRAISE, Happening.CONCILIATORY_LINE)
CONFIRMATIONS: Final = range(Happening.CONFIRM_US, Happening.TAKES_FORCE)

THREATS_TO_OTHERS: Final = range(Happening.THREATEN_NEIGHBOURS, Happening.HIT_NEIGHBOURS)
DIVERSIONS: Final = range(Happening.DISASTER, Happening.BARRIERS)

if len(IN_KIND) != len(Instrument) or len(CONFIRMATIONS) != len(Party):
    raise ValueError("happenings must have one reply for each instrument, one yes for each party")
if len(THREATS_TO_OTHERS) != len(Partner) or len(DIVERSIONS) != len(Diverter):
    raise ValueError("happenings must have a threat for each partner, one event for each diverter")
if len(POSTS) + 1 != len(Remark):
    raise ValueError("happenings must have one post for each kind of remark")

CLAUSE_NAMES: Final[dict[int, str]] = {
    first + row.clause: f"{verb}_{row.clause.name.lower()}"
    for first, verb in ((AGREE_FIRST, "agree"), (REFUSE_FIRST, "refuse"))
    for row in CLAUSES
}
"""Names of the events that list the clauses of a bundle, by code."""

NAMES: Final[dict[int, str]] = (
    ACT_NAMES | {int(code): code.name.lower() for code in Happening} | CLAUSE_NAMES
)
"""Names of all kinds of events, by code."""

if len(NAMES) != len(ACT_NAMES) + len(Happening) + len(CLAUSE_NAMES):
    raise ValueError("two kinds of events have one code")

CODES: Final = {name: code for code, name in NAMES.items()}
"""Codes of all kinds of events, by name."""


@dataclass(frozen=True, slots=True)
class EventWords:
    """Words for one kind of event, and the phase of the day in which it occurs.

    Attributes:
        text: Text of the chronicle, after the name of the side that acts; a whole sentence if no
            side acts. `{size}` is the size of the event, `{s}` the plural of what it counts,
            `{usd}` the size as an amount of money; `{other}` is the name of the other side,
            `{their}` its adjective. `details` adds what only a run can tell.
        noun: Noun for the event, so that `no` may precede it.
        phase: Phase of the day in which it occurs.
    """

    text: str
    noun: str
    phase: Phase = Phase.REVIEWS


_REPLY = Phase.REPLIES
_MEETING = Phase.MEETINGS
_ABROAD = Phase.SHOCKS
PARTNERS: Final = ("Mexico and Canada", "the European Union", "Vietnam")
"""Those whom Washington may threaten besides, in the order of their codes."""

_HAPPENINGS: Final[dict[Happening, EventWords]] = {
    Happening.REPLY_NONE: EventWords(
        "does not answer the tariff increase", "tariff increase left unanswered", _REPLY
    ),
    Happening.REPLY_CONTROL: EventWords(
        "adds a control to its reply: on rare earths or on listed firms",
        "export control added to a reply",
        _REPLY,
    ),
    Happening.REPLY_TECH: EventWords(
        "answers by tightening technology controls", "export control in reply", _REPLY
    ),
    Happening.REPLY_ENTITIES: EventWords(
        "answers by blacklisting {their} firms", "firms blacklisted in reply", _REPLY
    ),
    Happening.REPLY_INBOUND: EventWords(
        "answers by limiting Chinese investment", "investment limits in reply", _REPLY
    ),
    Happening.REPLY_OUTBOUND: EventWords(
        "answers by limiting US investment in China", "investment limits in reply", _REPLY
    ),
    Happening.REPLY_PORT_FEES: EventWords(
        "answers with port fees on {their} ships", "port fees in reply", _REPLY
    ),
    Happening.REPLY_VISAS: EventWords("answers by limiting visas", "visa limits in reply", _REPLY),
    Happening.CLEAR_REVIEW: EventWords(
        "closes its trade reviews without a new duty on China", "trade reviews closed"
    ),
    Happening.REVIEW_DUE: EventWords(
        "The reviews by US agencies of trade policy and of compliance with the accord of 2020 fall "
        "due",
        "agencies' review due",
        Phase.CALENDAR,
    ),
    Happening.CRISIS: EventWords(
        "A crisis over Taiwan freezes relations; Beijing breaks off all talks",
        "crisis",
        Phase.SHOCKS,
    ),
    Happening.INCIDENT: EventWords(
        "An incident at sea or in the air strains relations", "incident", Phase.SHOCKS
    ),
    Happening.MINISTERS_ROUND: EventWords(
        "Ministers of the two sides meet", "ministers' round", _MEETING
    ),
    Happening.STALL: EventWords("The talks stall", "stall in the talks", _MEETING),
    Happening.SUMMIT_AGREED: EventWords(
        "Both sides agree to hold a leaders' meeting", "leaders' meeting agreed", _MEETING
    ),
    Happening.SUMMIT_DATED: EventWords(
        "Place and date of the leaders' meeting are set", "leaders' meeting dated", _MEETING
    ),
    Happening.SUMMIT_SLIPS: EventWords(
        "The date of the leaders' meeting slips", "leaders' meeting postponed", _MEETING
    ),
    Happening.SUMMIT_LAPSES: EventWords(
        "The plan for a leaders' meeting is dropped: {size:.0f} day{s} after it was agreed it has "
        "no date",
        "plan for a leaders' meeting dropped",
        _MEETING,
    ),
    Happening.SUMMIT_HELD: EventWords("The leaders meet", "leaders' meeting held", _MEETING),
    Happening.SUMMIT_FAILS: EventWords(
        "The leaders' meeting ends in open discord", "leaders' meeting ended in discord", _MEETING
    ),
    Happening.CONFIRM_US: EventWords(
        "confirms the leaders' meeting", "US confirmation of the leaders' meeting", _MEETING
    ),
    Happening.CONFIRM_HOST: EventWords(
        "The host confirms the leaders' meeting",
        "confirmation of the leaders' meeting by its host",
        _MEETING,
    ),
    Happening.CONFIRM_CN: EventWords(
        "confirms the leaders' meeting", "Chinese confirmation of the leaders' meeting", _MEETING
    ),
    Happening.TAKES_FORCE: EventWords(
        "puts announced duties of {size:.0f} point{s} on all {their} goods into force",
        "announced duty put into force",
        Phase.IMPLEMENTATION,
    ),
    Happening.STATUTE_TAKES_FORCE: EventWords(
        "Duties under another statute replace those struck down (points on all goods: {size:.0f})",
        "duty under another statute",
        Phase.IMPLEMENTATION,
    ),
    Happening.SNAPBACK: EventWords(
        "The truce lapses: suspended duties snap back", "truce lapsed", Phase.EXPIRIES
    ),
    Happening.DELIVERIES: EventWords(
        "buys US goods worth {usd} under its pledge",
        "pledged purchases delivered",
        Phase.ECONOMY,
    ),
    Happening.BREACH: EventWords(
        "misses its purchase pledge", "purchase pledge missed", Phase.ECONOMY
    ),
    Happening.COURT_HEARS: EventWords(
        "The Supreme Court hears the case against the duties under the emergency powers",
        "hearing on the emergency duties",
        Phase.CALENDAR,
    ),
    Happening.COURT_STRIKES: EventWords(
        "The Supreme Court strikes down the duties under the emergency powers (days until they "
        "end: {size:.0f})",
        "ruling against the emergency duties",
        Phase.CALENDAR,
    ),
    Happening.COURT_UPHOLDS: EventWords(
        "The Supreme Court upholds the duties under the emergency powers",
        "ruling for the emergency duties",
        Phase.CALENDAR,
    ),
    Happening.DUTIES_END: EventWords(
        "US duties of {size:.0f} points end, as the law requires",
        "US duty ended by law",
        Phase.CALENDAR,
    ),
    Happening.CONGRESS_EXTENDS: EventWords(
        "Congress extends the duty under section 122",
        "extension of the duty under section 122 by Congress",
        Phase.CALENDAR,
    ),
    Happening.BUNDLE_STOPPED: EventWords(
        "cannot get at home what its negotiators have agreed", "bargain stopped at home", _MEETING
    ),
    Happening.INVESTMENT_APPROVED: EventWords(
        "approves Chinese investment of {size:.0f} billion dollars",
        "approval of an investment",
        Phase.CALENDAR,
    ),
    Happening.INVESTMENT_DENIED: EventWords(
        "stops the investment in its review", "investment stopped in review", Phase.CALENDAR
    ),
    Happening.BUNDLE_REFUSED: EventWords(
        "turns down {other}'s offer of {size:.0f} clause{s}", "offer turned down", _MEETING
    ),
    Happening.NOTHING_OFFERED: EventWords("makes no offer", "meeting without an offer", _MEETING),
    Happening.SUBSTITUTE_SENT: EventWords(
        "The invitation to a leaders' meeting is turned down; an envoy of high rank goes instead",
        "invitation turned down with a substitute",
        _MEETING,
    ),
    Happening.ELECTION_WON: EventWords(
        "The party in office wins the US presidential election",
        "election won by the party in office",
        Phase.CALENDAR,
    ),
    Happening.ELECTION_LOST: EventWords(
        "The challenger wins the US presidential election",
        "election won by the challenger",
        Phase.CALENDAR,
    ),
    Happening.NEW_ADMINISTRATION: EventWords(
        "A new administration takes office in Washington",
        "change of administration in Washington",
        Phase.CALENDAR,
    ),
    Happening.FORCE_MAJEURE: EventWords(
        "A disaster disrupts trade and excuses part of what China does not deliver",
        "disaster",
        Phase.SHOCKS,
    ),
    Happening.OPENING_PREPARED: EventWords(
        "begins to draft an opening bid", "opening bid begun", _MEETING
    ),
    Happening.OPENING_WITHHELD: EventWords(
        "has an opening bid ready, and keeps it back", "opening bid made ready", _MEETING
    ),
    Happening.OPENING_TABLED: EventWords(
        "puts its opening bid on the table", "opening bid tabled", _MEETING
    ),
    Happening.GAIN: EventWords(
        "finds the agreement worth {size:+.2f}, where 0 is the least it accepts",
        "gain by a bargain",
        _MEETING,
    ),
    Happening.READOUT: EventWords(
        "gives its own account (warmth {size:.2f} of 1)",
        "public account of a contact",
        _REPLY,
    ),
    Happening.POST_PRAISE: EventWords("praises China's leader in a post", "post of praise", _REPLY),
    Happening.POST_OPTIMISM: EventWords(
        "voices optimism about China in a post", "optimistic post", _REPLY
    ),
    Happening.POST_FRUSTRATION: EventWords(
        "voices frustration with China in a post", "frustrated post", _REPLY
    ),
    Happening.CONCILIATORY_LINE: EventWords(
        "speaks of working together: its commerce minister strikes a conciliatory note",
        "conciliatory line",
        _REPLY,
    ),
    Happening.THAW: EventWords(
        "Washington and Moscow draw closer", "step in a thaw between the US and Russia", _ABROAD
    ),
    Happening.TAIWAN_CONTACT: EventWords(
        "A delegation from Taiwan visits the United States", "visit from Taiwan", _ABROAD
    ),
    Happening.DISASTER: EventWords(
        "is busy with a disaster at home for {size:.0f} day{s}", "disaster in the US", _ABROAD
    ),
    Happening.FRONT: EventWords(
        "is busy with a clash with another country for {size:.0f} day{s}",
        "clash of the US with another country",
        _ABROAD,
    ),
    Happening.JOURNEY: EventWords(
        "is busy with a journey of the president elsewhere for {size:.0f} day{s}",
        "journey of the US president elsewhere",
        _ABROAD,
    ),
    Happening.SESSION: EventWords(
        "is busy with a session of party or congress for {size:.0f} day{s}",
        "session of party or congress in China",
        _ABROAD,
    ),
    Happening.BARRIERS: EventWords(
        "Third countries close their markets to part of the Chinese goods that the US no longer "
        "buys",
        "barriers of third countries",
        Phase.ECONOMY,
    ),
    **{
        Happening(first + place): EventWords(
            text.format(partner=partner), noun.format(partner=partner), _ABROAD
        )
        for first, text, noun in (
            (
                Happening.THREATEN_NEIGHBOURS,
                "threatens {partner} with duties",
                "threat of US duties against {partner}",
            ),
            (
                Happening.HIT_NEIGHBOURS,
                "puts the threatened duties on {partner} into force",
                "US duty on {partner}",
            ),
            (
                Happening.SPARE_NEIGHBOURS,
                "suspends its threat against {partner} for concessions",
                "suspension of a threat against {partner}",
            ),
        )
        for place, partner in enumerate(PARTNERS)
    },
}

_SIGNED: Final = {
    Package.TRUCE: ("The two sides sign a truce", "signing of a truce"),
    Package.EXTENSION: ("The two sides extend the truce", "extension of the truce"),
    Package.SWAP: ("The two sides agree on an exchange of concessions", "exchange of concessions"),
    Package.PURCHASES: ("The two sides sign a deal on purchases", "signing of a purchase deal"),
    Package.FENTANYL: ("The two sides sign a deal on fentanyl", "signing of a deal on fentanyl"),
    Package.INVESTMENT: (
        "The two sides sign an investment deal", "signing of an investment deal"
    ),
    Package.COMPREHENSIVE: (
        "The two sides sign a comprehensive deal", "signing of a comprehensive deal"
    ),
}  # fmt: skip
"""Text and noun of each kind of bundle; the events after it list its clauses."""


def _agreed(row: ClauseRow) -> EventWords:
    text = row.text if row.giver is not None else f"Both sides {row.text}"
    return EventWords(text, f"agreement on {row.noun}", _MEETING)


def _refused(row: ClauseRow) -> EventWords:
    return EventWords(f"would not agree to {row.noun}", f"refusal of {row.noun}", _MEETING)


WORDS: Final[dict[str, EventWords]] = (
    {row.act.name.lower(): EventWords(row.text, row.noun) for row in ACTS}
    | {
        row.act.name.lower(): EventWords(
            row.text, row.noun, Phase.REPLIES if row.replies else Phase.REVIEWS
        )
        for row in COURSES
    }
    | {
        signature_name(package): EventWords(text, noun, Phase.MEETINGS)
        for package, (text, noun) in _SIGNED.items()
    }
    | {CLAUSE_NAMES[AGREE_FIRST + row.clause]: _agreed(row) for row in CLAUSES}
    | {CLAUSE_NAMES[REFUSE_FIRST + row.clause]: _refused(row) for row in CLAUSES}
    | {code.name.lower(): words for code, words in _HAPPENINGS.items()}
)
"""Words for all kinds of events, by name."""

if WORDS.keys() != CODES.keys():
    raise ValueError(f"events without words: {sorted(CODES.keys() - WORDS.keys())}")

WHO: Final = {US: "Washington", CN: "Beijing"}
_ADJECTIVE: Final = {US: "US", CN: "Chinese"}

_OF_CHINA: Final[dict[str, str]] = {
    "reply_tech": "answers by tightening rare-earth licences",
    "reply_inbound": "answers by opening an investigation of a US firm",
    "reply_outbound": "answers by ordering state buyers to stop buying US goods",
    "seek_talks": "lets it be known that it is ready for talks",
}
"""Texts for China where they differ from those for the US: replies in kind by an instrument of its
own, and an overture, which Beijing avoids to call a request."""

_OF_SIZE: Final[dict[tuple[str, int, str], str]] = {
    ("summit_lapses", NOBODY, "0"): "The invitation to a leaders' meeting is turned down",
    ("takes_force", CN, "0"): "puts announced duties on lists of US goods into force",
    ("statute_takes_force", NOBODY, "0"): "Duties on more sectors under section 232 take effect",
    ("reply_control", CN, f"{RARE_EARTHS}"): "adds a control of rare earths to its reply",
    ("reply_control", CN, f"{ENTITIES}"): "adds US firms to its lists along with its reply",
}
"""Texts for an event of a certain size, by event, side and size: duties that take effect but add no
points on all goods, and the instrument of a control."""

_CONSENT: Final[dict[str, str]] = {"call_leader": "agrees, and they speak"}
"""Texts of a consent by which something happens at once, by event."""


class Size(Protocol):
    """Size of an event: a number, or a range that formats itself where one is expected."""

    def __format__(self, spec: str, /) -> str:
        """Returns it as text."""


def event_text(name: str, side: int, size: Size, agreed: bool | None = None) -> str:
    """Returns an event as a sentence, independent of any one run.

    Args:
        name: Name of the kind of event.
        side: The side that acts, or `NOBODY`.
        size: Its size, in the unit of the kind.
        agreed: Whether the other side agrees; None if it is not asked.
    """
    number = f"{size:.0f}"
    plural = "" if number == "1" else "s"
    text = _OF_SIZE.get((name, side, number), WORDS[name].text)
    if side == NOBODY:
        return text.format(size=size, s=plural)
    if side == CN:
        text = _OF_CHINA.get(name, text)
    other = 1 - side
    text = text.format(
        size=size, s=plural, usd=money(size), other=WHO[other], their=_ADJECTIVE[other]
    )
    if agreed is not None:
        answer = _CONSENT.get(name, "agrees") if agreed else "declines"
        text += f"; {WHO[other]} {answer}"
    return f"{WHO[side]} {text}"


def money(usd_bn: Size) -> str:
    """Returns an amount given in USD bn, in millions if it is small."""
    ends = f"{usd_bn:.4f}".split(" to ")
    if all(float(end) < LEAST_BILLIONS for end in ends):
        return f"{_range(ends, 1000.0, 0)} million dollars"
    return f"{_range(ends, 1.0, 2)} billion dollars"


def _range(ends: Sequence[str], scale: float, decimals: int) -> str:
    texts = dict.fromkeys(f"{scale * float(end):.{decimals}f}" for end in ends)
    return " to ".join(texts)
