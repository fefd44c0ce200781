"""Page of a single run as two papers tell it: one of Washington, one of Beijing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sim.model.tables.codes import CONTACT_CALL, CONTACT_MEETING, CONTACT_NONE, CONTACT_ROUND
from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, worded
from sim.report.pages.single_run.papers import Wording, account, wording
from sim.report.pages.single_run.trace import run_json
from sim.report.words.numbers import day_text, iso_day
from sim.report.words.signs import ACTORS

if TYPE_CHECKING:
    from sim.engine.chronicle import Chronicle, Event

READOUT: Final = "readout"
SAYS_NOTHING: Final = "-"

_LEAD: Final = (
    "Each event is told twice, as the press of either country would; a dash: the paper says "
    "nothing of it. What was decided and why is in the chronicle (without --news)."
)


class Item(NamedTuple):
    """Item of the two papers.

    Attributes:
        day: Ordinal day.
        act: Kind of the event.
        side: Side that acted, `us` or `cn`; None for both, for neither, and for the two accounts of
            a contact.
        told: Its wording in both papers.
        warmth: Warmth of the two accounts, if it is a pair of them.
    """

    day: int
    act: str
    side: str | None
    told: Wording
    warmth: dict[str, float]


def news_page(chronicle: Chronicle) -> Page:
    """Returns a chronicle as two papers, day by day."""
    page = Page()
    page.title(f"{chronicle.scenario}   run {chronicle.replicate} of seed {chronicle.seed}")
    page.say(f"{day_text(chronicle.start)} to {day_text(chronicle.until)}. {_LEAD}")
    page.gap()
    columns = [TableColumn("date"), TableColumn("paper"), worded("what it says")]
    page.table(columns, list(_rows(items(chronicle.events))), indent=0)
    return page


def news_json(chronicle: Chronicle) -> dict[str, Any]:
    """Returns the two papers as one JSON object; a paper that says nothing has null."""
    return run_json(chronicle) | {
        "items": [
            {
                "date": iso_day(item.day),
                "act": item.act,
                "side": item.side,
                "washington": item.told.us,
                "beijing": item.told.cn,
                "warmth": {side: clean(value) for side, value in item.warmth.items()},
            }
            for item in items(chronicle.events)
        ],
    }


def items(events: Sequence[Event]) -> Iterator[Item]:
    """Yields what at least one paper tells, in order; the two accounts of a contact together."""
    told_before: Counter[str] = Counter()
    for day, group in groupby(events, key=lambda event: event.day):
        today = list(group)
        contact = _contact(today)
        accounts = {str(event.side): event.size for event in today if event.act == READOUT}
        for event in today:
            if event.act != READOUT:
                told, side, warmth = wording(event, told_before[event.act]), event.side, {}
            elif accounts:
                sides = (accounts.get("us"), accounts.get("cn"))
                told = Wording(*(
                    None if size is None else account(name, size, contact, told_before[READOUT])
                    for name, size in zip(("us", "cn"), sides, strict=True)
                ))  # fmt: skip
                side, warmth, accounts = None, accounts, {}
            else:
                continue
            told_before[event.act] += 1
            if told.us or told.cn:
                yield Item(day, event.act, side, told, warmth)


def _contact(today: Sequence[Event]) -> int:
    """Returns the contact of a day, by its events."""
    acts = {event.act for event in today}
    if "summit_held" in acts:
        return CONTACT_MEETING
    if any(event.act == "call_leader" and event.size > 0.0 for event in today):
        return CONTACT_CALL
    return CONTACT_ROUND if acts & {"ministers_round", "hold_round"} else CONTACT_NONE


def _rows(told: Iterator[Item]) -> Iterator[list[str]]:
    known = 0
    for item in told:
        yield [
            day_text(item.day) if item.day != known else "",
            ACTORS["us"],
            item.told.us or SAYS_NOTHING,
        ]
        yield ["", ACTORS["cn"], item.told.cn or SAYS_NOTHING]
        known = item.day
