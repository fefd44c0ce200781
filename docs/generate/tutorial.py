"""Plays the tutorial: runs its commands and code, and holds what they print to what it quotes.

`python -m docs.generate.tutorial` compares; `--renew` writes what came out into the page and the
pictures into docs/figures. Progress goes to stderr.

A `console` block holds a command after `$ ` and what it prints. A `python` block is code, run in
one namespace from the first to the last; a `text` block right after it is what it prints. Whatever
is played lands in one results folder, so later blocks reuse what earlier ones played.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DOCS: Final = Path(__file__).resolve().parents[1]
PAGE: Final = DOCS / "tutorial.md"
WIDTH: Final = "80"

_BLOCK: Final = re.compile(
    r"^```(?P<kind>console|python|text)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What the tutorial quotes at one place.

    Attributes:
        line: Where it stands, from 1.
        source: The command or code.
        quoted: What the page says it prints.
        printed: What it printed.
        start: Offset in the page of what it prints.
        end: Where that ends.
    """

    line: int
    source: str
    quoted: str
    printed: str
    start: int
    end: int


def play(page: str, folder: Path) -> Iterator[Passage]:
    """Runs every block of the page in order and yields what it quotes beside what it prints.

    Args:
        page: Text of the tutorial.
        folder: Where results and pictures go; code runs in it.
    """
    namespace: dict[str, Any] = {"__name__": "tutorial"}
    code, printed = "", ""
    for block in _BLOCK.finditer(page):
        body, line = block["body"], page.count("\n", 0, block.start()) + 1
        if block["kind"] == "python":
            code, printed = body, _run_code(body, line, namespace)
        elif block["kind"] == "text":
            yield Passage(line, code, body, printed, block.start("body"), block.end("body"))
        else:
            command, _, quoted = body.partition("\n")
            out = _run_command(command.removeprefix("$ "), folder)
            start = block.start("body") + len(command) + 1
            yield Passage(line, command, quoted, out, start, block.end("body"))


def renewed(page: str, passages: list[Passage]) -> str:
    """Returns the page with what was printed in the place of what it quoted."""
    for passage in reversed(passages):
        page = page[: passage.start] + passage.printed + page[passage.end :]
    return page


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """Yields an empty folder to play in, and comes back from it."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(before)


def _run_code(source: str, line: int, namespace: dict[str, Any]) -> str:
    heard = io.StringIO()
    # Line numbers of an error are those of the page.
    code = compile("\n" * line + source, str(PAGE), "exec")
    with contextlib.redirect_stdout(heard):
        exec(code, namespace)  # noqa: S102 - the tutorial is ours
    return heard.getvalue()


def _run_command(command: str, folder: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "detente", command
    ended = subprocess.run(
        [sys.executable, "-m", "sim", *words[1:], "-q"],
        cwd=folder,
        env={**os.environ, "COLUMNS": WIDTH, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"{command}: exit code {ended.returncode}\n{ended.stderr}")
    return "\n".join(line.rstrip() for line in ended.stdout.splitlines()) + "\n"


def main() -> None:
    """Compares, or renews."""
    page = PAGE.read_text("utf-8")
    with workplace() as folder:
        passages = []
        for passage in play(page, folder):
            sys.stderr.write(f"line {passage.line}: {passage.source.splitlines()[0]}\n")
            passages.append(passage)
        if "--renew" in sys.argv:
            PAGE.write_text(renewed(page, passages), "utf-8")
            for picture in folder.glob("*.png"):
                (DOCS / "figures" / picture.name).write_bytes(picture.read_bytes())
            return
    stale = [p for p in passages if p.printed != p.quoted]
    for passage in stale:
        sys.stderr.write(f"line {passage.line} quotes what is no longer printed\n")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
