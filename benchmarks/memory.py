"""Peak memory of a large batch, summary included, with the target beside it.

    python benchmarks/memory.py [--runs 10000] [--workers 2]

Plays the batch in a fresh process and a fresh folder. With several workers the memory of all
processes together is sampled from /proc while they play. The exit code is 0 whatever comes out.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BATCH = """
import json, resource, sys
from sim.experiment.batch import run_batch
from sim.experiment.store import Store
from sim.experiment.summary import summarise
from sim.scenario.load import resolve

n, workers, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
batch = run_batch(resolve("october-2025-apec"), n=n, workers=workers, store=Store(folder))
summarise(batch)
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
disk = sum(path.stat().st_size for path in batch.directory.rglob("*") if path.is_file())
print(json.dumps([own / 1024, disk / 1e6, batch.timings.elapsed_s]))
"""
LINE = "{:<46}{:>12}   {}"


def resident_mb(session: int) -> float:
    """Returns the memory all processes of a session hold together, in MB; 0 without /proc."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(found[3]) == session:
                pages = int((folder / "statm").read_text().split()[1])
                total += pages * resource.getpagesize() / 2**20
        except OSError:
            continue
    return total


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    together = 0.0
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-c", BATCH, str(chosen.runs), str(chosen.workers), folder]
        with subprocess.Popen(
            words, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as process:
            while process.poll() is None:
                together = max(together, resident_mb(process.pid))
                time.sleep(0.2)
            assert process.stdout is not None
            own, disk, elapsed_s = json.loads(process.stdout.read())
    print(LINE.format("measurement", "measured", "target"))
    print(LINE.format(f"{chosen.runs} runs, peak", f"{own:.0f} MB", "below 600 MB"))
    print(LINE.format("all processes together", f"{together:.0f} MB", "below 600 MB"))
    print(LINE.format("on disk", f"{disk:.1f} MB", ""))
    print(LINE.format("simulation", f"{elapsed_s:.0f} s", f"{chosen.runs / elapsed_s:.0f} runs/s"))


if __name__ == "__main__":
    main()
