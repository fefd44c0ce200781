"""Hostile queries, manifests and shards: an answer or one sentence, and nothing else touched."""

from __future__ import annotations

import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import toy_engine
from hypothesis import strategies as st
from readers import READERS, Sentence, answers
from search import CASES, search

from sim.errors import SimError
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.defaults import SEED
from sim.experiment.store.checksum import file_hash
from sim.experiment.store.manifest import FILE, sealed
from sim.experiment.store.parquet import connected, quoted
from sim.experiment.store.results import Store
from sim.experiment.store.sql.answer import query
from sim.report.answers.store import QueryAnswer, StoreAnswer
from sim.report.page import render

TOY = toy_engine.scenario(fails=3.0)
ODD: Final = "odd-0123456789"

# --------------------------------------------------------------------------------------- queries

TEXT: Final = """
select from where group by all order limit outcomes all_outcomes paths events runs level hit kind
day replicate seed changes count(*) avg( sum( null true = < and or not in exists union except with
as describe show tables summarize explain analyze copy to 'x.csv' insert into drop view attach set
pragma call ( ( ( ) ) , ; ' " -- /* */ * [1,2] {'a':1} ::date ::varchar ::blob ::json interval 1 -1
infinity 1e308 over ( 9223372036854775807 range(3) unnest( read_text('/etc/passwd') glob('*') $1 ? @
# ` ~ \\ é 多 \x01 lambda using join on lateral pivot values recursive filter (
"""

WORDS: Final = re.findall(r"\S+", TEXT)

EXPRESSIONS: Final = (
    "level", "hit", "kind", "day", "wait", "failure", "changes", "id", "levle", "1/0", "-0.0",
    "'nan'::double", "'infinity'::date", "date '290000-01-01'", "'-infinity'::timestamp",
    "avg(hit)", "avg(level)", "sum(level)", "list(kind)", "histogram(kind)", "count(*)", "hit::int",
    "{'a': level}", "map([1], [level])", "interval 1 month", "level::decimal(38, 10)", "kind::blob",
    "uuid()", "'=1'", "time '10:00'", "[level, null]", "row_number() over ()", "2::hugeint ** 99",
    "union_value(a := level)", "'1 day'::interval * 999999", "timestamptz '2025-01-01 00:00+00'",
)  # fmt: skip

TABLES: Final = (
    "outcomes", "all_outcomes", "paths", "all_paths", "events", "runs", "outcome", "range(3)",
    "(values (1)) v(level)", "outcomes join runs using (id)", "'/etc/passwd'", "read_text('/etc')",
)  # fmt: skip

CLAUSES: Final = ("", "where level > 0", "group by all", "order by 1", "limit 2", "where hit", "x")


def texts() -> st.SearchStrategy[str]:
    """Queries that are well formed, nearly so, or not at all."""
    formed = st.builds(
        lambda names, table, clause: " ".join(("select", ", ".join(names), "from", table, clause)),
        st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=3),
        st.sampled_from(TABLES),
        st.sampled_from(CLAUSES),
    )
    words = st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join)
    nested = st.builds(
        lambda depth, sign: "select " + sign * depth + "1",
        st.integers(1, 5000),
        st.sampled_from("([{"),
    )
    wrapped = st.builds(
        str.format, st.sampled_from(("explain {}", "describe {}", "with q as ({}) from q")), formed
    )
    return st.one_of(formed, formed, words, wrapped, st.text(max_size=40), nested)


def asked(store: Store, sql: str) -> QueryAnswer | str:
    """Returns the answer to a query, or the sentence that refuses it."""
    try:
        return QueryAnswer(query(store, sql, SEED))
    except SimError as error:
        return str(error)


@pytest.mark.parametrize("cases", CASES)
def test_any_text_is_answered_or_refused_in_a_line(
    store: Store, cases: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer can be shown as a page, JSON and CSV; no file is read, made or changed."""
    run_batch(TOY, n=6, store=store)
    run_batch(replace(TOY, name="other"), n=3, store=store, seed=5, events=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    before = contents(tmp_path)

    def check(sql: str) -> None:
        answer = asked(store, sql)
        if isinstance(answer, str):
            assert "\n" not in answer
            assert "root:" not in answer
            return
        render(answer.page())
        json.dumps(answer.to_json(), allow_nan=False)
        answer.write_csv(io.StringIO())

    search(texts(), cases, check)

    assert contents(tmp_path) == before


# ------------------------------------------------------------------------------------- manifests

JSON: Final = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(-(10**30), 10**30),
        st.floats(),
        st.text(max_size=20),
        st.sampled_from(["", "0001-01-01T00:00:00+23:59", "../../x", "9999-12-31T23:59:59-12:00"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@st.composite
def manifests(draw: st.DrawFn, sound: dict[str, Any]) -> bytes:
    """Manifests with a few values replaced, removed or added, sealed or not; or broken text."""
    manifest = json.loads(json.dumps(sound))
    for _ in range(draw(st.integers(1, 3))):
        holder = manifest
        key = draw(st.sampled_from(sorted(holder)))
        while isinstance(holder[key], dict) and holder[key] and draw(st.booleans()):
            holder = holder[key]
            key = draw(st.sampled_from(sorted(holder)))
        if draw(st.integers(0, 4)):
            holder[key] = draw(JSON)
        elif holder is not manifest or len(holder) > 1:
            del holder[key]
    text = sealed(manifest) if draw(st.booleans()) else json.dumps(manifest)
    raw = text.encode()
    if draw(st.integers(0, 3)) == 0:
        cut = draw(st.integers(0, len(raw)))
        raw = raw[:cut] + draw(st.binary(max_size=8)) + raw[cut + draw(st.integers(0, 8)) :]
    return raw


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize("kind", ["result", "design"])
def test_one_odd_manifest_spoils_no_other_result(store: Store, cases: int, kind: str) -> None:
    """Lists and queries go on; the odd folder is read, or set aside in a line."""
    batch = run_batch(TOY, n=6, store=store)
    home = store.root / ODD
    odd = home / "runs" if kind == "design" else home
    shutil.copytree(batch.directory, odd)
    sound = json.loads((odd / FILE).read_text())

    def check(raw: bytes) -> None:
        (odd / FILE).write_bytes(raw)
        aside = store.set_aside()
        answer = StoreAnswer(store.root, *map(tuple, (store.results(), store.designs(), aside)))
        render(answer.page())
        json.dumps(answer.to_json(), allow_nan=False)
        assert batch.directory.name in {stored.name for stored in store.results()}
        assert all("\n" not in found.sentence for found in aside)
        assert isinstance(asked(store, "select * from runs"), QueryAnswer)
        counted = asked(store, "select count(*) from all_outcomes")
        if isinstance(counted, QueryAnswer):
            assert counted.table.rows[0][0] >= 6
        else:
            # Its manifest is sound, and speaks of shards that are not there.
            assert str(odd) in counted
            assert not aside
        shown = READERS["show"] if kind == "result" else READERS["list"]
        try:
            shown(store, ODD)
        except SimError as error:
            assert "\n" not in str(error)  # noqa: PT017 - it may also be shown

    search(manifests(sound), cases // 2, check)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0", b"[" * 100_000, b'{"a":' * 100_000, b"{}", b"null", b"9" * 10_000, b"\xff\xfe{}"],
)
def test_a_text_that_is_no_manifest_is_set_aside(store: Store, raw: bytes) -> None:
    """Empty, deep, endless or of another kind."""
    batch = run_batch(TOY, n=6, store=store)
    (store.root / ODD).mkdir()
    (store.root / ODD / FILE).write_bytes(raw)

    (aside,) = store.set_aside()

    assert [stored.id for stored in store.results()] == [batch.id]
    assert aside.reason.startswith(f"{store.root / ODD / FILE} is damaged (")
    assert len(aside.reason) < 500


# ---------------------------------------------------------------------------------------- shards


@st.composite
def damages(draw: st.DrawFn, size: int) -> tuple[str, int, int, bytes]:
    """Damages of a file: the kind, two places, and bytes to put there."""
    kind = draw(st.sampled_from(["cut", "write", "insert", "remove", "empty"]))
    first, second = sorted(draw(st.tuples(st.integers(0, size), st.integers(0, size))))
    return kind, first, second, draw(st.binary(min_size=1, max_size=16))


def damaged(whole: bytes, damage: tuple[str, int, int, bytes]) -> bytes:
    """Returns the content of a file after a damage."""
    kind, first, second, added = damage
    return {
        "cut": whole[:first],
        "write": whole[:first] + added + whole[first + len(added) :],
        "insert": whole[:first] + added + whole[first:],
        "remove": whole[:first] + whole[second:],
        "empty": b"",
    }[kind]


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize("table", ["outcomes", "paths"])
def test_a_damaged_shard_is_named(store: Store, cases: int, table: str) -> None:
    """By every reader that needs it; the others answer as before."""
    batch = run_batch(TOY, n=6, store=store)
    name, file = batch.directory.name, batch.folder.path(table, 0)
    whole, expected = file.read_bytes(), answers(store, batch.directory.name)

    def check(damage: tuple[str, int, int, bytes]) -> None:
        content = damaged(whole, damage)
        file.write_bytes(content)
        for reader, answer in answers(store, name).items():
            if isinstance(answer, Sentence):
                assert content != whole
                assert f"{file} is damaged; " in answer[0]
            else:
                assert answer == expected[reader]

    search(damages(len(whole)), cases // 4, check)


@st.composite
def strange_columns(draw: st.DrawFn, names: list[str]) -> tuple[list[str], str]:
    """Columns of a table of another shape, and which of its rows."""
    kept = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    forms = (
        "{0}",
        "{0}::varchar AS {0}",
        "NULL AS {0}",
        "[{0}] AS {0}",
        "'x' AS {0}",
        "1e300 AS {0}",
    )
    selected = [draw(st.sampled_from(forms)).format(quoted(name)) for name in kept]
    return selected, draw(st.sampled_from(["true", "false", "replicate > 2", "replicate = 1"]))


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize("table", ["outcomes", "paths"])
def test_a_table_of_another_shape_is_no_traceback(store: Store, cases: int, table: str) -> None:
    """Someone wrote it, and its hash into a sealed manifest."""
    batch = run_batch(TOY, n=6, store=store)
    name, file = batch.directory.name, batch.folder.path(table, 0)
    spare = file.with_suffix(".spare")
    shutil.copy(file, spare)
    manifest = json.loads((batch.directory / FILE).read_text())
    with connected() as database:
        names = database.read_parquet(str(spare)).columns

        def check(strange: tuple[list[str], str]) -> None:
            selected, rows = strange
            source = database.read_parquet(str(spare)).filter(rows)
            source.project(", ".join(selected)).write_parquet(str(file))
            manifest["shards"][table][file.name]["sha256"] = file_hash(file)
            (batch.directory / FILE).write_text(sealed(manifest))
            for answer in answers(store, name).values():
                if isinstance(answer, Sentence):
                    assert all("\n" not in text for text in answer)

        search(strange_columns(names), cases // 5, check)


def contents(folder: Path) -> dict[str, bytes]:
    """Returns every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
