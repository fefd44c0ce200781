"""Where scenario data lies: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, ScenarioError, nearest
from sim.scenario.yaml_loader import Node, read_yaml

NOT_SCENARIOS: Final = {"parameters", "sources"}


@dataclass(frozen=True, slots=True)
class Summary:
    """A scenario in one line."""

    name: str
    question: str
    start: str
    until: str
    needs: tuple[str, ...]
    path: Path


@cache
def data_root() -> Path:
    """Returns the folder of scenario data, the only place that knows where it is."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_data"
    return shipped if shipped.is_dir() else package.parent / "scenarios"


def names() -> list[str]:
    """Returns the names of the scenarios that ship, in alphabetical order."""
    return sorted(p.stem for p in data_root().glob("*.yaml") if p.stem not in NOT_SCENARIOS)


def find(name: str, beside: Path | None = None) -> Path:
    """Returns the file of a scenario, base or override given by name or path.

    Args:
        name: A shipped name (`october-2025-apec`, `base/year-2025`) or a path ending in .yaml.
        beside: Folder of the file that refers to it; looked at first.

    Raises:
        NotFoundError: There is no such file.
    """
    file = name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
    folders = [beside] if beside is not None else []
    for folder in [*folders, Path(), data_root(), data_root() / "overrides"]:
        inside = folder != Path() or name.endswith((".yaml", ".yml"))
        if inside and (folder / file).is_file():
            return folder / file
    raise NotFoundError(
        f"there is no scenario {name!r}{nearest(name, names())}\n"
        "`detente list` shows those that ship; a file of your own is given by its path, "
        "e.g. ./mine.yaml"
    )


def read(path: Path) -> Node:
    """Returns the contents of a scenario file with places.

    Raises:
        ScenarioError: It cannot be read as UTF-8 text or is not plain YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError.single(shown(path), f"cannot be read: {error}") from None
    return read_yaml(text, shown(path))


def shown(path: Path) -> str:
    """Returns a path as a person would name it: relative to the data or the present folder."""
    resolved = path.resolve()
    for root, prefix in ((data_root(), "scenarios/"), (Path.cwd(), "")):
        if resolved.is_relative_to(root):
            return prefix + resolved.relative_to(root).as_posix()
    return str(path)
