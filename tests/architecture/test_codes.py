"""Closed vocabularies: no code stands for two things, and generated constants are up to date."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from enum import Enum, IntEnum

import pytest

import sim
from docs.generate import codes


def enums() -> Iterator[type[Enum]]:
    """Yields every enum defined in the program."""
    for info in pkgutil.walk_packages(sim.__path__, "sim."):
        if info.name == "sim.__main__":
            continue
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            own = isinstance(value, type) and value.__module__ == info.name
            if own and issubclass(value, Enum):
                yield value


@pytest.mark.parametrize("enum", list(enums()), ids=lambda enum: enum.__qualname__)
def test_no_code_has_two_names(enum: type[Enum]) -> None:
    """An alias would let one act, clock or stream of draws pass for another in silence."""
    assert len(enum) > 0
    assert list(enum.__members__) == [member.name for member in enum]


def test_an_alias_is_seen() -> None:
    """The test of enums notices what it is for."""

    class Twice(IntEnum):
        ONE = 1
        UNO = 1

    assert list(Twice.__members__) != [member.name for member in Twice]


def test_the_constants_are_those_of_the_vocabulary() -> None:
    """`python -m docs.generate.codes` would write the file as it stands."""
    assert codes.FILE.read_text("utf-8") == codes.source()
