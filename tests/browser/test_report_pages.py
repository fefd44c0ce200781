"""Reports in a browser: they load, show, sort, filter, fit and print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from sim.report.answers.report import ReportAnswer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESK: Final = {"width": 1280, "height": 900}
PHONE: Final = {"width": 390, "height": 844}
LARGEST: Final = 5_000_000
"""Bytes of a page at most."""

SECTIONS: Final = {
    "run": "pictures slices results inputs assumptions outcomes provenance",
    "comparison": (
        "inputs pictures differences ranges divergence shapes outcomes assumptions provenance"
    ),
    "sweep": "pictures responses points assumptions provenance",
}

Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, written: dict[str, ReportAnswer]) -> Iterator[Open]:
    """Opens a page of a kind, and closes it when the test is done."""
    contexts = []

    def opened(kind: str, size: dict[str, int] = DESK, **how: object) -> Page:
        context = browser.new_context(viewport=size, **how)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(Path(written[kind].file).absolute().as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_page_is_small(written: dict[str, ReportAnswer], kind: str) -> None:
    """Five megabytes at most, as its answer says."""
    assert written[kind].bytes == written[kind].file.stat().st_size <= LARGEST


def test_a_page_loads_without_complaint_and_asks_for_nothing(
    browser: Browser, written: dict[str, ReportAnswer], kind: str
) -> None:
    """No message on the console, no error, and no request but for the file itself."""
    page = browser.new_page()
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    address = Path(written[kind].file).absolute().as_uri()
    page.goto(address)
    page.close()

    assert complaints == []
    assert [url for url in requests if not url.startswith("data:")] == [address]


def test_figures_are_drawn(open_page: Open, kind: str) -> None:
    """Every figure in sight has a size, a title, a source and words for those who cannot see."""
    page = open_page(kind)
    figures = page.locator("figure.picture:visible").all()

    assert figures
    for figure in figures:
        drawn = figure.locator("svg[role=img]:visible")
        box = drawn.bounding_box()
        assert box
        assert min(box["width"], box["height"]) > 100.0
        assert drawn.get_attribute("aria-label")
        assert figure.locator(".title").inner_text()
        assert "Source: " in figure.locator("figcaption").inner_text()


def test_each_page_tells_what_it_is_of(open_page: Open) -> None:
    """Sections of a run, of a comparison and of a sweep, the contents in the same order."""
    for kind, sections in SECTIONS.items():
        page = open_page(kind)
        found = page.locator("main section").evaluate_all("all => all.map(s => s.id)")
        links = page.locator("nav a").evaluate_all("all => all.map(a => a.hash.slice(1))")
        assert found == links == sections.split()


def test_a_phone_gets_figures_it_can_show(open_page: Open) -> None:
    """The fan of a run is drawn anew for a narrow screen, where its letters can be read."""
    page = open_page("run", PHONE)
    figure = page.locator("#fan-us-addon-pp")
    sizes = figure.locator("svg:visible text").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect().height)"
    )

    assert figure.locator("svg:visible").count() == 1
    assert min(sizes) >= 8.0


def test_nothing_is_wider_than_a_phone(open_page: Open, kind: str) -> None:
    """Wide tables scroll in their box; the page itself does not scroll sideways."""
    page = open_page(kind, PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_ids_are_used_once_and_found(open_page: Open, kind: str) -> None:
    """Pictures do not share ids, and whatever is referred to is there."""
    page = open_page(kind)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    references = page.evaluate(
        """[...document.querySelectorAll('[aria-labelledby], [for], a[href^="#"], use')].map(
            e => e.getAttribute('aria-labelledby') ?? e.getAttribute('for')
                ?? e.getAttribute('href').slice(1))"""
    )

    assert len(ids) == len(set(ids))
    assert set(references) <= set(ids)


def test_a_table_sorts_by_what_is_clicked(open_page: Open) -> None:
    """Numbers fall at the first click and rise at the second; what is not known stays last."""
    page = open_page("run")
    page.locator("#outcomes summary").click()
    table = page.locator("table[aria-labelledby=outcomes-table]")
    heading = table.locator("th", has_text="median")
    place = heading.evaluate("cell => cell.cellIndex")

    def keys() -> list[float | None]:
        texts = table.locator("tbody tr").evaluate_all(
            "(rows, i) => rows.map(r => r.cells[i].dataset.key ?? r.cells[i].innerText)", place
        )
        return [float(text) if text else None for text in texts]

    for order, falling in (("descending", True), ("ascending", False)):
        heading.locator("button").click()
        found = keys()
        known = [key for key in found if key is not None]
        assert heading.get_attribute("aria-sort") == order
        assert known == sorted(known, reverse=falling)
        assert found == [*known, *[None] * (len(found) - len(known))]
        assert len(set(known)) > 20


def test_a_table_is_sorted_from_the_keyboard(open_page: Open) -> None:
    """A heading takes the focus and answers to Enter."""
    page = open_page("comparison")
    table = page.locator("#differences table").first
    table.locator("th button").first.focus()
    page.keyboard.press("Enter")
    names = table.locator("tbody th").all_inner_texts()

    assert names == sorted(names, key=str.lower)
    assert table.locator("[aria-sort]").count() == 1


def test_a_filter_leaves_rows_that_hold_every_word(open_page: Open) -> None:
    """In any order, and it says how many of how many are left."""
    page = open_page("run")
    page.locator("#outcomes summary").click()
    rows = page.locator("table[aria-labelledby=outcomes-table] tbody tr")
    total = rows.count()
    page.get_by_label("Find an outcome").fill("FORCE truce")
    left = page.locator("table[aria-labelledby=outcomes-table] tbody tr:visible")

    assert 0 < left.count() < total
    assert all("truce in force" in text for text in left.all_inner_texts())
    assert page.locator("#outcomes output").inner_text() == f"{left.count()} of {total:,} rows"


def test_a_reader_chooses_which_path_the_fan_shows(open_page: Open) -> None:
    """One fan at a time, of the path that is chosen."""
    page = open_page("run")
    fans = page.locator("figure[id^=fan-]:visible")
    assert fans.evaluate_all("figures => figures.map(f => f.id)") == ["fan-us-addon-pp"]

    page.get_by_label("Week by week", exact=True).select_option("fan-tension")

    assert fans.evaluate_all("figures => figures.map(f => f.id)") == ["fan-tension"]


def test_a_fan_is_read_from_the_keyboard(open_page: Open) -> None:
    """Arrow keys step from week to week, and Escape takes the reading away."""
    page = open_page("run")
    figure = page.locator("#fan-us-addon-pp")
    readout = figure.locator(".readout")
    hint = readout.inner_text()
    figure.locator(".plot:visible").focus()
    told = []
    for key in ("Home", "ArrowRight", "End", "Escape"):
        page.keyboard.press(key)
        told.append(readout.inner_text())

    assert told[0].startswith("Week of 27 Oct 2025: ")
    assert told[1].startswith("Week of 3 Nov 2025: ")
    assert told[2].startswith("Week of 17 Nov 2025: ")
    assert "in the median" in told[2]
    assert told[3] == hint


def test_a_fan_is_read_where_it_is_pointed_at(open_page: Open) -> None:
    """At the end of the line the last week is read, and the mark stands where the week begins."""
    page = open_page("run")
    figure = page.locator("#fan-us-addon-pp")
    line = figure.locator("svg:visible path[style*='stroke: #0072b2']").first
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 1.0, box["y"])
    mark = figure.locator(".cursor:visible").bounding_box()

    assert figure.locator(".readout").inner_text().startswith("Week of 17 Nov 2025: ")
    assert mark
    assert box["x"] < mark["x"] <= box["x"] + box["width"]


def test_words_of_a_scenario_are_text(open_page: Open) -> None:
    """A script or a picture in a question is shown as it was written and does nothing."""
    page = open_page("run")

    assert page.evaluate("window.broken") is None
    assert page.locator(".question").inner_text().startswith("<script>window.broken = 1</script>")
    assert page.locator("img").count() == 0


def test_no_script_runs_but_the_page_s_own(
    browser: Browser, written: dict[str, ReportAnswer]
) -> None:
    """Even markup that found its way in would be stopped by the page's policy."""
    text = written["run"].file.read_text("utf-8")
    tampered = written["run"].file.with_name("tampered.html")
    tampered.write_text(text.replace("<h1>", "<script>window.broken = 3</script><h1>"), "utf-8")
    page = browser.new_page()
    page.goto(tampered.absolute().as_uri())
    ran = page.evaluate("window.broken")
    page.close()

    assert ran is None


def test_without_scripts_all_is_there(open_page: Open) -> None:
    """Every picture is shown, and no box that would not answer."""
    page = open_page("run", java_script_enabled=False)

    assert page.locator("figure[id^=fan-]:visible").count() == 10
    assert page.locator(".filter:visible, .choice:visible").count() == 0


def test_paper_gets_what_is_in_sight(open_page: Open) -> None:
    """Printed are the chosen pictures and the tables, not what is folded away or to be clicked."""
    page = open_page("run")
    page.emulate_media(media="print")

    assert page.locator("figure.picture:visible").count() == 7
    assert page.locator("#results table:visible").count() > 5
    assert page.locator("nav:visible, select:visible, #outcomes:visible").count() == 0
    assert page.pdf().startswith(b"%PDF")


def test_a_dark_room_gets_light_letters(open_page: Open) -> None:
    """Letters stand out from the ground, in pictures too."""
    page = open_page("run", color_scheme="dark")

    def lightness(selector: str, what: str) -> int:
        colour = page.locator(selector).first.evaluate(
            "(e, what) => getComputedStyle(e)[what].match(/\\d+/g).slice(0, 3).map(Number)", what
        )
        return sum(colour)

    assert lightness("body", "backgroundColor") < 150
    assert lightness("body", "color") > 500
    assert lightness("#fan-us-addon-pp svg text", "fill") > 500
