"""Rooms of the program: small folders, no circles of imports, names that say what they hold."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parents[2]

MOST_MODULES: Final = 12
SMALL: Final = ("backtest", "experiment", "report", "requests", "model")
"""Packages whose folders hold no more modules than one can look through."""

ROOMY: Final = ("backtest", "experiment", "report", "requests")
"""Packages made of rooms that have an order. Those of the model are tables and rules by subject."""

LAZY: Final = ("sim", "sim.api")
"""The facade fetches the API when a function is first used; nothing below imports it, so that the
circle never closes while modules load."""

QUESTIONS: Final = frozenset({"What", "How", "Which", "Where", "Whether", "Who", "When", "Why"})

NO_NOUNS: Final = frozenset(
    {
        "apart", "aside", "asked", "behind", "beside", "chosen", "deeper", "discovered", "drawn",
        "forked", "further", "given", "happened", "later", "narrowed", "played", "said", "swept",
        "together", "told", "typed", "varied",
    }
)  # fmt: skip
"""Participles and adverbs that modules have been called, or might be."""


def modules(root: Path) -> dict[str, Path]:
    """Returns every module below `sim` with its file; a package under its own name."""
    found = {}
    for file in sorted((root / "sim").rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def parsed(file: Path) -> ast.Module:
    """Returns a module as a tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(root: Path) -> dict[str, set[str]]:
    """Returns the modules each module imports, in functions and for types alone too."""
    known = modules(root)
    graph = {}
    for name, file in known.items():
        found: set[str] = set()
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                found |= {each if each in known else node.module for each in names}
        graph[name] = (found & known.keys()) - {name}
    graph[LAZY[0]] -= {LAZY[1]}
    return graph


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Returns a circle of imports, if there is one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def rooms(root: Path) -> dict[str, set[str]]:
    """Returns the folders that the modules of each folder import, within the packages that are
    made of rooms."""
    known = modules(root)

    def room(name: str) -> str:
        return name if known[name].name == "__init__.py" else name.rpartition(".")[0]

    graph: dict[str, set[str]] = {}
    for name, found in imports(root).items():
        graph.setdefault(room(name), set()).update(map(room, found))
    roomy = {name for name in graph if name.partition(".")[2].partition(".")[0] in ROOMY}
    return {name: (graph[name] & roomy) - {name} for name in roomy}


def crowded(root: Path) -> list[str]:
    """Returns the folders that hold too many modules."""
    held = Counter(
        file.parent.relative_to(root).as_posix()
        for file in modules(root).values()
        if file.name != "__init__.py" and file.relative_to(root / "sim").parts[0] in SMALL
    )
    return [folder for folder, count in held.items() if count > MOST_MODULES]


def repeated_classes(root: Path) -> list[str]:
    """Returns the names that several classes have."""
    held = Counter(
        node.name
        for file in modules(root).values()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ClassDef)
    )
    return [name for name, count in held.items() if count > 1]


def questions(root: Path) -> list[str]:
    """Returns the modules whose first sentence does not begin with the thing itself."""
    return [
        name
        for name, file in modules(root).items()
        if re.split(r"\W", ast.get_docstring(parsed(file)) or "What")[0] in QUESTIONS
    ]


def misnamed(root: Path) -> list[str]:
    """Returns the modules and packages that are called by no noun."""
    return [name for name in modules(root) if name.rpartition(".")[2] in NO_NOUNS]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small program in which nothing is wrong."""
    plant(tmp_path, "sim/report/page.py", '"""Pages."""\nclass Page: ...')
    plant(tmp_path, "sim/report/words/numbers.py", '"""Numbers."""\nfrom sim.report import page')
    return tmp_path


def plant(root: Path, path: str, text: str) -> None:
    """Writes a module, and the packages above it."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    for folder in file.relative_to(root).parents:
        init = root / folder / "__init__.py"
        if folder != Path() and not init.exists():
            init.write_text('"""A package."""\n', encoding="utf-8")
    file.write_text(text, encoding="utf-8")


def breaches(root: Path) -> Iterator[object]:
    """Yields what each check finds."""
    yield crowded(root)
    yield circle(imports(root))
    yield circle(rooms(root))
    yield repeated_classes(root)
    yield questions(root)
    yield misnamed(root)


def test_no_folder_is_crowded() -> None:
    """A room is looked through at a glance: at most twelve modules."""
    assert crowded(ROOT) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Whatever is imported, in a function or for types alone, stands below."""
    assert circle(imports(ROOT)) == []


def test_no_folders_import_each_other_in_a_circle() -> None:
    """Rooms have an order, as modules do."""
    assert circle(rooms(ROOT)) == []


def test_no_class_name_comes_twice() -> None:
    """A name means one thing in the whole program."""
    assert repeated_classes(ROOT) == []


def test_a_module_says_first_what_it_holds() -> None:
    """Its docstring begins with the thing itself, not with a question about it."""
    assert questions(ROOT) == []


def test_a_module_is_called_by_a_noun() -> None:
    """It is named by what it holds, not by what became of it or by where it stands."""
    assert misnamed(ROOT) == []


def test_the_small_program_breaks_no_rule(small: Path) -> None:
    """So that each breach below is the planted one."""
    assert [found for found in breaches(small) if found] == []


@pytest.mark.parametrize("package", SMALL)
def test_a_thirteenth_module_is_noticed(package: str, small: Path) -> None:
    """In any of the packages, at any depth."""
    for number in range(MOST_MODULES + 1):
        plant(small, f"sim/{package}/room/module{number}.py", '"""A module."""\n')

    assert crowded(small) == [f"sim/{package}/room"]


@pytest.mark.parametrize(
    "line",
    [
        "from sim.report.words import numbers",
        "from sim.report.words.numbers import text",
        "import sim.report.words.numbers",
        "def show() -> None:\n    from sim.report.words import numbers",
        "if TYPE_CHECKING:\n    from sim.report.words import numbers",
    ],
)
def test_a_circle_of_imports_is_noticed(line: str, small: Path) -> None:
    """However the import that closes it is written."""
    plant(small, "sim/report/page.py", f'"""Pages."""\n{line}\n')

    assert {"sim.report.page", "sim.report.words.numbers"} <= set(circle(imports(small)))
    assert {"sim.report", "sim.report.words"} <= set(circle(rooms(small)))


def test_a_circle_of_folders_is_noticed(small: Path) -> None:
    """Though no module in it imports itself by a detour."""
    plant(small, "sim/report/other.py", '"""Others."""\nfrom sim.report.words import numbers\n')

    assert circle(imports(small)) == []
    assert {"sim.report", "sim.report.words"} <= set(circle(rooms(small)))


def test_only_the_api_is_fetched_by_the_facade(small: Path) -> None:
    """Whatever else the package itself imports counts."""
    for name in ("api", "errors"):
        plant(small, f"sim/{name}.py", f'"""Module {name}."""\nimport sim\n')
        plant(small, "sim/__init__.py", f'"""The package."""\nfrom sim import {name}\n')
        found = circle(imports(small))

        assert bool(found) == (name != "api")


def test_a_class_that_shares_its_name_is_noticed(small: Path) -> None:
    """Within classes and functions too."""
    plant(small, "sim/units.py", '"""Units."""\ndef make() -> None:\n    class Page: ...\n')

    assert repeated_classes(small) == ["Page"]


@pytest.mark.parametrize("text", ['"""What it prints."""', '"""How: a way."""', "x = 1"])
def test_a_question_for_a_docstring_is_noticed(text: str, small: Path) -> None:
    """And a module that says nothing of itself."""
    plant(small, "sim/cli/verb.py", text)

    assert questions(small) == ["sim.cli.verb"]


@pytest.mark.parametrize("path", ["sim/report/told.py", "sim/model/given/rule.py"])
def test_a_participle_for_a_name_is_noticed(path: str, small: Path) -> None:
    """Of a module or of a folder."""
    plant(small, path, '"""Rules."""\n')

    assert len(misnamed(small)) == 1
