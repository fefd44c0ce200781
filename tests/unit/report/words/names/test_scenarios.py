"""Titles of scenarios."""

from __future__ import annotations

import pytest

from sim.report.words.names.scenarios import title_of


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("october-2025-apec", "October 2025: APEC"),
        ("january-2025-first-100-days", "January 2025: first 100 days"),
        ("summit-in-beijing", "Summit in Beijing"),
        ("phase-one-redux", "Phase One redux"),
        ("talks-of-may-2026", "Talks of May 2026"),
        ("what-may-come", "What may come"),
        ("as-of-2019-05-05", "As of 2019-05-05"),
        ("--", "--"),
    ],
)
def test_a_slug_becomes_a_title(name: str, title: str) -> None:
    """Names keep their capitals, a month its year, a day its dashes."""
    # Fails if a page is headed by what one types.
    assert title_of(name) == title
