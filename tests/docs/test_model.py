"""The page of the model: the ODD protocol in full and in order, and nothing named that is not."""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
import typer

from docs.generate import model
from docs.generate.markdown import renewed
from sim.cli.app import app
from sim.engine.clocks import Clock
from sim.engine.draws import Stream
from sim.engine.happenings import NAMES
from sim.errors import NotFoundError
from sim.model.bargain.clauses import CLAUSES
from sim.model.outcomes.politics import OUTCOMES
from sim.model.tables.fields import fields_of, slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import ACT_CODES

ROOT = Path(__file__).parents[2]

ODD = (
    "## Purpose and patterns",
    "## Entities, state variables and scales",
    "## Process overview and scheduling",
    "## Design concepts",
    "### Basic principles",
    "### Emergence",
    "### Adaptation",
    "### Objectives",
    "### Learning",
    "### Prediction",
    "### Sensing",
    "### Interaction",
    "### Stochasticity",
    "### Collectives",
    "### Observation",
    "## Initialisation",
    "## Input data",
    "## Submodels",
)
"""Elements of the protocol in its second update (Grimm et al. 2020), in their order."""

WORDS = frozenset({"known_from", "always", "actors", "EVENTS"})
"""Keys of files and of JSON, and a table of the code, which no list of names holds."""


def text() -> str:
    """Returns the page."""
    return model.PAGE.read_text("utf-8")


def test_the_elements_of_the_protocol_are_there_in_order() -> None:
    """Every heading up to the submodels is one of the protocol, and each has something below."""
    # Fails if an element is missing, empty, or out of its place.
    page = text()
    headings = re.findall(r"^##+ .+$", page, re.MULTILINE)
    assert tuple(headings[: len(ODD)]) == ODD
    assert all(heading.startswith("### ") for heading in headings[len(ODD) :])
    bodies = re.split(r"^##+ .+\n", page, flags=re.MULTILINE)[1:]
    for heading, body in zip(headings, bodies, strict=True):
        assert body.strip() or heading in {"## Design concepts", "## Submodels"}, heading


def test_the_tables_are_those_of_the_code() -> None:
    """`python -m docs.generate` renews them."""
    # Fails if a parameter, an act, a clause, a field or a clock is added and the page is not.
    assert text() == model.page()
    assert set(re.findall(r"<!-- table: (\S+) -->", text())) == set(model.TABLES)


def test_the_counts_are_right() -> None:
    """A few of them counted another way: in the files and tables themselves."""
    told = dict(re.findall(r"^\| ([^|]+?) \| ([\d,]+) \|", model.counts(), re.MULTILINE))
    assert told["parameters"] == f"{len(slot_index(Params)):,}"
    assert told["clauses"] == str(len(CLAUSES))
    assert told["purposes of draws"] == str(max(Stream))
    assert told["outcomes"] == str(len(OUTCOMES))
    assert told["clocks"] == str(len(Clock))


def test_the_schedule_names_functions_that_ring() -> None:
    """Each clock is explained, in the order of the day, by the function the engine calls."""
    assert set(model.CLOCK_WORDS) == set(Clock)
    loop = (ROOT / "sim/engine/simpy_loop.py").read_text("utf-8")
    for _, function in model.CLOCK_WORDS.values():
        assert is_function(function), function
        assert f"{function.rpartition('.')[2]}(" in loop, function


def test_a_mark_of_no_table_is_refused() -> None:
    """A misspelt mark is told, not left empty."""
    with pytest.raises(NotFoundError, match="counts"):
        renewed("<!-- table: count -->\n<!-- end -->", model.TABLES)


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([^`\n]+)`", text()))))
def test_whatever_the_page_names_is_there(named: str) -> None:
    """Files, functions, commands, parameters, fields, outcomes and acts, by their names today."""
    # Fails if a rule moves or a parameter is renamed and the page is left behind.
    assert is_there(named), named


@pytest.mark.parametrize(
    "named",
    [
        "sim/model/nothing.py",
        "engine/processes.govrn",
        "detente plublish",
        "detente scenario xplain NAME",
        "us.leader.autonmy",
        "nothing.*",
        "us_addon",
    ],
)
def test_what_is_not_there_would_be_noticed(named: str) -> None:
    """A check that takes anything holds nothing."""
    assert not is_there(named)


def is_there(named: str) -> bool:
    """Returns whether a text between backticks names something of the project."""
    if named.startswith(("detente ", "python -m ", "--")):
        return is_command(named)
    plain = named.removesuffix("[...]")
    return (
        (ROOT / named).exists()
        or (ROOT / "docs" / named).exists()
        or (ROOT / "scenarios" / "overrides" / f"{named}.yaml").exists()
        or (ROOT / "sim" / "model" / "tables" / "variables" / f"{named}.py").exists()
        or is_function(named)
        or any(name == plain or fnmatchcase(name, plain) for name in known())
    )


@cache
def known() -> frozenset[str]:
    """Returns the names of parameters, fields, outcomes, acts and events."""
    slots = {**slot_index(Params), **slot_index(State)}
    outcomes = {each.name for each in OUTCOMES} | {e.name.partition("[")[0] for e in OUTCOMES}
    attributes = {f"state.{spec.attr}" for spec in fields_of(State)}
    return frozenset({*slots, *outcomes, *attributes, *ACT_CODES, *NAMES.values(), *WORDS})


def is_function(named: str) -> bool:
    """Returns whether a text is a function in its module below `sim`: engine/processes.govern."""
    module, _, function = named.rpartition(".")
    file = ROOT / "sim" / f"{module}.py"
    if not module or not file.is_file():
        return False
    nodes = ast.parse(file.read_text("utf-8")).body
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in nodes)


def is_command(named: str) -> bool:
    """Returns whether a command is one of the program or of the documentation."""
    program, *words = named.split()
    if program != "detente":
        return named in {"python -m docs.generate", "--parameters prior"} or (
            program == "--set" and named.partition(" ")[2].partition("=")[0] in known()
        )
    verbs = getattr(typer.main.get_command(app), "commands", {})
    below = getattr(verbs.get(words[0]), "commands", None)
    return words[0] in verbs and (below is None or words[1] in below)
