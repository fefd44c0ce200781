"""Event days: the day a kind of event first occurs in each run, and whether it is in a period.

A kind of event has the name it has among stored events (`happenings.NAMES`), prefixed with the side
that acted where that matters: `ministers_round`, `us.hike`, `cn.port_fees_up`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine.blocks import Events
from sim.engine.happenings import CODES
from sim.errors import NotFoundError, nearest
from sim.experiment.stats.intervals import Flags, Floats
from sim.model.tables.vocabulary import Side

SIDES: Final = {side.name.lower(): int(side) for side in Side}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event.

    Attributes:
        name: Name as typed.
        act: Code of the act or happening.
        side: The `Side` that acted; None for either side.
    """

    name: str
    act: int
    side: int | None


def kind_of(name: str) -> Kind:
    """Returns the kind of event with a given name.

    Raises:
        NotFoundError: There is no such kind; the message names the nearest.
    """
    who, dot, act = name.rpartition(".")
    if dot and who not in SIDES:
        raise NotFoundError(
            f"there is no event {name!r}: {who!r} is not a side; allowed: {', '.join(SIDES)}"
            f"{nearest(who, SIDES)}"
        )
    if act not in CODES:
        raise NotFoundError(f"there is no event {name!r}{nearest(act, CODES)}")
    return Kind(name, CODES[act], SIDES[who] if dot else None)


def first_days(events: Events, kind: Kind, n: int) -> Floats:
    """Returns the day (an ordinal) on which a kind of event first occurred in each of the first n
    runs, shape (n,); NaN if it never did."""
    meant = events["act"] == kind.act
    if kind.side is not None:
        meant &= events["side"] == kind.side
    days = np.full(n, np.inf)
    chosen = events[meant & (events["replicate"] < n)]
    np.minimum.at(days, chosen["replicate"], chosen["day"].astype(np.float64))
    days[np.isinf(days)] = np.nan
    return days


def happened_by(events: Events, kind: Kind, day: int, n: int, after: int = 0) -> Flags:
    """Returns a mask of the first n runs in which a kind of event occurred by the end of a day, and
    only then if it was after another; days are ordinals."""
    return np.asarray(first_days(events[events["day"] > after], kind, n) <= day)
