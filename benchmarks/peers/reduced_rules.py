"""Reduced model of the negotiation that every peer implements, and its specification.

Two governments (US, CN) act for 365 days from 23 October 2025. Thirteen clocks ring, ten of them
daily: about 3,700 events per run, as in the full model. The order within a day is that of `CLOCKS`:

    calendar        a new day: tension and pressures drift to their resting levels
    shocks          an incident may raise tension
    leaders         a summit may be agreed; on its day it succeeds or fails
    talks           talks may open, hold a round in which both sides may sign a truce, or prolong it
    us, cn          a threat that falls due is carried out, put off or dropped; otherwise a review
                    may ring, and the government picks one of twelve acts by quantal response
    us, cn replies  a hike of the other side may be answered, fully or in part
    implementation  announced duties due today take effect (eight slots)
    truce           the truce ends and the suspended duties return; reset whenever its end changes
    deliveries      first of the month: purchases of six goods arrive
    economy         first of the month: trade of 43 sectors, both ways, follows duties
    bookkeeping     records; weekly paths on Mondays; outcomes on the last day

Draws are those of the full model: Philox4x32-10, key (seed, replicate), counter (day, stream, k,
0). A choice is the largest of U_a + noise * g(u_a) over legal acts, g the standard Gumbel quantile.
Arithmetic is + - * /, comparisons, exp and log, in the order written here; a peer that follows it
gets bit-identical outcomes. Functions that ring a clock take the world, whose `draw` differs
between interpreted and compiled peers; rules take state and parameters and never draw.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np

US: Final = 0
CN: Final = 1
N_ACTS: Final = 12
N_PENDING: Final = 8
N_GOODS: Final = 6
N_SECTORS: Final = 43
N_OUTCOMES: Final = 16
N_PATHS: Final = 4

(WAIT, HIKE, HIKE_MORE, THREATEN, WITHDRAW, CUT, OFFER, QUIT, RESTRICT, EASE, PLEDGE, INVITE) = (
    range(N_ACTS)
)

START: Final = date(2025, 10, 23).toordinal()
DAYS: Final = 365
UNTIL: Final = START + DAYS - 1
MONDAYS: Final = sum(day % 7 == 1 for day in range(START, UNTIL + 1))
FIRSTS: Final = tuple(day for day in range(START + 1, UNTIL + 1) if date.fromordinal(day).day == 1)
"""First days of the months."""

CLOCKS: Final = (
    "calendar",
    "shocks",
    "leaders",
    "talks",
    "us",
    "cn",
    "us_replies",
    "cn_replies",
    "implementation",
    "truce",
    "deliveries",
    "economy",
    "bookkeeping",
)
"""Clocks in their order within a day; the position of a clock is also its tick within the day."""

CALENDAR: Final = 0
TRUCE: Final = 9
DELIVERIES: Final = 10
ECONOMY: Final = 11
TICKS_PER_DAY: Final = 16

# --------------------------------------------------------------------------------------- records

Fields = tuple[tuple[str, type, tuple[int, ...]], ...]

STATE: Final[Fields] = (
    ("day", int, ()),
    ("rings", int, ()),
    ("week", int, ()),
    ("duty_pp", float, (2,)),
    ("control", float, (2,)),
    ("pressure", float, (2,)),
    ("tension", float, ()),
    ("talks_open", int, ()),
    ("talks_since", int, ()),
    ("rounds", int, ()),
    ("summit_day", int, ()),
    ("summits", int, ()),
    ("truce_ends_on", int, ()),
    ("truces", int, ()),
    ("relief_pp", float, (2,)),
    ("snapbacks", int, ()),
    ("threat_due", int, (2,)),
    ("threat_pp", float, (2,)),
    ("owed_pp", float, (2,)),
    ("pending_due", int, (N_PENDING,)),
    ("pending_side", int, (N_PENDING,)),
    ("pending_pp", float, (N_PENDING,)),
    ("overflow", int, ()),
    ("pledged", float, ()),
    ("delivered", float, ()),
    ("flow", float, (2, N_SECTORS)),
    ("trade", float, ()),
    ("acts", int, (N_ACTS,)),
    ("incidents", int, ()),
    ("high_days", int, ()),
    ("tension_max", float, ()),
    ("duty_sum", float, (2,)),
)

PARAMS: Final[Fields] = (
    ("incident_rate", float, ()),
    ("severity", float, ()),
    ("tension_rest", float, ()),
    ("tension_speed", float, ()),
    ("pressure_speed", float, ()),
    ("summit_logit", float, ()),
    ("summit_wins", float, ()),
    ("talks_logit", float, ()),
    ("round_rate", float, ()),
    ("sign_logit", float, (2,)),
    ("relief_share", float, ()),
    ("truce_days", int, ()),
    ("extend_rate", float, ()),
    ("review_logit", float, (2,)),
    ("noise", float, (2,)),
    ("execute", float, ()),
    ("postpone", float, ()),
    ("reply_rate", float, (2,)),
    ("notice_days", int, ()),
    ("goods", float, (N_GOODS,)),
    ("goods_noise", float, ()),
    ("trade_speed", float, ()),
    ("weight", float, (2, N_ACTS, 4)),
    ("share", float, (N_SECTORS,)),
    ("theta", float, (N_SECTORS,)),
    ("base", float, (2, N_SECTORS)),
)

SHEET: Final[Fields] = (
    ("outcomes", float, (N_OUTCOMES,)),
    ("paths", float, (MONDAYS, N_PATHS)),
)


class State:
    """State of a run; attributes as in `STATE`, arrays as lists."""

    __slots__ = tuple(name for name, _, _ in STATE)


class Params:
    """Parameters of a run; attributes as in `PARAMS`, arrays as lists."""

    __slots__ = tuple(name for name, _, _ in PARAMS)


class Sheet:
    """Outcomes of a run; attributes as in `SHEET`, arrays as lists."""

    __slots__ = tuple(name for name, _, _ in SHEET)


def dtype_of(fields: Fields) -> np.dtype[Any]:
    """Returns the structured dtype of a record; all numbers are eight bytes wide."""
    return np.dtype(
        [(name, np.float64 if kind is float else np.int64, shape) for name, kind, shape in fields]
    )


def opening_params() -> np.ndarray[Any, Any]:
    """Returns the parameters as a record array of one element."""
    out = np.zeros(1, dtype_of(PARAMS))
    p = out[0]
    p["incident_rate"], p["severity"] = 0.02, 0.8
    p["tension_rest"], p["tension_speed"], p["pressure_speed"] = 3.0, 0.02, 0.01
    p["summit_logit"], p["summit_wins"] = -6.5, 0.5
    p["talks_logit"], p["round_rate"], p["sign_logit"] = -4.0, 0.05, (0.6, 0.4)
    p["relief_share"], p["truce_days"], p["extend_rate"] = 0.4, 60, 0.05
    p["review_logit"], p["noise"] = (-3.2, -3.4), (0.6, 0.5)
    p["execute"], p["postpone"], p["reply_rate"] = 0.4, 0.3, (0.1, 0.25)
    p["notice_days"] = 14
    p["goods"] = [3.0, 2.0, 1.5, 1.0, 0.75, 0.5]
    p["goods_noise"], p["trade_speed"] = 0.2, 0.25
    # Constant, slope on tension, on pressure, on the duties of the other side above our own.
    p["weight"][US] = [
        [1.0, 0.0, 0.0, 0.0], [0.4, 0.16, -0.3, 0.4], [-0.4, 0.2, -0.4, 0.5],
        [-0.4, 0.14, -0.2, 0.2], [-0.8, -0.05, 0.3, 0.0], [-0.9, -0.12, 0.5, -0.2],
        [0.2, -0.04, 0.4, 0.0], [-2.0, 0.15, -0.2, 0.1], [-0.8, 0.12, -0.1, 0.1],
        [-0.7, -0.1, 0.2, 0.0], [-1.5, -0.02, 0.2, 0.0], [-0.6, -0.02, 0.3, 0.0],
    ]  # fmt: skip
    p["weight"][CN] = [
        [1.2, 0.0, 0.0, 0.0], [-0.4, 0.14, -0.2, 0.6], [-1.0, 0.18, -0.3, 0.7],
        [-1.0, 0.12, -0.2, 0.2], [-0.6, -0.05, 0.3, 0.0], [-0.8, -0.1, 0.4, -0.2],
        [0.3, -0.03, 0.4, 0.0], [-2.2, 0.14, -0.2, 0.1], [-0.5, 0.13, -0.1, 0.2],
        [-0.7, -0.1, 0.3, 0.0], [-0.3, -0.02, 0.3, 0.0], [-0.5, -0.02, 0.2, 0.0],
    ]  # fmt: skip
    for i in range(N_SECTORS):
        p["share"][i] = 0.4 + 0.6 * ((i * 7) % N_SECTORS) / N_SECTORS
        p["theta"][i] = 1.2 + 0.3 * ((i * 5) % 11)
        p["base"][US][i] = 4.0 + (i * 13) % 17
        p["base"][CN][i] = 1.5 + (i * 3) % 7
    return out


def opening_state(params: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Returns the state every run starts from, as a record array of one element."""
    out = np.zeros(1, dtype_of(STATE))
    s = out[0]
    s["day"] = START
    s["duty_pp"], s["pressure"], s["tension"] = (40.0, 25.0), (0.5, 0.6), 4.5
    s["flow"] = params[0]["base"] * 0.8
    s["truce_ends_on"] = START + 18
    s["relief_pp"] = (24.0, 24.0)
    return out


def as_object(record: np.ndarray[Any, Any], cls: type) -> Any:
    """Returns the only element of a record array as an object with lists."""
    out = cls()
    for name in record.dtype.names or ():
        setattr(out, name, record[name][0].tolist())
    return out


def copied(state: State) -> State:
    """Returns an independent copy of a state."""
    out = State()
    for name, _, shape in STATE:
        value = getattr(state, name)
        if shape:
            value = [row[:] for row in value] if len(shape) > 1 else value[:]
        setattr(out, name, value)
    return out


# ----------------------------------------------------------------------------------------- draws

_sites: list[tuple[int, int]] = []


def _span(stream: int, count: int = 1) -> int:
    """Adds the draw sites (stream, 0), (stream, 1), ... and returns the position of the first."""
    _sites.extend((stream, k) for k in range(count))
    return len(_sites) - count


INCIDENT: Final = _span(1, 2)
SUMMIT: Final = _span(2, 3)
TALKS: Final = _span(3)
SIGN: Final = _span(4, 2)
EXTEND: Final = _span(5)
REVIEW: Final = _span(6, 2)
CHOICE: Final = _span(7, 2 * N_ACTS)
ACT: Final = _span(8, 4)
THREAT: Final = _span(9, 2)
REPLY: Final = _span(10, 4)
DELIVERY: Final = _span(11, N_GOODS)

SITES: Final[tuple[tuple[int, int], ...]] = tuple(_sites)
"""Pair (stream, k) of every draw site; a site is a position in this table."""


class World:
    """World of one run of an interpreted peer.

    Attributes:
        state: The state.
        params: The parameters.
        luck: One row of uniforms per day, in the order of `SITES`.
        row: Today's row.
        sheet: Room for the outcomes.
    """

    __slots__ = ("luck", "params", "row", "sheet", "state")

    def __init__(self, state: State, params: Params, luck: Sequence[Sequence[float]]) -> None:
        self.state = state
        self.params = params
        self.luck = luck
        self.row = luck[0]
        self.sheet = Sheet()
        self.sheet.outcomes = [0.0] * N_OUTCOMES
        self.sheet.paths = [[0.0] * N_PATHS for _ in range(MONDAYS)]

    def enter(self, day: int) -> None:
        """Starts a day."""
        self.state.day = day
        self.row = self.luck[day - START]


def draw(world: Any, site: int) -> float:
    """Returns today's uniform of a draw site."""
    return world.row[site]  # type: ignore[no-any-return]


# ----------------------------------------------------------------------------------------- rules


def bounded(x: float, least: float, most: float) -> float:
    """Returns x within bounds; by comparisons, because min and max may differ on signed zeros."""
    if x < least:
        return least
    if x > most:
        return most
    return x


def squash(x: float) -> float:
    """Returns the logistic function; the bounds keep exp finite."""
    return 1.0 / (1.0 + math.exp(-bounded(x, -40.0, 40.0)))


def gumbel(u: float) -> float:
    """Returns the standard Gumbel quantile."""
    return -math.log(-math.log(u))


def apply_morning(state: Any, params: Any) -> None:
    """Moves tension and pressures towards their resting levels."""
    state.tension += params.tension_speed * (params.tension_rest - state.tension)
    for side in range(2):
        burden = 0.01 * (state.duty_pp[side] + state.duty_pp[1 - side]) + 0.1 * state.control[side]
        state.pressure[side] += params.pressure_speed * (burden - state.pressure[side])


def apply_tension(state: Any, step: float) -> None:
    """Changes tension, within 0 and 10."""
    state.tension = bounded(state.tension + step, 0.0, 10.0)


def apply_announcement(state: Any, side: int, points: float, due: int) -> None:
    """Puts a change of duties into a free slot, or counts an overflow."""
    for i in range(N_PENDING):
        if state.pending_due[i] == 0:
            state.pending_due[i] = due
            state.pending_side[i] = side
            state.pending_pp[i] = points
            return
    state.overflow += 1


def apply_truce(state: Any, params: Any, days: int) -> None:
    """Signs a truce, or extends the one in force; a new one suspends part of the duties."""
    if state.truce_ends_on == 0:
        for side in range(2):
            state.relief_pp[side] = params.relief_share * state.duty_pp[side]
            state.duty_pp[side] -= state.relief_pp[side]
        state.truce_ends_on = state.day + days
    else:
        state.truce_ends_on += days
    state.truces += 1
    apply_tension(state, -0.5)


def legal(state: Any, side: int, act: int) -> bool:
    """Returns whether a government may choose an act today."""
    if act == HIKE:
        return state.truce_ends_on == 0 and state.duty_pp[side] < 150.0
    if act == HIKE_MORE:
        return state.truce_ends_on == 0 and state.duty_pp[side] < 120.0 and state.tension > 3.0
    if act == THREATEN:
        return state.threat_due[side] == 0
    if act == WITHDRAW:
        return state.threat_due[side] > 0
    if act == CUT:
        return state.duty_pp[side] > 5.0
    if act == OFFER:
        return state.talks_open == 0
    if act == QUIT:
        return state.talks_open == 1
    if act == RESTRICT:
        return state.control[side] < 5.0
    if act == EASE:
        return state.control[side] > 0.5
    if act == PLEDGE:
        return state.pledged < 200.0
    if act == INVITE:
        return state.summit_day == 0
    return True


def utility(state: Any, params: Any, side: int, act: int) -> float:
    """Returns the utility of an act to a government, without noise."""
    w = params.weight[side][act]
    gap = 0.01 * (state.duty_pp[1 - side] - state.duty_pp[side])
    return w[0] + w[1] * state.tension + w[2] * state.pressure[side] + w[3] * gap


def apply_act(state: Any, params: Any, side: int, act: int, u_size: float, u_date: float) -> None:
    """Carries out an act."""
    state.acts[act] += 1
    if act == HIKE or act == HIKE_MORE:
        points = 5.0 + 15.0 * u_size if act == HIKE else 15.0 + 35.0 * u_size
        due = state.day + 1 + int(params.notice_days * u_date)
        apply_announcement(state, side, points, due)
        state.owed_pp[1 - side] += points
        apply_tension(state, 0.03 * points)
    elif act == THREATEN:
        state.threat_due[side] = state.day + 10 + int(30.0 * u_date)
        state.threat_pp[side] = 10.0 + 50.0 * u_size
        apply_tension(state, 0.4)
    elif act == WITHDRAW:
        state.threat_due[side] = 0
        apply_tension(state, -0.3)
    elif act == CUT:
        points = state.duty_pp[side] * (0.05 + 0.2 * u_size)
        apply_announcement(state, side, -points, state.day + 1 + int(10.0 * u_date))
        apply_tension(state, -0.3)
    elif act == OFFER:
        state.talks_open = 1
        state.talks_since = state.day
    elif act == QUIT:
        state.talks_open = 0
        apply_tension(state, 0.3)
    elif act == RESTRICT:
        state.control[side] += 0.5 + u_size
        apply_tension(state, 0.4)
    elif act == EASE:
        state.control[side] *= 0.5
        apply_tension(state, -0.2)
    elif act == PLEDGE:
        state.pledged += 10.0 + 20.0 * u_size
        apply_tension(state, -0.2)
    elif act == INVITE:
        state.summit_day = state.day + 20 + int(60.0 * u_date)


def apply_reply(state: Any, params: Any, side: int, u_form: float) -> None:
    """Lets a government answer the hikes awaiting a reply: in full, in part, or not at all."""
    points = state.owed_pp[side]
    state.owed_pp[side] = 0.0
    full = squash(0.3 * state.tension - 1.5)
    if u_form >= full + 0.5 * (1.0 - full):
        return
    if u_form >= full:
        points *= 0.4
    apply_announcement(state, side, points, state.day + 1 + params.notice_days // 2)
    apply_tension(state, 0.02 * points)


def apply_pending(state: Any) -> None:
    """Puts announced duties due today into effect."""
    for i in range(N_PENDING):
        if state.pending_due[i] != 0 and state.pending_due[i] <= state.day:
            side = state.pending_side[i]
            state.duty_pp[side] = bounded(state.duty_pp[side] + state.pending_pp[i], 0.0, 200.0)
            state.pending_due[i] = 0


def apply_expiry(state: Any) -> None:
    """Ends the truce; the suspended duties return."""
    for side in range(2):
        state.duty_pp[side] += state.relief_pp[side]
        state.relief_pp[side] = 0.0
    state.truce_ends_on = 0
    state.snapbacks += 1
    apply_tension(state, 0.8)


def apply_trade(state: Any, params: Any) -> None:
    """Updates a month of trade: each flow moves towards its target at today's duties."""
    total = 0.0
    for side in range(2):
        duty = 0.01 * state.duty_pp[side]
        for i in range(N_SECTORS):
            cost = 1.0 + params.share[i] * duty
            target = params.base[side][i] * math.exp(-params.theta[i] * math.log(cost))
            flow = state.flow[side][i]
            flow += params.trade_speed * (target - flow)
            state.flow[side][i] = flow
            total += flow
    state.trade = total


# ---------------------------------------------------------------------------------------- clocks


def ring_calendar(world: Any) -> None:
    """Starts a new day."""
    world.state.rings += 1
    apply_morning(world.state, world.params)


def ring_shocks(world: Any) -> None:
    """Lets an incident occur, or not."""
    state = world.state
    state.rings += 1
    if draw(world, INCIDENT) < world.params.incident_rate:
        state.incidents += 1
        apply_tension(state, -world.params.severity * math.log(draw(world, INCIDENT + 1)))


def ring_leaders(world: Any) -> None:
    """Agrees or holds a summit."""
    state, params = world.state, world.params
    state.rings += 1
    u = draw(world, SUMMIT)
    if state.summit_day == 0:
        if u < squash(params.summit_logit - 0.1 * state.tension + state.pressure[US]):
            state.summit_day = state.day + 20 + int(60.0 * draw(world, SUMMIT + 1))
    elif state.summit_day == state.day:
        state.summit_day = 0
        state.summits += 1
        if draw(world, SUMMIT + 2) < params.summit_wins:
            apply_truce(state, params, 2 * params.truce_days)
            apply_tension(state, -1.0)
        else:
            apply_tension(state, 1.0)


def ring_talks(world: Any) -> None:
    """Opens talks, holds a round, or extends the truce."""
    state, params = world.state, world.params
    state.rings += 1
    u = draw(world, TALKS)
    if state.talks_open == 0:
        if u < squash(params.talks_logit + state.pressure[US] + state.pressure[CN]):
            state.talks_open = 1
            state.talks_since = state.day
    elif state.truce_ends_on > 0:
        if state.truce_ends_on - state.day <= 14 and draw(world, EXTEND) < params.extend_rate:
            apply_truce(state, params, params.truce_days)
    elif u < params.round_rate:
        state.rounds += 1
        signed = 0
        for side in range(2):
            lean = params.sign_logit[side] + state.pressure[side] - 0.25 * state.tension
            if draw(world, SIGN + side) < squash(lean):
                signed += 1
        if signed == 2:
            apply_truce(state, params, params.truce_days)
        elif state.day - state.talks_since > 60:
            state.talks_open = 0


def choose(world: Any, side: int) -> int:
    """Returns the act of a review: quantal response over the legal acts."""
    state, params = world.state, world.params
    best, best_value = WAIT, -1e300
    for act in range(N_ACTS):
        if legal(state, side, act):
            luck = gumbel(draw(world, CHOICE + N_ACTS * side + act))
            value = utility(state, params, side, act) + params.noise[side] * luck
            if value > best_value:
                best, best_value = act, value
    return best


def govern(world: Any, side: int) -> None:
    """Resolves a threat that falls due, or lets a government review its policy."""
    state, params = world.state, world.params
    state.rings += 1
    if state.threat_due[side] != 0 and state.threat_due[side] <= state.day:
        u = draw(world, THREAT + side)
        state.threat_due[side] = 0
        if u < params.execute:
            points = state.threat_pp[side]
            apply_announcement(state, side, points, state.day + 1)
            state.owed_pp[1 - side] += points
            apply_tension(state, 0.03 * points)
        elif u < params.execute + params.postpone:
            state.threat_due[side] = state.day + 15
        else:
            apply_tension(state, -0.4)
    elif draw(world, REVIEW + side) < squash(params.review_logit[side] + 0.2 * state.tension):
        act = choose(world, side)
        u_size, u_date = draw(world, ACT + 2 * side), draw(world, ACT + 2 * side + 1)
        apply_act(state, params, side, act, u_size, u_date)


def ring_us(world: Any) -> None:
    """Washington."""
    govern(world, US)


def ring_cn(world: Any) -> None:
    """Beijing."""
    govern(world, CN)


def answer(world: Any, side: int) -> None:
    """Lets a government answer a hike of the other side."""
    state = world.state
    state.rings += 1
    if draw(world, REPLY + 2 * side) < world.params.reply_rate[side] and state.owed_pp[side] > 0.0:
        apply_reply(state, world.params, side, draw(world, REPLY + 2 * side + 1))


def ring_us_replies(world: Any) -> None:
    """Lets Washington answer."""
    answer(world, US)


def ring_cn_replies(world: Any) -> None:
    """Lets Beijing answer."""
    answer(world, CN)


def ring_implementation(world: Any) -> None:
    """Puts announced duties into effect."""
    world.state.rings += 1
    apply_pending(world.state)


def ring_truce(world: Any) -> None:
    """Ends the truce."""
    world.state.rings += 1
    apply_expiry(world.state)


def ring_deliveries(world: Any) -> None:
    """Delivers purchases."""
    state, params = world.state, world.params
    state.rings += 1
    amount = 0.0
    for good in range(N_GOODS):
        luck = gumbel(draw(world, DELIVERY + good))
        amount += params.goods[good] * math.exp(-params.goods_noise * luck - 0.1 * state.tension)
    state.delivered += bounded(amount, 0.0, 0.1 * state.pledged)
    if state.delivered < 0.3 * state.pledged:
        apply_tension(state, 0.1)


def ring_economy(world: Any) -> None:
    """Updates a month of trade."""
    world.state.rings += 1
    apply_trade(world.state, world.params)


def ring_bookkeeping(world: Any) -> None:
    """Records the day, weekly paths, and outcomes at the end."""
    state = world.state
    state.rings += 1
    state.tension_max = max(state.tension_max, state.tension)
    if state.tension > 6.0:
        state.high_days += 1
    for side in range(2):
        state.duty_sum[side] += state.duty_pp[side]
    if state.day % 7 == 1:
        path = world.sheet.paths[state.week]
        path[0] = state.tension
        path[1] = state.duty_pp[US]
        path[2] = state.duty_pp[CN]
        path[3] = state.trade
        state.week += 1
    if state.day == UNTIL:
        read_outcomes(state, world.sheet.outcomes)


def read_outcomes(state: Any, out: Any) -> None:
    """Writes the outcomes of a run."""
    out[0] = state.tension
    out[1] = state.tension_max
    out[2] = float(state.high_days)
    out[3] = state.duty_pp[US]
    out[4] = state.duty_pp[CN]
    out[5] = state.duty_sum[US] / DAYS
    out[6] = state.duty_sum[CN] / DAYS
    out[7] = state.trade
    out[8] = float(state.truces)
    out[9] = float(state.snapbacks)
    out[10] = float(state.summits)
    out[11] = state.delivered
    out[12] = state.pressure[US] + state.pressure[CN]
    out[13] = float(state.acts[HIKE] + state.acts[HIKE_MORE])
    out[14] = float(state.incidents)
    out[15] = float(state.rings)


RINGS: Final = (
    ring_calendar,
    ring_shocks,
    ring_leaders,
    ring_talks,
    ring_us,
    ring_cn,
    ring_us_replies,
    ring_cn_replies,
    ring_implementation,
    ring_truce,
    ring_deliveries,
    ring_economy,
    ring_bookkeeping,
)
"""Functions that run when a clock rings, in the order of `CLOCKS`."""

DAILY: Final = tuple(c for c in range(len(CLOCKS)) if c not in (TRUCE, DELIVERIES, ECONOMY))
