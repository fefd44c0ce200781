"""What happens when a clock rings: the engine asks the rules, hands them luck, tells the recorder.

Each function is one clock of `clocks.AT`. None draws or decides by itself.
"""

from __future__ import annotations

from sim.economy.block import apply_trade_month
from sim.engine import sites
from sim.engine.world import World
from sim.model.acts import ACTS, apply_act
from sim.model.agents import apply_signals, decide_act, review_hazard
from sim.model.agreements import apply_expiry
from sim.model.bargaining import (
    apply_signature,
    decide_extension,
    decide_package,
    extension_hazard,
)
from sim.model.duties import apply_averages, apply_pending
from sim.model.hikes import apply_counter_hike, apply_reply, decide_reply, reply_hazard
from sim.model.measures import apply_kind, apply_reply_controls, decide_kind, kind_hazard
from sim.model.pressures import apply_pressure_month
from sim.model.purchases import (
    apply_compliance,
    apply_deliveries,
    apply_penalty,
    decide_penalty,
    verdict_hazard,
)
from sim.model.shocks import apply_incident, incident_hazard
from sim.model.stages import summit_ahead
from sim.model.summit import (
    apply_confirmation,
    apply_kick_start,
    apply_lapse,
    apply_meeting,
    apply_public_failure,
    apply_slip,
    apply_step,
    cancel_hazard,
    confirm_hazard,
    decide_venue,
    failure_probability,
    lapse_hazard,
    step_hazard,
)
from sim.model.talks import apply_round, apply_stall, round_hazard, stall_hazard
from sim.model.threats import (
    apply_threat_drop,
    apply_threat_execution,
    apply_threat_postponement,
    counter_hazard,
    counter_size,
    decide_threat,
    threat_hazard,
)
from sim.model.vocabulary import (
    CN,
    EXECUTE_THREAT,
    LEADERS,
    MINISTERS,
    NO_PACKAGE,
    PACKAGE_EXTENSION,
    POSTPONE_THREAT,
    REPLY_MIRROR,
    REPLY_PARTIAL,
    SUMMIT_CONFIRMED,
    US,
    WAIT,
    Act,
    Instrument,
    Package,
    Party,
    SummitStage,
)

ACT_KINDS = tuple(row.act.name.lower() for row in ACTS)
PACKAGE_KINDS = tuple(f"sign_{package.name.lower()}" for package in Package)
PARTY_KINDS = tuple(f"confirm_{party.name.lower()}" for party in Party)


def strike(world: World) -> None:
    """An incident may chill the mood."""
    state, params, row = world.state, world.params, world.row
    if row[sites.INCIDENT] < incident_hazard(state, params):
        crisis = apply_incident(state, params, row[sites.INCIDENT_SEVERITY])
        world.note("crisis" if crisis else "incident")


def hold_talks(world: World) -> None:
    """Ministers meet if a round is due or comes about; running talks may stall."""
    state, params, row = world.state, world.params, world.row
    if state.round_due == state.day or row[sites.ROUND] < round_hazard(state, params):
        apply_round(state, params)
        world.note("round")
        signed = decide_package(
            state, params, MINISTERS, row[sites.ROUND_SIGN[US]], row[sites.ROUND_SIGN[CN]]
        )
        sign(world, signed, at_summit=False)
    elif row[sites.STALL] < stall_hazard(state, params):
        apply_stall(state, params)
        world.note("stall")
    if row[sites.EXTENSION] < extension_hazard(state, params) and decide_extension(
        state, params, row[sites.EXTENSION_SIGN[US]], row[sites.EXTENSION_SIGN[CN]]
    ):
        sign(world, PACKAGE_EXTENSION, at_summit=False)


def sign(world: World, package: int, *, at_summit: bool) -> None:
    """Books a signature, if there is one."""
    if package != NO_PACKAGE:
        apply_signature(world.state, world.params, package, at_summit)
        world.note(PACKAGE_KINDS[package], None, world.state.signed_nash)


def lead_summit(world: World) -> None:
    """Leaders meet on the set day, or the ladder towards a meeting moves."""
    state, params, row = world.state, world.params, world.row
    if summit_ahead(state):
        confirm_summit(world)
        if row[sites.SUMMIT_CANCEL] < cancel_hazard(state, params):
            slip_summit(world)
        elif state.summit_day <= state.day:
            if state.summit == SUMMIT_CONFIRMED:
                hold_summit(world)
            else:
                slip_summit(world)
    elif row[sites.SUMMIT_STEP] < step_hazard(state, params):
        climb_summit(world)
    elif row[sites.SUMMIT_LAPSE] < lapse_hazard(state, params):
        apply_lapse(state)
        world.note("summit_lapses")


def climb_summit(world: World) -> None:
    """The summit is agreed, or gets its place and date: the next slot of the calendar if near."""
    state, params, row = world.state, world.params, world.row
    near = state.day + params.summit_slot_lead_days
    far = state.day + params.summit_lead_max_days
    slot = next((day for day in world.plan.summit_slots if near <= day <= far), 0)
    venue = decide_venue(state, params, *row[sites.SUMMIT_VENUE])
    apply_step(state, params, venue, slot, row[sites.SUMMIT_LEAD])
    world.note(f"summit_{SummitStage(state.summit).name.lower()}")


def confirm_summit(world: World) -> None:
    """Washington, the host and Beijing confirm, each on its own day if they will."""
    state, params = world.state, world.params
    luck = world.row[sites.SUMMIT_CONFIRM]
    for party in range(3):
        if luck[party] < confirm_hazard(state, params, party):
            apply_confirmation(state, params, party)
            world.note(PARTY_KINDS[party], None if party == 1 else party // 2)


def slip_summit(world: World) -> None:
    """A dated summit slips."""
    apply_slip(world.state, world.params)
    world.note("summit_slips")


def hold_summit(world: World) -> None:
    """Leaders meet: public failure, or warmth and bargaining."""
    state, params, row = world.state, world.params, world.row
    apply_meeting(state, params)
    world.note("summit_held")
    if row[sites.SUMMIT_RESULT] < failure_probability(state, params):
        apply_public_failure(state, params)
        world.note("summit_fails")
        return
    signed = decide_package(
        state, params, LEADERS, row[sites.SUMMIT_SIGN[US]], row[sites.SUMMIT_SIGN[CN]]
    )
    apply_kick_start(state, params)
    sign(world, signed, at_summit=True)


def govern(world: World, side: int) -> None:
    """A government resolves what is due (threat, verdict) and may act on its own account."""
    state, params, row = world.state, world.params, world.row
    if side == US:
        if row[sites.THREAT_CLOCK] < threat_hazard(state, params):
            resolve_threat(world)
        if row[sites.VERDICT] < verdict_hazard(state, params):
            points = decide_penalty(state, params, row[sites.PENALTY], row[sites.PENALTY_SIZE])
            apply_penalty(state, params, points)
            world.note("penalise" if points > 0.0 else "clear_review", US, points)
    if row[sites.REVIEW[side]] < review_hazard(state, params, side):
        apply_signals(state, params, side)
        act = decide_act(state, params, side, row[sites.CHOICE[side]])
        if world.recorder is not None:
            world.recorder.decision(world, side, act)
        if act != WAIT:
            u_one, u_two = row[sites.ACT_ONE[side]], row[sites.ACT_TWO[side]]
            done = apply_act(state, params, side, act, u_one, u_two)
            world.note(ACT_KINDS[act], side, 1.0 if done else 0.0)


def resolve_threat(world: World) -> None:
    """The open threat is executed, postponed or dropped."""
    state, params, row = world.state, world.params, world.row
    apply_signals(state, params, US)
    act = decide_threat(
        state,
        params,
        row[sites.THREAT_EXECUTE],
        row[sites.THREAT_POSTPONE],
        row[sites.THREAT_DROP],
    )
    carry_out_threat(world, act)


def carry_out_threat(world: World, act: int) -> None:
    """Executes, postpones or drops the open threat."""
    state, params = world.state, world.params
    size = state.threat_pp
    if act == EXECUTE_THREAT:
        apply_threat_execution(state, params)
    elif act == POSTPONE_THREAT:
        apply_threat_postponement(state, params, world.row[sites.THREAT_LEAD])
    else:
        apply_threat_drop(state, params)
    world.note(Act(act).name.lower(), US, size)


def reply(world: World, side: int) -> None:
    """A side answers what it owes an answer to: hikes, mirrors, measures in kind."""
    state, params, row = world.state, world.params, world.row
    if state.reply_instrument[side] > 0 and row[sites.KIND[side]] < kind_hazard(
        state, params, side
    ):
        instrument = decide_kind(state, params, side, row[sites.KIND_FORM[side]])
        apply_kind(state, params, side, instrument)
        if instrument >= 0:
            world.note(f"reply_{Instrument(instrument).name.lower()}", side, 1.0)
    if side == US:
        if row[sites.COUNTER] < counter_hazard(state, params):
            points = counter_size(row[sites.COUNTER_SIZE])
            apply_counter_hike(state, params, points)
            world.note("counter_hike", US, points)
    elif row[sites.REPLY] < reply_hazard(state, params):
        reply_to_hike(world)


def reply_to_hike(world: World) -> None:
    """China answers the hikes it has not answered yet."""
    state, params, row = world.state, world.params, world.row
    owed = state.reply_pp
    act = decide_reply(state, params, row[sites.REPLY_ANSWER], row[sites.REPLY_FORM])
    points = apply_reply(state, params, act, row[sites.REPLY_COVER])
    if act == REPLY_MIRROR:
        world.note("reply_mirror", CN, points)
    elif act == REPLY_PARTIAL:
        world.note("reply_partial", CN, 0.0)
    else:
        world.note("reply_none", CN, 0.0)
        return
    if apply_reply_controls(state, params, owed, row[sites.REPLY_CONTROL]):
        world.note("reply_control", CN, 1.0)


def implement(world: World) -> None:
    """Announced duties due today take force."""
    if apply_pending(world.state, world.params) > 0:
        world.note("takes_force")


def expire(world: World) -> None:
    """A pause that ends today lapses."""
    if apply_expiry(world.state, world.params):
        world.note("snapback")


def deliver(world: World) -> None:
    """A month's purchases are delivered and judged."""
    state, params = world.state, world.params
    amount = apply_deliveries(state, params, world.row[sites.DELIVERY])
    if state.accord_signed > 0:
        world.note("deliveries", CN, amount)
        if apply_compliance(state, params):
            world.note("breach", CN, amount)


def trade(world: World) -> None:
    """A month of trade passes, under what is announced today; pressures follow."""
    apply_averages(world.state, world.params)
    apply_trade_month(world.state, world.params)
    apply_pressure_month(world.state, world.params)
