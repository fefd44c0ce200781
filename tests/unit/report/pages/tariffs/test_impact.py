"""What `impact` prints."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from sim import api
from sim.errors import NotFoundError, ScenarioError, UsageError
from sim.report.answers.tariffs import ImpactAnswer
from sim.report.page import render
from sim.report.words.impact import EQUATIONS, held_note, words_of
from sim.scenario.evidence import sources
from sim.units import UNITS


@pytest.fixture(scope="module")
def alone() -> ImpactAnswer:
    """The duties of May 2025, ten draws."""
    return api.impact(30, 10, regions=True, start="2025-05-12", n=10)


@pytest.fixture(scope="module")
def beside() -> ImpactAnswer:
    """The same beside those of April, with a sector."""
    return api.impact(30, 10, versus="145/125", sector="soybeans", n=10, months=3)


def refuse(constant: str) -> None:
    """Refuses what JSON does not know."""
    raise AssertionError(f"{constant} in JSON")


def told(calculation: ImpactAnswer) -> dict[str, Any]:
    """Returns the JSON object as a strict reader gets it."""
    text = json.dumps(calculation.to_json(), allow_nan=False)
    return dict(json.loads(text, parse_constant=refuse))


def table(calculation: ImpactAnswer) -> list[str]:
    """Returns the lines of the page between the sentences and the equations."""
    lines = str(calculation).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(("Duties", "Chinese im")))
    return lines[first : lines.index("Equations of the trade model")]


def test_pages_fit_80_columns(alone: ImpactAnswer, beside: ImpactAnswer) -> None:
    """One pair or two, ordinary points or a thousand; no number is cut."""
    extreme = api.impact(1000, 1000, versus=(0, 1000), sector="us.basic_metals", n=2, months=1)
    for calculation in (alone, beside, extreme):
        text = str(calculation)
        assert max(map(len, text.splitlines())) <= 80
        assert "\N{HORIZONTAL ELLIPSIS}" not in text


def test_a_narrow_terminal_gets_a_narrow_page(beside: ImpactAnswer) -> None:
    """What is wider than the terminal gives way."""
    assert max(map(len, render(beside.page(), 60).splitlines())) <= 60


def test_the_head_says_what_is_asked(alone: ImpactAnswer, beside: ImpactAnswer) -> None:
    """Points, days, what changes are against; of two pairs both, and their difference."""
    text = " ".join(str(alone).split())
    for part in (
        "US +30 points on China, China +10 on the US, in force from 12 May 2025",
        "after 12 months",
        "without negotiation",
        "changes in trade are from 2024",
        "In short: US imports from China change by -",
    ):
        assert part in text, part
    second = " ".join(str(beside).split())
    assert "Compared with: US +145 points, China +125." in second
    assert "30/10 minus 145/125: US imports +" in second
    assert "% of draws" in second


def test_every_line_names_its_source(alone: ImpactAnswer) -> None:
    """The last column holds a key or `assumed`, with the equation it enters by; all keys and
    equations are spelt out underneath, once."""
    page = str(alone)
    below = page[page.index("Equations of the trade model") :]
    rows = [line for line in table(alone) if line.startswith("  ") and line[2:].strip()]
    # A long key wraps, so the end of its name stands alone in a row.
    rows = [row for row in rows if row[:30].strip()]

    assert len(rows) == len(alone.impact.lines)
    for row in rows:
        cited = re.search(r"(?:\((\d+)\) )?([a-z]+[a-z0-9-]+|E\d+)$", row)
        assert cited, row
        number, key = cited.groups()
        if key != "assumed":
            assert [name for name in sources() if name.startswith(key)], row
        if number:
            assert EQUATIONS[int(number)][:20] in below
    for key, source in told(alone)["sources"].items():
        assert below.count(f"  {key}: ") == 1
        # What a source is worth is said with it, a number from memory above all.
        assert source["mark"] in " ".join(below.split())


def test_every_label_has_a_unit(alone: ImpactAnswer, beside: ImpactAnswer) -> None:
    """A label ends in its unit; the three duty scales have it in their names, and the parts of a
    line have that of the line above."""
    unit = re.compile(r"(%|\$ bn|\$ bn a (month|year)|\$ a year|points|thousands)$")
    for line in (*alone.impact.lines, *beside.impact.lines):
        label = words_of(line).label
        named = re.match(r"\w+_(pp|pct):", label)
        assert unit.search(label) or named or label.startswith("  due to duties on"), label
        assert len(label) <= 30


def test_the_table_holds_the_numbers(alone: ImpactAnswer) -> None:
    """Value and band of a line are those of the calculation, rounded."""
    found = alone.impact
    place = found.place("us_imports_usd_bn_per_month")
    row = next(line for line in table(alone) if "US imports, $ bn a month" in line)
    numbers = [float(word) for word in re.findall(r"-?\d+\.?\d*", row.partition("month")[2])][:3]

    assert numbers == pytest.approx(found.estimate(0, place)[:3], abs=0.051)


def test_duties_have_no_band(alone: ImpactAnswer) -> None:
    """What the law says is not in doubt; what China collected in 2024 is."""
    duties = table(alone)[1:8]

    assert all(" to " not in line for line in duties if "cn_import_avg_pct" not in line)
    assert "us_avg_seed_pct" in duties[2]
    assert "44.5" in duties[2]


def test_a_sector_comes_first_beside_what_it_was(beside: ImpactAnswer) -> None:
    """Duty, trade and prices of the sector, with the values before any add-on."""
    lines = table(beside)

    assert lines[:2] == ["Chinese imports:", "Soybeans"]
    duty = next(line for line in lines if "Duty, %; was" in line)
    assert "was 3" in duty
    assert duty.split()[-3:] == ["13", "128", "-115"]


def test_the_last_line_says_what_bands_are_over(alone: ImpactAnswer) -> None:
    """Draws, parameters, seed, and that governments are not in it."""
    last = " ".join(str(alone).split())[-400:]

    assert "10 draws (few; use a larger -n)" in last
    assert f"of {len(alone.impact.drawn)} parameters (seed 20251023)" in last
    assert last.endswith("not about government decisions.")


def test_the_end_of_the_income_table_is_told(alone: ImpactAnswer) -> None:
    """Points beyond the equilibrium's table are said to be."""
    beyond = str(api.impact(0, 500, n=1, months=1))

    assert "end of its table" in beyond
    assert "end of its table" not in str(alone)


def test_draws_beyond_the_elasticities_of_the_table_are_counted() -> None:
    """A page says in how many draws the ends of the table stand in for the elasticity."""
    # Fails if such draws are passed over, or counted when there are none.
    far = api.impact(30, 10, sets={"trade.us.sigma_12m": 9.0}, n=4, months=1)
    near = api.impact(30, 10, sets={"trade.us.sigma_12m": 3.0}, n=4, months=1)

    assert far.impact.draws_beyond == told(far)["draws_beyond_table"] == 4
    assert told(far)["beyond_table"] is False
    assert "In 4 of 4 draws the elasticity is beyond the table" in " ".join(str(far).split())
    assert "which spans 1.75 to 9" in " ".join(str(far).split())
    assert near.impact.draws_beyond == 0
    assert "beyond the table" not in " ".join(str(near).split())


def test_regions_are_shown_when_asked_and_always_in_the_json(alone: ImpactAnswer) -> None:
    """Real incomes and exports of all regions; by default the page has only the sides and the
    rest."""
    # Fails if the option is not passed on, or the JSON leaves them out.
    plain = api.impact(30, 10, start="2025-05-12", n=10)

    for label in ("Vietnam, %", "Vietnam, $ bn a year", "Rest of ASEAN, %", "China, $ bn a year"):
        assert label in str(alone)
        assert label not in str(plain)
    assert "Vietnam's real income moves too much" in str(alone)
    assert "China's exports, $ bn a year" in str(plain)
    assert told(plain) == told(alone)
    assert "exports_to_us_change_usd_bn_per_year[vietnam]" in {
        line["name"] for line in told(plain)["lines"]
    }


def test_the_page_says_where_the_long_run_differs(alone: ImpactAnswer) -> None:
    """Which lines are after some months, which after all trade has adjusted, and what duties on
    other countries do to either."""
    # Fails if a reader could take one for the other.
    text = " ".join(str(alone).split())
    with_others = api.impact(30, 10, n=1, sets={"trade.us.rest_added_pp": 12})

    assert "Trade, revenue and prices are those after 12 months. The long run is" in text
    assert "points the US adds on all other countries" not in text
    assert "includes the 12 points the US adds on all other countries" in " ".join(
        str(with_others).split()
    )
    place = with_others.impact.place("us_real_income_pct")
    assert with_others.impact.central[0, place] > 0.2


def test_json_has_unit_and_source_for_each_line(alone: ImpactAnswer, beside: ImpactAnswer) -> None:
    """Each line tells unit, meaning, equations, sources and values with bands."""
    for calculation in (alone, beside):
        answer = told(calculation)
        assert answer["schema"] == 1
        assert len(answer["lines"]) == len(calculation.impact.lines)
        for line in answer["lines"]:
            assert line["unit"] in UNITS
            assert line["meaning"].endswith(".")
            assert line["source"] == "assumed" or line["source"] in answer["sources"]
            assert set(line["sources"]) <= set(answer["sources"])
            assert line["sources"] or line["assumed"]
            assert {str(number) for number in line["equations"]} <= set(answer["equations"])
            for row in line["values"]:
                assert row["low"] <= row["median"] <= row["high"]
        assert answer["drawn"] == list(calculation.impact.drawn)


def test_json_goes_month_by_month(beside: ImpactAnswer) -> None:
    """Trade and revenue have a row a month for each pair; the last is the end."""
    answer = told(beside)
    lines = {line["name"]: line for line in answer["lines"]}
    monthly = {name for name, line in lines.items() if "by_month" in line}

    assert {
        "us_imports_usd_bn_per_month",
        "cn_imports_usd_bn_per_month",
        "us_revenue_usd_bn_per_year",
        "cn_revenue_usd_bn_per_year",
        "trade_usd_bn_per_month[cn.soybeans]",
    } <= monthly
    for name in monthly:
        months = lines[name]["by_month"]
        assert [row["date"] for row in months] == ["2025-02-01", "2025-03-01", "2025-04-01"]
        assert months[-1]["values"] == lines[name]["values"]
        assert [row["pair"] for row in months[0]["values"]] == ["30/10", "145/125"]


def test_only_two_pairs_have_a_difference(alone: ImpactAnswer, beside: ImpactAnswer) -> None:
    """A difference has a band of its own and the share of draws in which it is above nought."""
    assert all("difference" not in line for line in told(alone)["lines"])
    for line in told(beside)["lines"]:
        difference = line["difference"]
        first, second = line["values"]
        assert difference["central"] == pytest.approx(first["central"] - second["central"])
        assert difference["low"] <= difference["high"]
        assert 0.0 <= difference["share_higher"] <= 1.0


def test_rows_are_those_of_the_json(alone: ImpactAnswer) -> None:
    """A notebook gets the same lines."""
    assert alone.rows() == alone.to_json()["lines"]


def test_a_parameter_may_be_changed() -> None:
    """A fixed elasticity is drawn no more; a higher one cuts more trade."""
    name = "trade.us.sigma_12m"
    low, high = (api.impact(30, 10, sets={name: x}, n=1).impact for x in (2.0, 5.0))
    place = low.place("us_imports_usd_bn_per_month")

    assert name not in low.drawn
    assert high.central[0, place] < low.central[0, place]


def test_errors_are_of_their_kind() -> None:
    """Points, pairs and days are usage; a sector is not found; a parameter is the scenario's."""
    with pytest.raises(UsageError, match="145/125"):
        api.impact(30, 10, versus="145")
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        api.impact(30, 10, start="May")
    with pytest.raises(NotFoundError, match="did you mean toys"):
        api.impact(30, 10, sector="tyos")
    with pytest.raises(ScenarioError, match="did you mean"):
        api.impact(30, 10, sets={"trade.us.sigma_12": 3})


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (30, ""),
        (31, "have since been fading to the study's long run, to be held there from month 60 on"),
        (59, "have since been fading"),
        (60, "are held at the study's long run from month 60 on"),
        (120, "are held at the study's long run"),
    ],
)
def test_what_is_past_the_published_quarters_is_marked(months: int, told: str) -> None:
    """Nothing within ten quarters, then that responses fade, then that they are held."""
    # Fails if a month beyond the published ones is not marked, or the two marks are mixed up.
    note = held_note(months, 30.0)

    assert told in note
    assert bool(note) == bool(told)
    assert ("Those to the oldest duties" in held_note(months, 30.0, several=True)) == bool(told)


def test_a_long_calculation_says_that_it_is_held() -> None:
    """On the page, and in JSON beside each line of the economy as a whole; a short one does not."""
    # Fails if the note is left out of either, or stands beside other lines.
    long, short = api.impact(30, 10, months=61, n=2), api.impact(30, 10, months=31, n=2)

    assert "held at the study's long run" in " ".join(str(long).split())
    assert "study's long run" not in " ".join(str(short).split())
    noted = {line["name"] for line in long_lines(long) if "note" in line}
    assert len(noted) == 12
    assert all(
        name.startswith(("us_output", "us_consumer", "us_unem", "us_jobs")) for name in noted
    )
    assert not any("note" in line for line in long_lines(short))


def long_lines(calculation: ImpactAnswer) -> list[dict[str, Any]]:
    """Returns the lines of the JSON object."""
    return list(told(calculation)["lines"])


def test_months_beyond_ten_years_are_refused_in_a_sentence() -> None:
    """A hundred and twenty months are the most."""
    # Fails if a longer time is calculated.
    with pytest.raises(UsageError, match=r"^--months 121: expected a whole number from 1 to 120$"):
        api.impact(30, 10, months=121, n=2)


def test_duties_on_others_have_lines_of_their_own() -> None:
    """With duties on all countries, jobs are lost to both, and the two parts make up the whole."""
    # Fails if the parts are not read from their causes, or JSON rounds.
    calculation = api.impact(30, 10, months=6, n=2, sets={"trade.us.rest_added_pp": 12})
    lines = {line["name"]: line["values"][0]["central"] for line in long_lines(calculation)}
    china, others = lines["us_jobs_china_thousand"], lines["us_jobs_others_thousand"]

    assert others < china < 0.0
    assert lines["us_jobs_thousand"] == pytest.approx(china + others)
    text = str(calculation)
    assert text.count("due to duties on China") == text.count("due to duties on others") == 4


def test_prices_by_content_stand_beside_the_published_response_with_a_word() -> None:
    """Twenty points for three years: direct content first, more with inputs; both texts say that
    the published response is another estimate of the same rise."""
    # Fails if a line or the note is left out, or the two lines change places.
    calculation = api.impact(20, 0, months=36, n=2)
    lines = {line["name"]: line["values"][0]["central"] for line in long_lines(calculation)}
    text = " ".join(str(calculation).split())

    direct, both = lines["us_prices_direct_pct"], lines["us_prices_with_inputs_pct"]
    assert 0.05 < direct < both < 2.0 * direct
    assert both == pytest.approx(lines["us_consumer_prices_china_pct"], abs=0.1)
    assert "US prices by content, %" in text
    assert "with Chinese inputs, %" in text
    assert "are two estimates of one rise and must not be added" in text
    assert "must not be added" in calculation.to_json()["note_on_prices"]
