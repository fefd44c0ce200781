"""Parameters of non-tariff controls: how far they reach."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import INSTRUMENT_NAMES, ChinaInstrument, Instrument, Side

UNCAPPED = (Instrument.ENTITIES, ChinaInstrument.ENTITIES)
"""Instruments a side may always use again, by side."""


def _cap(i: Index) -> str | None:
    name = INSTRUMENT_NAMES[i[0]][i[1]]
    capped = name is not None and i[1] != UNCAPPED[i[0]]
    return f"{side_name(i[0])}.control_cap.{name}" if capped else None


class ControlParams:
    """How far the levels of a control go."""

    control_max_level: int = field(
        "control.max_level", unit="level", meaning="Highest level any instrument can reach."
    )
    control_cap: list[list[int]] = field(
        _cap,
        unit="level",
        shape=(Side, Instrument),
        meaning="Level up to which a side raises an instrument of its own accord.",
    )
    memory_per_measure: float = field(
        "measure.memory",
        unit="1",
        least=0.0,
        meaning="What a measure adds to the memory of recent measures.",
    )
    trust_per_easing: float = field(
        "measure.trust_per_easing",
        unit="1",
        least=0.0,
        meaning="What an easing adds to the other side's count of kept promises.",
    )
