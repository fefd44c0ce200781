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
    return f"import sim\n\nanswer = {_call(setting, batch)}\nprint(answer)\n"


def comparison_script(a: tuple[Setting, Batch], b: tuple[Setting, Batch]) -> str:
    """Returns the Python that repeats a comparison, as a script."""
    sides = "\n".join(_side(name, *side) for name, side in (("a", a), ("b", b)))
    return f"import sim\n\n{sides}\nprint(sim.compare(a, b))\n"


def _side(name: str, setting: Setting, batch: Batch) -> str:
    """Returns the lines that make one side; a fork stores its runs, which are then loaded."""
    if setting.turn is None:
        return f"{name} = {_call(setting, batch)}"
    return f"{_call(setting, batch)}\n{name} = sim.load({batch.directory.name!r})"


def _call(setting: Setting, batch: Batch) -> str:
    turn = setting.turn
    arguments = [repr(from_anywhere(setting.scenario))]
    if turn is not None:
        arguments += [f"on={turn.on!r}", f"do={list(turn.do)!r}"]
        arguments += [f"through={turn.through!r}"] if turn.through else []
    if setting.sets:
        arguments.append(f"sets={setting.changes!r}")
    arguments += [f"n={batch.n}", f"seed={batch.seed}"]
    lines = "\n".join(f"    {argument}," for argument in arguments)
    return f"sim.{'run' if turn is None else 'fork'}(\n{lines}\n)"
