"""Speed of both engines on the whole model: rates, threads, and time by runs and horizon.

    python benchmarks/engines.py [--rounds 5] [--json FILE]

The engines take turns, so that a loaded machine slows both; ratios are taken within one turn.
Slopes are those of log seconds on log size: 1 is linear. Compiling is timed in new processes, with
an empty cache and then with a full one. The exit code is always 0.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine import compiled_loop, simpy_loop
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

SEED = 20251023
SCENARIO = "october-2025-apec"
LINE = "{:<46}{:>14}   {}"
LOAD = """
import time
began = time.perf_counter()
from sim.engine import compiled_loop
print(time.perf_counter() - began, compiled_loop.prepare())
"""


def world(days: int) -> Resolved:
    """Returns the scenario over a number of days."""
    start = date.fromordinal(resolve(SCENARIO).start)
    return resolve(SCENARIO, until=start + timedelta(days=days))


def seconds(play: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Returns the seconds of one call."""
    began = clock()
    play()
    return clock() - began


def rates(rounds: int) -> dict[str, Any]:
    """Returns runs per second of processor time over 12 months, the engines taking turns."""
    year = world(365)
    turns = []
    for turn in range(rounds):
        readable = seconds(lambda t=turn: simpy_loop.run_block(year, SEED, 50 * t, 50)) / 50
        bulk = seconds(lambda t=turn: compiled_loop.run_block(year, SEED, 1000 * t, 1000)) / 1000
        turns.append((readable, bulk))
    return {
        "simpy_runs_per_s": 1.0 / min(readable for readable, _ in turns),
        "compiled_runs_per_s": 1.0 / min(bulk for _, bulk in turns),
        "compiled_over_simpy": statistics.median(readable / bulk for readable, bulk in turns),
    }


def two_threads(rounds: int) -> float:
    """Returns the wall-clock speed of two threads relative to one.

    The best turn counts, because other work may occupy the second core.
    """
    year = world(365)

    def play(first: int) -> None:
        compiled_loop.run_block(year, SEED, first, 2000)

    def both() -> None:
        threads = [threading.Thread(target=play, args=(first,)) for first in (0, 2000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    turns = [
        (seconds(lambda: play(0), time.perf_counter), seconds(both, time.perf_counter))
        for _ in range(rounds)
    ]
    return max(2.0 * one / two for one, two in turns)


def slope(sizes: Sequence[int], spent: Sequence[float]) -> float:
    """Returns the slope of log seconds on log size."""
    return float(np.polyfit(np.log(sizes), np.log(spent), 1)[0])


def against_runs(rounds: int) -> float:
    """Returns the slope of time against the number of runs."""
    half_year = world(180)
    sizes = (500, 1000, 2000, 4000, 8000)
    spent = [
        min(
            seconds(lambda n=n: compiled_loop.run_block(half_year, SEED, 0, n))
            for _ in range(rounds)
        )
        for n in sizes
    ]
    return slope(sizes, spent)


def against_days(rounds: int) -> float:
    """Returns the slope of time against the days of a run, from three months to four years."""
    sizes = (91, 182, 365, 730, 1460)
    spent = []
    for days in sizes:
        resolved = world(days)
        spent.append(
            min(
                seconds(lambda r=resolved: compiled_loop.run_block(r, SEED, 0, 1000))
                for _ in range(rounds)
            )
        )
    return slope(sizes, spent)


def loading() -> tuple[float, float]:
    """Returns the seconds to prepare the compiled loop, without and with the cache."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for _ in range(2):
            told = subprocess.run(
                [sys.executable, "-c", LOAD],
                env={**os.environ, "DETENTE_CACHE": folder},
                capture_output=True,
                text=True,
                check=True,
            )
            found.append(sum(map(float, told.stdout.split())))
    return found[0], found[1]


def cold_start() -> float:
    """Returns the shortest of four times of `detente run -n 1000`, with compiled code and bytecode
    already cached."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    spent = []
    for _ in range(4):
        with tempfile.TemporaryDirectory() as folder:
            words = ["run", SCENARIO, "-n", "1000", "-q", "--results", folder]
            command = [sys.executable, "-m", "sim", *words]
            began = time.perf_counter()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            spent.append(time.perf_counter() - began)
    return min(spent)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the numbers here")
    chosen = parser.parse_args()
    compiled_loop.prepare()
    found = rates(chosen.rounds)
    found["two_threads_over_one"] = two_threads(chosen.rounds)
    found["slope_runs"] = against_runs(chosen.rounds)
    found["slope_days"] = against_days(chosen.rounds)
    found["run_1000_s"] = cold_start()
    found["compile_s"], found["load_s"] = loading()
    for name, what, unit, target in (
        ("simpy_runs_per_s", "SimPy, 12 months", "runs/s", ""),
        ("compiled_runs_per_s", "compiled, 12 months", "runs/s", "at least 3,000 per core"),
        ("compiled_over_simpy", "compiled relative to SimPy", "times", "at least 40"),
        ("two_threads_over_one", "two threads relative to one", "times", "at least 1.7"),
        ("slope_runs", "time by runs, 500 to 8,000", "slope", "1 is linear"),
        ("slope_days", "time by days, 91 to 1,460", "slope", "1 is linear"),
        ("run_1000_s", "detente run -n 1000", "s", "below 3 s"),
        ("compile_s", "compiled loop, no cache", "s", "below 60 s"),
        ("load_s", "compiled loop, from the cache", "s", ""),
    ):
        print(LINE.format(what, f"{found[name]:,.2f} {unit}", target))
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
