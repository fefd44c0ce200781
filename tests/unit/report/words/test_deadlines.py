"""Deadlines of a scenario."""

from __future__ import annotations

from datetime import date

import pytest

from sim.report.words.deadlines import deadlines, ends_words, truce_ends_between
from sim.requests.options import resolve


def days_of(scenario: str, **options: object) -> list[tuple[date, str]]:
    """The deadlines of a scenario, with their days."""
    resolved = resolve(scenario, options)  # type: ignore[arg-type]
    return [(date.fromordinal(d.day), d.words) for d in deadlines(resolved)]


def test_a_truce_ends_again_after_every_extension() -> None:
    """Ends follow each other at the usual length, as far as the horizon reaches."""
    ends = [
        (day, words)
        for day, words in days_of("october-2025-apec", until="2026-12-31")
        if "truce" in words
    ]

    assert ends == [
        (date(2025, 11, 10), "the truce ends unless extended"),
        (date(2026, 2, 8), "the first extension of the truce ends"),
        (date(2026, 5, 9), "the second extension of the truce ends"),
        (date(2026, 8, 7), "the third extension of the truce ends"),
    ]


def test_the_length_of_an_extension_is_that_of_the_scenario() -> None:
    """Sixty days instead of ninety move the second end."""
    sets = ["truce.length_days=60"]

    assert (date(2026, 1, 9), "the first extension of the truce ends") in days_of(
        "october-2025-apec", sets=sets
    )


def test_an_open_threat_falls_due_and_a_calendar_day_is_not_named_twice() -> None:
    """The day of the threat is in the calendar as well."""
    found = [words for day, words in days_of("october-2025-apec") if day == date(2025, 11, 1)]

    assert found == ["the threatened US increase falls due"]


def test_reviews_of_the_calendar_are_deadlines() -> None:
    """March 2025 has no truce, but a report that is due."""
    assert (date(2025, 4, 1), "agency reviews are due") in days_of("march-2025-escalation")


def test_nothing_falls_due_after_the_last_day() -> None:
    """A run of a week has no deadline of the next month, though the calendar goes on."""
    assert days_of("october-2025-apec", until="2025-10-30") == []
    assert [day.day for day, _ in days_of("october-2025-apec", until="2025-11-01")] == [1]


@pytest.mark.parametrize(("after", "number"), [("2025-11-09", 1), ("2025-11-10", 0)])
def test_an_end_counts_after_its_first_day(after: str, number: int) -> None:
    """An end on the first day belongs to the span before."""
    resolved = resolve("october-2025-apec", {})
    first = date.fromisoformat(after).toordinal()

    ends = truce_ends_between(resolved, first, first + 7)

    assert len(ends) == number
    assert ("10 Nov 2025" in ends_words(ends)) == bool(number)
