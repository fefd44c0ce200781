"""What a side plays for, read and reckoned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.engine.blocks import columns
from sim.errors import CheckFailedError, NotFoundError, UsageError
from sim.experiment.games.payoffs import SUM, read_payoff
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.store.results import Store
from sim.scenario.load import resolve

WORLD = resolve("october-2025-apec", at=())
KNOWN = columns(WORLD)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Thirty runs."""
    folder: Path = tmp_path_factory.mktemp("results")
    return run_batch(WORLD, n=30, store=Store(folder), paths="none")


def test_a_payoff_is_the_weighted_sum_of_its_outcomes(batch: Batch) -> None:
    """Numbers count as they are, a class as 1 where it comes."""
    payoff = read_payoff("us", "us_real_income_pct,tension:-2,path_class=conflict:-0.5", KNOWN)
    conflict = (batch.values["path_class"] == 2).astype(float)
    wanted = batch.values["us_real_income_pct"] - 2.0 * batch.values["tension"] - 0.5 * conflict

    assert conflict.any()
    assert np.allclose(payoff.of(batch), wanted, rtol=0.0, atol=1e-12)
    assert payoff.unit == SUM
    assert payoff.margin == pytest.approx(0.02 + 2 * 0.03 + 0.5 * 0.03)


def test_one_outcome_keeps_its_unit_whatever_its_sign() -> None:
    """The less the better is a unit, too; another weight is none."""
    assert read_payoff("us", "us_addon_pp:-1", KNOWN).unit == "pp"
    assert read_payoff("us", "us_addon_pp:2", KNOWN).unit == SUM


def test_a_payoff_must_apply_to_every_run(batch: Batch) -> None:
    """Days to the next talks are not known of a run without a summit."""
    payoff = read_payoff("cn", "summit_to_talks_days", KNOWN)

    with pytest.raises(CheckFailedError, match=r"--cn-payoff .* does not apply to"):
        payoff.of(batch)


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("us_real_incom_pct", NotFoundError, r"--us-payoff .*did you mean us_real_income_pct"),
        ("path_class", UsageError, "path_class=conflict"),
        ("path_class=war", NotFoundError, "improved, managed, conflict"),
        ("summit_day", UsageError, "is a date"),
        ("tension:much", UsageError, "'much' is not a weight"),
        ("tension:0", UsageError, "'0' is not a weight"),
        ("tension:nan", UsageError, "'nan' is not a weight"),
        ("tension,tension:-1", UsageError, "appears twice"),
        ("tension,", UsageError, "expected NAME or NAME:WEIGHT"),
        ("tension@2025-13-01", NotFoundError, "there is no outcome"),
        ("us.hike_by@2025-11-01=yes", UsageError, "this is an event"),
    ],
)
def test_what_is_no_payoff_is_refused(text: str, error: type[Exception], told: str) -> None:
    """The error names the option and what would do."""
    with pytest.raises(error, match=told):
        read_payoff("us", text, KNOWN)
