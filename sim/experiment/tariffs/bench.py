"""Test bench of the trade model: the world of January 2025 before any duty was added.

The checks against published figures and the tables of the documentation begin here, at the central
values that scenarios use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sim.economy.block import apply_trade_opening
from sim.engine.world import make_params, make_state
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.resolved_scenario import Resolved

WORLD: Final = "january-2025-first-100-days"
"""Scenario of January 2025, before any duty was added."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Scenario of January 2025, with parameters set to other values on request.

    Attributes:
        resolved: The scenario.
        changes: Parameters with a value other than the scenario's, by dotted name.
    """

    resolved: Resolved
    changes: Mapping[str, float] = field(default_factory=dict)

    def params(self, more: Mapping[str, float] | None = None) -> Params:
        """Returns the parameters, with some more changed."""
        return make_params(self.resolved, {**self.changes, **(more or {})})

    def opened(self, params: Params) -> State:
        """Returns a state opened under the duties of January 2025, at the trade they imply."""
        state = make_state(self.resolved, params)
        state.trade_usd_bn_per_month = [0.0, 0.0]
        apply_trade_opening(state, params)
        return state

    def world(self, more: Mapping[str, float] | None = None) -> tuple[State, Params]:
        """Returns parameters, some of them changed, and the state that opens with them."""
        params = self.params(more)
        return self.opened(params), params
