"""The state of one run: every field once, with unit and meaning.

Days are proleptic ordinals (`date.toordinal()`); 0 stands for never.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.economy.sectors import N_GOODS
from sim.model.tables.fields import field, record
from sim.model.tables.vocabulary import (
    FACTION_NAMES,
    INSTRUMENT_NAMES,
    LAYER_NAMES,
    N_ACT_CODES,
    PRESSURE_NAMES,
    Accord,
    Agreement,
    Category,
    Clause,
    DealStatus,
    Expiry,
    Faction,
    Feature,
    Instrument,
    Issue,
    Layer,
    Package,
    Party,
    PressurePart,
    Side,
    SummitResult,
    SummitStage,
    TalksStage,
    Venue,
)

PENDING_SLOTS = 8


def _by_side(
    prefix: str, names: tuple[tuple[str | None, ...], ...], suffix: str = ""
) -> Callable[[tuple[int, ...]], str | None]:
    """Returns a path function: `us.<prefix>.<name><suffix>`, None where the name is missing."""

    def path(index: tuple[int, ...]) -> str | None:
        side, i = index
        name = names[side][i]
        return f"{Side(side).name.lower()}.{prefix}.{name}{suffix}" if name else None

    return path


def _per_good(unit: str, meaning: str) -> Any:
    """Declares a number the trade block keeps of every good."""
    return field("", unit=unit, shape=(N_GOODS,), meaning=meaning)


def _per_side(unit: str, meaning: str) -> Any:
    """Declares a number kept of both sides that no scenario may set."""
    return field("", unit=unit, shape=(Side,), meaning=meaning)


@record
class State:
    """Everything that changes in a run. The engine alone writes `day`."""

    day: int = field("", unit="date", init=0, meaning="Today, an ordinal day.")

    # duties ---------------------------------------------------------------------------------
    duty_pp: list[list[float]] = field(
        _by_side("addon", LAYER_NAMES, "_pp"),
        unit="pp",
        shape=(Side, Layer),
        meaning="Rate in force of a legal layer on the goods it covers.",
    )
    coverage: list[list[float]] = field(
        _by_side("coverage", LAYER_NAMES),
        unit="share",
        shape=(Side, Layer),
        meaning="Share of the other side's goods (by value) a layer covers.",
    )
    suspended_pp: list[list[float]] = field(
        _by_side("suspended", LAYER_NAMES, "_pp"),
        unit="pp",
        shape=(Side, Layer),
        meaning="Rate suspended by a truce; snaps back if the truce lapses.",
    )
    avg_pct: list[float] = _per_side("pct", "Average duty of a side on the other, PIIE scale.")
    announced_pp: list[list[float]] = field(
        "",
        unit="pp",
        shape=(Side, Layer),
        meaning="Points of a layer announced but not yet in force; a threat counts by its odds.",
    )
    announced_cover: float = field(
        "", unit="share", meaning="Share of trade announced partial replies of China will add."
    )

    # announced acts that are not yet in force ------------------------------------------------
    pending_due: list[int] = field(
        "", unit="date", init=0, shape=(PENDING_SLOTS,), meaning="Day it takes force; 0 = free."
    )
    pending_side: list[int] = field(
        "", unit="code", init=0, shape=(PENDING_SLOTS,), meaning="Whose duty it is."
    )
    pending_layer: list[int] = field(
        "", unit="code", init=0, shape=(PENDING_SLOTS,), meaning="Layer it adds to."
    )
    pending_pp: list[float] = field(
        "", unit="pp", shape=(PENDING_SLOTS,), meaning="Points it adds to the rate."
    )
    pending_coverage: list[float] = field(
        "", unit="share", shape=(PENDING_SLOTS,), meaning="Coverage it adds (partial replies)."
    )
    pending_overflow: bool = field(
        "", unit="flag", init=False, meaning="A ninth announced act was attempted: the run fails."
    )

    # threats --------------------------------------------------------------------------------
    threat_open: bool = field(
        "threat.open", unit="flag", init=False, meaning="A dated US tariff threat stands."
    )
    threat_pp: float = field("threat.size_pp", unit="pp", meaning="Points threatened.")
    threat_deadline: int = field(
        "threat.deadline", unit="date", init=0, meaning="Day the threatened duty would start."
    )
    threat_in_effect: bool = field(
        "", unit="flag", init=False, meaning="A threatened duty has been executed and stands."
    )
    pledge_pp: float = field(
        "us.pledge_pp", unit="pp", meaning="Tariff the president pledged to voters (up to)."
    )
    threats_made: int = field("", unit="count", init=0, meaning="Threats made since the start.")
    threats_executed: int = field("", unit="count", init=0, meaning="Threats executed.")
    threats_softened: int = field("", unit="count", init=0, meaning="Threats postponed or dropped.")
    reputation_kept: float = field(
        "us.reputation.kept",
        unit="count",
        init=6.5,
        meaning="Beta count of US deadlines executed, as China sees them.",
    )
    reputation_broken: float = field(
        "us.reputation.broken",
        unit="count",
        init=9.5,
        meaning="Beta count of US deadlines postponed or dropped.",
    )

    # replies owed ---------------------------------------------------------------------------
    reply_pp: float = field("", unit="pp", meaning="Points of US hikes China has not answered yet.")
    reply_since: int = field("", unit="date", init=0, meaning="Day of the hike being answered.")
    reply_instrument: list[int] = field(
        "",
        unit="code",
        init=0,
        shape=(Side,),
        meaning="Instrument + 1 a side owes in kind; 0 none.",
    )
    reply_instrument_since: list[int] = field(
        "", unit="date", init=0, shape=(Side,), meaning="Day of the measure being answered."
    )
    mirror_day: int = field("", unit="date", init=0, meaning="Day of China's last full mirror.")
    counters_made: int = field(
        "", unit="count", init=0, meaning="Counter-hikes in the present bout of escalation."
    )

    # non-tariff instruments -----------------------------------------------------------------
    control: list[list[int]] = field(
        _by_side("control", INSTRUMENT_NAMES),
        unit="level",
        init=0,
        shape=(Side, Instrument),
        meaning="Level of a non-tariff instrument, 0 = off, 4 = highest.",
    )
    measures: list[int] = field(
        "", unit="count", init=0, shape=(Side,), meaning="Non-tariff measures since the start."
    )
    measures_since_signing: int = field(
        "", unit="count", init=0, meaning="Non-tariff measures since the truce was signed."
    )
    minerals_stock_months: float = field(
        "us.minerals_stock_months",
        unit="months",
        init=2.4,
        meaning="Months of rare-earth inputs US industry holds.",
    )
    chips_stock_months: float = field(
        "cn.chips_stock_months",
        unit="months",
        init=6.0,
        meaning="Months of controlled chips Chinese industry holds.",
    )

    # agreement ------------------------------------------------------------------------------
    agreement: int = field(
        "agreement.level", unit="code", init=0, code=Agreement, meaning="Strength of the agreement."
    )
    truce_signed: int = field("truce.signed", unit="date", init=0, meaning="Day it was signed.")
    truce_from: int = field("truce.from", unit="date", init=0, meaning="First day in force.")
    truce_ends_on: int = field(
        "truce.ends_on", unit="date", init=0, meaning="First day without it; 0 = no end."
    )
    truce_strained: bool = field(
        "truce.strained", unit="flag", init=False, meaning="A measure or accusation since signing."
    )
    extensions: int = field("", unit="count", init=0, meaning="Extensions since the start.")
    expiry: int = field(
        "", unit="code", init=0, code=Expiry, meaning="How the last dated pause ended."
    )
    deal_status: int = field(
        "deal.status", unit="code", init=0, code=DealStatus, meaning="Best agreement in force."
    )
    package_day: list[int] = field(
        "", unit="date", init=0, shape=(Package,), meaning="Day a package was last signed."
    )
    signed_gain: list[float] = _per_side(
        "utility", "True gain over walking away in the last package signed."
    )
    signed_nash: float = field(
        "", unit="utility", meaning="Nash product of true gains in the last package signed."
    )

    # talks ----------------------------------------------------------------------------------
    talks: int = field(
        "talks.stage", unit="code", init=0, code=TalksStage, meaning="Stage of the working talks."
    )
    talks_resumed_day: int = field(
        "", unit="date", init=0, meaning="Day talks last opened or resumed."
    )
    round_day: int = field("talks.last_round", unit="date", init=0, meaning="Day of last round.")
    round_due: int = field("", unit="date", init=0, meaning="Day a fixed round is due; 0 = none.")
    rounds: int = field("", unit="count", init=0, meaning="Ministers' rounds since the start.")
    stalls: int = field("", unit="count", init=0, meaning="Times the talks stalled.")
    call_day: int = field("leaders.last_call", unit="date", init=0, meaning="Day of last call.")
    call_by: int = field("", unit="code", init=0, code=Side, meaning="Who asked for the last call.")
    calls: int = field("", unit="count", init=0, meaning="Leader calls since the start.")

    # summit ---------------------------------------------------------------------------------
    summit: int = field(
        "summit.stage", unit="code", init=0, code=SummitStage, meaning="Rung of the summit ladder."
    )
    venue: int = field(
        "summit.venue", unit="code", init=0, code=Venue, meaning="Where it is to be."
    )
    venue_fixed: bool = field(
        "summit.venue_fixed", unit="flag", init=False, meaning="The venue is settled beforehand."
    )
    pageantry: bool = field(
        "summit.pageantry", unit="flag", init=True, meaning="The host stages a state visit."
    )
    summit_day: int = field("summit.date", unit="date", init=0, meaning="Day it is set for.")
    confirmed: list[int] = field(
        "summit.confirmed.{party}",
        unit="date",
        init=0,
        shape=(Party,),
        meaning="Day a party confirmed it; 0 = silent.",
    )
    summit_held_day: int = field("", unit="date", init=0, meaning="Day of the first one held.")
    summit_last_day: int = field(
        "leaders.last_meeting", unit="date", init=0, meaning="Day leaders last met in person."
    )
    summit_round_gap: int = field(
        "", unit="days", init=-1, meaning="Days from the last round to the first summit; -1 none."
    )
    summit_result: int = field(
        "", unit="code", init=0, code=SummitResult, meaning="Result of the first summit held."
    )
    summit_venue_held: int = field(
        "", unit="code", init=0, code=Venue, meaning="Venue of the first summit held."
    )
    summits: int = field("", unit="count", init=0, meaning="Summits held since the start.")
    slips: int = field("", unit="count", init=0, meaning="Times a dated summit slipped.")
    optimism: float = field(
        "summit.optimism", unit="share", init=0.3, meaning="Public optimism ahead of the summit."
    )
    humiliation: float = field(
        "shock.humiliation", unit="share", meaning="Memory of a guest scolded in public."
    )

    # reviews and purchases ------------------------------------------------------------------
    review_until: int = field(
        "", unit="date", init=0, meaning="Last day of an open compliance verdict; 0 = none."
    )
    pledged_usd_bn: list[list[float]] = field(
        "ledger.{accord}.pledged.{category}_usd_bn",
        unit="usd_bn",
        shape=(Accord, Category),
        meaning="Purchases pledged over the term of the accord.",
    )
    delivered_usd_bn: list[list[float]] = field(
        "ledger.{accord}.delivered.{category}_usd_bn",
        unit="usd_bn",
        shape=(Accord, Category),
        meaning="Purchases delivered against that pledge.",
    )
    accord_signed: int = field("", unit="date", init=0, meaning="Day the new accord was signed.")
    catch_up_usd_bn: float = field("", unit="usd_bn", meaning="Catch-up purchases since the start.")
    force_majeure: float = field(
        "shock.force_majeure", unit="share", meaning="Strength of a shock that excuses deliveries."
    )
    precursor_action: bool = field(
        "cn.precursor_action", unit="flag", init=False, meaning="China acts on fentanyl precursors."
    )
    accusations: int = field("", unit="count", init=0, meaning="Accusations of breach, both sides.")
    breaches: int = field("", unit="count", init=0, meaning="Monthly deliveries judged a breach.")
    investment_usd_bn: float = field(
        "cn.investment_usd_bn", unit="usd_bn", meaning="Chinese investment agreed in packages."
    )
    jobs: float = field("", unit="jobs", meaning="US jobs that go with the investment agreed.")

    # the table ------------------------------------------------------------------------------
    issue_on: list[bool] = field(
        "issue.{issue}",
        unit="flag",
        init=False,
        shape=(Issue,),
        meaning="The issue is on the table.",
    )

    # mood -----------------------------------------------------------------------------------
    tension: float = field("tension", unit="share", init=0.45, meaning="0 = calm, 1 = rupture.")
    tension_start: float = field("", unit="share", meaning="Tension at the start of the run.")
    tension_before_summit: float = field(
        "", unit="share", meaning="Tension on the eve of the first summit."
    )
    rapport: float = field("rapport", unit="share", init=0.4, meaning="Warmth between leaders.")
    rapport_forecast: float = field(
        "us.rapport_forecast", unit="share", init=0.5, meaning="Rapport as Washington expects it."
    )
    trust_kept: list[float] = field(
        "{side}.trust.kept",
        unit="count",
        init=3.0,
        shape=(Side,),
        meaning="Beta count of promises a side saw kept by the other.",
    )
    trust_broken: list[float] = field(
        "{side}.trust.broken",
        unit="count",
        init=3.0,
        shape=(Side,),
        meaning="Beta count of promises a side saw broken.",
    )
    belief_mean: list[float] = field(
        "{side}.belief.mean",
        unit="utility",
        init=1.0,
        shape=(Side,),
        meaning="What a side believes the other demands beyond its walk-away value.",
    )
    belief_var: list[float] = field(
        "{side}.belief.var",
        unit="utility",
        init=1.0,
        shape=(Side,),
        meaning="Variance of that belief; rounds and contacts narrow it.",
    )
    tone: list[float] = field(
        "{side}.tone",
        unit="share",
        init=0.5,
        shape=(Side,),
        meaning="Public tone, 0 = hostile, 1 = warm.",
    )
    eagerness: list[float] = _per_side(
        "probability", "Private probability of answering yes to talks today."
    )
    attention: float = field(
        "us.attention", unit="share", init=1.0, meaning="Share of US attention China gets."
    )
    market_stress: float = field("market.stress", unit="share", meaning="0 = calm markets.")
    market_shocks: int = field("", unit="count", init=0, meaning="Market-moving announcements.")

    # pressures ------------------------------------------------------------------------------
    pressure_part: list[list[float]] = field(
        _by_side("pressure", PRESSURE_NAMES),
        unit="share",
        init=0.2,
        shape=(Side, PressurePart),
        meaning="A part of domestic pressure, 0 = none, 1 = acute.",
    )
    pressure: list[float] = _per_side("share", "Domestic pressure, mean of its parts.")

    # excitation: decaying memory of recent acts ---------------------------------------------
    recent_hike: list[float] = field(
        "{side}.recent.hike",
        unit="1",
        shape=(Side,),
        meaning="Memory of own hikes, half-life 7 days.",
    )
    recent_threat: float = field("us.recent.threat", unit="1", meaning="Same, threats, 7 days.")
    recent_measure: list[float] = field(
        "{side}.recent.measure",
        unit="1",
        shape=(Side,),
        meaning="Memory of own non-tariff measures, half-life 30 days.",
    )
    softened_day: int = field(
        "cn.softened", unit="date", init=0, meaning="Day China last eased, cut or bought."
    )

    # who weighs how much --------------------------------------------------------------------
    influence: list[list[float]] = field(
        lambda i: (
            f"{Side(i[0]).name.lower()}.{name}.influence"
            if (name := FACTION_NAMES[i[0]][i[1]])
            else None
        ),
        unit="share",
        init=[[0.4, 0.4, 0.1, 0.1], [0.5, 0.5, 0.0, 0.0]],
        shape=(Side, Faction),
        meaning="Influence of a faction under the leader.",
    )
    weight: list[list[float]] = field(
        "", unit="1", shape=(Side, Feature), meaning="Weights of the features, factions included."
    )
    signal: list[list[float]] = field(
        "", unit="1", shape=(Side, Feature), meaning="Strength of each feature's signal today."
    )
    discord: float = field(
        "", unit="share", meaning="Internal discord over an investment deal on the table."
    )
    forbidden: list[list[bool]] = field(
        "",
        unit="flag",
        init=False,
        shape=(Side, N_ACT_CODES),
        meaning="An act a scenario forbids.",
    )

    # counters -------------------------------------------------------------------------------
    hikes: list[int] = field("", unit="count", init=0, shape=(Side,), meaning="Tariff hikes.")
    hike_day: list[int] = field(
        "", unit="date", init=0, shape=(Side,), meaning="Day of the last hike announced."
    )
    truce_days: int = field("", unit="days", init=0, meaning="Days with the truce in force.")
    quiet_days: int = field("", unit="days", init=0, meaning="Days without a new US hike.")
    high_days: int = field("", unit="days", init=0, meaning="Days in a row with US add-on high.")
    high_days_max: int = field("", unit="days", init=0, meaning="Longest such spell.")
    cut_off_days: int = field(
        "", unit="days", init=0, meaning="Days in a row with neither truce nor talks."
    )
    cut_off_days_max: int = field("", unit="days", init=0, meaning="Longest such spell.")
    delay_utility: float = field(
        "", unit="utility", meaning="China's utility from days without a hike."
    )
    addon_start_pp: float = field("", unit="pp", meaning="US add-on at the start of the run.")

    # economy --------------------------------------------------------------------------------
    good_base_usd_bn: list[float] = _per_good(
        "usd_bn_per_year", "Imports of a good in the base year, scaled to the official totals."
    )
    good_share: list[float] = _per_good(
        "share", "The other side's share in imports of a good, duties included."
    )
    good_absorption_usd_bn: list[float] = _per_good(
        "usd_bn_per_year", "What a side spends on a good from all sources in the base year."
    )
    good_sigma: list[float] = _per_good("1", "Elasticity of a good across origins within a year.")
    good_category_share: list[float] = _per_good(
        "share", "Weight of a good in its category of pledged purchases."
    )
    prices_due: list[bool] = field(
        "",
        unit="flag",
        init=True,
        shape=(Side,),
        meaning="A duty or fee has moved since prices were last worked out.",
    )
    free_due: list[bool] = field(
        "",
        unit="flag",
        init=True,
        shape=(Side,),
        meaning="Fees or third countries' duties have moved since the world without points was.",
    )
    income_due: bool = field(
        "", unit="flag", init=True, meaning="Prices have moved since real incomes were read."
    )
    fee_wedge: list[float] = _per_side("1", "Port fees as a fraction of what a side imports.")
    good_before_log: list[float] = _per_good("1", "Log of one plus the duty on a good in the base.")
    good_selective: list[float] = _per_good(
        "share", "Share of a good under the layer that picks its goods."
    )
    good_paid: list[float] = _per_good("1", "Duty paid on a good, a fraction of customs value.")
    good_added_pp: list[float] = _per_good(
        "pp", "Points added on a good since 20 January 2025, all layers."
    )
    good_announced_pp: list[float] = _per_good(
        "pp", "Points announced on a good and not yet in force."
    )
    good_known_pp: list[float] = _per_good(
        "pp", "The same at the last month's step: what buyers have heard of."
    )
    good_rest_price_log: list[float] = _per_good(
        "1", "Log change of a good's price from third countries, by duties on them."
    )
    good_duty_log: list[float] = _per_good(
        "1", "Log change of one plus the duty paid on a good, from the base."
    )
    good_import_price_log: list[float] = _per_good(
        "1", "Log change of a good's import price index, all origins."
    )
    good_level_log: list[float] = _per_good(
        "1", "Log change of a good's price level, home goods included."
    )
    good_target_log: list[float] = _per_good(
        "1", "Log change of the flow that prices imply within a year."
    )
    good_target_usd_bn: list[float] = _per_good("usd_bn_per_year", "That flow in dollars a year.")
    good_log: list[float] = _per_good(
        "1", "Log of a good's flow to the base, before freezes, licences and pledges."
    )
    good_slow: list[float] = _per_good(
        "1", "Slow part of the log price relative to all imports of the good."
    )
    good_hurry: list[list[float]] = field(
        "",
        unit="1",
        shape=(4, N_GOODS),
        meaning="Log of trade brought forward in each of the last four months.",
    )
    good_owed: list[float] = _per_good("1", "Its sum, to be paid back in equal parts.")
    good_usd_bn_per_month: list[float] = _per_good(
        "usd_bn_per_month", "Trade in a good this month."
    )
    slope_sum: list[list[float]] = field(
        "",
        unit="usd_bn_per_year",
        shape=(2, 4),
        meaning="Costs of a point to importer and exporter by layer that picks its goods; all.",
    )
    good_free_duty_log: list[float] = _per_good(
        "1", "Log change of one plus duty and fee on a good were no points added."
    )
    good_free_level_log: list[float] = _per_good(
        "1", "Log price level of a good, home producers' gain taken off, were none added."
    )
    good_rest_level_log: list[float] = _per_good(
        "1", "Log price level of a good by duties on third countries alone."
    )
    good_rest_gain_log: list[float] = _per_good(
        "1", "Home producers' gain then, as a share of spending."
    )
    good_free_usd_bn: list[float] = _per_good(
        "usd_bn_per_year", "Trade in a good that prices would imply within a year were none added."
    )
    good_own_cost: list[float] = _per_good(
        "usd_bn_per_year", "Cost to the importer of a point more on a good."
    )
    good_other_cost: list[float] = _per_good(
        "usd_bn_per_year", "Cost to the exporter of a point more on a good."
    )
    good_own_mean: list[float] = _per_good(
        "usd_bn_per_year", "Mean cost to the importer of the points added on a good."
    )
    good_other_mean: list[float] = _per_good(
        "usd_bn_per_year", "Mean cost to the exporter of the points added on a good."
    )
    trade_months: int = field("", unit="count", init=0, meaning="Monthly steps of trade made.")
    trade_usd_bn_per_month: list[float] = field(
        "trade.{side}.imports_usd_bn_per_month",
        unit="usd_bn_per_month",
        shape=(Side,),
        meaning="Imports of a side from the other; 0 at the start = as the duties then imply.",
    )
    added_avg_pp: list[float] = _per_side(
        "pp", "Points added since 20 January 2025, weighted by imports of 2024."
    )
    revenue_usd_bn_per_year: list[float] = _per_side(
        "usd_bn_per_year", "Duties a side collects on the other's goods, at this month's rate."
    )
    revenue_free_usd_bn_per_year: list[float] = _per_side(
        "usd_bn_per_year", "The same were no points added."
    )
    buyers_cost_usd_bn_per_year: list[float] = _per_side(
        "usd_bn_per_year",
        "What buyers pay more by duties and fees on the other (a loss is positive).",
    )
    static_gain_usd_bn_per_year: list[float] = _per_side(
        "usd_bn_per_year", "Extra revenue less buyers' cost: an importer's gain within a year."
    )
    duty_avg_log: list[float] = _per_side(
        "1", "Log change of one plus the duty, weighted by this month's trade."
    )
    border_price_log: list[float] = _per_side(
        "1", "Log change of duty-paid prices of the other's goods at the border."
    )
    retail_price_log: list[float] = _per_side(
        "1", "Log change of shelf prices of the other's goods."
    )
    lost_sales_usd_bn_per_month: list[float] = _per_side(
        "usd_bn_per_month", "Sales to the other that an exporter has lost, goods that lost any."
    )
    third_barrier: float = field(
        "trade.third_barrier",
        unit="share",
        meaning="Share of diverted Chinese goods that third countries keep out.",
    )
    real_income_pct: list[float] = field(
        "",
        unit="pct",
        shape=(3,),
        meaning="Real income of the US, China and the rest in general equilibrium.",
    )
    us_imports_base_usd_bn: float = field(
        "",
        unit="usd_bn_per_year",
        meaning="US imports from everyone in the base year, customs value.",
    )
    effective_rate_pp: float = field(
        "", unit="pp", meaning="Points added to the average rate on all US imports."
    )
    macro_step_pp: list[float] = field(
        "", unit="pp", shape=(36,), meaning="Its change in each of the last 36 months."
    )
    macro_old_pp: float = field("", unit="pp", meaning="Its changes before that, added up.")
    macro_kernel: list[list[float]] = field(
        "",
        unit="pct",
        shape=(4, 37),
        meaning="Response a month after ten points of the average rate, by variable and month.",
    )
    macro: list[float] = field(
        "",
        unit="pct",
        shape=(4,),
        meaning="US output, consumer prices, unemployment (points) and employment.",
    )
    deficit_usd_bn_per_year: float = field(
        "trade.deficit_usd_bn_per_year",
        unit="usd_bn_per_year",
        meaning="US goods deficit with China over twelve months; 0 at the start = the base year's.",
    )
    deficit_month_usd_bn: list[float] = field(
        "", unit="usd_bn", shape=(12,), meaning="The twelve monthly deficits it is made of."
    )
    pledge_quality: list[float] = field(
        "",
        unit="1",
        shape=(Category,),
        meaning="Part of a pledge kept this month; 0 without one.",
    )
    deliveries_usd_bn_per_month: list[float] = field(
        "",
        unit="usd_bn_per_month",
        shape=(Category,),
        meaning="Purchases delivered this month under pledges.",
    )
    input_short: list[float] = _per_side(
        "share", "Output lost in lines that need the other's controlled inputs."
    )
    own_cost_per_pp: list[list[float]] = field(
        "",
        unit="usd_bn_per_year",
        shape=(Side, Layer),
        meaning="Cost to a side of one more point on a layer of its own duty.",
    )
    other_cost_per_pp: list[list[float]] = field(
        "",
        unit="usd_bn_per_year",
        shape=(Side, Layer),
        meaning="Cost to a side of one more point on a layer of the other's duty.",
    )
    clause_value_usd_bn: list[list[float]] = field(
        "",
        unit="usd_bn_per_year",
        shape=(Side, Clause),
        meaning="Value to a side of one unit of a package clause (tariffs: ten points cut).",
    )
