"""The commands that faults strike; a new verb is a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SCENARIO: Final = "october-2025-apec"
OTHER: Final = "hawks-prevail"

COMMON: Final = (
    *("--until", "2025-10-27", "--workers", "1", "--engine", "compiled", "--json", "--quiet"),
)
"""Words of every command: few days, one worker, the quick engine, an answer without progress."""

DRAWN: Final = ("--parameters", "prior", "--per-vector", "250")
FACTORS: Final = ("us.hawks.influence=0.2,0.6", "us.issue.overcapacity=0..2")
OUTCOME: Final = ("--outcome", "us_addon_pp", "--outcome", "tension")

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "run": ("run", SCENARIO, "-n", "2500", "--brief", "--events"),
    "run, drawn": ("run", SCENARIO, "-n", "2500", "--brief", *DRAWN),
    "run, not brief": ("run", SCENARIO, "-n", "1000"),
    "sweep": ("sweep", SCENARIO, "us.hawks.influence=0.2,0.6", "-n", "1500", *OUTCOME),
    "sweep, drawn": (
        *("sweep", SCENARIO, "us.hawks.influence=0.2,0.6", "-n", "1500", *OUTCOME, *DRAWN),
    ),
    "sweep, sampled": (
        *("sweep", SCENARIO, *FACTORS, "--sample", "sobol", "-n", "16", "--replicates", "128"),
        *OUTCOME,
    ),
    "compare": ("compare", SCENARIO, OTHER, "-n", "1500", "--brief"),
    "compare, drawn": ("compare", SCENARIO, OTHER, "-n", "1500", "--brief", *DRAWN),
    "sensitivity": ("sensitivity", SCENARIO, *FACTORS, "-n", "8", "--replicates", "64"),
    "sensitivity, screened": (
        *("sensitivity", SCENARIO, *FACTORS, "cn.issue.taiwan=0..2", "-n", "4"),
        *("--replicates", "64", "--screen", "--top", "2", "--outcome", "tension"),
    ),
}
"""Name -> words of a command that writes several files."""
