"""Pages about scenarios: the list, one resolved scenario, every number with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sim.model.tables.fields import Slot, slot_index
from sim.model.tables.params import DEFINITIONS, Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CalendarKind
from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.commands import say_command, say_sources, world_options
from sim.report.words.glossary import KIND_WORDS
from sim.report.words.names.inputs import input_words, named
from sim.report.words.numbers import (
    count_text,
    day_text,
    exact,
    iso_day,
    quantity,
    sentence_case,
    spaced,
)
from sim.scenario.evidence import ALWAYS
from sim.scenario.explain import Row, assumed_counts
from sim.scenario.grammar import typed
from sim.scenario.shipped import CALENDAR, GOODS, RESTING, START, parts

if TYPE_CHECKING:
    from sim.scenario.notes import OwnScenario, ScenarioNotes
    from sim.scenario.resolved_scenario import (
        Action,
        CalendarEntry,
        Intervention,
        Resolved,
        WhenCondition,
    )
    from sim.scenario.schema import PresetModel

DEFAULT: Final = "default"
"""Kind of a state field that no scenario file sets."""


SECTION_WORDS: Final[dict[str, str]] = {
    START: "Starting state that the scenario sets",
    RESTING: "Starting state left at the model's neutral value",
    "agreements": "Truces, extensions and what ends them",
    "bargain": "Clauses, their worth, and deals",
    "controls": "Measures other than tariffs",
    "diplomacy": "Talks, calls, rounds and meetings",
    "duties": "Tariffs, threats and replies",
    "economy": "Trade, prices, incomes and pressure at home",
    "governments": "Factions, leaders and how they choose",
    "information": "Beliefs, quiet channels and opening bids",
    "law": "Statutes and courts",
    "relations": "Tension, rapport, trust and markets",
    "third_parties": "Other countries and what diverts leaders",
    "words": "Public posts, accounts and lines",
    GOODS: "Imports, shares and elasticities of each good",
}
"""Sections of an explanation in words."""

ROW_FIELDS: Final = tuple(field.name for field in fields(Row))
SLOTS: Final[dict[str, Slot]] = {**slot_index(State), **slot_index(Params)}


@dataclass(frozen=True, slots=True)
class NumbersAsked:
    """Numbers of a scenario that were asked for.

    Attributes:
        rows: The numbers.
        calendar: The entries of the calendar.
        only: The section or the words asked for; empty for all.
        full: Whether all are to be shown, not only how many there are.
    """

    rows: tuple[Row, ...]
    calendar: tuple[CalendarEntry, ...]
    only: str = ""
    full: bool = False

    @property
    def title(self) -> str:
        """What the numbers are."""
        if not self.only:
            return "every number and its source"
        if self.only in SECTION_WORDS or self.only == CALENDAR:
            return f"the section {self.only}"
        count = count_text(len(self.rows) + len(self.calendar), "number")
        return f"{count} with {self.only!r} in name or meaning"


def list_page(worlds: Sequence[Resolved], own: Sequence[OwnScenario]) -> Page:
    """Returns the list of scenarios, each with the question it answers; the user's own last."""
    page = Page()
    rows = [[world.name, _question(world)] for world in worlds]
    page.table([TableColumn("scenario"), worded("the question it answers")], rows, indent=0)
    if own:
        page.heading("Your own, in this folder")
    for each in own:
        page.verbatim(each.path)
        page.say(_own_question(each), indent=2)
    page.gap()
    page.say("Run one with: detente run NAME")
    return page


def list_json(world: Resolved) -> dict[str, Any]:
    """Returns a scenario as it stands in a list, as a JSON object."""
    return {
        "name": world.name,
        "question": world.question,
        "start": iso_day(world.start),
        "until": iso_day(world.until),
        "needs": list(world.needs),
    }


def _own_question(own: OwnScenario) -> str:
    if own.resolved is not None:
        return _question(own.resolved)
    has = count_text(own.problems, "error")
    return f"has {has}, which detente scenario check tells"


def show_page(resolved: Resolved, notes: ScenarioNotes) -> Page:
    """Returns a resolved scenario: what it sets, and the file and line that set it."""
    page = Page()
    page.title(f"{resolved.name}   {day_text(resolved.start)} to {day_text(resolved.until)}")
    page.say(resolved.question)
    if resolved.needs:
        page.say(needs_line(resolved))
    page.heading("Starting state (values set by the scenario)")
    columns = [worded("name"), numeric("value"), worded("set in")]
    page.table(columns, [_state_row(resolved, name) for name in _set_names(resolved)])
    page.heading("Calendar")
    columns = [TableColumn("date"), TableColumn("kind"), worded("event")]
    page.table(columns, [[day_text(e.day), _kind(e), e.label] for e in resolved.calendar])
    if resolved.interventions:
        page.heading("Interventions")
        for row in resolved.interventions:
            page.say(f"{row.key}: {intervention_words(row)}", indent=2)
    _say_notes(page, notes)
    page.heading("Changes to the base scenario, in order")
    columns = [worded("name"), worded("old"), worded("new"), worded("set in")]
    rows = [[c.key, c.old, c.new, _file(c.by)] for c in resolved.changes]
    if rows:
        page.table(columns, rows)
    else:
        page.say("none", indent=2)
    page.gap()
    say_sources(page, resolved)
    return page


def _say_notes(page: Page, notes: ScenarioNotes) -> None:
    """Adds presets and expectations, if there are any."""
    if notes.presets:
        page.heading("Presets (--preset NAME)")
        columns = [worded("name"), worded("what it stands for"), worded("changes")]
        page.table(columns, [_preset_row(*named) for named in notes.presets.items()])
    if notes.expect:
        page.heading("Expected of the runs (detente check)")
        for question, bound in notes.expect.items():
            page.say(f"{question}: {bound}", indent=2)


def _preset_row(name: str, preset: PresetModel) -> list[str]:
    return [name, preset.label, ", ".join(f"{k}={typed(v)}" for k, v in preset.set.items())]


def show_json(resolved: Resolved) -> dict[str, Any]:
    """Returns a resolved scenario as one JSON object, with the origin of each value set."""
    return {
        "schema": 1,
        "scenario": resolved.name,
        "scenario_hash": resolved.hash,
        "question": resolved.question,
        "start": iso_day(resolved.start),
        "until": iso_day(resolved.until),
        "needs": list(resolved.needs),
        "state": clean(resolved.state),
        "parameters": {name: clean(p.value) for name, p in resolved.parameters.items()},
        "calendar": [_calendar_json(entry) for entry in resolved.calendar],
        "interventions": [
            {"key": row.key, "text": intervention_words(row), "source": row.source}
            for row in resolved.interventions
        ],
        "report_dates": [iso_day(day) for day in resolved.report_dates],
        "changes": [
            {"key": c.key, "old": c.old, "new": c.new, "by": c.by} for c in resolved.changes
        ],
        "origins": dict(resolved.origins),
    }


def explain_page(resolved: Resolved, found: NumbersAsked) -> Page:
    """Returns the numbers of a scenario with unit, kind and source: those that were asked for, all,
    or the sections there are."""
    page = Page()
    page.title(f"{resolved.name}: {found.title}")
    if not found.only and not found.full:
        _contents(page, resolved, found)
        return page
    if found.full:
        page.say(assumed_line(resolved))
        for kind in KIND_WORDS:
            page.say(f"{kind}: {KIND_WORDS[kind]}", indent=2)
    for part in parts():
        rows = [row for row in found.rows if row.part == part]
        if not rows:
            continue
        page.heading(SECTION_WORDS[part])
        if part == RESTING:
            columns = [worded("name"), numeric("value")]
            page.table(columns, [[named(row.name), row_value(row)] for row in rows])
            continue
        for row in rows:
            say_row(page, row)
    if found.calendar:
        page.heading("Calendar")
        for entry in found.calendar:
            text = f"{day_text(entry.day)}  {entry.label} [{_kind(entry)}; {entry.source}]"
            page.say(text, indent=2)
    return page


def _contents(page: Page, resolved: Resolved, found: NumbersAsked) -> None:
    """Adds the sections of an explanation, and how to see one."""
    page.say(assumed_line(resolved))
    page.gap()
    rows = []
    for part in parts():
        mine = [row for row in found.rows if row.part == part]
        assumed = sum(row.kind == "assumed" for row in mine)
        rows.append([part, f"{len(mine):,}", f"{assumed:,}", SECTION_WORDS[part]])
    rows.append([CALENDAR, f"{len(found.calendar):,}", "0", "Dates on the calendar"])
    columns = [TableColumn("section"), numeric("numbers"), numeric("assumed"), worded("about")]
    page.table(columns, rows)
    page.gap()
    words = ("scenario", "explain", resolved.reference, *world_options(resolved))
    say_command(page, "A section:", *words, "--only", "diplomacy")
    say_command(page, "Words in names and meanings:", *words, "--only", "hawks")
    say_command(page, "Everything:", *words, "--full")


def explain_json(resolved: Resolved, found: NumbersAsked) -> dict[str, Any]:
    """Returns the numbers of a scenario as one JSON object: those that were asked for, or all."""
    assumed, numbers = assumed_counts(resolved)
    return {
        "schema": 1,
        "scenario": resolved.name,
        "assumed": assumed,
        "numbers": numbers,
        "rows": [row_json(row) for row in found.rows],
        "calendar": [_calendar_json(entry) for entry in found.calendar],
    }


def say_row(page: Page, row: Row) -> None:
    """Adds a number to a page: value, kind, source, meaning, reason and range."""
    source = f"; {row.source}" if row.source else ""
    page.say(f"{row.name} = {row_value(row)}  [{row.kind}{source}]", indent=2)
    words = input_words(row.name)
    if not row.meaning.lower().startswith(words.lower()):
        page.say(sentence_case(words), indent=4)
    page.say(row.meaning, indent=4)
    if row.source_text:
        page.say(f"{row.source}: {row.source_text}", indent=4, style="dim")
    if row.reason:
        page.say(f"Why: {row.reason}", indent=4)
    if row.low is not None and row.high is not None:
        never = "; never drawn: it only defines an outcome" if row.name in DEFINITIONS else ""
        page.say(f"Range: {row.low:.10g} to {row.high:.10g}{never}", indent=4)
    why = f" ({row.known_reason})" if row.known_reason else ""
    if row.known_from == ALWAYS:
        page.say(f"Known from: judgement, on no dated fact{why}", indent=4)
    elif row.known_from:
        page.say(f"Known from: {day_text(date.fromisoformat(row.known_from))}{why}", indent=4)
    for held in row.before:
        until = day_text(date.fromisoformat(held.until))
        ends = "" if held.low is None else f", {held.low:.10g} to {held.high:.10g}"
        text = f"Held before {until}: {exact(held.value, row.unit)}{ends} ({held.reason})"
        page.say(text, indent=4)


def row_json(row: Row) -> dict[str, Any]:
    """Returns a number with its metadata as a JSON object."""
    found = {"words": input_words(row.name)}
    found |= {name: clean(getattr(row, name)) for name in ROW_FIELDS if name != "before"}
    return found | {
        "before": [
            {
                name: clean(getattr(held, name))
                for name in ("value", "until", "low", "high", "reason")
            }
            for held in row.before
        ]
    }


def row_value(row: Row) -> str:
    """Returns the value of a row as text: codes as words, days as dates."""
    if row.value is None:
        return "never"
    if row.unit == "date":
        return day_text(date.fromisoformat(row.value))
    if isinstance(row.value, bool):
        return "yes" if row.value else "no"
    return spaced(row.value) if isinstance(row.value, str) else exact(row.value, row.unit)


def value_text(name: str, value: float, unit: str) -> str:
    """Returns a value of a scenario as text: codes as words, days as dates."""
    slot = SLOTS.get(name)
    if slot is not None and hasattr(slot.spec.type, "__members__"):
        return spaced(slot.spec.type(int(value)).name.lower())
    if slot is not None and slot.spec.type is bool:
        return "yes" if value else "no"
    return exact(value, unit)


def assumed_line(resolved: Resolved) -> str:
    """Returns a sentence counting the numbers of a scenario that are assumed."""
    assumed, numbers = assumed_counts(resolved)
    return (
        f"{assumed} of the {count_text(numbers, 'number')} used here are assumed: no source gives "
        "them, and each has a stated range."
    )


def needs_line(resolved: Resolved) -> str:
    """Returns a sentence naming what a scenario would need that is not modelled yet, or an empty
    string."""
    if not resolved.needs:
        return ""
    return f"Relevant to this scenario but not modelled yet: {', '.join(resolved.needs)}."


def intervention_words(row: Intervention) -> str:
    """Returns the timing and the effect of an intervention, in words."""
    first = "from" if row.until else "on"
    when = [f"{first} {day_text(row.day)}"] if row.day else []
    when += [f"until {day_text(row.until)}"] if row.until else []
    conditions = " and ".join(_condition(condition) for condition in row.when)
    when += [f"when {conditions}"] if conditions else []
    return f"{' '.join(when)}: {'; '.join(_action(action) for action in row.do)}"


def _question(world: Resolved) -> str:
    if not world.needs:
        return world.question
    return f"{world.question} (Not modelled yet: {', '.join(world.needs)}.)"


def _set_names(resolved: Resolved) -> list[str]:
    return [name for name, origin in resolved.sources.items() if origin.kind != DEFAULT]


def _state_row(resolved: Resolved, name: str) -> list[str]:
    text = value_text(name, resolved.state[name], resolved.sources[name].unit)
    return [named(name), text, _file(resolved.origins.get(name, ""))]


def _file(origin: str) -> str:
    """Shortens `scenarios/base/october-2025.yaml:51` to `base/october-2025:51`."""
    return origin.removeprefix("scenarios/").replace(".yaml", "")


def _calendar_json(entry: CalendarEntry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "date": iso_day(entry.day),
        "kind": CalendarKind(entry.kind).name.lower(),
        "label": entry.label,
        "source": entry.source,
    }


def _kind(entry: CalendarEntry) -> str:
    return spaced(CalendarKind(entry.kind).name.lower())


def _condition(condition: WhenCondition) -> str:
    text = f"{condition.observable} {condition.op} {condition.value:.10g}"
    return f"{text} for {condition.for_days} days" if condition.for_days else text


def _action(action: Action) -> str:
    if action.kind == "set":
        value = float("nan") if action.value is None else action.value
        return f"{action.name} becomes {value_text(action.name or '', value, _unit(action.name))}"
    side = "either side" if action.side is None else ("the US", "China")[action.side]
    size = "" if action.size_pp is None else f" ({quantity(action.size_pp, 'pp')})"
    verb = "must" if action.kind == "force" else "may not"
    return f"{side} {verb} {spaced(action.act or '')}{size}"


def _unit(name: str | None) -> str:
    slot = SLOTS.get(name or "")
    return slot.spec.unit if slot else ""
