"""The page of published figures: table, misses with reasons, sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.experiment.tariffs.checks import Verdict, verdicts
from sim.report.answers.tariffs import ValidationAnswer
from sim.report.page import WIDTH, render
from sim.scenario.checks import FigureClass, checks


@pytest.fixture(scope="module")
def validation() -> ValidationAnswer:
    """Returns the figures as they stand."""
    return ValidationAnswer(verdicts())


def test_the_page_fits_eighty_columns_and_names_every_figure(validation: ValidationAnswer) -> None:
    """Each figure has its row: published, model, tolerance and its origin, before or after."""
    page = render(validation.page())

    assert max(len(line) for line in page.splitlines()) <= WIDTH
    for word in ("published", "model", "tolerance", "from", "cutoff", "after", "before"):
        assert word in page
    for source in {check.source for check in checks()}:
        assert f"{source}:" in page
    cells = page.split()
    for check in checks():
        for word in check.what.split():
            assert word in cells, (check.key, word)


def test_the_tests_come_first_and_alone_are_counted(validation: ValidationAnswer) -> None:
    """The page begins with the count of figures out of sample, and with their table."""
    # Fails if all figures are counted, or the blocks are in another order.
    page = render(validation.page())
    tests = [v for v in validation.verdicts if v.check.kind == FigureClass.OUT_OF_SAMPLE]
    held = sum(v.holds for v in tests)
    headings = [page.index(f"\n{word}\n") for word in ("Out of sample", "Fitted", "Echo", "Input")]

    first = " ".join(page.split("\n\n")[0].splitlines()[1:])
    assert first == (
        f"{held} of {len(tests)} out-of-sample figures lie within their tolerance; the other "
        "classes test nothing about the model."
    )
    assert headings == sorted(headings)
    assert f"{held} of {len(tests)} out-of-sample figures within" in validation.line()


def test_a_miss_is_marked_and_explained(validation: ValidationAnswer) -> None:
    """What lies outside its tolerance is starred and its reason printed."""
    page = render(validation.page())

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
        assert row["tolerance_from"]
        assert (row["class"] == "out of sample") == (row["sets"] == [])
    assert validation.to_json()["counted"] == sum(row["sets"] == [] for row in rows)
