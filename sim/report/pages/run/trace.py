"""Page of a single run as dated lines: who did what, the resulting duties, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, worded
from sim.report.words.glossary import act_words, feature_words
from sim.report.words.numbers import count_text, day_text, iso_day, number_text, signed

if TYPE_CHECKING:
    from sim.engine.chronicle import Chronicle, Event

SHOWN_ALTERNATIVES: Final = 4
WAIT: Final = "wait"
AGREED: Final = "agree_"
REFUSED: Final = "refuse_"
GAIN: Final = "gain"


def trace_page(chronicle: Chronicle, *, waits: bool = False) -> Page:
    """Returns a chronicle as text.

    Args:
        chronicle: The record of one run.
        waits: Whether to show decisions to do nothing.
    """
    page = Page()
    days = f"{day_text(chronicle.start)} to {day_text(chronicle.until)}"
    page.title(f"{chronicle.scenario}   run {chronicle.replicate} of seed {chronicle.seed}")
    page.say(
        f"{days}. The columns on the right show the duties added since 20 Jan 2025, in percentage "
        "points, after each event: US duties on China and Chinese duties on the US. Below each "
        "decision: the probabilities of the alternatives, and the main reasons for (+) and against "
        "(-) the act chosen."
    )
    page.gap()
    shown = [event for event in chronicle.events if waits or event.act != WAIT]
    columns = [
        TableColumn("date"),
        worded("what happened"),
        TableColumn("US", "right"),
        TableColumn("CN", "right"),
    ]
    page.table(columns, [row for group in _groups(shown) for row in _rows(group)], indent=0)
    hidden = len(chronicle.events) - len(shown)
    if hidden:
        page.gap()
        page.say(f"Not shown: {count_text(hidden, 'decision')} to do nothing (use --waits).")
    return page


def trace_json(chronicle: Chronicle) -> dict[str, Any]:
    """Returns a chronicle as one JSON object."""
    return {
        "schema": 1,
        "scenario": chronicle.scenario,
        "seed": chronicle.seed,
        "replicate": chronicle.replicate,
        "start": iso_day(chronicle.start),
        "until": iso_day(chronicle.until),
        "events": [_event_json(event) for event in chronicle.events],
    }


def _groups(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Splits events into groups: each with the details of a bargain that belong to it."""
    group: list[Event] = []
    left_out: list[Event] = []
    for event in events:
        if event.act.startswith(REFUSED):
            # Refusals are recorded as the bundle is agreed, just before it is signed or stopped.
            left_out.append(event)
        elif event.act.startswith(AGREED) or event.act == GAIN:
            group.append(event)
        else:
            if group:
                yield group
            group = [event, *left_out]
            left_out = []
    if group:
        yield group


def _rows(group: list[Event]) -> Iterator[list[str]]:
    event, *details = group
    last = details[-1] if details else event
    us, cn = (number_text(last.levels.get(f"{s}_addon_pp", 0.0), 1) for s in ("us", "cn"))
    yield [day_text(event.day), event.text + _source(event), us, cn]
    for kind, head in ((AGREED, "agreed: "), (REFUSED, "left out: "), (GAIN, "")):
        told = [each.text for each in details if each.act.startswith(kind)]
        if told:
            yield ["", f"  {head}{'; '.join(_merged(told))}"]
    if event.probabilities:
        yield ["", f"  probabilities in %: {_alternatives(event)}"]
    if event.features:
        yield ["", f"  main reasons: {_reasons(event)}"]


def _merged(sentences: list[str]) -> list[str]:
    """Joins what one side refuses in one sentence; other sentences stay as they are."""
    merged: dict[str, str] = {}
    for text in sentences:
        who, verb, what = text.partition(" refuses ")
        if not verb:
            merged[text] = text
        elif who in merged:
            merged[who] += f", {what}"
        else:
            merged[who] = text
    return list(merged.values())


def _source(event: Event) -> str:
    return f" [{event.source}]" if event.source else ""


def _alternatives(event: Event) -> str:
    """Lists the most likely alternatives, always including the act chosen."""
    likeliest = list(event.probabilities[:SHOWN_ALTERNATIVES])
    if event.act not in dict(likeliest):
        likeliest += [pair for pair in event.probabilities if pair[0] == event.act]
    words = [f"{act_words(act)} {_hundredths(p)}" for act, p in likeliest]
    others = len(event.probabilities) - len(likeliest)
    if others:
        rest = 1.0 - sum(p for _, p in likeliest)
        words.append(f"{count_text(others, 'other act')} {_hundredths(rest)}")
    return ", ".join(words)


def _hundredths(p: float) -> str:
    return "below 1" if 0.0 < p < 0.005 else number_text(100.0 * p, 0)


def _reasons(event: Event) -> str:
    parts = ((feature_words(name), signed(part, 2)) for name, part in event.features)
    return ", ".join(f"{words} {size}" for words, size in parts if size != "0")


def _event_json(event: Event) -> dict[str, Any]:
    return {
        "date": iso_day(event.day),
        "phase": event.phase,
        "side": event.side,
        "act": event.act,
        "text": event.text,
        "levels": {name: clean(value) for name, value in event.levels.items()},
        "probabilities": {act: clean(p) for act, p in event.probabilities},
        "features": {name: clean(part) for name, part in event.features},
        "source": event.source,
    }
