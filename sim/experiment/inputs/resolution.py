"""Scenarios by name, complete: those that start as of a day on record are filled from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.experiment.inputs.as_of import Sets, filled, off_record
from sim.history.act_table import acts_on_record
from sim.scenario.compose import start_problem
from sim.scenario.load import drafted, frozen
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.strategies import Strategy


def resolve(
    name: str,
    *,
    sets: Sets = (),
    until: date | None = None,
    at: Sequence[date] = (),
    strategies: Sequence[Strategy] = (),
) -> Resolved:
    """Returns a complete, frozen scenario; for the arguments, see `sim.scenario.load.resolve`.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A file, a strategy or `sets` is invalid; carries every problem found.
    """
    draft = drafted(name, sets=sets, until=until, strategies=strategies)
    if draft.as_of is None:
        return frozen(draft, name, at)
    acts = acts_on_record()
    fault = off_record(draft.as_of, acts)
    if fault:
        draft.problems.append(start_problem(draft, f"{fault}; write a day within it"))
    return filled(frozen(draft, name, at), draft, acts)
