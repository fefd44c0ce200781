"""Base scenario of a study, resolved again with further changes for each batch or point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sim.experiment.inputs.modes import FIXED
from sim.experiment.inputs.posterior import learned
from sim.experiment.inputs.resolution import resolve
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.strategies import Strategy


@dataclass(frozen=True, slots=True)
class StudyBase:
    """A scenario and the changes common to all runs of a study.

    Attributes:
        scenario: Name or path of the scenario.
        sets: Inputs to change, as (name, value) pairs of text.
        until: Last day, if different from the file's.
        at: Additional days on which dated outcomes are read.
        parameters: How parameters are drawn: one of `MODES`, or a posterior file.
    """

    scenario: str
    sets: Sequence[tuple[str, str]] = ()
    until: date | None = None
    at: Sequence[date] = ()
    parameters: str = FIXED

    def resolved(
        self, sets: Sequence[tuple[str, str]] = (), strategies: Sequence[Strategy] = ()
    ) -> Resolved:
        """Returns the scenario with further changes.

        Args:
            sets: Further inputs to change.
            strategies: Strategies of the sides.

        Raises:
            NotFoundError: There is no such scenario.
            ScenarioError: The scenario, or a change to it, is invalid.
        """
        found = resolve(
            self.scenario,
            sets=(*self.sets, *sets),
            until=self.until,
            at=self.at,
            strategies=strategies,
        )
        return learned(found, self.parameters)
