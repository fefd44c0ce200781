"""Stored studies played again: the same inputs, what moved, and why the version differs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.errors import SimError, UsageError
from sim.experiment.bench.rerun import Rerun, rerun
from sim.experiment.bench.stored_inputs import inputs_of
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.design import Means
from sim.experiment.store.results import Store
from sim.requests.options import means_of
from sim.scenario.load import resolve

OLD = "0123456789ab"
Forge = Callable[..., str]


def means(store: Store) -> Means:
    """The means of small batches."""
    return means_of({"results": store.root, "engine": "simpy", "workers": 1})


def again(store: Store, name: str) -> Rerun:
    """A study, played again."""
    return rerun(store.find(name), means(store))


def tense(store: Store) -> str:
    """The name of the study of 50 runs."""
    return next(stored.name for stored in store.results() if stored.n == 50)


def test_the_same_inputs_of_the_same_rules_move_nothing(store: Store, forge: Forge) -> None:
    """A result that only says it is of another version is played anew and comes out alike."""
    # Fails if a number, a change, a day, the seed or the runs are not those of the study.
    name = forge(tense(store), model_version=OLD)
    target = store.root / "october-2025-apec-0000000000"
    (store.root / name).rename(target)
    found = rerun(store.find(target.name), means(store))

    assert not found.same_version
    assert found.difference.b.stored.name == name
    assert {each.verdict for each in found.difference.figures} == {"identical"}
    assert found.difference.inputs == found.difference.settings == ()
    assert [row[0] for row in found.difference.versions] == ["model"]
    assert (found.notes, found.since) == ((), ())


def test_drawn_parameters_are_drawn_again(store: Store) -> None:
    """From the priors, seed and vectors of the study."""
    # Fails if a study over the ranges is repeated at central values.
    drawn = next(s for s in store.results() if s.manifest["per_vector"])
    found = rerun(drawn, means(store))

    assert found.same_version
    assert found.difference.b.stored.manifest["per_vector"] == 10
    assert {each.verdict for each in found.difference.figures} == {"identical"}


def test_other_numbers_of_another_version_are_added_and_left_out(
    store: Store, forge: Forge
) -> None:
    """And said: what this version also reads comes from its own parameter file."""
    # Fails if a missing number stops the rerun, is taken as 0, or goes unsaid.

    def change(scenario: dict[str, Any]) -> None:
        scenario["parameters"]["us.whim"] = scenario["parameters"].pop("us.leader.autonomy")
        scenario["state"]["mood"] = scenario["state"].pop("rapport")

    name = forge(tense(store), change, model_version=OLD)
    inputs = inputs_of(store.find(name))
    own = resolve("october-2025-apec").parameters["us.leader.autonomy"]

    assert inputs.resolved.parameters["us.leader.autonomy"] == own
    assert "us.whim" not in inputs.resolved.parameters
    assert inputs.resolved.state.keys() == resolve("october-2025-apec").state.keys()
    added, gone = inputs.notes
    assert "also reads, at its own values: rapport, us.leader.autonomy." in added
    assert "leaves out: mood, us.whim." in gone
    assert rerun(store.find(name), means(store)).notes == inputs.notes


def test_what_the_files_say_by_now_is_told_and_not_played(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The study keeps its inputs when its file is edited, moved or gone."""
    # Fails if the file is played instead of the study, or a missing file stops the rerun.
    file = tmp_path / "mine.yaml"
    text = "question: q\nextends: october-2025-apec\nuntil: 2025-10-26\nstate:\n"
    entry = "  tension: {value: 0.5, unit: share, kind: assumed, range: [0.1, 0.9], reason: r}\n"
    file.write_text(text + entry, "utf-8")
    sets = [("us.hawks.influence", "0.7")]
    batch = run_batch(resolve(str(file), sets=sets), n=5, store=store, engine="simpy")
    file.write_text(text + entry.replace("0.5", "0.4"), "utf-8")
    edited = again(store, batch.directory.name)
    file.unlink()
    gone = again(store, batch.directory.name)

    assert edited.since == (("state", "tension", "0.5", "0.4"),)
    assert edited.difference.inputs == ()
    assert gone.since is None
    assert "there is no file" in gone.since_reason
    assert {each.verdict for each in gone.difference.figures} == {"identical"}


def set_state(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of a number of the state."""
    return lambda scenario: scenario["state"].__setitem__(key, value)


def set_value(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of a parameter."""
    return lambda scenario: scenario["parameters"][key].__setitem__("value", value)


def set_top(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of what stands at the top."""
    return lambda scenario: scenario.__setitem__(key, value)


ROW = {
    "key": "x", "day": None, "until": None, "when": [], "do": [], "once": True,
    "cooldown_days": 0, "source": "",
}  # fmt: skip
ACTION = {"kind": "force", "side": 0, "act": "hike", "name": None, "value": None, "size_pp": None}


@pytest.mark.parametrize(
    "change",
    [
        set_state("tension", 7.0),
        set_state("tension", "high"),
        set_state("tension", None),
        set_state("tension", True),
        set_state("deal.status", 99.0),
        set_state("deal.status", -1.0),
        set_state("summit.date", 1e18),
        set_state("us.control.tech", 1e9),
        set_value("us.leader.autonomy", 2.0),
        set_value("us.leader.autonomy", float("nan")),
        set_value("us.leader.autonomy", 10**400),
        set_top("until", 10**9),
        set_top("start", 0),
        set_top("start", "2025-10-23"),
        set_top("report_dates", [1]),
        set_top("state", {}),
        set_top("parameters", []),
        set_top("people", [{}]),
        set_top("calendar", [{"key": "x", "day": 739182, "kind": 99, "label": "", "source": ""}]),
        set_top("interventions", [ROW | {"do": [ACTION | {"side": 5}]}]),
        set_top("interventions", [ROW | {"do": [ACTION | {"act": "shout"}]}]),
        set_top("interventions", [ROW | {"do": [ACTION | {"kind": "exec"}]}]),
        set_top("interventions", [ROW | {"do": [ACTION | {"size_pp": 1e9}]}]),
        set_top("interventions", [ROW | {"do": [ACTION | {"kind": "set", "name": "os"}]}]),
    ],
)
def test_a_scenario_that_no_file_could_hold_is_not_played(
    change: Callable[[dict[str, Any]], None], store: Store, forge: Forge
) -> None:
    """A results folder is untrusted: a forged number is refused before the engine sees it."""
    # Fails if a check is left out: an odd code would reach compiled code.
    name = forge(tense(store), change)
    before = {path.name for path in store.root.iterdir()}
    with pytest.raises(UsageError) as caught:
        again(store, name)

    assert name in str(caught.value)
    assert {path.name for path in store.root.iterdir()} == before


def test_a_study_that_cannot_be_read_is_not_played(store: Store) -> None:
    """What could not be compared afterwards is refused before."""
    # Fails if runs are simulated first.
    name = tense(store)
    (store.root / name / "outcomes" / "000000.parquet").unlink()
    before = {path.name for path in store.root.iterdir()}
    with pytest.raises(SimError, match="is missing"):
        again(store, name)

    assert {path.name for path in store.root.iterdir()} == before
