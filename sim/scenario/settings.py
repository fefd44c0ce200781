"""Changes of a scenario by `--set NAME=VALUE`, applied after all files."""

from __future__ import annotations

from datetime import date
from typing import Any

from sim.errors import Problem, nearest
from sim.scenario.compose import COMMAND_LINE, PARAMETERS, STATE, Draft, Placed, brief
from sim.scenario.grammar import (
    check_support,
    decode,
    encode,
    make_prior,
    parse_prior,
    parse_value,
    prior_mean,
)
from sim.scenario.schema import ParameterModel, PriorModel, StateModel
from sim.scenario.wording import short

LONGEST_KEY = 80
REASON = "set on the command line"


def apply_set(draft: Draft, key: str, text: str) -> None:
    """Applies one `--set key=value` to a draft; records a problem if that is impossible."""
    try:
        if key in PARAMETERS:
            set_parameter(draft, key, text)
        elif key in STATE:
            set_state(draft, key, text)
        elif key in {"start", "until"}:
            day = parse_value(text)
            if not isinstance(day, date):
                raise ValueError(f"{short(text)} is not a day; write YYYY-MM-DD")
            set_day(draft, key, day)
        else:
            remove_entry(draft, key, text)
    except ValueError as error:
        draft.problems.append(Problem(COMMAND_LINE, 0, 0, key[:LONGEST_KEY], str(error)))


def set_day(draft: Draft, key: str, day: date) -> None:
    """Sets the first (`start`) or the last day (`until`)."""
    if key == "start" and draft.as_of is not None:
        raise ValueError(
            f"the scenario starts as of {draft.as_of}, a day on record; change `as_of` in its file"
        )
    before = getattr(draft, key)
    if before != day:
        draft.changes.append((key, before, day, COMMAND_LINE))
    setattr(draft, key, day)
    draft.set_days.add(key)


def set_parameter(draft: Draft, key: str, text: str) -> None:
    """Fixes a parameter, sets its prior (`beta:6:4`), or resets it to its base (`null`)."""
    if key not in draft.parameters or key not in draft.defaults:
        raise ValueError("has no value in scenarios/parameters.yaml")
    before: ParameterModel = draft.parameters[key].entry
    placed = draft.defaults[key]
    if text != "null":
        entry = before.model_copy(update=parameter_update(key, text, before))
        placed = Placed(entry, COMMAND_LINE, COMMAND_LINE, 0, 0)
    draft.parameters[key] = placed
    if before.value != placed.entry.value:
        draft.changes.append((key, before.value, placed.entry.value, COMMAND_LINE))


def parameter_update(key: str, text: str, before: ParameterModel) -> dict[str, Any]:
    """Returns the fields of a parameter that a text changes."""
    written = parse_prior(text)
    if written is None:
        value = parse_value(text)
    else:
        drawn = make_prior(written)
        check_support(PARAMETERS[key], drawn)
        value = prior_mean(drawn)
        # The mean of a prior over whole numbers may not be whole.
        value = float(round(value)) if PARAMETERS[key].spec.type is int else value
    encode(PARAMETERS[key], value)
    prior = None if written is None else PriorModel.model_validate(written)
    # A number that is set holds whatever was known when.
    update: dict[str, Any] = {"value": value, "prior": prior, "prior_before": None}
    # A number set by the user no longer comes from the source, unless it is the same.
    if value != before.value:
        update |= {"kind": "assumed", "source": None, "reason": REASON}
        update |= {"known_from": None, "known_reason": None}
        update |= {"range": None, "legal": prior is None}
    return update


def set_state(draft: Draft, key: str, text: str) -> None:
    """Sets a field of the initial state, or resets it to the field table's default (`null`)."""
    slot = STATE[key]
    old = draft.state.get(key)
    default = decode(slot, float(slot.initial))
    before = old.entry.value if old else default
    value = parse_value(text)
    if value is None and slot.spec.unit != "date":
        draft.state.pop(key, None)
        after = default
    else:
        encode(slot, value)
        entry = StateModel(
            value=value,
            unit=slot.spec.unit,
            kind="assumed",
            source=None,
            range=None,
            reason=REASON,
        )
        if old is not None and value == old.entry.value:
            entry = old.entry
        draft.state[key] = Placed(entry, COMMAND_LINE, COMMAND_LINE, 0, 0)
        after = value
    if before != after:
        draft.changes.append((key, before, after, COMMAND_LINE))


def remove_entry(draft: Draft, key: str, text: str) -> None:
    """Removes a calendar or intervention entry; raises ValueError for anything else."""
    section, _, name = key.partition(".")
    if section in {"calendar", "interventions"}:
        entries: dict[str, Placed] = getattr(draft, section)
        if name not in entries:
            raise ValueError(f"there is no such entry{nearest(name[:LONGEST_KEY], entries)}")
        if text != "null":
            raise ValueError("can only be removed here (write null); change it in a file instead")
        before = brief(entries.pop(name))
        draft.changes.append((key, before, None, COMMAND_LINE))
        return
    options = [*PARAMETERS, *STATE, "start", "until"]
    raise ValueError(
        f"unknown name{nearest(key[:LONGEST_KEY], options)} "
        "(`detente scenario explain NAME` lists them all)"
    )
