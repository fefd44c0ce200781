"""Manifest of a results folder: its schema, its seal, and how to simulate its runs again.

A manifest carries a hash of itself. One that does not fit its schema or its seal is set aside: no
number of its folder is used.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from sim.errors import UsageError

FILE: Final = "manifest.json"

DESIGN_RUNS: Final = "runs"
"""Subfolder with the runs of a design, next to the file of its points."""

SHARD: Final = 1000
"""Number of replicates in a shard."""

SCHEMA: Final = 2
"""Version of the manifests written; those of version 1 have no seal, and are still read."""

Manifest = dict[str, Any]

_MOST_BYTES: Final = 2**26
"""Size of a file that is no manifest: that of a million runs takes half a megabyte."""

_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Shard = Annotated[str, Field(pattern=r"^[0-9]{6,}\.parquet$")]
_Count = Annotated[int, Field(ge=0, lt=2**40)]
_Text = Annotated[str, Field(max_length=100_000)]
_Name = Annotated[str, Field(min_length=1, max_length=1000)]


class DamagedManifest(UsageError):
    """A manifest that cannot be used; the message names the file and the reason."""


class _Entry(BaseModel):
    """A stored shard: its replicates, and the hash of its file."""

    model_config = ConfigDict(strict=True, extra="forbid")

    rows: _Count
    sha256: _Digest


class _Schema(BaseModel):
    """Schema of manifests of version 1, which lack the last three fields, and of version 2."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    version: Literal[1, 2] = Field(alias="schema")
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{10}$")]
    scenario: _Name
    seed: Annotated[int, Field(ge=0, lt=2**32)]
    n: _Count
    per_vector: Annotated[int, Field(ge=1, lt=2**40)] | None
    columns: list[_Name]
    paths: list[_Name]
    shards: dict[_Name, dict[_Shard, _Entry]]
    updated: AwareDatetime
    created: AwareDatetime | None = None
    question: _Text | None = None
    scenario_hash: _Name | None = None
    parameters: _Text | None = None
    model_version: _Name | None = None
    drawing_version: _Name | None = None
    changes: list[_Text] = []
    versions: dict[_Name, _Name] = {}
    timings: dict[_Name, float] = {}
    engine: _Text | None = None
    typed: list[_Text] | None = None
    scenario_sha256: _Digest | None = None
    sha256: _Digest | None = None


def read_manifest(directory: Path) -> Manifest:
    """Returns the manifest of a folder; empty if there is none.

    Raises:
        DamagedManifest: It cannot be read, does not fit its schema, or is not as it was written.
    """
    path = directory / FILE
    try:
        if not path.exists():
            return {}
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            raise ValueError("it is not a file, or larger than any manifest")
        text = path.read_bytes()
        _Schema.model_validate_json(text)
        manifest: Manifest = json.loads(text)
        _check_sums(manifest)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))[:100]
        why = f"{place}: {first['msg']}" if place else first["msg"]
        raise DamagedManifest(f"{path} is damaged ({_line(why)})") from error
    except (OSError, ValueError, RecursionError) as error:
        raise DamagedManifest(f"{path} is damaged ({_line(str(error))})") from error
    return manifest


def sealed(manifest: Mapping[str, Any]) -> str:
    """Returns a manifest as text, with a hash of the rest of it."""
    return _text({**manifest, "sha256": seal(manifest)})


def seal(manifest: Mapping[str, Any]) -> str:
    """Returns the SHA-256, in hex digits, of all of a manifest but its own hash."""
    rest = {key: value for key, value in manifest.items() if key != "sha256"}
    return sha256(_text(rest).encode()).hexdigest()


def shard_file(shard: int) -> str:
    """Returns the file name of a shard."""
    return f"{shard:06d}.parquet"


def contiguous(entries: Mapping[str, Mapping[str, Any]]) -> int:
    """Returns the number of replicates without a gap, counted from 0.

    Args:
        entries: File name -> entry of each shard of the outcomes.
    """
    total = 0
    for shard, name in enumerate(sorted(entries)):
        if name != shard_file(shard) or total != shard * SHARD:
            break
        total += int(entries[name]["rows"])
    return total


def repeat_command(manifest: Mapping[str, Any], reference: str = "") -> str:
    """Returns the command that simulates the runs of a result again, or words for it if it cannot
    be told from the manifest.

    Args:
        manifest: The manifest of the result.
        reference: What the scenario is found by, if it is known; else it is known by its name if
            the program brings it along.
    """
    from sim.scenario.shipped import names

    typed = manifest.get("typed")
    scenario = reference or str(manifest["scenario"])
    found = bool(reference) or scenario in names()
    if typed is None or any(" " in text for text in typed) or not found:
        return "the command that made it"
    words = ["detente", "run", scenario, "-n", str(manifest["n"]), "--seed", str(manifest["seed"])]
    if manifest.get("per_vector"):
        drawn = manifest.get("parameters") or "prior"
        words += ["--parameters", drawn, "--per-vector", str(manifest["per_vector"])]
    for text in typed:
        key, _, value = text.partition("=")
        words += [f"--{key}", value] if key in {"until", "at"} else ["--set", text]
    if manifest["shards"].get("events"):
        words.append("--events")
    return shlex.join(words)


def _check_sums(manifest: Manifest) -> None:
    if manifest["schema"] == SCHEMA and manifest.get("sha256") != seal(manifest):
        raise ValueError("it is not as it was written")
    if manifest["n"] != contiguous(manifest["shards"].get("outcomes", {})):
        raise ValueError(f"n is {manifest['n']}, which its shards do not hold")


def _text(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, indent=1, sort_keys=True)


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
