"""Requests about what goes into runs: scenarios, parameters, the dated record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, Problem, ScenarioError, SimError, UsageError, nearest
from sim.experiment.outcomes.expectations import read_expectations
from sim.history.act_table import record_with
from sim.history.acts import FIRST_DAY, ActType, RecordedAct
from sim.history.tariffs import LAST_DAY
from sim.history.text_files import SHOWN_NAME, name_of
from sim.report.pages.run.scenario import NumbersAsked
from sim.report.words.names.inputs import input_words
from sim.requests.options import Day, day, resolve
from sim.scenario.audit import Audit, audit
from sim.scenario.catalog import own_files
from sim.scenario.explain import Row, explain
from sim.scenario.freeze import in_order
from sim.scenario.load import drafted
from sim.scenario.notes import OwnScenario, ScenarioNotes
from sim.scenario.parameter_reads import unread
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.shipped import CALENDAR, names, parts
from sim.scenario.template import new_scenario

PARAMETER_WORLD: Final = "october-2025-apec"
"""Scenario whose parameters are shown; all scenarios share one parameter file."""


def shipped() -> tuple[Resolved, ...]:
    """Returns the shipped scenarios."""
    return tuple(resolve(name, {}) for name in names())


def own_scenarios() -> tuple[OwnScenario, ...]:
    """Returns the scenario files in the current folder, those with errors too."""
    found = []
    for path in own_files():
        try:
            found.append(OwnScenario(f"./{path}", resolve(str(path), {}), 0))
        except ScenarioError as error:
            found.append(OwnScenario(f"./{path}", None, len(error.problems)))
        except SimError:  # it vanished in the meantime
            continue
    return tuple(found)


def scenario_notes(name: str) -> ScenarioNotes:
    """Returns what a scenario file says about its runs.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It cannot be read.
    """
    draft = drafted(name)
    return ScenarioNotes(
        {question: placed.entry for question, placed in draft.expect.items()},
        {preset: placed.entry for preset, placed in draft.presets.items()},
    )


def check_files(scenarios: Sequence[str]) -> tuple[str, ...]:
    """Checks scenarios and returns their names.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: At least one is wrong; the error lists every problem in all of them.
    """
    problems: list[Problem] = []
    for name in scenarios:
        for faults in (_file_problems, _presets_problems):
            try:
                problems += faults(name)
            except ScenarioError as error:
                problems += error.problems
    if problems:
        raise ScenarioError(in_order(problems))
    return tuple(scenarios)


def _file_problems(name: str) -> list[Problem]:
    """Returns what is wrong with the scenario and with what it expects."""
    problems: list[Problem] = []
    try:
        lines = read_expectations(name)
    except ScenarioError as error:
        problems += error.problems
    try:
        resolved = resolve(name, {})
    except ScenarioError as error:
        return [*error.problems, *problems]
    return [found for line in lines if (found := line.check(resolved))]


def _presets_problems(name: str) -> Iterator[Problem]:
    """Yields what is wrong with a scenario under each of its presets, if nothing else is."""
    resolve(name, {})
    for preset, placed in drafted(name).presets.items():
        try:
            resolve(name, {"presets": (preset,)})
        except ScenarioError as error:
            for problem in error.problems:
                yield placed.problem(f"presets.{preset}", f"{problem.key}: {problem.message}")


def write_new(path: str | Path, base: str) -> Path:
    """Writes a new scenario file with a given base and returns its path. The extension .yaml is
    added if it is missing.

    Raises:
        NotFoundError: There is no such base.
        ScenarioError: The name is too long, or has characters that cannot be printed.
        UsageError: The path names no file, or the file exists or cannot be written.
    """
    target = Path(path)
    if target.name in {"", ".."}:
        raise UsageError(f"{str(path)!r} is the name of no file; write one such as mine.yaml")
    if target.suffix not in {".yaml", ".yml"}:
        target = target.with_name(f"{target.name}.yaml")
    text = new_scenario(name_of(target), base)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{target} already exists; choose another name") from error
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}") from error
    return target


def numbers_of(resolved: Resolved, only: str, *, full: bool) -> NumbersAsked:
    """Returns the numbers of a scenario that were asked for.

    Args:
        resolved: The scenario.
        only: A section, or words that name or meaning of a number must have; empty for all.
        full: Whether all are to be shown.

    Raises:
        NotFoundError: There is no such section, and no number has these words.
    """
    rows, calendar = explain(resolved), resolved.calendar
    if not only:
        return NumbersAsked(rows, calendar, full=full)
    if only == CALENDAR:
        return NumbersAsked((), calendar, only)
    if only in parts():
        return NumbersAsked(tuple(row for row in rows if row.part == only), (), only)
    dates = tuple(e for e in calendar if _has_words(f"{e.key} {e.label}", only))
    found = NumbersAsked(_with_words(rows, only), dates, only)
    if not found.rows and not dates:
        known = [*parts(), CALENDAR]
        raise NotFoundError(
            f"no number has {only!r} in its name or meaning, and there is no such section"
            f"{nearest(only, [*known, *_words_of(rows)])} (sections: {', '.join(known)})"
        )
    return found


def _with_words(rows: Iterable[Row], words: str) -> tuple[Row, ...]:
    """Returns the numbers whose name or meaning has all of some words, in any order."""
    return tuple(
        row
        for row in rows
        if _has_words(f"{row.name} {input_words(row.name)} {row.meaning}", words)
    )


def _words_of(rows: Iterable[Row]) -> set[str]:
    """Returns the words of which the names of numbers are made."""
    return {word for row in rows for word in re.split(r"[._]", row.name)}


def _has_words(text: str, words: str) -> bool:
    return all(word in text.lower() for word in words.lower().split())


def parameter_rows(beginning: str | None) -> tuple[Row, ...]:
    """Returns the parameters whose names have a prefix, or else those with its words in name or
    meaning; all without one.

    Raises:
        NotFoundError: There is no such parameter.
    """
    rows = [row for row in explain(resolve(PARAMETER_WORLD, {})) if row.section == "parameters"]
    found = tuple(row for row in rows if row.name.startswith(beginning or ""))
    found = found or _with_words(rows, beginning or "")
    if not found or not (beginning or "x").strip():
        hint = nearest(beginning or "", [row.name for row in rows])
        raise NotFoundError(f"there is no parameter {beginning!r}{hint}")
    return found


def acts_between(
    first: Day | None, last: Day | None, actor: str | None, kind: str | None, record: Path | None
) -> tuple[tuple[RecordedAct, ...], date, date, int]:
    """Returns acts on record by day, the first and the last day asked for, and how many acts the
    whole record has.

    Args:
        first: First day, by default that of the record.
        last: Last day, by default that of the last act or of the shipped record, if later.
        actor: Side, or `both` for what the two do together; None for all.
        kind: Name of an act; None for all.
        record: A file laid over the record.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file is wrong.
        UsageError: There is no such side or act, or the last day is before the first.
    """
    sides = tuple(dict.fromkeys(each.side for each in ActType))
    _check_word("--actor", actor, sides)
    acts = tuple(dict.fromkeys(each.act for each in ActType if actor in {None, each.side}))
    _check_word("--kind", kind, acts)
    known = record_with(record)
    start = date.fromordinal(FIRST_DAY) if first is None else day("--from", first)
    end = date.fromordinal(max(LAST_DAY, known[-1].day)) if last is None else day("--to", last)
    if end < start:
        raise UsageError(f"--to {end} is before --from {start}; give an earlier and a later day")
    found = (act for act in known if start.toordinal() <= act.day <= end.toordinal())
    wanted = tuple(
        act for act in found if actor in {None, act.type.side} and kind in {None, act.type.act}
    )
    return wanted, start, end, len(known)


def _check_word(option: str, word: str | None, allowed: Sequence[str]) -> None:
    """Checks that a word is one of those allowed, if it is given."""
    if word is not None and word not in allowed:
        shown = word if len(word) <= SHOWN_NAME else f"{word[:SHOWN_NAME]}..."
        raise UsageError(
            f"{option} {shown}: allowed are {', '.join(allowed)}{nearest(shown, allowed)}"
        )


def audit_shipped() -> Audit:
    """Returns the audit of the parameters: problems of any scenario, parameters that nothing
    reads, and evidence unused by all."""
    audits: dict[str, Audit] = {}
    problems: list[str] = []
    for name in names():
        try:
            audits[name] = audit(resolve(name, {}))
        except ScenarioError as error:
            problems += map(str, error.problems)
    problems += (text for found in audits.values() for text in found.problems)
    problems += (f"{name}: no rule of the model reads it" for name in unread())
    if PARAMETER_WORLD not in audits:
        return Audit({}, tuple(dict.fromkeys(problems)), (), ())
    unused = set.intersection(*(set(found.unused) for found in audits.values()))
    return replace(
        audits[PARAMETER_WORLD],
        problems=tuple(dict.fromkeys(problems)),
        unused=tuple(sorted(unused)),
    )
