"""The answer in two sentences, the same on every page of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sim import api
from sim.report.answers.run import RunAnswer
from sim.report.html.notebook import run_piece
from sim.report.html.run import run_document
from sim.report.page import render
from sim.report.pages.run.lead import lead
from sim.report.words.numbers import sentence_case

APEC = "october-2025-apec"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunAnswer:
    """A few runs at central values and a few with drawn numbers."""
    folder = tmp_path_factory.mktemp("results")
    central = api.run(APEC, n=12, brief=True, results=folder)
    drawn = api.run(APEC, n=12, parameters="prior", per_vector=2, results=folder)
    return replace(central, drawn=drawn.batch)


def words(texts: Sequence[str]) -> list[str]:
    """Returns texts without their line breaks."""
    return [" ".join(text.split()) for text in texts]


def test_the_answer_has_both_doubts(result: RunAnswer) -> None:
    """Two sentences: what comes out, with luck, and how far ignorance moves it."""
    # Fails if either doubt is left out of the lead.
    text = lead(result.digest)
    mean = result.digest.over_ranges("truce_in_force@2025-11-10")

    assert mean is not None
    assert text.count(". ") == 1
    assert "for luck alone)" in text.split(". ")[0]
    assert text.split(". ")[1].startswith("Ignorance adds to luck")
    assert f"{mean.mean:.0%} on average" in text


def test_without_drawn_numbers_the_answer_says_that_ignorance_is_unknown(
    result: RunAnswer,
) -> None:
    """And with drawn ones alone there is one interval, of both."""
    drawn = RunAnswer(result.drawn)  # type: ignore[arg-type]

    assert "is not known from these runs" in lead(replace(result, drawn=None).digest)
    assert "By ignorance alone" in lead(drawn.digest)
    assert "luck alone" not in render(drawn.page())


def test_every_page_of_a_run_begins_with_the_same_answer(result: RunAnswer) -> None:
    """On one screen, with every table, in a report and in a notebook."""
    # Fails if a page has a lead of its own.
    pages = words(
        [
            render(result.page()),
            render(replace(result, full=True).page()),
            run_document(result.digest, APEC),
            run_piece(result.digest),
        ]
    )
    told = lead(result.digest)

    assert all(told in page for page in pages[:2])
    assert all(sentence_case(told) in page for page in pages[2:])


def test_nothing_is_said_of_nothing() -> None:
    """Without a finished run there is no sentence of numbers."""

    class Nothing:
        """What a digest of failed runs would say."""

        def quantiles(self, name: str) -> None:
            """Returns nothing."""

    text = lead(Nothing())  # type: ignore[arg-type]
    assert text == "no run finished, so there are no results."
