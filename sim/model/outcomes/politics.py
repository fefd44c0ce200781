"""Outcomes about diplomacy, duties and mood, one row each.

Dated rows can be read on any day (`us_addon_pp@2025-11-01`, the value after that day's
bookkeeping). Most are observable, so a scenario's `when` may use them. To add an outcome, add a row
and its test; there is no other list.
"""

from __future__ import annotations

from typing import Final

from sim.economy.accounts import goods_lost_pct
from sim.economy.constants import MONTHS_PER_YEAR, PERCENT
from sim.economy.sectors import N_GOODS
from sim.model.commitments.agreements import truce_in_force
from sim.model.commitments.purchases import (
    delivered,
    gap_share,
    pledged,
    soybeans_million_tonnes,
)
from sim.model.duties.layers import addon_pp, avg_seed_pct
from sim.model.governments.pressures import growth_loss_pct
from sim.model.outcomes.bargain import BARGAIN_OUTCOMES
from sim.model.outcomes.information import INFORMATION_OUTCOMES
from sim.model.outcomes.legal import LEGAL_OUTCOMES
from sim.model.outcomes.outcome import (
    DUTY_STEP,
    NEVER,
    Outcome,
    class_row,
    day_or_never,
    flag_row,
    row,
    truth,
)
from sim.model.outcomes.third_parties import THIRD_PARTY_OUTCOMES
from sim.model.outcomes.trade import SECTOR_OUTCOMES, TRADE_OUTCOMES
from sim.model.outcomes.words import WORD_OUTCOMES
from sim.model.relations.mood import trust
from sim.model.relations.stages import talks_running
from sim.model.tables.codes import (
    ACCORD_NEW,
    ACCORD_PHASE_ONE,
    CN,
    DEAL_PACKAGE,
    PATH_CONFLICT,
    PATH_IMPROVED,
    PATH_MANAGED,
    PORT_FEES,
    RARE_EARTHS,
    TECH,
    US,
    US_INDUSTRY,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import (
    DealStatus,
    Expiry,
    PathClass,
    SummitResult,
    TalksStage,
    Venue,
)


def path_class(state: State, params: Params) -> int:
    """Returns the class of the whole path (feature K1): conflict, improved, otherwise managed."""
    high = state.high_days_max >= params.conflict_days
    if high or state.cut_off_days_max >= params.cut_off_days:
        return PATH_CONFLICT
    calmer = state.tension < state.tension_start
    deal = state.deal_status >= DEAL_PACKAGE
    # Points that only a court took away say nothing about relations.
    points = max(addon_pp(state, US), state.struck_pp)
    if calmer and (deal or points < state.addon_start_pp):
        return PATH_IMPROVED
    return PATH_MANAGED


def decoupling(state: State, params: Params) -> float:
    """Returns the fall in bilateral goods trade since the base year, as a share of 0 to 1."""
    return max(0.0, goods_lost_pct(state, 0, N_GOODS) / PERCENT)


def deficit_annual_rate(state: State, params: Params) -> float:
    """Returns the US goods deficit with China of the month at an annual rate, USD bn a year."""
    gap = state.trade_usd_bn_per_month[US] - state.trade_usd_bn_per_month[CN]
    return MONTHS_PER_YEAR * gap


def summit_wait_days(state: State, params: Params) -> float:
    """Returns days from the first summit to the next opening of talks; NaN if none followed."""
    if state.summit_held_day == 0 or state.talks_resumed_day < state.summit_held_day:
        return NEVER
    return float(state.talks_resumed_day - state.summit_held_day)


OUTCOMES: Final[tuple[Outcome, ...]] = (
    class_row(
        "path_class",
        PathClass,
        "Class of the whole path: improved, managed or conflict.",
        path_class,
        headline=True,
        dated=False,
    ),
    class_row(
        "deal_status",
        DealStatus,
        "Furthest-reaching agreement in force.",
        lambda s, p: s.deal_status,
        headline=True,
        observable=True,
    ),
    class_row(
        "summit_result",
        SummitResult,
        "Result of the first summit.",
        lambda s, p: s.summit_result,
        headline=True,
        observable=True,
    ),
    class_row(
        "summit_venue", Venue, "Venue of the first summit.", lambda s, p: s.summit_venue_held
    ),
    flag_row(
        "leaders_met",
        "The leaders have met in person since the start.",
        lambda s, p: truth(s.summits > 0),
        headline=True,
        observable=True,
    ),
    row(
        "summit_day",
        "date",
        3.0,
        "Day of the first summit.",
        lambda s, p: day_or_never(s.summit_held_day),
        dated=False,
    ),
    row(
        "summit_to_talks_days",
        "days",
        5.0,
        "Days from the first summit to the next opening of talks.",
        summit_wait_days,
        dated=False,
    ),
    row(
        "summit_round_gap_days",
        "days",
        2.0,
        "Days from the last ministers' round to the first summit.",
        lambda s, p: float(s.summit_round_gap) if s.summit_round_gap >= 0 else NEVER,
        dated=False,
    ),
    row(
        "summit_slips",
        "count",
        0.2,
        "Number of times a dated summit was postponed.",
        lambda s, p: s.slips,
    ),
    class_row(
        "talks_stage",
        TalksStage,
        "Stage of the working talks.",
        lambda s, p: s.talks,
        observable=True,
    ),
    flag_row(
        "talks_running",
        "Talks are active or resumed.",
        lambda s, p: truth(talks_running(s)),
        observable=True,
    ),
    class_row(
        "truce_expiry",
        Expiry,
        "End of the last dated truce.",
        lambda s, p: s.expiry,
        dated=False,
    ),
    flag_row(
        "truce_in_force",
        "A suspension of duties is legally in force.",
        lambda s, p: truth(truce_in_force(s)),
        headline=True,
        observable=True,
    ),
    flag_row(
        "truce_strained",
        "A truce is in force, and a measure or accusation has followed its signature.",
        lambda s, p: truth(truce_in_force(s) and s.truce_strained),
        observable=True,
    ),
    flag_row(
        "threat_open",
        "A dated US tariff threat is open.",
        lambda s, p: truth(s.threat_open),
        observable=True,
    ),
    flag_row(
        "threat_in_effect",
        "A threatened duty has been executed and is in force.",
        lambda s, p: truth(s.threat_in_effect),
        headline=True,
        observable=True,
    ),
    row(
        "us_addon_pp",
        "pp",
        2.0,
        "US points added on China since 20 January 2025.",
        lambda s, p: addon_pp(s, US),
        headline=True,
        observable=True,
        step=DUTY_STEP,
    ),
    row(
        "cn_addon_pp",
        "pp",
        2.0,
        "Chinese points added on the US since 20 January 2025.",
        lambda s, p: addon_pp(s, CN),
        headline=True,
        observable=True,
        step=DUTY_STEP,
    ),
    row(
        "us_avg_seed_pct",
        "pct",
        2.0,
        "US average duty on the articles' scale: 14.5 plus the add-on.",
        avg_seed_pct,
        step=DUTY_STEP,
    ),
    row(
        "us_avg_pct",
        "pct",
        2.0,
        "US average duty, PIIE scale.",
        lambda s, p: s.avg_pct[US],
        observable=True,
        step=DUTY_STEP,
    ),
    row(
        "cn_avg_pct",
        "pct",
        2.0,
        "Chinese average duty, PIIE scale.",
        lambda s, p: s.avg_pct[CN],
        observable=True,
        step=DUTY_STEP,
    ),
    row(
        "us_hikes",
        "count",
        0.2,
        "Number of US tariff hikes.",
        lambda s, p: s.hikes[US],
        headline=True,
        observable=True,
    ),
    row(
        "cn_hikes",
        "count",
        0.2,
        "Number of Chinese hikes that matched a US hike in full.",
        lambda s, p: s.hikes[CN],
        observable=True,
    ),
    row(
        "us_measures",
        "count",
        0.3,
        "Number of US non-tariff measures.",
        lambda s, p: s.measures[US],
        headline=True,
        observable=True,
    ),
    row(
        "cn_measures",
        "count",
        0.3,
        "Number of Chinese non-tariff measures.",
        lambda s, p: s.measures[CN],
        observable=True,
    ),
    row(
        "us_tech_level",
        "level",
        0.2,
        "Level of US technology controls.",
        lambda s, p: s.control[US][TECH],
        observable=True,
    ),
    row(
        "cn_rare_earth_level",
        "level",
        0.2,
        "Level of Chinese rare-earth controls.",
        lambda s, p: s.control[CN][RARE_EARTHS],
        observable=True,
    ),
    flag_row(
        "port_fees_both",
        "Both sides levy port fees.",
        lambda s, p: truth(s.control[US][PORT_FEES] > 0 and s.control[CN][PORT_FEES] > 0),
        observable=True,
    ),
    row(
        "threats_made",
        "count",
        0.2,
        "Number of US threats.",
        lambda s, p: s.threats_made,
        observable=True,
    ),
    row(
        "threats_executed",
        "count",
        0.2,
        "Number of US threats executed.",
        lambda s, p: s.threats_executed,
    ),
    row(
        "accusations", "count", 0.2, "Number of accusations of breach.", lambda s, p: s.accusations
    ),
    row("stalls", "count", 0.2, "Number of times the talks stalled.", lambda s, p: s.stalls),
    row(
        "extensions", "count", 0.2, "Number of extensions of the truce.", lambda s, p: s.extensions
    ),
    row(
        "breaches",
        "count",
        0.2,
        "Number of months with deliveries in breach.",
        lambda s, p: s.breaches,
    ),
    row(
        "calls",
        "count",
        0.2,
        "Number of leaders' calls held; a request that the other side declined is not one.",
        lambda s, p: s.calls,
        observable=True,
    ),
    row(
        "rounds",
        "count",
        0.3,
        "Number of ministers' rounds.",
        lambda s, p: s.rounds,
        observable=True,
    ),
    row(
        "truce_days",
        "days",
        5.0,
        "Number of days with the truce in force.",
        lambda s, p: s.truce_days,
    ),
    row(
        "purchases_pledged_usd_bn",
        "usd_bn",
        2.0,
        "Purchases pledged during the run.",
        lambda s, p: pledged(s, ACCORD_NEW),
        observable=True,
    ),
    row(
        "purchases_delivered_usd_bn",
        "usd_bn",
        1.0,
        "Purchases delivered under pledges of the run, and as catch-up on the pledge of 2020.",
        lambda s, p: delivered(s, ACCORD_NEW) + s.catch_up_usd_bn,
        headline=True,
        observable=True,
    ),
    row(
        "soybeans_delivered_million_tonnes",
        "million_tonnes",
        0.5,
        "Soybeans delivered under pledges of the run, at a fixed price.",
        soybeans_million_tonnes,
    ),
    row(
        "purchases_shortfall_share",
        "share",
        0.05,
        "Share of the purchases pledged during the run that was not delivered.",
        lambda s, p: gap_share(s, ACCORD_NEW) if s.accord_signed > 0 else NEVER,
        observable=True,
    ),
    row(
        "phase_one_gap_share",
        "share",
        0.05,
        "Share of the purchases of the 2020 accord that was not delivered.",
        lambda s, p: (
            gap_share(s, ACCORD_PHASE_ONE) if pledged(s, ACCORD_PHASE_ONE) > 0.0 else NEVER
        ),
        observable=True,
    ),
    row("jobs", "jobs", 10000.0, "US jobs created by the investment agreed.", lambda s, p: s.jobs),
    row(
        "deficit_usd_bn_per_year",
        "usd_bn_per_year",
        10.0,
        "US goods deficit with China, sum of the last twelve months, some of which may lie before "
        "the start.",
        lambda s, p: s.deficit_usd_bn_per_year,
        observable=True,
    ),
    row(
        "deficit_annual_rate_usd_bn_per_year",
        "usd_bn_per_year",
        10.0,
        "US goods deficit with China of the month, at an annual rate.",
        deficit_annual_rate,
    ),
    row(
        "us_imports_usd_bn_per_month",
        "usd_bn_per_month",
        1.0,
        "US imports from China, seasonally adjusted.",
        lambda s, p: s.trade_usd_bn_per_month[US],
        observable=True,
    ),
    row(
        "cn_imports_usd_bn_per_month",
        "usd_bn_per_month",
        0.5,
        "Chinese imports from the US, seasonally adjusted.",
        lambda s, p: s.trade_usd_bn_per_month[CN],
        observable=True,
    ),
    row(
        "tension",
        "share",
        0.03,
        "Tension, from 0 (calm) to 1 (rupture).",
        lambda s, p: s.tension,
        observable=True,
    ),
    row(
        "rapport",
        "share",
        0.03,
        "Warmth between the leaders.",
        lambda s, p: s.rapport,
        observable=True,
    ),
    row(
        "us_rapport_forecast",
        "share",
        0.03,
        "Rapport as Washington expects it.",
        lambda s, p: s.rapport_forecast,
    ),
    row(
        "us_trust",
        "share",
        0.03,
        "US trust in China's promises.",
        lambda s, p: trust(s, US),
        observable=True,
    ),
    row(
        "cn_trust",
        "share",
        0.03,
        "China's trust in US promises.",
        lambda s, p: trust(s, CN),
        observable=True,
    ),
    row(
        "us_pressure",
        "share",
        0.03,
        "Domestic pressure on the US government.",
        lambda s, p: s.pressure[US],
        observable=True,
    ),
    row(
        "cn_pressure",
        "share",
        0.03,
        "Domestic pressure on China's government.",
        lambda s, p: s.pressure[CN],
        observable=True,
    ),
    row(
        "us_industry_pressure",
        "share",
        0.03,
        "Pressure on the US from shortages of industrial inputs.",
        lambda s, p: s.pressure_part[US][US_INDUSTRY],
        observable=True,
    ),
    row(
        "market_stress",
        "share",
        0.03,
        "Market stress.",
        lambda s, p: s.market_stress,
        observable=True,
    ),
    row(
        "cn_tone",
        "share",
        0.03,
        "China's public tone, from 0 (hostile) to 1 (warm).",
        lambda s, p: s.tone[CN],
        observable=True,
    ),
    row(
        "cn_eagerness",
        "probability",
        0.03,
        "China's private probability of agreeing to talks.",
        lambda s, p: s.eagerness[CN],
        observable=True,
    ),
    row(
        "cn_growth_shortfall_pct",
        "pct_per_year",
        0.05,
        "Growth China has lost to US duties, relative to its target of 5 per cent.",
        growth_loss_pct,
    ),
    row(
        "cn_delay_utility",
        "utility",
        0.2,
        "China's gain from days without a hike.",
        lambda s, p: s.delay_utility,
    ),
    row(
        "us_discord",
        "share",
        0.03,
        "Discord in the US government over an investment deal.",
        lambda s, p: s.discord,
    ),
    row(
        "failed",
        "flag",
        0.0,
        "The run could not be finished; its other values are missing.",
        lambda s, p: truth(s.pending_overflow),
        kind="flag",
        dated=False,
    ),
    row(
        "decoupling",
        "share",
        0.03,
        "Share of bilateral trade lost since the base year.",
        decoupling,
    ),
    flag_row(
        "confrontation",
        "Three-digit duties of both sides and no talks for a quarter.",
        lambda s, p: truth(s.regime_days_max >= p.regime_days),
    ),
    row(
        "us_urgency",
        "1",
        0.03,
        "How pressing a deal is to Washington, 1 = as usual.",
        lambda s, p: s.urgency,
    ),
    *BARGAIN_OUTCOMES,
    *INFORMATION_OUTCOMES,
    *LEGAL_OUTCOMES,
    *THIRD_PARTY_OUTCOMES,
    *WORD_OUTCOMES,
    *TRADE_OUTCOMES,
    *SECTOR_OUTCOMES,
)

PATHS: Final[tuple[str, ...]] = (
    "us_addon_pp",
    "cn_addon_pp",
    "us_avg_pct",
    "cn_avg_pct",
    "tension",
    "rapport",
    "us_pressure",
    "cn_pressure",
    "us_imports_usd_bn_per_month",
    "cn_imports_usd_bn_per_month",
    "truce_in_force",
)
"""Outcomes stored week by week."""


def outcome_index() -> dict[str, Outcome]:
    """Returns the outcomes by name."""
    return {outcome.name: outcome for outcome in OUTCOMES}
