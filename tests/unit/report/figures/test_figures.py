"""Pictures of runs, comparisons and sweeps: what they show, with units and a source."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from sim import api
from sim.errors import NotFoundError, UsageError
from sim.history.tariffs import LAST_DAY
from sim.report.answers.comparison import ComparisonAnswer
from sim.report.answers.run import RunAnswer
from sim.report.answers.studies import SweepAnswer
from sim.report.figures import style
from sim.report.figures.plots import save


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder for results."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module")
def october(folder: Path) -> RunAnswer:
    """Two hundred runs from October 2025."""
    return api.run("october-2025-apec", n=200, results=folder)


@pytest.fixture(scope="module")
def venues(folder: Path) -> ComparisonAnswer:
    """Two venues, two hundred runs each."""
    return api.compare("summit-in-beijing", "summit-in-washington", n=200, results=folder)


@pytest.fixture(scope="module")
def grid(folder: Path) -> SweepAnswer:
    """Two influences of the hawks, two lengths of a truce."""
    axes = {"us.hawks.influence": [0, 1], "truce.length_days": [60, 90]}
    return api.sweep("march-2025-escalation", axes, n=100, results=folder)


def source_of(figure: Figure) -> str:
    """Returns the line below a figure."""
    (text,) = [text for text in figure.texts if text.get_gid() == style.SOURCE]
    return text.get_text().replace("\n", " ")


def shrunk(box: Bbox) -> Bbox:
    """Returns a box less a pixel a side, so that neighbours may touch."""
    return box.padded(-1.0)


def line_of(figure: Figure, label: str) -> Any:
    """Returns the line of a figure with a label."""
    (line,) = [line for line in figure.axes[0].lines if line.get_label() == label]
    return line


def weekly(line: Any) -> Any:
    """The values of a line of steps, which has each of them twice."""
    values = np.asarray(line.get_ydata())
    np.testing.assert_array_equal(values[::2], values[1::2])
    return values[::2]


def test_a_fan_shows_the_median_and_says_where_it_comes_from(october: RunAnswer) -> None:
    """The line is the median of the runs week by week; units and source stand beside it."""
    figure = october.plot.fan("us_addon_pp")
    weeks, path = october.batch.path("us_addon_pp")
    line = line_of(figure, "median run")

    np.testing.assert_array_equal(line.get_xdata()[::2], weeks)
    np.testing.assert_allclose(weekly(line), np.median(path, axis=0))
    assert figure.axes[0].get_ylabel() == "percentage points"
    assert "200 runs, seed 20251023" in source_of(figure)


def test_the_record_stands_behind_a_fan_of_duties_and_ends_with_it(october: RunAnswer) -> None:
    """145 points in April 2025, 30 from 14 May, nothing after 23 October; none behind tension."""
    record = line_of(october.plot.fan("us_addon_pp"), "record to 23 Oct 2025")
    days, levels = list(record.get_xdata()), list(record.get_ydata())

    assert max(days) == LAST_DAY == date(2025, 10, 23).toordinal()
    assert levels[days.index(date(2025, 4, 10).toordinal())] == 145.0
    assert levels[days.index(date(2025, 5, 14).toordinal())] == levels[-1] == 30.0
    lines = october.plot.fan("tension").axes[0].lines
    assert not [line for line in lines if "record" in str(line.get_label())]


def test_fans_of_a_comparison_lie_over_each_other(venues: ComparisonAnswer) -> None:
    """One line a scenario, told apart by stroke as well as by colour."""
    figure = venues.plot.fan("cn_addon_pp")
    lines = [line_of(figure, f"Summit in {place}") for place in ("Beijing", "Washington")]

    assert len({line.get_color() for line in lines}) == 2
    assert len({line.get_linestyle() for line in lines}) == 2


def test_a_fan_of_the_truce_is_its_survival(october: RunAnswer) -> None:
    """It is in force or not: quantiles would say nothing."""
    fan, survival = october.plot.fan("truce_in_force"), october.plot.survival()

    np.testing.assert_array_equal(
        fan.axes[0].lines[0].get_ydata(), survival.axes[0].lines[0].get_ydata()
    )


def test_a_source_tells_what_is_given_and_how_many_runs_are_drawn(folder: Path) -> None:
    """Those that meet the condition, not all that were played."""
    given = api.run(
        "october-2025-apec", n=200, results=folder, given=["leaders_met@2025-11-01=yes"]
    )
    counted = f"{given.batch.counted.sum()} runs given leaders_met@2025-11-01=yes,"

    for figure in (given.plot.fan("tension"), given.plot.survival(), given.plot.classes()):
        assert counted in source_of(figure)


def test_without_weekly_paths_the_endings_are_drawn(tmp_path: Path) -> None:
    """What cannot be drawn is refused in a sentence, the rest is there."""
    bare = api.run("october-2025-apec", n=50, results=tmp_path, paths="none")

    assert [name for name, _ in bare.plot.every()] == ["path_class", "deal_status", "summit_result"]
    with pytest.raises(NotFoundError, match="--paths first"):
        bare.plot.survival()


def test_other_seeds_are_said_to_share_no_luck(october: RunAnswer, folder: Path) -> None:
    """And both seeds stand in the source."""
    other = api.run("october-2025-apec", n=200, seed=7, results=folder)
    figure = api.compare(october, other, brief=True).plot.differences()

    assert "do not share luck" in source_of(figure)
    assert "seeds 20251023 and 7" in source_of(figure)


def test_nothing_lies_over_anything_else(venues: ComparisonAnswer, grid: SweepAnswer) -> None:
    """Title, legend, plot and source keep apart."""
    figures = [venues.plot.fan("us_addon_pp"), venues.plot.classes(), venues.plot.differences()]
    for figure in [*figures, venues.plot.partings(), grid.plot.heat("us_hikes")]:
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        axes = figure.axes[0]
        legend = axes.get_legend()
        boxes = [
            axes.get_window_extent(),
            axes.xaxis.label.get_window_extent(),
            axes._left_title.get_window_extent(),
            *(text.get_window_extent() for text in figure.texts),
            *([legend.get_window_extent()] if legend else []),
        ]
        for place, box in enumerate(boxes):
            assert not any(shrunk(box).overlaps(shrunk(other)) for other in boxes[place + 1 :])
            assert figure.bbox.padded(1.0).containsx(box.x0)
            assert figure.bbox.padded(1.0).containsx(box.x1)


def test_survival_is_the_share_with_a_truce(october: RunAnswer) -> None:
    """In 100 runs, week by week."""
    line = line_of(october.plot.survival(), "median run")
    _, path = october.batch.path("truce_in_force")

    np.testing.assert_allclose(weekly(line), 100.0 * np.mean(path, axis=0))


def test_what_stands_still_between_acts_is_drawn_as_steps(october: RunAnswer) -> None:
    """A duty holds its value until the next week, and to the last day; tension is a line."""
    # Fails if two values of a duty are joined by a slope.
    line = line_of(october.plot.fan("us_addon_pp"), "median run")
    days = [int(day) for day in line.get_xdata()]

    assert days[1:-1:2] == days[2::2]
    assert days[-1] == october.batch.resolved.until
    assert len(line_of(october.plot.fan("tension"), "median run").get_xdata()) == len(days) // 2


def test_deadlines_are_marked_on_the_axis(october: RunAnswer) -> None:
    """Both charts of weekly values have a dotted line on every deadline and scheduled meeting
    before the end, with dates that do not hide each other; the source says what they are."""
    # Fails if a day is left out, or two days that are close have labels of their own.
    ends = [
        date(2025, 10, 25), date(2025, 10, 30), date(2025, 11, 1), date(2025, 11, 10),
        date(2026, 2, 8),
    ]  # fmt: skip
    for figure in (october.plot.fan("us_addon_pp"), october.plot.survival()):
        axes = figure.axes[0]
        dotted = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == ":"]
        assert dotted == [day.toordinal() for day in ends]
        texts = [text.get_text() for text in axes.texts]
        assert texts == ["25 Oct, 30 Oct, 1 Nov, 10 Nov", "8 Feb"]
        assert "10 Nov, the truce ends unless extended" in source_of(figure)
        assert "30 Oct, Leaders meet at the APEC forum" in source_of(figure)


def test_bars_of_classes_are_their_shares(october: RunAnswer, venues: ComparisonAnswer) -> None:
    """Those that come at all, for each scenario; a number has no classes."""
    widths = [bar.get_width() for bar in october.plot.classes("path_class").axes[0].patches]
    shares = [100.0 * october.p(f"path_class={c}") for c in ("improved", "managed", "conflict")]
    assert widths == pytest.approx(shares)

    bars = venues.plot.classes("leaders_met").axes[0].patches
    assert len(bars) == 4
    with pytest.raises(NotFoundError, match="is a number"):
        october.plot.classes("us_addon_pp")


def test_differences_are_in_units_of_what_matters(venues: ComparisonAnswer) -> None:
    """A dot stands at the difference over the margin of its outcome."""
    axes = venues.plot.differences().axes[0]
    dots = {
        round(float(line.get_xdata()[0]), 6) for line in axes.lines if len(line.get_xdata()) == 1
    }
    met = next(d for d in venues.comparisons[0].differences if d.outcome == "leaders_met")

    assert round(met.difference.value / met.margin, 6) in dots


def test_partings_are_drawn_of_two(venues: ComparisonAnswer) -> None:
    """One bar a way to part, and the share in which nothing differs is said."""
    found = venues.contrast.backgrounds[0].divergence
    assert found is not None
    figure = venues.plot.partings()

    events = [p for p in found.partings if p.kind != "numbers"]
    assert len(figure.axes[0].patches) == len(events)
    assert "the two runs are identical" in source_of(figure)


def test_a_map_shows_every_point(grid: SweepAnswer) -> None:
    """Rows and columns are the values of the axes, in order."""
    figure = grid.plot.heat("path_class=conflict")
    image = np.asarray(figure.axes[0].images[0].get_array())
    rows = [row for row in grid.rows() if row["outcome"] == "path_class"]
    told = [100.0 * row["estimate"] for row in rows if row["class"] == "conflict"]

    np.testing.assert_allclose(image.ravel(), told)


def test_a_curve_shows_the_mean_at_each_value(grid: SweepAnswer) -> None:
    """Over the other axis the mean is taken."""
    line = grid.plot.curve("us_hikes").axes[0].lines[0]
    hikes = np.array([row["estimate"] for row in grid.rows() if row["outcome"] == "us_hikes"])

    np.testing.assert_allclose(line.get_ydata(), hikes.reshape(2, 2).mean(axis=1))


def test_unknown_names_get_the_nearest(october: RunAnswer, grid: SweepAnswer) -> None:
    """Of paths, outcomes and inputs."""
    with pytest.raises(NotFoundError, match="did you mean us_addon_pp"):
        october.plot.fan("us_adon_pp")
    with pytest.raises(NotFoundError, match="did you mean us_hikes"):
        grid.plot.curve("us_hike")
    with pytest.raises(NotFoundError, match=r"truce\.length_days"):
        grid.plot.curve("us_hikes", "truce.length")


def test_pictures_are_written_twice_and_alike(october: RunAnswer, tmp_path: Path) -> None:
    """PNG and SVG of each, the same bytes every time, with text as text."""
    first = save(october.plot, tmp_path / "a")
    second = save(october.plot, tmp_path / "b")

    assert {path.suffix for path in first} == {".png", ".svg"}
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert "percentage points" in (tmp_path / "a" / "fan-us_addon_pp.svg").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_said(october: RunAnswer, tmp_path: Path) -> None:
    """A file in its place is an error in one line."""
    (tmp_path / "taken").write_text("")

    with pytest.raises(UsageError, match="--figures"):
        save(october.plot, tmp_path / "taken")


def test_without_matplotlib_the_extra_is_named(
    october: RunAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback: what to install."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr("sim.report.figures.plots.find_spec", lambda name: None)

    with pytest.raises(UsageError, match=r"pip install .*matplotlib"):
        _ = october.plot


def test_an_earlier_answer_is_drawn_in_grey(october: RunAnswer, folder: Path) -> None:
    """Its median, its edges, its survival and its shares, under a name of their own."""
    # Fails if the earlier batch is not drawn, or drawn from the later one.
    from sim.report.figures.runs import BEFORE, class_figure, fan_figure, survival_figure

    sets = {"court.strike_probability": 0.8, "us.noise": 2}
    earlier = api.run("october-2025-apec", n=200, sets=sets, results=folder).batch
    batches = [october.batch]
    fan, survival, bars = (
        fan_figure(batches, "us_addon_pp", earlier, ("now",)),
        survival_figure(batches, earlier, ("now",)),
        class_figure(batches, "path_class", earlier, ("now",)),
    )
    grey = {
        line.get_label(): line for line in fan.axes[0].get_lines() if line.get_color() == style.GREY
    }
    median = np.nanmedian(earlier.path("us_addon_pp")[1], axis=0)
    (line,) = [one for one in survival.axes[0].get_lines() if one.get_label() == BEFORE]
    (marks,) = [c for c in bars.axes[0].collections if c.get_label() == BEFORE]
    shares = [100.0 * np.mean(earlier.values["path_class"] == code) for code in range(3)]

    assert np.array_equal(weekly(grey[f"{BEFORE}: median"]), median)
    assert f"{BEFORE}: middle 90%" in grey
    truce = 100.0 * np.nanmean(earlier.path("truce_in_force")[1], axis=0)
    assert np.allclose(weekly(line), truce)
    assert np.allclose([path.vertices[0, 0] for path in marks.get_paths()], shares)  # type: ignore[attr-defined, index]
    for figure in (fan, survival, bars):
        (legend,) = [axes.get_legend() for axes in figure.axes]
        assert legend is not None
        assert "now" in [text.get_text() for text in legend.get_texts()]
