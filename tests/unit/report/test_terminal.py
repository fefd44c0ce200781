"""Pages that fit 80 columns."""

from __future__ import annotations

import io

import pytest

from sim.report.terminal import Column, Page, numeric, render, show, worded


@pytest.fixture
def page() -> Page:
    """A page with everything long that a page can hold."""
    page = Page()
    page.title("a name   " + "much said about it " * 3)
    page.say("A long sentence that goes on " * 12, indent=4)
    page.heading("A table [not markup] :smile:")
    long_name = "ledger.phase_one.pledged.soybeans_usd_bn" * 2
    page.table(
        [Column("name"), worded("what"), numeric("value")],
        [["us.addon", "words " * 40, "12.5 %"], ["x", long_name, "1"]],
    )
    return page


def test_no_line_is_wider_than_the_page(page: Page) -> None:
    """At 80 columns, and on a narrower terminal, every line fits."""
    for width in (80, 60):
        assert max(len(line) for line in render(page, width).splitlines()) <= width


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


def test_a_terminal_gets_styles_unless_told_not_to(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR and a dumb terminal are honoured through rich."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    styled = Terminal()
    show(page, styled)
    assert "\x1b[" in styled.getvalue()
