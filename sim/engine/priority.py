"""Priority of this process for the processors."""

from __future__ import annotations

import os
from typing import Final

_LEAST: Final = 19
"""Lowest priority of a Unix process, which gets a seventieth of a core that another wants."""


def lower_priority() -> None:
    """Makes this process use what others leave of the processors, for good; does nothing where
    there is no such call, as on Windows."""
    if hasattr(os, "nice"):
        os.nice(_LEAST)
