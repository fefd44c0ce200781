"""The tariff calculator: what add-ons do, by the trade model alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.engine.world import opening
from sim.errors import NotFoundError, UsageError
from sim.experiment.inputs.priors import draw, parameter_vector
from sim.experiment.tariffs.duties import Pair
from sim.experiment.tariffs.impact import (
    LEFT_OUT,
    Impact,
    Triple,
    check,
    drawn_names,
    estimate,
    impact,
    play,
    read_pair,
)
from sim.experiment.tariffs.lines import LINES, find_sector, sector_lines
from sim.experiment.tariffs.schedule import DutiesOfDay, by_month
from sim.model.outcomes.politics import outcome_index
from sim.scenario.evidence import sources
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Prior, Resolved
from sim.units import UNITS

GENEVA = Pair(30.0, 10.0)
APRIL = Pair(145.0, 125.0)


@pytest.fixture(scope="module")
def world() -> Resolved:
    """January 2025, before any add-on."""
    return resolve("base/year-2025")


def held(pair: Pair, months: int) -> list[tuple[DutiesOfDay, ...]]:
    """Returns a pair in force for some months, as `play` takes it."""
    day = date(2025, 2, 1).toordinal()
    return [by_month(pair.steps(day, 20.0), [day] * months)]


@pytest.fixture(scope="module")
def both(world: Resolved) -> Impact:
    """The duties of May beside those of April 2025, twelve draws."""
    return impact(world, [GENEVA, APRIL], n=12, seed=7, sector="toys")


def value(found: Impact, name: str, pair: int = 0) -> float:
    """Returns a line's central value at the end."""
    return float(found.central[pair, found.place(name)])


def test_nothing_added_changes_nothing() -> None:
    """Without add-ons every draw stays where 2024 was: no trend, no third country's duty, and here
    no yearly rise of older duties."""
    rises = {
        name: "0" for name in resolve("base/year-2025").parameters if name.endswith(".rise_pp")
    }
    still = resolve("base/year-2025", sets=tuple(rises.items()))
    found = impact(still, [Pair(0.0, 0.0)], n=8, seed=3)

    scale = np.maximum(1.0, np.abs(found.before))
    assert np.abs((found.central[0] - found.before) / scale).max() < 1e-9
    # What China collected in 2024 is itself in doubt.
    levels = {"cn_import_avg_pct", "cn_revenue_usd_bn_per_year"}
    for place, line in enumerate(found.lines):
        if line.name in levels:
            continue
        _, low, high, _ = found.estimate(0, place)
        assert high - low < 1e-9 * scale[place], line.name


def test_more_tariff_less_trade(world: Resolved) -> None:
    """Each side's own duty shrinks its own imports, at the centre and in every draw."""
    pairs = [Pair(10.0, 5.0), GENEVA]
    found = impact(world, pairs, n=6, seed=1)

    for name in ("us_imports_usd_bn_per_month", "cn_imports_usd_bn_per_month"):
        place = found.place(name)
        assert found.before[place] > found.central[0, place] > found.central[1, place] > 0.0
        assert (found.draws[:, 0, place] > found.draws[:, 1, place]).all()


def test_a_prohibitive_duty_earns_less(both: Impact) -> None:
    """145 points collect less than 30 a year on: the peak of revenue lies between."""
    assert value(both, "us_revenue_usd_bn_per_year", 0) > value(
        both, "us_revenue_usd_bn_per_year", 1
    )


def test_points_go_to_their_layers(both: Impact) -> None:
    """Twenty US points cover all goods; the rest leaves out a third, as PIIE's averages say."""
    assert value(both, "us_addon_pp") == 30.0
    assert value(both, "us_avg_seed_pct") == 44.5
    before = both.before[both.place("us_avg_pct")]
    assert value(both, "us_avg_pct") - before == pytest.approx(20.0 + 10.0 * 0.667)
    # PIIE counts 124.1 at the height of April 2025.
    assert value(both, "us_avg_pct", 1) == pytest.approx(124.1, abs=0.1)
    cn = both.before[both.place("cn_avg_pct")]
    assert value(both, "cn_avg_pct") - cn == pytest.approx(10.0)


def test_lines_hang_together(both: Impact) -> None:
    """Changes are those of the levels, and what is resold is part of the sales lost."""
    place = both.place("us_imports_usd_bn_per_month")
    mean = both.resolved.parameters["trade.us.base_usd_bn"].value / 12.0
    change = 100.0 * (value(both, "us_imports_usd_bn_per_month") / mean - 1.0)
    revenue = both.place("us_revenue_usd_bn_per_year")
    lost = both.before[place] - value(both, "us_imports_usd_bn_per_month")

    assert value(both, "us_imports_change_pct") == pytest.approx(change)
    # The case without add-ons has adjusted a little further to the yearly rises of older duties.
    gain = value(both, "us_revenue_usd_bn_per_year") - both.before[revenue]
    assert value(both, "us_revenue_change_usd_bn_per_year") == pytest.approx(gain, abs=0.05)
    assert value(both, "us_rerouted_usd_bn_per_month") > 0.0
    assert value(both, "us_rerouted_usd_bn_per_month") < value(both, "cn_resold_usd_bn_per_month")
    assert value(both, "cn_resold_usd_bn_per_month") < lost


def test_a_path_ends_at_the_end(both: Impact) -> None:
    """Monthly lines are kept month by month, and trade falls from the first month on."""
    monthly = [line.name for line in both.monthly]
    place = monthly.index("us_imports_usd_bn_per_month")
    path = both.central_path[0, :, place]

    assert len(path) == len(both.days) == 12
    assert (np.diff(path) < 0.0).all()
    assert path[-1] == value(both, "us_imports_usd_bn_per_month")
    assert both.draws_path.shape == (12, 2, 12, len(monthly))


def test_days_are_first_days_of_months(world: Resolved) -> None:
    """Add-ons of 12 May are first felt in the trade booked on 1 June; the day moves no number."""
    later = impact(world, [GENEVA], start=date(2025, 5, 12), months=3, n=1)
    sooner = impact(world, [GENEVA], months=3, n=1)

    assert [date.fromordinal(day) for day in later.days] == [
        date(2025, 6, 1),
        date(2025, 7, 1),
        date(2025, 8, 1),
    ]
    assert (later.central == sooner.central).all()


def test_draws_are_those_of_a_batch(world: Resolved) -> None:
    """Vector v is the vector v of `--parameters prior` with that seed, cut to the block's."""
    found = impact(world, [GENEVA], n=3, seed=11)
    names = drawn_names(world)
    whole = parameter_vector(world, 11, 2)
    by_hand = opening(world, {name: whole[name] for name in names})

    assert len(whole) > len(names) > 100
    assert found.drawn == names
    final, _ = play(*by_hand, found.played, found.lines)
    assert final[0] == found.draws[2, 0].tolist()


def test_a_wider_prior_widens_the_band(world: Resolved) -> None:
    """Doubt about the elasticity is doubt about trade."""
    name = "trade.us.sigma_12m"

    def width(spread: float) -> float:
        parameter = replace(world.parameters[name], prior=Prior("lognormal", 2.9, spread))
        doubtful = replace(world, parameters={**world.parameters, name: parameter})
        found = impact(doubtful, [GENEVA], n=30, seed=5)
        _, low, high, _ = found.estimate(0, found.place("us_imports_usd_bn_per_month"))
        return high - low

    assert width(0.7) > 1.3 * width(0.35)


@pytest.mark.parametrize(
    ("central", "expected"),
    [
        (3.0, Triple(3.0, 1.0, 19.0, is_median=False)),
        (1.0, Triple(1.0, 1.0, 19.0, is_median=False)),
        (0.5, Triple(10.0, 1.0, 19.0, is_median=True)),
        (19.5, Triple(10.0, 1.0, 19.0, is_median=True)),
    ],
)
def test_a_band_contains_its_estimate(central: float, expected: Triple) -> None:
    """The central value if the draws allow it, and else their median, which is said."""
    # Fails if a central value outside the band is kept, or the median is not marked.
    assert estimate(central, np.arange(21.0)) == pytest.approx(expected)


def test_the_same_pair_twice_differs_by_nothing(world: Resolved) -> None:
    """Both pairs meet the same draws, so a pair beside itself gives noughts to the bit."""
    found = impact(world, [GENEVA, GENEVA], n=5)

    for place in range(len(found.lines)):
        assert found.difference(place) == (0.0, 0.0, 0.0, False)
        assert found.share_higher(place) == 0.0


def test_a_difference_is_taken_draw_by_draw(both: Impact) -> None:
    """What two pairs share in doubt drops out of their difference."""
    place = both.place("us_imports_usd_bn_per_month")
    _, low, high, _ = both.difference(place)
    _, low_a, high_a, _ = both.estimate(0, place)
    _, low_b, high_b, _ = both.estimate(1, place)

    assert high - low < 0.5 * ((high_a - low_b) - (low_a - high_b))
    assert both.share_higher(place) == 1.0


def test_every_drawn_parameter_moves_a_line(world: Resolved) -> None:
    """The count of parameters is honest: each one drawn matters, and those left out do not, but
    for drift, which is no tariff. Third countries' duties are a fact of the world, not a draw."""
    pair = Pair(60.0, 60.0)
    # The long run matters only after the published quarters.
    centre = {
        months: play(*opening(world, None), held(pair, months), LINES)[0] for months in (1, 2, 40)
    }
    moving = set()
    for name, parameter in world.parameters.items():
        if parameter.prior is not None and name.startswith(("trade.", "macro.", "cn.growth")):
            drawn = {name: draw(name, parameter.prior, 0.3)}
            if drawn[name] == parameter.value:
                drawn = {name: draw(name, parameter.prior, 0.8)}
            # Goods under way matter in the first month.
            months = 40 if name.startswith("macro.") else 1 if name == "trade.transit_days" else 2
            final, _ = play(*opening(world, drawn), held(pair, months), LINES)
            if final != centre[months]:
                moving.add(name)

    drifting = {name for name in LEFT_OUT if name.endswith("trend_pct_per_year")}
    assert set(drawn_names(world)) == moving - drifting
    assert drifting < moving


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("toys", "us.toys"),
        ("us.toys", "us.toys"),
        ("Toys", "us.toys"),
        ("soybeans", "cn.soybeans"),
        ("machinery", "us.machinery"),
        ("cn.machinery", "cn.machinery"),
        ("metal products", "us.metal_products"),
    ],
)
def test_sectors_are_found(name: str, good: str) -> None:
    """A bare name means the US import where there is one."""
    assert sector_lines(find_sector(name))[0].name == f"tariff_pct[{good}]"


def test_a_sector_stands_beside_its_own_baseline(both: Impact) -> None:
    """Toys start at the duty of 2024; they pay the flat 20 points and part of the rest."""
    place = both.place("tariff_pct[us.toys]")
    duty = both.resolved.parameters["trade.us.toys.duty_pct"].value
    cover = both.resolved.parameters["trade.us.toys.cover_reciprocal"].value

    assert both.sector == "us.toys"
    assert both.before[place] == pytest.approx(duty)
    assert both.central[0, place] == pytest.approx(duty + 20.0 + 10.0 * cover)
    trade = both.place("trade_usd_bn_per_month[us.toys]")
    assert both.before[trade] > both.central[0, trade] > both.central[1, trade]
    border = value(both, "border_price_pct[us.toys]")
    assert 0.0 < value(both, "level_pct[us.toys]") < border
    assert border == value(both, "us_toys_price_pct")


def test_an_unknown_sector_offers_the_nearest() -> None:
    """The message names what was meant and what there is."""
    with pytest.raises(NotFoundError, match=r"tyos.*did you mean toys\?(.|\n)*cn\.soybeans"):
        find_sector("tyos")


def test_lines_have_units_and_stand_on_known_numbers(world: Resolved) -> None:
    """Each line has a unit of the vocabulary and rests on parameters, fields and sources there
    are; a line that bears an outcome's name is that outcome."""
    outcomes = outcome_index()
    every = [*LINES, *sector_lines(find_sector("toys")), *sector_lines(find_sector("soybeans"))]

    assert len({line.name for line in every}) == len(every)
    for line in every:
        assert line.unit in UNITS
        assert line.rests
        for name in line.rests:
            assert name in world.parameters or name in world.sources, name
        assert set(line.sources) <= set(sources())
        if line.name in outcomes:
            known = outcomes[line.name]
            assert (line.read, line.unit) == (known.read, known.unit)


def test_the_end_of_the_table_is_told(world: Resolved) -> None:
    """Beyond 200 points on average real income is read at the end of its table."""
    assert not impact(world, [APRIL], n=1).beyond_table
    assert impact(world, [GENEVA, Pair(0.0, 400.0)], n=1).beyond_table
    # Fails if the axis of the duties on other countries is left out.
    wide = resolve("base/year-2025", sets=[("trade.us.rest_added_pp", "60")])
    assert impact(wide, [GENEVA], n=1).beyond_table


def test_progress_is_told(world: Resolved) -> None:
    """One report a draw, the last of them complete."""
    told: list[tuple[int, int]] = []
    impact(world, [GENEVA], n=3, months=1, progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(("text", "pair"), [("145/125", APRIL), (" 30 / 10 ", GENEVA)])
def test_a_pair_is_read(text: str, pair: Pair) -> None:
    """US points, a slash, Chinese points."""
    assert read_pair(text) == pair


@pytest.mark.parametrize("text", ["", "145", "145-125", "145/125/3", "a/b", "/"])
def test_a_malformed_pair_teaches_the_form(text: str) -> None:
    """What cannot be read is told with an example."""
    with pytest.raises(UsageError, match="145/125"):
        read_pair(text)


@pytest.mark.parametrize(
    ("pair", "start", "months", "n", "told"),
    [
        (Pair(-1.0, 0.0), date(2025, 5, 1), 12, 10, "--us -1"),
        (Pair(0.0, 1001.0), date(2025, 5, 1), 12, 10, "--cn 1001"),
        (Pair(float("nan"), 0.0), date(2025, 5, 1), 12, 10, "--us nan"),
        (GENEVA, date(2025, 1, 19), 12, 10, "2025-01-20"),
        (GENEVA, date(2200, 1, 1), 12, 10, "2199"),
        (GENEVA, date(2025, 5, 1), 0, 10, "--months 0"),
        (GENEVA, date(2025, 5, 1), 121, 10, "--months 121"),
        (GENEVA, date(2025, 5, 1), 1.5, 10, "--months 1.5"),
        (GENEVA, date(2025, 5, 1), 12, 0, "-n 0"),
        (GENEVA, date(2025, 5, 1), 12, True, "-n True"),
    ],
)
def test_what_is_out_of_range_is_refused(
    pair: Pair, start: date, months: float, n: int, told: str
) -> None:
    """The message names the option and what it may be."""
    with pytest.raises(UsageError, match=told):
        check([pair], start, months, n, 0)
