"""Parameters of agreements and truces."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.vocabulary import (
    Agreement,
)


class AgreementParams:
    """Length and terms of truces."""

    agreement_strength: list[float] = field(
        "agreement.strength.{level}",
        unit="share",
        shape=(Agreement,),
        meaning="How binding an agreement of this level is.",
    )
    strain_discount: float = field(
        "agreement.strain_discount",
        unit="share",
        meaning="Share of its strength that a strained agreement loses.",
    )
    truce_length_days: int = field(
        "truce.length_days", unit="days", meaning="Length of a truce and of each extension."
    )
    shelf_days: int = field(
        "trade.shelf_days",
        unit="days",
        least=1,
        meaning="Days of prohibitive duties after which stocks of goods run out.",
    )
    truce_residual_pp: float = field(
        "truce.residual_pp",
        unit="pp",
        meaning="Reciprocal points that remain on each side under a truce.",
    )
    truce_suspended_pp: float = field(
        "truce.suspended_pp",
        unit="pp",
        meaning="Most points of a cut that are only suspended and snap back; the rest ends.",
    )
    conflict_addon_pp: float = field(
        "class.conflict_addon_pp",
        unit="pp",
        is_definition=True,
        meaning="US add-on at or above which a path counts as conflict.",
    )
    review_deadline_gap: float = field(
        "us.review.deadline_gap",
        unit="share",
        meaning="Gap in the 2020 accord above which an open review acts like a deadline.",
    )
    pause_spread_days: int = field(
        "truce.length_spread_days",
        unit="days",
        least=0,
        meaning="Most by which a pause is longer or shorter than usual.",
    )
    usual_length_share: float = field(
        "truce.usual_length_share",
        unit="share",
        meaning="Share of pauses with an end that have the usual length.",
    )
    open_ended_share: float = field(
        "truce.open_ended_share",
        unit="share",
        meaning="Share of pauses agreed by leaders that have no end date.",
    )
    early_extension_days: int = field(
        "truce.early_extension_days",
        unit="days",
        least=0,
        meaning="Days before the end of a pause from which ministers may prolong it.",
    )
    extension_window_days: int = field(
        "truce.extension_window_days",
        unit="days",
        meaning="Days before the end of a pause in which officials settle what becomes of it.",
    )
    extension_per_day: float = field(
        "truce.extension_per_day",
        unit="1/day",
        meaning="Probability that they settle it on one of these days; on the last they must.",
    )
    expiry_default: float = field(
        "truce.expiry.default",
        unit="utility",
        meaning="Preference of a side for prolonging a pause, apart from all else.",
    )
    expiry_strain: float = field(
        "truce.expiry.strain",
        unit="utility",
        meaning="What measures taken during a pause take off that, at full strain.",
    )
    expiry_threat: float = field(
        "truce.expiry.threat",
        unit="utility",
        meaning="What an open threat takes off that.",
    )
    expiry_noise: float = field(
        "truce.expiry.noise",
        unit="utility",
        least=0.01,
        meaning="Scale of what cannot be foreseen in this decision on one day.",
    )
    revival_days: int = field(
        "truce.revival.days",
        unit="days",
        least=0,
        meaning="Days after the lapse of a pause in which it may be revived by telephone.",
    )
    revival_per_day: float = field(
        "truce.revival.per_day",
        unit="1/day",
        meaning="Probability that this is tried on one of these days.",
    )
