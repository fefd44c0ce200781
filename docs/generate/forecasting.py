"""Tables of docs/forecasting.md and its charts, the published backtest they are read from, and the
lead answer of the README.

`python -m docs.generate.forecasting` forecasts from all origins under both codings of Phase One and
under all ways of drawing parameters, publishes the usual backtest (as `detente backtest --publish`
does), compares behaviour with the record, plays all scenarios, and takes some twenty minutes.
`-n 500` plays fewer runs than usual.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from docs.generate.economy import FIGURES, save
from docs.generate.markdown import markdown, renewed
from sim import api
from sim.backtest.backtests.backtest import Backtest
from sim.backtest.backtests.duty_scores import duty_forecasts, level_on
from sim.backtest.backtests.ledger import BASE, INFORMED, MODEL
from sim.backtest.backtests.origin_forecasts import OriginForecast
from sim.backtest.backtests.resolved import MIXED, resolved_forecasts
from sim.backtest.backtests.scoring import SCORED
from sim.backtest.behaviour.checks import BehaviourChecks
from sim.backtest.phase_one import ENDED, IN_FORCE
from sim.backtest.regimes import REGIMES
from sim.backtest.scores.events import brier
from sim.backtest.scores.numbers import crps
from sim.backtest.scores.skill import skill
from sim.experiment.inputs.modes import FIXED, MODES, POSTERIOR, PRIOR
from sim.experiment.publication.tables import table_of
from sim.experiment.stats.intervals import Estimate
from sim.history.tariffs import LAST_DAY
from sim.report.pages.forecasts.backtest import DUTY_NAMES, NAMES, score_text
from sim.requests.forecasts.span import EACH, PARTICLES, WINDOW_RUNS
from sim.scenario.catalog import names

PAGE: Final = Path(__file__).resolve().parents[1] / "forecasting.md"

README: Final = PAGE.parents[1] / "README.md"

MODE_NAMES: Final = {FIXED: "central values", PRIOR: "priors", POSTERIOR: "posterior"}

OTHER: Final = "posterior, other luck"
OTHER_SEED: Final = 2
"""Seed of a second posterior, which shows what luck there is in the first."""

Headlines = Mapping[tuple[str, str], Mapping[str, float]]
"""Headline shares by scenario and way of drawing parameters, then by figure."""

HEADLINE_RUNS: Final = 4000
"""Runs of a scenario for its headlines; a share is then known to a point or two. Parameters are
drawn anew so often that each draw of a posterior comes once."""

LEAD_RUNS: Final = 10_000
LEAD: Final = "october-2025-apec"
LEAD_DAY: Final = "2025-11-11"

CODING_NAMES: Final = {ENDED: "ended with 2021", IN_FORCE: "in force until 2025"}


def scores_table(found: Backtest) -> str:
    """Returns the mean Brier score of every forecaster by horizon."""
    rows = [
        [NAMES[who], *(score_text(scores.brier[who]) for scores in found.scores)] for who in SCORED
    ]
    rows.append(
        ["skill of the mixture over the drifting rate"]
        + [skill_text(scores.skill[MIXED]) for scores in found.scores]
    )
    return markdown(["", *(f"{scores.horizon} days" for scores in found.scores)], rows)


def codings_table(found: Mapping[str, Backtest]) -> str:
    """Returns the scores of model, mixture and informed hazards under both codings."""
    rows = [
        [CODING_NAMES[coding], NAMES[who], *(score_text(s.brier[who]) for s in backtest.scores)]
        for coding, backtest in found.items()
        for who in (MODEL, MIXED, INFORMED)
    ]
    days = [f"{scores.horizon} days" for scores in found[ENDED].scores]
    return markdown(["Phase One", "", *days], rows, words=(0, 1))


def parameters_table(found: Mapping[str, Backtest]) -> str:
    """Returns the scores of the model under central values, priors and yearly posteriors."""
    rows = []
    for mode, backtest in found.items():
        for scores in backtest.scores:
            duties = [score_text(scores.duties[duty].crps, 2) for duty in DUTY_NAMES]
            briers = [score_text(scores.brier[who]) for who in (MODEL, MIXED)]
            rows.append([MODE_NAMES[mode], f"{scores.horizon} days", *briers, *duties])
    crps = [f"CRPS, {name}" for name in DUTY_NAMES.values()]
    heads = ["parameters", "within", "Brier, model", "Brier, mixture", *crps]
    return markdown(heads, rows, words=(0, 1))


def gains_table(found: Mapping[str, Backtest]) -> str:
    """Returns the skill of the posterior over central values and over priors, with intervals."""
    rows = []
    for mode in (FIXED, PRIOR):
        for scores in found[POSTERIOR].scores:
            days = scores.horizon
            ours, theirs = (resolved_forecasts(found[m].rows, days) for m in (POSTERIOR, mode))
            squares = (brier(each.told[MODEL], each.outcomes) for each in (ours, theirs))
            cells = [skill_text(skill(*squares, ours.origins, ours.block))]
            for duty in DUTY_NAMES:
                pair = (duty_losses(duty, days, found[m].forecasts) for m in (POSTERIOR, mode))
                losses, reference = (np.array(list(each)) for each in pair)
                origins = np.unique(ours.origins)
                cells.append(skill_text(skill(losses, reference, origins, ours.block)))
            rows.append([MODE_NAMES[mode], f"{days} days", *cells])
    heads = ["posterior against", "within", "Brier", *DUTY_NAMES.values()]
    return markdown(heads, rows, words=(0, 1))


def headline_shares() -> Headlines:
    """Returns the headline shares of every scenario by how parameters are drawn.

    The posterior is learned once more with other luck, which takes some minutes.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "other.json"
        api.calibrate(out=file, seed=OTHER_SEED)
        ways = {name: mode for mode, name in MODE_NAMES.items()} | {OTHER: str(file)}
        return {
            (scenario, way): _headlines(scenario, parameters)
            for scenario in sorted(names())
            for way, parameters in ways.items()
        }


def headlines_table(shares: Headlines) -> str:
    """Returns the headline shares of every scenario by how parameters are drawn."""
    ways = (*MODE_NAMES.values(), OTHER)
    rows = []
    for scenario in sorted(names()):
        tables = [shares[scenario, way] for way in ways]
        for figure in tables[0]:
            cells = [f"{100.0 * table[figure]:.0f}%" for table in tables]
            rows.append([scenario, f"`{figure}`", *cells])
    return markdown(["scenario", "share of runs", *ways], rows, words=(0, 1))


def seeds_sentence(shares: Headlines) -> str:
    """Returns how far the headlines under two posteriors of different luck lie apart."""
    apart = {
        (scenario, figure): 100.0 * abs(share - shares[scenario, OTHER][figure])
        for scenario in names()
        for figure, share in shares[scenario, MODE_NAMES[POSTERIOR]].items()
    }
    scenario, figure = max(apart, key=lambda place: apart[place])
    return (
        f"The {len(apart)} headlines under two posteriors learned with different luck lie "
        f"{np.mean(list(apart.values())):.1f} points apart in the mean and "
        f"{apart[scenario, figure]:.1f} at most (`{figure}` in {scenario})."
    )


def lead_answer() -> str:
    """Returns the answer to the question with which the README opens."""
    name = f"truce_in_force@{LEAD_DAY}"
    shares = {}
    for mode in MODE_NAMES:
        answer = api.run(LEAD, n=LEAD_RUNS, at=LEAD_DAY, parameters=mode, paths="none", brief=True)
        shares[mode] = answer.p(name)
    found = shares[POSTERIOR]
    low, high = 100.0 * found.low, 100.0 * found.high
    others = " and ".join(f"{100.0 * shares[m]:.0f}% with {MODE_NAMES[m]}" for m in MODES[:2])
    return (
        f"**As of 23 October 2025: in {100.0 * found:.0f}% of {LEAD_RUNS:,} runs a truce is "
        f"in force on 11 November 2025** (95% interval {low:.0f} to {high:.0f}), with parameters "
        "drawn from what the record since 2017 tells about them (`detente run october-2025-apec "
        f"--at {LEAD_DAY} --parameters posterior`); {others}."
    )


def _headlines(scenario: str, mode: str) -> dict[str, float]:
    """Returns the headline shares at the end of the runs of a scenario."""
    drawn = {} if mode == FIXED else {"per_vector": HEADLINE_RUNS // PARTICLES}
    batch = api.run(
        scenario, n=HEADLINE_RUNS, parameters=mode, paths="none", brief=True, **drawn
    ).batch
    figures = table_of(batch).figures.values()
    return {each.name: each.value for each in figures if each.unit == "share"}


def regimes_table(found: Backtest) -> str:
    """Returns the scores by administration and horizon."""
    rows = [
        [
            each.regime,
            f"{scores.horizon} days",
            str(each.origins),
            *(score_text(each.brier[who]) for who in (MODEL, MIXED, BASE, INFORMED)),
            skill_text(each.skill[MIXED]),
        ]
        for regime in REGIMES
        for scores in found.scores
        for each in scores.regimes
        if each.regime == regime.name
    ]
    heads = ["", "within", "origins", "model", "mixture", "drifting rate", "informed"]
    return markdown([*heads, "skill of the mixture"], rows, words=(0, 1))


def duties_table(found: Backtest) -> str:
    """Returns the scores of the average duties."""
    rows = [
        [
            DUTY_NAMES[duty],
            f"{scores.horizon} days",
            score_text(each.crps, 2),
            score_text(each.same, 2),
            skill_text(each.skill),
        ]
        for duty in DUTY_NAMES
        for scores in found.scores
        for each in (scores.duties[duty],)
    ]
    heads = ["CRPS, points", "after", "model", "persistence", "skill"]
    return markdown(heads, rows, words=(0, 1))


def reliability_table(found: Backtest) -> str:
    """Returns how many bins of probability lie outside their band."""
    rows = []
    for scores in found.scores:
        cells = [f"{scores.horizon} days"]
        for who in (MIXED, MODEL):
            table = scores.reliability[who]
            outside = sum(not each.is_reliable for each in table)
            cells.append(f"{outside} of {len(table)}")
        rows.append(cells)
    return markdown(["bins outside the simultaneous band", "mixture", "model"], rows)


def behaviour_table(found: Mapping[str, BehaviourChecks]) -> str:
    """Returns the share of counts in their bands by administration and drawing of parameters."""
    rows = []
    for mode, checks in found.items():
        for regime in (*REGIMES, None):
            name = "all" if regime is None else regime.title
            tallies = (checks.tally(regime), checks.tally(regime, idle=False))
            rows.append([MODE_NAMES[mode], name, *(_share(*each) for each in tallies)])
    heads = ["parameters", "", "counts in their bands", "without idle counts"]
    return markdown(heads, rows, words=(0, 1))


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100.0 * part / whole:.0f}%)"


def skill_text(found: Estimate) -> str:
    """Returns a skill with its interval."""
    low, high = score_text(found.low, 2), score_text(found.high, 2)
    return f"{score_text(found.value, 2)} ({low} to {high})"


def duty_losses(duty: str, horizon: int, forecasts: Sequence[OriginForecast]) -> Iterator[float]:
    """Yields the CRPS of each forecast of a duty that ended within the record."""
    for each in duty_forecasts(duty, horizon, forecasts):
        if each.origin + horizon <= LAST_DAY:
            came = np.array([level_on(duty, each.origin + horizon)])
            yield float(crps(each.members[np.newaxis], came)[0])


def main(arguments: list[str]) -> None:
    """Publishes the backtest, and rewrites tables and charts."""
    n = int(arguments[arguments.index("-n") + 1]) if "-n" in arguments else EACH
    # What is not published may be known a little less well.
    fewer = max(n // 2, 100)
    published = api.backtest_forecasts(n=n, phase_one=ENDED, publish=True)
    other = api.backtest_forecasts(n=fewer, phase_one=IN_FORCE)
    found = {ENDED: published.backtest, IN_FORCE: other.backtest}
    drawn = {FIXED: published.backtest} | {
        mode: api.backtest_forecasts(n=fewer, parameters=mode).backtest
        for mode in (PRIOR, POSTERIOR)
    }
    behaviours = {
        mode: api.validate_behaviour(n=min(n, WINDOW_RUNS), parameters=mode) for mode in MODE_NAMES
    }
    behaviour = behaviours[FIXED]
    shares = headline_shares()
    tables: dict[str, Callable[[], str]] = {
        "scores": partial(scores_table, found[ENDED]),
        "codings": partial(codings_table, found),
        "regimes": partial(regimes_table, found[ENDED]),
        "duties": partial(duties_table, found[ENDED]),
        "reliability": partial(reliability_table, found[ENDED]),
        "behaviour": partial(behaviour_table, {m: b.found for m, b in behaviours.items()}),
        "parameters": partial(parameters_table, drawn),
        "gains": partial(gains_table, drawn),
        "headlines": partial(headlines_table, shares),
        "seeds": partial(seeds_sentence, shares),
    }
    lead = {"answer": lead_answer}
    README.write_text(renewed(README.read_text("utf-8"), lead), "utf-8")
    PAGE.write_text(renewed(PAGE.read_text("utf-8"), tables), "utf-8")
    for answer in (published, behaviour):
        for name, figure in answer.plot.every():
            save(figure, FIGURES / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
