"""Pair of runs side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim import api
from sim.engine.chronicle import Event
from sim.errors import NotFoundError, UsageError
from sim.experiment.compare.comparison import NotComparable
from sim.report.answers.run import RunAnswer
from sim.report.page import render
from sim.report.pages.compare.run_pair import RunPair, events_of, pair_json, pair_page

BEIJING, WASHINGTON = "summit-in-beijing", "summit-in-washington"


@pytest.fixture(scope="module")
def pair() -> RunPair:
    """One run of two venues."""
    return api.side_by_side(BEIJING, WASHINGTON, replicate=4714, until="2025-07-20").pair


def test_they_part_at_the_first_event_that_reads_otherwise(pair: RunPair) -> None:
    """All events before are the same, the next is not; the page begins on its day and says how
    many came before."""
    ours, theirs = events_of(pair.a), events_of(pair.b)
    common = pair.common
    text = render(pair_page(pair))

    assert [e.text for e in ours[:common]] == [e.text for e in theirs[:common]]
    assert ours[common : common + 1] != theirs[common : common + 1]
    assert pair.day == min(e.day for e in (*ours[common:][:1], *theirs[common:][:1]))
    assert f"Until then, they have {common} events in common" in text
    assert max(map(len, text.splitlines())) <= 80


def test_only_days_both_play_are_told() -> None:
    """A scenario that begins a week later parts from the other at what differs then, not at what
    came before it began."""
    answer = api.side_by_side("october-2025-apec", "truce-lapses", replicate=3, until="2025-11-20")
    found, text = answer.pair, " ".join(str(answer).split())

    assert "events from 31 Oct 2025 to 20 Nov 2025, the days covered by both" in text
    assert "30 Oct 2025" not in text
    assert found.day is not None
    assert found.day >= found.b.resolved.start > found.a.resolved.start


def test_each_run_is_the_one_a_trace_tells(pair: RunPair) -> None:
    """The same events, and the same outcomes a batch of that seed holds."""
    alone = api.trace(BEIJING, replicate=4714, until="2025-07-20").chronicle

    assert pair.a.chronicle.events == alone.events


def test_offers_that_differ_part_two_runs(pair: RunPair) -> None:
    """What was in an offer is told of each run, though both are turned down in the same words."""
    first = pair.span[0]
    stories = [
        Event(first, "meetings", "us", "bundle_refused", "No", {}, details=(f"asked: {what}",))
        for what in ("visas", "beans")
    ]
    sides = [
        replace(side, chronicle=replace(side.chronicle, events=(event,)))
        for side, event in zip((pair.a, pair.b), stories, strict=True)
    ]
    found = replace(pair, a=sides[0], b=sides[1])
    text = render(pair_page(found))

    assert found.day == first
    assert "No; asked: visas" in text
    assert "No; asked: beans" in text


def test_what_both_do_stands_once(pair: RunPair) -> None:
    """A run beside itself has nothing to tell, and no outcome that differs."""
    twin = replace(pair, b=pair.a)

    assert twin.day is None
    assert twin.differing == 0
    assert "The same events happen in both" in render(pair_page(twin))


def test_the_ends_are_set_against_each_other(pair: RunPair) -> None:
    """What differs at the end is marked, and JSON has every outcome of both."""
    found = json.loads(json.dumps(pair_json(pair), allow_nan=False))
    names = found["a"]["outcomes"].keys()
    differ = sum(found["a"]["outcomes"][name] != found["b"]["outcomes"][name] for name in names)

    assert differ == pair.differing > 0
    assert found["common_events"] == pair.common
    endings = render(pair_page(pair)).split("Outcomes")[1]
    marked = any("differs" in line for line in endings.splitlines())
    headlines = [c.name for c in pair.a.columns if c.outcome.headline and c.day is None]
    assert marked == any(
        found["a"]["outcomes"][name] != found["b"]["outcomes"][name] for name in headlines
    )


def test_a_stored_run_is_told_beside_a_scenario(october: RunAnswer, folder: Path) -> None:
    """It takes the seed of the result, and what was changed in it is what parts them."""
    name = october.directory.name
    found = api.side_by_side(name, name, replicate=3, results=folder).pair

    assert found.differing == 0
    assert found.a.chronicle.replicate == 3
    with pytest.raises(NotFoundError, match="0 to 39"):
        api.side_by_side(name, name, replicate=40, results=folder)
    with pytest.raises(NotComparable, match="share no luck"):
        api.side_by_side(name, "october-2025-apec", replicate=3, seed=1, results=folder)


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        ((BEIJING,), {}, "two scenarios side by side; found 1"),
        ((BEIJING, WASHINGTON), {"given": ["leaders_met=yes"]}, "--given selects among many"),
        ((BEIJING, WASHINGTON), {"parameters": "priro"}, "did you mean prior"),
        ((BEIJING, WASHINGTON), {"seed": 2**40}, "seed"),
    ],
)
def test_what_makes_no_sense_is_refused(
    names: tuple[str, ...], options: dict[str, object], message: str
) -> None:
    """One scenario, a condition, or an option that cannot be."""
    with pytest.raises(UsageError, match=message):
        api.side_by_side(*names, replicate=1, **options)  # type: ignore[arg-type]
