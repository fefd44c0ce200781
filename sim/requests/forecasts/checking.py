"""Requests for checks: the runs of scenarios, and whether they do what their files expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem, ScenarioError, UsageError
from sim.experiment.outcomes.conditions import watching
from sim.experiment.outcomes.expectations import (
    SECTION,
    Expectation,
    JudgedExpectation,
    judge_expectations,
    read_expectations,
)
from sim.experiment.runs.batch import Batch
from sim.report.files import check_target, write_file
from sim.report.pages.forecasts.junit import is_junit, junit_text
from sim.requests.options import Options, means_of, resolve
from sim.requests.run import BatchRequest


@dataclass(frozen=True, slots=True)
class CheckedScenario:
    """A scenario whose expectations were judged.

    Attributes:
        name: The scenario as typed.
        batch: The runs; None if it expects nothing.
        lines: Its expectations with their verdicts.
    """

    name: str
    batch: Batch | None
    lines: tuple[JudgedExpectation, ...]


def check_expectations(
    scenarios: Sequence[str], junit: str | Path | None, options: Options
) -> tuple[CheckedScenario, ...]:
    """Plays scenarios and judges what their files expect.

    Everything is checked before anything is played.

    Args:
        scenarios: Names or paths.
        junit: File for the verdicts in the form of JUnit; None for none.
        options: Number of runs and other options.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A scenario or a line is wrong; lists every problem in all of them.
        UsageError: No scenario expects anything, an option is out of range, or the file cannot be
            written.
    """
    if not scenarios:
        raise UsageError("name a scenario to check, e.g. detente check october-2025-apec")
    target = None if junit is None else Path(junit)
    if target is not None:
        check_target(target, is_junit, "--junit", "file of test results")
    requests = _requests(scenarios, options)
    played = [request for _, _, request in requests if request is not None]
    if not played:
        raise UsageError(
            f"{', '.join(scenarios)}: nothing to check; write what you expect under `{SECTION}:`, "
            "e.g. `truce_in_force@2025-11-11: at least 0.5` (see docs/questions.md)"
        )
    found = []
    for name, lines, request in requests:
        if request is None:
            found.append(CheckedScenario(name, None, ()))
            continue
        batch = request.play(played.index(request), len(played))
        found.append(CheckedScenario(name, batch, judge_expectations(lines, batch)))
    if target is not None:
        write_file(target, junit_text([(each.name, each.lines) for each in found]))
    return tuple(found)


def _requests(
    scenarios: Sequence[str], options: Options
) -> list[tuple[str, tuple[Expectation, ...], BatchRequest | None]]:
    """Returns each scenario with its expectations and the request for its runs."""
    problems: list[Problem] = []
    found = []
    for name in dict.fromkeys(scenarios):
        try:
            found.append((name, *_request(name, options)))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return found


def _request(name: str, options: Options) -> tuple[tuple[Expectation, ...], BatchRequest | None]:
    resolved, lines = resolve(name, options), read_expectations(name)
    if not lines:
        return lines, None
    if problems := [found for line in lines if (found := line.check(resolved))]:
        raise ScenarioError(problems)
    questions = [line.question for line in lines]
    world = watching(resolved, [reading for each in questions for reading in each.readings])
    events = any(question.needs_events for question in questions)
    own: Options = {**options, "events": events, "paths": "none"}
    return lines, BatchRequest(world, (), means_of(options), own)
