"""State of a run: every variable with unit and meaning.

Days are proleptic ordinals (`date.toordinal()`); 0 means never. The rows are in `variables/`, by
subject.
"""

from __future__ import annotations

from sim.model.tables.fields import field, record
from sim.model.tables.variables.diplomacy import DiplomacyState
from sim.model.tables.variables.duties import DutyState
from sim.model.tables.variables.economy import EconomyState
from sim.model.tables.variables.information import InformationState
from sim.model.tables.variables.law import LawState
from sim.model.tables.variables.posts import PostState
from sim.model.tables.variables.relations import RelationState
from sim.model.tables.variables.third_parties import ThirdPartyState
from sim.model.tables.variables.words import WordState


@record
class State(
    DutyState,
    LawState,
    DiplomacyState,
    InformationState,
    PostState,
    RelationState,
    WordState,
    EconomyState,
    ThirdPartyState,
):
    """Record of everything that changes in a run. Only the engine writes `day`."""

    day: int = field("", unit="date", meaning="Today, an ordinal day.")
