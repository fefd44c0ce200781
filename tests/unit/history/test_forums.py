"""Forums of heads of government: their days, and when they were known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.history.forums import forums, forums_ahead, read_forums
from sim.history.tariffs import LAST_DAY
from sim.model.tables.vocabulary import Venue

HEADER = "date,label,venue,known_from,source\n"


def day(text: str) -> int:
    """Returns an ordinal day."""
    return date.fromisoformat(text).toordinal()


def test_forums_are_known_before_they_are_held() -> None:
    """Sorted by day, announced by the end of the record, and in a third country."""
    # Fails if a row names a day of announcement after the forum, or after the record.
    days = [forum.day for forum in forums()]
    assert days == sorted(days)
    for forum in forums():
        assert forum.known_from < forum.day
        assert forum.known_from <= LAST_DAY
        assert forum.venue == Venue.THIRD_COUNTRY


def test_what_was_not_announced_is_not_ahead() -> None:
    """The forum of 2025 in South Korea is ahead from the day its place was named."""
    # Fails if the date of knowledge is left out, or a past forum is ahead.
    until = day("2025-12-31")
    labels = [forum.label for forum in forums_ahead(day("2024-06-26"), until)]
    assert "APEC in Gyeongju" not in labels
    labels = [forum.label for forum in forums_ahead(day("2024-06-27"), until)]
    assert "APEC in Gyeongju" in labels
    assert "G20 in New Delhi" not in labels
    assert forums_ahead(day("2024-06-27"), day("2024-07-01")) == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2018-13-01,x,third_country,2017-01-01,y\n", "month"),
        ("2018-12-01,x,moon,2017-01-01,y\n", "MOON"),
        ("2026-12-01,x,third_country,2026-01-01,y\n", "end of the record"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    """With what was found."""
    # Fails if a row is read without a check.
    path = tmp_path / "forums.csv"
    path.write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(ScenarioError, match=told) as caught:
        read_forums(path)
    assert caught.value.problems[0].line == 2
