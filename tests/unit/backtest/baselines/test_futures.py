"""Futures of the informed hazards: what each act makes of what stands, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.backtest.baselines.features import STANDING, TRACES, ActHistory, design
from sim.backtest.baselines.futures import (
    LATEST,
    NEVER,
    PAUSE_DAYS,
    SOONEST,
    Stand,
    _break_rate,
    _weights,
    informed_hazards,
)
from sim.backtest.baselines.hazards import INTERCEPT, PRIORS, fit_hazards
from sim.experiment.stats.intervals import Floats
from sim.history.act_table import acts_on_record
from sim.history.acts import FIRST_DAY, ActType
from sim.history.standing import PAUSE, SIGNED, THREAT, Spell, standing_on_record

TODAY = 100
NO_BREAKS = (0.0, 0.0)
LUCKLESS = np.ones(6)


def stand(
    *,
    paused: bool = False,
    signed: bool = False,
    threats: int = 0,
    due: float = NEVER,
    expires: float = NEVER,
) -> Stand:
    """Returns what stands in a single future."""
    return Stand(
        np.array([paused]),
        np.array([signed]),
        np.array([threats]),
        np.array([due]),
        np.array([expires]),
    )


def after(
    before: Stand,
    *kinds: ActType,
    breaks: tuple[float, float] = NO_BREAKS,
    **luck: float,
) -> Stand:
    """Returns what stands at the end of a day of some acts; `luck` sets draws by number (u0 ...),
    others are 1."""
    acts = np.zeros((1, len(ActType)))
    for kind in kinds:
        acts[0, list(ActType).index(kind)] = 1.0
    u = LUCKLESS.copy()
    for name, value in luck.items():
        u[int(name[1:])] = value
    before.advance(TODAY, acts, breaks, u[None, :])
    return before


def test_a_threat_opens_with_or_without_a_date() -> None:
    """Its date lies 3 to 60 days ahead."""
    soon = after(stand(), ActType.US_THREAT, u3=0.0, u4=0.0)
    late = after(stand(), ActType.US_THREAT, u3=0.0, u4=1.0 - 1e-9)
    undated = after(stand(threats=1), ActType.US_THREAT)

    assert (soon.threats[0], soon.due[0]) == (1, TODAY + SOONEST)
    assert late.due[0] == TODAY + LATEST
    assert (undated.threats[0], undated.due[0]) == (2, NEVER)


def test_a_later_threat_does_not_put_an_earlier_date_off() -> None:
    """The next date counts."""
    found = after(stand(threats=1, due=105.0), ActType.US_THREAT, u3=0.0, u4=0.9)

    assert (found.threats[0], found.due[0]) == (2, 105.0)


def test_a_hike_carries_a_threat_out() -> None:
    """One of two, with its date; without a threat it changes nothing."""
    found = after(stand(threats=2, due=105.0), ActType.US_HIKE)
    bare = after(stand(), ActType.US_HIKE)

    assert (found.threats[0], found.due[0]) == (1, NEVER)
    assert bare.threats[0] == 0


def test_a_delay_sets_a_new_date_or_ends_the_threat() -> None:
    """Without a date to put off, it ends it."""
    put_off = after(stand(threats=1, due=101.0), ActType.US_CUT, u1=0.0, u4=0.5)
    ended = after(stand(threats=1, due=101.0), ActType.US_CUT)
    undated = after(stand(threats=1), ActType.US_CUT, u1=0.0)

    assert put_off.threats[0] == 1
    assert TODAY + SOONEST <= put_off.due[0] <= TODAY + LATEST
    assert (ended.threats[0], ended.due[0]) == (0, NEVER)
    assert undated.threats[0] == 0


def test_a_threat_without_a_date_may_fade() -> None:
    """One with a date does not."""
    assert after(stand(threats=1), u2=0.0).threats[0] == 0
    assert after(stand(threats=1, due=110.0), u2=0.0).threats[0] == 1


def test_a_date_that_passes_is_forgotten() -> None:
    """The threat stays open, the pause in force."""
    found = after(stand(paused=True, threats=1, due=100.0, expires=100.0))

    assert (found.threats[0], found.due[0]) == (1, NEVER)
    assert (found.paused[0], found.expires[0]) == (True, NEVER)


def test_a_truce_ends_threats_and_begins_a_pause() -> None:
    """With a date in three of ten cases."""
    dated = after(stand(threats=2, due=105.0), ActType.TRUCE, u5=0.0)
    open_ = after(stand(threats=2, expires=110.0, paused=True), ActType.TRUCE)

    assert (dated.paused[0], dated.threats[0], dated.due[0]) == (True, 0, NEVER)
    assert dated.expires[0] == TODAY + PAUSE_DAYS
    assert (open_.paused[0], open_.expires[0]) == (True, NEVER)


def test_a_signed_agreement_outlasts_a_truce() -> None:
    """It is not turned into a pause."""
    found = after(stand(signed=True), ActType.TRUCE, u5=0.0)

    assert (found.signed[0], found.paused[0], found.expires[0]) == (True, False, NEVER)


@pytest.mark.parametrize(("kind", "place"), [("paused", 0), ("signed", 1)])
def test_an_agreement_that_breaks_opens_a_threat(kind: str, place: int) -> None:
    """Each kind at its own rate."""
    breaks = (0.5, 0.0) if place == 0 else (0.0, 0.5)

    broken = after(stand(**{kind: True}), breaks=breaks, u0=0.4)  # type: ignore[arg-type]
    held = after(stand(**{kind: True}), breaks=breaks[::-1], u0=0.4)  # type: ignore[arg-type]

    assert (getattr(broken, kind)[0], broken.threats[0]) == (False, 1)
    assert (getattr(held, kind)[0], held.threats[0]) == (True, 0)


@pytest.mark.parametrize(
    "origin", ["2018-06-30", "2018-12-20", "2019-08-31", "2022-05-01", "2025-07-31", "2025-10-20"]
)
def test_a_future_begins_where_the_record_ends(origin: str) -> None:
    """The features of its first day are those of the design of the record."""
    day = date.fromisoformat(origin).toordinal()
    history = ActHistory.known(acts_on_record(), standing_on_record(), FIRST_DAY, day)

    found = Stand.of(history, 3).features(day + 1)

    assert found.shape == (3, len(STANDING))
    assert found[1] == pytest.approx(design(history)[-1, len(TRACES) :])


def spell(
    day: int, until: int | None, kind: str, *, end: str = "", due: int | None = None
) -> Spell:
    """Returns a spell between ordinal days."""
    return Spell(day, until, kind, due, end, "it", "press", "high")


def test_a_date_that_has_come_is_no_date_ahead(calm: ActHistory) -> None:
    """Of the day of the origin; one of the day after is."""
    for later, found in ((0, NEVER), (1, calm.origin + 1.0)):
        spells = (spell(calm.origin - 5, None, THREAT, due=calm.origin + later),)

        assert Stand.of(replace(calm, spells=spells), 1).due[0] == found


def test_the_rate_of_breaks_is_counted_until_the_origin(calm: ActHistory) -> None:
    """Of pauses of 100, 100 and so far 36 days one was broken, one prolonged: two breaks in 601
    days with those of the prior. The signed accord has a rate of its own."""
    first, now = calm.first, calm.origin
    spells = (
        spell(first, first + 100, PAUSE, end="broken"),
        spell(first + 200, first + 300, PAUSE, end="prolonged"),
        spell(now - 35, None, PAUSE),
    )
    history = replace(calm, spells=spells)

    assert _break_rate(history, PAUSE) == pytest.approx(2 / (236 + 365))
    assert _break_rate(history, SIGNED) == pytest.approx(1 / 365)


def test_weights_are_drawn_from_their_posterior(calm: ActHistory) -> None:
    """Means within four standard errors, standard deviations within a tenth; weights of other
    features are 0."""
    rng = np.random.default_rng(5)
    weights, kinds = _weights(calm, 1.2, 4000, rng)
    hazard = fit_hazards(calm)[ActType.US_HIKE]
    columns = [0, *(column + 1 for column in hazard.columns)]

    drawn = weights[:, kinds.index(ActType.US_HIKE)]
    spread = np.sqrt(np.diag(hazard.covariance))

    assert np.all(np.abs(drawn[:, columns].mean(axis=0) - hazard.mean) < 4.0 * spread / 63.0)
    assert drawn[:, columns].std(axis=0) == pytest.approx(spread, rel=0.1)
    assert not np.delete(drawn, columns, axis=1).any()


def chances(history: ActHistory, paths: int = 2000) -> dict[ActType, Floats]:
    """Returns forecasts for ninety days."""
    return informed_hazards(history, 90, paths=paths)


@pytest.fixture(scope="module")
def calm() -> ActHistory:
    """A record of four quiet years."""
    return ActHistory.known((), (), FIRST_DAY, FIRST_DAY + 4 * 365)


def test_chances_grow_with_the_horizon_and_are_never_certain(calm: ActHistory) -> None:
    """For every act that has a hazard."""
    found = chances(calm)

    assert set(found) == set(PRIORS)
    for each in found.values():
        assert each.shape == (90,)
        assert np.all(np.diff(each) >= 0.0)
        assert 0.0 < each[0] < each[-1] < 1.0


def test_an_act_without_features_at_work_has_the_chance_of_its_intercept() -> None:
    """After a year with twelve evenly spaced controls and no threat, the chance of one in ninety
    days is near 1 - exp(-90 * 12 / 365), less the doubt about the rate."""
    days = FIRST_DAY + np.arange(12) * 30
    calm_ = ActHistory.known((), (), FIRST_DAY, FIRST_DAY + 364)
    history = replace(calm_, days={**calm_.days, ActType.US_CONTROL: days})

    found = chances(history)[ActType.US_CONTROL][-1]

    assert np.exp(INTERCEPT) * 365 == pytest.approx(8.0)
    assert found == pytest.approx(1.0 - np.exp(-90 * 12 / 365), abs=0.05)


def test_acts_of_a_future_leave_traces_in_it(calm: ActHistory) -> None:
    """Where China answered each of 48 hikes on the next day, the hikes to come bring replies to
    come; on the day of the origin the trace of the last one has faded."""
    hikes = calm.first + 30 * np.arange(48)
    days = {**calm.days, ActType.US_HIKE: hikes, ActType.CN_HIKE: hikes + 1}
    found = chances(replace(calm, days=days))

    assert found[ActType.CN_HIKE][0] < 0.05
    assert found[ActType.CN_HIKE][-1] > 0.85 * found[ActType.US_HIKE][-1] > 0.7


def test_what_stands_and_what_happened_move_the_forecast(calm: ActHistory) -> None:
    """A threat that falls due brings a hike, a hike of yesterday a reply, a pause that expires a
    truce, an agreement peace."""

    def one(kind: str, due: int | None) -> tuple[Spell, ...]:
        return (spell(calm.origin - 5, None, kind, due=due),)

    def forecast(kind: ActType, history: ActHistory, days: int) -> float:
        return float(chances(history)[kind][days - 1])

    hike = {**calm.days, ActType.US_HIKE: np.array([calm.origin])}
    due = calm.origin + 3
    pressed = replace(calm, spells=one(THREAT, due))
    expiring = replace(calm, spells=one(PAUSE, due))
    at_peace = replace(calm, spells=one(SIGNED, None))

    assert forecast(ActType.US_HIKE, pressed, 4) > 2.0 * forecast(ActType.US_HIKE, calm, 4)
    reply = replace(calm, days=hike)
    assert forecast(ActType.CN_HIKE, reply, 4) > 4.0 * forecast(ActType.CN_HIKE, calm, 4)
    assert forecast(ActType.TRUCE, expiring, 4) > 2.0 * forecast(ActType.TRUCE, calm, 4)
    assert forecast(ActType.US_HIKE, at_peace, 30) < 0.9 * forecast(ActType.US_HIKE, calm, 30)
