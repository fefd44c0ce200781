"""Page of forecasts: probabilities in a table, and the distribution of each quantity."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sim.experiment.outcomes.forecasts import DatedForecast, EventForecast, QuantityForecast
from sim.experiment.outcomes.questions import UnansweredQuestion
from sim.experiment.runs.batch import Batch
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import (
    NOTHING,
    chance_range,
    chances,
    count_text,
    day_text,
    interval_name,
    number_text,
    out_of,
    scale_text,
)

SHOWN: dict[str, str] = {"p05": "5%", "p25": "25%", "p50": "median", "p75": "75%", "p95": "95%"}
"""Quantiles of the page, with their headings; JSON has more."""


def forecast_page(
    forecasts: Sequence[DatedForecast], unanswered: Sequence[UnansweredQuestion]
) -> Page:
    """Returns the forecasts by day, and why some questions have none."""
    page = Page()
    in_order = sorted(forecasts, key=lambda each: each.origin)
    for place, (origin, group) in enumerate(groupby(in_order, lambda each: each.origin)):
        of_day = list(group)
        batch = of_day[0].batch
        if place:
            page.gap()
        page.title(f"As of {day_text(origin)}   {batch.resolved.name}")
        _say_events(page, of_day, batch)
        for each in of_day:
            if isinstance(each.answer, QuantityForecast):
                _say_quantity(page, each.question.text, each.answer)
        page.gap()
        drawn = f", {batch.per_vector} for each draw of parameters" if batch.per_vector else ""
        page.say(f"{count_text(batch.n, 'run')}{drawn}, seed {batch.seed}, id {batch.id}")
    if unanswered:
        page.heading("Not answered")
        for question in unanswered:
            page.say(question.told, indent=2)
    return page


def _say_events(page: Page, forecasts: Sequence[DatedForecast], batch: Batch) -> None:
    """Adds the table of probabilities, if there are any."""
    events = [each for each in forecasts if isinstance(each.answer, EventForecast)]
    if not events:
        return
    drawn = bool(batch.per_vector)
    columns = [numeric("%"), TableColumn("interval")]
    columns += [TableColumn("over the ranges")] * drawn + [numeric("raw"), numeric("base")]
    page.gap()
    page.table(
        [*columns, worded("question")],
        [_row(each, drawn=drawn) for each in events],
        labels=1,
    )
    page.say(
        f"In brackets the {interval_name(drawn=drawn)}. Raw: the share of runs. Base: how often "
        "the record up to the day lets one expect it. The forecast mixes both, by a weight learned "
        "from backtests (docs/forecasting.md).",
        indent=2,
    )
    bases = [each.base for each in events if each.base is not None]
    for note in dict.fromkeys(base.note for base in bases if base.note):
        page.say(f"Note: {note}.", indent=2)
    reasons = dict.fromkeys(base.reason for base in bases if base.reason)
    for reason in reasons:
        page.say(f"No base rate: {reason}.", indent=2)


def _row(forecast: DatedForecast, *, drawn: bool) -> list[str]:
    answer, raw, base = forecast.answer, forecast.raw, forecast.base
    assert isinstance(answer, EventForecast)
    assert isinstance(raw, EventForecast)
    assert base is not None
    found = answer.probability
    cells = [*chances(found.value, found.low, found.high)]
    if drawn:
        cells.append(chance_range(*answer.moves_between) if answer.moves_between else "")
    cells.append(number_text(100.0 * raw.probability.value, 1))
    cells.append(NOTHING if base.rate is None else number_text(100.0 * base.rate, 1))
    few = f" ({out_of(answer.n, answer.of)})" if forecast.question.given else ""
    return [*cells, f"{forecast.question.text}{few}"]


def _say_quantity(page: Page, text: str, answer: QuantityForecast) -> None:
    """Adds the distribution of a number."""
    page.gap()
    scale = "" if answer.unit == "date" else scale_text(answer.unit)
    page.say(f"{text} ({scale})" if scale else text, indent=2)
    if not answer.n:
        page.say(f"applies to none of {count_text(answer.of, 'run')}", indent=4)
        return
    quantiles = [_text(answer.quantiles[name], answer) for name in SHOWN]
    page.table([numeric(heading) for heading in SHOWN.values()], [quantiles], indent=4)
    if answer.n < answer.of:
        page.say(f"where it applies: {out_of(answer.n, answer.of)}", indent=4)


def _text(value: float, answer: QuantityForecast) -> str:
    return day_text(value) if answer.unit == "date" else number_text(value, step=answer.step)
