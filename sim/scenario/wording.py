"""Wording of errors in scenario files for their authors: place, what was found, what is allowed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, nearest
from sim.scenario.schema import (
    MAX_CHANGES,
    ActModel,
    AsOfModel,
    CalendarModel,
    DoModel,
    InterventionModel,
    ParameterModel,
    PresetModel,
    PriorBeforeModel,
    PriorModel,
    ScenarioModel,
    StateModel,
)
from sim.scenario.yaml_loader import YamlNode

ENTRIES: Final[dict[str, type[BaseModel]]] = {
    "state": StateModel,
    "parameters": ParameterModel,
    "calendar": CalendarModel,
    "interventions": InterventionModel,
    "presets": PresetModel,
}
BOUND_EXAMPLE: Final = "us_addon_pp@2025-12-31<=60: at least 0.9"
ACTS: Final = "list[ActModel]"
BRANCHES: Final = {"bool", "int", "float", "date", "str", "ActModel"}


def translate(error: ValidationError, node: YamlNode, file: str) -> list[Problem]:
    """Translates pydantic's errors into this project's words with places, one for each key."""
    problems: dict[str, Problem] = {}
    for item in error.errors():
        path = keys_of(item["loc"])
        place = node.at(path)
        if _is_other_branch(item["loc"], node):
            continue
        at_key = item["type"] in {"extra_forbidden", "missing"} and place.key_line > 0
        line = place.key_line if at_key else place.line
        column = place.key_column if at_key else place.column
        key = ".".join(str(step) for step in path)
        problems.setdefault(key, Problem(file, line, column, key, wording(item, path)))
    return list(problems.values())


def keys_of(location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Returns a place in the file, without pydantic's names for the branches of a union."""
    if location[:1] == ("start",):
        return (location[0], *location[2:])
    return tuple(
        step
        for i, step in enumerate(location)
        # The first two steps are sections and names chosen by the author.
        if i < 2 or not _is_branch(step) or (i == 2 and _is_field(location, step))
    )


def _is_branch(step: Any) -> bool:
    return isinstance(step, str) and (step in BRANCHES or "[" in step)


def _is_field(location: tuple[Any, ...], step: Any) -> bool:
    model = ENTRIES.get(str(location[0]))
    return model is not None and step in model.model_fields


def _is_other_branch(location: tuple[Any, ...], node: YamlNode) -> bool:
    """Returns whether an error concerns a single act where the file has a list, or the reverse."""
    for label, wants_list in (("ActModel", False), (ACTS, True)):
        if label in location:
            acts = node.at(keys_of(location[: location.index(label)])).value
            return isinstance(acts, list) != wants_list
    return False


def wording(item: Any, path: tuple[Any, ...]) -> str:
    """Returns the text of an error for the author of the file."""
    kind, found, context = item["type"], short(item.get("input")), item.get("ctx", {})
    if path[:1] in {("expect",), ("presets",)} and (told := _wording_of_notes(kind, found, path)):
        return told
    if kind == "extra_forbidden":
        allowed = sorted(allowed_keys(path[:-1]))
        found = str(path[-1])
        # A truncated key (`size` for `size_pp`) can mean only one key.
        longer = [key for key in allowed if key.startswith(f"{found}_")]
        hint = f"; did you mean {longer[0]}?" if len(longer) == 1 else nearest(found, allowed)
        return f"unknown key{hint} (allowed: {', '.join(allowed)})"
    if kind == "missing":
        return f"is missing (required here: {', '.join(needed_keys(path[:-1]))})"
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in str(context["expected"]).split(",")]
        allowed = [word for words in allowed for word in words.split("' or '")]
        hint = nearest(str(item["input"])[:80], allowed)
        return f"{found} is not one of {', '.join(allowed)}{hint}"
    if path[-1:] == ("value",) and path[0] == "state":
        return f"{found} is not a number, a date, true, false or a name"
    if kind in {"date_type", "date_parsing"}:
        return f"{found} is not a day; write YYYY-MM-DD, without quotes"
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        allowed = sorted(allowed_keys(path))
        return f"{found} is not a mapping; expected below it: {', '.join(allowed) or 'key: value'}"
    if kind == "list_type":
        return f"{found} is not a list; write [a, b]"
    if kind in {"too_short", "too_long"}:
        return f"{found} has the wrong length; write [lowest, highest]"
    if kind in {"int_type", "float_type", "finite_number", "int_from_float"}:
        return f"{found} is not a {'whole ' if 'int_' in kind and _whole(path) else ''}number"
    if kind in {"bool_type", "string_type"}:
        return f"{found} is not {'true or false' if kind == 'bool_type' else 'text'}"
    if kind in {"string_too_short", "string_too_long"}:
        limit = context.get("max_length") or context.get("min_length")
        return f"is {'empty' if kind == 'string_too_short' else f'longer than {limit} characters'}"
    if kind == "greater_than_equal":
        return f"{found} is below {context['ge']}"
    return f"{found}: {item['msg']}"


def _wording_of_notes(kind: str, found: str, path: tuple[Any, ...]) -> str:
    """Returns the text of an error in an expectation or a preset; "" if another one says it."""
    if path[:1] == ("expect",) and kind in {"dict_type", "string_type"}:
        return (
            f"{found} is not what is expected; write a line for each question, without a dash, "
            f"e.g. `{BOUND_EXAMPLE}`"
        )
    if path[:1] == ("presets",) and path[2:3] == ("set",):
        if len(path) > 3:
            return f"{found} is not a number, a date, true, false, null or a name"
        if kind in {"too_short", "too_long"}:
            return f"has no change or more than {MAX_CHANGES}; write e.g. `tension: 0.5` below it"
    return ""


def _whole(path: tuple[Any, ...]) -> bool:
    return bool(path) and path[-1] == "cooldown_days"


def short(value: Any) -> str:
    """Returns a value for use in a message: quoted, and truncated to fit on a line."""
    words = {None: "null", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return words[value]
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def allowed_keys(path: tuple[Any, ...]) -> set[str]:
    """Returns the keys that the schema allows at a place."""
    model = model_at(path)
    return set(model.model_fields) if model else set()


def needed_keys(path: tuple[Any, ...]) -> list[str]:
    """Returns the keys that the schema requires at a place."""
    model = model_at(path)
    fields = model.model_fields if model else {}
    return [name for name, field in fields.items() if field.is_required()]


def model_at(path: tuple[Any, ...]) -> type[BaseModel] | None:
    """Returns the part of the schema that describes a place; None if names are free there."""
    if not path:
        return ScenarioModel
    if len(path) == 1:
        return AsOfModel if path == ("start",) else None
    model = ENTRIES.get(str(path[0]))
    for step in path[2:]:
        if model is not None and not isinstance(step, int):
            model = _inner(model, str(step))
    return model


def _inner(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    if name not in model.model_fields:
        return None
    text = str(model.model_fields[name].annotation)
    inner = (ActModel, DoModel, PriorBeforeModel, PriorModel)
    return next((m for m in inner if m.__name__ in text), None)
