"""Posterior of the declared parameters from the record up to a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.backtest.conditioning.declared import Scale
from sim.backtest.conditioning.evidence import evidence_until
from sim.backtest.conditioning.laplace import Mode, find_mode, log_posterior
from sim.backtest.conditioning.likelihood import Likelihood
from sim.backtest.conditioning.smc import Cloud, sample
from sim.experiment.inputs.as_of import BASE, Sets
from sim.experiment.stats.intervals import Floats
from sim.experiment.store.identity import model_version
from sim.history.acts import RecordedAct
from sim.scenario.knowledge import known_on
from sim.scenario.load import resolve
from sim.scenario.posterior import Posterior
from sim.scenario.resolved_scenario import Parameter

Progress = Callable[[int, int], None]

TELLING: Final = 0.8
"""Spread of a posterior, as a share of its prior's, below which the record tells something about a
parameter."""

DIGITS: Final = 6
"""Significant digits of a draw in a file: far below what matters."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What the record told about one parameter.

    Attributes:
        name: The parameter.
        central: Its central value.
        prior: 5th and 95th percentile of its prior.
        mean: Mean of its posterior.
        interval: 5th and 95th percentile of its posterior.
        spread: Standard deviation of the posterior on the scale on which that of the prior is 1.
    """

    name: str
    central: float
    prior: tuple[float, float]
    mean: float
    interval: tuple[float, float]
    spread: float

    @property
    def is_told(self) -> bool:
        """Whether the record tells something about it."""
        return self.spread < TELLING


@dataclass(frozen=True, slots=True)
class Fitted:
    """A posterior, and how well it was drawn and fits.

    Attributes:
        posterior: Its draws.
        parameters: What was learned about each parameter.
        mode: Its mode.
        cloud: The particles it was made of.
        told: Acts on record by channel.
        before: Acts expected by channel at central values.
        after: Acts expected by channel, mean over the draws.
        gain: Nats by which the mode explains the record better than the central values.
    """

    posterior: Posterior
    parameters: tuple[Learned, ...]
    mode: Mode
    cloud: Cloud
    told: Floats
    before: Floats
    after: Floats
    gain: float

    @property
    def sampler(self) -> dict[str, Any]:
        """How well it was drawn, for its file."""
        return {
            "particles": len(self.cloud.scores),
            "rises": [round(rise, 4) for rise in self.cloud.rises],
            "effective": [round(size, 1) for size in self.cloud.ess],
            "accepted": [round(share, 4) for share in self.cloud.accepted],
            "ancestors": self.cloud.ancestors,
            "pareto_k": round(self.cloud.pareto_k, 3),
            "mode_found": self.mode.converged,
        }


@dataclass(frozen=True, slots=True)
class Calibration:
    """A posterior, and the file it was written to.

    Attributes:
        fitted: The posterior.
        file: The file; None if none was asked for.
        command: Command that makes it again.
    """

    fitted: Fitted
    file: Path | None
    command: str


def fit_posterior(
    acts: Sequence[RecordedAct],
    until: int,
    *,
    particles: int,
    seed: int,
    workers: int,
    sets: Sets = (),
    progress: Progress | None = None,
) -> Fitted:
    """Returns the posterior of the declared parameters, given all that was done up to a day.

    Args:
        acts: The record; what lies after the day is not looked at.
        until: The day, an ordinal.
        particles: Number of draws.
        seed: Seed of their luck.
        workers: Number of threads.
        sets: Changes of the replayed scenario, as pairs (key, text): how the record is coded.
        progress: Called with (done, total) percents of the sampling.
    """
    evidence = evidence_until(acts, until, sets)
    scale = Scale(parameters_on(until))
    likelihood = Likelihood(evidence, scale.names)
    start = likelihood.fit(scale.values(scale.central()))  # compiles, if need be
    with ThreadPoolExecutor(workers) as crew:
        mode, cloud = drawn(likelihood, scale, particles, seed, crew, progress)
        draws = scale.values(cloud.scores)
        fits = likelihood.fits(draws[:: max(1, particles // 100)], crew)
    best = likelihood.fit(scale.values(mode.scores))
    return Fitted(
        _posterior(scale, draws, acts, until),
        tuple(_learned(scale, cloud.scores, draws)),
        mode,
        cloud,
        evidence.told.sum(axis=0),
        start.rates.sum(axis=0),
        np.mean([fit.rates.sum(axis=0) for fit in fits], axis=0),
        best.log_likelihood - start.log_likelihood,
    )


def drawn(
    likelihood: Likelihood,
    scale: Scale,
    particles: int,
    seed: int,
    crew: ThreadPoolExecutor,
    progress: Progress | None = None,
) -> tuple[Mode, Cloud]:
    """Returns the mode of a posterior, and draws from it.

    Args:
        likelihood: The likelihood of a record.
        scale: The normal scale of the parameters that vary in it.
        particles: Number of draws.
        seed: Seed of their luck.
        crew: Threads that share the work.
        progress: Called with (done, total) percents of the sampling.
    """

    def log_density(scores: Floats) -> Floats:
        fits = likelihood.fits(scale.values(scores), crew)
        return np.array(list(map(log_posterior, fits, scores)))

    mode = find_mode(likelihood, scale, scale.central(), crew)
    return mode, sample(log_density, mode.scores, mode.covariance, particles, seed, progress)


def parameters_on(day: int) -> dict[str, Parameter]:
    """Returns the parameters as they would have been judged on a day, an ordinal."""
    return {name: known_on(each, day) for name, each in resolve(BASE).parameters.items()}


def record_hash(acts: Sequence[RecordedAct], until: int) -> str:
    """Returns 16 hex digits that change with the record up to a day."""
    known = [repr(act) for act in acts if act.day <= until]
    return sha256("\n".join(known).encode()).hexdigest()[:16]


def _posterior(scale: Scale, draws: Floats, acts: Sequence[RecordedAct], until: int) -> Posterior:
    rows = tuple(tuple(float(f"{value:.{DIGITS}g}") for value in row) for row in draws)
    return Posterior(scale.names, rows, until, record_hash(acts, until), model_version())


def _learned(scale: Scale, scores: Floats, draws: Floats) -> list[Learned]:
    """Returns what was learned about each parameter."""
    ends = scale.values(np.outer([-1.645, 1.645], np.ones(len(scale.names))))
    central = scale.values(scale.central())
    low, high = np.percentile(draws, [5, 95], axis=0)
    return [
        Learned(
            name,
            float(central[place]),
            (float(ends[0, place]), float(ends[1, place])),
            float(draws[:, place].mean()),
            (float(low[place]), float(high[place])),
            float(scores[:, place].std()),
        )
        for place, name in enumerate(scale.names)
    ]
