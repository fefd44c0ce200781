"""Options that several verbs share, and the decorator that adds them to a command.

They are kept in one table, so that an option means the same on every verb:
`takes("n", "seed")` adds these two to a command, which receives their values as one mapping.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, Final, get_type_hints

import typer

from sim.cli import completion
from sim.experiment.runs.defaults import PER_VECTOR, RUNS, SEED
from sim.requests.options import EXECUTOR, RESULTS_VARIABLE

Values = dict[str, Any]


Scenario = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="Name of a scenario (see: detente list) or path to a scenario file.",
        autocompletion=completion.scenarios,
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Show no progress bar and no notes.")]


def _can_draw(folder: str | None) -> str | None:
    """Refuses a folder in which charts could not be saved, before any run is simulated."""
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
        help="Also write charts to DIR, as PNG and SVG.",
        callback=_can_draw,
        show_default=False,
    ),
]


def _can_export(file: str | None) -> str | None:
    """Refuses a file that could not be written, before any run is simulated."""
    if file is not None:
        from sim.report.exports.files import check_file

        check_file(file)
    return file


ExportFile = Annotated[
    str | None,
    typer.Option(
        "--export",
        metavar="FILE",
        help="Also write all numbers to a new file: .xlsx for a spreadsheet, .csv or .parquet.",
        callback=_can_export,
        show_default=False,
    ),
]


def _can_report(file: str | None) -> str | None:
    """Checks `--report FILE` before anything is simulated."""
    if file is not None:
        from sim.report.answers.report import check_report

        check_report(file)
    return file


ReportFile = Annotated[
    str | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="Also write all this with its charts as one HTML page.",
        callback=_can_report,
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
            "Outcome to report, e.g. tension, truce_in_force@2025-11-11, path_class=conflict or "
            "'us_addon_pp>=60'; may be repeated."
        ),
        autocompletion=completion.outcomes,
        show_default=False,
    ),
]

Sample = Annotated[
    str | None,
    typer.Option(
        "--sample",
        metavar="sobol|lhs",
        help="Sample points from the ranges instead of running a grid.",
        show_default=False,
    ),
]
Replicates = Annotated[
    int | None,
    typer.Option(
        "--replicates",
        metavar="R",
        help="Runs at each sampled point (default: 64).",
        show_default=False,
    ),
]

RecordFile = Annotated[
    str | None,
    typer.Option(
        "--record",
        metavar="FILE",
        help="Add the acts in a CSV file to the record (see: detente history template).",
        show_default=False,
    ),
]

OPTIONS: Final[dict[str, tuple[Any, Any]]] = {
    "n": (
        Annotated[
            int,
            typer.Option("-n", metavar="N", help="Number of runs (for each scenario)."),
        ],
        RUNS,
    ),
    "seed": (
        Annotated[
            int,
            typer.Option("--seed", metavar="SEED", help="Random seed, 0 to 4294967295."),
        ],
        SEED,
    ),
    "sets": (
        Annotated[
            list[str],
            typer.Option(
                "--set",
                metavar="NAME=VALUE",
                help="Change one number, e.g. us.hawks.influence=0.6; may be repeated.",
                autocompletion=completion.settings,
                show_default=False,
            ),
        ],
        (),
    ),
    "presets": (
        Annotated[
            list[str],
            typer.Option(
                "--preset",
                metavar="NAME",
                help="Make the changes that the scenario file names so "
                "(see: detente scenario show); may be repeated. Those of --set come after them.",
                show_default=False,
            ),
        ],
        (),
    ),
    "until": (
        Annotated[
            str | None,
            typer.Option("--until", metavar="DATE", help="Last simulated day, e.g. 2026-06-30."),
        ],
        None,
    ),
    "at": (
        Annotated[
            list[str],
            typer.Option(
                "--at",
                metavar="DATE",
                help="Also report the state on this day; may be repeated.",
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
                metavar="fixed|prior|posterior|FILE",
                help="Keep uncertain parameters at their central values (fixed), or draw them from "
                "their ranges (prior) or from what the record tells about them (posterior; FILE "
                "is one that detente calibrate made).",
            ),
        ],
        "fixed",
    ),
    "per_vector": (
        Annotated[
            int,
            typer.Option(
                "--per-vector",
                metavar="K",
                help="Runs for each drawn set (vector) of parameters (if they are drawn).",
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
                help="Add runs until the 95% interval of every headline probability (or of the "
                "outcome of --precision-for) reaches no further than P to each side, e.g. 0.01 for "
                "one percentage point.",
                show_default=False,
            ),
        ],
        None,
    ),
    "precision_for": (
        Annotated[
            str | None,
            typer.Option(
                "--precision-for",
                metavar="OUTCOME",
                help="Outcome that --precision applies to, e.g. truce_in_force@2025-11-11; for a "
                "numeric outcome, its mean.",
                autocompletion=completion.outcomes,
                show_default=False,
            ),
        ],
        None,
    ),
    "max_runs": (
        Annotated[
            int | None,
            typer.Option(
                "--max-runs",
                metavar="N",
                help="Maximum number of runs with --precision (default: 1,000,000).",
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
                help="Simulation engine; both give the same results (auto: whichever should finish "
                "first).",
            ),
        ],
        "auto",
    ),
    "events": (
        Annotated[
            bool,
            typer.Option("--events", help="Also store the events of each run, for detente query."),
        ],
        False,
    ),
    "paths": (
        Annotated[
            str,
            typer.Option(
                "--paths",
                metavar="first|all|none",
                help="Store the weekly values of the outcomes: of the first 10,000 runs, all runs, "
                "or none.",
            ),
        ],
        "first",
    ),
    "workers": (
        Annotated[
            int | None,
            typer.Option(
                "--workers", "-j", metavar="J", help="Number of workers (default: one per core).",
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
                help="Where to run: in threads or processes on this machine, or on a Dask cluster.",
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
        Annotated[
            bool,
            typer.Option("--force", help="Recompute results even if they are already stored."),
        ],
        False,
    ),
    "given": (
        Annotated[
            list[str],
            typer.Option(
                "--given",
                metavar="COND",
                help="Use only the runs that meet this condition, e.g. "
                "'us_addon_pp@2025-11-01>=60' or 'ministers_round_by@2025-11-01=no'; "
                "may be repeated.",
                autocompletion=completion.outcomes,
                show_default=False,
            ),
        ],
        (),
    ),
    "results": (Results, None),
}  # fmt: skip

BATCH: Final = tuple(OPTIONS)
_PRECISE: Final = ("precision", "precision_for", "max_runs")
PAIRED: Final = tuple(name for name in BATCH if name not in _PRECISE)
GRID: Final = tuple(name for name in PAIRED if name not in {"events", "paths", "given"})


def takes(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Adds the named options to a command, which receives their values as the mapping `options`."""

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
    """Removes the options that the user did not set."""
    out = {name: value for name, value in options.items() if value is not None}
    for name in ("at", "given", "presets", "sets"):
        if name in out:
            out[name] = tuple(out[name])
    return out
