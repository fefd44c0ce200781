"""Page of a sensitivity analysis: which assumptions an answer hangs on, and how much is luck."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.report.page import Page, numeric, worded
from sim.report.words.numbers import NOTHING, count_text, number_text, seconds_text, unit_mark
from sim.report.words.targets import target_words

if TYPE_CHECKING:
    from sim.experiment.runs.targets import Target
    from sim.experiment.sensitivity.analysis import Drivers, Screened, Sensitivity, VarianceShare
    from sim.experiment.stats.intervals import Estimate

NAMED: Final = 3
"""Factors named in the first sentence."""

WIDE: Final = 0.25
"""Half-width of a share of the variance from which more points are advised."""


def sensitivity_page(found: Sensitivity) -> Page:
    """Returns a sensitivity analysis as text."""
    page = Page()
    page.title(f"{found.scenario}   what the answer hangs on")
    factors = len(found.drivers[0].shares)
    page.say(
        f"{count_text(factors, 'factor')}, {found.points} points of the sequence, "
        f"{count_text(found.replicates, 'run')} at each point of the design with the same luck, "
        f"{found.runs:,} runs in all, seed {found.seed}"
    )
    page.say(found.question)
    for drivers in found.drivers:
        _outcome(page, drivers)
    if found.screened:
        _screening(page, found)
    page.gap()
    if found.failed:
        page.say(
            f"{count_text(found.failed, 'replicate')} left out, as a run could not be finished."
        )
    if found.computed:
        page.say(f"Played {found.computed:,} runs in {seconds_text(found.elapsed_s)}.")
    for directory in found.directories:
        page.verbatim(f"Runs and points: {directory}")
    return page


def in_short(drivers: Drivers) -> str:
    """Returns what a reader should remember of one outcome."""
    words = target_words(drivers.target)
    if not drivers.varies:
        return f"{words} is the same in every run; there is nothing to explain."
    if not drivers.is_told:
        return (
            f"{words}: whether these factors move it cannot be told from luck; the variance of "
            f"its mean is {number_text(drivers.variance.value)}, and its interval holds 0. More "
            "--replicates would help, or an outcome that varies more."
        )
    told = [share for share in drivers.shares if share.is_told]
    names = ", ".join(_led(share) for share in told[:NAMED])
    hangs = f"It hangs most on {names}" if told else "On which of them it hangs cannot be told"
    # Shares of luck and of ignorance add up to one.
    return (
        f"{words} is {_level(drivers.target, drivers.mean)} on average, and between "
        f"{_level(drivers.target, drivers.moves_between[0])} and "
        f"{_level(drivers.target, drivers.moves_between[1])} over 9 in 10 draws of the factors. "
        f"{hangs}. Of the spread of a single run, luck makes "
        f"{_percent(drivers.luck)}, the factors the rest."
    )


def _led(share: VarianceShare) -> str:
    return f"{share.factor.name} ({number_text(100.0 * share.total.value, 0)} %)"


def _outcome(page: Page, drivers: Drivers) -> None:
    page.heading(_heading(drivers.target))
    page.say(in_short(drivers))
    if not drivers.is_told:
        return
    told = [share for share in drivers.shares if share.is_told]
    page.gap()
    columns = [
        worded("factor and its range"),
        numeric("alone, %"),
        numeric("with others, %"),
        numeric("lowest\npart"),
        numeric("highest\npart"),
    ]
    page.table(columns, [_row(drivers.target, share) for share in told], indent=0)
    page.say(
        "Percentages are of the variance of the mean (95 % interval); the last two columns are "
        "the outcome while the factor is in the lowest and in the highest fifth of its range."
    )
    if any(share.total.half_width > WIDE for share in told):
        page.say("Intervals this wide narrow with more points (-n).")
    rest = [share.factor.name for share in drivers.shares if not share.is_told]
    if rest:
        page.say(f"Cannot be told from zero: {', '.join(rest)}.")
    page.say(_together(drivers))


def _row(target: Target, share: VarianceShare) -> list[str]:
    levels = share.curve.levels
    return [
        f"{share.factor.name}, {share.factor.spread}{unit_mark(share.factor.unit)}",
        _percents(share.first),
        _percents(share.total),
        _level(target, levels[0].mean.value, bare=True),
        _level(target, levels[-1].mean.value, bare=True),
    ]


def _together(drivers: Drivers) -> str:
    alone = 100.0 * (1.0 - drivers.together.value)
    text = f"Alone, the factors account for {number_text(alone, 0)} % between them"
    if drivers.together.low > 0.0:
        return f"{text}; the remaining {_percent(drivers.together)} is their doing together."
    return f"{text}; whether they also act together cannot be told from zero."


def _screening(page: Page, found: Sensitivity) -> None:
    page.heading("Screening")
    kept = [row for row in found.screened if row.kept]
    left = [row for row in found.screened if not row.kept]
    still = sum(max(row.mu_star) == 0.0 for row in found.screened)
    page.say(
        f"{count_text(len(found.screened), 'factor')} were moved one at a time; the strongest "
        f"{len(kept)} went on, the others stay at central values. {still} of "
        "all change no run."
    )
    if left:
        best = left[0]
        page.say(f"The strongest left out is {best.factor.name}: {_strength(best, found)}.")


def _strength(row: Screened, found: Sensitivity) -> str:
    # Each outcome may have a strongest factor of its own.
    most = [max(strengths) for strengths in zip(*(r.strength for r in found.screened), strict=True)]
    parts = [
        f"{number_text(100.0 * row.strength[place] / most[place], 0)} % of the strongest "
        f"factor's effect on {target_words(drivers.target)}"
        for place, drivers in enumerate(found.drivers)
        if most[place] > 0.0
    ]
    return "; ".join(parts) or "no effect"


def _heading(target: Target) -> str:
    if target.is_share:
        return f"{target_words(target)}, how often"
    return f"{target_words(target)}, mean{unit_mark(target.unit)}"


def _level(target: Target, value: float, *, bare: bool = False) -> str:
    if math.isnan(value):
        return NOTHING
    if not target.is_share:
        return number_text(value)
    text = number_text(100.0 * value, 0 if value >= 0.1 else 1)
    return text if bare else f"{text} in 100"


def _percent(estimate: Estimate) -> str:
    low, high = (number_text(100.0 * end, 0) for end in (estimate.low, estimate.high))
    return f"{number_text(100.0 * estimate.value, 0)} % ({low} to {high})"


def _percents(estimate: Estimate) -> str:
    return _percent(estimate).replace(" %", "")
