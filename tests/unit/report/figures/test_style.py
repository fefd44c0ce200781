"""Charts whose texts hold whatever a user may call a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from sim.report.figures import fonts
from sim.report.figures.style import DPI, WIDTH, Chart, new_figure, sourced, write

CAPTION = "Shown as boxes"


def chart(name: str) -> Figure:
    """Returns a chart with a name in its title, its legend, its ticks and its source."""
    figure = new_figure(3.0)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], label=name)
    axes.set_xticks([0, 1], [name[:20], "end"])
    axes.set_title(name, loc="left")
    return sourced(figure, name, legend=True)


@pytest.fixture
def only_usual(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with no font but the one that comes with matplotlib."""
    found = {fonts.USUAL: fonts._installed()[fonts.USUAL]}
    monkeypatch.setattr(fonts, "_installed", lambda: found)
    for cached in (fonts.families, fonts.lacking):
        cached.cache_clear()
    yield
    for cached in (fonts.families, fonts.lacking):
        cached.cache_clear()


@pytest.mark.parametrize("ending", ["png", "svg"])
@pytest.mark.parametrize(
    "name",
    [
        "cost $x_1$ and $",
        r"$\frac{$",
        r"x^2_\alpha % {",
        "中国 " * 20,
        "\U0001fae0",
        "שלום مرحبا",
        "line\nbreak",
        "a" * 100,
        "<b>&amp;",
    ],
)
def test_a_name_is_drawn_as_it_is_written(name: str, ending: str, tmp_path: Path) -> None:
    """Neither as mathematics nor as markup, and without a warning, which would be an error here."""
    file = tmp_path / f"chart.{ending}"
    write(chart(name), file)

    assert file.stat().st_size > 5_000
    if ending == "svg":
        assert name[:10].split("\n", maxsplit=1)[0] in unescape(file.read_text("utf-8"))


@pytest.mark.usefixtures("only_usual")
def test_a_character_that_no_font_has_is_named_once(tmp_path: Path) -> None:
    """In the source line, instead of a warning for each time it is drawn."""
    figure = chart("中中国")
    write(figure, tmp_path / "chart.png")

    (source,) = [text.get_text().replace("\n", " ") for text in figure.texts]
    assert source.count(CAPTION) == 1
    assert source.endswith("U+4E2D, U+56FD.")
    assert CAPTION not in chart("Ünïcödé").texts[0].get_text()


@pytest.mark.usefixtures("only_usual")
def test_other_fonts_are_used_for_what_the_usual_one_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only as many as are needed, and none for what the usual font holds."""
    held = {fonts.USUAL: "ab", "Kana": "かb", "Han": "中国", "Other": "中"}
    monkeypatch.setattr(fonts, "_installed", lambda: dict.fromkeys(held, ""))
    monkeypatch.setattr(fonts, "_held", lambda name: frozenset(map(ord, held[name])))

    assert fonts.families("ab") == (fonts.USUAL,)
    assert fonts.families("a中国") == (fonts.USUAL, "Han")
    assert fonts.families("中か") == (fonts.USUAL, "Kana", "Han")
    assert fonts.lacking("中か漢\n") == "漢"


def test_a_notebook_shows_the_chart_without_pyplot() -> None:
    """As a picture in full, whoever made the figure."""
    # Fails if a chart is shown by its name alone.
    figure = chart("a")
    assert isinstance(figure, Chart)
    shown = figure._repr_png_()
    width = int.from_bytes(shown[16:20], "big")

    assert shown.startswith(b"\x89PNG")
    assert width == int(WIDTH * DPI)
