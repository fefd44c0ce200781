"""Requests for batches: a resolved scenario, its conditions, and its run options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.experiment.inputs.modes import FIXED
from sim.experiment.outcomes.conditions import Condition, narrowed, watching
from sim.experiment.runs.batch import Batch, check_content, run_batch
from sim.experiment.runs.companion import companion_vectors, draws_anything, run_drawn
from sim.experiment.runs.defaults import PER_VECTOR, RUNS
from sim.experiment.runs.design import Means
from sim.experiment.runs.filler import part
from sim.experiment.sensitivity.movers import Movers, movers_of
from sim.requests.options import Options, conditions_of, means_of, resolve
from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Request for a batch.

    Attributes:
        resolved: The scenario, with reporting dates for the conditions.
        conditions: Conditions a run must meet to be counted.
        means: Store and executor of the runs.
        options: Number of runs and other options.
    """

    resolved: Resolved
    conditions: tuple[Condition, ...]
    means: Means
    options: Options

    @property
    def parameters(self) -> str:
        """Parameter mode: `fixed`, `prior` or `posterior`."""
        return self.options.get("parameters", "fixed")

    @property
    def per_vector(self) -> int:
        """Runs that share a parameter vector; 0 under fixed parameters."""
        drawn = self.parameters != FIXED
        return self.options.get("per_vector", PER_VECTOR) if drawn else 0

    def play(self, place: int = 0, parts: int = 1, ahead: float = 0.0) -> Batch:
        """Returns the batch, in which the runs that meet the conditions are counted.

        Args:
            place: Index of this batch among equal parts of the work, from 0.
            parts: Number of parts.
            ahead: Number of runs that follow all parts; see `run_batch`.

        Raises:
            CheckFailedError: No run meets the conditions.
            UsageError: An option is out of range, or the results folder cannot be used.
        """
        options, means = self.options, self.means
        known = means.store.played_by_another_version(self.resolved, means.seed, self.per_vector)
        if known:
            means.note(
                f"{known.name} holds {known.n:,} of these runs as another version of the model "
                "played them; this version plays its own"
            )
        batch = run_batch(
            self.resolved,
            store=means.store,
            n=options.get("n", RUNS),
            seed=means.seed,
            parameters=self.parameters,
            per_vector=options.get("per_vector", PER_VECTOR),
            precision=options.get("precision"),
            precision_for=options.get("precision_for"),
            most=options.get("max_runs"),
            engine=means.engine,
            events=options.get("events", False) or any(c.needs_events for c in self.conditions),
            paths=options.get("paths", "first"),
            workers=means.workers,
            executor=means.executor,
            scheduler=means.scheduler,
            force=means.force,
            progress=part(means.progress, place, parts),
            note=means.note,
            waiting=means.waiting,
            ahead=ahead + (parts - 1 - place) * options.get("n", RUNS),
        )
        return narrowed(batch, self.conditions)

    def play_with_companion(self, *, brief: bool = False) -> tuple[Batch, Batch | None]:
        """Returns the batch and its companion, which draws the assumed numbers from their ranges.

        The companion is played first, so that the batch asked for is the newest result. There is
        none if the batch draws the numbers itself or has conditions, if it has too few runs, or if
        the scenario leaves nothing to draw.

        Args:
            brief: Whether to do without the companion.

        Raises:
            SimError: As for `play`.
        """
        options, n = self.options, self.options.get("n", RUNS)
        vectors = companion_vectors(n)
        alone = brief or self.parameters != FIXED or bool(self.conditions)
        if alone or not vectors or not draws_anything(self.resolved):
            return self.play(), None
        # Whatever is wrong with the batch is said before its companion is played.
        goal = (options.get("precision"), options.get("precision_for"), options.get("max_runs"))
        per_vector = options.get("per_vector", PER_VECTOR)
        paths = options.get("paths", "first")
        check_content(self.resolved, n, self.parameters, per_vector, paths, goal)
        first, second = (part(self.means.progress, place, 2) for place in range(2))
        means = replace(self.means, progress=first)
        drawn = run_drawn(self.resolved, vectors, PER_VECTOR, means, ahead=n)
        return replace(self, means=replace(self.means, progress=second)).play(), drawn


def request_batch(
    scenario: str, conditions: Sequence[Condition], means: Means, options: Options
) -> BatchRequest:
    """Returns the request for a scenario given by name or path.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
        UsageError: A date is invalid, or that of a condition lies outside the run.
    """
    resolved = watching(resolve(scenario, options), conditions)
    return BatchRequest(resolved, tuple(conditions), means, options)


def play_scenario(
    scenario: str, options: Options, *, brief: bool = False
) -> tuple[Batch, Batch | None]:
    """Returns a batch of a scenario, and its companion (see `BatchRequest.play_with_companion`).

    Args:
        scenario: Name or path.
        options: Number of runs and other options.
        brief: Whether to do without the companion.

    Raises:
        CheckFailedError: No run meets the conditions.
        NotFoundError: There is no such scenario, or a condition names something unknown.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: An option is out of range, or the results folder cannot be used.
    """
    request = request_batch(scenario, conditions_of(options), means_of(options), options)
    return request.play_with_companion(brief=brief)


def movers_of_batch(batch: Batch, drawn: Batch | None, options: Options) -> Movers | None:
    """Returns what moves the first answer of a scenario; None without a companion, which a brief
    batch or one with conditions does not have.

    Args:
        batch: Runs of the scenario.
        drawn: Its companion.
        options: The options of both.
    """
    return None if drawn is None else movers_of(batch.resolved, drawn, means_of(options))
