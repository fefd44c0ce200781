"""Requests for checks of behaviour: how parameters are drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.backtest.backtests.origin_forecasts import Variant
from sim.errors import NotFoundError, UsageError
from sim.experiment.inputs.modes import FIXED, POSTERIOR, PRIOR
from sim.requests.forecasts import behaviour as module
from sim.requests.forecasts.behaviour import compare_behaviour
from sim.scenario.posterior import posterior_text
from tests.unit.backtest.conditioning.made import fitted


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Variant]:
    """The variants that were checked."""
    found: list[Variant] = []

    def check(n: int, seed: int, variant: Variant, *rest: Any) -> None:
        found.append(variant)

    monkeypatch.setattr(module, "check_behaviour", check)
    return found


def test_the_variant_is_that_of_the_parameters(asked: list[Variant], tmp_path: Path) -> None:
    """Central values, priors, or the posterior of a file."""
    # Fails if a mode is dropped, or the posterior is left at the door.
    made = fitted(737425).posterior
    path = tmp_path / "mine.json"
    path.write_text(posterior_text(made, "detente calibrate", {}), "utf-8")
    given: Any = {"engine": "simpy", "results": tmp_path}
    for parameters in (FIXED, PRIOR, str(path)):
        compare_behaviour(20, parameters, given)

    assert [each.mode for each in asked] == [FIXED, PRIOR, str(path)]
    assert [each.posterior and each.posterior.draws for each in asked] == [None, None, made.draws]


def test_the_name_of_the_shipped_posterior_is_looked_up(
    asked: list[Variant], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As elsewhere."""
    # Fails if the mode is taken without its posterior.
    made = fitted(737425).posterior
    monkeypatch.setattr(module, "posterior_named", {POSTERIOR: made}.get)
    compare_behaviour(20, POSTERIOR, {"engine": "simpy", "results": tmp_path})  # type: ignore[arg-type]

    assert asked == [Variant(POSTERIOR, made)]


@pytest.mark.parametrize(
    ("n", "parameters", "error", "told"),
    [
        (19, FIXED, UsageError, "20 to 20,000"),
        (20, "priors", UsageError, "did you mean prior"),
        (20, "none.json", NotFoundError, "detente calibrate"),
    ],
)
def test_what_is_wrong_is_refused(
    asked: list[Variant], tmp_path: Path, n: int, parameters: str, error: type[Exception], told: str
) -> None:
    """Before anything is played."""
    # Fails if a check is left out.
    with pytest.raises(error, match=told):
        compare_behaviour(n, parameters, {"engine": "simpy", "results": tmp_path})  # type: ignore[arg-type]
    assert asked == []
