"""What `run` prints."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sim import api
from sim.engine.blocks import Failure
from sim.report.answers.run import RunAnswer
from sim.report.page import Page, render
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.page import _economy_notes, run_page


def lines_of(result: RunAnswer) -> list[str]:
    """Returns the page of a result, line by line."""
    return render(result.page()).splitlines()


def test_every_line_fits_but_the_path(october: RunAnswer, drawn: RunAnswer) -> None:
    """Eighty columns hold everything; only the path of the files may be longer."""
    for result in (october, drawn):
        wide = [line for line in lines_of(result) if len(line) > 80]
        assert all(line.startswith("Files: ") for line in wide)


def test_the_page_opens_with_scenario_dates_runs_seed_and_question(october: RunAnswer) -> None:
    """A printout found in a drawer says what it is."""
    lines = lines_of(october)

    assert lines[0] == "october-2025-apec   23 Oct 2025 to 20 Nov 2025"
    assert lines[1] == "40 runs, seed 20251023"
    assert lines[2].startswith("Will the summit of 30 October bring")


def test_shares_are_those_of_the_runs(october: RunAnswer) -> None:
    """A printed probability is the share of runs, with its interval behind it."""
    share = october.p("leaders_met@2025-10-30")
    row = next(line for line in lines_of(october) if "held by 30 Oct 2025" in line)

    assert f" {100 * share:.0f}%" in row or f" {100 * share:.1f}%" in row
    assert f"({100 * share.low:.0f}-{100 * share.high:.0f})" in row


def test_duties_are_shown_on_every_date_and_at_the_end(october: RunAnswer) -> None:
    """Each calendar date, each day asked for and the last day has its row of medians and bands."""
    lines = lines_of(october)
    start = next(i for i, line in enumerate(lines) if line.startswith("Duties added"))
    dates = [line[2:13].strip() for line in lines[start + 4 : start + 10]]
    expected = ["24 Oct 2025", "25 Oct 2025", "30 Oct 2025"]
    expected += ["1 Nov 2025", "10 Nov 2025", "15 Nov 2025"]

    assert dates == expected
    assert lines[start + 10].startswith("  20 Nov 2025")
    assert lines[start + 4].split()[3:] == ["30", "30", "30", "10", "10", "10"]


def test_central_values_are_named_as_such(october: RunAnswer, drawn: RunAnswer) -> None:
    """Under fixed parameters the page says that the intervals reflect only luck; under drawn ones
    it says how the spread splits."""
    fixed = render(october.page())
    prior = render(drawn.page())

    assert "for luck alone)" in " ".join(fixed.split())
    assert "95% interval of luck alone" in fixed
    assert "luck alone" not in prior
    assert "Luck and ignorance" not in fixed
    assert "Luck and ignorance" in prior
    assert "Share of the variance between runs; the rest is luck." in prior


def test_failed_runs_are_counted_and_the_first_is_told(october: RunAnswer) -> None:
    """A batch with failures says so, and what happened."""
    failures = (Failure(3, "running", "RunFailure", "too many acts"),) * 2
    batch = replace(october.batch, failures=failures)
    text = render(run_page(Digest(batch)))

    assert "2 runs of 40 failed" in text
    assert "run 3: RunFailure: too many acts" in " ".join(text.split())


def test_a_batch_without_a_finished_run_can_be_printed(october: RunAnswer) -> None:
    """Nothing to say is said without an error."""
    failures = tuple(Failure(i, "running", "RunFailure", "broken") for i in range(40))
    values = {
        name: column * 0 - 1
        if column.dtype.kind == "i"
        else column * float("nan")
        if column.dtype.kind == "f"
        else column & False
        for name, column in october.batch.values.items()
    }
    text = render(run_page(Digest(replace(october.batch, failures=failures, values=values))))

    assert "no run finished" in text
    assert "nan" not in text


@pytest.mark.parametrize("word", ["us_addon_pp", "cn_addon_pp", "truce_in_force", "path_class"])
def test_no_code_name_reaches_the_reader(october: RunAnswer, word: str) -> None:
    """The page speaks in words."""
    assert word not in render(october.page())


def test_an_outcome_some_runs_lack_says_in_how_many_it_exists(october: RunAnswer) -> None:
    """The row of a mean over 3 of 40 runs names both numbers; one over all runs names none."""
    shortfall = october.batch.values["purchases_shortfall_share"].copy()
    shortfall[:] = float("nan")
    shortfall[:3] = (0.2, 0.4, 0.9)
    values = {**october.batch.values, "purchases_shortfall_share": shortfall}
    batch = replace(october.batch, values=values)

    text = render(run_page(Digest(batch)))
    row = " ".join(text[text.index("share of that pledge") :].split())
    # The name wraps around the figures of its first line.
    assert re.match(r"share of that pledge not delivered \(in 3 .*50 40 20-90 .*of 40 runs\)", row)
    assert "pledged during the run (in" not in text


def test_sums_and_rates_say_which_they_are(october: RunAnswer) -> None:
    """The deficit is printed as the sum of twelve months and at an annual rate, which is twelve
    times the month's; calls are those held; deliveries include catch-up on the old pledge."""
    text = " ".join(render(october.page()).split())
    values = october.batch.values

    # The name wraps around the figures of its first line.
    assert re.search("US goods deficit with China, last .* twelve months", text)
    assert "the same, last month at an annual rate" in text
    gap = values["us_imports_usd_bn_per_month"] - values["cn_imports_usd_bn_per_month"]
    assert values["deficit_annual_rate_usd_bn_per_year"] == pytest.approx(12.0 * gap)
    assert "calls held between leaders" in text
    assert re.search("delivered, with catch-up on the 2020 .*pledge", text)


def test_duties_on_others_are_told_with_their_origin(october: RunAnswer) -> None:
    """Their points, and the part that is paid, stand below the parts that are due to them; a short
    run is not marked as old."""
    # Fails if the sentence is left out, or responses within the published quarters are marked.
    text = " ".join(render(october.page()).split())

    told = "Duties on other countries: 13.3 points added on all of them throughout, computed from"
    assert told in text
    assert "60 % of these are paid (trade.us.collect_rest)" in text
    assert text.count("due to duties on other") == 4
    assert "study's long run" not in text
    assert "are two estimates of one rise and must not be added" in text


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (700, ""),
        (800, "fading to the study's long run, to be held there from month 60 on"),
        (1700, "are held at the study's long run from month 60 on"),
    ],
)
def test_a_long_run_says_how_old_its_duties_are(october: RunAnswer, days: int, told: str) -> None:
    """Duties are six months old at the start, and responses published for thirty."""
    # Fails if the age at the start is left out, or months are counted otherwise.
    batch = october.batch
    resolved = replace(batch.resolved, until=batch.resolved.start + days)
    page = Page()

    _economy_notes(page, Digest(replace(batch, resolved=resolved)))

    text = " ".join(render(page).split())
    assert told in text
    assert ("study's long run" in text) == bool(told)


def test_what_the_court_decides_has_its_section(october: RunAnswer) -> None:
    """Before the hearing and shortly after it nothing is decided, and all duties stand."""
    # Fails if the section is left out, or reads a date other than the end.
    lines = [" ".join(line.split()) for line in lines_of(october)]
    start = next(i for i, line in enumerate(lines) if "before the courts" in line)

    assert lines[start + 2].startswith("not decided 100%")
    assert lines[start + 3].startswith("in force on 20 Nov 2025")
    assert "the reciprocal duty, or what replaced it, rests on 20 Nov 2025 on" in lines
    assert any(line.startswith("the emergency powers, or nothing 100%") for line in lines)


def test_without_a_case_there_is_no_section_on_it(folder: Path) -> None:
    """In March 2025 nobody had ruled on the duties."""
    # Fails if the section is printed for every scenario.
    march = api.run("march-2025-escalation", n=4, until="2025-04-10", results=folder)

    assert not any("before the courts" in line for line in lines_of(march))
