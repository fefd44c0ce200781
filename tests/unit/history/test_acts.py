"""Acts on record: complete, in order, counted as published; they add up to the duties in force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from sim.engine.dates import day_words
from sim.history.act_table import acts_on_record
from sim.history.acts import BOTH, FIRST_DAY, ActType, RecordedAct
from sim.history.csv_table import csv_rows
from sim.history.legs import LAYERS, NONE, POSTPONE, THREATEN, UNMAPPED
from sim.history.places import data_root
from sim.history.tariffs import LAST_DAY, duty_steps

ROOT: Final = Path(__file__).parents[3]

ORDINARY_PCT: Final = {"us": 3.1, "cn": 8.0}
"""Average duties of 1 January 2018, before the first act."""

APART_PP: Final = 3.0
"""How far the points of the acts may be from a published average, which weighs goods by trade."""

EXEMPT: Final = ("2025-04-10", "2025-05-03")
"""Steps at which goods left out of the reciprocal duty show: points are of goods covered."""


def day(text: str) -> int:
    """Returns an ordinal day."""
    return date.fromisoformat(text).toordinal()


def on_record(when: str, kind: ActType, leg: str = "") -> RecordedAct:
    """Returns the one act of a type, a day and a leg."""
    (found,) = [
        act
        for act in acts_on_record()
        if act.day == day(when) and act.type == kind and leg in {"", act.leg}
    ]
    return found


def points(side: str, last: int, legs: Iterable[str] | None = None) -> float:
    """Returns the points of a side in force on a day, of all layers or of some."""
    layers = LAYERS[side] if legs is None else tuple(legs)
    return sum(
        act.points_pp or 0.0
        for act in acts_on_record()
        if act.type.side == side and act.changes_duty and act.leg in layers and act.starts <= last
    )


def average(side: str, last: int) -> float:
    """Returns the average duty that the acts of a side add up to."""
    return ORDINARY_PCT[side] + points(side, last)


def test_the_record_spans_eight_years_and_ends_with_the_record_of_duties() -> None:
    """The first summit of 2017 to the week of 23 October 2025; 1,390, 1,461 and 277 days of
    three administrations."""
    # Fails if a row after the last day is taken, or the first one lost.
    acts = acts_on_record()

    assert acts[0].day == day("2017-04-06")
    assert acts[-1].day <= LAST_DAY
    assert LAST_DAY - FIRST_DAY + 1 == 1390 + 1461 + 277


def test_the_record_holds_every_type_of_act() -> None:
    """257 acts of the study, and eleven that are parts of others or halts to purchases; legs of one
    day stand in rows of their own: three of 4 February 2025 are Chinese controls."""
    # Fails if a row is lost, or an added one is counted.
    acts = acts_on_record()
    fourth = [act for act in acts if act.day == day("2025-02-04")]

    assert len(acts) == 268
    assert sum(act.counted for act in acts) == 257
    assert {act.type for act in acts} == set(ActType)
    assert [act.type for act in fourth] == [ActType.CN_HIKE] + 3 * [ActType.CN_CONTROL]
    assert [act.leg for act in fourth] == ["partial_reply", "rare_earths", "entities", "probes"]


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ("2018-01-22", ActType.US_HIKE),  # section 201
        ("2018-03-01", ActType.US_THREAT),  # section 232
        ("2018-03-08", ActType.US_HIKE),
        ("2018-05-22", ActType.CN_CUT),  # cars of all origins
        ("2025-01-13", ActType.US_CONTROL),  # worldwide rule on AI chips
        ("2025-02-10", ActType.US_HIKE),  # section 232
        ("2025-06-03", ActType.US_HIKE),
        ("2025-07-09", ActType.CN_CONTROL),  # firms of Taiwan
        ("2025-10-04", ActType.CN_CONTROL),  # a Dutch firm
    ],
)
def test_global_acts_and_those_against_third_parties_are_marked(when: str, kind: ActType) -> None:
    """The record keeps them, and says that they are not aimed at the other side."""
    # Fails if an act on all countries is taken for one on the other side.
    others = {(act.day, act.type) for act in acts_on_record() if not act.bilateral}

    assert (day(when), kind) in others
    assert len(others) == 11


def test_the_hikes_of_2025_add_up_to_the_duties_in_force() -> None:
    """The five US hikes make 145 points, the last three Chinese ones 125, as do their points."""
    # Fails if points replace those before instead of adding to them.
    hikes = [
        act
        for act in acts_on_record()
        if act.type in {ActType.US_HIKE, ActType.CN_HIKE} and act.bilateral and act.day > 739271
    ]
    sizes = [(act.type.side, act.size_pp or 0.0) for act in hikes]

    assert date.fromordinal(739271) == date(2025, 1, 20)
    assert sum(size for side, size in sizes if side == "us") == 145.0
    assert sum([size for side, size in sizes if side == "cn"][-3:]) == 125.0
    assert sum(act.points_pp or 0.0 for act in hikes if act.type.side == "us") == 145.0


@pytest.mark.parametrize(
    ("series", "side", "legs"),
    [
        ("us_addon_pp", "us", ("fentanyl", "reciprocal")),
        ("cn_addon_pp", "cn", ("full_reply",)),
    ],
)
def test_acts_add_up_to_the_points_added_at_every_step(
    series: str, side: str, legs: tuple[str, ...]
) -> None:
    """The legs in force by their own days give every level of 2025, and its eve, exactly."""
    # Fails if a leg has other points or another day, or the Geneva cuts are missing.
    steps = duty_steps(series)

    assert len(steps) >= 4
    for step in steps:
        assert points(side, step.day, legs) == step.value
    for step, later in pairwise(steps):
        assert points(side, later.day - 1, legs) == step.value


@pytest.mark.parametrize("side", ["us", "cn"])
def test_acts_add_up_to_the_published_averages(side: str) -> None:
    """Rates x shares of the trade of 2017, on top of the ordinary duty, stay within three points of
    the averages of the Peterson Institute at every step but two of 2025."""
    # Fails if a list is left out, stands twice, or is weighed by other trade.
    steps = duty_steps(f"{side}_avg_pct")
    apart = {
        date.fromordinal(step.day).isoformat()
        for step in steps
        if abs(average(side, step.day) - step.value) > APART_PP
    }

    assert len(steps) >= 10
    assert apart == (set(EXEMPT) if side == "us" else set())


def test_the_table_of_averages_says_what_the_acts_add_up_to() -> None:
    """Published averages and sums in `scenarios/README.md`, for every step after the first."""
    # Fails if a point is changed and the table is not.
    told = {}
    for line in (ROOT / "scenarios" / "README.md").read_text("utf-8").splitlines():
        cells = [cell.strip(" *") for cell in line.split("|")[1:-1]]
        if len(cells) == 7 and re.match(r"\d", cells[1]):
            told["us", cells[0]] = (float(cells[1]), float(cells[2]))
            if cells[4]:
                told["cn", cells[4]] = (float(cells[5]), float(cells[6]))

    steps = [(side, step) for side in LAYERS for step in duty_steps(f"{side}_avg_pct")[1:]]
    assert told == {
        (side, day_words(step.day)): (step.value, round(average(side, step.day), 2))
        for side, step in steps
    }


def test_goods_left_out_of_the_reciprocal_duty_explain_the_averages_of_spring_2025() -> None:
    """At the share of trade that it covered from 11 April, the averages are 1.5 points apart on 10
    April, and 0.8 in May."""
    # Fails if the reciprocal duty or the share of it that falls is another.
    covered = [
        float(row["coverage"])
        for _, row in csv_rows(data_root() / "economics" / "duty_path_2025.csv")
        if (row["date"], row["on"]) == ("2025-04-11", "reciprocal")
    ]
    steps = {date.fromordinal(step.day).isoformat(): step for step in duty_steps("us_avg_pct")}

    gaps = {
        when: average("us", steps[when].day)
        - (1.0 - covered[0]) * points("us", steps[when].day, ["reciprocal"])
        - steps[when].value
        for when in EXEMPT
    }

    assert gaps == pytest.approx({"2025-04-10": -1.54, "2025-05-03": -0.84}, abs=0.05)


def test_no_layer_ever_holds_less_than_nothing() -> None:
    """Cuts take away what was there: all of nothing, or part of it."""
    # Fails if a cut has more points than the hikes before it.
    for side, layers in LAYERS.items():
        for layer in layers:
            days = {act.starts for act in acts_on_record() if act.leg == layer}
            assert min((points(side, each, [layer]) for each in days), default=0.0) > -0.005


def test_every_act_is_in_the_model_or_says_why_not() -> None:
    """Each reason stands for acts; all Chinese threats have the one of theirs."""
    # Fails if an act gets neither leg nor reason, or a reason is listed that none has.
    reasons = {act.unmapped for act in acts_on_record() if act.leg == NONE}

    assert reasons == set(UNMAPPED)
    assert all(not act.unmapped for act in acts_on_record() if act.leg != NONE)
    assert {act.unmapped for act in acts_on_record() if act.type == ActType.CN_THREAT} == {
        "chinese_threat"
    }


def test_truces_are_what_was_signed_and_last_as_agreed() -> None:
    """Pauses, their prolongations, the accord of 2020 and the exchange of London; the 90 days of
    Geneva end on 12 August, then on 10 November 2025."""
    # Fails if a truce has another name or another end.
    truces = [act for act in acts_on_record() if act.type == ActType.TRUCE]

    assert [act.leg for act in truces] == [
        "truce", "truce", "extension", "truce", "truce", "extension", "purchases", "truce", "swap",
        "extension",
    ]  # fmt: skip
    geneva, longer = truces[-3], truces[-1]
    assert (geneva.starts, geneva.until) == (day("2025-05-14"), day("2025-08-12"))
    assert (longer.starts, longer.until) == (day("2025-08-12"), day("2025-11-10"))


def test_hikes_that_carry_out_a_threat_follow_one() -> None:
    """Each has a threat before it that was open: put forward or postponed since the last hike that
    carried one out."""
    # Fails if a hike is marked that nobody had threatened.
    opened = False
    executed = 0
    for act in acts_on_record():
        opened = opened or act.leg in {THREATEN, POSTPONE}
        if act.executes:
            assert opened, act
            opened, executed = False, executed + 1

    assert executed == 10


def test_deadlines_of_threats_are_kept_or_moved() -> None:
    """The deadline of 1 January 2019 is moved to 2 March, that of 1 September to 15 December."""
    # Fails if a delay keeps the old day, or the part of the order with the first day is missing.
    assert on_record("2018-09-17", ActType.US_THREAT).until == day("2019-01-01")
    assert on_record("2018-12-14", ActType.US_CUT).until == day("2019-03-02")
    assert on_record("2019-08-01", ActType.US_THREAT).until == day("2019-09-01")
    assert on_record("2019-08-13", ActType.US_CUT).until == day("2019-12-15")
    assert on_record("2025-10-10", ActType.US_THREAT).until == day("2025-11-01")


def test_points_are_rates_times_shares_of_the_trade_of_2017() -> None:
    """25% on 34 of 505.17 billion is 1.68 points; on 34 of 154.4 billion of China's, 5.51."""
    # Fails if the rate alone is taken, or the other side's trade.
    assert on_record("2018-06-15", ActType.US_HIKE).points_pp == pytest.approx(1.68, abs=0.005)
    assert on_record("2018-06-16", ActType.CN_HIKE).points_pp == pytest.approx(5.51, abs=0.005)
    assert on_record("2020-01-15", ActType.US_CUT).points_pp == pytest.approx(-1.78, abs=0.005)


def test_the_record_ships_with_the_scenarios() -> None:
    """It lies where the wheel takes its data from."""
    # Fails if the file is moved.
    assert (data_root() / "history" / "acts.csv").is_file()


def test_types_name_a_side_or_both() -> None:
    """A type is found by its side and its act, and named by both."""
    # Fails if a type has the words of another.
    assert {kind.side for kind in ActType} == {"us", "cn", BOTH}
    for kind in ActType:
        name = kind.act if kind.side == BOTH else f"{kind.side}_{kind.act}"
        assert kind.name.lower() == name
    assert len({kind.title for kind in ActType}) == len(ActType)
