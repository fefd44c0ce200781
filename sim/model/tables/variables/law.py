"""State of the law: what US duties rest on, the case in court, and statutes used in its wake."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.vocabulary import Authority, CourtCase, Layer


class LawState:
    """Authorities of US duties, and the case against those under the emergency powers."""

    authority: list[int] = field(
        "us.authority.{layer}",
        unit="code",
        shape=(Layer,),
        code=Authority,
        init=(
            Authority.S301,
            Authority.S232,
            Authority.EMERGENCY,
            Authority.EMERGENCY,
            Authority.EMERGENCY,
            Authority.PNTR,
        ),
        meaning="Authority on which a layer of US duty rests.",
    )

    # the case -------------------------------------------------------------------------------
    court_case: int = field(
        "court.case",
        unit="code",
        code=CourtCase,
        meaning="State of the case against duties under the emergency powers.",
    )
    court_verdict: int = field(
        "court.verdict",
        unit="code",
        code=CourtCase,
        meaning="Ruling that a scenario fixes: upheld or struck; otherwise it is drawn.",
    )
    court_argued: int = field(
        "court.argued", unit="date", meaning="Day on which the last court hears the case."
    )
    court_term_ends: int = field(
        "court.term_ends", unit="date", meaning="Day by which that court rules at the latest."
    )
    court_ruled: int = field("", unit="date", meaning="Day of the ruling.")
    emergency_ends_on: int = field(
        "",
        unit="date",
        meaning="First day without the duties that the ruling strikes down.",
    )
    struck_pp: float = field(
        "",
        unit="pp",
        meaning="Points on all goods that the ruling ends, less what has been cut since.",
    )
    emergency_paid_usd_bn: float = field(
        "us.emergency_paid_usd_bn",
        unit="usd_bn",
        meaning="Duty paid on Chinese goods under the emergency powers so far.",
    )
    refund_usd_bn: float = field(
        "", unit="usd_bn", meaning="Duty on Chinese goods that importers get back."
    )

    # statutes used in its wake --------------------------------------------------------------
    statute_due: list[int] = field(
        "",
        unit="date",
        shape=(Authority,),
        meaning="Day on which a duty under a statute takes effect; 0 = none is under way.",
    )
    statute_ends_on: list[int] = field(
        "",
        unit="date",
        shape=(Authority,),
        meaning="First day without a duty that its statute limits in time; 0 = no end.",
    )
    statute_used: list[bool] = field(
        "",
        unit="flag",
        shape=(Authority,),
        meaning="A duty under this statute has replaced those struck down.",
    )
