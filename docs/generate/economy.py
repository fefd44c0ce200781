"""Charts in docs/figures and tables of docs/economy.md.

`python -m docs.generate.economy` takes two to four minutes; `--tables` rewrites only the tables.
Needs the `plot` extra. Progress goes to stderr.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from docs.generate import figures, tables
from docs.generate.markdown import renewed
from sim import api
from sim.experiment.tariffs.duties import Pair
from sim.experiment.tariffs.impact import impact
from sim.experiment.tariffs.replay import central_replay
from sim.requests.impact import WORLD
from sim.scenario.load import resolve

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOCS: Final = Path(__file__).resolve().parents[1]
PAGE: Final = DOCS / "economy.md"
FIGURES: Final = DOCS / "figures"
DPI: Final = 150

SEED: Final = 20251023
DRAWS: Final = 400
CURVE_PP: Final = (*range(0, 100, 5), *range(100, 301, 20))
SCENARIO: Final = "october-2025-apec"
RUNS: Final = 800
DRAWN_RUNS: Final = 2000
DAYS: Final = tuple(date(2025 + m // 12, m % 12 + 1, 2) for m in range(10, 16))


def tell(text: str) -> None:
    """Writes a line of progress."""
    sys.stderr.write(text + "\n")


def ticker(what: str) -> Callable[[int, int], None]:
    """Returns a callback for (done, total) that updates one line of progress."""

    def tick(done: int, total: int) -> None:
        sys.stderr.write(f"\r{what}: {done}/{total} " + ("\n" if done >= total else ""))

    return tick


def draw_imports() -> Figure:
    """Draws US imports month by month under the duties of May and of April 2025."""
    pairs = [Pair(30.0, 10.0), Pair(145.0, 125.0)]
    return figures.imports_figure(
        impact(resolve(WORLD), pairs, n=DRAWS, seed=SEED, progress=ticker("imports"))
    )


def draw_laffer() -> Figure:
    """Draws US revenue against the points added."""
    pairs = [Pair(float(points), 10.0) for points in CURVE_PP]
    return figures.laffer_figure(
        impact(resolve(WORLD), pairs, n=DRAWS, seed=SEED, progress=ticker("revenue"))
    )


def draw_ignorance() -> Figure:
    """Draws the spread by luck only, and by luck and ignorance of the parameters."""
    with tempfile.TemporaryDirectory() as folder:
        fixed = api.run(
            SCENARIO, n=RUNS, at=DAYS, results=folder, progress=ticker("runs at central values")
        )
        drawn = api.run(
            SCENARIO,
            n=DRAWN_RUNS,
            at=DAYS,
            parameters="prior",
            per_vector=20,
            results=folder,
            progress=ticker("runs with drawn parameters"),
        )
        return figures.ignorance_figure(fixed.batch, drawn.batch, DAYS)


def draw_duties() -> Figure:
    """Draws the duty on each sector under 30 points."""
    return figures.duty_figure(resolve(WORLD), Pair(30.0, 10.0))


def draw_welfare() -> Figure:
    """Draws real incomes against the US duty."""
    return figures.welfare_figure(resolve(WORLD))


def draw_replay() -> Figure:
    """Draws the months of 2025 as replayed and as recorded."""
    return figures.replay_figure(central_replay())


PICTURES: Final = {
    "replay-2025": draw_replay,
    "us-imports": draw_imports,
    "us-revenue": draw_laffer,
    "ignorance": draw_ignorance,
    "duty-by-sector": draw_duties,
    "real-income": draw_welfare,
}


def save(figure: Figure, target: Path) -> None:
    """Writes a chart with 256 colours, which takes a third of the bytes of full colour."""
    raw = io.BytesIO()
    figure.savefig(raw, dpi=DPI, metadata={"Software": None})
    picture = Image.open(raw).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(target, optimize=True, dpi=(DPI, DPI))


def main(arguments: list[str]) -> None:
    """Rewrites the tables and the charts, or only the tables."""
    wanted = [name for name in PICTURES if not arguments or name in arguments]
    if not arguments or "--tables" in arguments:
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), tables.TABLES), "utf-8")
        tell(f"docs/{PAGE.name}: tables renewed")
    FIGURES.mkdir(exist_ok=True)
    for name in wanted:
        target = FIGURES / f"{name}.png"
        save(PICTURES[name](), target)
        tell(f"docs/figures/{target.name}: {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
