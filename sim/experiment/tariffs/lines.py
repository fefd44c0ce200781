"""Lines of the tariff calculator: meaning, reader, and the numbers each depends on.

Most are outcomes of a run (`sim.model.outcomes`), here computed from the trade model alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.economy.accounts import goods_lost_pct
from sim.economy.sectors import CN_SECTORS, END_GOOD, FIRST_GOOD, GOODS, US_SECTORS
from sim.errors import NotFoundError, nearest
from sim.model.outcomes.outcome import Outcome, Reader
from sim.model.outcomes.politics import outcome_index
from sim.model.outcomes.trade import MACRO_OUTCOMES, REGION_OUTCOMES, border_price_pct, per_cent
from sim.model.tables.codes import CN, US
from sim.model.tables.params import Params
from sim.model.tables.state import State


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the calculator.

    Attributes:
        name: Name of the line; the name of the outcome if it is one.
        unit: A key of `sim.units.UNITS`.
        meaning: Description in one sentence.
        read: Reads the value from the state.
        equations: Numbers of the equations of the trade model it uses, the main one first.
        rests: Dotted names of the parameters and state fields it depends on, the main one first;
            one sector stands for all.
        sources: Keys of further sources it depends on that belong to no parameter.
        monthly: Whether it has a value for each month, not only at the end.
        step: Finest step in which it is printed; that of the outcome if it is one.
    """

    name: str
    unit: str
    meaning: str
    read: Reader
    equations: tuple[int, ...]
    rests: tuple[str, ...]
    sources: tuple[str, ...] = ()
    monthly: bool = False
    step: float = 1.0


_US_PRICE: Final = (
    "trade.us.pass_through",
    "trade.us.collect",
    "trade.us.phones.duty_pct",
    "trade.cn.yuan_response",
    "trade.us.exchange_share",
)
_CN_PRICE: Final = (
    "trade.cn.pass_through",
    "trade.cn.collect",
    "trade.cn.soybeans.duty_pct",
    "trade.cn.yuan_response",
    "trade.cn.exchange_share",
)
_TIMING: Final = ("trade.sigma_long_ratio", "trade.slow_share", "trade.adjustment")
_NESTS: Final = ("trade.eta", "trade.kappa", "trade.domestic_response")
_US_TRADE: Final = (
    "trade.us.sigma_12m",
    "trade.us.phones.sigma_ratio",
    "trade.us.phones.partner_share",
    "trade.us.phones.penetration",
    "trade.us.base_usd_bn",
    *_NESTS,
    *_US_PRICE,
    *_TIMING,
)
_CN_TRADE: Final = (
    "trade.cn.sigma_12m",
    "trade.cn.sigma_homogeneous",
    "trade.cn.soybeans.sigma_ratio",
    "trade.cn.soybeans.partner_share",
    "trade.cn.soybeans.penetration",
    "trade.cn.base_usd_bn",
    *_NESTS,
    *_CN_PRICE,
    *_TIMING,
)
_CONTENT: Final = (
    "trade.retail_months",
    "trade.dollar_share",
    "trade.us.consumption_usd_bn",
    *_US_TRADE[:-3],
)
_TRADE_EQUATIONS: Final = (4, 1, 2, 3, 5, 6)
_LONG_RUN: Final = (
    "trade.us.sigma_12m",
    "trade.sigma_long_ratio",
    "trade.us.collect",
    "trade.us.rest_added_pp",
)
_WORLD: Final = ("baci-2023", "wdi-2023")
_AVERAGE: Final = ("trade.us.collect", "macro.us.scale")


def _outcome(
    name: str,
    equations: tuple[int, ...],
    rests: tuple[str, ...],
    *,
    sources: tuple[str, ...] = (),
    monthly: bool = False,
) -> Line:
    """Returns the line of an outcome."""
    row = outcome_index()[name]
    return Line(name, row.unit, row.meaning, row.read, equations, rests, sources, monthly, row.step)


def _change(side: int, state: State) -> float:
    """Returns the change of a side's imports from those of 2024, in %."""
    return -goods_lost_pct(state, FIRST_GOOD[side], END_GOOD[side])


def _extra_revenue(side: int, state: State) -> float:
    """Returns the revenue of a side in excess of the duties of 2024, USD bn a year."""
    return state.revenue_usd_bn_per_year[side] - state.revenue_free_usd_bn_per_year[side]


DUTIES: Final = (
    _outcome("us_addon_pp", (), ("us.fentanyl.cap_pp",)),
    _outcome("cn_addon_pp", (), ("cn.coverage.full_reply",)),
    _outcome("us_avg_seed_pct", (), ("tariff.avg_seed_base_pct",)),
    _outcome("us_avg_pct", (), ("us.coverage.reciprocal", "us.addon.s301_pp")),
    _outcome("cn_avg_pct", (), ("cn.addon.s301_reply_pp", "cn.coverage.full_reply")),
    _outcome(
        "us_import_avg_pct",
        (),
        ("trade.us.phones.duty_pct", "trade.us.phones.cover_reciprocal"),
    ),
    _outcome("cn_import_avg_pct", (), ("trade.cn.soybeans.duty_pct",)),
)
TRADE: Final = (
    _outcome("us_imports_usd_bn_per_month", _TRADE_EQUATIONS, _US_TRADE, monthly=True),
    Line(
        "us_imports_change_pct",
        "pct",
        "US imports from China compared with the monthly mean of 2024.",
        lambda s, p: _change(US, s),
        _TRADE_EQUATIONS,
        _US_TRADE,
        monthly=True,
    ),
    _outcome("cn_imports_usd_bn_per_month", _TRADE_EQUATIONS, _CN_TRADE, monthly=True),
    Line(
        "cn_imports_change_pct",
        "pct",
        "Chinese imports from the US compared with the monthly mean of 2024.",
        lambda s, p: _change(CN, s),
        _TRADE_EQUATIONS,
        _CN_TRADE,
        monthly=True,
    ),
    _outcome(
        "deficit_usd_bn_per_year",
        (12, *_TRADE_EQUATIONS),
        ("trade.us.base_usd_bn", *_US_TRADE, *_CN_TRADE),
        monthly=True,
    ),
    _outcome("cn_resold_usd_bn_per_month", _TRADE_EQUATIONS, ("trade.cn.resold_share", *_US_TRADE)),
    _outcome(
        "us_rerouted_usd_bn_per_month",
        _TRADE_EQUATIONS,
        ("trade.rerouted_share", "trade.cn.resold_share", *_US_TRADE),
    ),
)
REVENUE: Final = (
    _outcome(
        "us_revenue_usd_bn_per_year",
        (7, *_TRADE_EQUATIONS),
        ("trade.us.collect", *_US_TRADE),
        monthly=True,
    ),
    Line(
        "us_revenue_change_usd_bn_per_year",
        "usd_bn_per_year",
        "US duties collected on Chinese goods in excess of those of 2024.",
        lambda s, p: _extra_revenue(US, s),
        (7, *_TRADE_EQUATIONS),
        ("trade.us.collect", *_US_TRADE),
        monthly=True,
    ),
    _outcome(
        "cn_revenue_usd_bn_per_year",
        (7, *_TRADE_EQUATIONS),
        ("trade.cn.collect", *_CN_TRADE),
        monthly=True,
    ),
    Line(
        "cn_revenue_change_usd_bn_per_year",
        "usd_bn_per_year",
        "Chinese duties collected on US goods in excess of those of 2024.",
        lambda s, p: _extra_revenue(CN, s),
        (7, *_TRADE_EQUATIONS),
        ("trade.cn.collect", *_CN_TRADE),
        monthly=True,
    ),
)
PRICES: Final = (
    _outcome("yuan_fall_pct", (1,), ("trade.cn.yuan_response", "trade.us.collect")),
    _outcome("us_border_price_pct", (1,), (*_US_PRICE, *_US_TRADE)),
    _outcome("cn_border_price_pct", (1,), (*_CN_PRICE, *_CN_TRADE)),
    _outcome(
        "us_shelf_price_pct", (8, 1), ("trade.retail_share", "trade.retail_months", *_US_TRADE)
    ),
    _outcome("us_prices_direct_pct", (17, 3, 2, 1), ("trade.us.toys.consumer_share", *_CONTENT)),
    _outcome(
        "us_prices_with_inputs_pct",
        (17, 3, 2, 1),
        (
            "trade.us.toys.input_share",
            "trade.us.inputs_consumed_share",
            "trade.inputs_months",
            "trade.us.toys.consumer_share",
            *_CONTENT,
        ),
    ),
    _outcome(
        "us_household_cost_usd_per_year",
        (9, 1, 2, 3),
        ("trade.dollar_share", "trade.us.households_million", *_US_TRADE[:-3]),
    ),
)
GAINS: Final = (
    _outcome("us_static_gain_usd_bn_per_year", (9, 7, *_TRADE_EQUATIONS), _US_TRADE),
    _outcome("cn_static_gain_usd_bn_per_year", (9, 7, *_TRADE_EQUATIONS), _CN_TRADE),
)
LONG_RUN: Final = tuple(
    _outcome(name, (10,), _LONG_RUN, sources=_WORLD)
    for name in (
        "us_imports_long_run_pct",
        "cn_exports_change_usd_bn_per_year",
        "us_real_income_pct",
        "cn_real_income_pct",
        "rest_real_income_pct",
    )
)


def _macro_line(row: Outcome) -> Line:
    """Returns the line of a variable of the economy as a whole, or of its part due to one cause."""
    name = next(name for stem, name in _MACRO_NAMES.items() if row.name.startswith(stem))
    jobs = ("macro.us.employment_million",) if name == "employment" else ()
    rests = (f"macro.us.{name}_after_4_quarters", f"macro.us.{name}_in_the_long_run", *jobs)
    return _outcome(row.name, (11,), (*rests, "macro.us.fade_months", *_AVERAGE))


_MACRO_NAMES: Final = {
    "us_output": "gdp",
    "us_consumer_prices": "prices",
    "us_unemployment": "unemployment",
    "us_jobs": "employment",
}
MACRO: Final = tuple(_macro_line(row) for row in MACRO_OUTCOMES)
"""Output, prices, unemployment and jobs: each in total, then by whom the duties are on."""
ECONOMY: Final = (
    *MACRO,
    _outcome("cn_growth_shortfall_pct", (10,), ("cn.growth_per_real_income", *_LONG_RUN)),
)
INDUSTRIES: Final = (
    _outcome(
        "us_farm_exports_lost_pct",
        _TRADE_EQUATIONS,
        ("trade.cn.sigma_homogeneous", *_CN_TRADE),
    ),
    _outcome("us_toys_price_pct", (1,), _US_PRICE),
    _outcome("us_apparel_price_pct", (1,), _US_PRICE),
    _outcome("us_vehicles_price_pct", (1,), _US_PRICE),
)
REGION_LINES: Final = tuple(
    _outcome(row.name, (10,), _LONG_RUN, sources=_WORLD) for row in REGION_OUTCOMES
)
LINES: Final = (
    *DUTIES,
    *TRADE,
    *REVENUE,
    *PRICES,
    *GAINS,
    *LONG_RUN,
    *ECONOMY,
    *INDUSTRIES,
    *REGION_LINES,
)


def find_sector(name: str) -> int:
    """Returns the good with a given sector name.

    A name without a side is searched for among US imports first: `machinery` is `us.machinery`, and
    `soybeans` is `cn.soybeans`.

    Raises:
        NotFoundError: There is no such sector.
    """
    wanted = name.strip().lower().replace(" ", "_")
    for side in ("", "us.", "cn."):
        if side + wanted in GOODS:
            return GOODS.index(side + wanted)
    spelt = GOODS if "." in wanted else tuple(dict.fromkeys(US_SECTORS + CN_SECTORS))
    raise NotFoundError(
        f"there is no sector {name[:40]!r}{nearest(wanted[:40], spelt)}\n"
        f"US imports: {', '.join(US_SECTORS)}\n"
        f"Chinese imports: {', '.join(f'cn.{sector}' for sector in CN_SECTORS)}"
    )


def sector_lines(good: int) -> tuple[Line, ...]:
    """Returns the lines of one good: duty, trade and prices."""
    name = GOODS[good]
    ours = good < FIRST_GOOD[CN]
    price = _US_PRICE if ours else _CN_PRICE
    trade = _US_TRADE if ours else _CN_TRADE
    duty = f"trade.{name}.duty_pct"

    def lost(state: State, params: Params) -> float:
        return -goods_lost_pct(state, good, good + 1)

    return (
        _outcome(f"tariff_pct[{name}]", (), (duty,), monthly=True),
        _outcome(f"trade_usd_bn_per_month[{name}]", _TRADE_EQUATIONS, trade, monthly=True),
        Line(
            f"trade_change_pct[{name}]",
            "pct",
            "Imports of a sector compared with the monthly mean of 2024.",
            lost,
            _TRADE_EQUATIONS,
            trade,
            monthly=True,
        ),
        Line(
            f"border_price_pct[{name}]",
            "pct",
            "Change in the duty-paid price of a sector at the border.",
            lambda s, p: border_price_pct(s, p, good),
            (1,),
            price,
            step=0.1,
        ),
        Line(
            f"level_pct[{name}]",
            "pct",
            "Change in the price of a sector's goods from all origins, domestic ones included.",
            lambda s, p: per_cent(s.good_level_log[good]),
            (3, 1, 2),
            (f"trade.{name}.penetration", *trade[:-3]),
            step=0.1,
        ),
    )
