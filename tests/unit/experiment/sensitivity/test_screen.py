"""Quick screens: one design, kept in one file, for all that ask."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.inputs.priors import Priors
from sim.experiment.runs import memory
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.design import Means
from sim.experiment.runs.memory import hold_batch
from sim.experiment.sensitivity import screen
from sim.experiment.sensitivity.screen import OUTCOMES, find_screen, kept_screen, screen_of
from sim.experiment.store.results import Store
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

FIRST = "truce_in_force@2025-11-10"


@pytest.fixture(scope="module")
def base() -> Resolved:
    """The summit week and two weeks after it."""
    return resolve("october-2025-apec", until=date(2025, 11, 12))


@pytest.fixture
def means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Means:
    """A small screen on SimPy, in an empty folder."""
    monkeypatch.setattr(memory, "can_compile", lambda: False)
    monkeypatch.setattr(screen, "VECTORS", 24)
    monkeypatch.setattr(screen, "PER_VECTOR", 2)
    return Means(Store(tmp_path / "results"), seed=3, workers=1)


def drawn(base: Resolved, means: Means) -> Batch:
    """Returns the runs of the small screen."""
    batch = hold_batch(base, n=48, seed=3, store=means.store, per_vector=2, workers=1)
    assert batch is not None
    return batch


def test_a_screen_is_played_once_and_kept(
    base: Resolved, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the first answer and three outcomes for every number that was drawn, and is hidden
    from results."""
    # Fails if the file is not read, or the answer of the scenario is not asked about.
    found = find_screen(base, means)
    assert found is not None
    monkeypatch.setattr(screen, "hold_batch", None)

    assert find_screen(base, means) == kept_screen(base, means) == found
    assert found.targets == (FIRST, *OUTCOMES)
    assert found.names == Priors(base).names
    assert {len(row) for row in found.correlations} == {len(found.names)}
    assert means.store.results() == []


def test_the_ends_are_the_runs_of_the_draws_there(base: Resolved, means: Means) -> None:
    """By hand: the share of the runs whose draw lies in the lowest and the highest fifth."""
    # Fails if the ends are swapped, or levels are those of another number.
    batch = drawn(base, means)
    found = screen_of(batch, (FIRST,), ("us.noise", "truce.expiry.default"))
    place = Priors(base).names.index("us.noise")
    levels = Priors(base).shares(3, np.arange(24), [place])[:, 0].repeat(2)
    held = batch.values[FIRST].astype(float)

    assert found.names == ("us.noise", "truce.expiry.default")
    assert found.runs == 48
    assert found.lows[0][0] == pytest.approx(held[levels < 0.2].mean(), abs=1e-4)
    assert found.highs[0][0] == pytest.approx(held[levels > 0.8].mean(), abs=1e-4)


def test_fewer_numbers_asked_leave_less_to_luck(base: Resolved, means: Means) -> None:
    """The threshold is that of the numbers that were asked about."""
    # Fails if a screen of a few suspects is judged as one of a thousand numbers.
    batch = drawn(base, means)
    few = screen_of(batch, ("us_addon_pp",), ("us.noise", "truce.expiry.default"))

    assert few.threshold < screen_of(batch, ("us_addon_pp",)).threshold


def test_a_damaged_file_is_played_again(base: Resolved, means: Means) -> None:
    """Whatever became of it: cut off, of another kind, or with a row too short."""
    # Fails if a file that cannot be read ends a run or the page.
    found = find_screen(base, means)
    (file,) = (means.store.root / screen.FOLDER).iterdir()
    whole = json.loads(file.read_text("utf-8"))
    short = {**whole, "lows": [row[1:] for row in whole["lows"]]}
    for text in ("{", "[]", '{"names": [{}]}', json.dumps(short)):
        file.write_text(text, "utf-8")
        assert kept_screen(base, means) is None
        assert find_screen(base, means) == found


def test_another_seed_is_another_screen(base: Resolved, means: Means) -> None:
    """As are other numbers of the scenario."""
    # Fails if the name of the file does not depend on what is screened.
    other = resolve("october-2025-apec", until=date(2025, 11, 12), sets=[("us.noise", "1.5")])
    for world, seed in ((base, 3), (base, 4), (other, 3)):
        find_screen(world, replace(means, seed=seed))

    assert len(list((means.store.root / screen.FOLDER).iterdir())) == 3


def test_what_is_stopped_is_not_kept(base: Resolved, means: Means) -> None:
    """A page that ends meanwhile leaves nothing half done."""
    # Fails if the question is not passed on, or half a screen is written.
    assert find_screen(base, means, stop=lambda: True) is None
    assert not (means.store.root / screen.FOLDER).exists()


def test_an_answer_after_the_last_day_is_not_asked(means: Means) -> None:
    """A run that ends before the first answer is about the second, if it tells that."""
    # Fails if a shorter run ends in an unknown column.
    short = resolve("october-2025-apec", until=date(2025, 11, 3))

    assert FIRST not in screen.targets_of(short)
    assert find_screen(short, means) is not None
