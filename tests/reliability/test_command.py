"""Command lines by the thousand: each gives an answer or an error in the program's own words.

They are made of the real verbs and options, with values that are right, nearly right or wrong,
and run as `detente` itself runs them, errors and exit code included. Amounts of work are small or
not allowed; workers beyond the process, and clusters, are left to their own tests.
"""

from __future__ import annotations

import gc
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import matplotlib as mpl
import pytest
import typer
from hypothesis import strategies as st

from sim.cli.app import app, main
from sim.engine.code_cache import CACHE_VARIABLE, cache_root
from sim.history.act_template import template
from sim.history.tariffs import LAST_DAY
from sim.scenario.duty_schedule import TEMPLATE
from sim.scenario.posterior import Posterior, posterior_text
from sim.scenario.shipped import names
from tests.reliability.search import PYTHONS_OWN, Part, blocks, search
from tests.reliability.watch import changes

CODES: Final = range(6)
"""Exit codes of the program: success, and the errors of `sim.errors`."""

MOST_S: Final = 60.0
"""Seconds of computing that one command may take."""

NASTY: Final = (
    *("", " ", "0", "-1", "1.5", "1e999", "nan", "inf", "9" * 400, "9" * 5000, "0x10", "\u0661"),
    *(
        "a" * 300,
        "a" * 5000,
        ".",
        "..",
        "../..",
        "-",
        "--",
        "--help",
        "-h",
        "--version",
        "=",
        "===",
    ),
    *("\n", "\t", "\u202e", "\udce9", "\U0001f600", "\u00e9", "'", '"', "\\", "$HOME", "%s", "{0}"),
    *(
        "*",
        "?",
        "[",
        "]",
        "@",
        "@0",
        "@-1",
        "@99",
        "@latest@",
        "null",
        "true",
        ",",
        ":",
        "..",
        "a=b",
    ),
    *("2025-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "2025-W01-1", "2025Q5", "tension"),
    *("tension=", "=0.5", "tension=1e999", "tension=0..1/5", "us.hike=1e9", "path_class=wor"),
)
"""Values that are wrong in most places."""

NUMBERS: Final = ("0", "-1", "", "x", "1.5", "1e3", "nan", "inf", "9" * 19, "9" * 5000, "\u0662")
"""Numbers that are allowed nowhere as an amount of work."""

SCENARIOS: Final = (
    *("october-2025-apec",) * 6,
    *(name for name in names() if not name.startswith(("january", "march"))),
    *("mine.yaml", "./mine.yaml", "wrong.yaml", "folder.yaml", "text.txt", "@latest", "@1", "@2"),
    *("october-2025", "hawk", "base/october-2025"),
)
SETTINGS: Final = (
    *(
        "tension=0.5",
        "us.leader.autonomy=0.4",
        "us.leader.autonomy=beta:6:4",
        "calendar.summit=null",
    ),
    *("truce.length_days=60", "us.issue.visas=null", "until=2025-10-30", "start=2025-10-20"),
)
CONDITIONS: Final = (
    *("tension", "path_class=conflict", "us_addon_pp@2025-11-01>=60", "truce_in_force@2025-11-11"),
    *("us.hike_by@2025-11-01=yes", "summit_day", "tension>0.5", "tariff_pct[us.toys]@2025Q4>40"),
)
QUESTIONS: Final = (
    *("us_addon_pp@2025-11-11", "pause_ends_on@2025-10-30", "signed[truce]@2025-10-31"),
    *("calls@2025-10-24..2025-10-31>=1 and rounds@2025-10-31>0 | leaders_met@2025-10-31=no",),
)
AXES: Final = (
    "tension=0.2,0.8",
    "tension=0..1/2",
    "tension",
    "us.leader.autonomy",
    "us.hawks=0..1",
)
DAYS: Final = ("2025-10-24", "2025-10-27", "2025-10-31", "2025-11-11", "2025-12-31")
FILES: Final = (
    *("out.html", "sub/out.html", "out", "mine.yaml", "folder.yaml", "/dev/null/x", "/proc/none/x"),
    *("../aside", "a" * 300, "", "\u00e9.html", "b\udce9.yaml", "new.yaml", "new.yml", "~", "-"),
    *("duties.csv", "acts.csv", "wrong.csv", "text.txt", "questions.csv", "frozen.json"),
)
POSTERIORS: Final = ("posterior.json", "posterior.json", "frozen.json", "none.json", ".json")
QUERIES: Final = (
    *("select * from outcomes", "select avg(tension) from outcomes group by all", "show tables"),
    *("describe runs", "select 1", "select", "drop table runs", "select * from events limit 3"),
    *("copy runs to 'x.csv'", "select * from read_text('/etc/passwd')", "select 1/0", "select [1]"),
)

VALUES: Final[dict[str, tuple[str, ...]]] = {
    "scenario": SCENARIOS,
    "scenarios": SCENARIOS,
    "words": (*SCENARIOS, *SCENARIOS, *AXES),
    "one": ("@latest", "@1", "october-2025-apec", "x-0123456789"),
    "other": ("@latest", "@1", "@2", "0123456789"),
    "sort": ("date", "scenario", "runs", "us_hikes", "path_class=conflict", "us_hike"),
    "presets": ("no-threat", "no-meeting", "calm", "no-treat"),
    "junit": ("out.xml", "sub/out.xml", "mine.yaml", "folder.yaml", "/dev/null/x", "../aside", ""),
    "result": ("@latest", "@1", "@2", "october", "october-2025-apec", "x-0123456789"),
    "axes": AXES,
    "factors": AXES,
    "sets": SETTINGS,
    "given": CONDITIONS,
    "outcome": CONDITIONS,
    "outcomes": CONDITIONS,
    "question": (*CONDITIONS, *QUESTIONS),
    "questions": FILES,
    "outcome_file": FILES,
    "precision_for": CONDITIONS,
    "us_payoff": ("us_real_income_pct", "us_real_income_pct:2,tension:-1", "cn_real_income_pct"),
    "cn_payoff": ("cn_real_income_pct", "tension:1e9", "tension:0"),
    "until": DAYS,
    "as_of": ("2025-10-23", "2025-10-23", *DAYS),
    "at": DAYS,
    "by": DAYS,
    "on": DAYS,
    "start": (*DAYS, "2025-01-20"),
    "through": DAYS,
    "do": ("us.extend_truce=no", "us.hike=20", "cn.tighten_minerals=yes", "tension=0.9"),
    "us": ("hawk", "dealmaker", "hawk,baseline", "us.yaml", "30", "145", "-5", "1e9"),
    "cn": ("measured", "matching,patient", "10", "125", "0.001"),
    "versus": ("145/125", "30/10", "0/0", "1/2/3", "duties.csv", "wrong.csv"),
    "sector": ("toys", "cn.soybeans", "us.toys", "nothing"),
    "months": (*("1", "12") * 6, *NUMBERS),
    "n": (*("2", "3") * 6, *NUMBERS),
    "max_runs": (*("2", "8") * 6, *NUMBERS),
    "precision": ("0.5", "0.9", "0", "-1", "nan", "x", "2"),
    "per_vector": (*("1", "2") * 6, *NUMBERS),
    "replicates": (*("8", "16") * 6, *NUMBERS),
    "examine": ("0", "1", *NUMBERS[1:]),
    "top": (*("1", "2") * 6, *NUMBERS),
    "replicate": ("0", "1", "2", *NUMBERS),
    "seed": ("0", "7", "20251023", "4294967295", "4294967296", *NUMBERS),
    "parameters": ("fixed", "prior", "priors", "posterior", *POSTERIORS),
    "sample": ("sobol", "lhs", "random"),
    "engine": ("simpy", "auto", "compiled", "simpi"),
    "paths": ("first", "all", "none", "last"),
    "workers": ("1", "1", "1", "0", "-1", "x"),
    "executor": ("auto", "threads", "threads", "thread"),
    "scheduler": ("tcp://10.0.0.5:8786", "10.0.0.5", ""),
    "results": (
        "results",
        "../aside",
        "mine.yaml",
        "/dev/null",
        "/proc/none",
        "",
        "a" * 300,
        "none",
    ),
    "figures": ("charts", "mine.yaml", "/dev/null/x", ""),
    "report": ("page.html", "mine.yaml", "none/page.html", "/dev/null/x", ""),
    "export": (
        *("numbers.csv", "numbers.parquet", "numbers.xlsx", "duties.csv", "mine.yaml", "numbers"),
        *("none/numbers.csv", "/dev/null/x.csv", "/proc/x.csv", "folder.yaml/x.csv", ".csv", ""),
    ),
    "file": FILES,
    "path": FILES,
    "record": FILES,
    "first": ("2017-04-01", "2025-04-02", "2025-10-24"),
    "last": ("2017-04-01", "2025-05-14", "2026-12-31"),
    "actor": ("us", "cn", "both", "court"),
    "kind": ("hike", "cut", "round", "truce", "rouse"),
    "base": ("october-2025-apec", "base/year-2025", "mine.yaml", "wrong.yaml"),
    "name": ("us", "us.leader.autonomy", "tension", "trade.us.toys"),
    "only": ("hawks", "diplomacy", "calendar", "start", "us hawks", "nothing"),
    "sql": QUERIES,
}
"""Values of each argument and option, most of them right."""

SAFE: Final = frozenset(
    {
        "months", "n", "max_runs", "precision", "per_vector", "replicates", "examine", "top",
        "workers", "executor", "scheduler", "results", "figures", "export", "report", "file",
        "path", "record", "junit", "sample", "axes", "factors", "words",
    }
)  # fmt: skip
"""Arguments and options that take no other values: they decide on the amount of work, or name
places to write to."""

WRITERS: Final = frozenset(
    {"-o", "--output", "--figures", "--export", "--report", "--results", "--junit", "new"}
)
"""Words after which files are written where the user says."""

SHORT: Final = {
    "n": ("-n", "2"),
    "until": ("--until", "2025-10-30"),
    "examine": ("--examine", "1"),
    "months": ("--months", "2"),
    "workers": ("--workers", "1"),
}
"""Options that keep the work small, given last unless another value is drawn."""

BRIEF: Final = ("compare", "report")
"""Verbs that play many more runs unless asked not to."""

FEWEST: Final = {
    "discover": ("-n", "200", "--per-vector", "1"),
    "explain": ("-n", "60"),
    "sensitivity": ("--replicates", "8"),
}
"""Those of verbs that refuse to work with less."""


class Verb(NamedTuple):
    """A verb of the program: its words, arguments and options."""

    words: tuple[str, ...]
    arguments: tuple[Any, ...]
    options: tuple[Any, ...]


def verbs(command: Any, words: tuple[str, ...] = ()) -> Iterator[Verb]:
    """Yields the verbs below a command."""
    for name, below in getattr(command, "commands", {}).items():
        yield from verbs(below, (*words, name))
    if not hasattr(command, "commands") or (words and command.invoke_without_command):
        kinds: dict[str, list[Any]] = {"argument": [], "option": []}
        for parameter in command.params:
            kinds[parameter.param_type_name].append(parameter)
        yield Verb(words, tuple(kinds["argument"]), tuple(kinds["option"]))


APART: Final = frozenset({"backtest", "calibrate", "publish", "serve"})
"""Verbs left to their own tests: one forecasts from many days, one computes a likelihood many times
over, one plays all scenarios in full and rewrites the checkout, and one does not end by itself."""

VERBS: Final = tuple(
    verb for verb in verbs(typer.main.get_command(app)) if verb.words[0] not in APART
)


def values(name: str) -> st.SearchStrategy[str]:
    """Returns the values of an argument or an option."""
    right = st.sampled_from(VALUES[name])
    return right if name in SAFE else st.one_of(right, right, right, st.sampled_from(NASTY))


@st.composite
def commands(draw: st.DrawFn) -> tuple[str, ...]:
    """Draws a command line, as one might type it with a few errors."""
    verb = draw(st.sampled_from(VERBS))
    typed: list[str] = []
    for argument in verb.arguments:
        most = 1 if argument.nargs == 1 else 2
        typed += draw(st.lists(values(argument.name), min_size=1, max_size=most))
    # Slices of a run take many runs, and other reports have none.
    bare = ["--no-slices"] if verb.words[0] == "report" and len(typed) == 1 else []
    chosen = draw(st.lists(st.sampled_from(verb.options), max_size=3)) if verb.options else []
    required = [option for option in verb.options if option.required]
    for option in (*required, *chosen):
        typed.append(draw(st.sampled_from((*option.opts, *option.secondary_opts))))
        if not option.is_flag:
            typed.append(draw(values(option.name)))
    errors = ("", "", "", "", "drop", "twice", "put") if verb.words[0] not in FEWEST else ("",)
    error = draw(st.sampled_from(errors))
    if error and typed:
        place = draw(st.integers(0, len(typed) - 1))
        put = {"drop": [], "twice": [typed[place]] * 2, "put": [draw(st.sampled_from(NASTY))]}
        typed[place : place + 1] = put[error]
    if verb.words[0] in BRIEF and not any("=" in word for word in typed):
        typed += ["--brief", *bare]
    return (*verb.words, *short(verb, {option.name for option in chosen}), *typed)


def short(verb: Verb, chosen: set[str]) -> list[str]:
    """Returns options that keep the work of a verb small."""
    known = {option.name for option in verb.options}
    given = [SHORT[name] for name in SHORT if name in known - chosen]
    fewest = FEWEST.get(verb.words[0], ()) if not chosen & {"n", "replicates", "per_vector"} else ()
    return [*(word for pair in given for word in pair), *fewest]


class Told(NamedTuple):
    """What came of a command: exit code, answer and notes, and what it changed on the machine."""

    code: int
    out: str
    err: str
    changed: set[str]


def run(words: tuple[str, ...]) -> Told:
    """Runs the program as from a shell."""
    out, err = io.BytesIO(), io.BytesIO()
    before = sys.argv, sys.stdout, sys.stderr
    sys.argv = ["detente", *words]
    sys.stdout = io.TextIOWrapper(out, "utf-8")
    sys.stderr = io.TextIOWrapper(err, "utf-8")
    try:
        with changes() as changed:
            code = ended()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return Told(code, out.getvalue().decode(), err.getvalue().decode(), changed)
    finally:
        sys.argv, sys.stdout, sys.stderr = before


def ended() -> int:
    """Returns the exit code of the program."""
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


MINE: Final = """question: q
extends: october-2025-apec
expect:
  calls@2025-11-30>=1 | truce_in_force@2025-11-11: at least 0.2
presets:
  calm: {label: c, set: {tension: 0.3}}
"""
"""A scenario of the user's own."""


class Box:
    """A user's folder with files of their own and a few results, beside a copy of it."""

    def __init__(self, root: Path) -> None:
        self.home, self._copy = root / "home", root / "copy"
        drawing = mpl.get_configdir(), mpl.get_cachedir()
        self.places = (str(root), str(cache_root()), "/dev/null", "/proc", *drawing)
        self.home.mkdir()
        (self.home / "mine.yaml").write_text(MINE, "utf-8")
        (self.home / "wrong.yaml").write_text("question: [q\nstate: {x: 1}\n", "utf-8")
        (self.home / "us.yaml").write_text("title: t\nstate: {}\n", "utf-8")
        (self.home / "text.txt").write_text("text\n", "utf-8")
        (self.home / "duties.csv").write_text(TEMPLATE, "utf-8")
        (self.home / "acts.csv").write_text(template(), "utf-8")
        (self.home / "wrong.csv").write_text("date,side,on,points_pp\n2025,us,all\n", "utf-8")
        asked = "as_of,question\n2025-10-23,leaders_met@2025-10-27\n2025-10-23,nothing\n"
        (self.home / "questions.csv").write_text(asked, "utf-8")
        (self.home / "frozen.json").write_text('{"schema": 1, "forecasts": []}', "utf-8")
        rows = tuple((2.0 + 0.1 * k,) for k in range(50))
        made = Posterior(("us.rate.hike",), rows, LAST_DAY, "r", "m")
        (self.home / "posterior.json").write_text(posterior_text(made, "c", {}), "utf-8")
        (self.home / "folder.yaml").mkdir()

    def keep(self) -> None:
        """Notes how the folder is, to put it back later."""
        shutil.copytree(self.home, self._copy)

    def renew(self) -> None:
        """Puts the folder back."""
        for path in self.home.parent.iterdir():
            if path not in (self.home, self._copy):
                remove(path)
        for path in self.home.iterdir():
            remove(path)
        shutil.copytree(self._copy, self.home, dirs_exist_ok=True)

    def differs(self) -> bool:
        """Tells whether anything but the results is not as it was."""
        return contents(self.home) != contents(self._copy)


def remove(path: Path) -> None:
    """Removes a file or a folder."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def contents(folder: Path) -> dict[str, bytes]:
    """Returns the files of a folder with what they hold, but for the results."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if path.relative_to(folder).parts[0] != "results"
    }


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """A user's folder, entered, with two results of two runs."""
    box = Box(tmp_path)
    monkeypatch.chdir(box.home)
    monkeypatch.setenv(CACHE_VARIABLE, str(cache_root()))
    for variable in ("DETENTE_RESULTS", "DETENTE_DEBUG"):
        monkeypatch.delenv(variable, raising=False)
    # Python tries once which folder takes temporary files.
    tempfile.gettempdir()
    thresholds = gc.get_threshold()
    for seed in ("1", "2"):
        words = ("run", "october-2025-apec", "-n", "2", "--until", "2025-10-30", "--seed", seed)
        assert run((*words, "--brief", "--events")).code == 0
    box.keep()
    yield box
    gc.set_threshold(*thresholds)


def check(box: Box, words: tuple[str, ...]) -> None:
    """Runs a command, and checks what it says and what it changes."""
    told = run(words)
    said = told.out + told.err
    assert told.code in CODES, told
    assert "Traceback" not in said, said
    assert "bug in the program" not in said, said
    assert not PYTHONS_OWN.search(told.err), told.err
    assert told.code == 0 or "error: " in told.err.lower(), told
    assert not [path for path in told.changed if not path.startswith(box.places)]
    assert WRITERS & {word.partition("=")[0] for word in words} or not box.differs()
    if told.changed:
        box.renew()


@pytest.mark.parametrize("block", blocks(40, 1_000, 20))
def test_any_command_is_answered_or_refused(box: Box, block: Part) -> None:
    """Without a traceback, and without a change outside the results folder."""
    search(commands(), block, lambda words: check(box, words), MOST_S)
