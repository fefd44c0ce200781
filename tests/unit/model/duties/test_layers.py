"""Duties: layers in force, announced and suspended, their averages, and what traders hear."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine import processes
from sim.engine.plan import make_plan
from sim.engine.simpy_loop import run_block
from sim.engine.world import World, opening
from sim.model.duties.layers import (
    addon_pp,
    apply_announcement,
    apply_averages,
    apply_cut,
    apply_duty,
    apply_fentanyl_cut,
    apply_pending,
    apply_withdrawal,
    average_pct,
    avg_seed_pct,
    stopped_trade,
)
from sim.model.duties.threats import apply_threat_drop
from sim.model.tables.codes import (
    CN,
    FENTANYL,
    FULL_REPLY,
    PARTIAL_REPLY,
    PNTR,
    RECIPROCAL,
    S232,
    THREATENED,
    US,
)
from sim.model.tables.fields import copy_record
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS
from sim.scenario.load import resolve
from tests.unit.model.records import AVERAGES, TODAY, changed

SCENARIO = "october-2025-apec"
PENDING = {"pending_due", "pending_side", "pending_layer", "pending_pp", "pending_coverage"}


def slots(first: list[Any], last: Any) -> list[Any]:
    """Returns the values of all slots for announced duties: the first ones, zeros, and the last."""
    return [*first, *[0] * (PENDING_SLOTS - len(first) - 1), last]


def opened(**sets: str) -> tuple[Any, Any]:
    """Returns state and parameters of the October scenario on its first day."""
    named = tuple((name.replace("__", "."), value) for name, value in sets.items())
    params, state = opening(resolve(SCENARIO, sets=named), None)
    return copy_record(state), params


# ------------------------------------------------------------------------------- the three scales


@pytest.mark.parametrize("layer", [FENTANYL, RECIPROCAL, THREATENED, PNTR])
def test_each_us_layer_of_2025_counts_in_the_add_on(state: State, layer: int) -> None:
    """The US headline is the sum of the layers added since January 2025."""
    # Fails if a layer is left out of the sum.
    state.duty_pp[US] = [1.0] * 6
    state.duty_pp[US][layer] = 30.0

    assert addon_pp(state, US) == 33.0


@pytest.mark.parametrize(("layer", "expected"), [(FULL_REPLY, 34.0), (PARTIAL_REPLY, 4.0)])
def test_only_full_replies_count_in_the_chinese_add_on(
    state: State, layer: int, expected: float
) -> None:
    """Partial replies cover part of trade and stay out of China's headline."""
    # Fails if partial replies are added to the headline, or the US layers are read for China.
    state.duty_pp[US] = [50.0] * 6
    state.duty_pp[CN][FULL_REPLY] = 4.0
    state.duty_pp[CN][layer] += 30.0 if layer == FULL_REPLY else 15.0

    assert addon_pp(state, CN) == expected


def test_the_articles_average_is_its_base_and_the_add_on(state: State, params: Params) -> None:
    """The seed scale starts from its base and moves point by point with the US add-on."""
    # Fails if the base is dropped, or China's add-on is read.
    params.avg_seed_base_pct = 14.5
    state.duty_pp[US][FENTANYL] = 20.0
    state.duty_pp[CN][FULL_REPLY] = 7.0

    assert avg_seed_pct(state, params) == 34.5


@pytest.mark.parametrize(("side", "expected"), [(US, 25.0), (CN, 12.0)])
def test_the_average_weighs_each_layer_by_its_coverage(
    state: State, params: Params, side: int, expected: float
) -> None:
    """A side's average is its ordinary duty plus rate times coverage of every layer."""
    # Fails if coverage is ignored, a layer is left out at either end, or the sides are mixed up.
    params.mfn_pct = [3.0, 8.0]
    state.duty_pp = [[20.0, 0.0, 10.0, 0.0, 0.0, 8.0], [0.0, 0.0, 16.0, 0.0, 0.0, 0.0]]
    state.coverage = [[0.5, 1.0, 1.0, 1.0, 1.0, 0.25], [1.0, 1.0, 0.25, 1.0, 1.0, 1.0]]

    assert average_pct(state, params, side) == expected


# ---------------------------------------------------------------------- what the economy reads


def test_averages_are_worked_out_for_both_sides_and_touch_nothing_else(
    state: State, params: Params
) -> None:
    """Bringing the averages up to date writes them and what is announced, no duty."""
    # Fails if a side or a layer is skipped, or the rule writes a field of its own.
    params.mfn_pct = [3.0, 8.0]
    state.announced_pp = [[9.0] * 6, [9.0] * 6]
    state.announced_cover = 0.5

    fields = changed(state, lambda: apply_averages(state, params))

    assert fields == AVERAGES
    assert state.avg_pct == [3.0, 8.0]
    assert state.announced_pp == [[0.0] * 6, [0.0] * 6]
    assert state.announced_cover == 0.0


def test_announcements_of_a_layer_add_up(state: State, params: Params) -> None:
    """Occupied slots add to their side's layer and coverage; a free slot counts for nothing."""
    # Fails if slots overwrite each other, a free slot is read, or side and layer are swapped.
    state.pending_due = slots([TODAY + 1, 0, TODAY + 2, TODAY + 3], TODAY + 4)
    state.pending_side = slots([US, US, US, CN], CN)
    state.pending_layer = slots([RECIPROCAL, RECIPROCAL, RECIPROCAL, PARTIAL_REPLY], 2)
    state.pending_pp = slots([10.0, 99.0, 5.0], 0.0)
    state.pending_coverage = slots([0.0, 0.5, 0.0, 0.25], 0.125)

    apply_averages(state, params)

    assert state.announced_pp[US] == [0.0, 0.0, 0.0, 15.0, 0.0, 0.0]
    assert state.announced_pp[CN] == [0.0] * 6
    assert state.announced_cover == 0.375


@pytest.mark.parametrize(("stands", "expected"), [(True, 10.0), (False, 0.0)])
def test_an_open_threat_counts_by_the_odds_it_is_given(
    state: State, params: Params, stands: bool, expected: float
) -> None:
    """Importers hedge against threatened points in proportion to the odds of execution."""
    # Fails if the threat counts in full, by the odds against it, or when it is closed.
    state.threat_open = stands
    state.threat_pp = 40.0
    state.reputation_kept, state.reputation_broken = 1.0, 3.0

    apply_averages(state, params)

    assert state.announced_pp[US][THREATENED] == expected


def test_a_new_threat_adds_to_one_that_was_ordered(state: State, params: Params) -> None:
    """Threatened points on their way into force count in full beside the odds of the next."""
    # Fails if the threat's odds replace what is announced on its layer.
    state.pending_due[0], state.pending_layer[0], state.pending_pp[0] = TODAY + 1, THREATENED, 30.0
    state.threat_open = True
    state.threat_pp = 40.0
    state.reputation_kept, state.reputation_broken = 1.0, 3.0

    apply_averages(state, params)

    assert state.announced_pp[US][THREATENED] == 40.0


# ------------------------------------------------------------------------------- taking force


def test_points_add_to_a_layer_in_force(state: State, params: Params) -> None:
    """A duty in force today adds to what the layer already carries and moves the average."""
    # Fails if points replace the rate, coverage is added for a full layer, or averages are stale.
    state.duty_pp[US][RECIPROCAL] = 10.0
    state.coverage[US][RECIPROCAL] = 0.5

    fields = changed(state, lambda: apply_duty(state, params, US, RECIPROCAL, 20.0, 0.25))

    assert fields == {"duty_pp", "avg_pct"}
    assert state.duty_pp[US][RECIPROCAL] == 30.0
    assert state.avg_pct[US] == 15.0


def test_a_full_reply_adds_points_not_coverage(state: State, params: Params) -> None:
    """China's full reply is a layer like any other: points add up."""
    # Fails if every Chinese layer is taken for a partial reply.
    state.duty_pp[CN][FULL_REPLY] = 10.0

    apply_duty(state, params, CN, FULL_REPLY, 24.0, 0.5)

    assert state.duty_pp[CN][FULL_REPLY] == 34.0
    assert state.coverage[CN] == [0.0] * 6


@pytest.mark.parametrize(("before", "more", "after"), [(0.25, 0.5, 0.75), (0.75, 0.5, 1.0)])
def test_a_partial_reply_widens_its_coverage_at_a_fixed_rate(
    state: State, params: Params, before: float, more: float, after: float
) -> None:
    """China's partial replies add coverage, at most all trade; their rate stays as it is."""
    # Fails if the rate adds up, coverage is replaced, or the cap of 1 is taken away.
    params.partial_reply_rate_pp = 15.0
    state.duty_pp[CN][PARTIAL_REPLY] = 15.0
    state.coverage[CN][PARTIAL_REPLY] = before

    apply_duty(state, params, CN, PARTIAL_REPLY, 99.0, more)

    assert state.duty_pp[CN][PARTIAL_REPLY] == 15.0
    assert state.coverage[CN][PARTIAL_REPLY] == after


def test_the_us_layer_of_the_same_number_is_no_partial_reply(state: State, params: Params) -> None:
    """The fentanyl layer shares its number with China's partial replies and takes points."""
    # Fails if the side is not looked at.
    assert FENTANYL == PARTIAL_REPLY

    apply_duty(state, params, US, FENTANYL, 10.0, 0.5)

    assert state.duty_pp[US][FENTANYL] == 10.0
    assert state.coverage[US][FENTANYL] == 0.0


@pytest.mark.parametrize(
    ("side", "layer", "expected"),
    [(US, THREATENED, True), (US, RECIPROCAL, False), (CN, THREATENED, False)],
)
def test_a_threatened_duty_in_force_is_noted(
    state: State, params: Params, side: int, layer: int, expected: bool
) -> None:
    """Only the US layer of threatened duties marks a threat as in effect."""
    # Fails if side or layer is not looked at.
    apply_duty(state, params, side, layer, 10.0, 0.0)

    assert state.threat_in_effect is expected


# ---------------------------------------------------------------------------- announcements


@pytest.mark.parametrize("lead", [0, -1])
def test_without_notice_a_duty_takes_force_today(state: State, params: Params, lead: int) -> None:
    """An announcement for today, or for a day that is past, is in force at once."""
    # Fails if the comparison is strict, so that a lead of 0 waits in a slot.
    apply_announcement(state, params, US, RECIPROCAL, 10.0, 0.0, lead)

    assert state.duty_pp[US][RECIPROCAL] == 10.0
    assert state.pending_due == [0] * PENDING_SLOTS


@pytest.mark.parametrize("side", [US, CN])
@pytest.mark.parametrize(
    ("layer", "lead", "due"),
    [(RECIPROCAL, 1, 4), (RECIPROCAL, 0, 4), (RECIPROCAL, 6, 6), (PNTR, 1, 1)],
)
def test_no_duty_overtakes_one_the_us_ordered_before(
    state: State, params: Params, side: int, layer: int, lead: int, due: int
) -> None:
    """A reply waits for what it answers, a further step for the one before; an end of normal
    trade relations holds up nothing."""
    # Fails if the order is left out, the later day is not taken, or every layer counts.
    state.pending_due[0], state.pending_side[0] = TODAY + 4, US
    state.pending_layer[0] = layer

    apply_announcement(state, params, side, THREATENED, 10.0, 0.0, lead)

    assert state.pending_due[:3] == [TODAY + 4, TODAY + due, 0]


def test_an_announcement_waits_in_the_first_free_slot(state: State, params: Params) -> None:
    """With notice, the duty stays as it is and a slot holds day, side, layer, points, coverage."""
    # Fails if the due day is off, a taken slot is overwritten, all free slots are filled, or the
    # averages do not hear of it.
    state.pending_due[0], state.pending_side[0] = TODAY + 9, CN

    fields = changed(
        state, lambda: apply_announcement(state, params, CN, FULL_REPLY, 34.0, 0.25, 1)
    )

    assert fields == PENDING | {"announced_pp", "announced_cover"}
    assert state.pending_due == slots([TODAY + 9, TODAY + 1], 0)
    assert (state.pending_side[1], state.pending_layer[1]) == (CN, FULL_REPLY)
    assert (state.pending_pp[1], state.pending_coverage[1]) == (34.0, 0.25)
    assert state.announced_pp[CN][FULL_REPLY] == 34.0


@pytest.mark.parametrize(("taken", "fails"), [(PENDING_SLOTS - 1, False), (PENDING_SLOTS, True)])
def test_an_announcement_too_many_is_noted_as_a_failure(
    state: State, params: Params, taken: int, fails: bool
) -> None:
    """All slots find room; one more changes no duty and marks the run as failed."""
    # Fails if the last slot is never used, or an overflow passes in silence.
    state.pending_due = [TODAY + 1] * taken + [0] * (PENDING_SLOTS - taken)

    apply_announcement(state, params, US, RECIPROCAL, 10.0, 0.0, 5)

    assert state.pending_overflow is fails
    assert (TODAY + 5 in state.pending_due) is not fails
    assert state.duty_pp[US][RECIPROCAL] == 0.0


@pytest.mark.parametrize(("due", "done"), [(TODAY - 1, 1), (TODAY, 1), (TODAY + 1, 0)])
def test_an_announcement_takes_force_on_its_day(
    state: State, params: Params, due: int, done: int
) -> None:
    """What falls due today or fell due before is put in force; tomorrow's waits."""
    # Fails if the day is compared strictly, or the slot stays taken.
    state.pending_due[3] = due
    state.pending_layer[3] = RECIPROCAL
    state.pending_pp[3] = 10.0

    assert apply_pending(state, params) == done
    assert state.duty_pp[US][RECIPROCAL] == 10.0 * done
    assert state.pending_due[3] == due * (1 - done)


def test_all_that_falls_due_on_a_day_takes_force(state: State, params: Params) -> None:
    """Every slot is looked at; side, layer and coverage are those of its announcement."""
    # Fails if the rule stops at the first, counts wrongly, or hands the wrong part of a slot on.
    params.partial_reply_rate_pp = 15.0
    state.pending_due = slots([TODAY, 0, TODAY + 1], TODAY)
    state.pending_side = slots([US, 0, US], CN)
    state.pending_layer = slots([PNTR, 0, S232], PARTIAL_REPLY)
    state.pending_pp = slots([30.0, 7.0, 9.0], 0.0)
    state.pending_coverage = slots([], 0.25)

    assert apply_pending(state, params) == 2
    assert state.duty_pp[US] == [0.0, 0.0, 0.0, 0.0, 0.0, 30.0]
    assert state.duty_pp[CN] == [0.0, 0.0, 15.0, 0.0, 0.0, 0.0]
    assert state.coverage[CN][PARTIAL_REPLY] == 0.25
    assert state.pending_due == slots([0, 0, TODAY + 1], 0)


def test_a_deal_withdraws_what_the_us_has_announced(state: State, params: Params) -> None:
    """US duties not yet in force are taken back; those China announced come all the same."""
    # Fails if China's are withdrawn too, or traders still hear of the US ones.
    state.pending_due = slots([TODAY + 1, TODAY + 2], TODAY + 3)
    state.pending_side = slots([US, CN], US)
    state.pending_layer = slots([RECIPROCAL, FULL_REPLY], FENTANYL)
    state.pending_pp = slots([10.0, 20.0], 40.0)
    apply_averages(state, params)

    fields = changed(state, lambda: apply_withdrawal(state, params))

    assert fields == {"pending_due", "announced_pp"}
    assert state.pending_due == slots([0, TODAY + 2], 0)
    assert state.announced_pp[US] == [0.0] * 6
    assert state.announced_pp[CN][FULL_REPLY] == 20.0


# ------------------------------------------------------------------------------------- cuts


@pytest.mark.parametrize(
    ("points", "cut", "threatened", "reciprocal"),
    [
        (0.0, 0.0, 40.0, 30.0),
        (16.0, 16.0, 24.0, 30.0),
        (48.0, 48.0, 0.0, 22.0),
        (99.0, 70.0, 0.0, 0.0),
    ],
)
def test_a_cut_takes_the_newest_layer_first(
    state: State,
    params: Params,
    points: float,
    cut: float,
    threatened: float,
    reciprocal: float,
) -> None:
    """Threatened points go before reciprocal ones; the fentanyl layer and the lists stay."""
    # Fails if the order is turned, the fentanyl layer is cut, or more is cut than there is.
    state.duty_pp[US] = [25.0, 5.0, 20.0, 30.0, 40.0, 0.0]
    state.coverage[US] = [1.0] * 6

    assert apply_cut(state, params, US, points) == cut
    assert state.duty_pp[US] == [25.0, 5.0, 20.0, reciprocal, threatened, 0.0]
    assert state.avg_pct[US] == 50.0 + reciprocal + threatened


def test_china_cuts_its_full_reply_alone(state: State, params: Params) -> None:
    """A Chinese cut leaves partial replies and US duties where they are."""
    # Fails if the wrong side or layer is cut.
    state.duty_pp = [[0.0, 0.0, 20.0, 30.0, 40.0, 0.0], [5.0, 0.0, 15.0, 34.0, 0.0, 0.0]]

    fields = changed(state, lambda: apply_cut(state, params, CN, 24.0))

    assert fields == {"duty_pp", "cut_day"}
    assert state.cut_day == [0, TODAY]
    assert state.duty_pp[US] == [0.0, 0.0, 20.0, 30.0, 40.0, 0.0]
    assert state.duty_pp[CN] == [5.0, 0.0, 15.0, 10.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("side", "points", "stands"), [(US, 40.0, False), (US, 39.0, True), (CN, 40.0, True)]
)
def test_a_threat_is_in_effect_until_its_last_point_is_cut(
    state: State, params: Params, side: int, points: float, stands: bool
) -> None:
    """Only a US cut that takes the whole threatened layer ends its mark."""
    # Fails if a part of the layer, or a Chinese cut, clears the mark.
    state.duty_pp[US][THREATENED] = 40.0
    state.threat_in_effect = True

    apply_cut(state, params, side, points)

    assert state.threat_in_effect is stands


@pytest.mark.parametrize(("points", "cut"), [(5.0, 5.0), (20.0, 20.0), (30.0, 20.0)])
def test_the_fentanyl_layer_is_cut_on_its_own(
    state: State, params: Params, points: float, cut: float
) -> None:
    """A tranche takes up to the whole fentanyl layer, and no other."""
    # Fails if another layer is cut, or the layer goes below zero.
    state.duty_pp[US] = [0.0, 0.0, 20.0, 30.0, 40.0, 0.0]
    state.coverage[US] = [1.0] * 6

    assert apply_fentanyl_cut(state, params, points) == cut
    assert state.duty_pp[US] == [0.0, 0.0, 20.0 - cut, 30.0, 40.0, 0.0]
    assert state.avg_pct[US] == 90.0 - cut


@pytest.mark.parametrize(("side", "left"), [(US, 18.0), (CN, 30.0)])
def test_what_the_us_has_cut_is_not_restored(
    state: State, params: Params, side: int, left: float
) -> None:
    """Twelve of 30 points struck down are waived by a cut of 12; a cut by China waives none."""
    # Fails if cuts leave the points to be restored alone, or China's cuts count.
    state.struck_pp = 30.0
    state.duty_pp[side][RECIPROCAL] = 12.0

    apply_cut(state, params, side, 20.0)

    assert state.struck_pp == left


def test_a_cut_of_the_fentanyl_layer_is_not_restored_either(state: State, params: Params) -> None:
    """Down to nothing, and not below."""
    # Fails if the fentanyl layer is left out, or the points become negative.
    state.struck_pp = 15.0
    state.duty_pp[US][FENTANYL] = 20.0
    apply_fentanyl_cut(state, params, 10.0)
    assert state.struck_pp == 5.0
    apply_fentanyl_cut(state, params, 10.0)
    assert state.struck_pp == 0.0


# ------------------------------------------------------------------------- announcements in runs


def test_a_threat_dropped_hurries_nobody_at_the_months_trade() -> None:
    """Points threatened count by the odds the threat is given, and are gone once it is dropped,
    whenever in the month that was."""
    state, params = opened()
    odds = state.reputation_kept / (state.reputation_kept + state.reputation_broken)
    assert state.announced_pp[US][THREATENED] == pytest.approx(100.0 * odds)

    apply_threat_drop(state, params)
    apply_averages(state, params)

    assert state.announced_pp[US][THREATENED] == 0.0


def test_announcements_are_current_in_every_month_of_a_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Right before trade moves on, working announcements out anew changes nothing."""
    months = []
    played = processes.apply_trade_month

    def looked_at(state: Any, params: Any) -> None:
        fresh = copy_record(state)
        apply_averages(fresh, params)
        months.append(fresh.announced_pp == state.announced_pp)
        played(state, params)

    monkeypatch.setattr(processes, "apply_trade_month", looked_at)
    run_block(resolve(SCENARIO), 1, 0, 20)

    assert len(months) > 100
    assert all(months)


def test_a_threat_nobody_has_a_record_of_is_given_no_odds() -> None:
    """With no deadline kept or broken on record the odds are zero and the run goes on."""
    state, _ = opened(us__reputation__kept="0", us__reputation__broken="0")

    assert state.announced_pp[US][THREATENED] == 0.0


def test_trade_reads_the_announcements_of_the_day() -> None:
    """The month's trade reads the announcements of the day, not those of the last change."""
    resolved = resolve(SCENARIO)
    params, state = opening(resolved, None)
    world = World(make_plan(resolved), state, params, [[0.5] * 200])
    world.state.threat_open = False

    processes.trade(world)

    assert world.state.announced_pp[US][THREATENED] == 0.0


@pytest.mark.parametrize(
    ("points", "expected"), [(0.0, 0.0), (50.0, 0.0), (75.0, 0.5), (100.0, 1.0), (300.0, 1.0)]
)
def test_trade_stops_between_half_and_all_of_the_prohibitive_add_on(
    state: State, params: Params, points: float, expected: float
) -> None:
    """A straight line between the two, flat beyond."""
    # Fails if it sets in elsewhere, or is not bounded.
    params.prohibitive_pp = 100.0
    state.duty_pp[US][RECIPROCAL] = points

    assert stopped_trade(state, params) == expected


def test_a_cut_of_the_fentanyl_layer_is_a_cut(state: State, params: Params) -> None:
    """It counts as any other; a cut of nothing does not."""
    # Fails if the day is not recorded, or recorded for nothing.
    apply_fentanyl_cut(state, params, 10.0)
    apply_cut(state, params, US, 10.0)
    assert state.cut_day == [0, 0]
    state.duty_pp[US][FENTANYL] = 20.0
    apply_fentanyl_cut(state, params, 10.0)
    assert state.cut_day == [TODAY, 0]
