"""Identity of a batch: the hash that names its results folder.

The code that plays a batch counts by what it does (see `program.digest`): its syntax without
comments and docstrings, with names followed to their definitions. Moving a module, editing an
import or a comment, or reformatting renames no batch. Anything that could change a number does, and
in doubt so does what could not: another name for a function, other words in an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sim.experiment.inputs.priors import parameter_sets
from sim.experiment.store.program.digest import Program
from sim.history.places import data_root
from sim.scenario.equilibrium_table import GRID, WORLD
from sim.scenario.resolved_scenario import Resolved

LONGEST_NAME: Final = 150
"""Number of letters of a scenario's name in the name of its results folder."""

_ROOT = Path(__file__).parents[2]
_MODEL_PACKAGES: Final = ("sim.model", "sim.economy", "sim.engine")
_MODEL_DATA: Final = frozenset({".csv", ".json", ".npy", ".npz", ".yaml"})


@cache
def model_version() -> str:
    """Returns 12 hex digits that change with the code or data of model, economy and engine.

    Code of other packages counts as far as these lead to it. The numbers of scenarios are in the
    resolved scenario; runs read two files beside it: the solved table of equilibria and its base.
    """
    digest = sha256(_program().digest(_MODEL_PACKAGES).encode())
    for package in _MODEL_PACKAGES:
        folder = _ROOT.parent.joinpath(*package.split("."))
        for path in sorted(folder.rglob("*")):
            if path.suffix in _MODEL_DATA and path.is_file():
                digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0")
                digest.update(sha256(path.read_bytes()).digest())
    for name in (GRID, WORLD):
        digest.update(sha256((data_root() / name).read_bytes()).digest())
    return digest.hexdigest()[:12]


@cache
def part_versions() -> dict[str, str]:
    """Returns 8 hex digits for each package of the model, with what it leads to: which part of two
    versions differs. The engine leads to the rules, so its digits change with theirs."""
    return {package: _program().digest((package,))[:8] for package in _MODEL_PACKAGES}


@cache
def drawing_version() -> str:
    """Returns 8 hex digits that change with how parameters are drawn, which is no part of the
    model."""
    drawing = (parameter_sets.__module__, parameter_sets.__name__)
    return _program().digest(names=[drawing])[:8]


def run_id(resolved: Resolved, seed: int, per_vector: int) -> str:
    """Returns 10 hex digits that two batches share if and only if they play the same runs.

    Args:
        resolved: The scenario.
        seed: Seed of the batch.
        per_vector: Runs that share a parameter vector; 0 for central values.
    """
    mode = f"prior/{per_vector}/{drawing_version()}" if per_vector else "fixed"
    substance = resolved.prior_hash if per_vector else resolved.hash
    text = "\n".join((substance, str(seed), mode, model_version()))
    return sha256(text.encode()).hexdigest()[:10]


def is_current(manifest: Mapping[str, Any], *, draws: bool) -> bool:
    """Tells whether this version would play the runs of a folder as they were played.

    Args:
        manifest: What the folder says about itself.
        draws: Whether their parameters were drawn.
    """
    if manifest.get("model_version") != model_version():
        return False
    return not draws or manifest.get("drawing_version") == drawing_version()


def folder_name(scenario: str, identity: str) -> str:
    """Returns the name of a results folder; a scenario's name cannot lead out of its place, and a
    long one is cut, because a file system allows names of 255 letters."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", scenario)[:LONGEST_NAME].strip(".-") or "scenario"
    return f"{safe}-{identity}"


@cache
def _program() -> Program:
    return Program(_ROOT)
