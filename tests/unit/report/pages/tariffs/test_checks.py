"""The page of published figures: table, misses with reasons, sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.experiment.tariffs.checks import Verdict, verdicts
from sim.report.answers.tariffs import ValidationAnswer
from sim.report.page import WIDTH, render
from sim.scenario.checks import checks


@pytest.fixture(scope="module")
def validation() -> ValidationAnswer:
    """Returns the figures as they stand."""
    return ValidationAnswer(verdicts())


def test_the_page_fits_eighty_columns_and_names_every_figure(validation: ValidationAnswer) -> None:
    """Each figure has its row: published, model, tolerance, fitted, before or after."""
    page = render(validation.page())

    assert max(len(line) for line in page.splitlines()) <= WIDTH
    for word in ("published", "model", "tolerance", "fitted", "cutoff", "after", "before"):
        assert word in page
    for source in {check.source for check in checks()}:
        assert f"{source}:" in page


def test_a_miss_is_marked_and_explained(validation: ValidationAnswer) -> None:
    """What lies outside its tolerance is starred and its reason printed; the rest is counted."""
    page = render(validation.page())
    held = sum(v.holds for v in validation.verdicts)

    assert f"{held} of {len(validation.verdicts)} figures are within tolerance." in page
    assert "the study finds elasticities near 6" in " ".join(page.split())
    assert not validation.surprises


def test_a_miss_nobody_knew_of_is_a_surprise() -> None:
    """A figure that fails without a reason, or holds in spite of one, is singled out."""
    check = replace(checks()[0], known_miss="")
    good, bad = Verdict(check, check.published), Verdict(check, check.high + 1.0)
    healed = Verdict(replace(check, known_miss="it cannot"), check.published)

    assert ValidationAnswer((good, bad, healed)).surprises == (bad, healed)
    page = render(ValidationAnswer((good, bad, healed)).page())
    assert "new miss" in page
    assert "although listed as a known miss" in " ".join(page.split())


def test_json_holds_each_figure_with_unit_source_and_mark(validation: ValidationAnswer) -> None:
    """A program reads the same, with the note and what may be wrong."""
    rows = validation.to_json()["checks"]

    assert [row["check"] for row in rows] == [check.key for check in checks()]
    for row in rows:
        assert row["tolerance"][0] <= row["published"] <= row["tolerance"][1]
        assert row["holds"] == (row["tolerance"][0] <= row["ours"] <= row["tolerance"][1])
        assert row["unit"]
        assert row["source_text"]
        assert isinstance(row["after_cutoff"], bool)
