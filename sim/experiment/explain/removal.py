"""Removals: the same luck played again without a cause, and whether that confirms its share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.engine.blocks import Column
from sim.experiment.compare.difference import Difference, Pairing, differences
from sim.experiment.compare.verdicts import TELLING, judge
from sim.experiment.explain.events.questions import EventQuestion
from sim.experiment.stats.intervals import Estimate, Flags, Floats
from sim.experiment.stats.json_form import estimate_json, finite
from sim.model.outcomes.outcome import NEVER, row
from sim.model.tables.params import Params
from sim.model.tables.state import State

MATTERS: Final = 0.1
"""Share of the events of a question below which a change of their number does not matter."""

CONFIRMED: Final = "confirmed"
OPEN: Final = "cannot tell"
REFUTED: Final = "not confirmed"


@dataclass(frozen=True, slots=True)
class Removal:
    """Change of the number of events per run when a cause is removed from whole runs.

    Attributes:
        difference: Events per run without the cause minus with it, on the same luck, judged. The
            margin is `MATTERS` of the mean number.
        expected: Change per run on the recorded decisions alone, everything else as it was; NaN
            where none is recorded.
        verdict: `confirmed` if the number changes in the direction recorded; `not confirmed` if it
            does not change by what matters, or in the other direction; else `cannot tell`.
    """

    difference: Difference
    expected: float
    verdict: str

    @property
    def relative(self) -> Estimate:
        """The change as a share of the events with the cause; their mean is taken as known."""
        change, base = self.difference.difference, self.difference.b
        if not base:
            return Estimate(math.nan, -math.inf, math.inf)
        return Estimate(change.value / base, change.low / base, change.high / base)

    def to_json(self) -> dict[str, Any]:
        """Returns the removal as JSON knows it."""
        return {
            "change_per_run": estimate_json(self.difference.difference),
            "change_relative": estimate_json(self.relative),
            "recorded_change_per_run": finite(self.expected),
            "with": finite(self.difference.b),
            "without": finite(self.difference.a),
            "p_value_holm": finite(self.difference.adjusted),
            "pairs": self.difference.pairs,
            "verdict": self.verdict,
        }


def change_of(question: EventQuestion, without: Floats, base: Floats, counts: Flags) -> Difference:
    """Returns the change of a count by a removal, not judged yet.

    Args:
        question: The question.
        without: Number of events in each run without the cause.
        base: The same with it, on the same luck.
        counts: Mask of the pairs of which both runs finished.
    """
    margin = MATTERS * float(np.mean(base[counts])) if counts.any() else MATTERS
    name = str(question)
    outcome = row(name, "count", margin, f"Events of {name}.", _unread, step=margin)
    pairing = Pairing(counts, counts)
    return differences([Column(name, outcome, None)], {name: without}, {name: base}, pairing)[0]


def _unread(state: State, params: Params) -> float:
    """Returns nothing: these counts are read from events."""
    return NEVER


def judged(changes: list[tuple[Difference, float]], pairs: int) -> list[Removal]:
    """Returns changes with their verdicts, corrected together for their number.

    Args:
        changes: Changes, each with what was expected of it: the change on the recorded decisions
            alone, of which the sign counts; NaN if a fall is expected of unknown size.
        pairs: Number of pairs.
    """
    found = judge([[difference for difference, _ in changes]], [pairs])[0]
    return [
        Removal(difference, expected, verdict_on(difference, expected))
        for difference, (_, expected) in zip(found, changes, strict=True)
    ]


def verdict_on(judged_change: Difference, expected: float) -> str:
    """Returns the verdict on a cause from the judged change of a count by its removal.

    Args:
        judged_change: The change, with the verdict of a comparison.
        expected: The change on the recorded decisions alone; NaN stands for a fall.
    """
    told = judged_change.verdict
    if told not in TELLING:
        return OPEN if told == OPEN else REFUTED
    return CONFIRMED if (told == "higher") == (expected > 0.0) else REFUTED
