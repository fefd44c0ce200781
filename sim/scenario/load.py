"""Loading of a scenario by name: compose, apply `--set`, check everything, freeze."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.history.text_files import name_of
from sim.scenario.catalog import find, own_file
from sim.scenario.compose import Draft, compose
from sim.scenario.freeze import freeze
from sim.scenario.presets import preset_problems
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.settings import apply_set, set_day
from sim.scenario.strategies import Strategy, lay_over


def resolve(
    name: str,
    *,
    sets: Sequence[tuple[str, str]] = (),
    until: date | None = None,
    at: Sequence[date] = (),
    strategies: Sequence[Strategy] = (),
) -> Resolved:
    """Returns a complete, frozen scenario.

    One that starts as of a day on record has only the state written in it: the record is replayed
    above this layer, by `sim.experiment.inputs.resolution.resolve`.

    Args:
        name: A shipped name or the path of a file.
        sets: Pairs (key, value) from the command line, applied last and in order. A key is a
            parameter, a state field, `start`, `until`, `calendar.KEY` or `interventions.KEY` (null
            removes).
        until: Last day, if different from the file's.
        at: Additional days on which dated outcomes are read.
        strategies: Strategies of the sides, applied after the files and before `sets`.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A file, a strategy or `sets` is invalid; carries every problem found.
    """
    draft = drafted(name, sets=sets, until=until, strategies=strategies)
    return frozen(draft, name, at)


def frozen(draft: Draft, name: str, at: Sequence[date] = ()) -> Resolved:
    """Returns the draft of a scenario, found by its name or the path of its file, frozen.

    Raises:
        ScenarioError: The draft is invalid; carries every problem found.
    """
    path = find(name)
    return freeze(draft, name_of(path), at, own_file(path))


def drafted(
    name: str,
    *,
    sets: Sequence[tuple[str, str]] = (),
    until: date | None = None,
    strategies: Sequence[Strategy] = (),
) -> Draft:
    """Returns the draft of a scenario with changes; for the arguments, see `resolve`.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A file is not the plain YAML this project reads.
    """
    draft = compose(find(name))
    draft.problems += preset_problems(draft)
    for strategy in strategies:
        lay_over(draft, strategy)
    for key, text in sets:
        apply_set(draft, key, text)
    if until is not None:
        set_day(draft, "until", until)
    return draft
