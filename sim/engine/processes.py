"""Processes: the functions that run when a clock rings.

Each function listed in `RINGS` belongs to one clock of `clocks.AT`. It passes draws to the rules
and records what they did. Both engines run these functions, so they call only rules and functions
of `desk`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.economy.block import apply_trade_month
from sim.engine import sites
from sim.engine.desk import draw, draws, note, note_decision, note_proposal
from sim.engine.happenings import NOBODY, Happening
from sim.engine.world import World
from sim.model.bargain.bundles import apply_named_bundle
from sim.model.bargain.clauses import GIVER
from sim.model.bargain.expiry import decide_extension
from sim.model.bargain.investment import (
    apply_approval,
    apply_denial,
    is_review_over,
)
from sim.model.bargain.logroll import apply_proposal, first_proposer
from sim.model.bargain.signature import (
    apply_signature,
    apply_veto,
    bundle_size,
    clause_size,
    decide_consent,
    refuser,
    veto_probability,
)
from sim.model.bargain.standing_offer import apply_offer_refused
from sim.model.bargain.terms import denial_probability
from sim.model.bargain.worth import apply_answer_seen
from sim.model.commitments.agreements import apply_expiry
from sim.model.commitments.pauses import apply_pause_length, revival_hazard, settle_hazard
from sim.model.commitments.purchases import (
    apply_compliance,
    apply_deliveries,
    apply_penalty,
    decide_penalty,
    verdict_hazard,
)
from sim.model.controls.measures import apply_kind, apply_reply_controls, decide_kind, kind_hazard
from sim.model.diplomacy.summit import (
    apply_confirmation,
    apply_kick_start,
    apply_lapse,
    apply_meeting,
    apply_public_failure,
    apply_refusal,
    apply_slip,
    apply_step,
    cancel_hazard,
    confirm_hazard,
    decide_venue,
    failure_probability,
    lapse_hazard,
    step_hazard,
)
from sim.model.diplomacy.talks import apply_round, apply_stall, round_hazard, stall_hazard
from sim.model.duties.court import (
    apply_duty_paid,
    apply_emergency_end,
    apply_ruling,
    decide_ruling,
    is_hearing_day,
    ruling_hazard,
)
from sim.model.duties.hikes import apply_counter_hike, apply_reply, decide_reply, reply_hazard
from sim.model.duties.layers import addon_pp, apply_averages, apply_pending
from sim.model.duties.statutes import (
    apply_due_statutes,
    apply_duty_extension,
    apply_duty_lapse,
    duties_lapsing,
)
from sim.model.duties.threats import (
    apply_threat_drop,
    apply_threat_execution,
    apply_threat_postponement,
    counter_hazard,
    counter_size,
    decide_threat,
    threat_hazard,
)
from sim.model.governments.agents import apply_signals, decide_act, review_hazard
from sim.model.governments.menu import apply_act
from sim.model.governments.pressures import apply_pressure_month
from sim.model.information.beliefs import apply_climb_down_seen, apply_reading, message_hazard
from sim.model.information.opening_bid import (
    apply_opening_answered,
    apply_opening_step,
    apply_preparation,
    opening_hazard,
)
from sim.model.relations.stages import summit_ahead
from sim.model.tables.codes import (
    CALL_LEADER,
    CASE_STRUCK,
    CN,
    COUNTER_HIKE,
    DROP_THREAT,
    EXECUTE_THREAT,
    LEADERS,
    MINISTERS,
    N_CATEGORIES,
    N_CLAUSES,
    N_PARTIES,
    N_SIDES,
    PACKAGE_EXTENSION,
    PACKAGE_TRUCE,
    PENALISE,
    POSTPONE_THREAT,
    READING_CALL,
    READING_DELEGATION,
    READING_MEETING,
    READING_MESSAGE,
    READING_ROUND,
    REPLY_MIRROR,
    REPLY_PARTIAL,
    SUMMIT_CONFIRMED,
    SUMMIT_DATED,
    SUMMIT_FLOATED,
    US,
    WAIT,
)
from sim.model.tables.variables.duties import PENDING_SLOTS
from sim.model.tables.vocabulary import AGREE_FIRST, N_CHOICES, REFUSE_FIRST, SIGN_FIRST
from sim.model.world.shocks import apply_force_majeure, apply_incident, incident_hazard
from sim.model.world.third_parties import apply_barriers_told

CONFIRMING = (US, NOBODY, CN)
"""Side of each party that confirms a summit; the host may be a third country."""


def rings(world: World, site: int, hazard: float) -> bool:
    """Returns whether an event of that daily hazard occurs today; a hazard of 0 takes no draw."""
    return hazard > 0.0 and draw(world, site) < hazard


def judge(world: World) -> None:
    """Lets the court hear the case or rule if it does so today, and ends duties whose last day the
    law has set."""
    state, params = world.state, world.params
    if is_hearing_day(state):
        note(world, Happening.COURT_HEARS, NOBODY, 0.0)
    if rings(world, sites.RULING, ruling_hazard(state, params)):
        ruling = decide_ruling(state, params, draw(world, sites.RULING_FORM))
        u_delay, u_refund = draw(world, sites.WIND_DOWN), draw(world, sites.REFUND)
        apply_ruling(state, params, ruling, u_delay, u_refund)
        struck = ruling == CASE_STRUCK
        days = 1.0 * (state.emergency_ends_on - state.day) if struck else 0.0
        note(world, Happening.COURT_STRIKES if struck else Happening.COURT_UPHOLDS, NOBODY, days)
    before = addon_pp(state, US)
    apply_emergency_end(state, params)
    if duties_lapsing(state) > 0:
        if rings(world, sites.CONGRESS, params.congress_extends):
            apply_duty_extension(state, params)
            note(world, Happening.CONGRESS_EXTENDS, NOBODY, 0.0)
        else:
            apply_duty_lapse(state, params)
    ended = before - addon_pp(state, US)
    if ended > 0.0:
        note(world, Happening.DUTIES_END, NOBODY, ended)
    if is_review_over(state):
        end_review(world)


def end_review(world: World) -> None:
    """Lets the US government and the states approve an investment, or stop it."""
    state, params = world.state, world.params
    if rings(world, sites.APPROVAL, denial_probability(state, params, state.approval_structure)):
        apply_denial(state, params)
        note(world, Happening.INVESTMENT_DENIED, US, 0.0)
    else:
        before = state.investment_usd_bn
        apply_approval(state, params)
        note(world, Happening.INVESTMENT_APPROVED, US, state.investment_usd_bn - before)


def strike(world: World) -> None:
    """Lets an incident raise tension, if one occurs."""
    state, params = world.state, world.params
    if rings(world, sites.INCIDENT, incident_hazard(state, params)):
        crisis = apply_incident(state, params, draw(world, sites.INCIDENT_SEVERITY))
        note(world, Happening.CRISIS if crisis else Happening.INCIDENT, NOBODY, 0.0)
    if rings(world, sites.FORCE_MAJEURE, params.force_majeure_per_day):
        apply_force_majeure(state, params, draw(world, sites.FORCE_MAJEURE_STRENGTH))
        note(world, Happening.FORCE_MAJEURE, NOBODY, state.force_majeure)


def inform(world: World, contact: int, reading: tuple[int, int]) -> None:
    """Lets both sides read one another at a contact."""
    for side in range(N_SIDES):
        u_one, u_two = draws(world, reading[side], 2)
        apply_reading(world.state, world.params, side, contact, u_one, u_two)


def sound_out(world: World) -> None:
    """Lets a message pass through a quiet channel, and China's opening bid move a stage on."""
    state, params = world.state, world.params
    if rings(world, sites.MESSAGE, message_hazard(state, params)):
        inform(world, READING_MESSAGE, sites.READING)
    if rings(world, sites.OPENING, opening_hazard(state, params)):
        apply_opening_step(state, params)
        note(world, Happening.OPENING_PREPARED - 1 + state.opening, CN, 0.0)


def hold_talks(world: World) -> None:
    """Holds a ministers' round if one is due or occurs; running talks may stall."""
    state, params = world.state, world.params
    sound_out(world)
    if state.round_due == state.day or rings(world, sites.ROUND, round_hazard(state, params)):
        apply_round(state, params)
        note(world, Happening.MINISTERS_ROUND, NOBODY, 0.0)
        u_issue, u_step = draws(world, sites.AIMS, 2)
        apply_preparation(state, params, u_issue, u_step)
        inform(world, READING_ROUND, sites.READING)
        u_us = draws(world, sites.ROUND_SIGN[US], 2)
        u_cn = draws(world, sites.ROUND_SIGN[CN], 2)
        bargain(world, MINISTERS, u_us, u_cn, sites.ROUND_VOTE[US], sites.ROUND_VOTE[CN])
    elif rings(world, sites.STALL, stall_hazard(state, params)):
        apply_stall(state, params)
        note(world, Happening.STALL, NOBODY, 0.0)
    if rings(world, sites.EXTENSION, settle_hazard(state, params)):
        u_one = draw(world, sites.EXTENSION_SIGN[US])
        u_two = draw(world, sites.EXTENSION_SIGN[CN])
        if decide_extension(state, params, u_one, u_two):
            settle_by_phone(world, PACKAGE_EXTENSION)
    elif rings(world, sites.REVIVAL, revival_hazard(state, params)):
        apply_named_bundle(state, params, PACKAGE_TRUCE, False)
        u_one = draw(world, sites.REVIVAL_SIGN[US])
        u_two = draw(world, sites.REVIVAL_SIGN[CN])
        if decide_consent(state, params, US, u_one) and decide_consent(state, params, CN, u_two):
            settle_by_phone(world, PACKAGE_TRUCE)


def settle_by_phone(world: World, package: int) -> None:
    """Signs a bundle of a name between meetings: a pause is prolonged, or revived."""
    state, params = world.state, world.params
    apply_named_bundle(state, params, package, False)
    u_kind, u_length = draws(world, sites.PAUSE_LENGTH, 2)
    apply_pause_length(state, params, MINISTERS, u_kind, u_length)
    put_on_paper(world, False)


def bargain(
    world: World,
    rank: int,
    u_us: Sequence[float],
    u_cn: Sequence[float],
    vote_us: int,
    vote_cn: int,
) -> None:
    """Lets one side propose a bundle, and the other counter once if leaders meet and refuse it.

    What both want may still be stopped at home.

    Args:
        world: The run.
        rank: Rank of those who meet.
        u_us: Uniforms of Washington's answers to the two proposals.
        u_cn: Uniforms of Beijing's.
        vote_us: Draw site of the vote at home in the US.
        vote_cn: Draw site of the vote at home in China.
    """
    state, params = world.state, world.params
    for turn in range(rank + 1):
        proposer = first_proposer(state, rank) if turn == 0 else CN
        apply_proposal(state, params, proposer, rank)
        note_proposal(world, proposer, u_us[turn], u_cn[turn])
        ours = decide_consent(state, params, US, u_us[turn])
        theirs = decide_consent(state, params, CN, u_cn[turn])
        offered = ours if proposer == US else theirs
        if not offered:
            note(world, Happening.NOTHING_OFFERED, proposer, 0.0)
            continue
        learn_from_offer(world, proposer, ours and theirs)
        if not (ours and theirs):
            note(world, Happening.BUNDLE_REFUSED, 1 - proposer, 1.0 * bundle_size(state))
            apply_offer_refused(state, proposer)
        else:
            note_refusals(world, proposer)
            if passes(world, US, vote_us) and passes(world, CN, vote_cn):
                u_kind, u_length = draws(world, sites.PAUSE_LENGTH, 2)
                apply_pause_length(state, params, rank, u_kind, u_length)
                put_on_paper(world, rank == LEADERS)
            return


def learn_from_offer(world: World, proposer: int, accepted: bool) -> None:
    """Lets both sides learn from an offer: the other from its being made, the proposer from the
    answer; an opening bid on the table is then answered."""
    state, params = world.state, world.params
    apply_answer_seen(state, params, 1 - proposer, True)
    apply_answer_seen(state, params, proposer, accepted)
    apply_opening_answered(state)


def passes(world: World, side: int, site: int) -> bool:
    """Returns whether the bundle on the table passes at home."""
    if rings(world, site, veto_probability(world.state, world.params, side)):
        apply_veto(world.state, side)
        note(world, Happening.BUNDLE_STOPPED, side, 0.0)
        return False
    return True


def put_on_paper(world: World, at_summit: bool) -> None:
    """Signs the bundle on the table; records it, its clauses and what each side gains by it."""
    state = world.state
    name = apply_signature(state, world.params, at_summit)
    note(world, SIGN_FIRST + name, NOBODY, 1.0 * state.bundle_size)
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            note(world, AGREE_FIRST + clause, GIVER[clause], clause_size(state, clause))
    for side in range(N_SIDES):
        note(world, Happening.GAIN, side, state.signed_gain[side])


def note_refusals(world: World, proposer: int) -> None:
    """Records the clauses that were to be had and are left out, with the side that refused each."""
    state = world.state
    for clause in range(N_CLAUSES):
        side = refuser(state, clause, proposer)
        if side >= 0:
            note(world, REFUSE_FIRST + clause, side, 0.0)


def lead_summit(world: World) -> None:
    """Holds the leaders' meeting on its day, or moves a planned meeting through its stages."""
    state, params = world.state, world.params
    if summit_ahead(state):
        confirm_summit(world)
        if rings(world, sites.SUMMIT_CANCEL, cancel_hazard(state, params)):
            slip_summit(world)
        elif state.summit_day <= state.day:
            if state.summit == SUMMIT_CONFIRMED:
                hold_summit(world)
            else:
                slip_summit(world)
    elif rings(world, sites.SUMMIT_STEP, step_hazard(state, params)):
        climb_summit(world)
    elif rings(world, sites.SUMMIT_LAPSE, lapse_hazard(state, params)):
        drop_summit(world)


def drop_summit(world: World) -> None:
    """Drops a planned meeting; one that was only floated is thereby turned down, with or without a
    substitute of high rank."""
    state, params = world.state, world.params
    floated = state.summit == SUMMIT_FLOATED
    apply_lapse(state)
    if not floated:
        note(world, Happening.SUMMIT_LAPSES, NOBODY, 1.0 * (state.day - state.summit_agreed_day))
        return
    upgraded = rings(world, sites.SUBSTITUTE, params.substitute_share)
    apply_refusal(state, params, upgraded)
    if upgraded:
        inform(world, READING_DELEGATION, sites.READING)
    kind = Happening.SUBSTITUTE_SENT if upgraded else Happening.SUMMIT_LAPSES
    note(world, kind, NOBODY, 0.0)


def climb_summit(world: World) -> None:
    """Moves a summit to agreed, or sets its place and date (the next slot of the calendar, if
    near)."""
    state, params = world.state, world.params
    near = state.day + params.summit_slot_lead_days
    far = state.day + params.summit_lead_max_days
    slot = 0
    for day in world.plan.summit_slots:
        if slot == 0 and near <= day <= far:
            slot = day
    first = sites.SUMMIT_VENUE
    venue = decide_venue(
        state,
        params,
        draw(world, first),
        draw(world, first + 1),
        draw(world, first + 2),
        draw(world, first + 3),
    )
    apply_step(state, params, venue, slot, draw(world, sites.SUMMIT_LEAD))
    dated = state.summit == SUMMIT_DATED
    note(world, Happening.SUMMIT_DATED if dated else Happening.SUMMIT_AGREED, NOBODY, 0.0)


def confirm_summit(world: World) -> None:
    """Lets Washington, the host and Beijing confirm, each on its own day."""
    state, params = world.state, world.params
    for party in range(N_PARTIES):
        if rings(world, sites.SUMMIT_CONFIRM + party, confirm_hazard(state, params, party)):
            apply_confirmation(state, params, party)
            note(world, Happening.CONFIRM_US + party, CONFIRMING[party], 0.0)


def slip_summit(world: World) -> None:
    """Postpones a dated summit."""
    apply_slip(world.state, world.params)
    note(world, Happening.SUMMIT_SLIPS, NOBODY, 0.0)


def hold_summit(world: World) -> None:
    """Holds the leaders' meeting: a public failure, or warmer relations and bargaining."""
    state, params = world.state, world.params
    apply_meeting(state, params)
    note(world, Happening.SUMMIT_HELD, NOBODY, 0.0)
    if rings(world, sites.SUMMIT_RESULT, failure_probability(state, params)):
        apply_public_failure(state, params)
        note(world, Happening.SUMMIT_FAILS, NOBODY, 0.0)
        return
    apply_kick_start(state, params)
    inform(world, READING_MEETING, sites.READING)
    u_us = draws(world, sites.SUMMIT_SIGN[US], 2)
    u_cn = draws(world, sites.SUMMIT_SIGN[CN], 2)
    bargain(world, LEADERS, u_us, u_cn, sites.SUMMIT_VOTE[US], sites.SUMMIT_VOTE[CN])


def govern(world: World, side: int) -> None:
    """Lets a government resolve what is due (threat, verdict) and review its policy."""
    state, params = world.state, world.params
    if side == US:
        if rings(world, sites.THREAT_CLOCK, threat_hazard(state, params)):
            resolve_threat(world)
        if rings(world, sites.VERDICT, verdict_hazard(state, params)):
            close_review(world)
    if rings(world, sites.REVIEW[side], review_hazard(state, params, side)):
        apply_signals(state, params, side)
        act = decide_act(state, params, side, draws(world, sites.CHOICE[side], N_CHOICES))
        note_decision(world, side, act)
        if act != WAIT:
            carry_out_act(world, side, act)


def carry_out_act(world: World, side: int, act: int) -> None:
    """Carries out an act; its recorded size is the points of duty it orders, and otherwise says
    whether the other side agreed."""
    u_one, u_two = draw(world, sites.ACT_ONE[side]), draw(world, sites.ACT_TWO[side])
    owed = world.state.reply_pp
    done = apply_act(world.state, world.params, side, act, u_one, u_two)
    if act == CALL_LEADER and done:
        inform(world, READING_CALL, sites.CALL_READING)
    size = world.state.reply_pp - owed
    if size <= 0.0:
        size = 1.0 if done else 0.0
    note(world, act, side, size)


def close_review(world: World) -> None:
    """Ends the trade reviews, with or without a duty on their findings."""
    state, params = world.state, world.params
    u_one, u_two = draw(world, sites.PENALTY), draw(world, sites.PENALTY_SIZE)
    points = decide_penalty(state, params, u_one, u_two)
    apply_penalty(state, params, points)
    note(world, PENALISE if points > 0.0 else Happening.CLEAR_REVIEW, US, points)


def resolve_threat(world: World) -> None:
    """Decides whether the open threat is executed, postponed or dropped."""
    state, params = world.state, world.params
    apply_signals(state, params, US)
    act = decide_threat(
        state,
        params,
        draw(world, sites.THREAT_EXECUTE),
        draw(world, sites.THREAT_POSTPONE),
        draw(world, sites.THREAT_DROP),
    )
    note_decision(world, US, act)
    carry_out_threat(world, act)


def carry_out_threat(world: World, act: int) -> None:
    """Executes, postpones or drops the open threat."""
    state, params = world.state, world.params
    size = state.threat_pp
    if act == EXECUTE_THREAT:
        apply_threat_execution(state, params)
    elif act == POSTPONE_THREAT:
        apply_threat_postponement(state, params, draw(world, sites.THREAT_LEAD))
    elif act == DROP_THREAT:
        apply_threat_drop(state, params)
    if act != EXECUTE_THREAT:
        apply_climb_down_seen(state, params)
    note(world, act, US, size)


def reply(world: World, side: int) -> None:
    """Lets a side answer the acts that await its reply: hikes, matching duties, measures."""
    state, params = world.state, world.params
    if state.reply_instrument[side] > 0 and rings(
        world, sites.KIND[side], kind_hazard(state, params, side)
    ):
        instrument = decide_kind(state, params, side, draw(world, sites.KIND_FORM[side]))
        apply_kind(state, params, side, instrument)
        if instrument >= 0:
            note(world, Happening.REPLY_TECH + instrument, side, 1.0)
    if side == US:
        if rings(world, sites.COUNTER, counter_hazard(state, params)):
            points = counter_size(state, params, draw(world, sites.COUNTER_SIZE))
            points = apply_counter_hike(state, params, points)
            note(world, COUNTER_HIKE, US, points)
    elif rings(world, sites.REPLY, reply_hazard(state, params)):
        reply_to_hike(world)


def reply_to_hike(world: World) -> None:
    """Lets China answer the hikes that await its reply.

    The recorded size of a control that it adds is the instrument.
    """
    state, params = world.state, world.params
    owed = state.reply_pp
    u_one, u_two = draw(world, sites.REPLY_ANSWER), draw(world, sites.REPLY_FORM)
    act = decide_reply(state, params, u_one, u_two)
    points = apply_reply(state, params, act, draw(world, sites.REPLY_COVER))
    if act != REPLY_MIRROR and act != REPLY_PARTIAL:
        note(world, Happening.REPLY_NONE, CN, 0.0)
        return
    note(world, act, CN, points if act == REPLY_MIRROR else 0.0)
    instrument = apply_reply_controls(state, params, owed, draw(world, sites.REPLY_CONTROL))
    if instrument >= 0:
        note(world, Happening.REPLY_CONTROL, CN, 1.0 * instrument)


def implement(world: World) -> None:
    """Puts announced duties that are due today into effect, and those of statutes used anew.

    The recorded size is the points on all goods: 0 for duties on sectors or lists of goods alone.
    """
    state, params = world.state, world.params
    us_before, cn_before = addon_pp(state, US), addon_pp(state, CN)
    of_china = due_of_china(world)
    if apply_pending(state, params) > of_china:
        note(world, Happening.TAKES_FORCE, US, addon_pp(state, US) - us_before)
    if of_china > 0:
        note(world, Happening.TAKES_FORCE, CN, addon_pp(state, CN) - cn_before)
    us_before = addon_pp(state, US)
    if apply_due_statutes(state, params) > 0:
        note(world, Happening.STATUTE_TAKES_FORCE, NOBODY, addon_pp(state, US) - us_before)


def due_of_china(world: World) -> int:
    """Returns how many of the duties due today China has announced."""
    state = world.state
    due = 0
    for slot in range(PENDING_SLOTS):
        if state.pending_side[slot] == CN and 0 < state.pending_due[slot] <= state.day:
            due += 1
    return due


def expire(world: World) -> None:
    """Ends a truce that lapses today."""
    if apply_expiry(world.state, world.params):
        note(world, Happening.SNAPBACK, NOBODY, 0.0)


def deliver(world: World) -> None:
    """Delivers the purchases of a month and judges them against the pledge."""
    state, params = world.state, world.params
    amount = apply_deliveries(state, params, draws(world, sites.DELIVERY, N_CATEGORIES))
    if amount > 0.0:
        note(world, Happening.DELIVERIES, CN, amount)
    if apply_compliance(state, params):
        note(world, Happening.BREACH, CN, amount)


def trade(world: World) -> None:
    """Updates a month of trade under the duties announced by today, then the pressures."""
    barriers = world.state.third_barrier
    apply_averages(world.state, world.params)
    apply_trade_month(world.state, world.params)
    apply_duty_paid(world.state, world.params)
    apply_pressure_month(world.state, world.params)
    if apply_barriers_told(world.state, world.params, barriers):
        note(world, Happening.BARRIERS, NOBODY, 0.0)
