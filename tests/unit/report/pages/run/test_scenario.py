"""Scenarios as text."""

from __future__ import annotations

from datetime import date

import pytest

from sim import api
from sim.report.page import render
from sim.report.pages.run.scenario import intervention_words, value_text
from sim.scenario.resolved_scenario import Action, Intervention, WhenCondition

NOV_1 = date(2025, 11, 1).toordinal()


def intervention(**more: object) -> Intervention:
    """Returns an intervention on 1 November 2025 that forces a call."""
    given: dict[str, object] = {
        "key": "x",
        "day": NOV_1,
        "until": None,
        "when": (),
        "do": (Action("force", side=1, act="call_leader"),),
        "once": True,
        "cooldown_days": 0,
        "source": "",
    }
    return Intervention(**{**given, **more})  # type: ignore[arg-type]


def test_interventions_read_as_sentences() -> None:
    """When, who, and what, with sizes and values in their units."""
    both = (WhenCondition("tension", ">", 0.8, 5), WhenCondition("threat_open", "==", 1.0))
    hike = (
        Action("force", side=0, act="hike", size_pp=50.0),
        Action("set", name="truce.length_days", value=60.0),
    )

    assert intervention_words(intervention()) == "on 1 Nov 2025: China must call leader"
    assert (
        intervention_words(
            intervention(until=NOV_1 + 9, do=(Action("forbid", side=0, act="sign_extension"),))
        )
        == "from 1 Nov 2025 until 10 Nov 2025: the US may not sign extension"
    )
    assert intervention_words(intervention(day=None, when=both, do=hike)) == (
        "when tension > 0.8 for 5 days and threat_open == 1: the US must hike (50 pp); "
        "truce.length_days becomes 60 days"
    )


@pytest.mark.parametrize(
    ("name", "value", "unit", "text"),
    [
        ("summit.venue", 4.0, "code", "third country"),
        ("threat.open", 1.0, "flag", "yes"),
        ("truce.ends_on", float(NOV_1), "date", "1 Nov 2025"),
        ("truce.ends_on", 0.0, "date", "never"),
        ("us.coverage.reciprocal", 0.667, "share", "0.667"),
        ("us.addon.fentanyl_pp", 20.0, "pp", "20 pp"),
    ],
)
def test_values_are_words_and_unrounded_numbers(
    name: str, value: float, unit: str, text: str
) -> None:
    """Codes are words, days are dates, numbers stand as they were written."""
    assert value_text(name, value, unit) == text


@pytest.mark.parametrize("name", api.scenarios())
def test_every_scenario_can_be_shown_and_explained_in_80_columns(name: str) -> None:
    """No number of any scenario that ships is too long for its line."""
    for answer in (api.world(name), api.explain_scenario(name)):
        assert max(map(len, render(answer.page()).splitlines())) <= 80


def test_what_was_held_before_is_told_with_its_day_and_reason() -> None:
    """On the page of a parameter, and in its JSON."""
    # Fails if a reader cannot see which value a world as of an earlier day has.
    found = api.explain_parameters("us.rate.set_port_fees")
    (row,) = found.to_json()["parameters"]
    words = " ".join(render(found.page()).split())

    assert "Held before 21 Feb 2025: 0 a year (no fee on ships had been proposed)" in words
    assert [(held["value"], held["until"]) for held in row["before"]] == [
        (0.0, "2025-02-21"), (1.0, "2025-10-14")
    ]  # fmt: skip


def test_the_number_of_assumed_numbers_is_that_of_the_rows() -> None:
    """The sentence about assumptions counts what the page lists."""
    explained = api.explain_scenario("october-2025-apec")
    told = explained.to_json()
    kinds = [row["kind"] for row in told["rows"]]
    words = " ".join(render(explained.page()).split())

    used = len(kinds) - kinds.count("default")
    assert f"{kinds.count('assumed')} of the {used:,} numbers" in words
