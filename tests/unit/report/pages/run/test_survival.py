"""The truce week by week: its curve, its largest fall and the reason."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.errors import NotFoundError
from sim.report.page import Page, render
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.survival import fall_sentence, survival_json, survival_section
from sim.requests.options import resolve

OCT_27 = date(2025, 10, 27).toordinal()


def digest(shares: list[float], runs: int = 100) -> Digest:
    """Runs of the October scenario in which the truce is in force in given shares, Monday by
    Monday from 27 October 2025; one more run failed."""
    weeks = np.array([OCT_27 + 7 * k for k in range(len(shares))])
    path = np.array([[float(run < share * runs) for share in shares] for run in range(runs)])
    path = np.vstack([path, np.zeros(len(shares))])
    counted = np.arange(runs + 1) < runs
    batch: Any = SimpleNamespace(
        path=lambda name: (weeks, path),
        counted=counted,
        clusters=None,
        resolved=resolve("october-2025-apec", {}),
        per_vector=0,
        columns=(),
    )
    return Digest(batch)


def told(curve: list[float]) -> str:
    """Returns the sentence on the largest fall of a curve."""
    runs = digest(curve)
    assert runs.survival is not None
    return fall_sentence(runs.resolved, runs.survival.largest_fall)


def test_the_largest_fall_is_named_with_the_end_of_a_truce() -> None:
    """A fall in the week of 8 February is put down to the end of the extended truce, which
    lies 90 days after 10 November; the smaller one in November is not named."""
    curve = [1.0, 1.0, 0.9, *[0.94] * 12, 0.61, 0.63]

    assert told(curve) == (
        "The share with a truce in force falls most between 2 Feb 2026 and 9 Feb 2026, from 94% to "
        "61%, when the first extension of the truce ends (8 Feb 2026)."
    )


def test_a_fall_without_an_end_is_said_to_have_none() -> None:
    """No reason is made up."""
    text = told([1.0, 1.0, 1.0, 1.0, 0.5])

    assert "from 100% to 50%, with no scheduled end of a truce in that week" in text


def test_without_a_fall_there_is_no_sentence() -> None:
    """A share that only rises has no largest fall."""
    assert told([0.2, 0.5, 0.9]) == ""


def test_the_section_shows_changes_and_deadlines() -> None:
    """Weeks without news are left out, and every deadline stands beside its week."""
    page = Page()
    survival_section(page, digest([1.0, 1.0, 0.9, 0.9, 0.9, 0.91, *[0.92] * 9, 0.6]))
    lines = render(page).splitlines()
    text = " ".join(" ".join(lines).split())

    assert max(map(len, lines)) <= 80
    assert [w for w in ("24 Nov 2025", "15 Dec 2025") if w in text] == []
    assert "10 Nov 2025: the truce ends unless extended" in text.replace("#", "").replace("  ", " ")
    row = next(line for line in lines if line.startswith("  9 Feb 2026"))
    assert row.split()[3:4] == ["60"]
    assert row.count("#") == 12
    assert "from 92% to 60%" in text


def test_json_has_every_week_and_every_deadline() -> None:
    """The curve is complete, with intervals; the fall and its reason are there."""
    told = survival_json(digest([1.0, 1.0, 0.9]))
    assert told is not None

    assert [week["p"] for week in told["weeks"]] == [1.0, 1.0, 0.9]
    assert told["weeks"][2]["ci"][0] < 0.9 < told["weeks"][2]["ci"][1]
    assert told["largest_fall"]["by"] == "2025-11-10"
    assert [row["day"] for row in told["deadlines"]] == ["2025-11-01", "2025-11-10", "2026-02-08"]


def test_without_weekly_values_nothing_is_said() -> None:
    """Where no paths were stored there is no section, and null in JSON."""

    def path(name: str) -> Any:
        raise NotFoundError(name)

    resolved = resolve("october-2025-apec", {})
    batch: Any = SimpleNamespace(path=path, resolved=resolved, per_vector=0, columns=())
    bare = Digest(batch)
    page = Page()
    survival_section(page, bare)

    assert render(page) == ""
    assert survival_json(bare) is None
