"""Bit rot: whatever bit of a stored result flips, no reader gives a different answer."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
import toy_engine
from readers import READERS, Sentence, answers

from sim.experiment.runs.batch import run_batch
from sim.experiment.store.results import Store
from tests.reliability.search import SEEDS, Part, blocks, search


@pytest.mark.parametrize("block", blocks(48, 10_000, 20))
def test_a_flipped_bit_changes_no_answer(store: Store, block: Part) -> None:
    """Every reader gives the same answer or one sentence that names the file."""
    batch = run_batch(toy_engine.scenario(fails=3.0), n=30, store=store)
    name = batch.directory.name
    expected = answers(store, name)
    assert not any(isinstance(answer, Sentence) for answer in expected.values())
    files = sorted(path for path in batch.directory.rglob("*") if path.is_file())
    assert len(files) == 4
    said: Counter[str] = Counter()

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a seeded choice of bits, no secret
        file = chance.choice(files)
        for reader, answer in after_flip(store, name, file, chance).items():
            if isinstance(answer, Sentence):
                assert len(answer) == 1, (file, reader, answer)
                assert str(file) in answer[0], (file, reader, answer)
                assert "\n" not in answer[0], (file, reader, answer)
                said[reader] += 1
            else:
                assert answer == expected[reader], (file, reader)

    search(SEEDS, block, check)

    assert answers(store, name) == expected
    # Each reader reads one file at least, in about a quarter of the flips, and says so.
    assert set(said) == set(READERS)
    assert min(said.values()) > block.cases // 10


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
