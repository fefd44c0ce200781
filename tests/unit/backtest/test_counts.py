"""Counts of acts: by type and day, in runs and on record, and the intervals they are held to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.backtest.counts import (
    EVENTS,
    ActCount,
    clauses_on,
    compare_counts,
    counts_of_batch,
    rate_interval,
    recorded_counts,
    simulated_counts,
)
from sim.engine.blocks import EVENT
from sim.engine.happenings import CODES
from sim.errors import NotFoundError
from sim.experiment.outcomes.event_days import kind_of
from sim.experiment.runs.batch import run_batch
from sim.experiment.store.results import Store
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType, RecordedAct
from sim.history.tariffs import LAST_DAY
from sim.model.bargain.clauses import CLAUSE_ROWS
from sim.model.tables.vocabulary import Act, Clause
from sim.scenario.load import resolve

US, CN, NOBODY = 0, 1, -1
T = ActType
PLACE = {kind: place for place, kind in enumerate(ActType)}

Row = tuple[int, int, int, str, float]


def table(*rows: Row) -> np.ndarray:
    """Returns recorded events: run, day, side, name, size."""
    return np.array([(r, day, side, CODES[act], size) for r, day, side, act, size in rows], EVENT)


def counted(*rows: Row, n: int = 1, first: int = 1, last: int = 100) -> dict[ActType, list[int]]:
    """Returns the counts by type that are not all 0."""
    counts = simulated_counts(table(*rows), n, first, last)
    return {
        kind: counts[:, place].tolist() for kind, place in PLACE.items() if counts[:, place].any()
    }


def act(day: int, kind: ActType, *, bilateral: bool = True) -> RecordedAct:
    """Returns an act on record."""
    return RecordedAct(day, kind, "an event", None, bilateral, "a source", "high")


def test_acts_are_counted_by_run_and_type() -> None:
    """Two runs of three, worked out by hand."""
    rows = [
        (0, 5, US, "execute_threat", 10.0),
        (0, 7, CN, "reply_partial", 0.0),
        (0, 9, US, "hike", 1.0),
        (2, 5, US, "threaten", 1.0),
        (2, 9, NOBODY, "ministers_round", 0.0),
        (2, 9, NOBODY, "sign_truce", 1.5),
    ]

    assert counted(*rows, n=3) == {
        T.US_HIKE: [2, 0, 0],
        T.US_THREAT: [0, 0, 1],
        T.CN_HIKE: [1, 0, 0],
        T.ROUND: [0, 0, 1],
        T.TRUCE: [0, 0, 1],
    }


def test_acts_of_a_type_on_one_day_count_once() -> None:
    """A listing, a control and a probe of one day are one act; the next day begins anew, and
    another run or side is another matter."""
    rows = [
        (0, 5, CN, "reply_control", 1.0),
        (0, 5, CN, "list_entities", 1.0),
        (0, 5, CN, "open_probe", 1.0),
        (0, 6, CN, "list_entities", 1.0),
        (0, 5, US, "list_entities", 1.0),
        (1, 5, CN, "list_entities", 1.0),
    ]

    assert counted(*rows, n=2) == {T.US_CONTROL: [1, 0], T.CN_CONTROL: [2, 1]}


def test_only_days_of_the_window_and_runs_of_the_batch_count() -> None:
    """Both ends of the window belong to it."""
    rows = [(run, day, US, "hike", 1.0) for run in (0, 1) for day in (9, 10, 20, 21)]

    assert counted(*rows, n=1, first=10, last=20) == {T.US_HIKE: [2]}


@pytest.mark.parametrize(
    ("side", "name"),
    [
        (US, "impose_122"),
        (US, "widen_232"),
        (US, "open_301"),
        (US, "impose_338"),
        (US, "takes_force"),
        (CN, "takes_force"),
        (NOBODY, "snapback"),
        (NOBODY, "duties_end"),
        (CN, "freeze_purchases"),
        (CN, "rebuke"),
        (US, "accuse"),
        (US, "seek_talks"),
        (NOBODY, "summit_agreed"),
        (CN, "reply_none"),
    ],
)
def test_duties_on_all_countries_and_words_do_not_count(side: int, name: str) -> None:
    """Statutes that restore struck duties, duties taking effect, halts to purchases, and talk."""
    assert counted((0, 5, side, name, 1.0)) == {}


def test_a_call_counts_only_if_it_was_granted() -> None:
    """The size of a request says whether the other side agreed; a meeting needs no such answer."""
    rows = [
        (0, 5, US, "call_leader", 0.0),
        (0, 6, CN, "call_leader", 1.0),
        (0, 9, NOBODY, "summit_held", 0.0),
    ]

    assert counted(*rows) == {T.CONTACT: [2]}


def test_a_signature_is_a_truce_and_its_clauses_what_they_are() -> None:
    """Relief of controls eases on the side that gives it, a cut of China's duty is one, a contract
    is a pledge; what both sides give together and what is refused count for neither."""
    rows = [
        (0, 5, NOBODY, "sign_swap", 9.0),
        (0, 5, CN, "agree_minerals", 1.0),
        (0, 5, US, "agree_tech", 1.0),
        (0, 5, US, "agree_visas", 1.0),
        (0, 5, CN, "agree_cn_cut", 1.0),
        (0, 5, CN, "agree_soybeans", 1.0),
        (0, 5, CN, "agree_energy", 1.0),
        (0, 5, NOBODY, "agree_port_fees", 1.0),
        (0, 6, CN, "refuse_soybeans", 0.0),
    ]

    assert counted(*rows) == {
        T.US_EASE: [1],
        T.CN_EASE: [1],
        T.CN_CUT: [1],
        T.TRUCE: [1],
        T.PLEDGE: [1],
    }
    assert counted((0, 5, NOBODY, "sign_extension", 1.0)) == {T.TRUCE: [1]}
    assert clauses_on(Clause.APP, Clause.TECH) == ("agree_app", "agree_tech")


def test_every_kind_of_bundle_is_a_truce() -> None:
    """Whatever it is called."""
    assert set(EVENTS[T.TRUCE]) == {name for name in CODES if name.startswith("sign_")}


def test_every_clause_that_eases_is_counted_for_its_giver() -> None:
    """A clause counts as an act of the side that its row says gives it."""
    for kind, giver in ((T.US_EASE, US), (T.CN_EASE, CN), (T.CN_CUT, CN), (T.PLEDGE, CN)):
        names = [name for name in EVENTS[kind] if name.startswith("agree_")]
        assert names
        for name in names:
            assert CLAUSE_ROWS[Clause[name.removeprefix("agree_").upper()]].giver == giver


def test_every_name_is_an_event_of_a_side_that_may_act() -> None:
    """A misspelt name is refused; the side of an event is that of its type."""
    assert set(EVENTS) == set(ActType)
    for kind, names in EVENTS.items():
        for name in names:
            who = name.rpartition(".")[0]
            assert kind_of(name).name == name
            assert who in {kind.side, ""}


def test_every_choice_is_counted_or_known_not_to_be() -> None:
    """A new act of a government calls for a decision here."""
    names = {name.rpartition(".")[2] for each in EVENTS.values() for name in each}
    left = {each.name.lower() for each in Act} - names

    assert left == {
        "wait", "accuse", "cross_taiwan", "freeze_purchases", "catch_up_purchases", "rebuke",
        "crack_down_precursors", "seek_talks", "float_summit", "impose_122", "widen_232",
        "open_301", "impose_338", "hold_round", "send_delegation",
    }  # fmt: skip


def test_the_record_is_counted_by_the_same_rule() -> None:
    """Once a day and type, within the window, and only what is aimed at the other side."""
    acts = [
        act(5, T.CN_CONTROL),
        act(5, T.CN_CONTROL),
        act(5, T.CN_HIKE),
        act(6, T.CN_CONTROL),
        act(6, T.US_HIKE, bilateral=False),
        act(9, T.CN_CONTROL),
    ]

    counts = recorded_counts(acts, 5, 8)

    assert {kind: counts[PLACE[kind]] for kind in ActType if counts[PLACE[kind]]} == {
        T.CN_CONTROL: 2,
        T.CN_HIKE: 1,
    }


@pytest.mark.parametrize(
    ("first", "last", "days", "counts"),
    [
        ("2017-04-01", "2021-01-19", 1390, [5, 13, 6, 14, 7, 7, 5, 8, 6, 1, 22, 12, 7, 9]),
        ("2021-01-20", "2025-01-19", 1461, [2, 3, 7, 14, 1, 0, 0, 0, 10, 0, 16, 10, 0, 0]),
        ("2025-01-20", "2025-10-23", 277, [5, 5, 2, 9, 3, 5, 0, 1, 11, 2, 6, 2, 3, 0]),
    ],
)
def test_the_record_holds_what_the_study_of_it_counted(
    first: str, last: str, days: int, counts: list[int]
) -> None:
    """The counts by administration of the study that coded the 361 dated events; 239 in all."""
    start, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()

    assert end - start + 1 == days
    assert recorded_counts(acts_on_record(), start, end).tolist() == counts
    assert recorded_counts(acts_on_record(), 1, LAST_DAY).sum() == 239


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.841 / 2.0),  # chi-squared, 1 degree of freedom: 5% above 3.841
        (1, 0.352 / 2.0, 7.815 / 2.0),  # 3 degrees: 5% below 0.352, 5% above 7.815
        (2, 1.145 / 2.0, 11.070 / 2.0),  # 5 degrees
        (3, 2.167 / 2.0, 14.067 / 2.0),  # 7 degrees
        (5, 4.575 / 2.0, 19.675 / 2.0),  # 11 degrees
    ],
)
def test_the_interval_is_that_of_the_tables(count: int, low: float, high: float) -> None:
    """Twice a gamma variable of shape n + 1/2 is chi-squared with 2n + 1 degrees of freedom; its
    points stand in any book of tables. After none at all the interval begins at 0."""
    assert rate_interval(count) == pytest.approx((low, high), abs=6e-4)


def test_another_level_moves_both_ends() -> None:
    """The middle 80% after 2: chi-squared points 1.610 and 9.236 with 5 degrees of freedom."""
    assert rate_interval(2, 0.80) == pytest.approx((1.610 / 2.0, 9.236 / 2.0), abs=6e-4)


def test_the_comparison_holds_mean_band_and_record() -> None:
    """Of 100 runs with 0, 10, ... 990 hikes, the fifth has 40 and the ninety-fifth 940; the
    record of 3 lies outside, and 495 outside what 3 allow."""
    simulated = np.zeros((100, len(ActType)), dtype=np.int64)
    simulated[:, PLACE[T.US_HIKE]] = 10 * np.arange(100)
    recorded = np.zeros(len(ActType), dtype=np.int64)
    recorded[PLACE[T.US_HIKE]] = 3

    hikes = compare_counts(simulated, recorded)[PLACE[T.US_HIKE]]

    assert (hikes.type, hikes.recorded, hikes.mean) == (T.US_HIKE, 3, 495.0)
    assert (hikes.low, hikes.high) == (40, 940)
    assert (hikes.rate_low, hikes.rate_high) == rate_interval(3)
    assert not hikes.record_in_band
    assert not hikes.mean_in_interval


def test_ends_belong_to_band_and_interval() -> None:
    """One more or less falls outside."""
    count = ActCount(T.ROUND, recorded=4, mean=2.0, low=4, high=6, rate_low=2.0, rate_high=8.0)

    assert count.record_in_band
    assert count.mean_in_interval
    assert replace(count, recorded=6).record_in_band
    assert not replace(count, recorded=7).record_in_band
    assert not replace(count, recorded=3).record_in_band
    assert replace(count, mean=8.0).mean_in_interval
    assert not replace(count, mean=8.1).mean_in_interval
    assert not replace(count, mean=1.9).mean_in_interval


def test_a_batch_is_counted_from_its_stored_events(tmp_path: Path) -> None:
    """The counts of a batch are those of its events, beside the record of the same days; a batch
    without events is refused."""
    world = resolve("january-2025-first-100-days", until=date(2025, 3, 1))
    first, last = date(2025, 1, 20).toordinal(), world.until
    store = Store(tmp_path)
    batch = run_batch(world, n=20, store=store, workers=1, engine="simpy", events=True)

    found = counts_of_batch(batch, first, last)

    simulated = simulated_counts(batch.events(), 20, first, last)
    assert found == compare_counts(simulated, recorded_counts(acts_on_record(), first, last))
    assert [count.recorded for count in found if count.type in {T.US_HIKE, T.CN_HIKE}] == [1, 1]
    bare = run_batch(world, n=20, seed=7, store=store, workers=1, engine="simpy")
    with pytest.raises(NotFoundError):
        counts_of_batch(bare, first, last)
