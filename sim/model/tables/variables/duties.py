"""State of duties (in force, announced, threatened, suspended), replies owed, and controls."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import by_side, per_side
from sim.model.tables.vocabulary import (
    INSTRUMENT_NAMES,
    LAYER_NAMES,
    Instrument,
    Layer,
    Side,
)

PENDING_SLOTS = 16
"""Most announced duties that can wait at a time. Under drawn notices of a month and a half, one run
in a thousand had nine."""


class DutyState:
    """Duties and controls of both sides."""

    # duties ---------------------------------------------------------------------------------
    duty_pp: list[list[float]] = field(
        by_side("addon", LAYER_NAMES, "_pp"),
        unit="pp",
        shape=(Side, Layer),
        meaning="Rate in force of a legal layer on the goods it covers.",
    )
    coverage: list[list[float]] = field(
        by_side("coverage", LAYER_NAMES),
        unit="share",
        shape=(Side, Layer),
        meaning="Share of the other side's goods (by value) a layer covers.",
    )
    suspended_pp: list[list[float]] = field(
        by_side("suspended", LAYER_NAMES, "_pp"),
        unit="pp",
        shape=(Side, Layer),
        meaning="Rate suspended by a truce; snaps back if the truce lapses.",
    )
    avg_pct: list[float] = per_side("pct", "Average duty of a side on the other, PIIE scale.")
    announced_pp: list[list[float]] = field(
        "",
        unit="pp",
        shape=(Side, Layer),
        meaning="Points of a layer announced but not in force; a threat is weighted by its odds.",
    )
    announced_cover: float = field(
        "",
        unit="share",
        meaning="Share of trade that announced partial replies of China will add.",
    )

    # announced acts that are not yet in force ------------------------------------------------
    pending_due: list[int] = field(
        "",
        unit="date",
        shape=(PENDING_SLOTS,),
        meaning="Day on which an announced duty takes effect; 0 = free slot.",
        is_memory=True,
    )
    pending_side: list[int] = field(
        "",
        unit="code",
        shape=(PENDING_SLOTS,),
        meaning="Side that announced the duty.",
        is_memory=True,
    )
    pending_layer: list[int] = field(
        "",
        unit="code",
        shape=(PENDING_SLOTS,),
        meaning="Layer to which the announced duty adds.",
        is_memory=True,
    )
    pending_pp: list[float] = field(
        "",
        unit="pp",
        shape=(PENDING_SLOTS,),
        meaning="Points the announced duty adds to the rate.",
        is_memory=True,
    )
    pending_coverage: list[float] = field(
        "",
        unit="share",
        shape=(PENDING_SLOTS,),
        meaning="Coverage the announced duty adds (partial replies).",
        is_memory=True,
    )
    pending_overflow: bool = field(
        "",
        unit="flag",
        meaning="More duties were announced than wait at a time; the run fails.",
    )

    # threats --------------------------------------------------------------------------------
    threat_open: bool = field(
        "threat.open", unit="flag", meaning="A dated US tariff threat is open."
    )
    threat_pp: float = field("threat.size_pp", unit="pp", meaning="Points threatened.")
    threat_deadline: int = field(
        "threat.deadline", unit="date", meaning="Day on which the threatened duty would start."
    )
    threat_in_effect: bool = field(
        "",
        unit="flag",
        meaning="A threatened duty has been executed and is in force.",
        is_memory=True,
    )
    pledge_pp: float = field(
        "us.pledge_pp", unit="pp", meaning="Highest tariff the president pledged to voters."
    )
    threats_made: int = field("", unit="count", meaning="Number of threats made since the start.")
    threats_executed: int = field("", unit="count", meaning="Number of threats executed.")
    threats_softened: int = field(
        "", unit="count", meaning="Number of threats postponed or dropped."
    )
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
    reply_pp: float = field(
        "", unit="pp", meaning="Points of US hikes China has not answered yet.", is_memory=True
    )
    reply_since: int = field(
        "", unit="date", meaning="Day of the hike being answered.", is_memory=True
    )
    reply_instrument: list[int] = field(
        "",
        unit="code",
        shape=(Side,),
        meaning="Instrument + 1 of the reply in kind a side owes; 0 = none.",
        is_memory=True,
    )
    reply_instrument_since: list[int] = field(
        "", unit="date", shape=(Side,), meaning="Day of the measure being answered.", is_memory=True
    )
    mirror_day: int = field(
        "",
        unit="date",
        meaning="Day of China's last full mirror without a US answer; 0 = none.",
        is_memory=True,
    )
    mirror_pp: float = field("", unit="pp", meaning="Points of that mirror.", is_memory=True)
    threat_postponed: int = field(
        "",
        unit="count",
        meaning="Number of times the open threat has been put off.",
        is_memory=True,
    )
    threat_dropped_day: int = field(
        "", unit="date", meaning="Day on which the US last dropped a threat.", is_memory=True
    )
    cut_day: list[int] = field(
        "",
        unit="date",
        shape=(Side,),
        meaning="Day on which a side last cut its duties.",
        is_memory=True,
    )
    provoked_day: list[int] = field(
        "",
        unit="date",
        shape=(Side,),
        meaning="Day of the other side's last hike or non-tariff measure.",
        is_memory=True,
    )
    cause_day: list[int] = field(
        "",
        unit="date",
        shape=(Side,),
        meaning="Day of the other side's last hostile act, threats and words included.",
        is_memory=True,
    )
    counters_made: int = field(
        "",
        unit="count",
        meaning="Number of counter-hikes in the current escalation.",
        is_memory=True,
    )

    # non-tariff instruments -----------------------------------------------------------------
    control: list[list[int]] = field(
        by_side("control", INSTRUMENT_NAMES),
        unit="level",
        shape=(Side, Instrument),
        meaning="Level of a non-tariff instrument, 0 = off, 4 = highest.",
    )
    tightened_day: list[list[int]] = field(
        "",
        unit="date",
        shape=(Side, Instrument),
        meaning="Day on which a side last raised an instrument; 0 = not yet.",
        is_memory=True,
    )
    eased_day: list[list[int]] = field(
        "",
        unit="date",
        shape=(Side, Instrument),
        meaning="Day on which a side last eased an instrument; 0 = not yet.",
        is_memory=True,
    )
    suspended_control: list[list[int]] = field(
        "",
        unit="level",
        shape=(Side, Instrument),
        meaning="Levels suspended by a bargain; they come back if the pause lapses.",
        is_memory=True,
    )
    measures: list[int] = field(
        "", unit="count", shape=(Side,), meaning="Number of non-tariff measures since the start."
    )
    measures_since_signing: int = field(
        "",
        unit="count",
        meaning="Number of non-tariff measures since the truce was signed.",
        is_memory=True,
    )
    minerals_stock_months: float = field(
        "us.minerals_stock_months",
        unit="months",
        init=2.4,
        meaning="Stock of rare-earth inputs of US industry, in months of use.",
    )
    minerals_wait_days: int = field(
        "cn.minerals_wait_days",
        unit="days",
        meaning="Days until the first licences under a new control of rare earths are issued.",
    )
    minerals_tight_days: int = field(
        "us.minerals_tight_days",
        unit="days",
        meaning="Days for which rare earths have been under control without a break.",
    )
    chips_stock_months: float = field(
        "cn.chips_stock_months",
        unit="months",
        init=6.0,
        meaning="Stock of controlled chips of Chinese industry, in months of use.",
    )
