"""Scores of probabilities of events: Brier and logarithmic, and what the first is made of.

Both are proper: on average a forecaster loses least with the probability believed in (Gneiting and
Raftery 2007, "Strictly proper scoring rules, prediction, and estimation", section 3). Smaller is
better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.experiment.stats.intervals import Flags, Floats, Labels


def brier(probabilities: Floats, outcomes: Flags) -> Floats:
    """Returns the Brier score of each forecast, 0 to 1: the squared difference between the
    probability and what came (Brier 1950, for two classes and without his factor of 2).

    Raises:
        ValueError: A probability lies outside 0 to 1, or the shapes differ.
    """
    check_probabilities(probabilities, outcomes)
    return (probabilities - outcomes) ** 2


def log_score(probabilities: Floats, outcomes: Flags) -> Floats:
    """Returns the logarithmic score of each forecast, in nats: minus the natural logarithm of the
    probability given to what came (Good 1952).

    Nothing is clipped: certainty that proves wrong costs infinitely much.

    Raises:
        ValueError: A probability lies outside 0 to 1, or the shapes differ.
    """
    check_probabilities(probabilities, outcomes)
    # `log1p` keeps the digits of 1 - p where p is small.
    with np.errstate(divide="ignore"):
        return np.asarray(-np.where(outcomes, np.log(probabilities), np.log1p(-probabilities)))


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Parts of a mean Brier score. Smaller is better, but for the resolution.

    Attributes:
        reliability: Mean squared distance of the mean forecast of a bin from the share of events in
            it.
        resolution: Mean squared distance of that share from the share of all.
        uncertainty: Variance of the outcomes: what a constant forecast of their share would score.
        within: What is lost or won by different forecasts in one bin; 0 if all of a bin are equal.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within: float

    @property
    def score(self) -> float:
        """The mean Brier score."""
        return self.reliability - self.resolution + self.uncertainty + self.within


def decompose(probabilities: Floats, outcomes: Flags, bins: Labels) -> Decomposition:
    """Returns the parts of the mean Brier score: those of Murphy (1973), and for bins whose
    forecasts differ the within-bin variance less twice the within-bin covariance with the outcome
    (Stephenson, Coelho and Jolliffe 2008), so that the parts add up exactly.

    Args:
        probabilities: The forecasts, shape (n,), n at least 1.
        outcomes: Whether the event came.
        bins: Label of the bin of each forecast.

    Raises:
        ValueError: A probability lies outside 0 to 1, or the shapes differ.
    """
    check_probabilities(probabilities, outcomes)
    _, places, sizes = np.unique(bins, return_inverse=True, return_counts=True)
    forecast = np.bincount(places, probabilities) / sizes
    observed = np.bincount(places, outcomes) / sizes
    share = float(np.mean(outcomes))
    apart = probabilities - forecast[places]
    return Decomposition(
        reliability=float(np.average((forecast - observed) ** 2, weights=sizes)),
        resolution=float(np.average((observed - share) ** 2, weights=sizes)),
        uncertainty=share * (1.0 - share),
        within=float(np.mean(apart * (apart - 2.0 * (outcomes - observed[places])))),
    )


def check_probabilities(probabilities: Floats, outcomes: Flags) -> None:
    """Raises an error unless there is one probability for each outcome.

    Raises:
        ValueError: A probability lies outside 0 to 1 or is NaN, or the shapes differ.
    """
    if probabilities.shape != outcomes.shape:
        raise ValueError(
            f"found forecasts of shape {probabilities.shape} and outcomes of shape "
            f"{outcomes.shape}; give one forecast an outcome"
        )
    if not np.all((probabilities >= 0.0) & (probabilities <= 1.0)):
        raise ValueError("found a forecast outside 0 to 1; a probability lies within")
