"""Packages that can be signed, one row each.

A row says when the package is available, what it contains, what signing it does and how the
chronicle describes it. `worth` calculates its worth to a side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from sim.economy.constants import UNIT
from sim.model.bargain.clauses import (
    apply_comprehensive,
    apply_fentanyl_deal,
    apply_investment_deal,
    apply_purchase_deal,
    apply_swap,
    broad_units,
    can_make_truce,
    investment_share,
    narrow_units,
    port_fee_units,
    relief_cut_pp,
    truce_relief_pp,
)
from sim.model.commitments.agreements import apply_truce, truce_cut_pp
from sim.model.commitments.pauses import can_extend
from sim.model.duties.layers import addon_pp
from sim.model.tables.codes import (
    AGREEMENT_SIGNED,
    CN,
    FENTANYL,
    ISSUE_INVESTMENT,
    ISSUE_PURCHASES,
    LEADERS,
    PACKAGE_PURCHASES,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause, Package, Rank

Feasible = Callable[[State, Params], bool]
Units = Callable[[State, Params], float]
Effect = Callable[[State, Params], None]
C = Clause


def nothing(state: State, params: Params) -> None:
    """Does nothing of its own: only what every signature does applies."""


@dataclass(frozen=True, slots=True)
class PackageRow:
    """Row of a package.

    Attributes:
        package: Its code.
        text: Sentence in the chronicle when it is signed.
        noun: Noun phrase for the signing, as in `no <noun>`.
        lowest_rank: Lowest rank of negotiators who can sign it.
        feasible: Returns whether it is available today.
        effect: Applies its clauses; `signature` applies what all packages have in common.
        changes: The fields of the state that `effect` may change.
        units: Amount of each clause today (tariffs in 10 points, money in USD 10 bn); else 0.
    """

    package: Package
    text: str
    noun: str
    lowest_rank: Rank
    feasible: Feasible
    effect: Effect = nothing
    changes: tuple[str, ...] = ()
    units: dict[Clause, Units] = field(default_factory=dict)


# Fields that several packages change.
LAYER: Final = ("duty_pp", "struck_pp", "avg_pct", "announced_pp", "announced_cover")
CUT: Final = (*LAYER, "threat_in_effect", "cut_day")
EASING: Final = (
    "control",
    "minerals_wait_days",
    "softened_day",
    "trust_kept",
    "tension",
    "tone",
)
PLEDGE: Final = ("accord_signed", "pledged_usd_bn")
TEXT: Final = (
    "agreement", "truce_signed", "truce_from", "truce_ends_on", "truce_strained", "suspended_pp",
    "measures_since_signing", "threat_open", "threats_softened", "reputation_broken",
    "pending_due", "reply_pp", "market_stress", "tension",
)  # fmt: skip

PACKAGES: Final[tuple[PackageRow, ...]] = (
    PackageRow(
        Package.TRUCE,
        text="The two sides sign a truce with equal tariff cuts, partly as suspensions",
        noun="signing of a truce",
        lowest_rank=Rank.MINISTERS,
        feasible=can_make_truce,
        effect=apply_truce,
        changes=(*CUT, *TEXT, "counters_made", "mirror_day", "deal_status", "expiry"),
        units={
            C.US_TARIFF_CUT: lambda s, p: narrow_units(s, truce_relief_pp(s, p)),
            C.US_BROAD_CUT: lambda s, p: broad_units(s, truce_relief_pp(s, p)),
            C.CN_TARIFF_CUT: lambda s, p: truce_cut_pp(s, p) / UNIT,
        },
    ),
    PackageRow(
        Package.EXTENSION,
        text="The two sides extend the truce",
        noun="extension of the truce",
        lowest_rank=Rank.MINISTERS,
        feasible=lambda s, p: can_extend(s, p, LEADERS),
    ),
    PackageRow(
        Package.SWAP,
        text="The two sides sign a swap of rare earths for technology",
        noun="signing of a swap",
        lowest_rank=Rank.MINISTERS,
        feasible=lambda s, p: s.control[US][TECH] > 0 and s.control[CN][RARE_EARTHS] > 0,
        effect=apply_swap,
        changes=(*EASING, "deal_status"),
        units={
            C.MINERALS: lambda s, p: 1.0,
            C.TECH: lambda s, p: 1.0,
            C.PORT_FEES: lambda s, p: port_fee_units(s),
        },
    ),
    PackageRow(
        Package.PURCHASES,
        text="The two sides sign a deal on purchases in return for tariff cuts",
        noun="signing of a purchase deal",
        lowest_rank=Rank.LEADERS,
        feasible=lambda s, p: s.issue_on[ISSUE_PURCHASES] and s.package_day[PACKAGE_PURCHASES] == 0,
        effect=apply_purchase_deal,
        changes=(*CUT, *PLEDGE, "control", "deal_status"),
        units={
            C.US_TARIFF_CUT: lambda s, p: narrow_units(s, relief_cut_pp(s, p)),
            C.US_BROAD_CUT: lambda s, p: broad_units(s, relief_cut_pp(s, p)),
            C.PURCHASES: lambda s, p: p.pledge_usd_bn_per_year / UNIT,
        },
    ),
    PackageRow(
        Package.FENTANYL,
        text="The two sides sign a deal on precursors in return for a cut in the fentanyl duty",
        noun="signing of a deal on precursors",
        lowest_rank=Rank.LEADERS,
        feasible=lambda s, p: s.duty_pp[US][FENTANYL] > 0.0 and not s.precursor_action,
        effect=apply_fentanyl_deal,
        changes=(*LAYER, "cut_day", "precursor_action", "deal_status"),
        units={
            C.US_BROAD_CUT: lambda s, p: min(p.fentanyl_tranche_pp, s.duty_pp[US][FENTANYL]) / UNIT,
            C.PRECURSORS: lambda s, p: 1.0,
        },
    ),
    PackageRow(
        Package.INVESTMENT,
        text="The two sides sign an investment deal",
        noun="signing of an investment deal",
        lowest_rank=Rank.LEADERS,
        feasible=lambda s, p: s.issue_on[ISSUE_INVESTMENT] and investment_share(s, p) > 0.0,
        effect=apply_investment_deal,
        changes=(*CUT, "investment_usd_bn", "jobs", "deal_status"),
        units={
            C.US_TARIFF_CUT: lambda s, p: narrow_units(s, relief_cut_pp(s, p)),
            C.US_BROAD_CUT: lambda s, p: broad_units(s, relief_cut_pp(s, p)),
            C.INVESTMENT: lambda s, p: p.investment_usd_bn * investment_share(s, p) / UNIT,
        },
    ),
    PackageRow(
        Package.COMPREHENSIVE,
        text="The two sides sign a comprehensive deal",
        noun="signing of a comprehensive deal",
        lowest_rank=Rank.LEADERS,
        feasible=lambda s, p: s.agreement != AGREEMENT_SIGNED,
        effect=apply_comprehensive,
        changes=(
            *CUT, *PLEDGE, *TEXT, "control", "precursor_action", "investment_usd_bn", "jobs",
            "expiry", "deal_status",
        ),
        units={
            C.US_TARIFF_CUT: lambda s, p: s.duty_pp[US][RECIPROCAL] / UNIT,
            C.US_BROAD_CUT: lambda s, p: (addon_pp(s, US) - s.duty_pp[US][RECIPROCAL]) / UNIT,
            C.CN_TARIFF_CUT: lambda s, p: addon_pp(s, CN) / UNIT,
            C.MINERALS: lambda s, p: 1.0 * s.control[CN][RARE_EARTHS],
            C.TECH: lambda s, p: 1.0 * s.control[US][TECH],
            C.PURCHASES: lambda s, p: p.full_pledge_times * p.pledge_usd_bn_per_year / UNIT,
            C.PORT_FEES: lambda s, p: port_fee_units(s),
            C.INVESTMENT: lambda s, p: p.investment_usd_bn * investment_share(s, p) / UNIT,
            C.PRECURSORS: lambda s, p: 1.0,
        },
    ),
)  # fmt: skip

PACKAGE_ROWS: Final[dict[int, PackageRow]] = {row.package: row for row in PACKAGES}
"""Rows by package; the check below raises an error if one is missing."""

if set(PACKAGE_ROWS) != set(Package) or len(PACKAGE_ROWS) != len(PACKAGES):
    raise ValueError(
        "packages.PACKAGES must have exactly one row for each member of vocabulary.Package"
    )
