"""General equilibrium of world trade in exact changes: the effect of tariffs on real income.

One sector, N regions, trade elasticity theta (Dekle, Eaton and Kortum 2008; with tariffs, Caliendo
and Parro 2015). Only flows and incomes of the base year are needed. A hat is the ratio of a value
under the tariffs to its base value; i buys, n sells, T = 1 + tariff:

    share'_in = share_in (w^_n T_in)^-theta / S_i,   S_i = sum over n of the numerators
    P^_i      = S_i^(-1/theta)
    E'_i      = w^_i Y_i + sum_n (T_in - 1) / T_in share'_in E'_i + D_i
    w^_n Y_n  = sum_i share'_in E'_i / T_in
    W^_i      = (E'_i / E_i) / P^_i

Revenue is returned to buyers. Deficits D_i remain a fixed share of world income, which is the unit
of account. Base duties are not removed from the data: a tariff is added to the base, and a negative
one is a subsidy. Trade between the countries of a region counts as home sales.

The solver is not called in a run: a solution takes milliseconds, so runs read a table of solutions
(`welfare_grid`). Values are in USD bn a year, tariffs in percentage points of the customs value,
changes in per cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.economy.records import CN, REGIONS, US
from sim.errors import SimError, UsageError

Array = npt.NDArray[np.float64]

# Nodes of the shipped table. Nodes of duties are densest where welfare curves most, at and below
# the base. The elasticities span the prior of the long-run sigma (theta is sigma - 1) from its 1 %
# to its 98 % quantile; they are denser at the ends, because a polynomial goes through all of them.
# At other places, welfare errs by less than 0.005 points.
US_NODES_PP: Final = (-10.0, -5.0, 0.0, 9.0, 20.0, 34.0, 54.0, 85.0, 130.0, 200.0)
CN_NODES_PP: Final = (-10.0, -5.0, 0.0, 15.0, 40.0, 90.0, 200.0)
REST_NODES_PP: Final = (0.0, 8.0, 20.0, 30.0)
THETAS: Final = (0.75, 0.95, 1.7, 3.5, 6.4, 8.0)

_BALANCED: Final = 1.0e-11  # largest relative gap between what a region earns and sells
_STEPS: Final = 20
_HIGHEST_POWER: Final = 11.0  # the best tariff is searched for between 0 and 1,000 per cent
_ROUNDS: Final = 100
_SETTLED_PP: Final = 1.0e-4


@dataclass(frozen=True, slots=True, eq=False)
class TradeWorld:
    """Flows and incomes of a base year; `trade_usd_bn[i, n]` is what i buys from n.

    The diagonal holds home sales, so that a column sums to the income of the seller. The excess of
    a row's sum over the region's income is its deficit.
    """

    names: tuple[str, ...]
    income_usd_bn: Array
    trade_usd_bn: Array

    def __post_init__(self) -> None:
        count = len(self.names)
        income = _read_only("the incomes", self.income_usd_bn, (count,))
        trade = _read_only("the trade matrix", self.trade_usd_bn, (count, count))
        if count < 2:
            raise UsageError(f"a world needs at least two regions, found {count}")
        if income.min() <= 0.0:
            raise UsageError(f"the incomes must be above 0, found {income.min():g} USD bn")
        if trade.min() < 0.0:
            raise UsageError(f"trade flows must not be negative, found {trade.min():g} USD bn")
        for name, home in zip(self.names, trade.diagonal(), strict=True):
            if home <= 0.0:
                raise UsageError(f"{name} has no home sales: its exports equal its income or more")
        if not np.allclose(trade.sum(axis=0), income, rtol=1e-9, atol=0.0):
            raise UsageError(
                "every column of the trade matrix must sum to the income of the seller; "
                "`world_of_exports` fills in the home sales accordingly"
            )
        object.__setattr__(self, "income_usd_bn", income)
        object.__setattr__(self, "trade_usd_bn", trade)

    @property
    def expenditure_usd_bn(self) -> Array:
        """Spending of each region in the base year, at home and abroad."""
        return np.asarray(self.trade_usd_bn.sum(axis=1))

    @property
    def deficit_usd_bn(self) -> Array:
        """Spending minus income of each region in the base year; negative is a surplus."""
        return self.expenditure_usd_bn - self.income_usd_bn

    @property
    def home_share(self) -> Array:
        """Share of each region's spending that stays at home."""
        return np.asarray(self.trade_usd_bn.diagonal() / self.expenditure_usd_bn)


@dataclass(frozen=True, slots=True, eq=False)
class TradeEquilibrium:
    """The world under added tariffs, in a unit of account that leaves world income unchanged.

    Attributes:
        wage_change: Wages and incomes before revenue, as ratios to the base.
        price_index: Prices paid by buyers, duties included, as ratios to the base.
        trade_usd_bn: Purchases of the row from the column, at customs value.
        revenue_usd_bn: Duties collected by each region (subsidies count as negative).
        expenditure_usd_bn: Spending of each region, duties included.
        welfare_pct: Change of real expenditure in per cent; positive is a gain.
    """

    wage_change: Array
    price_index: Array
    trade_usd_bn: Array
    revenue_usd_bn: Array
    expenditure_usd_bn: Array
    welfare_pct: Array


@dataclass(frozen=True, slots=True, eq=False)
class Nash:
    """Tariffs of two regions on each other, from which neither gains by deviating alone."""

    first_pct: float
    second_pct: float
    equilibrium: TradeEquilibrium


def _read_only(what: str, values: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    """Returns a read-only copy, after checking shape and numbers."""
    array = np.array(values, dtype=np.float64)
    if array.shape != shape:
        raise UsageError(f"{what} must have the shape {shape}, found {array.shape}")
    if not np.isfinite(array).all():
        raise UsageError(f"{what} must be finite numbers")
    array.setflags(write=False)
    return array


# --------------------------------------------------------------------------------------- worlds


def world_of_exports(
    names: Sequence[str], income_usd_bn: npt.ArrayLike, exports_usd_bn: npt.ArrayLike
) -> TradeWorld:
    """Returns a world in which each region sells at home what it does not export.

    Args:
        names: Names of the regions.
        income_usd_bn: Income of each region.
        exports_usd_bn: Exports of the row to the column; the diagonal must be 0.

    Raises:
        UsageError: Shapes do not match, a number is negative, or exports exceed an income.
    """
    count = len(names)
    income = _read_only("the incomes", income_usd_bn, (count,))
    exports = _read_only("the exports", exports_usd_bn, (count, count))
    if exports.diagonal().any():
        raise UsageError("a region does not export to itself: the diagonal must be 0")
    home = income - exports.sum(axis=1)
    for name, sales in zip(names, home, strict=True):
        if sales <= 0.0:
            raise UsageError(f"{name} exports {-sales:g} USD bn more than its income")
    trade = exports.T + np.diag(home)
    return TradeWorld(tuple(names), income, trade)


def small_country(home_share: float, size: float = 1.0e-8) -> TradeWorld:
    """Returns a small country and a large rest of the world, with balanced trade.

    As its size tends to 0, its best tariff tends to 1/theta: it faces a foreign demand of that
    elasticity, and its actions do not move foreign wages.

    Args:
        home_share: Share of its spending that stays at home, between 0 and 1.
        size: Income of the country as a share of the rest's.

    Raises:
        UsageError: The share or the size is not between 0 and 1.
    """
    if not 0.0 < home_share < 1.0 or not 0.0 < size <= 1.0:
        raise UsageError(
            f"home share and size must be between 0 and 1, found {home_share:g} and {size:g}"
        )
    flow = (1.0 - home_share) * size
    return world_of_exports(("small", "rest"), [size, 1.0], [[0.0, flow], [flow, 0.0]])


# ------------------------------------------------------------------------------------- solution


def solve(world: TradeWorld, tariff_pct: npt.ArrayLike, theta: float) -> TradeEquilibrium:
    """Returns the world under added tariffs.

    Args:
        world: The base.
        tariff_pct: Tariff the row adds on goods of the column, percentage points; above -100.
        theta: Trade elasticity: the fall in a share of spending relative to home goods, in per
            cent, when its price rises by one per cent.

    Raises:
        UsageError: Tariffs have the wrong shape or are -100 or less, or theta is not above 0.
        SimError: No equilibrium was found, or the only one found has a region whose fixed surplus
            exceeds its income.
    """
    power = _power(world, tariff_pct)
    _check_theta(theta)
    start = np.zeros(len(world.names) - 1)
    # A trial step may overflow; only the end of the search matters.
    with np.errstate(all="ignore"):
        logs, gap = _clear_markets(world, power, theta, start)
        if not gap <= _BALANCED:
            # Far from the base the first guess may be too poor, so approach in steps.
            logs = start
            for step in range(1, _STEPS + 1):
                logs, gap = _clear_markets(world, power ** (step / _STEPS), theta, logs)
        found = _state(world, power, theta, logs)
    if not gap <= _BALANCED or found.expenditure_usd_bn.min() <= 0.0:
        raise SimError(
            f"no equilibrium found for theta {theta:g} and tariffs of up to "
            f"{100.0 * (power.max() - 1.0):g} %: markets miss by {gap:.1e} of income, and the "
            f"lowest spending is {found.expenditure_usd_bn.min():g} USD bn. "
            "Lower the tariffs: deficits and surpluses are held fixed, and with tariffs this "
            "high incomes are too small to sustain them"
        )
    return found


def _clear_markets(
    world: TradeWorld, power: Array, theta: float, start: Array
) -> tuple[Array, float]:
    """Returns log wages relative to the last region's, and the remaining market imbalance.

    The last market clears if all others do. The imbalance is the largest relative gap between the
    sales and the earnings of a region.
    """
    from scipy.optimize import root

    def excess(logs: Array) -> Array:
        state = _state(world, power, theta, logs)
        sold = state.trade_usd_bn.sum(axis=0)
        return np.asarray(sold / (state.wage_change * world.income_usd_bn) - 1.0)

    # The solver's own status is ignored: at this tolerance it complains about rounding.
    found = root(lambda logs: excess(logs)[:-1], start, tol=1e-14)
    return np.asarray(found.x), float(np.abs(excess(found.x)).max())


def _state(world: TradeWorld, power: Array, theta: float, logs: Array) -> TradeEquilibrium:
    """Returns prices and spending at given log wages, whether or not markets clear."""
    wage = np.exp(np.append(logs, 0.0))
    wage *= world.income_usd_bn.sum() / (wage @ world.income_usd_bn)
    base = world.expenditure_usd_bn
    weighted = world.trade_usd_bn / base[:, np.newaxis] * (wage * power) ** -theta
    total = weighted.sum(axis=1)
    share = weighted / total[:, np.newaxis]
    price = total ** (-1.0 / theta)
    # Duties are a share of spending and are spent again; this is the sum of that series.
    duty_share = (share * (power - 1.0) / power).sum(axis=1)
    spending = (wage * world.income_usd_bn + world.deficit_usd_bn) / (1.0 - duty_share)
    return TradeEquilibrium(
        wage_change=wage,
        price_index=price,
        trade_usd_bn=share * spending[:, np.newaxis] / power,
        revenue_usd_bn=duty_share * spending,
        expenditure_usd_bn=spending,
        welfare_pct=100.0 * (spending / base / price - 1.0),
    )


def _power(world: TradeWorld, tariff_pct: npt.ArrayLike) -> Array:
    """Returns 1 + tariff, after checking it."""
    count = len(world.names)
    tariff = _read_only("the tariffs", tariff_pct, (count, count))
    if tariff.min() <= -100.0:
        raise UsageError(
            f"a tariff of {tariff.min():g} % makes goods free or worse; it must be above -100 %"
        )
    if tariff.diagonal().any():
        raise UsageError("a region has no tariff on its own goods: the diagonal must be 0")
    return 1.0 + tariff / 100.0


def _check_theta(theta: float) -> None:
    if not 0.0 < theta < np.inf:
        raise UsageError(f"theta, the trade elasticity, must be above 0, found {theta:g}")


def war_tariffs(count: int, us_pp: float, cn_pp: float, rest_pp: float = 0.0) -> Array:
    """Returns the tariffs of a trade war among some regions, of which the US and China are first.

    Args:
        count: Number of regions.
        us_pp: Points the US adds on China.
        cn_pp: Points China adds on the US.
        rest_pp: Points the US adds on all other regions.
    """
    tariff = np.zeros((count, count))
    tariff[US, CN] = us_pp
    tariff[CN, US] = cn_pp
    tariff[US, CN + 1 :] = rest_pp
    return tariff


def gains_from_trade_pct(home_share: float, theta: float) -> float:
    """Returns the excess of real income over its level in autarky, in per cent.

    With balanced trade, only the home share and the elasticity are needed (Arkolakis, Costinot and
    Rodriguez-Clare 2012).

    Raises:
        UsageError: The share is not above 0 and at most 1, or theta is not above 0.
    """
    _check_theta(theta)
    if not 0.0 < home_share <= 1.0:
        raise UsageError(f"a home share must be above 0 and at most 1, found {home_share:g}")
    return float(100.0 * (home_share ** (-1.0 / theta) - 1.0))


# -------------------------------------------------------------------------------- best tariffs


def best_tariff_pct(
    world: TradeWorld,
    theta: float,
    importer: int,
    exporters: Sequence[int],
    tariff_pct: npt.ArrayLike | None = None,
) -> float:
    """Returns the tariff, between 0 and 1,000 per cent, that is best for an importer.

    Args:
        world: The base.
        theta: Trade elasticity.
        importer: Region that sets the tariff, and whose welfare is maximised.
        exporters: Regions on whose goods it is levied, at the same rate.
        tariff_pct: Tariffs of all other regions, and the importer's own on other goods; none by
            default.

    Raises:
        UsageError: A region does not exist, or the importer is one of the exporters.
        SimError: No equilibrium was found, or welfare rises without limit. That happens for a
            region with a large deficit that taxes all others, because its deficit is held fixed.
    """
    from scipy.optimize import minimize_scalar

    count = len(world.names)
    if not exporters or not {importer, *exporters} <= set(range(count)) or importer in exporters:
        raise UsageError(
            f"importer and exporters must be different regions from 0 to {count - 1}, "
            f"found {importer} and {list(exporters)}"
        )
    tariff = np.zeros((count, count)) if tariff_pct is None else np.array(tariff_pct, dtype=float)
    _power(world, tariff)

    def loss(log_power: float) -> float:
        tariff[importer, list(exporters)] = 100.0 * (np.exp(log_power) - 1.0)
        return -float(solve(world, tariff, theta).welfare_pct[importer])

    found = minimize_scalar(
        loss, bounds=(0.0, np.log(_HIGHEST_POWER)), method="bounded", options={"xatol": 1e-9}
    )
    if found.x > np.log(_HIGHEST_POWER) - 1e-6:
        raise SimError(
            f"the welfare of {world.names[importer]} still rises at 1,000 per cent: with a fixed "
            "deficit, it buys more goods the less the others can sell. Use a base with balanced "
            "trade, or fewer exporters"
        )
    return float(100.0 * (np.exp(found.x) - 1.0))


def bilateral_nash(world: TradeWorld, theta: float, first: int = US, second: int = CN) -> Nash:
    """Returns the tariffs of two regions when each is the best reply to the other.

    All other tariffs stay at the base.

    Raises:
        UsageError: A region does not exist, or theta is not above 0.
        SimError: The best replies do not converge.
    """
    tariff = np.zeros((len(world.names), len(world.names)))
    for _ in range(_ROUNDS):
        before = tariff.copy()
        tariff[first, second] = best_tariff_pct(world, theta, first, [second], tariff)
        tariff[second, first] = best_tariff_pct(world, theta, second, [first], tariff)
        if np.abs(tariff - before).max() < _SETTLED_PP:
            own, other = float(tariff[first, second]), float(tariff[second, first])
            return Nash(own, other, solve(world, tariff, theta))
    raise SimError(
        f"best replies still change by more than {_SETTLED_PP} points after {_ROUNDS} rounds at "
        f"theta {theta:g}; try a theta between 1 and 20"
    )


# ---------------------------------------------------------------------------------------- table


def results_of(world: TradeWorld, found: TradeEquilibrium) -> Array:
    """Returns what is kept of an equilibrium (see `records.N_RESULTS`).

    Changes of exports are in USD bn a year at customs value, in the unit of account in which world
    income does not change.
    """
    change = found.trade_usd_bn - world.trade_usd_bn
    abroad = change[:, CN].sum() - change[CN, CN]
    return np.concatenate([found.welfare_pct, np.delete(change[US], US), [abroad]])


def build_table(
    world: TradeWorld,
    thetas: Sequence[float],
    rest_pp: Sequence[float],
    us_pp: Sequence[float],
    cn_pp: Sequence[float],
) -> Array:
    """Returns results by (theta, US tariff on others, US tariff on China, Chinese tariff, result).

    Args:
        world: The regions, in the order of `REGIONS`.
        thetas: Trade elasticities.
        rest_pp: Points the US adds on all countries but China.
        us_pp: Points the US adds on Chinese goods.
        cn_pp: Points China adds on US goods.

    Raises:
        UsageError: The world has other regions, or a tariff or a theta is impossible.
        SimError: No equilibrium was found.
    """
    if world.names != REGIONS:
        raise UsageError(f"the table needs the regions {REGIONS}, found {world.names}")
    count = len(REGIONS)
    return np.array(
        [
            [
                [
                    [
                        results_of(world, solve(world, war_tariffs(count, us, cn, rest), theta))
                        for cn in cn_pp
                    ]
                    for us in us_pp
                ]
                for rest in rest_pp
            ]
            for theta in thetas
        ]
    )
