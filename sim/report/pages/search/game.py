"""Page of a game: payoffs, regrets, equilibria, and the bargains at meetings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sim.report.page import Page, numeric, worded
from sim.report.pages.search.frontier import add_frontier
from sim.report.words.numbers import (
    count_text,
    day_text,
    interval_name,
    number_text,
    of_runs,
    scale_text,
    signed,
)
from sim.report.words.targets import payoff_step

if TYPE_CHECKING:
    from sim.experiment.games.equilibria import Equilibrium, GameCell, Profile, Regret
    from sim.experiment.games.game import GameTable
    from sim.experiment.games.payoffs import Payoff, Term
    from sim.experiment.outcomes.targets import Target
    from sim.experiment.stats.intervals import Estimate

WHO: Final = ("Washington", "Beijing")
VERDICTS: Final = {"equilibrium": "yes", "none": "no", "cannot tell": "?"}
NEARLY: Final = "nearly"
"""Verdict on a pair that may not be an equilibrium, but where no gain is large enough to matter."""


def game_page(table: GameTable) -> Page:
    """Returns the page of a game."""
    page = Page()
    head = table.batches[0]
    sizes = " x ".join(str(len(own)) for own in table.strategies)
    page.title(f"{head.resolved.name}   a game of {sizes} strategies")
    page.say(
        f"{count_text(table.n, 'run')} for each pair of strategies, with the same luck, seed "
        f"{head.seed}"
    )
    if head.parameters != "fixed":
        page.say("Parameters are drawn from their ranges; intervals cover the draws.")
    page.say(head.resolved.question)
    page.gap()
    for side in range(2):
        page.say(f"{WHO[side]}'s payoff: {payoff_words(table, side)}.")
    page.heading("In short")
    for text in in_short(table):
        page.say(text, indent=2)
    _payoffs(page, table)
    _changes(page, table)
    _equilibria(page, table)
    _background(page, table)
    if table.frontier:
        us, cn = table.names(table.leading)
        runs = count_text(table.frontier.runs, "run")
        add_frontier(page, table.frontier, f"{runs} of {us} against {cn}")
    page.heading("Strategies")
    page.table(
        (worded(""), worded(""), worded("")),
        [
            (WHO[side] if place == 0 else "", strategy.name, strategy.title)
            for side in range(2)
            for place, strategy in enumerate(table.strategies[side])
        ],
    )
    page.gap()
    _leftover(page, table)
    return page


def payoff_words(table: GameTable, side: int) -> str:
    """Returns the payoff of a side: outcomes by name and meaning, each with its unit."""
    payoff = table.payoffs[side]
    end = day_text(table.batches[0].resolved.until)
    when = "" if all("@" in name for name in payoff.names) else f" at the end, {end}"
    if payoff.is_sum:
        terms = "; ".join(f"{signed(t.weight)} x {_term_words(t)}" for t in payoff.terms)
        return f"a weighted sum{when}: {terms}. Higher is better"
    better = "Higher" if payoff.terms[0].weight > 0.0 else "Lower"
    return f"{_term_words(payoff.terms[0])}{when}. {better} is better"


def in_short(table: GameTable) -> list[str]:
    """Returns a summary: the best strategy of each side, the equilibria, and whether both sides
    could do better."""
    return [*_best(table, 0), *_best(table, 1), *_resting(table), *_better(table)]


def _term_words(term: Term) -> str:
    target = term.target
    unit = "1 if true, else 0" if target.is_share else scale_text(target.unit)
    meaning = target.column.outcome.meaning.rstrip(".")
    return f"{target.text} ({meaning}{', ' if unit else ''}{unit})"


def _best(table: GameTable, side: int) -> Iterator[str]:
    """Yields the best strategy of a side: a dominant one, or the best reply to each strategy."""
    own, others = table.strategies[side], table.strategies[1 - side]
    if len(own) < 2:
        return
    solution = table.solution
    for place, strategy in enumerate(own):
        rivals = (other for other in range(len(own)) if other != place)
        if all(solution.dominates(side, place, other) for other in rivals):
            yield (
                f"{WHO[side]} does best with {strategy.name}, whatever {WHO[1 - side]} plays, by "
                f"{_advantage(table, side, place)}."
            )
            return
    answers = [_answer(table, side, against) for against in range(len(others))]
    yield f"{WHO[side]} does best with {'; '.join(answers)}."


def _advantage(table: GameTable, side: int, place: int) -> str:
    """Returns the range of a strategy's lead over the next best, over the other side's
    strategies."""
    leads = []
    for against in range(len(table.strategies[1 - side])):
        profile = _profile(side, place, against)
        gains = [
            g.gain.value for g in table.solution.gains if (g.side, g.profile) == (side, profile)
        ]
        leads.append(-max(gains))
    low, high = (_number(table, side, value) for value in (min(leads), max(leads)))
    return low if low == high else f"{low} to {high}"


def _answer(table: GameTable, side: int, against: int) -> str:
    """Returns the best replies to a strategy: all that may be best, given the intervals."""
    places = range(len(table.strategies[side]))
    cells = {p: table.solution.cell(_profile(side, p, against)) for p in places}
    top = max(places, key=lambda p: cells[p].payoffs[side].value)
    here = _profile(side, top, against)
    names = [
        table.strategies[side][p].name
        for p in places
        if p == top or table.solution.gain(side, here, p).high >= 0.0
    ]
    best = names[0] if len(names) == 1 else f"{' or '.join(names)} (undecided)"
    return f"{best} against {table.strategies[1 - side][against].name}"


def _profile(side: int, own: int, other: int) -> Profile:
    return (own, other) if side == 0 else (other, own)


def _resting(table: GameTable) -> Iterator[str]:
    """Yields sentences on the pairs at which neither side gains by changing alone."""
    cells = table.solution.cells
    sure = [cell for cell in cells if cell.verdict == "equilibrium"]
    near = [cell for cell in cells if _verdict(table, cell) == NEARLY]
    unsure = [c for c in cells if c.verdict == "cannot tell" and c not in near]
    if sure:
        yield f"Equilibrium: neither side gains by changing alone at {_listed(table, sure)}."
    if near:
        yield f"At {_listed(table, near)}, no gain by changing alone is large enough to matter."
    if unsure:
        yield f"More runs are needed to decide whether {_listed(table, unsure)} is an equilibrium."
    if not sure and not near and not unsure:
        yield "At every pair, one side gains by changing: no equilibrium in pure strategies."
    mixed = [e for e in table.solution.equilibria if not e.is_pure and e.at_means]
    if mixed:
        count = count_text(len(mixed), "equilibrium", "equilibria")
        yield f"{count} in mixed strategies; see below."


def _better(table: GameTable) -> Iterator[str]:
    """Yields pairs at which both sides would do better than at an equilibrium."""
    for here, there in table.solution.better:
        gains = [
            signed(
                table.solution.cell(there).payoffs[side].value
                - table.solution.cell(here).payoffs[side].value,
                step=payoff_step(table.payoffs[side]),
            )
            for side in range(2)
        ]
        yield (
            f"Both would do better at {_called(table, there)} than at {_called(table, here)} "
            f"({gains[0]} and {gains[1]}), but neither gets there by changing alone."
        )


def _payoffs(page: Page, table: GameTable) -> None:
    """Adds the table of payoffs: one row per US strategy, one column per Chinese strategy."""
    units = [_unit(payoff) for payoff in table.payoffs]
    drawn = table.batches[0].per_vector > 0
    of_each = units[0] if units[0] == units[1] else f"{units[0]}; {units[1]}"
    page.heading(f"Payoffs: Washington, Beijing ({of_each}; {interval_name(drawn=drawn)} below)")
    us, cn = table.strategies
    rows = []
    for i, strategy in enumerate(us):
        cells = [table.solution.cell((i, j)) for j in range(len(cn))]
        rows.append((strategy.name, *(_pair(table, cell) for cell in cells)))
    page.table((worded(""), *(numeric(strategy.name) for strategy in cn)), rows)


def _pair(table: GameTable, cell: GameCell) -> str:
    values = [_number(table, side, cell.payoffs[side].value) for side in range(2)]
    halves = [_number(table, side, cell.payoffs[side].half_width) for side in range(2)]
    return f"{values[0]}, {values[1]}\n±{halves[0]}, ±{halves[1]}"


def _changes(page: Page, table: GameTable) -> None:
    """Adds the gain of each side from changing alone, pair by pair."""
    page.heading("Regret: the most a side gains by changing alone (joint 95% intervals)")
    page.table(
        (
            worded("\npair"),
            numeric("\nWashington"),
            numeric("\nBeijing"),
            numeric("equilibrium\n(%)"),
        ),
        [
            (
                _called(table, cell.profile),
                *(_regret(table, side, cell.regrets[side]) for side in range(2)),
                f"{_verdict(table, cell)} ({number_text(100.0 * cell.share, 0)})",
            )
            for cell in table.solution.cells
        ],
    )
    margins = [_number(table, side, table.payoffs[side].margin) for side in range(2)]
    page.say(
        "In brackets after the verdict: % of tables of resampled runs in which the pair is an "
        f"equilibrium. {NEARLY}: no gain is large enough to matter ({margins[0]} to Washington, "
        f"{margins[1]} to Beijing)."
    )


def _verdict(table: GameTable, cell: GameCell) -> str:
    if cell.verdict != "equilibrium" and table.is_near(cell):
        return NEARLY
    return VERDICTS[cell.verdict]


def _regret(table: GameTable, side: int, regret: Regret) -> str:
    if regret.high == 0.0:
        return "0"
    value, low, high = (
        _number(table, side, number) for number in (regret.value, regret.low, regret.high)
    )
    return f"{value} ({low}-{high})"


def _equilibria(page: Page, table: GameTable) -> None:
    """Adds the list of equilibria, unless the table of regrets already shows them all."""
    found = table.solution.equilibria
    if all(e.is_pure and e.at_means for e in found) and not table.solution.degenerate:
        return
    page.heading("Equilibria of the mean payoffs, and how often resampled runs have them")
    for equilibrium in found:
        mixes = " against ".join(_mix(table, equilibrium, side) for side in range(2))
        where = "" if equilibrium.at_means else " (not of the mean payoffs)"
        page.say(
            f"{mixes}: {of_runs(equilibrium.share).replace('run', 'resample')}{where}", indent=2
        )
    if table.solution.degenerate:
        page.say("Some payoffs are tied, so there may be more equilibria than these.", indent=2)


def _mix(table: GameTable, equilibrium: Equilibrium, side: int) -> str:
    own = table.strategies[side]
    support = equilibrium.supports[side]
    if len(support) == 1:
        return own[support[0]].name
    low, high = equilibrium.ranges[side]
    return " / ".join(
        f"{own[i].name} {number_text(equilibrium.mix[side][i], 2)} "
        f"({number_text(low[i], 2)}-{number_text(high[i], 2)})"
        for i in support
    )


def _background(page: Page, table: GameTable) -> None:
    """Adds other outcomes of each pair, to explain its payoffs."""
    page.heading("Other outcomes of each pair at the end (shares in % of runs)")
    heads = (
        "US duty\nadded, pp",
        "Chinese duty\nadded, pp",
        "truce in\nforce",
        "open\nconflict",
    )
    page.table(
        (worded("\npair"), *map(numeric, heads)),
        [
            (_called(table, cell.profile), *map(_figure, table.targets, estimates))
            for cell, estimates in zip(table.solution.cells, table.background, strict=True)
        ],
    )


def _figure(target: Target, estimate: Estimate) -> str:
    return number_text(100.0 * estimate.value if target.is_share else estimate.value, 0)


def _leftover(page: Page, table: GameTable) -> None:
    failed = sum(len(batch.failures) for batch in table.batches)
    if failed:
        page.say(
            f"{count_text(failed, 'run')} failed; their replicates are excluded from all pairs."
        )
    page.say(
        "Equilibria refer to these strategies only. For every gain with its interval, use --json. "
        "To change the payoffs, use --us-payoff and --cn-payoff."
    )


def _listed(table: GameTable, cells: list[GameCell]) -> str:
    return " or ".join(_called(table, cell.profile) for cell in cells)


def _called(table: GameTable, profile: Profile) -> str:
    us, cn = table.names(profile)
    return f"{us} / {cn}"


def _unit(payoff: Payoff) -> str:
    return scale_text(payoff.unit) or payoff.unit


def _number(table: GameTable, side: int, value: float) -> str:
    return number_text(value, step=payoff_step(table.payoffs[side]))
