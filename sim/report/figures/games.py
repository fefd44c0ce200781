"""Charts of games: payoffs of each pair of strategies, and packages available at meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.figures.style import (
    BLUE,
    GREY,
    SKY,
    SMALL,
    VERMILION,
    new_figure,
    sourced,
)
from sim.report.words.glossary import PACKAGE_WORDS
from sim.report.words.numbers import count_text, number_text, rounded_up, scale_text
from sim.report.words.targets import payoff_step

if TYPE_CHECKING:
    from sim.experiment.games.game import GameTable

MAP: Final = "cividis"
_WHO: Final = ("Washington", "Beijing")


def payoff_figure(table: GameTable) -> Figure:
    """Returns the chart of both sides' payoffs per pair of strategies, with equilibria framed."""
    rows, columns = (len(own) for own in table.strategies)
    figure = new_figure(1.9 + 0.55 * max(2, rows))
    panels = figure.subplots(1, 2, sharey=True)
    resting = [e for e in table.solution.equilibria if e.is_pure and e.at_means]
    frames = [(e.supports[0][0], e.supports[1][0]) for e in resting]
    for side, axes in enumerate(panels):
        step = payoff_step(table.payoffs[side])
        payoffs = {cell.profile: cell.payoffs[side] for cell in table.solution.cells}
        values = np.array([[payoffs[i, j].value for j in range(columns)] for i in range(rows)])
        axes.imshow(values, cmap=MAP, aspect="auto")
        middle = (float(values.min()) + float(values.max())) / 2.0
        for (i, j), e in payoffs.items():
            half = number_text(rounded_up((e.high - e.low) / 2.0, step), step=step)
            axes.text(
                j,
                i,
                f"{number_text(e.value, step=step)}\n± {half}",
                ha="center",
                va="center",
                color="#111111" if e.value > middle else "#fdfdfd",
                fontsize=SMALL,
            )
        for i, j in frames:
            axes.add_patch(
                Rectangle(
                    (j - 0.47, i - 0.44), 0.94, 0.88, fill=False, color=VERMILION, linewidth=2
                )
            )
        axes.set_xticks(range(columns), [s.name for s in table.strategies[1]])
        axes.set_yticks(range(rows), [s.name for s in table.strategies[0]])
        axes.set_xlabel("Beijing plays")
        unit = table.payoffs[side].unit
        axes.set_title(f"{_WHO[side]}'s payoff ({scale_text(unit) or unit})", loc="left")
    panels[0].set_ylabel("Washington plays")
    head = table.batches[0]
    plays = " and ".join(
        f"{who}'s payoff: {payoff.text}" for who, payoff in zip(_WHO, table.payoffs, strict=True)
    )
    framed = "framed: equilibria of the means (no gain by changing alone)" if frames else (
        "no pair of strategies is an equilibrium of the means"
    )  # fmt: skip
    done = sourced(
        figure,
        f"{head.resolved.name}, {count_text(table.n, 'run')} of each pair with "
        f"the same luck, seed {head.seed}. {plays}. Means with the half-width of the 95% interval; "
        f"{framed}.",
    )
    for axes in panels:
        axes.grid(visible=False)
    return done


def frontier_figure(table: GameTable) -> Figure:
    """Returns the chart of both sides' gains from the available packages, over walking away.

    Numerals are means over the meetings at which a package could be signed; dots are meetings.
    """
    frontier = table.frontier
    assert frontier is not None
    figure = new_figure(4.6)
    axes = figure.subplots()
    offers = [(m, offer) for m in frontier.meetings for offer in m.menu]
    struck = np.array([m.struck == offer.package for m, offer in offers], dtype=bool)
    gains = np.array([(offer.us, offer.cn) for _, offer in offers]).reshape(-1, 2)
    for chosen, colour, size, label in (
        (~struck, SKY, 3.0, "available, not agreed"),
        (struck, BLUE, 5.0, "agreed"),
    ):
        us, cn = gains[chosen].T
        axes.plot(us, cn, "o", color=colour, markersize=size, alpha=0.6, mew=0.0, label=label)
    for number, tally in enumerate(frontier.tallies(), 1):
        # Packages lie close together, so each mean has a numeral, explained above the plot.
        name = PACKAGE_WORDS[tally.package.name.lower()]
        axes.plot(
            tally.us.value,
            tally.cn.value,
            linestyle="none",
            marker=f"${number}$",
            markersize=8.0,
            color=VERMILION,
            markeredgecolor=VERMILION,
            label=f"{name}: agreed {tally.struck} of {tally.offered}",
        )
    axes.axhline(0.0, color=GREY, linewidth=1.0)
    axes.axvline(0.0, color=GREY, linewidth=1.0)
    axes.set_xlabel("Washington's gain over walking away (utility points)")
    axes.set_ylabel("Beijing's gain over walking away (utility points)")
    axes.set_title("Packages available at meetings, and packages agreed", loc="left")
    head = table.batches[0]
    return sourced(
        figure,
        f"{head.resolved.name}, {' against '.join(table.names(table.leading))}: "
        f"{count_text(len(frontier.meetings), 'meeting')} of "
        f"{count_text(frontier.runs, 'run')}, seed {head.seed}. Both sides gain above and to "
        "the right of the lines. Numerals: means of a package over its meetings.",
        legend=True,
    )
