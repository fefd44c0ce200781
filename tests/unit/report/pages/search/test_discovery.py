"""Page of a discovery."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim import api
from sim.report.answers.discovery import DiscoveryAnswer
from sim.report.pages.search.discovery import in_short


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> DiscoveryAnswer:
    """Signs and assumptions conflict goes with, in two hundred draws of ten runs each."""
    return api.discover(
        "january-2025-first-100-days",
        "path_class=conflict",
        by="2025-02-08",
        n=2000,
        seed=5,
        per_vector=10,
        results=tmp_path_factory.mktemp("results"),
    )


def test_the_page_fits_and_says_what_holds(answer: DiscoveryAnswer) -> None:
    """No line is wider than 80 columns; the outcome, the day and the caution are told."""
    text = str(answer)

    assert max(map(len, text.splitlines())) <= 80
    flat = " ".join(text.split())
    assert "Signs by 8 Feb 2025" in flat
    assert "conflict in" in flat
    assert "conditions, not causes" in flat


def test_finding_nothing_is_said(answer: DiscoveryAnswer) -> None:
    """Whether nothing passes, no box is left, or none holds, the page says so in plain words."""
    found = answer.discovery
    search = found.signs
    nothing = replace(search, columns=(), boxes=(), questions=())
    boxless = replace(search, boxes=())
    failing = tuple(replace(box, rate=replace(box.rate, holds=False)) for box in search.boxes)
    told = [
        in_short(replace(found, signs=signs))[0]
        for signs in (nothing, boxless, replace(search, boxes=failing))
    ]

    assert "is associated with conflict more closely" in told[0]
    assert "but no box of them" in told[1]
    assert "holds on the other half of the draws" in told[2]
    assert "None passes screening." in str(DiscoveryAnswer(replace(found, signs=nothing, tree=())))


def test_json_tells_boxes_with_their_intervals(answer: DiscoveryAnswer) -> None:
    """Every rate is a share within its interval, and trails begin with all runs."""
    told = answer.to_json()

    assert told["schema"] == 1
    assert (told["outcome"], told["by"]) == ("path_class=conflict", "2025-02-08")
    rates = told["signs"]["questions"] + told["signs"]["boxes"] + told["tree"]
    assert rates
    for row in rates:
        low, high = row["density"]["ci"]
        assert 0.0 <= low <= row["density"]["p"] <= high <= 1.0
    for box in told["signs"]["boxes"]:
        whole = box["trail"][0]
        assert whole["conditions"] == []
        assert whole["looked_in"]["coverage"] == whole["looked_in"]["mass"] == 1.0
