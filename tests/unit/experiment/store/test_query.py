"""Queries: what the tables hold, what is said about them, and what a query cannot do."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import toy_engine

from sim.errors import SimError, UsageError
from sim.experiment.inputs.changes import typed_changes
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.defaults import SEED
from sim.experiment.store.results import Store
from sim.experiment.store.sql import answer
from sim.experiment.store.sql.answer import QueryTable, query
from sim.experiment.store.sql.statement import Statement
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Change
from sim.scenario.strategies import find_strategy

TOY = toy_engine.scenario()
CHANGED = replace(toy_engine.scenario(mu=2.0), changes=(Change("mu", "0", "2", "--set"),))
OTHER = replace(TOY, name="other")
MEAN = "select scenario, avg(level) from {} group by all"
HIDDEN = "dragon-and-eagle"


def ask(store: Store, sql: str) -> QueryTable:
    """Returns the answer to a query; the default seed counts as shipped."""
    return query(store, sql, SEED)


def test_a_scenario_is_shown_as_shipped_and_once(store: Store) -> None:
    """Its mean is that of its run, whatever else was stored of it: changes, seeds, drawn
    parameters, other reporting dates."""
    plain = run_batch(TOY, n=40, store=store)
    run_batch(CHANGED, n=60, store=store)
    run_batch(TOY, n=50, store=store, seed=7)
    run_batch(TOY, n=30, store=store, parameters="prior", per_vector=5)
    run_batch(replace(TOY, report_dates=(TOY.start + 3,)), n=20, store=store)

    table = ask(store, MEAN.format("outcomes"))

    assert table.rows == (("toy", pytest.approx(float(np.mean(plain.values["level"])))),)
    assert table.notes == ()
    shipped = ask(store, "select id, changes, parameters, seed from runs where shipped").rows
    assert shipped == ((plain.id, "", "fixed", SEED),)
    assert ask(store, "select count(*), scenario from paths group by all").rows == ((120, "toy"),)


def test_every_batch_is_there_under_its_columns(store: Store) -> None:
    """Changes, parameters, seed and version tell the rows of `all_outcomes` apart."""
    run_batch(TOY, n=4, store=store)
    run_batch(CHANGED, n=6, store=store)
    run_batch(TOY, n=5, store=store, seed=7)
    run_batch(TOY, n=10, store=store, parameters="prior", per_vector=5)

    table = ask(
        store,
        "select changes, parameters, seed, current, count(*) from all_outcomes group by all",
    )

    assert set(table.rows) == {
        ("", "fixed", SEED, True, 4),
        ("mu=2", "fixed", SEED, True, 6),
        ("", "fixed", 7, True, 5),
        ("", "prior", SEED, True, 10),
    }
    assert table.notes == ()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select avg(level) from outcomes", "outcomes pools 2 batches that differ in scenario: "),
        (MEAN.format("all_outcomes"), "pools 3 batches that differ in changes and seed: name "),
        ("select scenario, seed, avg(level) from all_outcomes group by all", "differ in changes:"),
        ("select avg(level) from all_outcomes where id = ''", None),
        ("select scenario, changes, seed, count(*) from all_outcomes group by all", None),
        ("select * from all_outcomes", None),
        ("describe all_outcomes", None),
        ("explain select avg(level) from outcomes", None),
        ("select avg(tension) from all_paths", "all_paths pools 4 batches"),
    ],
)
def test_pooling_unlike_batches_is_said(store: Store, sql: str, said: str | None) -> None:
    """Unless the query names what tells them apart, or shows it."""
    for resolved, seed in ((TOY, SEED), (TOY, 7), (CHANGED, SEED), (OTHER, SEED)):
        run_batch(resolved, n=4, store=store, seed=seed)
        if resolved is OTHER:
            # Equal scenarios have one id, which their names tell apart.
            assert len(store.results()) == 4

    notes = ask(store, sql).notes

    assert [said in note for note in notes] == [True] if said else notes == ()


def test_a_scenario_without_a_batch_as_shipped_is_named(store: Store) -> None:
    """An empty table would read as if nothing were stored."""
    run_batch(CHANGED, n=4, store=store)

    (note,) = ask(store, "select count(*) from outcomes").notes

    assert note == (
        "outcomes holds each scenario as shipped; of toy only other batches are stored, which are "
        "in all_outcomes"
    )


def test_of_two_batches_as_shipped_the_newest_counts(store: Store) -> None:
    """A scenario file was edited between them, and cannot be found now."""
    run_batch(TOY, n=9, store=store)
    run_batch(toy_engine.scenario(mu=1.0), n=5, store=store)

    assert ask(store, "select count(*), scenario from outcomes group by all").rows == ((5, "toy"),)


def test_all_tables_are_shown(store: Store) -> None:
    """Before any of them is read; their columns too."""
    run_batch(TOY, n=4, store=store)

    names = {row[0] for row in ask(store, "show tables").rows}
    columns = ask(
        store, "select column_name from information_schema.columns where table_name = 'outcomes'"
    ).rows

    assert names == {
        "runs", "outcomes", "paths", "events", "all_outcomes", "all_paths", "all_events",
    }  # fmt: skip
    assert ("level",) in columns
    assert {row[0] for row in ask(store, "describe outcomes").rows} >= {"level", "changes", "seed"}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select levle from outcomes", "there is no column levle; did you mean level?"),
        ("select o.kidn from outcomes o", "there is no column kidn; did you mean kind?"),
        ("select xyzzy from paths", "there is no column xyzzy; `describe paths` lists"),
        ("select 1 from outcome", "there is no table outcome; did you mean outcomes?"),
        ("select 1 from zebra", "there is no table zebra; the tables are runs, outcomes"),
        ("select avgg(level) from outcomes", 'Did you mean "avg"'),
    ],
)
def test_an_unknown_name_offers_the_nearest(store: Store, sql: str, words: str) -> None:
    """In one line."""
    run_batch(TOY, n=4, store=store)

    with pytest.raises(UsageError) as caught:
        ask(store, sql)

    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_flag_has_a_mean(store: Store) -> None:
    """A share of the runs; with filters, in other functions of numbers, and as a flag elsewhere."""
    batch = run_batch(TOY, n=50, store=store)
    hit = batch.values["hit"]

    table = ask(
        store,
        "select avg(hit), avg(hit) filter (where level > 0), stddev_pop(hit), "
        "count(*) filter (where hit) from outcomes",
    )

    share = hit.mean()
    part = hit[batch.values["level"] > 0].mean()
    assert table.rows == ((*map(pytest.approx, (share, part, hit.std())), hit.sum()),)
    assert ask(store, "select distinct hit from outcomes order by 1").rows == ((False,), (True,))


@pytest.mark.parametrize(
    "sql",
    [
        "from outcomes select count(*)",
        "with o as (select * from outcomes) select count(*) from o",
        "values (4)",
        "select 1 union all select 2 except select 3",
        "with recursive x as (select 1 as i union all select i + 1 from x where i < 3) from x",
        "with x as materialized (select 1) from x",
        "table runs",
        "summarize outcomes",
        "show outcomes",
        "explain select * from outcomes",
        "EXPLAIN\nselect 1",
        "select count(*) from range(4)",
        "/* a comment */ select 1 -- and another",
    ],
)
def test_a_statement_that_reads_is_answered(store: Store, sql: str) -> None:
    """In any of the forms the database knows."""
    run_batch(TOY, n=4, store=store)

    assert ask(store, sql).rows


ATTACKS: Sequence[str] = (
    "copy (select 1) to '{out}/x.csv'",
    "copy outcomes to '{out}/x.parquet' (format parquet)",
    "copy (select 1) to '{shard}'",
    "explain analyze copy (select 42) to '{out}/x.csv'",
    "explain analyze copy (select 42) to '{shard}'",
    "explain (analyze) copy (select 42) to '{out}/x.csv'",
    "explain analyze select 1",
    "/* */ explain analyze copy (select 42) to '{out}/x.csv'",
    "explain copy (select 42) to '{out}/x.csv'",
    "from read_csv('{secret}')",
    "from read_csv_auto('{secret}')",
    "from read_blob('{secret}')",
    "from read_text('{secret}')",
    "from READ_TEXT('{secret}')",
    "from \"read_text\"('{secret}')",
    "from main.read_text('{secret}')",
    "from system.main.read_text('{secret}')",
    "from read_json('{secret}')",
    "from read_ndjson_objects('{secret}')",
    "from read_parquet('{secret}')",
    "from parquet_scan('{secret}')",
    "from parquet_metadata('{shard}')",
    "from glob('{out}/*')",
    "from sniff_csv('{secret}')",
    "from read_duckdb('{secret}')",
    "from '{secret}'",
    'from "{secret}"',
    "from '{out}/*.csv'",
    "from '{inside}/link.csv'",
    "from '{inside}/linked/secret.csv'",
    "from read_text('{inside}/link.csv')",
    "from read_text('{inside}/linked/../../outside/secret.csv')",
    "select (select content from read_text('{secret}'))",
    "with x as (from read_text('{secret}')) from x",
    "select * from outcomes where exists (from read_text('{secret}'))",
    "from query('from read_text(''{secret}'')')",
    "from query_table('{secret}')",
    "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "describe '{secret}'",
    "summarize '{secret}'",
    "describe select * from read_text('{secret}')",
    "pivot (from read_text('{secret}')) on content",
    "from 'http://127.0.0.1:9/x.csv'",
    "from read_parquet('https://127.0.0.1:9/x.parquet')",
    "from read_csv('s3://bucket/x.csv')",
    "attach '{out}/x.db'",
    "attach '{out}/x.db' as x (type sqlite)",
    "export database '{out}/x'",
    "import database '{out}'",
    "install httpfs",
    "load httpfs",
    "load '{out}/x.duckdb_extension'",
    "set enable_external_access = true",
    "reset enable_external_access",
    "set global allowed_directories = ['/']",
    "pragma enable_profiling",
    "pragma database_list",
    "call enable_logging(storage = 'file', storage_path = '{out}/log')",
    "from enable_logging('QueryLog', storage = 'file', storage_path = '{out}/log')",
    "from enable_profiling(save_location = '{out}/profile.json')",
    "create table t as select 1",
    "create or replace view outcomes as select 1",
    "create macro m() as table from read_text('{secret}')",
    "create persistent secret s (type s3)",
    "insert into runs select * from runs",
    "with x as (insert into runs select * from runs returning *) from x",
    "with x as (delete from runs returning *) from x",
    "with x as (update runs set n = 0 returning *) from x",
    "update runs set n = 0",
    "delete from runs",
    "drop view outcomes",
    "alter table runs rename to other",
    "select 1; copy (select 1) to '{out}/x.csv'",
    "select 1 -- one\n; drop view outcomes",
    "select 1 /* ; */ ; delete from runs",
    "prepare p as select 1",
    "execute p",
    "begin",
    "checkpoint",
    "vacuum",
    "use memory",
    "comment on table runs is 'x'",
    "from store",
    "from files",
)


@pytest.fixture
def attacks(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The attacks on a store that holds a result and links to a folder outside, where they run."""
    batch = run_batch(TOY, n=4, store=store)
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / "secret.csv"
    secret.write_text(f"word\n{HIDDEN}\n")
    (store.root / "link.csv").symlink_to(secret)
    (store.root / "linked").symlink_to(outside)
    monkeypatch.chdir(outside)
    shard = batch.folder.path("outcomes", 0)
    places = {"out": outside, "secret": secret, "shard": shard, "inside": store.root}
    return [attack.format_map(places) for attack in ATTACKS]


def test_a_query_reads_and_writes_nothing_else(
    store: Store, tmp_path: Path, attacks: list[str]
) -> None:
    """It is refused in one line; no file outside is read or written, no stored file changes."""
    assert len(attacks) > 60
    before = contents(tmp_path)
    for sql in attacks:
        with pytest.raises(UsageError) as caught:
            ask(store, sql)

        assert "\n" not in str(caught.value), sql
        assert HIDDEN not in str(caught.value), sql
    assert contents(tmp_path) == before


def test_the_database_alone_refuses_it_too(
    store: Store, tmp_path: Path, attacks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a statement taken for a harmless one, the locked database would still open no file
    that the tables do not read, and write none."""
    harmless = Statement(frozenset(), frozenset(), describes=True, every=False)
    monkeypatch.setattr(answer, "read_statement", lambda *_: harmless)
    before = contents(tmp_path)
    for sql in attacks:
        try:
            shown = str(ask(store, sql).rows)
        except SimError as error:
            shown = str(error)

        assert HIDDEN not in shown, sql
    assert contents(tmp_path) == before


def test_a_cell_like_a_formula_is_text_in_csv(store: Store) -> None:
    """Texts and names of columns get an apostrophe; numbers and dates stay as they are."""
    stream = io.StringIO()

    ask(
        store,
        "select '=1+1' as a, '@x' as \"+b\", -1 as c, -1.5 as d, '-' as e, 'a=b' as f, null as g",
    ).write_csv(stream)

    assert stream.getvalue() == "a,'+b,c,d,e,f,g\n'=1+1,'@x,-1,-1.5,'-,a=b,\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Returns every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_scenario_played_by_another_strategy_is_not_as_shipped() -> None:
    """Its batch has the scenario's name, and numbers of a strategy that no file of it holds."""
    hawk = find_strategy("us", "hawk")

    assert typed_changes(resolve("october-2025-apec")) == []
    assert typed_changes(resolve("october-2025-apec", strategies=[hawk]))
    later = resolve("october-2025-apec", until=date(2026, 1, 31), at=[date(2025, 11, 3)])
    assert typed_changes(later) == ["until=2026-01-31", "at=2025-11-03"]
