"""Explanation as one JSON object with stable keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.experiment.stats.json_form import estimate_json
from sim.report.json_values import clean
from sim.report.words.causes import QUESTION_WORDS, cause_words
from sim.report.words.numbers import iso_day

if TYPE_CHECKING:
    from sim.experiment.explain.accounts import Account
    from sim.experiment.explain.clauses import ClauseFate
    from sim.experiment.explain.explanation import Explanation
    from sim.experiment.explain.shares import CauseShare
    from sim.experiment.stats.intervals import Estimate


def causes_json(found: Explanation) -> dict[str, Any]:
    """Returns an explanation as a JSON-serialisable dict; shares are from 0 to 1."""
    world = found.resolved
    told = {
        "schema": 1,
        "scenario": world.name,
        "scenario_hash": world.hash,
        "seed": found.seed,
        "n": found.runs,
        "start": iso_day(world.start),
        "until": iso_day(world.until),
        "questions": [_account(found, account) for account in found.accounts],
        "pauses": {
            "count": found.pauses.count,
            "strained": estimate_json(found.pauses.strained),
            "ends": {str(end): estimate_json(share) for end, share in found.pauses.ends.items()},
        },
        "meetings": found.meetings,
        "clauses": [_clause(fate) for fate in found.clauses],
    }
    return dict(clean(told))


def _account(found: Explanation, account: Account) -> dict[str, Any]:
    return {
        "question": str(account.question),
        "words": QUESTION_WORDS[account.question],
        "count": account.count,
        "per_run": estimate_json(account.mean),
        "kinds": {kind: estimate_json(share) for kind, share in account.routes},
        "base_rates_and_luck": _maybe(account.bare),
        "base_rates_and_luck_more": _maybe(account.more),
        "no_single_cause": _maybe(account.undecided),
        "causes": [_cause(found, account, share) for share in account.causes],
    }


def _cause(found: Explanation, account: Account, share: CauseShare) -> dict[str, Any]:
    cause = account.cause(share.key)
    removal = found.removals.get((account.question, share.key))
    return {
        "cause": cause.key,
        "family": cause.family,
        "words": cause_words(cause),
        "count": share.count,
        "decided": estimate_json(share.decided),
        "prevented": _maybe(share.prevented),
        "by_chance": _maybe(share.expected),
        "net": estimate_json(share.net),
        "p_value_holm": share.adjusted,
        "differs_from_luck": share.is_telling,
        "removed_by": [f"{name}={value}" for name, value in cause.changes],
        "without": removal.to_json() if removal else None,
    }


def _clause(fate: ClauseFate) -> dict[str, Any]:
    us, cn = fate.blocked
    return {
        "clause": fate.clause.name.lower(),
        "meetings": fate.meetings,
        "agreed": estimate_json(fate.agreed),
        "blocked_us": estimate_json(us),
        "blocked_cn": estimate_json(cn),
        "stopped_at_home": estimate_json(fate.stopped),
    }


def _maybe(estimate: Estimate | None) -> dict[str, Any] | None:
    return None if estimate is None else estimate_json(estimate)
