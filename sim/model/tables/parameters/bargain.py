"""Parameters of the bargain: packages and their worth, purchases and compliance."""

from __future__ import annotations

from collections.abc import Callable

from sim.model.tables.fields import field
from sim.model.tables.paths import Index
from sim.model.tables.vocabulary import Category, Issue, Package, Side


def _settles(i: Index) -> str | None:
    package, issue = Package(i[0]), Issue(i[1])
    named = issue in package.issues
    return f"package.{package.name.lower()}.settles.{issue.name.lower()}" if named else None


def _package(what: str) -> Callable[[Index], str]:
    """Returns the path of a share that exists for every package."""

    def path(index: Index) -> str:
        return f"package.{Package(index[0]).name.lower()}.{what}"

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
        meaning="Political cost to a side of any package beyond a truce or an extension.",
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
    gain_strain: float = field(
        "bargain.strain",
        unit="utility",
        meaning="Fall in the worth of extending a truce that measures have eroded in full.",
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
    fentanyl_tranche_pp: float = field(
        "us.bargain.fentanyl_tranche_pp",
        unit="pp",
        meaning="Points the US cuts in return for action on precursors.",
    )
    package_settles: list[list[float]] = field(
        _settles,
        unit="share",
        shape=(Package, Issue),
        meaning="Share of an issue that is settled by signing a package.",
    )
    promise_share: list[float] = field(
        _package("promise_share"),
        unit="share",
        shape=(Package,),
        meaning="Share of a package that rests on promises to be kept later.",
    )
    security_content: list[float] = field(
        _package("security_content"),
        unit="share",
        shape=(Package,),
        meaning="How much a package affects interests of the security camp.",
    )
    landmark_share: list[float] = field(
        _package("landmark_share"),
        unit="share",
        shape=(Package,),
        meaning="How far a package counts as a landmark (E210, E237).",
    )
    full_pledge_times: float = field(
        "package.comprehensive.pledge_times",
        unit="1",
        least=0.0,
        meaning="Purchase pledge in a comprehensive deal, as a multiple of the usual one.",
    )
    strain_full_measures: float = field(
        "gain.strain_full_measures",
        unit="count",
        least=1.0,
        meaning="Number of measures since the signature at which a truce is eroded in full.",
    )
    believed_gain_floor: float = field(
        "us.believed_gain_floor",
        unit="utility",
        least=0.0,
        meaning="Lowest gain Washington attributes to China when it ranks packages.",
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
