"""Who may import whom: the contracts hold, and would notice a breach."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the import contracts on the checkout in a folder."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_the_checkout(folder: Path) -> Path:
    """Copies what the contracts look at."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_contracts_hold() -> None:
    """Every package imports only what stands below it, and each library has its one user."""
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("sim/economy/arithmetic.py", "import sim.model.tables.state", "Each package imports only"),
        ("sim/model/relations/mood.py", "import sim.engine.draws", "Each package imports only"),
        ("sim/experiment/__init__.py", "import simpy", "SimPy is the engine's alone"),
        ("sim/model/relations/mood.py", "import numba", "Numba is the compiled loop's alone"),
        ("sim/cli/__init__.py", "import yaml", "YAML and the schema library"),
        ("sim/engine/draws.py", "import pydantic", "YAML and the schema library"),
        ("sim/engine/draws.py", "import matplotlib", "Plotting is the report's alone"),
        ("sim/report/__init__.py", "import duckdb", "The results folder is the experiment's"),
        ("sim/experiment/executors/choice.py", "import distributed", "The cluster library is one"),
        ("sim/model/relations/mood.py", "import time", "The rules are pure"),
    ],
)
def test_a_planted_import_breaks_the_contract(
    module: str, line: str, contract: str, tmp_path: Path
) -> None:
    """A contract that cannot fail holds nothing."""
    folder = copy_of_the_checkout(tmp_path)
    file = folder / module
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")

    result = lint_imports(folder)

    broken = [row for row in result.stdout.splitlines() if " BROKEN" in row]
    assert result.returncode != 0
    assert any(row.startswith(contract) for row in broken), result.stdout + result.stderr
