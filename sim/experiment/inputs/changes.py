"""Differences between the inputs of two scenarios, in readable form."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from sim.model.tables.fields import slot_index
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CalendarKind, Venue
from sim.scenario.grammar import decode
from sim.scenario.resolved_scenario import Prior, Resolved


def typed_changes(resolved: Resolved) -> list[str]:
    """Returns the changes made on the command line, without those of scenario files, in the form
    `us.leader.autonomy=0.4`; additional reporting dates as `at=2026-01-01`."""
    typed = [f"{c.key}={c.new}" for c in resolved.changes if c.by.startswith("--")]
    return typed + [f"at={day}" for day in added_dates(resolved)]


def added_dates(resolved: Resolved) -> list[str]:
    """Returns the reporting dates that are not entries of the calendar, as YYYY-MM-DD."""
    entries = {entry.day for entry in resolved.calendar}
    days = [day for day in resolved.report_dates if day not in entries]
    return [date.fromordinal(day).isoformat() for day in days]


def changed_inputs(
    a: Resolved, b: Resolved, *, drawn: bool = False
) -> list[tuple[str, str, str, str]]:
    """Returns the inputs that differ, as (section, key, value in a, value in b).

    Args:
        a: The first scenario.
        b: The second scenario.
        drawn: Whether parameters are drawn, so that their priors are inputs too.
    """
    rows = []
    for section, read in (
        ("span", _span),
        ("state", _state),
        ("parameters", _drawn if drawn else _parameters),
        ("calendar", _calendar),
        ("interventions", _interventions),
    ):
        of_a, of_b = read(a), read(b)
        for key in dict.fromkeys((*of_a, *of_b)):
            old, new = of_a.get(key, "none"), of_b.get(key, "none")
            if old != new:
                rows.append((section, key, old, new))
    return rows


def _span(resolved: Resolved) -> dict[str, str]:
    return {
        "start": date.fromordinal(resolved.start).isoformat(),
        "until": date.fromordinal(resolved.until).isoformat(),
    }


def _state(resolved: Resolved) -> dict[str, str]:
    slots = slot_index(State)
    return {
        # Another version may have played it, with a state that this one does not know.
        name: str(decode(slots[name], value)) if name in slots else f"{value:g}"
        for name, value in resolved.state.items()
    }


def _parameters(resolved: Resolved) -> dict[str, str]:
    return {name: f"{p.value:g}" for name, p in resolved.parameters.items()}


def _drawn(resolved: Resolved) -> dict[str, str]:
    return {
        name: f"{p.value:g}, {_prior(p.prior) if p.prior else 'fixed'}"
        for name, p in resolved.parameters.items()
    }


def _prior(prior: Prior) -> str:
    """Returns a prior in the form in which it is typed: `beta:6:4`."""
    limits = (x for x in (prior.low, prior.high) if x is not None)
    return ":".join([prior.family, *(f"{x:g}" for x in (prior.a, prior.b, *limits))])


def _calendar(resolved: Resolved) -> dict[str, str]:
    return {
        entry.key: " ".join(
            (date.fromordinal(entry.day).isoformat(), CalendarKind(entry.kind).name.lower())
            + ((Venue(entry.venue).name.lower(),) if entry.venue else ())
        )
        for entry in resolved.calendar
    }


def _interventions(resolved: Resolved) -> dict[str, str]:
    return {
        row.key: json.dumps(asdict(row) | {"key": "", "source": ""}, sort_keys=True)
        for row in resolved.interventions
    }
