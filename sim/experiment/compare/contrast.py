"""Contrasts: scenarios held against the first of them, with the background of each comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.experiment.compare.comparison import Comparison
from sim.experiment.compare.partings import Divergence
from sim.experiment.compare.robustness import Ranges

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch


@dataclass(frozen=True, slots=True)
class Background:
    """The background of a comparison's verdicts.

    Attributes:
        divergence: where the runs of a pair first part; None if that cannot be known.
        ranges: What becomes of the verdicts over the assumed ranges; None if that cannot be known.
    """

    divergence: Divergence | None = None
    ranges: Ranges | None = None

    def to_json(self) -> dict[str, Any]:
        """Returns both as JSON knows them."""
        return {
            "divergence": self.divergence.to_json() if self.divergence else None,
            "ranges": self.ranges.to_json() if self.ranges else None,
        }


@dataclass(frozen=True, slots=True)
class Contrast:
    """Scenarios held against the first of them.

    Attributes:
        comparisons: What differs from the first, one comparison for each other scenario.
        backgrounds: The background of each comparison; empty if not asked for.
    """

    comparisons: tuple[Comparison, ...]
    backgrounds: tuple[Background, ...] = ()

    @property
    def batches(self) -> tuple[Batch, ...]:
        """The runs of each scenario, the reference first."""
        return (self.comparisons[0].a, *(comparison.b for comparison in self.comparisons))

    def to_json(self) -> dict[str, Any]:
        """Returns the contrast as one JSON object: of two scenarios that of `Comparison.to_json`
        with `divergence` and `ranges`, None if not asked for; of more, such an object for each
        other scenario, in `contrasts`."""
        backgrounds = self.backgrounds or (Background(),) * len(self.comparisons)
        found = [
            {**comparison.to_json(), **background.to_json()}
            for comparison, background in zip(self.comparisons, backgrounds, strict=True)
        ]
        return found[0] if len(found) == 1 else {"contrasts": found}
