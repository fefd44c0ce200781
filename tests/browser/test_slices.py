"""The inputs that a reader moves on the page of a run, without a simulator."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

import pytest

from sim.report.answers.report import ReportAnswer
from tests.browser.test_report_pages import DESK, PHONE
from tests.browser.test_serve_page import NAMELESS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES: Final = {"desk": DESK, "phone": PHONE}
Open = Callable[..., "Page"]


@pytest.fixture
def open_run(browser: Browser, written: dict[str, ReportAnswer]) -> Iterator[Open]:
    """Opens the page of the run, and closes it when the test is done."""
    contexts = []

    def opened(size: dict[str, int] = DESK, **how: Any) -> Page:
        context = browser.new_context(viewport=size, **how)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(written["run"].file.absolute().as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def _settings(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(page.locator("#slices-data").inner_text())["slices"]
    return found


def _slide(page: Page, place: int) -> Any:
    return page.locator(".whatif input").nth(place)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_slider_moved_by_keyboard_changes_the_sentence_and_the_charts(
    open_run: Open, size: dict[str, int]
) -> None:
    """What is shown is that setting; the one before is drawn in grey, and they are compared."""
    # Fails if keys do not move it, another setting is told, or nothing is grey.
    page = open_run(size)
    settings = _settings(page)
    plain = page.inner_text(".whatif .sentence")
    curve = page.locator(".layer .middle").first.get_attribute("d")
    for place in range(5):
        _slide(page, place).focus()
        page.keyboard.press("End")
        chosen, home = settings[place]["levels"][-1], settings[place]["home"]

        assert page.inner_text(".whatif .sentence") == chosen["sentence"]
        assert page.inner_text(".whatif .change") == chosen["changes"][home]
        assert chosen["changes"][home].startswith(("Against the scenario", "Nothing differs from"))
        assert page.locator(".layer .ghost:not(.edge)").count() == 3
        assert _slide(page, place).get_attribute("aria-valuetext") == chosen["text"]
    curves = {page.locator(".layer .middle").first.get_attribute("d")}
    page.get_by_role("button", name="Back to the scenario as it is").click()

    assert page.inner_text(".whatif .sentence") == plain
    assert page.locator(".layer .middle").first.get_attribute("d") == curve
    assert curves != {curve}


def test_one_input_is_moved_at_a_time(open_run: Open) -> None:
    """Moving another puts the first back; the setting before is then the scenario as it is."""
    # Fails if two inputs differ from the scenario, which no setting does.
    page = open_run()
    home = _settings(page)[0]["home"]
    _slide(page, 0).focus()
    page.keyboard.press("End")
    _slide(page, 1).focus()
    page.keyboard.press("Home")

    assert _slide(page, 0).input_value() == str(home)
    assert page.locator(".knob.is-moved").count() == 1
    assert "the scenario as it is" in page.inner_text(".whatif .change")
    page.keyboard.press("ArrowRight")
    assert "the setting before" in page.inner_text(".whatif .change")


def test_what_luck_cannot_tell_is_said(open_run: Open) -> None:
    """In one of so many settings of few runs, some difference is open."""
    # Fails if verdicts are left out of the sentences.
    page = open_run()
    changes = " ".join(
        change
        for each in _settings(page)
        for level in each["levels"]
        for change in level["changes"]
    )

    assert "annot tell whether" in changes
    assert " higher, by " in changes


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_it_fits_has_names_and_asks_for_nothing(
    browser: Browser, written: dict[str, ReportAnswer], size: dict[str, int]
) -> None:
    """No scrolling sideways, no control without a name, no request while a slider is moved."""
    # Fails if a chart or a label is too wide, a label is lost, or data are fetched.
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(written["run"].file.absolute().as_uri())
    _slide(page, 0).focus()
    for key in ("End", "Home", "ArrowRight"):
        page.keyboard.press(key)
    width = page.evaluate("document.documentElement.scrollWidth")
    nameless = page.evaluate(NAMELESS)
    hidden = page.locator(".whatif .short").get_attribute("aria-live")
    page.close()

    assert width <= size["width"]
    assert nameless == []
    assert hidden == "polite"
    assert [url for url in requests if not url.startswith("data:")] == [
        written["run"].file.absolute().as_uri()
    ]
    assert complaints == []


def test_on_a_phone_the_sentence_stays_in_sight(open_run: Open) -> None:
    """Also where the last input is moved."""
    # Fails if a reader has to scroll back to see what changed.
    page = open_run(PHONE)
    _slide(page, 4).scroll_into_view_if_needed()
    _slide(page, 4).focus()
    page.keyboard.press("End")
    box = page.locator(".whatif .change").bounding_box()
    slide = _slide(page, 4).bounding_box()

    assert box
    assert slide
    assert 0 <= box["y"] < box["y"] + box["height"] <= slide["y"]


def test_without_scripts_the_table_has_every_setting(open_run: Open) -> None:
    """And no control that would not answer."""
    # Fails if the controls are shown before the script runs.
    page = open_run(java_script_enabled=False)

    assert page.locator(".whatif:visible").count() == 0
    page.locator("#slices summary").click()
    assert page.locator("#slices tbody tr:visible").count() > 10
