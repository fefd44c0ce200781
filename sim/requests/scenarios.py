"""Requests about scenarios and parameters: lists, checks, new files, audits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, Problem, ScenarioError, UsageError, nearest
from sim.history.text_files import name_of
from sim.requests.options import resolve
from sim.scenario.audit import Audit, audit
from sim.scenario.catalog import names
from sim.scenario.explain import Row, explain
from sim.scenario.parameter_reads import unread
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.template import new_scenario

PARAMETER_WORLD: Final = "october-2025-apec"
"""Scenario whose parameters are shown; all scenarios share one parameter file."""


def shipped() -> tuple[Resolved, ...]:
    """Returns the shipped scenarios."""
    return tuple(resolve(name, {}) for name in names())


def check_files(scenarios: Sequence[str]) -> tuple[str, ...]:
    """Checks scenarios and returns their names.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: At least one is wrong; the error lists every problem in all of them.
    """
    problems: list[Problem] = []
    for name in scenarios:
        try:
            resolve(name, {})
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return tuple(scenarios)


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
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{target} already exists; choose another name") from error
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}") from error
    return target


def parameter_rows(beginning: str | None) -> tuple[Row, ...]:
    """Returns the parameters whose names have a prefix, or all.

    Raises:
        NotFoundError: No parameter has this prefix.
    """
    rows = [row for row in explain(resolve(PARAMETER_WORLD, {})) if row.section == "parameters"]
    found = tuple(row for row in rows if row.name.startswith(beginning or ""))
    if not found:
        hint = nearest(beginning or "", [row.name for row in rows])
        raise NotFoundError(f"there is no parameter {beginning!r}{hint}")
    return found


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
