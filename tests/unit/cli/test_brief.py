"""Briefs as files: printed at the size that fits, or HTML where nothing prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.report.html.brief import SIZES, TITLE
from sim.requests.written import brief
from sim.requests.written.printing import CannotPrint

Detente = Callable[..., Result]
APEC = ("report", "october-2025-apec", "--brief", "-n", "4", "--until", "2025-11-12", "-q")
ONE = f"%PDF-1.4\n1 0 obj\n<</Title ({TITLE}: x)>>\n<</Type /Page>>".encode()


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves the chart out, which takes the longest."""
    monkeypatch.setattr("sim.report.html.brief.hung", lambda galleries, frames: [""])


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sizes at which a page was printed; what is larger than the smallest takes two pages."""
    tried: list[str] = []

    def printed(text: str) -> bytes:
        tried.append(text.partition('<body style="font-size: ')[2].partition("pt")[0])
        return ONE if tried[-1] == str(SIZES[-1]) else ONE + b"<</Type /Page>>"

    monkeypatch.setattr(brief, "printed", printed)
    return tried


def nothing(text: str) -> bytes:
    """Prints nothing."""
    raise CannotPrint("there is no Chromium on the PATH")


def words(result: Result) -> str:
    """Returns what was printed, without line breaks."""
    return " ".join(result.output.split())


def test_text_is_made_smaller_until_it_fits_a_page(
    detente: Detente, results: Path, sizes: list[str]
) -> None:
    """A brief that is not named stands beside its runs."""
    # Fails if what takes two pages is handed out though it fits one.
    told = detente(*APEC)
    (folder,) = results.glob("october-2025-apec-*/")

    assert told.exit_code == 0, told.output
    assert sizes == [str(size) for size in SIZES]
    assert (results / f"{folder.name}-brief.pdf").read_bytes() == ONE
    assert "One page to print." in told.output


def test_a_brief_takes_the_place_of_a_brief_alone(
    detente: Detente, tmp_path: Path, results: Path, sizes: list[str]
) -> None:
    """Another PDF of the same name is left alone, and nothing is played to find that out."""
    # Fails if an existing file is not looked into, or no brief can be made again.
    file = tmp_path / "brief.pdf"
    file.write_bytes(b"%PDF-1.4 somebody's own\xff")
    refused = detente(*APEC, "-o", str(file))
    assert refused.exit_code == 2
    assert "exists and is not a brief" in words(refused)
    assert not results.exists()

    file.write_bytes(ONE + b"older")
    assert detente(*APEC, "-o", str(file)).exit_code == 0
    assert file.read_bytes() == ONE


def test_where_nothing_prints_it_is_html_and_said_why(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what to do; a stranger's HTML of that name is left alone."""
    # Fails if a brief is lost with its printer, or its HTML written over another file.
    monkeypatch.setattr(brief, "printed", nothing)
    told = detente(*APEC, "-o", str(tmp_path / "brief.pdf"))
    file = tmp_path / "brief.html"

    assert told.exit_code == 0, told.output
    assert f"<title>{TITLE}: october-2025-apec" in file.read_text("utf-8")
    assert not (tmp_path / "brief.pdf").exists()
    assert "It is HTML because there is no Chromium on the PATH. Install Chromium" in words(told)
    again = json.loads(detente(*APEC, "-o", str(tmp_path / "brief.pdf"), "--json").stdout)
    assert again["file"] == str(file)
    assert again["note"].startswith("It is HTML because")

    file.write_text("<p>mine</p>", "utf-8")
    refused = detente(*APEC, "-o", str(tmp_path / "brief.pdf"))
    assert refused.exit_code == 2
    assert file.read_text("utf-8") == "<p>mine</p>"


def test_html_is_written_where_it_is_asked_for(
    detente: Detente, tmp_path: Path, sizes: list[str]
) -> None:
    """By the ending of the name; nothing is printed."""
    told = detente(*APEC, "-o", str(tmp_path / "brief.html"))

    assert told.exit_code == 0, told.output
    assert sizes == []
    assert "Open it in a browser." in told.output


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--brief", "-o", "brief.docx"), "its name must end in .pdf, or in .html to print it"),
        (("-o", "page.pdf"), "a report is an HTML page; for one A4 page as PDF, of a run, add"),
        (("march-2025-escalation", "--brief", "-o", "two.pdf"), "a report is an HTML page"),
    ],
)
def test_a_wrong_ending_is_refused_at_once(
    detente: Detente, results: Path, more: tuple[str, ...], told: str
) -> None:
    """Before anything is played."""
    # Fails if HTML is written into a file that says it is a PDF.
    refused = detente("report", "october-2025-apec", *more, "-n", "4")

    assert refused.exit_code == 2
    assert told in words(refused)
    assert not results.exists()
