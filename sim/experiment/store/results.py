"""The store: one folder per batch, with its runs in shards, found by name or age.

`results/<scenario>-<id>/` holds `scenario.json` (the resolved scenario), `manifest.json`,
`outcomes/NNNNNN.parquet`, and similarly `paths/` and `events/` (shard k has replicates 1000k to
1000k + 999). The runs of a design (see `design`) are stored in the same way in
`<scenario>-design-<id>/runs`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final

from sim.errors import NotFoundError, UsageError, nearest
from sim.experiment.inputs.changes import typed_changes
from sim.experiment.store import parquet
from sim.experiment.store.checksum import check_file, checked_files
from sim.experiment.store.csv_text import write_csv
from sim.experiment.store.disk import refusal, unwritable
from sim.experiment.store.folder import (
    SCENARIO,
    Content,
    Folder,
    Note,
    drawing_of,
)
from sim.experiment.store.identity import folder_name, is_current, run_id
from sim.experiment.store.manifest import (
    DESIGN_RUNS,
    FILE,
    SHARD,
    DamagedManifest,
    Manifest,
    read_manifest,
    repeat_command,
)
from sim.scenario.resolved_scenario import Resolved

UNKNOWN: Final = "scenario unreadable"
"""In the place of the changes of a result whose scenario cannot be read."""

_NAME: Final = re.compile(r".+-[0-9a-f]{10}")
"""Name of a results folder."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored result, or the stored runs of a design.

    Attributes:
        directory: Folder of its tables.
        manifest: Manifest of the folder.
    """

    directory: Path
    manifest: Manifest

    @property
    def home(self) -> Path:
        """Folder of the result or design, directly inside the results folder."""
        design = self.directory.name == DESIGN_RUNS
        return self.directory.parent if design else self.directory

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.home.name

    @property
    def id(self) -> str:
        """Hash in the folder name."""
        return str(self.manifest["id"])

    @property
    def n(self) -> int:
        """Number of stored replicates, counted from 0."""
        return int(self.manifest["n"])

    @property
    def is_current(self) -> bool:
        """Whether this version of the model would play the same."""
        # The points of a design bring their parameters.
        draws = bool(self.manifest.get("per_vector")) and self.home == self.directory
        return is_current(self.manifest, draws=draws)

    def resolved(self) -> Resolved:
        """Returns the scenario that was played.

        Raises:
            UsageError: It cannot be read, or another version of the program wrote it.
        """
        file = self.directory / SCENARIO
        expected = self.manifest.get("scenario_sha256")
        if expected is not None:
            check_file(file, expected, self.directory, self.manifest)
        try:
            return Resolved.from_json(file.read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            why = "it is damaged" if self.is_current else "another version of the model wrote it"
            raise UsageError(
                f"{file} cannot be read ({type(error).__name__}: {error}): {why}; {self.way_out}"
            ) from error

    @property
    def way_out(self) -> str:
        """What can be done with a result that this version cannot tell."""
        return (
            f"its table can still be read: detente results show {self.name} --csv; "
            f"{repeat_command(self.manifest)} simulates it again"
        )

    @property
    def changes(self) -> str:
        """What was changed on the command line, e.g. `us.leader.autonomy=0.4, until=2026-06-30`;
        empty if the scenario was played as its file says."""
        typed = self.manifest.get("typed")
        if typed is None:
            try:
                typed = typed_changes(self.resolved())
            except UsageError:
                return UNKNOWN
        return ", ".join(typed)

    def files(self, table: str) -> list[Path]:
        """Returns the shards of a table, `outcomes`, `paths` or `events`, in order.

        Raises:
            UsageError: A shard is missing or damaged.
        """
        names = sorted(self.manifest["shards"].get(table, ()))
        return checked_files(self.directory, self.manifest, table, names)

    def write_csv(self, stream: IO[str]) -> None:
        """Writes the outcomes table as CSV: a header, then one line per run.

        Raises:
            UsageError: A shard is missing or damaged.
        """
        files = parquet.file_list(self.files("outcomes"))
        with parquet.connected() as connection:
            found = connection.execute(f"SELECT * FROM read_parquet({files})")
            chunks = iter(lambda: found.fetchmany(SHARD), [])
            names = [column[0] for column in found.description or ()]
            write_csv(stream, names, chain.from_iterable(chunks))


@dataclass(frozen=True, slots=True)
class SetAside:
    """A results folder whose manifest cannot be used.

    Attributes:
        home: Folder of the result or design, directly inside the results folder.
        reason: Sentence that names the manifest and what is wrong with it.
        updated: When it was written, as in a manifest.
    """

    home: Path
    reason: str
    updated: str

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.home.name

    @property
    def sentence(self) -> str:
        """What is wrong, and what to do about it."""
        return (
            f"{self.reason}: its runs are left out; detente results rm {self.name} removes them, "
            "and the command that made them simulates them again"
        )


@dataclass(frozen=True, slots=True)
class Removed:
    """A removed folder, and the number of runs it held, None if unknown."""

    home: Path
    n: int | None


class Store:
    """The results folder.

    Args:
        root: Path of the folder, which is created when the first result is written.

    Raises:
        UsageError: The path cannot be used for results.
    """

    def __init__(self, root: str | os.PathLike[str] = "results") -> None:
        self.root = Path(root)
        if any(sign in str(self.root.absolute()) for sign in "*?["):
            raise UsageError(
                f"results folder {self.root}: the path contains one of * ? [, which the database "
                "would treat as a pattern; choose another with --results DIR"
            )
        if reason := refusal(self.root):
            raise UsageError(
                f"results folder {self.root} cannot be used: {reason}; choose another with "
                "--results DIR or DETENTE_RESULTS"
            )

    def folder(self, content: Content, note: Note = lambda text: None) -> Folder:
        """Returns the folder of a batch, whether or not it exists.

        Args:
            content: Content of the folder.
            note: Called with a sentence about any damage found, which will be repaired.
        """
        identity = run_id(content.resolved, content.seed, content.per_vector)
        directory = self.root / folder_name(content.resolved.name, identity)
        return Folder(directory, identity, content, note)

    def played(self, resolved: Resolved, seed: int, per_vector: int) -> Stored | None:
        """Returns a batch as this version of the model played it; None if it is not stored.

        Args:
            resolved: The scenario.
            seed: Seed of the batch.
            per_vector: Runs that share a parameter vector; 0 for central values.
        """
        own = self.root / folder_name(resolved.name, run_id(resolved, seed, per_vector))
        manifest = read_manifest(own)
        return Stored(own, manifest) if manifest else None

    def played_by_another_version(
        self, resolved: Resolved, seed: int, per_vector: int
    ) -> Stored | None:
        """Returns a batch as another version of the model played it, where this one has played
        none of it.

        Args:
            resolved: The scenario.
            seed: Seed of the batch.
            per_vector: Runs that share a parameter vector; 0 for central values.
        """
        try:
            if self.played(resolved, seed, per_vector):
                return None
        except DamagedManifest:
            return None  # this version played it, and will say so and play it again
        wanted = {
            "scenario_hash": resolved.hash,
            "seed": seed,
            "per_vector": per_vector or None,
            "parameters": drawing_of(resolved, per_vector),
        }
        for stored in self._found(folder_name(resolved.name, "*"))[0]:
            if not stored.is_current and wanted.items() <= stored.manifest.items():
                return stored
        return None

    def results(self) -> list[Stored]:
        """Returns the stored results, newest first."""
        return self._found("*")[0]

    def designs(self) -> list[Stored]:
        """Returns the stored runs of designs, newest first; the points are in the parent folder."""
        return self._found(f"*/{DESIGN_RUNS}")[0]

    def set_aside(self) -> list[SetAside]:
        """Returns the results and designs whose manifest cannot be used, newest first."""
        return self._found("*")[1] + self._found(f"*/{DESIGN_RUNS}")[1]

    def _found(self, pattern: str) -> tuple[list[Stored], list[SetAside]]:
        """Returns the folders of a pattern, and those that are set aside."""
        found, odd = [], []
        for path in self.root.glob(f"{pattern}/{FILE}"):
            directory = path.parent
            try:
                manifest = read_manifest(directory)
                if manifest and directory.name == DESIGN_RUNS and not manifest.get("per_vector"):
                    raise DamagedManifest(f"{path} is damaged (it has no number of runs a point)")
            except DamagedManifest as error:
                home = directory.parent if directory.name == DESIGN_RUNS else directory
                odd.append(SetAside(home, str(error), _written(path)))
                continue
            if manifest:
                found.append(Stored(directory, manifest))
        found.sort(key=lambda s: (s.manifest["updated"], s.name), reverse=True)
        return found, sorted(odd, key=lambda s: (s.updated, s.name), reverse=True)

    def find(self, reference: str) -> Stored:
        """Returns a result by folder name, id, a prefix of either, `@latest` or `@1`.

        Raises:
            NotFoundError: No result, or more than one, matches the reference.
            UsageError: The manifest of the result is damaged.
        """
        results, odd = self._found("*")
        name = Path(reference).name
        if name.startswith("@"):
            return self._by_age(name, results, odd)
        exact = [s for s in results if name in (s.name, s.id)]
        close = exact or [s for s in results if s.name.startswith(name) or s.id.startswith(name)]
        if not name or name == "..":
            close = []
        elif not exact:
            self._refuse(s for s in odd if s.name.startswith(name))
        if len(close) == 1:
            return close[0]
        if close:
            raise self._ambiguous(name, close)
        raise self._unknown(name or reference, [s.name for s in results])

    def remove(self, reference: str) -> Removed:
        """Removes a result or a design, named in full, and returns what it was.

        A link is removed without what it leads to.

        Raises:
            NotFoundError: There is no such result.
            UsageError: The folder cannot be changed.
        """
        removed = self._named_in_full(reference)
        try:
            if removed.home.is_symlink():
                removed.home.unlink()
                return removed
            # A manifest is deleted first, so that a killed process leaves no half-deleted result.
            for path in (removed.home / FILE, removed.home / DESIGN_RUNS / FILE):
                if not path.parent.is_symlink():
                    path.unlink(missing_ok=True)
            shutil.rmtree(removed.home)
        except OSError as error:
            raise unwritable(removed.home, error) from error
        return removed

    def _named_in_full(self, reference: str) -> Removed:
        """Returns the folder that a complete name, an id or `@latest` stands for."""
        if reference.startswith("@"):
            stored = self.find(reference)
            return Removed(stored.home, stored.n)
        every = self.results() + self.designs()
        path = Path(reference)
        if path.name not in {"", ".."} and path.parent in {Path(), self.root, self.root.absolute()}:
            exact = [s for s in every if s.name == path.name]
            exact = exact or [s for s in every if s.id == path.name]
            if len(exact) > 1:
                raise self._ambiguous(path.name, exact)
            if exact:
                return Removed(exact[0].home, exact[0].n)
            # Runs without a manifest, or with a damaged one, can be removed but not counted.
            home = self.root / path.name
            odd = {aside.name for aside in self.set_aside()}
            if home.is_dir() and (home.name in odd or _NAME.fullmatch(home.name)):
                _check_content(home)
                return Removed(home, None)
        names = [s.name for s in every]
        begun = [name for name in names if reference and name.startswith(reference)]
        if begun:
            raise NotFoundError(
                f"{reference!r} is only the beginning of {', '.join(begun[:5])}; a result is "
                "removed by its full name"
            )
        raise self._unknown(reference, names)

    def _ambiguous(self, name: str, close: Sequence[Stored]) -> NotFoundError:
        names = ", ".join(s.name for s in close[:5])
        return NotFoundError(
            f"result {name!r} matches {len(close)} names: {names}; type more of the name"
        )

    def _unknown(self, name: str, names: Sequence[str]) -> NotFoundError:
        return NotFoundError(
            f"no result {name!r} in {self.root}"
            + (nearest(name, names) or "; see: detente results list")
        )

    def _refuse(self, odd: Iterable[SetAside]) -> None:
        for aside in odd:
            raise UsageError(aside.sentence)

    def _by_age(self, reference: str, results: Sequence[Stored], odd: Sequence[SetAside]) -> Stored:
        word = reference[1:]
        dated: list[tuple[str, Any]] = [(s.manifest["updated"], s) for s in results]
        dated += [(s.updated, s) for s in odd]
        dated.sort(key=lambda pair: (pair[0], pair[1].name), reverse=True)
        age = 0 if word == "latest" else int(word) if re.fullmatch("[0-9]{1,9}", word) else None
        if age is None or age >= len(dated):
            raise NotFoundError(
                f"no result {reference!r} in {self.root}, which holds {len(results)}; "
                "@latest is the newest, @1 the one before"
            )
        # What is set aside keeps its place: the result before it is not what was meant.
        self._refuse(s for _, s in dated[age : age + 1] if isinstance(s, SetAside))
        found: Stored = dated[age][1]
        return found


def _check_content(home: Path) -> None:
    """Checks that a folder without a usable manifest holds nothing but runs.

    Raises:
        UsageError: It holds something else, which is not for this program to remove.
    """
    own = {FILE, SCENARIO, DESIGN_RUNS, "points.csv", "outcomes", "paths", "events"}
    strange = sorted(p.name for p in home.iterdir() if p.name not in own and p.suffix != ".tmp")
    if strange and not home.is_symlink():
        raise UsageError(
            f"{home} has no usable manifest and holds {strange[0]!r}, which is no part of a "
            "result; remove it by hand"
        )


def _written(path: Path) -> str:
    """Returns when a file was written, in the form of a manifest."""
    try:
        seconds = path.lstat().st_mtime
    except OSError:
        seconds = 0.0
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
