"""Headlines of a batch, at the central values and over the assumed ranges."""

from __future__ import annotations

import pytest

from sim.report.answers.run import RunAnswer
from sim.report.html.notebook import run_piece
from sim.report.html.run import headline_cards
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import headlines, headlines_json


@pytest.fixture(scope="module")
def both(october: RunAnswer, drawn: RunAnswer) -> Digest:
    """A batch at the central values with its companion of eight draws."""
    return Digest(october.batch, drawn.batch)


def test_json_gives_both_answers(both: Digest, october: RunAnswer, drawn: RunAnswer) -> None:
    """The share of the batch and that of the companion, which are not the same runs."""
    rows = {row["what"]: row for row in headlines_json(both)}
    truce = rows["a truce is in force on 10 Nov 2025"]

    assert truce["p"] == october.p("truce_in_force@2025-11-10")
    assert truce["ci"][0] <= truce["p"] <= truce["ci"][1]
    assert truce["ci_covers"] == "luck"
    assert truce["over_ranges"]["mean"] == drawn.p("truce_in_force@2025-11-10")
    assert truce["over_ranges"]["draws"] == 8
    low, high = truce["over_ranges"]["middle_90"]
    assert 0.0 <= low <= truce["over_ranges"]["mean"] <= high <= 1.0
    conflict = rows["relations end in open conflict"]
    assert (conflict["outcome"], conflict["class"]) == ("path_class", "conflict")


def test_json_says_what_an_interval_covers(october: RunAnswer, drawn: RunAnswer) -> None:
    """Without a companion there is no answer over the ranges; drawn runs are their own."""
    (*alone, _), (*own, _) = headlines_json(october.digest), headlines_json(drawn.digest)

    assert {row["over_ranges"] for row in alone} == {None}
    assert {row["ci_covers"] for row in own} == {"luck and assumptions"}
    assert all(row["over_ranges"]["mean"] == row["p"] for row in own)


def test_cards_give_both_answers(both: Digest, drawn: RunAnswer) -> None:
    """A card names luck beside its interval, and has the ranges in words and as a span; without
    drawn runs it says that they are missing."""
    shares = [card for card in headline_cards(both) if card.unit == "of runs"]

    assert len(shares) == len(headlines(both))
    assert all("(luck alone)" in card.range for card in shares)
    assert all(card.beyond.startswith("over the assumed ranges ") for card in shares)
    assert all(card.span and 0.0 <= card.span[0] <= card.span[1] <= 1.0 for card in shares)
    duties = [card for card in headline_cards(both) if card.unit == "points"]
    assert all(card.beyond.startswith("with the assumed ranges: ") for card in duties)
    central = headline_cards(Digest(both.batch))
    assert central[0].beyond == "over the assumed ranges: not computed"
    assert "luck alone" not in headline_cards(drawn.digest)[0].range


def test_a_notebook_gives_both_answers(both: Digest) -> None:
    """The table of the short form has the ranges beside each figure."""
    text = run_piece(both)

    assert "over the assumed ranges" in text
    assert "of 8 draws" in text
