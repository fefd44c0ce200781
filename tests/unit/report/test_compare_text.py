"""What `compare` prints."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from sim import api
from sim.experiment.compare import Comparison, Difference
from sim.experiment.stats import Estimate
from sim.report.compare_text import SHOWN, Contrast, in_short
from sim.report.result import Result
from sim.report.terminal import render


@pytest.fixture(scope="session")
def contrast(folder: Path) -> Contrast:
    """Two venues, sixteen pairs."""
    return api.compare(
        "summit-in-beijing", "summit-in-washington", n=16, until="2025-06-20", results=folder
    )


def difference(outcome: str, verdict: str = "higher", **more: object) -> Difference:
    """Returns a difference of 10 in 100 runs."""
    base = Difference(
        outcome=outcome,
        label="true",
        kind="flag",
        unit="probability",
        margin=0.03,
        headline=True,
        a=0.5,
        b=0.4,
        difference=Estimate(0.1, 0.05, 0.15, 0.02, 0.001),
        unpaired=Estimate(0.1, 0.0, 0.2),
        effect=0.2,
        pairs=100,
        identical=False,
        equivalent=False,
        p_gt_same_luck=0.55,
        p_gt_independent=0.55,
        verdict=verdict,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def page_of(contrast: Contrast, *differences: Difference) -> str:
    """Returns the page of the same batches with given differences."""
    comparison = replace(contrast.comparison, differences=differences)
    return render(Contrast(comparison).page())


def test_changed_inputs_come_first(contrast: Contrast) -> None:
    """The reader sees what was changed before what came of it."""
    text = str(contrast)

    assert text.index("What was changed") < text.index("What differs most")
    assert "summit.venue  beijing  washington" in text


def test_each_outcome_comes_once_and_at_most_twenty_do(contrast: Contrast) -> None:
    """Of an outcome the date and class that differ most stand for it; --all has every row."""
    lines = str(contrast).splitlines()
    verdicts = ("higher", "lower", "equivalent", "cannot tell")
    rows = [line for line in lines if line.endswith(verdicts)]

    assert 0 < len(rows) <= SHOWN
    assert sum(line.startswith("summit venue") for line in rows) == 1
    everything = str(Contrast(contrast.comparison, everything=True))
    assert sum(line.endswith("identical") for line in everything.splitlines()) > 0
    assert all(len(line) <= 80 for line in [*lines, *everything.splitlines()])


def test_a_row_has_both_values_difference_interval_and_verdict(contrast: Contrast) -> None:
    """Probabilities are printed in 100, the interval in brackets."""
    text = page_of(contrast, difference("leaders_met"))
    row = next(line for line in text.splitlines() if line.startswith("leaders met"))

    assert row.split(maxsplit=2)[2].split() == ["50", "40", "+10", "(5", "to", "15)", "higher"]


def test_numbers_carry_their_unit(contrast: Contrast) -> None:
    """A duty is in percentage points, a day is a date and its difference days."""
    duty = difference("us_addon_pp@2025-06-14", kind="number", unit="pp", label="", a=30.0, b=44.5)
    day = difference("summit_day", kind="number", unit="date", a=739418.0, b=math.nan)
    text = page_of(contrast, duty, day)

    assert "US added on 14 Jun 2025" in text
    assert "(pp)" in text
    assert "16 Jun" in text


def test_in_short_names_what_differs(contrast: Contrast) -> None:
    """The sentence holds the headline outcomes that are higher or lower, with both shares."""
    told = [difference("leaders_met"), difference("us_hikes", "cannot tell")]
    comparison = replace(contrast.comparison, differences=tuple(told))

    assert in_short(comparison) == "leaders met in 50 of 100 runs of A and 40 of 100 runs of B."


def test_in_short_does_not_make_something_of_nothing(contrast: Contrast) -> None:
    """What is identical, and what cannot be told apart, is said to be so."""

    def short(*differences: Difference) -> str:
        return in_short(replace(contrast.comparison, differences=differences))

    assert short(difference("leaders_met", "identical", identical=True)).startswith(
        "nothing differs"
    )
    assert short(difference("leaders_met", "cannot tell")).startswith("no headline outcome")


def test_what_cannot_be_told_says_how_many_runs_would(contrast: Contrast) -> None:
    """The number of runs that would settle the question is one the reader can type."""
    text = page_of(contrast, difference("leaders_met", "cannot tell", runs_needed=7000))

    assert "-n 7000 would settle these rows" in text


def test_json_has_no_nan(contrast: Contrast) -> None:
    """Everything can be read by a strict reader."""
    nothing = Estimate(math.nan, -math.inf, math.inf)
    comparison: Comparison = replace(
        contrast.comparison,
        differences=(difference("leaders_met", a=math.nan, difference=nothing),),
    )
    told = json.loads(json.dumps(Contrast(comparison).to_json(), allow_nan=False))

    assert told["schema"] == 1
    assert told["differences"][0]["a"] is None
    assert told["changed"][0]["key"] == "summit.venue"


def test_interventions_are_told_in_words(folder: Path) -> None:
    """What one side is made to do reads as a sentence, not as a record."""
    text = str(
        api.compare("october-2025-apec", "truce-lapses", n=2, until="2025-11-12", results=folder)
    )

    assert "the US must execute threat" in " ".join(text.split())
    assert "{" not in text
    assert "None" not in text


def test_results_can_be_compared_as_they_are(october: Result) -> None:
    """A notebook compares what it already has."""
    assert "nothing differs" in str(api.compare(october, october))
