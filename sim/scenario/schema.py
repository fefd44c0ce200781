"""Closed schema of scenario files: unknown keys are errors, and known keys have descriptions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    Tag,
)

from sim.model.outcomes.politics import outcome_index
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import ACT_CODES, Act
from sim.units import UNITS

MAX_CHANGES = 64
"""Changes of a preset, at most."""

LIMITS = {"calendar": 64, "interventions": 16, "expect": 64, "presets": 16}
"""Entries of a section, at most."""

Day = datetime.date
Number = Annotated[StrictInt | StrictFloat, Field(allow_inf_nan=False)]
Value = StrictBool | Number | Day | StrictStr
Kind = Literal["reported", "measured", "estimated", "assumed"]
Text = Annotated[StrictStr, Field(min_length=1, max_length=300)]


class Closed(BaseModel):
    """Base of all sections: frozen, without extra keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class PriorModel(Closed):
    """A prior distribution; its numbers depend on the family."""

    family: Literal["beta", "normal", "lognormal", "gamma", "uniform"]
    a: Number | None = Field(None, description="beta: first count")
    b: Number | None = Field(None, description="beta: second count")
    mean: Number | None = Field(None, description="normal: mean")
    sd: Number | None = Field(None, description="normal: standard deviation")
    median: Number | None = Field(None, description="lognormal: median")
    sd_log: Number | None = Field(None, description="lognormal: sd of the logarithm")
    shape: Number | None = Field(None, description="gamma: shape")
    rate: Number | None = Field(None, description="gamma: rate")
    low: Number | None = Field(None, description="uniform: lowest; normal: truncation")
    high: Number | None = Field(None, description="uniform: highest; normal: truncation")


class StateModel(Closed):
    """A value of the initial state."""

    value: Value | None = Field(
        description="Number, true/false, date (YYYY-MM-DD) or name of a code"
    )
    unit: Text = Field(description="Unit from the closed list; must be that of the field")
    kind: Kind = Field(description="reported, measured, estimated or assumed")
    source: Text | None = Field(None, description="Key of evidence.csv (E...) or sources.yaml")
    range: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = Field(
        None, description="Lowest and highest plausible value; required if assumed"
    )
    reason: Text | None = Field(None, description="Why this value; required if assumed")


class PriorBeforeModel(Closed):
    """What would have been held of a parameter before the day from which it could be known."""

    value: Number = Field(description="Central value, in the unit of the parameter")
    until: Day | None = Field(
        None, description="Day on which something else was learned; the last one has known_from"
    )
    range: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = Field(
        None, description="Lowest and highest plausible value"
    )
    prior: PriorModel | None = Field(
        None, description="Distribution; by default uniform over range, without one it is not drawn"
    )
    reason: Text = Field(description="Why this value, without the later fact")


class ParameterModel(StateModel):
    """A parameter: like a state value, with a prior unless it is a legal fact."""

    value: Number = Field(description="Central value")
    legal: StrictBool = Field(False, description="A legal or definitional fact: no prior")
    prior: PriorModel | None = Field(None, description="Distribution of the uncertain value")
    known_from: Day | Literal["always"] | None = Field(
        None,
        description="Day from which the value could be known, if neither its source nor its reason "
        "is dated, or both are younger than what they say; always, if it rests on no dated fact",
    )
    known_reason: Text | None = Field(
        None, description="Why it could be known from that day, if source or reason are younger"
    )
    prior_before: PriorBeforeModel | list[PriorBeforeModel] | None = Field(
        None,
        description="What would have been held before that day, step by step if that changed; "
        "worlds as of an earlier day use it",
    )


class KnowledgeModel(Closed):
    """A group of parameters in `knowledge.yaml`: from when they could be known, or what would have
    been held of them before, or both."""

    reason: Text = Field(description="Why, for all of the group")
    known_from: Day | Literal["always"] | None = Field(
        None, description="Day from which they could be known; by default that of their sources"
    )
    parameters: list[Text] = Field(default_factory=list, description="Those known from that day")
    before: dict[str, Number | Annotated[list[Number], Field(min_length=3, max_length=3)]] = Field(
        default_factory=dict,
        description="Value before that day: a number, or [value, lowest, highest] if it is drawn",
    )
    sd_log: Number | None = Field(
        None, description="The numbers of before are drawn: medians of lognormal distributions"
    )


class CalendarModel(Closed):
    """A calendar entry."""

    date: Day
    kind: Literal["deadline", "review", "summit_slot", "round", "soft_date", "verdict", "info"]
    label: Text
    source: Text
    venue: Literal["beijing", "washington", "mar_a_lago", "third_country"] | None = None


class ActModel(Closed):
    """An act of a side."""

    side: Literal["us", "cn"]
    act: Text = Field(description="Name of an act, e.g. tighten_tech or sign_extension")
    size_pp: Number | None = Field(None, description="Points, for hikes")


class DoModel(Closed):
    """What an intervention does, in this order: set, forbid, force."""

    set: dict[str, Value] | None = None
    forbid: ActModel | list[ActModel] | None = None
    force: ActModel | list[ActModel] | None = None


class InterventionModel(Closed):
    """A dated (`date`) or conditional (`when`) intervention."""

    date: Day | None = None
    until: Day | None = Field(None, description="Day on which a dated ban ends")
    when: Text | None = Field(
        None, description='Comparisons joined by `and`, e.g. "tension > 0.8 for 5 days"'
    )
    once: StrictBool | None = Field(None, description="Fires only once (the default)")
    cooldown_days: StrictInt | None = Field(
        None, ge=1, description="Days after which it may fire again"
    )
    do: DoModel
    source: Text | None = None


class PresetModel(Closed):
    """A named set of changes, which `--preset` makes as `--set` would."""

    label: Text = Field(description="What the changes stand for, in one line")
    set: Annotated[dict[str, Value | None], Field(min_length=1, max_length=MAX_CHANGES)] = Field(
        description="Names and values as after --set: us.hawks.influence: 0.9, calendar.x: null"
    )


class AsOfModel(Closed):
    """A start on the morning after a day on record, in the world as it then stood."""

    as_of: Day = Field(description="The day, from 5 April 2017 to 23 October 2025")


def _form_of_start(value: Any) -> str:
    return "as_of" if isinstance(value, dict | AsOfModel) else "day"


Start = Annotated[
    Annotated[Day, Tag("day")] | Annotated[AsOfModel, Tag("as_of")], Discriminator(_form_of_start)
]


class ScenarioModel(Closed):
    """A scenario file."""

    title: Text | None = None
    question: Text | None = Field(None, description="The question this scenario answers")
    answers: list[Text] = Field(
        default_factory=list,
        description="Outcomes that answer it, the first first, e.g. truce_in_force@2025-11-10",
    )
    extends: Text | None = Field(None, description="One base, e.g. base/october-2025")
    overrides: list[Text] = Field(default_factory=list, description="Overrides, applied in order")
    start: Start | None = Field(None, description="First day, or {as_of: a day on record}")
    until: Day | None = Field(None, description="Last day; default start + 180 days")
    state: dict[str, StateModel | None] = Field(default_factory=dict)
    parameters: dict[str, ParameterModel | None] = Field(default_factory=dict)
    calendar: dict[str, CalendarModel | None] = Field(default_factory=dict)
    interventions: dict[str, InterventionModel | None] = Field(default_factory=dict)
    needs: list[Text] = Field(default_factory=list, description="What is not modelled yet")
    expect: dict[str, Text | None] = Field(
        default_factory=dict,
        description="Question (docs/questions.md): always, never, at least P, at most P or between "
        "P and Q; detente check plays and judges them",
    )
    presets: dict[str, PresetModel | None] = Field(
        default_factory=dict, description="Named sets of changes, for --preset NAME"
    )


def _targets() -> Iterator[str]:
    """Yields each outcome, and each class of one, as they are asked for."""
    for name, outcome in outcome_index().items():
        yield name
        yield from (f"{name}={label}" for label in outcome.classes if outcome.kind == "class")


def editor_schema() -> dict[str, Any]:
    """Returns the JSON Schema for editors, with completion of names, units and acts and help texts.

    No section is required, because a child file contains only its changes.
    """
    schema = ScenarioModel.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "détente scenario"
    properties, parts = schema["properties"], schema["$defs"]
    for section, record in (("state", State), ("parameters", Params)):
        properties[section]["propertyNames"] = {"enum": list(slot_index(record))}
    for section, limit in LIMITS.items():
        properties[section]["maxProperties"] = limit
    for part in ("StateModel", "ParameterModel"):
        parts[part]["properties"]["unit"]["enum"] = list(UNITS)
    properties["answers"]["items"]["examples"] = [*_targets()]
    acts = [name for name, code in ACT_CODES.items() if code != Act.WAIT]
    parts["ActModel"]["properties"]["act"]["enum"] = acts
    return schema
