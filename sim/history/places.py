"""Locations of what ships: next to the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def data_root() -> Path:
    """Returns the folder of the shipped data; no other code knows its location."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_data"
    return shipped if shipped.is_dir() else package.parent / "scenarios"


@cache
def published_root() -> Path:
    """Returns the folder of the published results that the program reads."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_published"
    return shipped if shipped.is_dir() else package.parent / "results" / "published"
