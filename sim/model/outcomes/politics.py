"""Outcomes: what can be read off a run, one row each.

Dated rows may be asked for on any day (`us_addon_pp@2025-11-01`, the value after that day's
bookkeeping); most serve as observables in a scenario's `when`. To add an outcome, add a row and its
test; nothing else knows the list.
"""

from __future__ import annotations

from typing import Final

from sim.economy.accounts import goods_lost_pct
from sim.economy.constants import PERCENT
from sim.economy.sectors import N_GOODS
from sim.model.commitments.agreements import truce_in_force
from sim.model.commitments.purchases import delivered, gap_share, pledged
from sim.model.duties.layers import addon_pp, avg_seed_pct
from sim.model.governments.pressures import growth_loss_pct
from sim.model.outcomes.outcome import NEVER, Outcome, class_row, day_or_never, flag_row, row, truth
from sim.model.outcomes.trade import SECTOR_OUTCOMES, TRADE_OUTCOMES
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
    """Returns the class of the whole path (feature K1): conflict, improved, else managed."""
    high = state.high_days_max >= params.conflict_days
    if high or state.cut_off_days_max >= params.cut_off_days:
        return PATH_CONFLICT
    calmer = state.tension < state.tension_start
    deal = state.deal_status >= DEAL_PACKAGE
    if calmer and (deal or addon_pp(state, US) < state.addon_start_pp):
        return PATH_IMPROVED
    return PATH_MANAGED


def decoupling(state: State, params: Params) -> float:
    """Returns the share of bilateral goods trade lost against the base year, 0 to 1."""
    return max(0.0, goods_lost_pct(state, 0, N_GOODS) / PERCENT)


def summit_wait_days(state: State, params: Params) -> float:
    """Returns days from the first summit to the next opening of talks; NaN if none followed."""
    if state.summit_held_day == 0 or state.talks_resumed_day < state.summit_held_day:
        return NEVER
    return float(state.talks_resumed_day - state.summit_held_day)


OUTCOMES: Final[tuple[Outcome, ...]] = (
    class_row(
        "path_class",
        PathClass,
        "Improved, managed or conflict over the whole path.",
        path_class,
        headline=True,
        dated=False,
    ),
    class_row(
        "deal_status",
        DealStatus,
        "Best agreement in force.",
        lambda s, p: s.deal_status,
        headline=True,
    ),
    class_row(
        "summit_result",
        SummitResult,
        "What the first summit brought.",
        lambda s, p: s.summit_result,
        headline=True,
    ),
    class_row(
        "summit_venue",
        Venue,
        "Where the first summit was held.",
        lambda s, p: s.summit_venue_held,
        watched=False,
    ),
    flag_row(
        "leaders_met",
        "The leaders have met in person since the start.",
        lambda s, p: truth(s.summits > 0),
        headline=True,
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
        "Times a dated summit slipped.",
        lambda s, p: s.slips,
        watched=False,
    ),
    class_row("talks_stage", TalksStage, "Stage of the working talks.", lambda s, p: s.talks),
    flag_row(
        "talks_running",
        "Talks are active or resumed.",
        lambda s, p: truth(talks_running(s)),
    ),
    class_row(
        "truce_expiry",
        Expiry,
        "How the last dated pause ended.",
        lambda s, p: s.expiry,
        dated=False,
    ),
    flag_row(
        "truce_in_force",
        "A suspension of duties is legally in force.",
        lambda s, p: truth(truce_in_force(s)),
        headline=True,
    ),
    flag_row(
        "truce_strained",
        "A truce is in force, and a measure or accusation came since it was signed.",
        lambda s, p: truth(truce_in_force(s) and s.truce_strained),
    ),
    flag_row("threat_open", "A dated US tariff threat stands.", lambda s, p: truth(s.threat_open)),
    flag_row(
        "threat_in_effect",
        "A threatened duty has been executed and stands.",
        lambda s, p: truth(s.threat_in_effect),
        headline=True,
    ),
    row(
        "us_addon_pp",
        "pp",
        2.0,
        "US points added on China since 20 January 2025.",
        lambda s, p: addon_pp(s, US),
        headline=True,
    ),
    row(
        "cn_addon_pp",
        "pp",
        2.0,
        "Chinese points added on the US since 20 January 2025.",
        lambda s, p: addon_pp(s, CN),
        headline=True,
    ),
    row(
        "us_avg_seed_pct",
        "pct",
        2.0,
        "US average duty on the articles' scale: 14.5 plus the add-on.",
        avg_seed_pct,
        watched=False,
    ),
    row("us_avg_pct", "pct", 2.0, "US average duty, PIIE scale.", lambda s, p: s.avg_pct[US]),
    row("cn_avg_pct", "pct", 2.0, "Chinese average duty, PIIE scale.", lambda s, p: s.avg_pct[CN]),
    row("us_hikes", "count", 0.2, "US tariff hikes.", lambda s, p: s.hikes[US], headline=True),
    row("cn_hikes", "count", 0.2, "Chinese mirror hikes.", lambda s, p: s.hikes[CN]),
    row(
        "us_measures",
        "count",
        0.3,
        "US non-tariff measures.",
        lambda s, p: s.measures[US],
        headline=True,
    ),
    row("cn_measures", "count", 0.3, "Chinese non-tariff measures.", lambda s, p: s.measures[CN]),
    row("us_tech_level", "level", 0.2, "US technology controls.", lambda s, p: s.control[US][TECH]),
    row(
        "cn_rare_earth_level",
        "level",
        0.2,
        "Chinese rare-earth controls.",
        lambda s, p: s.control[CN][RARE_EARTHS],
    ),
    flag_row(
        "port_fees_both",
        "Both sides levy port fees.",
        lambda s, p: truth(s.control[US][PORT_FEES] > 0 and s.control[CN][PORT_FEES] > 0),
    ),
    row("threats_made", "count", 0.2, "US threats made.", lambda s, p: s.threats_made),
    row(
        "threats_executed",
        "count",
        0.2,
        "US threats executed.",
        lambda s, p: s.threats_executed,
        watched=False,
    ),
    row(
        "accusations",
        "count",
        0.2,
        "Accusations of breach.",
        lambda s, p: s.accusations,
        watched=False,
    ),
    row("stalls", "count", 0.2, "Times the talks stalled.", lambda s, p: s.stalls, watched=False),
    row(
        "extensions",
        "count",
        0.2,
        "Times the truce was prolonged.",
        lambda s, p: s.extensions,
        watched=False,
    ),
    row(
        "breaches",
        "count",
        0.2,
        "Months of deliveries in breach.",
        lambda s, p: s.breaches,
        watched=False,
    ),
    row("calls", "count", 0.2, "Leader calls.", lambda s, p: s.calls),
    row("rounds", "count", 0.3, "Ministers' rounds.", lambda s, p: s.rounds),
    row(
        "truce_days",
        "days",
        5.0,
        "Days with the truce in force.",
        lambda s, p: s.truce_days,
        watched=False,
    ),
    row(
        "purchases_pledged_usd_bn",
        "usd_bn",
        2.0,
        "Purchases pledged in the run.",
        lambda s, p: pledged(s, ACCORD_NEW),
    ),
    row(
        "purchases_delivered_usd_bn",
        "usd_bn",
        1.0,
        "Purchases delivered under pledges and as catch-up.",
        lambda s, p: delivered(s, ACCORD_NEW) + s.catch_up_usd_bn,
        headline=True,
    ),
    row(
        "purchases_shortfall_share",
        "share",
        0.05,
        "Share of the pledge of the run not delivered.",
        lambda s, p: gap_share(s, ACCORD_NEW) if s.accord_signed > 0 else NEVER,
    ),
    row(
        "phase_one_gap_share",
        "share",
        0.05,
        "Share of the purchases of the 2020 accord not delivered.",
        lambda s, p: (
            gap_share(s, ACCORD_PHASE_ONE) if pledged(s, ACCORD_PHASE_ONE) > 0.0 else NEVER
        ),
    ),
    row(
        "jobs",
        "jobs",
        10000.0,
        "US jobs that go with investment agreed.",
        lambda s, p: s.jobs,
        watched=False,
    ),
    row(
        "deficit_usd_bn_per_year",
        "usd_bn_per_year",
        10.0,
        "US bilateral goods deficit at an annual rate.",
        lambda s, p: s.deficit_usd_bn_per_year,
    ),
    row(
        "us_imports_usd_bn_per_month",
        "usd_bn_per_month",
        1.0,
        "US imports from China.",
        lambda s, p: s.trade_usd_bn_per_month[US],
    ),
    row(
        "cn_imports_usd_bn_per_month",
        "usd_bn_per_month",
        0.5,
        "Chinese imports from the US.",
        lambda s, p: s.trade_usd_bn_per_month[CN],
    ),
    row("tension", "share", 0.03, "Tension, 0 calm to 1 rupture.", lambda s, p: s.tension),
    row("rapport", "share", 0.03, "Warmth between the leaders.", lambda s, p: s.rapport),
    row(
        "us_rapport_forecast",
        "share",
        0.03,
        "Rapport as Washington expects it.",
        lambda s, p: s.rapport_forecast,
        watched=False,
    ),
    row("us_trust", "share", 0.03, "US trust in China's promises.", lambda s, p: trust(s, US)),
    row("cn_trust", "share", 0.03, "China's trust in US promises.", lambda s, p: trust(s, CN)),
    row("us_pressure", "share", 0.03, "Domestic pressure, US.", lambda s, p: s.pressure[US]),
    row("cn_pressure", "share", 0.03, "Domestic pressure, China.", lambda s, p: s.pressure[CN]),
    row(
        "us_industry_pressure",
        "share",
        0.03,
        "US industry's pressure from short inputs.",
        lambda s, p: s.pressure_part[US][3],
    ),
    row("market_stress", "share", 0.03, "Market stress.", lambda s, p: s.market_stress),
    row("cn_tone", "share", 0.03, "China's public tone, 1 = warm.", lambda s, p: s.tone[CN]),
    row(
        "cn_eagerness",
        "probability",
        0.03,
        "China's private odds of saying yes to talks.",
        lambda s, p: s.eagerness[CN],
    ),
    row(
        "cn_growth_shortfall_pct",
        "pct_per_year",
        0.05,
        "China's growth lost to US duties, against the target of 5.",
        growth_loss_pct,
        watched=False,
    ),
    row(
        "cn_delay_utility",
        "utility",
        0.2,
        "What China has gained from days without a hike.",
        lambda s, p: s.delay_utility,
        watched=False,
    ),
    row(
        "us_discord",
        "share",
        0.03,
        "US discord over investment.",
        lambda s, p: s.discord,
        watched=False,
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
        "Bilateral trade lost against the base year.",
        decoupling,
        watched=False,
    ),
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
"""Outcomes kept week by week."""


def outcome_index() -> dict[str, Outcome]:
    """Returns the outcomes by name."""
    return {outcome.name: outcome for outcome in OUTCOMES}
