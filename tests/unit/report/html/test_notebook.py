"""What a notebook shows of an answer without being asked."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from sim import api
from sim.report.answers.comparison import ComparisonAnswer
from sim.report.answers.run import RunAnswer


class Reader(HTMLParser):
    """Collects tags, ids and text, and refuses tags that are not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes note of a tag."""
        if tag != "br":
            self.open.append(tag)
        self.tags.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes note of a tag without content."""
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Closes the last tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Takes note of text."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All text."""
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for results."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module")
def october(folder: Path) -> RunAnswer:
    """A hundred runs from October 2025."""
    return api.run("october-2025-apec", n=100, results=folder)


def test_a_result_shows_question_figures_and_a_fan(october: RunAnswer) -> None:
    """Well-formed HTML that fetches and runs nothing, every id once."""
    shown = Reader(october._repr_html_())

    assert {"table", "svg"} <= shown.tags
    assert not shown.tags & {"script", "link", "img"}
    assert len(shown.ids) == len(set(shown.ids))
    assert october.batch.resolved.question in shown.text
    share = f"{100.0 * october.p('path_class=conflict'):.0f}% of runs"
    assert share in shown.text


def test_without_matplotlib_the_figures_stay(
    october: RunAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture is an extra, the numbers are not."""
    monkeypatch.setattr("sim.report.html.notebook.find_spec", lambda name: None)
    shown = Reader(october._repr_html_())

    assert "svg" not in shown.tags
    assert "table" in shown.tags


def test_what_is_given_and_what_is_typed_is_shown_as_text(folder: Path) -> None:
    """A condition with a sign of comparison does not become a tag."""
    given = api.run("october-2025-apec", n=100, results=folder, given=["us_hikes<3"])

    assert "given us_hikes<3" in Reader(given._repr_html_()).text


def test_a_comparison_shows_its_page_with_tables(folder: Path) -> None:
    """The same words and figures as the page of text."""
    contrast: ComparisonAnswer = api.compare(
        "summit-in-beijing", "summit-in-washington", n=100, results=folder, brief=True
    )
    shown = Reader(contrast._repr_html_())

    assert "table" in shown.tags
    assert "Changed inputs" in shown.text
