"""Printing to PDF through a browser that may be missing, fail or hang."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.requests.written import printing
from sim.requests.written.printing import BROWSERS, CannotPrint, page_count, printed

PAGES = "<style>@page{size:A4} p{break-after:page}</style>" + "<p>page</p>" * 2 + "<b>last</b>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, with a shell."""
    shell = shutil.which("sh")
    sleep = shutil.which("sleep")
    assert shell
    assert sleep
    (tmp_path / "sh").symlink_to(shell)
    (tmp_path / "sleep").symlink_to(sleep)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def browser(folder: Path, does: str) -> None:
    """Puts a browser on the PATH that does as told; `$pdf` is the file it is to print to."""
    script = (
        f"#!{folder}/sh\n"
        'for word in "$@"; do case $word in --print-to-pdf=*) pdf=${word#*=};; esac; done\n'
    )
    program = folder / BROWSERS[-1]
    program.write_text(f"{script}{does}\n", "utf-8")
    program.chmod(0o755)


def test_without_a_browser_it_is_said_what_was_looked_for(folder: Path) -> None:
    """By the names under which it may be found."""
    # Fails if a missing program ends in an error of the system.
    with pytest.raises(CannotPrint, match=r"no Chromium on the PATH \(looked for chromium, "):
        printed("<p>a</p>")


def test_any_of_the_known_browsers_prints(folder: Path) -> None:
    """The page is a file that it opens, and what it writes is returned."""
    # Fails if only one name is tried, or the page is not handed over.
    browser(folder, 'for word in "$@"; do page=$word; done; echo "$page" > "$pdf"')

    assert printed("<p>a</p>").startswith(b"file:///")


@pytest.mark.parametrize(("root", "refused"), [(True, True), (False, False)])
def test_the_sandbox_is_left_out_for_root_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, root: bool, refused: bool
) -> None:
    """It refuses to start for root, and protects everybody else."""
    # Fails if the sandbox is always, or never, left out.
    monkeypatch.setattr(printing, "is_root", lambda: root)
    browser(folder, 'echo "$@" > "$pdf"')

    assert (b"--no-sandbox" in printed("")) == refused


def test_a_browser_that_fails_is_named(folder: Path) -> None:
    """With its exit code."""
    browser(folder, "exit 7")

    with pytest.raises(CannotPrint, match=r"google-chrome-stable printed nothing \(exit code 7\)"):
        printed("")


def test_a_browser_that_hangs_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a time that a busy machine needs."""
    monkeypatch.setattr(printing, "MOST_S", 0.2)
    browser(folder, "exec sleep 20")

    with pytest.raises(CannotPrint, match="had not finished"):
        printed("")


def test_a_browser_that_does_not_start_is_named(folder: Path) -> None:
    """As on a machine of another kind."""
    program = folder / BROWSERS[0]
    program.write_bytes(b"\x7fELF nonsense")
    program.chmod(0o755)

    with pytest.raises(CannotPrint, match="does not start"):
        printed("")


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="there is no Chromium")
def test_pages_are_counted() -> None:
    """Of what Chromium prints."""
    # Fails if the list of pages is counted as a page.
    assert page_count(printed(PAGES)) == 3
    assert page_count(printed("<p>one</p>")) == 1
