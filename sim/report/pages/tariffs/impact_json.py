"""JSON of the tariff calculator, and the sources of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from sim.experiment.tariffs.duties import Duties, Pair, unplayed_steps
from sim.experiment.tariffs.impact import BAND, Floats, Impact, estimate
from sim.experiment.tariffs.lines import Line
from sim.experiment.tariffs.schedule import DutiesOfDay
from sim.report.json_values import clean
from sim.report.words.impact import CONTENT_NOTE, EQUATIONS, held_note
from sim.report.words.numbers import iso_day
from sim.scenario.evidence import sources
from sim.scenario.resolved_scenario import Parameter, Provenance

ASSUMED: Final = "assumed"
NOTE: Final = (
    "Bands are quantiles over the priors of elasticities, pass-through and responses, not over "
    "government decisions."
)


def impact_json(found: Impact) -> dict[str, Any]:
    """Returns a calculation as one JSON object."""
    return {
        "schema": 1,
        "world": found.resolved.name,
        "from": iso_day(found.start),
        "until": iso_day(found.days[-1]),
        "months": len(found.days),
        "sector": found.sector,
        "sectors": found.sectors,
        "pairs": [duties_json(*each) for each in zip(found.duties, found.played, strict=True)],
        "n": found.n,
        "seed": found.seed,
        "band": list(BAND),
        "drawn": list(found.drawn),
        "beyond_table": found.beyond_table,
        "draws_beyond_table": found.draws_beyond,
        "lines": [line_json(found, place) for place in range(len(found.lines))],
        "equations": {str(number): EQUATIONS[number] for number in used_equations(found)},
        "sources": {key: source_json(key) for key in all_keys(found)},
        "note": NOTE,
        "note_on_prices": CONTENT_NOTE,
    }


def duties_json(duties: Duties, played: Sequence[DutiesOfDay]) -> dict[str, Any]:
    """Returns duties as a JSON object: a pair with its points, a schedule with its rows."""
    if isinstance(duties, Pair):
        return {"name": str(duties), "us_pp": duties.us_pp, "cn_pp": duties.cn_pp}
    replaced, late = unplayed_steps(duties, played)
    idle = {step.line for step in (*replaced, *late)}
    rows = [
        {
            "line": step.line,
            "date": iso_day(step.day),
            "announced": iso_day(step.announced),
            "side": step.side,
            "on": step.on,
            "points_pp": step.points_pp,
            "coverage": step.coverage,
            "note": step.note,
            "source": step.source,
            "has_effect": step.line not in idle,
        }
        for step in duties.steps
    ]
    return {"name": duties.name, "path": {"file": duties.file or None, "rows": rows}}


def source_json(key: str) -> dict[str, Any]:
    """Returns a source as a JSON object: text, publication date, and mark of certainty."""
    source = sources()[key]
    return {"text": source.text, "published": source.published.isoformat(), "mark": source.mark}


def line_json(found: Impact, place: int) -> dict[str, Any]:
    """Returns a line as a JSON object: description, values with bands, sources."""
    line = found.lines[place]
    result = {
        "name": line.name,
        "unit": line.unit,
        "step": line.step,
        "meaning": line.meaning,
        "equations": list(line.equations),
        "source": main_source(found, line),
        "sources": list(keys_of(found, line)),
        "assumed": [name for name in line.rests if known(found, name).kind == ASSUMED],
        "before": found.before[place],
        "values": [
            _values(name, found.central[which, place], found.draws[:, which, place])
            for which, name in enumerate(map(str, found.duties))
        ],
    }
    if len(found.duties) == 2:
        apart = found.draws[:, 0, place] - found.draws[:, 1, place]
        result["difference"] = {
            **_band(found.central[0, place] - found.central[1, place], apart),
            "share_higher": found.share_higher(place),
        }
    if line.equations[:1] == (11,) and (held := macro_note(found)):
        result["note"] = held
    if line.monthly:
        result["by_month"] = _by_month(found, line)
        result["by_quarter"] = _by_quarter(found, line)
    cleaned: dict[str, Any] = clean(result)
    return cleaned


def _by_month(found: Impact, line: Line) -> list[dict[str, Any]]:
    """Returns the values of a line on the first day of each month."""
    place = found.monthly.index(line)
    return [
        {
            "date": iso_day(day),
            "values": [
                _values(
                    name,
                    found.central_path[which, month, place],
                    found.draws_path[:, which, month, place],
                )
                for which, name in enumerate(map(str, found.duties))
            ],
        }
        for month, day in enumerate(found.days)
    ]


def _by_quarter(found: Impact, line: Line) -> list[dict[str, Any]]:
    """Returns the values of a line in the last month of each quarter, and their mean over the
    months of the quarter that are played."""
    place = found.monthly.index(line)
    central, draws = found.central_path[:, :, place], found.draws_path[:, :, :, place]
    return [
        {
            "quarter": quarter,
            "months": len(months),
            "values": [
                {
                    "pair": name,
                    "end": _band(central[which, months[-1]], draws[:, which, months[-1]]),
                    "mean": _band(
                        central[which, months].mean(), draws[:, which, months].mean(axis=1)
                    ),
                }
                for which, name in enumerate(map(str, found.duties))
            ],
        }
        for quarter, months in found.quarters.items()
    ]


def _values(pair: str, central: float, draws: Floats) -> dict[str, Any]:
    return {"pair": pair, **_band(central, draws)}


def _band(central: float, draws: Floats) -> dict[str, Any]:
    found = estimate(float(central), draws)
    return {
        "estimate": found.value,
        "central": central,
        "low": found.low,
        "p25": float(np.quantile(draws, 0.25)),
        "median": float(np.median(draws)),
        "p75": float(np.quantile(draws, 0.75)),
        "high": found.high,
    }


def macro_note(found: Impact) -> str:
    """Returns how the months compare with the published responses of output, prices and jobs; empty
    if they are within them."""
    fade = float(found.resolved.parameters["macro.us.fade_months"].value)
    scheduled = any(not isinstance(duties, Pair) for duties in found.duties)
    # Duties are no month old in the first month in which they are in force.
    age = max(sum(bool(today.in_force) for today in played) - 1 for played in found.played)
    return held_note(age, fade, several=scheduled)


def known(found: Impact, name: str) -> Parameter | Provenance:
    """Returns the metadata of a parameter or a state field that a line depends on."""
    if name in found.resolved.parameters:
        return found.resolved.parameters[name]
    return found.resolved.sources[name]


def main_source(found: Impact, line: Line) -> str:
    """Returns the key of the source of a line's main number, or `assumed`."""
    main = known(found, line.rests[0])
    return ASSUMED if main.kind == ASSUMED else main.source


def keys_of(found: Impact, line: Line) -> tuple[str, ...]:
    """Returns the keys of all sources of a line without duplicates, the main one first."""
    cited = (known(found, name) for name in line.rests)
    keys = [number.source for number in cited if number.kind != ASSUMED]
    return tuple(dict.fromkeys((*keys, *line.sources)))


def all_keys(found: Impact) -> tuple[str, ...]:
    """Returns the keys of the sources of all lines, in the order of the lines."""
    return tuple(dict.fromkeys(key for line in found.lines for key in keys_of(found, line)))


def used_equations(found: Impact) -> tuple[int, ...]:
    """Returns the numbers of the equations used by any line, in ascending order."""
    return tuple(sorted({number for line in found.lines for number in line.equations}))
