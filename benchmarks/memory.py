"""Time and peak memory of a large batch as its user sees them, with the targets.

    python benchmarks/memory.py [--runs 1000000] [--workers 2]

Runs the command in a new process and an empty folder, including the report. Meanwhile it samples
the memory of all processes together from /proc. The exit code is always 0.
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

SCENARIO = "october-2025-apec"
LINE = "{:<46}{:>12}   {}"


def resident_mb(session: int) -> float:
    """Returns the total memory of all processes of a session, in MB; 0 without /proc."""
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
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    peak = 0.0
    with tempfile.TemporaryDirectory() as folder:
        words = ["run", SCENARIO, "-n", str(chosen.runs), "-j", str(chosen.workers), "-q"]
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "sim", *words, "--results", folder],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            while process.poll() is None:
                peak = max(peak, resident_mb(process.pid))
                time.sleep(0.2)
        took = time.perf_counter() - began
        disk = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        manifest = json.loads(next(Path(folder).glob("*/manifest.json")).read_text("utf-8"))
    elapsed_s = manifest["timings"]["elapsed_s"]
    rate = f"{chosen.runs / elapsed_s:,.0f} runs/s"
    print(LINE.format("measurement", "measured", "target"))
    print(LINE.format(f"{chosen.runs:,} runs, {manifest['engine']}", f"{took:.0f} s", "240 s"))
    print(LINE.format("of which simulating", f"{elapsed_s:.0f} s", rate))
    print(LINE.format("all processes together, peak", f"{peak:.0f} MB", "below 1,000 MB"))
    print(LINE.format("on disk", f"{disk / 1e6:.0f} MB", ""))


if __name__ == "__main__":
    main()
