"""Text files that users give: read up to a size, as UTF-8, and named in messages."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.errors import Problem, ScenarioError
from sim.history.places import data_root

SHOWN_NAME: Final = 60
"""Letters of an unknown name that are repeated in an error."""

LONGEST_NAME: Final = 100
"""Letters of a name, at most: folders of results and labels of charts are made of it."""

NOT_TEXT: Final = "is not UTF-8 text; save it in the encoding UTF-8"


def is_file(path: Path) -> bool:
    """Returns whether there is a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # longer than the system allows, or with a null character
        return False


def name_of(path: Path) -> str:
    """Returns the name of a scenario or a strategy: that of its file, without the ending.

    Raises:
        ScenarioError: It is too long, or has characters that cannot be printed.
    """
    name = path.stem
    if len(name) > LONGEST_NAME:
        raise ScenarioError.single(
            f"{name[:SHOWN_NAME]}...",
            f"the name of the file has {len(name)} characters, at most {LONGEST_NAME} are allowed; "
            "rename it",
        )
    if not name.isprintable():
        raise ScenarioError.single(
            ascii(name), "the name of the file has characters that cannot be printed; rename it"
        )
    return name


def read_text(path: Path, most_bytes: int) -> str:
    """Returns the text of a user's file; of one that is too large, a little more than allowed.

    Raises:
        ScenarioError: The file cannot be read as UTF-8 text.
    """
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to see that a file is too large.
            raw = file.read(most_bytes + 1)
        # A file that is too large must fail by its size, even if it was cut within a character.
        return raw.decode("utf-8", "replace" if len(raw) > most_bytes else "strict")
    except OSError as error:
        raise ScenarioError.single(shown(path), f"cannot be read: {error}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ScenarioError([Problem(shown(path), line, 1, "", NOT_TEXT)]) from None


def shown(path: Path) -> str:
    """Returns a path relative to the shipped data or the current folder, for use in messages."""
    resolved = path.resolve()
    for root, prefix in ((data_root(), "scenarios/"), (Path.cwd(), "")):
        if resolved.is_relative_to(root):
            return prefix + resolved.relative_to(root).as_posix()
    return str(path)
