"""Time of the first run of a new installation, beside each engine alone.

    python benchmarks/first_run.py [--runs 300 2000 6000 8000 20000] [--json FILE]

Each program starts with an empty cache and plays 180 days of a scenario: on SimPy; in compiled
code, compiling first; and as `--engine auto` does, which begins on SimPy and switches when the code
is ready. SimPy is stopped where it takes longer than compiling. The load of other work is printed
with each row: all three suffer from it, and a compiler in the background most.
After each first run the compiler is waited for, and the same command is timed again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SCENARIO = "october-2025-apec"
MOST_S = 1200.0
LINE = "{:>8} {:>9} {:>9} {:>9} {:>7}  {:<15} {:>9} {:>9} {:<9} {:>5}"
HEADS = (
    "runs", "simpy s", "compile s", "auto s", "ratio", "engine", "behind s", "again s", "engine",
    "load",
)  # fmt: skip


def command(engine: str, runs: int, folder: Path, cap_s: float) -> tuple[float, str]:
    """Returns the seconds of a command and the engine it used; infinity if it took too long.

    Args:
        engine: Engine to ask for.
        runs: Number of runs.
        folder: Folder for the cache; results are thrown away.
        cap_s: Seconds after which to stop it.
    """
    environment = {**os.environ, "DETENTE_CACHE": str(folder / "cache")}
    environment.pop("DETENTE_NO_BACKGROUND", None)
    with tempfile.TemporaryDirectory() as results:
        words = ["run", SCENARIO, "-n", str(runs), "--engine", engine, "--brief", "--json", "-q"]
        began = time.perf_counter()
        try:
            done = subprocess.run(
                [sys.executable, "-m", "sim", *words, "--results", results],
                env=environment,
                capture_output=True,
                check=True,
                timeout=cap_s,
            )
        except subprocess.TimeoutExpired:
            return float("inf"), ""
        return time.perf_counter() - began, str(json.loads(done.stdout)["engine"])


def wait_for_code(folder: Path) -> float:
    """Returns the seconds until code is kept."""
    began = time.perf_counter()
    while not list((folder / "cache").rglob("sums.json")) and time.perf_counter() - began < MOST_S:
        time.sleep(0.2)
    return time.perf_counter() - began


def row(runs: int) -> dict[str, Any]:
    """Returns the times of one size."""
    with (
        tempfile.TemporaryDirectory() as first,
        tempfile.TemporaryDirectory() as second,
        tempfile.TemporaryDirectory() as third,
    ):
        found: dict[str, Any] = {"runs": runs}
        found["auto_s"], found["engine"] = command("auto", runs, Path(first), MOST_S)
        found["behind_s"] = wait_for_code(Path(first))
        found["again_s"], found["engine_again"] = command("auto", runs + 1, Path(first), MOST_S)
        found["compiled_s"], _ = command("compiled", runs, Path(second), MOST_S)
        found["simpy_s"], _ = command("simpy", runs, Path(third), 1.5 * found["compiled_s"])
    found["ratio"] = found["auto_s"] / min(found["compiled_s"], found["simpy_s"])
    found["load"] = os.getloadavg()[1]
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, nargs="+", default=[300, 2000, 6000, 8000, 20_000])
    parser.add_argument("--json", type=Path, help="also write the numbers here")
    chosen = parser.parse_args()
    print(LINE.format(*HEADS))
    rows = []
    for runs in chosen.runs:
        rows.append(found := row(runs))
        print(
            LINE.format(
                f"{runs:,}",
                *(f"{found[name]:.1f}" for name in ("simpy_s", "compiled_s", "auto_s")),
                f"{found['ratio']:.2f}",
                found["engine"],
                *(f"{found[name]:.1f}" for name in ("behind_s", "again_s")),
                found["engine_again"],
                f"{found['load']:.1f}",
            ),
            flush=True,
        )
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
