"""Acts on record: the moves of the two governments since April 2017, one legal leg a row.

The shipped record ends on `tariffs.LAST_DAY`. A file of a user's own can be laid over it; its rows
add to the record, which they neither change nor remove.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, unique
from typing import Final

from sim.history.legs import NONE, is_duty

FIRST_DAY: Final = date(2017, 4, 1).toordinal()
"""First day of the record of acts; its last is `tariffs.LAST_DAY`."""

BOTH: Final = "both"
"""Stands for a side where the two act together."""


@unique
class ActType(Enum):
    """Types of acts on record.

    Attributes:
        side: `us`, `cn` or `both`.
        act: Name of the act among those of the side.
        title: Name in tables.
    """

    side: str
    act: str
    title: str

    US_HIKE = ("us", "hike", "US tariff increase")
    US_THREAT = ("us", "threat", "US tariff threat")
    US_CUT = ("us", "cut", "US tariff cut or delay")
    US_CONTROL = ("us", "control", "US control or listing")
    US_EASE = ("us", "ease", "US control eased")
    CN_HIKE = ("cn", "hike", "Chinese tariff increase")
    CN_THREAT = ("cn", "threat", "Chinese tariff threat")
    CN_CUT = ("cn", "cut", "Chinese tariff cut or delay")
    CN_CONTROL = ("cn", "control", "Chinese control, listing or probe")
    CN_EASE = ("cn", "ease", "Chinese control eased")
    ROUND = (BOTH, "round", "round of talks")
    CONTACT = (BOTH, "contact", "leaders' call or meeting")
    TRUCE = (BOTH, "truce", "truce signed or extended")
    PLEDGE = (BOTH, "pledge", "pledge of purchases")

    def __init__(self, side: str, act: str, title: str) -> None:
        self.side = side
        self.act = act
        self.title = title


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """Act on record.

    Attributes:
        day: Ordinal day of the announcement.
        type: Its type.
        event: The event it belongs to, in words.
        size_pp: Percentage points of the highest duty raised, threatened or cut; None if the act
            has no single size.
        bilateral: Whether it is aimed at the other side. Duties on all countries' goods and acts
            against third parties are not, and are not counted.
        source: Source of the act.
        confidence: `high`, `medium` or `low`.
        leg: What the act is in the model, one of `legs.LEGS` for its type; `legs.NONE` if nothing.
        points_pp: Average percentage points over all goods that the side imports from the other,
            above 0 for duties raised or threatened, below 0 for duties cut. None for acts that are
            neither, and for threats of which the goods are not known.
        effective: Ordinal day on which it comes into force; None for the day of the announcement.
        until: Ordinal day by which a threat is to be carried out, or first day without the truce;
            None if none was set.
        executes: Whether the hike carries out a threat.
        unmapped: Why the act is nothing in the model, one of `legs.UNMAPPED`; empty if it is
            something.
        counted: Whether it is an act of its own. Parts of another act on record, and halts to
            purchases, are not counted.
    """

    day: int
    type: ActType
    event: str
    size_pp: float | None
    bilateral: bool
    source: str
    confidence: str
    leg: str = NONE
    points_pp: float | None = None
    effective: int | None = None
    until: int | None = None
    executes: bool = False
    unmapped: str = ""
    counted: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is counted: an act of its own, aimed at the other side."""
        return self.bilateral and self.counted

    @property
    def starts(self) -> int:
        """Ordinal day from which it is in force."""
        return self.day if self.effective is None else self.effective

    @property
    def changes_duty(self) -> bool:
        """Whether it raises or cuts a layer of duty, by `points_pp`."""
        return is_duty(self.type.side, self.leg)
