"""Outcomes of the bargain: clauses signed, pauses and their ends, controls, tension by issue."""

from __future__ import annotations

from typing import Final

from sim.economy.arithmetic import safe_div
from sim.model.outcomes.outcome import NEVER, At, Outcome, day_or_never, flag_row, row, truth
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    BY_S122,
    BY_S232,
    BY_S301,
    BY_S338,
    CLAUSE_PAUSE,
    CLAUSE_PROLONG,
    CN,
    N_CLAUSES,
    N_ISSUES,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import INSTRUMENT_NAMES, Clause, Issue, Side


def clauses_signed(state: State, params: Params) -> int:
    """Returns how many different clauses were signed since the start, beside pauses and their
    extension."""
    count = 0
    for clause in range(N_CLAUSES):
        beside = clause != CLAUSE_PAUSE and clause != CLAUSE_PROLONG
        if beside and state.clause_day[clause] > 0:
            count += 1
    return count


def clause_signed(state: State, params: Params, clause: int) -> float:
    """Returns 1 if a clause was signed since the start, else 0."""
    return 1.0 if state.clause_day[clause] > 0 else 0.0


def pause_end(state: State, params: Params) -> float:
    """Returns the day on which the pause in force ends; NaN without a dated pause."""
    return float(state.truce_ends_on) if dated_pause(state) else NEVER


def pause_length(state: State, params: Params) -> float:
    """Returns the days from the start of the pause in force to its end; NaN without a dated
    pause."""
    return float(state.truce_ends_on - state.truce_from) if dated_pause(state) else NEVER


def dated_pause(state: State) -> bool:
    """Returns whether a pause with an end date is in force."""
    return state.agreement == AGREEMENT_PAUSE and state.truce_ends_on > 0


def china_hikes(state: State, params: Params) -> int:
    """Returns the US hikes on Chinese goods alone, with duties rebuilt under sections 301 and
    338."""
    count = state.hikes[US]
    count += 1 if state.statute_used[BY_S301] else 0
    return count + (1 if state.statute_used[BY_S338] else 0)


def hikes_on_all(state: State, params: Params) -> int:
    """Returns the US hikes that hit other countries as well: duties under sections 122 and 232."""
    count = 1 if state.statute_used[BY_S122] else 0
    return count + (1 if state.statute_used[BY_S232] else 0)


def us_level(state: State, params: Params, instrument: int) -> float:
    """Returns the level of a US control."""
    return 1.0 * state.control[US][instrument]


def cn_level(state: State, params: Params, instrument: int) -> float:
    """Returns the level of a Chinese control."""
    return 1.0 * state.control[CN][instrument]


def issue_weight(state: State, params: Params, issue: int) -> float:
    """Returns how much of an issue is open: the weights of both sides, times the share not settled;
    0 if it is not on the table."""
    if not state.issue_on[issue]:
        return 0.0
    weight = abs(params.issue_weight[US][issue]) + abs(params.issue_weight[CN][issue])
    return weight * (1.0 - state.issue_settled[issue])


def issue_tension(state: State, params: Params, issue: int) -> float:
    """Returns the part of tension that an issue accounts for, by what of it is open (F8)."""
    total = 0.0
    for each in range(N_ISSUES):
        total += issue_weight(state, params, each)
    return state.tension * safe_div(issue_weight(state, params, issue), total)


_WITH_OWN_ROW: Final = ("tech", "rare_earths")
"""Controls that a scenario's `when` may use; their rows are in `politics`."""

_LEVELS: Final = {Side.US: us_level, Side.CN: cn_level}
_SIDE_WORDS: Final = {Side.US: "a US", Side.CN: "a Chinese"}

BARGAIN_OUTCOMES: Final[tuple[Outcome, ...]] = (
    row(
        "clauses_signed",
        "count",
        0.2,
        "Number of different clauses signed, beside pauses and their extension.",
        clauses_signed,
    ),
    row(
        "largest_bundle",
        "count",
        0.2,
        "Number of clauses in the largest bundle signed.",
        lambda s, p: s.largest_bundle,
    ),
    *(
        flag_row(
            f"signed[{clause.name.lower()}]",
            "A clause has been signed since the start; the clause is in brackets.",
            At(clause_signed, clause),
        )
        for clause in Clause
    ),
    row(
        "bundles_stopped_us",
        "count",
        0.1,
        "Number of bundles that groups in the US stopped after both sides had agreed.",
        lambda s, p: s.blocked[US],
    ),
    row(
        "bundles_stopped_cn",
        "count",
        0.1,
        "Number of bundles that groups in China stopped after both sides had agreed.",
        lambda s, p: s.blocked[CN],
    ),
    row(
        "investment_usd_bn",
        "usd_bn",
        1.0,
        "Chinese investment in the US signed and approved.",
        lambda s, p: s.investment_usd_bn,
    ),
    row(
        "investments_denied",
        "count",
        0.1,
        "Number of investments signed that the US review stopped.",
        lambda s, p: s.investments_denied,
    ),
    flag_row(
        "pledges_verified",
        "China's pledges since the start are verified, because the US would not trust them.",
        lambda s, p: truth(s.verified),
    ),
    row("pause_ends_on", "date", 3.0, "Day on which the pause in force ends.", pause_end),
    row(
        "pause_length_days",
        "days",
        5.0,
        "Days from the start of the pause in force to its end.",
        pause_length,
    ),
    row(
        "leaders_meetings",
        "count",
        0.1,
        "Number of meetings of the leaders since the start.",
        lambda s, p: s.summits,
    ),
    row(
        "last_leaders_meeting_day",
        "date",
        3.0,
        "Day of the leaders' last meeting, before or since the start.",
        lambda s, p: day_or_never(s.summit_last_day),
    ),
    row(
        "us_china_hikes",
        "count",
        0.2,
        "Number of US hikes on Chinese goods alone, with duties rebuilt by sections 301 and 338.",
        china_hikes,
    ),
    row(
        "us_hikes_on_all",
        "count",
        0.2,
        "Number of US hikes that hit other countries too: duties under sections 122 and 232.",
        hikes_on_all,
    ),
    *(
        row(
            f"{side.name.lower()}_{name}_level",
            "level",
            0.2,
            f"Level of {_SIDE_WORDS[side]} control: {name.replace('_', ' ')}.",
            At(_LEVELS[side], place),
        )
        for side in Side
        for place, name in enumerate(INSTRUMENT_NAMES[side])
        if name and name not in _WITH_OWN_ROW
    ),
    *(
        row(
            f"tension[{issue.name.lower()}]",
            "share",
            0.01,
            "Part of tension that an open issue accounts for; the issue is in brackets.",
            At(issue_tension, issue),
        )
        for issue in Issue
    ),
)
