"""Draw sites: every place that uses a uniform, with its stream and its constant k.

A site names one column of a day's row of uniforms, or the first of several consecutive columns.
Columns may be added or reordered. The bits depend on the pair (stream, k), which never changes.
"""

from __future__ import annotations

from typing import Final

from sim.engine.draws import Stream
from sim.model.tables.codes import N_CATEGORIES, N_PARTNERS, N_REMARKS
from sim.model.tables.vocabulary import N_CHOICES

_columns: list[tuple[int, int]] = []


def _site(stream: Stream, k: int = 0) -> int:
    _columns.append((int(stream), k))
    return len(_columns) - 1


def _span(stream: Stream, count: int, first: int = 0) -> int:
    start = len(_columns)
    for k in range(first, first + count):
        _site(stream, k)
    return start


REVIEW: Final = (_site(Stream.US_REVIEW), _site(Stream.CN_REVIEW))
CHOICE: Final = (_span(Stream.US_CHOICE, N_CHOICES), _span(Stream.CN_CHOICE, N_CHOICES))
# Draws an act needs beyond its choice: size and date of a threat, the other side's answer.
ACT_ONE: Final = (_site(Stream.TALKS_ANSWER, 0), _site(Stream.TALKS_ANSWER, 1))
ACT_TWO: Final = (_site(Stream.TALKS_ANSWER, 2), _site(Stream.TALKS_ANSWER, 3))

THREAT_CLOCK: Final = _site(Stream.THREAT_CLOCK)
THREAT_EXECUTE: Final = _site(Stream.THREAT_CHOICE, 32)
THREAT_POSTPONE: Final = _site(Stream.THREAT_CHOICE, 33)
THREAT_DROP: Final = _site(Stream.THREAT_CHOICE, 34)
THREAT_LEAD: Final = _site(Stream.THREAT_CHOICE, 0)

VERDICT: Final = _site(Stream.REVIEW_VERDICT, 0)
PENALTY: Final = _site(Stream.REVIEW_VERDICT, 1)
PENALTY_SIZE: Final = _site(Stream.REVIEW_VERDICT, 2)

REPLY: Final = _site(Stream.CN_REPLY, 0)
REPLY_ANSWER: Final = _site(Stream.CN_REPLY_FORM, 0)
REPLY_FORM: Final = _site(Stream.CN_REPLY_FORM, 1)
REPLY_COVER: Final = _site(Stream.CN_REPLY_FORM, 2)
REPLY_CONTROL: Final = _site(Stream.CN_REPLY_FORM, 3)
KIND: Final = (_site(Stream.US_REPLY, 1), _site(Stream.CN_REPLY, 1))
KIND_FORM: Final = (_site(Stream.US_REPLY_FORM, 1), _site(Stream.CN_REPLY_FORM, 4))
COUNTER: Final = _site(Stream.US_REPLY, 0)
COUNTER_SIZE: Final = _site(Stream.US_REPLY_FORM, 0)

ROUND: Final = _site(Stream.ROUND)
# At a meeting each side has two answers (a proposal, a counter-proposal) and a vote at home.
ROUND_SIGN: Final = (_span(Stream.ROUND_SIGN_US, 2), _span(Stream.ROUND_SIGN_CN, 2))
ROUND_VOTE: Final = (_site(Stream.ROUND_SIGN_US, 2), _site(Stream.ROUND_SIGN_CN, 2))
STALL: Final = _site(Stream.STALL)
EXTENSION: Final = _site(Stream.EXTENSION, 0)
EXTENSION_SIGN: Final = (_site(Stream.EXTENSION, 1), _site(Stream.EXTENSION, 2))
REVIVAL: Final = _site(Stream.EXTENSION, 3)
REVIVAL_SIGN: Final = (_site(Stream.EXTENSION, 4), _site(Stream.EXTENSION, 5))
PAUSE_LENGTH: Final = _span(Stream.PAUSE_LENGTH, 2)
RESERVE: Final = (_span(Stream.RESERVE, 2), _span(Stream.RESERVE, 2, 2))

SUMMIT_STEP: Final = _site(Stream.SUMMIT_STEP, 0)
SUMMIT_LAPSE: Final = _site(Stream.SUMMIT_STEP, 1)
SUMMIT_LEAD: Final = _site(Stream.SUMMIT_STEP, 2)
SUMMIT_VENUE: Final = _span(Stream.SUMMIT_VENUE, 4, 1)
SUMMIT_CONFIRM: Final = _span(Stream.SUMMIT_CONFIRM, 3)
SUMMIT_CANCEL: Final = _site(Stream.SUMMIT_CANCEL)
SUMMIT_RESULT: Final = _site(Stream.SUMMIT_RESULT)
SUMMIT_SIGN: Final = (_span(Stream.SUMMIT_SIGN_US, 2), _span(Stream.SUMMIT_SIGN_CN, 2))
SUMMIT_VOTE: Final = (_site(Stream.SUMMIT_SIGN_US, 2), _site(Stream.SUMMIT_SIGN_CN, 2))
APPROVAL: Final = _site(Stream.SUMMIT_SIGN_US, 3)

DELIVERY: Final = _span(Stream.DELIVERY, N_CATEGORIES)
# Readings of the other side: at a meeting or by a message, and at a leaders' call.
READING: Final = (_span(Stream.BELIEF, 2), _span(Stream.BELIEF, 2, 2))
CALL_READING: Final = (_span(Stream.BELIEF, 2, 4), _span(Stream.BELIEF, 2, 6))
MESSAGE: Final = _site(Stream.BELIEF, 8)
OPENING: Final = _site(Stream.BELIEF, 9)
AIMS: Final = _span(Stream.BELIEF, 2, 10)

INCIDENT: Final = _site(Stream.SHOCK, 0)
INCIDENT_SEVERITY: Final = _site(Stream.SHOCK, 1)

SUBSTITUTE: Final = _site(Stream.SUMMIT_STEP, 3)
FORCE_MAJEURE: Final = _site(Stream.SHOCK, 8)
FORCE_MAJEURE_STRENGTH: Final = _site(Stream.SHOCK, 9)

RULING: Final = _site(Stream.COURT, 0)
RULING_FORM: Final = _site(Stream.COURT, 1)
WIND_DOWN: Final = _site(Stream.COURT, 2)
REFUND: Final = _site(Stream.COURT, 3)
CONGRESS: Final = _site(Stream.COURT, 4)

OTHERS_THREAT: Final = _site(Stream.OTHERS, 0)
OTHERS_PARTNER: Final = _site(Stream.OTHERS, 1)
OTHERS_DEADLINE: Final = _span(Stream.OTHERS, N_PARTNERS, 2)
OTHERS_NOTICE: Final = _site(Stream.OTHERS, 2 + N_PARTNERS)
THAW: Final = _site(Stream.THAW)
TAIWAN_CONTACT: Final = _site(Stream.TAIWAN)
DIVERSION: Final = (_site(Stream.DIVERSION, 0), _site(Stream.DIVERSION, 1))
DIVERTER: Final = (_site(Stream.DIVERSION, 2), _site(Stream.DIVERSION, 3))
DIVERTER_DAYS: Final = (_site(Stream.DIVERSION, 4), _site(Stream.DIVERSION, 5))
POST: Final = _site(Stream.NEWS, 0)
POST_CHOICE: Final = _span(Stream.NEWS, N_REMARKS, 1)
READOUT: Final = (_site(Stream.NEWS, 16), _site(Stream.NEWS, 17))
READOUT_NOISE: Final = (_site(Stream.NEWS, 18), _site(Stream.NEWS, 19))
LINE: Final = _site(Stream.NEWS, 20)
REBUKED: Final = _site(Stream.NEWS, 21)
ELECTION: Final = _site(Stream.ELECTION)

COLUMNS: Final[tuple[tuple[int, int], ...]] = tuple(_columns)
