"""Catalog of the shipped scenarios, and lookup of files by name or path."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, Problem, ScenarioError, nearest
from sim.history.places import data_root
from sim.scenario.yaml_loader import MAX_BYTES, NOT_TEXT, Document, read_document

NOT_SCENARIOS: Final = {"parameters", "sources"}
SHOWN_NAME: Final = 60
"""Letters of an unknown name that are repeated in an error."""

LONGEST_NAME: Final = 100
"""Letters of a name, at most: folders of results and labels of charts are made of it."""


def names() -> list[str]:
    """Returns the names of the shipped scenarios, in alphabetical order."""
    return sorted(p.stem for p in data_root().glob("*.yaml") if p.stem not in NOT_SCENARIOS)


def bases() -> list[str]:
    """Returns the names of the shipped bases and overrides on which scenarios can build."""
    folders = ("base", "overrides")
    return sorted(f"{f}/{p.stem}" for f in folders for p in (data_root() / f).glob("*.yaml"))


def find(name: str, beside: Path | None = None) -> Path:
    """Returns the file of a scenario, base or override given by name or path.

    Args:
        name: A shipped name (`october-2025-apec`, `base/year-2025`) or a path ending in .yaml.
        beside: Folder of the file that refers to it, which is searched first.

    Raises:
        NotFoundError: There is no such file.
    """
    file = name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
    folders = [beside] if beside is not None else []
    for folder in [*folders, Path(), data_root(), data_root() / "overrides"]:
        inside = folder != Path() or name.endswith((".yaml", ".yml"))
        if inside and name not in NOT_SCENARIOS and is_file(folder / file):
            return folder / file
    word = repr(name if len(name) <= SHOWN_NAME else name[:SHOWN_NAME] + "...")
    kind = "file" if file == name else "scenario"
    raise NotFoundError(
        f"there is no {kind} {word}{nearest(name, [*names(), *bases()])}\n"
        "`detente list` shows the shipped ones; give a file of your own by its path, "
        "e.g. ./mine.yaml"
    )


def own_file(path: Path) -> str:
    """Returns the absolute path of a user's own file; "" for a shipped one, known by its name."""
    whole = path.resolve()
    return "" if whole.is_relative_to(data_root().resolve()) else str(whole)


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


def is_file(path: Path) -> bool:
    """Returns whether there is a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # longer than the system allows, or with a null character
        return False


def read(path: Path) -> Document:
    """Returns the content of a scenario file with the place of each value.

    Raises:
        ScenarioError: The file cannot be read as UTF-8 text or is not plain YAML.
    """
    return read_document(read_text(path, MAX_BYTES), shown(path))


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
