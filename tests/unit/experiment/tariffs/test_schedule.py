"""Schedules of duties in the trade model: what is in force when, and what an announcement does."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from sim.economy.block import apply_trade_month
from sim.economy.sectors import GOODS
from sim.economy.tariffs import afloat_share, good_tariff_pct
from sim.engine.world import opening
from sim.experiment.tariffs.duties import Pair, unplayed_steps
from sim.experiment.tariffs.impact import Impact, drawn_names, impact, play
from sim.experiment.tariffs.lines import LINES
from sim.experiment.tariffs.schedule import duties_on, set_duties
from sim.model.tables.codes import CN, FENTANYL, FULL_REPLY, PARTIAL_REPLY, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.duty_schedule import DutySchedule, DutyStep, duties_of_2025, steps_of_text
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

HEAD = "date,side,on,points_pp,coverage,announced\n"
TOYS, PHONES, APPLIANCES, APPAREL, SOYBEANS = map(
    GOODS.index, ("us.toys", "us.phones", "us.appliances", "us.apparel", "cn.soybeans")
)


@pytest.fixture(scope="module")
def world() -> Resolved:
    """January 2025, before any duty was added."""
    return resolve("base/year-2025")


def steps(*rows: str) -> tuple[DutyStep, ...]:
    """Returns the steps of rows; coverage and announcement may be left out."""
    text = HEAD + "".join(f"{row}{',' * (5 - row.count(','))}\n" for row in rows)
    return steps_of_text(text, "duties.csv")


def schedule(*rows: str) -> DutySchedule:
    """Returns a schedule of rows."""
    return DutySchedule("duties.csv", "duties.csv", steps(*rows))


def under(world: Resolved, day: date, *rows: str) -> tuple[State, Params]:
    """Returns the trade model on a day, moved by one month under the duties of some rows."""
    params, state = opening(world, None)
    set_duties(state, params, steps(*rows), day)
    apply_trade_month(state, params)
    return state, params


def played(world: Resolved, *rows: str, months: int = 6) -> Impact:
    """Returns rows played from 20 January 2025, with all sectors and one draw."""
    return impact(world, [schedule(*rows)], months=months, n=1, sectors=True)


def monthly(found: Impact, name: str, which: int = 0) -> list[float]:
    """Returns the central values of a monthly line."""
    place = [line.name for line in found.monthly].index(name)
    return [float(value) for value in found.central_path[which, :, place]]


def test_points_take_the_place_of_those_before() -> None:
    """The last row of each target up to the day; layers and goods do not replace each other."""
    # Fails if points are added up, or the first row of a target stays.
    rows = steps(
        "2025-02-04,us,fentanyl,10",
        "2025-03-04,us,fentanyl,20",
        "2025-04-01,us,fentanyl,5",
        "2025-02-10,us,toys,7",
    )
    today = duties_on(rows, date(2025, 3, 4).toordinal())

    assert {step.on: step.points_pp for step in today.in_force} == {
        "fentanyl": 20.0,
        "us.toys": 7.0,
    }
    assert today.announced == ()


def test_coverage_stays_until_a_row_changes_it() -> None:
    """A row without one leaves that of the rows before."""
    # Fails if a row without coverage resets it, or an older one comes back.
    rows = steps(
        "2025-02-10,cn,partial_reply,15,0.04",
        "2025-03-10,cn,partial_reply,15,0.09",
        "2025-04-10,cn,partial_reply,10",
    )

    (step,) = duties_on(rows, date(2025, 5, 1).toordinal()).in_force
    assert (step.points_pp, step.coverage) == (10.0, 0.09)


def test_layers_rest_and_goods_reach_the_model(world: Resolved) -> None:
    """Each row changes what it names and nothing else."""
    # Fails if a row reaches another layer, side or good, or the day is not set.
    day = date(2025, 5, 1)
    state, params = under(
        world,
        day,
        "2025-02-04,us,fentanyl,20",
        "2025-04-10,us,reciprocal,125,0.8",
        "2025-04-12,cn,full_reply,84",
        "2025-04-12,cn,partial_reply,15,0.09",
        "2025-04-05,us,everyone_else,8",
        "2025-04-05,cn,soybeans,5",
        "2025-06-01,us,toys,50",
    )

    assert state.day == day.toordinal()
    assert (state.duty_pp[US][FENTANYL], state.duty_pp[US][RECIPROCAL]) == (20.0, 125.0)
    assert state.coverage[US][RECIPROCAL] == 0.8
    assert (state.duty_pp[CN][FULL_REPLY], state.duty_pp[CN][PARTIAL_REPLY]) == (84.0, 15.0)
    assert state.coverage[CN][PARTIAL_REPLY] == 0.09
    assert params.trade_rest_added_pp[US] == 8.0
    assert [good for good, points in enumerate(state.good_extra_pp) if points] == [SOYBEANS]
    assert state.good_extra_pp[SOYBEANS] == 5.0


def test_points_on_a_sector_change_its_duty_alone(world: Resolved) -> None:
    """Toys pay them on top of the layers; every other good pays what it did."""
    # Fails if the points are spread, replace those of layers, or are not paid.
    layers = ("2025-02-04,us,fentanyl,20", "2025-04-10,us,reciprocal,10")
    day = date(2025, 5, 1)
    plain, _ = under(world, day, *layers)
    state, params = under(world, day, *layers, "2025-04-01,us,toys,50")

    change = np.array(state.good_added_pp) - np.array(plain.good_added_pp)
    assert change[TOYS] == pytest.approx(50.0)
    assert np.count_nonzero(change) == 1
    paid = np.array(state.good_paid) - np.array(plain.good_paid)
    assert paid[TOYS] == pytest.approx(0.5 * params.trade_collect[US])
    assert np.count_nonzero(paid) == 1
    assert state.good_usd_bn_per_month[TOYS] < plain.good_usd_bn_per_month[TOYS]
    # The yuan falls a little with the average duty.
    flows = state.good_usd_bn_per_month[APPAREL], plain.good_usd_bn_per_month[APPAREL]
    assert flows[0] == pytest.approx(flows[1], rel=0.002)


def test_points_on_a_chapter_enter_by_share(world: Resolved) -> None:
    """Chapter 85 is all of phones, three quarters of appliances and nothing of toys; its points
    come on top of those of a sector."""
    # Fails if a chapter falls on whole sectors, or takes the place of a sector's points.
    day = date(2025, 5, 1)
    state, _ = under(world, day, "2025-04-01,us,hs85,40", "2025-04-01,us,phones,5")

    assert state.good_extra_pp[PHONES] == 45.0
    assert state.good_extra_pp[APPLIANCES] == pytest.approx(40.0 * 9642.8 / 13_120.2)
    assert state.good_extra_pp[TOYS] == 0.0


def test_an_exemption_ends_at_a_duty_of_nothing(world: Resolved) -> None:
    """Fewer points than the layers add take a good down to its duty of 2024, and below it; what is
    paid is never below nothing."""
    # Fails if points below 0 are cut off, or a duty below 0 is paid out.
    day = date(2025, 5, 1)
    flat = "2025-02-04,us,fentanyl,20"
    exempt, params = under(world, day, flat, "2025-04-01,us,apparel,-20")
    freed, _ = under(world, day, flat, "2025-04-01,us,apparel,-1000")

    assert good_tariff_pct(exempt, params, APPAREL) == pytest.approx(params.good_duty_pct[APPAREL])
    assert freed.good_paid[APPAREL] == good_tariff_pct(freed, params, APPAREL) == 0.0
    assert math.isfinite(freed.good_usd_bn_per_month[APPAREL])


def test_announced_points_bring_trade_forward(world: Resolved) -> None:
    """Buyers hurry once, on the first day of a month after the news, and buy less later."""
    # Fails if an announcement is passed over, or repeated while it stands.
    sudden = played(world, "2025-06-15,us,all,40")
    known = played(world, "2025-06-15,us,all,40,,2025-03-15")
    name = "trade_usd_bn_per_month[us.toys]"
    before, after = monthly(sudden, name), monthly(known, name)
    params, _ = opening(world, None)
    duty = params.good_duty_pct[TOYS] / 100.0
    jump = (1.0 + duty + 0.4 * params.trade_collect[US]) / (1.0 + duty)
    soon = params.trade_front_loading * (1.0 - afloat_share(params))

    assert after[:2] == before[:2]
    assert after[2] / before[2] == pytest.approx(jump**soon)
    assert after[2] > after[3] > after[4]
    assert after[5] < before[5]


def test_an_announcement_on_a_good_hurries_that_good(world: Resolved) -> None:
    """A chapter by its share; other goods are bought as before."""
    # Fails if announced points on goods are dropped, counted as those of all goods, or counted
    # together with points that are in force already, of goods or of layers.
    params, state = opening(world, None)
    rows = steps(
        "2025-04-01,us,hs85,20",
        "2025-06-15,us,hs85,40,,2025-04-15",
        "2025-06-15,us,toys,30,,2025-04-15",
        "2025-02-04,us,fentanyl,20",
        "2025-06-15,us,fentanyl,30,,2025-04-15",
    )
    set_duties(state, params, rows, date(2025, 5, 1))
    apply_trade_month(state, params)

    assert state.good_extra_announced_pp[TOYS] == 30.0
    assert state.good_announced_pp[TOYS] == 40.0
    assert state.good_announced_pp[PHONES] == 30.0
    assert state.good_announced_pp[APPAREL] == 10.0
    for month in (7, 8):
        set_duties(state, params, rows, date(2025, month, 1))
        apply_trade_month(state, params)
        assert state.good_announced_pp[TOYS] == state.good_announced_pp[APPAREL] == 0.0
        assert state.good_extra_pp[TOYS] == 30.0


def test_an_announced_partial_reply_hurries_what_it_will_cover(world: Resolved) -> None:
    """Its coverage begins only with it, so that is announced as well."""
    # Fails if the announced points are multiplied by the coverage of today, which is none.
    params, state = opening(world, None)
    rows = steps("2025-06-15,cn,partial_reply,15,0.05,2025-04-15")
    set_duties(state, params, rows, date(2025, 5, 1))
    apply_trade_month(state, params)
    announced = list(state.good_announced_pp)
    set_duties(state, params, rows, date(2025, 7, 1))
    apply_trade_month(state, params)

    assert announced[SOYBEANS] > 3.0
    assert announced == pytest.approx(state.good_added_pp)


def test_duties_on_others_are_known_by_nobody_before(world: Resolved) -> None:
    """They turn buyers to China from their day on."""
    # Fails if they are put in force, or hurry buyers, when they are announced.
    sudden = played(world, "2025-05-15,us,everyone_else,20")
    known = played(world, "2025-05-15,us,everyone_else,20,,2025-03-15")

    assert (known.central_path == sudden.central_path).all()
    trade = monthly(known, "us_imports_usd_bn_per_month")
    # A little still moves because older duties have risen.
    assert trade[3] == pytest.approx(trade[2], abs=0.01)
    assert trade[4] > 1.01 * trade[3]


def test_duties_on_others_stay_within_their_schedule_and_draw(world: Resolved) -> None:
    """What is played after, and the next draw, begins with those of the scenario."""
    # Fails if the parameters of one schedule are handed to the next, or back to the draw.
    wide = schedule("2025-01-20,us,everyone_else,20", "2025-01-20,us,fentanyl,20")
    pair = Pair(20.0, 0.0)
    found = impact(world, [wide, pair], months=3, n=2)
    alone = impact(world, [pair], months=3, n=2)

    assert (found.draws[:, 1] == alone.draws[:, 0]).all()
    assert (found.central[1] == alone.central[0]).all()
    assert found.rest_pp == (20.0, 0.0)
    income = found.place("us_real_income_pct")
    assert found.central[0, income] != found.central[1, income]
    params, state = opening(world, None)
    play(params, state, found.played, LINES)
    assert params.trade_rest_added_pp == [0.0, 0.0]


def test_duties_on_others_replace_those_of_the_scenario() -> None:
    """A schedule that says nothing of them keeps those that are set."""
    # Fails if they are added up, or a schedule without such a row takes them away.
    wide = resolve("base/year-2025", sets=[("trade.us.rest_added_pp", "12")])
    rows = ("2025-01-20,us,fentanyl,20", "2025-01-20,us,everyone_else,0")
    silent, ended = (impact(wide, [schedule(*rows[:n])], months=1, n=1) for n in (1, 2))
    usual = impact(resolve("base/year-2025"), [schedule(rows[0])], months=1, n=1)

    assert (silent.rest_pp, ended.rest_pp) == ((12.0,), (0.0,))
    income = usual.place("us_real_income_pct")
    assert ended.central[0, income] == pytest.approx(usual.central[0, income], abs=1e-9)
    assert silent.central[0, income] > 0.1 + usual.central[0, income]


@pytest.mark.parametrize(
    "row", ["us,everyone_else,60", "us,toys,-1000", "us,all,400", "cn,all,400", "cn,meat,-1000"]
)
def test_the_end_of_the_table_is_noticed(world: Resolved, row: str) -> None:
    """Points beyond it on any axis, or far below nothing on a large part of trade."""
    # Fails if only pairs are checked, only the first month, or only the upper ends.
    found = impact(world, [schedule("2025-03-15,us,hs85,10", f"2025-05-15,{row}")], n=1)
    within = impact(world, [schedule("2025-03-15,us,hs85,10", "2025-05-15,us,toys,5")], n=1)

    assert found.beyond_table
    assert not within.beyond_table


@pytest.mark.parametrize(("us", "cn", "start"), [(145, 125, "2025-02-20"), (7, 0, "2025-05-12")])
def test_a_pair_is_a_schedule_of_one_day(world: Resolved, us: int, cn: int, start: str) -> None:
    """The same points on the same layers give the same numbers, to the bit."""
    # Fails if the two are played, drawn or read in different ways.
    first = date.fromisoformat(start)
    fentanyl = min(us, 20)
    rows = schedule(
        f"{start},us,fentanyl,{fentanyl}",
        f"{start},us,reciprocal,{us - fentanyl}",
        f"{start},cn,full_reply,{cn}",
    )
    one = impact(world, [Pair(us, cn)], start=first, months=4, n=3, sectors=True)
    other = impact(world, [rows], start=first, months=4, n=3, sectors=True)

    assert one.drawn == other.drawn
    assert one.days == other.days
    for name in ("before", "central", "draws", "central_path", "draws_path"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name


def test_the_duties_of_2025_are_played(world: Resolved) -> None:
    """Imports fall most after the duties of April; a month has the duties of its first day."""
    # Fails if a month has the duties of another day, or rows are lost.
    shipped = DutySchedule("2025", "", duties_of_2025())
    found = impact(world, [shipped], start=date(2025, 2, 4), months=11, n=1)
    duty = dict(zip(found.days, found.played[0], strict=True))
    may = duty[date(2025, 5, 1).toordinal()]

    assert {s.on: s.points_pp for s in may.in_force if s.side == "us"} == {
        "fentanyl": 20.0,
        "reciprocal": 125.0,
        "s232": 25.0,
        "everyone_else": 9.36,
    }
    imports = monthly(found, "us_imports_usd_bn_per_month")
    assert 36.0 > imports[0] > imports[1] > imports[2] == min(imports)
    assert imports[-1] > imports[2]
    assert found.rest_pp == (13.28,)


def test_rows_without_effect_are_found(world: Resolved) -> None:
    """Those replaced before the first of a month, and those not known by the last month; a row
    that is only announced by then counts."""
    # Fails if a row that counts is named, or one that does not is not.
    rows = schedule(
        "2025-03-02,us,fentanyl,10",
        "2025-03-20,us,fentanyl,20",
        "2025-04-01,us,toys,5",
        "2025-06-01,us,toys,9,,2025-03-10",
        "2025-06-02,us,hs85,9",
        "2025-06-02,us,everyone_else,9,,2025-03-10",
    )
    found = impact(world, [rows], months=3, n=1)
    replaced, late = unplayed_steps(rows, found.played[0])

    assert [step.line for step in replaced] == [2]
    assert [step.line for step in late] == [6, 7]


def test_parameters_are_drawn_if_the_schedule_uses_them(world: Resolved) -> None:
    """The response to announcements, the goods of partial replies, and what others pay of duties on
    them, none of which a pair uses; each of them moves a line."""
    # Fails if they are left out of the bands, or drawn without effect.
    usual = set(drawn_names(world))
    told = steps("2025-05-10,us,all,10,,2025-03-15")
    partly = steps("2025-03-10,cn,partial_reply,15,0.09")

    assert set(drawn_names(world, told)) - usual == {"trade.front_loading"}
    covers = set(drawn_names(world, partly)) - usual
    assert "trade.cn.soybeans.cover_partial" in covers
    assert all(name.endswith(".cover_partial") for name in covers)
    others = steps("2025-03-10,us,everyone_else,9,,2025-02-15")
    assert set(drawn_names(world, others)) - usual == {"trade.us.collect_rest"}
    wide = resolve("base/year-2025", sets=[("trade.us.rest_added_pp", "12")])
    assert set(drawn_names(wide)) - usual == {"trade.us.collect_rest"}
    day = date(2025, 4, 1).toordinal()
    for rows, names in (
        (told, {"trade.front_loading"}),
        (partly, covers),
        (others, {"trade.us.collect_rest"}),
    ):
        today = [[duties_on(rows, day)] * 2]
        centre, _ = play(*opening(world, None), today, LINES)
        for name in names:
            drawn = {name: 1.1 * world.parameters[name].value}
            assert play(*opening(world, drawn), today, LINES)[0] != centre, name
