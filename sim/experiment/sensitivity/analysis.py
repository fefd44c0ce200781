"""Sensitivity analysis of outcomes: screening of factors, shares of variance, and luck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.engine.blocks import columns
from sim.errors import CheckFailedError, UsageError
from sim.experiment.executors.choice import seconds_of, worker_count
from sim.experiment.inputs.axes import Axis
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.factors import Factor, read_factors, uncertain
from sim.experiment.inputs.sequence import check_points
from sim.experiment.outcomes.targets import Target, days_of, read_targets
from sim.experiment.runs.design import (
    Design,
    Means,
    PlayedDesign,
    check_size,
    is_played,
    play,
)
from sim.experiment.runs.filler import Progress
from sim.experiment.sensitivity import morris, sobol
from sim.experiment.stats.intervals import Estimate, Floats
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.store.identity import model_version
from sim.experiment.sweep.readings import Readings
from sim.experiment.sweep.response import Curve, drawn_curve
from sim.scenario.resolved_scenario import Resolved

TOP: Final = 20
"""Number of factors kept by screening; with more factors than this, screening is the default."""

POINTS: Final = 64
REPLICATES: Final = 16
"""Default sizes, which screen quickly: what drives an answer shows in a minute, and the page says
how many replicates would tell the rest apart."""

LEAST_REPLICATES: Final = 8
"""Fewest replicates: with fewer, a resample often consists of little more than one replicate
repeated, and intervals become too narrow."""

WORTH_TELLING: Final = 0.01
"""Share of the variance from which a factor counts as one to be told from luck."""

OUTCOME: Final = "us_addon_pp"
"""Default outcome: the quantity that most others depend on."""


@dataclass(frozen=True, slots=True)
class Screened:
    """Screening result of one factor.

    Attributes:
        factor: The factor.
        mu: Mean elementary effect on each outcome, in the outcome's unit.
        mu_star: Mean absolute elementary effect on each outcome.
        sigma: Standard deviation of the effect between trajectories, for each outcome.
        strength: Root mean square effect, luck excluded, for each outcome.
        rank: Rank by strength relative to the strongest factor, for the outcome where that is
            largest; 1 is the strongest.
        kept: Whether the factor was kept for the variance indices.
    """

    factor: Factor
    mu: tuple[float, ...]
    mu_star: tuple[float, ...]
    sigma: tuple[float, ...]
    strength: tuple[float, ...]
    rank: int
    kept: bool


@dataclass(frozen=True, slots=True)
class VarianceShare:
    """One factor's share in the variance of an outcome.

    Attributes:
        factor: The factor.
        first: First-order index: the effect of the factor alone.
        total: Total index: the effect of the factor including its interactions.
        curve: The outcome over fifths of the factor's range.
    """

    factor: Factor
    first: Estimate
    total: Estimate
    curve: Curve

    @property
    def is_significant(self) -> bool:
        """Whether the total index differs significantly from zero."""
        return self.total.low > 0.0

    def replicates_needed(self, replicates: int) -> int | None:
        """Returns the replicates with which the total index would differ from zero, if it is what
        it seems; None if it already does, or is too small to be worth telling.

        The interval is one over replicates, so it shrinks with the root of their number.

        Args:
            replicates: Number of replicates behind the interval.
        """
        value, reach = self.total.value, self.total.value - self.total.low
        if self.is_significant or not value >= WORTH_TELLING or not math.isfinite(reach):
            return None
        return max(replicates + 1, math.ceil(replicates * (reach / value) ** 2))


@dataclass(frozen=True, slots=True)
class Drivers:
    """Drivers of one outcome.

    Attributes:
        target: The outcome.
        mean: Mean over points and runs.
        moves_between: 5% and 95% quantiles of E[Y | parameters] over the design.
        variance: Variance of E[Y | parameters].
        luck: Share of the variance between single runs that is due to luck.
        together: Share of the variance due to interactions of factors.
        shares: Shares of the factors, largest total index first.
        varies: Whether the runs differ at all.
        is_significant: Whether the factors have a significant effect on the outcome.
    """

    target: Target
    mean: float
    moves_between: tuple[float, float]
    variance: Estimate
    luck: Estimate
    together: Estimate
    shares: tuple[VarianceShare, ...]
    varies: bool
    is_significant: bool

    def replicates_needed(self, replicates: int) -> int | None:
        """Returns the replicates with which every factor worth telling would be told from luck.

        None if there is none left to tell.

        Args:
            replicates: Number of replicates behind the shares.
        """
        needed = [share.replicates_needed(replicates) for share in self.shares]
        return max((each for each in needed if each is not None), default=None)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Result of a sensitivity analysis.

    Attributes:
        scenario: Name of the scenario.
        question: The question it answers.
        seed: Seed of all random draws.
        points: Number of base points of the Sobol sequence (`-n`).
        replicates: Number of runs at each point of the design.
        runs: Number of runs used, screening included.
        computed: Number of runs simulated by this call.
        elapsed_s: Seconds of simulation in this call.
        screened: Screened factors, strongest first; empty without screening.
        drivers: One per outcome.
        failed: Number of replicates (one run at every point) left out because one of these runs did
            not finish.
        directories: Folders of the designs.
    """

    scenario: str
    question: str
    seed: int
    points: int
    replicates: int
    runs: int
    computed: int
    elapsed_s: float
    screened: tuple[Screened, ...]
    drivers: tuple[Drivers, ...]
    failed: int
    directories: tuple[Path, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns the answer as one JSON object with stable keys."""
        return {
            "scenario": self.scenario,
            "question": self.question,
            "seed": self.seed,
            "model_version": model_version(),
            "points": self.points,
            "replicates": self.replicates,
            "runs": self.runs,
            "computed": self.computed,
            "elapsed_s": self.elapsed_s,
            "replicates_left_out": self.failed,
            "screening": [_screened_json(row, self.drivers) for row in self.screened],
            "outcomes": [_drivers_json(drivers, self.replicates) for drivers in self.drivers],
            "results_dirs": [str(directory) for directory in self.directories],
        }


def sensitivity(
    start: StudyBase,
    factors: Sequence[str | Axis],
    outcomes: Sequence[str],
    means: Means,
    *,
    n: int = POINTS,
    replicates: int = REPLICATES,
    screen: bool | None = None,
    top: int = TOP,
) -> Sensitivity:
    """Returns the factors that drive the outcomes of a scenario.

    Args:
        start: The scenario.
        factors: Factors as `factors.read_factors` takes them; if empty, every uncertain parameter.
        outcomes: Outcomes as `targets.read_targets` takes them; if empty, `OUTCOME`.
        means: Store, seed, workers and engine.
        n: Number of base points of the Sobol sequence, a power of two; the design has factors + 2
            points for each.
        replicates: Number of runs at each point, 8 or more; every point uses the same
            random draws.
        screen: Whether to screen factors first; None to do so if there are more than `top`.
        top: Number of factors kept by screening.

    Raises:
        CheckFailedError: An outcome does not apply to every run.
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: The scenario or a factor's value is wrong.
        UsageError: An option is out of range, or SALib is not installed.
    """
    check_points(n, "-n")
    if replicates < LEAST_REPLICATES:
        raise UsageError(
            f"--replicates {replicates}: at least {LEAST_REPLICATES} are needed to separate the "
            "effect of parameters from chance, because intervals are found by resampling replicates"
        )
    if top < 1:
        raise UsageError(f"--top {top}: screening must keep at least 1 factor")
    means.check()
    texts = tuple(outcomes) or (OUTCOME,)
    start = replace(start, at=(*start.at, *days_of(texts)))
    base = start.resolved()
    targets = read_targets(texts, columns(base))
    chosen = read_factors(factors, start) if factors else uncertain(base)
    if not chosen:
        raise UsageError(f"{base.name} has no uncertain parameters; name factors, e.g. a=0..1")
    for factor in chosen:
        if len(factor.levels) == 1:
            raise UsageError(
                f"{factor.name}={factor.levels[0]}: a factor needs at least two values to vary; to "
                f"set it for all runs use --set {factor.name}={factor.levels[0]}"
            )
    screening = len(chosen) > top if screen is None else screen
    points = n * (min(top, len(chosen)) + 2 if screening else len(chosen) + 2)
    check_size(points, replicates)
    wanted = tuple(target.column.name for target in targets)
    played: list[PlayedDesign] = []
    screened: tuple[Screened, ...] = ()
    if screening:
        lists = [len(factor.levels) for factor in chosen]
        cube = morris.trajectories(len(chosen), lists=lists)
        check_size(len(cube), replicates)
        total = (len(cube) + points) * replicates
        design = Design.at("morris", chosen, cube, grows=False)
        if not is_played(design, start, replicates, means):
            announce(base, total, means)
        mine = replace(means, progress=_from(means.progress, 0, total))
        played.append(play(design, start, replicates, wanted, mine))
        screened = _ranked(cube, played[0], targets, top)
        kept = {row.factor.name for row in screened if row.kept}
        chosen = tuple(factor for factor in chosen if factor.name in kept)
        means = replace(means, progress=_from(means.progress, len(cube) * replicates, total))
    cube = sobol.saltelli(n, len(chosen))
    design = Design.at("saltelli", chosen, cube, grows=True)
    if not screening and not is_played(design, start, replicates, means):
        announce(base, points * replicates, means)
    played.append(play(design, start, replicates, wanted, means))
    failed = int(played[-1].failed.any(axis=0).sum())
    return Sensitivity(
        base.name,
        base.question,
        means.seed,
        n,
        replicates,
        sum(each.failed.size for each in played),
        sum(each.computed for each in played),
        sum(each.elapsed_s for each in played),
        screened,
        tuple(_drivers(target, n, played[-1]) for target in targets),
        failed,
        tuple(each.directory for each in played),
    )


def announce(base: Resolved, runs: int, means: Means) -> None:
    """Says beforehand how many runs an analysis takes, and about how long.

    Args:
        base: The scenario.
        runs: Number of runs; those that are stored already take no time.
        means: Workers and engine.
    """
    took = seconds_of(means.engine, base, runs, worker_count(means.workers, runs))
    means.note(
        f"{runs:,} runs, about {math.ceil(took)} s; fewer with smaller -n and --replicates, none "
        "where they are stored"
    )


def stored_screening(start: StudyBase, means: Means) -> tuple[tuple[Screened, ...], int]:
    """Returns the screening of every uncertain parameter of a scenario for the default outcome, if
    an analysis with the default number of replicates stored it, and the number of its runs; nothing
    and 0 otherwise. Nothing is played.

    Raises:
        UsageError: SALib is not installed.
    """
    base = start.resolved()
    chosen = uncertain(base)
    cube = morris.trajectories(len(chosen), lists=[len(factor.levels) for factor in chosen])
    design = Design.at("morris", chosen, cube, grows=False)
    if not is_played(design, start, REPLICATES, means):
        return (), 0
    targets = read_targets((OUTCOME,), columns(base))
    played = play(design, start, REPLICATES, (OUTCOME,), means)
    return _ranked(cube, played, targets, TOP), played.failed.size


def drivers_of(
    target: Target, factors: Sequence[Factor], texts: Sequence[Sequence[str]], n: int, y: Floats
) -> Drivers:
    """Returns the drivers of an outcome.

    Args:
        target: The outcome.
        factors: The varied factors.
        texts: Values of each factor at every point.
        n: Number of base points of the sequence.
        y: One number per run, shape (points, replicates), in the order of `sobol.saltelli`.
    """
    found = sobol.indices(y, len(factors))
    rows = sobol.base_rows(n, len(factors)).tolist()
    means = y.mean(axis=1)[rows]
    at_base = Readings(y[rows])
    shares = [
        VarianceShare(
            factor,
            found.first[place],
            found.total[place],
            drawn_curve(factor.name, [texts[place][row] for row in rows], target, at_base),
        )
        for place, factor in enumerate(factors)
    ]
    return Drivers(
        target,
        float(means.mean()),
        _moves_between(means, found.variance.value),
        found.variance,
        found.luck,
        found.together,
        tuple(sorted(shares, key=lambda share: -np.nan_to_num(share.total.value))),
        bool(np.ptp(y) > 0.0),
        found.is_significant,
    )


def _moves_between(means: Floats, variance: float) -> tuple[float, float]:
    """Returns the 5% and 95% quantiles of E[Y | parameters].

    The means over the runs of a point still contain luck, so they spread more widely than
    E[Y | parameters]. They are shrunk towards their mean until their variance is that of
    E[Y | parameters].

    Args:
        means: One mean per point.
        variance: Variance of E[Y | parameters], luck excluded.
    """
    spread = float(np.var(means, ddof=1))
    share = min(1.0, max(0.0, variance / spread)) if spread > 0.0 else 0.0
    middle = float(means.mean())
    low, high = middle + math.sqrt(share) * (np.quantile(means, (0.05, 0.95)) - middle)
    return float(low), float(high)


def _from(progress: Progress | None, done: int, total: int) -> Progress | None:
    """Returns a progress callback for a part of the work that begins after `done` of all runs."""
    if progress is None:
        return None
    return lambda now, _: progress(done + now, total)


def _ranked(
    cube: Floats, played: PlayedDesign, targets: Sequence[Target], top: int
) -> tuple[Screened, ...]:
    """Returns the factors, ranked by their largest relative effect on any of the outcomes."""
    every = [morris.effects(cube, _numbers(target, played)) for target in targets]
    relative = [
        effects.strength / max(float(effects.strength.max()), np.finfo(float).tiny)
        for effects in every
    ]
    order = np.argsort(-np.max(relative, axis=0), kind="stable")
    return tuple(
        Screened(
            played.design.factors[place],
            tuple(float(effects.mu[place]) for effects in every),
            tuple(float(effects.mu_star[place]) for effects in every),
            tuple(float(effects.sigma[place]) for effects in every),
            tuple(float(effects.strength[place]) for effects in every),
            rank + 1,
            rank < top,
        )
        for rank, place in enumerate(order)
    )


def _drivers(target: Target, n: int, played: PlayedDesign) -> Drivers:
    design = played.design
    texts = [design.column(place) for place in range(len(design.factors))]
    return drivers_of(target, design.factors, texts, n, _numbers(target, played))


def _numbers(target: Target, played: PlayedDesign) -> Floats:
    """Returns an outcome run by run, for the replicates that finished at every point.

    Raises:
        CheckFailedError: Too few replicates finished, or the outcome does not apply to every run.
    """
    whole = ~played.failed.any(axis=0)
    y = target.of(played.values[target.column.name], played.failed)[:, whole]
    if y.shape[1] < LEAST_REPLICATES:
        raise CheckFailedError(
            f"{target.text}: only {y.shape[1]} replicates finished at every point of the design, "
            f"and {LEAST_REPLICATES} are needed to separate the effect of parameters from chance; "
            "try more --replicates"
        )
    missing = float(np.isnan(y).mean())
    if missing > 0.0:
        raise CheckFailedError(
            f"--outcome {target.text}: does not apply to {max(1, round(100 * missing))}% of runs, "
            "and shares of variance need a value for every run; use a condition such as "
            f"{target.text}<=... instead, or another outcome (the runs are kept)"
        )
    return y


def _screened_json(row: Screened, drivers: Sequence[Drivers]) -> dict[str, Any]:
    return {
        "factor": row.factor.name,
        "rank": row.rank,
        "kept": row.kept,
        "range": row.factor.spread,
        "effects": [
            {
                "outcome": each.target.text,
                "mu": row.mu[place],
                "mu_star": row.mu_star[place],
                "sigma": row.sigma[place],
                "strength": row.strength[place],
            }
            for place, each in enumerate(drivers)
        ],
    }


def _drivers_json(drivers: Drivers, replicates: int) -> dict[str, Any]:
    return {
        "outcome": drivers.target.text,
        "unit": drivers.target.unit,
        "mean": finite(drivers.mean),
        "moves_between": [finite(value) for value in drivers.moves_between],
        "variance": finite(drivers.variance.value),
        "variance_ci": interval(drivers.variance),
        "luck_share": finite(drivers.luck.value),
        "luck_share_ci": interval(drivers.luck),
        "together": finite(drivers.together.value),
        "together_ci": interval(drivers.together),
        "varies": drivers.varies,
        "significant": drivers.is_significant,
        "replicates_needed": drivers.replicates_needed(replicates),
        "factors": [
            {
                "factor": share.factor.name,
                "unit": share.factor.unit,
                "range": share.factor.spread,
                "first": finite(share.first.value),
                "first_ci": interval(share.first),
                "total": finite(share.total.value),
                "total_ci": interval(share.total),
                "significant": share.is_significant,
                "curve": share.curve.to_json(),
            }
            for share in drivers.shares
        ],
    }
