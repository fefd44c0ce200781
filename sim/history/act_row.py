"""Rows of a table of recorded acts: what each cell may hold, and what it may hold beside others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from sim.errors import nearest
from sim.history.acts import BOTH, FIRST_DAY, ActType, RecordedAct
from sim.history.csv_table import Row
from sim.history.legs import LEGS, NONE, THREATEN, UNMAPPED, is_duty, may_end, may_start_later
from sim.history.tariffs import LARGEST_PP
from sim.history.text_files import SHOWN_NAME
from sim.history.user_table import NOT_THE_FIELDS, CellError, day_in, number_in, quoted

T = TypeVar("T")

CONFIDENCES: Final = ("high", "medium", "low")
"""Two sources agree; one source, or memory in part; memory alone."""

SIZED: Final = ("hike", "threat", "cut")
"""Acts that may have a size."""

_TYPES: Final = {(kind.side, kind.act): kind for kind in ActType}
_YES: Final = {"yes": True, "no": False}


def read_act(row: Row, last_day: int, errors: list[CellError]) -> RecordedAct | None:
    """Returns the act of a row; None if it is wrong.

    Args:
        row: Cells by column, empty if the row has another length than the header.
        last_day: Last day of an act, an ordinal.
        errors: List to which all errors of the row are added.
    """
    if not row:
        errors.append(CellError("", NOT_THE_FIELDS))
        return None

    def tried(read: Callable[..., T], *more: object) -> T | None:
        try:
            return read(row, *more)
        except CellError as error:
            errors.append(error)
            return None

    day = tried(_day, last_day)
    kind = tried(_type)
    leg = None if kind is None else tried(_leg, kind)
    event, source = tried(_text, "event"), tried(_text, "source")
    size = None if kind is None else tried(_size, kind)
    bilateral = tried(_answer, "bilateral", "")
    counted = tried(_answer, "counted", "yes")
    confidence = tried(_confidence)
    if kind is None or leg is None or day is None:
        return None
    points = tried(_points, kind, leg)
    effective = tried(_effective, day, kind, leg)
    until = tried(_until, day, kind, leg)
    executes = tried(_executes, kind, leg)
    unmapped = tried(_unmapped, leg)
    if errors:
        return None
    return RecordedAct(
        day, kind, str(event), size, bool(bilateral), str(source), str(confidence), leg, points,
        effective, until, bool(executes), str(unmapped), bool(counted),
    )  # fmt: skip


def _day(row: Row, last_day: int) -> int:
    """Returns the day of an act."""
    day = day_in("date", row["date"]).toordinal()
    if not FIRST_DAY <= day <= last_day:
        first, last = date.fromordinal(FIRST_DAY), date.fromordinal(last_day)
        raise CellError("date", f"{row['date']} is not within {first} to {last}, the record's days")
    return day


def _type(row: Row) -> ActType:
    """Returns the type of an act."""
    side = _one_of("side", row["side"], tuple(dict.fromkeys(kind.side for kind in ActType)))
    acts = tuple(kind.act for kind in ActType if kind.side == side)
    owner = "the two together" if side == BOTH else side
    return _TYPES[side, _one_of("act", row["act"], acts, f" of {owner}")]


def _leg(row: Row, kind: ActType) -> str:
    """Returns the leg of an act."""
    whose = f" of act {kind.act} of {kind.side}"
    return _one_of("leg", row["leg"], (*LEGS[kind.side, kind.act], NONE), whose)


def _text(row: Row, column: str) -> str:
    """Returns a text, which may not be empty or hold what cannot be printed."""
    text = row[column]
    if not text:
        raise CellError(column, f"is empty; every act has its {column}")
    if not text.isprintable():
        raise CellError(column, f"{quoted(text)} has characters that cannot be printed")
    return text


def _size(row: Row, kind: ActType) -> float | None:
    """Returns the size of an act in points; None if it has none."""
    text = row["size_pp"]
    if not text:
        return None
    if kind.act not in SIZED:
        raise CellError("size_pp", f"found {text}; only {', '.join(SIZED)} have a size")
    size = number_in("size_pp", text)
    if not 0.0 < size <= LARGEST_PP:
        raise CellError("size_pp", f"{size:g} points; a size is above 0, at most {LARGEST_PP:g}")
    return size


def _answer(row: Row, column: str, otherwise: str) -> bool:
    """Returns the answer to a question, or what an empty cell stands for."""
    return _YES[_one_of(column, row[column] or otherwise, tuple(_YES))]


def _confidence(row: Row) -> str:
    """Returns how sure an act is."""
    return _one_of("confidence", row["confidence"], CONFIDENCES)


def _points(row: Row, kind: ActType, leg: str) -> float | None:
    """Returns the average points of a duty raised, cut or threatened."""
    text = row["points_pp"]
    duty = is_duty(kind.side, leg)
    if not text and duty:
        raise CellError(
            "points_pp",
            f"is empty; a {kind.act} of {leg} gives the average points over all goods: rate x "
            "share of trade covered",
        )
    if not text:
        return None
    if not duty and leg != THREATEN:
        raise CellError("points_pp", f"{quoted(text)}: only a duty and a threat of one have points")
    points = number_in("points_pp", text)
    low, high = (-LARGEST_PP, 0.0) if kind.act == "cut" else (0.0, LARGEST_PP)
    if not low <= points <= high:
        raise CellError(
            "points_pp", f"{points:g}; the points of a {kind.act} lie from {low:g} to {high:g}"
        )
    return points


def _effective(row: Row, day: int, kind: ActType, leg: str) -> int | None:
    """Returns the day on which an act comes into force; None for its own."""
    if not row["effective"]:
        return None
    if not may_start_later(kind.act, leg):
        told = f"{quoted(row['effective'])}: only a duty, a control and a truce come into force"
        raise CellError("effective", told)
    return _not_before("effective", row["effective"], day)


def _until(row: Row, day: int, kind: ActType, leg: str) -> int | None:
    """Returns the deadline of a threat, or the first day without a truce; None if there is none."""
    if not row["until"]:
        return None
    if not may_end(kind.act, leg):
        told = f"{quoted(row['until'])}: only a threat, its delay and a truce have an end"
        raise CellError("until", told)
    return _not_before("until", row["until"], day)


def _not_before(column: str, text: str, day: int) -> int:
    """Returns a day that is not before that of the act."""
    found = day_in(column, text).toordinal()
    if found < day:
        raise CellError(column, f"{text} is before {date.fromordinal(day)}, the date of the row")
    return found


def _executes(row: Row, kind: ActType, leg: str) -> bool:
    """Returns whether a hike carries out a threat."""
    executes = _answer(row, "executes", "no")
    if executes and not (kind == ActType.US_HIKE and is_duty(kind.side, leg)):
        raise CellError("executes", "'yes': only a hike of us carries out a threat")
    return executes


def _unmapped(row: Row, leg: str) -> str:
    """Returns why an act is nothing in the model; an empty text if it is something."""
    if leg == NONE:
        return _one_of("unmapped", row["unmapped"], tuple(UNMAPPED), " of leg none")
    if row["unmapped"]:
        told = f"{quoted(row['unmapped'])}: leg {leg} is in the model; leave this empty"
        raise CellError("unmapped", told)
    return ""


def _one_of(column: str, found: str, allowed: tuple[str, ...], whose: str = "") -> str:
    """Returns a text that is one of those allowed."""
    if found not in allowed:
        hint = nearest(found[:SHOWN_NAME], allowed)
        raise CellError(column, f"{quoted(found)}{whose}; allowed: {', '.join(allowed)}{hint}")
    return found
