"""Clauses that can be bargained for, one row each.

A row says who gives the clause, how much of it is to be had today, what it is worth in the trade
model, what signing it does, and how the chronicle describes it. Its political weight, its share of
promises, its security content and its load at home are parameters (`clause.*`). `worth` adds them
up; `logroll` makes bundles of them. To add a clause, add its code to `vocabulary.Clause` and a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sim.economy.constants import UNIT
from sim.model.bargain.prices import price_value, threat_worth
from sim.model.bargain.terms import (
    apply_category_pledge,
    apply_investment,
    apply_levels,
    apply_lists_end,
    apply_port_fees_off,
    apply_suspension,
    apply_taiwan_wording,
    catch_up_units,
    catch_up_usd_bn,
    cn_cut_units,
    cn_lists_usd_bn,
    fentanyl_units,
    fentanyl_usd_bn,
    freeze_units,
    levels,
    minerals_usd_bn,
    pause_units,
    pause_usd_bn,
    port_fee_units,
    prolong_units,
    purchase_units,
    purchase_usd_bn,
    relief_units,
    relief_usd_bn,
    structure_units,
    structure_usd_bn,
    threat_units,
    unsigned,
)
from sim.model.commitments.agreements import apply_extension, apply_truce
from sim.model.commitments.purchases import apply_catch_up
from sim.model.controls.measures import apply_crackdown
from sim.model.duties.layers import apply_cut, apply_fentanyl_cut
from sim.model.duties.threats import apply_threat_drop, apply_threat_postponement
from sim.model.tables.codes import (
    BUYER_FREEZE,
    CATEGORY_AIRCRAFT,
    CATEGORY_ENERGY,
    CATEGORY_FARM,
    CATEGORY_OTHER,
    CATEGORY_SOYBEANS,
    CLAUSE_APP,
    CLAUSE_DOLLAR,
    CLAUSE_LICENCE,
    CLAUSE_MARKET_OPENING,
    CLAUSE_MINORITY_STAKE,
    CLAUSE_NORTH_KOREA,
    CLAUSE_NUCLEAR,
    CLAUSE_SECRETS,
    CLAUSE_STRUCTURAL,
    CLAUSE_TAIWAN,
    CLAUSE_UKRAINE,
    CLAUSE_WHOLLY_OWNED,
    CN,
    ENTITIES,
    INBOUND_LIMITS,
    LEADERS,
    MINISTERS,
    OUTBOUND_LIMITS,
    PARTIAL_REPLY,
    PRICE_CN_TARIFF_CUT,
    PRICE_PORT_FEES,
    PRICE_PRECURSORS,
    PRICE_TECH,
    PROBES,
    RARE_EARTHS,
    TECH,
    US,
    VISAS,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause, Package, Rank, Side

Units = Callable[[State, Params], float]
Worth = Callable[[State, Params, int], float]
Effect = Callable[[State, Params, float], object]


def no_worth(state: State, params: Params, side: int) -> float:
    """Returns 0: the trade model puts no price on the clause."""
    return 0.0


def nothing(state: State, params: Params, amount: float) -> None:
    """Does nothing of its own: only what every signature does applies."""


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """Row of a clause.

    Attributes:
        clause: Its code.
        text: Text of the chronicle, after the name of the side that gives it, or after `both
            sides`; `{size}` is its size in points, `{s}` the plural of these.
        noun: Noun phrase for it, as in `would not agree to <noun>`. It says whose duties or lists
            are meant, since either side may be the one that refuses.
        units: Units to be had today (duties in tens of points, controls in levels, an investment as
            a share of the offer, otherwise 1); 0 if there is none.
        usd_bn: Yearly worth of all these to a side, USD bn.
        effect: Carries out an amount of it, in units.
        changes: The fields of the state that `effect` may change.
        giver: The side that gives it; None if both do.
        guard: The side on which groups at home may stop it; None if no group minds.
        lowest_rank: Lowest rank of negotiators who can sign it.
        package: What a bundle with it is called, unless another clause reaches further; None if it
            only goes with others.
        divisible: Whether a bundle may hold part of it, in whole points.
        is_new: Whether it is part of a new deal, which those who want the accord of 2020 enforced
            first put off (A10).
    """

    clause: Clause
    text: str
    noun: str
    units: Units
    usd_bn: Worth = no_worth
    effect: Effect = nothing
    changes: tuple[str, ...] = ()
    giver: Side | None = None
    guard: Side | None = None
    lowest_rank: Rank = Rank.MINISTERS
    package: Package | None = None
    divisible: bool = False
    is_new: bool = False


# Fields that several clauses change.
AVERAGES: Final = ("avg_pct", "announced_pp", "announced_cover")
CN_DUTY: Final = ("duty_pp", *AVERAGES)
US_DUTY: Final = (*CN_DUTY, "struck_pp")
PAUSED: Final = (
    *US_DUTY, "cut_day", "expiry", "suspended_pp", "threat_in_effect", "agreement",
    "truce_signed", "truce_from", "truce_ends_on", "truce_strained", "measures_since_signing",
    "counters_made", "mirror_day",
    "deal_status", "threat_open", "threats_softened", "reputation_broken", "pending_due",
    "reply_pp", "market_stress", "tension", "reply_instrument", "recent_hike", "recent_measure",
)  # fmt: skip
PROLONGED: Final = (
    "truce_ends_on", "extensions", "expiry", "truce_strained", "measures_since_signing",
    "deal_status", "market_stress", "tension",
)  # fmt: skip
EASING: Final = ("control", "trust_kept", "tension", "tone", "eased_day", "reply_instrument")
CN_EASING: Final = (*EASING, "softened_day")
PLEDGE: Final = ("pledged_usd_bn", "accord_signed", "pledges_stopped", "control", "eased_day")
OFFER: Final = ("structure_signed", "approval_structure", "approval_hiring", "approval_due")

CLAUSES: Final[tuple[ClauseRow, ...]] = (
    ClauseRow(
        Clause.PAUSE,
        text="cut duties (part of the cut only for a time)",
        noun="a pause",
        package=Package.TRUCE,
        units=pause_units,
        usd_bn=pause_usd_bn,
        effect=lambda s, p, amount: apply_truce(s, p),
        changes=PAUSED,
    ),
    ClauseRow(
        Clause.PROLONG,
        text="prolong the pause",
        noun="a longer pause",
        package=Package.EXTENSION,
        units=prolong_units,
        effect=lambda s, p, amount: apply_extension(s, p),
        changes=PROLONGED,
    ),
    ClauseRow(
        Clause.RECIPROCAL_CUT,
        text="cuts its duties on Chinese goods by {size:.0f} point{s}",
        noun="a cut of US duties",
        giver=Side.US,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        units=relief_units,
        usd_bn=relief_usd_bn,
        effect=lambda s, p, amount: apply_cut(s, p, US, amount * UNIT),
        changes=(*US_DUTY, "cut_day", "threat_in_effect"),
        divisible=True,
    ),
    ClauseRow(
        Clause.FENTANYL_CUT,
        text="cuts the fentanyl duty by {size:.0f} point{s}",
        noun="a cut of the fentanyl duty",
        giver=Side.US,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        package=Package.FENTANYL,
        units=fentanyl_units,
        usd_bn=fentanyl_usd_bn,
        effect=lambda s, p, amount: apply_fentanyl_cut(s, p, amount * UNIT),
        changes=(*US_DUTY, "cut_day"),
        divisible=True,
    ),
    ClauseRow(
        Clause.CN_CUT,
        text="cuts its duties on US goods by {size:.0f} point{s}",
        noun="a cut of Chinese duties",
        giver=Side.CN,
        lowest_rank=Rank.LEADERS,
        units=cn_cut_units,
        usd_bn=lambda s, p, side: cn_cut_units(s, p) * price_value(s, p, side, PRICE_CN_TARIFF_CUT),
        effect=lambda s, p, amount: apply_cut(s, p, CN, amount * UNIT),
        changes=(*CN_DUTY, "cut_day"),
        divisible=True,
    ),
    ClauseRow(
        Clause.CN_LISTS,
        text="ends its duties on lists of US goods",
        noun="an end of Chinese duties on lists of goods",
        giver=Side.CN,
        lowest_rank=Rank.LEADERS,
        units=lambda s, p: 1.0 if s.coverage[CN][PARTIAL_REPLY] > 0.0 else 0.0,
        usd_bn=cn_lists_usd_bn,
        effect=lambda s, p, amount: apply_lists_end(s, p),
        changes=(*CN_DUTY, "coverage"),
    ),
    ClauseRow(
        Clause.THREAT_OFF,
        text="withdraws its tariff threat",
        noun="a withdrawal of the tariff threat",
        giver=Side.US,
        lowest_rank=Rank.LEADERS,
        units=lambda s, p: threat_units(s, p, LEADERS),
        usd_bn=threat_worth,
        effect=lambda s, p, amount: apply_threat_drop(s, p),
        changes=(
            "threat_open", "threats_softened", "reputation_broken", "market_stress",
            "threat_dropped_day",
        ),
    ),
    ClauseRow(
        Clause.THREAT_LATER,
        text="puts off its tariff threat",
        noun="a delay of the tariff threat",
        giver=Side.US,
        units=lambda s, p: threat_units(s, p, MINISTERS),
        usd_bn=lambda s, p, side: p.threat_later_share * threat_worth(s, p, side),
        # The mean of a draw: a threat that is put off at the table gets the usual notice.
        effect=lambda s, p, amount: apply_threat_postponement(s, p, 0.5),
        changes=(
            "threat_deadline", "threats_softened", "reputation_broken", "market_stress",
            "threat_postponed",
        ),
    ),
    ClauseRow(
        Clause.MINERALS,
        text="grants more licences for rare earths",
        noun="more rare-earth licences",
        giver=Side.CN,
        guard=Side.CN,
        package=Package.SWAP,
        units=lambda s, p: levels(s, CN, RARE_EARTHS),
        usd_bn=minerals_usd_bn,
        effect=lambda s, p, amount: apply_suspension(s, p, CN, RARE_EARTHS, amount),
        changes=(*CN_EASING, "minerals_wait_days", "suspended_control"),
    ),
    ClauseRow(
        Clause.TECH,
        text="relaxes its technology controls",
        noun="relief from US technology controls",
        giver=Side.US,
        guard=Side.US,
        package=Package.SWAP,
        units=lambda s, p: levels(s, US, TECH),
        usd_bn=lambda s, p, side: levels(s, US, TECH) * price_value(s, p, side, PRICE_TECH),
        effect=lambda s, p, amount: apply_levels(s, p, US, TECH, amount),
        changes=EASING,
    ),
    ClauseRow(
        Clause.VISAS,
        text="relaxes its limits on visas",
        noun="relief from US limits on visas",
        giver=Side.US,
        guard=Side.US,
        package=Package.SWAP,
        units=lambda s, p: levels(s, US, VISAS),
        effect=lambda s, p, amount: apply_levels(s, p, US, VISAS, amount),
        changes=EASING,
    ),
    ClauseRow(
        Clause.PORT_FEES,
        text="suspend port fees",
        noun="an end of port fees",
        package=Package.SWAP,
        units=lambda s, p: port_fee_units(s),
        usd_bn=lambda s, p, side: port_fee_units(s) * price_value(s, p, side, PRICE_PORT_FEES),
        effect=lambda s, p, amount: apply_port_fees_off(s, p),
        changes=(*CN_EASING, "suspended_control"),
    ),
    ClauseRow(
        Clause.US_LISTINGS,
        text="takes Chinese firms off its lists for a time",
        noun="fewer Chinese firms on US lists",
        giver=Side.US,
        guard=Side.US,
        package=Package.SWAP,
        units=lambda s, p: levels(s, US, ENTITIES),
        effect=lambda s, p, amount: apply_suspension(s, p, US, ENTITIES, amount),
        changes=(*EASING, "suspended_control"),
    ),
    ClauseRow(
        Clause.CN_LISTINGS,
        text="takes US firms off its lists for a time",
        noun="fewer US firms on Chinese lists",
        giver=Side.CN,
        guard=Side.CN,
        package=Package.SWAP,
        units=lambda s, p: levels(s, CN, ENTITIES),
        effect=lambda s, p, amount: apply_suspension(s, p, CN, ENTITIES, amount),
        changes=(*CN_EASING, "suspended_control"),
    ),
    ClauseRow(
        Clause.PROBES,
        text="closes an investigation of a US firm",
        noun="an end of an investigation of a US firm",
        giver=Side.CN,
        package=Package.SWAP,
        units=lambda s, p: levels(s, CN, PROBES),
        effect=lambda s, p, amount: apply_levels(s, p, CN, PROBES, amount),
        changes=CN_EASING,
    ),
    ClauseRow(
        Clause.INBOUND,
        text="relaxes its limits on Chinese investment",
        noun="fewer US limits on Chinese investment",
        giver=Side.US,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: levels(s, US, INBOUND_LIMITS),
        effect=lambda s, p, amount: apply_levels(s, p, US, INBOUND_LIMITS, amount),
        changes=EASING,
    ),
    ClauseRow(
        Clause.OUTBOUND,
        text="relaxes its limits on US investment in China",
        noun="fewer limits on US investment in China",
        giver=Side.US,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: levels(s, US, OUTBOUND_LIMITS),
        effect=lambda s, p, amount: apply_levels(s, p, US, OUTBOUND_LIMITS, amount),
        changes=EASING,
    ),
    ClauseRow(
        Clause.BUYER_FREEZE,
        text="lets state buyers buy US goods again",
        noun="an end of the halt to purchases of US goods",
        giver=Side.CN,
        package=Package.SWAP,
        units=freeze_units,
        effect=lambda s, p, amount: apply_levels(s, p, CN, BUYER_FREEZE, amount),
        changes=CN_EASING,
    ),
    ClauseRow(
        Clause.SOYBEANS,
        text="pledges to buy soybeans",
        noun="a pledge to buy soybeans",
        giver=Side.CN,
        package=Package.PURCHASES,
        units=lambda s, p: purchase_units(s, p, CATEGORY_SOYBEANS),
        usd_bn=lambda s, p, side: purchase_usd_bn(s, p, side, CATEGORY_SOYBEANS),
        effect=lambda s, p, amount: apply_category_pledge(s, p, CATEGORY_SOYBEANS),
        changes=PLEDGE,
        is_new=True,
    ),
    ClauseRow(
        Clause.FARM,
        text="pledges to buy other farm goods",
        noun="a pledge to buy other farm goods",
        giver=Side.CN,
        package=Package.PURCHASES,
        units=lambda s, p: purchase_units(s, p, CATEGORY_FARM),
        usd_bn=lambda s, p, side: purchase_usd_bn(s, p, side, CATEGORY_FARM),
        effect=lambda s, p, amount: apply_category_pledge(s, p, CATEGORY_FARM),
        changes=PLEDGE,
        is_new=True,
    ),
    ClauseRow(
        Clause.ENERGY,
        text="pledges to buy energy",
        noun="a pledge to buy energy",
        giver=Side.CN,
        package=Package.PURCHASES,
        units=lambda s, p: purchase_units(s, p, CATEGORY_ENERGY),
        usd_bn=lambda s, p, side: purchase_usd_bn(s, p, side, CATEGORY_ENERGY),
        effect=lambda s, p, amount: apply_category_pledge(s, p, CATEGORY_ENERGY),
        changes=PLEDGE,
        is_new=True,
    ),
    ClauseRow(
        Clause.AIRCRAFT,
        text="pledges to buy aircraft",
        noun="a pledge to buy aircraft",
        giver=Side.CN,
        package=Package.PURCHASES,
        units=lambda s, p: purchase_units(s, p, CATEGORY_AIRCRAFT),
        usd_bn=lambda s, p, side: purchase_usd_bn(s, p, side, CATEGORY_AIRCRAFT),
        effect=lambda s, p, amount: apply_category_pledge(s, p, CATEGORY_AIRCRAFT),
        changes=PLEDGE,
        is_new=True,
    ),
    ClauseRow(
        Clause.OTHER_GOODS,
        text="pledges to buy other goods",
        noun="a pledge to buy other goods",
        giver=Side.CN,
        package=Package.PURCHASES,
        units=lambda s, p: purchase_units(s, p, CATEGORY_OTHER),
        usd_bn=lambda s, p, side: purchase_usd_bn(s, p, side, CATEGORY_OTHER),
        effect=lambda s, p, amount: apply_category_pledge(s, p, CATEGORY_OTHER),
        changes=PLEDGE,
        is_new=True,
    ),
    ClauseRow(
        Clause.WHOLLY_OWNED,
        text="has its firms build plants of their own in the US",
        noun="Chinese plants in the US",
        giver=Side.CN,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        package=Package.INVESTMENT,
        units=lambda s, p: structure_units(s, p, CLAUSE_WHOLLY_OWNED),
        usd_bn=lambda s, p, side: structure_usd_bn(s, p, side, CLAUSE_WHOLLY_OWNED),
        effect=lambda s, p, amount: apply_investment(s, p, CLAUSE_WHOLLY_OWNED),
        changes=OFFER,
        is_new=True,
    ),
    ClauseRow(
        Clause.MINORITY_STAKE,
        text="has its firms take junior stakes in joint ventures in the US",
        noun="junior Chinese stakes in joint ventures",
        giver=Side.CN,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        package=Package.INVESTMENT,
        units=lambda s, p: structure_units(s, p, CLAUSE_MINORITY_STAKE),
        usd_bn=lambda s, p, side: structure_usd_bn(s, p, side, CLAUSE_MINORITY_STAKE),
        effect=lambda s, p, amount: apply_investment(s, p, CLAUSE_MINORITY_STAKE),
        changes=OFFER,
        is_new=True,
    ),
    ClauseRow(
        Clause.LICENCE,
        text="has its firms license their technology to US firms",
        noun="licences of Chinese technology for US firms",
        giver=Side.CN,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        package=Package.INVESTMENT,
        units=lambda s, p: structure_units(s, p, CLAUSE_LICENCE),
        usd_bn=lambda s, p, side: structure_usd_bn(s, p, side, CLAUSE_LICENCE),
        effect=lambda s, p, amount: apply_investment(s, p, CLAUSE_LICENCE),
        changes=OFFER,
        is_new=True,
    ),
    ClauseRow(
        Clause.PRECURSORS,
        text="promises action on fentanyl precursors",
        noun="action on fentanyl precursors",
        giver=Side.CN,
        lowest_rank=Rank.LEADERS,
        package=Package.FENTANYL,
        units=lambda s, p: 0.0 if s.precursor_action else 1.0,
        usd_bn=lambda s, p, side: price_value(s, p, side, PRICE_PRECURSORS),
        effect=lambda s, p, amount: apply_crackdown(s),
        changes=("precursor_action", "softened_day"),
    ),
    ClauseRow(
        Clause.APP,
        text="agree on a buyer for TikTok",
        noun="a buyer for TikTok",
        guard=Side.US,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_APP),
    ),
    ClauseRow(
        Clause.NUCLEAR,
        text="open talks on nuclear arms",
        noun="talks on nuclear arms",
        guard=Side.CN,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_NUCLEAR),
        is_new=True,
    ),
    ClauseRow(
        Clause.NORTH_KOREA,
        text="promises help with North Korea",
        noun="help with North Korea",
        giver=Side.CN,
        guard=Side.CN,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_NORTH_KOREA),
        is_new=True,
    ),
    ClauseRow(
        Clause.UKRAINE,
        text="promises help to rebuild Ukraine",
        noun="help to rebuild Ukraine",
        giver=Side.CN,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_UKRAINE),
        is_new=True,
    ),
    ClauseRow(
        Clause.DOLLAR,
        text="pledges to support the dollar's role",
        noun="support for the dollar's role",
        giver=Side.CN,
        guard=Side.CN,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_DOLLAR),
        is_new=True,
    ),
    ClauseRow(
        Clause.MARKET_OPENING,
        text="promises to open its markets",
        noun="a wider opening of Chinese markets",
        giver=Side.CN,
        guard=Side.CN,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_MARKET_OPENING),
        is_new=True,
    ),
    ClauseRow(
        Clause.SECRETS,
        text="promises to protect business secrets",
        noun="protection of business secrets",
        giver=Side.CN,
        guard=Side.CN,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_SECRETS),
        is_new=True,
    ),
    ClauseRow(
        Clause.STRUCTURAL,
        text="promises to curb overcapacity",
        noun="curbs on Chinese overcapacity",
        giver=Side.CN,
        guard=Side.CN,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_STRUCTURAL),
        is_new=True,
    ),
    ClauseRow(
        Clause.TAIWAN,
        text="changes its wording on Taiwan",
        noun="a change of US wording on Taiwan",
        giver=Side.US,
        guard=Side.US,
        lowest_rank=Rank.LEADERS,
        package=Package.SWAP,
        units=lambda s, p: unsigned(s, CLAUSE_TAIWAN),
        effect=lambda s, p, amount: apply_taiwan_wording(s, p),
        changes=("influence", "weight"),
    ),
    ClauseRow(
        Clause.CATCH_UP,
        text="buys US goods to make up for its shortfall of 2020",
        noun="purchases to make up for the shortfall of 2020",
        giver=Side.CN,
        package=Package.PURCHASES,
        units=catch_up_units,
        usd_bn=catch_up_usd_bn,
        effect=lambda s, p, amount: apply_catch_up(s, p),
        changes=("catch_up_usd_bn", "delivered_usd_bn", "softened_day", "trust_kept", "tension"),
    ),
)  # fmt: skip

CLAUSE_ROWS: Final[dict[int, ClauseRow]] = {row.clause: row for row in CLAUSES}
"""Rows by clause; the check below raises an error if one is missing."""

if set(CLAUSE_ROWS) != set(Clause) or len(CLAUSES) != len(Clause):
    raise ValueError("clauses.CLAUSES must have one row for each member of vocabulary.Clause")

_BY_CODE: Final = tuple(CLAUSE_ROWS[clause] for clause in Clause)

NO_SIDE: Final = -1
NO_NAME: Final = -1

# Columns of the table as plain tuples, for the rules.
REACH: Final = (0, 1, 2, 4, 3, 5, 6)
"""How far a bundle of each name reaches: purchases further than fentanyl."""

GUARD: Final = tuple(NO_SIDE if row.guard is None else int(row.guard) for row in _BY_CODE)
GIVER: Final = tuple(NO_SIDE if row.giver is None else int(row.giver) for row in _BY_CODE)
LOWEST_RANK: Final = tuple(int(row.lowest_rank) for row in _BY_CODE)
NAME: Final = tuple(NO_NAME if row.package is None else int(row.package) for row in _BY_CODE)
DIVISIBLE: Final = tuple(row.divisible for row in _BY_CODE)
IS_NEW: Final = tuple(row.is_new for row in _BY_CODE)
