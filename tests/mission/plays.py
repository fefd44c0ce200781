"""Small tools of the mission tests: batches, openings, tapes of runs and variants of scenarios."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from sim.engine.blocks import Block
from sim.engine.simpy_loop import play_recorded
from sim.engine.world import World, opening
from sim.model.tables.fields import copy_record
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

SEED = 20251023
ENGINE_VARIABLE = "DETENTE_MISSION_ENGINE"
"""Environment variable; `simpy` plays all runs on the reference engine, where nothing is compiled:
the same bits, more slowly."""
Values = Mapping[str, np.ndarray[Any, Any]]
Sets = tuple[tuple[str, str], ...]
Look = Callable[[State, Params], Any]


def day(text: str) -> int:
    """Returns the ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


@cache
def resolved(
    name: str, sets: Sets = (), until: str | None = None, at: tuple[str, ...] = ()
) -> Resolved:
    """Returns a scenario resolved; dates as ISO strings."""
    return resolve(
        name,
        sets=sets,
        until=date.fromisoformat(until) if until else None,
        at=[date.fromisoformat(text) for text in at],
    )


def played(scenario: Resolved, n: int, first: int = 0, seed: int = SEED) -> Block:
    """Returns `n` runs of a scenario, none of which may have failed."""
    name = "simpy_loop" if os.environ.get(ENGINE_VARIABLE) == "simpy" else "compiled_loop"
    block: Block = importlib.import_module(f"sim.engine.{name}").run_block(scenario, seed, first, n)
    if block.failures:
        raise RuntimeError(f"runs failed: {block.failures[:1]}")
    return block


@cache
def batch(
    name: str,
    n: int,
    sets: Sets = (),
    until: str | None = None,
    at: tuple[str, ...] = (),
    seed: int = SEED,
) -> Values:
    """Returns the outcomes of `n` runs, none of which may have failed."""
    block = played(resolved(name, sets, until, at), n, seed=seed)
    return {**block.values, **{f"path:{key}": rows for key, rows in block.paths.items()}}


def start(name: str, sets: Sets = ()) -> tuple[State, Params]:
    """Returns a fresh state and the parameters of a scenario's first day."""
    params, state = opening(resolved(name, sets), None)
    return copy_record(state), copy_record(params)


@dataclass(frozen=True, slots=True)
class Note:
    """One happening of a run: `seen` is what the tape looked at just after it."""

    day: int
    kind: str
    side: int | None
    size: float
    seen: Any


@dataclass(slots=True)
class Tape:
    """A recorder that keeps what it is told, and the run's last state."""

    look: Look | None = None
    notes: list[Note] = field(default_factory=list)
    end: State = field(default_factory=State)

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Keeps a happening."""
        seen = self.look(world.state, world.params) if self.look else None
        self.notes.append(Note(world.state.day, kind, side, size, seen))

    def decision(self, world: World, side: int, act: int) -> None:
        """Keeps nothing: what is chosen is told as a happening when it is done."""

    def proposal(self, world: World, side: int, u_us: float, u_cn: float) -> None:
        """Keeps nothing: what is signed is told as a happening."""

    def of(self, *kinds: str) -> list[Note]:
        """Returns the happenings of some kinds."""
        return [note for note in self.notes if note.kind in kinds]


def tapes(scenario: Resolved, runs: Iterable[int], look: Look | None = None) -> list[Tape]:
    """Returns the tapes of some replicates."""
    found = []
    for replicate in runs:
        tape = Tape(look)
        tape.end = play_recorded(scenario, SEED, replicate, tape)
        found.append(tape)
    return found


class Plain(yaml.SafeDumper):
    """Writes a repeated value out in full: scenario files know no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Tells that nothing is written as an alias."""
        return True


def variant(folder: Path, base: str, **sections: Any) -> str:
    """Writes a scenario that extends a shipped one and returns its path."""
    path = folder / f"{base}-variant-{len(list(folder.iterdir()))}.yaml"
    text = yaml.dump({"extends": base, **sections}, Dumper=Plain)
    path.write_text(text, encoding="utf-8")
    return str(path)


def forced(when: str, *acts: Mapping[str, Any], source: str = "E206") -> dict[str, Any]:
    """Returns a dated intervention that forces some acts."""
    return {"date": date.fromisoformat(when), "do": {"force": list(acts)}, "source": source}


def share_error(*shares: float, n: int) -> float:
    """Returns the standard error of a difference of shares, each of `n` runs."""
    return float(np.sqrt(sum(max(p * (1.0 - p), 1.0 / n) / n for p in shares)))


QUIET: Sets = (
    ("us.review_per_day", "0"),
    ("cn.review_per_day", "0"),
    ("us.counter.hazard_per_day", "0"),
    ("cn.reply.probability", "0"),
    ("shock.incident_per_day", "0"),
    ("taiwan.contact_per_day", "0"),
)
"""Nobody acts on his own account: what remains is what a test forces."""


def record_of_2025(folder: Path, until: str = "2025-11-20", at: tuple[str, ...] = ()) -> Resolved:
    """Returns the duties of spring 2025 as forced acts, with nobody acting on his own account:
    10, 10, 34, 50 and 41 points, mirrored from the third on, and the truce of 12 May."""
    us = {"side": "us", "act": "hike"}
    cn = {"side": "cn", "act": "hike"}
    path = variant(
        folder,
        "january-2025-first-100-days",
        interventions={
            "february": forced("2025-02-01", {**us, "size_pp": 10.0}),
            "march": forced("2025-03-04", {**us, "size_pp": 10.0}),
            "april-2": forced("2025-04-02", {**us, "size_pp": 34.0}),
            "april-4": forced("2025-04-04", {**cn, "size_pp": 34.0}),
            "april-8": forced("2025-04-08", {**us, "size_pp": 50.0}),
            "april-9": forced("2025-04-09", {**cn, "size_pp": 50.0}, {**us, "size_pp": 41.0}),
            "april-11": forced("2025-04-11", {**cn, "size_pp": 41.0}),
            "may-12": forced("2025-05-12", {"side": "us", "act": "sign_truce"}),
        },
    )
    sets = (
        *QUIET,
        ("threat.open", "false"),
        ("summit.stage", "none"),
        ("calendar.reviews", "null"),
    )
    return resolved(path, sets, until, at)
