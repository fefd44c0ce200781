"""Tables of acts: read row by row, refused where they are wrong, laid over the shipped record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.history.act_table import SHAPE, acts_on_record, read_acts, record_with
from sim.history.acts import ActType
from sim.history.user_table import MOST_BYTES, NOT_THE_FIELDS

HEAD = f"{','.join(SHAPE.required)}\n"
GOOD = "2025-02-01,us,hike,fentanyl,10,2025-02-04,,yes,,ten points,10,yes,,order,high\n"
LATER = "2026-02-01,us,hike,reciprocal,5,2026-03-01,,,,five points,5,yes,,order,high\n"
CALL = "2026-01-05,both,contact,call,,,,,,a call,,yes,,press,low\n"


def written(folder: Path, rows: str) -> Path:
    """Writes a record."""
    file = folder / "record.csv"
    file.write_text(HEAD + rows, "utf-8")
    return file


def told(folder: Path, rows: str) -> list[str]:
    """Returns what a user is told of a record laid over the shipped one, line by line."""
    with pytest.raises(ScenarioError) as error:
        record_with(written(folder, rows))
    return [str(problem).partition("record.csv")[2] for problem in error.value.problems]


def test_a_row_becomes_an_act(tmp_path: Path) -> None:
    """Every field is read; an empty cell is none at all."""
    # Fails if two columns change places.
    hike, contact = read_acts(written(tmp_path, GOOD + CALL), last_day=800_000)

    assert (hike.day, hike.type) == (date(2025, 2, 1).toordinal(), ActType.US_HIKE)
    assert (hike.event, hike.size_pp, hike.bilateral) == ("ten points", 10.0, True)
    assert (hike.source, hike.confidence) == ("order", "high")
    assert (hike.leg, hike.points_pp, hike.executes) == ("fentanyl", 10.0, True)
    assert (hike.starts, hike.until) == (date(2025, 2, 4).toordinal(), None)
    assert (hike.unmapped, hike.counted, hike.changes_duty) == ("", True, True)
    assert (contact.type, contact.leg, contact.changes_duty) == (ActType.CONTACT, "call", False)
    assert (contact.size_pp, contact.points_pp, contact.executes) == (None, None, False)
    assert contact.starts == contact.day


def test_a_users_acts_are_added_by_day(tmp_path: Path) -> None:
    """They stand after the shipped ones of their day, and may be later than all of them."""
    # Fails if a file replaces the record, stands before it, or may not go on.
    june = "2025-06-05,us,control,visas,,,,,,visas,,yes,,press,low\n"
    record = record_with(written(tmp_path, june + CALL + LATER))
    place = [act.event for act in record].index("visas")

    assert len(record) == len(acts_on_record()) + 3
    assert record[place - 1].type == ActType.CONTACT
    assert record[place - 1].day == record[place].day < record[place + 1].day
    assert [act.event for act in record[-2:]] == ["a call", "five points"]
    assert record_with(None) == acts_on_record()


def test_the_shipped_record_ends_and_a_users_does_not(tmp_path: Path) -> None:
    """A row of the shipped record dated after 23 October 2025 is refused."""
    # Fails if the last day of a file is that of the shipped record, or the other way round.
    with pytest.raises(ScenarioError, match="2026-02-01 is not within 2017-04-01 to 2025-10-23"):
        read_acts(written(tmp_path, LATER))

    assert record_with(written(tmp_path, LATER))[-1].points_pp == 5.0


def test_all_problems_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    """Of every row, and all of a row: an analyst mends the file in one go."""
    # Fails if reading stops at the first wrong row, or the first wrong cell.
    rows = [
        "2026-02-30,us,hike,reciprocal,5,,,,,x,,yes,,order,high\n",
        CALL,
        "2026-01-06,us,hike,entities,,,,,,x,,maybe,,,sure\n",
        "2026-01-07,us,hike\n",
    ]

    lines = told(tmp_path, "".join(rows))

    assert [line.split(": ")[:2] for line in lines] == [
        [":2", "date"],
        [":4", "leg"],
        [":4", "source"],
        [":4", "bilateral"],
        [":4", "confidence"],
        [":5", NOT_THE_FIELDS],
    ]


def test_rows_are_sorted(tmp_path: Path) -> None:
    """A row above an earlier one is more often a typing error than meant."""
    # Fails if rows are sorted without a word.
    assert told(tmp_path, LATER + CALL) == [
        ":3: date: 2026-01-05 stands below 2026-02-01; rows are sorted by date"
    ]


def test_no_leg_comes_twice(tmp_path: Path) -> None:
    """Neither within a file, nor in a file and the shipped record; capitals do not matter."""
    # Fails if an act of the record could be doubled by copying it.
    shipped = "2025-06-05,both,contact,call,,,,,,{},,yes,,press,low\n"
    event = '"TRUMP-XI call, about 90 minutes; agree to new talks"'

    assert told(tmp_path, shipped.format(event) + CALL + CALL) == [
        ":2: event: repeats an act of 2025-06-05 in the shipped record; each leg has one row",
        ":4: event: repeats an act of 2026-01-05 in line 3; each leg has one row",
    ]


def test_a_cut_takes_away_no_more_than_there_is(tmp_path: Path) -> None:
    """Twenty points of the fentanyl duty stand at the end of the record; a cut to nothing is fine,
    also on the day of an increase."""
    # Fails if duties could fall below nothing, or the shipped points are forgotten.
    cut = "2026-02-01,us,cut,fentanyl,{},,,,,a cut,,yes,,order,high\n"

    assert told(tmp_path, cut.format(-20.5)) == [
        ":2: points_pp: cuts 20.5 points of fentanyl, on which there are 20 on 2026-02-01"
    ]
    assert record_with(written(tmp_path, cut.format(-20)))[-1].points_pp == -20.0
    raised = "2026-02-01,us,hike,fentanyl,5,,,,,a hike,,yes,,order,high\n"
    assert len(record_with(written(tmp_path, cut.format(-25) + raised))) == 270


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty; a record has the columns date, side"),
        ("date;side;act\n", "put commas, not semicolons or tabs"),
        ("date,side,act\n", "has no column leg, points_pp, effective"),
        (HEAD.replace("leg", "leeg"), "has a column 'leeg'; did you mean leg?"),
        (HEAD, "has no rows; each row gives an act"),
        (HEAD + 'x,"\n', "is not CSV"),
        (HEAD + "2026-01-01" + ",x" * 10_000_000, "is larger than 2 MB; a record has at most"),
        (HEAD + CALL * 10_001, "has 10,001 rows; a record has at most 10,000 rows"),
    ],
)
def test_what_is_no_record_is_refused(text: str, said: str, tmp_path: Path) -> None:
    """Sizes and headers are looked at before rows."""
    # Fails if a limit is not checked, or a stranger's table is read.
    file = tmp_path / "record.csv"
    file.write_text(text, "utf-8")

    with pytest.raises(ScenarioError) as error:
        record_with(file)

    assert said in str(error.value)
    assert len(str(error.value)) < 600


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """The line of the first letter in another encoding is named."""
    # Fails if a file of another program is read with signs in place of letters.
    file = tmp_path / "record.csv"
    file.write_bytes(HEAD.encode() + CALL.replace("a call", "caf\u00e9").encode("latin-1"))

    with pytest.raises(ScenarioError, match=r"record\.csv:2:1: is not UTF-8 text"):
        record_with(file)


def test_a_file_that_is_not_there_names_the_template(tmp_path: Path) -> None:
    """A folder and a name with a null character are no files either."""
    # Fails if the system's own error reaches the user.
    for path in (tmp_path / "none.csv", tmp_path, Path("nul\0l.csv")):
        with pytest.raises(NotFoundError, match="`detente history template` prints a record"):
            record_with(path)


def test_a_mark_of_the_encoding_and_comments_are_left_out(tmp_path: Path) -> None:
    """Spreadsheets write the one, people the other."""
    # Fails if the first column is called by the mark, or a comment is taken for a row.
    file = tmp_path / "record.csv"
    file.write_text(f'\ufeff# mine, and "yours"\n{HEAD}\n# done\n{CALL}', "utf-8")

    assert record_with(file)[-1].event == "a call"


def test_formulas_stay_text(tmp_path: Path) -> None:
    """What a spreadsheet would evaluate is an event like any other."""
    # Fails if a cell is evaluated, or refused for its first letter.
    file = written(tmp_path, CALL.replace("a call", "=HYPERLINK(1)+1"))

    assert record_with(file)[-1].event == "=HYPERLINK(1)+1"


def test_a_file_may_have_the_largest_size(tmp_path: Path) -> None:
    """Two megabytes of comments and one act, and not a byte more."""
    # Fails if the limit is one byte off.
    rest = MOST_BYTES - len(HEAD + CALL)
    comments = f"{'#' * 999}\n" * (rest // 1000) + "\n" * (rest % 1000)
    file = tmp_path / "record.csv"
    file.write_text(comments + HEAD + CALL, "utf-8")

    assert file.stat().st_size == MOST_BYTES
    assert record_with(file)[-1].event == "a call"
    file.write_text("\n" + comments + HEAD + CALL, "utf-8")
    with pytest.raises(ScenarioError, match="is larger than 2 MB"):
        record_with(file)
