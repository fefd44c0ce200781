"""Studies: what a list of stored results tells of each, and in which order."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from sim.errors import UsageError
from sim.experiment.bench.studies import bench_of, check_key, figure_names, study_of
from sim.experiment.runs.batch import stored_batch
from sim.experiment.stats.intervals import probability, vector_labels
from sim.experiment.store.manifest import FILE, sealed
from sim.experiment.store.results import Store


def test_figures_are_those_of_the_runs(store: Store) -> None:
    """Shares and means at the end, with the interval over parameter vectors if they are drawn."""
    # Fails if another column is read, or runs that share parameters count as independent.
    drawn = next(s for s in store.results() if s.manifest["per_vector"])
    study, batch = study_of(drawn), stored_batch(store, drawn.name)
    wanted = probability(batch.values["truce_in_force"], clusters=vector_labels(40, 10))

    assert list(study.figures) == figure_names()
    assert study.figures["truce_in_force"].estimate == wanted
    assert study.figures["us_addon_pp"].estimate.value == pytest.approx(
        float(np.mean(batch.values["us_addon_pp"]))
    )
    classes = [each for name, each in study.figures.items() if name.startswith("path_class=")]
    assert sum(each.estimate.value for each in classes) == pytest.approx(1.0)


def test_what_was_changed_is_all_that_was_typed(store: Store) -> None:
    """Numbers, days, how parameters are drawn, and another seed than the default."""
    # Fails if two studies that differ read alike.
    told = {study.changed for study in bench_of(store, "date", None).studies}

    assert told == {
        ("tension=0.95, until=2025-11-02",),
        ("until=2025-11-02", "parameters=prior", "seed=7"),
        ("until=2025-11-02",),
    }


def test_studies_are_sorted_and_cut(store: Store) -> None:
    """By date, runs or a figure; of the first so many the figures are read."""
    # Fails if a key is ignored, or the order is turned round.
    newest = [study.stored.n for study in bench_of(store, "date", None).studies]
    most = [study.stored.n for study in bench_of(store, "runs", None).studies]
    by_figure = bench_of(store, "us_measures", None).studies
    values = [study.figures["us_measures"].estimate.value for study in by_figure]
    first = bench_of(store, "runs", 1)

    assert newest == [50, 40, 60]
    assert most == [60, 50, 40]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) > 1
    assert ([s.stored.n for s in first.studies], first.of) == ([60], 3)


@pytest.mark.parametrize(
    ("key", "told"),
    [("us_hike", "did you mean us_hikes"), ("", "sorted by date"), ("x" * 999, "x: a list")],
)
def test_an_unknown_key_is_refused(key: str, told: str) -> None:
    """The error names what a list is sorted by, and the nearest."""
    # Fails if it falls back to the date.
    with pytest.raises(UsageError, match=told) as caught:
        check_key(key)

    assert len(str(caught.value)) < 1000


def test_a_damaged_study_is_told_and_spoils_no_other(store: Store) -> None:
    """Its figures are missing, with the reason; it stands last by figure."""
    # Fails if a damaged table stops the list, or its numbers are used.
    broken = store.results()[0]
    shard = broken.home / "outcomes" / "000000.parquet"
    shard.write_bytes(shard.read_bytes()[:-9])
    studies = bench_of(store, "us_measures", None).studies

    assert [study.stored.name for study in studies][-1] == broken.name
    assert not studies[-1].figures
    assert "000000.parquet is damaged" in studies[-1].fault
    assert all(study.figures and not study.fault for study in studies[:-1])


def test_a_manifest_that_promises_too_much_makes_nothing_large(store: Store) -> None:
    """The tables decide how many runs there are."""
    # Fails if memory is taken for the number of runs a manifest claims.
    home = store.results()[0].home
    manifest = json.loads((home / FILE).read_text("utf-8"))
    claimed = 2**39
    manifest["n"] = manifest["shards"]["outcomes"]["000000.parquet"]["rows"] = claimed
    (home / FILE).write_text(sealed(manifest), "utf-8")
    study = study_of(store.find(home.name))

    assert not study.figures
    assert f"do not hold the {claimed:,} runs" in study.fault


def test_an_unknown_outcome_is_left_out(store: Store) -> None:
    """A result of a version with other outcomes shows those that are known."""
    # Fails if one unknown column hides all.
    home = store.results()[0].home
    manifest = json.loads((home / FILE).read_text("utf-8"))
    manifest["columns"] = [c for c in manifest["columns"] if c != "leaders_met"] + ["whim"]
    (home / FILE).write_text(sealed(manifest), "utf-8")
    figures = study_of(store.find(home.name)).figures

    assert "leaders_met" not in figures
    assert "truce_in_force" in figures


def test_an_empty_folder_has_no_studies(store: Store) -> None:
    """Nor has one that is not there."""
    # Fails if a missing folder is an error.
    shutil.rmtree(store.root)

    assert bench_of(store, "date", None).studies == ()
