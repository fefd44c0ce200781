"""Time of a comparison as its user sees it, with the target.

    python benchmarks/compare.py [--runs 50000] [--json FILE]

Runs the command in new processes: with an empty folder, so that both scenarios are simulated; again
with all runs stored; once more with verdicts only; and under a condition on an event. The exit code
is always 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCENARIOS = ("summit-in-beijing", "summit-in-washington")
GIVEN = ("--given", "us.hike_by@2025-04-15=yes")
LINE = "{:<46}{:>14}   {}"


def seconds(folder: str, runs: int, *options: str) -> float:
    """Returns the seconds `detente compare` takes."""
    words = ["compare", *SCENARIOS, "-n", str(runs), "-q", "--results", folder, *options]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "sim", *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50_000)
    parser.add_argument("--json", type=Path, help="also write the numbers here")
    chosen = parser.parse_args()
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        # Compiling on first use is not part of a comparison.
        seconds(folder, 1000)
    with tempfile.TemporaryDirectory() as folder:
        found["fresh_s"] = seconds(folder, chosen.runs)
        found["stored_s"] = seconds(folder, chosen.runs)
        found["brief_s"] = seconds(folder, chosen.runs, "--brief")
    with tempfile.TemporaryDirectory() as folder:
        found["given_s"] = seconds(folder, chosen.runs, *GIVEN)
    for name, what, target in (
        ("fresh_s", f"compare, {chosen.runs:,} runs each, simulated", "below 60 s for 50,000"),
        ("stored_s", "the same again, runs stored", ""),
        ("brief_s", "verdicts only, runs stored", ""),
        ("given_s", "simulated with events, --given an event", ""),
    ):
        print(LINE.format(what, f"{found[name]:,.1f} s", target))
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
