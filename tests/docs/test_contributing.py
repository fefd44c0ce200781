"""CONTRIBUTING.md followed to the letter: its examples are applied to a copy of the project."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("sim", "scenarios", "tests", "docs", "pyproject.toml", "README.md", "CHANGELOG.md")

BLOCK = re.compile(
    r"^```(?:python|yaml) file=(?P<file>\S+) (?P<where>end|new|after=\"(?P<line>[^\n]*)\")\n"
    r"(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Step(NamedTuple):
    """One example: text that goes into a file.

    Attributes:
        file: Path from the root of the project.
        where: `end`, `new`, or the line it comes after.
        text: What is written.
    """

    file: str
    where: str
    text: str


def steps(page: str) -> Iterator[Step]:
    """Yields the examples of the page in their order."""
    for block in BLOCK.finditer(page):
        yield Step(block["file"], block["line"] or block["where"], block["text"])


def take(step: Step, folder: Path) -> None:
    """Does what an example says, in a copy of the project."""
    path = folder / step.file
    if step.where == "new":
        assert not path.exists()
        path.write_text(step.text, "utf-8")
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    if step.where == "end":
        lines.append(step.text)
    else:
        (place,) = [i for i, line in enumerate(lines) if line.strip() == step.where]
        lines.insert(place + 1, step.text)
    path.write_text("".join(lines), "utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with every example applied and the generated files renewed."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            skipped = shutil.ignore_patterns("__pycache__", "*.png")
            shutil.copytree(source, folder / name, ignore=skipped)
        else:
            shutil.copy(source, folder)
    for step in steps((ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        take(step, folder)
    ran(folder, "docs.generate.codes")
    ran(folder, "docs.generate.schema")
    return folder


def ran(folder: Path, module: str, *arguments: str) -> str:
    """Runs a module of the copy and returns what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(folder), "DETENTE_RESULTS": str(folder / "results")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_thing_it_tells_how_to_add_has_an_example() -> None:
    """An act, a clause, a parameter, an outcome and a scenario are added, none by halves."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    files = {step.file for step in steps(page)}

    assert files >= {
        "sim/model/tables/vocabulary.py",
        "sim/model/tables/parameters/controls.py",
        "sim/model/governments/acts.py",
        "sim/model/bargain/clauses.py",
        "sim/model/outcomes/politics.py",
        "scenarios/parameters.yaml",
        "scenarios/visa-relief.yaml",
    }
    assert page.count("file=") == len(list(steps(page)))


def test_what_was_added_fulfils_the_contract(project: Path) -> None:
    """The contract suite, the tests of tables and the ladders of compiled code pass with it."""
    said = ran(
        project,
        "pytest",
        "-q",
        "-n0",
        "-p",
        "no:cacheprovider",
        "tests/contract",
        "tests/unit/model/test_rules_compile.py",
        "tests/unit/scenario/test_schema.py",
        "-k",
        "slow_customs or flights or menu or table or follow_the_law or exported",
    )

    assert " passed" in said
    assert "failed" not in said


def test_no_number_was_forgotten(project: Path) -> None:
    """The audit of parameters finds every added one with value, unit, range and reason."""
    ran(project, "sim", "params", "audit")
    said = ran(project, "sim", "scenario", "explain", "visa-relief", "--full")

    for name in ("cn.customs.tension_min", "cn.rate.slow_customs", "clause.flights.settles"):
        assert name in said


def test_it_runs_and_what_was_added_comes_about(project: Path) -> None:
    """In the added scenario the act is taken, the clause agreed, the outcome read."""
    said = ran(
        project, "sim", "run", "visa-relief", "-n", "60", "--engine", "simpy", "--events", "--json"
    )
    outcomes = json.loads(said)["outcomes"]
    counted = ran(
        project,
        "sim",
        "query",
        "SELECT act, count(*) AS n FROM events GROUP BY ALL",
        "--json",
    )
    events = dict(json.loads(counted)["rows"])

    assert 0.0 < outcomes["us_visa_level"]["mean"] < 2.0
    assert events["slow_customs"] > 0
    assert events["agree_flights"] > 0


def test_a_chronicle_tells_of_it(project: Path) -> None:
    """A run in which customs are slowed says so in the words of the row."""
    texts = "".join(
        ran(project, "sim", "trace", "visa-relief", "--replicate", str(k)) for k in range(12)
    )

    assert "Beijing slows the clearance of US goods" in " ".join(texts.split())


def test_the_clause_is_seen_signed_as_its_page_says(project: Path) -> None:
    """The commands at the end of docs/how-to/clause.md, in the project that its steps lead to."""
    # Fails if the clause cannot be asked for, or the page names another scenario.
    page = (ROOT / "docs" / "how-to" / "clause.md").read_text("utf-8")
    lines = re.findall(r"^detente (.*)$", page.partition("## 4.")[2], re.MULTILINE)
    asked, told = (
        ran(project, "sim", *shlex.split(line), *few)
        for line, few in zip(lines, (("-n", "60", "-q", "--json"), ()), strict=True)
    )

    assert json.loads(asked)[0]["raw"] > 0.0
    assert "flights" in told
