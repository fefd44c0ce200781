"""The command line starts quickly because help loads none of the heavy libraries."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ["numpy", "scipy", "simpy", "yaml", "duckdb", "numba", "matplotlib", "distributed"]
HEAVY += ["sim.engine"]
PROBE = """
import json, sys
import {entry}
sys.argv = ["detente", *{arguments}]
try:
    {call}
except SystemExit as end:
    code = end.code or 0
print("LOADED", json.dumps([code, [name for name in {heavy} if name in sys.modules]]))
"""


def loaded(entry: str, call: str, arguments: list[str]) -> tuple[int, list[str]]:
    """Returns the exit code and the heavy libraries a fresh process has loaded at its end."""
    probe = PROBE.format(entry=entry, call=call, arguments=arguments, heavy=HEAVY)
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    line = next(row for row in result.stdout.splitlines() if row.startswith("LOADED"))
    code, names = json.loads(line.removeprefix("LOADED"))
    return code, names


@pytest.mark.parametrize(
    "arguments", [["--help"], ["run", "--help"], ["scenario", "--help"], ["--version"]]
)
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    """Help and version come without numpy, scipy, simpy, yaml and duckdb."""
    assert loaded("sim.cli", "sim.cli.main()", arguments) == (0, [])


def test_importing_the_package_loads_no_heavy_library() -> None:
    """`import sim` alone costs nothing: its functions load what they need when they are used."""
    assert loaded("sim", "raise SystemExit(0)", []) == (0, [])
