"""Where paired histories first part, and what of the difference between two batches that makes.

Two runs of a pair share their luck, so they tell the same story until the scenarios make something
of it. The first event in which they differ is where they part, and what the outcomes of the pair
differ by is put down to it. A pair parts once, so these parts add up to the whole difference.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.engine.happenings import NAMES, NOBODY
from sim.errors import NotFoundError, nearest
from sim.experiment.compare.comparison import common_columns
from sim.experiment.compare.pair_replay import MOST_PAIRS, Pairs, check_paired, play_pairs
from sim.experiment.compare.parting_effects import EffectGauge, PartingEffect
from sim.experiment.runs.stories import NO_QUESTION, Seen, StoryParting, split, stories
from sim.experiment.stats.intervals import Estimate, Flags
from sim.experiment.stats.json_form import finite, interval
from sim.model.tables.vocabulary import Side

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.engine.choice import Waiting
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.filler import Progress

TOLD: Final = 8
"""Ways to part told one by one, the commonest; the rarer are put together: a table of ten rows,
with the pairs in which only numbers differ."""


@dataclass(frozen=True, slots=True)
class Move:
    """What happens in one history of a pair and not in the other.

    Attributes:
        side: Who acts: a `Side`, or `happenings.NOBODY`.
        act: Code of the act or happening.
        agreed: Whether the other side says yes; None where it is not asked.
    """

    side: int
    act: int
    agreed: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """Returns the move as JSON knows it."""
        side = None if self.side == NOBODY else Side(self.side).name.lower()
        return {"side": side, "act": NAMES[self.act], "agreed": self.agreed}


@dataclass(frozen=True, slots=True)
class Parting:
    """A way in which pairs first part.

    Attributes:
        kind: `event`; `other` for all the rarer ways together; `numbers` if both histories have
            the same events and yet an outcome differs.
        a: What happens in a and not in b that day; None if nothing does.
        b: What happens in b and not in a.
        sizes_a: Least and largest size of the move in a, in the unit of its kind.
        sizes_b: The same of the move in b.
        ways: How many ways are put together, 1 but for `other`.
        pairs: Pairs that part so.
        share: Their share of the pairs that count, with its 95 % interval.
        day: The commonest ordinal day; 0 for `numbers`.
        on_day: Pairs that part so on that day.
        first: The earliest day.
        last: The latest day.
        gaps: What of each difference it makes, in the order of `Divergence.totals`.
    """

    kind: str
    a: Move | None
    b: Move | None
    sizes_a: tuple[float, float]
    sizes_b: tuple[float, float]
    ways: int
    pairs: int
    share: Estimate
    day: int
    on_day: int
    first: int
    last: int
    gaps: tuple[PartingEffect, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns the parting as JSON knows it."""
        day, first, last = map(_date, (self.day, self.first, self.last))
        return {
            "kind": self.kind,
            "a": self.a.to_json() if self.a else None,
            "b": self.b.to_json() if self.b else None,
            "ways": self.ways,
            "pairs": self.pairs,
            "share": self.share.value,
            "ci": interval(self.share),
            "commonest_day": day,
            "pairs_on_commonest_day": self.on_day,
            "first_day": first,
            "last_day": last,
            "gaps": [gap.to_json() for gap in self.gaps],
        }


@dataclass(frozen=True, slots=True, eq=False)
class Divergence:
    """Where the histories of two batches first part.

    Attributes:
        pairs: Pairs that count.
        of: Pairs looked at, from the first replicate on.
        partings: Ways to part, the commonest first; then the rarer ones together, then pairs in
            which only numbers differ.
        never: Share of the pairs in which nothing differs.
        totals: The differences that are taken apart, the surest first.
        changed: Which of the pairs that count part or differ in a number, shape (of,).
        left_out: Pairs that do not count as one run alone meets what is given; a comparison under
            a condition has that run among those of its side.
    """

    pairs: int
    of: int
    partings: tuple[Parting, ...]
    never: Estimate
    totals: tuple[PartingEffect, ...]
    changed: Flags
    left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """Returns the divergence as JSON knows it."""
        return {
            "pairs": self.pairs,
            "of": self.of,
            "left_out": self.left_out,
            "never": {"share": finite(self.never.value), "ci": interval(self.never)},
            "totals": [gap.to_json() for gap in self.totals],
            "partings": [parting.to_json() for parting in self.partings],
        }


def divergence(
    a: Batch,
    b: Batch,
    *,
    pairs: int = MOST_PAIRS,
    outcome: str | None = None,
    progress: Progress | None = None,
    waiting: Waiting | None = None,
) -> Divergence:
    """Returns where the histories of two batches first part.

    Args:
        a: The one.
        b: The other.
        pairs: Pairs looked at, at most.
        outcome: The column whose difference is taken apart; None for the headline outcomes.
        progress: Told (done, total) runs.
        waiting: Told in a sentence that something takes long; what it returns is left then.

    Raises:
        CheckFailedError: A batch does not come out as it is stored.
        NotComparable: The batches share no luck, or nothing of them can be compared.
        NotFoundError: They have no such outcome in common.
    """
    columns = gap_columns(a, b, outcome)
    return part_ways(play_pairs(a, b, pairs, progress=progress, waiting=waiting), columns)


def gap_columns(a: Batch, b: Batch, outcome: str | None = None) -> list[Column]:
    """Returns the columns whose differences are taken apart: one, or the headline outcomes.

    Raises:
        NotComparable: The batches share no luck, or nothing of them can be compared.
        NotFoundError: They have no such outcome in common.
    """
    check_paired(a, b)
    common = common_columns(a, b)
    if outcome is None:
        return [column for column in common if column.outcome.headline and column.day is None]
    found = [column for column in common if column.name == outcome]
    if not found:
        hint = nearest(outcome, [column.name for column in common])
        raise NotFoundError(
            f"{a.resolved.name} and {b.resolved.name} have no outcome {outcome!r} in common{hint}"
        )
    return found


def part_ways(pairs: Pairs, columns: Sequence[Column]) -> Divergence:
    """Returns where pairs first part, and what that makes of the differences in some columns."""
    splits = _splits(pairs)
    ways: dict[tuple[Move | None, Move | None], dict[int, StoryParting]] = defaultdict(dict)
    for pair, found in splits.items():
        ways[_move(found.a), _move(found.b)][pair] = found
    changed = pairs.counts & _numbers_differ(pairs)
    changed[list(splits)] = True
    silent = [pair for pair in np.flatnonzero(changed).tolist() if pair not in splits]
    gauge = EffectGauge(pairs, columns)
    common = sorted(ways, key=lambda way: (-len(ways[way]), min(ways[way])))
    partings = [_parting(gauge, "event", ways[way], way) for way in common[:TOLD]]
    if len(common) > TOLD:
        rare = {pair: found for way in common[TOLD:] for pair, found in ways[way].items()}
        partings.append(_parting(gauge, "other", rare, ways=len(common) - TOLD))
    if silent:
        partings.append(
            _parting(gauge, "numbers", dict.fromkeys(silent, StoryParting(0, None, None)))
        )
    return Divergence(
        pairs=int(pairs.counts.sum()),
        of=pairs.n,
        partings=tuple(partings),
        never=gauge.share(pairs.counts & ~changed),
        totals=gauge.totals,
        changed=changed,
        left_out=_left_out(pairs),
    )


def _left_out(pairs: Pairs) -> int:
    """Returns of how many pairs one run alone meets what is given."""
    if not (pairs.a.given or pairs.b.given):
        return 0
    of_a, of_b = pairs.a.counted[: pairs.n], pairs.b.counted[: pairs.n]
    both_end = pairs.a.finished[: pairs.n] & pairs.b.finished[: pairs.n]
    return int(np.sum((of_a != of_b) & both_end))


def _splits(pairs: Pairs) -> dict[int, StoryParting]:
    """Returns where pairs part, over the days both scenarios play."""
    first = max(pairs.a.resolved.start, pairs.b.resolved.start)
    last = min(pairs.a.resolved.until, pairs.b.resolved.until)
    assert pairs.of_a.events is not None and pairs.of_b.events is not None
    ours = stories(pairs.of_a.events, pairs.n, first, last)
    theirs = stories(pairs.of_b.events, pairs.n, first, last)
    found = {pair: split(ours[pair], theirs[pair]) for pair in np.flatnonzero(pairs.counts)}
    return {int(pair): parts for pair, parts in found.items() if parts}


def _move(seen: Seen | None) -> Move | None:
    if seen is None:
        return None
    return Move(seen.side, seen.act, None if seen.agreed == NO_QUESTION else bool(seen.agreed))


def _numbers_differ(pairs: Pairs) -> Flags:
    """Tells in which pairs an outcome differs, shape (n,)."""
    differ = np.zeros(pairs.n, np.bool_)
    for column in common_columns(pairs.a, pairs.b):
        x, y = pairs.of_a.values[column.name], pairs.of_b.values[column.name]
        unequal = x != y
        if x.dtype.kind == "f":
            unequal &= ~(np.isnan(x) & np.isnan(y))
        differ |= unequal
    return differ


def _parting(
    gauge: EffectGauge,
    kind: str,
    splits: dict[int, StoryParting],
    way: tuple[Move | None, Move | None] = (None, None),
    *,
    ways: int = 1,
) -> Parting:
    group = gauge.group(splits)
    days = Counter(found.day for found in splits.values())
    # Of days that are as common the earliest.
    day, on_day = min(days.items(), key=lambda item: (-item[1], item[0]))
    return Parting(
        kind=kind,
        a=way[0],
        b=way[1],
        sizes_a=_sizes(found.a for found in splits.values()),
        sizes_b=_sizes(found.b for found in splits.values()),
        ways=ways,
        pairs=len(splits),
        share=gauge.share(group),
        day=day,
        on_day=on_day,
        first=min(days),
        last=max(days),
        gaps=gauge.gaps(group),
    )


def _sizes(seen: Iterable[Seen | None]) -> tuple[float, float]:
    sizes = [event.size for event in seen if event]
    return (min(sizes), max(sizes)) if sizes else (0.0, 0.0)


def _date(day: int) -> float | str | None:
    return finite(float(day) if day else math.nan, dated=True)
