"""Posterior files: what is written is read, and what else is there is refused in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.scenario import posterior as module
from sim.scenario.posterior import (
    FEWEST_DRAWS,
    MOST_BYTES,
    Posterior,
    posterior_text,
    read_posterior,
    shipped_posterior,
)

UNTIL = date(2025, 10, 23).toordinal()
ROWS = tuple((0.1 * k, 1.0 / (k + 3.0), 1e-9 * k) for k in range(FEWEST_DRAWS))
MADE = Posterior(("us.rate.hike", "us.weight.rapport", "cn.rate.open_probe"), ROWS, UNTIL, "r", "m")


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file that is right but for what is changed, and returns its path."""

    def putter(**changes: Any) -> Path:
        told = json.loads(posterior_text(MADE, "detente calibrate", {"particles": 50}))
        told |= changes
        path = tmp_path / "mine.json"
        path.write_text(json.dumps({k: v for k, v in told.items() if v != "gone"}), "utf-8")
        return path

    return putter


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """To the bit, with the path of the file as its name; one draw stands on a line."""
    # Fails if a value is rounded, a key is lost, or the day is off by one.
    path = tmp_path / "mine.json"
    path.write_text(posterior_text(MADE, "detente calibrate --seed 7", {"particles": 50}), "utf-8")
    found = read_posterior(path)
    text = path.read_text("utf-8")

    assert found == replace(MADE, file=str(path))
    assert read_posterior(path, "").file == ""
    assert f"{json.dumps(ROWS[7])},\n" in text
    assert json.loads(text)["command"] == "detente calibrate --seed 7"
    assert json.loads(text)["until"] == "2025-10-23"
    assert found.words == "posterior learned from the record up to 2025-10-23"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"draws": [[1.0, 2.0, 3.0]] * (FEWEST_DRAWS - 1)}, "draws.*at least 50"),
        ({"draws": [[1.0, 2.0, 3.0]] * 60 + [[1.0, 2.0]]}, "draw 61 has 2 values.*3 parameters"),
        ({"draws": [[1.0, float("nan"), 3.0]] * 60}, "draws.0.1.*finite"),
        ({"draws": [[1.0, float("inf"), 3.0]] * 60}, "draws.0.1.*finite"),
        ({"draws": [[1.0, "2.0", 3.0]] * 60}, "draws.0.1.*valid number"),
        ({"draws": "all"}, "draws.*valid array"),
        ({"parameters": ["us.rate.hike"] * 3}, "named twice"),
        ({"parameters": []}, "parameters.*at least 1"),
        ({"parameters": ["a" * 200, "b", "c"]}, "parameters.0.*at most 100"),
        ({"kind": "forecast"}, "kind.*pattern"),
        ({"kind": "gone"}, "kind.*required"),
        ({"until": "2025-02-30"}, "day"),
        ({"until": "soon"}, "until.*pattern"),
        ({"more": 1}, "more.*[Ee]xtra"),
        ({"record": ""}, "record.*at least 1"),
        ({"command": "x" * 500}, "command.*at most 400"),
    ],
)
def test_a_file_that_is_wrong_says_where(
    put: Callable[..., Path], changes: dict[str, Any], told: str
) -> None:
    """With its name, the key, and how to make one; in a few lines."""
    # Fails if a check is left out, or its error is that of a library.
    path = put(**changes)
    with pytest.raises(ScenarioError, match=told) as caught:
        read_posterior(path)
    assert str(path) in str(caught.value)
    assert "detente calibrate" in str(caught.value) or "named twice" in str(caught.value)
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "not json", "[" * 100_000, '{"kind": "posterior"}', "\x00"],
)
def test_a_damaged_file_is_no_posterior(tmp_path: Path, text: str) -> None:
    """Cut off, nested without end, or something else altogether."""
    # Fails if a parser's own error comes through.
    path = tmp_path / "mine.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ScenarioError, match=r"is no posterior.*make one with: detente calibrate"):
        read_posterior(path)


def test_a_file_that_is_no_text_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is too large no more than the limit is read."""
    # Fails if a user's file is read whole whatever its size, or decoded by guess.
    path = tmp_path / "mine.json"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(ScenarioError, match="UTF-8"):
        read_posterior(path)
    path.write_text(posterior_text(MADE, "detente calibrate", {}), "utf-8")
    assert MOST_BYTES >= 20_000 * 37 * 12
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    with pytest.raises(ScenarioError, match="is no posterior"):
        read_posterior(path)


@pytest.mark.parametrize("name", ["none.json", "", ".", "a" * 5000, "nul\0l.json"])
def test_a_file_that_is_not_there_is_not_found(tmp_path: Path, name: str) -> None:
    """And the message says how to make one."""
    # Fails if the system's error comes through.
    with pytest.raises(NotFoundError, match="detente calibrate --out FILE"):
        read_posterior(tmp_path / name)


def test_the_shipped_posterior_is_that_of_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no path, so that results do not depend on where the program stands."""
    # Fails if the path of an installation enters what is stored.
    (tmp_path / "posterior.json").write_text(posterior_text(MADE, "detente calibrate", {}), "utf-8")
    monkeypatch.setattr(module, "data_root", lambda: tmp_path)
    shipped_posterior.cache_clear()
    try:
        assert shipped_posterior() == MADE
    finally:
        shipped_posterior.cache_clear()


@pytest.mark.parametrize(
    "changes",
    [
        {"draws": (*ROWS[1:], ROWS[0])},
        {"draws": ((0.5, *ROWS[0][1:]), *ROWS[1:])},
        {"names": (MADE.names[1], MADE.names[0], MADE.names[2])},
        {"until": UNTIL - 1},
        {"record": "other"},
    ],
)
def test_whatever_moves_draws_changes_the_digest(changes: dict[str, Any]) -> None:
    """The place of the file does not, nor does the version it was made by."""
    # Fails if two posteriors share the folder of their results.
    assert replace(MADE, **changes).digest != MADE.digest
    assert replace(MADE, file="elsewhere.json", model="n").digest == MADE.digest
