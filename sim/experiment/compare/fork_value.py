"""The value of a decision: a batch with it changed held against the same batch without.

Differences are fork minus base, so a positive one is what the change brings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.engine.happenings import NOBODY
from sim.experiment.compare.comparison import Comparison, compare
from sim.experiment.compare.difference import Difference, Pairing, differences
from sim.experiment.compare.fork import recorded_act
from sim.experiment.compare.pair_replay import MOST_PAIRS, Pairs, play_pairs
from sim.experiment.compare.partings import Divergence, gap_columns, part_ways
from sim.experiment.compare.verdicts import judge
from sim.experiment.stats import intervals
from sim.experiment.stats.intervals import Estimate, Flags
from sim.experiment.stats.json_form import finite, interval
from sim.model.governments.acts import ASKING
from sim.model.tables.vocabulary import ACT_CODES

if TYPE_CHECKING:
    from sim.engine.choice import Waiting
    from sim.experiment.compare.fork import Decision, Turn
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.filler import Progress
    from sim.experiment.store.parquet import RunRows
    from sim.scenario.resolved_scenario import Action


@dataclass(frozen=True, slots=True)
class Occurrence:
    """How often an act comes on the days its decision is about.

    Attributes:
        decision: What is different.
        base: Share of histories in which the act comes without the change; None for a number.
        fork: With it: below 1 where a forced act could not be carried out.
        agreed: With it, and the other side says yes; None where it is not asked.
    """

    decision: Decision
    base: Estimate | None
    fork: Estimate | None
    agreed: Estimate | None

    def to_json(self) -> dict[str, Any]:
        """Returns the occurrence as JSON knows it."""
        shares = {"base": self.base, "fork": self.fork, "fork_agreed": self.agreed}
        told = {
            name: {"share": finite(share.value), "ci": interval(share)} if share else None
            for name, share in shares.items()
        }
        return {"decision": self.decision.text, **told}


@dataclass(frozen=True, slots=True)
class Value:
    """What a decision is worth.

    Attributes:
        turn: What is different, and when.
        comparison: The fork (a) against the base (b).
        divergence: Where their histories part.
        occurrences: How often each act comes, with and without the change.
        changed: Share of the pairs looked at in which anything differs, with its interval.
        among_changed: Differences of the headline outcomes over those pairs alone, their verdicts
            corrected among themselves.
    """

    turn: Turn
    comparison: Comparison
    divergence: Divergence
    occurrences: tuple[Occurrence, ...]
    changed: Estimate
    among_changed: tuple[Difference, ...]


def value_of(
    base: Batch,
    fork: Batch,
    turn: Turn,
    *,
    progress: Progress | None = None,
    waiting: Waiting | None = None,
) -> Value:
    """Returns what a decision is worth.

    Args:
        base: The scenario as it is.
        fork: The same with the decision changed.
        turn: What is different, and when.
        progress: Told (done, total) runs of the first pairs, which are played again.
        waiting: Told in a sentence that something takes long.

    Raises:
        CheckFailedError: A batch does not come out as it is stored.
        NotComparable: Nothing of them can be compared.
    """
    comparison = compare(fork, base)
    pairs = play_pairs(fork, base, progress=progress, waiting=waiting)
    parted = part_ways(pairs, gap_columns(fork, base))
    return Value(
        turn=turn,
        comparison=comparison,
        divergence=parted,
        occurrences=tuple(_occurrence(pairs, turn, decision) for decision in turn.decisions),
        changed=_share(pairs, parted.changed),
        among_changed=_among(pairs, parted.changed),
    )


def _among(pairs: Pairs, changed: Flags) -> tuple[Difference, ...]:
    """Returns judged differences of the headline outcomes over some pairs.

    They are judged by themselves: they tell the same story as the comparison over all pairs, and to
    correct either for the other would make a decision worth less here than `compare` says.
    """
    if not changed.any():
        return ()
    headlines = gap_columns(pairs.a, pairs.b)
    pairing = Pairing(changed, changed, pairs.clusters)
    found = differences(headlines, pairs.of_a.values, pairs.of_b.values, pairing)
    # Of all pairs as large a part will change, so what is asked for is in the unit of -n; beyond
    # the most pairs that are looked at more runs add none.
    judged = judge([found], [pairs.n])[0]
    return tuple(
        replace(d, runs_needed=None) if (d.runs_needed or 0) > MOST_PAIRS else d for d in judged
    )


def _occurrence(pairs: Pairs, turn: Turn, decision: Decision) -> Occurrence:
    action = decision.action
    if action.act is None:
        return Occurrence(decision, None, None, None)
    last = turn.through if action.kind == "forbid" else turn.day
    ours, agreed = _came(pairs.of_a, pairs.n, action, turn.day, last)
    theirs, _ = _came(pairs.of_b, pairs.n, action, turn.day, last)
    asked = action.kind == "force" and ACT_CODES[action.act] in ASKING
    return Occurrence(
        decision,
        _share(pairs, theirs),
        _share(pairs, ours),
        _share(pairs, agreed) if asked else None,
    )


def _came(rows: RunRows, n: int, action: Action, first: int, last: int) -> tuple[Flags, Flags]:
    """Tells in which of the first n runs an act came between two days, and with a size above 0."""
    assert rows.events is not None
    events = rows.events
    meant = (events["act"] == recorded_act(action)) & (
        (events["side"] == action.side) | (events["side"] == NOBODY)
    )
    chosen = events[meant & (events["day"] >= first) & (events["day"] <= last)]
    came, agreed = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    came[chosen["replicate"]] = True
    agreed[chosen["replicate"][chosen["size"] > 0.0]] = True
    return came, agreed


def _share(pairs: Pairs, group: Flags) -> Estimate:
    counts, clusters = pairs.counts, pairs.clusters
    return intervals.probability(
        group[counts], clusters=None if clusters is None else clusters[counts]
    )
