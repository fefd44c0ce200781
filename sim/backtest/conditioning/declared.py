"""Parameters that the record can move, declared before it was looked at, and their priors.

Each is moved by decisions of which there are several on record. All others keep their priors: what
the record tells about them is little (depth of a shock, weights of rare moods), or was used to set
them (sizes), or they say how a state follows from acts and not how a side decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from sim.experiment.inputs.priors import Quantile, quantile_of
from sim.experiment.stats.intervals import Floats
from sim.scenario.resolved_scenario import Parameter, Prior

DECLARED: Final = (
    # How often each act is chosen.
    "us.rate.hike", "us.rate.threaten", "us.rate.tighten_tech", "us.rate.list_entities",
    "us.rate.limit_inbound", "us.rate.limit_outbound", "us.rate.call_leader",
    "cn.rate.list_entities", "cn.rate.tighten_rare_earths", "cn.rate.open_probe",
    "cn.rate.call_leader",
    # What the choice depends on.
    "us.weight.agreement", "us.weight.leverage", "us.weight.reciprocity", "us.weight.grievance",
    "us.weight.rapport", "cn.weight.agreement", "cn.weight.leverage", "cn.weight.reciprocity",
    "cn.weight.grievance", "review.deadline_boost", "review.reaction_boost",
    # How threats end.
    "us.threat.hazard_per_day", "us.threat.execute_share", "us.threat.softened_effect",
    "us.threat.agreement_effect", "us.threat.early_effect",
    # Replies.
    "us.counter.hazard_per_day", "cn.reply.hazard_per_day", "cn.reply.probability",
    "cn.reply.control_probability", "reply.kind.control_probability",
    # Talks and what comes of them.
    "round.hazard_per_day", "round.after_call", "us.bargain.aspiration", "cn.bargain.aspiration",
    "truce.expiry.default",
)  # fmt: skip
"""Thirty-seven parameters."""

Z_MOST: Final = 4.0
"""Standard normal scores beyond which a prior is cut off."""


EDGE: Final = 1.0e-4
"""Share of a prior below, or above, which a central value is taken to lie at its end."""


class Scale:
    """Scale on which every declared parameter is standard normal under its prior.

    A parameter without a prior is uniform over its range. Correlations are not assumed.

    Attributes:
        names: The declared parameters.
    """

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self.names = DECLARED
        self._quantiles = [quantile_of(name, prior_of(parameters[name])) for name in DECLARED]
        self._central = [parameters[name].value for name in DECLARED]

    def values(self, scores: Floats) -> Floats:
        """Returns the values of parameters at their normal scores, shapes (..., parameters)."""
        from scipy.special import ndtr

        shares = ndtr(np.clip(scores, -Z_MOST, Z_MOST))
        return np.stack(
            [
                np.vectorize(quantile, otypes=[float])(shares[..., place])
                for place, quantile in enumerate(self._quantiles)
            ],
            axis=-1,
        )

    def central(self) -> Floats:
        """Returns the scores of the central values, shape (parameters,)."""
        from scipy.special import ndtri

        pairs = zip(self._quantiles, self._central, strict=True)
        return np.array([ndtri(_share(quantile, value)) for quantile, value in pairs])


def prior_of(parameter: Parameter) -> Prior:
    """Returns the prior of a parameter; uniform over its range if it has none."""
    if parameter.prior is not None:
        return parameter.prior
    assert parameter.low is not None and parameter.high is not None
    return Prior("uniform", parameter.low, parameter.high)


def _share(quantile: Quantile, value: float) -> float:
    """Returns the share of a distribution below a value, kept away from its ends."""
    from scipy.optimize import brentq

    ends = (EDGE, 1.0 - EDGE)
    low, high = (quantile(end) - value for end in ends)
    if low >= 0.0 or high <= 0.0:
        return ends[0] if low >= 0.0 else ends[1]
    return float(brentq(lambda share: quantile(share) - value, *ends))
