"""Page of a fork: a decision changed on a given day, and its effect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.experiment.compare.fork import comes
from sim.report.json_values import clean
from sim.report.page import Page
from sim.report.pages.compare.page import in_brackets, in_short
from sim.report.pages.compare.partings import divergence_section
from sim.report.pages.compare.run_pair import RunPair, events_of
from sim.report.pages.compare.tables import settle_text, two_sided_table
from sim.report.words.conditions import AS_IT_GOES, say_given
from sim.report.words.numbers import count_text, day_text, in_100, iso_day

if TYPE_CHECKING:
    from sim.experiment.compare.fork import Decision, Turn
    from sim.experiment.compare.fork_value import Occurrence, Value
    from sim.experiment.runs.replay import Replay


def fork_page(value: Value, *, full: bool) -> Page:
    """Returns the page on the value of a decision.

    Args:
        value: The fork compared with the base.
        full: Whether to show every outcome.
    """
    page, base = Page(), value.comparison.b
    page.title(f"{base.resolved.name}, forked on {day_text(value.turn.day)}")
    page.say(f"A: with {turn_words(value.turn)}")
    page.say("B: unchanged")
    page.say(
        f"{count_text(value.comparison.pairs, 'pair')} of runs; both runs of a pair use the "
        f"same random numbers (seed {base.seed}) and are identical until that day"
    )
    say_given(page, base, AS_IT_GOES)
    page.heading("How often the decision takes effect")
    for occurrence in value.occurrences:
        page.say(occurrence_words(occurrence), indent=2)
    page.say(changed_words(value), indent=2)
    page.heading("In short")
    for text in in_short([value.comparison]):
        page.say(text, indent=2)
    _tables(page, value, full=full)
    if value.divergence.partings:
        divergence_section(page, value.divergence)
    return page


def fork_json(value: Value) -> dict[str, Any]:
    """Returns the value of a decision as one JSON object."""
    return {
        "schema": 1,
        **turn_json(value.turn),
        "occurrences": [clean(o.to_json()) for o in value.occurrences],
        "changed": {
            "share": clean(value.changed.value),
            "ci": clean([value.changed.low, value.changed.high]),
            "pairs": int(value.divergence.changed.sum()),
            "of": value.divergence.pairs,
        },
        "comparison": clean(value.comparison.to_json()),
        "among_changed": [clean(d.to_json()) for d in value.among_changed],
        "divergence": clean(value.divergence.to_json()),
    }


def turn_words(turn: Turn) -> str:
    """Returns the changed decisions, as typed, with their dates."""
    texts = ", ".join(decision.text for decision in turn.decisions)
    until = f" to {day_text(turn.through)}" if turn.through > turn.day else ""
    return f"{texts} on {day_text(turn.day)}{until}"


def turn_json(turn: Turn) -> dict[str, Any]:
    """Returns the changed decisions and their dates as a JSON-serialisable dict."""
    return {
        "on": iso_day(turn.day),
        "through": iso_day(turn.through),
        "decisions": [decision.text for decision in turn.decisions],
    }


def occurrence_words(found: Occurrence) -> str:
    """Returns a sentence on how often an act occurs with and without the change."""
    text = found.decision.text
    if found.base is None or found.fork is None:
        return f"{text}: set in every run."
    base, fork = (in_100(share.value) for share in (found.base, found.fork))
    if found.decision.action.kind == "forbid":
        if not found.base.value:
            return f"{text}: unchanged runs do not have it then, so there is nothing to stop."
        # Only an act that the scenario itself forces under a condition overrides a ban.
        end = "all are stopped" if not found.fork.value else f"with the ban, in {fork}%"
        return f"{text}: it occurs in {base}% of unchanged runs; {end}."
    text += f": carried out in {fork}% of runs"
    if found.agreed is not None:
        text += f", and accepted by the other side in {in_100(found.agreed.value)}%"
    if found.fork.value < 1.0:
        text += "; in the others there was nothing to carry out"
    return f"{text}. Without the change, it occurs that day in {base}%."


def changed_words(value: Value) -> str:
    """Returns a sentence on the share of pairs in which anything differs."""
    looked = count_text(value.divergence.pairs, "pair")
    if not value.divergence.changed.any():
        return f"The change has no effect in any of {looked}."
    low, high = (in_100(limit) for limit in (value.changed.low, value.changed.high))
    return f"It makes a difference in {in_100(value.changed.value)}% of {looked} ({low} to {high})."


def fork_pair(turn: Turn, fork: Replay, base: Replay) -> RunPair:
    """Returns a run and its fork as a pair, prefaced by the change and whether it mattered."""
    pair, name = RunPair(fork, base), base.resolved.name
    titles = f"{name} with {turn_words(turn)}", f"{name} unchanged"
    acts = [decision for decision in turn.decisions if decision.action.act is not None]
    said = [_came_words(turn, decision, pair) for decision in acts]
    if pair.day is None and not pair.differing:
        said.append("So nothing changes in this run.")
    return replace(pair, titles=titles, preface=tuple(said))


def _came_words(turn: Turn, decision: Decision, pair: RunPair) -> str:
    action = decision.action
    if action.kind == "forbid":
        came = comes(action, events_of(pair.b), turn.day, turn.through)
        return f"{decision.text}: " + (
            "it occurred, and is stopped." if came else "it does not occur in that period."
        )
    if not comes(action, events_of(pair.a), turn.day, turn.day):
        return f"{decision.text}: there is nothing to carry out on that day."
    already = comes(action, events_of(pair.b), turn.day, turn.day)
    return f"{decision.text}: carried out" + (", as it was on that day anyway." if already else ".")


def _tables(page: Page, value: Value, *, full: bool) -> None:
    comparison = value.comparison
    found = [d for d in map(comparison.of, comparison.rows) if d]
    headlines = [d for d in found if d.headline]
    others = [d for d in found if not d.headline and not d.identical]
    tables = [("The value of the decision", headlines), ("Other outcomes that differ most", others)]
    if full:
        tables = [("The value of the decision", list(comparison.differences))]
    for title, rows in tables:
        if rows:
            page.heading(f"{title} ({in_brackets(comparison)})")
            two_sided_table(page, rows)
    if note := settle_text([d for _, rows in tables for d in rows]):
        page.say(note)
    if value.among_changed and value.changed.value < 1.0:
        count = int(value.divergence.changed.sum())
        page.heading(f"Value in the {count_text(count, 'pair')} in which anything differs")
        wanted = {row: place for place, row in enumerate(comparison.rows)}
        among = [d for d in value.among_changed if (d.outcome, d.label) in wanted]
        among.sort(key=lambda d: wanted[d.outcome, d.label])
        two_sided_table(page, among)
        page.say(
            "The verdicts of this table are corrected for multiple comparisons within the table, "
            "but not for the tables above, which use the same runs."
        )
