"""Damaged files of compiled code: found whatever the damage, discarded, never read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sim.engine import code_cache
from tests.reliability.search import SEEDS, Part, blocks, search
from tests.reliability.watch import changes

FILES = {"engine/loop.nbi": 700, "engine/loop.1.nbc": 3000, "engine/loop.2.nbc": 100}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the current code, in a cache of its own."""
    monkeypatch.setenv(code_cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(code_cache, "code_hash", lambda: "0123456789abcdef")
    code_cache.code_folder.cache_clear()
    found = code_cache.code_folder()
    assert found is not None
    yield found
    code_cache.code_folder.cache_clear()
    code_cache.workshop.cache_clear()


def fill(folder: Path, rng: np.random.Generator) -> dict[str, bytes]:
    """Writes files as Numba would, seals them, and returns what they hold."""
    shutil.rmtree(folder, ignore_errors=True)
    code_cache.workshop.cache_clear()
    made = code_cache.workshop()
    assert made is not None
    written = {name: rng.bytes(size) for name, size in FILES.items()}
    for name, content in written.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_bytes(content)
    code_cache.seal()
    return written


def damage(folder: Path, rng: np.random.Generator) -> bool:
    """Changes one file of a folder, and returns whether anything is different now."""
    path = folder / [*FILES, code_cache.SUMS][rng.integers(len(FILES) + 1)]
    before = path.read_bytes()
    kind = rng.integers(6)
    place = int(rng.integers(len(before)))
    if kind == 0:
        after = bytearray(before)
        after[place] ^= 1 << int(rng.integers(8))
    elif kind == 1:
        after = bytearray(before[:place])
    elif kind == 2:
        after = bytearray(before + rng.bytes(place + 1))
    elif kind == 3:
        after = bytearray(rng.bytes(len(before)))
    elif kind == 4:
        path.unlink()
        return True
    else:
        other = folder / list(FILES)[rng.integers(len(FILES))]
        after = bytearray(other.read_bytes())
    path.write_bytes(after)
    return bytes(after) != before


def check(folder: Path, seed: int) -> None:
    """Damages code that was kept, and opens it as a new process would."""
    rng = np.random.default_rng(seed)
    written = fill(folder, rng)
    is_damaged = damage(folder, rng)
    code_cache.code_folder.cache_clear()
    with changes() as found:
        there = code_cache.code_folder()

    assert there == folder
    assert all(path.startswith(str(code_cache.cache_root())) for path in found)
    if code_cache.is_kept():
        # Blanks between the hashes may change: what matters is what the files hold.
        assert {name: (folder / name).read_bytes() for name in FILES} == written
    else:
        assert is_damaged
        assert not folder.exists()


@pytest.mark.parametrize("block", blocks(150, 10_000, 20))
def test_damage_is_found(folder: Path, block: Part) -> None:
    """A flipped bit, a short, a long or a foreign file, in the code or in its hashes."""
    search(SEEDS, block, lambda seed: check(folder, seed))


@pytest.mark.full
@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("content", [b"", b"\x80\x04cos\nsystem\n(S'exit 9'\ntR.", b"\0" * 5000])
def test_a_run_with_damaged_code_compiles_anew(ending: str, content: bytes, tmp_path: Path) -> None:
    """With the real cache and the real program, to the same numbers."""
    command = [sys.executable, "-m", "sim", "run", "october-2025-apec", "-n", "50", "--json"]
    command += ["--engine", "compiled", "--force", "-q", "--results", str(tmp_path / "results")]
    environment = {**os.environ, code_cache.CACHE_VARIABLE: str(tmp_path / "cache")}

    def outcomes() -> str:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.partition('"outcomes"')[2]

    first = outcomes()
    (file,) = (tmp_path / "cache").rglob(f"*.{ending}")
    file.write_bytes(content)

    assert outcomes() == first
    (again,) = (tmp_path / "cache").rglob(f"*.{ending}")
    assert again.read_bytes() != content
