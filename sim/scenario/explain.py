"""Provenance of a scenario: every number with its unit, kind and source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from sim.model.tables import parameters as tables
from sim.model.tables.fields import FieldSpec, Slot
from sim.scenario.compose import PARAMETERS, STATE
from sim.scenario.evidence import sources
from sim.scenario.grammar import decode
from sim.scenario.resolved_scenario import Before, Parameter, Provenance, Resolved
from sim.scenario.shipped import GOODS, RESTING, START


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a scenario in readable form.

    Attributes:
        section: `state` or `parameters`.
        name: Dotted name.
        value: Number, date, code name or true/false.
        unit: Unit of the value.
        meaning: Meaning of the number.
        kind: reported, measured, estimated, assumed, or default (the value in the field table).
        source: Key of the source; empty if there is none.
        source_text: Statement of the source, or its title.
        known_from: Day from which it could be known, ISO; `always` if it rests on no dated fact,
            empty if nothing tells it.
        low: Lowest plausible value; None if not stated.
        high: Highest plausible value; None if not stated.
        reason: Reason for this value.
        place: file:line that set it.
        before: What would have been held of it before it could be known, in order.
        known_reason: Why it could be known from that day, if its source is younger.
        part: Section of an explanation: `START`, `RESTING`, or the subject of a parameter.
    """

    section: str
    name: str
    value: Any
    unit: str
    meaning: str
    kind: str
    source: str
    source_text: str
    known_from: str
    low: float | None
    high: float | None
    reason: str
    place: str
    before: tuple[Before, ...] = ()
    known_reason: str = ""
    part: str = ""


def explain(resolved: Resolved) -> tuple[Row, ...]:
    """Returns every number of a scenario: the initial state first, then the parameters."""
    rows = []
    for name, slot in STATE.items():
        p = resolved.sources[name]
        rows.append(_row(resolved, "state", name, slot, resolved.state[name], p))
    for name, slot in PARAMETERS.items():
        q = resolved.parameters[name]
        row = _row(resolved, "parameters", name, slot, q.value, q)
        rows.append(replace(row, before=q.before, known_reason=q.known_reason))
    return tuple(rows)


def _row(
    resolved: Resolved,
    section: str,
    name: str,
    slot: Slot,
    value: float,
    known: Parameter | Provenance,
) -> Row:
    text = sources()[known.source].text if known.source in sources() else ""
    return Row(
        section,
        name,
        decode(slot, value),
        slot.spec.unit,
        slot.spec.meaning,
        known.kind,
        known.source,
        text,
        known.known_from,
        known.low,
        known.high,
        known.reason,
        resolved.origins.get(name, ""),
        part=_part(section, slot.attr, known.kind),
    )


def _part(section: str, attr: str, kind: str) -> str:
    if section == "state":
        return RESTING if kind == "default" else START
    return GOODS if attr.startswith("good_") else _subjects()[attr]


@cache
def _subjects() -> dict[str, str]:
    """Returns the subject of each parameter by attribute: the name of the module that declares
    it."""
    found = {}
    for module in iter_modules(tables.__path__):
        declared = vars(import_module(f"{tables.__name__}.{module.name}")).values()
        for record in (each for each in declared if isinstance(each, type)):
            for attr, spec in vars(record).items():
                if isinstance(spec, FieldSpec):
                    found[attr] = module.name
    return found


def explain_parameter(resolved: Resolved, name: str) -> Row | None:
    """Returns the row of one parameter or state name, None if there is none."""
    return next((row for row in explain(resolved) if row.name == name), None)


def assumed_counts(resolved: Resolved) -> tuple[int, int]:
    """Returns how many numbers of a scenario are assumed, and how many there are, not counting
    state fields left at their defaults."""
    kinds = [p.kind for p in resolved.parameters.values()]
    kinds += [p.kind for p in resolved.sources.values() if p.kind != "default"]
    return sum(kind == "assumed" for kind in kinds), len(kinds)


def keys_of_world(resolved: Resolved) -> set[str]:
    """Returns the keys of the sources of a scenario's numbers."""
    keys = {parameter.source for parameter in resolved.parameters.values()}
    return keys | {origin.source for origin in resolved.sources.values()}
