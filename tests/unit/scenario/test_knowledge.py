"""Parameters as they would have been judged on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.scenario.knowledge import known_on, learning
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Prior, Resolved

NAME = "tension.rest"
SOUND = {
    "value": "0.4",
    "unit": "share",
    "kind": "assumed",
    "range": "[0.3, 0.5]",
    "known_from": "2025-06-01",
    "reason": "r",
    "prior_before": "{value: 0.2, until: 2025-04-02, range: [0.1, 0.3], reason: calmer}",
}


def entry(**changes: str) -> str:
    """Returns a parameter section with one entry, changed as asked."""
    inside = ", ".join(f"{key}: {text}" for key, text in (SOUND | changes).items())
    return f"parameters:\n  {NAME}: {{{inside}}}\n"


def day(text: str) -> int:
    """Returns the ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


def test_a_parameter_is_what_was_held_until_the_record_showed_otherwise(solve: Any) -> None:
    """With its own range, prior and reason; from that day on it has its value."""
    # Fails if the later value, prior or reason is used a day too early or too late.
    known = solve(entry()).parameters[NAME]
    before = known_on(known, day("2025-04-01"))

    assert (before.value, before.low, before.high, before.reason) == (0.2, 0.1, 0.3, "calmer")
    assert before.prior == Prior("uniform", 0.1, 0.3)
    assert known_on(known, day("2025-04-02")) == known
    assert known_on(before, day("2017-04-05")) == before


def test_without_a_range_it_is_not_drawn_and_without_a_day_it_ends_when_known(solve: Any) -> None:
    """The day from which a value is known is the last on which another can be held."""
    # Fails if the prior of the later value is drawn, or `known_from` is left out of account.
    known = solve(entry(prior_before="{value: 0.2, reason: r}")).parameters[NAME]

    assert known_on(known, day("2025-05-31")).prior is None
    assert known_on(known, day("2025-06-01")).value == 0.4


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"prior_before": "{value: 0.2}"}, "reason: is missing"),
        ({"prior_before": "{value: 2, reason: r}"}, "prior_before: 2 is not between 0 and 1"),
        ({"prior_before": "{value: 0.2, range: [0.3, 0.5], reason: r}"}, "needs a range around it"),
        ({"prior_before": "{value: 0.2, range: [0.2, 0.2], reason: r}"}, "needs a range around it"),
        ({"prior_before": "{value: 0.2, until: 2025-06-02, reason: r}"}, "after the value was"),
        ({"prior_before": "{valu: 0.2, reason: r}"}, "did you mean value?"),
        ({"known_from": "always"}, "could always be known"),
    ],
)
def test_a_wrong_value_before_is_refused(faults: Any, changes: dict[str, str], said: str) -> None:
    """With what is wrong in it."""
    # Fails if a forecast of an earlier day can use a number that is none.
    assert said in "\n".join(map(str, faults(entry(**changes))))


def test_what_is_set_holds_whenever(solve: Any) -> None:
    """A number typed by the user has no other value before, even if it is the usual one."""
    # Fails if a replay overwrites `--set`.
    assert solve(entry(), sets=[(NAME, "0.4")]).parameters[NAME].before is None


def test_a_learning_scenario_takes_each_value_on_its_day() -> None:
    """It starts with what was held at its start; one that starts late has nothing to learn."""
    # Fails if a value is taken on another day, or one already known is set again.
    early, late = resolve("base/april-2017"), resolve("october-2025-apec")
    learned = learning(early)
    steps = {row.do[0].name: row for row in learned.interventions if row.key.startswith("learned")}
    held = {name: p for name, p in early.parameters.items() if p.before is not None}

    assert steps.keys() == held.keys()
    for name, p in held.items():
        assert p.before is not None
        assert learned.parameters[name].value == p.before.value != p.value
        assert steps[name].day == day(p.before.until)
        assert steps[name].do[0].value == p.value
    assert learning(late) == late


def test_values_before_are_sound_in_the_shipped_file() -> None:
    """They end within the record, not later than the value is known, and name a real parameter."""
    # Fails if one can never be used.
    shipped: Resolved = resolve("base/april-2017")
    held = {name: p for name, p in shipped.parameters.items() if p.before is not None}
    assert {"us.rate.set_port_fees", "cn.reply.mirror_threshold_pp"} <= held.keys()
    for name, p in held.items():
        assert p.before is not None
        assert name in slot_index(Params)
        assert "2017-04-05" < p.before.until <= p.known_from
