"""Tables of docs/economy.md on what moves the numbers, and on their signs."""

from __future__ import annotations

import pytest

from docs.generate import influence
from docs.generate.influence import Swing, common_names, influences, published_signs, signs
from sim.experiment.tariffs.bench import WORLD
from sim.experiment.tariffs.duties import Pair
from sim.scenario.load import resolve

FEW = ["trade.eta", "trade.us.sigma_12m", "macro.us.scale", "trade.us.collect"]


def cells(table: str) -> list[list[str]]:
    """Returns the rows of a table without its two lines of heads."""
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.split("\n")[2:]]


def test_parameters_stand_in_the_order_of_what_they_move(monkeypatch: pytest.MonkeyPatch) -> None:
    """The elasticity comes first for trade, the scale of the published responses for jobs."""
    # Fails if parameters are ranked from the least, by another figure, or not at all.
    monkeypatch.setattr(influence, "CASES", (Pair(30.0, 10.0),))
    monkeypatch.setattr(influence, "common_names", lambda resolved: FEW)

    imports, revenue, income, jobs = cells(influences())

    assert imports[0] == "30/10: US imports, %"
    assert imports[2].startswith("`trade.us.sigma_12m` -2")
    assert imports[3].startswith("`trade.us.collect` -")
    assert revenue[2].startswith("`trade.us.sigma_12m` +6")
    assert income[2].startswith("`trade.us.sigma_12m` +")
    assert jobs[2].startswith("`macro.us.scale` -")
    assert not any("macro.us.scale" in cell for cell in (*imports, *revenue, *income))


def test_a_swing_counts_the_centre_and_is_left_out_below_a_step() -> None:
    """Both ends above the centre are no small effect; half a step is none."""
    # Fails if only the two ends are compared, or if what does not move is named.
    swing = Swing("a", -0.20, -0.25, -0.19)

    assert swing.width == pytest.approx(0.06)
    assert swing.text(0.01) == "`a` -0.2 to -0.19"
    assert Swing("a", 1.0, 1.2, 1.4).text(1.0) == ""


def test_parameters_of_single_sectors_and_those_that_move_no_line_are_left_out() -> None:
    """The common ones alone, each with a prior."""
    # Fails if sectors are not left out.
    names = common_names(resolve(WORLD))

    assert "trade.us.sigma_12m" in names
    assert "trade.inputs_months" in names
    assert not any(".toys." in name or name.endswith("duty_pct") for name in names)


def test_signs_are_those_of_three_pairs_at_three_horizons() -> None:
    """Imports fall ever further, prices rise, and income does not depend on the months played."""
    # Fails if the horizons or the pairs change places.
    rows = {row[0]: [float(cell) for cell in row[1:]] for row in cells(signs())}

    assert all(len(row) == 9 for row in rows.values())
    imports = rows["US imports from China, %"]
    for case in range(3):
        first, second, third = imports[3 * case : 3 * case + 3]
        assert 0.0 > first > second > third
        incomes = rows["US real income, long run, %"][3 * case : 3 * case + 3]
        assert len(set(incomes)) == 1
    assert imports[0] > imports[3] > imports[6]
    assert min(rows["US prices by content, %"]) > 0.0


def test_published_figures_say_whether_the_sign_and_the_size_agree() -> None:
    """A figure with our sign outside its tolerance agrees in one and not in the other."""
    # Fails if the two answers are one.
    rows = {row[0]: row for row in cells(published_signs())}

    assert len(rows) == len(influence.PUBLISHED)
    deadweight = rows["deadweight loss, December 2018 (USD bn a month)"]
    assert deadweight[3:5] == ["yes", "no"]
    assert rows["imports of targeted varieties, 2018-19 (pct)"][3:5] == ["yes", "yes"]
