"""Charts of sectors for notebooks and for files: those of a run, and those of duties alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import NotFoundError, UsageError, nearest
from sim.report.figures.plots import RunPlots, check_plotting

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.tariffs.impact import Impact

IMPORTERS = ("us", "cn")


@dataclass(frozen=True, slots=True)
class RunSectorPlots(RunPlots):
    """Charts of a run, with those of its sectors.

    Attributes:
        every_sector: Whether those of sectors are among the main charts.
    """

    every_sector: bool = False

    def sectors(self, importer: str = "us") -> Figure:
        """Returns the chart of the duties on all sectors by quarter.

        Args:
            importer: `us` or `cn`, the side that imports.

        Raises:
            NotFoundError: There is no such side.
        """
        from sim.report.figures.tariffs.sectors import duty_figure

        return duty_figure(self.batches, _importer(importer))

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the main charts, then those of sectors if they are among them."""
        yield from RunPlots(self.batches).every()
        if self.every_sector:
            for importer in IMPORTERS:
                yield f"sectors-{importer}-duty", self.sectors(importer)


@dataclass(frozen=True, slots=True)
class ImpactPlots:
    """Charts of the effects of duties.

    Attributes:
        impact: The effects.
    """

    impact: Impact

    def __post_init__(self) -> None:
        check_plotting()

    def sectors(self, importer: str = "us") -> Figure:
        """Returns the chart of the change in the trade of all sectors by quarter.

        Args:
            importer: `us` or `cn`, the side that imports.

        Raises:
            NotFoundError: There is no such side.
            UsageError: The sectors were not calculated.
        """
        from sim.report.figures.tariffs.sectors import trade_figure

        if not self.impact.sectors:
            raise UsageError("sectors were not calculated; add --sectors (in Python sectors=True)")
        return trade_figure(self.impact, _importer(importer))

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the charts of the sectors of both sides.

        Raises:
            UsageError: The sectors were not calculated.
        """
        for importer in IMPORTERS:
            yield f"sectors-{importer}-trade", self.sectors(importer)


def _importer(name: str) -> str:
    if name not in IMPORTERS:
        raise NotFoundError(f"there is no importer {name!r}{nearest(name, IMPORTERS)}; us or cn")
    return name
