"""Template of a table of acts: complete, readable, and a record as it stands."""

from __future__ import annotations

from pathlib import Path

from sim.history.act_table import SHAPE, acts_on_record, record_with
from sim.history.act_template import template
from sim.history.legs import LEGS, UNMAPPED


def test_the_template_is_a_record(tmp_path: Path) -> None:
    """Its two acts are read as they stand."""
    # Fails if it has a row or a column that the reader refuses.
    file = tmp_path / "mine.csv"
    file.write_text(template(), "utf-8")

    record = record_with(file)

    assert len(record) == len(acts_on_record()) + 2
    assert [act.leg for act in record[-2:]] == ["reciprocal", "extension"]


def test_the_template_explains_every_word() -> None:
    """Columns, acts with their legs, and reasons stand in notes that fit a terminal."""
    # Fails if a column, a leg or a reason is added without a note.
    notes = [line for line in template().splitlines() if line.startswith("#")]
    words = {line.removeprefix("# ").split("  ")[0] for line in notes}
    text = "".join(notes)

    assert max(map(len, notes)) <= 80
    assert set(SHAPE.required) | set(UNMAPPED) <= {word.split(" ")[0] for word in words}
    assert {f"{side} {act}" for side, act in LEGS} <= words
    assert all(leg in text for legs in LEGS.values() for leg in legs)
