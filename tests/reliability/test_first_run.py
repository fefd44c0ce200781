"""The first runs of a new installation, with the real compiler: nothing is waited for or lost."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from sim.engine.code_cache import CACHE_VARIABLE, SUMS
from sim.engine.compiler import OFF_VARIABLE

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(os.name != "posix", reason="signals"),
]

PATIENCE_S = 1200.0
RUN = """
import json, sys
import sim
from sim.engine import code_cache, compiler
n, results = int(sys.argv[1]), sys.argv[2]
played = sim.run("october-2025-apec", n=n, until="2025-11-30", results=results).batch
children = {pace: child.pid for pace, child in compiler._children.items()}
folder, kept = str(code_cache.code_folder()), code_cache.is_kept()
told = {"engine": played.engine, "children": children, "folder": folder, "kept": kept}
print(json.dumps({**told, "results": str(played.directory)}))
"""


def run(place: Path, name: str, n: int) -> dict[str, Any]:
    """Plays a batch in a new process and returns what it tells, with the hash of its outcomes."""
    environment = {**os.environ, CACHE_VARIABLE: str(place / "cache")}
    environment.pop(OFF_VARIABLE, None)
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(n), str(place / name)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    digest = hashlib.sha256()
    for file in sorted(Path(told["results"]).rglob("*.parquet")):
        digest.update(file.read_bytes())
    return {**told, "digest": digest.hexdigest()}


def wait_until(place: Path, pattern: str) -> list[Path]:
    """Returns the files of a pattern as soon as there are any."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if found := list(place.glob(pattern)):
            return found
        time.sleep(0.2)
    pytest.fail(f"no {pattern}")


def test_the_second_run_is_compiled_whatever_becomes_of_the_first(tmp_path: Path) -> None:
    """The compiler outlives the run that starts it; if it is killed, the next run starts another,
    and what it left is seen by nobody."""
    first = run(tmp_path, "first", 1500)
    assert first["engine"] == "simpy"
    assert list(first["children"]) == ["gentle"]
    wait_until(tmp_path / "cache/compiled", "*-*")
    os.kill(first["children"]["gentle"], signal.SIGKILL)
    second = run(tmp_path, "second", 1500)
    assert (second["engine"], second["kept"]) == ("simpy", False)
    assert list(second["children"]) == ["gentle"]

    (sums,) = wait_until(tmp_path / "cache/compiled", f"*/{SUMS}")
    third = run(tmp_path, "third", 1500)

    assert (third["engine"], third["children"]) == ("compiled", {})
    assert str(sums.parent) == third["folder"]
    assert first["digest"] == second["digest"] == third["digest"]


def test_a_long_first_run_goes_on_in_compiled_code(tmp_path: Path) -> None:
    """From the moment it is there, to the same bytes."""
    first = run(tmp_path, "first", 40_000)
    again = run(tmp_path, "again", 40_000)

    assert list(first["children"]) == ["fast"]
    assert first["engine"] == "simpy+compiled"
    assert (again["engine"], again["children"]) == ("compiled", {})
    assert first["digest"] == again["digest"]
