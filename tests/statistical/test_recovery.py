"""Parameters of made-up histories are recovered: intervals of 90% cover nine times in ten.

The whole test takes hours, and goes on where it was ended if `DETENTE_RECOVERY` names a folder.
`DETENTE_RECOVERY_SIZE=6x200` makes it 6 histories with 200 draws each in place of 200 with 500.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from sim.backtest.conditioning.fitting import TELLING
from sim.backtest.conditioning.likelihood import Likelihood
from tests.statistical.recovery import history, kept, scale_of, situations

HISTORIES, PARTICLES = map(int, os.environ.get("DETENTE_RECOVERY_SIZE", "200x500").split("x"))
WORKERS = os.cpu_count() or 1


def test_a_history_has_the_acts_of_its_rates() -> None:
    """A hundred histories under one draw: acts of all channels, and signatures."""
    # Fails if acts are drawn at central values, days are shifted, or floors are left out.
    seen = situations()
    scale = scale_of(seen)
    luck = np.random.default_rng(8)
    scores = luck.standard_normal(len(scale.names))
    fit = Likelihood(seen, scale.names).fit(scale.values(scores))
    made = [history(seen, scale, scores, luck) for _ in range(100)]
    told = np.mean([each.told for each in made], axis=0).sum(axis=0)
    errors = np.sqrt((fit.rates * (1.0 - fit.rates)).sum(axis=0) / 100.0)
    first = np.mean([each.signed[0] for each in made])

    assert (np.abs(told - fit.rates.sum(axis=0)) <= 4.0 * errors).all()
    # Three nodes for each floor are within two points of the integral.
    assert abs(first - fit.signed[0]) <= 4.0 * np.sqrt(fit.signed[0] / 100.0) + 0.02
    for each in made:
        assert (np.diff(each.talks)[each.signed[:-1]] == 1).all()
    assert len({each.signed.tobytes() for each in made}) > 1


@pytest.mark.full
def test_intervals_cover_nine_times_in_ten(tmp_path: Path) -> None:
    """Over the parameters of which a history tells something, within three points; each of them
    within seven."""
    # Fails if draws are too narrow or too wide, e.g. if the prior counts twice.
    folder = Path(os.environ.get("DETENTE_RECOVERY") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    found = [kept(folder, k, PARTICLES, WORKERS) for k in range(HISTORIES)]
    ranks = np.array([list(each.rank.values()) for each in found])
    spreads = np.array([list(each.spread.values()) for each in found])
    told = spreads.mean(axis=0) < TELLING
    covered = ((ranks > 0.05) & (ranks < 0.95))[:, told]
    shares = covered.mean(axis=1)
    # Parameters of one history are not independent, histories are.
    error = shares.std(ddof=1) / np.sqrt(HISTORIES)
    each_error = np.sqrt(0.9 * 0.1 / HISTORIES)

    assert told.sum() >= 5
    # Few histories, for a quick look, are held to what they can tell.
    assert abs(shares.mean() - 0.9) <= (0.03 if HISTORIES >= 200 else max(0.03, 4.0 * error))
    bound = 0.07 if HISTORIES >= 200 else max(0.07, 4.0 * each_error)
    assert (np.abs(covered.mean(axis=0) - 0.9) <= bound).all()
