"""Page of scores: frozen forecasts beside what came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sim.backtest.forecasts.frozen_file import FrozenFile, FrozenForecast
from sim.backtest.forecasts.scored_forecasts import ScoredForecast, mean_scores
from sim.report.page import Page, numeric, worded
from sim.report.words.numbers import NOTHING, count_text, day_text, number_text, scale_text

SCORE_DECIMALS = 3


def score_page(frozen: FrozenFile, scored: Sequence[ScoredForecast]) -> Page:
    """Returns the scores of the forecasts whose outcome is known, and the questions still open."""
    page = Page()
    page.title(f"Forecasts frozen on {day_text(frozen.frozen_at.date())}")
    page.verbatim(f"sha256 {frozen.sha256}")
    page.say("The file is as it was written.")
    known = [each for each in scored if each.outcome is not None]
    events = [each for each in known if each.forecast.probability is not None]
    if events:
        _say_events(page, events)
    numbers = [each for each in known if each.forecast.probability is None]
    if numbers:
        _say_numbers(page, numbers)
    open_ = [each for each in scored if each.outcome is None]
    if open_:
        page.heading(f"Not scored: {count_text(len(open_), 'question')}")
        for each in open_:
            page.say(f"{_asked(each.forecast)}: {each.reason}.", indent=2)
    return page


def scored_json(scored: ScoredForecast) -> dict[str, Any]:
    """Returns a scored forecast as JSON holds it; a day that came as ISO text."""
    told = scored.forecast.model_dump(mode="json", exclude={"members"}, exclude_none=True)
    outcome: float | str | None = scored.outcome
    if scored.outcome is not None and scored.forecast.unit == "date":
        outcome = date.fromordinal(int(scored.outcome)).isoformat()
    scores = {"brier": scored.brier, "log": scored.log, "crps": scored.crps}
    return told | {"outcome": outcome, **scores, "reason": scored.reason}


def _say_events(page: Page, events: Sequence[ScoredForecast]) -> None:
    page.gap()
    columns = [numeric("%"), numeric("came"), numeric("Brier"), numeric("log"), worded("question")]
    rows = [
        [
            number_text(100.0 * (each.forecast.probability or 0.0), 1),
            "yes" if each.outcome else "no",
            _score(each.brier),
            _score(each.log),
            _asked(each.forecast),
        ]
        for each in events
    ]
    n, mean_brier, mean_log = mean_scores(events)
    rows.append(["", "", _score(mean_brier), _score(mean_log), f"mean of {n}"])
    page.table(columns, rows, labels=1)
    page.say(
        "Smaller is better. A forecast of 50% scores Brier 0.25 and log 0.693, whatever comes.",
        indent=2,
    )


def _say_numbers(page: Page, numbers: Sequence[ScoredForecast]) -> None:
    page.gap()
    columns = [numeric("median"), numeric("came"), numeric("CRPS"), worded("question")]
    rows = [
        [
            _value((each.forecast.quantiles or {}).get("p50")),
            _value(_came(each)),
            NOTHING if each.crps is None else number_text(each.crps),
            _asked(each.forecast),
        ]
        for each in numbers
    ]
    page.table(columns, rows, labels=1)
    page.say(
        "CRPS is in the unit of the question (days for a day): for a forecast of one value, its "
        "distance from what came. Smaller is better.",
        indent=2,
    )


def _asked(forecast: FrozenForecast) -> str:
    scale = "" if forecast.unit == "date" else scale_text(forecast.unit)
    unit = f" ({scale})" if scale else ""
    return f"{forecast.question}{unit}, as of {forecast.as_of}"


def _score(value: float | None) -> str:
    return NOTHING if value is None else number_text(value, SCORE_DECIMALS)


def _came(scored: ScoredForecast) -> date | float | None:
    dated = scored.forecast.unit == "date" and scored.outcome is not None
    return date.fromordinal(int(scored.outcome or 0)) if dated else scored.outcome


def _value(value: date | float | None) -> str:
    if isinstance(value, date):
        return day_text(value)
    return NOTHING if value is None else number_text(value)
