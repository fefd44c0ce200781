"""Whether the venue's effect holds over the assumed ranges, and on what it hangs."""

from __future__ import annotations

from pathlib import Path

from sim.experiment.compare.comparison import compare
from sim.experiment.compare.robustness import over_ranges
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.design import Means
from sim.experiment.store.results import Store
from tests.mission.plays import resolved


def test_the_venue_matters_by_what_china_gives_up_in_face(tmp_path: Path) -> None:
    """Leaders meet more often if Beijing hosts, in nearly all draws of the assumed numbers, and
    the more so the more face a visit to Washington costs China: with next to no such cost the
    verdict is undone."""
    store = Store(tmp_path)
    a, b = (
        run_batch(
            resolved(f"summit-in-{city}", until="2025-06-30"), n=1000, store=store, paths="none"
        )
        for city in ("beijing", "washington")
    )

    found = over_ranges(a, b, compare(a, b).differences, Means(store), vectors=100)

    met = next(reach for reach in found.reaches if reach.compared.outcome == "leaders_met")
    assert met.compared.verdict == "higher"
    assert met.holds is not None
    assert met.holds.value > 0.9
    cost = next(mover for mover in met.movers if mover.parameter == "cn.face_cost")
    assert cost.correlation > found.threshold
    assert cost.low.difference.high < cost.high.difference.low
    assert cost.flips
