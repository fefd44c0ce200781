"""What happens in a run that is no act of `vocabulary.Act`, and the names of both.

Stored events hold these codes. They lie above those of acts and are never renumbered.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from sim.model.tables.vocabulary import Act

NOBODY: Final = -1
"""In the place of a side: nobody in particular acts."""


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
    CONFIRM_US = 84
    CONFIRM_HOST = 85
    CONFIRM_CN = 86
    TAKES_FORCE = 87
    SNAPBACK = 88
    DELIVERIES = 89
    BREACH = 90


NAMES: Final[dict[int, str]] = {int(code): code.name.lower() for code in (*Act, *Happening)}
"""Every kind of event by its code."""

CODES: Final = {name: code for code, name in NAMES.items()}
"""The code of every kind of event by its name."""
