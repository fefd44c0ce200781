"""Difference of two stored studies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sim.errors import UsageError
from sim.experiment.bench.difference import difference_of
from sim.experiment.compare.comparison import compare
from sim.experiment.runs.batch import stored_batch
from sim.experiment.store.identity import model_version
from sim.experiment.store.results import Store, Stored

Forge = Callable[..., str]


def by_runs(store: Store, n: int) -> Stored:
    """The study of so many runs."""
    return next(stored for stored in store.results() if stored.n == n)


def test_inputs_and_settings_that_differ_are_told_and_no_others(store: Store) -> None:
    """Numbers of the scenario, and how it was run."""
    # Fails if a difference is left out or what is alike is listed.
    found = difference_of(by_runs(store, 50), by_runs(store, 60))
    drawn = difference_of(by_runs(store, 60), by_runs(store, 40))

    assert found.inputs == (("state", "tension", "0.95", "0.6"),)
    assert found.settings == (("runs", "50", "60"),)
    assert found.versions == ()
    assert [row[0] for row in drawn.settings] == [
        "runs",
        "seed",
        "parameters",
        "runs for each draw of parameters",
    ]


def test_figures_are_compared_run_by_run(store: Store) -> None:
    """On the same draws, with the verdicts of `compare` on the headline outcomes alone."""
    # Fails if pairs are ignored, or other outcomes dilute the verdicts.
    a, b = by_runs(store, 50), by_runs(store, 60)
    found = difference_of(a, b)
    ends = [
        replace(each, columns=tuple(c for c in each.columns if c.outcome.headline and not c.day))
        for each in (stored_batch(store, a.name), stored_batch(store, b.name))
    ]
    wanted = {
        f"{d.outcome}={d.label}" if d.kind == "class" else d.outcome: d
        for d in compare(*ends).differences
    }

    assert found.paired
    assert found.unpaired_reason == ""
    assert {each.name: each.verdict for each in found.figures} == {
        name: d.verdict for name, d in wanted.items()
    }
    assert all(each.difference == wanted[each.name].difference for each in found.figures)
    assert "cannot tell" in {each.verdict for each in found.figures}


def test_a_study_is_identical_to_itself(store: Store) -> None:
    """Nothing differs."""
    # Fails if noise is added, or the seed is forgotten.
    found = difference_of(by_runs(store, 60), by_runs(store, 60))

    assert (found.inputs, found.settings, found.versions) == ((), (), ())
    assert {each.verdict for each in found.figures} == {"identical"}


def test_runs_that_cannot_be_paired_are_compared_apart(store: Store) -> None:
    """With the reason, and wider intervals; a small difference cannot be told."""
    # Fails if such studies are refused, or luck counts as a difference.
    found = difference_of(by_runs(store, 60), by_runs(store, 40))
    talk = next(each for each in found.figures if each.name == "leaders_met")

    assert not found.paired
    assert "parameters is fixed in one and prior in the other" in found.unpaired_reason
    assert talk.a is not None
    assert talk.b is not None
    assert talk.difference is not None
    assert talk.difference.value == pytest.approx(talk.a.value - talk.b.value)
    assert talk.verdict == "cannot tell"
    assert talk.difference.low < 0.0 < talk.difference.high


def test_versions_that_differ_are_told_part_by_part(store: Store, forge: Forge) -> None:
    """The model, and which part of it, if both recorded that."""
    # Fails if a version is not compared, or an old manifest without parts is refused.
    before = dict(by_runs(store, 50).manifest["versions"])
    old = forge(
        by_runs(store, 50).name,
        model_version="0123456789ab",
        versions=before | {"sim.economy": "01234567"},
    )
    older = difference_of(store.find(old), by_runs(store, 60)).versions
    forge(old, versions={"detente": before["detente"]})
    oldest = difference_of(store.find(old), by_runs(store, 60)).versions

    assert older == (
        ("model", "0123456789ab", model_version()),
        ("sim.economy", "01234567", before["sim.economy"]),
    )
    assert ("sim.model", "not recorded", before["sim.model"]) in oldest


def test_a_figure_that_one_lacks_cannot_be_told(store: Store, forge: Forge) -> None:
    """It is shown for the other."""
    # Fails if outcomes of one version alone stop the comparison.
    name = by_runs(store, 50).name
    columns = [c for c in by_runs(store, 50).manifest["columns"] if c != "leaders_met"]
    forge(name, columns=[*columns, "whim"], model_version="0123456789ab")
    found = difference_of(store.find(name), by_runs(store, 60))
    met = next(each for each in found.figures if each.name == "leaders_met")

    assert met.a is None
    assert met.b is not None
    assert (met.difference, met.verdict) == (None, "cannot tell")


def test_a_damaged_study_is_refused(store: Store) -> None:
    """With what is damaged."""
    # Fails if it is compared all the same.
    shard = by_runs(store, 50).home / "outcomes" / "000000.parquet"
    shard.write_bytes(b"no table")
    with pytest.raises(UsageError, match=r"000000\.parquet is damaged"):
        difference_of(by_runs(store, 50), by_runs(store, 60))


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("state", "deal.status", 99.0),
        ("state", "summit.date", 1e30),
        ("state", "mood", "high"),
    ],
)
def test_a_forged_scenario_is_refused_in_a_sentence(
    section: str, key: str, value: object, store: Store, forge: Forge
) -> None:
    """Values of other kinds are no traceback."""
    # Fails if a number is read that no scenario holds.
    name = forge(by_runs(store, 50).name, lambda s: s[section].__setitem__(key, value))
    with pytest.raises(UsageError, match="of no known form"):
        difference_of(store.find(name), by_runs(store, 60))


def test_a_state_of_another_version_is_shown(store: Store, forge: Forge) -> None:
    """A name that this version does not know is an input that differs."""
    # Fails if it stops the comparison, as it did.
    name = forge(by_runs(store, 60).name, lambda s: s["state"].__setitem__("mood", 0.25))
    found = difference_of(store.find(name), store.find(name))
    other = difference_of(store.find(name), by_runs(store, 50))

    assert found.inputs == ()
    assert ("state", "mood", "0.25", "none") in other.inputs
