"""Speed of a sweep on this machine: a grid of 11 by 11 points, and sampled points.

    python benchmarks/sweep.py [--runs 2000] [--scenario march-2025-escalation]

The time covers everything from resolving the points to the page, with an empty folder; a second
pass reads the stored runs. Compiling is done beforehand. Processor and wall-clock seconds are
shown, because other work on the machine slows only the latter. The exit code is always 0.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext

from sim import api
from sim.engine.choice import COMPILED, prepare

LINE = "{:<52}{:>10}{:>12}   {}"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Returns wall-clock and processor seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000, help="runs at each point of the grid")
    parser.add_argument("--scenario", default="march-2025-escalation")
    given = parser.parse_args()
    axes = ["us.hawks.influence=0..1/11", "truce.length_days=30..180/11"]
    prepare(COMPILED, lambda _: nullcontext())
    print(LINE.format("measurement", "wall, s", "processor, s", "target"))
    with tempfile.TemporaryDirectory() as folder:

        def grid() -> None:
            str(api.sweep(given.scenario, axes, n=given.runs, results=folder))

        def drawn() -> None:
            str(api.sweep(given.scenario, ["us.hawks.influence=0..1", "truce.length_days=60..120"],
                          sample="sobol", n=256, results=folder))  # fmt: skip

        for what, work, target in (
            (f"11 x 11 points of {given.runs:,} runs", grid, "120 s at 2,000 runs"),
            ("the same, stored", grid, ""),
            ("256 Sobol points of 64 runs, each resolved", drawn, ""),
            ("the same, stored", drawn, ""),
        ):
            wall, processor = timed(work)
            print(LINE.format(what, f"{wall:.1f}", f"{processor:.1f}", target), flush=True)


if __name__ == "__main__":
    main()
