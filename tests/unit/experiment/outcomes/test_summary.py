"""Summaries: what is told of numbers, flags and classes, with stable keys."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
import toy_engine

from sim.experiment.outcomes.summary import summarise
from sim.experiment.runs.batch import run_batch
from sim.experiment.stats.intervals import wilson
from sim.experiment.store.results import Store

TOY = toy_engine.scenario()


def test_a_number_has_mean_quantiles_and_intervals(store: Store) -> None:
    """The keys are fixed and the values those of the sample."""
    batch = run_batch(TOY, n=800, store=store, workers=1)

    told = summarise(batch)["level"]

    level = np.sort(batch.values["level"])
    assert list(told) == [
        "kind", "unit", "n_valid", "of", "applicable", "mean", "mean_ci", "quantiles", "median_ci"
    ]  # fmt: skip
    assert (told["kind"], told["unit"], told["n_valid"]) == ("number", "pp", 800)
    assert told["mean"] == pytest.approx(level.mean())
    assert told["mean_ci"][0] < told["mean"] < told["mean_ci"][1]
    assert list(told["quantiles"]) == ["p05", "p25", "p50", "p75", "p95"]
    assert told["quantiles"]["p05"] == level[39]
    assert told["median_ci"][0] < told["quantiles"]["p50"] < told["median_ci"][1]


def test_flags_and_classes_have_probabilities(store: Store) -> None:
    """Every class is there, with Wilson's interval, and they sum to one."""
    batch = run_batch(TOY, n=100, store=store)

    told = summarise(batch)

    hits = int(batch.values["hit"].sum())
    assert list(told["hit"]["probabilities"]) == ["false", "true"]
    true = told["hit"]["probabilities"]["true"]
    assert true == {"p": hits / 100, "ci": pytest.approx(list(wilson(hits, 100)))}
    assert list(told["kind"]["probabilities"]) == ["a", "b", "c"]
    assert sum(c["p"] for c in told["kind"]["probabilities"].values()) == pytest.approx(1.0)


def test_only_runs_to_which_an_outcome_applies_count(store: Store) -> None:
    """Missing values and failed runs are left out of everything but their own share."""
    batch = run_batch(toy_engine.scenario(fails=3.0), n=100, store=store)

    told = summarise(batch)

    wait = batch.values["wait"]
    assert told["wait"]["n_valid"] == (~np.isnan(wait)).sum()
    assert told["wait"]["applicable"] == told["wait"]["n_valid"] / 100
    assert told["wait"]["mean"] == pytest.approx(np.nanmean(wait))
    assert told["hit"]["n_valid"] == 99
    assert told["kind"]["n_valid"] == 99
    assert told["failed"]["n_valid"] == 100
    assert told["failed"]["probabilities"]["true"]["p"] == 0.01


def test_dates_are_days(store: Store) -> None:
    """Mean, interval and quantiles of a date are ISO days."""
    told = summarise(run_batch(TOY, n=100, store=store), ["day"])["day"]

    days = [told["mean"], *told["mean_ci"], *told["quantiles"].values(), *told["median_ci"]]
    assert all(date.fromisoformat(d).toordinal() >= toy_engine.DAY for d in days)


@pytest.mark.parametrize("parameters", ["fixed", "prior"])
def test_a_summary_is_json_however_little_it_knows(store: Store, parameters: str) -> None:
    """One run gives None for what one run cannot tell, never NaN."""
    batch = run_batch(TOY, n=1, store=store, parameters=parameters)

    told = summarise(batch)

    json.dumps(told, allow_nan=False)
    assert told["level"]["mean_ci"] == [None, None]
    assert told["level"]["median_ci"] == [None, None]


def test_a_prior_batch_tells_luck_from_ignorance(store: Store) -> None:
    """Level has variance 1 of luck and 0.25 of ignorance; hit has no ignorance at all."""
    batch = run_batch(TOY, n=20_000, store=store, parameters="prior", per_vector=20, workers=1)

    told = summarise(batch)

    spread = told["level"]["spread"]
    assert spread["luck"] == pytest.approx(1.0, abs=0.03)
    assert spread["ignorance"] == pytest.approx(0.25, abs=0.04)
    assert spread["ignorance_share"] == pytest.approx(0.2, abs=0.03)
    assert spread["vectors"] == 1000
    assert spread["moves_between"] == pytest.approx([-0.82, 0.82], abs=0.1)
    assert told["hit"]["probabilities"]["true"]["spread"]["ignorance_share"] < 0.01


def test_intervals_of_a_prior_batch_are_over_vectors(store: Store) -> None:
    """Where vectors differ the interval is as wide as their number warrants, not the runs'."""
    drawn = run_batch(TOY, n=4000, store=store, parameters="prior", per_vector=20, workers=1)
    fixed = run_batch(TOY, n=4000, store=store, workers=1)

    def width(batch: object) -> float:
        low, high = summarise(batch, ["level"])["level"]["mean_ci"]  # type: ignore[arg-type]
        return float(high - low)

    # Standard deviation of a vector's mean: sqrt(0.25 + 1/20), over 200 vectors.
    assert width(drawn) == pytest.approx(2 * 1.97 * np.sqrt(0.30 / 200), rel=0.15)
    assert width(fixed) == pytest.approx(2 * 1.96 / np.sqrt(4000), rel=0.05)


def test_the_printed_interval_of_a_prior_batch_holds_the_truth(store: Store) -> None:
    """Over 120 seeds the interval of the mean, and of a probability, holds it in 95 %.

    Level is normal with mean 0 over luck and ignorance; hit has probability 0.3.
    """
    held = {"level": 0, "hit": 0}
    for seed in range(120):
        batch = run_batch(
            TOY, n=240, seed=seed, store=store, parameters="prior", per_vector=12, paths="none"
        )
        told = summarise(batch, ["level", "hit"])
        low, high = told["level"]["mean_ci"]
        held["level"] += low <= 0.0 <= high
        low, high = told["hit"]["probabilities"]["true"]["ci"]
        held["hit"] += low <= 0.3 <= high

    assert all(0.89 <= count / 120 <= 0.99 for count in held.values()), held
