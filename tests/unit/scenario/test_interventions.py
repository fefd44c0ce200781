"""Interventions of a file: what they become, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sim.errors import Problem
from sim.model.tables.vocabulary import ACT_CODES, Side
from sim.scenario.freeze import ALLOWED_ACTS
from sim.scenario.resolved_scenario import Action, Intervention, Resolved, WhenCondition

Solve = Callable[..., Resolved]
Faults = Callable[..., list[Problem]]


def day(text: str) -> int:
    """Returns the ordinal of a day."""
    return date.fromisoformat(text).toordinal()


def test_a_dated_row(solve: Solve) -> None:
    """A row on a date sets, forbids and forces, in this order whatever the file's."""
    resolved = solve(
        """
interventions:
  many:
    date: 2025-11-01
    until: 2025-12-01
    do:
      force: {side: us, act: hike, size_pp: 34}
      forbid: [{side: cn, act: reply_mirror}, {side: us, act: sign_extension}]
      set: {tension: 0.7, us.leader.autonomy: 0.2, summit.venue: beijing}
    source: E158
"""
    )
    assert resolved.interventions == (
        Intervention(
            key="many",
            day=day("2025-11-01"),
            until=day("2025-12-01"),
            when=(),
            do=(
                Action("set", name="tension", value=0.7),
                Action("set", name="us.leader.autonomy", value=0.2),
                Action("set", name="summit.venue", value=1.0),
                Action("forbid", side=1, act="reply_mirror"),
                Action("forbid", side=0, act="sign_extension"),
                Action("force", side=0, act="hike", size_pp=34.0),
            ),
            once=True,
            cooldown_days=0,
            source="E158",
        ),
    )


@pytest.mark.parametrize(
    ("extra", "once", "cooldown"),
    [("", True, 0), ("once: true, ", True, 0), ("cooldown_days: 30, ", False, 30)],
)
def test_a_row_on_a_condition(solve: Solve, extra: str, once: bool, cooldown: int) -> None:
    """A conditional row fires once unless it says after how many days it may again."""
    row = (
        f'  r: {{when: "tension > 0.8 for 5 days", {extra}do: {{forbid: {{side: us, act: hike}}}}}}'
    )
    (found,) = solve(f"interventions:\n{row}\n").interventions
    assert found.when == (WhenCondition("tension", ">", 0.8, 5),)
    assert (found.day, found.once, found.cooldown_days) == (None, once, cooldown)


def test_rows_stay_in_the_order_of_the_file(solve: Solve) -> None:
    """Conditions are read in file order, so the order is kept, base first."""
    rows = "".join(
        f'  {key}: {{when: "tension > 0.9", do: {{set: {{tension: 0.8}}}}}}\n' for key in "zamb"
    )
    assert [row.key for row in solve(f"interventions:\n{rows}").interventions] == list("zamb")


FORCE = "do: {force: {side: us, act: hike}}"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (FORCE, "either a `date` or a `when`"),
        (f'date: 2025-11-01, when: "tension > 0.8", {FORCE}', "either a `date` or a `when`"),
        (f"date: 2025-10-09, {FORCE}", "outside the run, 2025-10-10 to 2026-04-08"),
        (f"date: 2026-04-09, {FORCE}", "outside the run, 2025-10-10 to 2026-04-08"),
        (f"date: 2025-11-01, until: 2025-12-01, {FORCE}", "has no `forbid` with a `date`"),
        (
            "date: 2025-11-01, until: 2025-11-01, do: {forbid: {side: us, act: hike}}",
            "is not after its date",
        ),
        (
            'when: "tension > 0.8", until: 2025-12-01, do: {forbid: {side: us, act: hike}}',
            "has no `forbid` with a `date`",
        ),
        (f"date: 2025-11-01, cooldown_days: 30, {FORCE}", "`cooldown_days` needs a `when`"),
        (f'when: "tension > 0.8", once: true, cooldown_days: 3, {FORCE}', "`cooldown_days` needs"),
        (f'when: "tension > 0.8", cooldown_days: 0, {FORCE}', "0 is below 1"),
        (f'when: "tenson > 0.8", {FORCE}', "when: 'tenson' cannot be observed; did you mean"),
        ("date: 2025-11-01, do: {}", "does nothing"),
        ("date: 2025-11-01, do: {set: {}}", "does nothing"),
        ("date: 2025-11-01", "do"),
        ("date: 2025-11-01, do: {set: {tenson: 0.4}}", "did you mean tension?"),
        ("date: 2025-11-01, do: {set: {tension: 4}}", "tension: 4 is not between 0 and 1"),
        ("date: 2025-11-01, do: {set: {summit.venue: paris}}", "is not one of none, beijing"),
        ("date: 2025-11-01, do: {force: {side: us, act: hikke}}", "did you mean hike?"),
        (
            "date: 2025-11-01, do: {force: {side: us, act: wait}}",
            "is not an act that `force` accepts for us",
        ),
        ("date: 2025-11-01, do: {force: {side: eu, act: hike}}", "'eu' is not one of us, cn"),
        ("date: 2025-11-01, do: {force: {side: cn, act: threaten}}", "`force` accepts for cn"),
        (
            "date: 2025-11-01, do: {forbid: {side: us, act: counter_hike}}",
            "`forbid` accepts for us",
        ),
        (
            "date: 2025-11-01, do: {forbid: {side: us, act: hike, size_pp: 3}}",
            "only with a forced hike",
        ),
        (
            "date: 2025-11-01, do: {force: {side: us, act: accuse, size_pp: 3}}",
            "only with a forced hike",
        ),
        ("date: 2025-11-01, do: {force: {side: us, act: hike, size_pp: 0}}", "between 0 and 1000"),
        ("date: 2025-11-01, do: {force: {side: us, act: hike, size_pp: ten}}", "not a number"),
        (f"date: 2025-11-01, source: E999, {FORCE}", "neither evidence.csv nor sources.yaml"),
    ],
)
def test_rows_that_make_no_sense_are_refused(faults: Faults, row: str, said: str) -> None:
    """A row that cannot happen, or would do nothing, is refused with its place."""
    found = faults(f"interventions:\n  r: {{{row}}}\n")
    assert any(said in problem.message for problem in found), found
    assert all(problem.key.startswith("interventions.r") for problem in found)
    assert all(problem.line == 4 for problem in found)


def test_all_faults_of_a_row_are_told_together(faults: Faults) -> None:
    """Condition, acts and times are checked independently."""
    row = 'when: "x > 1", until: 2025-12-01, do: {set: {a: 1}, force: {side: us, act: b}}'
    assert len(faults(f"interventions:\n  r: {{{row}}}\n")) == 4


def test_what_may_be_forced_and_forbidden_is_what_the_engine_obeys() -> None:
    """Acts in the course of events belong to the side that takes them; waiting is no act."""
    for (kind, side), acts in ALLOWED_ACTS.items():
        assert acts <= ACT_CODES.keys()
        assert "wait" not in acts
        assert "sign_extension" in acts
        assert ("execute_threat" in acts) == (side == Side.US)
        assert ("tighten_rare_earths" in acts) == (side == Side.CN)
        assert ("reply_mirror" in acts) == ((kind, side) == ("forbid", Side.CN))
