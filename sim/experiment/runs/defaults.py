"""Defaults of a batch; this module imports nothing, so that the command line may show them."""

from __future__ import annotations

from typing import Final

RUNS: Final = 2000
SEED: Final = 20251023
PER_VECTOR: Final = 20
