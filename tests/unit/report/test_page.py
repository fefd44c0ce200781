"""Pages that fit 80 columns."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len

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


LABELS = ("Phones and telecom gear", "Grains")
HEADS = tuple(f"quarter {number}" for number in range(50))


def wide_page() -> Page:
    """A page with a table of fifty columns of numbers, beside two columns of labels."""
    page = Page()
    rows = [
        [label, f"{len(label)}", *(f"{i} ({i}-1{i}.75)" for i in range(50))] for label in LABELS
    ]
    columns = [worded("sector"), TableColumn("size"), *map(numeric, HEADS)]
    page.table(columns, rows)
    return page


@pytest.mark.parametrize("width", [80, 60, 40, 200])
def test_a_wide_table_is_split_into_blocks(width: int) -> None:
    """Every number is there in full, and each block says again which rows it is about."""
    text = render(wide_page(), width)
    blocks = text.split("\n\n")

    assert max(map(len, text.splitlines())) <= width
    assert len(blocks) > 1
    for i in range(50):
        assert len(re.findall(rf"(?<!\S){i} \({i}-1{i}\.75\)", text)) == len(LABELS)
    for block in blocks:
        assert re.match(r" +sector +size +quarter", block)
        words = block.split()
        assert all(word in words for label in LABELS for word in label.split())


def test_a_block_repeats_as_many_columns_as_it_is_told() -> None:
    """A comparison repeats the figures of the reference."""
    page = Page()
    columns = [worded("outcome"), *map(numeric, HEADS)]
    page.table(columns, [["duty", *(f"{i}.25" for i in range(50))]], labels=2)

    blocks = render(page).split("\n\n")
    assert len(blocks) > 1
    assert all(block.split("\n")[1].split()[:2] == ["duty", "0.25"] for block in blocks)


def test_what_is_too_wide_for_any_page_is_folded() -> None:
    """Neither a name nor a number loses a letter, and nothing stands for what was left out."""
    page = Page()
    name, digits = "ledger.phase_one." * 8, "123456789" * 11
    page.table([worded("name"), numeric("value")], [[name, digits]])

    text = render(page)
    assert max(map(len, text.splitlines())) <= 80
    cells = [line.split() for line in text.splitlines()[1:]]
    assert "".join(cell for line in cells for cell in line if cell[0] in "0123456789") == digits
    assert "".join(cell for line in cells for cell in line if cell[0] not in "0123456789") == name


def test_wide_letters_count_twice() -> None:
    """Columns of Chinese names stand under each other on a terminal, and fit it."""
    page = Page()
    page.table([worded("name"), *map(numeric, HEADS)], [["中国 情景", *(["1.5"] * 50)]])

    assert max(cell_len(line) for line in render(page).splitlines()) <= 80


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


def test_a_wide_terminal_is_used_for_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prose stays narrow there, because long lines are hard to read; a file gets 80 columns."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "150")
    page = wide_page()
    page.say("words " * 60)
    terminal, file = Terminal(), io.StringIO()
    show(page, terminal)
    show(page, file)

    plain = [
        re.sub(r"\x1b\[[\d;]*m", "", line).rstrip() for line in terminal.getvalue().split("\n")
    ]
    assert 80 < max(map(len, plain)) <= 150
    assert max(len(line) for line in plain if line.startswith("words")) <= 80
    assert max(map(len, file.getvalue().splitlines())) <= 80


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
