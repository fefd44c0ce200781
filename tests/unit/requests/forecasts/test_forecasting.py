"""Requests for forecasts: one batch a day, everything checked before anything is played."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import api
from sim.backtest.conditioning.exposures import exposures
from sim.backtest.recorded.facts import mornings
from sim.errors import CheckFailedError, NotFoundError, ScenarioError, UsageError
from sim.experiment.outcomes.forecasts import EventForecast, QuantityForecast
from sim.requests.forecasts import forecasting
from sim.requests.run import BatchRequest
from sim.scenario import freeze
from sim.scenario.evidence import ALWAYS
from sim.scenario.posterior import Posterior, posterior_text
from sim.scenario.resolved_scenario import Parameter

SHORT: dict[str, Any] = {"n": 30, "engine": "simpy", "workers": 1}
MARCH = "2025-03-10"


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[BatchRequest]:
    """The batches that were played."""
    found: list[BatchRequest] = []
    real = BatchRequest.play

    def play(self: BatchRequest, place: int = 0, parts: int = 1) -> Any:
        found.append(self)
        return real(self, place, parts)

    monkeypatch.setattr(forecasting.BatchRequest, "play", play)
    return found


def listed(folder: Path, *rows: str) -> Path:
    """A file of questions."""
    path = folder / "questions.csv"
    path.write_text("as_of,question\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def test_each_day_is_played_once_to_the_last_day_asked_for(
    played: list[BatchRequest], tmp_path: Path
) -> None:
    """Answers come in the order of the questions, whatever their days."""
    # Fails if a question has a batch of its own, runs end elsewhere, or answers change places.
    file = listed(
        tmp_path,
        "2025-03-10,us_hikes@2025-03-14>=1",
        "2025-06-05,leaders_met@2025-06-08",
        "2025-03-10,us.hike_by@2025-03-12",
    )
    found = api.forecast("tension@2025-03-20", as_of=MARCH, file=file, results=tmp_path, **SHORT)

    march, june = (each.resolved for each in played)
    assert [each.question.text for each in found.forecasts] == [
        "tension@2025-03-20", "us_hikes@2025-03-14>=1", "leaders_met@2025-06-08",
        "us.hike_by@2025-03-12",
    ]  # fmt: skip
    assert [each.origin for each in found.forecasts] == [
        date(2025, 3, 10), date(2025, 3, 10), date(2025, 6, 5), date(2025, 3, 10)
    ]  # fmt: skip
    assert (march.until, june.until) == tuple(
        date(2025, *day).toordinal() for day in ((3, 20), (6, 8))
    )
    assert {date(2025, 3, day).toordinal() for day in (10, 12, 14, 20)} <= set(march.report_dates)
    assert not found.unanswered
    assert found.error is None


def test_events_of_the_day_of_the_forecast_do_not_count(tmp_path: Path) -> None:
    """A count begins after that day, and so do events."""
    # Fails if what happens on the day itself is counted.
    texts = ("us_measures@2025-03-14>=1", "us.tighten_tech_by@2025-03-14", "us_measures@2025-03-14")
    found = api.forecast(*texts, as_of=MARCH, results=tmp_path, **{**SHORT, "n": 200})
    batch = found.forecasts[0].batch
    after = batch.values["us_measures@2025-03-14"] - batch.values["us_measures@2025-03-10"]
    first = batch.values["us_measures@2025-03-10"]

    assert len(np.unique(first)) > 1
    raw = found.forecasts[0].raw
    assert isinstance(raw, EventForecast)
    assert raw.probability.value == np.mean(after >= 1)
    assert raw.probability.value != np.mean(batch.values["us_measures@2025-03-14"] >= 1)


def test_what_cannot_be_answered_does_not_stop_the_rest(tmp_path: Path) -> None:
    """Its place, line and reason are told, in the place of its answer."""
    # Fails if one error stops all, or an answer goes to another question.
    file = listed(
        tmp_path,
        "2025-03-10,leaders_mett@2025-03-12",
        "2025-03-10,leaders_met@2025-03-12",
        "2015-03-11,leaders_met@2025-03-12",
        "soon,leaders_met@2025-03-12",
        "2025-03-10,tension@2025-03-12 | calls@2025-03-12>99",
        "2025-03-10,a,b",
    )
    found = api.forecast(file=file, results=tmp_path, **SHORT)
    told = found.to_json()

    assert ["error" in each for each in told] == [True, False, True, True, True, True]
    for line, words in (
        (2, "did you mean leaders_met"), (4, "is not on record"), (5, "YYYY-MM-DD"),
        (6, "0 of 30 runs"), (7, "fields of the header"),
    ):  # fmt: skip
        assert f"questions.csv:{line}" in told[line - 2]["error"]
        assert words in told[line - 2]["error"]
    assert isinstance(found.error, UsageError)
    assert "5 of 6 questions" in str(found.error)


@pytest.mark.parametrize(
    ("questions", "options", "error", "told"),
    [
        ((), {}, UsageError, "ask a question"),
        (("leaders_met@2025-03-12",), {}, UsageError, "--as-of 2025-10-23"),
        (("leaders_met@2025-03-12",), {"as_of": "2015-03-11"}, NotFoundError, "2017-04-05"),
        (("leaders_mett@2025-03-12",), {"as_of": MARCH}, NotFoundError, "did you mean"),
        (("x", "y"), {"as_of": MARCH}, NotFoundError, "2 of 2 questions"),
        (
            ("leaders_met@2025-03-12",),
            {"as_of": MARCH, "scenario": "october-2025-apec"},
            UsageError,
            "starts on 2025-10-23",
        ),
        (("leaders_met@2025-03-12",), {"scenario": "octobre"}, NotFoundError, "no scenario"),
        (("leaders_met@2025-03-12",), {"as_of": MARCH, "sets": ["tension=5"]}, ScenarioError, "0"),
        ((), {"file": "none.csv"}, NotFoundError, "--questions: there is no file"),
        (
            ("tension@2025-03-12 | calls@2025-03-12>99",),
            {"as_of": MARCH},
            CheckFailedError,
            "0 of 30",
        ),
    ],
)
def test_what_is_asked_wrongly_says_why(
    questions: tuple[str, ...],
    options: dict[str, Any],
    error: type[Exception],
    told: str,
    tmp_path: Path,
) -> None:
    """With the error of its kind."""
    # Fails if a check is left out, or a single question is reported as a list.
    with pytest.raises(error, match=told):
        api.forecast(*questions, results=tmp_path, **{**SHORT, **options})


def test_a_scenario_of_ones_own_is_the_world_of_its_day(tmp_path: Path) -> None:
    """Its start is the day of the forecast unless that is given."""
    # Fails if the shipped world is taken, or the day.
    file = tmp_path / "mine.yaml"
    file.write_text("question: q\nextends: march-2025-escalation\nstart: 2025-03-11\n", "utf-8")
    found = api.forecast("leaders_met@2025-03-13", scenario=file, results=tmp_path, **SHORT)

    (forecast,) = found.forecasts
    assert forecast.origin == date(2025, 3, 11)
    assert forecast.batch.resolved.name == "mine"


def test_a_day_without_a_scenario_is_replayed(tmp_path: Path) -> None:
    """Its runs begin on the next morning, so that all they count comes after the day."""
    # Fails if a count asks for a value of a day that is not played.
    found = api.forecast("rounds@2025-09-20", as_of="2025-09-01", results=tmp_path, **SHORT)

    (forecast,) = found.forecasts
    batch = forecast.batch
    assert isinstance(forecast.answer, QuantityForecast)
    assert batch.resolved.start == date(2025, 9, 2).toordinal()
    assert max(forecast.answer.members) == batch.values["rounds@2025-09-20"].max()


def test_drawn_parameters_widen_the_answer(tmp_path: Path) -> None:
    """And the range over them is told."""
    # Fails if the mode is not passed on.
    found = api.forecast(
        "us_hikes@2025-03-20>=1", as_of=MARCH, parameters="prior", per_vector=5,
        results=tmp_path, **SHORT,
    )  # fmt: skip
    (told,) = found.to_json()

    assert told["parameters"] == "prior"
    assert len(told["moves_between"]) == 2
    assert "over the ranges" in str(found)


def test_a_file_is_frozen_only_if_every_question_has_an_answer(
    played: list[BatchRequest], tmp_path: Path
) -> None:
    """And nothing is played for a file that cannot be written."""
    # Fails if a frozen file has gaps, or the file is looked for at the end.
    path = tmp_path / "f.json"
    with pytest.raises(NotFoundError, match="1 of 2"):
        api.freeze_forecast(
            "leaders_met@2025-03-12", "nothing@2025-03-12", to=path, as_of=MARCH,
            results=tmp_path, **SHORT,
        )  # fmt: skip
    assert not path.exists()
    played.clear()
    path.write_text("", "utf-8")
    with pytest.raises(UsageError, match="exists"):
        api.freeze_forecast("leaders_met@2025-03-12", to=path, as_of=MARCH, **SHORT)
    assert not played


def test_a_record_of_ones_own_is_replayed(tmp_path: Path) -> None:
    """The day after its last act the duty it raises is in force; not beside a scenario."""
    # Fails if the acts are not laid over the record, or a shipped world is taken instead.
    rows = (
        "date,side,act,leg,points_pp,effective,until,executes,unmapped,event,size_pp,bilateral,"
        "counted,source,confidence\n"
        "2025-10-23,us,hike,reciprocal,7,,,,,seven points more,,yes,,test,low\n"
    )
    record = tmp_path / "mine.csv"
    record.write_text(rows, "utf-8")
    question = "us_addon_pp@2025-10-24>=37"
    asked = {"as_of": "2025-10-23", "results": tmp_path, **SHORT}

    (with_it,) = api.forecast(question, record=record, **asked).to_json()
    (without,) = api.forecast(question, **asked).to_json()
    assert with_it["probability"] > 0.9
    assert without["probability"] < 0.1
    with pytest.raises(UsageError, match="leave out --scenario"):
        api.forecast(question, record=record, scenario="october-2025-apec", **asked)


def learned(folder: Path, until: str) -> str:
    """The path of a posterior of one rate, learned from the record up to a day."""
    rows = tuple((2.0 + 0.1 * k,) for k in range(50))
    last = date.fromisoformat(until).toordinal()
    made = Posterior(("us.rate.hike",), rows, last, "r", "m")
    path = folder / f"{until}.json"
    path.write_text(posterior_text(made, "detente calibrate", {}), "utf-8")
    return str(path)


@pytest.mark.parametrize("scenario", [None, "march-2025-escalation"])
def test_a_forecast_uses_nothing_learned_later(
    played: list[BatchRequest], tmp_path: Path, scenario: str | None
) -> None:
    """A posterior of the next day is refused with the command that mends it; one of the day not."""
    # Fails if hindsight passes where a scenario, or none, says how things stand.
    question = "us_hikes@2025-03-14>=1"
    asked = {"as_of": MARCH, "scenario": scenario, "per_vector": 5, "results": tmp_path, **SHORT}
    with pytest.raises(UsageError, match=r"detente calibrate --until 2025-03-10 --out FILE\.json"):
        api.forecast(question, parameters=learned(tmp_path, "2025-03-11"), **asked)
    assert not played
    api.forecast(question, parameters=learned(tmp_path, "2025-03-10"), **asked)
    (batch,) = played
    assert batch.resolved.posterior is not None
    assert batch.resolved.posterior.names == ("us.rate.hike",)


def test_a_replayed_day_scales_what_was_learned(played: list[BatchRequest], tmp_path: Path) -> None:
    """Its draws are those of the file times one factor, unless the rate is set."""
    # Fails if draws escape the multipliers, or `--set` loses to the posterior.
    asked = {
        "as_of": "2025-09-01", "parameters": learned(tmp_path, "2020-12-31"), "per_vector": 5,
        "results": tmp_path, **SHORT,
    }  # fmt: skip
    api.forecast("rounds@2025-09-05", **asked)
    api.forecast("rounds@2025-09-05", sets=["us.rate.hike=7"], **asked)
    usual, held = (each.resolved.posterior for each in played)

    assert usual is not None
    assert held is not None
    factors = [row[0] / (2.0 + 0.1 * k) for k, row in enumerate(usual.draws)]
    assert factors == pytest.approx([factors[0]] * 50)
    assert factors[0] != 1.0
    assert held.names == ()


LEAKS = ("us_hikes@{}>=1", "us_measures@{}>=1", "us_addon_pp@{}", "leaders_met@{}")
LEAK_ORIGINS = ("2018-03-01", "2020-06-01", "2023-01-01", "2025-03-01")


def with_noise(parameter: Parameter, origin: str, *, late: bool) -> Parameter:
    """Returns a parameter with other values for all that could be known only after a day, or for
    all that was known on it: value, range, prior and reason."""
    ends = ["", *(held.until for held in parameter.before)]
    sounds = [start > origin if late else start <= origin for start in ends]
    before = tuple(
        replace(held, value=0.7 * held.value + 0.01, prior=None, low=None, high=None, reason="?")
        if sound
        else held
        for held, sound in zip(parameter.before, sounds[:-1], strict=True)
    )
    known = parameter.known_from
    if late != (known != ALWAYS and known > origin):
        return replace(parameter, before=before)
    value = 0.7 * parameter.value + (1.0 if parameter.unit == "days" else 0.01)
    return replace(
        parameter, value=value, prior=None, low=None, high=None, reason="?", before=before
    )


def forecast_with_noise(
    origin: str, folder: Path, patch: pytest.MonkeyPatch, mode: str, *, late: bool | None
) -> tuple[str, list[bytes], list[Any]]:
    """Returns the world, the values of its runs and the answers of a forecast, with noise in what
    was learned late, in what was known, or (None) in nothing."""
    usual = freeze.freeze_parameters

    def shaken(*args: Any) -> dict[str, Parameter]:
        found = usual(*args)
        if late is None:
            return found
        return {name: with_noise(p, origin, late=late) for name, p in found.items()}

    until = date.fromisoformat(origin) + timedelta(days=45)
    with patch.context() as context:
        context.setattr(freeze, "freeze_parameters", shaken)
        exposures.cache_clear()
        mornings.cache_clear()
        options = SHORT | {"n": 4} | ({"per_vector": 2} if mode == "prior" else {})
        found = api.forecast(
            *(question.format(until) for question in LEAKS),
            as_of=origin, results=folder, parameters=mode, **options,
        )  # fmt: skip
    exposures.cache_clear()
    mornings.cache_clear()
    batch = found.forecasts[0].batch
    values = [batch.values[name].tobytes() for name in sorted(batch.values)]
    answers = [(each.answer, each.base) for each in found.forecasts]
    return batch.resolved.to_json(), values, answers


@pytest.mark.parametrize("mode", ["fixed", "prior"])
@pytest.mark.parametrize("origin", LEAK_ORIGINS)
def test_what_could_be_known_only_later_changes_no_forecast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: str, mode: str
) -> None:
    """Noise in every parameter whose day comes after the origin, and in whatever was held of it
    only after the origin, leaves world, runs, probabilities and base rates alike, to the byte."""
    # Fails if a value, range or prior of a later day enters the replay, the rates conditioned on
    # the record, the base rates or the runs; or if a late parameter has nothing held before.
    results = [
        forecast_with_noise(origin, tmp_path / str(late), monkeypatch, mode, late=late)
        for late in (None, True)
    ]
    assert results[0][0] == results[1][0]
    assert results[0][1] == results[1][1]
    assert repr(results[0][2]) == repr(results[1][2])


def test_the_same_noise_in_what_was_known_changes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the noise is no idle one."""
    # Fails if the noise reaches nothing, so that the test above proves nothing.
    usual, shaken = (
        forecast_with_noise(LEAK_ORIGINS[1], tmp_path / str(late), monkeypatch, "fixed", late=late)
        for late in (None, False)
    )
    assert usual[0] != shaken[0]
    assert usual[1] != shaken[1]
