"""Every test of a feature fails if the rule behind the feature is taken away.

`mutants.toml` keeps one change of a rule or more for each test. Here each is made to a copy of the
project, in which the test it names must then fail: by an assertion, not because the changed rule
cannot run. `CONTRIBUTING.md` explains how to add one.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest

from tests.mission.plays import ENGINE_VARIABLE

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
SIM: Final = ROOT / "sim"

COPIED: Final = ("sim", "scenarios", "tests/mission", "pyproject.toml")
"""What a mission test needs, below the root of the project."""

SHARED: Final = ("plays.py", "helpers.py", "conftest.py", "test_mutants.py")
"""Files beside the tests on which a verdict depends too."""

SECONDS: Final = 900


@dataclass(frozen=True, slots=True)
class Mutant:
    """Change of a rule under which a test must fail.

    Attributes:
        test: File and function of the test, as pytest writes it: `file.py::function`.
        module: Module that is changed, below `sim/`.
        find: Text that is replaced; it occurs once.
        replace: Text in its place.
        removes: What the model can no longer do.
    """

    test: str
    module: str
    find: str
    replace: str
    removes: str

    @property
    def file(self) -> str:
        """Returns the file of the test."""
        return self.test.partition("::")[0]

    @property
    def row(self) -> str:
        """Returns the row of the feature list."""
        return row_of(self.file)

    @property
    def id(self) -> str:
        """Returns a name for the list of tests."""
        return f"{self.row}: {self.removes}"

    def digest(self) -> str:
        """Returns a hash of everything a kept verdict depends on."""
        files = [SIM / self.module, HERE / self.file, *(HERE / name for name in SHARED)]
        parts = [*astuple(self), *(file.read_text(encoding="utf-8") for file in files)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def row_of(file: str) -> str:
    """Returns the row after which a test file is named, or nothing."""
    found = re.match(r"test_([A-K]\d+)_", file)
    return found[1] if found else ""


def mutants() -> list[Mutant]:
    """Returns the mutants of `mutants.toml`."""
    with (HERE / "mutants.toml").open("rb") as file:
        return [Mutant(**row) for row in tomllib.load(file)["mutant"]]


@cache
def functions(file: str) -> frozenset[str]:
    """Returns the names of the tests in a file."""
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


MUTANTS: Final = mutants()
each = pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.id)


@each
def test_the_text_a_mutant_replaces_occurs_once(mutant: Mutant) -> None:
    """A mutant changes one place of its module, and does change it."""
    # Fails if the rule is rewritten: find the line that makes the effect now.
    text = (SIM / mutant.module).read_text(encoding="utf-8")

    assert text.count(mutant.find) == 1
    assert mutant.replace != mutant.find


@each
def test_the_test_a_mutant_names_exists(mutant: Mutant) -> None:
    """A mutant names a test of a file that is named after a row."""
    file, _, function = mutant.test.partition("::")

    assert mutant.row
    assert function in functions(file)


def test_every_row_with_a_test_has_a_mutant() -> None:
    """Each file of tests has a mutant of its own."""
    with_tests = {row_of(file.name) for file in HERE.glob("test_*.py")} - {""}
    with_mutants = {mutant.row for mutant in MUTANTS}

    assert with_tests - with_mutants == set()


def test_no_mutant_is_kept_twice() -> None:
    """No two mutants have one name, or change one text alike for one test."""
    assert len({mutant.id for mutant in MUTANTS}) == len(MUTANTS)
    assert len({astuple(mutant)[:4] for mutant in MUTANTS}) == len(MUTANTS)


def copied(folder: Path) -> Path:
    """Copies what mission tests need, and returns the folder."""
    for name in COPIED:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target)
        else:
            shutil.copy2(ROOT / name, target)
    return folder


def judged(root: Path, *tests: str) -> str:
    """Returns how tests end in a copy of the project, in a process of their own: `passed`, `failed`
    by an assertion of a test, or what went wrong."""
    report = root / "report.xml"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *(f"--junitxml={report}", "--basetemp", str(root / "basetemp")),
            *(f"tests/mission/{test}" for test in tests),
        ],
        cwd=root,
        env={
            **os.environ,
            "PYTHONPATH": str(root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_ADDOPTS": "",
            ENGINE_VARIABLE: "simpy",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    if not report.exists():
        return f"nothing was tested: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - written by pytest
    failures = [node for case in cases for node in case if node.tag in {"failure", "error"}]
    for node in failures:
        # The last line of a traceback is its place and the class of the exception.
        place = re.search(r"(\S+):\d+: AssertionError\s*\Z", node.text or "")
        if node.tag == "error" or place is None or place[1].startswith("sim"):
            return f"crashed: {(node.text or '')[-2000:]}"
    return "failed" if failures else "passed"


@pytest.mark.full
@each
def test_the_test_fails_without_the_rule(
    mutant: Mutant, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """In a copy of the project without the rule, the test fails by an assertion."""
    # Fails if the test passes all the same, and so does not test the feature.
    kept = getattr(pytestconfig, "cache", None)
    key = f"mutants/{mutant.digest()}"
    if kept and kept.get(key, None) == "failed":
        return
    root = copied(tmp_path)
    module = root / "sim" / mutant.module
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace(mutant.find, mutant.replace), encoding="utf-8")

    verdict = judged(root, mutant.test)
    shutil.rmtree(root)
    assert verdict == "failed", verdict

    if kept:
        kept.set(key, verdict)


@pytest.mark.full
@pytest.mark.parametrize("file", sorted({mutant.file for mutant in MUTANTS}))
def test_the_tests_pass_in_an_unchanged_copy(
    file: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """In a copy of the project as it is, the tests that mutants name pass on the same engine."""
    # Fails if the copy lacks something, so that every mutant would seem to be noticed.
    named = sorted({mutant.test for mutant in MUTANTS if mutant.file == file})
    kept = getattr(pytestconfig, "cache", None)
    texts = [(HERE / name).read_text(encoding="utf-8") for name in (file, *SHARED)]
    key = f"mutants/{hashlib.sha256(chr(0).join([*named, *texts]).encode()).hexdigest()}"
    if kept and kept.get(key, None) == "passed":
        return
    root = copied(tmp_path)

    verdict = judged(root, *named)
    shutil.rmtree(root)
    assert verdict == "passed", verdict

    if kept:
        kept.set(key, verdict)
