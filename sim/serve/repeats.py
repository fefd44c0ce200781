"""Repeats: the command and the Python that give the same answer without the page."""

from __future__ import annotations

from sim.experiment.runs.batch import Batch
from sim.report.html.command import command
from sim.report.words.commands import from_anywhere
from sim.serve.settings import Setting


def command_of(setting: Setting, batch: Batch) -> str:
    """Returns the command that repeats an answer."""
    return command("run", [setting.scenario], batch)


def python_of(setting: Setting, batch: Batch) -> str:
    """Returns the Python that repeats an answer, as a script."""
    turn = setting.turn
    arguments = [repr(from_anywhere(setting.scenario))]
    if turn is not None:
        arguments += [f"on={turn.on!r}", f"do={list(turn.do)!r}"]
        arguments += [f"through={turn.through!r}"] if turn.through else []
    if setting.sets:
        arguments.append(f"sets={setting.changes!r}")
    arguments += [f"n={batch.n}", f"seed={batch.seed}"]
    lines = "\n".join(f"    {argument}," for argument in arguments)
    verb = "run" if turn is None else "fork"
    return f"import sim\n\nanswer = sim.{verb}(\n{lines}\n)\nprint(answer)\n"


def comparison_script(a: tuple[Setting, Batch], b: tuple[Setting, Batch]) -> str:
    """Returns the Python that repeats a comparison, as a script; a forked side is named in a
    comment, because only its own verb plays it."""
    parts = ["import sim\n"]
    for name, (setting, batch) in (("a", a), ("b", b)):
        arguments = [repr(from_anywhere(setting.scenario)), f"sets={setting.changes!r}"]
        arguments += [f"n={batch.n}", f"seed={batch.seed}"]
        if setting.turn is not None:
            turn = setting.turn
            parts.append(f"# {name.upper()} is forked as well: {' '.join(turn.do)} on {turn.on}.")
        parts.append(f"{name} = sim.run({', '.join(arguments)})")
    return "\n".join([*parts, "print(sim.compare(a, b))", ""])
