"""The results folder of one batch: its runs in shards, and a manifest that certifies them.

Files are written under a temporary name and renamed. A shard counts only if its hash matches the
manifest, so runs damaged by a killed process or a failing disk are played again.
"""

from __future__ import annotations

import errno
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import NotFoundError, UsageError, nearest, out_of_memory
from sim.experiment.inputs.changes import typed_changes
from sim.experiment.inputs.modes import FIXED, POSTERIOR, PRIOR
from sim.experiment.store import parquet
from sim.experiment.store.checksum import checked_files, file_hash
from sim.experiment.store.disk import check_room, clear_leftovers, unwritable, write_text
from sim.experiment.store.identity import (
    drawing_version,
    is_current,
    model_version,
    part_versions,
)
from sim.experiment.store.manifest import (
    DESIGN_RUNS,
    FILE,
    SCHEMA,
    SHARD,
    DamagedManifest,
    contiguous,
    read_manifest,
    repeat_command,
    sealed,
    shard_file,
)
from sim.experiment.store.parquet import Array, RunRows
from sim.scenario.resolved_scenario import Resolved
from sim.version import __version__

if TYPE_CHECKING:
    from sim.engine.blocks import Column

MOST_RUNS: Final = 2**32
"""Largest number of replicates, because the replicate number is half of a 64-bit key."""

PATH_SHARDS: Final = 10
"""Number of shards whose paths are stored by default: the first 10,000 replicates."""

SCENARIO: Final = "scenario.json"
"""File of the resolved scenario."""

Note = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Content:
    """Content of a results folder: scenario, settings and columns.

    Attributes:
        resolved: The scenario.
        seed: Seed of the batch.
        per_vector: Number of runs per parameter vector; 0 for central values.
        columns: Columns of the outcomes table.
        path_shards: Number of shards, from the first, whose paths are stored.
        events: Whether events are stored.
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

    @property
    def drawn(self) -> str:
        """How parameters are drawn: one of `MODES`, or the path of a posterior file."""
        return drawing_of(self.resolved, self.per_vector)

    def keeps_paths(self, shard: int) -> bool:
        """Returns whether the paths of a shard are stored."""
        return shard < self.path_shards


def drawing_of(resolved: Resolved, per_vector: int) -> str:
    """Returns how the parameters of runs are drawn: one of `MODES`, or the path of a posterior
    file."""
    if not per_vector:
        return FIXED
    return PRIOR if resolved.posterior is None else resolved.posterior.file or POSTERIOR


@dataclass(frozen=True, slots=True)
class WrittenShard:
    """A shard whose files have been written.

    Attributes:
        shard: Number of the shard.
        entries: Table -> number of rows and hash of its file.
        paths: Names of the paths it contains.
    """

    shard: int
    entries: Mapping[str, Mapping[str, Any]]
    paths: tuple[str, ...]


class Folder:
    """Results folder of one batch: reads its stored replicates and adds new ones.

    Args:
        directory: Path of the folder.
        identity: Hash in its name.
        content: Content of the folder.
        note: Called with a sentence about any damage found.
        partial: Whether the columns are some of those stored, to be read and never added to.

    Attributes:
        directory: Path of the folder.
        id: Hash in the folder name.
        content: Content of the folder.
        engine: Engine that plays the missing runs, or played last.
    """

    def __init__(
        self,
        directory: Path,
        identity: str,
        content: Content,
        note: Note,
        *,
        partial: bool = False,
    ) -> None:
        self.directory = directory
        self.id = identity
        self.content = content
        self._note = note
        self._seen = _mark(directory / FILE)
        try:
            self._manifest = read_manifest(self.directory)
        except DamagedManifest as error:
            note(f"{error}; its runs are simulated again")
            self._manifest = {}
        stored = self._manifest.get("columns", [])
        if stored != content.names and not (partial and set(content.names) <= set(stored)):
            self._manifest = {}
        self.engine = str(self._manifest.get("engine", ""))

    @property
    def n(self) -> int:
        """Number of stored replicates without a gap, counted from 0."""
        return int(self._manifest.get("n", 0))

    @property
    def timings(self) -> Mapping[str, float]:
        """Seconds the stored runs took: `startup_s`, `compile_s`, `elapsed_s`."""
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
            f"another version of the model played it, and {self.repeat_command} simulates it again"
        )

    @property
    def repeat_command(self) -> str:
        """Command that simulates the runs again."""
        return repeat_command(self._manifest, self.content.resolved.reference)

    def rows(self, shard: int) -> int:
        """Returns the number of replicates of a shard that are stored and undamaged."""
        counts = {self._whole("outcomes", shard)}
        if self.content.keeps_paths(shard):
            counts.add(self._whole("paths", shard))
        if self.content.events:
            counts.add(self._whole("events", shard))
        return counts.pop() if len(counts) == 1 else 0

    def prepare(self, bytes_needed: int) -> None:
        """Checks that results can be written.

        Raises:
            SimError: The folder cannot be written, or there is too little disk space.
        """
        check_room(self.directory, bytes_needed)

    def clear(self) -> None:
        """Removes what killed processes left unfinished, even if no run is missing any more."""
        design = self.directory.name == DESIGN_RUNS
        clear_leftovers(self.directory.parent if design else self.directory)

    def mend_scenario(self) -> None:
        """Writes the file of the scenario again if it is not as it was written.

        Raises:
            SimError: The folder cannot be written.
        """
        expected = self._manifest.get("scenario_sha256")
        file = self.directory / SCENARIO
        if expected is None or file_hash(file) == expected:
            return
        self._note(f"{file} is damaged or missing and is written again")
        try:
            self._write_scenario()
            self._write_manifest()
        except OSError as error:
            raise unwritable(self.directory, error) from error

    def write(self, shard: int, rows: RunRows) -> WrittenShard:
        """Writes the files of a shard, which count only after `record`.

        Several shards may be written at once.

        Args:
            shard: Number of the shard.
            rows: All its replicates.

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
            table: {"rows": rows.count, "sha256": _hash_of_written(path)}
            for table, path in written.items()
        }
        return WrittenShard(shard, entries, tuple(rows.paths))

    def record(self, written: WrittenShard, spent: Mapping[str, float]) -> None:
        """Adds a shard to the manifest; must be called for one shard at a time, in order.

        Args:
            written: The shard that was written.
            spent: Seconds the runs took, added to `timings`.

        Raises:
            UsageError: The folder cannot be written.
        """
        try:
            self._open()
            self._adopt()
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
            UsageError: A file has disappeared or changed since it was checked.
        """
        with self._reading():
            return parquet.read_outcomes(self._files("outcomes", n, first), columns, n)

    def read_rows(self, shard: int, count: int) -> RunRows:
        """Returns the first `count` replicates of a shard, to which more will be added.

        Raises:
            UsageError: A file has disappeared or changed since it was checked.
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
        """Returns the reasons of the failures among the replicates from `first`, the first of its
        shard, to n - 1.

        Raises:
            UsageError: A file has disappeared or changed since it was checked.
        """
        with self._reading():
            return parquet.read_failures(self._files("outcomes", n, first), n)

    def read_path(self, name: str, n: int) -> tuple[Array, Array]:
        """Returns the weeks (ordinal Mondays) and a path, array (replicates, weeks), of the
        replicates among the first n whose paths were stored.

        Raises:
            NotFoundError: There is no such path.
            UsageError: A file has disappeared or changed since it was checked.
        """
        known = list(self._manifest.get("paths", ()))
        if name not in known:
            raise NotFoundError(f"no path {name!r} in {self.directory}" + nearest(name, known))
        with self._reading():
            series, weeks = parquet.read_paths(self._files("paths", n), [name], n)
        return weeks, series[name]

    def read_events(self, n: int, first: int = 0) -> Array:
        """Returns the events of the replicates from `first`, the first of its shard, to n - 1, as
        rows of `blocks.EVENT`.

        Raises:
            NotFoundError: The events of these runs were not stored.
            UsageError: A file has disappeared or changed since it was checked.
        """
        kept = self._manifest.get("shards", {}).get("events", {})
        missing = [name for name in map(shard_file, _shards(n, first)) if name not in kept]
        if missing:
            raise NotFoundError(
                f"{self.directory} has no events of its runs; play them again with --events"
            )
        with self._reading():
            return parquet.read_events(self._files("events", n, first), n)

    def path(self, table: str, shard: int) -> Path:
        """Returns the file of a shard."""
        return self.directory / table / shard_file(shard)

    def _files(self, table: str, n: int, first: int = 0) -> list[Path]:
        """Returns the files of a table with the replicates from `first` to n - 1, all checked."""
        head, last = shard_file(first // SHARD), shard_file((n - 1) // SHARD)
        entries = self._manifest["shards"].get(table, {})
        names = [name for name in sorted(entries) if head <= name <= last]
        return checked_files(self.directory, self._manifest, table, names)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except UsageError:
            raise
        except (OSError, ValueError, TypeError, KeyError) as error:
            # The values of a table of another shape, as only another program writes it, do not fit.
            if isinstance(error, OSError) and error.errno == errno.ENOMEM:
                raise out_of_memory(f"reading {self.directory}") from error
            why = " ".join(str(error).split())[:200]
            raise UsageError(
                f"results in {self.directory} cannot be read ({why}); "
                "simulate them again with --force"
            ) from error

    def _whole(self, table: str, shard: int) -> int:
        entry = self._manifest.get("shards", {}).get(table, {}).get(shard_file(shard))
        if entry is None:
            return 0
        path = self.path(table, shard)
        if file_hash(path) != entry["sha256"]:
            self._note(f"{path} is damaged or missing; its runs are simulated again")
            return 0
        return int(entry["rows"])

    def _open(self) -> None:
        """Creates the folder and a manifest without shards, if they do not exist."""
        if self._manifest:
            return
        self.directory.mkdir(parents=True, exist_ok=True)
        resolved = self.content.resolved
        self._manifest = {
            "schema": SCHEMA,
            "scenario": resolved.name,
            "id": self.id,
            "question": resolved.question,
            "scenario_hash": resolved.hash,
            "seed": self.content.seed,
            "parameters": self.content.drawn,
            "per_vector": self.content.per_vector or None,
            "model_version": model_version(),
            "drawing_version": drawing_version() if self.content.per_vector else None,
            "changes": [f"{change.key}={change.new}" for change in resolved.changes],
            "typed": typed_changes(resolved),
            "created": _now(),
            "versions": versions_now(),
            "timings": {},
            "columns": self.content.names,
            "paths": [],
            "shards": {"outcomes": {}, "paths": {}, "events": {}},
        }
        self._write_scenario()

    def _adopt(self) -> None:
        """Takes over the shards that another process recorded in the meantime, which the next
        manifest would forget."""
        if _mark(self.directory / FILE) in {None, self._seen}:
            return
        try:
            other = read_manifest(self.directory)
        except DamagedManifest:
            return
        if any(
            other.get(name) != self._manifest.get(name) for name in ("columns", "model_version")
        ):
            return
        for table, entries in other["shards"].items():
            own = self._manifest["shards"].setdefault(table, {})
            own |= {name: entry for name, entry in entries.items() if name not in own}
        self._manifest["paths"] = self._manifest["paths"] or other["paths"]

    def _write_scenario(self) -> None:
        file = self.directory / SCENARIO
        write_text(file, self.content.resolved.to_json())
        self._manifest["scenario_sha256"] = _hash_of_written(file)

    def _vouch(self, table: str, shard: int, entry: Mapping[str, Any]) -> None:
        entries = self._manifest["shards"].setdefault(table, {})
        name = shard_file(shard)
        before = entries.get(name)
        if before and before["rows"] == entry["rows"] and before != entry:
            self._note(f"{self.path(table, shard)}: these runs differ from the ones stored before")
        entries[name] = entry

    def _close(self, spent: Mapping[str, float]) -> None:
        self._manifest["updated"] = _now()
        self._manifest["engine"] = self.engine
        self._manifest["n"] = contiguous(self._manifest["shards"]["outcomes"])
        self._manifest["timings"] = {
            name: round(self.timings.get(name, 0.0) + seconds, 3) for name, seconds in spent.items()
        }
        self._write_manifest()

    def _write_manifest(self) -> None:
        write_text(self.directory / FILE, sealed(self._manifest))
        self._seen = _mark(self.directory / FILE)


def _hash_of_written(path: Path) -> str:
    """Returns the hash of a file that was just written.

    Raises:
        UsageError: Another process removed it.
    """
    found = file_hash(path)
    if found is None:
        raise UsageError(
            f"{path} was removed right after it was written; repeat the command while nothing else "
            "changes the results folder"
        )
    return found


def _shards(n: int, first: int) -> range:
    """Returns the shards of the replicates from `first`, the first of its shard, to n - 1."""
    return range(first // SHARD, (n - 1) // SHARD + 1)


def _mark(manifest: Path) -> tuple[int, int, int] | None:
    """Returns what changes whenever a manifest is written; None if there is none."""
    try:
        status = manifest.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _now() -> str:
    # Two small batches may be written within a second, and @latest must find the later one.
    return datetime.now(UTC).isoformat(timespec="microseconds")


@cache
def versions_now() -> dict[str, str]:
    """Returns the versions of the program, its parts and the libraries behind its numbers."""
    packages = {name: version(name) for name in ("duckdb", "numpy", "scipy", "simpy")}
    own = {"detente": __version__, "python": platform.python_version()}
    return own | packages | part_versions()
