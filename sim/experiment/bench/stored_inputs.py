"""Inputs of a stored study, checked and completed so that this version of the model can play them.

A results folder is untrusted: every number, code and name of its scenario is checked before the
engine sees it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.errors import ScenarioError, UsageError
from sim.experiment.store.results import Stored
from sim.model.tables.fields import Slot, memory_index
from sim.model.tables.state import State
from sim.model.tables.vocabulary import FACTION_NAMES, CalendarKind, Post, Side, Venue
from sim.scenario.compose import PARAMETERS, STATE, blank
from sim.scenario.freeze import ALLOWED_ACTS, LAST_START, LONGEST_DAYS, freeze_parameters
from sim.scenario.grammar import PRIOR_KEYS, check_bounds, check_support, decode, encode
from sim.scenario.resolved_scenario import Action, Parameter, Provenance, Resolved

SHOWN: Final = 5
"""Names listed of those that only one version knows."""

_OPERATORS: Final = frozenset({"<", "<=", ">", ">=", "=="})


@dataclass(frozen=True, slots=True)
class StoredInputs:
    """Inputs of a stored study as this version plays them.

    Attributes:
        resolved: The scenario.
        notes: Sentences on what had to be added or left out.
    """

    resolved: Resolved
    notes: tuple[str, ...]


def inputs_of(stored: Stored) -> StoredInputs:
    """Returns the inputs of a stored result for this version of the model.

    Raises:
        UsageError: The scenario cannot be read, or holds what no scenario can.
    """
    written = stored.resolved()
    try:
        return _checked(written)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, ScenarioError) as error:
        why = " ".join(str(error).split())[:200]
        raise UsageError(
            f"{stored.directory}: its scenario cannot be played by this version ({why}); "
            f"{stored.way_out}"
        ) from error


def _checked(written: Resolved) -> StoredInputs:
    _check_days(written)
    state = {key: _of_state(STATE[key], v) for key, v in written.state.items() if key in STATE}
    parameters = {
        key: _of_parameter(PARAMETERS[key], p)
        for key, p in written.parameters.items()
        if key in PARAMETERS
    }
    slots = memory_index(State)
    memory = {key: _finite(v) for key, v in written.memory.items() if key in slots}
    if not (state and parameters):
        raise ValueError("it shares no number with this version")
    new_state = {key: float(slot.initial) for key, slot in STATE.items() if key not in state}
    missing = PARAMETERS.keys() - parameters.keys()
    own = freeze_parameters(blank(), []) if missing else {}
    new_parameters = {key: own[key] for key in sorted(missing)}
    _check_codes(written)
    sources = {key: p for key, p in written.sources.items() if key in STATE}
    sources |= {key: Provenance("", "default", STATE[key].spec.unit) for key in new_state}
    resolved = replace(
        written,
        state={key: (state | new_state)[key] for key in STATE},
        sources=sources,
        parameters={key: (parameters | new_parameters)[key] for key in PARAMETERS},
        memory=memory,
    )
    added = [*new_state, *new_parameters]
    gone = [*(written.state.keys() - STATE), *(written.parameters.keys() - PARAMETERS)]
    gone += written.memory.keys() - slots
    return StoredInputs(resolved, tuple(_notes(sorted(added), sorted(map(str, gone)))))


def _notes(added: list[str], gone: list[str]) -> list[str]:
    """Returns what differs between the numbers of the two versions, in sentences."""
    notes = []
    if added:
        notes.append(
            f"The study lacks what this version also reads, at its own values: {_names(added)}"
        )
    if gone:
        notes.append(f"This version no longer knows, and leaves out: {_names(gone)}")
    return notes


def _names(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(name[:80] for name in names[:SHOWN])}{more}."


def _check_days(written: Resolved) -> None:
    days = (written.start, written.until, *written.report_dates)
    if not all(_finite(day) > 0.0 and float(day).is_integer() for day in days):
        raise ValueError("a day is no day")
    if not 1 <= written.until - written.start <= LONGEST_DAYS:
        raise ValueError(f"a run lasts 1 to {LONGEST_DAYS} days")
    if written.start > LAST_START.toordinal():
        raise ValueError(f"it starts after {LAST_START}")
    if not all(written.start <= day <= written.until for day in written.report_dates):
        raise ValueError("it reports on a day outside the run")


def _of_state(slot: Slot, value: Any) -> float:
    """Returns a value of the state, read as a file would write it."""
    number = _finite(value)
    known = decode(slot, number)
    if slot.spec.unit != "date":
        encode(slot, known)
    return number


def _of_parameter(slot: Slot, parameter: Parameter) -> Parameter:
    check_bounds(slot, _finite(parameter.value))
    if parameter.prior is not None:
        prior = parameter.prior
        if prior.family not in PRIOR_KEYS:
            raise ValueError(f"{slot.name}: its prior is of no known family")
        for end in (prior.a, prior.b, prior.low, prior.high):
            if end is not None:
                _finite(end)
        check_support(slot, prior)
    return parameter


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number is none")
    if not math.isfinite(value):
        raise ValueError("a number is not finite")
    return float(value)


def _check_codes(written: Resolved) -> None:
    """Checks the codes and names in calendar, interventions and people."""
    for entry in written.calendar:
        CalendarKind(entry.kind)
        Venue(entry.venue)
        _finite(entry.day)
    for row in written.interventions:
        for action in row.do:
            _check_action(action)
        if not all(test.op in _OPERATORS for test in row.when):
            raise ValueError(f"{row.key}: a comparison has no known sign")
    for term in written.people:
        Post(term.post)
        if term.camp not in range(len(FACTION_NAMES[Side(term.side)])):
            raise ValueError(f"{term.key}: there is no such faction")
        for number in (term.until, term.heard, term.voice, term.mandate, term.leads):
            _finite(number)


def _check_action(action: Action) -> None:
    if action.kind == "set":
        slot = PARAMETERS.get(str(action.name)) or STATE[str(action.name)]
        _of_state(slot, action.value)
        return
    if action.side is None or action.act not in ALLOWED_ACTS[action.kind, Side(action.side)]:
        raise ValueError("an intervention names an act that this version does not know")
    if action.size_pp is not None and not 0.0 < _finite(action.size_pp) <= 1000.0:
        raise ValueError("a forced hike has no size that is allowed")
