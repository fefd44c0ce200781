"""Who may import whom: the contracts hold, and would notice a breach."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

EXPERIMENT = "Each room of the experiment"
REPORT = "Each room of the report"
TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "


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
        ("sim/experiment/stats/luck.py", "import sim.experiment.outcomes.summary", EXPERIMENT),
        ("sim/experiment/store/sql.py", "import sim.experiment.executors.choice", EXPERIMENT),
        ("sim/experiment/sweep/grid.py", "import sim.experiment.sensitivity.sobol", EXPERIMENT),
        ("sim/experiment/compare/fork.py", "import sim.experiment.games.game", EXPERIMENT),
        ("sim/experiment/games/game.py", "import sim.experiment.explain.causes", EXPERIMENT),
        ("sim/experiment/room/thing.py", "", EXPERIMENT),
        ("sim/report/json_values.py", "import sim.report.words.numbers", REPORT),
        ("sim/report/words/numbers.py", "import sim.report.pages.run.page", REPORT),
        ("sim/report/pages/run/page.py", "import sim.report.figures.style", REPORT),
        ("sim/report/figures/style.py", "import sim.report.pages.run.page", REPORT),
        ("sim/report/html/run.py", "import sim.report.answers.run", REPORT),
        ("sim/report/words/sides.py", f"{TYPES}import sim.report.html.run", REPORT),
        ("sim/report/room/thing.py", "", REPORT),
        ("sim/report/page.py", "import sim.requests.options", "Each package imports only"),
        ("sim/backtest/counts.py", "import sim.report.page", "Each package imports only"),
        ("sim/experiment/stats/luck.py", "import sim.backtest.counts", "Each package imports only"),
        ("sim/history/acts.py", "import sim.scenario.load", "Each package imports only"),
        ("sim/requests/run.py", "import sim.api", "Each package imports only"),
        ("sim/errors.py", "def fail():\n    import sim.units", "Each package imports only"),
        ("sim/requests/run.py", "import sim.report.answers.run", "Requests return what was played"),
        ("sim/model/relations/mood.py", "import numba", "The compiler is called by"),
        ("sim/engine/processes.py", "import numba", "The compiler is called by"),
        ("sim/engine/blocks.py", "import llvmlite", "The compiler is called by"),
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
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")

    result = lint_imports(folder)

    broken = [row for row in result.stdout.splitlines() if " BROKEN" in row]
    assert result.returncode != 0
    assert any(row.startswith(contract) for row in broken), result.stdout + result.stderr
