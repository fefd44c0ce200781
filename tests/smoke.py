"""Hashes of a few runs of the installed program, for one installation to be held against another.

    python -P tests/smoke.py

Prints a line for each scenario and mode. Ends with exit code 1 if the two engines differ.
"""

from __future__ import annotations

import sys
from hashlib import sha256

from sim.engine import compiled_loop, simpy_loop
from sim.engine.blocks import Block
from sim.experiment.inputs.priors import parameter_sets
from sim.scenario.load import resolve

SEED = 20251023
RUNS = 40
PER_VECTOR = 4
SCENARIOS = ("october-2025-apec", "march-2025-escalation")


def digest(block: Block) -> str:
    """Returns 16 hex digits of every bit of a block: outcomes, paths, events and failures."""
    assert block.events is not None
    found = sha256(block.weeks.tobytes() + block.events.tobytes())
    for table in (block.values, block.paths):
        for name in sorted(table):
            found.update(name.encode() + table[name].tobytes())
    found.update(repr(block.failures).encode())
    return found.hexdigest()[:16]


def main() -> None:
    """Plays and prints."""
    parted = False
    for name in SCENARIOS:
        resolved = resolve(name)
        for drawn in (False, True):
            sets = parameter_sets(resolved, SEED, 0, RUNS, PER_VECTOR) if drawn else None
            readable, compiled = (
                digest(loop.run_block(resolved, SEED, 0, RUNS, sets, events=True))
                for loop in (simpy_loop, compiled_loop)
            )
            parted |= readable != compiled
            sys.stdout.write(f"{name} {'prior' if drawn else 'fixed'} {readable} {compiled}\n")
    sys.exit(parted)


if __name__ == "__main__":
    main()
