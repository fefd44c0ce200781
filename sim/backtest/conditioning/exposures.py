"""Acts that the model expects on each day of the record, before it is known what was done.

On each day the replayed state gives the probability of every act that has a hazard of its own. Its
sum over days is the compensator of the counting process of these acts (Andersen et al. 1993): the
number that the model, at its central values, would have expected in the situations that came.
Truces and pledges have none, because whether they come depends on private floors.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from sim.economy.arithmetic import safe_exp
from sim.engine.chronicle import choice_probabilities
from sim.engine.replay import replay
from sim.engine.world import World
from sim.experiment.inputs.as_of import last_day_of, recorded_base
from sim.experiment.stats.intervals import Floats
from sim.history.acts import ActType, RecordedAct
from sim.model.controls.measures import kind_hazard
from sim.model.diplomacy.talks import answer_probability, round_hazard
from sim.model.duties.hikes import reply_hazard
from sim.model.duties.threats import counter_hazard, threat_hazard, threat_utility
from sim.model.governments.agents import apply_signals, review_hazard
from sim.model.tables.codes import DROP_THREAT, EXECUTE_THREAT, N_SIDES, POSTPONE_THREAT, US
from sim.model.tables.vocabulary import Act

CHOSEN: Final[dict[ActType, tuple[Act, ...]]] = {
    ActType.US_HIKE: (Act.HIKE, Act.REVOKE_PNTR),
    ActType.US_THREAT: (Act.THREATEN,),
    ActType.US_CUT: (Act.CUT_TARIFF,),
    ActType.US_CONTROL: (
        Act.TIGHTEN_TECH, Act.LIST_ENTITIES, Act.LIMIT_INBOUND, Act.LIMIT_OUTBOUND,
        Act.SET_PORT_FEES, Act.LIMIT_VISAS,
    ),
    ActType.US_EASE: (Act.EASE_TECH, Act.EASE_CONTROLS),
    ActType.CN_CONTROL: (
        Act.TIGHTEN_RARE_EARTHS, Act.LIST_ENTITIES, Act.OPEN_PROBE, Act.SET_PORT_FEES,
    ),
    ActType.CN_EASE: (Act.EASE_RARE_EARTHS, Act.EASE_CONTROLS),
    ActType.CONTACT: (Act.CALL_LEADER,),
}  # fmt: skip
"""Acts of the menu that are of each type, on the side of the type."""

PLACES: Final = {kind: place for place, kind in enumerate(ActType)}


@cache
def exposures(acts: tuple[RecordedAct, ...]) -> Floats:
    """Returns the number of acts of each type expected on each day of a record, shape (days,
    types) in the order of `ActType`, from the first day of `as_of.BASE`; not to be written to.

    Each row depends on acts before its day alone.
    """
    last = last_day_of(acts)
    rows: list[Floats] = []
    replay(recorded_base(last), acts, last, lambda world: rows.append(expected_acts(world)))
    found = np.array(rows)
    found.flags.writeable = False
    return found


def expected_acts(world: World) -> Floats:
    """Returns the number of acts of each type expected today, shape (types,)."""
    state, params = world.state, world.params
    found = np.zeros(len(ActType))
    for side in range(N_SIDES):
        apply_signals(state, params, side)
        chances = dict(choice_probabilities(world, side))
        hazard = review_hazard(state, params, side)
        for kind, acts in CHOSEN.items():
            if kind.side in {"both", ("us", "cn")[side]}:
                chosen = sum(chances.get(act.name.lower(), 0.0) for act in acts)
                found[PLACES[kind]] += hazard * chosen * granted(world, side, kind)
        answered = kind_hazard(state, params, side) * params.kind_probability_control
        found[PLACES[(ActType.US_CONTROL, ActType.CN_CONTROL)[side]]] += answered
    resolved = threat_hazard(state, params)
    if resolved > 0.0:
        executed = execution_probability(world)
        found[PLACES[ActType.US_HIKE]] += resolved * executed
        found[PLACES[ActType.US_CUT]] += resolved * (1.0 - executed)
    found[PLACES[ActType.US_HIKE]] += counter_hazard(state, params)
    found[PLACES[ActType.CN_HIKE]] += reply_hazard(state, params) * params.reply_probability
    found[PLACES[ActType.ROUND]] += round_hazard(state, params)
    return found


def granted(world: World, side: int, kind: ActType) -> float:
    """Returns the probability that an act takes place once it is chosen: a request for a call is
    granted by the other side, all else needs nobody."""
    if kind != ActType.CONTACT:
        return 1.0
    params = world.params
    odds = answer_probability(world.state, params, 1 - side)
    return 1.0 - params.call_doubt_share * (1.0 - odds)


def execution_probability(world: World) -> float:
    """Returns the probability that the open threat is carried out if it is resolved today."""
    noise = world.params.noise[US]
    acts = (EXECUTE_THREAT, POSTPONE_THREAT, DROP_THREAT)
    values = [threat_utility(world.state, world.params, act) / noise for act in acts]
    weights = [safe_exp(value - max(values)) for value in values]
    return weights[0] / sum(weights)
