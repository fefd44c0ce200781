"""Pages that fit 80 columns."""

from __future__ import annotations

import io
import re

import pytest

from sim.report.page import Page, TableColumn, numeric, render, show, worded


@pytest.fixture
def page() -> Page:
    """A page with everything long that a page can hold."""
    page = Page()
    page.title("a name   " + "much said about it " * 3)
    page.say("A long sentence that goes on " * 12, indent=4)
    page.heading("A table [not markup] :smile:")
    long_name = "ledger.phase_one.pledged.soybeans_usd_bn" * 2
    page.table(
        [TableColumn("name"), worded("what"), numeric("value")],
        [["us.addon", "words " * 40, "12.5 %"], ["x", long_name, "1"]],
    )
    return page


def test_no_line_is_wider_than_the_page(page: Page) -> None:
    """At 80 columns, and on a narrower terminal, every line fits."""
    for width in (80, 60):
        assert max(len(line) for line in render(page, width).splitlines()) <= width


def test_a_verbatim_line_is_never_broken() -> None:
    """A long path can be copied in one go."""
    page = Page()
    page.verbatim("Files: " + "folder/" * 30)

    assert render(page) == "Files: " + "folder/" * 30 + "\n"


def test_a_cell_keeps_its_indent_when_it_wraps() -> None:
    """Continuation lines of an indented cell stand under its first letter."""
    page = Page()
    page.table(
        [TableColumn("date"), worded("what")], [["1 Nov", "  chances: " + "many of them " * 9]]
    )

    lines = render(page).splitlines()[1:]
    start = lines[0].index("chances")
    assert len(lines) > 1
    assert all(line[:start].strip() in ("", "1 Nov") and line[start] != " " for line in lines)


def test_text_is_printed_as_written(page: Page) -> None:
    """Square brackets and colons in a scenario's words are no markup."""
    assert "A table [not markup] :smile:" in render(page)


def test_a_file_gets_plain_text(page: Page) -> None:
    """No control codes and no trailing blanks go anywhere but to a terminal."""
    buffer = io.StringIO()
    show(page, buffer)
    text = buffer.getvalue()
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Says so."""
        return True


@pytest.mark.parametrize(("kind", "styled"), [("xterm-256color", True), ("dumb", False)])
def test_a_terminal_gets_styles_if_it_knows_them(
    page: Page, kind: str, styled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Headings stand out on a terminal; a dumb one gets plain text."""
    monkeypatch.setenv("TERM", kind)
    terminal = Terminal()
    show(page, terminal)

    assert ("\x1b[1m" in terminal.getvalue()) is styled


def test_no_colour_is_used_where_none_is_wanted(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR is honoured."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal()
    show(page, terminal)

    assert not re.search(r"\x1b\[(3|4|9)\d", terminal.getvalue())
