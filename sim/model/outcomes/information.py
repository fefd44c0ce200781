"""Outcomes of information: beliefs about the other side's floor, China's opening bid."""

from __future__ import annotations

from typing import Final

from sim.model.information.beliefs import belief_error, belief_spread
from sim.model.outcomes.outcome import At, Outcome, class_row, day_or_never, row
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Opening, Side


def floor_believed(state: State, params: Params, side: int) -> float:
    """Returns the floor a side takes the other to have."""
    return state.belief_mean[side]


def floor_spread(state: State, params: Params, side: int) -> float:
    """Returns the standard deviation of that belief."""
    return belief_spread(state, side)


def floor_error(state: State, params: Params, side: int) -> float:
    """Returns how far that belief is from the truth, without sign."""
    return belief_error(state, side)


_READERS: Final = (
    ("floor", "The {other} floor as {side} takes it to be.", floor_believed),
    ("spread", "Standard deviation of what {side} believes of the {other} floor.", floor_spread),
    ("error", "How far {side} is off about the {other} floor, either way.", floor_error),
)
_WORDS: Final = {
    Side.US: {"side": "Washington", "other": "Chinese"},
    Side.CN: {"side": "Beijing", "other": "US"},
}

INFORMATION_OUTCOMES: Final[tuple[Outcome, ...]] = (
    *(
        row(
            f"{side.name.lower()}_belief_{name}",
            "utility",
            0.05,
            meaning.format_map(_WORDS[side]),
            At(read, side),
        )
        for side in Side
        for name, meaning, read in _READERS
    ),
    class_row("opening_bid", Opening, "Stage of China's opening bid.", lambda s, p: s.opening),
    row(
        "opening_bid_day",
        "date",
        3.0,
        "Day on which China tabled its opening bid.",
        lambda s, p: day_or_never(s.tabled_day),
    ),
    row(
        "delegations",
        "count",
        0.2,
        "Number of delegations China has sent to Washington.",
        lambda s, p: s.delegations,
    ),
)
