"""Section of a comparison on whether its verdicts hold over the assumed ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.experiment.compare.range_ends import DECIDES, REVERSES, UNDOES
from sim.report.page import Page, numeric, worded
from sim.report.pages.compare.tables import is_telling
from sim.report.words.differences import name_words, verdict_words
from sim.report.words.numbers import NOTHING, count_text, number_text, quantity, signed, spread

if TYPE_CHECKING:
    from sim.experiment.compare.difference import Difference
    from sim.experiment.compare.range_ends import End, Mover
    from sim.experiment.compare.robustness import Ranges, Reach
    from sim.experiment.stats.intervals import Estimate

HEADING: Final = "Verdicts over the assumed ranges"
WORDS: Final = {
    REVERSES: "the verdict is reversed within the range of",
    UNDOES: "the difference disappears within the range of",
    DECIDES: "the verdict depends on",
}


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
        f"{count_text(ranges.per_vector, 'pair')} of runs per draw. The ranges below exclude luck."
    )
    if ranges.left_out:
        page.say(
            f"Left out, because not drawn alike in both scenarios: {', '.join(ranges.left_out)}."
        )
    page.table(
        [
            worded("outcome"),
            worded(f"A vs {other}"),
            numeric(f"A minus {other},\nmiddle 90%"),
            numeric("holds in\n% of draws"),
            numeric("reversed in\n% of draws"),
        ],
        [_row(reach) for reach in ranges.reaches],
    )
    for reach in ranges.reaches:
        if text := _sentence(reach):
            page.say(f"{name_words(reach.compared)}: {text}", indent=2)
    page.say(
        "A verdict of higher or lower holds in a draw if the difference is at least a quarter of "
        "the smallest difference that matters; equivalent holds if it is smaller than that "
        "difference. Shares of draws assume that differences are spread symmetrically around their "
        "mean; if they are skewed, a few % may really be 0. A number is tested at its 5th and 95th "
        "percentiles, with all other numbers at their central values."
    )


def _nothing(ranges: Ranges) -> str:
    if not ranges.parameters:
        return "no assumed number has the same range in both scenarios, so this cannot be tested."
    return "no headline outcome differs, so there is no verdict to test."


def _row(reach: Reach) -> list[str]:
    d = reach.compared
    scale, places = _scale(d)
    if not _spreads(reach):
        return [name_words(d), verdict_words(d.verdict), "no more than luck", NOTHING, NOTHING]
    return [
        name_words(d),
        verdict_words(d.verdict),
        spread(scale * reach.low.value, scale * reach.high.value, places),
        _in_100(reach.holds),
        _in_100(reach.reversed),
    ]


def _spreads(reach: Reach) -> bool:
    """Returns whether a difference varies over the draws by more than luck; if not, only its mean
    is known."""
    return reach.high.value > reach.low.value


def _sentence(reach: Reach) -> str:
    """Returns a sentence on what changes a verdict; empty if there is nothing to report."""
    flipping = [f"{WORDS[m.effect]} {_moved(reach, m)}" for m in reach.movers if m.flips]
    if not _spreads(reach):
        return f"{'; '.join(flipping)}." if flipping else ""
    if reach.compared.verdict == "cannot tell":
        shares = f"higher in {_of_draws(reach.higher)} and lower in {_of_draws(reach.lower)}"
        return f"{'; '.join([shares, *flipping])}."
    if not is_telling(reach.compared):
        return f"{'; '.join(flipping)}." if flipping else ""
    parts = flipping or [
        "no single number was found that reverses the verdict or removes the difference"
    ]
    if reach.reversed:
        parts.append(f"drawn together, the numbers reverse it in {_of_draws(reach.reversed)}")
    parts += [
        f"the most influential is {_moved(reach, m)}" for m in reach.movers[:1] if not m.flips
    ]
    return f"{'; '.join(parts)}."


def _moved(reach: Reach, mover: Mover) -> str:
    """Returns a difference at the two ends of a parameter's range."""
    low, high = (_end(reach.compared, end, mover.unit) for end in (mover.low, mover.high))
    return f"{mover.parameter} ({low}; {high})"


def _end(d: Difference, end: End, unit: str) -> str:
    scale, places = _scale(d)
    middle = signed(scale * end.difference.value, places)
    return f"{middle} at {quantity(end.value, unit)}, {verdict_words(end.verdict)}"


def _scale(d: Difference) -> tuple[float, int | None]:
    """Returns the factor and the decimals with which a difference is printed."""
    return (1.0, None) if d.kind == "number" else (100.0, 1)


def _in_100(share: Estimate | None) -> str:
    return number_text(100.0 * share.value, 0) if share else NOTHING


def _of_draws(share: Estimate) -> str:
    low, high = (number_text(100.0 * limit, 0) for limit in (share.low, share.high))
    return f"{_in_100(share)}% of draws ({low}-{high})"
