"""Modes of drawing parameters; this module imports nothing, so the command line may show them."""

from __future__ import annotations

from typing import Final

FIXED: Final = "fixed"
PRIOR: Final = "prior"
POSTERIOR: Final = "posterior"
MODES: Final = (FIXED, PRIOR, POSTERIOR)
"""Values that parameters may have: central ones, draws from their priors, or from what the record
taught about them. The path of a posterior file names another posterior than the shipped one."""

POSTERIOR_SUFFIX: Final = ".json"
