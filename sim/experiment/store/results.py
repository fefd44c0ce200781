"""The store: one folder per batch, with its runs in shards, found by name or age.

`results/<scenario>-<id>/` holds `scenario.json` (the resolved scenario), `manifest.json`,
`outcomes/NNNNNN.parquet`, and similarly `paths/` and `events/` (shard k has replicates 1000k to
1000k + 999). The runs of a design (see `design`) are stored in the same way in
`<scenario>-design-<id>/runs`.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from sim.errors import NotFoundError, UsageError, nearest
from sim.experiment.store import parquet
from sim.experiment.store.folder import (
    SHARD,
    Content,
    Folder,
    Manifest,
    Note,
    read_manifest,
    unwritable,
)
from sim.experiment.store.identity import folder_name, is_current, run_id
from sim.scenario.resolved_scenario import Resolved

DESIGN_RUNS: Final = "runs"
"""Subfolder with the runs of a design, next to the file of its points."""


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
        file = self.directory / "scenario.json"
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
            f"detente run {self.manifest['scenario']} simulates it again"
        )

    def files(self, table: str) -> list[Path]:
        """Returns the shards of a table, `outcomes`, `paths` or `events`, in order."""
        return [
            self.directory / table / name for name in sorted(self.manifest["shards"].get(table, ()))
        ]

    def write_csv(self, stream: IO[str]) -> None:
        """Writes the outcomes table as CSV: a header, then one line per run."""
        with parquet.connected() as connection:
            found = connection.execute(
                f"SELECT * FROM read_parquet({parquet.file_list(self.files('outcomes'))})"
            )
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow([column[0] for column in found.description or ()])
            while rows := found.fetchmany(SHARD):
                writer.writerows(rows)


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

    def folder(self, content: Content, note: Note = lambda text: None) -> Folder:
        """Returns the folder of a batch, whether or not it exists.

        Args:
            content: Content of the folder.
            note: Called with a sentence about any damage found, which will be repaired.
        """
        identity = run_id(content.resolved, content.seed, content.per_vector)
        directory = self.root / folder_name(content.resolved.name, identity)
        return Folder(directory, identity, content, note)

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
        own = self.root / folder_name(resolved.name, run_id(resolved, seed, per_vector))
        if read_manifest(own):
            return None
        wanted = {"scenario_hash": resolved.hash, "seed": seed, "per_vector": per_vector or None}
        for stored in self._found(folder_name(resolved.name, "*")):
            if not stored.is_current and wanted.items() <= stored.manifest.items():
                return stored
        return None

    def results(self) -> list[Stored]:
        """Returns the stored results, newest first."""
        return self._found("*")

    def designs(self) -> list[Stored]:
        """Returns the stored runs of designs, newest first; the points are in the parent folder."""
        return self._found(f"*/{DESIGN_RUNS}")

    def _found(self, pattern: str) -> list[Stored]:
        found = []
        for path in self.root.glob(f"{pattern}/manifest.json"):
            manifest = read_manifest(path.parent)
            if manifest:
                found.append(Stored(path.parent, manifest))
        return sorted(found, key=lambda s: (s.manifest["updated"], s.name), reverse=True)

    def find(self, reference: str) -> Stored:
        """Returns a result by folder name, id, a prefix of either, `@latest` or `@1`.

        Raises:
            NotFoundError: No result, or more than one, matches the reference.
        """
        return self._named(reference, self.results())

    def _named(self, reference: str, results: Sequence[Stored]) -> Stored:
        reference = Path(reference).name
        if reference.startswith("@"):
            return self._by_age(reference, results)
        exact = [s for s in results if reference in (s.name, s.id)]
        close = exact or [
            s for s in results if s.name.startswith(reference) or s.id.startswith(reference)
        ]
        if len(close) == 1:
            return close[0]
        if close:
            names = ", ".join(s.name for s in close[:5])
            raise NotFoundError(
                f"result {reference!r} matches {len(close)} names: {names}; type more of the name"
            )
        raise NotFoundError(
            f"no result {reference!r} in {self.root}"
            + (nearest(reference, [s.name for s in results]) or "; see: detente results list")
        )

    def remove(self, reference: str) -> Stored:
        """Removes a result or a design, and returns it.

        Raises:
            NotFoundError: There is no such result.
            UsageError: The folder cannot be changed.
        """
        by_age = reference.startswith("@")
        stored = self._named(reference, self.results() + ([] if by_age else self.designs()))
        try:
            # The manifest is deleted first, so that a killed process leaves no half-deleted result.
            (stored.directory / "manifest.json").unlink()
            shutil.rmtree(stored.home)
        except OSError as error:
            raise unwritable(stored.home, error) from error
        return stored

    def _by_age(self, reference: str, results: Sequence[Stored]) -> Stored:
        word = reference[1:]
        is_age = word.isdecimal() and len(word) < 10
        age = 0 if word == "latest" else int(word) if is_age else len(results)
        if age >= len(results):
            raise NotFoundError(
                f"no result {reference!r} in {self.root}, which holds {len(results)}; "
                "@latest is the newest, @1 the one before"
            )
        return results[age]
