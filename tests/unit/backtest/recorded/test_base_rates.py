"""Base rates: from the record up to the day, strictly between 0 and 1, or a reason."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.backtest.act_questions import act_days
from sim.backtest.baselines.rates import drifting_rate
from sim.backtest.baselines.records import EventRecord
from sim.backtest.recorded.base_rates import BaseRate, base_rate, count_chances
from sim.experiment.outcomes.questions import asked_on, read_question
from sim.history.act_table import acts_on_record
from sim.history.acts import FIRST_DAY, ActType, RecordedAct

ACTS = acts_on_record()
ORIGIN = date(2025, 3, 31)


def rate(text: str, origin: date = ORIGIN, acts: tuple[RecordedAct, ...] = ACTS) -> BaseRate:
    """Returns the base rate of a question on a day."""
    return base_rate(asked_on(read_question(text), origin), origin, acts)


def value(text: str, origin: date = ORIGIN) -> float:
    """Returns a base rate that there is."""
    found = rate(text, origin).value
    assert found is not None
    return found


def test_the_first_act_comes_at_the_drifting_rate() -> None:
    """As in the baseline of the backtest, which forecasts are mixed with there."""
    # Fails if the base rate of a mixture is another than that its weight was learned with.
    record = EventRecord.known(act_days(ACTS, ActType.US_HIKE), FIRST_DAY, ORIGIN.toordinal())

    assert value("us_hikes@2025-04-30>=1") == pytest.approx(drifting_rate(record, 30))


def test_numbers_of_acts_are_negative_binomial() -> None:
    """Their probabilities add up to 1, and their mean is the rate times the days."""
    # Fails if chances are those of a Poisson number at a known rate, or are cut off.
    record = EventRecord(0, 999, np.array([100, 900, 950]))
    chances = count_chances(record, 60)
    fade = np.log(2.0) / 180.0
    shape = np.exp(-fade * np.array([899, 99, 49])).sum() + 0.5
    days = np.exp(-fade * np.arange(1000)).sum()

    assert chances.sum() == pytest.approx(1.0)
    assert chances @ np.arange(len(chances)) == pytest.approx(shape / days * 60.0)
    assert 1.0 - chances[0] == pytest.approx(drifting_rate(record, 60))


def test_signs_and_periods_are_read_as_in_questions() -> None:
    """None and at least one add up; two are rarer; a later period is as long as its days."""
    # Fails if a sign is left out, or days before a period count.
    some, none = value("rounds@2025-04-30>=1"), value("rounds@2025-04-30=0")

    assert some + none == pytest.approx(1.0)
    assert value("rounds@2025-04-30>=2") < some
    assert value("rounds@2025-05-30..2025-06-29>=1") == pytest.approx(some)
    assert value("ministers_round_by@2025-04-30") == pytest.approx(some)
    assert value("ministers_round_by@2025-04-30=no") == pytest.approx(none)


def test_facts_stay_as_they_are_for_some_time() -> None:
    """A truce in force is likelier than not next week, and less sure in a year."""
    # Fails if the present state is forgotten, or read on another day.
    soon = value("truce_in_force@2025-10-29", date(2025, 10, 22))
    later = value("truce_in_force@2026-10-22", date(2025, 10, 22))

    assert 0.9 < soon < 1.0
    assert 0.3 < later < soon
    assert value("truce_in_force@2025-04-07") < 0.1


def test_nothing_after_the_day_is_looked_at() -> None:
    """Without the acts that came later all base rates are the same."""
    # Fails if an act after the origin leaks into a rate or a state.
    before = tuple(act for act in ACTS if act.day <= ORIGIN.toordinal())
    for text in (
        "us_hikes@2025-06-30>=1", "truce_in_force@2025-06-30", "us_addon_pp@2025-06-30>=60",
        "calls@2025-06-30>=1", "cn_rare_earth_level@2025-06-30>=2",
    ):  # fmt: skip
        assert rate(text, acts=before) == rate(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tension@2025-04-30>0.5", "no fact"),
        ("incident_by@2025-04-30", "no fact"),
        ("calls@2025-04-30>=1 and rounds@2025-04-30>=1", "several things"),
        ("calls@2025-04-30>=1 | truce_in_force@2025-04-30", "condition"),
        ("pause_ends_on@2025-04-30>2025-08-01", "calendar day"),
    ],
)
def test_what_has_no_frequency_says_why(text: str, reason: str) -> None:
    """In words."""
    # Fails if a rate is made up.
    found = rate(text)
    assert found.value is None
    assert reason in found.reason


def test_a_day_beyond_the_record_has_no_rate_and_none_is_certain() -> None:
    """The record has to reach the day; what always holds is not certain for that."""
    # Fails if an old rate is taken for a later day, or a base rate is 0 or 1.
    assert "does not reach" in rate("calls@2026-03-31>=1", date(2026, 2, 1)).reason
    assert value("calls@2025-04-30>=0") == pytest.approx(0.999)
    assert value("calls@2025-04-30>99") == pytest.approx(0.001)
