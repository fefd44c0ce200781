"""Parameters of diplomacy: talks, calls and rounds; the summit ladder."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import Party, Side, Venue


def _venue(i: Index) -> str | None:
    return f"{side_name(i[0])}.venue.{Venue(i[1]).name.lower()}" if i[1] else None


def _confirm(i: Index) -> str:
    return f"summit.confirm_window_days.{Party(i[0]).name.lower()}"


class DiplomacyParams:
    """How contacts come about and what they bring."""

    # talks, calls and rounds ---------------------------------------------------------
    answer_base: list[float] = field(
        "{side}.answer.base",
        unit="log_odds",
        shape=(Side,),
        meaning="Log odds of answering yes to talks at zero pressure, tension and trust.",
    )
    answer_pressure: float = field(
        "answer.pressure", unit="log_odds", meaning="Rise of those odds at full pressure."
    )
    answer_tension: float = field(
        "answer.tension", unit="log_odds", meaning="Fall at full tension."
    )
    answer_trust: float = field("answer.trust", unit="log_odds", meaning="Rise at full trust.")
    answer_delay: float = field(
        "cn.answer.delay", unit="log_odds", meaning="Rise for China while a threat is open."
    )
    round_hazard_per_day: float = field(
        "round.hazard_per_day", unit="1/day", meaning="Pace of ministers' rounds while talks run."
    )
    round_hazard_summit_per_day: float = field(
        "round.hazard_summit_per_day",
        unit="1/day",
        meaning="Same in the fortnight before a dated summit without one.",
    )
    round_spacing_days: int = field(
        "round.spacing_days", unit="days", meaning="Shortest time between rounds."
    )
    round_after_call: float = field(
        "round.after_call",
        unit="1",
        meaning="Factor on the pace in the fortnight after a leaders' call.",
    )
    round_deadline_boost: float = field(
        "round.deadline_boost", unit="1", meaning="Rise of the pace at a deadline."
    )
    stall_hazard_per_day: float = field(
        "talks.stall_hazard_per_day", unit="1/day", meaning="Pace at which running talks stall."
    )
    stall_tension: float = field(
        "talks.stall_tension", unit="1", meaning="Rise of that pace at full tension."
    )
    stall_after_truce: float = field(
        "talks.stall_after_truce", unit="1", meaning="Factor in the month after a truce."
    )
    stall_after_hike: float = field(
        "talks.stall_after_hike", unit="1", meaning="Rise after a fresh US hike."
    )
    stall_before_summit: float = field(
        "talks.stall_before_summit", unit="1", meaning="Factor while a summit is dated."
    )
    call_summit_days: int = field(
        "leaders.call_summit_days",
        unit="days",
        meaning="Days before a dated summit in which no call is asked for.",
    )
    call_doubt_share: float = field(
        "leaders.call_doubt_share",
        unit="share",
        meaning="Share of the doubt about talks that is left where a leader asks for a call.",
    )
    call_echo_days: int = field(
        "leaders.call_echo_days",
        unit="days",
        meaning="Days for which a leaders' call makes rounds and summits likelier.",
    )
    call_spacing_days: int = field(
        "leaders.call_spacing_days", unit="days", meaning="Shortest time between leader calls."
    )
    belief_shrink: float = field(
        "belief.shrink", unit="1", meaning="Factor on the variance of beliefs at each contact."
    )
    belief_speed: float = field(
        "belief.speed", unit="1", meaning="Step of the believed mean towards the truth at a round."
    )
    belief_offset: float = field(
        "belief.offset",
        unit="utility",
        meaning="What each side adds to the other's priced gain when guessing it.",
    )

    # summit ladder, venue, effects ---------------------------------------------------
    venue_taste: list[list[float]] = field(
        _venue, unit="utility", shape=(Side, Venue), meaning="Liking of a side for a venue."
    )
    face_cost: float = field(
        "cn.face_cost", unit="utility", meaning="Face China loses in Washington at zero duties."
    )
    face_mar_a_lago_share: float = field(
        "cn.face_mar_a_lago_share", unit="share", meaning="Share of it at Mar-a-Lago."
    )
    face_per_100pp: float = field(
        "cn.face_per_100pp", unit="1", meaning="Rise of face cost with 100 points of US add-on."
    )
    face_per_humiliation: float = field(
        "cn.face_per_humiliation", unit="1", meaning="Rise with a fresh public scolding of a guest."
    )
    face_step_effect: float = field(
        "summit.face_step_effect",
        unit="1",
        meaning="Log slowing of the ladder by a unit of face cost.",
    )
    summit_agree_per_day: float = field(
        "summit.agree_per_day", unit="1/day", meaning="Pace from floated to agreed."
    )
    summit_date_per_day: float = field(
        "summit.date_per_day", unit="1/day", meaning="Pace from agreed to dated."
    )
    summit_talks_boost: float = field(
        "summit.talks_boost", unit="1", meaning="Factor on the first pace while talks run."
    )
    summit_call_boost: float = field(
        "summit.call_boost", unit="1", meaning="Factor in the fortnight after a call."
    )
    summit_tension_effect: float = field(
        "summit.tension_effect", unit="1", meaning="Log slowing of the ladder at full tension."
    )
    summit_lapse_per_day: float = field(
        "summit.lapse_per_day",
        unit="1/day",
        meaning="Pace at which an undated meeting is forgotten.",
    )
    summit_lead_min_days: int = field(
        "summit.lead_min_days",
        unit="days",
        meaning="Shortest notice of a dated summit without a calendar slot.",
    )
    summit_slot_lead_days: int = field(
        "summit.slot_lead_days",
        unit="days",
        meaning="Shortest notice of a summit on a slot of the calendar, where both travel anyway.",
    )
    summit_lead_max_days: int = field(
        "summit.lead_max_days", unit="days", meaning="Longest notice."
    )
    summit_spacing_days: int = field(
        "summit.spacing_days",
        unit="days",
        meaning="Rest after a meeting before another is floated.",
    )
    confirm_us_per_day: float = field(
        "summit.confirm_us_per_day",
        unit="1/day",
        meaning="Pace of US confirmation in the last three weeks.",
    )
    confirm_host_per_day: float = field(
        "summit.confirm_host_per_day",
        unit="1/day",
        meaning="Pace of the host's confirmation after that.",
    )
    confirm_cn_per_day: float = field(
        "summit.confirm_cn_per_day",
        unit="1/day",
        meaning="Pace of China's confirmation 4 to 10 days before.",
    )
    confirm_cn_last_days_per_day: float = field(
        "summit.confirm_cn_last_days_per_day", unit="1/day", meaning="Same in the last three days."
    )
    cancel_per_day: float = field(
        "summit.cancel_per_day", unit="1/day", meaning="Pace at which a dated summit slips in calm."
    )
    cancel_after_hike: float = field(
        "summit.cancel_after_hike", unit="1/day", meaning="Rise after a fresh hike or threat."
    )
    cancel_per_face: float = field(
        "summit.cancel_per_face", unit="1/day", meaning="Rise with a unit of face cost."
    )
    failure_base: float = field(
        "summit.failure_base",
        unit="probability",
        meaning="Chance that a meeting ends in open discord, in calm.",
    )
    failure_tension: float = field(
        "summit.failure_tension", unit="probability", meaning="Rise of that chance at full tension."
    )
    humiliation_hazard: float = field(
        "summit.humiliation_hazard",
        unit="probability",
        meaning="Chance of a public scolding where China is the guest.",
    )
    optimism_per_confirmation: float = field(
        "summit.optimism_per_confirmation", unit="share", meaning="Optimism each confirmation adds."
    )
    optimism_rest: float = field(
        "summit.optimism_rest", unit="share", meaning="Optimism with no meeting in view."
    )
    round_summit_window_days: int = field(
        "talks.round_summit_window_days",
        unit="days",
        meaning="Days before a dated summit in which ministers prepare it.",
    )
    round_summit_last_days: int = field(
        "talks.round_summit_last_days",
        unit="days",
        meaning="Days before a dated summit by which ministers have met for certain.",
    )
    stall_truce_days: int = field(
        "talks.stall_truce_days",
        unit="days",
        meaning="Days after a truce in which urgency is gone.",
    )
    confirm_window_days: list[int] = field(
        _confirm,
        unit="days",
        shape=(Party,),
        meaning="Days before the meeting from which a party confirms.",
    )
    confirm_last_days: int = field(
        "summit.confirm_last_days",
        unit="days",
        meaning="Days before the meeting in which China confirms if it will come.",
    )
    cancel_calm_factor: float = field(
        "summit.cancel_calm_factor",
        unit="1",
        least=0.0,
        meaning="Factor on the hazard of a slip without tension; tension adds to it.",
    )
