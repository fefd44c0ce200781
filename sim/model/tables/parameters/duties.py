"""Parameters of duties: tariff arithmetic, threats, counter-hikes, China's replies."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import Index
from sim.model.tables.vocabulary import Side, ThreatSize


def _threat_size(i: Index) -> str:
    return f"us.threat.size_pp.{ThreatSize(i[0]).name.lower()}"


def _threat_share(i: Index) -> str | None:
    # The largest size has the remaining share.
    size = ThreatSize(i[0])
    return f"us.threat.share.{size.name.lower()}" if size != max(ThreatSize) else None


class DutyParams:
    """Sizes and hazards of duties, threats and replies."""

    # tariff arithmetic ---------------------------------------------------------------
    avg_seed_base_pct: float = field(
        "tariff.avg_seed_base_pct",
        unit="pct",
        meaning="US average duty on China before 2025 on the articles' scale.",
    )
    mfn_pct: list[float] = field(
        "{side}.tariff.mfn_pct",
        unit="pct",
        shape=(Side,),
        meaning="Ordinary duty on the other's goods, PIIE scale, before special tariffs.",
    )
    hike_step_pp: float = field(
        "us.hike.step_pp", unit="pp", meaning="Usual step of a hike on all goods."
    )
    hike_lead_days: int = field(
        "us.hike.lead_days", unit="days", meaning="Days from announcing a usual step to its start."
    )
    hike_spacing_days: int = field(
        "us.hike.spacing_days", unit="days", meaning="Shortest time between two usual steps."
    )
    cut_kept_days: int = field(
        "cut.kept_days",
        unit="days",
        meaning="Days for which a side that cut its duties does not raise them unprovoked.",
    )
    cut_stress_min: float = field(
        "us.cut.stress_min",
        unit="share",
        meaning="Market stress from which Washington may cut duties alone.",
    )
    fentanyl_cap_pp: float = field(
        "us.fentanyl.cap_pp", unit="pp", meaning="Largest number of points in the fentanyl layer."
    )
    pntr_pp: float = field(
        "us.pntr.points_pp",
        unit="pp",
        meaning="Average points added by ending normal trade relations.",
    )
    pntr_lead_days: int = field(
        "us.pntr.lead_days",
        unit="days",
        meaning="Days from ending normal trade relations to the start of those rates.",
    )

    # threats and their resolution ----------------------------------------------------
    size_share: list[float] = field(
        _threat_share,
        unit="share",
        shape=(ThreatSize,),
        meaning="Share of threats of this size; the largest size has the rest.",
    )
    threat_lead_min_days: int = field(
        "us.threat.lead_min_days", unit="days", meaning="Shortest notice of a threat."
    )
    threat_lead_max_days: int = field(
        "us.threat.lead_max_days", unit="days", meaning="Longest notice of a threat."
    )
    threat_size_pp: list[float] = field(
        _threat_size, unit="pp", shape=(ThreatSize,), meaning="Points of a threat of this size."
    )
    threat_hazard_per_day: float = field(
        "us.threat.hazard_per_day",
        unit="1/day",
        meaning="Hazard that a dated threat is resolved, far from its deadline.",
    )
    threat_hazard_last_week: float = field(
        "us.threat.hazard_last_week",
        unit="1",
        least=0.0,
        meaning="Factor on that hazard 5 to 8 days before the deadline.",
    )
    threat_hazard_last_days: float = field(
        "us.threat.hazard_last_days",
        unit="1",
        least=0.0,
        meaning="Factor on that hazard 2 to 4 days before the deadline.",
    )
    threat_hazard_last_day: float = field(
        "us.threat.hazard_last_day",
        unit="1",
        least=0.0,
        meaning="Factor on that hazard on the eve of the deadline.",
    )
    threat_last_days: int = field(
        "us.threat.last_days",
        unit="days",
        meaning="Days before the deadline from which its last days count.",
    )
    threat_last_week_days: int = field(
        "us.threat.last_week_days",
        unit="days",
        meaning="Days before the deadline from which its last week counts.",
    )
    threat_execute_share: float = field(
        "us.threat.execute_share",
        unit="probability",
        meaning="Base share of resolved threats that are executed.",
    )
    threat_postpone_share: float = field(
        "us.threat.postpone_share",
        unit="probability",
        meaning="Base share of threats not executed that are postponed rather than dropped.",
    )
    threat_softened_days: int = field(
        "us.threat.softened_days",
        unit="days",
        meaning="Days for which a softening by China counts against execution.",
    )
    threat_softened_effect: float = field(
        "us.threat.softened_effect",
        unit="log_odds",
        meaning="Drop in the log odds of execution if China softened recently.",
    )
    threat_agreement_effect: float = field(
        "us.threat.agreement_effect",
        unit="log_odds",
        meaning="Drop in the log odds of execution under an agreement at full strength.",
    )
    threat_market_effect: float = field(
        "us.threat.market_effect",
        unit="log_odds",
        meaning="Drop in the log odds of execution at full market stress.",
    )
    threat_summit_days: int = field(
        "us.threat.summit_days",
        unit="days",
        meaning="Days before a dated summit in which a threat is rarely executed.",
    )
    threat_summit_effect: float = field(
        "us.threat.summit_effect",
        unit="log_odds",
        meaning="Drop in the log odds of execution shortly before a dated leaders' meeting.",
    )
    threat_early_effect: float = field(
        "us.threat.early_effect",
        unit="log_odds",
        meaning="Drop in the log odds of execution more than a day before the deadline.",
    )

    threat_postpone_fatigue: float = field(
        "us.threat.postpone_fatigue",
        unit="log_odds",
        meaning="Fall in the odds of putting a threat off for each time it was put off before.",
    )
    threat_drop_for_nothing: float = field(
        "us.threat.drop_for_nothing",
        unit="log_odds",
        meaning="Fall in the odds of dropping a threat if China has not softened of late.",
    )
    threat_large_days: int = field(
        "us.threat.large_days",
        unit="days",
        least=0,
        meaning="Days after a Chinese hike or rare-earth measure in which a threat may be large.",
    )
    relented_days: int = field(
        "us.threat.relented_days",
        unit="days",
        least=0,
        meaning="Days after a dropped threat without a new one and without an unprompted hike.",
    )

    # counter-hikes after a full mirror -----------------------------------------------
    counter_window_days: int = field(
        "us.counter.window_days",
        unit="days",
        meaning="Days after a mirror in which a US counter-hike may come.",
    )
    counter_hazard_per_day: float = field(
        "us.counter.hazard_per_day",
        unit="1/day",
        meaning="Hazard of a counter-hike in that window.",
    )
    counter_full_pp: float = field(
        "us.counter.full_pp",
        unit="pp",
        least=1.0,
        meaning="Points of a mirror from which that hazard is full; below, it is in proportion.",
    )
    counter_ratio_min: float = field(
        "us.counter.ratio_min",
        unit="1",
        least=0.0,
        meaning="Points of the smallest counter-hike per point of the mirror.",
    )
    counter_ratio_max: float = field(
        "us.counter.ratio_max",
        unit="1",
        least=0.0,
        meaning="Points of the largest counter-hike per point of the mirror.",
    )
    counter_fatigue: float = field(
        "us.counter.fatigue",
        unit="1",
        meaning="Log fall in that hazard with each counter-hike made.",
    )
    counter_market_effect: float = field(
        "us.counter.market_effect",
        unit="1",
        meaning="Log fall in that hazard at full market stress.",
    )

    # china's reply -------------------------------------------------------------------
    reply_hazard_per_day: float = field(
        "cn.reply.hazard_per_day",
        unit="1/day",
        meaning="Daily probability that China answers hikes awaiting a reply.",
    )
    reply_probability: float = field(
        "cn.reply.probability",
        unit="probability",
        meaning="Probability that China answers a hike on all its goods at all.",
    )
    mirror_threshold_pp: float = field(
        "cn.reply.mirror_threshold_pp",
        unit="pp",
        meaning="Size at which a mirror is as likely as a measured reply.",
    )
    mirror_unmatched_share: float = field(
        "cn.reply.unmatched_share",
        unit="share",
        meaning="Part of US points left unmatched, fentanyl apart, that counts in the next reply.",
    )
    mirror_softness_pp: float = field(
        "cn.reply.mirror_softness_pp",
        unit="pp",
        meaning="Width in points of the switch from measured replies to mirrors.",
    )
    mirror_ratio: float = field(
        "cn.reply.mirror_ratio", unit="1", least=0.0, meaning="Points of a mirror per US point."
    )
    partial_reply_rate_pp: float = field(
        "cn.reply.partial_rate_pp",
        unit="pp",
        meaning="Rate of a measured reply on the goods it covers.",
    )
    partial_cover_min: float = field(
        "cn.reply.partial_cover_min",
        unit="share",
        meaning="Smallest share of US goods a measured reply covers.",
    )
    partial_cover_max: float = field(
        "cn.reply.partial_cover_max",
        unit="share",
        meaning="Largest share of US goods a measured reply covers.",
    )
    partial_lead_days: int = field(
        "cn.reply.partial_lead_days",
        unit="days",
        meaning="Days from announcing a measured reply to its start.",
    )
    memory_per_partial_reply: float = field(
        "cn.reply.partial_memory",
        unit="1",
        least=0.0,
        meaning="Amount a measured reply adds to the memory of recent hikes; a hike adds 1.",
    )
    reply_control_probability: float = field(
        "cn.reply.control_probability",
        unit="probability",
        meaning="Probability that China adds a control to its reply.",
    )
    kind_hazard_port_per_day: float = field(
        "reply.kind.port_hazard_per_day",
        unit="1/day",
        meaning="Hazard of a reply in kind to port fees.",
    )
    kind_hazard_control_per_day: float = field(
        "reply.kind.control_hazard_per_day",
        unit="1/day",
        meaning="Hazard of a reply in kind to a control.",
    )
    kind_days: int = field(
        "reply.kind.days",
        unit="days",
        least=1,
        meaning="Days after which a measure is no longer answered in kind.",
    )
    kind_probability_port: float = field(
        "reply.kind.port_probability",
        unit="probability",
        meaning="Probability that port fees are answered.",
    )
    kind_probability_control: float = field(
        "reply.kind.control_probability",
        unit="probability",
        meaning="Probability that a control or listing is answered.",
    )
