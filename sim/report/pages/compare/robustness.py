"""Section of a comparison on whether its verdicts hold over the assumed ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.experiment.compare.range_ends import DECIDES, MOVES, REVERSES, UNDOES
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.pages.compare.tables import is_telling
from sim.report.words.differences import name_words, precision, verdict_words
from sim.report.words.glossary import held_fixed
from sim.report.words.names.inputs import above
from sim.report.words.numbers import NOTHING, count_text, number_text, quantity, spread

if TYPE_CHECKING:
    from sim.experiment.compare.difference import Difference
    from sim.experiment.compare.range_ends import Mover
    from sim.experiment.compare.robustness import Ranges, Reach
    from sim.experiment.stats.intervals import Estimate

HEADING: Final = "Whether the verdicts hold over the assumed ranges"
EFFECT_WORDS: Final = {
    REVERSES: "reversed",
    UNDOES: "disappears",
    DECIDES: "appears",
    MOVES: "unchanged",
}
"""What a number does to a verdict when it moves from one end of its range to the other."""


def ranges_section(page: Page, ranges: Ranges, other: str = "B", *, named: bool = False) -> None:
    """Adds the section on a comparison's verdicts over the assumed ranges.

    Args:
        page: The page to add to.
        ranges: The results over the ranges.
        other: Letter of the scenario compared with A.
        named: Whether the heading names both scenarios, because there are more than two.
    """
    page.heading(f"{HEADING}, A against {other}" if named else HEADING)
    if not ranges.reaches:
        page.say(_nothing(ranges), indent=2)
        return
    page.say(
        f"Both scenarios were run for {count_text(ranges.vectors, 'draw')} of "
        f"{count_text(ranges.parameters, 'assumed number')}, with "
        f"{count_text(ranges.per_vector, 'pair')} of runs per draw. The ranges below show the "
        "effect of the assumed numbers alone: variation between runs of a draw is removed."
    )
    if ranges.left_out:
        page.say(
            f"Left out, because not drawn alike in both scenarios: {', '.join(ranges.left_out)}."
        )
    page.say(held_fixed())
    page.table(
        [
            worded("outcome"),
            TableColumn(f"A vs {other}"),
            numeric(f"A minus {other},\nmiddle 90%"),
            numeric("holds in\n% of draws"),
            numeric("reversed in\n% of draws"),
        ],
        [_row(reach) for reach in ranges.reaches],
    )
    page.say(
        'Each outcome has a margin, the smallest difference that matters. A verdict "higher" or '
        '"lower" holds in a draw if the difference has that sign and is at least a quarter of the '
        'margin, as in the tables above; "equivalent" holds if it is smaller than the margin. '
        "These shares (95% interval in brackets) assume that differences are spread symmetrically "
        "around their mean. If they are skewed, a share shown as a few per cent may really be 0."
    )
    for reach in ranges.reaches:
        if reach.compared.verdict == "cannot tell" and _spreads(reach):
            page.say(
                f"{name_words(reach.compared)}: % of draws in which A is higher "
                f"{_in_100(reach.higher)}, lower {_in_100(reach.lower)}.",
                indent=2,
            )
    _movers(page, ranges, other)


def _movers(page: Page, ranges: Ranges, other: str) -> None:
    """Adds a table of the assumed numbers that change a verdict or influence a difference most."""
    rows = [_mover_row(reach, m) for reach in ranges.reaches for m in _named(reach)]
    if not rows:
        return
    page.gap()
    page.table(
        [
            worded("\noutcome"),
            TableColumn("most influential number,\n5th to 95th percentile"),
            worded(f"A minus {other},\nlow to high end"),
            TableColumn("\nverdict"),
        ],
        rows,
    )
    page.say(
        "Each number is tested at both ends, with all others at their central values. Unchanged: "
        "it does not change the verdict. Disappears, appears: at one end the difference is too "
        "small to matter, or large enough to. Reversed: at one end the verdict is the opposite."
    )


def _nothing(ranges: Ranges) -> str:
    if not ranges.parameters:
        return "no assumed number has the same range in both scenarios, so this cannot be tested."
    return "no headline outcome differs, so there is no verdict to test."


def _row(reach: Reach) -> list[str]:
    d = reach.compared
    scale = _scale(d)
    places, step = precision(d)
    if not _spreads(reach):
        return [name_words(d), verdict_words(d.verdict), "no more than luck", NOTHING, NOTHING]
    return [
        name_words(d),
        verdict_words(d.verdict),
        spread(scale * reach.low.value, scale * reach.high.value, places, step=step),
        _in_100(reach.holds),
        _in_100(reach.reversed),
    ]


def _spreads(reach: Reach) -> bool:
    """Returns whether a difference varies over the draws by more than luck; if not, only its mean
    is known."""
    return reach.high.value > reach.low.value


def _named(reach: Reach) -> Sequence[Mover]:
    """Returns the numbers that change a verdict, or else the one with the strongest influence on
    a difference that was found."""
    flipping = [mover for mover in reach.movers if mover.flips]
    if flipping or not (is_telling(reach.compared) and _spreads(reach)):
        return flipping
    return reach.movers[:1]


def _mover_row(reach: Reach, mover: Mover) -> list[str]:
    scale = _scale(reach.compared)
    places, step = precision(reach.compared)
    ends = (mover.low, mover.high)
    low, high = (scale * end.difference.value for end in ends)
    return [
        name_words(reach.compared),
        f"{above(mover.parameter)}\n  {_range_text(mover)}",
        spread(low, high, places, step=step),
        EFFECT_WORDS[mover.effect],
    ]


def _range_text(mover: Mover) -> str:
    """Returns the two ends of a parameter's range, with the unit once: `0.07 to 0.24 a day`."""
    low, high = (quantity(end.value, mover.unit) for end in (mover.low, mover.high))
    amount, _, unit = low.partition(" ")
    return f"{amount} to {high}" if unit and high.endswith(f" {unit}") else f"{low} to {high}"


def _scale(d: Difference) -> float:
    """Returns the factor with which a difference is printed."""
    return 1.0 if d.kind == "number" else 100.0


def _in_100(share: Estimate | None) -> str:
    """Returns a share of the draws with its interval, in per cent: `86 (67-93)`."""
    if share is None:
        return NOTHING
    middle, low, high = (number_text(100.0 * x, 0) for x in (share.value, share.low, share.high))
    return f"{middle} ({low}-{high})"
