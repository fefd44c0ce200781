"""Comparisons: identity, pairs, verdicts and changed inputs."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
import toy_engine

from sim.errors import UsageError
from sim.experiment.compare.comparison import Comparison, NotComparable, compare, compare_all
from sim.experiment.compare.difference import Difference
from sim.experiment.inputs.changes import changed_inputs
from sim.experiment.runs.batch import run_batch
from sim.experiment.store.results import Store
from sim.scenario.resolved_scenario import CalendarEntry, Intervention

TOY = toy_engine.scenario()


def shifted(store: Store, mu: float, n: int = 400, **options: object) -> Comparison:
    """The toy with mu raised, against the toy."""
    changed = run_batch(toy_engine.scenario(mu=mu), n=n, store=store, workers=1, **options)  # type: ignore[arg-type]
    return compare(changed, run_batch(TOY, n=n, store=store, workers=1, **options))  # type: ignore[arg-type]


def of(comparison: Comparison, name: str, label: str = "") -> Difference:
    """One difference by name."""
    return next(d for d in comparison.differences if (d.outcome, d.label) == (name, label))


def test_a_scenario_does_not_differ_from_itself(store: Store) -> None:
    """Every difference is exactly 0 and the verdict identical."""
    batch = run_batch(TOY, n=100, store=store)

    comparison = compare(batch, batch)

    assert {d.verdict for d in comparison.differences} == {"identical"}
    assert {d.difference.value for d in comparison.differences} == {0.0}
    assert comparison.changed == ()
    assert comparison.verdict == "identical"


def test_a_change_that_changes_nothing_is_identical(store: Store) -> None:
    """Another scenario of another name that plays the same runs differs in nothing."""
    renamed = replace(TOY, name="twin", question="The same again?")
    comparison = compare(run_batch(TOY, n=100, store=store), run_batch(renamed, n=100, store=store))

    assert comparison.verdict == "identical"
    assert {d.difference.value for d in comparison.differences} == {0.0}


@pytest.mark.parametrize(("mu", "verdict"), [(1.0, "different"), (0.01, "equivalent")])
def test_the_whole_contrast_has_a_verdict(store: Store, mu: float, verdict: str) -> None:
    """Different if a headline outcome is, equivalent if all are."""
    assert shifted(store, mu).verdict == verdict


def test_verdicts_are_corrected_over_all_contrasts(store: Store) -> None:
    """Of three scenarios every statement about a headline counts: the same contrast among others
    has larger corrected p-values."""
    rng = np.random.default_rng(4)
    batches = [run_batch(toy_engine.scenario(mu=mu), n=40, store=store) for mu in (0.0, 1.0, 2.0)]
    noisy = [
        replace(b, values={**b.values, "level": b.values["level"] + rng.normal(size=40)})
        for b in batches
    ]
    alone = of(compare(noisy[0], noisy[1]), "level")
    among = of(compare_all(noisy[0], noisy[1:])[0], "level")

    assert among.difference == alone.difference
    assert among.adjusted > alone.adjusted


def test_headlines_come_first_and_what_differs_most_after(store: Store) -> None:
    """The rows to show are every headline outcome, once, then others that differ."""
    comparison = shifted(store, 1.0)
    outcomes = [outcome for outcome, _ in comparison.rows]

    assert outcomes[0] == "level"
    assert set(outcomes[1:]) == {"hit", "kind"}


def test_numbers_that_are_shown_have_a_shape(store: Store) -> None:
    """Quantiles move with the mean; numbers that are the same have moved by exactly nothing; flags
    and numbers not shown have no shape, but the same keys."""
    comparison = shifted(store, 1.0)
    shape = of(comparison, "level").shape

    assert shape is not None
    assert [s.value for s in shape.shifts.values()] == pytest.approx([1.0, 1.0, 1.0])
    assert shape.ks.p_value == 0.001
    same = of(compare(comparison.a, comparison.a), "level").to_json()
    assert same["quantile_shifts"]["p50"] == {"shift": 0.0, "ci": [0.0, 0.0]}
    assert same["ks"] == {"value": 0.0, "p_value": 1.0}
    assert of(comparison, "hit", "true").to_json()["ks"] is None


def test_common_luck_takes_itself_out(store: Store) -> None:
    """A shift of mu by 1 is found exactly, with no width at all, where unpaired runs give some."""
    level = of(shifted(store, 1.0), "level")

    assert level.difference.value == pytest.approx(1.0)
    assert level.difference.half_width < 1e-12
    assert level.unpaired.half_width == pytest.approx(1.96 * np.sqrt(2 / 400), rel=0.1)
    assert (level.verdict, level.p_gt_same_luck) == ("higher", 1.0)
    assert level.p_gt_independent == pytest.approx(0.76, abs=0.04)
    assert level.effect == pytest.approx(1.0, rel=0.1)


def test_what_differs_most_comes_first(store: Store) -> None:
    """Differences are ordered by their size in standard deviations, classes together."""
    comparison = shifted(store, -1.0)

    assert comparison.differences[0].outcome in ("level", "level@2025-11-01")
    assert comparison.differences[0].verdict == "lower"
    labels = [d.label for d in comparison.differences if d.outcome == "kind"]
    assert labels == ["a", "b", "c"]
    assert of(comparison, "hit", "true").identical


def test_a_difference_inside_the_margin_is_equivalence(store: Store) -> None:
    """A shift of a fifth of the margin, however certain, is no difference that matters."""
    assert of(shifted(store, 0.01), "level").verdict == "equivalent"


def test_nothing_is_called_different_because_n_was_large(store: Store) -> None:
    """A sure difference between a quarter margin and a margin is equivalent, not higher."""
    assert of(shifted(store, 0.04), "level").verdict == "equivalent"
    assert of(shifted(store, 0.06), "level").verdict == "higher"


def test_what_cannot_be_told_says_how_many_runs_would(store: Store) -> None:
    """Under separate ignorance a small sample settles nothing and asks for more."""
    first = run_batch(TOY, n=40, store=store)
    second = run_batch(TOY, n=40, store=store)
    noisy = dict(second.values)
    noisy["hit"] = np.roll(noisy["hit"], 1)

    hit = of(compare(first, replace(second, values=noisy)), "hit", "true")

    assert hit.verdict == "cannot tell"
    # No difference at all, and a margin in which either one-sided test fails in one case of ten.
    assert hit.difference.value == 0.0
    wanted = 40 * (hit.difference.error * (1.6449 + 1.2816) / hit.margin) ** 2
    assert hit.runs_needed == 1000 * math.ceil(wanted / 1000)


def test_each_side_has_the_mean_of_its_own_runs(store: Store) -> None:
    """Of an outcome that applies to other runs in the one than in the other, both means are those
    a batch has by itself, and the difference is theirs."""
    a, b = (run_batch(TOY, n=400, store=store, seed=seed) for seed in (1, 2))
    wait = of(compare(a, b), "wait")
    means = [float(np.nanmean(batch.values["wait"])) for batch in (a, b)]

    assert (wait.a, wait.b) == pytest.approx(means)
    assert wait.difference.value == pytest.approx(means[0] - means[1])
    assert wait.runs == tuple(int((~np.isnan(x.values["wait"])).sum()) for x in (a, b))
    assert wait.pairs < min(wait.runs)


def test_headlines_are_corrected_among_themselves(store: Store) -> None:
    """Headlines are the headline outcomes at the end of the run, not those on a day."""
    comparison = shifted(store, 1.0)

    assert of(comparison, "level").headline
    assert not of(comparison, "level@2025-11-01").headline
    assert not of(comparison, "wait").headline


def test_drawn_parameters_are_compared_over_vectors(store: Store) -> None:
    """Ignorance shared by both sides is taken out like luck."""
    level = of(shifted(store, 1.0, parameters="prior", per_vector=5), "level")

    assert level.difference.value == pytest.approx(1.0)
    assert level.difference.half_width < 1e-9


@pytest.mark.parametrize(
    ("of_one", "of_other", "message"),
    [
        ({}, {"parameters": "prior"}, "parameters is fixed in one and prior in the other"),
        (
            {"parameters": "prior", "per_vector": 5},
            {"parameters": "prior", "per_vector": 10},
            "runs per vector is 5",
        ),
    ],
)
def test_parameters_drawn_otherwise_are_not_compared(
    store: Store, of_one: dict[str, object], of_other: dict[str, object], message: str
) -> None:
    """Another mode is a usage error that says what to do."""
    batch = run_batch(TOY, n=20, store=store, **of_one)  # type: ignore[arg-type]
    strange = run_batch(TOY, n=20, store=store, **of_other)  # type: ignore[arg-type]

    with pytest.raises(NotComparable, match=message) as caught:
        compare(batch, strange)

    assert isinstance(caught.value, UsageError)


def test_scenarios_without_a_common_day_are_not_compared(store: Store) -> None:
    """The error tells the days of both."""
    later = replace(TOY, name="later", start=TOY.until + 1, until=TOY.until + 9)

    with pytest.raises(NotComparable, match="no day in common") as caught:
        compare(run_batch(TOY, n=2, store=store), run_batch(later, n=2, store=store))

    assert "toy runs from 2024-04-24 to 2024-05-14" in str(caught.value)
    assert "later runs from 2024-05-15 to 2024-05-23" in str(caught.value)


def test_batches_without_a_common_outcome_are_not_compared(store: Store) -> None:
    """The error tells what either has."""
    batch = run_batch(TOY, n=2, store=store)
    first, second = (replace(batch, columns=batch.columns[i : i + 1]) for i in (0, 1))

    with pytest.raises(NotComparable, match="one has level, the other hit"):
        compare(first, second)


def test_other_luck_makes_independent_pairs(store: Store) -> None:
    """Batches of two seeds are compared all the same: the interval is as wide as unpaired runs
    give, and no share is told of pairs under the same luck."""
    comparison = compare(
        run_batch(TOY, n=400, store=store), run_batch(TOY, n=400, store=store, seed=7)
    )
    level = of(comparison, "level")

    assert not comparison.paired
    assert level.difference.half_width == pytest.approx(level.unpaired.half_width, rel=0.15)
    assert np.isnan(level.p_gt_same_luck)
    assert comparison.to_json()["paired"] is False
    assert level.to_json()["p_gt_same_luck"] is None


def test_the_shorter_batch_sets_the_number_of_pairs(store: Store) -> None:
    """Batches of 100 and 60 runs are compared over 60 pairs."""
    long = run_batch(TOY, n=100, store=store)
    short = run_batch(toy_engine.scenario(mu=1.0), n=60, store=store)

    comparison = compare(short, long)

    assert (comparison.pairs, of(comparison, "level").pairs) == (60, 60)


def test_pairs_in_which_either_failed_are_left_out(store: Store) -> None:
    """A run that failed on one side takes its partner with it, and is counted as failed."""
    broken = run_batch(toy_engine.scenario(fails=3.0), n=60, store=store)

    comparison = compare(run_batch(TOY, n=60, store=store), broken)

    assert of(comparison, "hit", "true").pairs == 59
    assert of(comparison, "failed", "true").difference.value == pytest.approx(-1 / 60)


def test_changed_inputs_are_named_with_both_values() -> None:
    """Parameters, state, calendar, interventions and days that differ are listed."""
    entry = CalendarEntry("vote", toy_engine.DAY + 3, 1, "a vote", "test", venue=1)
    act = Intervention("push", toy_engine.DAY, None, (), (), True, 0, "")
    other = replace(
        toy_engine.scenario(mu=0.5),
        until=TOY.until + 1,
        state={"tension": 0.75},
        calendar=(entry,),
        interventions=(act,),
        question="Another?",
    )

    changed = {(section, key): (a, b) for section, key, a, b in changed_inputs(TOY, other)}

    assert set(changed) == {
        ("span", "until"),
        ("state", "tension"),
        ("parameters", "mu"),
        ("calendar", "end"),
        ("calendar", "vote"),
        ("interventions", "push"),
    }
    assert changed["parameters", "mu"] == ("0", "0.5")
    assert changed["calendar", "vote"] == ("none", "2024-04-27 review beijing")
    assert changed["calendar", "end"][1] == "none"


def test_a_parameter_fixed_on_one_side_is_an_input_where_others_are_drawn() -> None:
    """Its value is the same, but not its prior; at central values that makes no difference."""
    held = toy_engine.fixed(TOY, "mu")

    assert changed_inputs(TOY, held) == []
    assert changed_inputs(TOY, held, drawn=True) == [
        ("parameters", "mu", "0, normal:0:0.5", "0, fixed")
    ]


def test_a_comparison_is_json(store: Store) -> None:
    """One object with stable keys and no NaN, even for one pair."""
    comparison = shifted(store, 1.0, n=1)

    told = json.loads(json.dumps(comparison.to_json(), allow_nan=False))

    assert list(told) == [
        "a",
        "b",
        "seed",
        "pairs",
        "paired",
        "parameters",
        "verdict",
        "changed",
        "differences",
    ]
    assert told["changed"] == [{"section": "parameters", "key": "mu", "a": "1", "b": "0"}]
    assert {"outcome", "class", "difference", "ci", "unpaired_ci", "verdict"} <= set(
        told["differences"][0]
    )
