"""Pages as a reader opens them, in headless Chromium: one browser and three pages for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pytest

from sim import api
from sim.report.answers.report import ReportAnswer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

NASTY: Final = "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'> & \"so\"?"
"""A question as someone might write it who means no good."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, if there is one."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReportAnswer]:
    """A run of a scenario with a nasty question, a comparison and a sweep, each on its page."""
    folder = tmp_path_factory.mktemp("pages")
    scenario = folder / "nasty.yaml"
    text = NASTY.replace("'", "''")
    scenario.write_text(f"question: '{text}'\nextends: october-2025-apec\n", "utf-8")
    short = {"results": folder / "results", "until": "2025-11-20"}
    early = {"results": folder / "results", "until": "2025-04-20"}
    return {
        "run": api.write_report(str(scenario), n=200, file=folder / "run.html", **short),
        "comparison": api.write_report(
            *("summit-in-beijing", "summit-in-washington"),
            n=200, file=folder / "comparison.html", **early,
        ),
        "sweep": api.write_report(
            *("march-2025-escalation", "us.hawks.influence=0..1/4", "truce.length_days=60,90"),
            n=40, file=folder / "sweep.html", **early,
        ),
    }  # fmt: skip


@pytest.fixture(scope="session", params=["run", "comparison", "sweep"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of page in turn."""
    return str(request.param)
