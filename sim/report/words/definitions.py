"""Words for the parameters that only define outcomes."""

from __future__ import annotations

from collections.abc import Container

from sim.model.tables.params import DEFINITIONS


def held_fixed(varied: Container[str] = ()) -> str:
    """Returns a sentence that lists the definitions of outcomes, which are not drawn.

    Args:
        varied: Names that are varied nevertheless, because the user named them.
    """
    names = [name for name in DEFINITIONS if name not in varied]
    return f"Held fixed, because they only define outcomes: {', '.join(names)}." if names else ""
