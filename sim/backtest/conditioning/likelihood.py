"""Likelihood of the record: the probability of what was done, given the situations that came.

Acts of a channel on a day are a Bernoulli trial whose probability is the rate that the model gives
them (`act_rates`). Meetings are one too: something is signed or not. Floors are private, drawn anew
for each negotiation and integrated out over a grid of Gauss-Hermite nodes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.backtest.conditioning.channels import membership
from sim.backtest.conditioning.evidence import Evidence
from sim.engine.world import PARAM_SLOTS
from sim.experiment.stats.intervals import Floats
from sim.model.tables.codes import CN, US

LEAST: Final = 1.0e-4
"""Least probability of an act on a day. Some acts on record come on days on which the model would
not allow them; one such day in ten thousand says that no rule is without exception, and keeps them
from deciding everything."""

MISREAD: Final = 0.02
"""Share of meetings of which the record may be wrong about whether anything was settled there."""

NODES: Final = 3
"""Gauss-Hermite nodes of each floor: exact for polynomials of degree five."""


@dataclass(frozen=True, slots=True)
class RecordFit:
    """What one set of parameters makes of the record.

    Attributes:
        log_likelihood: Its log likelihood, in nats.
        rates: Probability of each channel on each day, shape (days, channels).
        signed: Probability of a signature at each meeting, floors integrated out by the prior,
            shape (meetings,).
    """

    log_likelihood: float
    rates: Floats
    signed: Floats


class Likelihood:
    """Likelihood of a record under parameters.

    Args:
        evidence: The record, by its situations.
        names: Names of the parameters that vary; the others keep their central values.
    """

    def __init__(self, evidence: Evidence, names: Sequence[str]) -> None:
        self._evidence = evidence
        self._slots = [PARAM_SLOTS[name] for name in names]
        self._members = membership()
        self._rooms = threading.local()
        nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
        self._nodes = np.stack(np.meshgrid(nodes, nodes), axis=-1).reshape(-1, 2)
        self._shares = np.outer(weights, weights).ravel() / weights.sum() ** 2

    def fit(self, values: Floats) -> RecordFit:
        """Returns what a set of parameters makes of the record.

        Args:
            values: Values of the parameters that vary, shape (parameters,).
        """
        from sim.engine.compiled_rates import rates_of, signings_of

        evidence = self._evidence
        params = self.params(values)
        rates = rates_of(self._mornings(), params) @ self._members
        rates = np.clip(rates, LEAST, 1.0 - LEAST)
        told = evidence.told
        acts = np.sum(told * np.log(rates) + (1.0 - told) * np.log1p(-rates))
        spread = params["reserve_spread"][0]
        floors = params["reserve"][0] + self._nodes * spread
        odds = signings_of(evidence.states[evidence.meetings], evidence.ranks, floors, params)
        odds = 0.5 * MISREAD + (1.0 - MISREAD) * odds
        return RecordFit(float(acts + self._of_meetings(odds)), rates, odds @ self._shares)

    def fits(self, values: Floats, crew: ThreadPoolExecutor) -> list[RecordFit]:
        """Returns what each of several sets makes of the record, shape (sets, parameters)."""
        return list(crew.map(self.fit, values))

    def params(self, values: Floats) -> np.ndarray[Any, Any]:
        """Returns the parameters with those that vary set, shape (1,)."""
        params = self._evidence.params.copy()
        for slot, value in zip(self._slots, values, strict=True):
            params[slot.attr][(0, *slot.index)] = value
        return params

    def _mornings(self) -> np.ndarray[Any, Any]:
        """Returns the states of all mornings, copied once for each thread."""
        own = getattr(self._rooms, "states", None)
        if own is None:
            own = self._rooms.states = self._evidence.states.copy()
        return own

    def _of_meetings(self, odds: Floats) -> float:
        """Returns the log probability of what was signed, by negotiation, floors integrated out.

        Args:
            odds: Probability of a signature at each meeting, by floors, shape (meetings, nodes).
        """
        evidence = self._evidence
        if not len(odds):
            return 0.0
        logs = np.where(evidence.signed[:, None], np.log(odds), np.log1p(-odds))
        sums = np.zeros((int(evidence.talks[-1]) + 1, odds.shape[1]))
        np.add.at(sums, evidence.talks, logs)
        return float(np.sum(np.log(np.exp(sums) @ self._shares)))


assert (US, CN) == (0, 1)  # floors are in the order of the sides
