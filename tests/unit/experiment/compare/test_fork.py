"""One decision changed on a day: the same before, the same luck after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim import api
from sim.engine import compiled_loop, simpy_loop
from sim.engine.blocks import Block
from sim.engine.happenings import CODES, NOBODY
from sim.errors import NotFoundError, ScenarioError, SimError, UsageError
from sim.experiment.compare.fork import (
    forked,
    make_turn,
    read_decision,
    recorded_acts,
    recorded_sides,
)
from sim.experiment.compare.pair_replay import MOST_PAIRS
from sim.experiment.compare.verdicts import judge
from sim.model.tables.vocabulary import Package, Side, signature_name
from sim.requests.options import resolve
from sim.scenario.resolved_scenario import Resolved

AT = date(2025, 11, 6)
WORLD = resolve("october-2025-apec", {"until": "2025-11-20", "at": ["2025-11-05"]})
ENGINES = {"simpy": simpy_loop.run_block, "compiled": compiled_loop.run_block}
RUNS = 40


def fork_of(
    *texts: str, at: date = AT, through: date | None = None, base: Resolved = WORLD
) -> Resolved:
    """A scenario with decisions changed."""
    return forked(base, make_turn(base, at, [read_decision(text) for text in texts], through))


def played(resolved: Resolved, engine: str = "compiled", n: int = RUNS) -> Block:
    """Runs of it with their events."""
    return ENGINES[engine](resolved, 7, 0, n, events=True)


def days_of(block: Block, act: str) -> list[date]:
    """The days on which an act came."""
    assert block.events is not None
    return [date.fromordinal(e["day"]) for e in block.events if e["act"] == CODES[act]]


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize("text", ["us.hike=20", "us.extend_truce=no", "tension=0.9"])
def test_a_fork_is_the_same_to_the_bit_until_its_day(engine: str, text: str) -> None:
    """Outcomes dated before, and events before, are those of the scenario on either engine."""
    base, fork = (played(world, engine, 12) for world in (WORLD, fork_of(text)))
    before = [name for name in base.values if "@" in name and name.split("@")[1] < str(AT)]
    assert base.events is not None
    assert fork.events is not None

    assert any(name.endswith("@2025-11-05") for name in before)
    for name in before:
        values = base.values[name]
        assert np.array_equal(values, fork.values[name], equal_nan=values.dtype.kind == "f")
    early = [block.events[block.events["day"] < AT.toordinal()] for block in (base, fork)]
    assert np.array_equal(*early)
    assert len(early[0]) > 0


def test_both_engines_play_a_fork_alike() -> None:
    """After the day, too, they agree in every bit."""
    fork = fork_of("us.hike=20", "cn.accuse=no", "tension=0.9", through=date(2025, 11, 9))
    one, other = (played(fork, engine, 12) for engine in ENGINES)

    for name, values in one.values.items():
        assert np.array_equal(values, other.values[name], equal_nan=values.dtype.kind == "f")


def test_what_is_forced_happens_in_every_run() -> None:
    """A rise of 20 points comes on the day, and with that size."""
    block = played(fork_of("us.hike=20"))
    assert block.events is not None
    day = AT.toordinal()
    rises = [e for e in block.events if e["act"] == CODES["hike"] and e["day"] == day]

    assert {int(e["replicate"]) for e in rises} == set(range(RUNS))
    assert {float(e["size"]) for e in rises} == {20.0}


def signatures(block: Block, day: date) -> list[tuple[int, str]]:
    """The bundles signed on a day, with their runs."""
    assert block.events is not None
    of_day = block.events[block.events["day"] == day.toordinal()]
    names = {CODES[signature_name(package)]: package.name.lower() for package in Package}
    return [(e["replicate"], names[e["act"]]) for e in of_day if e["act"] in names]


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_forced_bundle_is_signed_under_its_name_or_not_at_all(engine: str) -> None:
    """While the pause of August is in force there is none to agree: what goes with one, such as a
    longer pause or the end of a threat, is not signed in its place."""
    day = date(2025, 10, 24)
    base, truce, swap = (
        signatures(played(world, engine, 12), day)
        for world in (
            WORLD,
            fork_of("us.sign_truce=yes", at=day),
            fork_of("us.sign_swap=yes", at=day),
        )
    )

    assert truce == base
    assert {run for run, name in swap if name == "swap"} == set(range(12))


def test_what_is_forbidden_is_so_that_day_alone() -> None:
    """Longer pauses that would be agreed on the day, alone or with more, are not; others are before
    and after. With a later day none is up to its end."""
    summit = date(2025, 10, 30)
    base = days_of(played(WORLD, n=100), "agree_prolong")
    once = days_of(played(fork_of("us.extend_truce=no", at=summit), n=100), "agree_prolong")
    long = fork_of("us.extend_truce=no", at=summit, through=date(2025, 11, 8))
    longer = days_of(played(long, n=100), "agree_prolong")

    assert summit in base
    assert summit not in once
    assert any(summit < day <= date(2025, 11, 8) for day in once)
    assert not any(summit <= day <= date(2025, 11, 8) for day in longer)
    assert any(day > date(2025, 11, 8) for day in longer)


def test_a_ban_counts_the_clauses_it_keeps_out() -> None:
    """A longer pause agreed with other things is what a ban of extensions stops, whichever side is
    named; a forced extension is the bundle of that name alone."""
    ban, force = (
        read_decision(text).action for text in ("cn.sign_purchases=no", "us.extend_truce=yes")
    )

    assert recorded_acts(ban) == {
        CODES["sign_purchases"],
        *(
            CODES[f"agree_{clause}"]
            for clause in ("soybeans", "farm", "energy", "aircraft", "other_goods", "catch_up")
        ),
    }
    assert recorded_acts(force) == {CODES["sign_extension"]}
    assert recorded_sides(ban) == {NOBODY, Side.US, Side.CN}
    assert recorded_sides(read_decision("us.hike=no").action) == {NOBODY, Side.US}


def test_a_number_is_set_that_day() -> None:
    """A number is set by an intervention of the day, which lifts nothing later."""
    fork = fork_of("us.leader.autonomy=0.1")
    row = fork.interventions[-1]

    assert [(a.kind, a.name, a.value) for a in row.do] == [("set", "us.leader.autonomy", 0.1)]
    assert (row.day, row.until) == (AT.toordinal(), None)


def test_a_ban_takes_out_what_the_scenario_itself_forces() -> None:
    """The threat that `truce-lapses` has executed on 1 November is not."""
    lapses = resolve("truce-lapses", {"until": "2025-11-20"})
    fork = fork_of("us.carry_out_threat=no", at=date(2025, 11, 1), base=lapses)
    first = date(2025, 11, 1)

    assert first in days_of(played(lapses), "execute_threat")
    assert first not in days_of(played(fork), "execute_threat")
    assert [row.key for row in fork.interventions] == ["no-extension", "fork-1"]


def test_a_ban_does_not_lift_the_scenarios_own() -> None:
    """While `truce-lapses` forbids an extension, a ban of a day says nothing new, and would end
    that of the scenario; afterwards it is allowed."""
    lapses = resolve("truce-lapses", {})

    with pytest.raises(
        ScenarioError, match=r"itself forbids this at that time .*no-extension=null"
    ):
        fork_of("cn.extend_truce=no", at=date(2025, 11, 5), base=lapses)
    assert fork_of("cn.extend_truce=no", at=date(2025, 11, 11), base=lapses).interventions


def test_a_fork_can_be_forked() -> None:
    """Each change is an intervention of its own, and the record of changes tells of both."""
    twice = fork_of("us.hike=no", base=fork_of("us.hike=20", at=date(2025, 11, 2)))

    assert [row.key for row in twice.interventions] == ["fork-1", "fork-2"]
    assert [c.new for c in twice.changes[-2:]] == ["2025-11-02 us.hike=20", "2025-11-06 us.hike=no"]


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("us.extend_truce", UsageError, "expected NAME=VALUE"),
        ("us.extend_truc=no", NotFoundError, "did you mean us.extend_truce"),
        ("de.hike=yes", NotFoundError, "did you mean us.hike"),
        ("tenson=0.4", NotFoundError, "did you mean tension"),
        ("us.hold_round=no", ScenarioError, "`forbid` accepts for us"),
        ("cn.threaten=yes", ScenarioError, "`force` accepts for cn"),
        ("us.hike=maybe", ScenarioError, "yes, no or a size"),
        ("us.hike=nan", ScenarioError, "yes, no or a size"),
        ("us.hike=2000", ScenarioError, "not between 0 and 1000"),
        ("us.accuse=20", ScenarioError, "only with a forced hike"),
        ("tension=5", ScenarioError, "not between 0 and 1"),
        ("tension=null", ScenarioError, "cannot be set to null"),
    ],
)
def test_a_decision_that_cannot_be_read_teaches(
    text: str, error: type[SimError], told: str
) -> None:
    """The kind of error is the promised one, and it says what was meant or is allowed."""
    with pytest.raises(error, match=told):
        read_decision(text)


@pytest.mark.parametrize(
    ("texts", "at", "through", "told"),
    [
        ((), AT, None, "add --do"),
        (("us.hike=no",), date(2026, 1, 1), None, "--on 2026-01-01 lies outside the run"),
        (("us.hike=no",), AT, date(2026, 1, 1), "--through 2026-01-01 lies outside the run"),
        (("us.hike=no",), AT, date(2025, 11, 1), "is before --on"),
        (("us.hike=20",), AT, date(2025, 11, 9), "only to forbidden acts"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    texts: tuple[str, ...], at: date, through: date | None, told: str
) -> None:
    """Before anything is played."""
    with pytest.raises(UsageError, match=told):
        fork_of(*texts, at=at, through=through)


def test_the_value_of_a_decision_is_the_mean_of_its_pairs(tmp_path: Path) -> None:
    """Fork minus base, over all pairs; over those in which anything differs it is larger by as
    much as they are fewer, and the shares of runs are those of the events."""
    found = api.fork(
        "october-2025-apec",
        on="2025-10-30",
        do="us.extend_truce=no",
        n=120,
        until="2025-11-20",
        results=tmp_path,
    ).value
    fork, base = found.comparison.a, found.comparison.b
    outcome = "us_addon_pp"
    whole = next(d for d in found.comparison.differences if d.outcome == outcome)
    among = next(d for d in found.among_changed if d.outcome == outcome)
    direct = np.mean(fork.values[outcome] - base.values[outcome])
    changed = int(found.divergence.changed.sum())
    stopped = found.occurrences[0]

    assert whole.difference.value == pytest.approx(direct)
    assert among.pairs == changed
    assert among.difference.value * changed / 120 == pytest.approx(direct)
    assert 0 < changed < 120
    assert stopped.base is not None
    assert stopped.fork is not None
    assert stopped.fork.value == 0.0
    # A longer pause is mostly agreed as one clause of many, and each of these counts. The ban also
    # changes what is proposed where nothing is agreed.
    assert 0.1 < stopped.base.value <= found.changed.value


def test_runs_asked_for_of_the_pairs_that_changed_are_of_all_pairs(tmp_path: Path) -> None:
    """What more it takes is said as -n is typed, though only some of the pairs change; more pairs
    than are looked at are not asked for."""
    found = api.fork(
        "october-2025-apec",
        on="2025-11-01",
        do="us.carry_out_threat=no",
        n=120,
        until="2026-03-20",
        seed=4,
        results=tmp_path,
    ).value
    changed = int(found.divergence.changed.sum())
    of_all, of_changed = (
        [d.runs_needed for d in judge([found.among_changed], [n])[0]] for n in (120, changed)
    )
    told = [d.runs_needed for d in found.among_changed]

    assert told == [needed if needed and needed <= MOST_PAIRS else None for needed in of_all]
    assert told != of_changed
    assert max(needed or 0 for needed in of_all) > MOST_PAIRS


def test_what_could_not_be_carried_out_is_counted(tmp_path: Path) -> None:
    """A threat is executed only where one is open, and the share says so; of a call, how often
    the other side takes it."""
    found = api.fork(
        "october-2025-apec",
        on="2025-11-01",
        do=["us.carry_out_threat=yes", "us.call_leader=yes"],
        n=100,
        until="2025-11-10",
        results=tmp_path,
    ).value
    threat, call = found.occurrences

    assert threat.fork is not None
    assert 0.0 < threat.fork.value < 1.0
    assert threat.agreed is None
    assert call.fork is not None
    assert call.fork.value == 1.0
    assert call.agreed is not None
    assert 0.0 < call.agreed.value < 1.0
