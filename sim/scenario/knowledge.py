"""Parameters as they would have been judged on a day: a forecast may use no later knowledge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from sim.scenario.evidence import ALWAYS
from sim.scenario.resolved_scenario import Action, Intervention, Parameter, Resolved


def known_on(parameter: Parameter, day: int) -> Parameter:
    """Returns a parameter as it would have been judged on a day, an ordinal: before it could be
    known, it is what its `prior_before` says."""
    held = [before for before in parameter.before if day < _ordinal(before.until)]
    if not held:
        return parameter
    before = held[0]
    return replace(
        parameter,
        value=before.value,
        kind="assumed",
        source="",
        known_from=ALWAYS,
        prior=before.prior,
        low=before.low,
        high=before.high,
        reason=before.reason,
        before=(),
        known_reason="",
    )


def learning(resolved: Resolved) -> Resolved:
    """Returns a scenario whose parameters are on every day what would have been held of them on it:
    each takes its value on the day from which it could be known. Those of a day are taken
    together, so that what follows from them is derived once."""
    by_day: defaultdict[int, list[Action]] = defaultdict(list)
    known = {}
    for name, parameter in resolved.parameters.items():
        days = [_ordinal(before.until) for before in parameter.before]
        for day in (day for day in days if day > resolved.start):
            known[name] = known_on(parameter, resolved.start)
            by_day[day].append(Action("learn", name=name, value=known_on(parameter, day).value))
    steps = [
        Intervention(
            key=f"learned-{date.fromordinal(day)}",
            day=day,
            until=None,
            when=(),
            do=tuple(actions),
            once=True,
            cooldown_days=0,
            source="",
        )
        for day, actions in sorted(by_day.items())
    ]
    return replace(
        resolved,
        parameters=resolved.parameters | known,
        interventions=(*resolved.interventions, *steps),
    )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
