"""Parameters of the model, each with unit and meaning.

Values are in `scenarios/parameters.yaml`, each with its source and range; a new record is all
zeros. The rows are in `parameters/`, by subject.
"""

from __future__ import annotations

from typing import Final

from sim.model.tables.fields import record, slot_index
from sim.model.tables.parameters.agreements import AgreementParams
from sim.model.tables.parameters.bargain import BargainParams
from sim.model.tables.parameters.controls import ControlParams
from sim.model.tables.parameters.diplomacy import DiplomacyParams
from sim.model.tables.parameters.duties import DutyParams
from sim.model.tables.parameters.economy import EconomyParams
from sim.model.tables.parameters.governments import GovernmentParams
from sim.model.tables.parameters.information import InformationParams
from sim.model.tables.parameters.law import LawParams
from sim.model.tables.parameters.relations import RelationParams
from sim.model.tables.parameters.third_parties import ThirdPartyParams
from sim.model.tables.parameters.words import WordParams


@record
class Params(
    DutyParams,
    LawParams,
    ControlParams,
    AgreementParams,
    GovernmentParams,
    DiplomacyParams,
    BargainParams,
    InformationParams,
    RelationParams,
    WordParams,
    EconomyParams,
    ThirdPartyParams,
):
    """Record of the parameters of a run; arrays are indexed by the enums of their shape."""


DEFINITIONS: Final = tuple(
    name for name, slot in slot_index(Params).items() if slot.spec.is_definition
)
"""Parameters that only define how an outcome is read off a run."""
