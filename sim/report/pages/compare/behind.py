"""What a comparison asks beyond its verdicts: where the histories of a pair first part, and whether
the verdicts hold over the assumed ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.json_values import clean

if TYPE_CHECKING:
    from sim.experiment.compare.partings import Divergence
    from sim.experiment.compare.robustness import Ranges


@dataclass(frozen=True, slots=True)
class Deeper:
    """What lies behind the verdicts of one comparison.

    Attributes:
        divergence: Where the histories of a pair first part; None if that cannot be told.
        ranges: What becomes of the verdicts over the assumed ranges; None if that cannot be told.
    """

    divergence: Divergence | None = None
    ranges: Ranges | None = None

    def to_json(self) -> dict[str, Any]:
        """Returns both as JSON knows them."""
        return {
            "divergence": clean(self.divergence.to_json()) if self.divergence else None,
            "ranges": clean(self.ranges.to_json()) if self.ranges else None,
        }
