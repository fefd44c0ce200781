"""Chart of an explanation: what each cause decides at once, and what goes with it in whole runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.explain.accounts import verified
from sim.experiment.explain.removal import CONFIRMED, OPEN, REFUTED
from sim.report.figures.style import BLUE, GREY, INK, SMALL, VERMILION, new_figure, sourced
from sim.report.words.causes import QUESTION_WORDS, cause_words
from sim.report.words.numbers import count_text, sentence_case

if TYPE_CHECKING:
    from sim.experiment.explain.accounts import Account
    from sim.experiment.explain.explanation import Explanation
    from sim.experiment.explain.removal import Removal

_MARKS: Final = {CONFIRMED: (BLUE, "o"), OPEN: (GREY, "s"), REFUTED: (VERMILION, "D")}
"""Colour and marker of a change in whole runs, by the verdict on the cause."""

_ROW: Final = 0.21
"""Height of a row in inches."""


def causes_figure(found: Explanation) -> Figure:
    """Returns the chart of the changes without each cause: recorded at the decision, and in whole
    runs with the interval, in per cent of the events of its question.

    Questions are headings of their rows.
    """
    rows: list[tuple[Account, str | None]] = []
    for account in found.accounts:
        shown = verified(account)
        rows += [(account, None)] * bool(shown) + [(account, share.key) for share in shown]
    figure = new_figure(1.3 + _ROW * max(4, len(rows)))
    axes = figure.subplots()
    told: set[str] = set()
    for place, (account, key) in enumerate(rows):
        if key is not None:
            _row(axes, place, found.removals[account.question, key], told)
    axes.axvline(0.0, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(rows)), [_label(account, key) for account, key in rows])
    for text, (_, key) in zip(axes.get_yticklabels(), rows, strict=True):
        text.set_fontweight("bold" if key is None else "normal")
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel("change of the number of these events without the cause (%)")
    axes.set_title(f"{found.resolved.name}: what drove what happened", loc="left")
    done = sourced(
        figure,
        f"{found.resolved.name}, {count_text(found.runs, 'run')}, and as many with the same luck "
        f"without each cause; seed {found.seed}. Rings: the decisions that the cause turned, all "
        "else as it was. Lines: 95% intervals over pairs of runs.",
        legend=bool(told),
    )
    axes.tick_params(axis="y", labelsize=SMALL, length=0)
    return done


def _label(account: Account, key: str | None) -> str:
    if key is None:
        return sentence_case(QUESTION_WORDS[account.question])
    return cause_words(account.cause(key))


def _row(axes: Axes, place: int, removal: Removal, told: set[str]) -> None:
    """Draws the two changes without a cause; each kind of mark is named in the legend once."""

    def name(words: str) -> str | None:
        known = words in told
        told.add(words)
        return None if known else words

    change, base = removal.relative, removal.difference.b
    axes.plot(
        [100.0 * removal.expected / base],
        [place],
        "o",
        markersize=7.5,
        markerfacecolor="none",
        color=INK,
        linestyle="none",
        label=name("at the decisions recorded"),
    )
    colour, mark = _MARKS[removal.verdict]
    axes.errorbar(
        [100.0 * change.value],
        [place],
        xerr=[[100.0 * (change.value - change.low)], [100.0 * (change.high - change.value)]],
        fmt=mark,
        color=colour,
        markersize=4,
        capsize=2,
        linewidth=1.0,
        label=name(f"in whole runs: {removal.verdict}"),
    )
