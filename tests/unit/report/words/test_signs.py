"""Signs and outcomes in words."""

from __future__ import annotations

from datetime import date

import pytest

from sim.engine.happenings import WORDS
from sim.experiment.discovery.boxes import Limit
from sim.experiment.discovery.signs import NEVER_KEPT, Sign
from sim.experiment.outcomes.conditions import read_condition
from sim.report.words.signs import condition_words, sign_words

BY = date(2025, 2, 8)


def test_every_event_that_is_kept_has_a_noun() -> None:
    """So that `no` may stand before it."""
    assert {name for name, words in WORDS.items() if not words.noun} <= NEVER_KEPT


@pytest.mark.parametrize(
    ("name", "label", "kind", "unit", "yes", "no"),
    [
        (
            "us.hike_by",
            "",
            "event",
            "flag",
            "tariff increase by Washington",
            "no tariff increase by",
        ),
        ("ministers_round_by", "", "event", "flag", "ministers' round", "no ministers' round"),
        ("port_fees_both", "", "flag", "flag", "port fees on both sides", "no port fees on"),
        ("talks_stage", "none", "class", "flag", "no talks", "some talks"),
        ("talks_stage", "active", "class", "flag", "talks under way", "no talks under way"),
        ("deal_status", "truce", "class", "flag", "agreement truce", "agreement not truce"),
        (
            "us_addon_pp",
            "",
            "number",
            "pp",
            "US duties added at least 13 pp",
            "US duties added below",
        ),
        (
            "us_hikes",
            "",
            "number",
            "count",
            "US tariff increases at least 13",
            "US tariff increases at most 13",
        ),
    ],
)
def test_signs_read_as_words(
    name: str, label: str, kind: str, unit: str, yes: str, no: str
) -> None:
    """A sign and its opposite stand in a sentence."""
    sign = Sign(name, BY, label, kind, unit)

    assert sign_words(sign, Limit(0, True, 13)) == yes
    assert sign_words(sign, Limit(0, False, 13)).startswith(no)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("path_class=conflict", "conflict"),
        ("truce_in_force@2025-11-11=no", "no truce in force on 11 Nov 2025"),
        ("leaders_met=yes", "leaders' meeting held"),
        ("us.hike_by@2025-02-08=yes", "tariff increase by Washington by 8 Feb 2025"),
        ("us.hike_by@2025-02-08..2025-03-08", "us.hike_by@2025-02-08..2025-03-08"),
        ("us_addon_pp>=60", "us_addon_pp>=60"),
        ("path_class!=conflict", "path_class!=conflict"),
    ],
)
def test_outcomes_read_as_words(typed: str, words: str) -> None:
    """What stands before "in 40% of runs"."""
    assert condition_words(read_condition(typed)) == words
