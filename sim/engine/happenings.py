"""Happenings of a run that are no acts of a government, and the words for every kind of event.

Stored events hold these codes. They lie above those of acts and are never renumbered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final

from sim.engine.clocks import Phase
from sim.model.bargain.packages import PACKAGES
from sim.model.governments.acts import ACTS, COURSES
from sim.model.tables.vocabulary import ACT_NAMES, Instrument, Party, signature_name

NOBODY: Final = -1
"""In the place of a side: nobody in particular acts."""


@unique
class Happening(IntEnum):
    """Kinds of happenings beyond acts."""

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


IN_KIND: Final = range(Happening.REPLY_TECH, Happening.CLEAR_REVIEW)
CONFIRMATIONS: Final = range(Happening.CONFIRM_US, Happening.TAKES_FORCE)

if len(IN_KIND) != len(Instrument) or len(CONFIRMATIONS) != len(Party):
    raise ValueError("happenings must have one reply for each instrument, one yes for each party")

NAMES: Final[dict[int, str]] = ACT_NAMES | {int(code): code.name.lower() for code in Happening}
"""Every kind of event by its code."""

if len(NAMES) != len(ACT_NAMES) + len(Happening):
    raise ValueError("an act or a signature has the code of a happening")

CODES: Final = {name: code for code, name in NAMES.items()}
"""The code of every kind of event by its name."""


@dataclass(frozen=True, slots=True)
class EventWords:
    """How one kind of event reads, and when in a day it comes.

    Attributes:
        text: What the chronicle says, after the name of the side that acts; a whole sentence
            where nobody in particular does. `{size}` is the size of the event.
        noun: What it leaves behind, so that `no` may stand before it.
        phase: When in a day it comes.
    """

    text: str
    noun: str
    phase: Phase = Phase.REVIEWS


_REPLY = Phase.REPLIES
_MEETING = Phase.MEETINGS

_HAPPENINGS: Final[dict[Happening, EventWords]] = {
    Happening.REPLY_NONE: EventWords(
        "lets the hike go unanswered", "tariff rise left unanswered", _REPLY
    ),
    Happening.REPLY_CONTROL: EventWords(
        "adds a control to its answer", "control added to the reply", _REPLY
    ),
    Happening.REPLY_TECH: EventWords("answers in kind with a control", "control in reply", _REPLY),
    Happening.REPLY_ENTITIES: EventWords(
        "answers in kind with a listing", "firms listed in reply", _REPLY
    ),
    Happening.REPLY_INBOUND: EventWords(
        "answers in kind with limits on investment", "investment limited in reply", _REPLY
    ),
    Happening.REPLY_OUTBOUND: EventWords(
        "answers in kind with limits on investment", "investment limited in reply", _REPLY
    ),
    Happening.REPLY_PORT_FEES: EventWords(
        "answers in kind with port fees", "port fees in reply", _REPLY
    ),
    Happening.REPLY_VISAS: EventWords(
        "answers in kind with limits on visas", "visas limited in reply", _REPLY
    ),
    Happening.CLEAR_REVIEW: EventWords(
        "closes the compliance review without a penalty", "compliance review closed"
    ),
    Happening.REVIEW_DUE: EventWords(
        "The US agencies' review comes due", "agencies' review due", Phase.CALENDAR
    ),
    Happening.INCIDENT: EventWords(
        "An incident puts the two sides at odds", "incident", Phase.SHOCKS
    ),
    Happening.CRISIS: EventWords("A crisis freezes relations", "crisis", Phase.SHOCKS),
    Happening.MINISTERS_ROUND: EventWords(
        "Ministers of both sides meet", "ministers' round", _MEETING
    ),
    Happening.STALL: EventWords("The talks stall", "stall of the talks", _MEETING),
    Happening.SUMMIT_AGREED: EventWords(
        "Both sides agree to hold a leaders' meeting", "leaders' meeting agreed", _MEETING
    ),
    Happening.SUMMIT_DATED: EventWords(
        "Place and date of the leaders' meeting are set", "leaders' meeting dated", _MEETING
    ),
    Happening.SUMMIT_SLIPS: EventWords(
        "The date of the leaders' meeting slips", "leaders' meeting put off", _MEETING
    ),
    Happening.SUMMIT_LAPSES: EventWords(
        "The idea of a leaders' meeting is dropped", "plan of a leaders' meeting dropped", _MEETING
    ),
    Happening.SUMMIT_HELD: EventWords("The leaders meet", "leaders' meeting held", _MEETING),
    Happening.SUMMIT_FAILS: EventWords(
        "The leaders part in open discord", "leaders' meeting in discord", _MEETING
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
        "Announced duties take force", "announced duty in force", Phase.IMPLEMENTATION
    ),
    Happening.SNAPBACK: EventWords(
        "The truce lapses: suspended duties snap back", "truce lapsed", Phase.EXPIRIES
    ),
    Happening.DELIVERIES: EventWords(
        "buys {size:.2f} billion dollars of US goods under its pledge this month",
        "pledged purchases delivered",
        Phase.ECONOMY,
    ),
    Happening.BREACH: EventWords(
        "falls short of its pledge", "pledge fallen short of", Phase.ECONOMY
    ),
}

WORDS: Final[dict[str, EventWords]] = (
    {row.act.name.lower(): EventWords(row.text, row.noun) for row in ACTS}
    | {
        row.act.name.lower(): EventWords(
            row.text, row.noun, Phase.REPLIES if row.replies else Phase.REVIEWS
        )
        for row in COURSES
    }
    | {
        signature_name(row.package): EventWords(row.text, row.noun, Phase.MEETINGS)
        for row in PACKAGES
    }
    | {code.name.lower(): words for code, words in _HAPPENINGS.items()}
)
"""The words for every kind of event, by its name."""

if WORDS.keys() != CODES.keys():
    raise ValueError(f"events without words: {sorted(CODES.keys() - WORDS.keys())}")
