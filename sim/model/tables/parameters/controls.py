"""Parameters of non-tariff controls."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import INSTRUMENT_NAMES, ChinaInstrument, Instrument, Side

UNCAPPED = (Instrument.ENTITIES, ChinaInstrument.ENTITIES)
"""Instruments each side may always use again."""


def _cap(i: Index) -> str | None:
    name = INSTRUMENT_NAMES[i[0]][i[1]]
    capped = name is not None and i[1] != UNCAPPED[i[0]]
    return f"{side_name(i[0])}.control_cap.{name}" if capped else None


class ControlParams:
    """Levels of controls and their effect on memories."""

    control_max_level: int = field(
        "control.max_level", unit="level", meaning="Highest level of any instrument."
    )
    control_cap: list[list[int]] = field(
        _cap,
        unit="level",
        shape=(Side, Instrument),
        meaning="Highest level to which a side raises an instrument unprompted.",
    )
    measure_spacing_days: int = field(
        "measure.spacing_days",
        unit="days",
        least=0,
        meaning="Days for which a side that raised an instrument does not raise it again unasked.",
    )
    control_kept_days: int = field(
        "control.kept_days",
        unit="days",
        least=0,
        meaning="Days for which a side that eased an instrument does not raise it unprovoked.",
    )
    control_stands_days: int = field(
        "control.stands_days",
        unit="days",
        least=0,
        meaning="Days for which a side that raised an instrument does not ease it unasked.",
    )
    courtesy_text_days: int = field(
        "measure.courtesy_text_days",
        unit="days",
        least=0,
        meaning="Days after a text was signed in which neither side takes a measure unasked.",
    )
    courtesy_contact_days: int = field(
        "measure.courtesy_contact_days",
        unit="days",
        least=0,
        meaning="Days after a call, or a step agreed on, in which neither side acts unasked.",
    )
    courtesy_meeting_days: int = field(
        "measure.courtesy_meeting_days",
        unit="days",
        least=0,
        meaning="Days before and after a leaders' meeting in which neither side takes a measure.",
    )
    memory_per_measure: float = field(
        "measure.memory",
        unit="1",
        least=0.0,
        meaning="Amount a measure adds to the memory of recent measures.",
    )
    trust_per_easing: float = field(
        "measure.trust_per_easing",
        unit="1",
        least=0.0,
        meaning="Amount an easing adds to the other side's count of promises kept.",
    )
