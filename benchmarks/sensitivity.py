"""Speed of a sensitivity analysis on this machine: indices of 20 factors, with or without
screening.

    python benchmarks/sensitivity.py [--points 256] [--replicates 64] [--scenario NAME] [--screen]

20 factors at 256 base points and 64 replicates are 5,632 points and 360,448 runs. The time covers
everything from drawing the points to the page with its bootstrap, with an empty folder; compiling
is done beforehand. Processor and wall-clock seconds are shown, as in `sweep.py`. The exit code is
always 0.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import nullcontext

from sim import api
from sim.engine.choice import COMPILED, prepare

LINE = "{:<52}{:>10}{:>12}   {}"
FACTORS = 20


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=256)
    parser.add_argument("--replicates", type=int, default=64)
    parser.add_argument("--scenario", default="october-2025-apec")
    parser.add_argument("--screen", action="store_true", help="also screen all parameters")
    given = parser.parse_args()
    resolved = api.world(given.scenario).resolved
    uncertain = [name for name, parameter in resolved.parameters.items() if parameter.prior]
    prepare(COMPILED, lambda _: nullcontext())
    print(LINE.format("measurement", "wall, s", "processor, s", "target"))
    with tempfile.TemporaryDirectory() as folder:
        passes = [(f"indices of {FACTORS} factors", uncertain[:FACTORS], "300 s at 256 x 64")]
        passes.append(("the same, stored", uncertain[:FACTORS], ""))
        if given.screen:
            passes.append((f"screening of {len(uncertain)}, then indices", uncertain, ""))
        for what, factors, target in passes:
            wall, processor = time.perf_counter(), time.process_time()
            found = api.sensitivity(
                given.scenario,
                factors,
                n=given.points,
                replicates=given.replicates,
                results=folder,
            )
            str(found)
            spent = time.perf_counter() - wall, time.process_time() - processor
            runs = f"{what}: {found.sensitivity.computed:,} runs"
            print(LINE.format(runs, *(f"{s:.1f}" for s in spent), target), flush=True)


if __name__ == "__main__":
    main()
