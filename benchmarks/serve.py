"""Time from a change on the page of `detente serve` to its picture, warm, in headless Chromium.

    python benchmarks/serve.py [-n RUNS] [--changes COUNT] [--json FILE]

Starts a server with a results folder of its own, moves the first slider by keyboard, and measures
from the key to the new charts in the page. The exit code is 1 if the median exceeds the limit of
1.5 seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

LIMIT_S = 1.5
WARM = 2
"""Changes before the first that is measured."""

PATIENCE_MS = 300_000


def start(folder: str, runs: int) -> tuple[subprocess.Popen[str], str]:
    """Starts a server and returns it with its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", "serve", "--port", "0", "-n", str(runs), "-q"],
        env={**os.environ, "DETENTE_RESULTS": folder},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"Open (http://\S+) in", process.stdout.readline())
    assert found, "the server did not start"
    return process, found[1]


def moved(page: Page, key: str) -> float:
    """Returns the seconds from a key to the picture it leads to."""
    page.evaluate("document.querySelector('#figures').firstElementChild.dataset.old = 'old'")
    began = time.perf_counter()
    page.keyboard.press(key)
    page.wait_for_selector("#figures > :first-child:not([data-old])")
    return time.perf_counter() - began


def measure(address: str, changes: int) -> list[float]:
    """Returns the seconds of each change."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        page.wait_for_selector("#telling .knob")
        page.locator("#telling .slide").first.focus()
        keys = ["ArrowRight"] * (changes + WARM)
        took = [moved(page, key) for key in keys]
        browser.close()
    return took[WARM:]


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=2000)
    parser.add_argument("--changes", type=int, default=10)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process, address = start(folder, chosen.n)
        try:
            took = measure(address, chosen.changes)
        finally:
            process.terminate()
            process.wait()
    found = {"runs": chosen.n, "median_s": statistics.median(took), "worst_s": max(took)}
    print(f"{chosen.n} runs: median {found['median_s']:.2f} s, worst {found['worst_s']:.2f} s")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    return int(found["median_s"] > LIMIT_S)


if __name__ == "__main__":
    sys.exit(main())
