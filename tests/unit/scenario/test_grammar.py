"""The two small grammars: conditions of interventions, and values on the command line."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.outcomes.politics import OUTCOMES
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Venue
from sim.scenario.grammar import (
    MAX_CONDITIONS,
    decode,
    encode,
    make_prior,
    parse_prior,
    parse_value,
    parse_when,
    prior_mean,
    support,
)
from sim.scenario.resolved_scenario import Prior, WhenCondition

STATE = slot_index(State)
PARAMETERS = slot_index(Params)


def test_a_when_is_comparisons_joined_by_and() -> None:
    """Numbers, flags and classes are compared, each for as many days as it says."""
    text = "tension >= 0.8 for 5 days and truce_in_force == true and talks_stage==active for 1 day"
    expected = (
        WhenCondition("tension", ">=", 0.8, 5),
        WhenCondition("truce_in_force", "==", 1.0, 0),
        WhenCondition("talks_stage", "==", 2.0, 1),
    )
    assert parse_when(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a comparison"),
        ("tension", "is not a comparison"),
        ("tension = 0.8", "is not a comparison"),
        ("tension > 0.8 or rapport < 0.2", "is not a comparison"),
        ("tension > 0.8 and", "is not a comparison"),
        ("not tension > 0.8", "is not a comparison"),
        ("tension > 0.8 for 12345 days", "is not a comparison"),
        ("__import__('os').system('true') > 1", "is not a comparison"),
        ("tenson > 0.8", "did you mean tension?"),
        ("path_class == conflict", "cannot be observed"),
        ("tension > nan", "not a finite number"),
        ("tension > 1e999", "not a finite number"),
        ("tension > high", "not a finite number"),
        ("tension > true", "not a finite number"),
        ("truce_in_force == 1", "is true or false"),
        ("talks_stage == activ", "did you mean active?"),
        ("talks_stage == 2", "is not one of none, preparing"),
        ("talks_stage > active", "compare it with =="),
        ("tension > 0.8 for 400 days", "at most 366"),
        (" and ".join(["tension > 0.8"] * (MAX_CONDITIONS + 1)), f"at most {MAX_CONDITIONS}"),
    ],
)
def test_a_when_that_cannot_be_read_is_refused(text: str, said: str) -> None:
    """Whatever is no comparison of something that can be observed is refused in words."""
    with pytest.raises(ValueError, match=r".") as caught:
        parse_when(text)
    assert said in str(caught.value)


def test_observable_outcomes_and_no_others_can_be_observed() -> None:
    """Every observable outcome can stand in a `when`, and no other."""
    for outcome in OUTCOMES:
        operand = outcome.classes[0] if outcome.classes else "true"
        operand = operand if outcome.kind != "number" else "1"
        if outcome.observable:
            assert parse_when(f"{outcome.name} == {operand}")[0].observable == outcome.name
        else:
            with pytest.raises(ValueError, match="cannot be observed"):
                parse_when(f"{outcome.name} == {operand}")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_grammars(text: str) -> None:
    """Any text is read or refused with a ValueError, never anything else, and never as NaN."""
    for read in (parse_when, parse_prior, parse_value):
        try:
            found = read(text)
        except ValueError:
            continue
        assert not isinstance(found, float) or math.isfinite(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("null", None),
        ("true", True),
        ("false", False),
        ("3", 3),
        ("-3", -3),
        ("0.4", 0.4),
        (".5", 0.5),
        ("1e-3", 0.001),
        ("2025-11-01", date(2025, 11, 1)),
        ("third_country", "third_country"),
    ],
)
def test_values_of_the_command_line(text: str, expected: object) -> None:
    """A value is null, a switch, a number, a day or a word."""
    read = parse_value(text)
    assert read == expected
    assert type(read) is type(expected)


@pytest.mark.parametrize("text", ["nan", "inf", "-Infinity", "1e999", "1_000", "0x10", "3 pp"])
def test_values_that_only_look_like_numbers_are_refused(text: str) -> None:
    """What Python would read as a number, and a reader might not, is refused."""
    with pytest.raises(ValueError, match="not a finite number"):
        parse_value(text)


def test_impossible_days_and_foreign_digits() -> None:
    """A day that is none is refused; digits of other scripts make a word, which no number takes."""
    with pytest.raises(ValueError, match="not a calendar day"):
        parse_value("2025-02-30")
    assert parse_value("\u0663") == "\u0663"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("beta:6:4", Prior("beta", 6.0, 4.0)),
        ("normal:0.5:0.1", Prior("normal", 0.5, 0.1)),
        ("lognormal:2:0.4", Prior("lognormal", 2.0, 0.4)),
        ("gamma:4:8", Prior("gamma", 4.0, 8.0)),
        ("uniform:0.2:0.8", Prior("uniform", 0.2, 0.8)),
    ],
)
def test_priors_of_the_command_line(text: str, expected: Prior) -> None:
    """`family:number:number` is a prior, its numbers kept as written."""
    written = parse_prior(text)
    assert written is not None
    assert make_prior(written) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("betta:6:4", "did you mean beta?"),
        ("beta:6", "write beta:A:B"),
        ("beta:6:4:2", "write beta:A:B"),
        ("beta:six:4", "not a finite number"),
        ("beta:nan:4", "not a finite number"),
        ("beta:0:4", "above 0"),
        ("normal:1:0", "above 0"),
        ("lognormal:-2:1", "above 0"),
        ("gamma:2:0", "above 0"),
        ("uniform:3:3", "must be below"),
    ],
)
def test_priors_that_are_none_are_refused(text: str, said: str) -> None:
    """A family nobody knows, or numbers that describe no distribution, are refused in words."""
    with pytest.raises(ValueError, match=r".") as caught:
        make_prior(parse_prior(text) or {})
    assert said in str(caught.value)


def test_a_word_without_colon_is_no_prior() -> None:
    """Names of codes and plain numbers are left to the other grammar."""
    assert parse_prior("beijing") is None
    assert parse_prior("0.4") is None


def test_priors_of_files_take_their_own_numbers_only() -> None:
    """A number that belongs to another family is refused; limits belong to all but the uniform."""
    with pytest.raises(ValueError, match="does not take mean"):
        make_prior({"family": "beta", "a": 1, "b": 2, "mean": 0.5})
    with pytest.raises(ValueError, match="lacks b"):
        make_prior({"family": "beta", "a": 1})
    with pytest.raises(ValueError, match="must be below"):
        make_prior({"family": "normal", "mean": 0, "sd": 1, "low": 2, "high": 1})
    cut = make_prior({"family": "lognormal", "median": 2, "sd_log": 0.4, "high": 3})
    assert support(cut) == (0.0, 3.0)


@pytest.mark.parametrize(
    ("text", "mean", "low", "high"),
    [
        ("beta:6:4", 0.6, 0.0, 1.0),
        ("normal:0.5:0.1", 0.5, -math.inf, math.inf),
        ("lognormal:2:0.4", 2.0, 0.0, math.inf),
        ("gamma:4:8", 0.5, 0.0, math.inf),
        ("uniform:0.2:0.8", 0.5, 0.2, 0.8),
    ],
)
def test_centre_and_support_of_priors(text: str, mean: float, low: float, high: float) -> None:
    """The centre (median for a lognormal) and the ends of each family."""
    prior = make_prior(parse_prior(text) or {})
    assert prior_mean(prior) == pytest.approx(mean)
    assert support(prior) == (low, high)


@pytest.mark.parametrize("name", list(STATE))
def test_every_state_value_survives_writing_and_reading(name: str) -> None:
    """What a slot holds at first can be written as a person would and read again."""
    slot = STATE[name]
    written = decode(slot, float(slot.initial))
    if isinstance(written, str) and slot.spec.unit == "date":
        written = date.fromisoformat(written)
    assert encode(slot, written) == float(slot.initial)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("tension", True, "not a number"),
        ("tension", "0.5", "not a number"),
        ("tension", None, "null is not a number"),
        ("tension", 1.5, "not between 0 and 1"),
        ("us.addon.fentanyl_pp", -1, "below 0"),
        ("us.addon.fentanyl_pp", 1001, "out of bounds"),
        ("us.control.tech", 2.5, "not a whole number"),
        ("us.control.tech", 5, "out of bounds"),
        ("us.belief.mean", 1e300, "out of bounds"),
        ("threat.open", 1, "not true or false"),
        ("threat.open", "yes", "not true or false"),
        ("summit.venue", "bejing", "did you mean beijing?"),
        ("summit.venue", 1, "not one of none, beijing"),
        ("summit.venue", "BEIJING", "not one of"),
        ("summit.date", "2025-10-30", "without quotes"),
        ("summit.date", 20251030, "not a day"),
    ],
)
def test_values_must_fit_their_slot(name: str, value: object, said: str) -> None:
    """Type, closed list and bounds of the unit are checked for every value."""
    with pytest.raises(ValueError, match=r".") as caught:
        encode(STATE[name], value)
    assert said in str(caught.value)


def test_codes_and_dates_become_the_numbers_of_the_engine() -> None:
    """A venue is its code, a day its ordinal, never is 0."""
    assert encode(STATE["summit.venue"], "third_country") == Venue.THIRD_COUNTRY
    assert encode(STATE["summit.date"], date(2025, 10, 30)) == date(2025, 10, 30).toordinal()
    assert encode(STATE["summit.date"], None) == 0.0
    assert encode(PARAMETERS["us.hike.spacing_days"], 21.0) == 21.0


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [
        ("trade.sigma_long_ratio", 0.0, "1"),
        ("trade.us.port_fee_usd_bn", -5.0, "0"),
        ("trade.us.toys.value_usd_bn", -1.0, "0.001"),
        ("trade.us.pass_through", 0.0, "0.01"),
        ("us.noise", -1.0, "0"),
        ("cn.cost_scale_usd_bn", 0.0, "0.001"),
    ],
)
def test_what_a_field_cannot_be_is_refused(name: str, value: float, least: str) -> None:
    """A number below the least its field allows is refused with that least."""
    with pytest.raises(ValueError, match=f"is below the minimum of {least}"):
        encode(slot_index(Params)[name], value)
