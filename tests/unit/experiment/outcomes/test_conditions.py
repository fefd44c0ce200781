"""Conditions: how they are read, which runs meet them, and what is said of those."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.engine.blocks import Failure
from sim.errors import CheckFailedError, NotFoundError, UsageError
from sim.experiment.compare.comparison import Comparison, compare
from sim.experiment.compare.difference import Difference
from sim.experiment.outcomes.conditions import (
    FEWEST,
    narrowed,
    read_condition,
    read_conditions,
    runs_for_fewest,
    watching,
)
from sim.experiment.outcomes.event_days import happened_by, kind_of
from sim.experiment.outcomes.summary import summarise
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.store.results import Store
from sim.model.outcomes.politics import outcome_index
from sim.scenario.load import resolve

UNTIL = date(2025, 11, 20)
DAY = date(2025, 11, 10)
HIKE = f"us.execute_threat_by@{DAY}=yes"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store for these tests."""
    return Store(tmp_path_factory.mktemp("given") / "results")


def played(store: Store, *sets: tuple[str, str]) -> Batch:
    """Sixty runs of the summit weeks, with their events."""
    world = resolve("october-2025-apec", sets=sets, until=UNTIL, at=[DAY])
    return run_batch(world, n=60, store=store, events=True)


@pytest.fixture(scope="module")
def batch(store: Store) -> Batch:
    """The scenario as it is."""
    return played(store)


@pytest.fixture(scope="module")
def other(store: Store) -> Batch:
    """The scenario with a colder start."""
    return played(store, ("tension", "0.8"))


def given(batch: Batch, *texts: str) -> Batch:
    """The batch under conditions."""
    return narrowed(batch, [read_condition(text) for text in texts])


def of(comparison: Comparison, name: str) -> Difference:
    """The first difference of an outcome."""
    return next(d for d in comparison.differences if d.outcome == name)


@pytest.mark.parametrize(
    ("text", "column", "sign", "value"),
    [
        ("truce_in_force@2025-11-11=no", "truce_in_force@2025-11-11", "=", 0.0),
        ("path_class=conflict", "path_class", "=", 2.0),
        ("path_class != improved", "path_class", "!=", 0.0),
        ("us_addon_pp@2025-11-01>=60", "us_addon_pp@2025-11-01", ">=", 60.0),
        ("tension<.5", "tension", "<", 0.5),
        ("summit_day<=2025-11-01", "summit_day", "<=", date(2025, 11, 1).toordinal()),
        ("tariff_pct[us.toys]@2025Q4>30", "tariff_pct[us.toys]@2025Q4", ">", 30.0),
        ("ministers_round_by@2025-11-01=no", "ministers_round@2025-11-01", "=", 0.0),
        ("us.hike_by@2025-11-01=yes", "us.hike@2025-11-01", "=", 1.0),
        ("us.hike_by@2025-11-01", "us.hike@2025-11-01", "=", 1.0),
        ("truce_in_force", "truce_in_force", "=", 1.0),
        ("truce_in_force!=no", "truce_in_force", "=", 1.0),
        ("signed[soybeans]@2025-11-01>0", "signed[soybeans]@2025-11-01", "=", 1.0),
        ("signed[soybeans]@2025-11-01<1", "signed[soybeans]@2025-11-01", "=", 0.0),
    ],
)
def test_conditions_are_read_as_they_are_typed(
    text: str, column: str, sign: str, value: float
) -> None:
    """Flags, classes, numbers, dates, quarters and events, each in its form."""
    condition = read_condition(text)

    assert (condition.column, condition.sign, condition.value) == (column, sign, value)
    assert condition.needs_events is ("_by@" in text)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("us_addon_pp", UsageError, "compare it, e.g. us_addon_pp>=1"),
        ("summit_day", UsageError, "compare it, e.g. summit_day>=2025-11-01"),
        ("path_class", UsageError, "write path_class=CLASS, one of improved"),
        ("leaders_met yes", UsageError, "expected a comparison"),
        ("truce_in_forc=no", NotFoundError, "did you mean truce_in_force"),
        ("path_class=conflct", NotFoundError, "did you mean conflict"),
        ("path_class>conflict", UsageError, "compare with = or !="),
        ("path_class@2025-11-01=conflict", UsageError, "known only at the end"),
        ("truce_in_force=maybe", UsageError, "=yes or =no"),
        ("truce_in_force>=0", UsageError, "=yes or =no"),
        ("truce_in_force>1", UsageError, "=yes or =no"),
        ("us_addon_pp>=high", UsageError, "is a number"),
        ("us_addon_pp>=nan", UsageError, "is a number"),
        ("us_addon_pp@20251101>=60", UsageError, "not a calendar day"),
        ("summit_day<=soon", UsageError, "not a calendar day"),
        ("tariff_pct[us.toys]@2025-11-01>30", UsageError, "end of a quarter"),
        ("us.hikes_by@2025-11-01=no", NotFoundError, "did you mean hike"),
        ("eu.hike_by@2025-11-01=no", NotFoundError, "allowed: us, cn"),
        ("us.hike_by=no", UsageError, "the day is missing"),
        ("us.hike@2025-11-01=no", UsageError, "us.hike_by@DATE"),
    ],
)
def test_a_condition_that_cannot_be_read_says_why(
    text: str, error: type[Exception], message: str
) -> None:
    """What is misspelt is not found, with the nearest name; what has no meaning is a usage
    error. Either names the condition."""
    with pytest.raises(error, match=message) as caught:
        read_condition(text)
    assert type(caught.value) is error


def test_a_day_outside_the_run_is_refused() -> None:
    """Neither a day nor a quarter that is not played can be asked for."""
    world = resolve("october-2025-apec", until=UNTIL)

    with pytest.raises(UsageError, match=r"lies outside the run .* 2025-10-23 to 2025-11-20"):
        watching(world, [read_condition("truce_in_force@2026-01-01=no")])
    with pytest.raises(UsageError, match="2025Q4 does not end within the run"):
        watching(world, [read_condition("tariff_pct[us.toys]@2025Q4>30")])


def test_the_days_of_conditions_are_reported_on() -> None:
    """A scenario is played with the days its conditions are about among its dates."""
    world = resolve("october-2025-apec", until=UNTIL)
    watched = watching(world, [read_condition("truce_in_force@2025-11-13=no")])

    assert set(watched.report_dates) - set(world.report_dates) == {date(2025, 11, 13).toordinal()}
    assert watching(watched, [read_condition("path_class=conflict")]) == watched


def test_runs_that_meet_a_condition_count(batch: Batch) -> None:
    """A flag, a class and a number pick the runs whose values are so, and only those."""
    path = outcome_index()["path_class"].classes.index("managed")

    assert np.array_equal(given(batch, "leaders_met=no").counted, ~batch.values["leaders_met"])
    assert np.array_equal(
        given(batch, "path_class=managed").counted, batch.values["path_class"] == path
    )
    median = float(np.median(batch.values["tension"]))
    assert np.array_equal(
        given(batch, f"tension>={median}").counted, batch.values["tension"] >= median
    )


def test_what_does_not_apply_meets_no_condition(batch: Batch) -> None:
    """A run without a summit is neither before a day nor after it, nor other than it."""
    unheld = np.isnan(batch.values["summit_day"])
    early, late, another = (
        read_condition(f"summit_day{sign}").met(batch)
        for sign in ("<=2025-10-31", ">2025-10-31", "!=2025-10-01")
    )

    assert unheld.any()
    assert np.array_equal(early | late, ~unheld)
    assert np.array_equal(another, ~unheld)


def test_events_are_conditions(batch: Batch) -> None:
    """Whether a kind of event had come by a day picks runs both ways."""
    came = happened_by(batch.events(), kind_of("us.execute_threat"), DAY.toordinal(), batch.n)

    assert 0 < came.sum() < batch.n
    assert np.array_equal(given(batch, HIKE).counted, came)
    assert np.array_equal(given(batch, HIKE.replace("yes", "no")).counted, ~came)


def test_conditions_are_joined_by_and(batch: Batch) -> None:
    """Two conditions, at once or one after the other, pick the runs that meet both."""
    both = given(batch, "leaders_met=yes", HIKE)

    assert np.array_equal(both.counted, batch.values["leaders_met"] & given(batch, HIKE).counted)
    again = given(given(batch, "leaders_met=yes"), HIKE)
    assert again.given == both.given == ("leaders_met=yes", HIKE)
    assert np.array_equal(again.counted, both.counted)


def test_a_text_may_hold_several_conditions(batch: Batch) -> None:
    """`and` joins them as two options do."""
    # Fails if only the first part is read, or they are joined by or.
    parts = read_conditions(f"leaders_met and  {HIKE}")

    assert [part.text for part in parts] == ["leaders_met", HIKE]
    assert np.array_equal(narrowed(batch, parts).counted, given(batch, "leaders_met", HIKE).counted)


@pytest.mark.parametrize("text", ["leaders_met | truce_in_force", "leaders_met given calls>=1"])
def test_a_condition_has_no_condition(text: str) -> None:
    """What is given is no question of its own."""
    # Fails if a part is dropped, or taken for a name.
    with pytest.raises(UsageError, match="join conditions by `and`"):
        read_conditions(text)


def test_events_and_counts_can_begin_after_a_day(batch: Batch) -> None:
    """A count is what it grew by, an event of the first day is left out."""
    # Fails if a count is read as it stands, or a period includes its first day.
    day = date(2025, 11, 10).toordinal()
    events = batch.events()
    rounds = events[events["act"] == kind_of("ministers_round").act]
    grew = np.bincount(rounds["replicate"][rounds["day"] > day], minlength=batch.n)

    met = read_condition("rounds@2025-11-10..2025-11-20>=1").met(with_day(batch, UNTIL, "rounds"))
    came = read_condition("ministers_round_by@2025-11-10..2025-11-20").met(batch)

    assert 0 < (grew > 0).sum() < batch.n
    assert np.array_equal(met, grew > 0)
    assert np.array_equal(came, grew > 0)


def with_day(batch: Batch, day: date, name: str) -> Batch:
    """The batch with its last values as those of its last day."""
    values = {f"{name}@{each}": batch.values[f"{name}@{each}"] for each in (DAY,)}
    return replace(batch, values={**values, f"{name}@{day}": batch.values[name]})


def test_a_condition_no_run_meets_tells_what_it_would_take(batch: Batch) -> None:
    """The error is a failed check with the bound on the share, the runs needed, and the runs that
    meet each condition alone."""
    with pytest.raises(CheckFailedError, match="0 of 60 runs") as caught:
        given(batch, "leaders_met=yes", "summit_slips>1000")

    assert "fewer than 5.00% of runs" in str(caught.value)
    assert "-n 600 or more" in str(caught.value)
    assert "summit_slips>1000: 0" in str(caught.value)


def test_what_no_vector_meets_is_bounded_by_the_vectors(batch: Batch) -> None:
    """Runs of one parameter vector may all be alike: of three none tells next to nothing."""
    drawn = replace(batch, per_vector=20)
    with pytest.raises(CheckFailedError, match=r"0 of 60 runs \(3 parameter vectors\)") as caught:
        given(drawn, "summit_slips>1000")

    assert "fewer than 100.00% of runs" in str(caught.value)
    assert "with its own parameters, takes -n 600" in str(caught.value)


def test_a_run_that_failed_could_meet_nothing(batch: Batch) -> None:
    """The bound is 3 in the runs that finished."""
    failures = tuple(Failure(replicate, "", "", "") for replicate in range(20))
    with pytest.raises(CheckFailedError, match="0 of 40 runs") as caught:
        given(replace(batch, failures=failures), "summit_slips>1000")

    assert "fewer than 7.50% of runs" in str(caught.value)


def test_few_runs_ask_for_more(batch: Batch) -> None:
    """The number of runs that would give thirty is in proportion to the share."""
    few = given(batch, HIKE)
    count = int(few.counted.sum())

    assert count < FEWEST
    assert runs_for_fewest(few) == pytest.approx(FEWEST * 60 / count, abs=100)


def test_a_summary_is_of_the_runs_that_count(batch: Batch) -> None:
    """Means, shares and counts leave out the runs that do not meet what is given."""
    met = given(batch, "leaders_met=yes")
    counted = batch.values["leaders_met"]
    told = summarise(met, ["tension", "leaders_met", "failed"])

    assert told["tension"]["mean"] == pytest.approx(batch.values["tension"][counted].mean())
    assert told["tension"]["n_valid"] == counted.sum()
    assert told["tension"]["applicable"] == 1.0
    assert told["leaders_met"]["probabilities"]["true"]["p"] == 1.0
    assert told["failed"]["n_valid"] == batch.n


def test_a_stored_batch_without_what_is_asked_says_how_to_get_it(store: Store) -> None:
    """Events that were not kept, and days not reported on, are not found."""
    world = resolve("october-2025-apec", until=date(2025, 10, 26))
    bare = run_batch(world, n=2, store=store)

    with pytest.raises(NotFoundError, match="--events"):
        given(bare, "us.hike_by@2025-10-25=no")
    with pytest.raises(NotFoundError, match="--at 2025-10-26"):
        given(bare, "leaders_met@2025-10-26=no")


def test_each_side_counts_its_own_runs(batch: Batch, other: Batch) -> None:
    """A comparison under a condition is of the means of the runs that meet it on either side."""
    a, b = given(batch, "calls>0"), given(other, "calls>0")
    comparison = compare(a, b)
    tension = of(comparison, "tension")
    x, y = batch.values["tension"][a.counted], other.values["tension"][b.counted]

    assert not np.array_equal(a.counted, b.counted)
    assert (tension.a, tension.b) == pytest.approx((x.mean(), y.mean()))
    assert tension.difference.value == pytest.approx(x.mean() - y.mean())
    assert tension.pairs == (a.counted & b.counted).sum()
    assert comparison.to_json()["a"]["given"] == {
        "conditions": ["calls>0"],
        "runs": int(a.counted.sum()),
        "of": 60,
    }


def test_a_scenario_under_a_condition_does_not_differ_from_itself(batch: Batch) -> None:
    """The same runs count on both sides, and nothing differs."""
    met = given(batch, "leaders_met=yes")
    comparison = compare(met, met)

    assert comparison.verdict == "identical"
    assert {d.difference.value for d in comparison.differences} == {0.0}


def test_a_condition_on_one_side_selects(batch: Batch) -> None:
    """A scenario against itself under a condition differs in what the condition picks."""
    met = of(compare(given(batch, "leaders_met=yes"), batch), "leaders_met")

    assert met.a == 1.0
    assert met.difference.value == pytest.approx(1.0 - batch.values["leaders_met"].mean())
    assert met.difference.low > 0.0
    assert not met.identical


def test_runs_both_sides_have_must_meet_it(batch: Batch, store: Store) -> None:
    """Where only runs beyond the shorter side meet a condition there is nothing to compare."""
    late = given(batch, "leaders_met=no")
    first = int(np.argmax(late.counted))
    short = run_batch(batch.resolved, n=first, store=store)

    assert first > 0
    with pytest.raises(CheckFailedError, match=f"none of the first {first} runs"):
        compare(late, short)
