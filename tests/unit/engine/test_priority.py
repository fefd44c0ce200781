"""The least priority: lowered where the system knows of it."""

from __future__ import annotations

import os

import pytest

from sim.engine.priority import lower_priority


def test_the_least_priority_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing where there is none, as on Windows."""
    asked: list[int] = []
    monkeypatch.setattr(os, "nice", asked.append, raising=False)
    lower_priority()
    assert asked == [19]
    monkeypatch.delattr(os, "nice")
    lower_priority()

    assert asked == [19]
