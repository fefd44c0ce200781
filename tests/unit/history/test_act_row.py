"""Rows of a table of acts: what is wrong in a cell, and what is allowed instead."""

from __future__ import annotations

import pytest

from sim.history.act_row import read_act
from sim.history.act_table import SHAPE
from sim.history.acts import RecordedAct
from sim.history.csv_table import Row
from sim.history.user_table import LAST_DATE, CellError

HIKE = "2025-02-01,us,hike,fentanyl,10,2025-02-04,,yes,,x,10,yes,,order,high"
THREAT = "2025-02-01,us,threat,threaten,10,,2025-03-01,,,x,10,yes,,order,high"
TRUCE = "2025-02-01,both,truce,truce,,2025-02-04,2025-05-01,,,x,,yes,,order,high"
CONTROL = "2025-02-01,cn,control,rare_earths,,2025-02-04,,,,x,,yes,,order,high"
NOTHING = "2025-02-01,cn,threat,none,,,,,chinese_threat,x,,yes,,order,high"


def row(text: str, **cells: str) -> Row:
    """Returns a row with some cells changed."""
    return dict(zip(SHAPE.required, text.split(","), strict=True)) | cells


def read(cells: Row) -> tuple[RecordedAct | None, list[CellError]]:
    """Returns the act of a row, and the errors in it."""
    errors: list[CellError] = []
    return read_act(cells, LAST_DATE.toordinal(), errors), errors


@pytest.mark.parametrize("text", [HIKE, THREAT, TRUCE, CONTROL, NOTHING])
def test_rows_of_every_kind_are_taken(text: str) -> None:
    """The rows that the others change one cell of."""
    # Fails if a right row is refused.
    act, errors = read(row(text))

    assert act is not None
    assert errors == []


@pytest.mark.parametrize(
    ("text", "column", "cell", "said"),
    [
        (HIKE, "date", "2025-02-30", "'2025-02-30' is not a date; write it as YYYY-MM-DD"),
        (HIKE, "date", "", "'' is not a date"),
        (HIKE, "date", "2017-03-31", "is not within 2017-04-01 to 2199-12-31"),
        (HIKE, "date", "2200-01-01", "is after 2199-12-31"),
        (HIKE, "side", "usa", "'usa'; allowed: us, cn, both; did you mean us?"),
        (HIKE, "act", "hikes", "'hikes' of us; allowed: hike, threat, cut, control, ease; did"),
        (TRUCE, "act", "hike", "'hike' of the two together; allowed: round, contact, truce, "),
        (HIKE, "leg", "fentanil", "of act hike of us; allowed: s301, s232, fentanyl, reciprocal, "),
        (HIKE, "leg", "fentanil", "did you mean fentanyl?"),
        (HIKE, "leg", "full_reply", "allowed: s301, s232, fentanyl, reciprocal, none"),
        (HIKE, "leg", "threaten", "allowed: s301, s232, fentanyl, reciprocal, none"),
        (CONTROL, "leg", "tech", "allowed: rare_earths, entities, probes, buyer_freeze, port_fees"),
        (NOTHING, "leg", "threaten", "'threaten' of act threat of cn; allowed: none"),
        (TRUCE, "leg", "phase_one", "allowed: truce, extension, swap, purchases, fentanyl, "),
        (HIKE, "points_pp", "", "is empty; a hike of fentanyl gives the average points over all"),
        (HIKE, "points_pp", "ten", "'ten' is not a number; write it as 25 or 12.5"),
        (HIKE, "points_pp", "-10", "-10; the points of a hike lie from 0 to 1000"),
        (HIKE, "points_pp", "1001", "the points of a hike lie from 0 to 1000"),
        (HIKE, "points_pp", "nan", "'nan' is not a number"),
        (CONTROL, "points_pp", "5", "only a duty and a threat of one have points"),
        (HIKE, "effective", "2025-01-31", "2025-01-31 is before 2025-02-01, the date of the row"),
        (HIKE, "effective", "soon", "'soon' is not a date"),
        (THREAT, "effective", "2025-03-01", "only a duty, a control and a truce come into force"),
        (NOTHING, "effective", "2025-03-01", "only a duty, a control and a truce come into force"),
        (THREAT, "until", "2025-01-31", "2025-01-31 is before 2025-02-01, the date of the row"),
        (TRUCE, "until", "2025-01-31", "2025-01-31 is before 2025-02-01, the date of the row"),
        (HIKE, "until", "2025-03-01", "only a threat, its delay and a truce have an end"),
        (HIKE, "executes", "maybe", "'maybe'; allowed: yes, no"),
        (THREAT, "executes", "yes", "only a hike of us carries out a threat"),
        (NOTHING, "unmapped", "", "'' of leg none; allowed: chinese_threat, exemptions, trade"),
        (NOTHING, "unmapped", "exemption", "did you mean exemptions?"),
        (HIKE, "unmapped", "exemptions", "leg fentanyl is in the model; leave this empty"),
        (HIKE, "event", "", "is empty; every act has its event"),
        (HIKE, "event", "a\x1b[31m", "has characters that cannot be printed"),
        (HIKE, "event", "nul\0l", "'nul\\x00l' has characters that cannot be printed"),
        (HIKE, "source", "", "is empty; every act has its source"),
        (HIKE, "size_pp", "0", "0 points; a size is above 0, at most 1000"),
        (CONTROL, "size_pp", "10", "found 10; only hike, threat, cut have a size"),
        (HIKE, "bilateral", "", "''; allowed: yes, no"),
        (HIKE, "counted", "true", "'true'; allowed: yes, no"),
        (HIKE, "confidence", "sure", "'sure'; allowed: high, medium, low"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_what_is_allowed(
    text: str, column: str, cell: str, said: str
) -> None:
    """One cell is wrong, and one error is told, of its column."""
    # Fails if a check is left out, or is of another column.
    act, errors = read(row(text, **{column: cell}))

    assert act is None
    assert [error.column for error in errors] == [column]
    assert said in str(errors[0])


def test_a_cut_has_points_below_nothing() -> None:
    """A sign forgotten would raise the duty instead."""
    # Fails if a cut may have points above 0.
    act, errors = read(row(HIKE, act="cut", points_pp="10", executes=""))

    assert act is None
    assert [str(error) for error in errors] == ["10; the points of a cut lie from -1000 to 0"]
    cut, _ = read(row(HIKE, act="cut", points_pp="-10", executes=""))
    assert cut is not None
    assert cut.points_pp == -10.0


def test_a_threat_may_have_no_points_and_no_deadline() -> None:
    """Many name neither the goods nor the day."""
    # Fails if a threat must be complete.
    act, errors = read(row(THREAT, points_pp="", until="", size_pp=""))

    assert errors == []
    assert act is not None
    assert (act.points_pp, act.until, act.size_pp) == (None, None, None)


def test_a_delay_has_a_new_deadline_and_no_start() -> None:
    """It is a cut in the record, and a step of the threat in the model."""
    # Fails if a delay is treated as a cut of a duty in force.
    cells = row(THREAT, act="cut", leg="postpone_threat", points_pp="")
    act, _ = read(cells)

    assert act is not None
    assert not act.changes_duty
    _, errors = read(cells | {"effective": "2025-03-01"})
    assert [error.column for error in errors] == ["effective"]


def test_a_long_text_is_cut_in_the_error() -> None:
    """A cell of a hundred thousand letters gives a message of one line."""
    # Fails if a user's text is repeated whole.
    _, errors = read(row(HIKE, leg="x" * 100_000))

    assert len(str(errors[0])) < 300


@pytest.mark.parametrize(("text", "column"), [(HIKE, "effective"), (THREAT, "until")])
def test_a_day_may_be_that_of_the_act(text: str, column: str) -> None:
    """A duty in force at once, and a deadline of the same day."""
    # Fails if the day must be later than that of the act.
    act, errors = read(row(text, **{column: "2025-02-01"}))

    assert errors == []
    assert act is not None
    assert act.day in {act.effective, act.until}
