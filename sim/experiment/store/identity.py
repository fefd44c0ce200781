"""Identity of a batch: the hash that names its results folder."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from sim.experiment.inputs import priors
from sim.history.places import data_root
from sim.scenario.equilibrium_table import GRID
from sim.scenario.resolved_scenario import Resolved

_ROOT = Path(__file__).parents[2]
_MODEL_PACKAGES: Final = ("model", "economy", "engine")
_MODEL_FILES: Final = frozenset({".py", ".csv", ".json", ".npy", ".npz", ".yaml"})


@cache
def model_version() -> str:
    """Returns 12 hex digits that change with the sources or data of model, economy and engine.

    The numbers of scenarios are in the resolved scenario; the solved table of real incomes is the
    one file runs read beside it.
    """
    digest = sha256()
    for package in _MODEL_PACKAGES:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.suffix in _MODEL_FILES and path.is_file():
                digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0")
                digest.update(sha256(path.read_bytes()).digest())
    digest.update(sha256((data_root() / GRID).read_bytes()).digest())
    return digest.hexdigest()[:12]


def run_id(resolved: Resolved, seed: int, per_vector: int) -> str:
    """Returns 10 hex digits that two batches share if and only if they play the same runs.

    Args:
        resolved: The scenario.
        seed: Seed of the batch.
        per_vector: Runs that share a parameter vector; 0 for central values.
    """
    mode = f"prior/{per_vector}/{_drawing_version()}" if per_vector else "fixed"
    substance = resolved.prior_hash if per_vector else resolved.hash
    text = "\n".join((substance, str(seed), mode, model_version()))
    return sha256(text.encode()).hexdigest()[:10]


def folder_name(scenario: str, identity: str) -> str:
    """Returns the name of a results folder; a scenario's name cannot lead out of its place."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", scenario).strip(".-") or "scenario"
    return f"{safe}-{identity}"


@cache
def _drawing_version() -> str:
    """Returns a hash of how parameters are drawn, which belongs to no package of the model."""
    return sha256(Path(priors.__file__).read_bytes()).hexdigest()[:8]
