"""Speed of drawn parameters relative to fixed ones, in compiled code on one core.

    python benchmarks/drawn.py [--rounds 12]

Blocks of all three modes are played in turns, so that a loaded machine slows all of them; ratios
are taken within a turn, in processor time. With the path of an earlier version in PYTHONPATH the
same script measures that one. The exit code is always 0.
"""

from __future__ import annotations

import argparse
import statistics
import time

from sim.engine import compiled_loop
from sim.experiment.executors.interface import Job, play_block
from sim.experiment.inputs.posterior import learned
from sim.scenario.load import resolve

SCENARIO = "october-2025-apec"
SEED = 20251023
PER_VECTOR = 20
BLOCK = 500
BLOCKS = 2
LINE = "{:<46}{:>14}   {}"


def seconds(job: Job, first: int) -> float:
    """Returns the processor time of some blocks."""
    began = time.process_time()
    for place in range(BLOCKS):
        play_block(job, first + BLOCK * place, BLOCK)
    return time.process_time() - began


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    chosen = parser.parse_args()
    compiled_loop.prepare()
    central = resolve(SCENARIO)
    jobs = {
        "fixed": Job(compiled_loop.run_block, central, SEED, 0),
        "prior": Job(compiled_loop.run_block, central, SEED, PER_VECTOR),
        "posterior": Job(compiled_loop.run_block, learned(central, "posterior"), SEED, PER_VECTOR),
    }
    for job in jobs.values():
        play_block(job, 0, BLOCK)
    turns = [
        {mode: seconds(job, BLOCK * BLOCKS * turn) for mode, job in jobs.items()}
        for turn in range(chosen.rounds)
    ]
    for mode in ("prior", "posterior"):
        ratio = statistics.median(turn["fixed"] / turn[mode] for turn in turns)
        print(LINE.format(f"{mode}, relative to fixed", f"{ratio:.2f}", "at least 0.85"))


if __name__ == "__main__":
    main()
