"""Charts of games: payoffs of each pair of strategies, and the bargains at meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.experiment.games.meetings import Ending
from sim.report.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    SKY,
    SMALL,
    VERMILION,
    new_figure,
    sourced,
)
from sim.report.words.glossary import clause_words
from sim.report.words.numbers import count_text, number_text, rounded_up, scale_text
from sim.report.words.targets import payoff_step

if TYPE_CHECKING:
    from sim.experiment.games.game import GameTable

MAP: Final = "cividis"
_WHO: Final = ("Washington", "Beijing")
_FATES: Final = (
    (Ending.WITHHELD, "too little to propose", ".", SKY, 5.0),
    (Ending.REFUSED, "refused by the other side", "x", VERMILION, 4.5),
    (Ending.STOPPED, "agreed, but stopped at home", "^", GREEN, 5.0),
    (Ending.SIGNED, "signed", "o", BLUE, 4.5),
)
"""Fates of bundles: words, marker, colour and size; the last is drawn on top."""


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
    """Returns the chart of what each meeting's last bundle was worth to both sides beyond their
    reserves, and of the frontiers at the meetings that agreed."""
    frontier = table.frontier
    assert frontier is not None
    figure = new_figure(4.6)
    axes = figure.subplots()
    lines = [meeting.last.reach.frontier for meeting in frontier.signed]
    for place, vertices in enumerate(lines):
        label = "frontiers of the meetings that agreed" if place == 0 else "_"
        axes.plot(*vertices.T, "-", color=GREY, linewidth=0.6, alpha=0.5, label=label)
    for ending, words, marker, colour, size in _FATES:
        bundles = [m.last for m in frontier.meetings if m.last.ending == ending and m.last.size]
        us, cn = np.array([bundle.beyond for bundle in bundles]).reshape(-1, 2).T
        label = f"{words}: {len(bundles):,}"
        axes.plot(us, cn, marker, color=colour, markersize=size, alpha=0.8, label=label)
    axes.axhline(0.0, color=INK, linewidth=1.0)
    axes.axvline(0.0, color=INK, linewidth=1.0)
    axes.set_xlabel("Washington's gain beyond its reserve (utility points)")
    axes.set_ylabel("Beijing's gain beyond its reserve (utility points)")
    axes.set_title("Bundles proposed at meetings, and what became of them", loc="left")
    return sourced(
        figure,
        f"{_runs_examined(table)} A point is the last bundle of a meeting; meetings at which there "
        "was none to propose have no point. Both sides gain more than their private reserves above "
        "and to the right of the lines. A frontier runs through the bundles that are best for some "
        "weight on the two sides. Without the prestige of a landmark deal.",
        legend=True,
    )


def clause_figure(table: GameTable) -> Figure:
    """Returns the chart of what each clause was worth to both sides at the meetings."""
    frontier = table.frontier
    assert frontier is not None
    tallies = frontier.clauses()[::-1]
    figure = new_figure(1.2 + 0.2 * len(tallies))
    axes = figure.subplots()
    places = np.arange(len(tallies))
    for name, gains, marker, colour, shift in (
        ("Washington", [t.us for t in tallies], "o", BLUE, 0.15),
        ("Beijing", [t.cn for t in tallies], "s", VERMILION, -0.15),
    ):
        values = np.array([gain.value for gain in gains])
        ends = np.array([(g.value - g.low, g.high - g.value) for g in gains]).T
        axes.errorbar(
            values,
            places + shift,
            xerr=np.where(np.isfinite(ends), ends, 0.0),
            fmt=marker,
            color=colour,
            markersize=3.5,
            linewidth=1.0,
            label=f"gain of {name}",
        )
    axes.axvline(0.0, color=INK, linewidth=1.0)
    labels = []
    for tally in tallies:
        words, giver = clause_words(tally.clause)
        labels.append(f"{words} (by {giver}): {tally.struck} of {tally.offered}")
    axes.set_yticks(places, labels)
    axes.set_ylim(-0.6, len(tallies) - 0.4)
    axes.set_xlabel("gain from all of a clause that was to be had (utility points)")
    axes.set_title("What clauses are worth, and how often they are agreed", loc="left")
    return sourced(
        figure,
        f"{_runs_examined(table)} Numbers: meetings at which a clause was agreed, of those at "
        "which it was to be had. Gains are means over the latter, with 95% intervals over runs "
        "where enough runs differ.",
        legend=True,
    )


def _runs_examined(table: GameTable) -> str:
    """Returns the first sentence of a source: the scenario, the strategies, meetings and runs."""
    head, frontier = table.batches[0], table.frontier
    assert frontier is not None
    return (
        f"{head.resolved.name}, {' against '.join(table.names(table.leading))}: "
        f"{count_text(len(frontier.meetings), 'meeting')} of {count_text(frontier.runs, 'run')}, "
        f"seed {head.seed}."
    )
