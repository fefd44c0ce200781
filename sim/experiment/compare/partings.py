"""Partings: the first event in which the two runs of a pair differ, and its share in the result.

The two runs of a pair use the same random draws, so they have the same events until the scenarios
make a difference. The first event in which they differ is their parting, and the whole difference
between the outcomes of the pair is attributed to it. Each pair parts only once, so these
contributions add up to the difference between the batches.
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
from sim.experiment.outcomes.stories import NO_QUESTION, Seen, StoryParting, split, stories
from sim.experiment.stats.intervals import Estimate, Flags
from sim.experiment.stats.json_form import finite, interval
from sim.model.tables.vocabulary import Side

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.engine.choice import Waiting
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.filler import Progress

TOLD: Final = 8
"""Kinds of parting listed separately, the most frequent first. With one row for the rarer ones
together and one for pairs in which only numbers differ, the table has ten rows."""


@dataclass(frozen=True, slots=True)
class Move:
    """Event that occurs in one run of a pair and not in the other.

    Attributes:
        side: Side that acts: a `Side`, or `happenings.NOBODY`.
        act: Code of the act or happening.
        agreed: Whether the other side agrees; None if it is not asked.
    """

    side: int
    act: int
    agreed: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """Returns the move as a JSON-serialisable dict."""
        side = None if self.side == NOBODY else Side(self.side).name.lower()
        return {"side": side, "act": NAMES[self.act], "agreed": self.agreed}


@dataclass(frozen=True, slots=True)
class Parting:
    """Kind of parting, with the pairs that part in this way.

    Attributes:
        kind: `event`; `other` for all rarer kinds together; `numbers` if both runs have the same
            events but an outcome differs.
        a: Event in a that does not occur in b on that day; None if there is none.
        b: Event in b that does not occur in a on that day; None if there is none.
        sizes_a: Smallest and largest size of the event in a, in the unit of its kind.
        sizes_b: The same for the event in b.
        ways: Number of kinds combined; 1 except for `other`.
        pairs: Number of pairs that part in this way.
        share: Their share of the pairs that count, with its 95% interval.
        day: The most frequent ordinal day; 0 for `numbers`.
        on_day: Number of pairs that part in this way on that day.
        first: The earliest day.
        last: The latest day.
        effects: Contribution to each difference, in the order of `Divergence.totals`.
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
    effects: tuple[PartingEffect, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns the parting as a JSON-serialisable dict."""
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
            "effects": [effect.to_json() for effect in self.effects],
        }


@dataclass(frozen=True, slots=True, eq=False)
class Divergence:
    """Partings of the pairs of two batches.

    Attributes:
        pairs: Number of pairs that count.
        of: Number of pairs examined, from replicate 0.
        partings: Kinds of parting, the most frequent first; then the rarer ones together, then the
            pairs in which only numbers differ.
        never: Share of the pairs in which nothing differs.
        totals: The differences that are split up, the most significant first.
        changed: Mask of the counting pairs that part or differ in a number, shape (of,).
        left_out: Number of pairs that do not count because only one of their runs meets its
            conditions; a comparison under conditions does count that run on its side.
    """

    pairs: int
    of: int
    partings: tuple[Parting, ...]
    never: Estimate
    totals: tuple[PartingEffect, ...]
    changed: Flags
    left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """Returns the divergence as a JSON-serialisable dict."""
        return {
            "pairs": self.pairs,
            "of": self.of,
            "left_out": self.left_out,
            "never": {"share": finite(self.never.value), "ci": interval(self.never)},
            "totals": [effect.to_json() for effect in self.totals],
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
    """Returns the partings of the pairs of two batches.

    Args:
        a: The first batch.
        b: The second batch.
        pairs: Maximum number of pairs to examine.
        outcome: Column whose difference is split up; None for the headline outcomes.
        progress: Called with (done, total) runs.
        waiting: Called with a sentence when something takes a long time; returns a context manager
            that is exited when the wait is over.

    Raises:
        CheckFailedError: The replayed runs of a batch differ from the stored ones.
        NotComparable: The batches have different seeds, or nothing in common to compare.
        NotFoundError: They do not both have the outcome.
    """
    columns = gap_columns(a, b, outcome)
    return part_ways(play_pairs(a, b, pairs, progress=progress, waiting=waiting), columns)


def gap_columns(a: Batch, b: Batch, outcome: str | None = None) -> list[Column]:
    """Returns the columns whose differences are split up: one, or the headline outcomes.

    Raises:
        NotComparable: The batches have different seeds, or nothing in common to compare.
        NotFoundError: They do not both have the outcome.
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
    """Returns the partings of pairs, and their contributions to the differences in some columns."""
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
    """Returns the number of pairs of which only one run meets its conditions."""
    if not (pairs.a.given or pairs.b.given):
        return 0
    of_a, of_b = pairs.a.counted[: pairs.n], pairs.b.counted[: pairs.n]
    both_end = pairs.a.finished[: pairs.n] & pairs.b.finished[: pairs.n]
    return int(np.sum((of_a != of_b) & both_end))


def _splits(pairs: Pairs) -> dict[int, StoryParting]:
    """Returns the parting of each pair, over the days that both scenarios cover."""
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
    """Returns the mask of pairs in which an outcome differs, shape (n,)."""
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
    # Among equally frequent days, the earliest.
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
        effects=gauge.effects(group),
    )


def _sizes(seen: Iterable[Seen | None]) -> tuple[float, float]:
    sizes = [event.size for event in seen if event]
    return (min(sizes), max(sizes)) if sizes else (0.0, 0.0)


def _date(day: int) -> float | str | None:
    return finite(float(day) if day else math.nan, dated=True)
