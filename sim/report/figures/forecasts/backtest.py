"""Charts of a backtest: reliability, transforms, skill by horizon, and fans over history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.backtest.backtests.duty_scores import duty_forecasts
from sim.backtest.backtests.ledger import INFORMED, MODEL
from sim.backtest.backtests.origin_forecasts import DUTIES
from sim.backtest.backtests.resolved import MIXED
from sim.experiment.stats.intervals import Estimate
from sim.history.tariffs import LAST_DAY, duty_steps
from sim.report.figures.style import (
    GREY,
    INK,
    PURPLE,
    SIZE,
    SKY,
    SMALL,
    new_figure,
    note,
    sourced,
    subject_colour,
)
from sim.report.words.numbers import count_text

if TYPE_CHECKING:
    from sim.backtest.backtests.backtest import Backtest
    from sim.backtest.backtests.scoring import HorizonScores

_MARKS: Final = {
    MODEL: ("the model", INK, "s", -0.015),
    MIXED: ("the mixture with the drifting rate", PURPLE, "o", 0.0),
}
"""Name, colour and marker in charts of reliability, and a shift that keeps both apart."""

_SKILLED: Final = {
    MODEL: ("the model", INK, "s"),
    MIXED: ("the mixture", PURPLE, "o"),
    INFORMED: ("informed hazards of the pilot study", SKY, "^"),
}
_DUTIES: Final = {
    "us_avg_pct": ("average US duty", subject_colour("us_avg_pct"), "v"),
    "cn_avg_pct": ("average Chinese duty", subject_colour("cn_avg_pct"), "D"),
}
_BANDS: Final = ((0.05, 0.95, 0.2), (0.25, 0.75, 0.35))
_WORST: Final = -1.0
"""Skill at which charts end; what lies below is drawn there."""

_SPREAD: Final = 0.2
"""Distance of the marks of one horizon, in horizons."""


def reliability_figure(found: Backtest, *, narrow: bool = False) -> Figure:
    """Returns the chart of forecast probabilities against shares that came, by horizon."""
    across = 1 if narrow else 2
    down = -(-len(found.scores) // across)
    figure = new_figure(1.2 + 3.0 * down)
    panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    for place, (axes, scores) in enumerate(zip(panels.flat, found.scores, strict=False)):
        _draw_reliability(axes, scores, named=place == 0)
    for axes in panels.flat[len(found.scores) :]:
        axes.set_visible(False)
    for axes in panels[-1]:
        axes.set_xlabel("forecast (mean of the bin, %)")
    for axes in panels[:, 0]:
        axes.set_ylabel("came (% of the bin)")
    done = sourced(
        figure,
        f"{_origins(found)} Bins of ten points, pooled until they hold ten forecasts; small "
        "numbers: forecasts of the mixture in a bin. Lines: 95% bands for all bins at once, from "
        "blocks of consecutive origins. Grey: where 95% of the shares of reliable and independent "
        "forecasts lie.",
    )
    return _with_legend(done, panels.flat[0], across)


def _draw_reliability(axes: Axes, scores: HorizonScores, *, named: bool) -> None:
    axes.plot([0.0, 100.0], [0.0, 100.0], color=GREY, linewidth=1.0)
    for who, (words, colour, mark, shift) in _MARKS.items():
        table = scores.reliability[who]
        at = 100.0 * (np.array([each.forecast for each in table]) + shift)
        shares = 100.0 * np.array([each.observed for each in table])
        if who == MIXED:
            ends = 100.0 * np.array([each.consistent for each in table]).T
            label = "consistency band of the mixture" if named else "_"
            axes.vlines(at, *ends, color=GREY, alpha=0.4, linewidth=6.0, label=label)
            for x, y, each in zip(at, shares, table, strict=True):
                note(axes, str(each.count), (float(x), float(y)), (5, 2))
        ends = 100.0 * np.array([each.simultaneous for each in table]).T
        axes.vlines(at, *ends, color=colour, linewidth=1.2)
        axes.plot(at, shares, mark, color=colour, markersize=4.5, label=words if named else "_")
    axes.set_xlim(-3.0, 103.0)
    axes.set_ylim(-3.0, 103.0)
    axes.set_title(f"within {scores.horizon} days", loc="left")


def transform_figure(found: Backtest, *, narrow: bool = False) -> Figure:
    """Returns the chart of where duties fell in their forecasts: shares in fifths of the
    probability, by horizon."""
    figure = new_figure(1.6 + 1.7 * len(found.scores) if narrow else 4.2)
    shape = (len(DUTIES), len(found.scores))
    drawn = figure.subplots(*(shape[::-1] if narrow else shape), sharex=True, sharey=True)
    # A row for each duty, however they are arranged.
    panels = np.reshape(drawn.T if narrow else drawn, shape)
    for row, duty in zip(panels, DUTIES, strict=True):
        words, colour, _ = _DUTIES[duty]
        for axes, scores in zip(row, found.scores, strict=True):
            table = scores.duties[duty].transform
            at = np.arange(len(table))
            shares = 100.0 * np.array([each.observed for each in table])
            low, high = 100.0 * np.array([each.simultaneous for each in table]).T
            axes.bar(at, shares, 0.85, color=colour, alpha=0.6)
            axes.vlines(at, low, high, color=INK, linewidth=1.2)
            axes.axhline(100.0 / len(table), color=INK, linewidth=1.0, linestyle="--")
            axes.set_xticks(at, ["lowest", "", "middle", "", "highest"])
            axes.set_title(f"within {scores.horizon} days", loc="left")
            if narrow or axes is row[0]:
                axes.set_ylabel(f"{words}\n(% of what came)")
    panels[0 if narrow else -1][-1 if narrow else 0].set_xlabel("fifth of the forecast probability")
    done = sourced(
        figure,
        f"{_origins(found)} Randomised probability integral transforms: the rank of the duty "
        "that came among the runs, ties broken at random. Right forecasts have a fifth in each "
        "(dashed). Lines: 95% bands for all fifths at once, from blocks of consecutive origins.",
    )
    for axes in panels.flat:
        axes.tick_params(axis="x", labelsize=SMALL - 1.0)
        axes.title.set_fontsize(SIZE)
        axes.yaxis.label.set_fontsize(SMALL + 0.5)
    return done


def skill_figure(found: Backtest, *, narrow: bool = False) -> Figure:
    """Returns the chart of skill by horizon: over the drifting rate in all and by administration,
    and of duties over persistence."""
    regimes = list(dict.fromkeys(r.regime for scores in found.scores for r in scores.regimes))
    pooled, duties, *panels = _skill_panels(len(regimes), narrow=narrow)
    figure = pooled.get_figure(root=True)
    assert figure is not None
    horizons = [str(scores.horizon) for scores in found.scores]
    for place, (who, (words, colour, mark)) in enumerate(_SKILLED.items()):
        _draw_skill(pooled, [s.skill[who] for s in found.scores], place, colour, mark, words)
    for place, (duty, (words, colour, mark)) in enumerate(_DUTIES.items()):
        skills = [scores.duties[duty].skill for scores in found.scores]
        _draw_skill(duties, skills, place + 0.5, colour, mark, words)
    pooled.set_title("Acts, over the drifting rate (Brier)", loc="left")
    duties.set_title("Duties, over persistence (CRPS)", loc="left")
    for axes, regime in zip(panels, regimes, strict=True):
        rows = [
            (place, each)
            for place, scores in enumerate(found.scores)
            for each in scores.regimes
            if each.regime == regime
        ]
        for shift, (who, (_, colour, mark)) in enumerate(_SKILLED.items()):
            skills = [each.skill[who] for _, each in rows]
            _draw_skill(axes, skills, shift, colour, mark, "_", at=[place for place, _ in rows])
        axes.set_title(f"Acts, {regime}", loc="left")
    for axes in figure.axes:
        axes.axhline(0.0, color=INK, linewidth=1.0)
        axes.set_ylim(_WORST - 0.05, 1.0)
        axes.set_xlim(-0.5, len(horizons) - 0.5)
        axes.set_xticks(range(len(horizons)), horizons)
        axes.set_xlabel("horizon (days)")
    for axes in (pooled, duties, *panels) if narrow else (pooled, panels[0]):
        axes.set_ylabel("skill (1 = perfect)")
    done = sourced(
        figure,
        f"{_origins(found)} Skill: share of the score of the reference that is saved; 0: no "
        "better. Lines: 95% intervals from blocks of consecutive origins; cut off below -1.",
    )
    handles, labels = pooled.get_legend_handles_labels()
    more, names = duties.get_legend_handles_labels()
    done.legend(
        [*handles, *more], [*labels, *names], loc="outside upper left", ncols=1 if narrow else 3,
        frameon=False, fontsize=SMALL + 0.5,
    )  # fmt: skip
    return done


def _skill_panels(regimes: int, *, narrow: bool) -> list[Axes]:
    """Returns the panels of acts in all, of duties, and of acts by administration."""
    if narrow:
        down = 2 + regimes
        return list(new_figure(1.4 + 2.0 * down).subplots(down, 1))
    figure = new_figure(5.4)
    # Six columns are divided by two and by one to three.
    grid = figure.add_gridspec(2, 6)
    above = [figure.add_subplot(grid[0, 3 * k : 3 * k + 3]) for k in range(2)]
    wide = 6 // regimes
    return above + [figure.add_subplot(grid[1, wide * k : wide * (k + 1)]) for k in range(regimes)]


def _draw_skill(
    axes: Axes,
    skills: Sequence[Estimate],
    place: float,
    colour: str,
    mark: str,
    words: str,
    at: Iterable[int] | None = None,
) -> None:
    """Draws the skill of a forecaster at some horizons, beside those of others."""
    x = np.array(list(range(len(skills)) if at is None else at)) + _SPREAD * (place - 1.0)
    values = np.array([max(each.value, _WORST) for each in skills])
    low = np.array([max(each.low, _WORST) for each in skills])
    axes.vlines(x, low, [min(each.high, 1.0) for each in skills], color=colour, linewidth=1.4)
    axes.plot(x, values, mark, color=colour, markersize=4.5, label=words)


def fan_figure(found: Backtest) -> Figure:
    """Returns the chart of forecasts of the two average duties from some origins, over what the
    duties were. Fans do not overlap."""
    figure = new_figure(5.4)
    panels = figure.subplots(len(DUTIES), 1, sharex=True)
    reach = max(found.horizons)
    origins: list[int] = []
    for origin in found.origins:
        if not origins or origin >= origins[-1] + reach:
            origins.append(origin)
    for axes, duty in zip(panels, DUTIES, strict=True):
        words, colour, _ = _DUTIES[duty]
        _draw_record(axes, duty, found.origins[0])
        forecasts = {h: list(duty_forecasts(duty, h, found.forecasts)) for h in found.horizons}
        for number, origin in enumerate(origins):
            place = found.origins.index(origin)
            members = [forecasts[horizon][place] for horizon in found.horizons]
            x = np.array([origin, *(origin + horizon for horizon in found.horizons)])
            for low, high, density in _BANDS:
                ends = np.array(
                    [[members[0].level] * 2]
                    + [np.quantile(each.members, (low, high)) for each in members]
                ).T
                label = f"middle {100 * (high - low):.0f}% of runs" if not number else "_"
                axes.fill_between(x, *ends, color=colour, alpha=density, linewidth=0, label=label)
            middle = [members[0].level, *(float(np.median(each.members)) for each in members)]
            axes.plot(
                x, middle, "--", color=colour, linewidth=1.3, label="_" if number else "median"
            )
            axes.plot(x[:1], middle[:1], "o", color=INK, markersize=3)
        axes.set_ylabel("% of customs value")
        axes.set_title(words[0].upper() + words[1:], loc="left")
        axes.set_ylim(bottom=0.0)
    years = range(date.fromordinal(found.origins[0]).year, 2027)
    panels[-1].set_xticks([date(year, 1, 1).toordinal() for year in years], list(map(str, years)))
    panels[-1].set_xlim(found.origins[0] - 90, max(LAST_DAY, origins[-1] + reach))
    panels[-1].set_xlabel("1 January of the year")
    done = sourced(
        figure,
        f"{count_text(found.n, 'run')} from each dot, seed {found.seed}, by the model alone; fans "
        f"join the distributions after {', '.join(map(str, found.horizons))} days. Record: average "
        "duties on the base of the Peterson Institute (PIIE), to 23 October 2025.",
    )
    for axes in panels:
        axes.legend(loc="upper left", frameon=False, fontsize=SMALL, ncols=2)
    return done


def _draw_record(axes: Axes, duty: str, first: int) -> None:
    steps = [step for step in duty_steps(duty) if step.day <= LAST_DAY]
    x = [*(step.day for step in steps), LAST_DAY]
    y = [*(step.value for step in steps), steps[-1].value]
    axes.plot(x, y, drawstyle="steps-post", color=INK, linewidth=1.4, label="record")


def _origins(found: Backtest) -> str:
    first, last = (date.fromordinal(found.origins[place]) for place in (0, -1))
    return (
        f"Backtest from {len(found.origins)} origins, {first} to {last}, {found.n:,} runs each, "
        f"seed {found.seed}."
    )


def _with_legend(figure: Figure, axes: Axes, across: int) -> Figure:
    """Returns a figure with the legend of one of its panels above all."""
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside upper left",
        ncols=2 * across - 1,
        frameon=False,
        fontsize=SMALL + 0.5,
    )
    return figure
