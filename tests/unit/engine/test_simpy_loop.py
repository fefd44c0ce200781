"""The SimPy engine: order of the day, truce clock, report columns, failures as data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import pytest

from sim.engine import simpy_loop
from sim.engine.blocks import columns
from sim.engine.chronicle import trace
from sim.engine.clocks import AT, OFFSET, TICKS_PER_DAY, Clock, day_of, next_month, tick
from sim.engine.happenings import CODES
from sim.engine.parameter_sets import ParameterSets
from sim.engine.plan import make_plan
from sim.engine.processes import reply_to_hike
from sim.engine.simpy_loop import EventRecorder, run_block
from sim.engine.sites import COLUMNS
from sim.engine.world import World, opening
from sim.errors import UsageError
from sim.model.outcomes.politics import OUTCOMES, PATHS
from sim.model.tables.codes import CN, ENTITIES, RARE_EARTHS
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

SEED = 20251023


@pytest.fixture(scope="module")
def october() -> Resolved:
    """The October scenario over five weeks."""
    return resolve("october-2025-apec", until=date(2025, 11, 30))


@pytest.fixture(scope="module")
def march() -> Resolved:
    """The escalation of March 2025, with hikes and replies, over two months."""
    return resolve("march-2025-escalation", until=date(2025, 5, 15))


def scenario(folder: Path, text: str, base: str = "october-2025-apec") -> Resolved:
    """Resolves a file that extends a shipped scenario."""
    file = folder / "mine.yaml"
    file.write_text(f"extends: {base}\n{text}", encoding="utf-8")
    return resolve(str(file), until=date(2025, 11, 30))


def test_no_two_clocks_share_a_tick() -> None:
    """Every clock has a tick of its own within the day."""
    assert len(set(OFFSET.values())) == len(AT) == len(Clock)
    assert max(OFFSET.values()) < TICKS_PER_DAY


def test_ticks_name_their_day() -> None:
    """A tick leads back to its day."""
    assert day_of(tick(739_547, Clock.BOOKKEEPING)) == 739_547


def test_draw_sites_never_share_a_draw() -> None:
    """No two sites use the same stream and k."""
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_months_turn_over_the_year() -> None:
    """The first of the month after 31 December is 1 January."""
    assert next_month(date(2025, 12, 31).toordinal()) == date(2026, 1, 1).toordinal()
    assert next_month(date(2025, 11, 1).toordinal()) == date(2025, 12, 1).toordinal()


def test_columns_hold_every_outcome_once(october: Resolved) -> None:
    """Each outcome has its end column, each dated one a column a report date; sectors are read at
    the ends of quarters, of which these five weeks see none."""
    names = [column.name for column in columns(october)]
    dated = sum(outcome.dated and not outcome.quarterly for outcome in OUTCOMES)

    assert len(names) == len(set(names)) == len(OUTCOMES) + dated * len(october.report_dates)
    assert "truce_in_force@2025-11-10" in names
    assert "tariff_pct[us.toys]" in names


def test_values_are_typed_by_kind(october: Resolved) -> None:
    """Numbers are floats, flags booleans, classes codes within their list."""
    block = run_block(october, SEED, 0, 20)

    for column in columns(october):
        values = block.values[column.name]
        expected = {"number": np.float64, "flag": np.bool_, "class": np.int64}
        assert values.dtype == expected[column.outcome.kind], column.name
        if column.outcome.kind == "class":
            assert set(values) <= set(range(len(column.outcome.classes)))


def test_paths_are_read_on_mondays(october: Resolved) -> None:
    """Paths hold every Monday of the run and start at the level of the scenario."""
    block = run_block(october, SEED, 0, 5)

    assert [date.fromordinal(int(day)).weekday() for day in block.weeks] == [0] * len(block.weeks)
    assert set(block.paths) == set(PATHS)
    assert block.paths["us_addon_pp"].shape == (5, len(block.weeks))


def test_an_end_value_is_the_value_on_the_last_day(october: Resolved) -> None:
    """An outcome without a date equals the same outcome on the last day."""
    last = resolve("october-2025-apec", until=date(2025, 11, 30), at=[date(2025, 11, 30)])
    block = run_block(last, SEED, 0, 30)

    np.testing.assert_array_equal(block.values["tension"], block.values["tension@2025-11-30"])


def test_an_announced_act_too_many_fails_the_run_as_data(
    october: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that needs a slot too many is a failed record, and the batch goes on."""
    real = simpy_loop.apply_day_end

    def overflow(state: object, params: object) -> None:
        real(state, params)  # type: ignore[arg-type]
        if state.day == october.start + 3:  # type: ignore[attr-defined]
            state.pending_overflow = True  # type: ignore[attr-defined]

    monkeypatch.setattr(simpy_loop, "apply_day_end", overflow)
    block = run_block(october, SEED, 7, 3)

    assert [f.replicate for f in block.failures] == [7, 8, 9]
    assert block.values["failed"].all()
    assert np.isnan(block.values["tension"]).all()
    assert (block.values["path_class"] == -1).all()


def test_seed_must_be_a_key(october: Resolved) -> None:
    """A seed of 2**32 is refused before anything runs."""
    with pytest.raises(UsageError, match="4294967295"):
        run_block(october, 2**32, 0, 1)


def test_parameter_sets_apply_run_by_run(october: Resolved) -> None:
    """Each replicate runs under its own draw of parameters, shared where the mapping is."""
    rest = october.parameters["tension.rest"].value
    sets = ParameterSets(("tension.rest",), np.array([[rest], [0.9]]), np.array([0, 0, 1, 1]))
    plain = run_block(october, SEED, 0, 4)
    mixed = run_block(october, SEED, 0, 4, sets)

    assert mixed.values["tension"][:2].tobytes() == plain.values["tension"][:2].tobytes()
    assert (mixed.values["tension"][2:] != plain.values["tension"][2:]).all()


UNBROKEN = "  calm: {date: 2025-10-23, do: {forbid: {side: us, act: execute_threat}}}\n"
"""Intervention under which no hike breaks the pause."""


def test_truce_lapses_on_its_day_when_nothing_is_signed(tmp_path: Path) -> None:
    """Without an extension the pause is in force to the day before its end and not after."""
    bans = "\n".join(
        f"  ban-{act}: {{date: 2025-10-23, do: {{forbid: {{side: us, act: sign_{act}}}}}}}"
        for act in ("extension", "swap", "purchases", "fentanyl", "investment", "comprehensive")
    )
    found = scenario(tmp_path, f"interventions:\n{bans}\n{UNBROKEN}")
    found = replace(found, report_dates=tuple(date(2025, 11, d).toordinal() for d in (9, 10)))
    block = run_block(found, SEED, 0, 30)

    assert block.values["truce_in_force@2025-11-09"].all()
    assert not block.values["truce_in_force@2025-11-10"].any()
    assert (block.values["truce_expiry"] == 3).all()


def test_truce_clock_is_set_anew_by_an_extension(tmp_path: Path) -> None:
    """An extension on the eve moves the end by 90 days; nothing snaps back on the old day."""
    found = scenario(
        tmp_path,
        "interventions:\n"
        "  prolong: {date: 2025-11-09, do: {force: {side: us, act: sign_extension}}}\n" + UNBROKEN,
    )
    block = run_block(found, SEED, 0, 30)

    assert block.values["truce_in_force@2025-11-10"].all()
    assert not (block.values["truce_expiry"] == 3).any()


def test_a_conditional_row_fires_once_its_streak_is_long_enough(tmp_path: Path) -> None:
    """A `when` with `for N days` waits for the streak and fires a single time."""
    found = scenario(
        tmp_path,
        "interventions:\n"
        '  hit: {when: "tension >= 0 for 5 days",'
        " do: {force: {side: us, act: hike, size_pp: 34}}}\n",
    )
    chronicle = trace(found, SEED, 0)
    hits = [event.day for event in chronicle.events if event.act == "hike"]

    assert hits[0] == found.start + 4
    assert chronicle.events[0].day >= found.start
    assert len([day for day in hits if day == found.start + 4]) == 1


def test_a_cooldown_row_fires_again(tmp_path: Path) -> None:
    """A row with a cooldown fires again after so many days."""
    found = scenario(
        tmp_path,
        "interventions:\n  set-it:\n"
        '    when: "tension > 0"\n    cooldown_days: 10\n'
        "    do: {set: {us.attention: 0.0}}\n"
        "    source: record\n",
    )
    calm = run_block(found, SEED, 0, 40).values["us_measures"].mean()
    usual = (
        run_block(resolve("october-2025-apec", until=date(2025, 11, 30)), SEED, 0, 40)
        .values["us_measures"]
        .mean()
    )

    assert calm < usual


def test_chronicle_explains_its_decisions(october: Resolved) -> None:
    """A decision's line carries probabilities that add up to one and at most three reasons."""
    decisions = [e for r in range(5) for e in trace(october, SEED, r).events if e.probabilities]

    assert decisions
    for event in decisions:
        assert sum(p for _, p in event.probabilities) == pytest.approx(1.0)
        assert event.act in dict(event.probabilities)
        assert len(event.features) <= 3


def test_chronicle_is_in_order_and_dated_within_the_run(october: Resolved) -> None:
    """Events stand in the order of days, none outside the run."""
    days = [event.day for event in trace(october, SEED, 3).events]

    assert days == sorted(days)
    assert october.start <= days[0]
    assert days[-1] <= october.until


def test_duties_are_told_with_their_side_and_points(march: Resolved) -> None:
    """What a side puts into force is what its column moves by, also on a day on which both do;
    duties on lists of goods add no points. A hike says what it adds."""
    # Fails if the sides are exchanged, or the points of the other side or of all duties are told.
    runs = [trace(march, SEED, r).events for r in range(6)]
    told: set[tuple[str | None, bool]] = set()
    for events in runs:
        days = [[*group] for _, group in groupby(events, key=lambda event: (event.day, event.act))]
        for before, group in pairwise(days):
            for event in group if group[0].act == "takes_force" else ():
                column = f"{event.side}_addon_pp"
                added = event.levels[column] - before[-1].levels[column]
                assert added == pytest.approx(event.size)
                assert (f"{event.size:.0f} point" in event.text) == (event.size > 0.0)
                told.add((event.side, event.size > 0.0))
    assert told == {("us", True), ("cn", True), ("cn", False)}
    hikes = {e.size for events in runs for e in events if e.act == "hike" and e.side == "us"}
    assert march.parameters["us.hike.step_pp"].value in hikes


@pytest.mark.parametrize(("owed", "instrument"), [(100.0, RARE_EARTHS), (1.0, ENTITIES)])
def test_a_control_added_to_a_reply_says_which(
    october: Resolved, owed: float, instrument: int
) -> None:
    """Its size is the instrument that was raised."""
    params, state = opening(october, None)
    params.reply_control_probability = params.reply_probability = 1.0
    recorder = EventRecorder()
    world = World(make_plan(october), state, params, [[0.5] * len(COLUMNS)], recorder)
    world.state.reply_pp = owed
    before = world.state.control[CN][instrument]
    reply_to_hike(world)

    _, _, side, act, size = recorder.rows[-1]
    assert (side, act, size) == (CN, CODES["reply_control"], instrument)
    assert world.state.control[CN][instrument] == before + 1
