"""Discovery: early signs, assumptions, a small tree, and what is refused."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.errors import CheckFailedError, UsageError
from sim.experiment.discovery import tree
from sim.experiment.discovery.boxes import Limit, inside
from sim.experiment.discovery.search import Assumption, Discovery, discover, early_day
from sim.experiment.discovery.signs import Sign, early_signs
from sim.experiment.inputs.priors import Priors
from sim.experiment.outcomes.conditions import Condition, narrowed, read_condition, watching
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.stats.intervals import Floats
from sim.experiment.store.results import Store
from sim.requests.options import resolve

BY = date(2025, 2, 8)
CONFLICT = read_condition("path_class=conflict")
WORLD = resolve("january-2025-first-100-days", {"at": [BY]})


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Two hundred draws of parameters, ten runs each."""
    return run_batch(
        WORLD,
        n=2000,
        seed=5,
        parameters="prior",
        per_vector=10,
        store=Store(tmp_path_factory.mktemp("results")),
        events=True,
        paths="none",
        note=lambda _: None,
    )


@pytest.fixture(scope="session")
def found(batch: Batch) -> Discovery:
    """What conflict goes with in them."""
    return discover(batch, CONFLICT, BY)


def test_a_sign_means_what_it_says_as_a_condition(batch: Batch) -> None:
    """Each limit on each kind of sign picks the runs that the same words after --given pick."""
    signs = early_signs(batch, BY, batch.counted)
    kinds = set()
    for place, sign in enumerate(signs.signs):
        if sum(kind == sign.kind for kind in kinds) and sign.kind != "number":
            continue
        kinds.add(sign.kind)
        middle = int(np.median(signs.values[:, place]))
        for limit in (Limit(place, True, max(1, middle)), Limit(place, False, middle)):
            chosen = inside([limit], signs.values)
            condition = read_condition(sign.condition(limit))
            if sign.kind != "number":
                chosen = signs.values[:, place] == float(limit.is_least)
            assert np.array_equal(condition.met(batch)[batch.counted], chosen), sign
    assert kinds == {"event", "flag", "class", "number"}


def test_bounds_of_numbers_are_typed_as_one_would() -> None:
    """Counts are whole, none is nought, and rates are cut between whole points."""
    count, rate = (
        Sign(*row)
        for row in (
            ("rounds", BY, "", "number", "count"),
            ("us_addon_pp", BY, "", "number", "pp"),
        )
    )

    assert count.condition(Limit(0, True, 2)) == "rounds@2025-02-08>=2"
    assert count.condition(Limit(0, False, 2)) == "rounds@2025-02-08<=2"
    assert count.condition(Limit(0, False, 0)) == "rounds@2025-02-08=0"
    assert rate.condition(Limit(0, False, 13)) == "us_addon_pp@2025-02-08<14"


def test_signs_are_what_can_be_seen(batch: Batch) -> None:
    """Acts, stages and tariff rates are signs, of either side; moods and private odds are not, and
    none tells the same as another in every run."""
    signs = early_signs(batch, BY, batch.counted)
    names = {sign.name for sign in signs.signs}

    assert {"accuse_by", "seek_talks_by", "talks_stage", "us_addon_pp"} <= names
    assert not names & {"tension", "rapport", "cn_eagerness", "us_pressure", "deficit"}
    assert len(np.unique(signs.values, axis=1).T) == len(signs.signs)


def test_a_limit_on_an_assumption_is_one_on_its_value(batch: Batch) -> None:
    """Runs on either side of a limit have values on that side of what is printed."""
    priors = Priors(batch.resolved)
    places = [priors.names.index(name) for name in ("us.penalty.gap", "cn.reply.probability")]
    percents = np.floor(100.0 * priors.shares(batch.seed, np.arange(50), places))
    values = [priors.vector(batch.seed, vector) for vector in range(50)]
    for column, place in enumerate(places):
        name = priors.names[place]
        assumption = Assumption(name, batch.resolved.parameters[name])
        drawn = np.array([vector[name] for vector in values])
        least, largest = Limit(column, True, 40), Limit(column, False, 39)
        assert assumption.value(least) == assumption.value(largest)
        assert np.array_equal(inside([least], percents), drawn >= assumption.value(least))
        assert np.array_equal(inside([largest], percents), drawn < assumption.value(largest))


def test_rates_are_of_the_half_that_was_not_looked_in(batch: Batch, found: Discovery) -> None:
    """A sign's rates are those one counts in the runs of odd vectors alone."""
    odd = (np.arange(batch.n) // batch.per_vector) % 2 == 1
    conflict = CONFLICT.met(batch)
    assert found.base.value == np.mean(conflict[odd])
    assert found.looked_in == found.checked_on == 1000
    for question in found.signs.questions:
        sign = found.signs.columns[question.limit.column]
        so = read_condition(sign.condition(question.limit)).met(batch) & odd
        assert question.where.density.value == np.mean(conflict[so])
        assert question.where.coverage.value == np.mean(so[conflict & odd])
        assert question.elsewhere.value == np.mean(conflict[odd & ~so])


def test_no_talks_by_february_is_a_sign_of_conflict(found: Discovery) -> None:
    """In the scenario of January 2025 the early sign that tells most is about talks, and holds."""
    first = found.signs.questions[0]
    assert "talks" in found.signs.columns[first.limit.column].name
    assert first.where.holds
    assert first.where.density.low > first.elsewhere.value


def test_signs_are_screened_by_whole_vectors(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outcome tossed once for all runs of a vector goes with no sign; shuffled run by run three
    would pass."""
    tossed = np.repeat(np.random.default_rng(5).random(200) < 0.4, 10)
    monkeypatch.setattr(Condition, "met", lambda *_: tossed)

    assert discover(batch, CONFLICT, BY).signs.columns == ()


def test_only_runs_that_meet_what_is_given_count(batch: Batch) -> None:
    """Under a condition rates are of the runs that meet it."""
    given = narrowed(batch, [read_condition("us.hike_by@2025-02-08=no")])
    found = discover(given, CONFLICT, BY)

    odd = (np.arange(batch.n) // batch.per_vector) % 2 == 1
    assert found.base.value == np.mean(CONFLICT.met(batch)[given.counted & odd])
    assert found.looked_in + found.checked_on == given.counted.sum()


def test_a_tree_parts_runs_into_leaves() -> None:
    """The planted question comes first, and leaves cover every run once."""
    rng = np.random.default_rng(3)
    x: Floats = np.floor(10.0 * rng.random((2000, 3)))
    hits = rng.random(2000) < np.where(x[:, 1] >= 6, 0.9, np.where(x[:, 0] <= 2, 0.6, 0.1))

    nodes = tree.grow(x, hits)

    assert nodes[0].path == (Limit(1, False, 5),)
    leaves = [inside(node.path, x) for node in nodes if node.is_leaf]
    assert (np.sum(leaves, axis=0) == 1).all()
    assert len(leaves) <= tree.MOST_LEAVES


def test_an_outcome_that_never_comes_is_refused(batch: Batch) -> None:
    """Nothing can be told of what no run has, nor of what hardly any has."""
    with pytest.raises(CheckFailedError, match=r"0 of 2,000 runs .* nothing to distinguish"):
        discover(batch, read_condition("us_addon_pp>=5000"), BY)
    with pytest.raises(CheckFailedError, match="try -n"):
        discover(batch, read_condition("path_class=improved"), BY)


def test_signs_come_before_the_outcome_is_known() -> None:
    """By default 20 days after the start, or half of the way; later than the outcome is refused."""
    soon = read_condition("us_addon_pp@2025-01-29>=10")
    world = watching(WORLD, [soon])

    assert early_day(world, CONFLICT, None) == BY
    assert early_day(world, soon, None) == date(2025, 1, 24)
    with pytest.raises(UsageError, match="before it is known, on 2025-01-29"):
        early_day(world, soon, date(2025, 1, 29))
    with pytest.raises(UsageError, match="not before the start of"):
        early_day(world, CONFLICT, date(2025, 1, 18))
