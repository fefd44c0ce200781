"""Unit tests of the model stand where its modules stand, file by file."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODEL = Path("sim/model")
TESTS = Path("tests/unit/model")

CROSS_CUTTING = {"test_rules_compile.py"}
"""Tests of all rules at once, which have no module of their own."""


def wanted(root: Path) -> set[Path]:
    """Returns the test files that the modules of the model call for, below the tests' folder."""
    found = (file.relative_to(root / MODEL) for file in (root / MODEL).rglob("*.py"))
    return {file.with_name(f"test_{file.name}") for file in found if file.name != "__init__.py"}


def present(root: Path) -> set[Path]:
    """Returns the test files there are, below the tests' folder."""
    found = (file.relative_to(root / TESTS) for file in (root / TESTS).rglob("test_*.py"))
    return {file for file in found if str(file) not in CROSS_CUTTING}


def copied(root: Path) -> Path:
    """Copies the folders that mirror each other."""
    for folder in (MODEL, TESTS):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_every_module_of_the_model_has_its_tests() -> None:
    """A rule's tests are found under the path of its module."""
    # Fails if a module has no test file.
    assert wanted(ROOT) - present(ROOT) == set()


def test_every_test_of_the_model_has_its_module() -> None:
    """The path of a test file names the module it tests."""
    # Fails if a module is moved and its tests stay.
    assert present(ROOT) - wanted(ROOT) == set()


def test_a_missing_test_file_is_noticed(tmp_path: Path) -> None:
    """A module whose tests are taken away shows."""
    # Fails if only some folders are looked at.
    root = copied(tmp_path)
    (root / TESTS / "tables" / "variables" / "test_duties.py").unlink()

    assert wanted(root) - present(root) == {Path("tables/variables/test_duties.py")}


def test_a_test_file_without_a_module_is_noticed(tmp_path: Path) -> None:
    """Tests whose module is taken away show."""
    # Fails if test files are not looked for.
    root = copied(tmp_path)
    (root / MODEL / "duties" / "hikes.py").unlink()

    assert present(root) - wanted(root) == {Path("duties/test_hikes.py")}
