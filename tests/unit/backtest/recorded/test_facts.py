"""Facts of the record, on any day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.backtest.recorded.facts import NAMES, fact_on, facts, is_fact, mornings
from sim.history.act_table import acts_on_record
from sim.history.tariffs import LAST_DAY
from sim.model.outcomes.politics import outcome_index

ACTS = acts_on_record()


def test_facts_are_outcomes_that_may_be_read_on_a_day() -> None:
    """All names are known, and moods are no facts."""
    # Fails if an outcome is renamed, or a state of the model is taken for a fact.
    names = [fact.name for fact in facts()]

    assert set(NAMES) < set(names)
    assert all(fact.dated for fact in facts())
    assert not any(is_fact(outcome_index()[name]) for name in ("tension", "rapport", "calls"))


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("us_addon_pp", date(2025, 4, 20), 145.0),
        ("us_addon_pp", date(2025, 10, 22), 30.0),
        ("truce_in_force", date(2025, 5, 13), 0.0),
        ("truce_in_force", date(2025, 5, 14), 1.0),
        ("threat_open", date(2025, 10, 11), 1.0),
        ("pause_ends_on", date(2025, 10, 22), float(date(2025, 11, 10).toordinal())),
    ],
)
def test_facts_are_those_of_the_day(name: str, day: date, value: float) -> None:
    """At the end of it."""
    # Fails if the day before or after is read.
    assert fact_on(outcome_index()[name], ACTS, day) == value


def test_mornings_show_what_the_evenings_before_left() -> None:
    """A row a day, and one for the morning after the last."""
    # Fails if rows are a day off.
    table, place = mornings(ACTS, LAST_DAY), [fact.name for fact in facts()].index("us_addon_pp")
    first = LAST_DAY + 2 - len(table)

    assert date.fromordinal(first) == date(2017, 4, 5)
    for day in (date(2025, 2, 4), date(2025, 4, 9), date(2025, 10, 22)):
        evening = fact_on(outcome_index()["us_addon_pp"], ACTS, day)
        assert table[day.toordinal() + 1 - first, place] == evening
    with pytest.raises(ValueError, match="read-only"):
        np.asarray(table)[0, 0] = 1.0
