"""Tutorial runner: runs the commands and code of the tutorial and checks the output it quotes.

`python -m docs.generate.tutorial` compares; `--renew` writes the output into the page and the
charts into docs/figures. Progress goes to stderr.

A `console` block contains a command after `$ ` and its output. A `python` block is code; all such
blocks run in one namespace, in order, and a `text` block right after one is its output. All blocks
share one results folder, so later blocks reuse the runs of earlier ones.
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
    """Passage of the tutorial: a command or code, and the output it quotes.

    Attributes:
        line: Its line number, from 1.
        source: The command or code.
        quoted: The output quoted on the page.
        printed: The actual output.
        start: Offset of the quoted output in the page.
        end: Offset of its end.
    """

    line: int
    source: str
    quoted: str
    printed: str
    start: int
    end: int


def play(page: str, folder: Path) -> Iterator[Passage]:
    """Runs every block of the page in order and yields its passages.

    Args:
        page: Text of the tutorial.
        folder: Folder for results and charts, in which the code runs.
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
    """Returns the page with the actual output instead of the quoted one."""
    for passage in reversed(passages):
        page = page[: passage.start] + passage.printed + page[passage.end :]
    return page


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """Changes to an empty folder, yields it, and changes back."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(before)


def _run_code(source: str, line: int, namespace: dict[str, Any]) -> str:
    heard = io.StringIO()
    # An error shows the line numbers of the page.
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
    """Compares the page with the actual output, or rewrites it."""
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
        sys.stderr.write(f"line {passage.line} quotes outdated output\n")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
