"""Games: every pair of strategies played with the same random draws, and the resulting payoffs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Any, Final

import numpy as np

from sim.engine.blocks import columns
from sim.engine.choice import choose_engine
from sim.errors import UsageError
from sim.experiment.executors.choice import choose, worker_count
from sim.experiment.games.bimatrix import library
from sim.experiment.games.equilibria import Equilibrium, GameCell, Profile, Regret, Solution, solve
from sim.experiment.games.frontier import Frontier, frontier_of
from sim.experiment.games.payoffs import DEFAULTS, SIDES, Payoff, option_of, read_payoff
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.modes import FIXED
from sim.experiment.outcomes.targets import Target, days_of, read_targets
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.runs.defaults import PER_VECTOR, RUNS
from sim.experiment.runs.design import Means
from sim.experiment.runs.filler import Progress, part
from sim.experiment.stats.intervals import Estimate, Flags, Labels, vector_labels
from sim.experiment.stats.json_form import estimate_json, finite
from sim.experiment.store.identity import model_version
from sim.experiment.sweep.readings import Readings, estimate_of
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.strategies import Strategy, find_strategy

MOST: Final = 4
"""Strategies per side, at most: each one makes solving a resampled game take four times longer."""

EXAMINED: Final = 100
"""Default number of runs whose meetings are recorded: SimPy plays them in ten seconds."""

BACKGROUND: Final = ("us_addon_pp", "cn_addon_pp", "truce_in_force", "path_class=conflict")
"""Further outcomes reported for each profile, to help explain its payoffs."""


@dataclass(frozen=True, slots=True)
class GameTable:
    """A played game: strategies, payoffs, batches and solution.

    Attributes:
        batches: The batch of each profile, with the strategies of the US outermost.
        strategies: Strategies of the US and of China.
        payoffs: Payoffs of the US and of China.
        n: Number of runs that finished in every profile.
        solution: The solution of the game.
        background: For each profile, an estimate of each of `targets`.
        targets: Further outcomes reported for each profile.
        leading: The profile that is an equilibrium in most resamples; the first if several tie.
        frontier: Bargains in runs of that profile; None if not requested.
    """

    batches: tuple[Batch, ...]
    strategies: tuple[tuple[Strategy, ...], tuple[Strategy, ...]]
    payoffs: tuple[Payoff, Payoff]
    n: int
    solution: Solution
    background: tuple[tuple[Estimate, ...], ...]
    targets: tuple[Target, ...]
    leading: Profile
    frontier: Frontier | None

    def names(self, profile: Profile) -> tuple[str, str]:
        """Returns the names of a profile's strategies."""
        return self.strategies[0][profile[0]].name, self.strategies[1][profile[1]].name

    def is_near(self, cell: GameCell) -> bool:
        """Returns whether neither side can gain more than its margin by switching alone."""
        pairs = zip(cell.regrets, self.payoffs, strict=True)
        return all(regret.high <= payoff.margin for regret, payoff in pairs)

    def to_json(self) -> dict[str, Any]:
        """Returns the game as one JSON object with stable keys."""
        head = self.batches[0]
        solution = self.solution
        return {
            "scenario": head.resolved.name,
            "question": head.resolved.question,
            "seed": head.seed,
            "parameters": head.parameters,
            "model_version": model_version(),
            "runs": self.n,
            "strategies": {
                side: [{"name": s.name, "title": s.title} for s in own]
                for side, own in zip(SIDES, self.strategies, strict=True)
            },
            "payoffs": {
                payoff.side: {"text": payoff.text, "unit": payoff.unit, "margin": payoff.margin}
                for payoff in self.payoffs
            },
            "profiles": [
                self._profile_json(cell.profile, batch, told)
                for cell, batch, told in zip(
                    solution.cells, self.batches, self.background, strict=True
                )
            ],
            "gains_level": solution.level,
            "gains": [
                {
                    "side": SIDES[gain.side],
                    **self._named(gain.profile),
                    "instead": self.strategies[gain.side][gain.instead].name,
                    "gain": estimate_json(gain.gain),
                }
                for gain in solution.gains
            ],
            "equilibria": [self._equilibrium_json(found) for found in solution.equilibria],
            "degenerate": solution.degenerate,
            "better_for_both": [
                {"than": self._named(here), "profile": self._named(there)}
                for here, there in solution.better
            ],
            "frontier": None
            if self.frontier is None
            else self._named(self.leading) | self.frontier.to_json(),
        }

    def _named(self, profile: Profile) -> dict[str, Any]:
        return dict(zip(SIDES, self.names(profile), strict=True))

    def _profile_json(
        self, profile: Profile, batch: Batch, told: Sequence[Estimate]
    ) -> dict[str, Any]:
        cell = self.solution.cell(profile)
        return {
            **self._named(profile),
            "id": batch.id,
            "results_dir": str(batch.directory),
            "failed": len(batch.failures),
            "payoffs": dict(zip(SIDES, map(estimate_json, cell.payoffs), strict=True)),
            "regrets": dict(zip(SIDES, map(_regret_json, cell.regrets), strict=True)),
            "equilibrium": cell.verdict,
            "within_margins": self.is_near(cell),
            "share_of_resamples": cell.share,
            "outcomes": {
                target.text: estimate_json(estimate)
                for target, estimate in zip(self.targets, told, strict=True)
            },
        }

    def _equilibrium_json(self, found: Equilibrium) -> dict[str, Any]:
        sides = {}
        for number, side in enumerate(SIDES):
            low, high = found.ranges[number]
            sides[side] = {
                strategy.name: {
                    "probability": float(found.mix[number][place]),
                    "range": [float(low[place]), float(high[place])],
                }
                for place, strategy in enumerate(self.strategies[number])
            }
        return {
            "pure": found.is_pure,
            **sides,
            "payoffs": dict(zip(SIDES, found.payoffs, strict=True)),
            "share_of_resamples": found.share,
            "at_means": found.at_means,
        }


def play_game(
    start: StudyBase,
    strategies: tuple[Sequence[str], Sequence[str]],
    means: Means,
    *,
    payoffs: tuple[str, str] = (DEFAULTS["us"], DEFAULTS["cn"]),
    n: int = RUNS,
    parameters: str = "fixed",
    per_vector: int = PER_VECTOR,
    examine: int = EXAMINED,
    solving: Progress | None = None,
    replaying: Progress | None = None,
) -> GameTable:
    """Plays every pair of strategies of a scenario and solves the game.

    Args:
        start: The scenario.
        strategies: Names or paths of the strategies of the US and of China.
        means: Store, seed, workers and engine.
        payoffs: Payoffs of the US and of China, in the form `payoffs.read_payoff` takes.
        n: Number of runs of each pair of strategies.
        parameters: `fixed`, `prior` or `posterior`.
        per_vector: Number of runs per parameter vector, if they are drawn.
        examine: Number of runs whose meetings are recorded, at most n; 0 for none.
        solving: Called with (done, total) resampled games.
        replaying: Called with (done, total) replayed runs.

    Raises:
        CheckFailedError: A payoff does not apply to every run.
        NotFoundError: There is no such scenario, strategy or outcome.
        ScenarioError: The scenario or a strategy is wrong; nothing was played.
        UsageError: An option is out of range, or a library is missing; nothing was played.
    """
    library()
    means.check()
    if examine < 0:
        raise UsageError(f"--examine {examine}: expected a number of runs, or 0 for none")
    us, cn = (_read(side, names) for side, names in zip(SIDES, strategies, strict=True))
    days = (days_of([text], option_of(s)) for s, text in zip(SIDES, payoffs, strict=True))
    start = replace(start, at=tuple(dict.fromkeys((*start.at, *chain(*days)))))
    known = columns(start.resolved())
    of_us, of_cn = (read_payoff(s, text, known) for s, text in zip(SIDES, payoffs, strict=True))
    targets = read_targets(BACKGROUND, known)
    worlds = [start.resolved(strategies=pair) for pair in product(us, cn)]
    batches = _play(worlds, means, n, parameters, per_vector)
    for batch in batches:
        batch.expect((*of_us.names, *of_cn.names, *(t.column.name for t in targets)))
    counts = np.logical_and.reduce([batch.finished for batch in batches])
    clusters = vector_labels(n, per_vector)[counts] if parameters != FIXED else None
    runs = np.stack([[p.of(batch)[counts] for batch in batches] for p in (of_us, of_cn)])
    solution = solve(runs.reshape(2, len(us), len(cn), -1), clusters, solving)
    leading = max(solution.cells, key=lambda cell: cell.share).profile
    chosen = batches[leading[0] * len(cn) + leading[1]]
    return GameTable(
        batches=batches,
        strategies=(us, cn),
        payoffs=(of_us, of_cn),
        n=int(counts.sum()),
        solution=solution,
        background=tuple(_estimates(batch, targets, counts, clusters) for batch in batches),
        targets=targets,
        leading=leading,
        frontier=frontier_of(chosen, examine, replaying) if examine else None,
    )


def _play(
    worlds: Sequence[Resolved], means: Means, n: int, parameters: str, per_vector: int
) -> tuple[Batch, ...]:
    """Plays the profiles one after another, with the same workers."""
    crew_size = worker_count(means.workers, n * len(worlds))
    engine = choose_engine(means.engine, worlds[0], n * len(worlds), crew_size)
    with choose(means.executor, crew_size, means.scheduler, engine) as pool:
        return tuple(
            run_batch(
                resolved,
                n=n,
                seed=means.seed,
                parameters=parameters,
                per_vector=per_vector,
                engine=engine,
                store=means.store,
                force=means.force,
                paths="none",
                progress=part(means.progress, place, len(worlds)),
                note=means.note,
                waiting=means.waiting,
                pool=pool,
            )
            for place, resolved in enumerate(worlds)
        )


def _estimates(
    batch: Batch, targets: Sequence[Target], counts: Flags, clusters: Labels | None
) -> tuple[Estimate, ...]:
    """Returns an estimate of each target over the runs that count."""
    failed = ~batch.finished
    each = (target.of(batch.values[target.column.name], failed)[counts] for target in targets)
    return tuple(
        estimate_of(Readings(runs[np.newaxis], clusters=clusters), target)
        for target, runs in zip(targets, each, strict=True)
    )


def _read(side: str, names: Iterable[str]) -> tuple[Strategy, ...]:
    """Returns the strategies of a side."""
    option = f"--{side}"
    found = tuple(find_strategy(side, name.strip()) for name in names)
    if not found:
        raise UsageError(f"{option}: name at least one strategy; baseline changes nothing")
    if len(found) > MOST:
        raise UsageError(f"{option}: {len(found)} strategies; at most {MOST} are allowed")
    called = [strategy.name for strategy in found]
    for name in called:
        if called.count(name) > 1:
            raise UsageError(f"{option}: two strategies are called {name}; remove or rename one")
    return found


def _regret_json(regret: Regret) -> dict[str, Any]:
    return {"value": regret.value, "ci": [finite(regret.low), finite(regret.high)]}
