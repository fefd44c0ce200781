"""Contacts of the two sides in a run, and those by which talks that had ended reopened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.engine.happenings import Happening
from sim.model.tables.codes import (
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TALKS_RESUMED,
    TALKS_STALLED,
)
from sim.model.tables.vocabulary import Act, Side

if TYPE_CHECKING:
    from sim.experiment.explain.events.opening import FirstDay
    from sim.experiment.outcomes.stories import Seen

_BREAKS: Final = frozenset({int(Happening.CRISIS), int(Act.CROSS_TAIWAN)})
_RUNNING: Final = frozenset({TALKS_ACTIVE, TALKS_RESUMED})
_OPENED: Final = {TALKS_NONE: TALKS_PREPARING, TALKS_STALLED: TALKS_RESUMED}
"""Stage to which a contact moves talks that have ended."""

ENDED: Final = frozenset(_OPENED)
"""Stages of talks that are not held."""


@dataclass(frozen=True, slots=True)
class Reopening:
    """Talks that reopen.

    Attributes:
        channel: The channel, a key of `causes.CHANNELS`.
        delegation: Whether a delegation had gone to Washington since the talks ended.
    """

    channel: str
    delegation: bool


def channel_of(seen: Seen, after: Seen | None) -> str | None:
    """Returns the channel of which an event is a contact; None if it is none.

    Args:
        seen: The event.
        after: The event after it: a meeting of leaders that ends in discord opens nothing.
    """
    if seen.act in {Act.CALL_LEADER, Act.SEEK_TALKS} and seen.agreed == 1:
        return f"{Side(seen.side).name.lower()}_{Act(seen.act).name.lower()}"
    if seen.act == Happening.SUMMIT_DATED:
        return "summit_dated"
    if seen.act == Happening.MINISTERS_ROUND:
        return "ministers_round"
    failed = after is not None and after.act == Happening.SUMMIT_FAILS
    return "summit_held" if seen.act == Happening.SUMMIT_HELD and not failed else None


def contacts_of(story: Sequence[Seen]) -> list[str | None]:
    """Returns the channel of which each event of a run is a contact."""
    return [channel_of(seen, after) for seen, after in zip(story, [*story[1:], None], strict=False)]


def reopenings_of(story: Sequence[Seen], first: FirstDay) -> tuple[list[Reopening], int]:
    """Returns the reopenings of a run, and the stage of the talks at its end.

    Talks end by a stall or a crisis; where a scenario starts without talks, they have ended.
    """
    found: list[Reopening] = []
    stage, delegation, frozen_until = first.talks, False, 0
    for seen, channel in zip(story, contacts_of(story), strict=True):
        if seen.act in _BREAKS:
            frozen_until = seen.day + first.freeze_days
        if seen.act == Happening.STALL or (seen.act in _BREAKS and stage in _RUNNING):
            stage, delegation = TALKS_STALLED, False
        delegation = delegation or seen.act == Act.SEND_DELEGATION
        is_round = channel == "ministers_round"
        if channel is None or (seen.day < frozen_until and not is_round):
            continue
        if stage in ENDED:
            found.append(Reopening(channel, delegation))
        stage = TALKS_ACTIVE if is_round else _OPENED.get(stage, stage)
    return found, stage
