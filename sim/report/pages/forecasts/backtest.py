"""Page of a backtest: scores by horizon, beside those of the baselines."""

from __future__ import annotations

import math
from datetime import date
from typing import Any, Final

from sim.backtest.act_questions import SEVEN
from sim.backtest.backtests.backtest import LEDGER, Backtest
from sim.backtest.backtests.ledger import INFORMED, MODEL
from sim.backtest.backtests.scoring import MIXED, SCORED, HorizonScores
from sim.experiment.stats.intervals import Estimate
from sim.report.page import Page, numeric, worded
from sim.report.words.numbers import day_text

NAMES: Final = {
    MODEL: "the model",
    MIXED: "the model, mixed",
    "climatology": "climatology",
    "drifting": "drifting rate",
    "persistence": "persistence",
    "markov": "Markov chain",
    "hawkes": "self-exciting",
    INFORMED: "informed hazards",
}
"""Forecasters in words."""

DUTY_NAMES: Final = {"us_avg_pct": "average US duty", "cn_avg_pct": "average Chinese duty"}


def score_text(value: float, decimals: int = 3) -> str:
    """Returns a score with all its decimals, so that columns of them can be compared."""
    # Adding 0 turns a rounded -0 into 0.
    return "infinite" if math.isinf(value) else f"{round(value, decimals) + 0.0:.{decimals}f}"


def backtest_page(found: Backtest) -> Page:
    """Returns scores of all forecasters, skill, and where the model is better or worse."""
    page = Page()
    first, last = (day_text(date.fromordinal(found.origins[place])) for place in (0, -1))
    page.title("Backtest: seven questions about acts, forecast from past days")
    page.say(
        f"{len(found.origins)} origins from {first} to {last}, {found.n:,} runs each, seed "
        f"{found.seed}. Each forecast knows the record up to its day; the rules were written by "
        "people who knew all of it, so these are pseudo-out-of-sample scores."
    )
    for scores in found.scores:
        _say_horizon(page, scores)
    page.gap()
    page.say(
        "Brier and log score (nats): smaller is better. Mixed: with the drifting rate, by a weight "
        "learned from earlier origins. Skill: 1 - Brier / that of the drifting rate, with a 95% "
        "interval from blocks of consecutive origins. CRPS in percentage points."
    )
    page.verbatim(f"{found.folder / LEDGER}")
    page.verbatim(f"sha256 {found.seal}, written before the scores")
    return page


def _say_horizon(page: Page, scores: HorizonScores) -> None:
    page.gap()
    page.say(f"Within {scores.horizon} days ({scores.origins} origins)")
    columns = [worded("forecaster"), numeric("Brier"), numeric("log"), numeric("skill")]
    rows = [
        [
            NAMES[who],
            score_text(scores.brier[who]),
            score_text(scores.nats[who]),
            _skill(scores.skill[who]) if who in scores.skill else "",
        ]
        for who in SCORED
    ]
    page.table(columns, rows)
    better = [
        kind.title
        for place, kind in enumerate(SEVEN)
        if scores.by_kind[MODEL][place] < scores.by_kind["drifting"][place]
    ]
    page.say(
        f"Mean weight of the model in the mixture: {score_text(scores.weight, 2)}. Alone it beats "
        f"the drifting rate on: {', '.join(better) or 'nothing'}."
    )
    duties = "; ".join(
        f"{DUTY_NAMES[duty]} {score_text(ours, 2)} ({score_text(same, 2)})"
        for duty, (ours, same) in scores.crps.items()
    )
    page.say(f"CRPS of the model (persistence): {duties}.")


def _skill(found: Estimate) -> str:
    low, high = score_text(found.low, 2), score_text(found.high, 2)
    return f"{score_text(found.value, 2)} ({low} to {high})"


def backtest_json(found: Backtest) -> dict[str, Any]:
    """Returns a backtest as JSON holds it; an infinite score is null."""
    return {
        "schema": 1,
        "origins": [date.fromordinal(each).isoformat() for each in found.origins],
        "n": found.n,
        "seed": found.seed,
        "ledger": str(found.folder / LEDGER),
        "sha256": found.seal,
        "acts": [kind.name.lower() for kind in SEVEN],
        "horizons": [
            {
                "days": each.horizon,
                "origins": each.origins,
                "brier": each.brier,
                "log": each.nats,
                "brier_by_act": each.by_kind,
                "skill": {
                    who: {"value": e.value, "interval": [e.low, e.high]}
                    for who, e in each.skill.items()
                },
                "weight": each.weight,
                "crps": {
                    duty: {"model": ours, "persistence": same}
                    for duty, (ours, same) in each.crps.items()
                },
            }
            for each in found.scores
        ],
    }
