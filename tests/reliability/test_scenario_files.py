"""Scenario files gone wrong: each is resolved, or refused in the program's own words, and at once.

The files are the shipped ones after a few edits of lines, values, keys or bytes. They refer to
each other, to chains of bases and to circles.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from hypothesis import strategies as st

from sim.errors import ScenarioError, SimError
from sim.history.places import data_root
from sim.scenario import compose
from sim.scenario.load import resolve
from sim.scenario.strategies import Strategy, find_strategy
from tests.reliability.search import PYTHONS_OWN, Part, blocks, search
from tests.reliability.watch import changes

FOLDERS: Final = (".", "base", "overrides", "strategies/us", "strategies/cn")
TEXTS: Final = tuple(
    path.read_text("utf-8")
    for folder in FOLDERS
    for path in sorted((data_root() / folder).glob("*.yaml"))
    if path.stat().st_size < 7_000
)
"""The shipped files, but for the parameters."""

LINES: Final = tuple(line for text in TEXTS for line in text.splitlines() if ": " in line)
KEYS: Final = tuple(sorted({line.split(":")[0].strip() for line in LINES}))
VALUES: Final = tuple(sorted({line.partition(": ")[2] for line in LINES}))

NASTY: Final = (
    *(
        "9" * 5000,
        "1e999",
        "-1e999",
        "1e-999",
        ".nan",
        "-.inf",
        "-0",
        "0.0",
        "0x10",
        "1_000",
        "007",
    ),
    *(
        "1e308",
        "-1e308",
        "9" * 30,
        "9223372036854775808",
        "1e9",
        "-1",
        "0.5",
        "1.5",
        "145",
        "\u0661",
    ),
    *("0000-00-00", "0001-01-01", "2025-02-30", "9999-12-31", "2199-12-31", "2025-10-23T10:00:00Z"),
    *("2025-10-25", "2024-02-29", "2025-W01-1", "12:30", "~", "null", "true", "False", "yes", "NO"),
    *("*a", "&a 1", "&a [*a]", "<<", "!!python/object/apply:os.system ['x']", "!!int '3'", "! 3"),
    *(
        "[",
        "]",
        "{",
        "}",
        "[" * 400,
        "{a: " * 20,
        "[[[[1]]]]",
        "[1, 2]",
        "[0.1]",
        "[2, 1]",
        "[a, b]",
    ),
    *(
        "{a: b}",
        "{a: {b: {c: 1}}}",
        "[]",
        "{}",
        "'",
        '"',
        "''",
        '""',
        "|",
        ">-",
        "'\\x00'",
        '"\\0"',
    ),
    *(
        '"\\ud800"',
        '"\\U0001F600"',
        '"\\u202e"',
        "\0",
        "\t",
        "\u202e",
        "\ufeff",
        "\u0085",
        "\u2028",
    ),
    *(
        "- 1",
        "? x",
        ": ",
        "#",
        "%YAML 9.9",
        "---",
        "...",
        "--- a",
        "@x",
        "`",
        "a" * 5000,
        "a: b: c",
    ),
    *("{family: beta, a: 6, b: 4}", "{family: beta, a: 0, b: 1e9}", "{family: normal, mean: 1}"),
    *("{family: lognormal, median: 1e300, sd_log: 1e300}", "{family: uniform, low: 1, high: 1}"),
    *("{family: gamma, shape: 1e-300, rate: 1e-300, low: 5}", "{family: x}", "{}", "E999", "piie"),
    *(
        "{date: 2025-11-01, do: {force: {side: us, act: hike, size_pp: 1e9}}}",
        "{when: 'x', do: {}}",
    ),
    *("{when: 'tension > 0.8 for 5 days', do: {set: {tension: 0.1, us.leader.autonomy: 2}}}",),
    *("{date: 2025-11-01, until: 2025-10-01, do: {forbid: [{side: cn, act: wait}]}}",),
    *("{date: 2025-11-01, cooldown_days: 99999999999999999999, do: {set: {nothing: 1}}}",),
)
"""Values that are wrong in most places."""

REFERENCES: Final = (
    "extends: case.yaml", "extends: other.yaml", "extends: ./other.yaml", "extends: us.yaml",
    "extends: chain-0.yaml", "extends: chain-4.yaml", "extends: circle.yaml", "extends: loop.yaml",
    "extends: base/october-2025", "extends: base/year-2025", "extends: parameters", "extends: ..",
    "extends: folder.yaml", "extends: /dev/zero", "extends: 'a\\0b'", f"extends: {'x' * 299}",
    "overrides: [calm-markets, hawks-rising]", "overrides: [calm-markets, calm-markets]",
    "overrides: [other.yaml, hawks-rising]", "overrides: [case.yaml]", "overrides: [[x]]",
    f"needs: [{'x, ' * 2000}]", f"x: {'[' * 15}{']' * 15}", f"# {'x' * 600_000}",
    "calendar:\n" + "".join(
        f"  day-{n}: {{date: 2025-11-01, kind: info, label: x, source: E143}}\n" for n in range(66)
    ),
    "interventions:\n" + "".join(
        f"  i-{n}: {{date: 2025-11-02, do: {{set: {{tension: 0.{n}}}}}}}\n" for n in range(1, 19)
    ),
    "state:\n" + "".join(f"  wrong-{n}: {n}\n" for n in range(120)),
)  # fmt: skip
"""Lines that name other files, or add as much as is allowed and more."""

KINDS: Final = ("value", "value", "key", "drop", "twice", "move", "indent", "cut", "line", "nest")


class Edit(NamedTuple):
    """An edit of a text: what is done, at which places, and the text that is put there."""

    kind: str
    place: int
    other: int
    text: str

    def of(self, lines: list[str]) -> list[str]:
        """Returns the lines of a text after the edit."""
        if not lines:
            return [self.text]
        here, there = self.place % len(lines), self.other % len(lines)
        before, line, after = lines[:here], lines[here], lines[here + 1 :]
        key, colon, value = line.partition(":")
        indent = line[: len(line) - len(line.lstrip())]
        if self.kind == "move":
            rest = before + after
            return [*rest[:there], line, *rest[there:]]
        put = {
            "value": [f"{key}: {self.text}"],
            "key": [f"{indent}{self.text}{colon}{value}"],
            "drop": [],
            "twice": [line, line],
            "indent": [" " * (self.other % 12) + line.lstrip()],
            "cut": [line[: there % (len(line) + 1)] + self.text],
            "line": [line, self.text if ":" in self.text else indent + self.text],
            "nest": [f"{key}: {'[{'[self.other % 2]}{value.strip()}{']}'[self.other % 2]}"],
        }[self.kind]
        return before + put + after


class Case(NamedTuple):
    """Files of a user, and the changes made on the command line."""

    text: bytes
    other: bytes
    strategy: bytes
    sets: tuple[tuple[str, str], ...]
    until: date | None
    at: tuple[date, ...]


NUMBERS: Final = st.one_of(st.floats().map(str), st.integers().map(str))
WRONG: Final = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=("C",)), max_size=5)
)
PIECES: Final = st.one_of(st.sampled_from(VALUES), NUMBERS, WRONG)
PLACES: Final = st.integers(0, 2**16)


def edits(kinds: tuple[str, ...], pieces: st.SearchStrategy[str]) -> st.SearchStrategy[Edit]:
    """Returns edits of some kinds."""
    return st.builds(Edit, st.sampled_from(kinds), PLACES, PLACES, pieces)


EDITS: Final = st.one_of(
    edits(("value",), PIECES),
    edits(("value",), st.one_of(st.sampled_from(VALUES), NUMBERS)),
    edits(("key",), st.one_of(st.sampled_from(KEYS), WRONG)),
    edits(("line",), st.one_of(st.sampled_from(LINES), st.sampled_from(REFERENCES), WRONG)),
    edits(("drop", "drop", "twice", "move", "indent", "cut", "nest"), WRONG),
)
ENCODINGS: Final = (*("utf-8",) * 80, "utf-8-sig", "utf-16", "latin-1", "utf-32")
DAMAGES: Final = st.sampled_from((*(b"",) * 40, b"\xff", b"\x00", b"\xc3", b"\r", b"\xe2\x80"))
DAYS: Final = st.one_of(
    st.dates(date(2025, 10, 20), date(2026, 6, 30)), st.sampled_from((date.min, date.max))
)


def edited(text: str, edits: list[Edit]) -> str:
    """Returns a text after some edits."""
    lines = text.splitlines()
    for edit in edits:
        lines = edit.of(lines)
    return "\n".join(lines) + "\n"


def stored(text: str, encoding: str, damage: tuple[int, bytes]) -> bytes:
    """Returns a text as bytes, some of which may be damaged."""
    raw = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    place, put = damage
    place %= len(raw) + 1
    return raw[:place] + put + raw[place + len(put) :]


CONTENTS: Final = st.builds(
    stored,
    st.builds(edited, st.sampled_from(TEXTS), st.lists(EDITS, max_size=3)),
    st.sampled_from(ENCODINGS),
    st.tuples(PLACES, DAMAGES),
)
CASES: Final = st.builds(
    Case,
    CONTENTS,
    st.one_of(st.just(b""), CONTENTS, st.sampled_from((b"extends: case.yaml\n", b"{}"))),
    st.one_of(st.just(b""), st.just(b""), CONTENTS),
    st.one_of(
        st.just(()),
        st.lists(
            st.tuples(st.sampled_from((*KEYS, "calendar.summit", "until")), PIECES), max_size=2
        ).map(tuple),
    ),
    st.one_of(st.none(), st.none(), DAYS),
    st.one_of(st.just(()), st.tuples(DAYS)),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder, with bases that lead to each other; shipped files are parsed once."""
    for level in range(10):
        (tmp_path / f"chain-{level}.yaml").write_text(f"extends: chain-{level + 1}.yaml\n", "utf-8")
    (tmp_path / "chain-10.yaml").write_text("extends: base/october-2025\n", "utf-8")
    (tmp_path / "circle.yaml").write_text("extends: case.yaml\n", "utf-8")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "folder.yaml").mkdir()
    monkeypatch.chdir(tmp_path)
    parse, shipped = compose.parse, data_root()
    parse_once = cache(parse)
    monkeypatch.setattr(
        compose, "parse", lambda p: (parse_once if p.is_relative_to(shipped) else parse)(p)
    )
    return tmp_path


def put(folder: Path, case: Case) -> None:
    """Writes the files of a case."""
    for name, content in (("case", case.text), ("other", case.other), ("us", case.strategy)):
        path = folder / f"{name}.yaml"
        path.unlink(missing_ok=True)
        if content:
            path.write_bytes(content)


def take(case: Case) -> None:
    """Resolves the scenario of a case."""
    strategies: list[Strategy] = []
    if case.strategy:
        strategies = [find_strategy("us", "us.yaml")]
    world = resolve(
        "case.yaml", sets=case.sets, until=case.until, at=case.at, strategies=strategies
    )
    assert world.start < world.until
    assert all(map(math.isfinite, world.state.values()))
    assert all(math.isfinite(parameter.value) for parameter in world.parameters.values())


def check(error: SimError) -> None:
    """Checks that an error says in sentences of a line where it is."""
    problems = error.problems if isinstance(error, ScenarioError) else ()
    for problem in problems:
        assert "\n" not in str(problem)
        assert problem.message
    assert str(error)
    assert not PYTHONS_OWN.search(str(error))


@pytest.mark.parametrize("block", blocks(300, 100_000))
def test_any_file_is_resolved_or_refused(folder: Path, block: Part) -> None:
    """Without a traceback, at once, and without a change to any file."""

    def tried(case: Case) -> None:
        put(folder, case)
        try:
            with changes() as found:
                take(case)
        except SimError as error:
            check(error)
        assert not found

    search(CASES, block, tried)
