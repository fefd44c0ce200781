"""Accounts: for each question, how often its events happened, by which route, and what decided
them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.experiment.explain.causes import (
    CHANNELS,
    DELEGATIONS,
    QUIET,
    STRAINS,
    THREATS,
    Cause,
    answer_causes,
    reasons,
    voices,
)
from sim.experiment.explain.events.pauses import Pause, PauseEnd
from sim.experiment.explain.events.questions import CHOSEN, REFUSALS, EventQuestion
from sim.experiment.explain.events.readings import EventReadings
from sim.experiment.explain.recorder import Trial
from sim.experiment.explain.shares import (
    CauseShare,
    decision_shares,
    exchangeable_shares,
    per_run,
    ratio,
    share_of,
)
from sim.experiment.stats.intervals import Estimate, Floats, mean
from sim.scenario.resolved_scenario import Resolved

STRONGEST: Final = 2
"""Causes of a question that are verified, voices apart."""

Wanted = tuple[EventQuestion, Cause, float]
"""A removal to be played: question, cause, and the change per run on the recorded decisions."""


@dataclass(frozen=True, slots=True)
class Account:
    """Events of a question and their causes.

    Attributes:
        question: The question.
        count: Number of events.
        mean: Events per run.
        routes: Shares of the events by kind, the most frequent first.
        bare: Share that would have happened on the same draws without any reason, by base rates and
            luck; of offers, the share turned down against the odds; None where causes are counted
            by kind.
        more: Events that would only have happened without any reason, as a share of all events;
            None as above.
        undecided: Share that no single cause decided; None as above.
        causes: What each cause decided, the strongest first.
        known: The causes looked for.
    """

    question: EventQuestion
    count: int
    mean: Estimate
    routes: tuple[tuple[str, Estimate], ...]
    bare: Estimate | None
    more: Estimate | None
    undecided: Estimate | None
    causes: tuple[CauseShare, ...]
    known: tuple[Cause, ...]

    def cause(self, key: str) -> Cause:
        """Returns a cause by its key."""
        return next(cause for cause in self.known if cause.key == key)


@dataclass(frozen=True, slots=True)
class PauseTally:
    """Counts of pauses, a new one for each extension.

    Attributes:
        count: Number of pauses.
        strained: Share of those not strained on the first day that were strained.
        ends: Shares of all pauses by how they ended.
    """

    count: int
    strained: Estimate
    ends: dict[PauseEnd, Estimate]


def accounts_of(
    resolved: Resolved, trials: Sequence[Trial], base: EventReadings
) -> tuple[Account, ...]:
    """Returns the accounts of all questions of which there were events.

    Args:
        resolved: The scenario.
        trials: Recorded decisions.
        base: What happened in the runs.
    """
    found = []
    for question in EventQuestion:
        known = _known(resolved, question)
        if base.counts(question).sum():
            of = (
                _by_kind
                if question in {EventQuestion.STRAINS, EventQuestion.REOPENINGS}
                else _by_decision
            )
            mine = [trial for trial in trials if trial.question == question]
            found.append(of(question, known, mine, base))
    return tuple(found)


def _known(resolved: Resolved, question: EventQuestion) -> tuple[Cause, ...]:
    """Returns the causes looked for behind the events of a question."""
    if question in REFUSALS:
        return answer_causes(REFUSALS.index(question))
    if question == EventQuestion.STRAINS:
        return STRAINS
    if question == EventQuestion.REOPENINGS:
        return (*CHANNELS, DELEGATIONS, QUIET)
    side = CHOSEN[question][0]
    threats = THREATS if question == EventQuestion.US_HIKES else ()
    return (*reasons(side), *voices(resolved, side), *threats)


def _by_decision(
    question: EventQuestion, known: tuple[Cause, ...], trials: Sequence[Trial], base: EventReadings
) -> Account:
    counts = base.counts(question)
    n = len(counts)
    happened = [trial for trial in trials if trial.happened]
    decided = per_run((t.replicate for t in happened if t.lost), n)
    bare = per_run((t.replicate for t in happened if t.bare), n)
    more = per_run((t.replicate for t in trials if t.bare and not t.happened), n)
    shares = decision_shares([cause.key for cause in known], trials, counts)
    luck = share_of(bare, counts), ratio(more, counts), share_of(counts - decided, counts)
    return _account(question, known, base, shares, luck)


def _by_kind(
    question: EventQuestion, known: tuple[Cause, ...], trials: Sequence[Trial], base: EventReadings
) -> Account:
    del trials
    pool = base.strains if question == EventQuestion.STRAINS else base.contacts
    causes = exchangeable_shares(base.happened[question], pool)
    if question == EventQuestion.REOPENINGS:
        counts = base.counts(question)
        after = [sum(each.delegation for each in run) for run in base.reopenings]
        hits = np.array(after, dtype=np.float64)
        unknown = Estimate(np.nan, -np.inf, np.inf)
        causes += (
            CauseShare(DELEGATIONS.key, int(hits.sum()), share_of(hits, counts), None, unknown),
            CauseShare(QUIET.key, 0, unknown, None, unknown),
        )
    return _account(question, known, base, causes)


def _account(
    question: EventQuestion,
    known: tuple[Cause, ...],
    base: EventReadings,
    causes: tuple[CauseShare, ...],
    luck: tuple[Estimate | None, Estimate | None, Estimate | None] = (None, None, None),
) -> Account:
    """Returns the account of a question; `luck` holds `bare`, `more` and `undecided`."""
    counts, kinds = base.counts(question), base.happened[question]
    routes = [
        (kind, share_of(np.array([run.count(kind) for run in kinds], np.float64), counts))
        for kind in sorted({kind for run in kinds for kind in run})
    ]
    return Account(
        question,
        int(counts.sum()),
        mean(counts[base.finished]),
        tuple(sorted(routes, key=lambda route: -route[1].value)),
        *luck,
        causes,
        known,
    )


def to_verify(accounts: Iterable[Account], base: EventReadings) -> list[Wanted]:
    """Returns the removals that verify the strongest causes of each question."""
    return [
        (account.question, account.cause(share.key), _at_once(account, share, base))
        for account in accounts
        for share in verified(account)
    ]


def _at_once(account: Account, share: CauseShare, base: EventReadings) -> float:
    """Returns the change per run if a cause is removed and all else happens as recorded; NaN if
    that is not known."""
    runs = int(base.finished.sum())
    if account.cause(share.key) in {DELEGATIONS, QUIET}:
        return math.nan
    if account.question == EventQuestion.STRAINS:
        # A pause that something else strained later would have been strained all the same.
        pauses = [p for run in base.pauses for p in run if p.cause == share.key]
        return -sum({*pause.strains} == {share.key} for pause in pauses) / runs
    if account.question == EventQuestion.REOPENINGS:
        return -share.count / runs
    return -share.net.value


def verified(account: Account) -> list[CauseShare]:
    """Returns the causes of a question that are verified: the strongest two that differ from luck
    and can be removed, and the strongest voice; kinds of events by their share, and what prepares
    talks."""
    able = [share for share in account.causes if account.cause(share.key).changes]
    if account.question in {EventQuestion.STRAINS, EventQuestion.REOPENINGS}:
        prepares = [share for share in able if share.key in {DELEGATIONS.key, QUIET.key}]
        return [share for share in able if share not in prepares][:STRONGEST] + prepares
    told = [share for share in able if share.is_telling]
    spoken = [share for share in told if account.cause(share.key).family == "voice"]
    return [share for share in told if share not in spoken][:STRONGEST] + spoken[:1]


def pause_tally(base: EventReadings) -> PauseTally:
    """Returns the counts of the pauses of runs."""
    counts = np.array([len(run) for run in base.pauses], dtype=np.float64)

    def tally(holds: Callable[[Pause], bool]) -> Floats:
        return np.array([sum(map(holds, run)) for run in base.pauses], dtype=np.float64)

    fresh = tally(lambda pause: not pause.strained_before)
    return PauseTally(
        int(counts.sum()),
        share_of(tally(lambda pause: pause.cause is not None), fresh),
        {
            end: share_of(tally(lambda pause, end=end: pause.end == end), counts)  # type: ignore[misc]
            for end in PauseEnd
        },
    )
