"""Parameters as they would have been judged on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.scenario.evidence import ALWAYS
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
    "prior_before": "{value: 0.2, range: [0.1, 0.3], reason: calmer}",
}


def entry(**changes: str) -> str:
    """Returns a parameter section with one entry, changed as asked."""
    inside = ", ".join(f"{key}: {text}" for key, text in (SOUND | changes).items())
    return f"parameters:\n  {NAME}: {{{inside}}}\n"


def day(text: str) -> int:
    """Returns the ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


def test_a_parameter_is_what_was_held_until_it_could_be_known(solve: Any) -> None:
    """With its own range, prior and reason; from that day on it has its value."""
    # Fails if the later value, prior or reason is used a day too early or too late.
    known = solve(entry()).parameters[NAME]
    before = known_on(known, day("2025-05-31"))

    assert (before.value, before.low, before.high, before.reason) == (0.2, 0.1, 0.3, "calmer")
    assert before.prior == Prior("uniform", 0.1, 0.3)
    assert known_on(known, day("2025-06-01")) == known
    assert known_on(before, day("2017-04-05")) == before


def test_what_was_held_may_change_more_than_once(solve: Any) -> None:
    """Each step has its own value, reason and prior, and ends on its own day."""
    # Fails if a step is skipped, drawn without a range, or drawn uniformly in spite of its prior.
    steps = (
        "[{value: 0.2, until: 2020-05-15, reason: early}, "
        "{value: 0.3, prior: {family: beta, a: 3, b: 7}, reason: later}]"
    )
    known = solve(entry(prior_before=steps)).parameters[NAME]
    held = [known_on(known, day(when)) for when in ("2020-05-14", "2020-05-15", "2025-05-31")]

    assert [(each.value, each.reason) for each in held] == [
        (0.2, "early"), (0.3, "later"), (0.3, "later")
    ]  # fmt: skip
    assert held[0].prior is None
    assert held[1].prior == Prior("beta", 3.0, 7.0)
    assert known_on(known, day("2025-06-01")) == known
    assert known_on(held[0], day("2017-04-05")) == held[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"prior_before": "{value: 0.2}"}, "reason: is missing"),
        ({"prior_before": "{value: 2, reason: r}"}, "prior_before: 2 is not between 0 and 1"),
        ({"prior_before": "{value: 0.2, range: [0.3, 0.5], reason: r}"}, "needs a range around it"),
        ({"prior_before": "{value: 0.2, range: [0.2, 0.2], reason: r}"}, "needs a range around it"),
        ({"prior_before": "{value: 0.2, until: 2025-05-02, reason: r}"}, "leave out its until"),
        (
            {"prior_before": "[{value: 0.2, reason: r}, {value: 0.3, reason: r}]"},
            "each step but the last needs the day",
        ),
        (
            {
                "prior_before": "[{value: 0.2, until: 2025-06-01, reason: r}, "
                "{value: 0.3, reason: r}]"
            },
            "do not follow each other up to 2025-06-01",
        ),
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
    assert solve(entry(), sets=[(NAME, "0.4")]).parameters[NAME].before == ()


def test_a_learning_scenario_takes_each_value_on_its_day() -> None:
    """It starts with what was held at its start, and learns day by day, all numbers of a day
    together; one that starts late has nothing to learn."""
    # Fails if a value is taken on another day, one already known is set again, or a day has more
    # than one intervention, which would derive everything once for each.
    early, late = resolve("base/april-2017"), resolve("october-2025-apec")
    learned = learning(early)
    rows = [row for row in learned.interventions if row.key.startswith("learned")]
    steps = {(row.day, act.name): act.value for row in rows for act in row.do}
    held = {name: p for name, p in early.parameters.items() if p.before}

    assert len({row.day for row in rows}) == len(rows)
    assert steps == {
        (day(each.until), name): known_on(p, day(each.until)).value
        for name, p in held.items()
        for each in p.before
    }
    for name, p in held.items():
        assert learned.parameters[name].value == p.before[0].value
        assert p.before[-1].until == p.known_from
    assert learning(late) == late


def test_every_late_parameter_says_what_was_held_before() -> None:
    """Nothing of the shipped files was known only later without a number for the time before."""
    # Fails if one is left out, or could be used on no day.
    shipped: Resolved = resolve("base/april-2017")
    late = {
        name
        for name, p in shipped.parameters.items()
        if p.known_from != ALWAYS and day(p.known_from) > shipped.start
    }
    assert late == {name for name, p in shipped.parameters.items() if p.before}
    assert len(late) > 700
    for name in late:
        assert shipped.parameters[name].before[0].until > "2017-04-05"


def test_rules_not_yet_seen_are_switched_off() -> None:
    """No fee on ships before one was proposed, none for a duty that cites fentanyl."""
    # Fails if an act is chosen years before anybody had thought of it.
    shipped = resolve("base/april-2017").parameters
    eve = day("2025-01-31")
    for name in ("us.rate.set_port_fees", "cn.rate.set_port_fees", "us.fentanyl.cap_pp"):
        assert known_on(shipped[name], eve).value == 0.0, name
