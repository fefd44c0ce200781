"""Settings as a page sends them: what is right is read, and what is wrong is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.errors import NotFoundError, SimError, UsageError
from sim.serve.settings import Offer, read_setting

APEC = "october-2025-apec"
OFFER = Offer((APEC,))
RANGED = "court.strike_probability"
"""An input from 0.3 to 0.8."""


def told(**whole: Any) -> dict[str, Any]:
    """Returns what a page sends."""
    return {"scenario": APEC, **whole}


def test_moved_inputs_are_those_of_the_command_line() -> None:
    """A setting resolves to the scenario with `--set`, whatever the order in which they came."""
    # Fails if a value is not passed on, or not under its name.
    first = read_setting(told(sets={RANGED: 0.4, "us.noise": 2}), OFFER)
    again = read_setting(told(sets={"us.noise": 2.0, RANGED: 0.4}), OFFER)
    resolved = OFFER.resolved(first)

    assert first == again
    assert resolved.parameters[RANGED].value == 0.4
    assert resolved.parameters["us.noise"].value == 2.0
    assert [change.key for change in resolved.changes if change.by == "--set"] == [
        RANGED,
        "us.noise",
    ]


def test_a_fork_is_a_dated_intervention() -> None:
    """It forbids the act from its day to the last."""
    # Fails if the day, the decision or the last day is dropped.
    fork = {"on": "2025-10-30", "do": ["us.extend_truce=no"], "through": "2025-11-02"}
    row = OFFER.resolved(read_setting(told(fork=fork), OFFER)).interventions[-1]

    assert row.day == date(2025, 10, 30).toordinal()
    assert row.until == date(2025, 11, 3).toordinal()
    assert row.do[0].kind == "forbid"


@pytest.mark.parametrize("value", [0.3, 0.8])
def test_the_ends_of_a_range_belong_to_it(value: float) -> None:
    """A slider reaches them."""
    # Fails if the comparison is strict.
    assert read_setting(told(sets={RANGED: value}), OFFER).changes == {RANGED: f"{value}"}


@pytest.mark.parametrize(
    ("whole", "sentence"),
    [
        (told(sets={RANGED: 0.81}), "0.81 lies outside its stated range, 0.3 to 0.8"),
        (told(sets={RANGED: 0.29}), "lies outside its stated range"),
        (told(sets={RANGED: float("nan")}), "nan lies outside its stated range"),
        (told(sets={RANGED: float("inf")}), "inf lies outside its stated range"),
        (told(sets={RANGED: "0.5"}), "expected a number, found '0.5'"),
        (told(sets={RANGED: True}), "expected a number, found True"),
        (told(sets={RANGED: None}), "expected a number, found nothing"),
        (told(sets={"court.strike_probabilty": 0.5}), f"did you mean {RANGED}?"),
        (told(sets={"us.tariff.mfn_pct": 3.0}), "no range is stated for it"),
        (told(sets=[1]), "sets: expected an object"),
        (told(sets={f"a{i}": 1 for i in range(101)}), "101 inputs are moved; at most 100 may be"),
        (told(fork={"on": "2025-10-30", "do": []}), "expected decisions"),
        (told(fork={"on": "2025-10-30", "do": "us.hike=20"}), "expected decisions"),
        (told(fork={"do": ["us.hike=20"]}), "on: expected a text of 1 to 200 letters"),
        (told(fork={"on": "2025-10-30", "do": ["us.hike=20"], "by": 1}), "fork: there is no 'by'"),
        (told(set={}), "did you mean sets?"),
        ({"scenario": "october"}, "there is no scenario 'october' on this page"),
        ({"scenario": "../../etc/passwd"}, "on this page"),
        ({"scenario": 7}, "scenario: expected a text"),
        ([], "setting: expected an object"),
        (None, "setting: expected an object with names and values, found nothing"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(whole: object, sentence: str) -> None:
    """It says what was found and what is allowed, and never lets a file be read."""
    # Fails if any check of the reader is left out.
    with pytest.raises(SimError) as error:
        read_setting(whole, OFFER)

    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("fork", "sentence"),
    [
        ({"on": "2024-01-01", "do": ["us.hike=20"]}, "lies outside the run"),
        ({"on": "tomorrow", "do": ["us.hike=20"]}, "expected a date as YYYY-MM-DD"),
        ({"on": "2025-10-30", "do": ["us.sing=yes"]}, "there is no act or number 'us.sing'"),
        ({"on": "2025-10-30", "do": [f"{RANGED}=0.9"]}, "lies outside its stated range"),
    ],
)
def test_a_wrong_fork_is_told_too(fork: dict[str, Any], sentence: str) -> None:
    """Its numbers keep to their ranges as moved inputs do."""
    # Fails if the decision of a fork is not checked against the range.
    with pytest.raises(SimError) as error:
        OFFER.resolved(read_setting(told(fork=fork), OFFER))

    assert sentence in str(error.value)


def test_scenarios_that_are_not_offered_are_not_read() -> None:
    """Though they are shipped."""
    # Fails if a name is looked up before it is checked.
    with pytest.raises(NotFoundError, match="offered are october-2025-apec"):
        OFFER.base("summit-in-beijing")
    with pytest.raises(UsageError):
        read_setting({"scenario": "x" * 201}, OFFER)
