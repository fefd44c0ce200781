"""Catalog of the shipped scenarios, and lookup of files by name or path."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, ScenarioError, nearest
from sim.history.places import data_root
from sim.history.text_files import SHOWN_NAME, is_file, read_text, shown
from sim.scenario.schema import ScenarioModel
from sim.scenario.shipped import NOT_SCENARIOS, names
from sim.scenario.yaml_loader import MAX_BYTES, Document, read_document

MOST_OWN: Final = 100
"""Files of the current folder that are looked at for a list."""


def own_files() -> list[Path]:
    """Returns the scenario files in the current folder, in alphabetical order, of the first
    `MOST_OWN` files in YAML: those with the keys of a scenario, and a question or a base. Shipped
    files are none."""
    try:
        files = sorted(path for path in Path().glob("*.y*ml") if path.suffix in {".yaml", ".yml"})
    except OSError:  # the folder is gone, or may not be read
        return []
    return [path for path in files[:MOST_OWN] if own_file(path) and _is_scenario(path)]


def _is_scenario(path: Path) -> bool:
    """Returns whether a file reads like a scenario, right or wrong."""
    if not is_file(path) or not path.name.isprintable():
        return False
    try:
        keys = set(read(path).root.value)
    except ScenarioError:
        return False
    return bool(keys & {"question", "extends"}) and keys <= set(ScenarioModel.model_fields)


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


def read(path: Path) -> Document:
    """Returns the content of a scenario file with the place of each value.

    Raises:
        ScenarioError: The file cannot be read as UTF-8 text or is not plain YAML.
    """
    return read_document(read_text(path, MAX_BYTES), shown(path))
