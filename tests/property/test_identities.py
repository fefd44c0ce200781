"""What must not change a run, and what can never happen in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.blocks import Block, columns
from sim.engine.chronicle import ChronicleRecorder
from sim.engine.simpy_loop import play_recorded, run_block
from sim.engine.world import World
from sim.model.commitments.agreements import truce_in_force
from sim.model.outcomes.politics import path_class
from sim.model.relations.mood import trust
from sim.model.tables.codes import CN, US
from sim.model.tables.fields import to_struct
from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS
from sim.model.tables.vocabulary import PathClass
from sim.scenario.resolved_scenario import Resolved
from tests.mission.plays import SEED, day, forced, resolved, start, variant

APEC = "october-2025-apec"
SHIPPED = (
    "january-2025-first-100-days",
    "phase-one-redux",
    "investment-deal",
    "grand-bargain",
    "hawks-prevail",
    "march-2025-escalation",
    "summit-in-beijing",
    "summit-in-washington",
    "june-2025-resumed-talks",
    "rare-earth-squeeze",
    "october-2025-apec",
    "truce-lapses",
)
RECORD_MOST = 2
"""Most layers of one side that are in force and suspended at once in the record: the reciprocal
duty and its reply, of which ten points stayed and 24 were suspended."""


def image(block: Block) -> dict[str, bytes]:
    """Returns the bytes of everything a block holds."""
    found = {name: column.tobytes() for name, column in block.values.items()}
    found |= {f"path:{name}": rows.tobytes() for name, rows in block.paths.items()}
    return found


def played(scenario: Resolved, first: int = 0, count: int = 40) -> dict[str, bytes]:
    """Returns the bytes of consecutive replicates."""
    return image(run_block(scenario, SEED, first, count))


def short(name: str, sets: tuple[tuple[str, str], ...] = ()) -> Resolved:
    """Returns a scenario cut to ten weeks."""
    until = date.fromordinal(resolved(name).start + 70)
    return resolved(name, sets, until.isoformat())


@given(cuts=st.lists(st.integers(1, 59), max_size=5, unique=True))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_same_seed_same_bytes_for_any_chunking(cuts: list[int]) -> None:
    """However sixty replicates are cut into blocks, the bytes of every column are the same."""
    scenario = resolved(APEC, (), "2025-11-20", ("2025-11-01",))
    whole = run_block(scenario, SEED, 0, 60)
    edges = [0, *sorted(cuts), 60]
    parts = [run_block(scenario, SEED, first, last - first) for first, last in pairwise(edges)]
    for name, column in whole.values.items():
        joined = np.concatenate([part.values[name] for part in parts])
        assert joined.tobytes() == column.tobytes(), name
    for name, rows in whole.paths.items():
        joined = np.concatenate([part.paths[name] for part in parts])
        assert joined.tobytes() == rows.tobytes(), name


def test_another_seed_gives_other_bytes() -> None:
    """The seed matters: another one changes most number columns."""
    scenario = resolved(APEC, (), "2025-11-20")
    one, two = (image(run_block(scenario, seed, 0, 40)) for seed in (SEED, SEED + 1))
    assert one["tension"] != two["tension"]
    assert one["us_hikes"] != two["us_hikes"]


@pytest.mark.parametrize("name", [APEC, "march-2025-escalation"])
def test_setting_the_present_value_changes_no_byte(name: str) -> None:
    """`--set` of parameters and state fields to the values they have changes not one byte."""
    plain = short(name)
    parameters = ("us.leader.autonomy", "cn.face_cost", "truce.length_days", "rapport.buffer")
    sets = [(key, repr(plain.parameters[key].value)) for key in parameters]
    sets += [(key, repr(plain.state[key])) for key in ("tension", "rapport", "us.attention")]
    assert played(short(name, tuple(sets))) == played(plain)


def test_an_override_to_the_present_value_changes_no_byte(tmp_path: Path) -> None:
    """A file that extends a scenario and repeats what it says runs to the same bytes."""
    entry = {"value": 0.6, "unit": "share", "kind": "assumed", "range": [0.45, 0.75]}
    path = variant(tmp_path, APEC, state={"tension": {**entry, "reason": "as in the base"}})
    assert resolved(APEC).state["tension"] == 0.6
    assert played(short(path)) == played(short(APEC))


def test_an_intervention_that_does_nothing_changes_no_byte(tmp_path: Path) -> None:
    """Interventions that set what is already so, forbid nothing that happens, or wait for what
    never comes change not one byte."""
    autonomy = resolved(APEC).parameters["us.leader.autonomy"].value
    never = {"side": "us", "act": "sign_truce"}
    rows = {
        "same-value": {
            "date": date(2025, 10, 25),
            "do": {"set": {"us.leader.autonomy": autonomy}},
        },
        "never": {"when": "tension > 2", "do": {"force": {"side": "us", "act": "hike"}}},
        "ban-of-nothing": {
            "date": date(2025, 10, 25),
            "until": date(2025, 10, 26),
            "do": {"forbid": never},
        },
    }
    path = variant(tmp_path, APEC, interventions=rows)
    assert len(resolved(path).interventions) == len(resolved(APEC).interventions) + 3
    assert played(short(path)) == played(short(APEC))


@pytest.mark.parametrize("name", [APEC, "january-2025-first-100-days"])
def test_the_chronicle_changes_no_byte(name: str) -> None:
    """A run with a chronicle ends in the same state, to the byte, as one without, and in the
    outcomes of the batch."""
    scenario = short(name)
    block = run_block(scenario, SEED, 0, 12)

    class Deaf:
        def note(self, *_: object) -> None:
            """Hears nothing."""

        def decision(self, *_: object) -> None:
            """Hears nothing."""

        def proposal(self, *_: object) -> None:
            """Hears nothing."""

    for replicate in range(12):
        told = play_recorded(scenario, SEED, replicate, ChronicleRecorder())
        untold = play_recorded(scenario, SEED, replicate, Deaf())
        assert to_struct(told).tobytes() == to_struct(untold).tobytes()
        assert told.tension == block.values["tension"][replicate]
        assert told.hikes[US] == block.values["us_hikes"][replicate]
        assert told.rapport == block.values["rapport"][replicate]


@pytest.mark.parametrize("act", ["hike", "tighten_tech", "call_leader", "sign_extension"])
def test_before_an_unannounced_intervention_nothing_differs(tmp_path: Path, act: str) -> None:
    """Two scenarios that differ by an intervention on 5 November agree to the byte in every dated
    outcome before it, and differ after it."""
    before = ("2025-10-24", "2025-10-30", "2025-11-01", "2025-11-04")
    after = "2025-11-05"
    rows = {"late": forced("2025-11-05", {"side": "us", "act": act})}
    path = variant(tmp_path, APEC, interventions=rows)
    plain = resolved(APEC, (), "2025-11-09", (*before, after))
    changed = resolved(path, (), "2025-11-09", (*before, after))
    one, two = played(plain), played(changed)
    dated = [c.name for c in columns(plain) if c.day and c.day < day(after)]
    assert len(dated) > 100
    assert all(one[name] == two[name] for name in dated)
    assert any(one[c.name] != two[c.name] for c in columns(plain) if c.day == day(after))


def test_without_face_humiliation_and_pageantry_only_the_venue_differs() -> None:
    """With face cost and humiliation hazard 0 and no pageantry, summits in Beijing and in
    Washington are equal to the byte in every outcome but the venue, and the venue differs."""
    sets = (
        ("cn.face_cost", "0"),
        ("summit.humiliation_hazard", "0"),
        ("summit.pageantry", "false"),
    )
    cities = [
        resolved(f"summit-in-{city}", sets, "2025-07-15", ("2025-06-15",))
        for city in ("beijing", "washington")
    ]
    one, two = (played(city, count=100) for city in cities)
    differing = {name for name in one if one[name] != two[name]}
    assert differing == {"summit_venue", "summit_venue@2025-06-15", "summit_venue@2025-06-14"}


def test_the_question_and_the_name_change_no_byte() -> None:
    """Words about a scenario are no part of what determines its runs."""
    plain = short(APEC)
    assert played(replace(plain, name="other", question="other?")) == played(plain)


class Watch:
    """A recorder that checks the state at everything it is told."""

    def __init__(self) -> None:
        self.told = 0
        self.points = 0.0

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:  # noqa: ARG002
        """Checks the state after a happening; no signature and no lapse makes new points."""
        self.told += 1
        check(world.state)
        state = world.state
        points = sum(map(sum, state.duty_pp)) + sum(map(sum, state.suspended_pp))
        if kind == "snapback" or kind.startswith("sign_"):
            assert points <= self.points + 1e-9
        self.points = points

    def decision(self, world: World, side: int, act: int) -> None:  # noqa: ARG002
        """Checks the state before an act."""
        check(world.state)

    def proposal(self, world: World, side: int, u_us: float, u_cn: float) -> None:  # noqa: ARG002
        """Checks the state before both sides answer."""
        check(world.state)


def check(state: State) -> None:
    """Fails if a duty, a mood or a pressure is out of its bounds."""
    for side in (US, CN):
        assert min(state.duty_pp[side]) >= 0.0
        assert min(state.suspended_pp[side]) >= 0.0
        assert 0.0 <= trust(state, side) <= 1.0
        assert 0.0 <= state.pressure[side] <= 1.0
        assert all(0.0 <= part <= 1.0 for part in state.pressure_part[side])
        assert all(0.0 <= cover <= 1.0 for cover in state.coverage[side])
        assert state.avg_pct[side] >= 0.0
        both = [
            d > 0.0 < s for d, s in zip(state.duty_pp[side], state.suspended_pp[side], strict=True)
        ]
        assert sum(both) < RECORD_MOST
        suspended = sum(state.suspended_pp[side])
        assert suspended == 0.0 or truce_in_force(state) or state.day == state.truce_ends_on
    assert 0.0 <= state.tension <= 1.0
    assert 0.0 <= state.rapport <= 1.0
    assert 0.0 <= state.market_stress <= 1.0
    assert len(state.pending_due) == PENDING_SLOTS


@pytest.mark.parametrize("name", SHIPPED)
def test_state_stays_within_its_bounds_at_every_event(name: str) -> None:
    """At every happening of a run duties are never negative, nothing is suspended outside a truce
    or on more than one layer, no signature or lapse makes points out of nothing, and
    moods and pressures lie between 0 and 1."""
    scenario = resolved(name)
    told = 0
    for replicate in range(8):
        watch = Watch()
        end = play_recorded(scenario, SEED, replicate, watch)
        check(end)
        assert path_class(end, start(name)[1]) in set(PathClass)
        told += watch.told
    assert told > 100
