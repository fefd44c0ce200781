"""Tables of docs/economy.md on what moves the numbers most, and which sign they have when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from docs.generate.markdown import markdown
from sim.engine.world import Opener
from sim.experiment.inputs.priors import inverse_cdf
from sim.experiment.tariffs.bench import WORLD
from sim.experiment.tariffs.checks import verdicts
from sim.experiment.tariffs.duties import Pair
from sim.experiment.tariffs.impact import drawn_names, play
from sim.experiment.tariffs.lines import LINES, Line
from sim.experiment.tariffs.schedule import DutiesOfDay, by_month
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.report.words.numbers import number_text, signed
from sim.scenario.duty_schedule import BASELINE
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

CASES: Final = (Pair(30.0, 10.0), Pair(60.0, 60.0), Pair(145.0, 125.0))
MONTHS: Final = 24
MOST: Final = 5
ENDS: Final = (0.05, 0.95)
"""Parts of its prior between which a parameter is moved."""

FIGURES: Final = {
    "us_imports_change_pct": "US imports, %",
    "us_revenue_change_usd_bn_per_year": "US revenue, $ bn a year",
    "us_real_income_pct": "US real income, %",
    "us_jobs_thousand": "US jobs, thousands",
}
HORIZONS: Final = (12, 24, 60)
SIGNS: Final = {
    "us_real_income_pct": "US real income, long run, %",
    "cn_real_income_pct": "Chinese real income, long run, %",
    "us_static_gain_usd_bn_per_year": "US static gain, $ bn a year",
    "us_consumer_prices_pct": "US consumer prices, %",
    "us_prices_with_inputs_pct": "US prices by content, %",
    "us_output_pct": "US output, %",
    "us_jobs_thousand": "US jobs, thousands",
    "us_imports_change_pct": "US imports from China, %",
    "cn_imports_change_pct": "Chinese imports from the US, %",
    "us_revenue_change_usd_bn_per_year": "US revenue, $ bn a year",
}

PUBLISHED: Final = (
    "net_income",
    "war_us",
    "war_cn",
    "deadweight",
    "core_goods",
    "core_prices",
    "damage",
    "long_run_output",
    "long_run_prices",
    "targeted_imports",
    "revenue_gain",
)
"""Keys of published figures that bear on the signs."""


class Swing(NamedTuple):
    """Values of a figure with a parameter at the ends and the centre of its prior.

    Attributes:
        name: The parameter.
        low: Value at the lower end.
        centre: Value at the centre.
        high: Value at the upper end.
    """

    name: str
    low: float
    centre: float
    high: float

    @property
    def width(self) -> float:
        """Distance between the lowest and the highest of the values."""
        return max(self[1:]) - min(self[1:])

    def text(self, step: float) -> str:
        """Returns the name and the two ends; nothing if the figure moves by less than a step."""
        if self.width < step:
            return ""
        return f"`{self.name}` {signed(self.low, step=step)} to {signed(self.high, step=step)}"


def influences() -> str:
    """Returns, for each case and figure, the parameters whose ranges move it most."""
    resolved = resolve(WORLD)
    lines = [_line(name) for name in FIGURES]
    centre = values(resolved, lines)
    swings = {name: tuple(swung(resolved, lines, name)) for name in common_names(resolved)}
    rows = []
    for case, pair in enumerate(CASES):
        for place, line in enumerate(lines):
            found = [
                Swing(name, low[case][place], centre[case][place], high[case][place])
                for name, (low, high) in swings.items()
            ]
            found.sort(key=lambda swing: swing.width, reverse=True)
            rows.append(
                [
                    f"{pair}: {FIGURES[line.name]}",
                    signed(centre[case][place], step=line.step),
                    *(swing.text(line.step) for swing in found[:MOST]),
                ]
            )
    heads = ("duties and figure", "centre", "first", "second", "third", "fourth", "fifth")
    return markdown(heads, rows, words=(0, 2, 3, 4, 5, 6))


def swung(resolved: Resolved, lines: Sequence[Line], name: str) -> Iterator[list[list[float]]]:
    """Yields the values of all cases with a parameter at either end of its prior."""
    prior = resolved.parameters[name].prior
    assert prior is not None
    for end in ENDS:
        yield values(resolved, lines, {name: inverse_cdf(prior, end)})


def values(
    resolved: Resolved, lines: Sequence[Line], changes: Mapping[str, float] | None = None
) -> list[list[float]]:
    """Returns the values of all cases at the end, by case and line."""
    params, state = Opener(resolved).open(changes)
    return play(params, state, cases(params, MONTHS), lines)[0]


def cases(params: Params, months: int) -> list[tuple[DutiesOfDay, ...]]:
    """Returns each case in force for some months."""
    day = BASELINE.toordinal()
    return [by_month(pair.steps(day, params.fentanyl_cap_pp), [day] * months) for pair in CASES]


def common_names(resolved: Resolved) -> list[str]:
    """Returns the uncertain parameters that belong to no single sector."""
    slots = slot_index(Params)
    return [name for name in drawn_names(resolved) if not slots[name].attr.startswith("good_")]


def signs() -> str:
    """Returns the figures whose sign matters, by case and horizon."""
    lines = [_line(name) for name in SIGNS]
    params, state = Opener(resolve(WORLD)).open(None)
    found = [play(params, state, cases(params, months), lines)[0] for months in HORIZONS]
    rows = [
        [
            SIGNS[line.name],
            *(
                signed(found[when][case][place], step=line.step)
                for case in range(len(CASES))
                for when in range(len(HORIZONS))
            ),
        ]
        for place, line in enumerate(lines)
    ]
    heads = ("months", *(f"{pair}: {months}" for pair in CASES for months in HORIZONS))
    return markdown(heads, rows)


def published_signs() -> str:
    """Returns the published figures that bear on these signs, and whether ours agree."""
    found = {v.check.key: v for v in verdicts()}
    rows = [
        [
            f"{v.check.what} ({v.check.unit})",
            number_text(v.check.published),
            number_text(v.ours),
            "yes" if v.ours * v.check.published > 0.0 else "no",
            "yes" if v.holds else "no",
            f"`{v.check.source}`",
        ]
        for v in (found[key] for key in PUBLISHED)
    ]
    heads = ("figure", "published", "ours", "same sign", "within the tolerance", "source")
    return markdown(heads, rows, words=(0, 3, 4, 5))


def _line(name: str) -> Line:
    return next(line for line in LINES if line.name == name)
