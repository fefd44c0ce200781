"""The store: names, finding, removing, refusing, and questions in SQL."""

from __future__ import annotations

import csv
import io
import json
import resource
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import toy_engine

from sim.errors import NotFoundError, UsageError
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.defaults import SEED
from sim.experiment.store import disk, folder
from sim.experiment.store.identity import folder_name, run_id
from sim.experiment.store.parquet import connected
from sim.experiment.store.results import Store
from sim.experiment.store.sql.answer import QueryTable
from sim.experiment.store.sql.answer import query as asked
from sim.scenario.resolved_scenario import Change

TOY = toy_engine.scenario()


def query(store: Store, sql: str) -> QueryTable:
    """Returns the answer to a query; the default seed counts as shipped."""
    return asked(store, sql, SEED)


def test_an_id_depends_on_what_determines_runs_and_on_nothing_else() -> None:
    """Scenario, seed, mode and group size change the id; the question and the origins do not."""
    base = run_id(TOY, 1, 0)
    different = [
        run_id(toy_engine.scenario(mu=0.1), 1, 0),
        run_id(TOY, 2, 0),
        run_id(TOY, 1, 20),
        run_id(TOY, 1, 10),
        run_id(toy_engine.fixed(TOY, "mu"), 1, 20),
    ]
    same = [
        run_id(replace(TOY, question="Really?", origins={"mu": "a:1"}), 1, 0),
        run_id(toy_engine.fixed(TOY, "mu"), 1, 0),
    ]

    assert len({base, *different}) == 6
    assert {base} == set(same)
    assert len(base) == 10


def test_a_scenario_name_cannot_lead_out_of_the_folder() -> None:
    """Signs that mean something to a file system are replaced."""
    assert folder_name("../../etc/passwd", "0a") == "etc-passwd-0a"
    assert folder_name("..", "0a") == "scenario-0a"
    assert folder_name("october-2025-apec", "0a") == "october-2025-apec-0a"


def test_results_are_found_by_name_id_beginning_and_age(store: Store) -> None:
    """Every way to call a result leads to it; what leads nowhere or to two is not found."""
    first = run_batch(TOY, n=5, store=store)
    second = run_batch(TOY, n=5, store=store, seed=7)

    assert store.find(first.directory.name).directory == first.directory
    assert store.find(second.id[:6]).n == 5
    assert store.find(f"{store.root}/{first.directory.name}/").id == first.id
    assert {store.find("@latest").id, store.find("@1").id} == {first.id, second.id}
    for reference, message in (
        ("toy", "matches 2"),
        ("nothing", "no result"),
        ("toys" + first.directory.name[3:], f"did you mean {first.directory.name}"),
        ("@2", "holds 2"),
        ("@newest", "holds 2"),
    ):
        with pytest.raises(NotFoundError, match=message):
            store.find(reference)


def test_results_are_listed_and_removed(store: Store) -> None:
    """A removed result is gone with its files, and only it."""
    gone = run_batch(TOY, n=5, store=store)
    kept = run_batch(TOY, n=5, store=store, seed=7)

    store.remove(gone.id)

    assert not gone.directory.exists()
    assert [stored.id for stored in store.results()] == [kept.id]


def test_an_empty_store_lists_nothing(store: Store) -> None:
    """A folder that does not exist holds no results."""
    assert store.results() == []


def test_the_scenario_of_a_result_comes_back_whole(store: Store) -> None:
    """`scenario.json` is enough to play the result again."""
    batch = run_batch(TOY, n=5, store=store)

    resolved = store.find(batch.id).resolved()

    assert resolved == TOY


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000, "a\0b"])
def test_a_folder_that_cannot_exist_is_refused(name: str) -> None:
    """By every reader too, in a sentence, whatever the system says of its name."""
    with pytest.raises(UsageError, match=r"^results folder a.* cannot be used: .*--results DIR"):
        Store(name)


@pytest.mark.parametrize("place", ["file/results", "file", "/proc/results"])
def test_an_unwritable_folder_is_refused_before_anything_is_played(
    store: Store, tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the folder and the way out, and nothing is written."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr("sim.experiment.runs.batch.run_block", pytest.fail)

    with pytest.raises(UsageError, match=r"cannot be written.*--results DIR"):
        run_batch(TOY, n=5, store=Store(tmp_path / place))

    assert (tmp_path / "file").read_text() == "in the way"


def test_a_limit_on_file_size_is_found_before_anything_is_played(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quota that the free space does not show is met by the probe, not by the first shard."""
    monkeypatch.setattr("sim.experiment.runs.batch.run_block", pytest.fail)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(UsageError, match="File too large"):
            run_batch(TOY, n=5, store=store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert not store.root.exists()


def test_a_full_disk_is_refused_before_anything_is_played(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too little room is told in megabytes, and nothing is written."""
    usage = SimpleNamespace(total=10, used=10, free=4096)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage)

    with pytest.raises(UsageError, match=r"is full: these runs may need 1 MB"):
        run_batch(TOY, n=5, store=store)

    assert not store.root.exists()


def test_a_disk_that_fills_up_on_the_way_is_a_usage_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is finished stays, the rest is told of, no half file is left."""
    full = folder.parquet.write_paths

    def fill(target: Path, *rest: object) -> None:
        if target.name == "000001.parquet":
            raise OSError(28, "No space left on device")
        full(target, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(folder.parquet, "write_paths", fill)

    with pytest.raises(UsageError, match="No space left on device"):
        run_batch(TOY, n=1500, store=store, workers=1)

    (stored,) = store.results()
    assert stored.n == 1000
    assert not list(store.root.rglob("*.tmp"))


def test_a_cached_result_is_read_from_a_folder_that_cannot_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there needs no permission to write."""
    run_batch(TOY, n=5, store=store)
    monkeypatch.setattr(disk.tempfile, "TemporaryFile", pytest.fail)

    assert run_batch(TOY, n=5, store=store).reused == 5


def test_a_path_the_database_would_expand_is_refused() -> None:
    """A folder with a star in its name is told of rather than not found."""
    with pytest.raises(UsageError, match=r"\* \? \["):
        Store("results*")


def test_a_shard_that_vanishes_while_it_is_needed_is_a_usage_error(store: Store) -> None:
    """Reading a result whose files went away tells how to get them back."""
    batch = run_batch(TOY, n=5, store=store)
    shutil.rmtree(batch.directory / "outcomes")

    with pytest.raises(UsageError, match=r"000000\.parquet is missing; the command that made it"):
        batch.values["level"]


def test_csv_holds_a_line_a_run(store: Store) -> None:
    """The export has a header, text for classes, ISO days, and nothing where nothing applies."""
    batch = run_batch(TOY, n=1003, store=store, workers=1)
    stream = io.StringIO()

    store.find(batch.id).write_csv(stream)

    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert len(rows) == 1003
    assert list(rows[0])[:2] == ["replicate", "seed"]
    labels = ("a", "b", "c")
    assert [row["kind"] for row in rows] == [labels[code] for code in batch.values["kind"]]
    for row, day in zip(rows, batch.values["day"], strict=True):
        expected = "" if np.isnan(day) else date.fromordinal(int(day)).isoformat()
        assert row["day"] == expected


def test_outcomes_can_be_asked_across_results(store: Store) -> None:
    """The table `all_outcomes` holds all shards of all results with scenario and id."""
    one = run_batch(TOY, n=1200, store=store, workers=1)
    two = run_batch(TOY, n=10, store=store, parameters="prior", per_vector=5)

    table = query(
        store, "select id, count(*) as n, avg(level), max(vector) from all_outcomes group by all"
    )

    assert table.columns == ("id", "n", 'avg("level")', "max(vector)")
    found = {row[0]: row[1:] for row in table.rows}
    assert found[one.id] == (1200, pytest.approx(float(np.mean(one.values["level"]))), None)
    assert found[two.id][0] == 10
    assert found[two.id][2] == 1


def test_what_does_not_apply_is_null_and_failures_tell_why(store: Store) -> None:
    """Missing values are NULL, flags of failed runs too, and `failure` holds the reason."""
    batch = run_batch(toy_engine.scenario(fails=3.0), n=10, store=store)

    nulls = query(store, "select count(*) from outcomes where wait is null").rows[0][0]
    failed = query(store, "select hit, kind, level, failure from outcomes where failed").rows

    assert nulls == np.isnan(batch.values["wait"]).sum()
    assert failed == ((None, None, None, ": ".join(toy_engine.FAILED)),)


def test_a_shard_of_failures_alone_has_the_types_of_any_other(store: Store) -> None:
    """A column no run has a value of is still text, a date or a number."""
    question = (
        "select typeof(kind), typeof(day), typeof(wait), typeof(failure) from read_parquet(?)"
    )
    failed = run_batch(toy_engine.scenario(fails=0.0), n=1, store=store)
    played = run_batch(TOY, n=1, store=store)

    with connected() as connection:
        types = [
            connection.execute(question, [str(batch.folder.path("outcomes", 0))]).fetchone()
            for batch in (failed, played)
        ]

    assert types == [("VARCHAR", "DATE", "DOUBLE", "VARCHAR")] * 2


def test_paths_can_be_asked_by_week(store: Store) -> None:
    """The table `paths` has a row a run and week."""
    run_batch(TOY, n=4, store=store)

    rows = query(store, "select week, count(*) from paths group by week order by week").rows

    start = date.fromordinal(toy_engine.DAY)
    assert rows == tuple((start + timedelta(days=7 * i), 4) for i in range(3))


def test_runs_tell_what_was_changed(store: Store) -> None:
    """The table `runs` has a row a result with the inputs that were changed."""
    changed = replace(TOY, changes=(Change("mu", "0", "1", "--set"),))
    batch = run_batch(changed, n=4, store=store)

    table = query(store, "select scenario, id, n, seed, parameters, changes, created from runs")

    (row,) = table.to_json()["rows"]
    assert row[:6] == ["toy", batch.id, 4, batch.seed, "fixed", "mu=1"]
    assert row[6][:2] == "20"
    json.dumps(table.to_json(), allow_nan=False)


def test_an_empty_store_answers_with_no_rows(store: Store) -> None:
    """Questions before the first result have an empty answer, not an error."""
    assert query(store, "select scenario from outcomes").rows == ()
    assert query(store, "select count(*) from runs").rows == ((0,),)


@pytest.mark.parametrize(
    "sql",
    [
        "copy (select 1) to 'x.csv'",
        "select 1; select 2",
        "create table t as select 1",
        "attach 'x.db'",
        "",
        "selec 1",
        "select nothing from runs",
    ],
)
def test_nothing_but_one_select_is_answered(
    store: Store, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything that writes, is two questions or none, or is wrong is told in one line."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match="query: ") as caught:
        query(store, sql)

    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_an_answer_prints_as_csv(store: Store) -> None:
    """The answer to a question can be saved as CSV."""
    stream = io.StringIO()

    query(store, "select 1 as a, 'x' as b").write_csv(stream)

    assert stream.getvalue() == "a,b\n1,x\n"
