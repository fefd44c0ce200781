"""Outcomes about words in public."""

from __future__ import annotations

from typing import Final

from sim.economy.arithmetic import safe_div
from sim.model.outcomes.outcome import NEVER, At, Outcome, row
from sim.model.tables.codes import CN, REMARK_FRUSTRATION, REMARK_OPTIMISM, REMARK_PRAISE, US
from sim.model.tables.params import Params
from sim.model.tables.state import State


def overstated_mean(state: State, params: Params, side: int) -> float:
    """Returns by how much a side's statements were warmer than things stood, on average; NaN if it
    said nothing."""
    said = state.statements[side]
    return safe_div(state.overstated[side], said) if said > 0 else NEVER


WORD_OUTCOMES: Final[tuple[Outcome, ...]] = (
    row(
        "us_tone",
        "share",
        0.03,
        "US public tone, from 0 (hostile) to 1 (warm).",
        lambda s, p: s.tone[US],
    ),
    row(
        "optimism",
        "share",
        0.03,
        "Public optimism ahead of a leaders' meeting.",
        lambda s, p: s.optimism,
    ),
    row(
        "us_warm_posts",
        "count",
        0.5,
        "Number of US posts of praise or optimism.",
        lambda s, p: s.posts[REMARK_PRAISE] + s.posts[REMARK_OPTIMISM],
    ),
    row(
        "us_cold_posts",
        "count",
        0.5,
        "Number of frustrated US posts.",
        lambda s, p: s.posts[REMARK_FRUSTRATION],
    ),
    row(
        "cn_lines",
        "count",
        0.5,
        "Number of conciliatory lines of China.",
        lambda s, p: s.lines,
    ),
    row(
        "us_overstated",
        "share",
        0.03,
        "Mean by which US statements were warmer than things stood.",
        At(overstated_mean, US),
    ),
    row(
        "cn_overstated",
        "share",
        0.03,
        "Mean by which Chinese statements were warmer than things stood.",
        At(overstated_mean, CN),
    ),
)
