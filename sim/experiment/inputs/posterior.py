"""Posterior draws for a scenario: what the record taught in place of the priors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sim.errors import ScenarioError, UsageError, nearest
from sim.experiment.inputs.modes import POSTERIOR, POSTERIOR_SUFFIX
from sim.scenario.posterior import Posterior, read_posterior, shipped_posterior
from sim.scenario.resolved_scenario import Resolved


def posterior_named(parameters: str) -> Posterior | None:
    """Returns the posterior that a value of `--parameters` asks for; None for the other modes.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file is no posterior.
    """
    if parameters == POSTERIOR:
        return shipped_posterior()
    if parameters.endswith(POSTERIOR_SUFFIX):
        return read_posterior(Path(parameters))
    return None


def learned(resolved: Resolved, parameters: str, kept: Collection[str] = ()) -> Resolved:
    """Returns a scenario whose drawn parameters follow the posterior asked for, if one is.

    What the scenario or its user has changed stays as it was changed.

    Args:
        resolved: The scenario.
        parameters: Value of `--parameters`.
        kept: Names of parameters that were changed without a trace in the scenario.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file is no posterior, or names parameters that there are not.
    """
    posterior = posterior_named(parameters)
    if posterior is None:
        return resolved
    for name in posterior.names:
        if name not in resolved.parameters:
            raise ScenarioError.single(
                posterior.file or POSTERIOR,
                f"there is no parameter {name!r}{nearest(name, resolved.parameters)}; the file was "
                "made by another version: make it anew with detente calibrate",
            )
    changed = {change.key for change in resolved.changes} | set(kept)
    return replace(resolved, posterior=without(posterior, changed))


def without(posterior: Posterior, names: Collection[str]) -> Posterior:
    """Returns a posterior of fewer parameters."""
    places = [place for place, name in enumerate(posterior.names) if name not in names]
    return replace(
        posterior,
        names=tuple(posterior.names[place] for place in places),
        draws=tuple(tuple(row[place] for place in places) for row in posterior.draws),
    )


def scaled(posterior: Posterior, factors: Mapping[str, float]) -> Posterior:
    """Returns a posterior with some of its parameters multiplied."""
    each = [factors.get(name, 1.0) for name in posterior.names]
    rows = (tuple(v * f for v, f in zip(row, each, strict=True)) for row in posterior.draws)
    return replace(posterior, draws=tuple(rows))


def check_hindsight(posterior: Posterior | None, origin: date) -> None:
    """Checks that a forecast uses nothing that was learned after its day.

    Raises:
        UsageError: The posterior was learned from later acts.
    """
    if posterior is None or posterior.until <= origin.toordinal():
        return
    raise UsageError(
        f"--parameters: the {posterior.words}, later than the forecast of {origin}; make one that "
        f"ends there with: detente calibrate --until {origin} --out FILE.json, and give "
        "--parameters FILE.json"
    )
