"""State of words: what each side last said in public, and how often."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import per_side
from sim.model.tables.vocabulary import Remark, Side


class WordState:
    """Statements of the run."""

    readout: list[float] = per_side(
        "share", "Warmth of a side's last account of a contact: 0 = hostile, 1 = warm."
    )
    readout_day: list[int] = per_side("date", "Day on which a side last gave one.")
    statements: list[int] = per_side("count", "Number of posts, accounts of contacts and lines.")
    overstated: list[float] = field(
        "",
        unit="1",
        shape=(Side,),
        meaning="Sum over them of the warmth of the words less that of how things stood.",
    )
    posts: list[int] = field(
        "", unit="count", shape=(Remark,), meaning="Number of posts of the US leader, by kind."
    )
    lines: int = field("", unit="count", meaning="Number of conciliatory lines of China.")
    line_day: int = field("", unit="date", meaning="Day of the last one.")
