"""Tables of docs/economy.md, as Markdown, with every number taken from the trade model.

`markdown.renewed` writes each table between its marks, so that the page always agrees with the
program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np

from docs.generate.influence import influences, published_signs, signs
from docs.generate.markdown import markdown
from docs.generate.symbols import SYMBOLS
from sim.economy.accounts import household_cost_usd_per_year
from sim.economy.block import apply_trade_month
from sim.economy.equilibrium import TradeEquilibrium, bilateral_nash, results_of, solve, war_tariffs
from sim.economy.records import FIRST_EXPORT, FIRST_OTHER, N_REGIONS, N_RESULTS, REGIONS
from sim.economy.sectors import CN_SECTORS, END_GOOD, FIRST_GOOD, GOODS
from sim.economy.tariffs import import_avg_pct
from sim.economy.welfare_grid import apply_equilibrium, trade_elasticity
from sim.engine.world import cut_table, opening
from sim.experiment.inputs.priors import inverse_cdf
from sim.experiment.tariffs.checks import Verdict, verdicts
from sim.experiment.tariffs.duties import Pair
from sim.experiment.tariffs.replay import ReplayMonth, central_replay
from sim.experiment.tariffs.schedule import set_duties
from sim.model.duties.layers import addon_pp, avg_seed_pct
from sim.model.tables.codes import CN, US
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import LAYER_NAMES, Price
from sim.report.pages.tariffs.checks import CLASS_MEANINGS, counted, reason
from sim.report.pages.tariffs.replay import SERIES_WORDS, error_rows, misses, month_cells
from sim.report.words.glossary import REGION_NAMES
from sim.report.words.numbers import number_text, sentence_case
from sim.requests.impact import WORLD
from sim.scenario.baseline import sector_labels
from sim.scenario.checks import FigureClass
from sim.scenario.duty_schedule import BASELINE
from sim.scenario.equilibrium_table import eight_region_world, equilibrium_table
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Parameter

OCTOBER: Final = "october-2025-apec"
REST_PP: Final = 12.0
REGION_SHOCK: Final = (30.0, 10.0, 0.0)
SHOCKS: Final = (
    (27.0, 10.0, 0.0),
    REGION_SHOCK,
    (*REGION_SHOCK[:2], REST_PP),
    (60.0, 60.0, 0.0),
    (112.0, 125.0, 0.0),
)
THETAS: Final = (1.5, 3.06, 6.0)
PROBES: Final = 300
"""Number of positions at which the table of equilibria is tested."""
PRIMES: Final = (2.0, 3.0, 5.0, 7.0)

LOWER_ARM: Final = (1.3, 0.3)
UPPER_ARM: Final = (3.9, 0.25)
"""The two lognormals of the notes for US exports, with equal weights: median and sd of the log."""

# -------------------------------------------------------------------------------------- numbers


def symbols() -> str:
    """Returns the symbols of the equations with parameters, central values, ranges and sources."""
    parameters = resolve(WORLD).parameters
    slots = slot_index(Params)
    rows = []
    for symbol, name in SYMBOLS:
        parameter = parameters[name]
        rows.append(
            [
                symbol,
                f"`{name}`",
                slots[name].spec.meaning.rstrip("."),
                f"{parameter.value:g}",
                doubt(parameter),
                parameter.source if parameter.kind != "assumed" else "assumed",
            ]
        )
    heads = ("symbol", "parameter", "what it is", "centre", "5 to 95 %", "rests on")
    return markdown(heads, rows, words=(0, 1, 2, 5))


def doubt(parameter: Parameter) -> str:
    """Returns the range of a parameter: that of its prior, or none for a fact."""
    if parameter.prior is None:
        return "fixed"
    low, high = (inverse_cdf(parameter.prior, u) for u in (0.05, 0.95))
    return f"{number_text(low)} to {number_text(high)}"


def scales() -> str:
    """Returns the tariff scales on two days."""
    rows = []
    worlds = [opening(resolve(name), None) for name in (WORLD, OCTOBER)]
    readers: Mapping[str, Callable[[State, Params], float]] = {
        "us_addon_pp": lambda s, p: addon_pp(s, US),
        "us_avg_seed_pct": avg_seed_pct,
        "us_avg_pct": lambda s, p: s.avg_pct[US],
        "us_import_avg_pct": lambda s, p: import_avg_pct(s, p, US),
        "cn_addon_pp": lambda s, p: addon_pp(s, CN),
        "cn_avg_pct": lambda s, p: s.avg_pct[CN],
        "cn_import_avg_pct": lambda s, p: import_avg_pct(s, p, CN),
    }
    for name, read in readers.items():
        rows.append([f"`{name}`", *(f"{read(state, params):.1f}" for params, state in worlds)])
    return markdown(("scale", "20 Jan 2025", "23 Oct 2025"), rows)


def us_sectors() -> str:
    """Returns the sectors of US imports."""
    params, state = opening(resolve(WORLD), None)
    labels = sector_labels()
    rows = [
        [
            labels[GOODS[good]],
            f"{params.good_value_usd_bn[good]:.1f}",
            f"{params.good_partner_share[good]:.3f}",
            f"{params.good_duty_pct[good]:.1f}",
            f"{params.good_penetration[good]:.2f}",
            *(f"{params.good_cover[row][good]:.2f}" for row in range(3)),
            f"{state.good_sigma[good]:.2f}",
        ]
        for good in range(FIRST_GOOD[US], END_GOOD[US])
    ]
    heads = (
        "sector",
        "imports, $ bn",
        "China's share",
        "duty, %",
        "penetration",
        "s301",
        "s232",
        "reciprocal",
        "sigma",
    )
    return markdown(heads, rows)


def cn_sectors() -> str:
    """Returns the sectors of Chinese imports."""
    params, state = opening(resolve(WORLD), None)
    labels = sector_labels()
    rows = [
        [
            labels[GOODS[good]],
            f"{params.good_value_usd_bn[good]:.1f}",
            f"{params.good_partner_share[good]:.2f}",
            f"{params.good_duty_pct[good]:.1f}",
            f"{params.good_penetration[good]:.2f}",
            f"{params.good_cover[2][good]:.2f}",
            f"{state.good_sigma[good]:.2f}",
        ]
        for good in range(FIRST_GOOD[CN], FIRST_GOOD[CN] + len(CN_SECTORS))
    ]
    heads = ("sector", "imports, $ bn", "US share", "duty, %", "penetration", "tilt", "sigma")
    return markdown(heads, rows)


def layer_costs() -> str:
    """Returns the cost of one more point of each layer to either side, on two days."""
    rows = []
    worlds = [opening(resolve(name), None)[1] for name in (WORLD, OCTOBER)]
    for side, who in ((US, "US"), (CN, "China")):
        for layer, name in enumerate(LAYER_NAMES[side]):
            if name is None:
                continue
            costs = [
                f"{cost:.2f}"
                for state in worlds
                for cost in (
                    state.own_cost_per_pp[side][layer],
                    state.other_cost_per_pp[1 - side][layer],
                )
            ]
            rows.append([f"{who}, `{name}`", *costs])
    heads = ("layer", "own, Jan", "other, Jan", "own, 23 Oct", "other, 23 Oct")
    return markdown(heads, rows)


def clause_values() -> str:
    """Returns the value of a unit of each clause to each side, on two days."""
    worlds = [opening(resolve(name), None)[1] for name in (WORLD, OCTOBER)]
    rows = [
        [
            f"`{clause.name.lower()}`",
            *(f"{state.price_usd_bn[side][clause]:.1f}" for state in worlds for side in (US, CN)),
        ]
        for clause in Price
    ]
    return markdown(("clause", "US, Jan", "China, Jan", "US, 23 Oct", "China, 23 Oct"), rows)


# ---------------------------------------------------------------------------------- equilibrium


def equilibrium() -> str:
    """Returns real incomes under pairs of duties and at the bilateral Nash duties."""
    world = eight_region_world()
    rows = [
        [
            f"US +{us:g}, China +{cn:g}{f', others +{rest:g}' if rest else ''}",
            *(
                _triple(_big_three(solve(world, war_tariffs(N_REGIONS, us, cn, rest), theta)))
                for theta in THETAS
            ),
        ]
        for us, cn, rest in SHOCKS
    ]
    nash = [bilateral_nash(world, theta) for theta in THETAS]
    rows.append(["bilateral Nash", *(_triple(_big_three(found.equilibrium)) for found in nash)])
    rows.append(
        ["its duties: US, China", *(f"{n.first_pct:.1f} %, {n.second_pct:.1f} %" for n in nash)]
    )
    return markdown(("duties", *(f"theta {theta:g}" for theta in THETAS)), rows)


def _big_three(found: TradeEquilibrium) -> list[float]:
    """Returns real incomes of the US, China and all other regions together."""
    income = eight_region_world().income_usd_bn
    others = np.average(found.welfare_pct[FIRST_OTHER:], weights=income[FIRST_OTHER:])
    return [*found.welfare_pct[:FIRST_OTHER].tolist(), float(others)]


def regions() -> str:
    """Returns real incomes and exports to the US by region at the central elasticity."""
    world = eight_region_world()
    params, _ = opening(resolve(WORLD), None)
    theta = trade_elasticity(params)
    shocks = (REGION_SHOCK, (*REGION_SHOCK[:2], REST_PP))
    found = [
        results_of(world, solve(world, war_tariffs(N_REGIONS, *shock), theta)) for shock in shocks
    ]
    rows = []
    for region, name in enumerate(REGIONS):
        to_us = FIRST_EXPORT + region - 1
        rows.append(
            [
                REGION_NAMES[name],
                f"{world.income_usd_bn[region]:,.0f}",
                f"{world.home_share[region]:.2f}",
                f"{world.trade_usd_bn[US, region]:.0f}" if region != US else "",
                *(
                    cell
                    for results in found
                    for cell in (
                        f"{results[region]:+.2f}",
                        f"{results[to_us]:+.0f}" if region != US else "",
                    )
                ),
            ]
        )
    heads = ("region", "income, $ bn", "home share", "exports to US, $ bn")
    for _, _, rest in shocks:
        heads += tuple(f"{what}, others +{rest:g}" for what in ("real income, %", "to US, $ bn"))
    return markdown(heads, rows)


def grid_error() -> str:
    """Returns the largest errors of the shipped table between its nodes."""
    table = equilibrium_table()
    world = eight_region_world()
    worst = np.zeros(N_RESULTS)
    params, state = opening(resolve(WORLD), None)
    axes = (np.log(table.thetas), table.us_pp, table.cn_pp, table.rest_pp)
    for probe in range(1, PROBES + 1):
        # Multiples of irrational numbers fill a square evenly.
        at = [(probe * root) % 1.0 for root in np.sqrt(PRIMES).tolist()]
        log_theta, us, cn, rest = (
            float(axis[0] + share * (axis[-1] - axis[0]))
            for axis, share in zip(axes, at, strict=True)
        )
        theta = float(np.exp(log_theta))
        params.trade_sigma_12m[US], params.trade_sigma_long_ratio = 1.0 + theta, 1.0
        params.trade_collect_rest, params.trade_rest_added_pp[US] = 1.0, rest
        cut_table(params)
        apply_equilibrium(state, params, us, cn)
        read = [
            *state.real_income_pct,
            *state.exports_to_us_change_usd_bn[1:],
            state.cn_exports_change_usd_bn,
        ]
        exact = results_of(world, solve(world, war_tariffs(N_REGIONS, us, cn, rest), theta))
        worst = np.maximum(worst, np.abs(exact - read))
    shape = " x ".join(
        str(len(axis)) for axis in (table.us_pp, table.cn_pp, table.rest_pp, table.thetas)
    )
    return (
        f"The table has {shape} nodes: duties of the US on China, of China, of the US on others, "
        "and elasticities.\n"
        f"At {PROBES} positions between them it differs from the solver by at most "
        f"{worst[:N_REGIONS].max():.1g} percentage points of real income and "
        f"{worst[N_REGIONS:].max():.1g} billion dollars of exports."
    )


def gains() -> str:
    """Returns the static gain and the real income of the US, and the items by which they differ."""
    rows = []
    for us, cn in ((30.0, 10.0), (145.0, 125.0)):
        params, state = opening(resolve(WORLD), None)
        steps = Pair(us, cn).steps(BASELINE.toordinal(), params.fentanyl_cap_pp)
        set_duties(state, params, steps, BASELINE)
        for _ in range(12):
            apply_trade_month(state, params)
        goods = range(FIRST_GOOD[US], END_GOOD[US])
        vanished = sum(
            (state.good_base_usd_bn[g] - 12.0 * state.good_usd_bn_per_month[g])
            * params.good_duty_pct[g]
            / 100.0
            for g in goods
        )
        extra = state.revenue_usd_bn_per_year[US] - state.revenue_free_usd_bn_per_year[US]
        world = eight_region_world()
        tariff = war_tariffs(N_REGIONS, *state.paid_avg_pp)
        found = solve(world, tariff, trade_elasticity(params))
        wages = 100.0 * (found.wage_change[CN] / found.wage_change[US] - 1.0)
        income = found.welfare_pct[US]
        rows.append(
            [
                f"US +{us:g}, China +{cn:g}",
                f"{state.buyers_cost_usd_bn_per_year[US]:.0f}",
                f"{extra:+.0f}",
                f"{state.static_gain_usd_bn_per_year[US]:+.0f}",
                f"{vanished:.0f}",
                f"{income:+.2f} % ({income / 100.0 * world.expenditure_usd_bn[US]:+.0f})",
                f"{wages:+.1f} %",
                f"{household_cost_usd_per_year(state, params):.0f}",
            ]
        )
    heads = (
        "after 12 months",
        "buyers' cost",
        "extra revenue",
        "static gain",
        "revenue of 2024 lost",
        "real income, equilibrium",
        "Chinese wages to US",
        "household, $",
    )
    return markdown(heads, rows)


def elasticities() -> str:
    """Returns the mixture of the notes for US exports, and the lognormal used instead."""
    prior = resolve(WORLD).parameters["trade.cn.sigma_12m"].prior
    assert prior is not None
    levels = (0.05, 0.5, 0.95)
    rows = [
        ["half lognormal(1.3, 0.3), half lognormal(3.9, 0.25)", *map(mixture_quantile, levels)],
        [f"lognormal({prior.a:g}, {prior.b:g}), used", *(inverse_cdf(prior, u) for u in levels)],
    ]
    written = [[str(row[0]), *(f"{value:.2f}" for value in row[1:])] for row in rows]
    return markdown(("elasticity of Chinese demand", "5 %", "median", "95 %"), written)


def mixture_quantile(level: float) -> float:
    """Returns a quantile of the mixture, by bisection."""
    from scipy.special import ndtr

    low, high = 0.01, 100.0
    for _ in range(100):
        middle = 0.5 * (low + high)
        below = np.mean([ndtr(np.log(middle / m) / sd) for m, sd in (LOWER_ARM, UPPER_ARM)])
        low, high = (middle, high) if below < level else (low, middle)
    return low


# ----------------------------------------------------------------------------------- validation


def validation() -> str:
    """Returns the published figures and the values of the trade model, a table for each class."""
    found = verdicts()
    blocks = [counted(found)]
    for kind in FigureClass:
        of_kind = [v for v in found if v.check.kind == kind]
        blocks.append(f"**{sentence_case(kind)}.** {CLASS_MEANINGS[kind]}")
        blocks.append(figures_table(of_kind))
        misses = [f"- {v.check.what}: {reason(v)}." for v in of_kind if not v.holds]
        if misses:
            blocks += ["The misses:", "\n".join(misses)]
    return "\n\n".join(blocks)


def figures_table(found: Sequence[Verdict]) -> str:
    """Returns the figures of a class."""
    rows = [
        [
            f"{v.check.what} ({v.check.unit})",
            f"{v.check.published:g}",
            f"{v.ours:.2f}" if abs(v.ours) < 1.0 else f"{v.ours:.1f}",
            f"{v.check.low:g} to {v.check.high:g}",
            "" if v.holds else "miss",
            v.check.basis,
            "after" if v.check.after_cutoff else "before",
            f"`{v.check.source}`",
        ]
        for v in found
    ]
    heads = (
        "figure",
        "published",
        "ours",
        "tolerance",
        "",
        "where the tolerance comes from",
        "cutoff",
        "source",
    )
    return markdown(heads, rows, words=(0, 4, 5, 6, 7))


def replay_months() -> str:
    """Returns trade and duties of 2025 by month, the model's beside those on record, USD bn."""
    heads = ["month"]
    for words in SERIES_WORDS.values():
        heads += [words, "record"]
    return markdown(heads, [month_cells(month) for month in _replayed()])


def replay_errors() -> str:
    """Returns the errors of sums over three months in a row, in % of the record."""
    months = _replayed()
    table = markdown(["sum", *SERIES_WORDS.values()], error_rows(months))
    return f"{table}\n\n{misses(months)}"


@cache
def _replayed() -> list[ReplayMonth]:
    return central_replay()


def _triple(values: Iterable[float]) -> str:
    return ", ".join(f"{value + 0.0:+.2f}" for value in values)


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "symbols": symbols,
    "scales": scales,
    "us-sectors": us_sectors,
    "cn-sectors": cn_sectors,
    "layer-costs": layer_costs,
    "clause-values": clause_values,
    "equilibrium": equilibrium,
    "regions": regions,
    "grid-error": grid_error,
    "gains": gains,
    "elasticities": elasticities,
    "validation": validation,
    "replay-months": replay_months,
    "replay-errors": replay_errors,
    "influences": influences,
    "signs": signs,
    "published-signs": published_signs,
}
"""Tables by the name in the mark of the page."""
