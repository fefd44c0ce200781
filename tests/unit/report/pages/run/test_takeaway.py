"""The sentences a reader should take away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sim.report.pages.run.digest import Digest, OverRanges, RunShare
from sim.report.pages.run.takeaway import over_ranges, takeaway

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
    moves: dict[str, OverRanges] | None = None
    drawn: bool = False
    draws: int = 100
    survival: None = None

    @property
    def resolved(self) -> Any:
        """Returns what a scenario says of its opening."""
        return SimpleNamespace(until=UNTIL, state=self.state)

    @property
    def ranges(self) -> Any:
        """Returns runs with drawn numbers, whose duties are wider, if there are any."""
        if self.moves is None:
            return None
        return Told(self.shares, {"p05": 10.0, "p50": 44.0, "p95": 225.0})

    def over_ranges(self, name: str, _label: str = "true") -> OverRanges | None:
        """Returns the share over the ranges."""
        return self.moves and self.moves.get(name, OverRanges(0.5, 0.25, 0.75))

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


def test_the_answer_over_the_ranges_stands_beside_the_central_one() -> None:
    """Each headline has its mean over the draws and the range of 90% of them; a range that ends
    next to certainty never says 100%."""
    moves = {"truce_in_force@2025-11-10": OverRanges(0.62, 0.012, 0.996)}
    text = over_ranges(cast("Digest", Told(SHARES, SPREAD, moves=moves)))

    assert "with the assumed numbers at their central values" in text
    assert "mean over 100 draws; in brackets the range of 90% of the draws" in text
    assert "a truce is in force on 10 Nov 2025 in 62% of runs (1% to above 99%)" in text
    assert "relations end in open conflict in 50% of runs (25% to 75%)" in text
    assert "US duties end at 44 points in the median run and between 10 and 225" in text


def test_drawn_runs_are_said_to_be_means_over_the_ranges() -> None:
    """A batch that draws its numbers has no central values to speak of."""
    told = Told(SHARES, SPREAD, moves={"x": OverRanges(0.0, 0.0, 0.0)}, drawn=True, draws=50)
    text = over_ranges(cast("Digest", told))

    assert text.startswith("These figures are means over 50 draws of the assumed numbers")
    assert "a truce is in force on 10 Nov 2025 in 25% to 75% of runs" in text
    assert "central" not in text


def test_without_drawn_runs_luck_is_said_to_be_the_only_doubt() -> None:
    """An interval of luck alone never stands without saying so."""
    text = over_ranges(cast("Digest", Told(SHARES, SPREAD)))

    assert "the intervals below reflect luck alone" in text
    assert "is not known from these runs" in text


@pytest.mark.parametrize("word", ["nan", "None"])
def test_nothing_is_said_of_nothing(word: str) -> None:
    """Without a finished run there is no sentence of numbers."""
    text = said({}, None)

    assert "no run finished" in text
    assert word not in text
