"""Acts that the model expects on each day of the record, before it is known what was done.

On each day the replayed state gives the probability of every act that has a hazard of its own
(`engine.act_rates`). Its sum over days is the compensator of the counting process of these acts
(Andersen et al. 1993): the number that the model would have expected in the situations that came.
Truces and pledges have none, because whether they come depends on private floors.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from sim.engine import act_rates
from sim.engine.act_rates import N_RATES, chosen, in_kind, set_act_rates
from sim.engine.replay import replay
from sim.engine.world import World
from sim.experiment.inputs.as_of import last_day_of, recorded_base
from sim.experiment.stats.intervals import Floats
from sim.history.acts import ActType, RecordedAct
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import Act, ChinaInstrument, Instrument

PLACES: Final = {kind: place for place, kind in enumerate(ActType)}

RATES: Final[dict[ActType, tuple[int, ...]]] = {
    ActType.US_HIKE: (
        chosen(US, Act.HIKE), chosen(US, Act.REVOKE_PNTR), act_rates.EXECUTED, act_rates.COUNTERED,
    ),
    ActType.US_THREAT: (chosen(US, Act.THREATEN),),
    ActType.US_CUT: (chosen(US, Act.CUT_TARIFF), act_rates.POSTPONED, act_rates.DROPPED),
    ActType.US_CONTROL: (
        chosen(US, Act.TIGHTEN_TECH), chosen(US, Act.LIST_ENTITIES), chosen(US, Act.LIMIT_INBOUND),
        chosen(US, Act.LIMIT_OUTBOUND), chosen(US, Act.SET_PORT_FEES), chosen(US, Act.LIMIT_VISAS),
        *(in_kind(US, each) for each in Instrument),
    ),
    ActType.US_EASE: (chosen(US, Act.EASE_TECH), chosen(US, Act.EASE_CONTROLS)),
    ActType.CN_HIKE: (act_rates.REPLIED,),
    ActType.CN_CONTROL: (
        chosen(CN, Act.TIGHTEN_RARE_EARTHS), chosen(CN, Act.LIST_ENTITIES),
        chosen(CN, Act.OPEN_PROBE), chosen(CN, Act.SET_PORT_FEES),
        *(in_kind(CN, each) for each in ChinaInstrument),
    ),
    ActType.CN_EASE: (chosen(CN, Act.EASE_RARE_EARTHS), chosen(CN, Act.EASE_CONTROLS)),
    ActType.ROUND: (act_rates.ROUND,),
    ActType.CONTACT: (chosen(US, Act.CALL_LEADER), chosen(CN, Act.CALL_LEADER)),
}  # fmt: skip
"""Places of the acts of each type among the rates of a day."""


@cache
def exposures(acts: tuple[RecordedAct, ...], sets: tuple[tuple[str, str], ...] = ()) -> Floats:
    """Returns the number of acts of each type expected on each day of a record, shape (days,
    types) in the order of `ActType`, from the first day of `as_of.BASE`; not to be written to.

    Each row depends on acts before its day alone.

    Args:
        acts: The record.
        sets: Changes of the replayed scenario, as pairs (key, text): parameters with other than
            central values, and how the record is coded.
    """
    last = last_day_of(acts)
    rows: list[Floats] = []
    replay(recorded_base(last, sets), acts, last, lambda world: rows.append(expected_acts(world)))
    found = np.array(rows)
    found.flags.writeable = False
    return found


def expected_acts(world: World) -> Floats:
    """Returns the number of acts of each type expected today, shape (types,)."""
    rates = [0.0] * N_RATES
    set_act_rates(world.state, world.params, rates)
    found = np.zeros(len(ActType))
    for kind, places in RATES.items():
        found[PLACES[kind]] = sum(rates[place] for place in places)
    return found
