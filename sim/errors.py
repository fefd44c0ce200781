"""Errors of the program, in one tree.

Every message says where the error is, what was found, what is allowed and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import metadata


class SimError(Exception):
    """Base of all errors a user may see; `exit_code` is what the command line returns."""

    exit_code = 1


class UsageError(SimError, ValueError):
    """A command line, a call or a results folder that cannot be used."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One error in a scenario: its location (1-based line and column, 0 if unknown), key and
    text."""

    file: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class ScenarioError(SimError, ValueError):
    """A scenario that cannot be resolved; carries every problem found, not only the first."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        # Pickling rebuilds the error from the arguments of the base class.
        super().__init__(problems)
        self.problems = tuple(problems)

    @classmethod
    def single(cls, file: str, message: str, key: str = "") -> ScenarioError:
        """Returns an error with one problem that has no location in the file."""
        return cls([Problem(file, 0, 0, key, message)])

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class NotFoundError(SimError, LookupError):
    """A scenario, run, replicate or outcome that does not exist."""

    exit_code = 4


class CheckFailedError(SimError):
    """A check requested by the user failed."""

    exit_code = 5


class RunFailure(SimError):
    """A run that cannot continue, e.g. with more announced acts than the state can hold."""


def nearest(found: str, allowed: Iterable[str]) -> str:
    """Returns a hint for a misspelt name: `; did you mean X?` or an empty string."""
    options = list(allowed)
    matches = get_close_matches(found, options, n=1, cutoff=0.6) or [
        option for option in options if option.rsplit(".", 1)[-1] == found.rsplit(".", 1)[-1]
    ]
    return f"; did you mean {matches[0]}?" if matches else ""


def needs(extra: str) -> UsageError:
    """Returns the error of a function whose optional libraries are not installed.

    Args:
        extra: The extra of the package that installs them, e.g. `explore`.
    """
    return UsageError(
        f"this needs libraries that are not installed; get them with: {install_command(extra)}"
    )


def install_command(extra: str) -> str:
    """Returns the command that installs the libraries of an extra, each by its own name.

    The program itself is on no package index: asked for by name, an index could send anything.
    """
    try:
        listed = metadata.requires("detente") or []
    except metadata.PackageNotFoundError:
        listed = []
    libraries = [
        library.strip()
        for library, _, condition in (row.partition(";") for row in listed)
        if re.search(rf"extra == ['\"]{extra}['\"]", condition)
    ]
    if not libraries:
        return f"pip install -e '.[{extra}]', in the folder of the source"
    return " ".join(["pip install", *(f"'{library}'" for library in libraries)])


def out_of_memory(doing: str) -> SimError:
    """Returns the error of work for which the memory does not suffice.

    Args:
        doing: The work, e.g. `reading results`.
    """
    return SimError(
        f"out of memory while {doing}: use fewer runs (-n) or fewer --workers, or close other "
        "programs; finished parts are kept"
    )
