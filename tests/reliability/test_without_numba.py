"""An installation without numba, as on a machine for which there is no build of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = """
import sys
sys.modules["numba"] = sys.modules["llvmlite"] = None  # importing them fails
import sim
from sim.cli import main
main()
"""
SHORT = ("run", "october-2025-apec", "--until", "2025-11-15", "-n", "20", "--json")


def command(place: Path, *words: str, without: bool = True) -> subprocess.CompletedProcess[str]:
    """Runs a command line in a folder of its own, and returns what it said."""
    start = ("-c", WITHOUT) if without else ("-m", "sim")
    return subprocess.run(
        [sys.executable, *start, *words, "--results", str(place / f"without-{without}")],
        capture_output=True,
        text=True,
        check=False,
    )


def test_runs_are_the_same_without_a_compiler(tmp_path: Path) -> None:
    """`auto` plays on SimPy and says nothing of numba, which nobody needs for a few runs."""
    # Fails if a module that a run leads to imports numba at its top.
    told = [command(tmp_path, *SHORT, "--engine", "auto", without=which) for which in (True, False)]

    assert [each.returncode for each in told] == [0, 0]
    assert "numba" not in told[0].stderr
    assert outcomes(told[0].stdout) == outcomes(told[1].stdout)


def outcomes(text: str) -> dict[str, object]:
    """Returns what an answer in JSON tells of the runs."""
    answer: dict[str, object] = json.loads(text)
    return {key: answer[key] for key in ("scenario_hash", "n", "seed", "outcomes")}


@pytest.mark.parametrize(
    ("words", "help_"),
    [
        ((*SHORT, "--engine", "compiled"), "leave --engine out; the results are the same"),
        (("backtest", "-n", "100", "--parameters", "posterior"), "pip install numba"),
    ],
)
def test_what_takes_numba_says_so(tmp_path: Path, words: tuple[str, ...], help_: str) -> None:
    """In a sentence, without a traceback, before anything is played."""
    # Fails if `can_compile` is not asked first: an ImportError is an error of the program.
    told = command(tmp_path, *words)

    assert told.returncode == 2
    assert help_ in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "without-True").exists()
