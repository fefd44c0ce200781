"""What `--set NAME=VALUE` does to a scenario, and what it refuses."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.experiment.inputs.priors import inverse_cdf
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Change, Prior
from sim.scenario.shipped import names

AUTONOMY = "us.leader.autonomy"
NAME = "october-2025-apec"


def test_a_parameter_is_fixed_and_the_change_recorded() -> None:
    """Fixing a parameter takes its prior away, says who did it, and touches nothing else."""
    before, after = resolve(NAME), resolve(NAME, sets=[(AUTONOMY, "0.4")])
    old = before.parameters[AUTONOMY]
    new = after.parameters[AUTONOMY]
    assert (new.value, new.prior, new.kind, new.source) == (0.4, None, "assumed", "")
    assert after.changes[-1] == Change(AUTONOMY, str(old.value), "0.4", "--set")
    assert after.origins[AUTONOMY] == "--set"
    assert {n for n, p in after.parameters.items() if p != before.parameters[n]} == {AUTONOMY}
    assert after.state == before.state


def test_the_present_value_changes_no_run() -> None:
    """Setting a number to what it is leaves the hash, its kind and its source alone."""
    before = resolve(NAME)
    sets = [(AUTONOMY, repr(before.parameters[AUTONOMY].value)), ("summit.venue", "third_country")]
    after = resolve(NAME, sets=sets)
    assert after.hash == before.hash
    assert after.changes == before.changes
    assert after.parameters[AUTONOMY].kind == before.parameters[AUTONOMY].kind
    assert after.sources["summit.venue"] == before.sources["summit.venue"]


def test_a_fixed_parameter_is_not_drawn() -> None:
    """Fixing a parameter at its value changes prior batches, though not those at central values."""
    before = resolve(NAME)
    value = repr(before.parameters[AUTONOMY].value)
    after = resolve(NAME, sets=[(AUTONOMY, value)])
    assert (after.hash == before.hash, after.prior_hash == before.prior_hash) == (True, False)


def test_a_prior_is_set_with_its_centre() -> None:
    """`beta:6:4` is a prior, and its mean the central value."""
    parameter = resolve(NAME, sets=[(AUTONOMY, "beta:6:4")]).parameters[AUTONOMY]
    assert parameter.value == pytest.approx(0.6)
    assert parameter.prior == Prior("beta", 6.0, 4.0)


def test_the_centre_of_a_prior_over_days_is_a_whole_day() -> None:
    """Half a day between two bounds is rounded, not refused."""
    name = "us.hike.spacing_days"
    parameter = resolve(NAME, sets=[(name, "uniform:14:31")]).parameters[name]
    assert (parameter.value, parameter.prior) == (22.0, Prior("uniform", 14.0, 31.0))


def test_the_centre_of_a_prior_is_the_middle_of_its_draws() -> None:
    """Command line and draws read the numbers of a family alike."""
    name = "us.cost_scale_usd_bn"
    for text in ("gamma:400:20", "normal:20:0.5", "lognormal:20:0.02", "uniform:19:21"):
        parameter = resolve(NAME, sets=[(name, text)]).parameters[name]
        assert parameter.prior is not None
        assert inverse_cdf(parameter.prior, 0.5) == pytest.approx(parameter.value, rel=0.01)


def test_null_returns_a_parameter_to_the_parameter_file() -> None:
    """What a scenario set is forgotten; the parameter file's value, prior and place are back."""
    changed = resolve("hawks-prevail")
    back = resolve("hawks-prevail", sets=[(AUTONOMY, "null")])
    usual = resolve(NAME)
    assert changed.parameters[AUTONOMY] != usual.parameters[AUTONOMY]
    assert back.parameters[AUTONOMY] == usual.parameters[AUTONOMY]
    assert back.origins[AUTONOMY].startswith("scenarios/parameters.yaml:")


def test_state_values_dates_codes_and_switches() -> None:
    """A state name takes numbers, days, names and true or false."""
    sets = [
        ("tension", "0.25"),
        ("summit.date", "2025-10-31"),
        ("summit.venue", "beijing"),
        ("summit.pageantry", "false"),
        ("us.control.tech", "1"),
    ]
    state = resolve(NAME, sets=sets).state
    day = date(2025, 10, 31).toordinal()
    assert [state[name] for name, _ in sets] == [0.25, day, 1.0, 0.0, 1.0]


def test_null_makes_a_day_never_and_a_state_value_the_default() -> None:
    """For a day null is never; other state values return to the field table."""
    after = resolve(NAME, sets=[("summit.date", "null"), ("tension", "null")])
    assert after.state["summit.date"] == 0.0
    assert after.sources["tension"].kind == "default"


def test_days_and_entries() -> None:
    """Start, until and whole entries of calendar and interventions can be changed."""
    sets = [("start", "2025-10-24"), ("until", "2025-12-24"), ("calendar.malaysia", "null")]
    after = resolve(NAME, sets=sets)
    assert (after.start, after.until) == tuple(
        date.fromisoformat(day).toordinal() for day in ("2025-10-24", "2025-12-24")
    )
    assert "malaysia" not in {entry.key for entry in after.calendar}
    gone = resolve("truce-lapses", sets=[("interventions.no-extension", "null")])
    assert [row.key for row in gone.interventions] == ["hundred-points"]
    assert gone.changes[-1].key == "interventions.no-extension"


def test_later_settings_win_and_all_are_recorded() -> None:
    """Settings apply in order."""
    after = resolve(NAME, sets=[("tension", "0.2"), ("tension", "0.3")])
    assert after.state["tension"] == 0.3
    assert [c.new for c in after.changes if c.by == "--set"] == ["0.2", "0.3"]


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("us.leadr.autonomy", "0.4", "did you mean us.leader.autonomy?"),
        ("tenson", "0.4", "did you mean tension?"),
        ("calendar.malaysa", "null", "did you mean malaysia?"),
        ("calendar.malaysia", "2025-10-25", "write null"),
        ("interventions.x", "null", "no such entry"),
        ("", "1", "unknown name"),
        (AUTONOMY, "1.4", "not between 0 and 1"),
        (AUTONOMY, "", "not a number"),
        (AUTONOMY, "nan", "not a finite number"),
        (AUTONOMY, "true", "not a number"),
        (AUTONOMY, "beta:6", "write beta:A:B"),
        (AUTONOMY, "normal:5:1", "not between 0 and 1"),
        (AUTONOMY, "uniform:-1:2", "-1 is not between 0 and 1"),
        (AUTONOMY, "x" * 300, "not a number"),
        ("us.hike.spacing_days", "2.5", "not a whole number"),
        ("summit.venue", "bejing", "did you mean beijing?"),
        ("summit.date", "2025-02-30", "not a calendar day"),
        ("start", "soon", "not a day"),
        ("start", "null", "not a day"),
        ("until", "2025-10-01", "22 days before the start"),
        ("until", "2039-10-01", "a run lasts"),
        ("start", "9999-12-31", "is after 2199-12-31"),
    ],
)
def test_settings_that_make_no_sense_are_refused(key: str, text: str, said: str) -> None:
    """Unknown names, wrong types and impossible values are scenario errors of one line."""
    with pytest.raises(ScenarioError) as caught:
        resolve(NAME, sets=[(key, text)])
    lines = str(caught.value).splitlines()
    assert len(lines) == 1
    assert len(lines[0]) <= 160
    assert lines[0].startswith("--")
    assert said in lines[0]
    assert caught.value.exit_code == 3


def test_all_settings_are_checked_at_once() -> None:
    """Three wrong settings are three problems."""
    with pytest.raises(ScenarioError) as caught:
        resolve(NAME, sets=[("a", "1"), ("tension", "2"), (AUTONOMY, "x")])
    assert [p.key for p in caught.value.problems] == ["a", "tension", AUTONOMY]


def test_until_of_the_command_line_may_cut_interventions_off() -> None:
    """A run cut short by hand ends before an intervention; that is no fault of the file."""
    short = resolve("rare-earth-squeeze", until=date(2025, 10, 20))
    assert date.fromordinal(short.until) == date(2025, 10, 20)
    short = resolve("truce-lapses", sets=[("start", "2025-10-30")], until=date(2025, 10, 31))
    assert {row.key for row in short.interventions} == {"hundred-points", "no-extension"}


def test_report_days_are_the_calendars_and_those_asked_for() -> None:
    """Days inside the run are read, in order and once; days outside are refused."""
    resolved = resolve(NAME, at=[date(2025, 12, 1), date(2025, 11, 10)])
    wanted = {date(2025, 12, 1).toordinal(), date(2025, 11, 10).toordinal()}
    assert wanted <= set(resolved.report_dates)
    assert all(a < b for a, b in pairwise(resolved.report_dates))
    with pytest.raises(ScenarioError, match="of october-2025-apec, 2025-10-23 to 2026-04-21"):
        resolve(NAME, at=[date(2025, 10, 22)])


@pytest.mark.parametrize("name", names())
def test_every_parameter_can_be_set_to_its_present_value(name: str) -> None:
    """No number that ships is one the command line would refuse or change."""
    before = resolve(name)
    sets = [(key, repr(p.value)) for key, p in before.parameters.items()]
    assert resolve(name, sets=sets).hash == before.hash


def test_unknown_scenarios_give_the_nearest_name() -> None:
    """A misspelt scenario is not found, with a suggestion and exit code 4; so is any odd name."""
    with pytest.raises(NotFoundError, match=r"did you mean october-2025-apec\?") as caught:
        resolve("october-2025-apek")
    assert caught.value.exit_code == 4
    for odd in ("x" * 4000, "a\0b", "", "..", "parameters", "sources"):
        with pytest.raises(NotFoundError):
            resolve(odd)
