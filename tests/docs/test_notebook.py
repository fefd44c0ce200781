"""The example notebook: it runs, and holds the output that running it gives."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path

from docs.generate.notebook import read, texts
from docs.site.notebook import notebook_page

ROOT = Path(__file__).parents[2]


def test_the_notebook_runs_and_holds_what_it_prints() -> None:
    """To the letter; of charts, that they are drawn."""
    # Fails if a cell fails, or a number in the notebook is not that of the program.
    done = subprocess.run(
        [sys.executable, "-m", "docs.generate.notebook"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_every_cell_shows_something_and_none_an_error() -> None:
    """A cell that prints nothing teaches nothing."""
    # Fails if a chart is held as its name instead of as a picture.
    cells = [cell for cell in read().cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    charts = [out for out in outputs if "image/png" in out.get("data", {})]

    assert all(cell.outputs for cell in cells)
    assert {output.output_type for output in outputs} <= {"stream", "execute_result"}
    assert len(charts) == sum(".plot" in cell.source for cell in cells) == 2
    assert all(cell.metadata["alt"] for cell in cells if ".plot" in cell.source)


def test_a_stale_number_is_found() -> None:
    """Outputs are compared as text."""
    # Fails if results of cells are left out of the comparison.
    cell = next(cell for cell in read().cells if "october.p(" in cell.source)
    other = copy.deepcopy(cell)
    other.outputs[0].data["text/plain"] = "0.999"

    assert texts(cell) == texts(copy.deepcopy(cell))
    assert texts(cell) != texts(other)


def test_the_page_shows_code_and_output() -> None:
    """In the order of the notebook, with its pictures beside it."""
    # Fails if an output is left out, or a picture is not put where the page looks for it.
    page, pictures = notebook_page(ROOT / "docs")
    cells = [cell for cell in read().cells if cell.cell_type == "code"]

    assert page.count("```python") == len(cells)
    assert page.count("![") == len(pictures) == 2
    assert all(place in page for place in pictures)
    assert all(picture.startswith(b"\x89PNG") for picture in pictures.values())
    assert page.index("october.p(") < page.index("(95%:") < page.index("october.plot()")
