"""Freezing of a draft: every number, date and act is checked, giving a resolved scenario."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from sim.errors import Problem, ScenarioError, nearest
from sim.history.elections import Election, elections_ahead
from sim.model.governments.acts import ACTS, COURSES
from sim.model.tables.fields import Slot
from sim.model.tables.vocabulary import Act, CalendarKind, Package, Side, Venue, signature_name
from sim.scenario.answers import QuestionAnswer, parse_answer
from sim.scenario.compose import (
    COMMAND_LINE,
    PARAMETERS,
    RECORD,
    SECTIONS,
    STATE,
    Draft,
    Placed,
    full_name,
)
from sim.scenario.evidence import ALWAYS, latest_named, sources
from sim.scenario.grammar import (
    check_bounds,
    check_support,
    encode,
    make_prior,
    parse_when,
    support,
    typed,
)
from sim.scenario.people import people, terms_known, terms_within
from sim.scenario.resolved_scenario import (
    Action,
    Before,
    CalendarEntry,
    Change,
    Intervention,
    Parameter,
    Prior,
    Provenance,
    Resolved,
    Tenure,
    WhenCondition,
)
from sim.scenario.schema import (
    ActModel,
    CalendarModel,
    DoModel,
    InterventionModel,
    ParameterModel,
    PriorBeforeModel,
    StateModel,
)
from sim.scenario.wording import short
from sim.units import UNITS

DEFAULT_DAYS: Final = 180
LONGEST_DAYS: Final = 3660
LAST_START: Final = date(2199, 12, 31)
FACT: Final = re.compile(r"E[0-9]+")
UNRANGED: Final = frozenset({"date", "code", "flag"})
"""Units of values that have no range."""

_SIGNATURES: Final = frozenset(map(signature_name, Package))


def _allowed(kind: str, side: Side) -> frozenset[str]:
    menu = {row.act for row in ACTS if row.act != Act.WAIT}
    courses = {row.act for row in COURSES if (row.forced if kind == "force" else row.forbidden)}
    own = {act.name.lower() for act in menu | courses if side in act.sides}
    # The one forced act that is not on a side's menu: the record's Chinese hikes were replies.
    forced = {"hike"} if kind == "force" else set()
    return _SIGNATURES | own | forced


ALLOWED_ACTS: Final = {
    (kind, side): _allowed(kind, side) for kind in ("force", "forbid") for side in Side
}
"""Acts that an intervention may force on a side, or forbid it."""


def freeze(draft: Draft, name: str, at: Sequence[date], file: str = "") -> Resolved:
    """Checks a whole draft and returns it frozen.

    Args:
        draft: The draft.
        name: Name of the scenario.
        at: Additional days on which dated outcomes are read.
        file: Absolute path of its file; "" for a shipped scenario.

    Raises:
        ScenarioError: The draft is invalid; carries every problem found.
    """
    problems = draft.problems
    start, until = days(draft, problems)
    calendar = freeze_calendar(draft, problems)
    state, provenance = freeze_state(draft, problems)
    parameters = freeze_parameters(draft, problems)
    interventions = freeze_interventions(draft, problems, start, until)
    report = report_dates(calendar, at, (start, until), name, problems)
    answers = freeze_answers(draft, problems)
    if problems:
        raise ScenarioError(in_order(problems))
    return Resolved(
        name=name,
        question=draft.question,
        start=start,
        until=until,
        state=state,
        sources=provenance,
        parameters=parameters,
        calendar=calendar,
        interventions=interventions,
        needs=draft.needs,
        report_dates=report,
        changes=tuple(
            Change(key, typed(old), typed(new), by) for key, old, new, by in draft.changes
        ),
        origins=origins(draft),
        file=file,
        people=people_of(draft, start, until),
        answers=answers,
        elections=elections_of(draft, until),
    )


def freeze_answers(draft: Draft, problems: list[Problem]) -> tuple[QuestionAnswer, ...]:
    """Returns the outcomes that answer the question of a scenario."""
    found = []
    for text in draft.answers:
        try:
            found.append(parse_answer(text))
        except ValueError as error:
            problems.append(_day_problem(draft, "answers", str(error)))
    return tuple(found)


def people_of(draft: Draft, start: int, until: int) -> tuple[Tenure, ...]:
    """Returns the terms of those who are heard or in post during the run; as of a day on record,
    only what was known of them on that day."""
    known = people() if draft.as_of is None else terms_known(people(), draft.as_of.toordinal())
    return terms_within(known, start, until)


def elections_of(draft: Draft, until: int) -> tuple[Election, ...]:
    """Returns the US elections of a run as of a day on record, as they were known on it; without
    one, the table of people says who takes office when."""
    return () if draft.as_of is None else elections_ahead(draft.as_of.toordinal(), until)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Returns problems without duplicates, file by file and from top to bottom."""
    unique = list(dict.fromkeys(problems))
    files = list(dict.fromkeys(problem.file for problem in unique))
    return sorted(unique, key=lambda p: (files.index(p.file), p.line, p.column))


def origins(draft: Draft) -> dict[str, str]:
    """Returns file:line for every key set by a file or the command line."""
    found = {}
    for section in SECTIONS:
        for key, placed in getattr(draft, section).items():
            place = f"{placed.file}:{placed.line}" if placed.line else placed.file
            found[full_name(section, key)] = place
    return found


def report_dates(
    calendar: Iterable[CalendarEntry],
    at: Iterable[date],
    span: tuple[int, int],
    name: str,
    problems: list[Problem],
) -> tuple[int, ...]:
    """Returns the days on which dated outcomes are read: the calendar's and the requested ones."""
    start, until = span
    report = {entry.day for entry in calendar if start < entry.day <= until}
    for day in at:
        if start <= day.toordinal() <= until:
            report.add(day.toordinal())
        else:
            message = f"lies outside the run of {name}, {_span(start, until)}"
            problems.append(Problem("--at", 0, 0, str(day), message))
    return tuple(sorted(report))


def _span(start: int, until: int) -> str:
    return f"{date.fromordinal(start)} to {date.fromordinal(until)}"


def days(draft: Draft, problems: list[Problem]) -> tuple[int, int]:
    """Returns the first and last day, after checking them."""
    if not draft.question and not {"question", "extends"} & draft.left_out:
        problems.append(_missing(draft, "question", "write the question the scenario answers"))
    if draft.start is None:
        if not {"start", "extends"} & draft.left_out:
            problems.append(_missing(draft, "start", "write start: YYYY-MM-DD, or extend a base"))
        return 1, date.max.toordinal()
    if draft.start > LAST_START:
        problems.append(_day_problem(draft, "start", f"{draft.start} is after {LAST_START}"))
        return draft.start.toordinal(), date.max.toordinal()
    until = draft.until or draft.start + timedelta(days=DEFAULT_DAYS)
    length = (until - draft.start).days
    if not 1 <= length <= LONGEST_DAYS:
        where = f"{abs(length)} days {'before' if length < 0 else 'after'} the start {draft.start}"
        message = f"{until} is {where}; a run lasts 1 to {LONGEST_DAYS} days"
        problems.append(_day_problem(draft, "until", message))
    return draft.start.toordinal(), until.toordinal()


def _missing(draft: Draft, key: str, hint: str) -> Problem:
    file = draft.files[-1].label if draft.files else "scenario"
    return Problem(file, 0, 0, key, f"is missing; {hint}")


def _day_problem(draft: Draft, key: str, message: str) -> Problem:
    if key in draft.set_days:
        return Problem(f"--{key}", 0, 0, "", message)
    for parsed in reversed(draft.files):
        if getattr(parsed.model, key):
            return parsed.problem((key,), message)
    return Problem(draft.files[-1].label, 0, 0, key, message)


def freeze_state(
    draft: Draft, problems: list[Problem]
) -> tuple[dict[str, float], dict[str, Provenance]]:
    """Returns every state value a scenario may set, and its provenance."""
    values: dict[str, float] = {}
    provenance: dict[str, Provenance] = {}
    for key, slot in STATE.items():
        placed = draft.state.get(key)
        if placed is None:
            values[key] = float(slot.initial)
            provenance[key] = Provenance("", "default", slot.spec.unit, "the field table's default")
            continue
        entry: StateModel = placed.entry
        problems += number_problems(f"state.{key}", entry, slot.spec.unit, placed)
        try:
            values[key] = encode(slot, entry.value)
        except ValueError as error:
            problems.append(placed.problem(f"state.{key}", str(error)))
        low, high = entry.range or (None, None)
        provenance[key] = Provenance(
            entry.source or "", entry.kind, entry.unit, entry.reason or "", low, high, public(entry)
        )
    return values, provenance


def public(entry: StateModel) -> str:
    """Returns the day from which a number could be known; empty if nothing tells it.

    It is the one the entry states, which may be `always`, or else that of its source; for an
    assumed number without a source that of the latest fact, publication or year in its reason.
    """
    if isinstance(entry, ParameterModel) and entry.known_from is not None:
        return str(entry.known_from)
    source = sources().get(entry.source or "")
    day = source.published if source else latest_named(entry.reason or "")
    return str(day or "")


def number_problems(key: str, entry: StateModel, unit: str, placed: Placed) -> Iterator[Problem]:
    """Yields the problems with the unit, source, range and reason of a number."""
    if placed.by == COMMAND_LINE:
        return
    if entry.unit != unit:
        known = "" if entry.unit in UNITS else f"; {short(entry.unit)} is not a unit"
        message = f"unit {short(entry.unit)} should be {unit!r}{known}{nearest_unit(entry.unit)}"
        yield placed.problem(key, message)
    if entry.kind == "assumed":
        if not entry.reason:
            yield placed.problem(key, "is assumed and needs a reason")
        if entry.range is None and unit not in UNRANGED:
            yield placed.problem(key, "is assumed and needs a range: [lowest, highest]")
    elif entry.source is None:
        message = f"is {entry.kind} and needs a source, a key of evidence.csv or sources.yaml"
        yield placed.problem(key, message)
    yield from source_problems(key, entry.source, placed)
    if entry.range is not None:
        yield from range_problems(key, entry, placed)


def nearest_unit(found: str) -> str:
    """Returns a hint if a unit is misspelt."""
    return "" if found in UNITS else nearest(found[:80], UNITS)


def source_problems(key: str, source: str | None, placed: Placed) -> Iterator[Problem]:
    """Yields a problem if a source is unknown."""
    if source is not None and source not in sources():
        # For the number of a fact, the nearest one is no better guess than any other.
        hint = "" if FACT.fullmatch(source) else nearest(source[:80], sources())
        message = f"source {short(source)} is in neither evidence.csv nor sources.yaml{hint}"
        yield placed.problem(key, message)


def range_problems(key: str, entry: StateModel, placed: Placed) -> Iterator[Problem]:
    """Yields the problems with the range of a number."""
    assert entry.range is not None
    low, high = entry.range
    if low >= high:
        yield placed.problem(key, f"range [{low}, {high}] is reversed or empty")
    elif isinstance(entry.value, int | float) and not low <= entry.value <= high:
        yield placed.problem(key, f"value {entry.value} lies outside its range {low} to {high}")


def freeze_parameters(draft: Draft, problems: list[Problem]) -> dict[str, Parameter]:
    """Returns every parameter, after checking it."""
    frozen = {}
    for key, slot in PARAMETERS.items():
        placed = draft.parameters.get(key)
        if placed is None:
            if f"parameters.{key}" not in draft.left_out:
                message = "has no value; every parameter needs one in this file"
                problems.append(Problem("scenarios/parameters.yaml", 0, 0, key, message))
            continue
        entry: ParameterModel = placed.entry
        problems += number_problems(f"parameters.{key}", entry, slot.spec.unit, placed)
        try:
            value = encode(slot, entry.value)
            check_range(slot, entry)
            prior = freeze_prior(slot, entry, placed)
            before = freeze_before(slot, entry, public(entry))
        except ValueError as error:
            problems.append(placed.problem(f"parameters.{key}", str(error)))
            continue
        low, high = entry.range or (None, None)
        source, reason = entry.source or "", entry.reason or ""
        known = public(entry)
        frozen[key] = Parameter(
            key,
            value,
            entry.unit,
            entry.kind,
            source,
            known,
            prior,
            low,
            high,
            reason,
            before,
            entry.known_reason or "",
        )
    return frozen


def check_range(slot: Slot, entry: ParameterModel) -> None:
    """Checks that a parameter may have both ends of its range.

    Raises:
        ValueError: One end is no value of the parameter.
    """
    for end in entry.range or ():
        try:
            check_bounds(slot, float(end))
        except ValueError as error:
            raise ValueError(f"range: {error}") from None


def freeze_prior(slot: Slot, entry: ParameterModel, placed: Placed) -> Prior | None:
    """Returns a parameter's prior: its own, or uniform over its range; None for legal facts and for
    definitions of outcomes.

    Raises:
        ValueError: The prior is not a distribution, excludes the value, or is missing.
    """
    if entry.prior is not None and entry.legal:
        raise ValueError("is a legal fact (legal: true) and cannot have a prior")
    if entry.prior is not None and slot.spec.is_definition:
        raise ValueError("only defines an outcome, so it is never drawn: give a range, no prior")
    if entry.legal or slot.spec.is_definition:
        return None
    if entry.prior is not None:
        prior = make_prior(entry.prior.model_dump(exclude_none=True))
        low, high = support(prior)
        if not low <= entry.value <= high:
            raise ValueError(f"value {entry.value} lies outside its prior, {low:g} to {high:g}")
        check_support(slot, prior)
        return prior
    if placed.by == COMMAND_LINE:
        return None
    if entry.range is None:
        raise ValueError("needs a prior or a range, or legal: true if it is a legal fact")
    return Prior("uniform", float(entry.range[0]), float(entry.range[1]))


def freeze_before(slot: Slot, entry: ParameterModel, known_from: str) -> tuple[Before, ...]:
    """Returns what would have been held of a parameter before it could be known, in order; nothing
    if that is the same.

    Raises:
        ValueError: It is no value of the parameter, lies outside its range, or has no day on which
            it ends.
    """
    held = entry.prior_before
    steps = [] if held is None else held if isinstance(held, list) else [held]
    if steps and known_from in {"", ALWAYS}:
        raise ValueError("prior_before: a value that could always be known has none before it")
    ends = [str(step.until or "") for step in steps[:-1]]
    if "" in ends:
        raise ValueError("prior_before: each step but the last needs the day on which it ends")
    if steps and steps[-1].until is not None:
        raise ValueError("prior_before: the last step ends on known_from; leave out its until")
    ends += [known_from] if steps else []
    if any(later <= earlier for earlier, later in pairwise(ends)):
        raise ValueError(f"prior_before: its steps do not follow each other up to {known_from}")
    return tuple(_held(slot, step, until) for step, until in zip(steps, ends, strict=True))


def _held(slot: Slot, held: PriorBeforeModel, until: str) -> Before:
    """Returns what was held of a parameter until a day."""
    try:
        value = encode(slot, held.value)
        for end in held.range or ():
            check_bounds(slot, float(end))
    except ValueError as error:
        raise ValueError(f"prior_before: {error}") from None
    if held.prior is not None:
        prior = make_prior(held.prior.model_dump(exclude_none=True))
        check_support(slot, prior)
        return Before(value, until, prior, None, None, held.reason)
    if held.range is None:
        return Before(value, until, None, None, None, held.reason)
    low, high = map(float, held.range)
    if not low <= value <= high or low == high:
        raise ValueError(f"prior_before: value {held.value} needs a range around it")
    return Before(value, until, Prior("uniform", low, high), low, high, held.reason)


def freeze_calendar(draft: Draft, problems: list[Problem]) -> tuple[CalendarEntry, ...]:
    """Returns the calendar, sorted by day and then key."""
    entries = []
    for key, placed in draft.calendar.items():
        entry: CalendarModel = placed.entry
        if placed.by != RECORD:  # The table of forums names its sources in words.
            problems += source_problems(f"calendar.{key}", entry.source, placed)
        venue = Venue[entry.venue.upper()] if entry.venue else Venue.NONE
        kind = CalendarKind[entry.kind.upper()]
        entries.append(
            CalendarEntry(
                key, entry.date.toordinal(), int(kind), entry.label, entry.source, int(venue)
            )
        )
    return tuple(sorted(entries, key=lambda e: (e.day, e.key)))


def freeze_interventions(
    draft: Draft, problems: list[Problem], start: int, until: int
) -> tuple[Intervention, ...]:
    """Returns the interventions in file order, after checking them."""
    rows = []
    for key, placed in draft.interventions.items():
        entry: InterventionModel = placed.entry
        name = f"interventions.{key}"
        problems += source_problems(name, entry.source, placed)
        faults = list(timing_faults(draft, entry, start, until))
        actions = freeze_actions(entry.do, faults)
        when: tuple[WhenCondition, ...] = ()
        try:
            when = parse_when(entry.when) if entry.when else ()
        except ValueError as error:
            faults.append(f"when: {error}")
        problems += [placed.problem(name, fault) for fault in faults]
        rows.append(
            Intervention(
                key=key,
                day=entry.date.toordinal() if entry.date else None,
                until=entry.until.toordinal() if entry.until else None,
                when=when,
                do=actions,
                once=entry.once if entry.once is not None else entry.cooldown_days is None,
                cooldown_days=entry.cooldown_days or 0,
                source=entry.source or "",
            )
        )
    return tuple(rows)


def timing_faults(draft: Draft, entry: InterventionModel, start: int, until: int) -> Iterator[str]:
    """Yields the problems with the timing of an intervention."""
    if (entry.date is None) == (entry.when is None):
        yield "needs either a `date` or a `when`, and not both"
    if entry.cooldown_days is not None and (entry.date is not None or entry.once):
        yield "`cooldown_days` needs a `when` that may fire again, without `once: true`"
    if entry.until is not None and (entry.do.forbid is None or entry.date is None):
        yield "`until` ends a dated ban; this row has no `forbid` with a `date`"
    if entry.date is None:
        return
    if entry.until is not None and entry.until <= entry.date:
        yield f"its `until` {entry.until} is not after its date {entry.date}"
    # A run shortened on the command line may end before an intervention; a file may not.
    last = date.max.toordinal() if "until" in draft.set_days else until
    if not start <= entry.date.toordinal() <= last:
        yield f"its date {entry.date} lies outside the run, {_span(start, until)}"


def freeze_actions(do: DoModel, faults: list[str]) -> tuple[Action, ...]:
    """Returns the actions of an intervention: first `set`, then `forbid`, then `force`."""
    wanted: list[tuple[str, Any]] = [("set", item) for item in (do.set or {}).items()]
    for kind, acts in (("forbid", do.forbid), ("force", do.force)):
        listed = acts if isinstance(acts, list) else [acts] if acts else []
        wanted += [(kind, act) for act in listed]
    if not wanted:
        faults.append("does nothing; write `set`, `forbid` or `force` under `do`")
    actions = []
    for kind, what in wanted:
        try:
            actions.append(_set_action(*what) if kind == "set" else _act_action(kind, what))
        except ValueError as error:
            faults.append(str(error))
    return tuple(actions)


def _act_action(kind: str, entry: ActModel) -> Action:
    side = Side[entry.side.upper()]
    allowed = sorted(ALLOWED_ACTS[kind, side])
    if entry.act not in allowed:
        hint = nearest(entry.act[:80], allowed) or f" (acts: {', '.join(allowed)})"
        raise ValueError(
            f"{short(entry.act)} is not an act that `{kind}` accepts for {entry.side}{hint}"
        )
    if entry.size_pp is None:
        return Action(kind, side=int(side), act=entry.act)
    if (kind, entry.act) != ("force", "hike"):
        raise ValueError("`size_pp` is allowed only with a forced hike")
    if not 0.0 < entry.size_pp <= 1000.0:
        raise ValueError(f"size_pp {entry.size_pp} is not between 0 and 1000 points")
    return Action(kind, side=int(side), act=entry.act, size_pp=float(entry.size_pp))


def _set_action(name: str, value: Any) -> Action:
    slot = PARAMETERS.get(name) or STATE.get(name)
    if slot is None:
        raise ValueError(f"there is no {short(name)}{nearest(name, [*PARAMETERS, *STATE])}")
    try:
        return Action("set", name=name, value=encode(slot, value))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
