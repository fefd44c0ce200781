"""Charts of answers for notebooks, as in `result.plot.fan("us_addon_pp")`, and for files.

Every method returns a matplotlib figure, which a notebook displays and `.savefig` writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final, Protocol

from sim.errors import NotFoundError, UsageError, nearest, needs
from sim.report.words.differences import letters

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.compare.comparison import Comparison
    from sim.experiment.compare.contrast import Contrast
    from sim.experiment.compare.partings import Divergence
    from sim.experiment.discovery.search import Discovery
    from sim.experiment.explain.explanation import Explanation
    from sim.experiment.games.game import GameTable
    from sim.experiment.outcomes.targets import Target
    from sim.experiment.runs.batch import Batch
    from sim.experiment.sensitivity.analysis import Sensitivity
    from sim.experiment.sweep.points import Sweep

FANS: Final = ("us_addon_pp", "cn_addon_pp", "tension")
CLASSES: Final = ("path_class", "deal_status", "summit_result")
MOST_CURVES: Final = 12


class Plots(Protocol):
    """Charts of one answer."""

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the main charts of the answer, each with a file name."""


def check_plotting() -> None:
    """Checks that matplotlib is installed.

    Raises:
        UsageError: It is not installed; the message says how to install it.
    """
    if find_spec("matplotlib") is None:
        raise needs("plot")


@dataclass(frozen=True, slots=True)
class RunPlots:
    """Charts of one or more scenarios.

    Attributes:
        batches: Their runs.
    """

    batches: tuple[Batch, ...]

    def __post_init__(self) -> None:
        check_plotting()

    def fan(self, name: str) -> Figure:
        """Returns the fan chart of a weekly path: median and bands, for duties with the record.

        Raises:
            NotFoundError: There is no such path, or weekly paths were not stored.
        """
        from sim.report.figures.runs import fan_figure

        return fan_figure(self.batches, name)

    def survival(self) -> Figure:
        """Returns the chart of the share of runs with a truce in force, week by week.

        Raises:
            NotFoundError: Weekly paths were not stored.
        """
        from sim.report.figures.runs import survival_figure

        return survival_figure(self.batches)

    def classes(self, name: str = "path_class") -> Figure:
        """Returns the bar chart of the classes of an outcome, e.g. `truce_in_force@2025-11-11`.

        Raises:
            NotFoundError: There is no such column, or it is a number.
        """
        from sim.report.figures.runs import class_figure

        return class_figure(self.batches, name)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields charts of the paths and the final states; only the latter if no weekly paths were
        stored."""
        try:
            weekly = [(f"fan-{name}", self.fan(name)) for name in FANS]
            weekly.append(("truce", self.survival()))
        except NotFoundError:
            weekly = []
        yield from weekly
        for name in CLASSES:
            yield name, self.classes(name)


@dataclass(frozen=True, slots=True)
class ContrastPlots(RunPlots):
    """Charts of a comparison: its scenarios overlaid, and their differences.

    Attributes:
        comparisons: Comparisons of the other scenarios with the first.
        divergences: Partings of the pairs, one entry per comparison; empty if not requested.
    """

    comparisons: tuple[Comparison, ...] = ()
    divergences: tuple[Divergence | None, ...] = ()

    @classmethod
    def of(cls, contrast: Contrast) -> ContrastPlots:
        """Returns the charts of a contrast."""
        divergences = tuple(background.divergence for background in contrast.backgrounds)
        return cls(contrast.batches, contrast.comparisons, divergences)

    def differences(self, other: int = 0, *, narrow: bool = False) -> Figure:
        """Returns the chart of the headline differences, in units of their margins.

        Args:
            other: Index of the other scenario, from 0.
            narrow: Whether names stand above their rows, for a phone.
        """
        from sim.report.figures.contrasts import difference_figure

        return difference_figure(self.comparisons[other], narrow=narrow)

    def partings(self, other: int = 0, *, narrow: bool = False) -> Figure:
        """Returns the bar chart of the partings of the pairs.

        Args:
            other: Index of the other scenario, from 0.
            narrow: Whether what happens stands above its bar, for a phone.

        Raises:
            UsageError: Partings were not computed.
        """
        from sim.report.figures.contrasts import parting_figure

        found = self.divergences[other] if other < len(self.divergences) else None
        if found is None:
            raise UsageError(
                "partings are available only for scenarios that differ and share their luck, and "
                "not with --brief"
            )
        side = letters(self.comparisons)[other + 1]
        return parting_figure(found, self.comparisons[other], side, narrow=narrow)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the charts of the differences, then those of the scenarios."""
        for place in range(len(self.comparisons)):
            yield _numbered("differences", place), self.differences(place)
        for place, found in enumerate(self.divergences):
            if found is not None and found.partings:
                yield _numbered("partings", place), self.partings(place)
        yield from RunPlots(self.batches).every()


@dataclass(frozen=True, slots=True)
class GridPlots:
    """Charts of a sweep.

    Attributes:
        sweep: The points and their runs.
    """

    sweep: Sweep

    def __post_init__(self) -> None:
        check_plotting()

    def curve(self, outcome: str, axis: str | None = None) -> Figure:
        """Returns the chart of an outcome over one input.

        Args:
            outcome: An outcome of the sweep: `us_hikes`, or `path_class=conflict`.
            axis: The input; None for the first.

        Raises:
            NotFoundError: There is no such outcome or input in the sweep.
        """
        from sim.report.figures.studies import curve_figure

        curve = self.sweep.curve(self._axis(axis, 0), self._target(outcome))
        return curve_figure(self.sweep, curve)

    def heat(self, outcome: str, down: str | None = None, across: str | None = None) -> Figure:
        """Returns the heat map of an outcome over two inputs, by default the first and the second.

        Raises:
            NotFoundError: There is no such outcome or input in the sweep.
            UsageError: The sweep is not a grid of at least two inputs.
        """
        from sim.report.figures.studies import heat_figure

        if self.sweep.method != "grid" or len(self.sweep.axes) < 2:
            raise UsageError("a map needs a grid of at least two inputs: a=0..1/5 b=60,90,180")
        axes = self._axis(down, 0), self._axis(across, 1)
        found = self.sweep.heat_map(*axes, self._target(outcome))
        return heat_figure(self.sweep, found)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields curves, the largest effect first, then maps if there are two inputs."""
        from sim.report.figures.studies import curve_figure

        curves = sorted(self.sweep.curves(), key=lambda curve: -curve.size)
        for curve in curves[:MOST_CURVES]:
            yield f"{_file_name(curve.target)}-over-{curve.axis}", curve_figure(self.sweep, curve)
        if self.sweep.method == "grid" and len(self.sweep.axes) == 2:
            for target in dict.fromkeys(curve.target for curve in curves[:MOST_CURVES]):
                yield f"{_file_name(target)}-map", self.heat(target_name(target))

    def _target(self, outcome: str) -> Target:
        known = {target_name(target): target for target in self.sweep.targets}
        if outcome not in known:
            hint = nearest(outcome, known)
            raise NotFoundError(
                f"the sweep has no outcome {outcome!r}{hint}; it has {', '.join(known)}"
            )
        return known[outcome]

    def _axis(self, name: str | None, place: int) -> str:
        names = [axis.name for axis in self.sweep.axes]
        if name is None:
            return names[place]
        if name not in names:
            hint = nearest(name, names)
            raise NotFoundError(
                f"the sweep does not vary {name!r}{hint}; it varies {', '.join(names)}"
            )
        return name


@dataclass(frozen=True, slots=True)
class SensitivityPlots:
    """Charts of a sensitivity analysis.

    Attributes:
        sensitivity: The indices.
    """

    sensitivity: Sensitivity

    def __post_init__(self) -> None:
        check_plotting()

    def tornado(self, outcome: str | None = None, *, narrow: bool = False) -> Figure:
        """Returns the tornado chart of an outcome: effect and variance share of each factor.

        Args:
            outcome: `truce_in_force` or `path_class=conflict`, say; None for the first analysed.
            narrow: Whether its two parts stand below each other, for a phone.

        Raises:
            NotFoundError: The outcome was not analysed.
        """
        from sim.report.figures.studies import tornado_figure

        known = {target_name(drivers.target): drivers for drivers in self.sensitivity.drivers}
        name = next(iter(known)) if outcome is None else outcome
        if name not in known:
            raise NotFoundError(
                f"{name!r} was not analysed{nearest(name, known)}; analysed: {', '.join(known)}"
            )
        return tornado_figure(self.sensitivity, known[name], narrow=narrow)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields a tornado for each outcome."""
        for drivers in self.sensitivity.drivers:
            yield (
                f"{_file_name(drivers.target)}-drivers",
                self.tornado(target_name(drivers.target)),
            )


@dataclass(frozen=True, slots=True)
class DiscoveryPlots:
    """Charts of a discovery.

    Attributes:
        found: The boxes.
    """

    found: Discovery

    def __post_init__(self) -> None:
        check_plotting()

    def tradeoff(self) -> Figure:
        """Returns the chart of coverage against density of the boxes."""
        from sim.report.figures.searches import tradeoff_figure

        return tradeoff_figure(self.found)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the only chart."""
        yield "boxes", self.tradeoff()


@dataclass(frozen=True, slots=True)
class CausesPlots:
    """Charts of an explanation.

    Attributes:
        found: The shares of causes, and the runs without each.
    """

    found: Explanation

    def __post_init__(self) -> None:
        check_plotting()

    def removals(self) -> Figure:
        """Returns the chart of what changes without each of the strongest causes."""
        from sim.report.figures.causes import causes_figure

        return causes_figure(self.found)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the only chart."""
        yield "causes", self.removals()


@dataclass(frozen=True, slots=True)
class GamePlots:
    """Charts of a game.

    Attributes:
        table: The runs and the solution.
    """

    table: GameTable

    def __post_init__(self) -> None:
        check_plotting()

    def payoffs(self) -> Figure:
        """Returns the chart of both sides' payoffs in each pair of strategies."""
        from sim.report.figures.games import payoff_figure

        return payoff_figure(self.table)

    def frontier(self) -> Figure:
        """Returns the chart of the bundles proposed at meetings, and what they were worth.

        Raises:
            UsageError: No meetings were examined.
        """
        from sim.report.figures.games import frontier_figure

        self._check_met()
        return frontier_figure(self.table)

    def clauses(self) -> Figure:
        """Returns the chart of what each clause was worth to both sides at meetings.

        Raises:
            UsageError: No meetings were examined.
        """
        from sim.report.figures.games import clause_figure

        self._check_met()
        return clause_figure(self.table)

    def every(self) -> Iterator[tuple[str, Figure]]:
        """Yields the payoffs, and the bargains if meetings were examined."""
        yield "payoffs", self.payoffs()
        if self._met():
            yield "frontier", self.frontier()
            yield "clauses", self.clauses()

    def _check_met(self) -> None:
        if not self._met():
            raise UsageError(
                "no meetings were examined; use --examine 100 with a scenario that has meetings"
            )

    def _met(self) -> bool:
        found = self.table.frontier
        return found is not None and len(found.meetings) > 0


def _numbered(name: str, place: int) -> str:
    return f"{name}-{place + 1}" if place else name


def save(plots: Plots, folder: str | Path) -> list[Path]:
    """Writes every chart of an answer as PNG and SVG, and returns the files.

    Raises:
        UsageError: matplotlib is not installed, or the folder cannot be written.
    """
    from sim.report.figures.style import write

    target = open_folder(folder)
    written = []
    try:
        for name, figure in plots.every():
            for ending in ("png", "svg"):
                path = target / f"{name}.{ending}"
                write(figure, path)
                written.append(path)
    except OSError as error:
        raise _unwritable(target, error) from error
    return written


def open_folder(folder: str | Path) -> Path:
    """Returns a folder for charts, created if missing.

    Raises:
        UsageError: It cannot be created or written to.
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=target):
            return target
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(target: Path, error: OSError) -> UsageError:
    return UsageError(
        f"figures cannot be written to {target}: {error.strerror or error}; choose another "
        "folder with --figures DIR"
    )


def target_name(target: Target) -> str:
    """Returns the name of a target for a caller: `us_hikes` or `path_class=conflict`."""
    if target.condition is not None and not target.label:
        return target.text
    if target.column.outcome.kind == "class":
        return f"{target.outcome}={target.label}"
    return target.outcome


def _file_name(target: Target) -> str:
    return "".join(c if c.isalnum() or c in "_-@" else "-" for c in target_name(target))
