"""Counts of acts by type, in simulated runs and on record, by one rule.

An act counts if it is aimed at the other side and is no part of another act, and at most one act of
a type counts on a day. The record is one draw of a random number of acts, so the mean of the model
is held against a 90% interval for the rate behind the recorded count, and the recorded count
against the middle 90% of the runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.stats import gamma

from sim.engine.blocks import Events
from sim.engine.happenings import CLAUSE_NAMES
from sim.experiment.outcomes.event_days import Kind, kind_of
from sim.experiment.runs.batch import Batch
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType, RecordedAct
from sim.model.governments.acts import ASKING
from sim.model.tables.parameters.bargain import PURCHASED
from sim.model.tables.vocabulary import AGREE_FIRST, Clause, Package, signature_name

Counts = npt.NDArray[np.int64]


def clauses_on(*clauses: Clause) -> tuple[str, ...]:
    """Returns the events of the signing of some clauses."""
    return tuple(CLAUSE_NAMES[AGREE_FIRST + clause] for clause in clauses)


US_CUTTING: Final = (
    Clause.RECIPROCAL_CUT, Clause.FENTANYL_CUT, Clause.THREAT_OFF, Clause.THREAT_LATER,
)  # fmt: skip
US_EASING: Final = (
    Clause.TECH, Clause.VISAS, Clause.US_LISTINGS, Clause.INBOUND, Clause.OUTBOUND,
)  # fmt: skip
CN_EASING: Final = (Clause.MINERALS, Clause.CN_LISTINGS, Clause.PROBES)

EVENTS: Final[Mapping[ActType, tuple[str, ...]]] = {
    ActType.US_HIKE: (
        "us.hike", "us.execute_threat", "us.counter_hike", "us.penalise", "us.revoke_pntr",
    ),
    ActType.US_THREAT: ("us.threaten",),
    ActType.US_CUT: (
        "us.cut_tariff", "us.postpone_threat", "us.drop_threat", *clauses_on(*US_CUTTING),
    ),
    ActType.US_CONTROL: (
        "us.tighten_tech", "us.list_entities", "us.limit_inbound", "us.limit_outbound",
        "us.set_port_fees", "us.limit_visas", "us.reply_tech", "us.reply_entities",
        "us.reply_inbound", "us.reply_outbound", "us.reply_port_fees", "us.reply_visas",
    ),
    ActType.US_EASE: ("us.ease_tech", "us.ease_controls", *clauses_on(*US_EASING)),
    ActType.CN_HIKE: ("cn.hike", "cn.reply_partial", "cn.reply_mirror"),
    ActType.CN_THREAT: (),
    ActType.CN_CUT: clauses_on(Clause.CN_CUT, Clause.CN_LISTS),
    ActType.CN_CONTROL: (
        "cn.tighten_rare_earths", "cn.list_entities", "cn.open_probe", "cn.set_port_fees",
        "cn.reply_control", "cn.reply_tech", "cn.reply_entities", "cn.reply_port_fees",
    ),
    ActType.CN_EASE: ("cn.ease_rare_earths", "cn.ease_controls", *clauses_on(*CN_EASING)),
    ActType.ROUND: ("ministers_round",),
    ActType.CONTACT: ("call_leader", "summit_held"),
    ActType.TRUCE: tuple(signature_name(package) for package in Package),
    ActType.PLEDGE: clauses_on(*sorted(PURCHASED)),
}  # fmt: skip
"""Events of a run that count as an act of each type; a request counts if it was granted.

Every signature is a truce, as the record counts every agreement signed, whatever is in it: the
steps of the accord of 2020, and the exchange of rare earths for export controls of June 2025. One
that settles controls eases them too, and one that settles purchases holds a pledge.

China's threats and cuts of duty are not in the model. Not counted, as on record: duties on all
countries and duties that restore what a court has struck down (`impose_122`, `widen_232`,
`open_301`, `impose_338`), halts to purchases (`freeze_purchases`), accusations, proposals.
"""

LEVEL: Final = 0.90
"""Share of the runs inside a band, and confidence of an interval for a rate."""


@dataclass(frozen=True, slots=True)
class ActCount:
    """Number of acts of a type in the model and on record, over the same days.

    Attributes:
        type: Type of the acts.
        recorded: Number on record.
        mean: Mean of the runs.
        low: Lower end of the middle 90% of the runs.
        high: Upper end.
        rate_low: Lower end of the 90% interval for the mean behind the recorded number.
        rate_high: Upper end.
    """

    type: ActType
    recorded: int
    mean: float
    low: int
    high: int
    rate_low: float
    rate_high: float

    @property
    def record_in_band(self) -> bool:
        """Whether the recorded number lies in the middle 90% of the runs."""
        return self.low <= self.recorded <= self.high

    @property
    def mean_in_interval(self) -> bool:
        """Whether the mean of the runs lies in the interval behind the recorded number."""
        return self.rate_low <= self.mean <= self.rate_high


def rate_interval(count: int, level: float = LEVEL) -> tuple[float, float]:
    """Returns the Jeffreys interval for the mean of a Poisson number of which one value is known.

    Its ends are quantiles of the gamma distribution of shape `count` + 1/2; after a count of 0 it
    begins at 0. For a rate, divide by the length of the window.

    Args:
        count: The known value.
        level: Confidence, between 0 and 1.
    """
    tail = (1.0 - level) / 2.0
    low, high = gamma.ppf((tail, 1.0 - tail), count + 0.5)
    return (float(low) if count else 0.0), float(high)


def simulated_counts(events: Events, n: int, first: int, last: int) -> Counts:
    """Returns the number of acts of each type in each of the first n runs, shape (n, types), in
    the order of `ActType`.

    Args:
        events: Recorded events, rows of `blocks.EVENT`.
        n: Number of runs.
        first: First day counted, an ordinal.
        last: Last day counted.
    """
    inside = (events["day"] >= first) & (events["day"] <= last) & (events["replicate"] < n)
    chosen = events[inside]
    counts = np.zeros((n, len(ActType)), dtype=np.int64)
    for place, kind in enumerate(ActType):
        acts = chosen[happens(chosen, map(kind_of, EVENTS[kind]))]
        days = np.unique(np.stack([acts["replicate"], acts["day"]], axis=1), axis=0)
        counts[:, place] = np.bincount(days[:, 0], minlength=n)
    return counts


def happens(events: Events, kinds: Iterable[Kind]) -> npt.NDArray[np.bool_]:
    """Returns a mask of the events that are of one of some kinds; a request must be granted."""
    meant = np.zeros(len(events), dtype=np.bool_)
    for kind in kinds:
        here = events["act"] == kind.act
        if kind.side is not None:
            here &= events["side"] == kind.side
        if kind.act in ASKING:
            here &= events["size"] > 0.0
        meant |= here
    return meant


def recorded_counts(acts: Iterable[RecordedAct], first: int, last: int) -> Counts:
    """Returns the number of acts of each type on record, shape (types,), in the order of
    `ActType`.

    Args:
        acts: The acts.
        first: First day counted, an ordinal.
        last: Last day counted.
    """
    own = [act for act in acts if act.counts and first <= act.day <= last]
    days = {(act.type, act.day) for act in own}
    return np.array([sum(kind == each for each, _ in days) for kind in ActType], dtype=np.int64)


def compare_counts(simulated: Counts, recorded: Sequence[int] | Counts) -> tuple[ActCount, ...]:
    """Returns the counts of each type in the model beside those on record.

    Args:
        simulated: Counts of the runs, shape (runs, types).
        recorded: Counts on record over the same days, shape (types,).
    """
    tail = (1.0 - LEVEL) / 2.0
    ends = np.quantile(simulated, (tail, 1.0 - tail), axis=0, method="inverted_cdf")
    return tuple(
        ActCount(
            kind,
            int(recorded[place]),
            float(simulated[:, place].mean()),
            int(ends[0, place]),
            int(ends[1, place]),
            *rate_interval(int(recorded[place])),
        )
        for place, kind in enumerate(ActType)
    )


def counts_of_batch(batch: Batch, first: int, last: int) -> tuple[ActCount, ...]:
    """Returns the counts of the runs of a batch that count, beside those on record.

    Args:
        batch: A batch with stored events.
        first: First day counted, an ordinal; a run must have begun by then.
        last: Last day counted.

    Raises:
        NotFoundError: Events were not stored.
    """
    events: np.ndarray[Any, Any] = batch.events()
    simulated = simulated_counts(events, batch.n, first, last)[batch.counted]
    return compare_counts(simulated, recorded_counts(acts_on_record(), first, last))
