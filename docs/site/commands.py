"""Reference of the command line, made of the same texts as `--help`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import typer

from sim.cli.app import EPILOG, HELP, app

INTRODUCTION: Final = f"""# Commands

{HELP}

{EPILOG}.

Every command has `--help`, which prints what stands here.
"""

# The type of an argument, as in `SCENARIO <str>`.
_KIND: Final = re.compile(r" <[\w\[\]]+>$")


def commands_page() -> str:
    """Returns the page: a section for each verb, with its usage, arguments and options."""
    root = typer.main.get_command(app)
    return "\n".join([INTRODUCTION, *_section(root, "detente", None), ""])


def _section(command: Any, name: str, above: Any) -> Iterator[str]:
    """Yields the lines of a command, then those of the commands below it."""
    # The class of the command belongs to the copy of click that typer brings along.
    context = command.context_class(command, info_name=name, parent=above)
    if above is not None:
        depth = context.command_path.count(" ") + 1
        yield f"{'#' * depth} `{context.command_path}`\n"
        yield f"{_escaped(command.help or '')}\n"
    children = getattr(command, "commands", {})
    if not children:
        usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
        yield f"```\n{usage}\n```\n"
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and "--help" not in parameter.opts:
            yield _entry(*record)
    for child in children.values():
        yield from _section(child, child.name, context)


def _entry(names: str, meaning: str) -> str:
    """Returns an option or argument as an entry of a definition list."""
    named = _KIND.sub("", names)
    return f"`{named}`\n:   {_escaped(meaning)}\n"


def _escaped(text: str) -> str:
    """Returns plain text as Markdown that shows it as it is."""
    for sign in "\\`*_<[|":
        text = text.replace(sign, f"\\{sign}")
    return text
