"""The page of `detente serve` in a browser: by hand and by keyboard, on a desk and a phone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.browser.test_report_pages import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

APEC: Final = "october-2025-apec"
PATIENCE_MS: Final = 120_000
"""Milliseconds for an answer on a busy machine; the first also waits for the ranking of inputs."""

Visit = Callable[..., "Page"]

NAMELESS: Final = """() => {
  const textOf = (id) => document.getElementById(id)?.textContent ?? "";
  const namesOf = (control) => [
    control.getAttribute("aria-label") ?? "",
    ...(control.getAttribute("aria-labelledby") ?? "").split(" ").map(textOf),
    ...[...(control.labels ?? [])].map((label) => label.textContent),
    control.matches("button, a") ? control.textContent : "",
  ];
  const kinds = "input, select, button, a[href], [role=region]";
  return [...document.querySelectorAll(kinds)]
    .filter((control) => control.checkVisibility())
    .filter((control) => !namesOf(control).join("").trim())
    .map((control) => control.outerHTML);
}"""
"""Controls in sight that have no name for a screen reader."""

CUT: Final = """() => {
  const charts = [...document.querySelectorAll("#figures svg, #pair-figures svg")];
  return charts.flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")]
      .filter((text) => {
        const box = text.getBoundingClientRect();
        const beside = box.left < frame.left - 1 || box.right > frame.right + 1;
        return beside || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      })
      .map((text) => text.textContent);
  });
}"""
"""Texts of charts that reach beyond their chart."""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with few runs an answer."""
    folder = tmp_path_factory.mktemp("served")
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", "serve", "--port", "0", "-q", "-n", "100"],
        env={**os.environ, "DETENTE_RESULTS": str(folder / "results")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"Open (http://\S+) in", process.stdout.readline())
    assert found
    yield found[1]
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens the page, waits for its first answer and its inputs, and closes it in the end."""
    contexts = []

    def opened(size: dict[str, int] = DESK, **how: Any) -> Page:
        context = browser.new_context(viewport=size, **how)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        page.wait_for_selector("#telling .knob")
        answered(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def answered(page: Page) -> None:
    """Waits until the page shows the answer to what was last chosen."""
    page.wait_for_timeout(60)  # the events of one gesture are gathered for half as long
    page.wait_for_selector('main[aria-busy="false"]')


def test_it_asks_for_nothing_elsewhere_and_does_not_complain(
    browser: Browser, address: str
) -> None:
    """No request to another place, no message on the console, no error."""
    # Fails if a font, a script or a picture comes from elsewhere, or the policy forbids one.
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    page.wait_for_selector("#telling .knob")
    page.wait_for_selector("#figures svg")
    page.close()

    assert complaints == []
    assert len(requests) > 6
    assert [url for url in requests if not url.startswith((address, "data:"))] == []


def test_a_slider_moved_by_keyboard_changes_the_answer(visit: Visit) -> None:
    """The sentence, the charts with the answer before in grey, the table and the command; the
    sentence is announced."""
    # Fails if keys do not move it, the ghost is not drawn, or the region is not live.
    page = visit()
    before = page.inner_text("#sentence")
    knob = page.locator("#telling .knob").nth(0)
    slide = knob.locator(".slide")
    name = knob.get_attribute("data-name")
    slide.focus()
    page.keyboard.press("End")
    answered(page)
    after = page.inner_text("#sentence")

    assert page.locator("#telling .knob").count() == 10
    assert after != before
    assert page.inner_text("#change").startswith("Against the answer before, on the same luck:")
    assert "before" in page.locator("#figures svg").first.locator("text").all_text_contents()
    assert f"--set {name}={slide.get_attribute('max')}" in page.inner_text("#command")
    assert f"'{name}'" in page.inner_text("#python")
    assert knob.locator(".exact").input_value() == slide.get_attribute("max")
    assert page.locator("#differences tbody tr").count() > 8
    assert page.locator("#sentence").locator("..").get_attribute("aria-live") == "polite"
    assert slide.get_attribute("aria-valuetext")
    knob.locator(".back").press("Enter")
    answered(page)
    assert page.inner_text("#sentence") == before


def test_a_gesture_leaves_its_last_value(visit: Visit) -> None:
    """Ten values in a row, and the answer is that to the tenth."""
    # Fails if an answer that comes late takes the place of a newer one.
    page = visit()
    slide = page.locator("#telling .slide").nth(1)
    slide.focus()
    page.keyboard.press("Home")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    answered(page)
    name = page.locator("#telling .knob").nth(1).get_attribute("data-name")

    assert f"--set {name}={slide.input_value()} " in f"{page.inner_text('#command')} "


def test_a_value_outside_its_range_is_refused_in_words(visit: Visit) -> None:
    """Before it is sent; the box says that it is wrong, and the alert what is allowed."""
    # Fails if it is sent, or not told.
    page = visit()
    command = page.inner_text("#command")
    exact = page.locator("#telling .exact").nth(0)
    exact.fill("99")
    exact.press("Enter")

    page.wait_for_selector("#problem:not([hidden])")
    assert re.search(r"choose a value from [\d.]+ to [\d.]+\.", page.inner_text("#problem"))
    assert exact.get_attribute("aria-invalid") == "true"
    assert page.inner_text("#command") == command


def test_every_input_is_found_by_its_words_and_moved(visit: Visit) -> None:
    """By keyboard alone: search, choose, and the slider has the focus."""
    # Fails if the search looks at names alone, or the focus is lost.
    page = visit()
    page.locator("#search").focus()
    page.keyboard.type("days of a pause")
    page.wait_for_selector("#results li")
    assert re.match(r"\d+ found", page.inner_text("#found"))
    page.locator("#results button").first.focus()
    page.keyboard.press("Enter")
    name = page.locator("#moved .knob").first.get_attribute("data-name")
    assert page.evaluate("document.activeElement.id") == f"slide-{name}"
    page.keyboard.press("Home")
    answered(page)

    assert f"--set {name}=" in page.inner_text("#command")
    page.locator("#reset").press("Enter")
    answered(page)
    assert "--set" not in page.inner_text("#command")


def test_a_decision_is_forked_and_undone(visit: Visit) -> None:
    """The command becomes that of `fork`; what is wrong with it is told."""
    # Fails if the fork is not sent, or not taken back.
    page = visit()
    page.fill("#fork-on", "2025-10-30")
    page.select_option("#fork-act", "us.hike")
    page.select_option("#fork-how", "size")
    page.fill("#fork-size", "30")
    page.locator("#fork-form button[type=submit]").press("Enter")
    answered(page)
    assert "detente fork" in page.inner_text("#command")
    assert "--on 2025-10-30 --do us.hike=30" in page.inner_text("#command")
    assert page.inner_text("#fork-now") == "Changed: us.hike=30 on 2025-10-30."
    page.locator("#fork-undo").press("Enter")
    answered(page)

    assert page.inner_text("#command").startswith("detente run")
    page.fill("#fork-on", "2025-10-30")
    page.select_option("#fork-act", "us.extend_truce")
    page.select_option("#fork-how", "no")
    page.fill("#fork-through", "2025-10-29")
    page.locator("#fork-form button[type=submit]").press("Enter")
    page.wait_for_selector("#problem:not([hidden])")
    assert "--through 2025-10-29 is before --on 2025-10-30" in page.inner_text("#problem")


def test_two_settings_are_pinned_and_compared(visit: Visit) -> None:
    """Each is named, and the charts overlay both."""
    # Fails if a pin changes with the inputs, or the comparison is of one setting.
    page = visit()
    page.locator("#pin-a").press("Enter")
    page.locator("#telling .slide").nth(0).press("End")
    answered(page)
    page.locator("#pin-b").press("Enter")
    assert page.inner_text("#pinned-a") == f"{APEC} as it is"
    moved = page.inner_text("#pinned-b").removeprefix(f"{APEC}: ").split("=")[0]
    assert page.inner_text("#pinned-b").startswith(f"{APEC}: {moved}=")
    assert "." in moved
    page.locator("#compare").press("Enter")
    page.wait_for_selector("#pair-figures svg")
    answered(page)

    assert page.locator("#pair-figures svg").count() == 6
    assert page.inner_text("#pair-sentence").startswith(f"A is {APEC}; B is {APEC} ({moved}")
    assert "sim.compare(a, b)" in page.inner_text("#pair-python")
    assert page.evaluate(CUT) == []


def test_a_run_is_read_and_kept_and_copied(visit: Visit, tmp_path: Path) -> None:
    """Its chronicle with reasons, the command in the clipboard, files, and a stored result."""
    # Fails if one of them is not that of what is shown.
    page = visit(permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    page.fill("#run-number", "7")
    page.locator("#run-number").press("Enter")
    page.wait_for_selector("#chronicle > *")
    assert "run 7" in page.inner_text("#chronicle")
    assert page.locator("#chronicle").get_attribute("aria-label") == "Chronicle of run 7"

    page.locator('[data-copies="python"]').press("Enter")
    page.wait_for_selector("#kept:has-text('Copied.')")
    assert page.evaluate("navigator.clipboard.readText()") == page.text_content("#python")

    for form in ("csv", "xlsx"):
        with page.expect_download() as saved:
            page.locator(f'[data-export="{form}"]').press("Enter")
        saved.value.save_as(tmp_path / form)
    assert "truce_in_force" in (tmp_path / "csv").read_text("utf-8")
    assert (tmp_path / "xlsx").read_bytes().startswith(b"PK")

    page.locator("#keep").press("Enter")
    page.wait_for_selector("#kept:has-text('Kept as')")
    assert re.search(rf"Kept as {APEC}-[0-9a-f]{{10}}", page.inner_text("#kept"))


def test_another_scenario_begins_anew(visit: Visit) -> None:
    """Its question, its answer, its inputs; nothing is moved, and no ghost is left."""
    # Fails if inputs of the scenario before are kept.
    page = visit()
    page.locator("#telling .slide").nth(0).press("End")
    answered(page)
    page.select_option("#scenario", "summit-in-beijing")
    page.wait_for_selector("#command:has-text('detente run summit-in-beijing')")
    page.wait_for_selector("#telling .knob")
    answered(page)

    assert page.inner_text("#change") == ""
    assert "--set" not in page.inner_text("#command")
    assert page.locator(".knob.is-moved").count() == 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_cut_crowded_or_unlabelled(
    visit: Visit, size: dict[str, int], tmp_path: Path
) -> None:
    """At 1280 and at 390 pixels: no sideways scrolling, every control has a name, every letter of a
    chart lies inside it and can be read. The picture is left for whoever wants to look."""
    # Fails if a legend is too wide, a label is missing, or a box is wider than the screen.
    page = visit(size)
    page.locator("#telling .slide").nth(0).press("End")
    answered(page)
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    heights = page.locator("#figures svg text").evaluate_all(
        "texts => texts.map((text) => text.getBoundingClientRect().height)"
    )
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")

    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(CUT) == []
    assert min(heights) >= 8.0
    assert len(ids) == len(set(ids))


def test_the_focus_goes_from_the_question_to_the_answer(visit: Visit) -> None:
    """Tab by tab in the order of reading: skip link, scenario, inputs; the skip link works."""
    # Fails if the order of the page and of the focus differ.
    page = visit()
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(5):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert seen[:2] == ["skip", "scenario"]
    assert "slide-" in "".join(seen)
    page.evaluate("document.querySelector('.skip').focus()")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "answer"


def test_a_dark_screen_gets_a_dark_page(visit: Visit) -> None:
    """As a report does."""
    # Fails if the page has colours of its own.
    page = visit(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 28)"


def test_a_server_that_is_gone_is_told(visit: Visit) -> None:
    """In a sentence, when something is moved."""
    # Fails if a failed request is passed over.
    page = visit()
    page.context.set_offline(offline=True)
    page.locator("#telling .slide").nth(0).press("End")
    page.wait_for_selector("#problem:not([hidden])")
    assert "is detente serve still running?" in page.inner_text("#problem")
