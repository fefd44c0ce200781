"""A brief as it is printed: one page of text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from sim import api
from sim.requests.written.printing import BROWSERS, page_count
from sim.scenario.load import resolve

pytestmark = pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="there is no Chromium")


@pytest.mark.parametrize("changes", [0, 60])
def test_a_brief_is_one_page(tmp_path: Path, changes: int) -> None:
    """The run of the first command, and one whose command has sixty changes."""
    # Fails if a section grows beyond the page, or text that does not fit is not made smaller.
    known = resolve("october-2025-apec").parameters
    sets = {name: known[name].value for name in list(known)[:changes]}
    file = tmp_path / "brief.pdf"
    told = api.write_report(
        "october-2025-apec", brief=True, file=file, n=1000, sets=sets, results=tmp_path / "results"
    )
    pdf = file.read_bytes()

    assert told.note == ""
    assert page_count(pdf) == 1
    if reader := shutil.which("pdftotext"):
        text = subprocess.run([reader, file, "-"], capture_output=True, check=True).stdout.decode()
        assert "Will the summit of 30 October" in text
        assert "Repeated by detente report october-2025-apec --brief" in " ".join(text.split())
