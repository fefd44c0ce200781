"""The record of acts: complete, in order, counted as published, and refused where it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.history.acts import BOTH, FIRST_DAY, ActType, acts_on_record, read_acts
from sim.history.places import data_root
from sim.history.tariffs import LAST_DAY

HEAD = "date,side,act,event,size_pp,bilateral,source,confidence\n"
GOOD = "2025-02-01,us,hike,ten points,10,yes,order,high\n"


def written(folder: Path, rows: str) -> Path:
    """Writes a record."""
    file = folder / "record.csv"
    file.write_text(HEAD + rows, "utf-8")
    return file


def test_a_row_becomes_an_act(tmp_path: Path) -> None:
    """Every field is read; an empty size is none at all."""
    call = "2025-06-05,both,contact,a call,,no,press,low\n"

    hike, contact = read_acts(written(tmp_path, GOOD + call))

    assert (hike.day, hike.type) == (date(2025, 2, 1).toordinal(), ActType.US_HIKE)
    assert (hike.event, hike.size_pp, hike.bilateral) == ("ten points", 10.0, True)
    assert (hike.source, hike.confidence) == ("order", "high")
    assert (contact.type, contact.size_pp, contact.bilateral) == (ActType.CONTACT, None, False)


def test_the_record_spans_eight_years_and_ends_with_the_record_of_duties() -> None:
    """The first summit of 2017 to the week of 23 October 2025; 1,390, 1,461 and 277 days of
    three administrations."""
    acts = acts_on_record()

    assert acts[0].day == date(2017, 4, 6).toordinal()
    assert acts[-1].day <= LAST_DAY
    assert LAST_DAY - FIRST_DAY + 1 == 1390 + 1461 + 277


def test_the_record_holds_every_type_of_act() -> None:
    """Legs of one day stand in rows of their own: three of 4 February 2025 are Chinese controls."""
    acts = acts_on_record()
    fourth = [act for act in acts if act.day == date(2025, 2, 4).toordinal()]

    assert len(acts) == 257
    assert {act.type for act in acts} == set(ActType)
    assert [act.type for act in fourth] == [ActType.CN_HIKE] + 3 * [ActType.CN_CONTROL]


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ("2018-01-22", ActType.US_HIKE),  # section 201
        ("2018-03-01", ActType.US_THREAT),  # section 232
        ("2018-03-08", ActType.US_HIKE),
        ("2018-05-22", ActType.CN_CUT),  # cars of all origins
        ("2025-01-13", ActType.US_CONTROL),  # worldwide rule on AI chips
        ("2025-02-10", ActType.US_HIKE),  # section 232
        ("2025-06-03", ActType.US_HIKE),
        ("2025-07-09", ActType.CN_CONTROL),  # firms of Taiwan
        ("2025-10-04", ActType.CN_CONTROL),  # a Dutch firm
    ],
)
def test_global_acts_and_those_against_third_parties_are_marked(when: str, kind: ActType) -> None:
    """The record keeps them, and says that they are not aimed at the other side."""
    others = {(act.day, act.type) for act in acts_on_record() if not act.bilateral}

    assert (date.fromisoformat(when).toordinal(), kind) in others
    assert len(others) == 9


def test_the_hikes_of_2025_add_up_to_the_duties_in_force() -> None:
    """The five US hikes make 145 points, the last three Chinese ones 125."""

    def sizes(wanted: Callable[[ActType], bool]) -> list[float]:
        spring = date(2025, 1, 20).toordinal()
        acts = [act for act in acts_on_record() if act.day >= spring and act.bilateral]
        return [act.size_pp or 0.0 for act in acts if wanted(act.type)]

    assert sum(sizes(lambda kind: kind == ActType.US_HIKE)) == 145.0
    assert sum(sizes(lambda kind: kind == ActType.CN_HIKE)[-3:]) == 125.0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2025-02-30,us,hike,x,10,yes,order,high", r"record\.csv:2:1: hike: .*day"),
        ("2017-03-31,us,hike,x,10,yes,order,high", "runs from 2017-04-01 to 2025-10-23"),
        ("2025-10-24,us,hike,x,10,yes,order,high", "found 2025-10-24; the record runs"),
        ("2025-02-01,usa,hike,x,10,yes,order,high", "side 'usa'; allowed: us, cn, both; did"),
        ("2025-02-01,us,round,x,,yes,order,high", "act of us 'round'; allowed: hike, threat, cut"),
        ("2025-02-01,both,rond,x,,yes,order,high", "did you mean round"),
        ("2025-02-01,us,hike,,10,yes,order,high", "has no event"),
        ("2025-02-01,us,hike,x,10,yes, ,high", "has no source"),
        ("2025-02-01,us,hike,x,ten,yes,order,high", "ten"),
        ("2025-02-01,us,hike,x,0,yes,order,high", "above 0, at most 1000"),
        ("2025-02-01,us,hike,x,nan,yes,order,high", "above 0, at most 1000"),
        ("2025-02-01,us,hike,x,1001,yes,order,high", "above 0, at most 1000"),
        ("2025-02-01,us,control,x,10,yes,order,high", "only hike, threat, cut have a size"),
        ("2025-02-01,us,hike,x,10,true,order,high", "bilateral 'true'; allowed: yes, no"),
        ("2025-02-01,us,hike,x,10,yes,order,sure", "confidence 'sure'; allowed: high, medium, low"),
        ("2025-02-01,us,hike,x, and y,10,yes,order,high", "put a text that holds a comma in"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str, told: str, tmp_path: Path) -> None:
    """What is wrong, where, and what is allowed."""
    with pytest.raises(ScenarioError, match=told):
        read_acts(written(tmp_path, row + "\n"))


def test_rows_are_sorted_and_no_leg_comes_twice(tmp_path: Path) -> None:
    """Two legs of a day differ in something; all problems are reported at once."""
    early = GOOD.replace("2025-02-01", "2025-01-31")

    with pytest.raises(ScenarioError) as error:
        read_acts(written(tmp_path, GOOD + GOOD + early))

    assert "record.csv:3:1: hike: repeats an act of 2025-02-01" in str(error.value)
    assert "record.csv:4:1: hike: found 2025-01-31 after 2025-02-01" in str(error.value)


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    """No half of a record."""
    file = tmp_path / "record.csv"
    file.write_text("date,side,act\n", "utf-8")

    with pytest.raises(ScenarioError, match="no column event, size_pp, bilateral, source"):
        read_acts(file)


def test_the_record_ships_with_the_scenarios() -> None:
    """It lies where the wheel takes its data from."""
    assert (data_root() / "history" / "acts.csv").is_file()


def test_types_name_a_side_or_both() -> None:
    """A type is found by its side and its act, and named by both."""
    assert {kind.side for kind in ActType} == {"us", "cn", BOTH}
    for kind in ActType:
        name = kind.act if kind.side == BOTH else f"{kind.side}_{kind.act}"
        assert kind.name.lower() == name
    assert len({kind.title for kind in ActType}) == len(ActType)
