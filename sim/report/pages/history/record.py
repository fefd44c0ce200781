"""Acts on record as a table in 80 columns, as counts by type, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sim.history.acts import ActType, RecordedAct
from sim.history.legs import NONE, UNMAPPED
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import day_text, iso_day, signed


def say_acts(page: Page, acts: Iterable[RecordedAct]) -> None:
    """Adds a table of acts, with points and dates, and what the words in it mean."""
    columns = [
        TableColumn("day"), TableColumn("side"), worded("act: leg"), numeric("points"),
        worded("event"),
    ]  # fmt: skip
    page.table(columns, [_row(act) for act in acts], indent=0)
    page.gap()
    page.say(
        "leg: what the act is in the model. points: added to the average duty on all goods that "
        "the side imports from the other. --json has sources."
    )


def say_counts(page: Page, acts: Sequence[RecordedAct]) -> None:
    """Adds a table of the number of acts of each type."""
    held = Counter(act.type for act in acts)
    rows = [[kind.title, f"{held[kind]}"] for kind in ActType if held[kind]]
    page.table([TableColumn("act"), numeric("number")], [*rows, ["all", f"{len(acts)}"]])


def act_json(act: RecordedAct) -> dict[str, Any]:
    """Returns an act under the names of the columns of its table."""
    return {
        "date": iso_day(act.day),
        "side": act.type.side,
        "act": act.type.act,
        "leg": act.leg,
        "points_pp": act.points_pp,
        "effective": _iso(act.effective),
        "until": _iso(act.until),
        "executes": act.executes,
        "unmapped": act.unmapped or None,
        "event": act.event,
        "size_pp": act.size_pp,
        "bilateral": act.bilateral,
        "counted": act.counted,
        "source": act.source,
        "confidence": act.confidence,
    }


def counts_json(acts: Iterable[RecordedAct]) -> dict[str, int]:
    """Returns the number of acts of each type, by name."""
    held = Counter(act.type for act in acts)
    return {kind.name.lower(): held[kind] for kind in ActType}


def _row(act: RecordedAct) -> list[str]:
    points = "" if act.points_pp is None else signed(act.points_pp, 2)
    # A leg of the same name as its act would only be said twice.
    words = act.type.act if act.leg == act.type.act else f"{act.type.act}: {act.leg}"
    return [str(iso_day(act.day)), act.type.side, words, points, _event(act)]


def _event(act: RecordedAct) -> str:
    """Returns the event, with what the other columns do not say."""
    more = []
    if act.effective is not None:
        more.append(f"in force {day_text(act.effective)}")
    if act.until is not None:
        more.append(f"until {day_text(act.until)}")
    if act.executes:
        more.append("carries out a threat")
    if act.leg == NONE:
        more.append(f"not in the model: {UNMAPPED[act.unmapped]}")
    if not act.bilateral:
        more.append("not aimed at the other side")
    return f"{act.event} [{'; '.join(more)}]" if more else act.event


def _iso(day: int | None) -> str | None:
    return None if day is None else iso_day(day)
