"""The hash of a batch: what renames it, and what does not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import toy_engine

from sim.experiment.store import identity
from sim.experiment.store.program.digest import Program
from sim.history.places import data_root
from sim.scenario.posterior import Posterior

SIM = Path(identity.__file__).parents[2]
PACKAGES = ("sim.model", "sim.economy", "sim.engine")

TREE = {
    "__init__.py": "",
    "model/__init__.py": '"""Rules."""\n',
    "model/words.py": '''
"""Words."""

from enum import IntEnum
from typing import Final

class Side(IntEnum):
    """Who acts."""

    US = 0
    CN = 1

LOW: Final = 0.5
"""The lowest level."""

HIGH: Final = 16
SIZES = (1.0, 2.0)
''',
    "model/hikes.py": '''
"""Hikes."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from sim.economy import arithmetic
from sim.model.words import HIGH, LOW, Side
from sim.scenario.grid import Grid, table

def apply_hike(state: State, points: float, share: float = 0.25) -> None:
    """Raises duties."""
    step = arithmetic.clamp(points * share, LOW, HIGH)  # per cent
    state.duty += step if state.side == Side.US else -step
    state.seen = [row for row in table() if row > LOW]
    state.log = np.log1p(math.exp(step))

@cache
def ratio(side: int) -> float:
    from math import tanh

    return tanh(side)

def even(n: int) -> bool:
    return n == 0 or odd(n - 1)

def odd(n: int) -> bool:
    return n != 0 and even(n - 1)

class HikeError(Exception):
    pass

def cell(grid: Grid) -> float:
    return grid.first()
''',
    "model/left.py": "scale = 2.0\n\ndef helper(x):\n    return scale * x\n",
    "model/right.py": "scale = 3.0\n\ndef helper(x):\n    return scale * x\n",
    "model/tables.py": """
from dataclasses import dataclass
from sim.model.left import helper as near
from sim.model.right import helper as far
from sim.model.words import Side

@dataclass(frozen=True)
class Row:
    name: str
    size: float = 1.0

ROWS = (Row("threaten", 0.3), Row("raise", 0.7))
READ = {"near": lambda s: near(s.duty), "far": lambda s: far(s.duty)}

_columns: list[int] = []

def site(k: int) -> int:
    _columns.append(k)
    return len(_columns) - 1

FIRST = site(3)
SECOND = site(5)
COLUMNS = tuple(_columns)
WIDTH = 1.0
WIDTH += 2.0
WIDTH *= 3.0
LIMITS = {}
LIMITS["us"] = 1.0
for _side in Side:
    LIMITS[_side] = 2.0

try:
    from fast import power
except ImportError:
    from slow import power

from sim.model.words import LOW, LOW as FLOOR

def widest(tables, LOW, FLOOR):
    return power(max(table.width for table in tables), LOW)
""",
    "model/more.py": "from sim.model.more import ghost\n\nLOW = 0.2\nHIGH = ghost\n",
    "economy/__init__.py": "",
    "economy/arithmetic.py": """
def clamp(x, low, high):
    if x < low:
        return low
    return high if x > high else x
""",
    "engine/__init__.py": "",
    "engine/loop.py": """
from typing import TYPE_CHECKING
from sim.model import hikes
from sim.model import more, right
from sim.model.hikes import cell
from sim.model.tables import COLUMNS
from sim.model.words import HIGH, LOW

if TYPE_CHECKING:
    from sim.scenario.other import Other

PHASES = ("reviews", "replies")

def play(state, other: "Other"):
    for phase in PHASES:
        hikes.apply_hike(state, 10.0)
    return getattr(hikes, state.name), COLUMNS, HIGH - LOW

def register(module):
    return vars(module)

RULES = register(more), register(right)

def late(state):
    return hikes.made_later(state)
""",
    "engine/lookup.py": """
from sim.model.words import HIGH, LOW

def by_name(name):
    return globals()[name]
""",
    "scenario/__init__.py": "",
    "scenario/grid.py": """
from sim.scenario.base import Base

class Grid(Base):
    def first(self):
        return self.rows[0]

COUNT = 9

def count_more():
    global COUNT
    COUNT = 10

def table():
    return _read(COUNT)

def _read(n):
    return list(range(n))

def unused():
    return 1

class Unused:
    range = 3

UNUSED = [list for list in (1, 2)]
""",
    "scenario/base.py": "class Base:\n    rows = (4.0,)\n",
    "scenario/other.py": "class Other:\n    weight = 1.0\n",
}

Edit = Callable[[Path], None]


def replaced(file: str, old: str, new: str) -> Edit:
    """Returns an edit that replaces a text, which must be there."""

    def edit(root: Path) -> None:
        path = root / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return edit


def added(file: str, text: str) -> Edit:
    """Returns an edit that adds a text at the end of a file, new or not."""

    def edit(root: Path) -> None:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text() if path.exists() else "") + text)

    return edit


def moved(old: str, new: str) -> Edit:
    """Returns an edit that gives a module another name, also where it is imported."""

    def edit(root: Path) -> None:
        target = root / _file(new)
        for folder in reversed(target.relative_to(root).parents):
            (root / folder / "__init__.py").parent.mkdir(exist_ok=True)
            (root / folder / "__init__.py").touch()
        (root / _file(old)).rename(target)
        above, name = old.rsplit(".", 1)
        new_above, new_name = new.rsplit(".", 1)
        changes = (
            (rf"\b{re.escape(old)}\b", new),
            (rf"from {re.escape(above)} import {name}\b", f"from {new_above} import {new_name}"),
            (rf"\b{name}(?=\.\w|\)|,)", new_name),
        )
        for path in root.rglob("*.py"):
            text = before = path.read_text()
            for place, (pattern, by) in enumerate(changes):
                if place < 2 or f"import {new_name}" in text:
                    text = re.sub(pattern, by, text)
            if text != before:
                path.write_text(text)

    return edit


def both(*edits: Edit) -> Edit:
    """Returns an edit made of several."""

    def edit(root: Path) -> None:
        for one in edits:
            one(root)

    return edit


def _file(module: str) -> str:
    return "/".join(module.split(".")[1:]) + ".py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small program."""
    for name, text in TREE.items():
        added(f"sim/{name}", text)(tmp_path)
    return tmp_path / "sim"


def digest(root: Path) -> str:
    """Returns the digest of a copy of the program."""
    return Program(root).digest(PACKAGES)


HIKES, TABLES, WORDS, LOOP = "model/hikes.py", "model/tables.py", "model/words.py", "engine/loop.py"

HARMLESS = {
    "a comment": replaced(HIKES, "# per cent", "# of customs value"),
    "the docstring of a module": replaced(HIKES, '"""Hikes."""', '"""Hikes of duty."""'),
    "the docstring of a function": replaced(HIKES, '    """Raises duties."""\n', ""),
    "the docstring of a class": replaced(WORDS, '"""Who acts."""', '"""Who acts first."""'),
    "the docstring of a constant": replaced(WORDS, '"""The lowest level."""', ""),
    "a docstring in place of pass": replaced(HIKES, "    pass\n", "    'An error.'\n"),
    "the layout": replaced(
        HIKES, "clamp(points * share, LOW, HIGH)", "clamp(\n        (points * share), LOW,\n HIGH)"
    ),
    "quotes": replaced(TABLES, '"raise"', "'raise'"),
    "the spelling of a number": replaced(WORDS, "HIGH: Final = 16", "HIGH: Final = 0x10"),
    "the order of imports": replaced(HIKES, "HIGH, LOW, Side", "Side, LOW, HIGH"),
    "an import cut in two": replaced(
        HIKES,
        "from sim.model.words import HIGH, LOW, Side",
        "from sim.model.words import HIGH\nfrom sim.model.words import LOW, Side",
    ),
    "an import nobody uses": replaced(HIKES, "import math", "import math\nimport os"),
    "the alias of a library": both(
        replaced(HIKES, "import numpy as np", "import numpy as num"),
        replaced(HIKES, "np.log1p", "num.log1p"),
    ),
    "the alias of a constant": both(
        replaced(HIKES, "import HIGH, LOW, Side", "import HIGH, LOW as FLOOR, Side"),
        replaced(HIKES, "share, LOW", "share, FLOOR"),
        replaced(HIKES, "row > LOW", "row > FLOOR"),
    ),
    "a name in place of its module": both(
        replaced(
            HIKES, "from sim.economy import arithmetic", "from sim.economy.arithmetic import clamp"
        ),
        replaced(HIKES, "arithmetic.clamp", "clamp"),
    ),
    "a full name in place of a short one": both(
        replaced(HIKES, "from sim.economy import arithmetic", "import sim.economy.arithmetic"),
        replaced(HIKES, "arithmetic.clamp(", "sim.economy.arithmetic.clamp("),
    ),
    "a relative import": replaced(HIKES, "from sim.model.words", "from .words"),
    "an import by way of a package": both(
        added("model/__init__.py", "from .words import HIGH, LOW, Side\n"),
        replaced(HIKES, "from sim.model.words import", "from sim.model import"),
    ),
    "an import of everything": replaced(
        LOOP, "from sim.model.words import HIGH, LOW", "from sim.model.words import *"
    ),
    "an import at the top of its file": both(
        replaced(HIKES, "    from math import tanh\n", ""),
        replaced(HIKES, "import math\n", "import math\nfrom math import tanh\n"),
    ),
    "a library's function by another way": both(
        replaced(HIKES, "import math\n", "from math import exp\n"),
        replaced(HIKES, "math.exp", "exp"),
    ),
    "a module with another name": moved("sim.model.words", "sim.model.vocabulary"),
    "a module in another folder": moved("sim.model.hikes", "sim.model.duties.hikes"),
    "a module in another package": moved("sim.economy.arithmetic", "sim.model.sums"),
    "a module outside with another name": moved("sim.scenario.grid", "sim.scenario.deep.cube"),
    "a rule in another file": both(
        replaced("model/left.py", "\ndef helper(x):\n    return scale * x\n", ""),
        added("model/middle.py", "from sim.model.left import scale\n\n"),
        added("model/middle.py", "def helper(x):\n    return scale * x\n"),
        replaced(TABLES, "from sim.model.left", "from sim.model.middle"),
    ),
    "the order of functions": both(
        replaced(HIKES, "def even(n: int) -> bool:\n    return n == 0 or odd(n - 1)\n", ""),
        added(HIKES, "def even(n: int) -> bool:\n    return n == 0 or odd(n - 1)\n"),
    ),
    "the annotation of a function": replaced(HIKES, "points: float", "points: int | float"),
    "the annotation of a variable": replaced(
        TABLES, "_columns: list[int]", "_columns: list[float]"
    ),
    "an import for types": replaced(
        LOOP,
        "    from sim.scenario.other import Other",
        "    from sim.scenario.base import Base\n    from sim.scenario.other import Other",
    ),
    "a first import for types": added(
        WORDS,
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from os import PathLike\n",
    ),
    "what a module does as a program": added(
        HIKES, 'if __name__ == "__main__":\n    print(ratio(1))\n'
    ),
    "code nothing leads to": replaced("scenario/grid.py", "return 1", "return 2"),
    "a class nothing leads to": replaced("scenario/grid.py", "range = 3", "range = 4"),
    "a table nothing leads to": replaced("scenario/grid.py", "(1, 2)", "(1, 3)"),
    "a module nothing leads to": replaced("scenario/other.py", "1.0", "2.0"),
    "a package beside": added("report/page.py", "width = 80\n"),
    "compiled code": added("model/hikes.pyc", "x"),
}
"""What was edited -> the edit."""

HARMFUL = {
    "a number in a rule": replaced(LOOP, "10.0", "11.0"),
    "the type of a number": replaced(LOOP, "10.0", "10"),
    "a truth value in place of a number": replaced(WORDS, "SIZES = (1.0", "SIZES = (True"),
    "an operator": replaced(HIKES, "points * share", "points / share"),
    "a comparison": replaced("economy/arithmetic.py", "x < low", "x <= low"),
    "a constant": replaced(WORDS, "LOW: Final = 0.5", "LOW: Final = 0.6"),
    "a default": replaced(HIKES, "share: float = 0.25", "share: float = 0.35"),
    "a decorator": replaced(HIKES, "@cache\n", ""),
    "another decorator": replaced(HIKES, "import cache", "import singledispatch as cache"),
    "a row of a table": replaced(TABLES, '"raise", 0.7', '"raise", 0.8'),
    "the order of rows": replaced(
        TABLES,
        'Row("threaten", 0.3), Row("raise", 0.7)',
        'Row("raise", 0.7), Row("threaten", 0.3)',
    ),
    "the value of an enum": replaced(WORDS, "CN = 1", "CN = 2"),
    "the order of an enum": replaced(WORDS, "US = 0\n    CN = 1", "CN = 1\n    US = 0"),
    "the order of phases": replaced(LOOP, '"reviews", "replies"', '"replies", "reviews"'),
    "the default of a field": replaced(TABLES, "size: float = 1.0", "size: float = 2.0"),
    "the type of a field": replaced(TABLES, "    name: str", "    name: ClassVar[str]"),
    "the order of fields": replaced(
        TABLES, "name: str\n    size: float = 1.0", "size: float = 1.0\n    name: str"
    ),
    "the order of calls that leave something behind": replaced(
        TABLES, "FIRST = site(3)\nSECOND = site(5)", "SECOND = site(5)\nFIRST = site(3)"
    ),
    "an entry added later": replaced(TABLES, 'LIMITS["us"] = 1.0', 'LIMITS["us"] = 3.0'),
    "an entry added in a loop": replaced(TABLES, "LIMITS[_side] = 2.0", "LIMITS[_side] = 3.0"),
    "the order of steps": replaced(
        TABLES, "WIDTH += 2.0\nWIDTH *= 3.0", "WIDTH *= 3.0\nWIDTH += 2.0"
    ),
    "the order of entries added later": replaced(
        TABLES,
        'LIMITS["us"] = 1.0\nfor _side in Side:\n    LIMITS[_side] = 2.0',
        'for _side in Side:\n    LIMITS[_side] = 2.0\nLIMITS["us"] = 1.0',
    ),
    "a name bound again": added(WORDS, "LOW = 0.7\n"),
    "a definition more": added(WORDS, "def half(x):\n    return x / 2\n"),
    "a definition less": replaced(WORDS, "SIZES = (1.0, 2.0)\n", ""),
    "a function of a library": replaced(HIKES, "np.log1p", "np.log"),
    "a library": replaced(HIKES, "import math\n", "import cmath as math\n"),
    "a local import": replaced(HIKES, "from math import tanh", "from numpy import tanh"),
    "constants changed about": replaced(
        HIKES, "import HIGH, LOW, Side", "import HIGH as LOW, LOW as HIGH, Side"
    ),
    "an import of something of the same text": replaced(
        TABLES,
        "from sim.model.left import helper as near\nfrom sim.model.right import helper as far",
        "from sim.model.right import helper as near\nfrom sim.model.left import helper as far",
    ),
    "an import that comes after another": replaced(
        LOOP,
        "from sim.model.words import HIGH, LOW",
        "from sim.model.words import HIGH, LOW\nfrom sim.model.left import scale as LOW",
    ),
    "an import of everything that hides a name": replaced(
        LOOP,
        "from sim.model.words import HIGH, LOW",
        "from sim.model.words import HIGH, LOW\nfrom sim.model.more import *",
    ),
    "an import in case another fails": replaced(TABLES, "from slow", "from slower"),
    "an argument in place of another": replaced(TABLES, "tables), LOW)", "tables), FLOOR)"),
    "the annotation of a decorated function": replaced(HIKES, "side: int", "side: float"),
    "a name of the module in place of an import": added(LOOP, "LOW = 0.5\n"),
    "functions that call each other": replaced(
        HIKES, "n == 0 or odd(n - 1)", "n == 0 or even(n - 1)"
    ),
    "a function outside": replaced("scenario/grid.py", "_read(COUNT)", "_read(2)"),
    "a constant outside": replaced("scenario/grid.py", "COUNT = 9", "COUNT = 8"),
    "a constant outside where it is set again": replaced("scenario/grid.py", "= 10", "= 11"),
    "a function a function outside calls": replaced("scenario/grid.py", "range(n)", "range(n + 1)"),
    "a method of an annotated class": replaced("scenario/grid.py", "rows[0]", "rows[-1]"),
    "the base of an annotated class": replaced("scenario/base.py", "4.0", "5.0"),
    "a table outside changed where it stands": added("scenario/grid.py", "Grid.rows = (7.0,)\n"),
    "a text": replaced(TABLES, '"threaten"', '"menace"'),
    "the name of a rule": both(
        replaced(HIKES, "def apply_hike", "def apply_raise"),
        replaced(LOOP, "hikes.apply_hike", "hikes.apply_raise"),
    ),
    "a name that is looked up by its text": replaced(
        "engine/lookup.py", "import HIGH, LOW\n", "import HIGH as LOW, LOW as HIGH\n"
    ),
    "modules whose functions are looked up": replaced(
        LOOP, "register(more), register(right)", "register(right), register(more)"
    ),
    "a name its module makes later": replaced(LOOP, "made_later", "made_sooner"),
    "another choice for type checkers": added(
        WORDS,
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from os import PathLike\nelse:\n    LOW = 0.9\n",
    ),
    "another choice for programs": added(
        WORDS, 'if __name__ == "__main__":\n    print(LOW)\nelse:\n    LOW = 0.9\n'
    ),
    "a new condition on import": replaced(
        WORDS, "SIZES = (1.0, 2.0)", "if HIGH:\n    SIZES = (1.0, 2.0)"
    ),
}
"""What was edited -> the edit."""


@pytest.mark.parametrize("what", HARMLESS)
def test_what_changes_no_number_renames_nothing(root: Path, what: str) -> None:
    """Comments, layout, annotations, imports and the places of code are not part of the hash."""
    before = digest(root)

    HARMLESS[what](root)

    assert digest(root) == before


@pytest.mark.parametrize("what", HARMFUL)
def test_what_may_change_a_number_renames(root: Path, what: str) -> None:
    """All that rules, tables and draws are made of is part of the hash, also where it is only
    another thing that a name leads to."""
    before = digest(root)

    HARMFUL[what](root)

    assert digest(root) != before


@pytest.fixture
def version(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Yields what gives the version of the small program as it is now."""
    caches = (identity.model_version, identity._program)
    monkeypatch.setattr(identity, "_ROOT", root)

    def now() -> str:
        for cache in caches:
            cache.cache_clear()
        return identity.model_version()

    yield now
    for cache in caches:
        cache.cache_clear()


def test_the_version_follows_code_and_tables(root: Path, version: Callable[[], str]) -> None:
    """A changed rule or table changes it; a note or a table of another package does not."""
    before = version()
    added("model/notes.txt", "x")(root)
    added("report/base.csv", "a,1\n")(root)
    assert version() == before

    added("economy/base.csv", "a,1\n")(root)
    with_table = version()
    added("economy/base.csv", "a,2\n")(root)
    with_another = version()
    replaced(WORDS, "0.5", "0.6")(root)
    assert len({before, with_table, with_another, version()}) == 4


def test_the_version_follows_the_table_of_real_incomes(
    tmp_path: Path, version: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runs read the solved table and its base beside their scenario: others are another version."""
    # Fails if either file is left out.
    before = version()
    (tmp_path / "economics").mkdir()
    for name in (identity.GRID, identity.WORLD):
        (tmp_path / name).write_bytes((identity.data_root() / name).read_bytes())
    monkeypatch.setattr(identity, "data_root", lambda: tmp_path)
    assert version() == before

    for name in (identity.GRID, identity.WORLD):
        kept = (tmp_path / name).read_text()
        (tmp_path / name).write_text(kept.replace("8", "9", 1))
        assert version() != before
        (tmp_path / name).write_text(kept)


def test_a_version_is_worked_out_once(root: Path, version: Callable[[], str]) -> None:
    """It takes a fifth of a second; a session asks for it a thousand times."""
    before = version()
    replaced(WORDS, "0.5", "0.6")(root)

    assert identity.model_version() == before


@pytest.mark.parametrize(
    ("packages", "names", "what"),
    [
        (("sim.model", "sim.rules"), (), "sim.rules"),
        ((), (("sim.model.hikes", "draw"),), "sim.model.hikes.draw"),
        ((), (("sim.model.falls", "draw"),), "sim.model.falls.draw"),
    ],
)
def test_what_is_not_there_has_no_digest(
    root: Path, packages: Sequence[str], names: Sequence[tuple[str, str]], what: str
) -> None:
    """Nothing at all would be the same whatever became of the rest."""
    with pytest.raises(LookupError, match=re.escape(what)):
        Program(root).digest(packages, names)


RULE = "sim.model.duties.hikes"
PRIORS = "sim.experiment.inputs.priors"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of this program."""
    return shutil.copytree(
        SIM, tmp_path / "copy" / "sim", ignore=shutil.ignore_patterns("__pycache__", "_data")
    )


def both_digests(root: Path, priors: str = PRIORS) -> tuple[str, str]:
    """Returns the digest of a program, and that of how it draws parameters."""
    program = Program(root)
    return program.digest(PACKAGES), program.digest(names=[(priors, "parameter_sets")])


def first(root: Path, folder: str, pattern: str, new: str) -> None:
    """Replaces the first of what a pattern finds in the modules of a folder."""
    for path in sorted((root / folder).rglob("*.py")):
        text, count = re.subn(pattern, new, path.read_text(), count=1, flags=re.MULTILINE)
        if count:
            path.write_text(text)
            return
    pytest.fail(f"nothing in {folder} is like {pattern}")


def test_this_program_may_be_tidied_without_renaming_batches(copy: Path) -> None:
    """Rules and the drawing of parameters move to other modules, imports are cut in two, docstrings
    go: no stored batch gets another name."""
    moved(PRIORS, "sim.experiment.draws.quantiles")(copy)
    moved(RULE, "sim.model.governments.raises")(copy)
    imports = r"^from (sim\.model\.tables\.vocabulary) import (\w+), (.*)$"
    first(copy, "model", imports, r"from \1 import \3\nfrom \1 import \2")
    first(copy, "engine", imports, r"from \1 import \3\nfrom \1 import \2")
    first(copy, "model", r'^    """.*\.?"""$\n(?=    \w)', "")

    assert versions_of(copy) == [identity.model_version(), identity.drawing_version()]
    assert not (copy / "model" / "duties" / "hikes.py").exists()


def versions_of(root: Path) -> list[str]:
    """Returns the versions a copy of this program gives itself."""
    (root.parent / "scenarios").symlink_to(data_root())
    names = "model_version(), drawing_version()"
    code = f"from sim.experiment.store.identity import *; print({names})"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(root.parent)},
        cwd=root.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.split()


@pytest.mark.parametrize(
    ("folder", "pattern", "new"),
    [
        ("model/duties", r"([-+*/<>=] )(\d+\.\d+)\b", r"\g<1>1\2"),
        ("model", r"(F\.\w+: )-?\d+\.\d+", r"\g<1>0.123"),
        ("engine", r"^(    US_REVIEW = )\d+$", r"\g<1>77"),
        ("engine", r"^(    CALENDAR = )0$", r"\g<1>99"),
        ("scenario", r"(thetas, rest_pp, us_pp, cn_pp = )", r"\1us_pp, thetas, rest_pp, cn_pp = "),
    ],
    ids=["a rule", "a loading", "a stream", "a phase", "the table of real incomes"],
)
def test_a_change_of_what_this_program_plays_renames_batches(
    copy: Path, folder: str, pattern: str, new: str
) -> None:
    """One number of a rule, a loading, a stream or a phase, or how the solved table is read."""
    before, _ = both_digests(copy)

    first(copy, folder, pattern, new)

    assert both_digests(copy)[0] != before


@pytest.mark.parametrize(
    ("folder", "pattern", "new"),
    [
        ("experiment/inputs", r"math\.exp\(each", "math.expm1(each"),
        ("experiment/inputs", "import betaincinv", "import betainc as betaincinv"),
        ("experiment/inputs", r"FIRST_STREAM: Final = 2\*\*31", "FIRST_STREAM: Final = 2**30"),
        ("engine", r"^SPAN: Final = 2\.0\*\*52", "SPAN: Final = 2.0**51"),
        ("model/tables", r"_days: int = field\(", "_days: float = field("),
    ],
    ids=["a family", "a function of a library", "the streams", "the generator", "whole numbers"],
)
def test_a_change_of_how_parameters_are_drawn_renames_batches_of_draws(
    copy: Path, folder: str, pattern: str, new: str
) -> None:
    """A family of priors, its streams, the generator, or which parameters are whole."""
    _, before = both_digests(copy)

    first(copy, folder, pattern, new)

    assert both_digests(copy)[1] != before


def test_a_batch_of_fixed_parameters_keeps_its_name_when_drawing_changes(copy: Path) -> None:
    """How parameters are drawn counts for nothing where none are drawn."""
    before = both_digests(copy)

    first(copy, "experiment/inputs", r"math\.exp\(each", "math.expm1(each")

    after = both_digests(copy)
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_the_way_parameters_are_drawn_is_part_of_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a batch that draws them, and of no other."""
    scenario = toy_engine.scenario()
    before = identity.run_id(scenario, 1, 20), identity.run_id(scenario, 1, 0)

    monkeypatch.setattr(identity, "drawing_version", lambda: "another")

    after = identity.run_id(scenario, 1, 20), identity.run_id(scenario, 1, 0)
    assert after[0] != before[0]
    assert after[1] == before[1]


def test_a_posterior_is_part_of_the_id_of_a_batch_of_draws() -> None:
    """Another posterior is another batch; at central values it changes nothing."""
    # Fails if runs under two posteriors share a folder, or fixed runs are played anew.
    world = toy_engine.scenario()
    rows = tuple((float(k),) for k in range(50))
    one = replace(world, posterior=Posterior(("mu",), rows, 737000, "r", "m"))
    two = replace(world, posterior=Posterior(("mu",), rows[::-1], 737000, "r", "m"))

    assert len({identity.run_id(each, 7, 20) for each in (world, one, two)}) == 3
    assert len({identity.run_id(each, 7, 0) for each in (world, one, two)}) == 1
