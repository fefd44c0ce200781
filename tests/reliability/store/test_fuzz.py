"""Hostile queries, manifests and shards: an answer or one sentence, and nothing else touched."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb
import pytest
import toy_engine
from hypothesis import strategies as st
from readers import READERS, Sentence, answer, answers

from sim.errors import SimError
from sim.experiment.bench.studies import bench_of
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.defaults import SEED
from sim.experiment.store.checksum import file_hash
from sim.experiment.store.manifest import FILE, sealed
from sim.experiment.store.parquet import connected, quoted
from sim.experiment.store.results import Store
from sim.experiment.store.sql.answer import query
from sim.report.answers.store import QueryAnswer, StoreAnswer
from sim.report.page import render
from tests.reliability.search import Part, blocks, search
from tests.reliability.watch import changes

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


@pytest.mark.parametrize("block", blocks(80, 10_000, 20))
def test_any_text_is_answered_or_refused_in_a_line(
    store: Store, block: Part, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer can be shown as a page, JSON and CSV; no file is read, made or changed."""
    run_batch(TOY, n=6, store=store)
    run_batch(replace(TOY, name="other"), n=3, store=store, seed=5, events=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    before = contents(tmp_path)

    def check(sql: str) -> None:
        told = asked(store, sql)
        if isinstance(told, str):
            assert "\n" not in told
            assert "root:" not in told
            return
        render(told.page())
        json.dumps(told.to_json(), allow_nan=False)
        told.write_csv(io.StringIO())

    search(texts(), block, check)

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


def check_list(store: Store, odd: Path, sound: str) -> None:
    """The list shows the sound result, and says in a line what is set aside."""
    aside = store.set_aside()
    told = StoreAnswer(bench_of(store, "date", None))
    render(told.page())
    json.dumps(told.to_json(), allow_nan=False)
    assert sound in {stored.name for stored in store.results()}
    assert all("\n" not in found.sentence for found in aside)


def check_runs(store: Store, odd: Path, sound: str) -> None:
    """A query that needs no shard is answered."""
    assert isinstance(asked(store, "select * from runs"), QueryAnswer)


def check_count(store: Store, odd: Path, sound: str) -> None:
    """A query counts the runs of the sound result at least, or names the odd one."""
    counted = asked(store, "select count(*) from all_outcomes")
    if isinstance(counted, QueryAnswer):
        assert counted.table.rows[0][0] >= 6
    else:
        # Its manifest is sound, and speaks of shards that are not there.
        assert str(odd) in counted
        assert not store.set_aside()


def check_show(store: Store, odd: Path, sound: str) -> None:
    """The odd result is shown, or refused in a line."""
    shown = answer(store, ODD, "show" if odd.name == ODD else "list")
    assert not isinstance(shown, Sentence) or all("\n" not in text for text in shown)


QUESTIONS: Final = (check_list, check_runs, check_count, check_show)


@pytest.mark.parametrize("block", blocks(60, 5_000, 20))
@pytest.mark.parametrize("kind", ["result", "design"])
def test_one_odd_manifest_spoils_no_other_result(store: Store, block: Part, kind: str) -> None:
    """Lists and queries go on; the odd folder is read, or set aside in a line."""
    batch = run_batch(TOY, n=6, store=store)
    home = store.root / ODD
    odd = home / "runs" if kind == "design" else home
    shutil.copytree(batch.directory, odd)
    sound = json.loads((odd / FILE).read_text())

    def check(case: tuple[bytes, Callable[[Store, Path, str], None]]) -> None:
        raw, question = case
        (odd / FILE).write_bytes(raw)
        with changes() as found:
            question(store, odd, batch.directory.name)
        assert not found

    search(st.tuples(manifests(sound), st.sampled_from(QUESTIONS)), block, check)


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


PLACES: Final = st.integers(0, 2**24)
DAMAGES: Final = st.tuples(
    st.sampled_from(["cut", "write", "insert", "remove", "empty"]),
    PLACES,
    PLACES,
    st.binary(min_size=1, max_size=16),
)
"""Damages of a file: the kind, two places, and bytes to put there."""

TABLES_KEPT: Final = ("outcomes", "paths")


def damaged(whole: bytes, damage: tuple[str, int, int, bytes]) -> bytes:
    """Returns the content of a file after a damage."""
    kind, *places, added = damage
    first, second = sorted(place % (len(whole) + 1) for place in places)
    return {
        "cut": whole[:first],
        "write": whole[:first] + added + whole[first + len(added) :],
        "insert": whole[:first] + added + whole[first:],
        "remove": whole[:first] + whole[second:],
        "empty": b"",
    }[kind]


@pytest.mark.parametrize("block", blocks(80, 6_000, 20))
def test_a_damaged_shard_is_named(store: Store, block: Part) -> None:
    """By every reader that needs it; the others answer as before."""
    batch = run_batch(TOY, n=6, store=store)
    name = batch.directory.name
    files = {table: batch.folder.path(table, 0) for table in TABLES_KEPT}
    whole = {table: file.read_bytes() for table, file in files.items()}
    expected = answers(store, name)

    def check(case: tuple[str, tuple[str, int, int, bytes], str]) -> None:
        table, damage, reader = case
        content = damaged(whole[table], damage)
        files[table].write_bytes(content)
        with changes() as found:
            told = answer(store, name, reader)
        files[table].write_bytes(whole[table])
        assert not found
        if isinstance(told, Sentence):
            assert content != whole[table]
            assert f"{files[table]} is damaged; " in told[0]
        else:
            assert told == expected[reader]

    search(
        st.tuples(st.sampled_from(TABLES_KEPT), DAMAGES, st.sampled_from(list(READERS))),
        block,
        check,
    )


FORMS: Final = (
    "{0}", "{0}::varchar AS {0}", "NULL AS {0}", "[{0}] AS {0}", "'x' AS {0}", "1e300 AS {0}",
)  # fmt: skip


class Shape(NamedTuple):
    """Another shape of a table: its columns, and which of its rows."""

    table: str
    columns: list[str]
    rows: str


@st.composite
def shapes(draw: st.DrawFn, names: dict[str, list[str]]) -> Shape:
    """Draws a shape of a table that has these columns."""
    table = draw(st.sampled_from(TABLES_KEPT))
    kept = draw(st.lists(st.sampled_from(names[table]), min_size=1, unique=True))
    columns = [draw(st.sampled_from(FORMS)).format(quoted(name)) for name in kept]
    rows = draw(st.sampled_from(["true", "false", "replicate > 2", "replicate = 1"]))
    return Shape(table, columns, rows)


@pytest.mark.parametrize("block", blocks(60, 4_000, 20))
def test_a_table_of_another_shape_is_no_traceback(store: Store, block: Part) -> None:
    """Someone wrote it, and its hash into a sealed manifest."""
    batch = run_batch(TOY, n=6, store=store)
    name, home = batch.directory.name, batch.directory / FILE
    files = {table: batch.folder.path(table, 0) for table in TABLES_KEPT}
    whole = {path: path.read_bytes() for path in (home, *files.values())}
    for file in files.values():
        shutil.copy(file, file.with_suffix(".spare"))
    with connected() as database:

        def spare(table: str) -> duckdb.DuckDBPyRelation:
            return database.read_parquet(str(files[table].with_suffix(".spare")))

        def check(case: tuple[Shape, str]) -> None:
            shape, reader = case
            file = files[shape.table]
            table = spare(shape.table).filter(shape.rows).project(", ".join(shape.columns))
            table.write_parquet(str(file))
            manifest = json.loads(whole[home])
            manifest["shards"][shape.table][file.name]["sha256"] = file_hash(file)
            home.write_text(sealed(manifest))
            told = answer(store, name, reader)
            for path, content in whole.items():
                path.write_bytes(content)
            assert not isinstance(told, Sentence) or all("\n" not in text for text in told)

        names = {table: spare(table).columns for table in TABLES_KEPT}
        search(st.tuples(shapes(names), st.sampled_from(list(READERS))), block, check)


def contents(folder: Path) -> dict[str, bytes]:
    """Returns every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
