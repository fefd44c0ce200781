"""Provenance of a scenario: every number with its unit, kind and source, and the audit."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.model.tables.fields import Slot
from sim.scenario.compose import PARAMETERS, STATE
from sim.scenario.evidence import sources
from sim.scenario.grammar import decode
from sim.scenario.resolved_scenario import Parameter, Provenance, Resolved


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
        known_from: Day it became public, ISO; empty if it has no source.
        low: Lowest plausible value; None if not stated.
        high: Highest plausible value; None if not stated.
        reason: Reason for this value.
        place: file:line that set it.
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


def explain(resolved: Resolved) -> tuple[Row, ...]:
    """Returns every number of a scenario: the initial state first, then the parameters."""
    rows = []
    for name, slot in STATE.items():
        p = resolved.sources[name]
        rows.append(_row(resolved, "state", name, slot, resolved.state[name], p))
    for name, slot in PARAMETERS.items():
        q = resolved.parameters[name]
        rows.append(_row(resolved, "parameters", name, slot, q.value, q))
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
    )


def explain_parameter(resolved: Resolved, name: str) -> Row | None:
    """Returns the row of one parameter or state name, None if there is none."""
    return next((row for row in explain(resolved) if row.name == name), None)


def assumed_counts(resolved: Resolved) -> tuple[int, int]:
    """Returns how many numbers of a scenario are assumed, and how many there are, not counting
    state fields left at their defaults."""
    kinds = [p.kind for p in resolved.parameters.values()]
    kinds += [p.kind for p in resolved.sources.values() if p.kind != "default"]
    return sum(kind == "assumed" for kind in kinds), len(kinds)


@dataclass(frozen=True, slots=True)
class Audit:
    """Audit of the parameters: counts by kind, problems, and evidence that nothing cites."""

    by_kind: dict[str, int]
    problems: tuple[str, ...]
    late: tuple[str, ...]
    unused: tuple[str, ...]


def audit(resolved: Resolved) -> Audit:
    """Returns counts by kind, and numbers that lack a unit, a source, or a range and reason.

    `late` names parameters whose source became public after the scenario starts, which is fine in
    hindsight but not in a forecast. `unused` names evidence that no number or calendar entry of the
    scenario cites.
    """
    problems = []
    late = []
    for name, p in resolved.parameters.items():
        problems += [f"{name}: {fault}" for fault in _faults(p)]
        if p.known_from and date.fromisoformat(p.known_from).toordinal() > resolved.start:
            late.append(name)
    cited = {p.source for p in resolved.parameters.values()}
    cited |= {p.source for p in resolved.sources.values()}
    cited |= {entry.source for entry in resolved.calendar}
    # The reason of an assumed number cites the facts it relies on; a range is E270-E272.
    reasons = [p.reason for p in resolved.parameters.values()]
    reasons += [p.reason for p in resolved.sources.values()]
    cited = cited.union(*(facts_named(reason) for reason in reasons))
    unused = tuple(key for key in sources() if key not in cited)
    kinds = Counter(p.kind for p in resolved.parameters.values())
    return Audit(dict(sorted(kinds.items())), tuple(problems), tuple(late), unused)


def facts_named(text: str) -> set[str]:
    """Returns the keys of the facts cited in a reason, with ranges expanded."""
    named: set[str] = set()
    for first, last in re.findall(r"E(\d{3})(?:-E(\d{3}))?", text):
        named |= {f"E{number:03d}" for number in range(int(first), int(last or first) + 1)}
    return named


def _faults(p: Parameter) -> list[str]:
    faults = []
    if not p.unit:
        faults.append("has no unit")
    by_hand = p.reason == "set on the command line"
    if p.kind == "assumed" and not by_hand and (p.low is None or p.high is None or not p.reason):
        faults.append("is assumed without range and reason")
    if p.kind != "assumed" and p.source not in sources():
        faults.append("has no source")
    return faults
