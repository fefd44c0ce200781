"""Scenarios as text: the list, one resolved scenario, and every number with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sim.model.fields import Slot, slot_index
from sim.model.params import Params
from sim.model.state import State
from sim.model.vocabulary import CalendarKind
from sim.report.glossary import KIND_WORDS
from sim.report.terminal import Column, Page, numeric, worded
from sim.report.words import count_text, day_text, number_text, quantity, spaced

if TYPE_CHECKING:
    from sim.scenario.catalog import Summary
    from sim.scenario.resolved import Action, CalendarEntry, Condition, Intervention, Resolved

KINDS: Final = ("reported", "measured", "estimated", "assumed")
SLOTS: Final[dict[str, Slot]] = {**slot_index(State), **slot_index(Params)}


def list_page(summaries: Sequence[Summary]) -> Page:
    """Returns the scenarios, one a line, with the question each answers."""
    page = Page()
    width = max((len(summary.name) for summary in summaries), default=0)
    rows = []
    for summary in summaries:
        question = summary.question
        if summary.needs:
            question += f" (not built yet: {', '.join(summary.needs)})"
        rows.append([summary.name, question])
    page.table([Column("scenario".ljust(width)), worded("the question it answers")], rows, indent=0)
    page.gap()
    page.say("Play one with: detente run NAME")
    return page


def value_text(name: str, value: float, unit: str) -> str:
    """Returns a value of a scenario as a reader would write it: codes as words, days as dates."""
    slot = SLOTS.get(name)
    if slot is not None and hasattr(slot.spec.type, "__members__"):
        return spaced(slot.spec.type(int(value)).name.lower())
    if slot is not None and slot.spec.type is bool:
        return "yes" if value else "no"
    return quantity(value, unit)


def meaning_of(name: str) -> str:
    """Returns what a number stands for, from the field tables."""
    slot = SLOTS.get(name)
    return slot.spec.meaning if slot else ""


def kinds_of(resolved: Resolved) -> Counter[str]:
    """Counts the numbers behind a scenario, initial state and parameters, by kind of source."""
    counts: Counter[str] = Counter(p.kind for p in resolved.parameters.values())
    counts.update(p.kind for p in resolved.sources.values())
    return counts


def assumed_line(resolved: Resolved) -> str:
    """Returns the sentence that says how much of a scenario no source gives."""
    counts = kinds_of(resolved)
    total = sum(counts.values())
    rest = ", ".join(f"{counts[k]} {k}" for k in KINDS if k != "assumed" and counts[k])
    return (
        f"Of the {count_text(total, 'number')} behind this, {counts['assumed']} are assumed (no "
        f"source gives them) and {rest}."
    )


def explain_page(resolved: Resolved) -> Page:
    """Returns every number of a scenario with unit, kind and source."""
    page = Page()
    page.title(f"{resolved.name}: every number behind it")
    page.say(assumed_line(resolved))
    for kind in KINDS:
        page.say(f"{kind}: {KIND_WORDS[kind]}", indent=2)
    page.heading("Where it starts")
    for name, value in resolved.state.items():
        origin = resolved.sources.get(name)
        unit = origin.unit if origin else ""
        kind, source, reason = (origin.kind, origin.source, origin.reason) if origin else ("",) * 3
        _number(page, name, value_text(name, value, unit), kind, source, reason)
    page.heading("Parameters")
    for name, parameter in resolved.parameters.items():
        text = value_text(name, parameter.value, parameter.unit)
        _number(page, name, text, parameter.kind, parameter.source, parameter.reason)
        if parameter.low is not None and parameter.high is not None:
            low, high = number_text(parameter.low), number_text(parameter.high)
            page.say(f"range {low} to {high}", indent=4)
    page.heading("Calendar")
    for entry in resolved.calendar:
        page.say(f"{day_text(entry.day)}  {entry.label} [{_kind(entry)}; {entry.source}]", indent=2)
    return page


def show_page(resolved: Resolved) -> Page:
    """Returns a resolved scenario: what it sets, and in which file and line."""
    page = Page()
    page.title(f"{resolved.name}   {day_text(resolved.start)} to {day_text(resolved.until)}")
    page.say(resolved.question)
    if resolved.needs:
        page.say(f"Not built yet, so left out: {', '.join(resolved.needs)}.")
    page.heading("Where it starts")
    rows = [
        [name, value_text(name, value, _unit(resolved, name)), resolved.origins.get(name, "")]
        for name, value in resolved.state.items()
    ]
    page.table([worded("name"), numeric("value"), worded("set in")], rows)
    page.heading("Calendar")
    page.table(
        [Column("date"), Column("kind"), worded("what")],
        [[day_text(e.day), _kind(e), e.label] for e in resolved.calendar],
    )
    if resolved.interventions:
        page.heading("Interventions")
        for row in resolved.interventions:
            page.say(f"{row.key}: {_intervention(row)}", indent=2)
    page.heading("Parameters changed from their usual values")
    _changes(page, resolved)
    page.gap()
    page.say(f"All numbers with sources: detente scenario explain {resolved.name}")
    return page


def _changes(page: Page, resolved: Resolved) -> None:
    if not resolved.changes:
        page.say("none", indent=2)
        return
    rows = [
        [change.key, _plain(change.old), _plain(change.new), change.by]
        for change in resolved.changes
    ]
    page.table([worded("name"), numeric("was"), numeric("is"), worded("by")], rows)


def _number(page: Page, name: str, text: str, kind: str, source: str, reason: str) -> None:
    page.say(f"{name} = {text}  [{kind}{'; ' + source if source else ''}]", indent=2)
    note = meaning_of(name)
    if reason:
        note = f"{note} Why this value: {reason}." if note else f"Why this value: {reason}."
    if note:
        page.say(note, indent=4)


def _unit(resolved: Resolved, name: str) -> str:
    origin = resolved.sources.get(name)
    return origin.unit if origin else ""


def _kind(entry: CalendarEntry) -> str:
    return spaced(CalendarKind(entry.kind).name.lower())


def _intervention(row: Intervention) -> str:
    when = [day_text(row.day)] if row.day else []
    if row.until:
        when.append(f"until {day_text(row.until)}")
    when += [_condition(condition) for condition in row.when]
    return f"{', '.join(when)}: {'; '.join(_action(action) for action in row.do)}"


def _condition(condition: Condition) -> str:
    text = f"when {condition.observable} {condition.op} {number_text(condition.value)}"
    return f"{text} for {condition.for_days} days" if condition.for_days else text


def _action(action: Action) -> str:
    if action.kind == "set":
        return f"set {action.name} = {_plain(action.value)}"
    side = ("the US", "China")[action.side] if action.side is not None else "either side"
    size = f" ({number_text(action.size_pp)} pp)" if action.size_pp is not None else ""
    verb = "must" if action.kind == "force" else "may not"
    return f"{side} {verb} {spaced(action.act or '')}{size}"


def _plain(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_text(float(value))
    return "none" if value is None else str(value)


def check_page(names: Iterable[str]) -> Page:
    """Returns what a clean check says."""
    page = Page()
    for name in names:
        page.say(f"{name}: no problem found")
    return page


def fields_page(kinds: Mapping[str, int], problems: Sequence[str]) -> Page:
    """Returns the audit of the parameters: counts by kind, and what is wrong."""
    page = Page()
    page.title("Parameters by kind of source")
    rows = [[kind, f"{kinds.get(kind, 0)}", KIND_WORDS[kind]] for kind in KINDS]
    rows.append(["all", f"{sum(kinds.values())}", ""])
    page.table([Column("kind"), numeric("how many"), worded("meaning")], rows)
    page.gap()
    if not problems:
        page.say("No problem found.")
    for problem in problems:
        page.say(f"problem: {problem}")
    return page
