"""Factors: the inputs that a sampled design varies, each with its distribution.

A name alone is sampled from its prior, `name=0..1` uniformly from that interval, and `name=x,y,z`
from a list with each value equally often.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.errors import NotFoundError, ScenarioError, UsageError, nearest
from sim.experiment.inputs.axes import Axis, parse_axis, range_of, short
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.priors import draw, quantile_of
from sim.experiment.stats.intervals import Floats
from sim.model.tables.fields import slot_index
from sim.model.tables.state import State
from sim.scenario.resolved_scenario import Prior, Resolved

DAYS: Final = ("start", "until")
"""Inputs that cannot be factors: runs over different days have different columns, which do not fit
in one table."""

NARROW: Final = (0.05, 0.95)
"""Quantile levels between which the range of a factor is reported."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One input and its distribution.

    Attributes:
        name: Parameter, field of the state, or entry of the calendar or the interventions.
        unit: Key of `sim.units.UNITS`; empty for entries.
        prior: Distribution of its numbers; None for a list.
        levels: The list, as text for `--set`; empty for numbers.
        numbers: Numeric values of the levels, for a parameter.
        is_parameter: Whether it is a parameter, so that its value is set without resolving the
            scenario again.
        from_prior: Whether the distribution is the parameter's own prior.
        draws: Draws of the parameter from its posterior, in order; empty if there is none. They
            then stand for its distribution.
    """

    name: str
    unit: str
    prior: Prior | None
    levels: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    is_parameter: bool = True
    from_prior: bool = False
    draws: tuple[float, ...] = ()

    def texts(self, shares: Floats) -> list[str]:
        """Returns the values at given quantile levels, as text for `--set`.

        Args:
            shares: Quantile levels between 0 and 1, shape (points,).
        """
        if self.draws:
            return [short(self._draw(float(u))) for u in shares]
        if self.prior is None:
            last = len(self.levels) - 1
            places = np.minimum(last, (shares * len(self.levels)).astype(np.int64))
            return [self.levels[place] for place in places]
        if self.is_parameter:
            quantile = quantile_of(self.name, self.prior)
            return [short(quantile(float(u))) for u in shares]
        low, high = float(self.prior.low or 0.0), float(self.prior.high or 0.0)
        if _is_whole_state(self.name):
            return [short(min(high, math.floor(low + u * (high - low + 1.0)))) for u in shares]
        return [short(low + u * (high - low)) for u in shares]

    def _draw(self, share: float) -> float:
        """Returns the draw from the posterior below which a share of its draws lies."""
        return self.draws[min(len(self.draws) - 1, int(share * len(self.draws)))]

    def number(self, text: str) -> float:
        """Returns the numeric value of a parameter's text."""
        return self.numbers[self.levels.index(text)] if self.levels else float(text)

    @property
    def spread(self) -> str:
        """Description of the range."""
        if self.draws:
            low, high = map(self._draw, NARROW)
            return f"{low:.3g} to {high:.3g}"
        if self.prior is None:
            return "one of " + ", ".join(self.levels)
        if not self.from_prior:
            return f"{short(self.prior.low or 0.0)} to {short(self.prior.high or 0.0)}"
        low, high = (draw(self.name, self.prior, share) for share in NARROW)
        return f"{low:.3g} to {high:.3g}"


def read_factors(texts: Sequence[str | Axis], start: StudyBase) -> tuple[Factor, ...]:
    """Returns the factors of a design, each checked against the scenario.

    Args:
        texts: `name`, `name=low..high` or `name=a,b,c`; or lists already parsed.
        start: The scenario.

    Raises:
        NotFoundError: There is no such input.
        ScenarioError: Values are not allowed; one error reports all of them.
        UsageError: A text cannot be parsed, or names a parameter without a prior.
    """
    base = start.resolved()
    found: list[Factor] = []
    problems: list[ScenarioError] = []
    for text in texts:
        try:
            found.append(
                _of_axis(text, start) if isinstance(text, Axis) else _read(text, start, base)
            )
        except ScenarioError as error:
            problems.append(error)
    if problems:
        raise ScenarioError([problem for error in problems for problem in error.problems])
    names = [factor.name for factor in found]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{name}: appears {names.count(name)} times; join its values")
    return tuple(found)


def uncertain(resolved: Resolved) -> tuple[Factor, ...]:
    """Returns every parameter of a scenario that has a prior, or a posterior."""
    learned = resolved.posterior.names if resolved.posterior else ()
    return tuple(
        _from_prior(name, resolved)
        for name, p in resolved.parameters.items()
        if p.prior is not None or name in learned
    )


def ranges(factors: Iterable[Factor]) -> list[dict[str, object]]:
    """Returns the factors as JSON-serialisable dicts."""
    return [
        {
            "name": factor.name,
            "unit": factor.unit or None,
            "values": list(factor.levels) or None,
            "range": factor.spread,
            "from": _source(factor),
        }
        for factor in factors
    ]


def _source(factor: Factor) -> str:
    """Returns where the distribution of a factor comes from."""
    if factor.draws:
        return "posterior"
    return "prior" if factor.from_prior else "list" if factor.levels else "range"


def _read(text: str, start: StudyBase, base: Resolved) -> Factor:
    name, equals, values = text.partition("=")
    name = name.strip()
    _check_drawn(name, base)
    if not equals:
        return _from_prior(name, base)
    ends = range_of(values)
    return _of_range(name, ends, start) if ends else _of_axis(parse_axis(text), start)


def check_name(name: str, base: Resolved) -> None:
    """Checks that a name is that of an input.

    Raises:
        NotFoundError: There is no such input; the message names the nearest.
    """
    entries = [f"calendar.{entry.key}" for entry in base.calendar]
    entries += [f"interventions.{row.key}" for row in base.interventions]
    known = [*base.parameters, *slot_index(State), *entries, *DAYS]
    if name not in known:
        raise NotFoundError(
            f"there is no input {name!r}{nearest(name, known)} "
            "(`detente scenario explain NAME` lists them all)"
        )


def _check_drawn(name: str, base: Resolved) -> None:
    """Checks that an input exists and can be sampled."""
    check_name(name, base)
    if name in DAYS:
        raise UsageError(
            f"{name}: cannot be sampled, because runs over different days do not fit in one table; "
            f"sweep a grid instead: {name}=2025-11-01,2025-12-01"
        )


def _from_prior(name: str, base: Resolved) -> Factor:
    parameter = base.parameters.get(name)
    posterior = base.posterior
    if parameter is not None and posterior is not None and name in posterior.names:
        place = posterior.names.index(name)
        draws = tuple(sorted(row[place] for row in posterior.draws))
        return Factor(name, parameter.unit, None, draws=draws)
    if parameter is None or parameter.prior is None:
        what = "has no prior" if parameter is None else "is known or fixed and has no prior"
        raise UsageError(
            f"{name}: {what}; give its range: {name}=LOW..HIGH, or {name}=X,Y for a list"
        )
    return Factor(name, parameter.unit, parameter.prior, from_prior=True)


def _of_range(name: str, ends: tuple[float, float], start: StudyBase) -> Factor:
    low, high = ends
    if not low < high:
        raise UsageError(f"{name}={short(low)}..{short(high)}: the smaller number must come first")
    slot = slot_index(State).get(name)
    if slot and (slot.spec.type not in (float, int) or slot.spec.unit in ("date", "flag")):
        raise UsageError(f"{name}: is not a plain number; list its values as {name}=X,Y")
    bottom = start.resolved([(name, short(low))])
    start.resolved([(name, short(high))])
    parameter = bottom.parameters.get(name)
    unit = parameter.unit if parameter else slot.spec.unit if slot else ""
    return Factor(
        name, unit, Prior("uniform", low, high, low, high), is_parameter=parameter is not None
    )


def _of_axis(axis: Axis, start: StudyBase) -> Factor:
    worlds = [start.resolved([(axis.name, text)]) for text in axis.values]
    if axis.name not in worlds[0].parameters:
        slot = slot_index(State).get(axis.name)
        unit = slot.spec.unit if slot else ""
        return Factor(axis.name, unit, None, axis.values, is_parameter=False)
    parameters = [world.parameters[axis.name] for world in worlds]
    numbers = tuple(parameter.value for parameter in parameters)
    return Factor(axis.name, parameters[0].unit, None, axis.values, numbers)


def _is_whole_state(name: str) -> bool:
    slot = slot_index(State).get(name)
    return slot is not None and slot.spec.type is int
