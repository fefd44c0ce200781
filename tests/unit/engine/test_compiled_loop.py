"""The compiled engine: interventions, failures, replay of its runs, and the code it keeps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.engine import code_cache, compiled_loop, simpy_loop
from sim.engine.choice import AUTO, COMPILED, SIMPY, check_engine, choose_engine
from sim.engine.draws import Stream, philox, uniform
from sim.engine.parameter_sets import ParameterSets
from sim.engine.sites import COLUMNS
from sim.errors import UsageError
from sim.model.tables.variables.duties import PENDING_SLOTS
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Action, Intervention, Resolved, WhenCondition
from tests.unit.engine.alike import differences

SEED = 20251023


@pytest.fixture(scope="module")
def october() -> Resolved:
    """The October scenario over ten weeks."""
    return resolve("october-2025-apec", until=date(2025, 12, 31))


def intervened(resolved: Resolved, **rows: Any) -> Resolved:
    """Returns a scenario with one more intervention."""
    given = {"key": "mine", "day": None, "until": None, "when": (), "once": False, "source": ""}
    row = Intervention(**{**given, "cooldown_days": 0, **rows})
    return replace(resolved, interventions=(*resolved.interventions, row))


INTERVENTIONS: dict[str, dict[str, Any]] = {
    "a number of the state": {
        "day": 5,
        "do": (Action("set", name="tension", value=0.9),),
    },
    "a parameter": {
        "day": 5,
        "do": (Action("set", name="trade.us.sigma_12m", value=4.0),),
    },
    # After the first account of real incomes, so that a table left changed shows in later runs.
    "the trade elasticity": {
        "day": 20,
        "do": (Action("set", name="trade.sigma_long_ratio", value=1.8),),
    },
    "duties on other countries": {
        "day": 20,
        "do": (Action("set", name="trade.us.rest_added_pp", value=3.0),),
    },
    "days": {"day": 5, "do": (Action("set", name="truce.length_days", value=30.0),)},
    "yes or no": {"day": 5, "do": (Action("set", name="threat.open", value=0.0),)},
    "a ban": {
        "day": 3,
        "until": 120,
        "do": (Action("forbid", side=0, act="list_entities"),),
    },
    "a hike": {"day": 4, "do": (Action("force", side=0, act="hike", size_pp=34.0),)},
    "a signature": {"day": 6, "do": (Action("force", side=0, act="sign_extension"),)},
    "a round": {"day": 6, "do": (Action("force", side=0, act="hold_round"),)},
    "a threat dropped": {"day": 6, "do": (Action("force", side=0, act="drop_threat"),)},
    "once on a streak": {
        "when": (WhenCondition("tension", ">", 0.2, 4),),
        "once": True,
        "do": (Action("force", side=1, act="rebuke"),),
    },
    "again after a rest": {
        "when": (WhenCondition("tension", ">=", 0.0), WhenCondition("us_addon_pp", "<", 500.0)),
        "cooldown_days": 9,
        "do": (Action("set", name="us.attention", value=0.0),),
    },
}


@pytest.mark.parametrize("what", INTERVENTIONS)
def test_interventions_are_the_same_in_both_engines(october: Resolved, what: str) -> None:
    """What a scenario forces, forbids or sets has the same effect to the bit, and has one."""
    rows = dict(INTERVENTIONS[what])
    for name in ("day", "until"):
        if name in rows:
            rows[name] += october.start
    changed = intervened(october, **rows)
    readable = simpy_loop.run_block(changed, SEED, 0, 20, events=True)
    bulk = compiled_loop.run_block(changed, SEED, 0, 20, events=True)

    assert differences(readable, bulk) == []
    assert differences(bulk, compiled_loop.run_block(october, SEED, 0, 20, events=True)) != []


def test_a_parameter_set_in_one_run_is_back_in_the_next(october: Resolved) -> None:
    """A run starts from the scenario's parameters, whatever the run before it did to them."""
    rows = INTERVENTIONS["once on a streak"] | {
        "do": (Action("set", name="tension.rest", value=0.9),)
    }
    changed = intervened(october, **rows)
    whole = compiled_loop.run_block(changed, SEED, 0, 30)
    alone = compiled_loop.run_block(changed, SEED, 29, 1)

    for name, values in whole.values.items():
        assert values[29:].tobytes() == alone.values[name].tobytes(), name


def test_an_announced_duty_too_many_fails_the_run_in_both(october: Resolved) -> None:
    """A run that overflows is the same failed record, and those after it are played."""
    crowd = tuple(Action("force", side=0, act="revoke_pntr") for _ in range(PENDING_SLOTS + 1))
    late = october.start + 3
    full = intervened(
        october, day=late, do=(Action("set", name="us.pntr.lead_days", value=300.0), *crowd)
    )
    readable = simpy_loop.run_block(full, SEED, 4, 3)
    bulk = compiled_loop.run_block(full, SEED, 4, 3)

    assert [f.replicate for f in bulk.failures] == [4, 5, 6]
    assert bulk.values["failed"].all()
    assert differences(readable, bulk) == []


def test_parameter_sets_apply_run_by_run(october: Resolved) -> None:
    """Each replicate runs under its own draw of parameters, whole numbers included; the table of
    equilibria is cut anew where it must be."""
    # Fails if a world is opened before its parameters are set, or a whole number is written as the
    # bits of a real one.
    names = ("tension.rest", "trade.us.sigma_12m", "truce.length_days")
    numbers = np.array([[0.2, 2.0, 90.0], [0.9, 2.0, 90.0], [0.2, 6.0, 30.0]])
    sets = ParameterSets(names, numbers, np.array([0, 0, 1, 2]))

    assert (
        differences(
            simpy_loop.run_block(october, SEED, 0, 4, sets),
            compiled_loop.run_block(october, SEED, 0, 4, sets),
        )
        == []
    )


def test_blocks_may_be_cut_anywhere(october: Resolved) -> None:
    """A run does not depend on the block it is played in."""
    whole = compiled_loop.run_block(october, SEED, 0, 40)
    tail = compiled_loop.run_block(october, SEED, 31, 9)

    for name, values in whole.values.items():
        assert values[31:].tobytes() == tail.values[name].tobytes(), name


def test_a_block_keeps_its_values_when_the_next_is_played(october: Resolved) -> None:
    """A thread plays all its blocks in the same room, from which each takes copies."""
    # Fails if a block refers to the room itself.
    first = compiled_loop.run_block(october, 7, 0, 3)
    outcomes = {name: column.copy() for name, column in first.values.items()}
    paths = {name: path.copy() for name, path in first.paths.items()}
    compiled_loop.run_block(october, 8, 50, 3)

    for kept, now in ((outcomes, first.values), (paths, first.paths)):
        for name, column in kept.items():
            np.testing.assert_array_equal(column, now[name])


def test_events_cost_nothing_but_their_room(october: Resolved) -> None:
    """Recording what happens changes nothing of what happens."""
    told = compiled_loop.run_block(october, SEED, 0, 20, events=True)
    silent = compiled_loop.run_block(october, SEED, 0, 20)

    assert silent.events is None
    assert [name for name in differences(told, silent) if name != "events"] == []


def test_compiled_draws_are_those_of_the_table() -> None:
    """The compiled generator gives the bits of `draws.uniform`, known answers included."""
    from numba import njit

    from sim.engine import compiled_desk

    @njit
    def one(seed: Any, replicate: Any, day: Any, stream: Any, k: Any) -> Any:
        return compiled_desk.uniform(seed, replicate, day, stream, k)

    word = np.uint64
    for seed, replicate, day, stream, k in (
        (0, 0, 0, 0, 0),
        (0xA4093822, 0x299F31D0, 0x243F6A88, 0x85A308D3, 0x13198A2E),
        (SEED, 4711, 739_547, int(Stream.CN_REPLY), 3),
        (2**32 - 1, 2**32 - 1, 739_999, COLUMNS[-1][0], COLUMNS[-1][1]),
    ):
        drawn = one(word(seed), word(replicate), day, word(stream), word(k))

        assert drawn == uniform(seed, replicate, day, stream, k)
    assert philox((0, 0, 0, 0), (0, 0))[0] == 0x6627E8D5


# ------------------------------------------------------------------------------- which engine


def test_auto_takes_what_is_done_first(october: Resolved, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few runs are not worth loading compiled code, many are, and compiling needs more."""
    monkeypatch.setattr(code_cache, "is_kept", lambda: True)
    assert choose_engine(AUTO, october, 50, 1) == SIMPY
    assert choose_engine(AUTO, october, 5000, 1) == COMPILED
    monkeypatch.setattr(code_cache, "is_kept", lambda: False)
    assert choose_engine(AUTO, october, 2000, 1) == SIMPY
    assert choose_engine(AUTO, october, 500_000, 2) == COMPILED
    assert choose_engine(AUTO, october, float("inf"), 2) == COMPILED
    assert choose_engine(COMPILED, october, 1, 1) == COMPILED
    assert choose_engine(SIMPY, october, 10**9, 1) == SIMPY


def test_without_numba_all_is_played_on_simpy(
    october: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be compiled, auto is SimPy and `compiled` says what to install."""
    monkeypatch.setattr("sim.engine.choice.find_spec", lambda name: None)

    assert choose_engine(AUTO, october, 10**9, 1) == SIMPY
    with pytest.raises(UsageError, match="pip install numba"):
        check_engine(COMPILED)


def test_the_program_runs_without_numba(tmp_path: Path) -> None:
    """Nothing but the compiled engine imports numba: a batch is played where there is none."""
    script = textwrap.dedent(
        """
        import sys
        sys.modules["numba"] = sys.modules["llvmlite"] = None
        import importlib.util
        found = importlib.util.find_spec
        importlib.util.find_spec = lambda name, *a: None if name == "numba" else found(name, *a)
        import sim
        played = sim.run("october-2025-apec", n=5, until="2025-11-05", results=sys.argv[1])
        print(played.batch.n)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "5", done.stderr


def test_an_unknown_engine_is_refused() -> None:
    """The nearest name is offered."""
    with pytest.raises(UsageError, match=r"'compield' is not one of .*did you mean compiled"):
        check_engine("compield")


def test_a_plan_too_large_is_left_to_simpy(october: Resolved) -> None:
    """A scenario beyond the compiled record's room is played all the same."""
    much = tuple(Action("set", name="us.attention", value=0.5) for _ in range(600))
    crowded = intervened(october, day=october.start + 1, do=much)

    assert choose_engine(AUTO, crowded, 10**7, 1) == SIMPY
    with pytest.raises(UsageError, match="no room for the interventions"):
        choose_engine(COMPILED, crowded, 10, 1)


# ------------------------------------------------------------------------------- kept code

EDITED = textwrap.dedent(
    """
    import sys
    from datetime import date
    from sim.engine import code_cache, compiled_loop, simpy_loop
    from sim.scenario.load import resolve

    resolved = resolve("october-2025-apec", until=date(2025, 11, 15))
    bulk = compiled_loop.run_block(resolved, 7, 0, 20)
    readable = simpy_loop.run_block(resolved, 7, 0, 20)
    same = bulk.values["tension"].tobytes() == readable.values["tension"].tobytes()
    print(code_cache.code_hash(), same, bulk.values["tension"].tobytes().hex())
    """
)


def test_an_edited_rule_is_compiled_anew(tmp_path: Path) -> None:
    """A rule that compiled code calls is edited: the code kept before is not taken for it."""
    source = Path(sim.__file__).parent
    shutil.copytree(source, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(source.parent / "scenarios", tmp_path / "scenarios")
    rule = tmp_path / "sim/model/relations/mood.py"
    text = rule.read_text(encoding="utf-8")
    before = "state.tension += damped"
    assert before in text
    rule.write_text(text.replace(before, "state.tension += 0.5 * damped", 1), encoding="utf-8")
    october = resolve("october-2025-apec", until=date(2025, 11, 15))
    unedited = compiled_loop.run_block(october, 7, 0, 20).values["tension"]
    done = subprocess.run(
        [sys.executable, "-c", EDITED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    digest, same, tension = done.stdout.split()

    assert code_cache.is_kept()
    assert digest != code_cache.code_hash()
    assert same == "True"
    assert tension != unedited.tobytes().hex()


def test_code_depends_on_the_place_and_sources_of_its_packages(tmp_path: Path) -> None:
    """The hash changes with a rule and with the folder, and not with a page of the report."""
    source = Path(sim.__file__).parent
    shutil.copytree(source, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    first = code_cache.code_hash(tmp_path / "sim")
    (tmp_path / "sim/report/words/numbers.py").write_text("", encoding="utf-8")
    assert code_cache.code_hash(tmp_path / "sim") == first != code_cache.code_hash()
    (tmp_path / "sim/economy/flows.py").write_text("", encoding="utf-8")
    assert code_cache.code_hash(tmp_path / "sim") != first


def test_a_cache_folder_that_cannot_be_used_is_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file where the folder should be: code is compiled and not kept."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path / "taken"))
    code_cache.code_folder.cache_clear()
    try:
        assert code_cache.code_folder() is None
        assert not code_cache.is_kept()
    finally:
        code_cache.code_folder.cache_clear()


def test_a_thread_gets_its_own_scenario_while_another_plays_another(
    october: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered of the scenario played last may be replaced between two looks at it."""
    other = replace(october, name="another")
    ours, theirs = compiled_loop.start_of(october), compiled_loop.start_of(other)

    class Replaced(list[compiled_loop.BlockStart]):
        looks = 0

        def __getitem__(self, place: Any) -> Any:
            self.looks += 1
            return ours if self.looks == 1 else theirs

    monkeypatch.setattr(compiled_loop, "_latest", Replaced([ours]))

    assert compiled_loop.start_of(october).resolved is october
