"""Page of a backtest: scores by horizon, beside those of the baselines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sim.backtest.act_questions import SEVEN
from sim.backtest.backtests.backtest import LEDGER, Backtest
from sim.backtest.backtests.ledger import BASE, INFORMED, MODEL
from sim.backtest.backtests.resolved import MIXED
from sim.backtest.backtests.scoring import SCORED, HorizonScores, RegimeScores
from sim.backtest.phase_one import ENDED, IN_FORCE
from sim.backtest.scores.reliability import ReliabilityBin
from sim.experiment.stats.intervals import Estimate
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import day_text, number_text

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

PHASE_ONE_WORDS: Final = {
    ENDED: "Phase One is taken to have ended with 2021.",
    IN_FORCE: "Phase One is taken to have been in force until February 2025.",
}

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
        "people who knew all of it, so these are pseudo-out-of-sample scores. "
        f"{PHASE_ONE_WORDS[found.coding]}"
    )
    for scores in found.scores:
        _say_horizon(page, scores)
    page.heading("Reliability")
    page.say(
        "Of what was forecast with about so many per cent, how much came. Band: 95% around it, for "
        "all bins of a table at once, from blocks of consecutive origins; * the mean forecast lies "
        "outside."
    )
    for scores in found.scores:
        _say_reliability(page, scores)
    _say_transforms(page, found)
    page.gap()
    page.say(
        "Brier and log score (nats): smaller is better. Mixed: with the drifting rate, by a weight "
        "learned from earlier origins. Skill: 1 - Brier / that of the drifting rate, for duties 1 "
        "- CRPS / that of persistence, with a 95% interval from blocks of consecutive origins."
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
    page.gap()
    columns = [
        worded("by administration"), numeric("origins"), numeric("model"), numeric("mixed"),
        numeric("drifting"), numeric("skill of the mixture"),
    ]  # fmt: skip
    page.table(columns, [_regime_row(each) for each in scores.regimes])
    page.gap()
    columns = [
        worded("CRPS (points)"), numeric("model"), numeric("persistence"), numeric("skill"),
    ]  # fmt: skip
    rows = [
        [DUTY_NAMES[duty], score_text(each.crps, 2), score_text(each.same, 2), _skill(each.skill)]
        for duty, each in scores.duties.items()
    ]
    page.table(columns, rows)


def _regime_row(scores: RegimeScores) -> list[str]:
    return [
        scores.regime,
        str(scores.origins),
        *(score_text(scores.brier[who]) for who in (MODEL, MIXED, BASE)),
        _skill(scores.skill[MIXED]),
    ]


def _say_reliability(page: Page, scores: HorizonScores) -> None:
    """Adds a table of the mixture, and whether the model alone is reliable."""
    page.gap()
    page.say(f"The mixture, within {scores.horizon} days")
    columns = [numeric("forecast %"), numeric("came %"), numeric("band"), numeric("forecasts")]
    rows = [
        [
            _percent(each.forecast),
            _percent(each.observed),
            _range(each),
            str(each.count),
            _star(each),
        ]
        for each in scores.reliability[MIXED]
    ]
    page.table([*columns, TableColumn("")], rows, labels=0)
    table = scores.reliability[MODEL]
    outside = sum(not each.is_reliable for each in table)
    page.say(f"The model alone is outside in {outside} of {len(table)} bins.")


def _say_transforms(page: Page, found: Backtest) -> None:
    """Adds where in its forecast each duty fell."""
    page.gap()
    page.say(
        "Where the duty that came fell in its forecast: share (%) in each fifth of the "
        "probability, 20 if forecasts are right; ties are broken at random."
    )
    fifths = [numeric(name) for name in ("lowest", "2nd", "3rd", "4th", "highest")]
    rows = [
        [
            DUTY_NAMES[duty],
            f"{scores.horizon} days",
            *(f"{_percent(each.observed)}{_star(each)}" for each in duties.transform),
        ]
        for scores in found.scores
        for duty, duties in scores.duties.items()
    ]
    page.table([worded("duty"), TableColumn("within"), *fifths], rows)


def _percent(share: float) -> str:
    return number_text(100.0 * share, 0)


def _range(each: ReliabilityBin) -> str:
    low, high = each.simultaneous
    return f"{_percent(low)} to {_percent(high)}"


def _star(each: ReliabilityBin) -> str:
    return "" if each.is_reliable else "*"


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
        "phase_one": found.coding,
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
                "skill": _skills_json(each.skill),
                "weight": each.weight,
                "regimes": [
                    {
                        "regime": regime.regime,
                        "origins": regime.origins,
                        "brier": regime.brier,
                        "skill": _skills_json(regime.skill),
                    }
                    for regime in each.regimes
                ],
                "reliability": {
                    who: list(map(_bin_json, table)) for who, table in each.reliability.items()
                },
                "duties": {
                    duty: {
                        "crps": duties.crps,
                        "crps_of_persistence": duties.same,
                        **_skills_json({"skill": duties.skill}),
                        "transform": list(map(_bin_json, duties.transform)),
                    }
                    for duty, duties in each.duties.items()
                },
            }
            for each in found.scores
        ],
    }


def _skills_json(skills: Mapping[str, Estimate]) -> dict[str, Any]:
    return {who: {"value": e.value, "interval": [e.low, e.high]} for who, e in skills.items()}


def _bin_json(each: ReliabilityBin) -> dict[str, Any]:
    return {
        "count": each.count,
        "forecast": each.forecast,
        "observed": each.observed,
        "consistency_band": list(each.consistent),
        "simultaneous_band": list(each.simultaneous),
    }
