"""Stories: the events of a run that a newspaper reader would see, and where two runs part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from sim.model.governments.acts import ASKING
from sim.model.tables.codes import N_PACKAGES
from sim.model.tables.vocabulary import SIGN_FIRST

if TYPE_CHECKING:
    from sim.engine.blocks import Events

SIGNED: Final = range(SIGN_FIRST, SIGN_FIRST + N_PACKAGES)
"""Signings: the size of the event, the product of both gains, is not visible to an outsider."""

NO_QUESTION: Final = -1


class Seen(NamedTuple):
    """An event as a reader sees it; two events are equal if they read the same.

    Attributes:
        day: Ordinal day.
        side: Side that acts: a `Side`, or `happenings.NOBODY`.
        act: Code of the act or happening.
        agreed: Whether the other side consented, 0 or 1; `NO_QUESTION` if it was not asked.
        size: Size in the unit of the kind, rounded to 0.01; 0 if not visible.
    """

    day: int
    side: int
    act: int
    agreed: int
    size: float


class StoryParting(NamedTuple):
    """Parting of two stories: the day, and on that day an event of each that the other lacks."""

    day: int
    a: Seen | None
    b: Seen | None


def stories(events: Events, n: int, first: int, last: int) -> list[list[Seen]]:
    """Returns the events of each of the first n runs between two days, in order."""
    kept = events[(events["day"] >= first) & (events["day"] <= last)]
    asked = np.isin(kept["act"], [*ASKING])
    agreed = np.where(asked, kept["size"] > 0.0, NO_QUESTION)
    # Rounded to 0.01 as chronicles print it, so that events which read the same are equal.
    sizes = np.where(asked | np.isin(kept["act"], SIGNED), 0.0, np.round(kept["size"], 2))
    fields = (kept["day"], kept["side"], kept["act"], agreed, sizes)
    seen = list(map(Seen._make, zip(*(field.tolist() for field in fields), strict=True)))
    bounds = np.searchsorted(kept["replicate"], np.arange(n + 1)).tolist()
    return [seen[begin:end] for begin, end in pairwise(bounds)]


def split(ours: Sequence[Seen], theirs: Sequence[Seen]) -> StoryParting | None:
    """Returns the parting of two stories; None if they are the same.

    Its day is that of the first event in which they differ. From each story it has the first event
    of that day that the other lacks, or None if the other has only an extra event.
    """
    both = min(len(ours), len(theirs))
    at = next((i for i in range(both) if ours[i] != theirs[i]), both)
    left = [*ours[at : at + 1], *theirs[at : at + 1]]
    if not left:
        return None
    day = min(seen.day for seen in left)
    today_a = [seen for seen in ours[at:] if seen.day == day]
    today_b = [seen for seen in theirs[at:] if seen.day == day]
    only_a = list((Counter(today_a) - Counter(today_b)).elements())
    only_b = list((Counter(today_b) - Counter(today_a)).elements())
    if not only_a and not only_b:  # the same events in a different order
        only_a, only_b = today_a, today_b
    return StoryParting(day, next(iter(only_a), None), next(iter(only_b), None))
