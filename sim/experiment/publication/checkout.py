"""Checkout of the project: the published tables and the changelog beside the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import UsageError
from sim.experiment.publication.moves import Tables
from sim.experiment.publication.tables import read_table
from sim.experiment.store.disk import write_text
from sim.history.places import data_root

CHANGELOG: Final = "CHANGELOG.md"
FOLDER: Final = "results/published"
UNRELEASED: Final = "## Unreleased"
SECTION: Final = "### Results change"
LONGEST_MESSAGE: Final = 300


@dataclass(frozen=True, slots=True)
class Checkout:
    """Files of a checkout that a publication rewrites.

    Attributes:
        root: Folder of the checkout.
    """

    root: Path

    @property
    def folder(self) -> Path:
        """Folder of the tables."""
        return self.root / FOLDER

    def tables(self) -> Tables:
        """Returns the published tables.

        Raises:
            ScenarioError: One cannot be read.
        """
        tables = (read_table(path) for path in sorted(self.folder.glob("*.csv")))
        return {table.scenario: table for table in tables}

    def write(self, tables: Tables, line: str | None) -> None:
        """Replaces the tables, and adds a line to the changelog.

        Raises:
            UsageError: A file cannot be written, or the changelog has no unreleased part.
        """
        changelog = self.root / CHANGELOG
        try:
            text = None if line is None else with_line(changelog.read_text("utf-8"), line)
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, table in tables.items():
                write_text(self.folder / f"{name}.csv", table.text().rstrip("\n"))
            for path in self.folder.glob("*.csv"):
                if path.stem not in tables:
                    path.unlink()
            if text is not None:
                write_text(changelog, text.rstrip("\n"))
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(f"{error.filename or self.root} cannot be written: {reason}") from None


def find_checkout() -> Checkout:
    """Returns the checkout that the running package belongs to.

    Raises:
        UsageError: The package is installed apart from one.
    """
    root = data_root().parent
    if not (root / CHANGELOG).is_file():
        raise UsageError(
            f"publish rewrites {FOLDER}/ and {CHANGELOG} of a checkout, but this program is "
            f"installed in {root} without them; run it in a clone of the project, installed with "
            "pip install -e ."
        )
    return Checkout(root)


def check_message(message: str) -> str:
    """Returns a message for the changelog without the spaces around it.

    Raises:
        UsageError: It is empty, too long, or more than one line.
    """
    line = message.strip()
    if not line or not line.isprintable() or len(line) > LONGEST_MESSAGE:
        raise UsageError(
            f"-m takes one line of 1 to {LONGEST_MESSAGE} printable characters that says why the "
            f"results change, found {len(line)}"
        )
    return line


def with_line(changelog: str, line: str) -> str:
    """Returns a changelog with a line at the top of the section on changed results, which is begun
    if the unreleased part has none.

    Raises:
        UsageError: It has no unreleased part.
    """
    head, mark, rest = changelog.partition(f"{UNRELEASED}\n")
    if not mark:
        raise UsageError(f"{CHANGELOG} has no part '{UNRELEASED}'; add that line above the newest")
    part, end, older = rest.partition("\n## ")
    before, section, after = part.partition(f"{SECTION}\n\n")
    # Without the section, all of the part is before it.
    begun = f"{before}{section}- {line}\n{after}"
    part = begun if section else f"\n{SECTION}\n\n- {line}\n{part}"
    return f"{head}{mark}{part}{end}{older}"
