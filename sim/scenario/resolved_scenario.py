"""Resolved scenario: complete and frozen, with nothing left to look up."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sim.history.elections import Election
from sim.scenario.answers import QuestionAnswer
from sim.scenario.posterior import Posterior


@dataclass(frozen=True, slots=True)
class Provenance:
    """Origin of a value: source, kind, unit, reason, range and date of publication."""

    source: str
    kind: str
    unit: str
    reason: str = ""
    low: float | None = None
    high: float | None = None
    known_from: str = ""


@dataclass(frozen=True, slots=True)
class Prior:
    """A prior distribution: family and two numbers (see `sim.experiment.inputs.priors`)."""

    family: str
    a: float
    b: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What would have been held of a parameter until a day (ISO): value, that day, prior (None if
    it is not drawn), range and reason."""

    value: float
    until: str
    prior: Prior | None
    low: float | None
    high: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named number with its unit, kind, source, prior, range and reason, what would have been
    held of it before the day from which it could be known, in order, and why from that day."""

    name: str
    value: float
    unit: str
    kind: str
    source: str
    known_from: str
    prior: Prior | None
    low: float | None
    high: float | None
    reason: str
    before: tuple[Before, ...] = ()
    known_reason: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Calendar entry: `kind` is a `CalendarKind`, `venue` a `Venue` code (0 = none)."""

    key: str
    day: int
    kind: int
    label: str
    source: str
    venue: int = 0


@dataclass(frozen=True, slots=True)
class WhenCondition:
    """One comparison of a `when`, to hold for `for_days` consecutive days (0 and 1 = today)."""

    observable: str
    op: str
    value: float
    for_days: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """One action of an intervention: it forces or forbids an act, or sets a number."""

    kind: str
    side: int | None = None
    act: str | None = None
    name: str | None = None
    value: float | None = None
    size_pp: float | None = None


@dataclass(frozen=True, slots=True)
class Intervention:
    """A dated or conditional intervention; a dated ban ends on `until`."""

    key: str
    day: int | None
    until: int | None
    when: tuple[WhenCondition, ...]
    do: tuple[Action, ...]
    once: bool
    cooldown_days: int
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change made by an override, a child file or `--set`."""

    key: str
    old: str
    new: str
    by: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """Term of a person in a post, a row of the table of people (`sim.scenario.people`).

    Attributes:
        key: Name of the row.
        side: The side, by code.
        post: The post, by code.
        title: Title in a text; empty for a group.
        name: Name in a text.
        start: First day in post, an ordinal.
        until: Last day in post; the last of all days if it had not ended by the cutoff.
        heard: First day on which the voice counts, at most `start`.
        camp: Faction of the person, by code; 0 if none, and the voice is then 0.
        voice: Voice in the faction.
        mandate: Part of the authority to settle that the person carries in the talks.
        leads: First day of the mandate.
        signs: Highest rank at which the person can sign.
        source: Keys of the sources, separated by spaces.
    """

    key: str
    side: int
    post: int
    title: str
    name: str
    start: int
    until: int
    heard: int
    camp: int
    voice: float
    mandate: float
    leads: int
    signs: str
    source: str

    @property
    def words(self) -> str:
        """Title and name, as a text gives them."""
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class Resolved:
    """A complete scenario: everything that determines its runs, with its provenance.

    Attributes:
        name: Name of the scenario.
        question: The question it answers.
        start: Ordinal first day.
        until: Ordinal last day.
        state: Dotted state name -> value (dates as ordinals, codes as integers).
        sources: Dotted state name -> provenance.
        parameters: Dotted name -> parameter; complete.
        calendar: Calendar entries, sorted by day.
        interventions: Interventions, in file order.
        needs: What it would need that is not modelled yet, in words.
        report_dates: Ordinal days on which dated outcomes are read.
        changes: Changes in order, each with its author (a file or `--set`).
        origins: Key -> file:line.
        file: Absolute path of its file; "" for a shipped scenario.
        people: Terms of those who are heard or in post on some day of the run.
        elections: US elections up to the end of the run whose winner takes office after the day as
            of which the scenario starts, as they were known on it; only of a world as of a day on
            record.
        posterior: Draws that replace the priors of the parameters it names; None to draw all
            from their priors.
        memory: What is remembered of the time before, by attribute of the state and place; only of
            a world as of a day on record (see `sim.model.tables.fields.memory_index`).
        answers: Outcomes that answer the question, the most telling first; empty if not stated.
    """

    name: str
    question: str
    start: int
    until: int
    state: dict[str, float]
    sources: dict[str, Provenance]
    parameters: dict[str, Parameter]
    calendar: tuple[CalendarEntry, ...]
    interventions: tuple[Intervention, ...]
    needs: tuple[str, ...]
    report_dates: tuple[int, ...]
    changes: tuple[Change, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    file: str = ""
    people: tuple[Tenure, ...] = ()
    elections: tuple[Election, ...] = ()
    posterior: Posterior | None = None
    memory: dict[str, float] = field(default_factory=dict)
    answers: tuple[QuestionAnswer, ...] = ()

    def __repr__(self) -> str:
        span = f"{date.fromordinal(self.start)} to {date.fromordinal(self.until)}"
        return f"<{type(self).__name__}: {self.name}, {span}, {self.hash}>"

    @property
    def reference(self) -> str:
        """What to type after a verb, in any folder, to play the scenario."""
        return self.file or self.name

    @property
    def hash(self) -> str:
        """Hash (16 hex digits) of everything that determines runs at central values."""
        return _digest(self._substance())

    @property
    def prior_hash(self) -> str:
        """Hash (16 hex digits) of everything that determines runs with drawn parameters."""
        priors = {name: asdict(p.prior) if p.prior else None for name, p in self.parameters.items()}
        drawn: dict[str, Any] = {"runs": self._substance(), "priors": priors}
        if self.posterior is not None:
            drawn["posterior"] = self.posterior.digest
        return _digest(drawn)

    def _substance(self) -> dict[str, Any]:
        return {
            "start": self.start,
            "until": self.until,
            "state": {name: float(value) for name, value in (self.state | self.memory).items()},
            "parameters": {name: float(p.value) for name, p in self.parameters.items()},
            "calendar": [[e.key, e.day, e.kind, e.venue] for e in self.calendar],
            "interventions": [asdict(row) | {"source": ""} for row in self.interventions],
            "report_dates": list(self.report_dates),
            "people": [
                [t.side, t.post, t.until, t.heard, t.camp, t.voice, t.mandate, t.leads]
                for t in self.people
            ],
            "elections": [[e.day, e.inauguration, e.change] for e in self.elections],
        }

    def to_json(self) -> str:
        """Returns the complete scenario as JSON."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Resolved:
        """Reads a scenario written by `to_json`."""
        raw = json.loads(text)
        raw["sources"] = {name: Provenance(**p) for name, p in raw["sources"].items()}
        raw["parameters"] = {
            name: Parameter(**{**p, "prior": _prior(p), "before": _before(p.get("before") or [])})
            for name, p in raw["parameters"].items()
        }
        raw["calendar"] = tuple(CalendarEntry(**entry) for entry in raw["calendar"])
        raw["interventions"] = tuple(
            Intervention(
                **{
                    **row,
                    "when": tuple(WhenCondition(**c) for c in row["when"]),
                    "do": tuple(Action(**a) for a in row["do"]),
                }
            )
            for row in raw["interventions"]
        )
        raw["changes"] = tuple(Change(**change) for change in raw["changes"])
        raw["people"] = tuple(Tenure(**term) for term in raw.get("people", ()))
        raw["elections"] = tuple(Election(**each) for each in raw.get("elections", ()))
        raw["answers"] = tuple(QuestionAnswer(**each) for each in raw.get("answers", ()))
        posterior = raw.pop("posterior", None)
        if posterior is not None:
            draws = tuple(map(tuple, posterior["draws"]))
            posterior |= {"names": tuple(posterior["names"]), "draws": draws}
            raw["posterior"] = Posterior(**posterior)
        raw["needs"] = tuple(raw["needs"])
        raw["report_dates"] = tuple(raw["report_dates"])
        return cls(**raw)


def _prior(raw: dict[str, Any]) -> Prior | None:
    return Prior(**raw["prior"]) if raw["prior"] else None


def _before(raw: list[dict[str, Any]]) -> tuple[Before, ...]:
    return tuple(Before(**{**step, "prior": _prior(step)}) for step in raw)


def _digest(substance: dict[str, Any]) -> str:
    text = json.dumps(substance, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
