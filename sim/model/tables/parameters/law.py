"""Parameters of the law: limits of the statutes, the court, its remedy, and the doubt before it."""

from __future__ import annotations

from sim.model.tables.fields import Path, field
from sim.model.tables.paths import Index
from sim.model.tables.vocabulary import Authority, Side

NEW = (Authority.S301, Authority.S232, Authority.S122, Authority.S338)
"""Statutes that can replace the emergency powers."""


def _of(name: str, *statutes: Authority) -> Path:
    """Returns a path function: `law.<statute>.<name>` for some statutes, no name for the rest."""

    def path(i: Index) -> str | None:
        statute = Authority(i[0])
        return f"law.{statute.name.lower()}.{name}" if statute in statutes else None

    return path


class LawParams:
    """Limits of statutes, the odds of the case and its consequences."""

    # statutes ------------------------------------------------------------------------
    statute_highest_pp: list[float] = field(
        _of("highest_pp", Authority.S122, Authority.S338),
        unit="pp",
        shape=(Authority,),
        meaning="Highest duty that the statute allows; the others set no limit.",
    )
    statute_longest_days: list[int] = field(
        _of("longest_days", Authority.S122),
        unit="days",
        shape=(Authority,),
        meaning="Days for which the statute allows a duty; the others set no end.",
    )
    statute_lead_days: list[int] = field(
        _of("lead_days", *NEW),
        unit="days",
        shape=(Authority,),
        meaning="Days from the decision to use the statute to the duty: inquiry, then notice.",
    )
    congress_extends: float = field(
        "law.s122.congress_extends",
        unit="probability",
        meaning="Probability that Congress extends a duty that reaches its last day.",
    )
    s232_wider_share: float = field(
        "law.s232.wider_share",
        unit="share",
        meaning="Share of Chinese goods that new duties on sectors add to those covered.",
    )

    # the court -----------------------------------------------------------------------
    court_shortest_days: int = field(
        "court.shortest_days",
        unit="days",
        meaning="Shortest time from the hearing to the ruling.",
    )
    court_ruling_per_day: float = field(
        "court.ruling_per_day",
        unit="1/day",
        meaning="Daily probability of the ruling from then on.",
    )
    strike_probability: float = field(
        "court.strike_probability",
        unit="probability",
        meaning="Probability that the ruling strikes the duties down.",
    )
    wind_down_max_days: int = field(
        "court.wind_down_max_days",
        unit="days",
        meaning="Longest time from that ruling to the end of the duties.",
    )
    refund_probability: float = field(
        "court.refund_probability",
        unit="probability",
        meaning="Probability that importers then get back duty they have paid.",
    )
    refund_share: float = field(
        "court.refund_share",
        unit="share",
        meaning="Share of the duty paid that they get back in that case.",
    )
    court_discount: list[float] = field(
        "{side}.court.discount",
        unit="share",
        shape=(Side,),
        meaning="Share of a US duty's worth that a side writes off, times the odds that it falls.",
    )
