"""Page of an explanation: what drove each kind of event, and what became of it without each
cause."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.experiment.explain.accounts import verified
from sim.experiment.explain.causes import DELEGATIONS
from sim.experiment.explain.events.pauses import PauseEnd
from sim.experiment.explain.events.questions import REFUSALS, EventQuestion
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

KINDS: Final = 3
"""Kinds of events that a sentence names."""

NAMED: Final = 2
"""Causes for something that a sentence names."""

HELD: Final = 1
"""Causes against it that a sentence names."""

CLAUSES: Final = 3
"""Clauses that are shown."""

_READING: Final = (
    "Driven by: per cent of these events that would not have come without the cause on the same "
    "draws; held back: how many more would have come. By luck alone: what base rates and draws "
    "would bring without any reason. By chance: the part of a kind among all events that might "
    "have had the effect. Table: change of their number without the cause at the decisions "
    "recorded, and in whole runs on the same luck. Not confirmed: it goes the other way, or is "
    "surely below 10%. Verdicts are corrected for their number. 95% intervals over runs, of luck "
    "alone."
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
    page.gap()
    page.say(_READING)
    return page


def sentence(found: Explanation, account: Account) -> str:
    """Returns what drove the events of a question."""
    if account.question == EventQuestion.STRAINS:
        return _of_pauses(found, account)
    if account.question == EventQuestion.REOPENINGS:
        return _of_talks(account)
    told = [share for share in account.causes if share.is_telling]
    driving = [_named(account, share, share.decided) for share in told if share.net.value > 0.0]
    against = [_named(account, share, share.prevented) for share in told if share.net.value < 0.0]
    words = [f"{sentence_case(QUESTION_WORDS[account.question])}, {_often(account)}"]
    words.append(f"driven by {listed(driving[:NAMED])}" if driving else "no cause beats luck")
    if against:
        words[-1] += f", held back by {listed(against[:HELD])}"
    return f"{': '.join(words)}. {_luck(account)}"


def _often(account: Account) -> str:
    """Returns how often the events of a question happened, and of which kind most of them were."""
    text = f"{number_text(account.mean.value, 2)} a run"
    kind, share = account.routes[0]
    return f"{text}, {_hundredths(share)}% {route_words(kind)}" if share.value < 1.0 else text


def _luck(account: Account) -> str:
    """Returns what luck makes of the events of a question."""
    if account.question in REFUSALS:
        return f"Against the odds {_percent(account.bare)}."
    return f"By luck alone {_percent(account.bare)}, and {_hundredths(account.more)}% more."


def _named(account: Account, share: CauseShare, part: Estimate | None) -> str:
    return f"{cause_words(account.cause(share.key))} {_percent(part)}"


def _of_pauses(found: Explanation, account: Account) -> str:
    pauses = found.pauses
    ends = [
        f"{_hundredths(pauses.ends[end])}% {words}"
        for end, words in (
            (PauseEnd.PROLONGED, "were prolonged"),
            (PauseEnd.BROKEN, "broken by the order of a threatened duty"),
            (PauseEnd.LAPSED, "lapsed"),
        )
    ]
    return (
        f"Pauses: {_percent(pauses.strained)} were strained, first by {_kinds(account)}; "
        f"{listed(ends)}."
    )


def _of_talks(account: Account) -> str:
    after = next(share for share in account.causes if share.key == DELEGATIONS.key).decided
    return (
        f"Talks that had ended reopened {number_text(account.mean.value, 2)} times a run: by "
        f"{_kinds(account)}; {_hundredths(after)}% after a delegation of Beijing."
    )


def _kinds(account: Account) -> str:
    """Returns the most frequent kinds of events with their shares, beside what chance would give:
    their part among all events of this sort."""
    told = [
        f"{cause_words(account.cause(share.key))} ({_hundredths(share.decided)}%, by chance "
        f"{_hundredths(share.expected)}%)"
        for share in account.causes[:KINDS]
        if share.expected
    ]
    return listed(told)


def _table(page: Page, found: Explanation) -> None:
    page.heading("Change of their number without a cause")
    columns = [
        worded("cause"),
        numeric("at the\ndecision, %"),
        numeric("in whole\nruns, %"),
        TableColumn("verdict"),
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


def _row(account: Account, share: CauseShare, removal: Removal) -> list[str]:
    change, at_once = removal.relative, removal.expected / removal.difference.b
    return [
        f"  {cause_words(account.cause(share.key))}",
        NOTHING if math.isnan(at_once) else signed(100.0 * at_once, 0),
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
    page.gap()
    columns = [
        worded("clause most often blocked, of\nmeetings at which a side wanted it"),
        numeric("agreed,\n%"),
        numeric("blocked by\nthe US, %"),
        numeric("blocked by\nChina, %"),
        numeric("stopped\nat home, %"),
    ]
    rows = [
        [
            clause_words(fate.clause)[0],
            _hundredths(fate.agreed),
            *(_bare(each) for each in fate.blocked),
            number_text(100.0 * fate.stopped.value, 1),
        ]
        for fate in found.clauses[:CLAUSES]
    ]
    page.table(columns, rows, indent=0)
    page.say(
        "A side blocks what is left out for its sake, and an offer that it turns down or withholds."
    )


def _bare(estimate: Estimate) -> str:
    return " ".join(filter(None, chances(estimate.value, estimate.low, estimate.high)))
