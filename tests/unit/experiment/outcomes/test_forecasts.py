"""Forecasts: probabilities and distributions over the runs that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.engine.blocks import Failure
from sim.errors import CheckFailedError
from sim.experiment.outcomes.forecasts import (
    MEMBERS,
    DatedForecast,
    EventForecast,
    MixingBase,
    QuantityForecast,
    forecast,
)
from sim.experiment.outcomes.questions import read_question
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.stats.intervals import probability, vector_labels, wilson
from sim.experiment.store.results import Store
from sim.scenario.load import resolve

DAY = "2025-10-25"
N = 100


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """A batch of two days, whose values each test replaces."""
    store = Store(tmp_path_factory.mktemp("forecasts") / "results")
    return run_batch(resolve("october-2025-apec", until=date(2025, 10, 25)), n=2, store=store)


def batch_of(short: Batch, values: Mapping[str, Any], **changes: Any) -> Batch:
    """A batch with given values on the day."""
    own = {f"{name}@{DAY}": np.asarray(column) for name, column in values.items()}
    return replace(short, values=own, n=N, **changes)


def event(text: str, batch: Batch) -> EventForecast:
    """The probability of an event."""
    found = forecast(read_question(text), batch)
    assert isinstance(found, EventForecast)
    return found


def quantity(text: str, batch: Batch) -> QuantityForecast:
    """The distribution of a number."""
    found = forecast(read_question(text), batch)
    assert isinstance(found, QuantityForecast)
    return found


def test_a_probability_is_the_share_of_runs_with_wilsons_interval(short: Batch) -> None:
    """Thirty of a hundred; that all of several hold is the share in which all do."""
    # Fails if conditions are joined by or, or the interval is another.
    first, second = np.arange(N) < 30, np.arange(N) >= 20
    batch = batch_of(short, {"leaders_met": first, "talks_running": second})

    alone = event(f"leaders_met@{DAY}", batch)
    both = event(f"leaders_met@{DAY} and talks_running@{DAY}", batch)

    assert alone.probability.value == 0.3
    assert (alone.probability.low, alone.probability.high) == wilson(30, N)
    assert both.probability.value == 0.1
    assert (both.n, both.of, both.moves_between) == (N, N, None)


def test_conditions_choose_the_runs_that_count(short: Batch) -> None:
    """Of the eighty with talks ten had a meeting."""
    # Fails if the condition is ignored, or joined to the event.
    batch = batch_of(short, {"leaders_met": np.arange(N) < 30, "talks_running": np.arange(N) >= 20})

    found = event(f"leaders_met@{DAY} | talks_running@{DAY}", batch)

    assert found.probability.value == 10 / 80
    assert (found.n, found.of) == (80, N)
    with pytest.raises(CheckFailedError, match="0 of 100 runs"):
        forecast(read_question(f"talks_running@{DAY} | leaders_met@{DAY} and calls@{DAY}>0"), (
            batch_of(short, {**batch_values(batch), "calls": np.zeros(N)})
        ))  # fmt: skip


def batch_values(batch: Batch) -> dict[str, Any]:
    """The values of a batch by outcome."""
    return {name.partition("@")[0]: values for name, values in batch.values.items()}


def test_runs_that_failed_do_not_count(short: Batch) -> None:
    """Their values are missing, not no."""
    # Fails if a failed run counts as one without the event.
    failures = tuple(Failure(k, "", "", "") for k in range(10))
    batch = batch_of(short, {"leaders_met": np.arange(N) < 30}, failures=failures)

    assert event(f"leaders_met@{DAY}", batch).probability.value == pytest.approx(20 / 90)


def test_with_drawn_parameters_vectors_are_the_units(short: Batch) -> None:
    """The interval is over vectors, and the range of the probability over them is told."""
    # Fails if runs are taken for independent, or the range is left out.
    hits = np.arange(N) < 40
    batch = batch_of(short, {"leaders_met": hits}, per_vector=20)
    found = event(f"leaders_met@{DAY}", batch)
    clustered = probability(hits, clusters=vector_labels(N, 20))

    assert found.probability == clustered
    assert found.probability.high - found.probability.low > np.diff(wilson(40, N))[0]
    assert found.moves_between is not None
    assert found.moves_between[0] < 0.4 < found.moves_between[1]
    assert found.to_json()["moves_between"] == [*found.moves_between]


def test_quantiles_are_values_that_occurred(short: Batch) -> None:
    """Of 1 to 100 the twentieth parts; missing values are left out and counted."""
    # Fails if a quantile is another, or missing values are numbers.
    values = np.arange(1.0, N + 1.0)
    found = quantity(f"us_addon_pp@{DAY}", batch_of(short, {"us_addon_pp": values}))

    assert dict(found.quantiles) == {
        "p05": 5.0, "p10": 10.0, "p25": 25.0, "p50": 50.0, "p75": 75.0, "p90": 90.0, "p95": 95.0
    }  # fmt: skip
    assert len(found.members) == MEMBERS
    assert np.mean(found.members) == pytest.approx(values.mean())

    values[:60] = np.nan
    late = quantity(f"pause_ends_on@{DAY}", batch_of(short, {"pause_ends_on": values + 739000}))
    assert (late.n, late.of) == (40, N)
    assert late.to_json()["quantiles"]["p50"] == date.fromordinal(739080).isoformat()


def test_a_number_that_applies_to_no_run_has_no_quantiles(short: Batch) -> None:
    """JSON says null, and how many runs there were."""
    # Fails if NaN gets into JSON, or no value is an error.
    found = quantity(f"tension@{DAY}", batch_of(short, {"tension": np.full(N, np.nan)}))

    assert (found.n, found.of) == (0, N)
    assert set(found.to_json()["quantiles"].values()) == {None}


def test_a_forecast_tells_its_day_and_question_as_typed(short: Batch) -> None:
    """An event is mixed with its base rate, the runs' own share beside it; a quantity has none."""
    # Fails if the question is respelt, or a key is left out.
    batch = batch_of(short, {"leaders_met": np.arange(N) < 30, "calls": np.zeros(N)})
    asked = read_question(f"leaders_met@{DAY}=yes")
    base = MixingBase(0.5, "", 0.25)
    told = DatedForecast(date(2025, 10, 23), asked, forecast(asked, batch), batch, base).to_json()
    number = read_question(f"calls@{DAY}")
    other = DatedForecast(date(2025, 10, 23), number, forecast(number, batch), batch).to_json()

    assert told["as_of"] == "2025-10-23"
    assert told["question"] == f"leaders_met@{DAY}=yes"
    assert told["base_rate"] == 0.5
    assert told["raw"] == 30.0 / N
    assert told["probability"] == pytest.approx(0.25 * 30.0 / N + 0.75 * 0.5)
    assert set(told) == {
        "as_of", "question", "probability", "interval", "raw", "raw_interval", "weight",
        "weight_note",        "base_rate", "base_rate_reason", "n", "of",
    }  # fmt: skip
    assert set(other) == {"as_of", "question", "quantiles", "unit", "n", "of"}


@pytest.mark.parametrize("hits", [0, N])
def test_no_mixture_is_certain(short: Batch, hits: int) -> None:
    """Mixed with a base rate, or without one with half a run for and half a run against it; ends of
    intervals move along."""
    # Fails if 0 or 1 is printed as a probability, or an interval is not that of the mixture.
    batch = batch_of(short, {"leaders_met": np.arange(N) < hits})
    asked = read_question(f"leaders_met@{DAY}")
    raw = forecast(asked, batch)
    assert isinstance(raw, EventForecast)
    with_base = MixingBase(0.4, "", 0.75).mixed(raw).probability
    without = MixingBase(None, "none", 1.0).mixed(raw).probability

    assert with_base.value == pytest.approx(0.75 * hits / N + 0.1)
    assert with_base.low == pytest.approx(0.75 * raw.probability.low + 0.1)
    assert with_base.high == pytest.approx(0.75 * raw.probability.high + 0.1)
    assert without.value == pytest.approx((hits + 0.5) / (N + 1.0))
    assert 0.0 < without.value < 1.0
