"""Readings: what is named, on which day, and what is said of names that are not there."""

from __future__ import annotations

from datetime import date

import pytest

from sim.errors import NotFoundError, UsageError
from sim.experiment.outcomes.event_days import Kind
from sim.experiment.outcomes.readings import DATED_KIN, read_reading
from sim.model.outcomes.politics import outcome_index
from sim.model.tables.vocabulary import Package


@pytest.mark.parametrize(
    ("text", "when", "since", "last"),
    [
        ("tension", "", "", None),
        ("tension@2025-11-11", "2025-11-11", "", date(2025, 11, 11)),
        ("calls@2025-11-01..2025-11-30", "2025-11-30", "2025-11-01", date(2025, 11, 30)),
        ("us.hike_by@2025-11-01..2025-11-30", "2025-11-30", "2025-11-01", date(2025, 11, 30)),
        ("tariff_pct[us.toys]@2025Q4", "2025Q4", "", date(2025, 12, 31)),
        ("tariff_pct[us.toys]@2026Q1", "2026Q1", "", date(2026, 3, 31)),
        ("tariff_pct[us.toys]@2026Q2", "2026Q2", "", date(2026, 6, 30)),
        ("tariff_pct[us.toys]@2026Q3", "2026Q3", "", date(2026, 9, 30)),
    ],
)
def test_a_reading_knows_its_days(text: str, when: str, since: str, last: date | None) -> None:
    """The day it is read on, the day it begins after, and the day from which it is known."""
    # Fails if the two ends of a period change places, or a quarter ends on another day.
    reading = read_reading(text, "")

    assert (reading.when, reading.since, reading.last_day) == (when, since, last)
    assert reading.name == text


@pytest.mark.parametrize("package", list(Package))
def test_a_bundle_is_signed_under_its_name(package: Package) -> None:
    """`signed[truce]` is the event of signing it; clauses are outcomes."""
    # Fails if a package is left out, or a clause is taken for one.
    reading = read_reading(f"signed[{package.name.lower()}]@2025-11-01", "")

    assert isinstance(reading.what, Kind)
    assert reading.name == f"sign_{package.name.lower()}_by@2025-11-01"
    assert read_reading(reading.name, "").what == reading.what
    assert not isinstance(read_reading("signed[soybeans]@2025-11-01", "").what, Kind)


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("truce_in_forc@2025-11-11", NotFoundError, "did you mean truce_in_force?"),
        ("pntr_revoked@2025-11-11", NotFoundError, r"did you mean us_duty_pp\[pntr\]\?"),
        ("signed[truze]@2025-11-11", NotFoundError, r"did you mean signed\[truce\]\?"),
        ("zzz", NotFoundError, "there is no outcome 'zzz'$"),
        ("path_class@2025-11-11", UsageError, "remove @2025-11-11; .* is confrontation@DATE"),
        ("us.hike_by", UsageError, "write us.hike_by@2025-11-01"),
        ("us.hike@2025-11-01", UsageError, "us.hike_by@DATE"),
        ("tension@2025-11-01..2025-11-30", UsageError, "no count and no event"),
        ("calls@2025-11-30..2025-11-01", UsageError, "is not before 2025-11-01"),
        ("calls@2025-11-30..2025-11-30", UsageError, "is not before 2025-11-30"),
        ("calls@..2025-11-30", UsageError, "'' is not a calendar day"),
        ("calls@2025-11-01..", UsageError, "'' is not a calendar day"),
        ("calls@2025-11-31", UsageError, "not a calendar day"),
        ("tariff_pct[us.toys]@0000Q4", UsageError, "end of a quarter"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, error: type[Exception], told: str) -> None:
    """With the place, and the nearest that can be."""
    # Fails if a check is left out, or no name is offered.
    with pytest.raises(error, match=told) as caught:
        read_reading(text, "--given it")

    assert str(caught.value).startswith("--given it") or error is NotFoundError


def test_every_outcome_known_only_at_the_end_has_kin_that_have_a_day() -> None:
    """But for the long run of other regions, and whether the run failed."""
    # Fails if an outcome at the end is added without kin, or the kin has no day.
    undated = {o.name for o in outcome_index().values() if not o.dated and "[" not in o.name}

    assert undated - {"failed"} == set(DATED_KIN)
    for name in DATED_KIN.values():
        read_reading(name.partition("=")[0].rstrip(">").replace("DATE", "2025-11-01"), "")
