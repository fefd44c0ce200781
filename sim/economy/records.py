"""Records of the trade model: the fields of the state and the parameters that it uses.

The trade model does not depend on the negotiation or its records; any object with these attributes
will do. Units and meanings are in the field tables, `sim.model.tables.state` and
`sim.model.tables.params`. Lists of goods are indexed as in `sim.economy.sectors`. The first index
of the other lists is the importer's side, 0 the US and 1 China, unless a comment says otherwise.
"""

from __future__ import annotations

from typing import Final, Protocol

US: Final = 0
CN: Final = 1
N_SIDES: Final = 2

S301: Final = 0
S232: Final = 1
FENTANYL: Final = 2
RECIPROCAL: Final = 3
PARTIAL_REPLY: Final = 2
FULL_REPLY: Final = 3
N_LAYERS: Final = 6
"""Layers of duty, as in the model's vocabulary, which this package may not import."""

REGIONS: Final = ("us", "cn", "eu", "mexico", "canada", "vietnam", "asean", "elsewhere")
"""Regions of the general equilibrium: China with Hong Kong and Macao, `asean` without Vietnam."""
N_REGIONS: Final = 8
FIRST_OTHER: Final = 2
"""First of the regions that are neither the US nor China."""
N_RESULTS: Final = 16
"""Results of an equilibrium, as changes from the base: real income of every region (per cent),
exports to the US of every region but the US, and China's exports to all others (USD bn a year)."""
FIRST_EXPORT: Final = 8
LAST_RESULT: Final = 15

DIRECT: Final = 0
THROUGH_INPUTS: Final = 1
N_CONTENTS: Final = 2
"""Content of consumer spending: goods that consumers buy, and goods that go into what they buy."""

N_CATEGORIES: Final = 5
"""Categories of pledged purchases, also as in the vocabulary."""

COVER_S301: Final = 0
COVER_S232: Final = 1
COVER_SELECTIVE: Final = 2
"""Rows of the coverage by good: the two lists, and the layer that selects its goods (the US
reciprocal duty, China's partial replies)."""

MONTHS_OF_YEAR: Final = 12

PAYBACK_MONTHS: Final = 4
"""Months over which front-loaded imports are worked off: the inventories of early 2025 were back to
normal by summer. The state has lists of this length, so it is not a parameter."""


class TradeState(Protocol):
    """Fields of the state that the trade model reads and writes."""

    # set by the negotiation
    duty_pp: list[list[float]]
    coverage: list[list[float]]
    announced_pp: list[list[float]]
    announced_cover: float
    control: list[list[int]]
    others_added_pp: float
    minerals_stock_months: float
    minerals_wait_days: int
    minerals_tight_days: int
    chips_stock_months: float
    pledge_quality: list[float]
    deliveries_usd_bn_per_month: list[float]

    # goods
    good_base_usd_bn: list[float]
    good_share: list[float]
    good_absorption_usd_bn: list[float]
    good_sigma: list[float]
    good_category_share: list[float]
    prices_due: list[bool]
    free_due: list[bool]
    income_due: bool
    fee_wedge: list[float]
    exchange_log: list[float]
    good_before_log: list[float]
    good_selective: list[float]
    good_extra_pp: list[float]
    good_extra_announced_pp: list[float]
    good_added_pp: list[float]
    good_paid: list[float]
    good_paid_before: list[float]
    good_tariff_sum_pct: list[float]
    quarter_days: int
    good_announced_pp: list[float]
    good_known_pp: list[float]
    good_rest_price_log: list[float]
    others_priced_pp: float
    good_duty_log: list[float]
    good_import_price_log: list[float]
    good_level_log: list[float]
    good_target_log: list[float]
    good_target_usd_bn: list[float]
    good_log: list[float]
    good_slow: list[float]
    good_hurry: list[list[float]]
    good_owed: list[float]
    good_waiting: list[float]
    good_usd_bn_per_month: list[float]
    slope_sum: list[list[float]]
    good_free_duty_log: list[float]
    good_free_level_log: list[float]
    good_rest_level_log: list[float]
    good_rest_gain_log: list[float]
    good_free_usd_bn: list[float]
    good_own_cost: list[float]
    good_other_cost: list[float]
    good_own_mean: list[float]
    good_other_mean: list[float]

    # sums
    trade_months: int
    trade_month: int
    trade_usd_bn_per_month: list[float]
    added_avg_pp: list[float]
    paid_avg_pp: list[float]
    revenue_usd_bn_per_year: list[float]
    revenue_free_usd_bn_per_year: list[float]
    buyers_cost_usd_bn_per_year: list[float]
    static_gain_usd_bn_per_year: list[float]
    duty_avg_log: list[float]
    border_price_log: list[float]
    retail_price_log: list[float]
    content_price_pct: list[float]
    lost_sales_usd_bn_per_month: list[float]
    third_barrier: float
    deficit_usd_bn_per_year: float
    deficit_month_usd_bn: list[float]
    real_income_pct: list[float]
    exports_to_us_change_usd_bn: list[float]
    cn_exports_change_usd_bn: float
    us_imports_base_usd_bn: float
    effective_rate_pp: list[float]
    macro_known_pp: list[float]
    macro_step_pp: list[list[float]]
    macro_old_pp: list[float]
    macro_kernel: list[list[float]]
    macro: list[list[float]]
    input_short: list[float]

    # the table agents read
    own_cost_per_pp: list[list[float]]
    other_cost_per_pp: list[list[float]]
    price_usd_bn: list[list[float]]


class TradeParams(Protocol):
    """Parameters that the trade model reads."""

    # goods
    good_value_usd_bn: list[float]
    good_partner_share: list[float]
    good_duty_pct: list[float]
    good_rise_pp: list[float]
    good_exempt: list[float]
    good_rest_duty_pct: list[float]
    good_penetration: list[float]
    good_cover: list[list[float]]
    good_homogeneous: list[float]
    good_sigma_ratio: list[float]
    good_consumer_share: list[float]
    good_input_share: list[float]

    # duties
    trade_base_usd_bn: list[float]
    base_duty_pp: list[list[float]]
    partial_reply_rate_pp: float
    coverage_reference: list[list[float]]
    trade_collect: list[float]
    trade_collect_rest: float
    trade_transit_days: float
    trade_rest_added_pp: list[float]
    trade_port_fee_usd_bn: list[float]

    # demand
    trade_sigma_12m: list[float]
    trade_sigma_homogeneous: float
    trade_sigma_long_ratio: float
    trade_slow_share: float
    trade_eta: float
    trade_kappa: float
    trade_domestic_response: float
    trade_pass_through: list[float]
    trade_yuan_response: float
    trade_exchange_share: list[float]
    trade_season: list[list[float]]
    trade_trend_pct_per_year: list[float]
    trade_adjustment: float
    trade_front_loading: float

    # who gains and loses
    trade_value_added: list[float]
    trade_resold_share: list[float]
    trade_rerouted_share: float
    trade_barrier_response: float
    trade_barrier_pace: float
    trade_retail_share: float
    trade_retail_months: float
    trade_dollar_share: float
    trade_inputs_months: float
    trade_inputs_consumed_share: float
    trade_consumption_usd_bn: float
    trade_households_million: float
    trade_freeze_share: float
    trade_purchase_additional: float
    trade_purchase_premium: float
    minerals_share: list[float]
    minerals_share_waiting: float
    minerals_substitution_months: float
    minerals_refill_per_day: float
    minerals_stock_max_months: float
    chips_cut_per_level: float
    chips_base_level: int
    chips_refill_per_day: float
    chips_stock_max_months: float
    trade_inputs_exposed_usd_bn: list[float]
    clause_usd_bn: list[list[float]]

    # the whole economy
    macro_response: list[list[float]]
    macro_long_run: list[float]
    macro_fade_months: float
    macro_scale: float
    trade_opening_age_months: int
    ge_us_pp: list[float]
    ge_cn_pp: list[float]
    ge_results: list[list[list[float]]]
    ge_gdp_usd_bn: list[float]
    ge_exports_to_us_usd_bn: list[float]
