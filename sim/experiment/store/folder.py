"""The folder of one batch: its runs in shards, and a manifest that vouches for them.

A file is written under another name and renamed; a shard counts only if its hash is the
manifest's, so whatever a kill or a failing disk leaves behind is played again.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import NotFoundError, UsageError, nearest
from sim.experiment.store import parquet
from sim.experiment.store.identity import drawing_version, is_current, model_version
from sim.experiment.store.parquet import Array, RunRows
from sim.scenario.resolved_scenario import Resolved

if TYPE_CHECKING:
    from sim.engine.blocks import Column

SHARD: Final = 1000
"""Replicates in a shard."""

MOST_RUNS: Final = 2**32
"""Replicates are half of a 64-bit key."""

PATH_SHARDS: Final = 10
"""Shards whose paths are kept by default: the first 10,000 replicates."""

SCHEMA: Final = 1
_REQUIRED: Final = {"columns", "id", "n", "scenario", "seed", "shards", "updated"}
_SLACK_BYTES: Final = 2**20
_PROBE_BYTES: Final = 2**26
_STALE_S: Final = 3600.0

Manifest = dict[str, Any]
Note = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Content:
    """What a folder holds.

    Attributes:
        resolved: The scenario played.
        seed: Seed of the batch.
        per_vector: Runs that share a parameter vector; 0 for central values.
        columns: Columns of the outcomes table.
        path_shards: Number of shards, from the first on, whose paths are kept.
        events: Whether events are kept.
    """

    resolved: Resolved
    seed: int
    per_vector: int
    columns: tuple[Column, ...]
    path_shards: int = PATH_SHARDS
    events: bool = False

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return [column.name for column in self.columns]

    def keeps_paths(self, shard: int) -> bool:
        """Tells whether the paths of a shard are kept."""
        return shard < self.path_shards


@dataclass(frozen=True, slots=True)
class WrittenShard:
    """A shard whose files are there.

    Attributes:
        shard: Its number.
        entries: Table -> number of rows and hash of its file.
        paths: Names of the paths in it.
    """

    shard: int
    entries: Mapping[str, Mapping[str, Any]]
    paths: tuple[str, ...]


class Folder:
    """The folder of one batch: which replicates are there, and how to add to them.

    Attributes:
        directory: Its path.
        id: The hash in its name.
        content: What it holds.
        engine: Which engine plays what is missing, or played last.
    """

    def __init__(self, directory: Path, identity: str, content: Content, note: Note) -> None:
        self.directory = directory
        self.id = identity
        self.content = content
        self._note = note
        self._manifest = read_manifest(self.directory)
        if self._manifest and self._manifest["columns"] != content.names:
            self._manifest = {}
        self.engine = str(self._manifest.get("engine", ""))

    @property
    def n(self) -> int:
        """Replicates that are there without a gap, from 0 on."""
        return int(self._manifest.get("n", 0))

    @property
    def timings(self) -> Mapping[str, float]:
        """Seconds the runs that are there have taken: `startup_s`, `compile_s`, `elapsed_s`."""
        known: Mapping[str, float] = self._manifest.get("timings", {})
        return known

    @property
    def model_version(self) -> str:
        """Version of the model that plays what is missing, or played what is there."""
        return str(self._manifest.get("model_version", model_version()))

    @property
    def is_current(self) -> bool:
        """Whether this version of the model plays what is there as it was played."""
        draws = bool(self.content.per_vector)
        return not self._manifest or is_current(self._manifest, draws=draws)

    @property
    def remedy(self) -> str:
        """What to do about runs that do not come out as they are stored."""
        if self.is_current:
            return "play it again with --force"
        return (
            "another version of the model played it, and "
            f"detente run {self.content.resolved.name} plays it anew"
        )

    def rows(self, shard: int) -> int:
        """Returns how many replicates of a shard are there and whole."""
        counts = {self._whole("outcomes", shard)}
        if self.content.keeps_paths(shard):
            counts.add(self._whole("paths", shard))
        if self.content.events:
            counts.add(self._whole("events", shard))
        return counts.pop() if len(counts) == 1 else 0

    def prepare(self, bytes_needed: int) -> None:
        """Makes sure that results can be written, and writes nothing.

        Raises:
            UsageError: The folder cannot be written, or the disk has too little room.
        """
        place = self.directory / "outcomes"
        try:
            while not place.exists() and place != place.parent:
                place = place.parent
            _probe(place, min(bytes_needed + _SLACK_BYTES, _PROBE_BYTES))
            free = shutil.disk_usage(place).free
        except OSError as error:
            raise unwritable(self.directory, error) from error
        if free < bytes_needed + _SLACK_BYTES:
            raise UsageError(
                f"results folder {self.directory.parent} is full: these runs may take "
                f"{(bytes_needed + _SLACK_BYTES) / 1e6:.0f} MB, {free / 1e6:.0f} MB are free; make "
                "room, ask for fewer runs (-n), or choose another folder with --results DIR"
            )

    def write(self, shard: int, rows: RunRows) -> WrittenShard:
        """Writes the files of a shard, which count from `record` on.

        Several shards may be written at a time.

        Args:
            shard: Number of the shard.
            rows: Its replicates, all of them.

        Raises:
            UsageError: The folder cannot be written.
        """
        content = self.content
        target, paths = self.path("outcomes", shard), self.path("paths", shard)
        written = {"outcomes": target}
        try:
            parquet.write_outcomes(target, rows, content.columns, content.seed, content.per_vector)
            if content.keeps_paths(shard) and rows.paths:
                parquet.write_paths(paths, rows, content.seed)
                written["paths"] = paths
            if rows.events is not None:
                written["events"] = self.path("events", shard)
                parquet.write_events(written["events"], rows.events, content.seed)
        except OSError as error:
            raise unwritable(self.directory, error) from error
        entries = {
            table: {"rows": rows.count, "sha256": _digest(path)} for table, path in written.items()
        }
        return WrittenShard(shard, entries, tuple(rows.paths))

    def record(self, written: WrittenShard, spent: Mapping[str, float]) -> None:
        """Lets the manifest vouch for a shard; one at a time, in order.

        Args:
            written: What was written.
            spent: Seconds the runs took, added to `timings`.

        Raises:
            UsageError: The folder cannot be written.
        """
        try:
            self._open()
            for table, entry in written.entries.items():
                self._vouch(table, written.shard, entry)
            if "paths" in written.entries:
                self._manifest["paths"] = list(written.paths)
            self._close(spent)
        except OSError as error:
            raise unwritable(self.directory, error) from error

    def read(self, columns: Iterable[Column], n: int, first: int = 0) -> dict[str, Array]:
        """Returns columns of the replicates from `first`, the first of its shard, to n - 1.

        Raises:
            UsageError: A file has gone or changed since it was checked.
        """
        with self._reading():
            return parquet.read_outcomes(self._files("outcomes", n, first), columns, n)

    def read_rows(self, shard: int, count: int) -> RunRows:
        """Returns the first `count` replicates of a shard, to be added to.

        Raises:
            UsageError: A file has gone or changed since it was checked.
        """
        first, end = shard * SHARD, shard * SHARD + count
        files = [self.path("outcomes", shard)]
        with self._reading():
            values = parquet.read_outcomes(files, self.content.columns, end)
            rows = RunRows(first, count, values, parquet.read_failures(files, end))
            if self.content.keeps_paths(shard):
                names = self._manifest["paths"]
                paths, weeks = parquet.read_paths([self.path("paths", shard)], names, end)
                rows = replace(rows, paths=paths, weeks=weeks)
            if self.content.events:
                events = parquet.read_events([self.path("events", shard)], end)
                rows = replace(rows, events=events)
            return rows

    def read_failures(self, n: int, first: int = 0) -> dict[int, tuple[str, str, str]]:
        """Returns why the failed ones among the replicates from `first`, the first of its shard,
        to n - 1 failed.

        Raises:
            UsageError: A file has gone or changed since it was checked.
        """
        with self._reading():
            return parquet.read_failures(self._files("outcomes", n, first), n)

    def read_path(self, name: str, n: int) -> tuple[Array, Array]:
        """Returns the weeks (ordinal Mondays) and a path, array (replicates, weeks), of those
        among the first n replicates whose paths were kept.

        Raises:
            NotFoundError: There is no such path.
            UsageError: A file has gone or changed since it was checked.
        """
        known = list(self._manifest.get("paths", ()))
        if name not in known:
            raise NotFoundError(f"no path {name!r} in {self.directory}" + nearest(name, known))
        with self._reading():
            series, weeks = parquet.read_paths(self._files("paths", n), [name], n)
        return weeks, series[name]

    def read_events(self, n: int, first: int = 0) -> Array:
        """Returns what happened in the replicates from `first`, the first of its shard, to n - 1,
        as rows of `blocks.EVENT`.

        Raises:
            NotFoundError: The events of these runs were not kept.
            UsageError: A file has gone or changed since it was checked.
        """
        kept = self._manifest.get("shards", {}).get("events", {})
        missing = [name for name in map(_file_name, _shards(n, first)) if name not in kept]
        if missing:
            raise NotFoundError(
                f"{self.directory} keeps no events of its runs; play them again with --events"
            )
        with self._reading():
            return parquet.read_events(self._files("events", n, first), n)

    def path(self, table: str, shard: int) -> Path:
        """Returns the file of a shard."""
        return self.directory / table / _file_name(shard)

    def _files(self, table: str, n: int, first: int = 0) -> list[Path]:
        head, last = _file_name(first // SHARD), _file_name((n - 1) // SHARD)
        return [
            self.directory / table / name
            for name in sorted(self._manifest["shards"][table])
            if head <= name <= last
        ]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UsageError(
                f"results in {self.directory} cannot be read ({error}); "
                "play them again with --force"
            ) from error

    def _whole(self, table: str, shard: int) -> int:
        entry = self._manifest.get("shards", {}).get(table, {}).get(_file_name(shard))
        if entry is None:
            return 0
        path = self.path(table, shard)
        if _digest(path) != entry["sha256"]:
            self._note(f"{path} is damaged or gone; its runs are played again")
            return 0
        return int(entry["rows"])

    def _open(self) -> None:
        """Makes the folder and a manifest without shards, if they are not there."""
        if self._manifest:
            return
        self.directory.mkdir(parents=True, exist_ok=True)
        for path in self.directory.glob("*/*.tmp"):
            # Another shard may be written meanwhile: its file is renamed under our eyes.
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _STALE_S:
                    path.unlink()
        resolved = self.content.resolved
        write_text(self.directory / "scenario.json", resolved.to_json())
        self._manifest = {
            "schema": SCHEMA,
            "scenario": resolved.name,
            "id": self.id,
            "question": resolved.question,
            "scenario_hash": resolved.hash,
            "seed": self.content.seed,
            "parameters": "prior" if self.content.per_vector else "fixed",
            "per_vector": self.content.per_vector or None,
            "model_version": model_version(),
            "drawing_version": drawing_version() if self.content.per_vector else None,
            "changes": [f"{change.key}={change.new}" for change in resolved.changes],
            "created": _now(),
            "versions": _versions(),
            "timings": {},
            "columns": self.content.names,
            "paths": [],
            "shards": {"outcomes": {}, "paths": {}, "events": {}},
        }

    def _vouch(self, table: str, shard: int, entry: Mapping[str, Any]) -> None:
        entries = self._manifest["shards"].setdefault(table, {})
        name = _file_name(shard)
        before = entries.get(name)
        if before and before["rows"] == entry["rows"] and before != entry:
            self._note(
                f"{self.path(table, shard)}: these runs came out different from the stored ones"
            )
        entries[name] = entry

    def _close(self, spent: Mapping[str, float]) -> None:
        self._manifest["updated"] = _now()
        self._manifest["engine"] = self.engine
        self._manifest["n"] = _contiguous(self._manifest["shards"]["outcomes"])
        self._manifest["timings"] = {
            name: round(self.timings.get(name, 0.0) + seconds, 3) for name, seconds in spent.items()
        }
        write_text(
            self.directory / "manifest.json", json.dumps(self._manifest, indent=1, sort_keys=True)
        )


def read_manifest(directory: Path) -> Manifest:
    """Returns the manifest of a folder; empty if there is none that can be read."""
    try:
        manifest = json.loads((directory / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        return {}
    return manifest if manifest.keys() >= _REQUIRED else {}


def unwritable(directory: Path, error: OSError) -> UsageError:
    """Returns the error of a results folder that cannot be written."""
    reason = error.strerror or str(error)
    return UsageError(
        f"results folder {directory.parent} cannot be written: {reason}; "
        "choose another with --results DIR or DETENTE_RESULTS"
    )


def _probe(place: Path, size: int) -> None:
    """Reserves room in a file without a name, which is gone again at once.

    Raises:
        OSError: The place cannot be written, or holds or allows less.
    """
    with tempfile.TemporaryFile(dir=place) as probe:
        probe.write(b"\0" * 4096)
        probe.flush()
        if not hasattr(os, "posix_fallocate"):
            return
        try:
            os.posix_fallocate(probe.fileno(), 0, size)
        except OSError as error:
            # Some file systems cannot reserve; that says nothing about room.
            if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:
                raise


def _shards(n: int, first: int) -> range:
    """Returns the shards of the replicates from `first`, the first of its shard, to n - 1."""
    return range(first // SHARD, (n - 1) // SHARD + 1)


def _file_name(shard: int) -> str:
    return f"{shard:06d}.parquet"


def _contiguous(entries: Mapping[str, Mapping[str, Any]]) -> int:
    """Returns how many replicates are there without a gap, from 0 on."""
    total = 0
    for shard, name in enumerate(sorted(entries)):
        if name != _file_name(shard) or total != shard * SHARD:
            break
        total += int(entries[name]["rows"])
    return total


def _digest(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _now() -> str:
    # Two small batches may be written within a second, and @latest is the later of them.
    return datetime.now(UTC).isoformat(timespec="microseconds")


@cache
def _versions() -> dict[str, str]:
    # This module lives in the package `sim`, whose façade lies above it and is not to be imported.
    own = str(sys.modules["sim"].__version__)
    packages = {name: version(name) for name in ("duckdb", "numpy", "scipy", "simpy")}
    return {"detente": own, "python": platform.python_version(), **packages}


def write_text(target: Path, text: str) -> None:
    """Writes a text under another name and renames it, so that a file is whole or absent."""
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text + "\n", "utf-8")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
