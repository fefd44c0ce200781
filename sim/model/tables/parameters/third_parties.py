"""Parameters of third parties and of the matters that compete for a leader's attention."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.variables.third_parties import diverter_name
from sim.model.tables.vocabulary import Diverter, Partner


class ThirdPartyParams:
    """Paces of third parties, and the one thing that each of them moves."""

    # Washington and its other trading partners -------------------------------------------------
    others_threat_per_day: float = field(
        "us.others.threat_per_day",
        unit="1/day",
        meaning="Hazard of a US threat of duties against a partner other than China.",
    )
    others_notice_min_days: int = field(
        "us.others.notice_min_days",
        unit="days",
        least=1,
        meaning="Shortest notice of such a threat.",
    )
    others_notice_max_days: int = field(
        "us.others.notice_max_days",
        unit="days",
        least=1,
        meaning="Longest notice of such a threat.",
    )
    others_execute_share: float = field(
        "us.others.execute_share",
        unit="probability",
        meaning="Share of threats against other countries that are carried out at the deadline.",
    )
    others_size_pp: float = field(
        "us.others.size_pp",
        unit="pp",
        meaning="Points in law of such a duty on the goods of the partner.",
    )
    others_import_share: list[float] = field(
        "us.others.{partner}.import_share",
        unit="share",
        shape=(Partner,),
        meaning="Share of a partner in US imports from all countries but China.",
    )
    barrier_told: float = field(
        "trade.barrier_told",
        unit="share",
        meaning="Share of diverted goods kept out from which third countries' barriers are told.",
    )

    # Russia and Taiwan -------------------------------------------------------------------------
    thaw_per_day: float = field(
        "russia.thaw_per_day",
        unit="1/day",
        meaning="Hazard of a step towards a thaw between Washington and Moscow.",
    )
    thaw_strength: float = field(
        "russia.thaw_strength",
        unit="share",
        meaning="Share of the way to a full thaw that such a step goes.",
    )
    thaw_fading_per_day: float = field(
        "russia.thaw_fading_per_day", unit="1/day", meaning="Daily rate at which a thaw fades."
    )
    thaw_engagement: float = field(
        "cn.engagement.thaw",
        unit="utility",
        meaning="What a full thaw adds to China's readiness to agree to talks and to seek them.",
    )
    contact_per_day: float = field(
        "taiwan.contact_per_day",
        unit="1/day",
        meaning="Hazard of a small contact between Taiwan and the US: a visit or a transit.",
    )
    outreach_boost: float = field(
        "taiwan.outreach_boost",
        unit="1",
        least=0.0,
        meaning="Added share of that hazard while Taiwan seeks contact as actively as it can.",
    )
    outreach_fading_per_day: float = field(
        "taiwan.outreach_fading_per_day",
        unit="1/day",
        meaning="Daily rate at which Taiwan's search for contact returns to its usual pace.",
    )
    tension_per_contact: float = field(
        "tension.per_contact",
        unit="share",
        meaning="Rise in tension at a small contact between Taiwan and the US.",
    )

    # competing matters -------------------------------------------------------------------------
    diverter_per_day: list[float] = field(
        lambda index: f"{diverter_name(index)}_per_day",
        unit="1/day",
        shape=(Diverter,),
        meaning="Hazard of a matter that takes a leader's attention from the other side.",
    )
    diverter_days_min: int = field(
        "diverter.days_min",
        unit="days",
        least=1,
        meaning="Shortest time for which such a matter lasts.",
    )
    diverter_days_max: int = field(
        "diverter.days_max",
        unit="days",
        least=1,
        meaning="Longest time for which such a matter lasts.",
    )
    diverter_loss: float = field(
        "diverter.loss",
        unit="share",
        meaning="Share of a side's attention to the other that such a matter takes.",
    )
