"""Draws of parameters from their priors, one vector for each group of runs.

The value of a parameter in vector v is the quantile of its prior at a uniform number that depends
only on the seed, v and the parameter's name. So all scenarios use the same parameter draws, and
fixing one parameter leaves the others unchanged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Final

from sim.engine.draws import check_key, uniforms
from sim.errors import UsageError, nearest
from sim.experiment.stats.intervals import Floats, Labels
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.scenario.resolved_scenario import Prior, Resolved

FIRST_STREAM: Final = 2**31
"""First stream for parameters; those of events (`draws.Stream`) lie below."""

POSTERIOR: Final = "posterior"
"""Name of the stream that chooses the first draw from a posterior."""

Function = Callable[[float, float, float], float]
"""A distribution function or its inverse: the family's two parameters, then the argument."""

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
        self._quantiles = [quantile_of(name, prior) for name, prior in uncertain.items()]

    def vector(self, seed: int, vector: int) -> dict[str, float]:
        """Returns the value of every uncertain parameter in one parameter vector.

        Args:
            seed: The seed of the batch, 0 to 2**32 - 1.
            vector: Number of the vector, 0 to 2**32 - 1.

        Raises:
            UsageError: The seed is out of range.
        """
        luck = uniforms(check_key(seed), [vector], [0], self._sites)[0, 0].tolist()
        drawn = zip(self.names, self._quantiles, luck, strict=True)
        values = {name: quantile(u) for name, quantile, u in drawn}
        return values | self._learned(seed, vector)

    def _learned(self, seed: int, vector: int) -> dict[str, float]:
        """Returns a draw of the posterior: each comes once before any comes again, from a first
        that depends on the seed."""
        if self._posterior is None:
            return {}
        draws = self._posterior.draws
        first = uniforms(check_key(seed), [0], [0], [(stream(POSTERIOR), 0)])[0, 0, 0]
        row = draws[(int(first * len(draws)) + vector) % len(draws)]
        return dict(zip(self._posterior.names, row, strict=True))

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
) -> Iterator[Mapping[str, float]]:
    """Yields the parameters of consecutive replicates; runs of one vector get the same object."""
    priors = Priors(resolved)
    known = -1
    drawn: Mapping[str, float] = {}
    for replicate in range(first, first + count):
        if replicate // per_vector != known:
            known = replicate // per_vector
            drawn = priors.vector(seed, known)
        yield drawn


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
    if not _is_whole(name):
        return inverse(prior)
    if prior.family == "uniform":
        # Every whole number in the range is equally likely, including the ends.
        low, high = (float(round(bound)) for bound in _bounds(prior))
        return lambda u: min(high, math.floor(low + u * (high - low + 1.0)))
    value = inverse(prior)
    return lambda u: float(round(value(u)))


def inverse_cdf(prior: Prior, u: float) -> float:
    """Returns the value below which a share u of the prior lies (see `inverse`)."""
    return inverse(prior)(u)


def inverse(prior: Prior) -> Quantile:
    """Returns the quantile function of a prior.

    Families: `beta` (a, b), `normal` (a mean, b standard deviation), `lognormal` (a median, b
    standard deviation of the logarithm), `gamma` (a shape, b rate), `uniform` (low to high). The
    limits `low` and `high`, if set, truncate any family.

    Raises:
        UsageError: The family is unknown.
    """
    if prior.family == "uniform":
        least, most = _bounds(prior)
        return lambda u: least + u * (most - least)
    if prior.family not in _FAMILIES:
        allowed = ["uniform", *_FAMILIES]
        raise UsageError(
            f"prior family {prior.family!r} is not one of {', '.join(allowed)}"
            + nearest(prior.family, allowed)
        )
    cdf, quantile = _FAMILIES[prior.family]
    a, b = prior.a, prior.b
    low, high = _limits(prior)
    below = 0.0 if low == -math.inf else cdf(a, b, low)
    width = (1.0 if high == math.inf else cdf(a, b, high)) - below
    # The round trip through the distribution function may end slightly outside the limits.
    return lambda u: min(high, max(low, quantile(a, b, below + u * width)))


def _limits(prior: Prior) -> tuple[float, float]:
    low = -math.inf if prior.low is None else prior.low
    high = math.inf if prior.high is None else prior.high
    return low, high


def _bounds(prior: Prior) -> tuple[float, float]:
    """Returns the ends of a uniform prior, from its limits or from a and b."""
    low, high = _limits(prior)
    return (low, high) if math.isfinite(low) and math.isfinite(high) else (prior.a, prior.b)


def _beta_cdf(a: float, b: float, x: float) -> float:
    from scipy.special import betainc

    return float(betainc(a, b, min(1.0, max(0.0, x))))


def _beta_inverse(a: float, b: float, u: float) -> float:
    from scipy.special import betaincinv

    return float(betaincinv(a, b, u))


def _normal_cdf(centre: float, spread: float, x: float) -> float:
    from scipy.special import ndtr

    return float(ndtr((x - centre) / spread))


def _normal_inverse(centre: float, spread: float, u: float) -> float:
    from scipy.special import ndtri

    return centre + spread * float(ndtri(u))


def _lognormal_cdf(median: float, spread: float, x: float) -> float:
    return _normal_cdf(0.0, spread, math.log(x / median)) if x > 0.0 else 0.0


def _lognormal_inverse(median: float, spread: float, u: float) -> float:
    return median * math.exp(_normal_inverse(0.0, spread, u))


def _gamma_cdf(shape: float, rate: float, x: float) -> float:
    from scipy.special import gammainc

    return float(gammainc(shape, max(0.0, x) * rate))


def _gamma_inverse(shape: float, rate: float, u: float) -> float:
    from scipy.special import gammaincinv

    return float(gammaincinv(shape, u)) / rate


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
