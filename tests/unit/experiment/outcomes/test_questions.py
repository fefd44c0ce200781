"""Questions: how they are read, spelt, and meant on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.happenings import CODES
from sim.errors import NotFoundError, SimError, UsageError
from sim.experiment.outcomes.questions import (
    LONGEST,
    RunQuestion,
    UnansweredQuestion,
    asked_on,
    read_question,
    refused,
)
from sim.model.outcomes.outcome import Outcome
from sim.model.outcomes.politics import OUTCOMES
from sim.scenario.freeze import LONGEST_DAYS

ORIGIN = date(2025, 10, 23)
DAYS = st.dates(date(2025, 10, 24), date(2027, 12, 31)).map(date.isoformat)
LEGAL = [o for o in OUTCOMES if not o.quarterly and o.dated]


@st.composite
def compared(draw: st.DrawFn, outcome: Outcome) -> str:
    """Draws a comparison that suits an outcome, with its sign and value."""
    if outcome.kind == "flag":
        return draw(st.sampled_from(("", "=no", "=yes", ">0", "<1", "!=false")))
    if outcome.kind == "class":
        return draw(st.sampled_from(("=", "!="))) + draw(st.sampled_from(outcome.classes))
    sign = draw(st.sampled_from(("=", "!=", "<", "<=", ">", ">=")))
    numbers = st.floats(allow_nan=False, allow_infinity=False).map(repr)
    return sign + draw(DAYS if outcome.unit == "date" else numbers)


@st.composite
def named(draw: st.DrawFn) -> tuple[str, Outcome | None]:
    """Draws an outcome or an event, on a day or in a period."""
    outcome = draw(st.one_of(st.none(), st.sampled_from(LEGAL)))
    first, last = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
    counts = outcome is None or outcome.unit == "count"
    day = f"@{first}..{last}" if counts and draw(st.booleans()) else f"@{last}"
    if outcome is None:
        side = draw(st.sampled_from(("", "us.", "cn.")))
        return f"{side}{draw(st.sampled_from(sorted(CODES)))}_by{day}", None
    return f"{outcome.name}{day}", outcome


@st.composite
def condition(draw: st.DrawFn) -> str:
    """Draws a condition."""
    name, outcome = draw(named())
    no = st.sampled_from(("", "=no", "=yes"))
    return name + (draw(no) if outcome is None else draw(compared(outcome)))


@st.composite
def question(draw: st.DrawFn) -> str:
    """Draws a question: a quantity or conditions, perhaps under others."""
    conditions = st.lists(condition(), min_size=1, max_size=3).map(" and ".join)
    name, outcome = draw(named())
    number = outcome is not None and outcome.kind == "number"
    asked = name if number and draw(st.booleans()) else draw(conditions)
    if draw(st.booleans()):
        return asked
    return f"{asked}{draw(st.sampled_from((' | ', ' given ', '|')))}{draw(conditions)}"


def meant(question: RunQuestion) -> list[tuple[object, ...]]:
    """What a question means, however it was typed."""
    return [
        (r.what, r.when, r.since, getattr(r, "sign", None), getattr(r, "value", None))
        for r in (*question.readings, *question.given)
    ]


@given(question())
def test_a_spelling_reads_back_as_the_same(text: str) -> None:
    """What is written out means what was read, and is written out the same again."""
    # Fails if a sign, a digit, a day, a condition or the mark before conditions is lost.
    read = read_question(text)
    again = read_question(read.spelling)

    assert meant(again) == meant(read)
    assert (len(again.events), len(again.given)) == (len(read.events), len(read.given))
    assert again.spelling == read.spelling


@given(question())
def test_on_a_day_nothing_is_counted_from_before(text: str) -> None:
    """Events and counts begin after the day, or later if they say so; nothing else changes."""
    # Fails if a count or an event keeps what came before, or a level is read as an increase.
    read = read_question(text)
    asked = asked_on(read, ORIGIN)

    for reading, typed in zip(asked.readings, read.readings, strict=True):
        assert reading.since == (typed.since or ("2025-10-23" if typed.is_increase else ""))
        assert (reading.what, reading.when) == (typed.what, typed.when)
    assert asked_on(asked, ORIGIN) == asked


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("truce_in_force@2025-11-11=yes", "truce_in_force@2025-11-11"),
        ("signed[soybeans]@2025-12-31>0", "signed[soybeans]@2025-12-31"),
        ("leaders_meetings@2025-12-31 >= 2", "leaders_meetings@2025-12-31>=2"),
        ("us.hike_by@2025-12-31=true", "us.hike_by@2025-12-31"),
        ("us_addon_pp@2025-12-31", "us_addon_pp@2025-12-31"),
        (
            "calls@2025-11-30>=1 AND rounds@2025-11-30>0 given leaders_met@2025-11-30=0",
            "calls@2025-11-30>=1 and rounds@2025-11-30>0 | leaders_met@2025-11-30=no",
        ),
        ("pause_ends_on@2025-11-30|leaders_met", "pause_ends_on@2025-11-30 | leaders_met"),
    ],
)
def test_a_question_has_one_spelling(text: str, spelling: str) -> None:
    """The shortest, with spaces around the words that join."""
    # Fails if yes is spelt out, or a quantity is taken for a condition.
    assert read_question(text).spelling == spelling


def test_a_question_knows_what_it_needs() -> None:
    """Days on which runs report, the last of them, and whether events are read."""
    # Fails if the conditions after the mark are forgotten.
    read = read_question("us_addon_pp@2025-12-31 | us.hike_by@2025-11-05..2026-01-31")

    assert read.quantity is not None
    assert read.needs_events
    assert read.days == (date(2025, 11, 5), date(2025, 12, 31), date(2026, 1, 31))
    assert read.last_day == date(2026, 1, 31)
    assert not read_question("us_addon_pp@2025-12-31").needs_events
    assert read_question("leaders_met and calls@2025-12-31>0").last_day is None


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("", NotFoundError, "no outcome ''"),
        ("deal_status@2025-11-11", UsageError, "deal_status@2025-11-11=CLASS"),
        ("us_addon_pp@2025-11-11 and leaders_met", UsageError, "compare it"),
        ("leaders_met or calls>=1", UsageError, "expected a comparison"),
        ("leaders_met | calls>=1 | rounds>=1", UsageError, "may stand once"),
        ("leaders_met | us_addon_pp@2025-11-11", UsageError, "compare it"),
        ("leaders_met |", UsageError, "expected a comparison"),
        ("a" * (LONGEST + 1), UsageError, "has 1,001 letters"),
    ],
)
def test_what_is_no_question_says_why(text: str, error: type[Exception], told: str) -> None:
    """A class alone, a number in a condition, two conditions of conditions."""
    # Fails if a part is dropped, or read as something else.
    with pytest.raises(error, match=told):
        read_question(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("path_class=conflict", "a forecast is for a day; .* confrontation@DATE"),
        ("leaders_met", "say for which day, as in leaders_met@DATE"),
        ("leaders_met@2025-11-01 | failed=no", "known only at the end of a run"),
        ("leaders_met@2025-10-23", "is not after 2025-10-23"),
        ("us.hike_by@2025-10-01", "is not after 2025-10-23"),
        ("tariff_pct[us.toys]@2025Q3", "2025Q3 is not after"),
        ("leaders_met@2045-01-01", f"runs reach {ORIGIN + timedelta(LONGEST_DAYS)}"),
        ("leaders_met@9999-12-31", "is too far"),
        ("calls@2025-10-01..2025-11-01>0", "write calls@2025-10-23..2025-11-01"),
    ],
)
def test_a_question_that_a_day_cannot_answer_says_why(text: str, told: str) -> None:
    """With what can be asked instead."""
    # Fails if a day that is known, never reached, or missing is let through.
    with pytest.raises(UsageError, match=told):
        asked_on(read_question(text), ORIGIN)


@pytest.mark.parametrize("origin", [date.min, date.max])
def test_any_day_can_be_asked_on(origin: date) -> None:
    """The first and the last of the calendar too."""
    # Fails if a day beyond the calendar is computed.
    for text in ("leaders_met", "leaders_met@2025-11-01", "leaders_met@9999-12-31"):
        with pytest.raises(UsageError):
            asked_on(read_question(text), origin)


def wrong(place: str, error: SimError) -> UnansweredQuestion:
    """A question that cannot be answered."""
    return UnansweredQuestion(place, "2025-10-23", "x", error)


def test_a_single_question_is_refused_with_its_own_error() -> None:
    """Several are listed, each with its place once, under the code they share."""
    # Fails if an error is left out, or the kind is lost.
    lone = NotFoundError("q.csv:2 x: no")
    listed = refused([wrong("q.csv:2", lone), wrong("q.csv:3", NotFoundError("nothing"))], 5)
    mixed = refused([wrong("q.csv:2", lone), wrong("q.csv:3", UsageError("nothing"))], 2)

    assert refused([wrong("q.csv:2", lone)], 1) is lone
    assert isinstance(listed, NotFoundError)
    assert str(listed).splitlines() == [
        "2 of 5 questions cannot be answered:", "q.csv:2 x: no", "q.csv:3: nothing"
    ]  # fmt: skip
    assert isinstance(mixed, UsageError)
