"""Examples of docs/questions.md: every one is a question of the program, and can be asked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sim.experiment.outcomes.questions import asked_on, read_question
from sim.model.tables.vocabulary import Instrument

TEXT = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("|") and "@" in line]
EXAMPLES = [
    example.replace("\\|", "|") for row in ROWS for example in re.findall(r"`([^`]*@[^`]*)`", row)
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_can_be_asked(text: str) -> None:
    """As of 23 October 2025."""
    # Fails if an outcome is renamed, or an example has an error.
    asked_on(read_question(text), date(2025, 10, 23))


def test_the_subjects_of_forecasts_are_there() -> None:
    """Truce, pause, threat, meetings, calls, rounds, clauses, duties, controls, purchases."""
    # Fails if a table is not found, or a subject is left out.
    named = " ".join(EXAMPLES)

    assert len(EXAMPLES) > 30
    assert Instrument.PORT_FEES.name.lower() in named
    for outcome in (
        "truce_in_force", "pause_ends_on", "pause_length_days", "threat_in_effect",
        "leaders_meetings", "calls", "rounds", "signed[soybeans]", "us_addon_pp", "cn_addon_pp",
        "us_avg_pct", "cn_avg_pct", "us_duty_pp[", "cn_duty_pp[", "us_duty_avg_pp[",
        "us_china_hikes", "emergency_duties_in_force", "cn_rare_earth_level",
        "us_port_fees_level", "cn_port_fees_level", "purchases_delivered_usd_bn",
        "soybeans_delivered_million_tonnes", "us_duty_pp[pntr]", " and ", " | ",
    ):  # fmt: skip
        assert outcome in named
