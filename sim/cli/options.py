"""Options the verbs share, and how their words become values.

A table rather than long signatures: `takes("n", "seed")` gives a command those options and hands
their values over as one mapping, so that an option means the same on every verb.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, Final, get_type_hints

import typer

from sim.experiment.runs.defaults import PER_VECTOR, RUNS, SEED
from sim.requests.options import EXECUTOR, RESULTS_VARIABLE

Values = dict[str, Any]


def complete_scenarios(incomplete: str) -> list[str]:
    """Returns the scenario names that begin as typed, for shell completion."""
    from sim.scenario.catalog import names

    return [name for name in names() if name.startswith(incomplete)]


Scenario = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="Name of a scenario (see: detente list) or path of a scenario file.",
        autocompletion=complete_scenarios,
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress bar, no notes.")]


def _can_draw(folder: str | None) -> str | None:
    """Refuses at once what could not be drawn after long play."""
    if folder is not None:
        from sim.report.figures.plots import check_plotting, open_folder

        check_plotting()
        open_folder(folder)
    return folder


Figures = Annotated[
    str | None,
    typer.Option(
        "--figures",
        metavar="DIR",
        help="Write pictures there too, as PNG and SVG.",
        callback=_can_draw,
        show_default=False,
    ),
]
Results = Annotated[
    str | None,
    typer.Option(
        "--results",
        metavar="DIR",
        envvar=RESULTS_VARIABLE,
        help="Folder for results (default: results).",
        show_default=False,
    ),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar="OUTCOME",
        help=(
            "What to look at: tension, truce_in_force@2025-11-11, path_class=conflict or "
            "'us_addon_pp>=60'; may be repeated."
        ),
        show_default=False,
    ),
]

Sample = Annotated[
    str | None,
    typer.Option(
        "--sample",
        metavar="sobol|lhs",
        help="Draw points between the ends instead of playing a grid.",
        show_default=False,
    ),
]
Replicates = Annotated[
    int | None,
    typer.Option(
        "--replicates",
        metavar="R",
        help="Histories at each drawn point (default: 64).",
        show_default=False,
    ),
]

OPTIONS: Final[dict[str, tuple[Any, Any]]] = {
    "n": (
        Annotated[
            int,
            typer.Option("-n", "--runs", metavar="N", help="How many histories to play."),
        ],
        RUNS,
    ),
    "seed": (
        Annotated[
            int,
            typer.Option("--seed", metavar="SEED", help="Which luck to draw, 0 to 4294967295."),
        ],
        SEED,
    ),
    "sets": (
        Annotated[
            list[str],
            typer.Option(
                "--set",
                metavar="NAME=VALUE",
                help="Change one number, e.g. us.leader.autonomy=0.4; may be repeated.",
                show_default=False,
            ),
        ],
        (),
    ),
    "until": (
        Annotated[
            str | None,
            typer.Option("--until", metavar="DATE", help="Last day to play, e.g. 2026-06-30."),
        ],
        None,
    ),
    "at": (
        Annotated[
            list[str],
            typer.Option(
                "--at",
                metavar="DATE",
                help="Report the state on this day too; may be repeated.",
                show_default=False,
            ),
        ],
        (),
    ),
    "parameters": (
        Annotated[
            str,
            typer.Option(
                "--parameters",
                metavar="fixed|prior",
                help="Central values, or drawn from their ranges.",
            ),
        ],
        "fixed",
    ),
    "per_vector": (
        Annotated[
            int,
            typer.Option(
                "--per-vector", metavar="K", help="Runs for each draw of parameters (with prior)."
            ),
        ],
        PER_VECTOR,
    ),
    "precision": (
        Annotated[
            float | None,
            typer.Option(
                "--precision",
                metavar="P",
                help="Go on until headline probabilities, or --for, are known to plus or minus P.",
                show_default=False,
            ),
        ],
        None,
    ),
    "precision_for": (
        Annotated[
            str | None,
            typer.Option(
                "--for",
                metavar="OUTCOME",
                help="What --precision is of, e.g. truce_in_force@2025-11-11 (a number: its mean).",
                show_default=False,
            ),
        ],
        None,
    ),
    "most": (
        Annotated[
            int | None,
            typer.Option(
                "--max",
                metavar="N",
                help="Histories at which --precision stops anyhow (default: 1,000,000).",
                show_default=False,
            ),
        ],
        None,
    ),
    "engine": (
        Annotated[
            str,
            typer.Option(
                "--engine",
                metavar="auto|simpy|compiled",
                help="What plays; the numbers are the same (auto: what is done first).",
            ),
        ],
        "auto",
    ),
    "events": (
        Annotated[
            bool,
            typer.Option("--events", help="Keep what happened too, for: detente query."),
        ],
        False,
    ),
    "paths": (
        Annotated[
            str,
            typer.Option(
                "--paths",
                metavar="first|all|none",
                help="Weekly paths to keep: of the first 10,000 histories, all or none.",
            ),
        ],
        "first",
    ),
    "workers": (
        Annotated[
            int | None,
            typer.Option(
                "--workers", "-j", metavar="J", help="Workers (default: one a core).",
                show_default=False,
            ),
        ],
        None,
    ),
    "executor": (
        Annotated[
            str,
            typer.Option(
                "--executor",
                metavar="auto|threads|processes|dask",
                help="What plays: workers of this machine, or a Dask cluster.",
            ),
        ],
        EXECUTOR,
    ),
    "scheduler": (
        Annotated[
            str | None,
            typer.Option(
                "--scheduler",
                metavar="ADDRESS",
                help="Dask scheduler, e.g. tcp://10.0.0.5:8786 (with --executor dask).",
                show_default=False,
            ),
        ],
        None,
    ),
    "force": (
        Annotated[bool, typer.Option("--force", help="Play again what is already there.")],
        False,
    ),
    "given": (
        Annotated[
            list[str],
            typer.Option(
                "--given",
                metavar="COND",
                help="Count only histories that meet this, e.g. 'us_addon_pp@2025-11-01>=60' or "
                "'ministers_round_by@2025-11-01=no'; may be repeated.",
                show_default=False,
            ),
        ],
        (),
    ),
    "results": (Results, None),
}  # fmt: skip

BATCH: Final = tuple(OPTIONS)
_PRECISE: Final = ("precision", "precision_for", "most")
PAIRED: Final = tuple(name for name in BATCH if name not in _PRECISE)
GRID: Final = tuple(name for name in PAIRED if name not in {"events", "paths", "given"})


def takes(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the named options; it receives their values as the mapping `options`."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        hints = get_type_hints(command, include_extras=True)
        own = [
            p.replace(annotation=hints[p.name])
            for p in inspect.signature(command).parameters.values()
            if p.name != "options"
        ]
        extra = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                annotation=OPTIONS[name][0],
                default=OPTIONS[name][1],
            )
            for name in names
        ]
        required = [p for p in own if p.default is p.empty]
        optional = [p for p in own if p.default is not p.empty]

        @functools.wraps(command)
        def wrapped(**values: Any) -> None:
            options = {name: values.pop(name) for name in names}
            command(**values, options=cleaned(options))

        parameters = [
            p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*required, *extra, *optional)
        ]
        wrapped.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        wrapped.__annotations__ = {p.name: p.annotation for p in parameters}
        return wrapped

    return decorate


def cleaned(options: Values) -> Values:
    """Leaves out what was not given."""
    out = {name: value for name, value in options.items() if value is not None}
    for name in ("at", "given", "sets"):
        if name in out:
            out[name] = tuple(out[name])
    return out
