"""What `compare` prints."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase

import pytest

from sim import api
from sim.experiment.compare.comparison import TOLD, Comparison
from sim.experiment.compare.contrast import Contrast
from sim.experiment.compare.difference import Difference
from sim.experiment.stats.distributions import Distance, Shape
from sim.experiment.stats.intervals import Estimate
from sim.report.answers.comparison import ComparisonAnswer
from sim.report.answers.run import RunAnswer
from sim.report.page import render
from sim.report.pages.compare.page import in_short


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
        of=(100, 100),
        runs=(100, 100),
        pairs=100,
        identical=False,
        equivalent=False,
        p_gt_same_luck=0.55,
        p_gt_independent=0.55,
        verdict=verdict,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def told_of(contrast: ComparisonAnswer, *differences: Difference) -> Comparison:
    """Returns a comparison of the same batches with given differences."""
    return replace(
        contrast.comparisons[0],
        differences=differences,
        rows=tuple((d.outcome, d.label) for d in differences),
        verdict="different",
    )


def page_of(contrast: ComparisonAnswer, *differences: Difference) -> str:
    """Returns the page of the same batches with given differences."""
    return render(ComparisonAnswer(Contrast((told_of(contrast, *differences),))).page())


def test_changed_inputs_come_first(contrast: ComparisonAnswer) -> None:
    """The reader sees what was changed before what came of it."""
    text = str(contrast)

    assert text.index("Changed inputs") < text.index("In short")
    assert text.index("In short") < text.index("Headline outcomes")
    assert "95% interval of luck alone" in text
    assert "summit.venue  beijing  washington" in text


def test_each_outcome_comes_once_the_headlines_first(contrast: ComparisonAnswer) -> None:
    """Headline outcomes stand first, then at most twelve others; --full has every row."""
    text = str(contrast)
    headlines, others = text.split("Other outcomes that differ most")
    verdicts = ("higher", "lower", "equivalent", "inconclusive", "identical")

    def rows(part: str) -> list[str]:
        return [line for line in part.splitlines() if line.endswith(verdicts)]

    assert {row.split("  ")[0] for row in rows(headlines)} >= {
        "leaders met",
        "US tariff increases (number)",
    }
    assert 0 < len(rows(others)) <= TOLD
    assert sum(row.startswith("summit venue") for row in rows(text)) == 1
    everything = str(ComparisonAnswer(contrast.contrast, full=True))
    assert len(rows(everything)) > 10 * len(rows(text))
    assert all(len(line) <= 80 for line in [*text.splitlines(), *everything.splitlines()])


def test_a_row_has_both_values_difference_interval_and_verdict(contrast: ComparisonAnswer) -> None:
    """Probabilities are printed in per cent, with the interval in brackets."""
    text = page_of(contrast, difference("leaders_met"))
    row = next(line for line in text.splitlines() if line.startswith("leaders met"))

    assert row.split(maxsplit=2)[2].split() == ["50", "40", "+10", "(5", "to", "15)", "higher"]


def test_numbers_carry_their_unit(contrast: ComparisonAnswer) -> None:
    """A duty is in percentage points, a day is a date and its difference days."""
    duty = difference("us_addon_pp@2025-06-14", kind="number", unit="pp", label="", a=30.0, b=44.5)
    day = difference("summit_day", kind="number", unit="date", a=739418.0, b=math.nan)
    text = page_of(contrast, duty, day)

    assert "US duties added on 14 Jun 2025" in text
    assert "(pp)" in text
    assert "16 Jun" in text


def test_in_short_names_what_differs(contrast: ComparisonAnswer) -> None:
    """The sentence holds the headline outcomes that are higher or lower, with both shares, and
    says what is said of the others."""
    hikes = difference("us_hikes", "cannot tell", kind="number", label="")

    (text,) = in_short([told_of(contrast, difference("leaders_met"), hikes)])

    assert text == (
        "leaders met in 50% of runs in A and 40% of runs in B. Of 2 headline outcomes, 1 differs "
        "and 1 is inconclusive."
    )


def test_in_short_does_not_make_something_of_nothing(contrast: ComparisonAnswer) -> None:
    """What is identical, and what cannot be told apart, is said to be so."""
    same = replace(
        told_of(contrast, difference("leaders_met", "identical", identical=True)),
        verdict="identical",
    )
    unclear = told_of(contrast, difference("leaders_met", "cannot tell"))

    assert in_short([same])[0].startswith("nothing differs")
    assert in_short([unclear])[0].startswith("with this many runs, no difference")


def test_in_short_says_that_all_differ_by_less_than_matters(contrast: ComparisonAnswer) -> None:
    """What is known to be near alike is not called unknown; one that is unknown makes it so."""
    near = difference("leaders_met", "equivalent", equivalent=True)
    unclear = difference("us_hikes", "cannot tell", kind="number", label="")

    assert in_short([told_of(contrast, near)])[0] == (
        "all headline outcomes are practically the same at the end. Of 1 headline outcome, 1 is "
        "practically the same."
    )
    assert in_short([told_of(contrast, near, unclear)])[0].startswith("with this many runs")


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        (("equivalent", "cannot tell"), "1 is inconclusive"),
        (("cannot tell", "higher"), "1 differs"),
        (("identical", "equivalent"), "1 is practically the same"),
        (("identical", "identical"), "1 is identical"),
    ],
)
def test_an_outcome_is_counted_by_the_worst_of_its_classes(
    contrast: ComparisonAnswer, verdicts: tuple[str, str], told: str
) -> None:
    """Not by the class that differs most, whose verdict may be the surer."""
    classes = [
        difference("path_class", verdict, kind="class", label=label, effect=effect)
        for verdict, label, effect in zip(
            verdicts, ("improved", "conflict"), (0.2, 0.1), strict=True
        )
    ]

    (text,) = in_short([told_of(contrast, *classes)])
    assert text.endswith(f"Of 1 headline outcome, {told}.")


def test_what_cannot_be_told_says_how_many_runs_would(contrast: ComparisonAnswer) -> None:
    """The number of runs that would settle the question is one the reader can type."""
    text = page_of(contrast, difference("leaders_met", "cannot tell", runs_needed=7000))

    assert "-n 7000 would be enough to decide, with 80% probability" in " ".join(text.split())


def test_json_has_no_nan(contrast: ComparisonAnswer) -> None:
    """Everything can be read by a strict reader."""
    nothing = Estimate(math.nan, -math.inf, math.inf)
    comparison = told_of(contrast, difference("leaders_met", a=math.nan, difference=nothing))
    told = json.loads(
        json.dumps(ComparisonAnswer(Contrast((comparison,))).to_json(), allow_nan=False)
    )

    assert told["schema"] == 1
    assert told["differences"][0]["a"] is None
    assert told["changed"][0]["key"] == "summit.venue"


def test_interventions_are_told_in_words(folder: Path) -> None:
    """What one side is made to do reads as a sentence, not as a record."""
    text = str(
        api.compare(
            "october-2025-apec",
            "truce-lapses",
            n=2,
            until="2025-11-12",
            results=folder,
            brief=True,
        )
    )

    assert "the US must execute threat" in " ".join(text.split())
    assert "{" not in text
    assert "None" not in text


def test_results_can_be_compared_as_they_are(october: RunAnswer) -> None:
    """A notebook compares what it already has."""
    assert "nothing differs" in str(api.compare(october, october))


def test_distributions_are_told_beside_the_means(contrast: ComparisonAnswer) -> None:
    """Of numbers the page has shifts at three ranks with intervals, both distances with p-values,
    and both chances that A exceeds B, named apart."""
    shape = Shape(
        {
            "p05": Estimate(0.0, 0.0, 0.0),
            "p50": Estimate(1.5, 1.0, 2.0),
            "p95": Estimate(-3.0, -4.0, -2.0),
        },
        Distance(0.25, 0.001),
        Distance(0.75, 0.012),
        100,
    )
    duty = difference("us_addon_pp", kind="number", unit="pp", label="", shape=shape)
    told = page_of(contrast, duty)
    text = " ".join(told.split())

    assert "US duties added (pp) 0 +1.5 -3 (1 to 2) (-4 to -2)" in text
    assert "US duties added (pp) 0.25 0.001 0.75 0.012 55 55" in text
    assert "paired runs unpaired runs" in text
    assert all(len(line) <= 80 for line in told.splitlines())


def test_three_scenarios_share_a_table(folder: Path) -> None:
    """Each has a column, marked by how it compares with the first; JSON has a contrast for each
    of the others."""
    names = ("summit-in-beijing", "summit-in-washington", "summit-in-beijing")
    three = api.compare(*names, n=80, until="2025-06-20", results=folder)
    text = str(three)
    told = three.to_json()

    venue = next(line for line in text.splitlines() if line.startswith("summit venue"))
    assert venue.split()[-4:][1::2] == ["<", "="]
    assert "C: nothing differs" in text
    assert "summit.venue  beijing  washington  as A" in text
    assert [c["b"]["scenario"] for c in told["contrasts"]] == list(names[1:])
    assert [c["verdict"] for c in told["contrasts"]][1] == "identical"
    # What lies behind the verdicts is told of each that differs.
    assert [bool(c["divergence"] and c["ranges"]) for c in told["contrasts"]] == [True, False]
    assert "Where the two runs of a pair first differ, A and B" in text
    assert "Whether the verdicts hold over the assumed ranges, A against B" in text
    assert [name for name, _ in three.plot.every()][:3] == [
        "differences", "differences-2", "partings"
    ]  # fmt: skip
    assert all(len(line) <= 80 for line in text.splitlines())


def test_scenarios_beyond_a_table_have_another(contrast: ComparisonAnswer) -> None:
    """Fifty others take several blocks; each repeats the reference, and each side has a letter of
    its own."""
    text = str(ComparisonAnswer(Contrast(contrast.comparisons * 50)))
    heads = [line.split() for line in text.splitlines() if line.startswith("outcome")]

    letters = [*ascii_uppercase, *(f"A{letter}" for letter in ascii_uppercase[:25])]
    assert all(head[1] == "A" for head in heads)
    starts = [place for place, head in enumerate(heads) if head[2] == "B"]
    assert len(starts) == 2
    for table in (heads[: starts[1]], heads[starts[1] :]):
        assert [letter for head in table for letter in head[2:]] == letters[1:]
    assert "AY: summit-in-washington" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_what_is_given_is_told_with_the_runs_that_count(folder: Path) -> None:
    """Both sides say how many runs count, few are warned of, and conditioning is told apart from
    intervening."""
    text = " ".join(
        str(
            api.compare(
                "summit-in-beijing",
                "summit-in-washington",
                n=40,
                until="2025-06-20",
                given=["leaders_met=yes"],
                results=folder,
                brief=True,
            )
        ).split()
    )

    assert re.search(r"given leaders_met=yes: \d+ of 40 runs \([\d.]+%\) of A, \d+ of", text)
    assert "Fewer than 30 runs of summit-in-washington meet the condition" in text
    assert "it does not change them" in text


def test_seeds_that_differ_are_said_to_share_no_luck(folder: Path) -> None:
    """The head of the page says that the intervals are those of separate runs."""
    options = {"n": 16, "until": "2025-06-20", "results": folder}
    one = api.run("summit-in-beijing", **options)  # type: ignore[arg-type]
    other = api.run("summit-in-beijing", seed=7, **options)  # type: ignore[arg-type]
    text = " ".join(str(api.compare(one, other, brief=True)).split())

    assert "16 pairs of runs with seeds 20251023 and 7, which do not share their luck" in text
    assert "paired runs unpaired runs" not in text
