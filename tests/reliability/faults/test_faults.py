"""Whatever happens to a command, repeating it gives the same bytes and the same answer."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path
from typing import Final

import pytest
from bench import Bench, difference, leftovers, tree
from commands import COMMANDS
from faults import FAULTS, SAME, Case, flip, kinds

SEED: Final = 11
FLIPPED: Final = ("run", "sweep, sampled", "sensitivity")
"""Commands that store files of every kind: of a result, and of designs."""

ONE_IN: Final = 10
"""One pair of fault and command in so many is tried at every push: each fault, and each command."""

PAIRS: Final = [
    pytest.param(
        fault,
        command,
        marks=[] if (row + place) % ONE_IN == 0 else [pytest.mark.full],
        id=f"{fault}-{command}",
    )
    for row, fault in enumerate(FAULTS)
    for place, command in enumerate(COMMANDS)
]


def check(bench: Bench, fault: str, command: str, number: int, root: Path) -> str:
    """Strikes a command, repeats it, and returns how the first ended."""
    words = COMMANDS[command]
    calm = bench.calm(words)
    root.mkdir()
    chance = random.Random(f"{SEED} {fault} {command} {number}")  # noqa: S311 - no secret
    case = Case(bench, words, root, chance, number)
    ended = FAULTS[fault].strike(case)

    again = bench.play(words, root)
    assert (again.code, again.notes) == (0, ""), again.notes
    assert again.printed == calm.printed
    for path in leftovers(root):
        os.utime(path, (time.time() - 3600.0,) * 2)
    if leftovers(root):
        assert bench.play(words, root).printed == again.printed
    assert leftovers(root) == []
    assert difference(tree(root), calm.tree) == {}
    return ended


@pytest.mark.parametrize(("fault", "command"), PAIRS)
def test_a_fault_costs_nothing_but_time(
    bench: Bench, fault: str, command: str, tmp_path: Path
) -> None:
    """It ends with the same answer or one sentence; the same command then completes the rest."""
    check(bench, fault, command, 0, tmp_path / "results")


@pytest.mark.full
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_many_faults_cost_nothing_but_time(
    bench: Bench, fault: str, command: str, tmp_path: Path
) -> None:
    """As above, at many moments and with more or less room left."""
    for number in range(FAULTS[fault].tries):
        check(bench, fault, command, number, tmp_path / str(number))


def check_flips(bench: Bench, command: str, flips: int, root: Path) -> dict[str, int]:
    """Flips bits of what a command stored, repeats it after each, and returns how many by kind."""
    words, calm = COMMANDS[command], bench.calm(COMMANDS[command])
    whole = root / "whole"
    assert bench.play(words, whole).code == 0
    chance = random.Random(f"{SEED} {command}")  # noqa: S311 - no secret
    counts = {}
    for kind, files in kinds(whole).items():
        for number in range(flips):
            damaged = root / f"{kind}-{number}"
            shutil.copytree(whole, damaged)
            flip(damaged / chance.choice(files).relative_to(whole), chance)
            case = Case(bench, words, damaged, chance, number)
            assert case.judge(bench.play(words, damaged)) == SAME
            assert difference(tree(damaged), calm.tree) == {}
            shutil.rmtree(damaged)
        counts[kind] = flips
    return counts


@pytest.mark.parametrize("flips", [1, pytest.param(40, marks=pytest.mark.full)])
@pytest.mark.parametrize("command", FLIPPED)
def test_a_flipped_bit_is_mended_by_the_same_command(
    bench: Bench, command: str, flips: int, tmp_path: Path
) -> None:
    """Whichever file it is in, of a result or of a design: its runs are simulated again."""
    flipped = check_flips(bench, command, flips, tmp_path)

    assert {"manifest.json", "scenario.json", "outcomes"} < flipped.keys()
