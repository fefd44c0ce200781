"""Decisions: what the record says came of a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.backtest.recorded.decisions import decide
from sim.experiment.outcomes.questions import asked_on, read_question
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType

ACTS = acts_on_record()
MARCH = date(2025, 3, 31)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("us_hikes@2025-04-30>=1", 1.0),
        ("us_hikes@2025-04-01>=1", 0.0),
        ("us.hike_by@2025-04-30=no", 0.0),
        ("truce_in_force@2025-05-14", 1.0),
        ("truce_in_force@2025-05-13", 0.0),
        ("signed[truce]@2025-05-12", 1.0),
        ("signed[truce]@2025-05-11", 0.0),
        ("us_addon_pp@2025-04-20>=145 and cn_addon_pp@2025-04-20>=125", 1.0),
        ("us_addon_pp@2025-04-20>=146 and tension@2025-04-20>0.5", 0.0),
        ("leaders_met@2025-10-22", 0.0),
        ("calls@2025-06-30>=1", 1.0),
        ("calls@2025-06-05..2025-06-30>=1", 0.0),
        ("us_addon_pp@2025-06-30", 30.0),
        ("calls@2025-10-22", 2.0),
        ("pause_ends_on@2025-06-30", float(date(2025, 8, 12).toordinal())),
        ("us_hikes@2025-04-30>=1 | truce_in_force@2025-04-30=no", 1.0),
    ],
)
def test_the_record_decides(text: str, value: float) -> None:
    """Events, flags, counts, numbers and days, asked on 31 March 2025."""
    # Fails if an act of another day, side or kind is taken, or a sign is turned round.
    assert decide(asked_on(read_question(text), MARCH), MARCH, ACTS).value == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tension@2025-06-30>0.5", "does not tell what tension was"),
        ("incident_by@2025-06-30", "no acts that are incident"),
        ("calls@2025-12-31>=1", "ends on 2025-10-23"),
        ("calls@2025-06-30>=1 | truce_in_force@2025-04-30", "did not come about"),
        ("pause_ends_on@2025-04-30", "does not apply"),
    ],
)
def test_what_the_record_leaves_open_says_why(text: str, reason: str) -> None:
    """In words."""
    # Fails if a guess is scored.
    found = decide(asked_on(read_question(text), MARCH), MARCH, ACTS)
    assert found.value is None
    assert reason in found.reason


def test_later_acts_of_a_user_decide_later_questions() -> None:
    """A call of the record's last day, put a month later."""
    # Fails if the shipped record is asked instead.
    call = next(act for act in ACTS if act.type == ActType.CONTACT and act.leg == "call")
    later = replace(call, day=date(2025, 11, 25).toordinal())
    asked = asked_on(read_question("calls@2025-11-25>=1"), date(2025, 10, 22))

    assert decide(asked, date(2025, 10, 22), (*ACTS, later)).value == 1.0
    assert decide(asked, date(2025, 10, 22), ACTS).value is None
