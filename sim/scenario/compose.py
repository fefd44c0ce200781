"""Composition: parameters file, base, overrides in order, the file itself; every change is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, ScenarioError, nearest
from sim.model.fields import slot_index
from sim.model.params import Params
from sim.model.state import State
from sim.scenario.catalog import data_root, find, read, shown
from sim.scenario.schema import (
    MAX_CALENDAR,
    MAX_INTERVENTIONS,
    ActModel,
    CalendarModel,
    DoModel,
    InterventionModel,
    ParameterModel,
    PriorModel,
    ScenarioModel,
    StateModel,
)
from sim.scenario.yaml_loader import Node

STATE: Final = slot_index(State)
PARAMETERS: Final = slot_index(Params)
SECTIONS: Final = ("state", "parameters", "calendar", "interventions")
MAX_CHAIN: Final = 8


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of a section with its place and who wrote it."""

    entry: Any
    by: str
    file: str
    line: int
    column: int

    def problem(self, key: str, message: str) -> Problem:
        """Returns a problem at this place."""
        return Problem(self.file, self.line, self.column, key, message)


@dataclass(slots=True)
class Draft:
    """A scenario being put together."""

    question: str = ""
    start: date | None = None
    until: date | None = None
    needs: tuple[str, ...] = ()
    state: dict[str, Placed] = field(default_factory=dict)
    parameters: dict[str, Placed] = field(default_factory=dict)
    calendar: dict[str, Placed] = field(default_factory=dict)
    interventions: dict[str, Placed] = field(default_factory=dict)
    changes: list[tuple[str, Any, Any, str]] = field(default_factory=list)
    defaults: dict[str, Placed] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def compose(path: Path) -> Draft:
    """Returns the draft of a scenario file on its bases and overrides.

    Raises:
        ScenarioError: A file does not fit the schema, or bases go in a circle. Faults that leave
            the rest readable (unknown names, overrides that clash) wait in `problems`.
    """
    draft = Draft()
    merge(draft, parse(data_root() / "parameters.yaml"), first=True)
    draft.defaults = dict(draft.parameters)
    add(draft, path, ())
    return draft


@dataclass(frozen=True, slots=True)
class Parsed:
    """A scenario file that fits the schema."""

    path: Path
    label: str
    model: ScenarioModel
    node: Node


def parse(path: Path) -> Parsed:
    """Returns a file checked against the schema, with all its faults reported at once.

    Raises:
        ScenarioError: It does not fit.
    """
    node = read(path)
    label = shown(path)
    try:
        return Parsed(path, label, ScenarioModel.model_validate(node.plain()), node)
    except ValidationError as error:
        raise ScenarioError(translate(error, node, label)) from None


def add(draft: Draft, path: Path, chain: tuple[Path, ...]) -> None:
    """Adds a file to a draft: its base first, then its overrides, then what it says itself."""
    if path.resolve() in [p.resolve() for p in chain] or len(chain) > MAX_CHAIN:
        circle = " -> ".join(shown(p) for p in (*chain, path))
        raise ScenarioError.single(shown(path), f"bases go in a circle: {circle}", "extends")
    parsed = parse(path)
    if parsed.model.extends:
        add(draft, find(parsed.model.extends, path.parent), (*chain, path))
    overrides = [parse(find(name, path.parent)) for name in parsed.model.overrides]
    draft.problems += clashes(overrides)
    for override in overrides:
        if override.model.extends or override.model.overrides:
            message = "an override stands alone; it may not extend or override"
            raise ScenarioError.single(override.label, message, "extends")
        merge(draft, override)
    merge(draft, parsed)


def clashes(overrides: list[Parsed]) -> list[Problem]:
    """Returns a problem for every key two overrides of one list touch."""
    touched: dict[str, str] = {}
    problems = []
    for parsed in overrides:
        for section in SECTIONS:
            for key in getattr(parsed.model, section):
                name = key if section in {"state", "parameters"} else f"{section}.{key}"
                if name in touched:
                    message = (
                        f"is set by two overrides, {touched[name]} and {parsed.label}; "
                        "leave it to one of them"
                    )
                    place = parsed.node.at((section, key))
                    problems.append(
                        Problem(parsed.label, place.key_line, place.key_column, name, message)
                    )
                touched[name] = parsed.label
    return problems


def merge(draft: Draft, parsed: Parsed, *, first: bool = False) -> None:
    """Puts what a file says on top of a draft; null removes or returns to the base."""
    model = parsed.model
    draft.question = model.question or draft.question
    draft.start = model.start or draft.start
    draft.until = model.until or (None if model.start else draft.until)
    draft.needs = tuple(model.needs) or draft.needs
    for section in SECTIONS:
        target: dict[str, Placed] = getattr(draft, section)
        for key, entry in getattr(model, section).items():
            node = parsed.node.at((section, key))
            placed = Placed(entry, parsed.label, parsed.label, node.key_line, node.key_column)
            put(draft, section, target, key, placed, first=first)
    for section, limit in (("calendar", MAX_CALENDAR), ("interventions", MAX_INTERVENTIONS)):
        if len(getattr(draft, section)) > limit:
            message = f"holds {len(getattr(draft, section))} entries; at most {limit} are allowed"
            draft.problems.append(Problem(parsed.label, 0, 0, section, message))


def put(
    draft: Draft,
    section: str,
    target: dict[str, Placed],
    key: str,
    placed: Placed,
    *,
    first: bool,
) -> None:
    """Sets or removes one entry and notes the change."""
    if section in {"state", "parameters"} and not known(draft, section, key, placed):
        return
    old = target.get(key)
    if placed.entry is None:
        target.pop(key, None)
        if section == "parameters":
            target[key] = draft.defaults[key]
    else:
        target[key] = placed
    if first:
        return
    before, after = brief(old), brief(target.get(key))
    if old is not None and before != after:
        name = key if section in {"state", "parameters"} else f"{section}.{key}"
        draft.changes.append((name, before, after, placed.by))


def known(draft: Draft, section: str, key: str, placed: Placed) -> bool:
    """Tells whether a dotted name exists; notes a problem with the nearest right one if not."""
    slots = STATE if section == "state" else PARAMETERS
    if key in slots:
        return True
    other = PARAMETERS if section == "state" else STATE
    if key in other:
        right = "parameters" if section == "state" else "state"
        hint = f"; it belongs under `{right}:`"
    else:
        hint = nearest(key, slots)
    draft.problems.append(placed.problem(f"{section}.{key}", f"unknown name{hint}"))
    return False


def brief(placed: Placed | None) -> Any:
    """Returns what an entry says, short enough for a list of changes."""
    if placed is None:
        return None
    entry = placed.entry
    if isinstance(entry, StateModel):
        return entry.value
    if isinstance(entry, CalendarModel):
        return f"{entry.date} {entry.kind}"
    if isinstance(entry, InterventionModel):
        return str(entry.date or entry.when)
    return entry


def translate(error: ValidationError, node: Node, file: str) -> list[Problem]:
    """Returns pydantic's findings in this project's words and with places."""
    problems = []
    for item in error.errors():
        path = tuple(step for step in item["loc"] if not _is_branch(step))
        place = node.at(path)
        key = ".".join(str(step) for step in path)
        unknown = item["type"] == "extra_forbidden"
        line = place.key_line if unknown and place.key_line else place.line
        column = place.key_column if unknown and place.key_line else place.column
        problems.append(Problem(file, line, column, key, wording(item, path)))
    return _without_repeats(problems)


def _is_branch(step: Any) -> bool:
    """Tells pydantic's labels of union branches from keys of the file."""
    return isinstance(step, str) and (
        step in {"bool", "int", "float", "date", "str", "ActModel", "list[ActModel]"}
        or step.startswith(("constrained", "function", "nullable", "union"))
    )


def _without_repeats(problems: list[Problem]) -> list[Problem]:
    seen: dict[tuple[str, int, int], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.key, problem.line, problem.column), problem)
    return list(seen.values())


def wording(item: Any, path: tuple[Any, ...]) -> str:
    """Returns what a finding means for the person who wrote the file."""
    kind, found, context = item["type"], item.get("input"), item.get("ctx", {})
    if kind == "extra_forbidden":
        keys = sorted(allowed_keys(path[:-1]))
        return f"unknown key{nearest(str(path[-1]), keys)} (allowed: {', '.join(keys)})"
    if kind == "missing":
        return "is missing; every number carries value, unit and kind" if path else "is missing"
    if kind == "literal_error":
        hint = nearest(str(found), [w.strip("' ") for w in str(context["expected"]).split(",")])
        return f"{found!r} is not one of {context['expected']}{hint}"
    if kind in {"date_type", "date_parsing"}:
        return f"{found!r} is not a day; write YYYY-MM-DD"
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        allowed = ", ".join(sorted(allowed_keys(path))) or "keys"
        return f"{_short(found)} is not a mapping; write {allowed} below it"
    if kind == "list_type":
        return f"{_short(found)} is not a list; write [a, b]"
    if kind in {"too_short", "too_long"}:
        return f"{_short(found)} has the wrong length; write [lowest, highest]"
    if kind in {"int_type", "float_type", "finite_number"}:
        return f"{_short(found)} is not a number"
    if kind in {"bool_type", "string_type"}:
        return f"{_short(found)} is not {'true or false' if kind == 'bool_type' else 'text'}"
    return f"{_short(found)}: {item['msg']}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def allowed_keys(path: tuple[Any, ...]) -> set[str]:
    """Returns the keys the schema allows at a place."""
    models: dict[tuple[int, str], type[BaseModel]] = {
        (2, "state"): StateModel,
        (2, "parameters"): ParameterModel,
        (2, "calendar"): CalendarModel,
        (2, "interventions"): InterventionModel,
    }
    if not path:
        return set(ScenarioModel.model_fields)
    model: type[BaseModel] | None = models.get((len(path), str(path[0])))
    if model is None and len(path) > 2:
        model = models.get((2, str(path[0])))
        for step in path[2:]:
            model = _inner(model, str(step))
    return set(model.model_fields) if model else set()


def _inner(model: type[BaseModel] | None, name: str) -> type[BaseModel] | None:
    if model is None or name not in model.model_fields:
        return model
    text = str(model.model_fields[name].annotation)
    return next((m for m in (ActModel, DoModel, PriorModel) if m.__name__ in text), None)
