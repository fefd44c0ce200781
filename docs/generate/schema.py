"""JSON Schema of scenario files, `scenarios/schema/scenario.json`, for editors.

Run `python -m docs.generate.schema` after a change of names, units or acts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from sim.scenario.schema import editor_schema

FILE: Final = Path(__file__).resolve().parents[2] / "scenarios" / "schema" / "scenario.json"


def source() -> str:
    """Returns the text of the file."""
    return json.dumps(editor_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(source(), "utf-8")
