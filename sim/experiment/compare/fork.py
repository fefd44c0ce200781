"""Forks: a scenario with one decision changed on a given day, and the same random draws.

    us.extend_truce=no    the act is forbidden that day (or through a later day)
    us.hike=20            the act is forced, here with a size in points; =yes for the usual size
    tension=0.8           a number is set, from that day on

A fork is the scenario plus one dated intervention that nobody expects: the agents do not anticipate
it. Until that day its runs are therefore identical to those of the scenario, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from sim.engine.happenings import NAMES, NOBODY, Happening
from sim.errors import NotFoundError, ScenarioError, UsageError, nearest
from sim.model.bargain.clauses import CLAUSES
from sim.model.tables.vocabulary import (
    ACT_CODES,
    AGREE_FIRST,
    Act,
    Package,
    Side,
    signature_name,
)
from sim.scenario.compose import PARAMETERS, STATE
from sim.scenario.freeze import ALLOWED_ACTS, freeze_actions
from sim.scenario.grammar import number, parse_value
from sim.scenario.resolved_scenario import Action, Change, Intervention, Resolved
from sim.scenario.schema import ActModel, DoModel

if TYPE_CHECKING:
    from sim.engine.chronicle import Event

ALIASES: Final = {
    "extend_truce": signature_name(Package.EXTENSION),
    "carry_out_threat": "execute_threat",
    "ministers_round": "hold_round",
    "comprehensive_deal": signature_name(Package.COMPREHENSIVE),
}
"""Everyday names of acts."""

OPTION: Final = "--do"
EXAMPLES: Final = "us.extend_truce=no, us.hike=20 or tension=0.8"
KEY: Final = "fork"
"""Beginning of the name of the intervention a fork adds."""

_SIDES: Final = tuple(side.name.lower() for side in Side)
_SIGNATURES: Final = {signature_name(package): package for package in Package}
_JOINT: Final = frozenset((*_SIGNATURES, "hold_round"))
"""Acts that both sides do together, whichever side is named."""


def acts() -> dict[str, str]:
    """Returns every act that may be forced or forbidden, keyed by the name typed after the side;
    aliases included."""
    allowed = frozenset().union(*ALLOWED_ACTS.values())
    return {act: act for act in sorted(allowed, key=ACT_CODES.__getitem__)} | ALIASES


@dataclass(frozen=True, slots=True)
class Decision:
    """One changed decision.

    Attributes:
        text: The decision as typed, without blanks.
        action: The action it stands for.
    """

    text: str
    action: Action


@dataclass(frozen=True, slots=True)
class Turn:
    """Changed decisions and their days.

    Attributes:
        day: Ordinal day of the decisions.
        through: Last ordinal day on which forbidden acts stay forbidden.
        decisions: The changed decisions.
    """

    day: int
    through: int
    decisions: tuple[Decision, ...]


def read_decision(text: str) -> Decision:
    """Parses a decision.

    Raises:
        NotFoundError: There is no such act, side or number; the message names the nearest.
        ScenarioError: The act cannot be forced or forbidden, or the value has the wrong type.
        UsageError: The text is not of the form NAME=VALUE.
    """
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name or not value:
        raise UsageError(f"{OPTION} {text}: expected NAME=VALUE, e.g. {EXAMPLES}")
    faults: list[str] = []
    actions = freeze_actions(_do(text, name, value), faults)
    if faults:
        raise ScenarioError.single(f"{OPTION} {text}", faults[0])
    return Decision(f"{name}={value}", actions[0])


def _do(text: str, name: str, value: str) -> DoModel:
    """Returns a decision in the form it has in a scenario file."""
    if name in PARAMETERS or name in STATE:
        return _setting(text, name, value)
    side, _, act = name.partition(".")
    known = acts()
    if side not in _SIDES or act not in known:
        options = [f"{side}.{act}" for side in _SIDES for act in known]
        raise NotFoundError(
            f"{OPTION} {text}: there is no act or number {name!r}"
            f"{nearest(name, [*options, *PARAMETERS, *STATE])}\n"
            f"acts, after us. or cn.: {', '.join(known)}"
        )
    model = ActModel(side=side, act=known[act], size_pp=_size(text, value))  # type: ignore[arg-type]
    return DoModel(forbid=model) if value == "no" else DoModel(force=model)


def _setting(text: str, name: str, value: str) -> DoModel:
    try:
        found = parse_value(value)
    except ValueError as error:
        raise ScenarioError.single(f"{OPTION} {text}", str(error)) from None
    if found is None:
        raise ScenarioError.single(f"{OPTION} {text}", f"{name} cannot be set to null")
    return DoModel(set={name: found})


def _size(text: str, value: str) -> float | None:
    if value in ("yes", "no"):
        return None
    try:
        return number(value)
    except ValueError:
        raise ScenarioError.single(
            f"{OPTION} {text}", f"expected yes, no or a size in points, found {value!r}"
        ) from None


def comes(action: Action, events: Iterable[Event], first: int, last: int) -> bool:
    """Returns whether an act is among the events of a chronicle between two days."""
    names = {NAMES[act] for act in recorded_acts(action)}
    sides = {None if side == NOBODY else Side(side).name.lower() for side in recorded_sides(action)}
    return any(
        event.act in names and event.side in sides and first <= event.day <= last
        for event in events
    )


def recorded_acts(action: Action) -> frozenset[int]:
    """Returns the codes of an act in recorded events.

    A ban on signing bundles of a name also keeps the clauses of that name out of all others, so
    each of them, once agreed, is what it would have stopped.
    """
    assert action.act is not None
    act = ACT_CODES[action.act]
    if act == Act.HOLD_ROUND:
        return frozenset({int(Happening.MINISTERS_ROUND)})
    if action.kind != "forbid" or action.act not in _SIGNATURES:
        return frozenset({act})
    clauses = {
        AGREE_FIRST + row.clause for row in CLAUSES if row.package == _SIGNATURES[action.act]
    }
    return frozenset({act, *clauses})


def recorded_sides(action: Action) -> frozenset[int]:
    """Returns the sides that an act has in recorded events: any, if both sides do it together."""
    own = tuple(Side) if action.act in _JOINT or action.side is None else (action.side,)
    return frozenset({NOBODY, *own})


def make_turn(
    resolved: Resolved, at: date, decisions: Sequence[Decision], through: date | None
) -> Turn:
    """Returns the changed decisions and their days, checked against a scenario.

    Raises:
        ScenarioError: The scenario itself already forbids one of the acts.
        UsageError: A day lies outside the run, or there is no decision.
    """
    if not decisions:
        raise UsageError(f"no decision to change: add {OPTION}, e.g. {EXAMPLES}")
    last = through or at
    span = f"{date.fromordinal(resolved.start)} to {date.fromordinal(resolved.until)}"
    for option, day in (("--on", at), ("--through", last)):
        if not resolved.start <= day.toordinal() <= resolved.until:
            raise UsageError(f"{option} {day} lies outside the run of {resolved.name}, {span}")
    if last < at:
        raise UsageError(f"--through {last} is before --on {at}")
    forbids = [decision for decision in decisions if decision.action.kind == "forbid"]
    for forced in decisions:
        against = [d for d in forbids if is_same_act(d.action, forced.action)]
        if forced.action.kind == "force" and against:
            raise UsageError(
                f"{OPTION} {against[0].text} and {OPTION} {forced.text} contradict each other; "
                "leave one of them out"
            )
    if through and not forbids:
        raise UsageError("--through applies only to forbidden acts (=no); others happen on --on")
    turn = Turn(at.toordinal(), last.toordinal(), tuple(decisions))
    for decision in forbids:
        _check_ban(resolved, turn, decision)
    return turn


def _check_ban(resolved: Resolved, turn: Turn, decision: Decision) -> None:
    """Checks that a ban does not overlap one in the scenario: the first to end would end both."""
    for row in resolved.interventions:
        over = row.until is not None and row.until <= turn.day
        later = row.day is not None and row.day > turn.through
        bans = any(a.kind == "forbid" and is_same_act(a, decision.action) for a in row.do)
        if bans and not over and not later:
            raise ScenarioError.single(
                f"{OPTION} {decision.text}",
                f"{resolved.name} itself forbids this at that time (interventions.{row.key}); "
                f"remove that with --set interventions.{row.key}=null, or choose another day",
            )


def is_same_act(a: Action, b: Action) -> bool:
    """Returns whether two actions concern the same act of the same side; a joint act belongs to
    both sides."""
    if a.act is None or a.act != b.act:
        return False
    return a.side == b.side or a.act in _JOINT


def forked(resolved: Resolved, turn: Turn) -> Resolved:
    """Returns a scenario with decisions changed; a ban overrides acts that the scenario forces."""
    bans = [d.action for d in turn.decisions if d.action.kind == "forbid"]
    rows = [_without(row, bans, turn) for row in resolved.interventions]
    keys = {row.key for row in rows}
    key = next(key for key in (f"{KEY}-{i}" for i in range(1, len(keys) + 2)) if key not in keys)
    added = Intervention(
        key=key,
        day=turn.day,
        until=turn.through + 1 if bans else None,
        when=(),
        do=tuple(decision.action for decision in turn.decisions),
        once=True,
        cooldown_days=0,
        source="",
    )
    change = Change(f"interventions.{key}", "null", _told(turn), OPTION)
    return replace(
        resolved,
        interventions=(*(row for row in rows if row.do), added),
        changes=(*resolved.changes, change),
    )


def _told(turn: Turn) -> str:
    """Returns a turn as one line: its day, its decisions and, if they last, `through` a day."""
    words = [str(date.fromordinal(turn.day)), *(decision.text for decision in turn.decisions)]
    if turn.through > turn.day:
        words += ["through", str(date.fromordinal(turn.through))]
    return " ".join(words)


def fork_options(resolved: Resolved) -> tuple[tuple[str, ...], ...]:
    """Returns the options that repeat each turn of a forked scenario, in order; none if it is not
    forked."""
    return tuple(_options(change.new.split()) for change in resolved.changes if change.by == OPTION)


def _options(told: list[str]) -> tuple[str, ...]:
    last = told[-1:] if "through" in told else []
    decisions = told[1 : len(told) - 2 * len(last)]
    words = ["--on", told[0], *(word for text in decisions for word in (OPTION, text))]
    return (*words, *(word for day in last for word in ("--through", day)))


def _without(row: Intervention, bans: Sequence[Action], turn: Turn) -> Intervention:
    if row.day is None or not turn.day <= row.day <= turn.through:
        return row
    kept = tuple(
        action
        for action in row.do
        if action.kind != "force" or not any(is_same_act(action, ban) for ban in bans)
    )
    return replace(row, do=kept)
