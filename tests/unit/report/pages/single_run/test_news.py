"""The two papers of a run: one line an item, accounts side by side, silence where there is none."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from sim import api
from sim.errors import UsageError
from sim.report.answers.single_run import TraceAnswer
from sim.report.page import WIDTH

NAME = "october-2025-apec"


@pytest.fixture(scope="module")
def news() -> TraceAnswer:
    """Returns a run as two papers."""
    return api.trace(NAME, replicate=3, news=True)


def test_every_item_is_told_by_both_papers_on_a_line_each(news: TraceAnswer) -> None:
    """Washington first; nothing is folded and nothing cut."""
    # Fails if a text is folded, a paper left out, or their order turned.
    lines = str(news).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("date")) + 1
    rows = lines[first:]

    assert len(rows) > 20
    assert max(map(len, lines)) <= WIDTH
    papers = [line[13:23].strip() for line in rows]
    assert papers == ["Washington", "Beijing"] * (len(rows) // 2)
    assert all(line[25:].strip() for line in rows)


def test_accounts_stand_side_by_side_after_the_posts_of_the_day(news: TraceAnswer) -> None:
    """Each contact has one item with both accounts, which differ."""
    # Fails if accounts are two items, or a post comes after them.
    told = news.to_json()["items"]
    accounts = [item for item in told if item["act"] == "readout"]

    assert accounts
    for item in accounts:
        assert set(item["warmth"]) == {"us", "cn"}
        assert item["washington"] != item["beijing"]
        assert item["side"] is None
    for one, two in pairwise(told):
        posted = two["act"].startswith("post_") and one["date"] == two["date"]
        assert not (posted and one["act"] == "readout")


def test_a_silent_paper_has_a_dash_and_null(news: TraceAnswer) -> None:
    """Beijing says nothing of posts of optimism."""
    # Fails if silence is left out or filled with words.
    silent = [item for item in news.to_json()["items"] if item["beijing"] is None]

    assert silent
    assert str(news).count("Beijing     -\n") == len(silent)


def test_the_papers_can_be_read_by_machines(news: TraceAnswer) -> None:
    """Every item has its date, act and texts; the chronicle is as it was without --news."""
    # Fails if the object is none, or the flag changes the run.
    told = json.loads(json.dumps(news.to_json()))

    assert told["scenario"] == NAME
    assert {"date", "act", "side", "washington", "beijing", "warmth"} == set(told["items"][0])
    assert api.trace(NAME, replicate=3).chronicle == news.chronicle


def test_papers_do_not_print_decisions_to_do_nothing() -> None:
    """The error says what either option does."""
    # Fails if one option is silently dropped.
    with pytest.raises(UsageError, match="no paper prints; use only one of them"):
        api.trace(NAME, news=True, waits=True)
