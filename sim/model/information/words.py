"""Words in public: accounts of contacts, posts, rebukes of double talk, lines of goodwill.

Each statement has a cause, a warmth that can be held against what is so, and a consequence. What is
so is a warmth as well: high after something was signed or agreed, with rapport, and at low tension.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.economy.arithmetic import clamp, gumbel, logistic, safe_div, safe_log
from sim.economy.constants import LOGISTIC_SD, WORST_UTILITY
from sim.model.information.beliefs import apply_observation
from sim.model.relations.mood import apply_relief, apply_tension, hypocrisy, is_fresh
from sim.model.relations.stages import contact_today, summit_ahead, talks_frozen
from sim.model.tables.codes import (
    CN,
    CONTACT_CALL,
    CONTACT_NONE,
    N_REMARKS,
    REMARK_FRUSTRATION,
    REMARK_NONE,
    REMARK_OPTIMISM,
    REMARK_PRAISE,
    TALKS_NONE,
    TALKS_STALLED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def progress(state: State, params: Params) -> float:
    """Returns what today has brought: 1 for a signature, -1 for open discord, and a part of these
    for a step agreed on or a call of the leaders, and for an offer that was turned down."""
    if state.last_signed_day == state.day:
        return 1.0
    if state.summit_failed_day == state.day:
        return -1.0
    if state.refused_day == state.day:
        return -params.words_step
    agreed = state.goodwill_day == state.day or state.talks_resumed_day == state.day
    return params.words_step if agreed or state.call_day == state.day else 0.0


def standing(state: State, params: Params) -> float:
    """Returns how things stand between the two, in log odds of warm words: what statements can be
    held against."""
    odds = params.words_progress * progress(state, params)
    odds += params.words_rapport * (state.rapport - params.rapport_rest)
    return odds - params.words_tension * (state.tension - params.tension_rest)


def apply_said(state: State, params: Params, side: int, warmth: float, speed: float) -> None:
    """Records a statement of a warmth: it draws the public tone of its side, and is held against
    what is so."""
    state.statements[side] += 1
    state.overstated[side] += warmth - logistic(standing(state, params))
    state.tone[side] += speed * (warmth - state.tone[side])


# ----------------------------------------------------------------------------- accounts of contacts


def readout_hazard(state: State, params: Params, side: int) -> float:
    """Returns the probability that a side publishes its account of today's contact, if there was
    one."""
    return params.readout_share[side] if contact_today(state) != CONTACT_NONE else 0.0


def readout_warmth(state: State, params: Params, side: int, u: float) -> float:
    """Returns how warm a side's account of a contact is: what is so, turned to its own use, and
    blurred (E110, E345).

    Washington tells of more than there was, Beijing of less. A side that would sign for little
    shows it.
    """
    blur = params.readout_noise * (safe_log(u) - safe_log(1.0 - u))
    odds = expected_odds(state, params, side) - params.readout_candour * state.reserve[side]
    return logistic(odds + blur)


def expected_odds(state: State, params: Params, side: int) -> float:
    """Returns the log odds of warm words in the account of a side with the usual floor."""
    return standing(state, params) + params.readout_bias[side]


def apply_account_read(state: State, params: Params, side: int, warmth: float) -> None:
    """Lets the other side read the floor of `side` from its account: the warmer it is than things
    stand, the lower the floor. The noise of the account is taken as normal."""
    candour = params.readout_candour
    blur = params.readout_noise * LOGISTIC_SD
    if candour <= 0.0 or blur <= 0.0:
        return
    odds = safe_log(warmth) - safe_log(1.0 - warmth)
    seen = safe_div(expected_odds(state, params, side) - odds, candour)
    precision = safe_div(candour * candour, blur * blur)
    apply_observation(state, 1 - side, seen, precision)


def apply_readout(state: State, params: Params, side: int, warmth: float) -> None:
    """Publishes a side's account of a contact, which the other side reads; that of Washington calms
    markets."""
    apply_account_read(state, params, side, warmth)
    state.readout[side] = warmth
    state.readout_day[side] = state.day
    apply_said(state, params, side, warmth, params.readout_tone_speed[side])
    if side == US:
        state.market_stress *= 1.0 - params.readout_market_relief * warmth


# --------------------------------------------------------------------------------- posts of the US


def post_hazard(state: State, params: Params) -> float:
    """Returns the probability that the US leader has an occasion to post on China today: most
    contacts of the leaders are one (E098, E386)."""
    if contact_today(state) >= CONTACT_CALL:
        return params.post_after_contact
    return params.post_per_day * state.attention[US]


def post_appeal(state: State, params: Params, post: int) -> float:
    """Returns the utility of a kind of post, against 0 for silence.

    He praises the other leader by the rapport he believes in, also while duties rise (E048, E355).
    Optimism and frustration follow how things stand; a meeting ahead speaks for the first, a fresh
    breach for the second (E184, E382).
    """
    value = max(1.0, params.noise[US]) * safe_log(params.post_odds[post])
    strength = params.post_strength[post]
    if post == REMARK_PRAISE:
        return value + strength * (state.rapport_forecast - params.rapport_rest)
    if post == REMARK_OPTIMISM:
        ahead = 1.0 if summit_ahead(state) else 0.0
        return value + strength * standing(state, params) + params.post_before_summit * ahead
    wronged = is_fresh(state, params.cause_days, max(state.provoked_day[US], state.breach_day), 0)
    value += params.post_when_wronged if wronged else 0.0
    return value - strength * standing(state, params)


def decide_post(state: State, params: Params, u_post: Sequence[float]) -> int:
    """Returns what the US leader posts, or that he holds his peace: the most fitting words, blurred
    by the noise of his government (A3). After a meeting that ended in discord he has no friendly
    words for some days."""
    chosen = REMARK_NONE
    best = params.noise[US] * gumbel(u_post[REMARK_NONE])
    soured = is_fresh(state, params.cause_days, state.summit_failed_day, 0)
    for post in range(REMARK_PRAISE, N_REMARKS):
        value = WORST_UTILITY
        if params.post_odds[post] > 0.0 and not (soured and post != REMARK_FRUSTRATION):
            value = post_appeal(state, params, post) + params.noise[US] * gumbel(u_post[post])
        if value > best:
            best = value
            chosen = post
    return chosen


def apply_post(state: State, params: Params, post: int) -> None:
    """Publishes a post. Warm ones calm markets a little, and raise hopes of a meeting; a frustrated
    one stirs both markets and tension."""
    state.posts[post] += 1
    apply_said(state, params, US, params.post_warmth[post], params.post_tone_speed)
    if post == REMARK_FRUSTRATION:
        state.market_stress += params.post_market_stress * (1.0 - state.market_stress)
        apply_tension(state, params, params.tension_per_post)
        return
    state.market_stress *= 1.0 - params.post_market_relief
    if post == REMARK_OPTIMISM:
        apply_hopes(state, params.optimism_per_post)


def apply_hopes(state: State, share: float) -> None:
    """Raises public hopes by a share of the room there is, if a meeting of the leaders is set."""
    if summit_ahead(state):
        state.optimism += share * (1.0 - state.optimism)


# --------------------------------------------------------------------------------- words of Beijing


def rebuke_hazard(state: State, params: Params) -> float:
    """Returns today's probability that Beijing, if it has a cause, rebukes Washington for friendly
    words on top of hostile deeds (E062)."""
    return clamp(params.rebuke_per_hypocrisy * hypocrisy(state), 0.0, 1.0)


def line_hazard(state: State, params: Params) -> float:
    """Returns today's probability that China's commerce minister speaks of working together.

    He does so while talks are open, and above all in the weeks before a meeting of the leaders that
    is set (C13). After a hostile act of the US he holds his peace for a while. How eager his side
    is in private he does not give away (A12).
    """
    shut = state.talks == TALKS_NONE or state.talks == TALKS_STALLED
    hurt = state.day - state.cause_day[CN] <= params.line_silence_days
    recent = state.day - state.line_day <= params.line_spacing_days
    if hurt or recent or talks_frozen(state) or (shut and not summit_ahead(state)):
        return 0.0
    hazard = params.line_per_day
    if summit_ahead(state) and state.summit_day - state.day <= params.line_window_days:
        hazard *= params.line_before_summit
    return clamp(hazard, 0.0, 1.0)


def apply_line(state: State, params: Params) -> None:
    """Publishes a conciliatory line of China: tension eases a little, and hopes of a meeting
    rise."""
    state.lines += 1
    state.line_day = state.day
    apply_said(state, params, CN, params.line_warmth, params.line_tone_speed)
    apply_relief(state, params, params.relief_per_line)
    apply_hopes(state, params.optimism_per_line)
