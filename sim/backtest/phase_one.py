"""Phase One, whose end is a matter of judgement: its text stands until the duties of 2025, its
pledges end with 2021. A backtest is made under either coding.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from sim.history.standing import SIGNED, Spell, standing_on_record

ENDED: Final = "ended"
IN_FORCE: Final = "in-force"
CODINGS: Final = (ENDED, IN_FORCE)
"""Codings: the accord is dormant from 2022 on, as the replay has it, or in force until February
2025."""

FIRST_WITHOUT: Final = date(2022, 1, 1).toordinal()
"""First day without the accord if it ended: its pledges covered 2020 and 2021."""

_INTERVENTION: Final = "interventions.phase-one-ends"


def changes(coding: str) -> tuple[tuple[str, str], ...]:
    """Returns the changes of the replayed scenario under a coding, as typed after `--set`."""
    return () if coding == ENDED else ((_INTERVENTION, "null"),)


def agreements(coding: str) -> tuple[Spell, ...]:
    """Returns the spells on record under a coding."""
    if coding == IN_FORCE:
        return standing_on_record()
    return tuple(
        replace(spell, until=FIRST_WITHOUT) if spell.kind == SIGNED else spell
        for spell in standing_on_record()
    )
