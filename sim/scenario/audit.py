"""Audit of the numbers: what each lacks, what nothing reads, and what came after the start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from sim.history.acts import FIRST_DAY
from sim.history.tariffs import LAST_DAY
from sim.scenario.compose import PARAMETER_FILE, SECTOR_FILE
from sim.scenario.evidence import ALWAYS, facts_named, sources
from sim.scenario.people import SHARE_RANGE, people
from sim.scenario.resolved_scenario import Parameter, Provenance, Resolved
from sim.scenario.schema import Kind
from sim.scenario.settings import REASON

NO_DATE: Final = (
    "has no day from which it could be known; name dated facts in its reason, or add known_from: "
    "YYYY-MM-DD, or `known_from: always` if it rests on none"
)

DEFAULTS: Final = (PARAMETER_FILE, SECTOR_FILE)
"""Files with the values of worlds as of a day. What a scenario changes holds on every day."""

NO_BEFORE: Final = (
    "could be known only from {day}, and nothing says what would have been held before, as worlds "
    "as of an earlier day need: give it prior_before, or add it to a group of knowledge.yaml; if "
    "it was known earlier, give the day and the reason instead"
)


@dataclass(frozen=True, slots=True)
class Audit:
    """Audit of the parameters.

    Attributes:
        by_kind: Numbers of parameters by kind of source.
        problems: Faults, one line each, with the file and line of the number.
        late: Parameters that could be known only after the scenario starts, which is fine in
            hindsight but not in a forecast.
        unused: Evidence that no number or calendar entry of the scenario cites.
        judged: Number of parameters that rest on no dated fact.
        held: Number of parameters of which something was held before they could be known.
        shares: Number of voices and mandates in the table of people, all assumed.
        share_range: Bounds of each of these, as multiples of it.
    """

    by_kind: dict[str, int]
    problems: tuple[str, ...]
    late: tuple[str, ...]
    unused: tuple[str, ...]
    judged: int = 0
    held: int = 0
    shares: int = 0
    share_range: tuple[float, float] = SHARE_RANGE


def audit(resolved: Resolved) -> Audit:
    """Returns the audit of a scenario's parameters."""
    problems = []
    late = []
    for name, p in resolved.parameters.items():
        place = f"{resolved.origins[name]}: " if name in resolved.origins else ""
        problems += [f"{place}{name}: {fault}" for fault in _faults(p)]
        if place.startswith(DEFAULTS) and _day(p) > FIRST_DAY and not p.before:
            problems.append(f"{place}{name}: {NO_BEFORE.format(day=p.known_from)}")
        if _day(p) > resolved.start:
            late.append(name)
    known = resolved.parameters.values()
    return Audit(
        by_kind=dict(sorted(Counter(p.kind for p in known).items())),
        problems=tuple(problems),
        late=tuple(late),
        unused=_unused(resolved),
        judged=sum(p.known_from == ALWAYS for p in known),
        held=sum(bool(p.before) for p in known),
        shares=sum((term.voice > 0.0) + (term.mandate > 0.0) for term in people()),
    )


def _unused(resolved: Resolved) -> tuple[str, ...]:
    numbers: list[Parameter | Provenance] = [*resolved.parameters.values()]
    numbers += resolved.sources.values()
    cited = {number.source for number in numbers} | {entry.source for entry in resolved.calendar}
    # The reason of an assumed number cites the facts it relies on.
    cited = cited.union(*(facts_named(number.reason) for number in numbers))
    return tuple(key for key in sources() if key not in cited)


def _day(p: Parameter) -> int:
    """Returns the day from which a parameter could be known, as an ordinal; 0 if at any time."""
    return date.fromisoformat(p.known_from).toordinal() if p.known_from not in {"", ALWAYS} else 0


def _faults(p: Parameter) -> Iterator[str]:
    if not p.unit:
        yield "has no unit"
    if p.kind not in get_args(Kind):
        yield f"is of no known kind; allowed: {', '.join(get_args(Kind))}"
    if p.reason == REASON:
        return
    if p.kind == "assumed":
        if p.low is None or p.high is None:
            yield "is assumed without a range"
        if not p.reason:
            yield "is assumed without a reason"
    elif p.source not in sources():
        yield "has no source"
    if not p.known_from:
        yield NO_DATE
    elif _day(p) > LAST_DAY:
        yield f"could be known only from {p.known_from}, after {date.fromordinal(LAST_DAY)}"
