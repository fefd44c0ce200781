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
    truce_residual_pp: float = field(
        "truce.residual_pp",
        unit="pp",
        meaning="Reciprocal points that remain on each side under a truce.",
    )
    truce_suspended_share: float = field(
        "truce.suspended_share",
        unit="share",
        meaning="Share of the cut that is only suspended and snaps back.",
    )
    conflict_addon_pp: float = field(
        "class.conflict_addon_pp",
        unit="pp",
        is_definition=True,
        meaning="US add-on at or above which a path counts as conflict.",
    )
    extension_last_day: float = field(
        "truce.extension_last_day",
        unit="1/day",
        meaning="Hazard of an extension by telephone on the last day of a truce.",
    )
    extension_last_days: float = field(
        "truce.extension_last_days",
        unit="1/day",
        meaning="Hazard of an extension by telephone two to five days before the end of a truce.",
    )
    review_deadline_gap: float = field(
        "us.review.deadline_gap",
        unit="share",
        meaning="Gap in the 2020 accord above which an open review acts like a deadline.",
    )
    extension_window_days: int = field(
        "truce.extension_window_days",
        unit="days",
        meaning="Days before the end of a truce in which officials may extend it by telephone.",
    )
