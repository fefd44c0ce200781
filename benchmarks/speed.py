"""Speed of the simulator on this machine, with the targets.

    python benchmarks/speed.py [--all] [--seconds 10]

Prints runs per second of processor time of the SimPy engine, the start-up time of the command line,
and the time of a small batch from a cold start. The exit code is always 0, because a loaded machine
is not an error of the program.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta

from sim.engine.simpy_loop import run_block
from sim.scenario.catalog import names
from sim.scenario.load import resolve

SEED = 20251023
LINE = "{:<46}{:>12}   {}"


def runs_per_second(scenario: str, days: int, seconds: float) -> float:
    """Simulates blocks of 50 runs for about the given seconds and returns the best rate."""
    start = date.fromordinal(resolve(scenario).start)
    resolved = resolve(scenario, until=start + timedelta(days=days))
    run_block(resolved, SEED, 0, 5)
    best, first, deadline = 0.0, 0, time.perf_counter() + seconds
    while first == 0 or time.perf_counter() < deadline:
        began = time.process_time()
        run_block(resolved, SEED, first, 50)
        best = max(best, 50.0 / (time.process_time() - began))
        first += 50
    return best


def seconds_of(*words: str, repeats: int) -> float:
    """Returns the shortest time of a command line in new processes, in seconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "sim", *words], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return min(times)


def cold_run() -> float:
    """Returns the time of `detente run october-2025-apec -n 200` into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        return seconds_of("run", "october-2025-apec", "-n", "200", "--results", folder, repeats=1)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="all shipped scenarios, not only one")
    parser.add_argument("--seconds", type=float, default=5.0, help="time for each measurement")
    chosen = parser.parse_args()
    print(LINE.format("measurement", "measured", "target"))
    for scenario in names() if chosen.all else ["october-2025-apec"]:
        for days, target in ((180, 60), (365, 40)):
            rate = runs_per_second(scenario, days, chosen.seconds)
            what = f"{scenario}, {days} days"
            print(LINE.format(what, f"{rate:.0f} runs/s", f"at least {target} per core (SimPy)"))
    help_s = seconds_of("--help", repeats=5)
    print(LINE.format("detente --help", f"{help_s:.2f} s", "below 0.35 s, best of 5"))
    print(LINE.format("detente run october-2025-apec -n 200", f"{cold_run():.1f} s", "below 6 s"))


if __name__ == "__main__":
    main()
