"""A scenario as a caller names it, ready to be resolved again with one more change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.strategies import Strategy


@dataclass(frozen=True, slots=True)
class StudyBase:
    """A scenario and what is changed alike in every run of a study.

    Attributes:
        scenario: Name or path.
        sets: Inputs to change, (name, value) pairs of text.
        until: Last day, instead of the file's.
        at: Further days on which dated outcomes are read.
    """

    scenario: str
    sets: Sequence[tuple[str, str]] = ()
    until: date | None = None
    at: Sequence[date] = ()

    def resolved(
        self, sets: Sequence[tuple[str, str]] = (), strategies: Sequence[Strategy] = ()
    ) -> Resolved:
        """Returns the scenario, changed further.

        Args:
            sets: More inputs to change.
            strategies: How sides play.

        Raises:
            NotFoundError: There is no such scenario.
            ScenarioError: It or a change to it is wrong.
        """
        return resolve(
            self.scenario,
            sets=(*self.sets, *sets),
            until=self.until,
            at=self.at,
            strategies=strategies,
        )
