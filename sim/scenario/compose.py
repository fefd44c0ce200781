"""Composition of a scenario: parameter file, base, overrides in order, then the file itself.

Every change is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from sim.errors import NotFoundError, Problem, nearest
from sim.history.forums import forums_ahead
from sim.history.places import data_root
from sim.history.text_files import shown
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Venue
from sim.scenario.baseline import TABLE, sector_parameters
from sim.scenario.catalog import find, read
from sim.scenario.grammar import decode
from sim.scenario.knowledge_groups import KNOWLEDGE, read_groups
from sim.scenario.schema import (
    LIMITS,
    AsOfModel,
    CalendarModel,
    InterventionModel,
    ScenarioModel,
    StateModel,
)
from sim.scenario.wording import translate
from sim.scenario.yaml_loader import YamlNode

STATE: Final = slot_index(State)
PARAMETERS: Final = slot_index(Params)
SECTIONS: Final = ("state", "parameters", "calendar", "interventions")
"""Sections that make the runs."""

NOTES: Final = ("expect", "presets")
"""Sections about the runs, which change none; they are inherited entry by entry all the same."""

MAX_CHAIN: Final = 8
COMMAND_LINE: Final = "--set"
RECORD: Final = "the record"
"""Author of the entries of a calendar that come with a start as of a day."""

MIXED_STARTS: Final = (
    "one file starts on a day it describes itself and the other as of a day on record, so their "
    "states cannot be combined; write both starts in the same way, or leave out `extends`"
)
PARAMETER_FILE: Final = "scenarios/parameters.yaml"
SECTOR_FILE: Final = f"scenarios/{TABLE}"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of a section, with its place and its author (a file or `--set`)."""

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
    """A scenario under construction.

    Attributes:
        as_of: Day on record on whose morrow it starts; None if it describes its start itself.
        changes: Changes in order: key, old value, new value, and author.
        defaults: Parameters of the parameter file, to which `null` resets.
        problems: Problems found so far that leave the rest readable.
        left_out: Keys omitted because they are invalid; their absence is not another problem.
        files: The files composed so far, in order.
        set_days: Which of `start` and `until` were set on the command line.
    """

    question: str = ""
    answers: tuple[str, ...] = ()
    start: date | None = None
    as_of: date | None = None
    until: date | None = None
    needs: tuple[str, ...] = ()
    state: dict[str, Placed] = field(default_factory=dict)
    parameters: dict[str, Placed] = field(default_factory=dict)
    calendar: dict[str, Placed] = field(default_factory=dict)
    interventions: dict[str, Placed] = field(default_factory=dict)
    expect: dict[str, Placed] = field(default_factory=dict)
    presets: dict[str, Placed] = field(default_factory=dict)
    changes: list[tuple[str, Any, Any, str]] = field(default_factory=list)
    defaults: dict[str, Placed] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    files: list[Parsed] = field(default_factory=list)
    set_days: set[str] = field(default_factory=set)


def compose(path: Path) -> Draft:
    """Returns the draft of a scenario file, composed with its bases and overrides.

    Raises:
        ScenarioError: A file is not the plain YAML this project reads. Problems that leave the rest
            readable (schema errors, unknown names, conflicts) are collected in `problems`.
    """
    draft = blank()
    add(draft, path, ())
    return draft


def blank() -> Draft:
    """Returns a draft with the parameters with which every scenario starts, and nothing else."""
    draft = Draft()
    merge(draft, parameter_file(), first=True)
    for key, (entry, line) in sector_parameters().items():
        draft.parameters[key] = Placed(entry, SECTOR_FILE, SECTOR_FILE, line, 1)
    draft.defaults = dict(draft.parameters)
    return draft


@dataclass(frozen=True, slots=True)
class Parsed:
    """A scenario file: its valid content, its problems, and the keys that were left out."""

    path: Path
    label: str
    model: ScenarioModel
    node: YamlNode
    problems: tuple[Problem, ...]
    left_out: frozenset[str]

    def problem(self, path: tuple[str, ...], message: str) -> Problem:
        """Returns a problem at a key of this file."""
        place = self.node.at(path)
        line, column = place.key_line or place.line, place.key_column or place.column
        return Problem(self.label, line, column, ".".join(path), message)


def parse(path: Path) -> Parsed:
    """Returns a file checked against the schema.

    Invalid parts are recorded and left out, so that the rest can be checked and all problems can be
    reported at once.

    Raises:
        ScenarioError: The file is not the plain YAML this project reads.
    """
    document = read(path)
    label = shown(path)
    problems = list(document.problems)
    plain, left_out = sound_parts(document.root)
    while True:
        try:
            model = ScenarioModel.model_validate(plain)
        except ValidationError as error:
            # Each round removes something, so the loop ends.
            problems += translate(error, document.root, label)
            for item in error.errors():
                left_out.add(leave_out(plain, tuple(item["loc"]), item["type"]))
        else:
            return Parsed(path, label, model, document.root, tuple(problems), frozenset(left_out))


def parameter_file() -> Parsed:
    """Returns the parameters with which every scenario starts, each with the day from which it
    could be known. The files are read again only if they change, because a sweep resolves a
    scenario at each of its points."""
    files = (data_root() / "parameters.yaml", data_root() / KNOWLEDGE)
    stamps = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _parse_once(files, stamps)


@lru_cache(maxsize=2)
def _parse_once(files: tuple[Path, Path], stamps: tuple[tuple[int, int], ...]) -> Parsed:
    parsed = parse(files[0])
    groups = read_groups(files[1])
    problems = groups.lay_over(parsed.model.parameters)
    return replace(parsed, problems=(*parsed.problems, *problems))


def sound_parts(root: YamlNode) -> tuple[dict[str, Any], set[str]]:
    """Returns the content of a file without entries that have an unreadable value, and the names of
    those entries."""
    plain: dict[str, Any] = {}
    left_out = set()
    for key, node in root.value.items():
        if key in (*SECTIONS, *NOTES) and isinstance(node.value, dict):
            plain[key] = {name: e.plain() for name, e in node.value.items() if e.sound}
            left_out |= {f"{key}.{name}" for name, e in node.value.items() if not e.sound}
        elif node.sound:
            plain[key] = node.plain()
        else:
            left_out.add(key)
    return plain, left_out


def leave_out(plain: dict[str, Any], path: tuple[Any, ...], fault: str) -> str:
    """Removes an invalid part from a file: only the key if it is unknown, else its whole entry."""
    if fault != "extra_forbidden" or path[0] == "start":
        path = path[:2] if path[0] in (*SECTIONS, *NOTES) else path[:1]
    holder: Any = plain
    for step in path[:-1]:
        holder = holder.get(step, {}) if isinstance(holder, dict) else {}
    if isinstance(holder, dict) and path[-1] in holder:
        del holder[path[-1]]
    elif path[0] in plain and len(path) > 1:
        # The path leads through a list, so the whole entry is removed.
        plain[path[0]].pop(path[1], None)
    return ".".join(str(step) for step in path[:2])


def add(draft: Draft, path: Path, chain: tuple[Path, ...]) -> None:
    """Adds a file to a draft: its base first, then its overrides, then its own content."""
    parsed = parse(path)
    base = parsed.model.extends
    if base:
        add_base(draft, parsed, base, (*chain, path))
    overrides = []
    for name in parsed.model.overrides:
        found = locate(draft, parsed, name, "overrides")
        if found is None:
            continue
        override = parse(found)
        if override.model.extends or override.model.overrides:
            key = "extends" if override.model.extends else "overrides"
            message = "an override may not have `extends` or `overrides` itself"
            draft.problems.append(override.problem((key,), message))
        overrides.append(override)
    draft.problems += clashes(overrides)
    for override in overrides:
        merge(draft, override, override=True)
    merge(draft, parsed)


def add_base(draft: Draft, parsed: Parsed, base: str, chain: tuple[Path, ...]) -> None:
    """Adds the base that a file extends, unless the chain of bases is circular or too long."""
    found = locate(draft, parsed, base, "extends")
    if found is None:
        draft.left_out |= {"extends"}
        return
    names = " -> ".join(shown(p) for p in (*chain, found))
    if found.resolve() in [p.resolve() for p in chain]:
        message = f"bases are circular: {names}"
    elif len(chain) >= MAX_CHAIN:
        message = f"more than {MAX_CHAIN} levels of bases: {names}"
    else:
        add(draft, found, chain)
        return
    draft.left_out |= {"extends"}
    draft.problems.append(parsed.problem(("extends",), message))


def locate(draft: Draft, parsed: Parsed, name: str, key: str) -> Path | None:
    """Returns the file that another file refers to; records a problem if there is none."""
    try:
        return find(name, parsed.path.parent)
    except NotFoundError as error:
        message = str(error).splitlines()[0].replace("scenario", "file", 1)
        draft.problems.append(parsed.problem((key,), message))
        return None


def clashes(overrides: list[Parsed]) -> list[Problem]:
    """Returns a problem for every key set by two overrides in the same list."""
    touched: dict[str, str] = {}
    problems = []
    for parsed in overrides:
        for path in touched_by(parsed):
            name = ".".join(path)
            if name in touched:
                message = (
                    f"is set by two overrides, {touched[name]} and {parsed.label}; "
                    "remove it from one of them"
                )
                problems.append(parsed.problem(path, message))
            touched[name] = parsed.label
    return problems


def touched_by(parsed: Parsed) -> Iterator[tuple[str, ...]]:
    """Yields the keys that an override sets."""
    yield from ((key,) for key in ("start", "until") if getattr(parsed.model, key) is not None)
    for section in (*SECTIONS, *NOTES):
        yield from ((section, key) for key in getattr(parsed.model, section))


def merge(draft: Draft, parsed: Parsed, *, first: bool = False, override: bool = False) -> None:
    """Applies a file on top of a draft; null removes an entry or resets it to the base."""
    model = parsed.model
    draft.problems += parsed.problems
    draft.left_out |= parsed.left_out
    draft.files.append(parsed)
    draft.answers = tuple(model.answers) or (() if model.question else draft.answers)
    draft.question = model.question or draft.question
    draft.needs = tuple(model.needs) or draft.needs
    merge_days(draft, parsed)
    for section in (*SECTIONS, *NOTES):
        for key, entry in getattr(model, section).items():
            node = parsed.node.at((section, key))
            place = (node.key_line or node.line, node.key_column or node.column)
            placed = Placed(entry, parsed.label, parsed.label, *place)
            if fits(draft, section, key, placed):
                put(draft, section, key, placed, first=first, override=override)
    for section, limit in LIMITS.items():
        if getattr(model, section) and len(getattr(draft, section)) > limit:
            message = f"has {len(getattr(draft, section))} entries; at most {limit} are allowed"
            draft.problems.append(parsed.problem((section,), message))


def merge_days(draft: Draft, parsed: Parsed) -> None:
    """Applies the first and last day; a new start without an end implies the default length."""
    model, before = parsed.model, draft.start
    until = model.until or (None if model.start else draft.until)
    if model.start is not None:
        on_record = isinstance(model.start, AsOfModel)
        if before is not None and on_record != (draft.as_of is not None):
            draft.problems.append(parsed.problem(("start",), MIXED_STARTS))
        elif isinstance(model.start, AsOfModel):
            start_as_of(draft, model.start.as_of)
        else:
            draft.start = model.start
    for key, old, new in (("start", before, draft.start), ("until", draft.until, until)):
        if old is not None and new is not None and old != new:
            draft.changes.append((key, old, new, parsed.label))
    draft.until = until


def start_as_of(draft: Draft, day: date) -> None:
    """Lets a draft start on the morning after a day, with the forums on its calendar that had been
    announced by then."""
    draft.as_of, draft.start = day, day if day == date.max else day + timedelta(days=1)
    for key in [key for key, placed in draft.calendar.items() if placed.by == RECORD]:
        del draft.calendar[key]
    for forum in forums_ahead(day.toordinal(), date.max.toordinal()):
        held = date.fromordinal(forum.day)
        entry = CalendarModel.model_validate(
            {
                "date": held,
                "kind": "summit_slot",
                "label": forum.label,
                "source": forum.source,
                "venue": Venue(forum.venue).name.lower() if forum.venue else None,
            }
        )
        draft.calendar[f"forum-{held}"] = Placed(entry, RECORD, RECORD, 0, 0)


def start_problem(draft: Draft, message: str) -> Problem:
    """Returns a problem at the day as of which a draft starts."""
    writers = [each for each in draft.files if isinstance(each.model.start, AsOfModel)]
    return writers[-1].problem(("start", "as_of"), message)


def put(
    draft: Draft, section: str, key: str, placed: Placed, *, first: bool, override: bool
) -> None:
    """Sets or removes one entry and records the change."""
    target: dict[str, Placed] = getattr(draft, section)
    old = target.get(key)
    if placed.entry is not None:
        target[key] = placed
    else:
        target.pop(key, None)
        if section == "parameters" and key in draft.defaults:
            target[key] = draft.defaults[key]
    # Entries of the base are not changes; those added by an override, and interventions, are.
    if first or section in NOTES or (old is None and not override and section != "interventions"):
        return
    before, after = in_force(section, key, old), in_force(section, key, target.get(key))
    if before != after:
        draft.changes.append((full_name(section, key), before, after, placed.by))


def in_force(section: str, key: str, placed: Placed | None) -> Any:
    """Returns the value in force: the one from a file, else the default of the field table."""
    if placed is None and section == "state":
        return decode(STATE[key], float(STATE[key].initial))
    return brief(placed)


def full_name(section: str, key: str) -> str:
    """Returns the name of an entry on the command line: `tension`, `calendar.summit`."""
    return key if section in {"state", "parameters"} else f"{section}.{key}"


def fits(draft: Draft, section: str, key: str, placed: Placed) -> bool:
    """Returns whether an entry is allowed in a section; records a problem if not."""
    if section in {"state", "parameters"}:
        return known(draft, section, key, placed)
    entries: dict[str, Placed] = getattr(draft, section)
    if placed.entry is None and key not in entries:
        message = f"there is nothing to remove{nearest(key, entries)}"
        draft.problems.append(placed.problem(f"{section}.{key}", message))
        return False
    return True


def known(draft: Draft, section: str, key: str, placed: Placed) -> bool:
    """Returns whether a dotted name exists; if not, records a problem with the nearest name."""
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
    """Returns a short form of an entry for the list of changes."""
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
