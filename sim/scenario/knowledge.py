"""Parameters as they would have been judged on a day: a forecast may use no later knowledge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sim.scenario.evidence import ALWAYS
from sim.scenario.resolved_scenario import Action, Intervention, Parameter, Resolved


def known_on(parameter: Parameter, day: int) -> Parameter:
    """Returns a parameter as it would have been judged on a day, an ordinal: before the record
    showed otherwise, it is what its `prior_before` says. Without one it keeps its value."""
    before = parameter.before
    if before is None or day >= _learned_on(parameter):
        return parameter
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
        before=None,
    )


def learning(resolved: Resolved) -> Resolved:
    """Returns a scenario whose parameters are on every day what would have been held of them on it:
    each takes its value on the day on which the record showed it."""
    late = [
        parameter
        for parameter in resolved.parameters.values()
        if parameter.before is not None and _learned_on(parameter) > resolved.start
    ]
    steps = [
        Intervention(
            key=f"learned-{parameter.name}",
            day=_learned_on(parameter),
            until=None,
            when=(),
            do=(Action("set", name=parameter.name, value=parameter.value),),
            once=True,
            cooldown_days=0,
            source=parameter.source,
        )
        for parameter in late
    ]
    known = {parameter.name: known_on(parameter, resolved.start) for parameter in late}
    return replace(
        resolved,
        parameters=resolved.parameters | known,
        interventions=(*resolved.interventions, *steps),
    )


def _learned_on(parameter: Parameter) -> int:
    assert parameter.before is not None
    return date.fromisoformat(parameter.before.until).toordinal()
