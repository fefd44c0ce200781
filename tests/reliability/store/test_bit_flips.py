"""Bit rot: whatever bit of a stored result flips, no reader gives a different answer."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
import toy_engine
from readers import READERS, Sentence, answers

from sim.experiment.runs.batch import run_batch
from sim.experiment.store.results import Store

FLIPS: Final = 120
FULL: Final = 10_000
SEED: Final = 13


@pytest.mark.parametrize("flips", [FLIPS, pytest.param(FULL, marks=pytest.mark.full)])
def test_a_flipped_bit_changes_no_answer(store: Store, flips: int) -> None:
    """Every reader gives the same answer or one sentence that names the file."""
    batch = run_batch(toy_engine.scenario(fails=3.0), n=30, store=store)
    name = batch.directory.name
    expected = answers(store, name)
    assert not any(isinstance(answer, Sentence) for answer in expected.values())
    files = sorted(path for path in batch.directory.rglob("*") if path.is_file())
    assert len(files) == 4
    chance = random.Random(SEED)  # noqa: S311 - a seeded choice of bits, no secret
    said: Counter[str] = Counter()
    for number in range(flips):
        file = files[number % len(files)]
        for reader, answer in after_flip(store, name, file, chance).items():
            if isinstance(answer, Sentence):
                assert len(answer) == 1, (file, reader, answer)
                assert str(file) in answer[0], (file, reader, answer)
                assert "\n" not in answer[0], (file, reader, answer)
                said[reader] += 1
            else:
                assert answer == expected[reader], (file, reader)

    assert answers(store, name) == expected
    # Each reader reads one file at least, in a quarter of the flips, and says so.
    assert set(said) == set(READERS)
    assert min(said.values()) > flips // 5


def after_flip(store: Store, name: str, file: Path, chance: random.Random) -> dict[str, object]:
    """Returns the answers with one bit of a file flipped, which is then flipped back."""
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    file.write_bytes(damaged)
    try:
        return answers(store, name)
    finally:
        file.write_bytes(whole)
