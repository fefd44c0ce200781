"""The verb `impact`: a page, a JSON object, and what is typed wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim import api

Detente = Callable[..., Result]
GENEVA = ("impact", "--us", "30", "--cn", "10")


def test_a_page_within_80_columns(detente: Detente, results: Path) -> None:
    """The answer goes to stdout, nothing to stderr, and nothing is stored."""
    result = detente(*GENEVA, "-n", "4")

    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert result.stdout.startswith("US +30 points on China, China +10 on the US")
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "not about government decisions." in " ".join(result.stdout.splitlines()[-3:])
    assert not results.exists()


def test_every_option_reaches_the_calculation(detente: Detente) -> None:
    """What was typed comes back in the JSON."""
    result = detente(
        *(*GENEVA, "--start", "2025-05-12", "--months", "2", "--sector", "us.toys"),
        *("--versus", "145/125", "-n", "3", "--seed", "7", "--json"),
        *("--set", "trade.us.sigma_12m=4"),
    )
    told = json.loads(result.stdout)

    assert (told["from"], told["until"], told["months"]) == ("2025-05-12", "2025-07-01", 2)
    assert [pair["name"] for pair in told["pairs"]] == ["30/10", "145/125"]
    assert (told["n"], told["seed"], told["sector"]) == (3, 7, "us.toys")
    assert "trade.us.sigma_12m" not in told["drawn"]
    assert told["lines"][-1]["name"].endswith("[us.toys]")


def test_the_same_words_give_the_same_bytes(detente: Detente) -> None:
    """Draws hang on the seed alone; another seed gives other bands."""
    words = (*GENEVA, "-n", "4", "--json")
    once, again, other = detente(*words), detente(*words), detente(*words, "--seed", "8")

    assert once.stdout == again.stdout
    assert once.stdout != other.stdout


def test_one_side_alone(detente: Detente) -> None:
    """The side left out adds nothing."""
    told = json.loads(detente("impact", "--cn", "10", "-n", "1", "--json").stdout)

    assert told["pairs"] == [{"name": "0/10", "us_pp": 0.0, "cn_pp": 10.0}]
    nothing = json.loads(detente("impact", "--us", "0", "--cn", "0", "-n", "1", "--json").stdout)
    alone, without = (
        next(row for row in found["lines"] if row["name"] == "us_imports_usd_bn_per_month")
        for found in (told, nothing)
    )
    assert alone["values"][0]["central"] == without["values"][0]["central"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("impact",), 2, "--us 30 --cn 10"),
        (("impact", "--us", "-5"), 2, "--us -5"),
        (("impact", "--us", "1001"), 2, "0 to 1000"),
        (("impact", "--us", "nan"), 2, "0 to 1000"),
        (("impact", "--cn", "inf"), 2, "--cn inf"),
        (("impact", "--us", "thirty"), 2, "--us"),
        ((*GENEVA, "--versus", "145-125"), 2, "e.g. --versus 145/125"),
        ((*GENEVA, "--versus", "145/-125"), 2, "--versus 145/-125"),
        ((*GENEVA, "--months", "0"), 2, "1 to 120"),
        ((*GENEVA, "--months", "121"), 2, "1 to 120"),
        ((*GENEVA, "--months", "1.5"), 2, "--months"),
        ((*GENEVA, "-n", "0"), 2, "-n 0"),
        ((*GENEVA, "-n", "99999999999"), 2, "-n 99999999999"),
        ((*GENEVA, "--start", "2025-02-30"), 2, "YYYY-MM-DD"),
        ((*GENEVA, "--start", "2025-01-19"), 2, "2025-01-20"),
        ((*GENEVA, "--start", "2200-01-01"), 2, "2199-12-31"),
        ((*GENEVA, "--seed", "-1"), 2, "-1"),
        ((*GENEVA, "--sector", "tyos"), 4, "did you mean toys?"),
        ((*GENEVA, "--sector", "us.soybean"), 4, "did you mean cn.soybeans?"),
        ((*GENEVA, "--set", "trade.us.sigma=3"), 3, "did you mean"),
        ((*GENEVA, "--path", "duties.csv"), 2, "leave out --us and --cn"),
        (("impact", "--cn", "0", "--path", "duties.csv"), 2, "--versus 30/10"),
        (("impact", "--path", "none.csv"), 4, "`detente impact --template` prints"),
        (("impact", "--path", "."), 4, "there is no file '.'"),
        (("impact", "--path", ""), 4, "there is no file"),
        ((*GENEVA, "--versus", "none.csv"), 4, "there is no file 'none.csv'"),
        (("impact", "--versus", "145/125"), 2, "or a schedule, e.g. --path duties.csv"),
        (("impact", "--template", "--us", "30"), 2, "no other option"),
        (("impact", "--template", "--path", "duties.csv"), 2, "no other option"),
        (("impact", "--template", "--json"), 2, "no other option"),
        (("impact", "--template", "--sectors"), 2, "no other option"),
    ],
)
def test_wrong_input_is_told_in_one_screen(
    detente: Detente, words: tuple[str, ...], code: int, said: str
) -> None:
    """The exit code says what kind of fault it is, the message what to type instead."""
    result = detente(*words)

    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 20


def test_the_last_day_is_no_trouble(detente: Detente) -> None:
    """Ten years from the last day allowed still end in the calendar."""
    words = ("--start", "2199-12-31", "--months", "120", "-n", "1", "--json")
    told = json.loads(detente(*GENEVA, *words).stdout)

    assert told["until"] == "2209-12-01"


def test_the_template_can_be_saved_and_played(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is printed; the page names the file and what it holds."""
    # Fails if the template is no schedule, or --path is not passed on.
    monkeypatch.chdir(tmp_path)
    printed = detente("impact", "--template")
    Path("duties.csv").write_text(printed.stdout, "utf-8")
    result = detente("impact", "--path", "duties.csv", "-n", "2", "--sectors", "--regions")

    assert printed.exit_code == 0
    assert printed.stdout == api.duty_template()
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(
        "Duties in duties.csv: 9 rows, dated 1 Jan 2026 to 1 Jul 2026\n"
    )
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "US imports from China by sector" in result.stdout
    assert "Chinese imports from the US by sector" in result.stdout


def test_a_schedule_is_in_the_json(detente: Detente, tmp_path: Path) -> None:
    """File and rows, those without effect marked; lines of all sectors if they are asked for."""
    # Fails if a column is lost, the start is not that of the rows, or sectors stay out.
    file = tmp_path / "duties.csv"
    file.write_text(
        "date,side,on,points_pp,announced,source,note\n"
        '2025-06-01,us,HS 85,25,2025-03-20,me,"a, b"\n2027-01-01,cn,all,5,,,\n',
        "utf-8",
    )
    told = json.loads(
        detente("impact", "--path", str(file), "--sectors", "-n", "1", "--json").stdout
    )
    (duties,) = told["pairs"]
    first, second = duties["path"]["rows"]

    assert (duties["name"], duties["path"]["file"]) == ("duties.csv", str(file))
    assert first == {
        "line": 2,
        "date": "2025-06-01",
        "announced": "2025-03-20",
        "side": "us",
        "on": "hs85",
        "points_pp": 25.0,
        "coverage": None,
        "note": "a, b",
        "source": "me",
        "has_effect": True,
    }
    assert (second["on"], second["has_effect"]) == ("full_reply", False)
    assert (told["from"], told["until"]) == ("2025-03-20", "2026-03-01")
    names = [line["name"] for line in told["lines"]]
    assert sum(name.startswith("trade_usd_bn_per_month[") for name in names) == 43
    assert told["lines"][0]["values"][0]["pair"] == "duties.csv"


@pytest.mark.parametrize("first", ["pair", "path"])
def test_a_schedule_and_a_pair_are_compared(detente: Detente, tmp_path: Path, first: str) -> None:
    """In either order, by the same draws: the difference of the one is minus that of the other."""
    # Fails if --versus takes no file, or the pair begins on another day.
    file = tmp_path / "duties.csv"
    file.write_text("date,side,on,points_pp\n2025-02-04,us,toys,30\n", "utf-8")
    words = {
        "pair": ("--us", "20", "--versus", str(file)),
        "path": ("--path", str(file), "--versus", "20/0"),
    }[first]
    told = json.loads(detente("impact", *words, "-n", "2", "--months", "2", "--json").stdout)
    page = detente("impact", *words, "-n", "2", "--months", "2", "--sectors").stdout

    assert told["from"] == "2025-02-04"
    assert {pair["name"] for pair in told["pairs"]} == {"20/0", "duties.csv"}
    line = next(row for row in told["lines"] if row["name"] == "us_import_avg_pct")
    sign = 1.0 if first == "pair" else -1.0
    # Toys are seven per cent of imports.
    assert line["difference"]["central"] == pytest.approx(sign * 17.8, abs=0.1)
    assert "Compared with: " in page
    assert max(map(len, page.splitlines())) <= 80


def test_two_files_of_one_name_are_told_apart(detente: Detente, tmp_path: Path) -> None:
    """By their paths."""
    # Fails if both are called by the name of the file.
    files = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        files.append(folder / "duties.csv")
        files[-1].write_text(f"date,side,on,points_pp\n2025-02-04,us,all,{number}\n", "utf-8")
    words = ("--path", str(files[0]), "--versus", str(files[1]), "-n", "1", "--json")
    told = json.loads(detente("impact", *words).stdout)

    assert [pair["name"] for pair in told["pairs"]] == list(map(str, files))


def test_every_fault_of_a_file_is_told_with_its_line(detente: Detente, tmp_path: Path) -> None:
    """On one screen, without a traceback."""
    # Fails if the first fault ends the reading, or an error of Python comes through.
    file = tmp_path / "duties.csv"
    rows = "2025-02-30,us,toys,1\n2025-03-01,us,tyos,1\n2025-03-01,us,toys,much\n" * 20
    file.write_text(f"date,side,on,points_pp\n{rows}", "utf-8")
    result = detente("impact", "--path", str(file))

    assert result.exit_code == 3
    assert "duties.csv:2: date: '2025-02-30' is not a date" in result.stderr
    assert "duties.csv:3: on: 'tyos'" in result.stderr
    assert "did you mean toys?" in result.stderr
    assert "more like these" in result.stderr
    assert len(result.stderr.splitlines()) <= 20
