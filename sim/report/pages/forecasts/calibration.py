"""Page of a calibration: what the record tells about each parameter."""

from __future__ import annotations

from datetime import date
from typing import Any

from sim.backtest.conditioning.channels import CHANNELS
from sim.backtest.conditioning.fitting import TELLING, Calibration, Fitted, Learned
from sim.report.page import Page, numeric, worded
from sim.report.words.names.inputs import above
from sim.report.words.numbers import day_text, number_text


def calibration_page(found: Calibration) -> Page:
    """Returns priors and posteriors, acts expected and told, and how well draws were made."""
    page = Page()
    fitted = found.fitted
    until = date.fromordinal(fitted.posterior.until)
    page.title(f"What the record up to {day_text(until)} tells about the parameters")
    told = [each for each in fitted.parameters if each.is_told]
    page.say(
        f"{len(told)} of {len(fitted.parameters)} declared parameters are known better than before "
        f"(spread below {TELLING} of that of the prior). All others keep their priors. The record "
        f"is {number_text(fitted.gain, 0)} nats likelier at the mode than at central values."
    )
    page.gap()
    columns = [
        worded("parameter"),
        numeric("prior 5-95%"),
        numeric("posterior 5-95%"),
        numeric("spread"),
    ]
    page.table(columns, [_row(each) for each in fitted.parameters])
    _say_acts(page, fitted)
    _say_draws(page, fitted)
    page.gap()
    if found.file is None:
        page.say("Nothing was written; --out FILE.json keeps the draws for --parameters.")
    else:
        page.verbatim(f"{found.file}")
    page.verbatim(found.command)
    return page


def _row(learned: Learned) -> list[str]:
    return [
        above(learned.name),
        _span(learned.prior),
        _span(learned.interval),
        f"{learned.spread:.2f}",
    ]


def _span(ends: tuple[float, float]) -> str:
    low, high = (f"{end:.3g}" for end in ends)
    return f"{low} to {high}"


def _say_acts(page: Page, fitted: Fitted) -> None:
    """Writes how many acts of each kind the model expects in the situations of the record."""
    page.gap()
    page.say("Acts on record, and acts expected in the situations that came")
    columns = [worded("act"), numeric("told"), numeric("central"), numeric("posterior")]
    rows = [
        [
            channel.name,
            number_text(fitted.told[place], 0),
            number_text(fitted.before[place], 1),
            number_text(fitted.after[place], 1),
        ]
        for place, channel in enumerate(CHANNELS)
    ]
    page.table(columns, rows)


def _say_draws(page: Page, fitted: Fitted) -> None:
    cloud = fitted.cloud
    page.gap()
    page.say(
        f"{len(cloud.scores):,} equally likely draws, by sequential Monte Carlo in "
        f"{len(cloud.rises)} steps; effective size before each resampling "
        f"{', '.join(f'{size:,.0f}' for size in cloud.ess)}; share of moves accepted "
        f"{', '.join(f'{share:.2f}' for share in cloud.accepted)}; {cloud.ancestors} ancestors. "
        f"Pareto k of plain importance sampling {cloud.pareto_k:.2f} (below 0.7 it could be "
        "trusted alone)."
    )
    if not fitted.mode.converged:
        page.say("The mode was not reached: trust the draws less, and take more of them.")


def calibration_json(found: Calibration) -> dict[str, Any]:
    """Returns a calibration as JSON holds it."""
    fitted = found.fitted
    return {
        "schema": 1,
        "until": date.fromordinal(fitted.posterior.until).isoformat(),
        "file": None if found.file is None else str(found.file),
        "command": found.command,
        "gain_nats": fitted.gain,
        "parameters": [
            {
                "name": each.name,
                "central": each.central,
                "prior": list(each.prior),
                "mean": each.mean,
                "posterior": list(each.interval),
                "spread": each.spread,
                "is_told": each.is_told,
            }
            for each in fitted.parameters
        ],
        "acts": [
            {
                "name": channel.name,
                "told": fitted.told[place],
                "central": fitted.before[place],
                "posterior": fitted.after[place],
            }
            for place, channel in enumerate(CHANNELS)
        ],
        "sampler": fitted.sampler,
    }
