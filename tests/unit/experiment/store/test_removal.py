"""Removing, leftovers and long names: nothing is removed but what was named in full."""

from __future__ import annotations

import errno
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import toy_engine

from sim.errors import NotFoundError, SimError, UsageError
from sim.experiment.runs.batch import Batch, run_batch, stored_batch
from sim.experiment.store import parquet
from sim.experiment.store.disk import unwritable
from sim.experiment.store.folder import Folder
from sim.experiment.store.manifest import DESIGN_RUNS
from sim.experiment.store.results import Store

TOY = toy_engine.scenario()


@pytest.mark.parametrize(
    "reference",
    ["", ".", "..", "/", "./", "//", "../", "*", "?", "t", "toy", "toy-", "../results", "runs",
     "@", "@7", "@-1", "@latest/..", " "],
)  # fmt: skip
def test_only_a_full_name_is_removed(store: Store, reference: str) -> None:
    """Nothing, a place or the beginning of a name is refused, though there is but one result."""
    batch = run_batch(TOY, n=5, store=store)
    (store.root / "notes").mkdir()

    with pytest.raises(NotFoundError) as caught:
        store.remove(reference)

    assert "\n" not in str(caught.value)
    assert stored_batch(store, batch.id).n == 5
    assert (store.root / "notes").is_dir()


@pytest.mark.parametrize("reference", ["", ".", "..", "/"])
def test_no_name_finds_no_result(store: Store, reference: str) -> None:
    """Every name begins with nothing."""
    run_batch(TOY, n=5, store=store)

    with pytest.raises(NotFoundError, match="no result"):
        store.find(reference)


def test_the_beginning_of_a_name_is_said_to_be_one(store: Store) -> None:
    """The message shows the full names."""
    batch = run_batch(TOY, n=5, store=store)

    with pytest.raises(NotFoundError, match=f"only the beginning of {batch.directory.name}"):
        store.remove(batch.directory.name[:-2])


def test_a_result_is_removed_by_name_path_id_and_age(store: Store) -> None:
    """In each of the ways that name one result alone."""
    for way in ("name", "path", "id", "age"):
        batch = run_batch(TOY, n=5, store=store)
        reference = {
            "name": batch.directory.name,
            "path": f"{batch.directory}/",
            "id": batch.id,
            "age": "@latest",
        }[way]

        assert store.remove(reference).n == 5
        assert not batch.directory.exists()


def test_a_link_is_removed_without_what_it_leads_to(store: Store) -> None:
    """The target keeps its manifest and its shards, and can be shown."""
    batch = run_batch(TOY, n=5, store=store)
    other = Store(store.root.parent / "other")
    other.root.mkdir()
    link = other.root / batch.directory.name
    link.symlink_to(batch.directory)
    assert other.find(batch.id).n == 5

    assert other.remove(batch.directory.name).home == link

    assert not link.is_symlink()
    assert stored_batch(store, batch.id).n == 5


def test_runs_behind_a_link_stay_when_their_design_is_removed(store: Store) -> None:
    """The folder of the design goes; the runs, stored elsewhere, keep their manifest."""
    batch = run_batch(TOY, n=5, store=store)
    elsewhere = store.root.parent / "elsewhere"
    batch.directory.rename(elsewhere)
    home = store.root / "toy-design-0123456789"
    home.mkdir()
    (home / DESIGN_RUNS).symlink_to(elsewhere)

    store.remove(home.name)

    assert not home.exists()
    assert (elsewhere / "manifest.json").exists()
    assert (elsewhere / "outcomes" / "000000.parquet").exists()


def test_runs_without_a_manifest_can_be_removed(store: Store) -> None:
    """A process was killed before its first shard was recorded; foreign files are not removed."""
    batch = run_batch(TOY, n=5, store=store)
    (batch.directory / "manifest.json").unlink()
    (batch.directory / "thesis.docx").write_text("years of work")
    with pytest.raises(UsageError, match=r"holds 'thesis\.docx'.*remove it by hand"):
        store.remove(batch.directory.name)
    assert (batch.directory / "thesis.docx").exists()
    (batch.directory / "thesis.docx").unlink()

    assert store.remove(batch.directory.name).n is None

    assert not batch.directory.exists()


def test_what_a_killed_process_left_is_removed_by_the_next_run(store: Store) -> None:
    """Old unfinished files go, in the folder and below, also where a manifest is there already;
    one that may be being written stays."""
    batch = run_batch(TOY, n=5, store=store)
    hour_ago = time.time() - 3600
    old = [
        batch.directory / "manifest.json.1.tmp",
        batch.directory / "paths" / "000001.parquet.tmp",
    ]
    new = batch.directory / "outcomes" / "000001.parquet.2.tmp"
    for path in (*old, new):
        path.write_text("half")
    for path in old:
        os.utime(path, (hour_ago, hour_ago))

    run_batch(TOY, n=6, store=store)

    assert not any(path.exists() for path in old)
    assert new.exists()


@pytest.mark.parametrize("name", ["x" * 240, "x" * 255, "ü" * 120, "多" * 80])
def test_a_long_name_is_cut_in_the_name_of_the_folder(store: Store, name: str) -> None:
    """A file system allows 255 letters; the id keeps the names apart."""
    batch = run_batch(replace(TOY, name=name), n=5, store=store)

    assert len(batch.directory.name.encode()) < 200
    assert stored_batch(store, batch.directory.name).resolved.name == name
    assert store.remove(batch.directory.name).n == 5


def test_a_lack_of_memory_is_called_by_its_name(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says nothing about the folder; when reading and when writing."""
    batch = run_batch(TOY, n=5, store=store)
    short = duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate")
    monkeypatch.setattr(parquet, "_shared", _Failing(short))

    for act in (lambda: batch.values["level"], lambda: run_batch(TOY, n=6, store=store)):
        with pytest.raises(SimError, match=r"^out of memory while") as caught:
            act()
        assert "--results" not in str(caught.value)
    refused = unwritable(Path("results/toy"), OSError(errno.ENOSPC, "No space left on device"))
    assert str(refused).startswith("results folder results cannot be written: No space left")


class _Failing:
    """A database whose every statement fails."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __call__(self) -> _Failing:
        return self

    cursor = __call__

    def execute(self, *_: object) -> object:
        """Fails."""
        raise self._error

    def register(self, *_: object) -> None:
        """Accepts a table."""

    def close(self) -> None:
        """Closes nothing."""


def test_a_shard_changed_while_a_process_lives_is_noticed(store: Store) -> None:
    """A file is hashed once, unless it changes."""
    batch = run_batch(TOY, n=5, store=store)
    folder: Folder = batch.folder
    shard = folder.path("outcomes", 0)
    whole = shard.read_bytes()
    assert len(reread(batch)) == 5

    shard.write_bytes(whole[:-9] + bytes(9))
    with pytest.raises(UsageError, match=r"000000\.parquet is damaged"):
        reread(batch)
    shutil.copy(shard, shard.with_suffix(".copy"))
    shard.write_bytes(whole)
    assert len(reread(batch)) == 5


def reread(batch: Batch) -> object:
    """Returns a column of a batch, read anew."""
    (column,) = (c for c in batch.columns if c.name == "level")
    return batch.folder.read([column], batch.n)["level"]
