"""Parameters of the bargain: packages and their worth, purchases and compliance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sim.model.tables.fields import field
from sim.model.tables.paths import Index
from sim.model.tables.vocabulary import Category, Clause, Issue, Side

PRICED_ONLY: Final = frozenset(
    {Clause.PROLONG, Clause.CN_CUT, Clause.CN_LISTS, Clause.THREAT_OFF, Clause.THREAT_LATER}
)
"""Clauses that settle no issue: their worth is what they spare the two sides."""

SETTLING: Final = frozenset(clause for clause in Clause if clause not in PRICED_ONLY)

STRUCTURES: Final = (Clause.WHOLLY_OWNED, Clause.MINORITY_STAKE, Clause.LICENCE)
"""Structures of an investment, of which a bundle holds one at most."""

PURCHASED: Final = frozenset(
    {Clause.SOYBEANS, Clause.FARM, Clause.ENERGY, Clause.AIRCRAFT, Clause.OTHER_GOODS}
)

PROMISED: Final = PURCHASED | frozenset(
    {
        *STRUCTURES, Clause.PAUSE, Clause.MINERALS, Clause.PRECURSORS, Clause.APP, Clause.NUCLEAR,
        Clause.NORTH_KOREA, Clause.UKRAINE, Clause.DOLLAR, Clause.MARKET_OPENING, Clause.SECRETS,
        Clause.STRUCTURAL,
    }
)  # fmt: skip
"""Clauses that rest in part on promises to be kept later."""

SECURED: Final = frozenset(
    {
        *STRUCTURES, Clause.MINERALS, Clause.TECH, Clause.US_LISTINGS, Clause.INBOUND,
        Clause.OUTBOUND, Clause.APP, Clause.TAIWAN,
    }
)  # fmt: skip
"""Clauses that affect interests of the security camp."""

LANDMARKS: Final = PURCHASED | frozenset(
    {
        *STRUCTURES, Clause.PAUSE, Clause.PROLONG, Clause.MINERALS, Clause.PRECURSORS, Clause.APP,
        Clause.NUCLEAR, Clause.MARKET_OPENING,
        Clause.SECRETS, Clause.STRUCTURAL,
    }
)  # fmt: skip
"""Clauses that leaders can show off."""

LOADED: Final = frozenset(
    {
        *STRUCTURES, Clause.RECIPROCAL_CUT, Clause.FENTANYL_CUT, Clause.MINERALS, Clause.TECH,
        Clause.VISAS, Clause.US_LISTINGS, Clause.CN_LISTINGS, Clause.INBOUND, Clause.OUTBOUND,
        Clause.APP, Clause.NUCLEAR, Clause.NORTH_KOREA, Clause.UKRAINE, Clause.DOLLAR,
        Clause.MARKET_OPENING, Clause.SECRETS, Clause.STRUCTURAL, Clause.TAIWAN,
    }
)  # fmt: skip
"""Clauses that are attacked at home on the side that gives, or admits, them."""


def _clause(what: str, members: frozenset[Clause]) -> Callable[[Index], str | None]:
    """Returns the path of a number that some clauses have."""

    def path(index: Index) -> str | None:
        clause = Clause(index[0])
        return f"clause.{clause.name.lower()}.{what}" if clause in members else None

    return path


class BargainParams:
    """Worth of packages, and purchases and their compliance."""

    # packages and their worth --------------------------------------------------------
    horizon_days: int = field(
        "bargain.horizon_days", unit="days", meaning="Horizon over which a package is valued."
    )
    utility_per_usd_bn: list[float] = field(
        "{side}.bargain.utility_per_usd_bn",
        unit="utility_per_usd_bn",
        shape=(Side,),
        meaning="Utility of a billion dollars a year.",
    )
    reserve: list[float] = field(
        "{side}.bargain.reserve",
        unit="utility",
        shape=(Side,),
        meaning="Gain below which a side hardly signs: its reservation value, on average.",
    )
    reserve_spread: list[float] = field(
        "{side}.bargain.reserve_spread",
        unit="utility",
        shape=(Side,),
        least=0.0,
        meaning="Standard deviation of this private value from run to run.",
    )
    reserve_softness: float = field(
        "bargain.reserve_softness",
        unit="utility",
        least=0.01,
        meaning="Scale on which acceptance rises from nothing around the reservation value.",
    )
    aspiration: list[float] = field(
        "{side}.bargain.aspiration",
        unit="utility",
        shape=(Side,),
        meaning="Gain a side demands beyond its walk-away value, far from a deadline.",
    )
    concession_days: float = field(
        "bargain.concession_days",
        unit="days",
        least=0.1,
        meaning="Days to a deadline at which the demand has fallen to half.",
    )
    leverage_usd_bn: list[float] = field(
        "{side}.bargain.leverage_usd_bn",
        unit="usd_bn_per_year",
        shape=(Side,),
        meaning="Value to a side of ten points of its own tariff, as leverage and with voters.",
    )
    headline_cost: list[float] = field(
        "{side}.bargain.headline_cost",
        unit="utility",
        shape=(Side,),
        meaning="Political cost to a side of giving or admitting a clause of full political load.",
    )
    landmark_bonus: list[float] = field(
        "{side}.bargain.landmark_bonus",
        unit="utility",
        shape=(Side,),
        meaning="Prestige of a landmark deal signed by leaders.",
    )
    issue_weight: list[list[float]] = field(
        "{side}.issue.{issue}",
        unit="utility",
        shape=(Side, Issue),
        meaning="Political value to a side of settling an issue (negative = a concession).",
    )
    gain_pressure: float = field(
        "bargain.pressure",
        unit="utility",
        meaning="Rise in the worth of a package at full domestic pressure.",
    )
    gain_tension: float = field(
        "bargain.tension",
        unit="utility",
        meaning="Fall in the worth of a package at full tension.",
    )
    gain_trust: float = field(
        "bargain.trust",
        unit="utility",
        meaning="Rise in the worth, at full trust, of packages that rest on promises.",
    )
    relief_pp: float = field(
        "us.bargain.relief_pp",
        unit="pp",
        meaning="Points the US cuts in return for purchases or investment.",
    )
    cut_step_pp: float = field(
        "bargain.cut_step_pp",
        unit="pp",
        least=1.0,
        meaning="Points in which cuts of duties are bargained: such steps, or all there is to cut.",
    )
    fentanyl_tranche_pp: float = field(
        "us.bargain.fentanyl_tranche_pp",
        unit="pp",
        meaning="Points the US cuts in return for action on precursors.",
    )
    clause_settles: list[float] = field(
        _clause("settles", SETTLING),
        unit="share",
        shape=(Clause,),
        meaning="Share of its issue that one unit of a clause settles.",
    )
    promise_share: list[float] = field(
        _clause("promise_share", PROMISED),
        unit="share",
        shape=(Clause,),
        meaning="Share of a clause that rests on promises to be kept later.",
    )
    security_content: list[float] = field(
        _clause("security_content", SECURED),
        unit="share",
        shape=(Clause,),
        meaning="How much a clause affects interests of the security camp.",
    )
    landmark_share: list[float] = field(
        _clause("landmark_share", LANDMARKS),
        unit="share",
        shape=(Clause,),
        meaning="How far a clause counts as a landmark; a bundle counts at most in full.",
    )
    political_load: list[float] = field(
        _clause("political_load", LOADED),
        unit="share",
        shape=(Clause,),
        meaning="How hotly a clause is contested at home, on the side that gives or admits it.",
    )
    veto_share: float = field(
        "bargain.veto_share",
        unit="share",
        meaning="Probability that a clause of full political load stops a bundle at home.",
    )
    clause_cost: float = field(
        "bargain.clause_cost",
        unit="utility",
        least=0.0,
        meaning="Cost to each side of preparing one clause, from a pause to a grain contract.",
    )
    belief_margin: float = field(
        "bargain.belief_margin",
        unit="1",
        least=0.0,
        meaning="Standard deviations of its belief by which a proposer offers more than the mean.",
    )
    threat_later_share: float = field(
        "clause.threat_later.worth_share",
        unit="share",
        meaning="Worth of a postponed threat relative to that of one withdrawn.",
    )
    comprehensive_share: float = field(
        "bargain.comprehensive_share",
        unit="share",
        meaning="Share of the issues on the table that a comprehensive deal addresses at least.",
    )
    package_share: float = field(
        "bargain.package_share",
        unit="share",
        meaning="Landmark share, pauses apart, from which a bundle counts as a package.",
    )
    structure_size: list[float] = field(
        lambda i: f"clause.{STRUCTURES[i[0]].name.lower()}.size_share",
        unit="share",
        shape=(len(STRUCTURES),),
        meaning="Dollars and jobs of an investment of this structure, relative to the full offer.",
    )
    hiring_gain: float = field(
        "us.bargain.hiring_gain",
        unit="utility",
        meaning="Worth to the US of a duty to hire locally, for the full offer.",
    )
    hiring_cost: float = field(
        "cn.bargain.hiring_cost",
        unit="utility",
        meaning="Cost to China of a duty to hire locally, for the full offer.",
    )
    hired_locally_share: float = field(
        "cn.investment.hired_locally_share",
        unit="share",
        meaning="Share of the jobs that go to local workers without a duty to hire them.",
    )
    congress_reaction: float = field(
        "us.taiwan.congress_reaction",
        unit="share",
        least=0.0,
        meaning="Influence that Congress gains if Washington bargains over Taiwan.",
    )
    approval_days: int = field(
        "us.approval.days",
        unit="days",
        least=1,
        meaning="Days from the signature until the US review of an investment ends.",
    )
    approval_failure: float = field(
        "us.approval.failure",
        unit="share",
        meaning="Probability that the review stops an investment of full security content.",
    )
    congress_hostility: float = field(
        "us.congress.hostility",
        unit="1",
        least=0.0,
        meaning="Hostility of Congress and the states to Chinese investment (1 = as in 2025).",
    )
    action_discount: float = field(
        "us.bargain.fentanyl_action_discount",
        unit="share",
        meaning="Fall in what the fentanyl duty is worth to the US once China acts on precursors.",
    )
    verify_below_trust: float = field(
        "us.bargain.verify_below_trust",
        unit="share",
        meaning="Trust in China's promises below which the US insists on verified pledges.",
    )
    verification_cost: float = field(
        "cn.bargain.verification_cost",
        unit="utility",
        meaning="Cost to China of having one category of its pledges verified.",
    )
    strain_full_measures: float = field(
        "gain.strain_full_measures",
        unit="count",
        least=1.0,
        meaning="Number of measures since the signature at which a truce is eroded in full.",
    )
    pledge_usd_bn_per_year: float = field(
        "cn.pledge_usd_bn_per_year",
        unit="usd_bn_per_year",
        meaning="Purchases pledged in a package.",
    )
    pledge_share: list[float] = field(
        "cn.pledge_share.{category}",
        unit="share",
        shape=(Category,),
        meaning="Share of a category in a purchase pledge.",
    )
    soybeans_usd_per_tonne: float = field(
        "cn.soybeans_usd_per_tonne",
        unit="usd_per_tonne",
        least=1,
        meaning="Price at which soybeans delivered under a pledge are counted in tonnes.",
    )
    investment_usd_bn: float = field(
        "cn.investment_offer_usd_bn", unit="usd_bn", meaning="Size of China's investment offer."
    )
    investment_jobs: float = field(
        "cn.investment_jobs",
        unit="jobs",
        meaning="US jobs created by the whole investment offer.",
    )
    inbound_loss_per_level: float = field(
        "us.inbound_loss_per_level",
        unit="share",
        meaning="Share of the offer that each level of limits on inbound investment removes.",
    )

    # purchases and compliance --------------------------------------------------------
    compliance: list[float] = field(
        "cn.compliance.{category}",
        unit="share",
        shape=(Category,),
        meaning="Mean share of a month's pledge delivered.",
    )
    compliance_spread: float = field(
        "cn.compliance_spread",
        unit="share",
        meaning="Largest random deviation of a month's share from that mean.",
    )
    delivery_delay_months: list[float] = field(
        "cn.delivery_delay_months.{category}",
        unit="months",
        shape=(Category,),
        meaning="Months from the signature to the first deliveries of a category.",
    )
    force_majeure_per_day: float = field(
        "shock.force_majeure_per_day",
        unit="1/day",
        least=0.0,
        meaning="Hazard of a disaster that keeps China from delivering.",
    )
    force_majeure_least: float = field(
        "shock.force_majeure_least",
        unit="share",
        meaning="Least strength of such a disaster; at most it is 1.",
    )
    force_majeure_loss: float = field(
        "purchases.force_majeure_loss",
        unit="share",
        meaning="Share of deliveries lost at full force majeure.",
    )
    force_majeure_excuse: float = field(
        "purchases.force_majeure_excuse",
        unit="share",
        meaning="Share of the blame excused at full force majeure.",
    )
    force_majeure_fading_per_day: float = field(
        "purchases.force_majeure_fading_per_day",
        unit="1/day",
        meaning="Rate at which a force majeure fades.",
    )
    grace_days: int = field(
        "purchases.grace_days",
        unit="days",
        meaning="Days from the signature until deliveries are judged.",
    )
    breach_ratio: float = field(
        "purchases.breach_ratio",
        unit="share",
        meaning="Share of the straight-line schedule below which deliveries are a breach.",
    )
    trust_per_month: float = field(
        "trust.per_month",
        unit="count",
        meaning="Weight of a month's compliance in the count of promises kept or broken.",
    )
    catch_up_gap_min: float = field(
        "cn.catch_up_gap_min",
        unit="share",
        meaning="Gap in the 2020 accord below which China makes no catch-up purchases.",
    )
    catch_up_calm_days: int = field(
        "cn.catch_up_calm_days",
        unit="days",
        least=0,
        meaning="Days after a hike by either side in which China makes no catch-up purchases.",
    )
    catch_up_usd_bn: float = field(
        "cn.catch_up_usd_bn", unit="usd_bn", meaning="Size of one catch-up purchase."
    )
    penalty_base: float = field(
        "us.penalty.base",
        unit="log_odds",
        meaning="Log odds of a penalty verdict with full compliance.",
    )
    penalty_gap: float = field(
        "us.penalty.gap",
        unit="log_odds",
        meaning="Rise in those log odds with the gap in the 2020 accord.",
    )
    penalty_large_pp: float = field(
        "us.penalty.large_pp", unit="pp", meaning="Size of a large penalty duty."
    )
    penalty_large_share: float = field(
        "us.penalty.large_share", unit="share", meaning="Share of penalty duties that are large."
    )
    penalty_lead_days: int = field(
        "us.penalty.lead_days",
        unit="days",
        meaning="Days from announcing a penalty duty to its start.",
    )
    review_window_days: int = field(
        "us.review.window_days",
        unit="days",
        meaning="Days after the agencies' reports within which the verdict falls.",
    )
    verdict_hazard_per_day: float = field(
        "us.review.verdict_hazard_per_day",
        unit="1/day",
        meaning="Daily hazard of the verdict in that window.",
    )
    delivery_quality_max: float = field(
        "purchases.delivery_quality_max",
        unit="1",
        least=0.0,
        meaning="Largest multiple of its monthly pledge that a category can deliver.",
    )
