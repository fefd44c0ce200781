"""What `impact` prints of a schedule of duties and of all sectors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sim import api
from sim.economy.sectors import GOODS
from sim.report.answers.tariffs import ImpactAnswer
from sim.report.page import TextTable, render
from sim.scenario.baseline import sector_labels

HEAD = "date,side,on,points_pp,coverage,announced\n"
LONG = "a_schedule_" * 8 + ".csv"


def write(folder: Path, *rows: str, name: str = "duties.csv") -> Path:
    """Writes a schedule; coverage and announcement may be left out."""
    file = folder / name
    lines = "".join(f"{row}{',' * (5 - row.count(','))}\n" for row in rows)
    file.write_text(HEAD + lines, "utf-8")
    return file


def words(answer: ImpactAnswer) -> str:
    """Returns a page in one line."""
    return " ".join(str(answer).split())


def sector_tables(answer: ImpactAnswer) -> list[TextTable]:
    """Returns the tables of sectors of a page."""
    return [part for part in answer.page().parts if isinstance(part, TextTable)][1:]


def shown_in(text: str) -> list[float]:
    """Returns the numbers of a cell: the value, then its band."""
    return [float(word.replace(",", "")) for word in re.findall(r"[-+]?[\d,]+\.?\d*", text)]


@pytest.fixture(scope="module")
def alone() -> ImpactAnswer:
    """The duties of May 2025 with all sectors."""
    return api.impact(30, 10, sectors=True, n=6, months=3)


def test_the_head_names_the_file_and_its_days(tmp_path: Path) -> None:
    """One row or several; what it is compared with likewise."""
    # Fails if the heading is that of a pair, or the days are not those of the rows.
    one = write(tmp_path, "2025-03-04,us,all,20", name="one.csv")
    two = write(tmp_path, "2025-05-14,cn,all,10", "2025-03-04,us,all,20,,2025-02-20")
    page = str(api.impact(path=two, versus=one, n=1, months=4))

    assert page.startswith("Duties in duties.csv: 2 rows, dated 4 Mar 2025 to 14 May 2025\n")
    assert "Compared with: Duties in one.csv: 1 row, dated 4 Mar 2025.\n" in page
    assert "duties.csv minus one.csv: US imports" in " ".join(page.split())
    against = words(api.impact(path=two, versus="30/10", n=1, months=4))
    assert "Compared with: US +30 points, China +10, in force from 20 Feb 2025." in against


def test_every_sector_has_a_row_of_its_own_numbers(alone: ImpactAnswer) -> None:
    """Duty before and at the end, imports and their change with bands, as calculated."""
    # Fails if a sector is left out, a column is of another line, or a band is of another sector.
    found = alone.impact
    tables = sector_tables(alone)
    stems = ("tariff_pct", "trade_usd_bn_per_month", "trade_change_pct")

    assert [len(table.rows) for table in tables] == [26, 17]
    for good in GOODS:
        side = 0 if good.startswith("us.") else 1
        row = next(row for row in tables[side].rows if row[0] == sector_labels()[good])
        place = found.place(f"tariff_pct[{good}]")
        assert shown_in(row[1])[0] == pytest.approx(found.before[place], abs=0.51)
        for cell, stem in zip(row[2:], stems, strict=True):
            place = found.place(f"{stem}[{good}]")
            step = found.lines[place].step
            expected = found.estimate(0, place)[:3]
            assert shown_in(cell) == pytest.approx(
                expected if len(shown_in(cell)) == 3 else expected[:1], abs=0.51 * step
            )


def test_two_sets_of_duties_have_columns_of_their_own(tmp_path: Path) -> None:
    """For every reading, and the difference in imports in the last."""
    # Fails if both columns are of one of them, or the difference is something else.
    file = write(tmp_path, "2025-01-20,us,toys,50")
    answer = api.impact(path=file, versus="20/0", sectors=True, n=2, months=2)
    found = answer.impact
    table = sector_tables(answer)[0]
    titles = [" ".join(column.title.split()) for column in table.columns]
    row = dict(
        zip(titles, next(row for row in table.rows if row[0].startswith("Toys")), strict=True)
    )
    place = found.place("trade_usd_bn_per_month[us.toys]")

    assert shown_in(row["duty, %: duties.csv"]) == [51.4]
    assert shown_in(row["duty, %: 20/0"]) == [21.4]
    for title, expected in (
        ("imports, $ bn a month: duties.csv", found.estimate(0, place)),
        ("imports, $ bn a month: 20/0", found.estimate(1, place)),
        ("imports, duties.csv minus 20/0", found.difference(place)),
    ):
        assert shown_in(row[title]) == pytest.approx(expected[:3], abs=0.006)


def test_sectors_are_shown_when_asked() -> None:
    """Neither tables nor lines otherwise; one sector stands above the table all the same."""
    # Fails if --sectors is ignored, or hides --sector.
    plain = api.impact(30, 10, n=1, months=1)
    both = api.impact(30, 10, sector="toys", sectors=True, n=1, months=1)

    assert sector_tables(plain) == []
    assert len(plain.impact.lines) + 5 * 43 == len(both.impact.lines)
    assert str(both).count("US imports:\nToys, games, sports goods") == 1
    assert str(both).count("Trade, $ bn a month; was") == 1
    assert len({line.name for line in both.impact.lines}) == len(both.impact.lines)


@pytest.mark.parametrize("width", [60, 80, 200])
def test_pages_fit_and_cut_nothing(tmp_path: Path, width: int) -> None:
    """However long the names of files are."""
    # Fails if a table is wider than the page, or a name or a number is cut.
    files = [
        write(tmp_path, f"2025-03-04,us,hs85,{points}", name=f"{points}{LONG}")
        for points in (10, 900)
    ]
    answer = api.impact(path=files[0], versus=files[1], sectors=True, n=2, months=2)
    text = render(answer.page(), width)

    assert max(map(len, text.splitlines())) <= width
    assert "\N{HORIZONTAL ELLIPSIS}" not in text
    for table in sector_tables(answer):
        for row in table.rows:
            for cell in row[1:]:
                assert cell.split()[0] in text


def test_long_names_are_told_once(tmp_path: Path) -> None:
    """In columns and sentences the two are first and second."""
    # Fails if a long name heads a column, or a short one is replaced.
    short = write(tmp_path, "2025-03-04,us,hs85,10", "2025-03-04,us,everyone_else,5")
    long = write(tmp_path, "2025-03-04,us,hs85,20", name="my_own_schedule.csv")
    text = words(api.impact(path=long, versus=short, n=1, months=2, sectors=True))

    assert text.count("my_own_schedule.csv") == 1
    assert "The two are called first and second below." in text
    assert " first minus second: US imports" in text
    assert "the 0 (first) or 5 (second) points the US adds" in text
    plain = words(api.impact(path=short, versus="30/10", n=1, months=2))
    assert "first and second" not in plain
    assert "duties.csv minus 30/10: US imports" in plain


def test_rows_without_effect_are_named(tmp_path: Path) -> None:
    """By their lines, with the reason; a schedule in which all rows count says nothing."""
    # Fails if they are passed over, or rows with effect are named.
    file = write(
        tmp_path,
        "2025-03-02,us,all,10",
        "2025-03-03,us,all,20",
        "2025-03-20,us,all,30",
        "2025-09-02,us,toys,30",
    )
    text = words(api.impact(path=file, n=1, months=3))
    rows: Any = [{"date": "2027-01-01", "side": "us", "on": "all", "points_pp": 1}]

    assert "No effect: lines 2 and 3 of duties.csv, replaced before the first day" in text
    assert "No effect: line 5 of duties.csv, not known by 1 Jun 2025, the end" in text
    plain = write(tmp_path, "2025-03-02,us,all,10", "2025-09-02,us,toys,30", name="plain.csv")
    assert "No effect" not in words(api.impact(path=plain, n=1, months=12))
    late = api.impact(path=rows, start="2025-02-01", n=1, months=1)
    assert "No effect: row 1 of path, not known by" in words(late)
    many = write(tmp_path, *(f"2026-{m:02}-{d:02},us,all,1" for m in (1, 2) for d in range(1, 15)))
    short = words(api.impact(path=many, start="2025-02-01", n=1, months=1))
    assert "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 16 more of duties.csv" in short


def test_notes_are_those_of_the_duties_played(tmp_path: Path) -> None:
    """A pair is of two layers; sectors and chapters count by imports only; what duties on others
    there are at the end is said for each."""
    # Fails if a note stands where it does not apply, or takes the points of the scenario.
    layers = write(tmp_path, "2025-03-04,us,all,20", "2025-03-04,us,everyone_else,12")
    goods = write(tmp_path, "2025-03-04,us,hs85,20", name="goods.csv")
    first = words(api.impact(path=layers, n=1, months=2))
    second = words(api.impact(path=goods, versus="30/10", n=1, months=2))
    both = words(api.impact(path=layers, versus=goods, n=1, months=2))

    assert "fentanyl tariff, on all goods" not in first
    assert "Points on sectors and chapters count by imports only" not in first
    assert "The long run includes the 12 points the US adds on all other countries" in first
    assert "fentanyl tariff, on all goods" in second
    assert "Points on sectors and chapters count by imports only" in second
    assert "points the US adds on all other countries" not in second
    assert "the 12 (duties.csv) or 0 (goods.csv) points the US adds" in both


def test_the_age_of_the_oldest_duty_counts(tmp_path: Path) -> None:
    """Responses of output are published for 30 months after a duty, not after the start."""
    # Fails if the months before the first duty count, or the note speaks of all duties.
    file = write(tmp_path, "2025-06-15,us,all,20")

    def page(months: int) -> str:
        return words(api.impact(path=file, start="2025-01-20", months=months, n=1))

    # The first month with the duty is the sixth.
    assert "study's long run" not in page(36)
    assert "Those to the oldest duties have since been fading" in page(37)
