"""From a name to a resolved scenario: compose, apply `--set`, check everything, freeze."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sim.errors import Problem, ScenarioError, nearest
from sim.model.vocabulary import Act, CalendarKind, Side, Venue
from sim.scenario.catalog import find
from sim.scenario.compose import PARAMETERS, STATE, Draft, Placed, compose
from sim.scenario.evidence import sources
from sim.scenario.grammar import (
    PRIOR_KEYS,
    check_prior,
    decode,
    encode,
    parse_prior,
    parse_value,
    parse_when,
    prior_mean,
)
from sim.scenario.resolved import (
    Action,
    CalendarEntry,
    Change,
    Intervention,
    Parameter,
    Prior,
    Provenance,
    Resolved,
)
from sim.scenario.schema import (
    ActModel,
    CalendarModel,
    InterventionModel,
    ParameterModel,
    PriorModel,
    StateModel,
)

DEFAULT_DAYS: Final = 180
LONGEST_DAYS: Final = 3660
COMMAND_LINE: Final = "--set"
ACT_NAMES: Final = [act.name.lower() for act in Act if act != Act.WAIT]


def resolve(
    name: str,
    *,
    sets: Sequence[tuple[str, str]] = (),
    until: date | None = None,
    at: Sequence[date] = (),
) -> Resolved:
    """Returns a scenario complete and frozen.

    Args:
        name: A shipped name or the path of a file.
        sets: Pairs (key, value) of the command line, applied last and in order: a parameter, a
            state field, `start`, `until`, `calendar.KEY` or `interventions.KEY` (null removes).
        until: Last day, instead of the file's.
        at: Further days on which dated outcomes are read.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: Something in a file or in `sets` is wrong; carries every problem found.
    """
    path = find(name)
    draft = compose(path)
    for key, text in sets:
        apply_set(draft, key, text)
    if until is not None:
        draft.until = until
    return freeze(draft, path.stem, at)


def apply_set(draft: Draft, key: str, text: str) -> None:
    """Applies one `--set key=value` to a draft; notes a problem if it cannot."""
    try:
        if key in PARAMETERS:
            set_parameter(draft, key, text)
        elif key in STATE:
            set_state(draft, key, text)
        elif key in {"start", "until"}:
            day = parse_value(text)
            if not isinstance(day, date):
                raise ValueError(f"{text!r} is not a day; write YYYY-MM-DD")
            draft.changes.append((key, getattr(draft, key), day, COMMAND_LINE))
            setattr(draft, key, day)
        else:
            remove_entry(draft, key, text)
    except ValueError as error:
        draft.problems.append(Problem(COMMAND_LINE, 0, 0, key, str(error)))


def set_parameter(draft: Draft, key: str, text: str) -> None:
    """Fixes a parameter, gives it a prior (`beta:6:4`), or returns it to its base (`null`)."""
    before: ParameterModel = draft.parameters[key].entry
    placed = draft.defaults[key]
    if text != "null":
        prior = parse_prior(text)
        value = parse_value(text) if prior is None else prior_mean(prior)
        encode(PARAMETERS[key], value)
        update: dict[str, Any] = {"value": value, "prior": _prior_model(prior)}
        # What the user fixes is no longer the source's number unless it is the same.
        if value != before.value:
            update |= {"kind": "assumed", "source": None, "reason": "set on the command line"}
            update |= {"range": None, "legal": prior is None}
        placed = Placed(before.model_copy(update=update), COMMAND_LINE, COMMAND_LINE, 0, 0)
    draft.parameters[key] = placed
    if before.value != placed.entry.value:
        draft.changes.append((key, before.value, placed.entry.value, COMMAND_LINE))


def _prior_model(prior: Prior | None) -> PriorModel | None:
    if prior is None:
        return None
    first, second = PRIOR_KEYS[prior.family]
    return PriorModel.model_validate({"family": prior.family, first: prior.a, second: prior.b})


def set_state(draft: Draft, key: str, text: str) -> None:
    """Sets a field of the initial state, or returns it to the field table's default (`null`)."""
    slot = STATE[key]
    old = draft.state.get(key)
    before = old.entry.value if old else decode(slot, encode_default(key))
    value = parse_value(text)
    if value is None and slot.spec.unit != "date":
        draft.state.pop(key, None)
        after = decode(slot, encode_default(key))
    else:
        encode(slot, value)
        entry = StateModel(
            value=value,
            unit=slot.spec.unit,
            kind="assumed",
            source=None,
            range=None,
            reason="set on the command line",
        )
        if old is not None and value == old.entry.value:
            entry = old.entry
        draft.state[key] = Placed(entry, COMMAND_LINE, COMMAND_LINE, 0, 0)
        after = value
    if before != after:
        draft.changes.append((key, before, after, COMMAND_LINE))


def encode_default(key: str) -> float:
    """Returns the field table's own value of a state name."""
    return float(STATE[key].initial)


def remove_entry(draft: Draft, key: str, text: str) -> None:
    """Removes a calendar or intervention entry; anything else under that name is refused."""
    section, _, name = key.partition(".")
    if section in {"calendar", "interventions"}:
        entries: dict[str, Placed] = getattr(draft, section)
        if name not in entries:
            raise ValueError(f"there is no such entry{nearest(name, entries)}")
        if text != "null":
            raise ValueError("can only be removed here: write null; change it in a file")
        entries.pop(name)
        draft.changes.append((key, "set", None, COMMAND_LINE))
        return
    options = [*PARAMETERS, *STATE, "start", "until"]
    raise ValueError(
        f"unknown name{nearest(key, options)} (`detente scenario explain NAME` lists them all)"
    )


def freeze(draft: Draft, name: str, at: Sequence[date]) -> Resolved:
    """Checks a draft throughout and returns it frozen."""
    problems = draft.problems
    start, until = days(draft, problems)
    calendar = freeze_calendar(draft, problems)
    state, provenance = freeze_state(draft, problems)
    parameters = freeze_parameters(draft, problems)
    interventions = freeze_interventions(draft, problems, start, until)
    report = {entry.day for entry in calendar if start < entry.day <= until}
    for day in at:
        if not start <= day.toordinal() <= until:
            first, last = date.fromordinal(start), date.fromordinal(until)
            problems.append(
                Problem("--at", 0, 0, str(day), f"lies outside the run, {first} to {last}")
            )
        report.add(day.toordinal())
    if problems:
        raise ScenarioError(problems)
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
        report_dates=tuple(sorted(report)),
        changes=tuple(
            Change(key, _text(old), _text(new), by) for key, old, new, by in draft.changes
        ),
        origins=origins(draft),
    )


def _text(value: Any) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def origins(draft: Draft) -> dict[str, str]:
    """Returns file:line of every key that a file or the command line set."""
    found = {}
    for section in ("state", "parameters", "calendar", "interventions"):
        for key, placed in getattr(draft, section).items():
            name = key if section in {"state", "parameters"} else f"{section}.{key}"
            found[name] = f"{placed.file}:{placed.line}" if placed.line else placed.file
    return found


def days(draft: Draft, problems: list[Problem]) -> tuple[int, int]:
    """Returns first and last day, checked."""
    if draft.start is None:
        problems.append(Problem("scenario", 0, 0, "start", "is missing; write start: YYYY-MM-DD"))
        return 1, 1
    if not draft.question:
        problems.append(Problem("scenario", 0, 0, "question", "is missing; say what it answers"))
    until = draft.until or draft.start + timedelta(days=DEFAULT_DAYS)
    length = (until - draft.start).days
    if not 1 <= length <= LONGEST_DAYS:
        problems.append(
            Problem(
                "scenario",
                0,
                0,
                "until",
                f"{until} is {length} days after start {draft.start}; "
                f"a run lasts 1 to {LONGEST_DAYS} days",
            )
        )
    return draft.start.toordinal(), until.toordinal()


def freeze_state(
    draft: Draft, problems: list[Problem]
) -> tuple[dict[str, float], dict[str, Provenance]]:
    """Returns every state value a scenario may set, with provenance."""
    values: dict[str, float] = {}
    provenance: dict[str, Provenance] = {}
    for key, slot in STATE.items():
        placed = draft.state.get(key)
        if placed is None:
            values[key] = encode_default(key)
            provenance[key] = Provenance("", "default", slot.spec.unit, "the field table's default")
            continue
        entry: StateModel = placed.entry
        problems += number_problems(
            key, entry, slot.spec.unit, placed, ranged=slot.spec.type is float
        )
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
    """Returns the day a number became public: its own, its source's, else an empty string."""
    known_from = getattr(entry, "known_from", None)
    if known_from is not None:
        return str(known_from)
    source = sources().get(entry.source or "")
    return str(source.published) if source else ""


def number_problems(
    key: str, entry: StateModel, unit: str, placed: Placed, *, ranged: bool
) -> list[Problem]:
    """Returns what is wrong with the provenance of a number."""
    found: list[str] = []
    if placed.by == COMMAND_LINE:
        return []
    if entry.unit != unit:
        found.append(f"unit {entry.unit!r}: {key} is in {unit!r}")
    if entry.kind == "assumed":
        if not entry.reason:
            found.append("is assumed and needs a reason")
        if ranged and entry.range is None:
            found.append("is assumed and needs a range: [lowest, highest]")
    elif entry.source is None:
        found.append(f"is {entry.kind} and needs a source (a key of evidence.csv or sources.yaml)")
    if entry.source is not None and entry.source not in sources():
        found.append(f"source {entry.source!r} is unknown{nearest(entry.source, sources())}")
    if entry.range is not None and isinstance(entry.value, int | float):
        low, high = entry.range
        if not low <= entry.value <= high:
            found.append(f"value {entry.value} lies outside its range {low} to {high}")
    return [placed.problem(key, message) for message in found]


def freeze_parameters(draft: Draft, problems: list[Problem]) -> dict[str, Parameter]:
    """Returns every parameter, checked."""
    frozen = {}
    for key, slot in PARAMETERS.items():
        placed = draft.parameters.get(key)
        if placed is None:
            message = "has no value; add it to scenarios/parameters.yaml"
            problems.append(Problem("scenarios/parameters.yaml", 0, 0, key, message))
            continue
        entry: ParameterModel = placed.entry
        problems += number_problems(key, entry, slot.spec.unit, placed, ranged=True)
        try:
            value = encode(slot, entry.value)
            prior = freeze_prior(entry, placed)
        except ValueError as error:
            problems.append(placed.problem(f"parameters.{key}", str(error)))
            continue
        low, high = entry.range or (None, None)
        frozen[key] = Parameter(
            key,
            value,
            entry.unit,
            entry.kind,
            entry.source or "",
            public(entry),
            prior,
            low,
            high,
            entry.reason or "",
        )
    return frozen


def freeze_prior(entry: ParameterModel, placed: Placed) -> Prior | None:
    """Returns a parameter's prior: its own, else uniform over its range, none for facts.

    Raises:
        ValueError: A number of the prior is missing or wrong, or a prior is called for.
    """
    if entry.legal:
        return None
    if entry.prior is None:
        if placed.by == COMMAND_LINE:
            return None
        if entry.range is not None:
            return Prior("uniform", *entry.range)
        raise ValueError("needs a prior or a range, or legal: true if it is a legal fact")
    first, second = PRIOR_KEYS[entry.prior.family]
    given = entry.prior.model_dump(exclude_none=True)
    if first not in given or second not in given:
        raise ValueError(f"a {entry.prior.family} prior needs {first} and {second}")
    truncated = entry.prior.family == "normal"
    prior = Prior(
        entry.prior.family,
        given[first],
        given[second],
        given.get("low") if truncated else None,
        given.get("high") if truncated else None,
    )
    check_prior(prior)
    return prior


def freeze_calendar(draft: Draft, problems: list[Problem]) -> tuple[CalendarEntry, ...]:
    """Returns the calendar in order of day (then of key)."""
    entries = []
    for key, placed in draft.calendar.items():
        entry: CalendarModel = placed.entry
        if entry.source not in sources():
            message = f"source {entry.source!r} is unknown{nearest(entry.source, sources())}"
            problems.append(placed.problem(f"calendar.{key}", message))
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
    """Returns the interventions in file order, checked."""
    rows = []
    for key, placed in draft.interventions.items():
        try:
            rows.append(freeze_intervention(key, placed.entry, start, until))
        except ValueError as error:
            problems.append(placed.problem(f"interventions.{key}", str(error)))
    return tuple(rows)


def freeze_intervention(key: str, entry: InterventionModel, start: int, until: int) -> Intervention:
    """Returns one intervention.

    Raises:
        ValueError: It is neither dated nor conditional, or does nothing that can be done.
    """
    if (entry.date is None) == (entry.when is None):
        raise ValueError("needs either a date or a `when`, and not both")
    if entry.date is not None and not start <= entry.date.toordinal() <= until:
        first, last = date.fromordinal(start), date.fromordinal(until)
        raise ValueError(f"its date {entry.date} lies outside the run, {first} to {last}")
    actions = [_set_action(name, value) for name, value in (entry.do.set or {}).items()]
    for kind in ("forbid", "force"):
        acts = getattr(entry.do, kind) or []
        acts = acts if isinstance(acts, list) else [acts]
        actions += [_act_action(kind, act) for act in acts]
    if not actions:
        raise ValueError("does nothing; give `set`, `forbid` or `force` below `do`")
    return Intervention(
        key=key,
        day=entry.date.toordinal() if entry.date else None,
        until=entry.until.toordinal() if entry.until else None,
        when=parse_when(entry.when) if entry.when else (),
        do=tuple(actions),
        once=entry.once if entry.once is not None else entry.cooldown_days is None,
        cooldown_days=entry.cooldown_days or 0,
        source=entry.source or "",
    )


def _act_action(kind: str, entry: ActModel) -> Action:
    if entry.act not in ACT_NAMES:
        raise ValueError(f"there is no act {entry.act!r}{nearest(entry.act, ACT_NAMES)}")
    side = int(Side[entry.side.upper()])
    size = None if entry.size_pp is None else float(entry.size_pp)
    return Action(kind, side=side, act=entry.act, size_pp=size)


def _set_action(name: str, value: Any) -> Action:
    slot = PARAMETERS.get(name) or STATE.get(name)
    if slot is None:
        raise ValueError(f"there is no {name!r}{nearest(name, [*PARAMETERS, *STATE])}")
    return Action("set", name=name, value=encode(slot, value))
