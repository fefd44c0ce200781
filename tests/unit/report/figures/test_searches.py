"""Pictures of discovery and of games."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from sim import api
from sim.errors import UsageError
from sim.experiment.discovery.boxes import Fit, Limit
from sim.experiment.discovery.validation import Found, Rate, Search
from sim.experiment.games.meetings import Ending
from sim.experiment.stats.intervals import Estimate
from sim.report.answers.game import GameAnswer
from sim.report.figures import style
from sim.report.figures.plots import DiscoveryPlots, save


def source_of(figure: Figure) -> str:
    """Returns the line below a figure."""
    (text,) = [text for text in figure.texts if text.get_gid() == style.SOURCE]
    return text.get_text().replace("\n", " ")


def words_in(figure: Figure, panel: int) -> str:
    """Returns what is written in a panel."""
    return " ".join(" ".join(t.get_text().split()) for t in figure.axes[panel].texts)


class Sign:
    """A column by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def condition(self, limit: Limit) -> str:
        """Returns a limit as it is typed."""
        return f"{self.name}={'yes' if limit.is_least else 'no'}"


def discovered(*, holds: bool = True) -> Any:
    """Returns one box of two signs, and no box of assumptions."""
    limits = (Limit(0, is_least=False, bound=0), Limit(1, is_least=True, bound=1))
    trail = (
        ((), Fit(1.0, 1.0, 0.5), Fit(1.0, 1.0, 0.4)),
        (limits, Fit(0.3, 0.5, 0.9), Fit(0.3, 0.45, 0.7)),
    )
    rate = Rate(
        Estimate(0.3, 0.28, 0.32), Estimate(0.45, 0.42, 0.48), Estimate(0.7, 0.65, 0.75), holds
    )
    columns = (Sign("ministers_round"), Sign("port_fees_both"))
    return SimpleNamespace(
        batch=SimpleNamespace(n=4000, seed=7, resolved=SimpleNamespace(name="a-scenario")),
        condition=SimpleNamespace(text="path_class=conflict"),
        by=date(2025, 2, 8),
        checked_on=2000,
        base=Estimate(0.4, 0.37, 0.43),
        signs=Search(82, columns, (Found(limits, rate, (0.5, 0.5), trail),), ()),
        assumptions=Search(501, (), (), ()),
    )


def test_a_box_stands_where_the_other_half_has_it() -> None:
    """Coverage across, density up, both in 100 and of the half that was not looked in."""
    figure = DiscoveryPlots(discovered()).tradeoff()
    signs = figure.axes[0]
    trail = next(
        line for line in signs.lines if len(line.get_xdata()) == 2 and line.get_marker() == "."
    )
    (chosen,) = [line for line in signs.lines if line.get_marker() == "s"]

    np.testing.assert_allclose(trail.get_xydata(), [[100.0, 40.0], [45.0, 70.0]])
    np.testing.assert_allclose(chosen.get_xydata(), [[45.0, 70.0]])
    bars = [
        segment
        for c in signs.collections
        if isinstance(c, LineCollection)
        for segment in c.get_segments()
    ]
    assert any(np.allclose(bar[:, 1], [65.0, 75.0]) for bar in bars)
    assert "2,000 runs of the half" in source_of(figure)
    assert "Conditions, not causes" in source_of(figure)


def test_a_box_says_what_it_asks_for_and_whether_it_holds() -> None:
    """As it is typed after --given; nothing found is said, too."""
    figure = DiscoveryPlots(discovered()).tradeoff()
    assert "1: ministers_round=no and port_fees_both=yes" in words_in(figure, 0)
    assert "no box denser than by chance" in words_in(figure, 1)

    failed = DiscoveryPlots(discovered(holds=False)).tradeoff()
    assert "(does not hold)" in words_in(failed, 0)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> GameAnswer:
    """Two strategies of either side, meetings of four runs."""
    folder: Path = tmp_path_factory.mktemp("results")
    return api.game(
        "march-2025-escalation",
        us="hawk,dealmaker",
        cn="measured,matching",
        n=60,
        examine=4,
        results=folder,
    )


def test_payoffs_stand_where_they_are_played(played: GameAnswer) -> None:
    """Washington's strategies down, Beijing's across, one panel a side."""
    figure = played.plot.payoffs()
    table = played.table
    for side, axes in enumerate(figure.axes[:2]):
        shown = np.asarray(axes.images[0].get_array())
        for cell in table.solution.cells:
            assert shown[cell.profile] == pytest.approx(cell.payoffs[side].value)
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()] == ["hawk", "dealmaker"]
    assert [t.get_text() for t in figure.axes[0].get_xticklabels()] == ["measured", "matching"]


def test_equilibria_of_the_means_are_framed(played: GameAnswer) -> None:
    """As many frames in either panel as pure equilibria."""
    pure = [e for e in played.table.solution.equilibria if e.is_pure and e.at_means]
    figure = played.plot.payoffs()

    assert [len(axes.patches) for axes in figure.axes[:2]] == [len(pure)] * 2


def test_the_frontier_shows_the_last_bundle_of_every_meeting(played: GameAnswer) -> None:
    """One point each, where its gains beyond the reserves are, by what became of it; one line for
    each meeting that agreed."""
    frontier = played.table.frontier
    assert frontier is not None
    figure = played.plot.frontier()
    lines = figure.axes[0].lines
    drawn = {
        str(line.get_label()).partition(":")[0]: np.asarray(line.get_xydata()) for line in lines
    }
    words = {
        Ending.WITHHELD: "too little to propose",
        Ending.REFUSED: "refused by the other side",
        Ending.STOPPED: "agreed, but stopped at home",
        Ending.SIGNED: "signed",
    }
    for ending, label in words.items():
        ended = [m.last for m in frontier.meetings if m.last.ending == ending and m.last.size]
        assert drawn[label].tolist() == [list(bundle.beyond) for bundle in ended]
    assert len(frontier.meetings) > 0
    grey = [line for line in lines if line.get_color() == style.GREY]
    assert [len(line.get_xydata()) for line in grey] == [
        len(m.last.reach.frontier) for m in frontier.signed
    ]
    FigureCanvasAgg(figure).print_png(BytesIO())


def test_clauses_stand_where_their_mean_gains_are(played: GameAnswer) -> None:
    """The clause agreed most often is at the top, US gains are circles, Chinese ones squares."""
    frontier = played.table.frontier
    assert frontier is not None
    tallies = frontier.clauses()[::-1]
    axes = played.plot.clauses().axes[0]
    us, cn = (container.lines[0] for container in axes.containers)

    assert np.asarray(us.get_xdata()).tolist() == [tally.us.value for tally in tallies]
    assert np.asarray(cn.get_xdata()).tolist() == [tally.cn.value for tally in tallies]
    assert (us.get_marker(), cn.get_marker()) == ("o", "s")
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert len(labels) == len(tallies) == len({label.rpartition(":")[0] for label in labels})
    assert labels[-1].endswith(f": {tallies[-1].struck} of {tallies[-1].offered}")


def test_without_meetings_there_is_no_frontier(tmp_path: Path) -> None:
    """The payoffs are drawn, the rest is said."""
    game = api.game(
        "march-2025-escalation", us="hawk", cn="measured", n=20, examine=0, results=tmp_path
    )

    assert {path.stem for path in save(game.plot, tmp_path / "pictures")} == {"payoffs"}
    for draw in (game.plot.frontier, game.plot.clauses):
        with pytest.raises(UsageError, match="--examine"):
            draw()
