"""Results that another version of the model played: read, and named as such."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import toy_engine

from sim.engine.blocks import EVENT
from sim.errors import CheckFailedError, UsageError
from sim.experiment.runs.batch import Batch, run_batch, stored_batch
from sim.experiment.runs.defaults import SEED
from sim.experiment.runs.replay import check_playable
from sim.experiment.store.checksum import file_hash
from sim.experiment.store.identity import model_version
from sim.experiment.store.manifest import DESIGN_RUNS, FILE, sealed
from sim.experiment.store.parquet import connected, quoted, read_events, write_events
from sim.experiment.store.results import Store
from sim.experiment.store.sql.answer import query

TOY = toy_engine.scenario()


def edited(batch: Batch, file: str = "manifest.json", **changes: Any) -> Batch:
    """Returns a batch after a change of one of its files."""
    path = batch.directory / file
    changed = json.loads(path.read_text()) | changes
    path.write_text(sealed(changed) if file == FILE else json.dumps(changed))
    return batch


def of_another_version(batch: Batch) -> Batch:
    """Returns a batch as another version would have left it."""
    return edited(batch, model_version="0123456789ab")


def rewrite(path: Path, replaced: str) -> None:
    """Writes a table anew with something else in some columns."""
    with connected() as database:
        table = database.read_parquet(str(path))
        kept = [name for name in table.columns if not replaced.endswith(f" AS {name}")]
        table.project(", ".join([*map(quoted, kept), replaced])).write_parquet(f"{path}.new")
    Path(f"{path}.new").replace(path)


def test_a_result_of_another_version_is_read_and_named(store: Store) -> None:
    """Its numbers are there, with the version that made them; a note says so and what to do."""
    batch = of_another_version(run_batch(TOY, n=30, store=store))
    notes: list[str] = []

    found = stored_batch(store, batch.id, notes.append)

    np.testing.assert_array_equal(found.values["kind"], batch.values["kind"])
    assert found.model_version == "0123456789ab"
    assert not found.is_current
    (note,) = notes
    assert note == (
        f"{batch.directory.name} was played by another version of the model (0123456789ab, "
        f"the current version is {model_version()}); detente run toy -n {found.n} --seed "
        f"{found.seed} simulates it again"
    )


def test_a_result_of_this_version_needs_no_note(store: Store) -> None:
    """What this version would play the same is told without a word."""
    batch = run_batch(TOY, n=30, store=store, parameters="prior", per_vector=5)

    found = stored_batch(store, batch.id, pytest.fail)

    assert found.is_current
    assert found.model_version == model_version()


@pytest.mark.parametrize(("parameters", "current"), [("fixed", True), ("prior", False)])
def test_parameters_drawn_in_another_way_are_of_another_version(
    store: Store, parameters: str, current: bool
) -> None:
    """How they are drawn is no part of the model, and matters only where they are."""
    batch = run_batch(TOY, n=30, store=store, parameters=parameters, per_vector=5)

    edited(batch, drawing_version="01234567")

    assert store.find(batch.id).is_current is current
    assert stored_batch(store, batch.id, lambda text: None).is_current is current


def test_points_of_a_design_bring_their_parameters(store: Store) -> None:
    """How parameters are drawn makes no design one of another version; the model does."""
    batch = run_batch(TOY, n=30, store=store, parameters="prior", per_vector=5)
    shutil.copytree(batch.directory, store.root / "toy-design-0a" / DESIGN_RUNS)
    for changes, current in (({"drawing_version": "0"}, True), ({"model_version": "0"}, False)):
        edited(replace(batch, directory=store.root / "toy-design-0a" / DESIGN_RUNS), **changes)
        assert store.designs()[0].is_current is current


def test_a_result_with_other_outcomes_is_refused_with_a_way_out(store: Store) -> None:
    """Pages need every outcome there is now, and know no other; the table can be read as it is."""
    batch = of_another_version(run_batch(TOY, n=30, store=store))
    names = [column.name for column in toy_engine.COLUMNS]
    for columns, words in (
        ([*names, "glory"], "holds 'glory', which this one does not know"),
        (names[1:], "lacks 'level'"),
    ):
        edited(batch, columns=columns)
        with pytest.raises(UsageError, match="another version of the model") as caught:
            stored_batch(store, batch.id)
        assert words in str(caught.value)
        assert f"results show {batch.directory.name} --csv" in str(caught.value)
        assert "the command that made it simulates it again" in str(caught.value)


@pytest.mark.parametrize("damage", ["", "[]", '{"parameters": 3}'])
def test_a_scenario_that_cannot_be_read_is_refused_with_its_reason(
    store: Store, damage: str
) -> None:
    """Written by another version, or damaged: no fault of the program."""
    batch = run_batch(TOY, n=30, store=store)
    (batch.directory / "scenario.json").write_text(damage)

    with pytest.raises(UsageError, match=r"scenario\.json is damaged; the command that made it"):
        stored_batch(store, batch.id)
    edited(batch, scenario_sha256=None)
    with pytest.raises(UsageError, match=r"scenario\.json cannot be read .* it is damaged"):
        stored_batch(store, batch.id)
    of_another_version(batch)
    with pytest.raises(UsageError, match="another version of the model wrote it"):
        stored_batch(store, batch.id)


def test_a_class_this_version_does_not_know_is_no_failed_run(store: Store) -> None:
    """Its code would be that of a run that failed."""
    batch = run_batch(TOY, n=30, store=store)
    shard = batch.folder.path("outcomes", 0)
    rewrite(shard, "replace(kind, 'b', 'better') AS kind")
    shards = {"outcomes": {shard.name: {"rows": 30, "sha256": file_hash(shard)}}}
    edited(batch, shards=shards)
    found = stored_batch(store, batch.id)

    with pytest.raises(UsageError, match="a class of kind which this version does not know"):
        found.values["kind"]


def test_an_event_this_version_does_not_know_is_named(tmp_path: Path) -> None:
    """Its words have no code here."""
    path = tmp_path / "toy-0a" / "events" / "000000.parquet"
    write_events(path, np.zeros(3, EVENT), 1)
    assert len(read_events([path], 1)) == 3

    rewrite(path, "'surrender' AS act")

    with pytest.raises(UsageError, match=r"toy-0a holds the event 'surrender' which this version"):
        read_events([path], 1)


def test_what_another_version_played_of_a_batch_is_found(store: Store) -> None:
    """The same scenario, seed and way of drawing; not once this version has played its own."""
    batch = run_batch(TOY, n=30, store=store)
    old = batch.directory.rename(store.root / "toy-0000000000")
    assert store.played_by_another_version(TOY, batch.seed, 0) is None
    edited(replace(batch, directory=old), model_version="0123456789ab")

    found = store.played_by_another_version(TOY, batch.seed, 0)

    assert found is not None
    assert found.directory == old
    assert store.played_by_another_version(TOY, batch.seed + 1, 0) is None
    assert store.played_by_another_version(TOY, batch.seed, 20) is None
    other = replace(TOY, until=TOY.until + 1)
    assert store.played_by_another_version(other, batch.seed, 0) is None
    run_batch(TOY, n=30, store=store)
    assert store.played_by_another_version(TOY, batch.seed, 0) is None


def test_a_query_tells_which_results_are_of_this_version(store: Store) -> None:
    """Runs of two versions side by side would be taken for one."""
    of_another_version(run_batch(TOY, n=30, store=store))
    run_batch(TOY, n=30, store=store, seed=7)

    rows = query(store, "select current, model_version from runs order by current", SEED).rows

    assert rows == ((False, "0123456789ab"), (True, model_version()))


def test_a_scenario_with_other_parameters_is_not_played_again(store: Store) -> None:
    """Those this version does not know cannot be set, those it adds would be 0."""
    batch = run_batch(TOY, n=30, store=store)
    check_playable(stored_batch(store, batch.id))
    of_another_version(batch)

    with pytest.raises(
        CheckFailedError, match=r"has 'fails', which .* detente run toy -n .* simulates it again"
    ):
        check_playable(stored_batch(store, batch.id, lambda text: None))
