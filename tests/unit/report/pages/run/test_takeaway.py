"""The sentences a reader should take away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sim.report.pages.run.digest import Digest, RunShare
from sim.report.pages.run.takeaway import takeaway

OCT_30 = date(2025, 10, 30).toordinal()
NOV_10 = date(2025, 11, 10).toordinal()
NOV_1 = date(2025, 11, 1).toordinal()
UNTIL = date(2026, 4, 21).toordinal()
STATE = {
    "truce.ends_on": float(NOV_10),
    "threat.open": 1.0,
    "threat.deadline": float(NOV_1),
    "threat.size_pp": 100.0,
}


@dataclass
class Told:
    """What a digest would say."""

    shares: dict[tuple[str, str], float]
    q: dict[str, float] | None
    days: tuple[int, ...] = (OCT_30, NOV_1, NOV_10)
    state: dict[str, float] = field(default_factory=lambda: dict(STATE))

    @property
    def resolved(self) -> Any:
        """Returns what a scenario says of its opening."""
        return SimpleNamespace(until=UNTIL, state=self.state)

    def share(self, name: str, label: str = "true") -> RunShare:
        """Returns a share without an interval."""
        value = self.shares.get((name, label), 0.0)
        return RunShare(value, value, value)

    def quantiles(self, name: str) -> dict[str, float] | None:
        """Returns the quantiles of the duty."""
        assert name == "us_addon_pp"
        return self.q


def said(shares: dict[tuple[str, str], float], q: dict[str, float] | None, **more: Any) -> str:
    """Returns the sentences for given numbers."""
    return takeaway(cast("Digest", Told(shares, q, **more)))


SPREAD = {"p05": 20.0, "p50": 40.0, "p95": 174.0}
SHARES = {
    ("leaders_met@2025-10-30", "true"): 0.88,
    ("leaders_met", "true"): 0.92,
    ("truce_in_force@2025-11-10", "true"): 0.74,
    ("threat_in_effect@2025-11-01", "true"): 0.06,
    ("path_class", "improved"): 0.2,
    ("path_class", "managed"): 0.795,
    ("path_class", "conflict"): 0.005,
}


def test_the_sentences_hold_the_numbers() -> None:
    """Meeting, truce on its deadline, duties with their band, endings."""
    assert said(SHARES, SPREAD) == (
        "the leaders have met by 30 Oct 2025 in 88% of runs; a truce is in force on 10 Nov 2025 in "
        "74% of runs; the threatened US tariff increase of 100 points is in force on 1 Nov 2025 in "
        "6% of runs. US duties added since January 2025 end at 40 points in "
        "the median run and between 20 and 174 in 90% of runs. Relations end better than they "
        "began in 20% of runs, in open conflict in fewer than 1% of runs, and somewhere in "
        "between in 80% of runs."
    )


def test_an_unlikely_meeting_is_told_for_the_last_day() -> None:
    """Where no date has a likely meeting the sentence speaks of the end."""
    text = said({("leaders_met", "true"): 0.3}, SPREAD)

    assert text.startswith("the leaders meet by 21 Apr 2026 in 30% of runs")


def test_without_truce_or_threat_at_the_start_the_end_is_told() -> None:
    """A scenario that opens without a truce speaks of its last day, and of no threat."""
    state = {**STATE, "truce.ends_on": 0.0, "threat.open": 0.0}
    text = said({("truce_in_force", "true"): 0.5}, SPREAD, state=state)

    assert "a truce is in force on 21 Apr 2026 in 50% of runs." in text
    assert "threatened" not in text


def test_duties_that_do_not_vary_have_no_band() -> None:
    """One number is said once."""
    assert "end at 30 points in nearly every run." in said(
        SHARES, {"p05": 30.0, "p50": 30.0, "p95": 30.0}
    )


@pytest.mark.parametrize("word", ["nan", "None"])
def test_nothing_is_said_of_nothing(word: str) -> None:
    """Without a finished run there is no sentence of numbers."""
    text = said({}, None)

    assert "no run finished" in text
    assert word not in text
