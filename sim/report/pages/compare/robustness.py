"""Section of a comparison on its verdicts over the assumed ranges: which hold, what flips them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.experiment.compare.range_ends import DECIDES, REVERSES, UNDOES
from sim.report.page import Page, numeric, worded
from sim.report.pages.compare.tables import is_telling
from sim.report.words.differences import name_words
from sim.report.words.numbers import NOTHING, count_text, number_text, quantity, signed, spread

if TYPE_CHECKING:
    from sim.experiment.compare.difference import Difference
    from sim.experiment.compare.range_ends import End, Mover
    from sim.experiment.compare.robustness import Ranges, Reach
    from sim.experiment.stats.intervals import Estimate

HEADING: Final = "Over the assumed ranges"
WORDS: Final = {REVERSES: "reversed by", UNDOES: "undone by", DECIDES: "told apart by"}


def ranges_section(page: Page, ranges: Ranges, other: str = "B", *, named: bool = False) -> None:
    """Adds what becomes of a comparison's verdicts over the assumed ranges.

    Args:
        page: Where to.
        ranges: What was found.
        other: Letter of the scenario that is held against A.
        named: Whether the heading names the two, as there are others.
    """
    page.heading(f"{HEADING}, A against {other}" if named else HEADING)
    if not ranges.reaches:
        page.say(_nothing(ranges), indent=2)
        return
    page.say(
        f"Both scenarios over {count_text(ranges.vectors, 'draw')} of "
        f"{count_text(ranges.parameters, 'assumed number')}, "
        f"{count_text(ranges.per_vector, 'pair')} of runs each, luck taken out."
    )
    if ranges.left_out:
        page.say(f"Left out, as not drawn alike in both: {', '.join(ranges.left_out)}.")
    page.table(
        [
            worded("outcome"),
            worded("A is"),
            numeric(f"A minus {other}\nin 9 of 10 draws"),
            numeric("holds\nin 100"),
            numeric("reversed\nin 100"),
        ],
        [_row(reach) for reach in ranges.reaches],
    )
    for reach in ranges.reaches:
        if text := _sentence(reach):
            page.say(f"{name_words(reach.compared)}: {text}", indent=2)
    page.say(
        "Higher and lower hold from a quarter of the difference that matters, equivalent up to all "
        "of it. In how many draws is reckoned as if differences spread evenly to both sides of "
        "their mean: where they lean to one side, a few in 100 may be none. At the ends of a "
        "number's range (5 % of it lie beyond) all others have their central values."
    )


def _nothing(ranges: Ranges) -> str:
    if not ranges.parameters:
        return "no assumed number has the same range in both, so nothing can be said."
    return "no headline outcome differs, so there is nothing to overturn."


def _row(reach: Reach) -> list[str]:
    d = reach.compared
    scale, places = _scale(d)
    if not _spreads(reach):
        return [name_words(d), d.verdict, "not told from luck", NOTHING, NOTHING]
    return [
        name_words(d),
        d.verdict,
        spread(scale * reach.low.value, scale * reach.high.value, places),
        _in_100(reach.holds),
        _in_100(reach.reversed),
    ]


def _spreads(reach: Reach) -> bool:
    """Tells whether a difference moves over the draws by more than luck: otherwise all that could
    be said of the draws is what is said of their mean."""
    return reach.high.value > reach.low.value


def _sentence(reach: Reach) -> str:
    """Returns what overturns a verdict and what does not; nothing if nothing was to be told."""
    flipping = [f"{WORDS[m.effect]} {_moved(reach, m)}" for m in reach.movers if m.flips]
    if not _spreads(reach):
        return f"{'; '.join(flipping)}." if flipping else ""
    if reach.compared.verdict == "cannot tell":
        told = f"higher in {_of_draws(reach.higher)} and lower in {_of_draws(reach.lower)}"
        return f"{'; '.join([told, *flipping])}."
    if not is_telling(reach.compared):
        return f"{'; '.join(flipping)}." if flipping else ""
    parts = flipping or ["no single number was found to reverse or undo it"]
    if reach.reversed:
        parts.append(f"all together reverse it in {_of_draws(reach.reversed)}")
    parts += [f"moved by {_moved(reach, m)}" for m in reach.movers[:1] if not m.flips]
    return f"{'; '.join(parts)}."


def _moved(reach: Reach, mover: Mover) -> str:
    """Returns what a parameter does to a difference."""
    low, high = (_end(reach.compared, end, mover.unit) for end in (mover.low, mover.high))
    return f"{mover.parameter}, {low}, {high}"


def _end(d: Difference, end: End, unit: str) -> str:
    scale, places = _scale(d)
    middle = signed(scale * end.difference.value, places)
    return f"{middle} at {quantity(end.value, unit)} ({end.verdict})"


def _scale(d: Difference) -> tuple[float, int | None]:
    """Returns by what a difference is multiplied for print, and its decimals."""
    return (1.0, None) if d.kind == "number" else (100.0, 1)


def _in_100(share: Estimate | None) -> str:
    return number_text(100.0 * share.value, 0) if share else NOTHING


def _of_draws(share: Estimate) -> str:
    low, high = (number_text(100.0 * limit, 0) for limit in (share.low, share.high))
    return f"{_in_100(share)} of 100 draws ({low}-{high})"
