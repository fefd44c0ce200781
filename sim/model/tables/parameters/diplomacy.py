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
    """Hazards and effects of contacts between the sides."""

    # talks, calls and rounds ---------------------------------------------------------
    answer_base: list[float] = field(
        "{side}.answer.base",
        unit="log_odds",
        shape=(Side,),
        meaning="Log odds of agreeing to talks at zero pressure, tension and trust.",
    )
    answer_pressure: float = field(
        "answer.pressure",
        unit="log_odds",
        meaning="Rise in the log odds of agreeing to talks at full domestic pressure.",
    )
    answer_tension: float = field(
        "answer.tension",
        unit="log_odds",
        meaning="Fall in the log odds of agreeing to talks at full tension.",
    )
    answer_trust: float = field(
        "answer.trust",
        unit="log_odds",
        meaning="Rise in the log odds of agreeing to talks at full trust.",
    )
    answer_stop: float = field(
        "answer.stopped_trade",
        unit="log_odds",
        meaning="Rise in the log odds of agreeing to talks at duties that stop trade.",
    )
    answer_delay: float = field(
        "cn.answer.delay",
        unit="log_odds",
        meaning="Rise in China's log odds of agreeing to talks while a threat is open.",
    )
    round_hazard_per_day: float = field(
        "round.hazard_per_day",
        unit="1/day",
        meaning="Hazard of a ministers' round while talks run.",
    )
    round_hazard_summit_per_day: float = field(
        "round.hazard_summit_per_day",
        unit="1/day",
        meaning=(
            "Hazard of a ministers' round in the fortnight before a dated summit, if there was "
            "none yet."
        ),
    )
    round_spacing_days: int = field(
        "round.spacing_days", unit="days", meaning="Shortest time between two rounds."
    )
    round_call_days: int = field(
        "round.call_days",
        unit="days",
        least=0,
        meaning="Shortest time from a leaders' call to a round.",
    )
    round_awaited_per_day: float = field(
        "round.awaited_per_day",
        unit="1/day",
        meaning="Hazard of the first round of stalled talks that a leaders' call has resumed.",
    )
    round_awaited_days: int = field(
        "round.awaited_days",
        unit="days",
        least=0,
        meaning="Longest time from a round to a call by which leaders agree on the next.",
    )
    substitute_share: float = field(
        "summit.substitute_share",
        unit="probability",
        meaning="Probability that an invitation turned down is met with an envoy of high rank.",
    )
    rapport_per_refusal: float = field(
        "rapport.per_refusal",
        unit="share",
        meaning="Loss of rapport if an invitation is turned down.",
    )
    rapport_per_substitute: float = field(
        "rapport.per_substitute",
        unit="share",
        meaning="Loss of rapport if an envoy of high rank goes in the leader's place.",
    )
    round_fatigue: float = field(
        "round.fatigue",
        unit="1",
        least=0.0,
        meaning="Fall of the log hazard of a round with each round that brought nothing.",
    )
    round_after_call: float = field(
        "round.after_call",
        unit="1",
        meaning="Factor on the hazard of a round in the fortnight after a leaders' call.",
    )
    round_deadline_boost: float = field(
        "round.deadline_boost", unit="1", meaning="Rise in the hazard of a round at a deadline."
    )
    round_stop_boost: float = field(
        "round.stopped_trade_boost",
        unit="1",
        least=0.0,
        meaning="Rise in the hazard of a round at duties that stop trade.",
    )
    stall_hazard_per_day: float = field(
        "talks.stall_hazard_per_day", unit="1/day", meaning="Hazard that running talks stall."
    )
    stall_tension: float = field(
        "talks.stall_tension", unit="1", meaning="Rise in the hazard of a stall at full tension."
    )
    stall_after_truce: float = field(
        "talks.stall_after_truce",
        unit="1",
        meaning="Factor on the hazard of a stall in the month after a truce.",
    )
    stall_after_hike: float = field(
        "talks.stall_after_hike",
        unit="1",
        meaning="Rise in the hazard of a stall after a fresh US hike.",
    )
    stall_before_summit: float = field(
        "talks.stall_before_summit",
        unit="1",
        meaning="Factor on the hazard of a stall while a summit is dated.",
    )
    stall_meeting_days: int = field(
        "talks.stall_meeting_days",
        unit="days",
        meaning="Days after a leaders' meeting in which talks do not stall.",
    )
    stall_contact_days: int = field(
        "talks.stall_contact_days",
        unit="days",
        least=0,
        meaning="Days after a round or call, or after talks opened, in which they do not stall.",
    )
    stall_rest_days: int = field(
        "talks.stall_rest_days",
        unit="days",
        least=0,
        meaning="Days after a stall in which neither side proposes talks.",
    )
    offer_stands_days: int = field(
        "talks.offer_stands_days",
        unit="days",
        least=0,
        meaning="Days after a leaders' meeting for which an offer made there binds.",
    )
    call_summit_days: int = field(
        "leaders.call_summit_days",
        unit="days",
        meaning="Days before a dated summit in which no leaders' call is requested.",
    )
    call_doubt_share: float = field(
        "leaders.call_doubt_share",
        unit="share",
        meaning="Share of the doubt about talks that remains when a leader asks for a call.",
    )
    call_echo_days: int = field(
        "leaders.call_echo_days",
        unit="days",
        meaning="Days for which a leaders' call makes rounds and summits more likely.",
    )
    call_spacing_days: int = field(
        "leaders.call_spacing_days",
        unit="days",
        meaning="Shortest time between two leaders' calls.",
    )

    # summit ladder, venue, effects ---------------------------------------------------
    venue_taste: list[list[float]] = field(
        _venue,
        unit="utility",
        shape=(Side, Venue),
        meaning="Utility of a venue to a side, apart from face.",
    )
    face_cost: float = field(
        "cn.face_cost", unit="utility", meaning="Face China loses in Washington at zero duties."
    )
    face_mar_a_lago_share: float = field(
        "cn.face_mar_a_lago_share", unit="share", meaning="Share of that face cost at Mar-a-Lago."
    )
    face_per_100pp: float = field(
        "cn.face_per_100pp",
        unit="1",
        meaning="Rise in the face cost with 100 points of US add-on.",
    )
    face_per_humiliation: float = field(
        "cn.face_per_humiliation",
        unit="1",
        meaning="Rise in the face cost after a fresh public scolding of a guest.",
    )
    face_step_effect: float = field(
        "summit.face_step_effect",
        unit="1",
        meaning="Log slowing of a summit's stages per unit of face cost.",
    )
    summit_agree_per_day: float = field(
        "summit.agree_per_day", unit="1/day", meaning="Hazard that a floated summit is agreed."
    )
    summit_date_per_day: float = field(
        "summit.date_per_day", unit="1/day", meaning="Hazard that an agreed summit is dated."
    )
    summit_redate_per_day: float = field(
        "summit.redate_per_day",
        unit="1/day",
        meaning="Hazard that a summit whose date has slipped gets a new one.",
    )
    slip_tension_max: float = field(
        "summit.slip_tension_max",
        unit="share",
        meaning="Tension above which a slip leaves date and venue of a summit open again.",
    )
    summit_talks_boost: float = field(
        "summit.talks_boost",
        unit="1",
        meaning="Factor on the hazard from floated to agreed while talks run.",
    )
    summit_call_boost: float = field(
        "summit.call_boost",
        unit="1",
        meaning="Factor on the hazard from floated to agreed in the fortnight after a call.",
    )
    summit_tension_effect: float = field(
        "summit.tension_effect",
        unit="1",
        meaning="Log slowing of a summit's stages at full tension.",
    )
    summit_lapse_per_day: float = field(
        "summit.lapse_per_day",
        unit="1/day",
        meaning="Hazard that an undated meeting is dropped.",
    )
    summit_lead_min_days: int = field(
        "summit.lead_min_days",
        unit="days",
        meaning="Shortest notice of a dated summit without a calendar slot.",
    )
    summit_slot_lead_days: int = field(
        "summit.slot_lead_days",
        unit="days",
        meaning="Shortest notice of a summit on a calendar slot, where both leaders are anyway.",
    )
    summit_lead_max_days: int = field(
        "summit.lead_max_days",
        unit="days",
        meaning="Longest notice of a dated summit.",
    )
    summit_spacing_days: int = field(
        "summit.spacing_days",
        unit="days",
        meaning="Shortest time from a meeting until another is floated.",
    )
    summit_stands_days: int = field(
        "summit.stands_days",
        unit="days",
        least=0,
        meaning="Days for which a meeting that was agreed is not given up.",
    )
    summit_refloat_days: int = field(
        "summit.refloat_days",
        unit="days",
        least=0,
        meaning="Shortest time from giving up a plan for a meeting until another is floated.",
    )
    confirm_us_per_day: float = field(
        "summit.confirm_us_per_day",
        unit="1/day",
        meaning="Hazard of US confirmation in the last three weeks.",
    )
    confirm_host_per_day: float = field(
        "summit.confirm_host_per_day",
        unit="1/day",
        meaning="Hazard of the host's confirmation after that.",
    )
    confirm_cn_per_day: float = field(
        "summit.confirm_cn_per_day",
        unit="1/day",
        meaning="Hazard of China's confirmation 4 to 10 days before the meeting.",
    )
    confirm_cn_last_days_per_day: float = field(
        "summit.confirm_cn_last_days_per_day",
        unit="1/day",
        meaning="Hazard of China's confirmation in the last three days.",
    )
    cancel_per_day: float = field(
        "summit.cancel_per_day",
        unit="1/day",
        meaning="Hazard that a dated summit is postponed in calm times.",
    )
    cancel_after_hike: float = field(
        "summit.cancel_after_hike",
        unit="1/day",
        meaning="Rise in that hazard after a fresh hike or threat.",
    )
    cancel_per_face: float = field(
        "summit.cancel_per_face",
        unit="1/day",
        meaning="Rise in that hazard per unit of face cost.",
    )
    failure_base: float = field(
        "summit.failure_base",
        unit="probability",
        meaning="Probability that a meeting ends in open discord, in calm times.",
    )
    failure_tension: float = field(
        "summit.failure_tension",
        unit="probability",
        meaning="Rise in that probability at full tension.",
    )
    humiliation_hazard: float = field(
        "summit.humiliation_hazard",
        unit="probability",
        meaning="Probability of a public scolding if China is the guest.",
    )
    optimism_per_confirmation: float = field(
        "summit.optimism_per_confirmation",
        unit="share",
        meaning="Rise in optimism at each confirmation.",
    )
    optimism_rest: float = field(
        "summit.optimism_rest", unit="share", meaning="Optimism with no meeting planned."
    )
    round_summit_window_days: int = field(
        "talks.round_summit_window_days",
        unit="days",
        meaning="Days before a dated summit in which ministers prepare it.",
    )
    round_summit_last_days: int = field(
        "talks.round_summit_last_days",
        unit="days",
        meaning="Days before a dated summit by which ministers must have met.",
    )
    stall_truce_days: int = field(
        "talks.stall_truce_days",
        unit="days",
        meaning="Days after a truce during which talks lack urgency.",
    )
    confirm_window_days: list[int] = field(
        _confirm,
        unit="days",
        shape=(Party,),
        meaning="Days before the meeting from which a party may confirm.",
    )
    confirm_last_days: int = field(
        "summit.confirm_last_days",
        unit="days",
        meaning="Days before the meeting in which China's confirmation has its final hazard.",
    )
    cancel_calm_factor: float = field(
        "summit.cancel_calm_factor",
        unit="1",
        least=0.0,
        meaning="Factor on the hazard of a postponement without tension; tension adds to it.",
    )
