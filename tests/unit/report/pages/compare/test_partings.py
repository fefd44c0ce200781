"""Section of a comparison on the partings of its pairs."""

from __future__ import annotations

from dataclasses import replace

from sim.experiment.compare.partings import Divergence
from sim.experiment.stats.intervals import Estimate
from sim.report.page import Page, render
from sim.report.pages.compare.partings import divergence_section


def section(shown: Divergence) -> str:
    """The section as text."""
    page = Page()
    divergence_section(page, shown)
    return render(page)


def test_the_table_gives_each_parting_its_part_of_the_gap(found: Divergence) -> None:
    """Parts and their share stand over the whole, within 80 columns."""
    text = section(found)

    assert "+12 80" in " ".join(text.split())
    assert "all pairs +15 100" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_of_a_whole_that_may_be_nought_no_shares_are_given(found: Divergence) -> None:
    """Shares of noise are none; the parts themselves stand with their intervals."""
    unsure = replace(found.totals[0], estimate=Estimate(0.01, -0.02, 0.04, 0.015))
    text = " ".join(section(replace(found, totals=(unsure,))).split())

    assert "all pairs +1" in text
    assert "% of total" not in text
    assert " 80" not in text
    assert "not significantly different from zero" in text
    assert "not significantly different from zero" not in section(found)


def test_a_page_says_which_pairs_a_condition_leaves_out(found: Divergence) -> None:
    """Those of which one run alone meets it are in the tables of outcomes and not here, whether or
    not the pairs that count differ in anything."""
    same = replace(found.totals[0], estimate=Estimate(0.0, 0.0, 0.0))
    for shown in (found, replace(found, totals=(same,)), replace(found, partings=())):
        text = " ".join(section(replace(shown, left_out=7)).split())
        assert "Not counted here: 7 pairs in which only one run meets the condition" in text
    assert "Not counted" not in section(found)


def test_nothing_to_tell_is_told_as_such(found: Divergence) -> None:
    """No parting makes a sentence without a table; no pair that counts, another."""
    same = replace(found, partings=(), never=Estimate(1.0, 0.96, 1.0))

    assert "The two runs are identical in 100 pairs" in section(same)
    assert "all pairs" not in section(same)
    assert "In no pair do both runs meet the condition" in section(replace(same, pairs=0))
