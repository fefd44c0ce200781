"""Parameters as they would have been judged on a day: a forecast may use no later knowledge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sim.scenario.evidence import ALWAYS
from sim.scenario.resolved_scenario import Parameter


def known_after(parameter: Parameter, day: int) -> bool:
    """Returns whether a parameter could be known only after a day, an ordinal."""
    if parameter.known_from in {"", ALWAYS}:
        return False
    return date.fromisoformat(parameter.known_from).toordinal() > day


def known_on(parameter: Parameter, day: int) -> Parameter:
    """Returns a parameter as it would have been judged on a day, an ordinal.

    Before the day from which its value could be known it is what its `prior_before` says. Without
    one it keeps its value.
    """
    before = parameter.before
    if before is None or not known_after(parameter, day):
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
