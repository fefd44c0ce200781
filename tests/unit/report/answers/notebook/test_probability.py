"""Probabilities that a notebook reads off runs."""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest

from sim.errors import SimError
from sim.experiment.stats.intervals import probability
from sim.report.answers.run import RunAnswer


def test_it_is_a_number_with_an_interval(october: RunAnswer) -> None:
    """That of the runs that count, and it stays what it is in a copy or in JSON."""
    # Fails if the interval is of another level, or a copy loses it.
    found = october.p("path_class=conflict")
    known = probability(october.values["path_class"] == 2)

    assert found == known.value
    assert (found.low, found.high, found.n) == (known.low, known.high, 40)
    assert copy.deepcopy(found).high == found.high
    assert json.loads(json.dumps([found])) == [known.value]
    assert repr(found) == (f"{known.value:.3f} (95%: {known.low:.3f} to {known.high:.3f}, n = 40)")


def test_conditions_are_those_of_forecasts(october: RunAnswer) -> None:
    """Joined by `and`, and in the runs that meet what stands after `|`."""
    # Fails if a condition after `|` is counted as an event.
    met = october.values["leaders_met@2025-10-30"].astype(bool)
    high = october.values["us_addon_pp"] >= 40

    both = october.p("leaders_met@2025-10-30 and us_addon_pp>=40")
    among = october.p("us_addon_pp>=40 | leaders_met@2025-10-30")

    assert both == pytest.approx(np.mean(met & high))
    assert among == pytest.approx(np.mean(high[met]))
    assert (both.n, among.n) == (40, met.sum())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("truce_in_farce", "did you mean truce_in_force?"),
        ("truce_in_force@2025-11-12", "--at 2025-11-12"),
        ("truce_in_force@2030-11-12", "lies outside the run"),
        ("truce_in_force=no@2025-11-15", "write truce_in_force@2025-11-15=no"),
        ("path_class=conflict@2025-12-31", "at the end of a run; write path_class=conflict"),
        ("path_class=conflikt", "did you mean conflict?"),
        ("path_class", "improved, managed, conflict"),
        ("us_addon_pp", r"us_addon_pp>=1, or ask how large it is with .quantile('us_addon_pp')"),
        ("us.hike_by@2025-11-01", "--events"),
    ],
)
def test_what_cannot_be_asked_is_told(october: RunAnswer, question: str, told: str) -> None:
    """What is wrong, and what to write instead."""
    # Fails if an error loses its advice, or is no error of the program.
    with pytest.raises(SimError) as caught:
        october.p(question)

    assert told in str(caught.value)
