"""Channels: what the record says was done, and by which acts of the model it may have been done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine import act_rates
from sim.engine.act_rates import N_RATES, chosen, in_kind
from sim.experiment.stats.intervals import Floats
from sim.history.acts import ActType, RecordedAct
from sim.history.legs import DROP, POSTPONE, THREATEN
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import Act, ChinaInstrument, ChinaLayer, Instrument, Layer


@dataclass(frozen=True, slots=True)
class ActChannel:
    """Acts that the record does not tell apart.

    Attributes:
        name: Name in tables.
        type: Their type on record.
        legs: Their legs on record.
        places: Their places among the rates of a day (`act_rates`), which add up.
        executes: Whether they carry out a threat; None if it does not matter.
    """

    name: str
    type: ActType
    legs: tuple[str, ...]
    places: tuple[int, ...]
    executes: bool | None = None

    def holds(self, act: RecordedAct) -> bool:
        """Returns whether an act on record is one of the channel."""
        if act.type != self.type or act.leg not in self.legs or not act.bilateral:
            return False
        return self.executes is None or act.executes == self.executes


def _control(
    name: str, side: int, act: Act, instrument: Instrument | ChinaInstrument
) -> ActChannel:
    """Returns the channel of one instrument: taken up unasked, or in reply."""
    kind = (ActType.US_CONTROL, ActType.CN_CONTROL)[side]
    places = (chosen(side, act), in_kind(side, instrument))
    return ActChannel(name, kind, (instrument.name.lower(),), places)


_DUTIES: Final = tuple(
    layer.name.lower() for layer in (Layer.S301, Layer.FENTANYL, Layer.RECIPROCAL)
)

THREAT_DROPPED: Final = "US threat dropped"
THREAT_ENDS: Final = ("US threat carried out", "US threat put off", THREAT_DROPPED)

CHANNELS: Final = (
    ActChannel(
        "US hike unasked",
        ActType.US_HIKE,
        _DUTIES,
        (chosen(US, Act.HIKE), chosen(US, Act.REVOKE_PNTR), act_rates.COUNTERED),
        executes=False,
    ),
    ActChannel(THREAT_ENDS[0], ActType.US_HIKE, _DUTIES, (act_rates.EXECUTED,), executes=True),
    ActChannel(THREAT_ENDS[1], ActType.US_CUT, (POSTPONE,), (act_rates.POSTPONED,)),
    ActChannel(THREAT_DROPPED, ActType.US_CUT, (DROP,), (act_rates.DROPPED,)),
    ActChannel("US threat", ActType.US_THREAT, (THREATEN,), (chosen(US, Act.THREATEN),)),
    _control("US technology control", US, Act.TIGHTEN_TECH, Instrument.TECH),
    _control("US listing", US, Act.LIST_ENTITIES, Instrument.ENTITIES),
    _control("US limit on Chinese investment", US, Act.LIMIT_INBOUND, Instrument.INBOUND_LIMITS),
    _control("US limit on investing there", US, Act.LIMIT_OUTBOUND, Instrument.OUTBOUND_LIMITS),
    ActChannel(
        "Chinese reply by duties",
        ActType.CN_HIKE,
        tuple(layer.name.lower() for layer in ChinaLayer),
        (act_rates.REPLIED,),
    ),
    _control("Chinese rare earths", CN, Act.TIGHTEN_RARE_EARTHS, ChinaInstrument.RARE_EARTHS),
    _control("Chinese listing", CN, Act.LIST_ENTITIES, ChinaInstrument.ENTITIES),
    _control("Chinese probe", CN, Act.OPEN_PROBE, ChinaInstrument.PROBES),
    ActChannel("round of talks", ActType.ROUND, ("round",), (act_rates.ROUND,)),
    ActChannel(
        "call of the leaders",
        ActType.CONTACT,
        ("call",),
        (chosen(US, Act.CALL_LEADER), chosen(CN, Act.CALL_LEADER)),
    ),
    ActChannel("pause prolonged", ActType.TRUCE, ("extension",), (act_rates.PROLONGED,)),
)
"""Channels by which the record is judged.

Left out is what the record cannot judge: cuts, pledges and easing mostly follow from what was
signed (in the model single firms are not let off a list); port fees, visas and a freeze of
purchases came once or twice; third countries, words and plans of a meeting are not on record.
"""

PLACES: Final = {channel.name: place for place, channel in enumerate(CHANNELS)}


def membership() -> Floats:
    """Returns which rates make up which channel, shape (`N_RATES`, channels), of zeros and ones."""
    found = np.zeros((N_RATES, len(CHANNELS)))
    for place, channel in enumerate(CHANNELS):
        found[list(channel.places), place] = 1.0
    return found
