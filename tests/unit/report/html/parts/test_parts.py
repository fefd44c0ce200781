"""The parts pages of HTML are made of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from markupsafe import Markup
from matplotlib.figure import Figure

from sim import api
from sim.report.answers.run import RunAnswer
from sim.report.html.parts.cards import Card, cards
from sim.report.html.parts.differences import every_difference
from sim.report.html.parts.document import Section, document, is_document
from sim.report.html.parts.fans import fan_galleries
from sim.report.html.parts.pictures import Gallery, Picture, hung, svg_of
from sim.report.html.parts.prose import below, prose
from sim.report.html.parts.tables import TableCell, captioned, sort_key, table
from sim.report.page import Page, TableColumn, numeric, worded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("+16 (14.4 to 17.7)", 16.0),
        ("-1,234.5", -1234.5),
        ("37%", 37.0),
        ("1 Nov 2025", float(date(2025, 11, 1).toordinal())),
        ("summit day", "summit day"),
        ("-", None),
        ("", None),
    ],
)
def test_text_is_sorted_by_what_it_begins_with(text: str, key: float | str | None) -> None:
    """Numbers by size, days by date, words as words; what is not known has no key."""
    assert sort_key(text) == key


def test_a_table_is_named_by_its_caption() -> None:
    """The caption's id names the table and the box that scrolls."""
    made = captioned("t", "Of <what>", [worded("a"), numeric("b")], [["x", "1"]])

    assert '<figcaption id="t">Of &lt;what&gt;</figcaption>' in made
    assert made.count('aria-labelledby="t"') == 2
    assert '<th scope="row">x</th>' in made


def test_a_column_that_draws_is_marked_for_phones_to_leave_out() -> None:
    """It alone, and not as the bars of cards are."""
    # Fails if the mark is left out, or the column of numbers beside it has it too.
    made = table(
        "t", [TableColumn("a"), numeric("b"), TableColumn("", draws=True)], [["x", "1", "#"]]
    )

    assert '<td class="drawn">#</td>' in made
    assert made.count("drawn") == 2  # the heading and the cell


def test_a_cell_is_sorted_by_its_key_and_tells_its_note() -> None:
    """A key that is not what is shown goes along; what is not known has an empty one."""
    rows = [[TableCell("low", 1.5, "why")], [TableCell("-", None)]] * 2
    made = table("t", [TableColumn("a")], rows)

    assert '<th scope="row" data-key="1.5">low<small>why</small></th>' in made
    assert '<th scope="row" data-key="">-</th>' in made
    assert "data-sortable" in made
    assert "data-sortable" not in table("t", [TableColumn("a")], rows[:3])


@pytest.mark.parametrize(
    ("many", "across"), [(3, 3), (5, 5), (6, 3), (7, 4), (8, 4), (9, 3), (10, 5)]
)
def test_the_last_row_of_cards_is_as_full_as_can_be(many: int, across: int) -> None:
    """Seven stand as four and three, not as five and two."""
    # Fails if the last row has fewer cards than need be.
    made = cards([Card("1", "", "what", "")] * many)

    assert f"--across:{across}" in made


def test_a_page_of_text_becomes_headings_paragraphs_and_tables() -> None:
    """Each table is named by the words above it, or by the section it stands in."""
    page = Page()
    page.heading("First <of all>")
    page.say("so")
    page.table([worded("")], [["x"]])
    page.verbatim("a path")
    made = prose(page, "s")

    assert '<div class="block"><h3>First &lt;of all&gt;</h3><p id="s-1">so</p>' in made
    assert 'aria-labelledby="s-1"' in made
    assert made.endswith("<pre>a path</pre></div>\n</div>")
    only = Page()
    only.heading("Gone")
    only.table([worded("")], [["x"]])
    assert 'aria-labelledby="s-title"' in prose(below(only), "s")
    assert "Gone" not in prose(below(only), "s")


class _Tags(HTMLParser):
    """Notes which elements are open at the end, and any that close out of turn."""

    VOID = frozenset({"meta", "link", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_document_is_whole_and_says_what_it_is() -> None:
    """Every element is closed; a title is text; nothing is fetched from anywhere."""
    section = Section("a", "A", Markup("<p>x</p>"))
    text = document("judgement.html", "<T>", [section], kicker="k", short="<script>s</script>")
    tags = _Tags()
    tags.feed(text)

    assert tags.open == []
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>&lt;T&gt;</title>" in text
    assert "&lt;script&gt;s" in text
    assert "default-src &#39;none&#39;" in text
    assert not re.search(r"https?://", text)
    assert is_document(text[:2000])
    assert not is_document("<!doctype html><html><head></head></html>")


def _drawn() -> Figure:
    figure = Figure(figsize=(4.0, 3.0), layout="constrained")
    axes = figure.subplots()
    axes.plot([0.123456789, 1.0], [0.0, 1.0], "o-")
    axes.set_title("Rising <fast>", loc="left")
    figure.text(0.0, 0.0, "Source: a test", gid="source")
    return figure


def test_two_pictures_share_no_ids() -> None:
    """What a picture refers to is its own, however alike the two are."""
    first, second = (svg_of(_drawn(), key, "alt") for key in ("a", "b"))
    ids = [re.findall(r'id="([^"]+)"', svg) for svg in (first, second)]
    used = [re.findall(r'(?:url\(#|href="#)([^")]+)', svg) for svg in (first, second)]

    assert ids[0]
    assert not set(ids[0]) & set(ids[1])
    for mine, referred in zip(ids, used, strict=True):
        assert len(mine) == len(set(mine))
        assert set(referred) == set(mine)


def test_a_picture_is_small_and_has_words() -> None:
    """Two decimals, no metadata, no fonts of its own; what it shows is said in words."""
    svg = svg_of(_drawn(), "a", 'It "rises"')

    assert svg.startswith('<svg role="img" aria-label="It &#34;rises&#34;"')
    assert not re.search(r' d="[^"]*\.\d{3}', svg)
    assert "<metadata" not in svg
    assert "font-family" not in svg
    assert svg == svg_of(_drawn(), "a", 'It "rises"')


def test_title_and_source_of_a_picture_are_text_of_the_page() -> None:
    """So that they wrap on a telephone; neither is left in the drawing."""
    seen: list[tuple[int, int]] = []
    (made,) = hung(
        [Gallery("g", "Show", (Picture("p", "One", "alt", _drawn),))],
        lambda done, total: seen.append((done, total)),
    )

    assert '<p class="title">Rising &lt;fast&gt;</p>' in made
    assert "<figcaption>Source: a test</figcaption>" in made
    assert made.count("Rising") == made.count("Source") == 1
    assert made.count("<svg") == 2
    assert "<select" not in made
    assert seen == [(1, 1)]


def test_without_weekly_paths_the_endings_are_shown_alone(october: RunAnswer) -> None:
    """As with --paths none, or where the runs that count are not among those whose paths are
    kept."""
    batch = october.batch
    nobody = replace(batch, given=("never",), meets=np.zeros(batch.n, np.bool_))

    assert [gallery.key for gallery in fan_galleries([batch])] == [
        *("fans", "survival", "endings", "agreements")
    ]
    assert [gallery.key for gallery in fan_galleries([nobody])] == ["endings", "agreements"]


def test_shares_and_numbers_are_sorted_by_what_is_shown(folder: Path) -> None:
    """A share is shown in 100, and so it is sorted: 62 in 100 stands above 0.9 times."""
    found = api.compare(
        "summit-in-beijing", "summit-in-washington",
        n=16, until="2025-06-20", results=folder, brief=True,
    )  # fmt: skip
    section = str(every_difference(found.comparisons).content)
    keys = re.findall(r'<t[hd][^>]*data-key="([-.0-9e]+)"[^>]*>\+?(-?[0-9][.0-9,]*)</t', section)

    assert len(keys) > 100
    for key, shown in keys:
        # Dollars a household are shown in tens.
        near = 5.0 if shown.endswith("0") else 1.0
        assert float(key) == pytest.approx(float(shown.replace(",", "")), abs=near, rel=0.06)
