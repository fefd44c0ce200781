"""Page of a single run as dated lines: who did what, the resulting duties, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, worded
from sim.report.words.glossary import act_words, feature_words
from sim.report.words.numbers import count_text, day_text, iso_day, number_text, signed
from sim.report.words.signs import ACTORS, listed

if TYPE_CHECKING:
    from sim.engine.chronicle import Chronicle, Event

SHOWN_ALTERNATIVES: Final = 4
LEAST_REASON: Final = 0.05
"""Size from which a reason is shown: at a noise of 1, 0.05 changes the odds of an act by 5 per
cent."""

OTHERS: Final = "others"
"""Stands for the alternatives that are not listed by name."""

WAIT: Final = "wait"
AGREED: Final = "agree_"
REFUSED: Final = "refuse_"
GAIN: Final = "gain"
BELOW: Final = " (a little less than it would accept)"
BOTH: Final = "Both sides"
REFUSES: Final = "would not agree to"
UNLIKELY: Final = 0.1
"""Probability below which a choice is called unlikely."""

_COLUMNS: Final = (
    "The columns on the right show the duties on all goods added since 20 Jan 2025, in percentage "
    "points, after each event: US duties on China and Chinese duties on the US. They leave out "
    "duties on sectors and on lists of goods, which the text names."
)
_DECISIONS: Final = (
    "Below each decision: the probabilities of the alternatives, and the main reasons for (+) and "
    f"against (-) the act chosen, of {LEAST_REASON:g} or more. The choice is drawn from these "
    "probabilities, so now and then it is an act against which more speaks than for it."
)
_WORTH: Final = (
    "What an agreement is worth to a side is in that side's own utility, where 1 is the noise of a "
    "choice. It is counted from the least that the side accepts, which is private and drawn in "
    "each run. This floor is soft: a side may sign slightly below it, at a worth below 0."
)


def trace_page(chronicle: Chronicle, *, waits: bool = False) -> Page:
    """Returns a chronicle as text.

    Args:
        chronicle: The record of one run.
        waits: Whether to show decisions to do nothing.
    """
    page = Page()
    days = f"{day_text(chronicle.start)} to {day_text(chronicle.until)}"
    page.title(f"{chronicle.scenario}   run {chronicle.replicate} of seed {chronicle.seed}")
    shown = [event for event in chronicle.events if waits or event.act != WAIT]
    page.say(f"{days}. {_COLUMNS} {_DECISIONS}")
    if any(event.act in (GAIN, "bundle_refused") for event in shown):
        page.say(_WORTH)
    page.gap()
    if chronicle.start_state:
        page.say("At the start (levels of controls: 1 to 4):")
        page.table([TableColumn(""), worded("")], chronicle.start_state)
        page.gap()
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


def run_json(chronicle: Chronicle) -> dict[str, Any]:
    """Returns which run a chronicle is of, as the head of a JSON object."""
    return {
        "schema": 1,
        "scenario": chronicle.scenario,
        "seed": chronicle.seed,
        "replicate": chronicle.replicate,
        "start": iso_day(chronicle.start),
        "until": iso_day(chronicle.until),
    }


def trace_json(chronicle: Chronicle) -> dict[str, Any]:
    """Returns a chronicle as one JSON object."""
    return run_json(chronicle) | {
        "start_state": dict(chronicle.start_state),
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
    yield from (["", f"  {line}"] for line in event.details)
    for kind, head in ((AGREED, "agreed"), (REFUSED, "left out")):
        told = [each for each in details if each.act.startswith(kind)]
        if told:
            yield ["", f"  {head}: {'; '.join(_merged(told))}"]
    worth = [
        f"{each.size:+.2f} to {ACTORS[str(each.side)]}{BELOW if each.size < 0.0 else ''}"
        for each in details
        if each.act == GAIN
    ]
    if worth:
        yield ["", f"  worth {' and '.join(worth)}"]
    if event.probabilities:
        yield ["", f"  probabilities in %: {_alternatives(event)}"]
    if event.features:
        yield ["", f"  {_reasons(event)}"]


def _merged(events: list[Event]) -> list[str]:
    """Joins what one side agrees to give, or refuses, in one sentence."""
    by_side: dict[str, list[str]] = {}
    for event in events:
        who = ACTORS[event.side] if event.side else BOTH
        what = event.text.removeprefix(f"{who} ")
        verb = REFUSES if event.act.startswith(REFUSED) else ""
        by_side.setdefault(f"{who} {verb}".strip(), []).append(what.removeprefix(verb).strip())
    return [
        f"{head} {listed(parts, 'or' if head.endswith(REFUSES) else 'and')}"
        for head, parts in by_side.items()
    ]


def _source(event: Event) -> str:
    return f" [{event.source}]" if event.source else ""


def _alternatives(event: Event) -> str:
    """Lists the most likely alternatives, always including the act chosen."""
    shown = _shown(event)
    others = len(event.probabilities) - len(shown) + (OTHERS in shown)
    return ", ".join(
        f"{count_text(others, 'other act') if act == OTHERS else act_words(act)} {percent}"
        for act, percent in _percents(shown).items()
    )


def _shown(event: Event) -> dict[str, float]:
    """Returns the probabilities shown, by act: the rest under the name of the others."""
    shown = dict(event.probabilities[:SHOWN_ALTERNATIVES])
    shown |= {act: p for act, p in event.probabilities if act == event.act}
    if len(shown) < len(event.probabilities):
        shown[OTHERS] = 1.0 - sum(shown.values())
    return shown


def _percents(shares: dict[str, float]) -> dict[str, str]:
    """Returns shares of 1 in whole per cent that sum to 100: those that lose most go up."""
    whole = {act: int(100.0 * p) for act, p in shares.items()}
    by_loss = sorted(shares, key=lambda act: whole[act] - 100.0 * shares[act])
    for act in by_loss[: 100 - sum(whole.values())]:
        whole[act] += 1
    return {
        act: "below 1" if shares[act] > 0.0 and not percent else f"{percent}"
        for act, percent in whole.items()
    }


def _reasons(event: Event) -> str:
    """Returns the reasons for an act; if more speaks against it than for it, says so."""
    kept = [(name, part) for name, part in event.features if abs(part) >= LEAST_REASON]
    if not kept:
        return f"no strong reason; the choice had a probability of {_percent(event)}"
    if sum(part for _, part in kept) > 0.0:
        return f"main reasons: {_weighed(event, kept)}"
    against = [pair for pair in kept if pair[1] < 0.0]
    words = f"{_standing(event)}: what speaks against it: {_weighed(event, against)}"
    in_favour = [pair for pair in kept if pair[1] > 0.0]
    return words + (f"; for it: {_weighed(event, in_favour)}" if in_favour else "")


def _weighed(event: Event, reasons: list[tuple[str, float]]) -> str:
    told = ", ".join(f"{feature_words(name)} {signed(part, 2)}" for name, part in reasons)
    return told.replace("the other side", ACTORS["cn" if event.side == "us" else "us"])


def _standing(event: Event) -> str:
    """Returns how an act stands among its alternatives, with its probability."""
    likeliest, _ = event.probabilities[0]
    if event.act == likeliest:
        place = "the likeliest choice"
    else:
        unlikely = dict(event.probabilities)[event.act] < UNLIKELY
        place = "an unlikely choice" if unlikely else "not the likeliest choice"
    return f"{place} ({_percent(event)})"


def _percent(event: Event) -> str:
    return f"{_percents(_shown(event))[event.act]}%"


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
        "details": list(event.details),
        "actors": [{"name": name, "sources": keys.split()} for name, keys in event.actors],
    }
