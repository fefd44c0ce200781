"""Value of a decision: a batch in which it is changed, compared with the same batch without.

Differences are fork minus base, so a positive one is an increase due to the change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.compare.comparison import Comparison, compare
from sim.experiment.compare.difference import Difference, Pairing, differences
from sim.experiment.compare.fork import recorded_acts, recorded_sides
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
    """Frequency of an act on the days of its decision.

    Attributes:
        decision: The changed decision.
        base: Share of runs in which the act occurs without the change; None if the decision sets a
            number.
        fork: The share with the change: below 1 if a forced act could not be carried out in some
            runs.
        agreed: Share of runs with the change in which the act occurs and the other side agrees;
            None if the act needs no consent.
    """

    decision: Decision
    base: Estimate | None
    fork: Estimate | None
    agreed: Estimate | None

    def to_json(self) -> dict[str, Any]:
        """Returns the occurrence as a JSON-serialisable dict."""
        shares = {"base": self.base, "fork": self.fork, "fork_agreed": self.agreed}
        told = {
            name: {"share": finite(share.value), "ci": interval(share)} if share else None
            for name, share in shares.items()
        }
        return {"decision": self.decision.text, **told}


@dataclass(frozen=True, slots=True)
class Value:
    """Effect of changing a decision.

    Attributes:
        turn: The changed decisions and their days.
        comparison: The fork (a) compared with the base (b).
        divergence: The partings of their runs.
        occurrences: How often each act occurs, with and without the change.
        changed: Share of the replayed pairs in which anything differs, with its interval.
        among_changed: Differences of the headline outcomes over those pairs alone; their verdicts
            are corrected among themselves.
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
    """Returns the effect of changing a decision.

    Args:
        base: Batch of the unchanged scenario.
        fork: Batch of the scenario with the decision changed.
        turn: The changed decisions and their days.
        progress: Called with (done, total) runs of the first pairs, which are played again.
        waiting: Called with a sentence when something takes a long time.

    Raises:
        CheckFailedError: The replayed runs of a batch differ from the stored ones.
        NotComparable: The batches have nothing in common to compare.
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
    """Returns the differences of the headline outcomes over the changed pairs, with verdicts.

    Their verdicts are corrected separately from the comparison over all pairs: both describe the
    same effect, and a joint correction would give weaker verdicts here than `compare` gives.
    """
    if not changed.any():
        return ()
    headlines = gap_columns(pairs.a, pairs.b)
    pairing = Pairing(changed, changed, pairs.clusters)
    found = differences(headlines, pairs.of_a.values, pairs.of_b.values, pairing)
    # With more runs the same share of pairs changes, so the recommended number is a value for -n.
    # Above the maximum number of replayed pairs, more runs add no pairs.
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
    """Returns masks of the first n runs in which an act occurred between two days, and in which it
    did so with a size above 0."""
    assert rows.events is not None
    events = rows.events
    meant = np.isin(events["act"], [*recorded_acts(action)]) & np.isin(
        events["side"], [*recorded_sides(action)]
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
