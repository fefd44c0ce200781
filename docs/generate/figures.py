"""Charts of the trade model: trade and revenue under duties, ignorance, sectors, real incomes.

Each function returns a matplotlib figure with units on its axes and a line below that states source
and method. Colours are those of Okabe and Ito, which colour-blind readers can distinguish.
matplotlib is an extra (`plot`); nothing else imports this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from sim.economy.records import FENTANYL, RECIPROCAL
from sim.economy.sectors import END_GOOD, FIRST_GOOD, GOODS
from sim.economy.tariffs import good_cover, import_avg_pct
from sim.economy.welfare_grid import apply_equilibrium
from sim.engine.world import opening
from sim.experiment.tariffs.duties import Pair
from sim.experiment.tariffs.impact import BAND, Impact, ends
from sim.experiment.tariffs.schedule import set_duties
from sim.model.tables.codes import CN, US
from sim.report.figures.style import (
    BLUE,
    COLOURS,
    GREY,
    ORANGE,
    SIZE,
    SMALL,
    STROKES,
    VERMILION,
    new_figure,
    note,
    sourced,
)
from sim.scenario.duty_schedule import BASELINE

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.tariffs.replay import ReplayMonth
    from sim.model.tables.params import Params
    from sim.model.tables.state import State
    from sim.scenario.resolved_scenario import Resolved

Floats = npt.NDArray[np.float64]

DOUBTED: Final = (
    ("us_imports_usd_bn_per_month", "US imports from China", "$ bn a month"),
    ("us_revenue_usd_bn_per_year", "US duties on Chinese goods", "$ bn a year"),
    ("us_household_cost_usd_per_year", "Cost to a US household", "$ a year"),
)
"""Outcomes of the chart of ignorance: column, title, unit."""

REPLAYED: Final = {
    "us_imports": "US imports from China",
    "cn_imports": "US exports to China",
    "deficit": "US deficit with China",
    "us_duties": "US duties on all goods",
}
"""Series of the chart of 2025, with titles."""

REPLIES_PP: Final = (0.0, 10.0, 60.0, 125.0)
THETAS: Final = (1.2, 2.0, 3.06, 4.5, 6.6)
"""Elasticities of the chart of real incomes; its band spans all of them."""
CENTRAL_THETA: Final = 3.06


def imports_figure(impact: Impact) -> Figure:
    """Returns US imports from China month by month under one or two pairs of duties.

    The band spans 90 % of the draws from the priors; the line is at central values.
    """
    figure = new_figure(4.1)
    axes = figure.subplots()
    place = [line.name for line in impact.monthly].index("us_imports_usd_bn_per_month")
    before = float(impact.before[impact.place("us_imports_usd_bn_per_month")])
    months = np.arange(len(impact.days) + 1)
    for number, pair in enumerate(impact.duties):
        low, high = np.quantile(impact.draws_path[:, number, :, place], BAND, axis=0)
        colour = COLOURS[number]
        axes.fill_between(
            months, _after(before, low), _after(before, high), color=colour, alpha=0.2, linewidth=0
        )
        axes.plot(
            months,
            _after(before, impact.central_path[number, :, place]),
            STROKES[number],
            color=colour,
            linewidth=2,
            label=f"US +{pair.us_pp:g}, China +{pair.cn_pp:g} points",
        )
    axes.axhline(before, color=GREY, linewidth=1)
    note(axes, "monthly mean of 2024", (months[-1], before), (0, 3), ha="right")
    axes.set_xlabel("months since the duties took effect (months)")
    axes.set_ylabel("US imports from China ($ bn a month)")
    axes.set_xlim(0, months[-1])
    axes.set_ylim(0, 1.12 * before)
    axes.legend(loc="lower left", frameon=False)
    axes.set_title("US imports from China under two pairs of duties", loc="left")
    return sourced(
        figure,
        f"Trade model only, no negotiation; duties in force from {_day(impact.start)}. Line: "
        f"central values. Band: 5 to 95 % of {impact.n} draws of {len(impact.drawn)} parameters "
        "from their priors. Base: census and HS10 trade of 2024.",
    )


def laffer_figure(impact: Impact) -> Figure:
    """Returns US revenue on Chinese goods against the points added, with its peak.

    Args:
        impact: One pair of duties for each position on the horizontal axis, US points rising.
    """
    figure = new_figure(4.3)
    axes = figure.subplots()
    place = impact.place("us_revenue_usd_bn_per_year")
    points = np.array([pair.us_pp for pair in impact.duties])
    low, high = np.quantile(impact.draws[:, :, place], BAND, axis=0)
    axes.fill_between(points, low, high, color=BLUE, alpha=0.2, linewidth=0, label="90 % of draws")
    axes.plot(points, impact.central[:, place], color=BLUE, linewidth=2, label="central values")
    axes.axhline(impact.before[place], color=GREY, linewidth=1)
    note(axes, "collected in 2024", (points[-1], impact.before[place]), (-2, -10), ha="right")
    best = peak(points, impact.central[:, place])
    peaks = np.array([peak(points, row) for row in impact.draws[:, :, place]])
    left, right = ends(peaks)
    beyond = float(np.mean(peaks >= points[-1]))
    axes.axvline(best, color=VERMILION, linewidth=1.5, linestyle="--")
    axes.axvspan(left, right, ymax=0.05, color=VERMILION, alpha=0.5, linewidth=0)
    more = f" or more ({100 * beyond:.0f} % of draws peak beyond)" if beyond > 0.05 else ""
    note(
        axes,
        f"most revenue at +{best:.0f} points;\n90 % of draws: {left:.0f} to {right:.0f}{more}",
        (best, 1.05 * high.max()),
        (6, -22),
        color=VERMILION,
    )
    axes.set_xlabel("points added by the US on Chinese goods (percentage points)")
    axes.set_ylabel("US duties on Chinese goods ($ bn a year)")
    axes.set_xlim(points[0], points[-1])
    axes.set_ylim(0, 1.05 * high.max())
    axes.legend(loc="upper right", frameon=False)
    axes.set_title(f"US revenue on Chinese goods after {len(impact.days)} months", loc="left")
    return sourced(
        figure,
        f"Trade model only; the first {_cap(impact):g} points apply to all goods, those above "
        f"exempt phones and computers. {impact.n} draws from the priors. The bar at the bottom "
        "spans the peaks of 90 % of the draws. Base: HS10 imports and duties of 2024.",
    )


def ignorance_figure(fixed: Batch, drawn: Batch, days: Sequence[date]) -> Figure:
    """Returns the spread of three outcomes by luck only, and by luck and ignorance.

    Args:
        fixed: Runs at central values.
        drawn: Runs of the same scenario with parameters drawn from their priors.
        days: Days on which the outcomes were read in both.
    """
    figure = new_figure(3.7)
    panels = figure.subplots(1, len(DOUBTED))
    x = np.array([day.toordinal() for day in days], dtype=np.float64)
    ticks = range(0, len(days), 1 + len(days) // 4)
    for axes, (column, title, unit) in zip(panels, DOUBTED, strict=True):
        for batch, colour, stroke, alpha, label in (
            (drawn, VERMILION, "--", 0.25, "parameters drawn"),
            (fixed, BLUE, "-", 0.4, "central values"),
        ):
            low, middle, high = dated_quantiles(batch, column, days)
            axes.fill_between(x, low, high, color=colour, alpha=alpha, linewidth=0, label=label)
            axes.plot(x, middle, stroke, color=colour, linewidth=1.5)
        axes.set_title(title, loc="left", fontsize=SIZE)
        axes.set_ylabel(unit)
        axes.set_xlabel("day (date)")
        axes.set_ylim(bottom=0)
        axes.set_xlim(x[0], x[-1])
        axes.set_xticks(
            [x[tick] for tick in ticks], [f"{days[tick]:%-d %b}\n{days[tick]:%Y}" for tick in ticks]
        )
    panels[0].legend(loc="lower left", frameon=False, fontsize=SMALL)
    return sourced(
        figure,
        f"Scenario {fixed.resolved.name}. Bands: 5 to 95 % of runs, lines: medians. Central "
        f"values: {fixed.n} runs, luck only. Drawn: {drawn.n} runs, a new parameter vector "
        f"every {drawn.per_vector} runs.",
    )


def duty_figure(resolved: Resolved, pair: Pair) -> Figure:
    """Returns the duty on each sector of US imports, stacked by layer.

    Args:
        resolved: Scenario before any duty was added.
        pair: The points added.
    """
    from sim.scenario.baseline import sector_labels

    params, state = opening(resolved, None)
    steps = pair.steps(BASELINE.toordinal(), params.fentanyl_cap_pp)
    set_duties(state, params, steps, BASELINE)
    labels = sector_labels()
    goods = sorted(range(FIRST_GOOD[US], END_GOOD[US]), key=lambda g: params.good_value_usd_bn[g])
    layers = (
        ("collected in 2024", GREY, [params.good_duty_pct[good] for good in goods]),
        *(
            (
                f"{words}, {state.duty_pp[US][layer]:g} points",
                colour,
                [
                    state.duty_pp[US][layer] * good_cover(state, params, US, layer, good)
                    for good in goods
                ],
            )
            for layer, words, colour in (
                (FENTANYL, "fentanyl layer on all goods", BLUE),
                (RECIPROCAL, "reciprocal layer on goods not exempt", ORANGE),
            )
        ),
    )
    figure = new_figure(6.4)
    axes = figure.subplots()
    rows = np.arange(len(goods))
    reached = np.zeros(len(goods))
    for label, colour, heights in layers:
        axes.barh(rows, heights, left=reached, color=colour, height=0.75, label=label)
        reached = reached + np.array(heights)
    state.added_avg_pp[US] = _weighted_points(params.good_value_usd_bn, goods, layers[1:])
    average = import_avg_pct(state, params, US)
    axes.axvline(average, color="black", linewidth=1, linestyle="--")
    note(axes, f"average {average:.0f}", (average, len(goods) - 1.0), (4, -2))
    for row, total in enumerate(reached):
        axes.text(
            total + 0.3,
            row,
            f"{total:.0f}",
            va="center",
            fontsize=SMALL,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )
    axes.set_yticks(
        rows,
        [f"{labels[GOODS[good]]} ({params.good_value_usd_bn[good]:.0f})" for good in goods],
        fontsize=SMALL,
    )
    axes.set_ylim(-0.6, len(goods) - 0.4)
    axes.set_xlim(0, 1.14 * reached.max())
    axes.set_xlabel("duty on Chinese goods (per cent of customs value)")
    axes.set_ylabel("sector (imports of 2024, $ bn)")
    axes.legend(
        loc="lower center", bbox_to_anchor=(0.35, 1.0), ncols=1, frameon=False, fontsize=SMALL
    )
    axes.set_title("")
    return sourced(
        figure,
        f"{pair.us_pp:g} points added since 20 January 2025, in law; 2024 rates as collected "
        "(section 301 among them). Coverage by sector: lists of mid-2025 matched to HS10 imports. "
        "Steps of 2025 on metals and cars (section 232) are not shown.",
    )


def income(params: Params, state: State, region: int, us_pp: float, cn_pp: float) -> float:
    """Returns the long-run change of a region's real income at a pair of duties, in per cent."""
    apply_equilibrium(state, params, us_pp, cn_pp)
    return state.real_income_pct[region]


def welfare_figure(resolved: Resolved) -> Figure:
    """Returns real income of the US and China against the US duty, for four Chinese replies.

    Lines at the central trade elasticity; bands span 90% of its prior. Each row has its own
    scale.
    """
    us_pp = np.linspace(0.0, 150.0, 76)
    figure = new_figure(4.8)
    panels = figure.subplots(2, len(REPLIES_PP), sharex=True, sharey="row")
    worlds = {
        theta: opening(resolved, {"trade.us.sigma_12m": 1.0 + theta, "trade.sigma_long_ratio": 1.0})
        for theta in THETAS
    }
    for region, who, colour in ((US, "US", BLUE), (CN, "China", VERMILION)):
        for axes, reply in zip(panels[region], REPLIES_PP, strict=True):
            lines = {
                theta: np.array([income(*world, region, us, reply) for us in us_pp])
                for theta, world in worlds.items()
            }
            stack = np.array(list(lines.values()))
            axes.fill_between(
                us_pp, stack.min(axis=0), stack.max(axis=0), color=colour, alpha=0.25, linewidth=0
            )
            axes.plot(us_pp, lines[CENTRAL_THETA], color=colour, linewidth=2)
            axes.axhline(0.0, color=GREY, linewidth=1)
            axes.set_xlim(0, 150)
            axes.set_xticks([0, 50, 100, 150])
            if region == US:
                axes.set_title(f"China adds {reply:g}", loc="left")
        panels[region][0].set_ylabel(f"real income, {who}\n(change, per cent)")
    for axes in panels[CN]:
        axes.set_xlabel("US adds (points)")
    return sourced(
        figure,
        "Eight regions, one sector, exact changes from flows and incomes of 2023 "
        "(BACI, World Bank); deficits a fixed share of world income, revenue returned. Line: "
        "trade elasticity 3.1. Band: 1.2 to 6.6, 90% of its prior. Points: percentage points. "
        "The rows differ in scale.",
    )


def replay_figure(months: Sequence[ReplayMonth]) -> Figure:
    """Returns trade and duties of 2025 month by month: the model's replay and the record."""
    figure = new_figure(5.0)
    panels = figure.subplots(2, len(REPLAYED) // 2, sharex=True)
    x = np.arange(len(months))
    for axes, (series, title) in zip(panels.flat, REPLAYED.items(), strict=True):
        record = [month.record[series] for month in months]
        model = [month.model[series] for month in months]
        axes.plot(x, model, "-", color=BLUE, linewidth=2, label="model")
        axes.plot(
            x,
            [np.nan if value is None else value for value in record],
            "o--",
            color=VERMILION,
            linewidth=1,
            markersize=4,
            label="record",
        )
        axes.set_title(title, loc="left", fontsize=SIZE)
        axes.set_ylabel("$ bn a month")
        axes.set_ylim(bottom=0)
    for axes in panels[-1]:
        axes.set_xticks(x, [f"{month.first:%b}" for month in months])
        axes.set_xlabel("month of 2025")
    panels[0][0].legend(loc="lower left", frameon=False, fontsize=SMALL)
    return sourced(
        figure,
        "Replay from December 2024 at central values, under the duties and announcements on "
        "record. Record: US Census, not seasonally adjusted, to July (4 September 2025); Monthly "
        "Treasury Statement to September (16 October 2025). Duties on goods of other countries "
        "are the points in law on what was imported, times the share paid.",
    )


# ------------------------------------------------------------------------------------ arithmetic


def peak(x: Floats, y: Floats) -> float:
    """Returns the position of the highest point of a curve given at rising positions.

    It is the top of the parabola through the highest point and its neighbours, or the end of the
    curve if that is highest.
    """
    top = int(np.argmax(y))
    if top in {0, len(x) - 1}:
        return float(x[top])
    bend, slope, _ = np.polyfit(x[top - 1 : top + 2], y[top - 1 : top + 2], 2)
    return float(-slope / (2.0 * bend)) if bend < 0.0 else float(x[top])


def dated_quantiles(
    batch: Batch, column: str, days: Sequence[date]
) -> tuple[Floats, Floats, Floats]:
    """Returns the 5, 50 and 95 % quantiles over finished runs of a dated outcome, day by day."""
    done = batch.finished
    rows = [np.quantile(batch.values[f"{column}@{day}"][done], (0.05, 0.5, 0.95)) for day in days]
    low, middle, high = np.array(rows).T
    return low, middle, high


def _weighted_points(
    value: Sequence[float], goods: Sequence[int], layers: Sequence[tuple[str, str, list[float]]]
) -> float:
    """Returns the points of some layers on average, weighted by imports of 2024."""
    weights = np.array([value[good] for good in goods])
    points = np.sum([heights for _, _, heights in layers], axis=0)
    return float(weights @ points / weights.sum())


def _after(before: float, path: Floats) -> Floats:
    """Returns a path with its initial value in front."""
    return np.concatenate(([before], path))


def _cap(impact: Impact) -> float:
    """Returns the highest number of points in the fentanyl layer."""
    return impact.resolved.parameters["us.fentanyl.cap_pp"].value


def _day(ordinal: int) -> str:
    return f"{date.fromordinal(ordinal):%-d %B %Y}"


# ----------------------------------------------------------------------------------------- style
