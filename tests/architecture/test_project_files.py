"""The promises of the project files: the README's commands, pinned versions, no addresses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def commands() -> list[str]:
    """Returns the lines of the README's first two code blocks."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [block.strip() for block in re.findall(r"```\n(.*?)```", text, re.DOTALL)[:2]]


def project() -> dict[str, object]:
    """Returns the project table of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, object] = tomllib.load(file)["project"]
    return table


def test_the_readme_opens_with_two_commands_of_one_line() -> None:
    """The first installs and runs, the second tests; each is one line to copy."""
    first, second = commands()

    assert "pip install" in first
    assert first.endswith("detente run october-2025-apec")
    assert "pytest" in second
    assert "\n" not in first + second


def test_ci_runs_the_commands_of_the_readme_as_they_stand() -> None:
    """What a newcomer types is what is checked."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    first, second = commands()

    assert first in script
    assert any(line == second or line.startswith(f"{second} |") for line in script)


def test_every_dependency_is_pinned_in_the_constraints() -> None:
    """No package a user may ask for comes in a version nobody tried."""
    pinned = {
        line.split("==")[0]
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    table = project()
    wanted = list(table["dependencies"])  # type: ignore[call-overload]
    for extra in table["optional-dependencies"].values():  # type: ignore[attr-defined]
        wanted += extra
    names = {re.split(r"[<>=\[ ]", item)[0].lower() for item in wanted}

    assert names - pinned == set()


def test_the_constraints_name_no_place() -> None:
    """Versions only: no address, no path, no option."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")

    marker = r"[a-z_]+ [<>=!]+ '[\w.]+'"
    line = rf"[a-z0-9-]+==[0-9.]+( ; {marker}( and {marker})*)?\n"
    assert re.fullmatch(f"({line})+", text)


def test_nothing_tells_a_reader_to_install_the_program_by_its_name() -> None:
    """It is on no package index; whoever takes the name there would be trusted."""
    texts = [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *(ROOT / "docs").rglob("*.md")]
    texts += [*(ROOT / "docs").rglob("*.py"), *(ROOT / "sim").rglob("*.py")]
    by_name = re.compile(r"""install (-\S+ )*['"]?detente\b|\bdetente\[""")

    assert [path.name for path in texts if by_name.search(path.read_text(encoding="utf-8"))] == []
