"""The choice of an engine where code is not compiled yet, and what becomes of it."""

from __future__ import annotations

import os
from contextlib import nullcontext

import pytest

from sim.engine import choice, code_cache, compiled_loop, compiler
from sim.engine.choice import (
    AUTO,
    BESIDE,
    COMPILED,
    LATER,
    SIMPY,
    SOON,
    choose_engine,
    is_ready,
    prepare,
)
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved


@pytest.fixture(scope="module")
def october() -> Resolved:
    """The October scenario over 180 days."""
    return resolve("october-2025-apec")


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new installation on a machine with two cores, where compiling is possible."""
    monkeypatch.setattr(code_cache, "is_kept", lambda: False)
    monkeypatch.setattr(code_cache, "is_fresh", lambda: True)
    monkeypatch.setattr(compiler, "is_possible", lambda: True)
    monkeypatch.setattr(compiler, "start", lambda pace: pytest.fail(f"started {pace}"))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.parametrize(
    ("runs", "engine"),
    [(1, LATER), (2000, LATER), (20_000, SOON), (10**6, SOON), (float("inf"), SOON)],
)
def test_auto_never_waits_for_the_compiler(october: Resolved, runs: float, engine: str) -> None:
    """It is given a core by a job that it pays for, and what is left over by a shorter one."""
    assert choose_engine(AUTO, october, runs, 2) == engine
    assert choose_engine(engine, october, 1, 2) == engine  # a part of the job
    assert choose_engine(SIMPY, october, runs, 2) == SIMPY
    assert choose_engine(COMPILED, october, runs, 2) == COMPILED


def test_a_job_is_long_at_the_number_of_runs_at_which_compiling_pays(october: Resolved) -> None:
    """SimPy alone, with all workers, then takes as long as compiling and playing compiled code."""
    for workers in (1, 2, 8):
        day_runs = choice.COMPILE_S * workers / (choice.SIMPY_DAY_S - choice.COMPILED_DAY_S)
        runs = day_runs / (october.until - october.start + 1)
        assert choose_engine(AUTO, october, 0.99 * runs, workers) == LATER
        assert choose_engine(AUTO, october, 1.01 * runs, workers) == SOON


def test_a_single_core_has_none_to_spare(
    october: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SimPy would take half of it from the compiler, so a long job waits as before."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    assert choose_engine(AUTO, october, 10**6, 1) == COMPILED
    assert choose_engine(AUTO, october, 300, 1) == LATER


def test_where_no_other_process_can_compile_all_is_as_it_was(
    october: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long job waits, a short one leaves nothing."""
    monkeypatch.setattr(compiler, "is_possible", lambda: False)

    assert choose_engine(AUTO, october, 10**6, 2) == COMPILED
    assert choose_engine(AUTO, october, 2000, 2) == SIMPY


def test_a_tiny_job_asks_for_the_version_on_a_new_installation_only(
    october: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telling versions apart takes longer than a few runs."""
    monkeypatch.setattr(code_cache, "is_fresh", lambda: False)
    monkeypatch.setattr(code_cache, "is_kept", lambda: pytest.fail("asked"))

    assert choose_engine(AUTO, october, 5, 1) == SIMPY


def test_a_compiler_at_work_is_nearly_ready(
    october: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What follows a long job does not take its core from the compiler again."""
    assert choose_engine(AUTO, october, 3000, 2) == LATER
    monkeypatch.setattr(compiler, "spent_s", lambda: 40.0)
    assert choose_engine(AUTO, october, 3000, 2) == SOON
    assert choose_engine(AUTO, october, 100, 1) == LATER
    monkeypatch.setattr(compiler, "spent_s", lambda: 1000.0)

    assert choose_engine(AUTO, october, 10, 1) == LATER


@pytest.mark.parametrize(("engine", "pace"), [(SOON, compiler.FAST), (LATER, compiler.GENTLE)])
def test_compiling_begins_with_the_job(
    monkeypatch: pytest.MonkeyPatch, engine: str, pace: str
) -> None:
    """With one sentence, and nothing is waited for; if it had begun before, without."""
    said: list[str] = []
    asked: list[str] = []
    for begins in (True, False):
        monkeypatch.setattr(
            compiler, "start", lambda pace, begins=begins: asked.append(pace) or begins
        )
        assert prepare(engine, lambda text: nullcontext(said.append(text))) == 0.0

    assert asked == [pace, pace]
    assert said == [BESIDE]


def test_a_long_job_goes_on_when_the_compiler_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It compiles itself, as it would have; a short one stays on SimPy until code is kept."""
    monkeypatch.setattr(compiler, "has_ended", lambda: True)
    assert is_ready(SOON)
    assert not is_ready(LATER)
    monkeypatch.setattr(compiler, "has_ended", lambda: False)
    assert not is_ready(SOON)
    monkeypatch.setattr(code_cache, "is_kept", lambda: True)

    assert is_ready(LATER)


def test_short_jobs_do_not_load_the_compiler(
    october: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the compiled loop has room for a scenario is asked by long ones."""
    monkeypatch.setattr(compiled_loop, "takes", lambda resolved: False)

    assert choose_engine(AUTO, october, 300, 1) == LATER
    assert choose_engine(AUTO, october, 10**6, 2) == SIMPY
