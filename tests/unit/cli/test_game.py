"""The verb `game`, as it is typed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from sim import api
from sim.experiment.games import equilibria
from sim.report.pages.search.game import Game

Detente = Callable[..., Result]

WORLD = "march-2025-escalation"
SHORT = ("--until", "2025-06-01", "-n", "60", "--engine", "compiled", "-q")


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to go through all that is told of them."""
    monkeypatch.setattr(equilibria, "RESAMPLES", 20)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Game:
    """A small game of two against three."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equilibria, "RESAMPLES", 20)
        return api.game(
            WORLD,
            us="hawk,dealmaker",
            cn=["measured", "matching", "baseline"],
            histories=4,
            n=60,
            until="2025-06-01",
            engine="compiled",
            results=tmp_path_factory.mktemp("results"),
        )


def test_the_page_tells_payoffs_regrets_and_menus_in_80_columns(played: Game) -> None:
    """Every pair comes once in either table; what is played for is named with its unit."""
    page = str(played)

    assert all(len(line) <= 80 for line in page.splitlines())
    assert "…" not in page
    assert "Washington plays for us_real_income_pct (US real income in general" in page
    for heading in ("In short", "Payoffs: Washington, Beijing", "Regret", "What was on the table"):
        assert f"\n{heading}" in page
    for us in ("hawk", "dealmaker"):
        for cn in ("measured", "matching", "baseline"):
            assert page.count(f"  {us} / {cn} ") == 2


def test_the_object_of_a_game_holds_what_the_page_tells(played: Game) -> None:
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
    assert told["frontier"]["histories"] == 4


def test_baseline_against_baseline_is_the_run_of_the_scenario(tmp_path: Path) -> None:
    """Histories played before cost nothing; a game without a choice rests where it is."""
    options: dict[str, Any] = {
        "n": 20,
        "until": "2025-05-01",
        "engine": "compiled",
        "results": tmp_path,
    }
    run = api.run(WORLD, **options)
    game = api.game(WORLD, us="baseline", cn="baseline", histories=0, **options)
    (batch,) = game.table.batches

    assert (batch.id, batch.computed) == (run.batch.id, 0)
    assert game.table.solution.cells[0].verdict == "equilibrium"
    assert "What was on the table" not in str(game)


def test_what_is_played_for_decides(tmp_path: Path) -> None:
    """A Washington that plays for the duty itself takes the hawks, one that plays against it the
    dealmakers."""
    options: dict[str, Any] = {"n": 60, "until": "2025-06-01", "results": tmp_path}
    for text, best, other in (("us_addon_pp", 0, 1), ("us_addon_pp:-1", 1, 0)):
        game = api.game(WORLD, us_payoff=text, histories=0, engine="compiled", **options)
        solution = game.table.solution

        assert solution.dominates(0, best, other)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--us", "hawks"), 4, "did you mean hawk?"),
        (("--cn", "hawk"), 4, "no strategy 'hawk' of cn"),
        (("--us", "hawk,hawk"), 2, "two strategies are called hawk"),
        (("--us", ""), 4, "no strategy '' of us"),
        (("--us", "hawk,"), 4, "no strategy '' of us"),
        (("--us-payoff", "us_real_incom_pct"), 4, "did you mean us_real_income_pct"),
        (("--cn-payoff", "tension:x"), 2, "'x' is not a weight"),
        (("--histories", "-1"), 2, "0 for none"),
        (("--us", "hawk,dealmaker,baseline,./a.yaml,./b.yaml"), 4, "no file './a.yaml'"),
        (("--seed", "-1"), 2, "seed"),
        (("--us-payoff", "tension@2026-01-01"), 3, "lies outside the run"),
        (("--set", "us.hawks=1"), 3, "unknown name"),
    ],
)
def test_bad_input_is_refused_before_anything_is_played(
    detente: Detente, results: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """With its own exit code and what to do; no folder is made."""
    outcome = detente("game", WORLD, *SHORT, *words)

    assert outcome.exit_code == code
    assert told in " ".join(outcome.stderr.split())
    assert not results.exists()


def test_a_missing_library_is_named_before_anything_is_played(
    detente: Detente, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says how to get it."""
    monkeypatch.setitem(sys.modules, "nashpy", None)
    outcome = detente("game", WORLD, *SHORT)

    assert outcome.exit_code == 2
    assert "pip install 'detente[explore]'" in outcome.stderr
    assert not results.exists()


def test_the_verb_prints_one_object(detente: Detente) -> None:
    """JSON alone on stdout, dates of a payoff read off the runs."""
    payoff = "cn_real_income_pct@2025-04-15"
    words = ("--cn-payoff", payoff, "--histories", "2", "--us", "baseline", "--json")
    outcome = detente("game", WORLD, *SHORT, *words)

    assert outcome.exit_code == 0
    told = json.loads(outcome.stdout)
    assert told["payoffs"]["cn"]["text"] == payoff
    assert [s["name"] for s in told["strategies"]["cn"]] == ["measured", "matching"]
