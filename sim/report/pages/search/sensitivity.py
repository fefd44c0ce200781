"""Page of a sensitivity analysis: assumptions that drive an outcome, and the share of luck."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.experiment.sensitivity.analysis import WORTH_TELLING
from sim.report.page import Page, numeric, worded
from sim.report.words.glossary import held_fixed
from sim.report.words.names.inputs import above, input_words, named
from sim.report.words.numbers import NOTHING, count_text, number_text, seconds_text, unit_mark
from sim.report.words.targets import mean_text, target_words

if TYPE_CHECKING:
    from sim.experiment.outcomes.targets import Target
    from sim.experiment.sensitivity.analysis import Drivers, Screened, Sensitivity, VarianceShare
    from sim.experiment.stats.intervals import Estimate

NAMED: Final = 3
"""Number of factors named in the summary."""

WIDE: Final = 0.25
"""Half-width of a share of the variance above which more points are recommended."""


def sensitivity_page(found: Sensitivity) -> Page:
    """Returns the page of a sensitivity analysis."""
    page = Page()
    page.title(f"{found.scenario}   sensitivity to assumptions")
    factors = len(found.drivers[0].shares)
    page.say(
        f"{count_text(factors, 'factor')}, {found.points} base points of the Sobol sequence, "
        f"{count_text(found.replicates, 'run')} at each point of the design with the same luck, "
        f"{found.runs:,} runs in all, seed {found.seed}"
    )
    page.say(found.question)
    for drivers in found.drivers:
        _outcome(page, drivers, found.replicates)
    if found.screened:
        _screening(page, found)
    page.gap()
    varied = {share.factor.name for drivers in found.drivers for share in drivers.shares}
    if held := held_fixed(varied | {row.factor.name for row in found.screened}):
        page.say(held)
    if found.failed:
        page.say(f"{count_text(found.failed, 'replicate')} excluded because a run failed.")
    if found.computed:
        page.say(f"Simulated {found.computed:,} runs in {seconds_text(found.elapsed_s)}.")
    for directory in found.directories:
        page.verbatim(f"Runs and points: {directory}")
    return page


def in_short(drivers: Drivers) -> str:
    """Returns a summary of one outcome."""
    words = target_words(drivers.target)
    if not drivers.varies:
        return f"{words}: the same in every run, so there is nothing to explain."
    if not drivers.is_significant:
        return (
            f"{words}: any effect of these factors cannot be distinguished from luck. The variance "
            f"of its mean is {number_text(drivers.variance.value)}, and the interval includes 0. "
            "Use more --replicates, or an outcome that varies more."
        )
    known = [share for share in drivers.shares if share.is_significant]
    names = "; ".join(_led(share) for share in known[:NAMED])
    depends = f"It depends most on {names}" if known else "No single factor stands out from noise"
    # The shares of luck and of ignorance add up to one.
    return (
        f"{words} is {_level(drivers.target, drivers.mean)} on average, and between "
        f"{_level(drivers.target, drivers.moves_between[0])} and "
        f"{_level(drivers.target, drivers.moves_between[1])} in 90% of draws of the factors. "
        f"{depends}. Of the variance between single runs, luck accounts for "
        f"{_percent(drivers.luck)} and the factors for the rest."
    )


def _led(share: VarianceShare) -> str:
    name = share.factor.name
    words, part = input_words(name), f"{number_text(100.0 * share.total.value, 0)}%"
    return f"{name} ({part})" if words == name else f"{words} ({name}, {part})"


def _outcome(page: Page, drivers: Drivers, replicates: int) -> None:
    page.heading(_heading(drivers.target))
    page.say(in_short(drivers))
    if not drivers.is_significant:
        return
    known = [share for share in drivers.shares if share.is_significant]
    page.gap()
    columns = [
        worded("factor and its range"),
        numeric("alone, %"),
        numeric("in total, %"),
        numeric("lowest\nfifth"),
        numeric("highest\nfifth"),
    ]
    page.table(columns, [_row(drivers.target, share) for share in known], indent=0)
    page.say(
        "Percentages are shares of the variance of the mean (95% interval): of the factor alone, "
        "and in total, including its interactions. The last two columns show the outcome with the "
        "factor in the lowest and in the highest fifth of its range."
    )
    if any(share.total.half_width > WIDE for share in known):
        page.say("These intervals are wide; more points (-n) would narrow them.")
    rest = [named(share.factor.name) for share in drivers.shares if not share.is_significant]
    if rest:
        page.say(f"Not distinguishable from zero: {'; '.join(rest)}. {_more(drivers, replicates)}")
    page.say(_together(drivers))


def _more(drivers: Drivers, replicates: int) -> str:
    """Returns how many replicates would tell the rest from zero."""
    least = f"{number_text(100.0 * WORTH_TELLING, 0)}% of the variance"
    needed = drivers.replicates_needed(replicates)
    if needed is None:
        return f"None of them seems to account for {least}."
    return (
        f"To tell those that seem to account for {least} or more takes about {needed:,} runs at "
        f"each point (--replicates {needed})."
    )


def _row(target: Target, share: VarianceShare) -> list[str]:
    levels = share.curve.levels
    return [
        f"{above(share.factor.name)}, {share.factor.spread}{unit_mark(share.factor.unit)}",
        _percents(share.first),
        _percents(share.total),
        _level(target, levels[0].mean.value, bare=True),
        _level(target, levels[-1].mean.value, bare=True),
    ]


def _together(drivers: Drivers) -> str:
    alone = 100.0 * (1.0 - drivers.together.value)
    text = f"Acting alone, the factors account for {number_text(alone, 0)}% of the variance"
    if drivers.together.low > 0.0:
        return f"{text}; their interactions account for the remaining {_percent(drivers.together)}."
    return f"{text}; their interactions are not distinguishable from zero."


def _screening(page: Page, found: Sensitivity) -> None:
    page.heading("Screening")
    kept = [row for row in found.screened if row.kept]
    left = [row for row in found.screened if not row.kept]
    still = sum(max(row.mu_star) == 0.0 for row in found.screened)
    page.say(
        f"{count_text(len(found.screened), 'factor')} were varied one at a time. The strongest "
        f"{len(kept)} were kept; the others stay at their central values. {still} of all factors "
        "change no run."
    )
    if left:
        best = left[0]
        page.say(
            f"The strongest factor not kept is {named(best.factor.name)}: {_strength(best, found)}."
        )


def _strength(row: Screened, found: Sensitivity) -> str:
    # The strongest factor can differ between outcomes.
    most = [max(strengths) for strengths in zip(*(r.strength for r in found.screened), strict=True)]
    parts = [
        f"{number_text(100.0 * row.strength[place] / most[place], 0)}% of the strongest "
        f"factor's effect on {target_words(drivers.target)}"
        for place, drivers in enumerate(found.drivers)
        if most[place] > 0.0
    ]
    return "; ".join(parts) or "no effect"


def _heading(target: Target) -> str:
    if target.is_share:
        return f"{target_words(target)}, % of runs"
    return f"{target_words(target)}, mean{unit_mark(target.unit)}"


def _level(target: Target, value: float, *, bare: bool = False) -> str:
    if math.isnan(value):
        return NOTHING
    if not target.is_share:
        return mean_text(target, value)
    text = number_text(100.0 * value, 0 if value >= 0.1 else 1)
    return text if bare else f"{text}%"


def _percent(estimate: Estimate) -> str:
    low, high = (number_text(100.0 * end, 0) for end in (estimate.low, estimate.high))
    return f"{number_text(100.0 * estimate.value, 0)}% ({low} to {high})"


def _percents(estimate: Estimate) -> str:
    return _percent(estimate).replace("%", "")
