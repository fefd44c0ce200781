"""Outcomes: what can be read off a run, one row each.

Dated rows may be asked for on any day (`us_addon_pp@2025-11-01`, the value after that day's
bookkeeping); most serve as observables in a scenario's `when`. To add an outcome, add a row and its
test; nothing else knows the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from sim.economy.arithmetic import safe_div
from sim.model.agreements import truce_in_force
from sim.model.duties import addon_pp, avg_seed_pct
from sim.model.mood import trust
from sim.model.params import Params
from sim.model.pressures import growth_loss_pct
from sim.model.purchases import delivered, gap_share, pledged
from sim.model.stages import talks_running
from sim.model.state import State
from sim.model.vocabulary import (
    CN,
    DEAL_PACKAGE,
    NEW_ACCORD,
    PATH_CONFLICT,
    PATH_IMPROVED,
    PATH_MANAGED,
    PHASE_ONE,
    PORT_FEES,
    RARE_EARTHS,
    TECH,
    US,
    DealStatus,
    Expiry,
    PathClass,
    SummitResult,
    TalksStage,
    Venue,
)

NEVER: Final = float("nan")
NOT_OBSERVABLE: Final = frozenset(
    {
        "summit_venue",
        "summit_slips",
        "truce_days",
        "us_avg_seed_pct",
        "jobs",
        "us_rapport_forecast",
        "cn_growth_shortfall_pct",
        "cn_delay_utility",
        "us_discord",
        "decoupling",
        "threats_executed",
        "accusations",
        "stalls",
        "extensions",
        "breaches",
    }
)
"""Dated outcomes that are accounts of a run rather than something either side could watch."""

Reader = Callable[[State, Params], float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome.

    Attributes:
        name: Its name; the unit is part of it where it is a quantity.
        kind: `number`, `flag` or `class`.
        unit: A key of `sim.units.UNITS`.
        margin: Difference that does not matter in practice (equivalence tests), in `unit`; for
            flags and classes a difference of probability.
        headline: One of the at most 12 that verdicts are corrected over.
        dated: May be read on any day, and observed by interventions.
        meaning: One sentence.
        read: Reads it off the state; NaN where it does not apply.
        classes: Names of the classes, in the order of their codes.
    """

    name: str
    kind: str
    unit: str
    margin: float
    headline: bool
    dated: bool
    meaning: str
    read: Reader
    classes: tuple[str, ...] = ()

    @property
    def observable(self) -> bool:
        """Tells whether a scenario's `when` may name it: at most 40 outcomes are."""
        return self.dated and self.name not in NOT_OBSERVABLE


def _names(codes: type[IntEnum]) -> tuple[str, ...]:
    return tuple(code.name.lower() for code in codes)


def path_class(state: State, params: Params) -> int:
    """Returns the class of the whole path (feature K1): conflict, improved, else managed."""
    if state.high_days_max >= 30 or state.cut_off_days_max >= 60:
        return PATH_CONFLICT
    calmer = state.tension < state.tension_start
    deal = state.deal_status >= DEAL_PACKAGE
    if calmer and (deal or addon_pp(state, US) < state.addon_start_pp):
        return PATH_IMPROVED
    return PATH_MANAGED


def decoupling(state: State, params: Params) -> float:
    """Returns the share of bilateral goods trade lost against the base year, 0 to 1."""
    base = (params.trade_base_usd_bn[US] + params.trade_base_usd_bn[CN]) / 12.0
    now = state.trade_usd_bn_per_month[US] + state.trade_usd_bn_per_month[CN]
    return max(0.0, 1.0 - safe_div(now, base))


def summit_wait_days(state: State, params: Params) -> float:
    """Returns days from the first summit to the next opening of talks; NaN if none followed."""
    if state.summit_held_day == 0 or state.talks_resumed_day < state.summit_held_day:
        return NEVER
    return float(state.talks_resumed_day - state.summit_held_day)


def _day(value: int) -> float:
    return float(value) if value > 0 else NEVER


def _truth(value: bool) -> float:
    return 1.0 if value else 0.0


def _row(
    name: str,
    unit: str,
    margin: float,
    meaning: str,
    read: Reader,
    *,
    kind: str = "number",
    headline: bool = False,
    dated: bool = True,
    classes: tuple[str, ...] = (),
) -> Outcome:
    return Outcome(name, kind, unit, margin, headline, dated, meaning, read, classes)


def _class(
    name: str,
    codes: type[IntEnum],
    meaning: str,
    read: Reader,
    *,
    headline: bool = False,
    dated: bool = True,
) -> Outcome:
    return _row(
        name,
        "code",
        0.03,
        meaning,
        read,
        kind="class",
        headline=headline,
        dated=dated,
        classes=_names(codes),
    )


def _flag(name: str, meaning: str, read: Reader, *, headline: bool = False) -> Outcome:
    return _row(name, "flag", 0.03, meaning, read, kind="flag", headline=headline)


OUTCOMES: Final[tuple[Outcome, ...]] = (
    _class(
        "path_class",
        PathClass,
        "Improved, managed or conflict over the whole path.",
        path_class,
        headline=True,
        dated=False,
    ),
    _class(
        "deal_status",
        DealStatus,
        "Best agreement in force.",
        lambda s, p: s.deal_status,
        headline=True,
    ),
    _class(
        "summit_result",
        SummitResult,
        "What the first summit brought.",
        lambda s, p: s.summit_result,
        headline=True,
    ),
    _class(
        "summit_venue", Venue, "Where the first summit was held.", lambda s, p: s.summit_venue_held
    ),
    _flag(
        "leaders_met",
        "The leaders have met in person since the start.",
        lambda s, p: _truth(s.summits > 0),
        headline=True,
    ),
    _row(
        "summit_day",
        "date",
        3.0,
        "Day of the first summit.",
        lambda s, p: _day(s.summit_held_day),
        dated=False,
    ),
    _row(
        "summit_to_talks_days",
        "days",
        5.0,
        "Days from the first summit to the next opening of talks.",
        summit_wait_days,
        dated=False,
    ),
    _row(
        "summit_round_gap_days",
        "days",
        2.0,
        "Days from the last ministers' round to the first summit.",
        lambda s, p: float(s.summit_round_gap) if s.summit_round_gap >= 0 else NEVER,
        dated=False,
    ),
    _row("summit_slips", "count", 0.2, "Times a dated summit slipped.", lambda s, p: s.slips),
    _class("talks_stage", TalksStage, "Stage of the working talks.", lambda s, p: s.talks),
    _flag(
        "talks_running",
        "Talks are active or resumed.",
        lambda s, p: _truth(talks_running(s)),
    ),
    _class(
        "truce_expiry",
        Expiry,
        "How the last dated pause ended.",
        lambda s, p: s.expiry,
        dated=False,
    ),
    _flag(
        "truce_in_force",
        "A suspension of duties is legally in force.",
        lambda s, p: _truth(truce_in_force(s)),
        headline=True,
    ),
    _flag(
        "truce_strained",
        "A measure or accusation came since the truce was signed.",
        lambda s, p: _truth(s.truce_strained),
    ),
    _flag(
        "threat_open", "A dated US tariff threat stands.", lambda s, p: _truth(s.threat_open)
    ),
    _flag(
        "threat_in_effect",
        "A threatened duty has been executed and stands.",
        lambda s, p: _truth(s.threat_in_effect),
        headline=True,
    ),
    _row(
        "us_addon_pp",
        "pp",
        2.0,
        "US points added on China since 20 January 2025.",
        lambda s, p: addon_pp(s, US),
        headline=True,
    ),
    _row(
        "cn_addon_pp",
        "pp",
        2.0,
        "Chinese points added on the US since 20 January 2025.",
        lambda s, p: addon_pp(s, CN),
        headline=True,
    ),
    _row(
        "us_avg_seed_pct",
        "pct",
        2.0,
        "US average duty on the articles' scale: 14.5 plus the add-on.",
        avg_seed_pct,
    ),
    _row("us_avg_pct", "pct", 2.0, "US average duty, PIIE scale.", lambda s, p: s.avg_pct[US]),
    _row(
        "cn_avg_pct", "pct", 2.0, "Chinese average duty, PIIE scale.", lambda s, p: s.avg_pct[CN]
    ),
    _row("us_hikes", "count", 0.2, "US tariff hikes.", lambda s, p: s.hikes[US], headline=True),
    _row("cn_hikes", "count", 0.2, "Chinese mirror hikes.", lambda s, p: s.hikes[CN]),
    _row(
        "us_measures",
        "count",
        0.3,
        "US non-tariff measures.",
        lambda s, p: s.measures[US],
        headline=True,
    ),
    _row("cn_measures", "count", 0.3, "Chinese non-tariff measures.", lambda s, p: s.measures[CN]),
    _row(
        "us_tech_level", "level", 0.2, "US technology controls.", lambda s, p: s.control[US][TECH]
    ),
    _row(
        "cn_rare_earth_level",
        "level",
        0.2,
        "Chinese rare-earth controls.",
        lambda s, p: s.control[CN][RARE_EARTHS],
    ),
    _flag(
        "port_fees_both",
        "Both sides levy port fees.",
        lambda s, p: _truth(s.control[US][PORT_FEES] > 0 and s.control[CN][PORT_FEES] > 0),
    ),
    _row("threats_made", "count", 0.2, "US threats made.", lambda s, p: s.threats_made),
    _row(
        "threats_executed", "count", 0.2, "US threats executed.", lambda s, p: s.threats_executed
    ),
    _row("accusations", "count", 0.2, "Accusations of breach.", lambda s, p: s.accusations),
    _row("stalls", "count", 0.2, "Times the talks stalled.", lambda s, p: s.stalls),
    _row("extensions", "count", 0.2, "Times the truce was prolonged.", lambda s, p: s.extensions),
    _row("breaches", "count", 0.2, "Months of deliveries in breach.", lambda s, p: s.breaches),
    _row("calls", "count", 0.2, "Leader calls.", lambda s, p: s.calls),
    _row("rounds", "count", 0.3, "Ministers' rounds.", lambda s, p: s.rounds),
    _row("truce_days", "days", 5.0, "Days with the truce in force.", lambda s, p: s.truce_days),
    _row(
        "purchases_pledged_usd_bn",
        "usd_bn",
        2.0,
        "Purchases pledged in the run.",
        lambda s, p: pledged(s, NEW_ACCORD),
    ),
    _row(
        "purchases_delivered_usd_bn",
        "usd_bn",
        1.0,
        "Purchases delivered under pledges and as catch-up.",
        lambda s, p: delivered(s, NEW_ACCORD) + s.catch_up_usd_bn,
        headline=True,
    ),
    _row(
        "purchases_shortfall_share",
        "share",
        0.05,
        "Share of the pledge of the run not delivered.",
        lambda s, p: gap_share(s, NEW_ACCORD) if s.accord_signed > 0 else NEVER,
    ),
    _row(
        "phase_one_gap_share",
        "share",
        0.05,
        "Share of the purchases of the 2020 accord not delivered.",
        lambda s, p: gap_share(s, PHASE_ONE) if pledged(s, PHASE_ONE) > 0.0 else NEVER,
    ),
    _row("jobs", "jobs", 10000.0, "US jobs that go with investment agreed.", lambda s, p: s.jobs),
    _row(
        "deficit_usd_bn_per_year",
        "usd_bn_per_year",
        10.0,
        "US bilateral goods deficit at an annual rate.",
        lambda s, p: s.deficit_usd_bn_per_year,
    ),
    _row(
        "us_imports_usd_bn_per_month",
        "usd_bn_per_month",
        1.0,
        "US imports from China.",
        lambda s, p: s.trade_usd_bn_per_month[US],
    ),
    _row(
        "cn_imports_usd_bn_per_month",
        "usd_bn_per_month",
        0.5,
        "Chinese imports from the US.",
        lambda s, p: s.trade_usd_bn_per_month[CN],
    ),
    _row("tension", "share", 0.03, "Tension, 0 calm to 1 rupture.", lambda s, p: s.tension),
    _row("rapport", "share", 0.03, "Warmth between the leaders.", lambda s, p: s.rapport),
    _row(
        "us_rapport_forecast",
        "share",
        0.03,
        "Rapport as Washington expects it.",
        lambda s, p: s.rapport_forecast,
    ),
    _row("us_trust", "share", 0.03, "US trust in China's promises.", lambda s, p: trust(s, US)),
    _row("cn_trust", "share", 0.03, "China's trust in US promises.", lambda s, p: trust(s, CN)),
    _row(
        "us_pressure", "share", 0.03, "Domestic pressure, US.", lambda s, p: s.pressure[US]
    ),
    _row(
        "cn_pressure", "share", 0.03, "Domestic pressure, China.", lambda s, p: s.pressure[CN]
    ),
    _row(
        "us_industry_pressure",
        "share",
        0.03,
        "US industry's pressure from short inputs.",
        lambda s, p: s.pressure_part[US][3],
    ),
    _row("market_stress", "share", 0.03, "Market stress.", lambda s, p: s.market_stress),
    _row("cn_tone", "share", 0.03, "China's public tone, 1 = warm.", lambda s, p: s.tone[CN]),
    _row(
        "cn_eagerness",
        "probability",
        0.03,
        "China's private odds of saying yes to talks.",
        lambda s, p: s.eagerness[CN],
    ),
    _row(
        "cn_growth_shortfall_pct",
        "pct_per_year",
        0.05,
        "China's growth lost to US duties, against the target of 5.",
        growth_loss_pct,
    ),
    _row(
        "cn_delay_utility",
        "utility",
        0.2,
        "What China has gained from days without a hike.",
        lambda s, p: s.delay_utility,
    ),
    _row("us_discord", "share", 0.03, "US discord over investment.", lambda s, p: s.discord),
    _row(
        "failed",
        "flag",
        0.0,
        "The run could not be finished; its other values are missing.",
        lambda s, p: _truth(s.pending_overflow),
        kind="flag",
        dated=False,
    ),
    _row("decoupling", "share", 0.03, "Bilateral trade lost against the base year.", decoupling),
)  # fmt: skip

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
