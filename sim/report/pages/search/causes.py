"""Page of an explanation: what drove each kind of event, and what became of it without the cause."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.experiment.explain.accounts import verified
from sim.experiment.explain.causes import DELEGATIONS
from sim.experiment.explain.pauses import PauseEnd
from sim.experiment.explain.questions import REFUSALS, Question
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.causes import QUESTION_WORDS, cause_words, route_words
from sim.report.words.glossary import clause_words
from sim.report.words.numbers import (
    NOTHING,
    chances,
    count_text,
    day_text,
    number_text,
    sentence_case,
    signed,
)
from sim.report.words.signs import listed

if TYPE_CHECKING:
    from sim.experiment.explain.accounts import Account
    from sim.experiment.explain.explanation import Explanation
    from sim.experiment.explain.removal import Removal
    from sim.experiment.explain.shares import CauseShare
    from sim.experiment.stats.intervals import Estimate

NAMED: Final = 3
"""Causes, or routes, that a sentence names."""

CLAUSES: Final = 5
"""Clauses that are shown."""

_READING: Final = (
    "At the decision: of 100 of these events, how many the cause decided (without it none would "
    "have come, on the same random draws), and how many more it prevented. Without the cause: "
    "change of their number in whole runs on the same luck, with all that follows, and whether "
    "that confirms the recorded share. 95% intervals over runs, of luck alone. Below a change of "
    "10% a cause is not confirmed."
)


def causes_page(found: Explanation) -> Page:
    """Returns the page of an explanation."""
    page = Page()
    world = found.resolved
    page.title(f"{world.name}   what drove what happened")
    page.say(
        f"{count_text(found.runs, 'run')} from {day_text(world.start)} to {day_text(world.until)}, "
        f"seed {found.seed}, at the central values of all assumptions."
    )
    page.gap()
    for account in found.accounts:
        page.say(sentence(found, account))
    if found.removals:
        _table(page, found)
    if found.clauses:
        _clauses(page, found)
    return page


def sentence(found: Explanation, account: Account) -> str:
    """Returns what drove the events of a question."""
    if account.question == Question.STRAINS:
        return _of_pauses(found, account)
    if account.question == Question.REOPENINGS:
        return _of_talks(account)
    words = sentence_case(QUESTION_WORDS[account.question])
    told = [share for share in account.causes if share.is_telling]
    for_them = [_named(account, share, share.decided.value) for share in told if _drives(share)]
    against = [
        _named(account, share, share.prevented.value)
        for share in told
        if share.prevented and not _drives(share)
    ]
    drove = listed(for_them[:NAMED]) if for_them else "no single cause more than luck"
    text = f"{words} ({_often(account)}): driven by {drove}"
    text += f"; prevented by {listed(against[:NAMED])}. " if against else ". "
    return text + _luck(account)


def _often(account: Account) -> str:
    kinds = [
        f"{_percent(share)} {route_words(kind)}"
        for kind, share in account.routes[:NAMED]
        if len(account.routes) > 1
    ]
    return "; ".join([f"{number_text(account.mean.value, 2)} a run", *([", ".join(kinds)] * bool(kinds))])


def _luck(account: Account) -> str:
    """Returns what luck makes of the events of a question."""
    assert account.bare is not None
    assert account.undecided is not None
    if account.question in REFUSALS:
        return (
            f"Against the odds: {_percent(account.bare)}. No single cause decided "
            f"{_percent(account.undecided)}."
        )
    return (
        f"Base rates and luck alone would bring {_percent(account.bare)} of them; no single cause "
        f"decided {_percent(account.undecided)}."
    )


def _drives(share: CauseShare) -> bool:
    return share.net.value > 0.0


def _named(account: Account, share: CauseShare, value: float) -> str:
    return f"{cause_words(account.cause(share.key))} ({number_text(100.0 * value, 0)}%)"


def _of_pauses(found: Explanation, account: Account) -> str:
    pauses = found.pauses
    ends = [
        f"{_percent(pauses.ends[end])} {words}"
        for end, words in (
            (PauseEnd.PROLONGED, "were prolonged"),
            (PauseEnd.BROKEN, "broken by the order of a threatened duty"),
            (PauseEnd.LAPSED, "lapsed"),
        )
    ]
    return (
        f"Pauses: {_percent(pauses.strained)} were strained, first by {_kinds(account)}. Of all "
        f"{pauses.count:,}, each extension counted anew, {listed(ends)}."
    )


def _of_talks(account: Account) -> str:
    prepared = next(share for share in account.causes if share.key == DELEGATIONS.key)
    return (
        f"Talks that had ended reopened {number_text(account.mean.value, 2)} times a run: by "
        f"{_kinds(account)}. Before {_percent(prepared.decided)} of these, Beijing had sent a "
        "delegation."
    )


def _kinds(account: Account) -> str:
    """Returns the most frequent kinds of events with their shares, beside what chance would give:
    their part among all events of this sort."""
    told = [
        f"{cause_words(account.cause(share.key))} ({_percent(share.decided)}; by chance "
        f"{_percent(share.expected)})"
        for share in account.causes[:NAMED]
        if share.expected
    ]
    return listed(told)


def _table(page: Page, found: Explanation) -> None:
    page.heading("The strongest causes, and the same runs without each")
    columns = [
        worded("cause"),
        numeric("decided,\n%"),
        numeric("pre-\nvented, %"),
        numeric("without the\ncause, %"),
        worded("verdict"),
    ]
    rows: list[Sequence[str]] = []
    for account in found.accounts:
        shown = verified(account)
        if not shown:
            continue
        rows.append([sentence_case(QUESTION_WORDS[account.question])])
        rows += [
            _row(account, share, found.removals[account.question, share.key]) for share in shown
        ]
    page.table(columns, rows, indent=0, labels=1)
    page.say(_READING)


def _row(account: Account, share: CauseShare, removal: Removal) -> list[str]:
    decided = share.decided
    told = chances(decided.value, decided.low, decided.high)
    change = removal.relative
    return [
        f"  {cause_words(account.cause(share.key))}",
        " ".join(filter(None, told)),
        _hundredths(share.prevented),
        f"{signed(100.0 * change.value, 0)} ({_ends(change)})",
        removal.verdict,
    ]


def _ends(change: Estimate) -> str:
    low, high = (signed(100.0 * end, 0) for end in (change.low, change.high))
    return f"{low} to {high}"


def _hundredths(estimate: Estimate | None) -> str:
    return NOTHING if estimate is None else number_text(100.0 * estimate.value, 0)


def _percent(estimate: Estimate | None) -> str:
    if estimate is None or math.isnan(estimate.value):
        return NOTHING
    value, interval = chances(estimate.value, estimate.low, estimate.high)
    return f"{value}% {interval}"


def _clauses(page: Page, found: Explanation) -> None:
    page.heading(f"Clauses most often blocked, at {count_text(found.meetings, 'meeting')}")
    columns = [
        worded("clause"),
        TableColumn("given by"),
        numeric("wanted\nat"),
        numeric("agreed,\n%"),
        numeric("blocked by\nthe US, %"),
        numeric("blocked by\nChina, %"),
        numeric("stopped\nat home, %"),
    ]
    rows = [
        [
            *clause_words(fate.clause),
            f"{fate.meetings:,}",
            _hundredths(fate.agreed),
            *(_bare(each) for each in fate.blocked),
            number_text(100.0 * fate.stopped.value, 1),
        ]
        for fate in found.clauses[:CLAUSES]
    ]
    page.table(columns, rows, indent=0)
    page.say(
        "Meetings at which the clause was to be had and at least one side gained by it. A side "
        "blocks it if it is left out for that side's sake, or if that side turns down or withholds "
        "the offer that holds it."
    )


def _bare(estimate: Estimate) -> str:
    return " ".join(filter(None, chances(estimate.value, estimate.low, estimate.high)))
