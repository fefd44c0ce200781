"""Acts on record that are what a question counts: outcomes that count acts, and kinds of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np

from sim.experiment.outcomes.event_days import SIDES, Kind
from sim.experiment.stats.intervals import Labels
from sim.history.acts import ActType, RecordedAct
from sim.history.legs import DROP, LAYERS, POSTPONE
from sim.model.outcomes.outcome import Outcome
from sim.model.tables.vocabulary import ChinaLayer, Package, signature_name

Matches = Callable[[RecordedAct], bool]

PARTIAL: Final = ChinaLayer.PARTIAL_REPLY.name.lower()


def _legs(kind: ActType, *legs: str) -> Matches:
    return lambda act: act.type == kind and (not legs or act.leg in legs)


def _executed(*, executed: bool) -> Matches:
    return lambda act: act.type == ActType.US_HIKE and act.executes == executed


def _in_full(act: RecordedAct) -> bool:
    return act.type == ActType.CN_HIKE and act.leg != PARTIAL


COUNTS: Final[Mapping[str, Matches]] = {
    "us_hikes": _legs(ActType.US_HIKE),
    "us_china_hikes": _legs(ActType.US_HIKE),
    "cn_hikes": _in_full,
    "us_measures": _legs(ActType.US_CONTROL),
    "cn_measures": _legs(ActType.CN_CONTROL),
    "threats_made": _legs(ActType.US_THREAT),
    "threats_executed": _executed(executed=True),
    "calls": _legs(ActType.CONTACT, "call"),
    "leaders_meetings": _legs(ActType.CONTACT, "meeting"),
    "leaders_met": _legs(ActType.CONTACT, "meeting"),
    "rounds": _legs(ActType.ROUND),
    "extensions": _legs(ActType.TRUCE, "extension"),
}
"""Outcomes that count acts since the day of a forecast, or tell whether there was one."""

EVENTS: Final[Mapping[str, Matches]] = {
    "us.hike": _executed(executed=False),
    "us.execute_threat": _executed(executed=True),
    "us.threaten": _legs(ActType.US_THREAT),
    "us.postpone_threat": _legs(ActType.US_CUT, POSTPONE),
    "us.drop_threat": _legs(ActType.US_CUT, DROP),
    "us.cut_tariff": _legs(ActType.US_CUT, *LAYERS["us"]),
    "us.tighten_tech": _legs(ActType.US_CONTROL, "tech"),
    "us.list_entities": _legs(ActType.US_CONTROL, "entities"),
    "us.limit_inbound": _legs(ActType.US_CONTROL, "inbound"),
    "us.limit_outbound": _legs(ActType.US_CONTROL, "outbound"),
    "us.set_port_fees": _legs(ActType.US_CONTROL, "port_fees"),
    "us.limit_visas": _legs(ActType.US_CONTROL, "visas"),
    "cn.reply_partial": _legs(ActType.CN_HIKE, PARTIAL),
    "cn.reply_mirror": _in_full,
    "cn.tighten_rare_earths": _legs(ActType.CN_CONTROL, "rare_earths"),
    "cn.list_entities": _legs(ActType.CN_CONTROL, "entities"),
    "cn.open_probe": _legs(ActType.CN_CONTROL, "probes"),
    "cn.set_port_fees": _legs(ActType.CN_CONTROL, "port_fees"),
    "ministers_round": _legs(ActType.ROUND),
    "call_leader": _legs(ActType.CONTACT, "call"),
    "summit_held": _legs(ActType.CONTACT, "meeting"),
} | {signature_name(package): _legs(ActType.TRUCE, package.name.lower()) for package in Package}
"""Kinds of events of which the record has the acts. A control in answer to another is not told
apart on record; who asked for a call is not either."""


def matches_of(what: Outcome | Kind) -> Matches | None:
    """Returns what tells the acts that an outcome counts, or that are events of a kind; None if the
    record has none of the sort."""
    if isinstance(what, Outcome):
        return COUNTS.get(what.name)
    if what.name in EVENTS:
        return EVENTS[what.name]
    # Without a side, an event of either is meant.
    either = [EVENTS[name] for side in SIDES if (name := f"{side}.{what.name}") in EVENTS]
    return (lambda act: any(each(act) for each in either)) if either else None


def days_of(acts: Iterable[RecordedAct], matches: Matches) -> Labels:
    """Returns the days, ordinals in order, with an act that counts and matches; each once."""
    days = {act.day for act in acts if act.counts and matches(act)}
    return np.array(sorted(days), dtype=np.int64)
