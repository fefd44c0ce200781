"""Made-up histories of known parameters, and what is learned from each.

A history has the situations of the first three years on record and acts drawn by the model's own
rates in them, under parameters drawn from their priors. Fitted as the record is, intervals of 90%
must cover the parameters nine times in ten (Cook, Gelman and Rubin 2006).
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.backtest.conditioning.declared import Scale
from sim.backtest.conditioning.evidence import Evidence, evidence_until
from sim.backtest.conditioning.fitting import drawn, parameters_on
from sim.backtest.conditioning.likelihood import MISREAD, Likelihood
from sim.engine.compiled_rates import signings_of
from sim.engine.replay import STALE_TALKS_DAYS
from sim.experiment.store.identity import model_version
from sim.history.act_table import acts_on_record
from sim.history.acts import FIRST_DAY

DAYS: Final = 3 * 365


def situations() -> Evidence:
    """The first three years of the record."""
    return evidence_until(acts_on_record(), FIRST_DAY + DAYS)


def scale_of(seen: Evidence) -> Scale:
    """The scale of the parameters as they were judged at the end of a history."""
    return Scale(parameters_on(int(seen.states["day"][-1])))


def history(seen: Evidence, scale: Scale, scores: Any, luck: np.random.Generator) -> Evidence:
    """Situations with acts and signatures drawn under parameters, given by their scores.

    Days on which a channel acts, and meetings that settle something, are those of the likelihood;
    floors are drawn anew for each negotiation, which ends with a signature or in silence.
    """
    likelihood = Likelihood(seen, scale.names)
    values = scale.values(scores)
    rates = likelihood.fit(values).rates
    params = likelihood.params(values)
    normal = luck.standard_normal((len(seen.meetings), 2))
    floors = params["reserve"][0] + normal * params["reserve_spread"][0]
    odds = signings_of(seen.states[seen.meetings], seen.ranks, floors, params)
    odds = 0.5 * MISREAD + (1.0 - MISREAD) * odds
    signed = np.zeros(len(seen.meetings), np.bool_)
    talks = np.zeros(len(seen.meetings), np.int64)
    for place in range(len(signed)):
        if place:
            gap = seen.meetings[place] - seen.meetings[place - 1]
            talks[place] = talks[place - 1] + int(signed[place - 1] or gap > STALE_TALKS_DAYS)
        signed[place] = luck.random() < odds[place, talks[place]]
    told = 1.0 * (luck.random(rates.shape) < rates)
    return replace(seen, told=told, signed=signed, talks=talks)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What is learned from one history about each parameter.

    Attributes:
        rank: Share of the draws below the true value.
        spread: Standard deviation of the draws, where that of the prior is 1.
    """

    rank: dict[str, float]
    spread: dict[str, float]


def recovered(number: int, particles: int, workers: int) -> Recovered:
    """What is learned from a history, by its number."""
    seen = situations()
    scale = scale_of(seen)
    luck = np.random.default_rng([20251023, number])
    truth = luck.standard_normal(len(scale.names))
    likelihood = Likelihood(history(seen, scale, truth, luck), scale.names)
    with ThreadPoolExecutor(workers) as crew:
        _, cloud = drawn(likelihood, scale, particles, number, crew)
    below = (cloud.scores < truth).mean(axis=0)
    spread = cloud.scores.std(axis=0)
    return Recovered(*(dict(zip(scale.names, x.tolist(), strict=True)) for x in (below, spread)))


def kept(folder: Path, number: int, particles: int, workers: int) -> Recovered:
    """The same, from the file of an earlier session of this version, or written to one."""
    head = {"number": number, "particles": particles, "model": model_version()}
    path = folder / f"{number:04d}.json"
    if path.exists():
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if found.pop("head") == head:
            return Recovered(**found)
    learned = recovered(number, particles, workers)
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"head": head, **asdict(learned)}, indent=1), "utf-8")
    part.replace(path)
    return learned
