"""Multipliers of act rates, learned from the record up to a day.

The acts of a type are a Poisson process whose rate is that of the model times a multiplier. With a
gamma prior around 1 the multiplier has a gamma posterior in closed form: its mean is

  (SHAPE + weighted acts on record) / (SHAPE + weighted acts expected).

Both sums forget the past with a half-life, so the multiplier follows slow changes such as those
between administrations (West & Harrison 1997, chapter 10). Which side is in office is not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from sim.backtest.act_questions import act_days
from sim.backtest.conditioning.exposures import PLACES, exposures
from sim.experiment.inputs.as_of import BASE
from sim.experiment.inputs.posterior import scaled
from sim.history.acts import ActType, RecordedAct
from sim.scenario.load import resolve
from sim.scenario.posterior import Posterior
from sim.scenario.resolved_scenario import Parameter, Resolved

HALF_LIFE_DAYS: Final = 180.0
"""Half-life of what is remembered; that at which the pilot study found drifting rates best."""

SHAPE: Final = 1.0
"""Shape of the gamma prior of mean 1: its 90% interval is 0.05 to 3, as wide as the differences
between the three administrations on record."""

SCALED: Final[Mapping[ActType, tuple[str, ...]]] = {
    ActType.US_HIKE: ("us.rate.hike",),
    ActType.US_THREAT: ("us.rate.threaten",),
    ActType.US_CONTROL: (
        "us.rate.tighten_tech", "us.rate.list_entities", "us.rate.limit_inbound",
        "us.rate.limit_outbound", "us.rate.set_port_fees", "us.rate.limit_visas",
    ),
    ActType.CN_CONTROL: (
        "cn.rate.tighten_rare_earths", "cn.rate.list_entities", "cn.rate.open_probe",
        "cn.rate.set_port_fees",
    ),
    ActType.ROUND: ("round.hazard_per_day",),
    ActType.CONTACT: ("us.rate.call_leader", "cn.rate.call_leader"),
}  # fmt: skip
"""Types whose rate is scaled, and the parameters that set it. Others follow from these, or, as
truces do, from what the two sides gain."""


def multipliers(
    acts: tuple[RecordedAct, ...],
    origin: int,
    half_life_days: float = HALF_LIFE_DAYS,
    posterior: Posterior | None = None,
    sets: tuple[tuple[str, str], ...] = (),
) -> dict[ActType, float]:
    """Returns the posterior mean of the multiplier of each type in `SCALED`, as known on a day.

    Args:
        acts: The record; what lies after the day is not looked at.
        origin: The day, an ordinal.
        half_life_days: Days after which an act and an expectation count half.
        posterior: Posterior at whose means acts are expected; None for central values.
        sets: Further changes of the replayed scenario, as pairs (key, text).
    """
    changes = sets if posterior is None else (*sets, *means_of_draws(posterior))
    first = resolve(BASE).start
    days = np.arange(first, origin + 1)
    weights = 0.5 ** ((origin - days) / half_life_days)
    known = [act for act in acts if first <= act.day <= origin]
    due = exposures(acts, changes)[: len(days)]
    found = {}
    for kind in SCALED:
        expected = float(weights @ due[:, PLACES[kind]])
        told = float(weights[act_days(known, kind) - first].sum())
        found[kind] = (SHAPE + told) / (SHAPE + expected)
    return found


def conditioned(world: Resolved, factors: Mapping[ActType, float]) -> Resolved:
    """Returns a world with the rates of acts multiplied, under its posterior if it has one."""
    by_name = {name: factor for kind, factor in factors.items() for name in SCALED[kind]}
    parameters = dict(world.parameters)
    for name, factor in by_name.items():
        parameters[name] = times(parameters[name], factor)
    posterior = scaled(world.posterior, by_name) if world.posterior else None
    return replace(world, parameters=parameters, posterior=posterior)


def times(parameter: Parameter, factor: float) -> Parameter:
    """Returns a parameter with its value and its prior multiplied.

    The prior is that of a rate: lognormal, of which the median is multiplied, or uniform, of which
    both ends are.
    """
    prior = parameter.prior
    if prior is not None:
        assert prior.family in {"lognormal", "uniform"}, parameter.name
        low, high = (None if end is None else end * factor for end in (prior.low, prior.high))
        b = prior.b * factor if prior.family == "uniform" else prior.b
        prior = replace(prior, a=prior.a * factor, b=b, low=low, high=high)
    return replace(parameter, value=parameter.value * factor, prior=prior)


def means_of_draws(posterior: Posterior) -> tuple[tuple[str, str], ...]:
    """Returns the mean of each parameter over the draws of a posterior, as pairs (name, text)."""
    means = map(repr, np.mean(posterior.draws, axis=0).tolist())
    return tuple(zip(posterior.names, means, strict=True))
