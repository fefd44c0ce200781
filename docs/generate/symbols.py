"""Symbols of the equations of the trade model, and their parameters."""

from __future__ import annotations

from typing import Final

SYMBOLS: Final = (
    ("$c_{US}$", "trade.us.collect"),
    ("$c_{CN}$", "trade.cn.collect"),
    (r"$\rho_{US}$", "trade.us.pass_through"),
    (r"$\rho_{CN}$", "trade.cn.pass_through"),
    (r"$\sigma_{US}$", "trade.us.sigma_12m"),
    (r"$\sigma_{CN}$", "trade.cn.sigma_12m"),
    (r"$\sigma_{h}$", "trade.cn.sigma_homogeneous"),
    (r"$\ell$", "trade.sigma_long_ratio"),
    (r"$\delta$", "trade.slow_share"),
    (r"$\eta$", "trade.eta"),
    (r"$\kappa$", "trade.kappa"),
    (r"$\lambda$", "trade.domestic_response"),
    (r"$r_{US}$", "trade.us.rest_added_pp"),
    (r"$r_{CN}$", "trade.cn.rest_added_pp"),
    ("$g_{US}$", "trade.us.trend_pct_per_year"),
    ("$g_{CN}$", "trade.cn.trend_pct_per_year"),
    ("$a$", "trade.adjustment"),
    ("$f$", "trade.front_loading"),
    (r"$v$", "trade.cn.value_added"),
    (r"$\psi$", "trade.cn.resold_share"),
    ("", "trade.rerouted_share"),
    (r"$\beta$", "trade.barrier_response"),
    ("", "trade.barrier_pace"),
    (r"$\rho_{ret}$", "trade.retail_share"),
    (r"$L$", "trade.retail_months"),
    ("", "trade.dollar_share"),
    (r"$F_{US}$", "trade.us.port_fee_usd_bn"),
    (r"$F_{CN}$", "trade.cn.port_fee_usd_bn"),
    ("", "trade.cn.freeze_share"),
    ("$k$", "trade.purchase_additional"),
    (r"$\pi$", "trade.cn.purchase_premium"),
    ("", "cn.minerals_cut_per_level"),
    ("$B_{max}$", "us.minerals_stock_max_months"),
    ("", "us.chips_cut_per_level"),
    ("", "trade.us.inputs_exposed_usd_bn"),
    ("", "trade.cn.inputs_exposed_usd_bn"),
    ("$z$", "macro.us.scale"),
    (r"$\Phi$", "macro.us.fade_months"),
    ("", "trade.opening_age_months"),
    ("", "cn.growth_per_real_income"),
)
"""Symbol (empty where the equations need none) and dotted name, in the order of the equations."""
