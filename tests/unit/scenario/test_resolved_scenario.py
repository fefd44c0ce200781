"""Resolved scenarios: lossless as JSON, safe to send to workers, one hash for one set of runs."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from sim.scenario.load import resolve
from sim.scenario.posterior import Posterior
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.shipped import names

Solve = Callable[..., Resolved]

EVERYTHING = """\
state:
  tension: {value: 0.5, unit: share, kind: assumed, range: [0.3, 0.7], reason: "größer"}
parameters:
  us.leader.autonomy:
    value: 0.4
    unit: share
    kind: assumed
    range: [0.1, 0.9]
    reason: r
    prior: {family: normal, mean: 0.4, sd: 0.1, low: 0.0, high: 1.0}
calendar:
  slot: {date: 2025-12-05, kind: summit_slot, label: l, source: record, venue: beijing}
interventions:
  ban:
    date: 2025-11-05
    until: 2025-11-20
    do:
      set: {tension: 0.6}
      forbid: [{side: us, act: hike}]
      force: {side: cn, act: seek_talks}
    source: record
  when-hot:
    when: "tension > 0.8 for 5 days and threat_open == true"
    cooldown_days: 10
    do: {force: {side: us, act: hike, size_pp: 34}}
needs: [A2]
"""


@pytest.mark.parametrize("name", names())
def test_shipped_scenarios_survive_json_and_pickling(name: str) -> None:
    """Workers and manifests get back what was written, down to the hash."""
    resolved = resolve(name)
    for copy in (
        Resolved.from_json(resolved.to_json()),
        pickle.loads(pickle.dumps(resolved)),  # noqa: S301
    ):
        assert copy == resolved
        assert (copy.hash, copy.prior_hash) == (resolved.hash, resolved.prior_hash)


def test_json_loses_nothing_of_a_scenario_that_uses_everything(solve: Solve) -> None:
    """Priors, conditions, actions, venues and foreign letters come back with their types."""
    resolved = solve(EVERYTHING, sets=[("rapport", "0.3")], at=[date(2025, 12, 24)])
    copy = Resolved.from_json(resolved.to_json())
    assert copy == resolved
    assert copy.to_json() == resolved.to_json()
    assert [type(row) for row in copy.interventions] == [
        type(row) for row in resolved.interventions
    ]
    assert "größer" in resolved.to_json()
    assert json.loads(resolved.to_json())["needs"] == ["A2"]


def test_resolving_twice_gives_the_same(solve: Solve) -> None:
    """A scenario is a function of its files and settings."""
    assert solve(EVERYTHING) == solve(EVERYTHING)
    assert solve(EVERYTHING).to_json() == solve(EVERYTHING).to_json()


def test_a_resolved_scenario_cannot_be_reassigned(solve: Solve) -> None:
    """What a batch is keyed by does not change under it."""
    with pytest.raises(FrozenInstanceError):
        solve().start = 3  # type: ignore[misc]


def test_the_hash_ignores_words_and_keeps_all_that_runs_depend_on(solve: Solve) -> None:
    """Question, labels, sources and origins change no run; days, numbers and rows do."""
    base = solve(EVERYTHING)
    assert len(base.hash) == 16
    assert int(base.hash, 16) >= 0
    same = solve(EVERYTHING.replace("label: l", "label: other"), head=HEAD.replace('"q"', '"why"'))
    assert same.hash == base.hash
    assert replace(base, changes=(), origins={}, name="x").hash == base.hash
    for old, new in (
        ("value: 0.5", "value: 0.6"),
        ("value: 0.4", "value: 0.41"),
        ("2025-12-05", "2025-12-06"),
        ("venue: beijing", "venue: washington"),
        ("kind: summit_slot, ", "kind: soft_date, "),
        ("2025-11-20", "2025-11-21"),
        ("tension > 0.8", "tension > 0.81"),
        ("for 5 days", "for 6 days"),
        ("size_pp: 34", "size_pp: 50"),
        ("cooldown_days: 10", "cooldown_days: 11"),
    ):
        assert solve(EVERYTHING.replace(old, new)).hash != base.hash, old
    assert solve(EVERYTHING, until=date(2025, 12, 31)).hash != base.hash
    assert solve(EVERYTHING, at=[date(2025, 12, 24)]).hash != base.hash


def test_the_prior_hash_covers_priors_too(solve: Solve) -> None:
    """A prior changes runs with uncertain parameters, and no others."""
    base, wider = solve(EVERYTHING), solve(EVERYTHING.replace("sd: 0.1", "sd: 0.2"))
    assert wider.hash == base.hash
    assert wider.prior_hash != base.prior_hash


HEAD = 'question: "q"\nextends: base/october-2025\n'


def test_a_posterior_goes_into_json_and_one_hash() -> None:
    """It comes back as it was, and counts where parameters are drawn."""
    # Fails if workers lose it, rows come back as lists, or runs at central values are renamed.
    plain = resolve("october-2025-apec")
    rows = tuple((0.1 * k, 1.0 / (k + 3.0)) for k in range(50))
    made = Posterior(("us.rate.hike", "us.weight.rapport"), rows, 737000, "r", "m", "mine.json")
    world = replace(plain, posterior=made)
    back = Resolved.from_json(world.to_json())

    assert back == world
    assert back.posterior == made
    assert Resolved.from_json(plain.to_json()).posterior is None
    assert world.hash == plain.hash
    assert world.prior_hash == back.prior_hash != plain.prior_hash
    other = replace(made, draws=rows[::-1])
    assert replace(world, posterior=other).prior_hash != world.prior_hash
    # Scenarios that were stored before there were posteriors have no such key.
    old = json.loads(plain.to_json())
    del old["posterior"]
    assert Resolved.from_json(json.dumps(old)) == plain
