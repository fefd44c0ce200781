"""Time to write a report, its size, and how long a browser takes to load it.

    python benchmarks/report.py [--json FILE]

Runs the command in new processes on stored runs, then opens each page in headless Chromium three
times and takes the median. The exit code is always 0.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

BEIJING, WASHINGTON, MARCH = "summit-in-beijing", "summit-in-washington", "march-2025-escalation"
REPORTS = {
    "run": ["october-2025-apec"],
    "comparison": [BEIJING, WASHINGTON],
    "comparison of four": [BEIJING, WASHINGTON, MARCH, "hawks-prevail"],
    "sweep, 11 by 11": [MARCH, "us.hawks.influence=0..1/11", "tension=0..1/11", "-n", "200"],
}
LOADS = 3
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
LINE = "{:<22}{:>12}{:>12}{:>12}"


def write(words: list[str], folder: str, file: Path) -> float:
    """Returns the seconds `detente report` takes."""
    command = [sys.executable, "-m", "sim", "report", *words, "--results", folder, "-q"]
    began = time.perf_counter()
    subprocess.run([*command, "-o", str(file)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def load(file: Path) -> float:
    """Returns the seconds a browser takes to load a page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        took = []
        for _ in range(LOADS):
            page.goto(file.as_uri())
            took.append(float(page.evaluate(LOADED)) / 1000.0)
        browser.close()
    return statistics.median(took)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the numbers here")
    chosen = parser.parse_args()
    found = {}
    print(LINE.format("", "written in", "size", "loaded in"))
    with tempfile.TemporaryDirectory() as folder:
        for name, words in REPORTS.items():
            file = Path(folder) / "page.html"
            write(words, folder, file)
            found[name] = {
                "written_s": write(words, folder, file),
                "bytes": file.stat().st_size,
                "loaded_s": load(file),
            }
            row = found[name]
            size = f"{row['bytes'] / 1e6:.1f} MB"
            print(LINE.format(name, f"{row['written_s']:.1f} s", size, f"{row['loaded_s']:.2f} s"))
    print(LINE.format("target", "", "<= 5 MB", "<= 2 s"))
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
