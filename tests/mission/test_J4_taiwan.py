"""J4: a small contact with Taiwan is a small blip of tension, a crisis freezes talks."""

from __future__ import annotations

from sim.model.relations.mood import apply_mood_decay
from sim.model.relations.stages import talks_frozen
from sim.model.tables.codes import TALKS_STALLED
from sim.model.tables.vocabulary import Clause
from sim.model.world.shocks import apply_crisis
from sim.model.world.third_parties import apply_contact, apply_third_parties_day, contact_hazard
from tests.mission.helpers import JANUARY, JUNE, MARCH, OCTOBER, RUNS, between, paired, sign
from tests.mission.plays import Sets, batch, resolved, start, tapes

NO_CONTACTS: Sets = (("taiwan.contact_per_day", "0"),)


def test_J4_a_visit_is_a_small_blip_and_a_crisis_a_freeze() -> None:
    """A visit raises tension by less than a tenth of what a crisis does and leaves talks alone; a
    crisis stalls them and breaks off contacts for weeks."""
    calm, params = start(JUNE)
    visited, _ = start(JUNE)
    struck, _ = start(JUNE)
    apply_contact(visited, params)
    apply_crisis(struck, params)

    small, large = visited.tension - calm.tension, struck.tension - calm.tension
    assert 0.0 < small < 0.1 * large
    assert (visited.talks, talks_frozen(visited)) == (calm.talks, False)
    assert (struck.talks, talks_frozen(struck)) == (TALKS_STALLED, True)
    struck.day += 30
    assert talks_frozen(struck)
    for _ in range(60):
        apply_mood_decay(calm, params)
        apply_mood_decay(visited, params)
    assert visited.tension - calm.tension < 0.5 * small


def test_J4_in_runs_no_visit_stops_the_talks() -> None:
    """At none of the visits of two hundred runs are contacts broken off by it; at every crisis they
    are."""
    visits = crises = 0
    for tape in tapes(resolved(MARCH), range(200), lambda s, p: s.frozen_until):
        broken = 0
        for note in tape.notes:
            frozen = note.seen
            if note.kind == "taiwan_contact":
                visits += 1
                assert frozen == broken
            elif note.kind == "crisis":
                crises += 1
                assert frozen > note.day
            broken = frozen
    assert visits > 100
    assert crises > 0


def test_J4_without_visits_it_is_calmer() -> None:
    """On the same luck, more visits leave tension higher in the mean, but only a little."""
    often: Sets = (("taiwan.contact_per_day", "0.02"),)
    on, off = batch(MARCH, RUNS, often), batch(MARCH, RUNS, NO_CONTACTS)
    gap = paired(on["tension"], off["tension"])

    assert gap.positive
    assert gap.mean < 0.05
    assert not off["taiwan_contacts"].any()


def test_J4_taiwan_seeks_contact_around_an_inauguration_and_after_a_trade_on_it() -> None:
    """In January 2025 visits are likelier than in March, and fewer of them come later; once the
    leaders have traded on its name, they are likelier again."""
    january, params = start(JANUARY)
    march, _ = start(MARCH)
    assert contact_hazard(january, params) > 1.5 * contact_hazard(march, params)
    for _ in range(90):
        apply_third_parties_day(january, params)
    assert contact_hazard(january, params) < 1.5 * contact_hazard(march, params)
    runs, usual = batch(JANUARY, RUNS), batch(MARCH, RUNS)
    assert between(runs["taiwan_contacts"], usual["taiwan_contacts"]).positive

    state, params = start(OCTOBER)
    before = contact_hazard(state, params)
    sign(state, params, Clause.TAIWAN)
    assert contact_hazard(state, params) > before
