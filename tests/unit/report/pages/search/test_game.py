"""Page of a game."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sim import api
from sim.experiment.games import equilibria
from sim.report.answers.game import GameAnswer


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> GameAnswer:
    """A small game of two against three."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equilibria, "RESAMPLES", 20)
        return api.game(
            "march-2025-escalation",
            us="hawk,dealmaker",
            cn=["measured", "matching", "baseline"],
            examine=4,
            n=60,
            until="2025-06-01",
            engine="compiled",
            results=tmp_path_factory.mktemp("results"),
        )


def test_the_page_tells_payoffs_regrets_and_menus_in_80_columns(played: GameAnswer) -> None:
    """Every pair comes once in either table; what is played for is named with its unit."""
    page = str(played)

    assert all(len(line) <= 80 for line in page.splitlines())
    assert "…" not in page
    assert "Washington's payoff: us_real_income_pct (Change of US real income by all added" in page
    for heading in (
        "In short",
        "Payoffs: Washington, Beijing",
        "Regret",
        "Bargains at meetings",
        "Clauses at these meetings",
        "Bundles proposed at these meetings",
    ):
        assert f"\n{heading}" in page
    for us in ("hawk", "dealmaker"):
        for cn in ("measured", "matching", "baseline"):
            assert page.count(f"  {us} / {cn} ") == 2


def test_the_object_of_a_game_holds_what_the_page_tells(played: GameAnswer) -> None:
    """Regrets are the largest gains, verdicts follow from the gains' intervals, and payoffs are
    the means of the stored runs."""
    told: dict[str, Any] = json.loads(json.dumps(played.to_json(), allow_nan=False))
    gains = told["gains"]

    assert told["schema"] == 1
    assert len(told["profiles"]) == 6
    assert len(gains) == 6 * 1 + 6 * 2
    for profile in told["profiles"]:
        pair = profile["us"], profile["cn"]
        mine = [g for g in gains if (g["us"], g["cn"]) == pair]
        for side in ("us", "cn"):
            own = [g["gain"]["value"] for g in mine if g["side"] == side]
            assert profile["regrets"][side]["value"] == pytest.approx(max(0.0, *own))
        lows, highs = zip(*(g["gain"]["ci"] for g in mine), strict=True)
        surely_not, surely = any(low > 0 for low in lows), all(high <= 0 for high in highs)
        wanted = "none" if surely_not else "equilibrium" if surely else "cannot tell"
        assert profile["equilibrium"] == wanted
    for batch, profile in zip(played.table.batches, told["profiles"], strict=True):
        mean = float(batch.values["cn_real_income_pct"].mean())
        assert profile["payoffs"]["cn"]["value"] == pytest.approx(mean)
    assert told["frontier"]["runs"] == 4
