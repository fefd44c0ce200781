"""Draws of parameters from their priors, one vector for each group of runs.

The value of a parameter in vector v is the quantile of its prior at a uniform number that depends
only on the seed, v and the parameter's name. So all scenarios use the same parameter draws, and
fixing one parameter leaves the others unchanged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Final

import numpy as np

from sim.engine.draws import check_key, uniforms
from sim.engine.parameter_sets import ParameterSets
from sim.errors import UsageError, nearest
from sim.experiment.stats.intervals import Floats, Labels
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.scenario.resolved_scenario import Prior, Resolved

FIRST_STREAM: Final = 2**31
"""First stream for parameters; those of events (`draws.Stream`) lie below."""

UNIFORM: Final = "uniform"

POSTERIOR: Final = "posterior"
"""Name of the stream that chooses the first draw from a posterior."""

Function = Callable[[float, float, Floats], Floats]
"""A distribution function or its inverse: the family's two parameters, then the arguments."""

Quantiles = Callable[[Floats], Floats]
"""Values of a parameter as a function of uniform numbers."""

Quantile = Callable[[float], float]
"""Value of a parameter as a function of a uniform number."""


class Priors:
    """Uncertain parameters of a scenario, ready to be drawn vector by vector.

    Those that the scenario's posterior names, if it has one, are drawn from it together.

    Attributes:
        names: Names of the parameters drawn from a prior; all others are known or fixed, or drawn
            from the posterior.
    """

    def __init__(self, resolved: Resolved) -> None:
        self._posterior = resolved.posterior
        learned = set(self._posterior.names) if self._posterior else set()
        known = resolved.parameters.items()
        uncertain = {name: p.prior for name, p in known if p.prior and name not in learned}
        self.names = tuple(uncertain)
        self._sites = [(stream(name), 0) for name in uncertain]
        self._quantiles = [quantiles_of(name, prior) for name, prior in uncertain.items()]
        # Most priors are ranges, of which all parameters and vectors are drawn at once.
        self._ranges = [
            place
            for place, (name, prior) in enumerate(uncertain.items())
            if prior.family == UNIFORM and not _is_whole(name)
        ]
        bounds = [_bounds(uncertain[self.names[place]]) for place in self._ranges]
        self._low, high = np.array(bounds).reshape(-1, 2).T
        self._width = high - self._low
        ranges = set(self._ranges)
        self._others = [place for place in range(len(self.names)) if place not in ranges]

    @property
    def drawn(self) -> tuple[str, ...]:
        """Names of all parameters that are drawn: from a prior, then from the posterior."""
        return self.names + (self._posterior.names if self._posterior else ())

    def vector(self, seed: int, vector: int) -> dict[str, float]:
        """Returns the value of every uncertain parameter in one parameter vector.

        Args:
            seed: The seed of the batch, 0 to 2**32 - 1.
            vector: Number of the vector, 0 to 2**32 - 1.

        Raises:
            UsageError: The seed is out of range.
        """
        values = self.vectors(seed, np.array([vector]))[0].tolist()
        return dict(zip(self.drawn, values, strict=True))

    def vectors(self, seed: int, numbers: Labels) -> Floats:
        """Returns the values of the `drawn` parameters in several vectors, shape (vectors, drawn).

        Args:
            seed: The seed of the batch, 0 to 2**32 - 1.
            numbers: Numbers of the vectors, 0 to 2**32 - 1, shape (vectors,).

        Raises:
            UsageError: The seed is out of range.
        """
        luck = uniforms(check_key(seed), numbers, [0], self._sites)[:, 0]
        values = np.empty(luck.shape)
        values[:, self._ranges] = self._low + luck[:, self._ranges] * self._width
        for place in self._others:
            values[:, place] = self._quantiles[place](luck[:, place])
        return (
            values if self._posterior is None else np.hstack([values, self._learned(seed, numbers)])
        )

    def _learned(self, seed: int, numbers: Labels) -> Floats:
        """Returns draws of the posterior: each comes once before any comes again, from a first
        that depends on the seed."""
        assert self._posterior is not None
        draws = self._posterior.draws
        first = uniforms(check_key(seed), [0], [0], [(stream(POSTERIOR), 0)])[0, 0, 0]
        rows = (int(first * len(draws)) + numbers) % len(draws)
        return np.array([draws[row] for row in rows.tolist()])

    def shares(self, seed: int, vectors: Labels, places: Sequence[int]) -> Floats:
        """Returns the quantile levels of parameters: the share of the prior below each value.

        Args:
            seed: The seed of the batch, 0 to 2**32 - 1.
            vectors: Numbers of the vectors, shape (vectors,).
            places: Indices of the parameters in `names`.

        Returns:
            Array of shape (vectors, places), above 0 and below 1.
        """
        sites = [self._sites[place] for place in places]
        return uniforms(check_key(seed), vectors, [0], sites)[:, 0]


def parameter_vector(resolved: Resolved, seed: int, vector: int) -> dict[str, float]:
    """Returns the value of every uncertain parameter in one parameter vector.

    Args:
        resolved: The scenario; parameters without a prior are known or fixed, and left out.
        seed: The seed of the batch, 0 to 2**32 - 1.
        vector: Number of the vector, 0 to 2**32 - 1.

    Raises:
        UsageError: The seed is out of range, or the family of a prior is unknown.
    """
    return Priors(resolved).vector(seed, vector)


def parameter_sets(
    resolved: Resolved, seed: int, first: int, count: int, per_vector: int
) -> ParameterSets:
    """Returns the parameters of consecutive replicates; runs of one vector get the same object."""
    priors = Priors(resolved)
    of_run = np.arange(first, first + count) // per_vector
    least = int(of_run[0]) if count else 0
    numbers = np.arange(least, int(of_run[-1]) + 1 if count else 0)
    return ParameterSets(priors.drawn, priors.vectors(seed, numbers), of_run - least)


@cache
def stream(name: str) -> int:
    """Returns the stream of a parameter's draws: a stable hash of its name, 2**31 to 2**32 - 1."""
    digest = blake2b(name.encode(), digest_size=4).digest()
    return FIRST_STREAM | int.from_bytes(digest, "big")


def draw(name: str, prior: Prior, u: float) -> float:
    """Returns the value of a prior at a uniform number; whole for counts of days."""
    return quantile_of(name, prior)(u)


def quantile_of(name: str, prior: Prior) -> Quantile:
    """Returns a function from a uniform number to the parameter's value; whole for counts of days.

    Raises:
        UsageError: The prior's family is unknown.
    """
    return _one_by_one(quantiles_of(name, prior))


def quantiles_of(name: str, prior: Prior) -> Quantiles:
    """Returns a function from uniform numbers to the parameter's values, the same as `quantile_of`
    to the bit.

    Raises:
        UsageError: The prior's family is unknown.
    """
    if not _is_whole(name):
        return inverse(prior)
    if prior.family == UNIFORM:
        # Every whole number in the range is equally likely, including the ends.
        low, high = (float(round(bound)) for bound in _bounds(prior))
        return lambda u: np.minimum(high, np.floor(low + u * (high - low + 1.0)))
    values = inverse(prior)
    return lambda u: np.round(values(u))


def inverse_cdf(prior: Prior, u: float) -> float:
    """Returns the value below which a share u of the prior lies (see `inverse`)."""
    return _one_by_one(inverse(prior))(u)


def _one_by_one(quantiles: Quantiles) -> Quantile:
    return lambda u: float(quantiles(np.array([u]))[0])


def inverse(prior: Prior) -> Quantiles:
    """Returns the quantile function of a prior.

    Families: `beta` (a, b), `normal` (a mean, b standard deviation), `lognormal` (a median, b
    standard deviation of the logarithm), `gamma` (a shape, b rate), `uniform` (low to high). The
    limits `low` and `high`, if set, truncate any family.

    Raises:
        UsageError: The family is unknown.
    """
    if prior.family == UNIFORM:
        least, most = _bounds(prior)
        return lambda u: least + u * (most - least)
    if prior.family not in _FAMILIES:
        allowed = [UNIFORM, *_FAMILIES]
        raise UsageError(
            f"prior family {prior.family!r} is not one of {', '.join(allowed)}"
            + nearest(prior.family, allowed)
        )
    cdf, quantile = _FAMILIES[prior.family]
    a, b = prior.a, prior.b
    low, high = _limits(prior)
    below, above = 0.0, 1.0
    if low != -math.inf:
        below = float(cdf(a, b, np.array([low]))[0])
    if high != math.inf:
        above = float(cdf(a, b, np.array([high]))[0])
    width = above - below
    # The round trip through the distribution function may end slightly outside the limits.
    return lambda u: np.clip(quantile(a, b, below + u * width), low, high)


def _limits(prior: Prior) -> tuple[float, float]:
    low = -math.inf if prior.low is None else prior.low
    high = math.inf if prior.high is None else prior.high
    return low, high


def _bounds(prior: Prior) -> tuple[float, float]:
    """Returns the ends of a uniform prior, from its limits or from a and b."""
    low, high = _limits(prior)
    return (low, high) if math.isfinite(low) and math.isfinite(high) else (prior.a, prior.b)


def _beta_cdf(a: float, b: float, x: Floats) -> Floats:
    from scipy.special import betainc

    return betainc(a, b, np.clip(x, 0.0, 1.0))  # type: ignore[no-any-return]


def _beta_inverse(a: float, b: float, u: Floats) -> Floats:
    from scipy.special import betaincinv

    return betaincinv(a, b, u)  # type: ignore[no-any-return]


def _normal_cdf(centre: float, spread: float, x: Floats) -> Floats:
    from scipy.special import ndtr

    return ndtr((x - centre) / spread)  # type: ignore[no-any-return]


def _normal_inverse(centre: float, spread: float, u: Floats) -> Floats:
    from scipy.special import ndtri

    return centre + spread * ndtri(u)  # type: ignore[no-any-return]


# The functions of `math` and those of numpy may differ in the last bit; draws are those of `math`.
def _lognormal_cdf(median: float, spread: float, x: Floats) -> Floats:
    logs = np.array([math.log(v) if v > 0.0 else -math.inf for v in (x / median).tolist()])
    return _normal_cdf(0.0, spread, logs)


def _lognormal_inverse(median: float, spread: float, u: Floats) -> Floats:
    logs = _normal_inverse(0.0, spread, u).tolist()
    return median * np.array([math.exp(each) for each in logs])


def _gamma_cdf(shape: float, rate: float, x: Floats) -> Floats:
    from scipy.special import gammainc

    return gammainc(shape, np.maximum(0.0, x) * rate)  # type: ignore[no-any-return]


def _gamma_inverse(shape: float, rate: float, u: Floats) -> Floats:
    from scipy.special import gammaincinv

    return gammaincinv(shape, u) / rate  # type: ignore[no-any-return]


_FAMILIES: Final[Mapping[str, tuple[Function, Function]]] = {
    "beta": (_beta_cdf, _beta_inverse),
    "normal": (_normal_cdf, _normal_inverse),
    "lognormal": (_lognormal_cdf, _lognormal_inverse),
    "gamma": (_gamma_cdf, _gamma_inverse),
}


@cache
def _whole_names() -> frozenset[str]:
    return frozenset(
        name for name, slot in slot_index(Params).items() if slot.spec.type is not float
    )


def _is_whole(name: str) -> bool:
    return name in _whole_names()
