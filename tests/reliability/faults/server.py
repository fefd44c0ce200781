"""Commands of the program in processes that a server forks, with everything loaded beforehand.

A command then takes a second instead of five, and a fault strikes while it works, not while it
imports. A step is a change the process makes to its results folder: it opens a file to write, or
renames or removes one. Before the step asked for, it stops itself, to be continued later.

Run as a program, this reads a request per line and answers each with a line.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
from typing import Any, Final, TypedDict

STEPS: Final = frozenset({"open", "os.rename", "os.remove"})


CHILDREN: Final[set[int]] = set()
"""Processes that have not ended, as far as anybody asked."""


class Start(TypedDict):
    """Request to start a command; the answer is the number of its process.

    Attributes:
        words: The command line.
        folder: Results folder whose changes are steps.
        stop: Step before which the process stops; 0 for none.
        output: File of what is printed.
        notes: File of what is written to stderr.
        steps: File that is as many bytes long as steps were taken.
    """

    words: list[str]
    folder: str
    stop: int
    output: str
    notes: str
    steps: str


class Look(TypedDict):
    """Request to look at a process, to its end or next stop if `block`; the answer is its exit
    code, `stopped`, or null while it runs."""

    pid: int
    block: bool


def load() -> None:
    """Imports what the commands import, and loads the compiled code and the scenarios."""
    import duckdb  # noqa: F401
    import SALib.analyze.sobol  # noqa: F401
    import scipy.stats  # noqa: F401

    import sim
    from sim.engine import compiled_loop
    from sim.experiment.store.identity import drawing_version, model_version
    from sim.scenario.load import resolve

    for module in pkgutil.walk_packages(sim.__path__, "sim."):
        if not module.name.endswith(("__main__", "cluster", "figures")):
            importlib.import_module(module.name)
    compiled_loop.prepare()
    model_version()
    drawing_version()
    resolve("october-2025-apec")
    gc.collect()
    gc.freeze()


def play(start: Start) -> None:
    """Turns this process into the program; does not return."""
    from sim.cli import main

    for number, name in ((0, os.devnull), (1, start["output"]), (2, start["notes"])):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    count_steps(start)
    sys.argv = ["detente", *start["words"]]
    code: Any = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def count_steps(start: Start) -> None:
    """Notes every step from here on, and stops before the one asked for."""
    log = os.open(start["steps"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    taken = 0

    def see(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal taken
        if event not in STEPS or not str(arguments[0]).startswith(start["folder"]):
            return
        if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
            return
        taken += 1
        os.write(log, b".")
        if taken == start["stop"]:
            os.kill(os.getpid(), signal.SIGSTOP)

    sys.addaudithook(see)


def begin(start: Start) -> int:
    """Forks a process that plays a command, and returns its number."""
    child = os.fork()
    if not child:
        play(start)
    CHILDREN.add(child)
    return child


def look(at: Look) -> int | str | None:
    """Returns how a process is."""
    child, status = os.waitpid(at["pid"], os.WUNTRACED | (0 if at["block"] else os.WNOHANG))
    if not child:
        return None
    if os.WIFSTOPPED(status):
        return "stopped"
    CHILDREN.remove(child)
    return os.waitstatus_to_exitcode(status)


def say(answer: int | str | None) -> None:
    """Writes an answer, which is a line."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    load()
    say("ready")
    for line in sys.stdin:
        request = json.loads(line)
        say(begin(request) if "words" in request else look(request))
    for number in CHILDREN:
        os.kill(number, signal.SIGKILL)  # a test that failed may have left it stopped
    os._exit(0)  # the libraries need not tidy up
