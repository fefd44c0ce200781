"""Settings: what a reader chose on the page, checked against the scenario it is about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sim.errors import NotFoundError, UsageError, nearest
from sim.experiment.compare.fork import forked
from sim.experiment.inputs.axes import short
from sim.experiment.sensitivity.telling import is_movable
from sim.requests.fork import TurnRequest
from sim.requests.options import Sets, resolve
from sim.scenario.resolved_scenario import Parameter, Resolved

MOST_CHANGES: Final = 100
"""Inputs that may be changed at once."""

LONGEST: Final = 200
"""Letters of a text from the page."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A scenario, the inputs that were moved, and the decision that was changed.

    Attributes:
        scenario: Name or path, one of those that are offered.
        sets: Moved inputs, as (name, value) pairs of text, by name.
        turn: The changed decision; None if none is.
    """

    scenario: str
    sets: tuple[tuple[str, str], ...] = ()
    turn: TurnRequest | None = None

    @property
    def changes(self) -> dict[str, str]:
        """The moved inputs by name."""
        return dict(self.sets)


@dataclass(frozen=True, slots=True)
class Offer:
    """Scenarios from which a reader picks, each resolved once.

    Attributes:
        names: Names or paths, in the order in which they are offered.
    """

    names: tuple[str, ...]
    _known: dict[str, Resolved] = field(default_factory=dict, repr=False)

    def base(self, scenario: str) -> Resolved:
        """Returns an offered scenario as its file says.

        Raises:
            NotFoundError: It is not offered.
        """
        if scenario not in self.names:
            raise NotFoundError(
                f"there is no scenario {scenario[:LONGEST]!r} on this page"
                f"{nearest(scenario[:LONGEST], self.names)}; offered are {', '.join(self.names)}"
            )
        if scenario not in self._known:
            self._known[scenario] = resolve(scenario, {})
        return self._known[scenario]

    def resolved(self, setting: Setting) -> Resolved:
        """Returns the scenario of a setting, with its changes.

        Raises:
            NotFoundError: It names something unknown.
            ScenarioError: A change is wrong.
            UsageError: A change cannot be read, or a day lies outside the run.
        """
        sets: Sets = setting.changes
        found = resolve(setting.scenario, {"sets": sets})
        if setting.turn is None:
            return found
        turn = setting.turn.read(found)
        for decision in turn.decisions:
            if decision.action.name in found.parameters and decision.action.value is not None:
                _check_range(found.parameters[decision.action.name], decision.action.value)
        return forked(found, turn)


def read_setting(told: object, offer: Offer) -> Setting:
    """Returns a setting as the page sent it.

    Args:
        told: The decoded JSON: `scenario`, `sets` (name -> number) and `fork` (`on`, `do`,
            `through`), the last two optional.
        offer: Scenarios that may be picked.

    Raises:
        NotFoundError: There is no such scenario or input.
        UsageError: A value is outside its stated range, or the form is wrong.
    """
    whole = _mapping("setting", told, ("scenario", "sets", "fork"))
    scenario = _text("scenario", whole.get("scenario"))
    base = offer.base(scenario)
    sets = _mapping("sets", whole.get("sets") or {})
    if len(sets) > MOST_CHANGES:
        raise UsageError(f"sets: {len(sets)} inputs are moved; at most {MOST_CHANGES} may be")
    moved = [(name, _value(name, value, base)) for name, value in sorted(sets.items())]
    return Setting(scenario, tuple(moved), _turn(whole.get("fork")))


def _value(name: str, value: object, base: Resolved) -> str:
    parameter = base.parameters.get(name)
    if parameter is None:
        shown = name[:LONGEST]
        raise NotFoundError(f"there is no input {shown!r}{nearest(shown, base.parameters)}")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(f"{name}: expected a number, found {_shown(value)}")
    if not is_movable(parameter):
        raise UsageError(
            f"{name}: no range is stated for it, because it is {parameter.kind}; change it on the "
            f"command line: detente run {base.name} --set {name}={short(value)}"
        )
    _check_range(parameter, value)
    return short(float(value))


def _check_range(parameter: Parameter, value: float) -> None:
    assert parameter.low is not None
    assert parameter.high is not None
    if not (math.isfinite(value) and parameter.low <= value <= parameter.high):
        raise UsageError(
            f"{parameter.name}: {value:.6g} lies outside its stated range, "
            f"{short(parameter.low)} to {short(parameter.high)}; choose a value inside it"
        )


def _turn(told: object) -> TurnRequest | None:
    if told is None:
        return None
    fork = _mapping("fork", told, ("on", "do", "through"))
    decisions = fork.get("do")
    if not isinstance(decisions, list) or not decisions:
        raise UsageError(
            f"fork: expected decisions, e.g. us.extend_truce=no, found {_shown(decisions)}"
        )
    texts = tuple(_text("decision", decision) for decision in decisions[:MOST_CHANGES])
    last = fork.get("through")
    through = None if last is None else _text("through", last)
    return TurnRequest(_text("on", fork.get("on")), texts, through)


def _mapping(what: str, told: object, known: Iterable[str] = ()) -> Mapping[str, Any]:
    """Returns a JSON object whose names are known; any names if none are listed."""
    if not isinstance(told, dict):
        raise UsageError(f"{what}: expected an object with names and values, found {_shown(told)}")
    allowed = tuple(known)
    for name in told:
        if allowed and name not in allowed:
            raise UsageError(
                f"{what}: there is no {name[:LONGEST]!r}{nearest(name[:LONGEST], allowed)}; "
                f"known are {', '.join(allowed)}"
            )
    return told


def _text(what: str, told: object) -> str:
    if not isinstance(told, str) or not 0 < len(told) <= LONGEST:
        raise UsageError(f"{what}: expected a text of 1 to {LONGEST} letters, found {_shown(told)}")
    return told


def _shown(value: object) -> str:
    return "nothing" if value is None else f"{value!r:.60}"
