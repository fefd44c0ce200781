"""Details of events: dates, amounts and contents, told from a state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.engine.details import Duties, Teller, hosts_of
from sim.engine.plan import make_plan
from sim.engine.sites import COLUMNS
from sim.engine.world import World
from sim.model.tables.codes import (
    ACCORD_NEW,
    CATEGORY_ENERGY,
    CATEGORY_SOYBEANS,
    CLAUSE_FENTANYL_CUT,
    CLAUSE_LICENCE,
    CLAUSE_MINERALS,
    CLAUSE_PROLONG,
    CLAUSE_SOYBEANS,
    CLAUSE_TECH,
    CN,
    FENTANYL,
    FULL_REPLY,
    PARTIAL_REPLY,
    RARE_EARTHS,
    RECIPROCAL,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Authority, Venue
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Action, Intervention, Resolved

TODAY = date(2025, 11, 1).toordinal()
NOTHING = Duties((0.0, 0.0), 0.0, frozenset(), 0.0)


@pytest.fixture(scope="module")
def october() -> Resolved:
    """A scenario that names the host of the meeting."""
    return resolve("october-2025-apec")


@pytest.fixture
def world(october: Resolved) -> World:
    """A blank state on a day in November, under a plan that sets no duty."""
    state, params = State(), Params()
    state.day, params.concession_days = TODAY, 30.0
    return World(make_plan(october), state, params, [[0.5] * len(COLUMNS)])


def announce(
    world: World, side: int, layer: int, points: float, days: int, cover: float = 0.0
) -> None:
    """Puts a duty on the first free slot of those not yet in force."""
    state = world.state
    slot = state.pending_due.index(0)
    state.pending_due[slot] = TODAY + days
    state.pending_side[slot], state.pending_layer[slot] = side, layer
    state.pending_pp[slot], state.pending_coverage[slot] = points, cover


def put(world: World, **units: float) -> None:
    """Puts clauses on the table, in units."""
    codes = {
        "cut": CLAUSE_FENTANYL_CUT, "licence": CLAUSE_LICENCE, "minerals": CLAUSE_MINERALS,
        "prolong": CLAUSE_PROLONG, "soybeans": CLAUSE_SOYBEANS, "tech": CLAUSE_TECH,
    }  # fmt: skip
    state = world.state
    for clause in codes.values():
        state.offer[clause] = 0.0
    for name, amount in units.items():
        state.offer[codes[name]], state.units[codes[name]] = 1.0, amount


def text(world: World, kind: str, side: int | None, size: float = 1.0) -> str:
    """Returns an event in words; nothing was announced before it."""
    return Teller(before=NOTHING).tell(world, kind, side, size)[0]


def test_a_threat_gives_its_size_and_deadline(world: World) -> None:
    """From the day on which it would be collected; a postponement gives the new one."""
    world.state.threat_pp, world.state.threat_deadline = 100.0, TODAY + 19

    assert text(world, "threaten", US).endswith(": 100 points from 20 Nov 2025")
    assert text(world, "postpone_threat", US, 100.0).endswith(" of 100 points to 20 Nov 2025")
    assert text(world, "agree_threat_later", US).endswith(" to 20 Nov 2025")
    world.state.threat_postponed = 2
    assert text(world, "postpone_threat", US).endswith(" to 20 Nov 2025, for the second time")


@pytest.mark.parametrize(
    ("stood", "ending"),
    [(0.0, "20 Nov 2025"), (34.0, "20 Nov 2025, instead of 34"), (100.0, ", as it did before")],
)
def test_a_renewed_threat_says_what_stood_before(world: World, stood: float, ending: str) -> None:
    """A larger one names the points it goes beyond."""
    # Fails if a first threat is told as a renewed one, or the points before are lost.
    world.state.threat_pp, world.state.threat_deadline = 100.0, TODAY + 19
    teller = Teller(before=Duties((0.0, 0.0), 0.0, frozenset(), stood))

    assert teller.tell(world, "threaten", US, 1.0)[0].endswith(ending)


@pytest.mark.parametrize(
    ("kind", "side"),
    [
        ("hike", US), ("execute_threat", US), ("counter_hike", US), ("penalise", US),
        ("revoke_pntr", US), ("reply_mirror", CN),
    ],
)  # fmt: skip
def test_an_increase_says_from_when_it_is_collected(world: World, kind: str, side: int) -> None:
    """If that is later than today: the duty just announced, of this side alone."""
    # Fails if an earlier announcement, or the other side's, is taken for it.
    announce(world, side, RECIPROCAL, 34.0, 2)
    announce(world, 1 - side, RECIPROCAL, 34.0, 3)
    teller = Teller(before=NOTHING)
    teller.tell(world, "stall", None, 0.0)

    assert "collected" not in teller.tell(world, kind, side, 34.0)[0]
    announce(world, side, RECIPROCAL, 34.0, 9)
    told, _ = teller.tell(world, kind, side, 34.0)
    assert told.endswith(", to be collected from 10 Nov 2025")


def test_the_end_of_normal_trade_relations_gives_its_points(world: World) -> None:
    """Its own text has none."""
    assert text(world, "revoke_pntr", US, 45.0).endswith("relations, which adds 45 points")


def test_duties_on_lists_give_rate_and_coverage(world: World) -> None:
    """Announced, or in force at once."""
    world.params.partial_reply_rate_pp = 15.0
    world.state.coverage[CN][PARTIAL_REPLY] = 0.12
    teller = Teller(before=replace(NOTHING, listed=0.05))
    at_once, _ = teller.tell(world, "reply_partial", CN, 0.0)
    announce(world, CN, PARTIAL_REPLY, 0.0, 6, 0.09)
    later, _ = teller.tell(world, "reply_partial", CN, 0.0)

    assert at_once.endswith(": 15 points on 7% of its imports from the US")
    assert later.endswith(
        ": 15 points on 9% of its imports from the US, to be collected from 7 Nov 2025"
    )


@pytest.mark.parametrize(
    ("kind", "authority"),
    [
        ("impose_122", Authority.S122), ("widen_232", Authority.S232),
        ("open_301", Authority.S301), ("impose_338", Authority.S338),
    ],
)  # fmt: skip
def test_a_statute_says_from_when_its_duties_are_collected(
    world: World, kind: str, authority: Authority
) -> None:
    """Each its own."""
    assert "collected" not in text(world, kind, US)
    world.state.statute_due[authority] = TODAY + 5
    assert text(world, kind, US).endswith("; duties to be collected from 6 Nov 2025")


def test_the_end_of_a_truce_is_told(world: World) -> None:
    """Its date or that there is none; in a bundle of another name only if it holds a pause."""
    world.state.truce_ends_on = TODAY + 9
    assert text(world, "sign_truce", None) == "The two sides sign a truce until 10 Nov 2025"
    assert text(world, "sign_extension", None).endswith("the truce until 10 Nov 2025")
    assert text(world, "sign_swap", None) == "The two sides agree on an exchange of concessions"
    put(world, prolong=1.0)
    assert text(world, "sign_swap", None).endswith("; the truce now runs until 10 Nov 2025")
    world.state.truce_ends_on = 0
    assert text(world, "sign_extension", None).endswith("the truce with no end set")


def test_relief_of_duties_is_told_from_what_to_what(world: World) -> None:
    """Of each side that moved: below a signature, beside a cut and a snapback."""
    world.state.duty_pp[US][FENTANYL], world.state.duty_pp[CN][FULL_REPLY] = 14.0, 10.0
    teller = Teller(before=replace(NOTHING, addon_pp=(20.0, 10.0)))
    _, lines = teller.tell(world, "sign_fentanyl", None, 2.0)

    assert lines == ("US duties from 20 to 14 points",)
    assert teller.tell(world, "sign_swap", None, 2.0)[1] == ()
    world.state.duty_pp[US][FENTANYL], world.state.duty_pp[CN][FULL_REPLY] = 38.0, 34.0
    told, _ = teller.tell(world, "snapback", None, 0.0)
    assert told.endswith(" (US duties from 14 to 38 points, Chinese duties from 10 to 34 points)")
    world.state.duty_pp[US][FENTANYL] = 28.0
    assert teller.tell(world, "cut_tariff", US, 1.0)[0].endswith("(US duties from 38 to 28 points)")


def test_no_move_is_told_where_duties_may_have_been_set(october: Resolved) -> None:
    """A scenario that sets a duty moves it without an event."""
    setting = Intervention(
        "set-it", october.start, None, (),
        (Action("set", name="us.addon.fentanyl_pp", value=5.0),), True, 0, "",
    )  # fmt: skip
    set_plan = make_plan(replace(october, interventions=(setting,)))
    state = State()
    state.day = TODAY
    moved = World(set_plan, state, Params(), [[0.5] * len(COLUMNS)])
    moved.state.duty_pp[US][FENTANYL] = 14.0

    teller = Teller(before=replace(NOTHING, addon_pp=(20.0, 0.0)))
    assert teller.tell(moved, "sign_fentanyl", None, 1.0)[1] == ()
    assert Teller().tell(moved, "cut_tariff", US, 1.0)[0] == "Washington cuts tariffs unilaterally"


def test_an_offer_is_listed_by_giver_from_the_refusers_side(world: World) -> None:
    """What was offered to it, what was asked of it, what both would do."""
    put(world, cut=0.6, licence=1.0, minerals=2.0, prolong=1.0, soybeans=1.0, tech=1.0)
    beijing = (
        "Beijing grants more licences for rare earths, pledges to buy soybeans and has its firms "
        "license their technology to US firms"
    )
    washington = "Washington cuts the fentanyl duty by 6 points and relaxes its technology controls"
    together = "together: both sides prolong the pause"
    told, lines = Teller().tell(world, "bundle_refused", US, 6.0)

    assert told == "Washington turns down Beijing's offer of 6 clauses"
    assert lines[:-1] == (f"offered: {beijing}", f"asked: {washington}", together)
    assert lines[-1].startswith("worth ")
    _, lines = Teller().tell(world, "bundle_refused", CN, 6.0)
    assert lines[:-1] == (f"offered: {washington}", f"asked: {beijing}", together)
    told, lines = Teller().tell(world, "bundle_stopped", CN, 0.0)
    assert lines == (f"agreed: both sides prolong the pause; {washington}; {beijing}",)


def test_a_meeting_without_an_offer_tells_what_was_to_be_had(world: World) -> None:
    """The best bundle the proposer saw, and why it kept it; or that there was none."""
    # Fails if the other side's reasons are told.
    put(world, licence=1.0, prolong=1.0)
    told, lines = Teller().tell(world, "nothing_offered", US, 0.0)

    assert told == "Washington makes no offer"
    assert lines[0] == (
        "the best it saw: both sides prolong the pause; Beijing has its firms license their "
        "technology to US firms"
    )
    assert lines[1].startswith("worth +0.00 to Washington and +0.00 to Beijing: ")
    put(world)
    assert Teller().tell(world, "nothing_offered", CN, 0.0) == (
        "Beijing makes no offer",
        ("it saw nothing that would have served both",),
    )


def test_a_plan_that_is_dropped_had_no_date(world: World) -> None:
    """An invitation is turned down."""
    # Fails if the two are told alike.
    told = [Teller().tell(world, "summit_lapses", None, days)[0] for days in (45.0, 1.0, 0.0)]

    plan = "The plan for a leaders' meeting is dropped: "
    assert told[:2] == [
        f"{plan}45 days after it was agreed it has no date",
        f"{plan}1 day after it was agreed it has no date",
    ]
    assert told[2] == "The invitation to a leaders' meeting is turned down"


def test_an_offer_refused_again_is_not_listed_again(world: World) -> None:
    """The day on which it was listed stands for it, for the same side and the same sizes."""
    # Fails if the day of the last repetition is given, or if the sides share a memory.
    teller = Teller()

    def refused(side: int, day: int, points: float) -> tuple[str, ...]:
        world.state.day = TODAY + day
        put(world, cut=points / 10.0)
        return teller.tell(world, "bundle_refused", side, 1.0)[1][:1]

    again = ("the same offer as on 1 Nov 2025",)
    assert refused(CN, 0, 6.0) == ("offered: Washington cuts the fentanyl duty by 6 points",)
    assert refused(CN, 3, 6.0) == again
    assert refused(US, 4, 6.0) == ("asked: Washington cuts the fentanyl duty by 6 points",)
    assert refused(CN, 5, 6.0) == again
    assert refused(CN, 6, 5.0) == ("offered: Washington cuts the fentanyl duty by 5 points",)
    assert refused(CN, 7, 6.0) == ("offered: Washington cuts the fentanyl duty by 6 points",)


def test_a_meeting_has_its_place_and_date(world: World, october: Resolved) -> None:
    """In a third country the calendar may say which; on another day it says nothing of it."""
    state = world.state
    state.summit_day = date(2025, 10, 30).toordinal()
    teller = Teller(hosts_of(october))
    state.venue = Venue.MAR_A_LAGO
    assert teller.tell(world, "summit_held", None, 0.0)[0] == "The leaders meet (at Mar-a-Lago)"
    state.venue = Venue.THIRD_COUNTRY
    told, _ = teller.tell(world, "summit_held", None, 0.0)
    assert told.endswith('(on the day of "Leaders meet at the APEC forum in South Korea")')
    state.summit_day += 30
    told, _ = teller.tell(world, "summit_dated", None, 0.0)
    assert told.endswith("are set (29 Nov 2025, in a third country)")


def test_a_review_says_when_it_ends(world: World) -> None:
    """The verdict may come on any day until then."""
    world.state.review_until = TODAY + 13

    assert text(world, "review_due", None).endswith("; a verdict is due by 14 Nov 2025")


@pytest.mark.parametrize(("month", "name"), [(11, "October"), (1, "December"), (6, "May")])
def test_a_delivery_names_its_month_and_the_pledge(world: World, month: int, name: str) -> None:
    """It is booked on the first of the next; the pledge is a twelfth of a year's."""
    state = world.state
    state.day = date(2026, month, 1).toordinal()
    state.pledged_usd_bn[ACCORD_NEW][CATEGORY_SOYBEANS] = 12.0
    state.pledged_usd_bn[ACCORD_NEW][CATEGORY_ENERGY] = 6.0

    assert text(world, "deliveries", CN, 0.03).endswith(
        f" worth 30 million dollars under its pledge in {name} "
        "(pledged: 1.50 billion dollars a month)"
    )


def test_a_breach_says_by_how_much_the_pledge_is_missed(world: World) -> None:
    """What has been delivered of what was due by now, on a straight line over a year."""
    state = world.state
    state.accord_signed = TODAY - 73  # a fifth of a year
    state.pledged_usd_bn[ACCORD_NEW][CATEGORY_SOYBEANS] = 10.0
    state.delivered_usd_bn[ACCORD_NEW][CATEGORY_SOYBEANS] = 0.5

    assert text(world, "breach", CN, 0.1).endswith(
        ": 0.50 billion dollars delivered of 2.00 billion dollars due by now (25%)"
    )


def test_a_threat_is_dropped_for_something_or_nothing(world: World) -> None:
    """What China gave counts for some weeks."""
    world.params.threat_softened_days = 30
    assert text(world, "drop_threat", US, 34.0).endswith("34 points, for nothing in return")
    world.state.softened_day = TODAY - 30
    assert text(world, "drop_threat", US).endswith(", after what Beijing gave on 2 Oct 2025")
    world.state.softened_day = TODAY - 31
    assert text(world, "drop_threat", US).endswith("for nothing in return")


@pytest.mark.parametrize(
    ("month", "day", "words"),
    [
        (3, 6, "session of its legislature"),
        (3, 12, "meetings of the party's leaders"),
        (10, 12, "a plenum"),
        (12, 12, "economic work"),
        (6, 12, "meetings"),
    ],
)
def test_what_keeps_china_busy_fits_the_time_of_the_year(
    world: World, month: int, day: int, words: str
) -> None:
    """The legislature meets early in March, not in December."""
    # Fails if the month or the day is not looked at.
    world.state.day = date(2025, month, day).toordinal()

    told = text(world, "session", CN, 6.0)
    assert words in told
    assert told.endswith(" for 6 days")


def test_an_accusation_names_the_act_it_speaks_of(world: World) -> None:
    """The last hostile one of the other side; friendly acts and one's own are none."""
    teller = Teller()
    assert teller.tell(world, "rebuke", CN, 1.0)[0] == "Beijing rebukes Washington in public"
    teller.tell(world, "tighten_tech", US, 1.0)
    world.state.day += 2
    teller.tell(world, "ease_tech", US, 1.0)
    teller.tell(world, "list_entities", CN, 1.0)
    over = ", over the tightening of technology controls of 1 Nov 2025"
    assert teller.tell(world, "rebuke", CN, 1.0)[0].endswith(over)
    assert teller.tell(world, "accuse", US, 1.0)[0].endswith(
        ", over the blacklisting of firms of 3 Nov 2025"
    )


def test_an_account_is_told_by_its_warmth(world: World) -> None:
    """In words, not as a number."""
    world.state.call_day = TODAY
    told = [text(world, "readout", CN, warmth) for warmth in (0.9, 0.6, 0.59, 0.0)]

    assert told[0] == "Beijing speaks of the leaders' call in glowing words"
    assert [words.split()[-2] for words in told] == ["glowing", "warm", "sober", "cold"]


def test_a_call_is_told_on_its_day_and_a_refusal_on_that_of_the_request(world: World) -> None:
    """A call is announced when it is held."""
    assert text(world, "call_leader", CN, 1.0) == (
        "The leaders speak by telephone, at Beijing's request"
    )
    assert text(world, "call_leader", CN, 0.0).endswith("; Washington declines")


def test_an_opening_bid_is_none_once_an_offer_was_refused(world: World) -> None:
    """Beijing then adds to what is on the table."""
    teller = Teller()
    assert teller.tell(world, "opening_tabled", CN, 0.0)[0].endswith("opening bid on the table")
    put(world, soybeans=1.0)
    teller.tell(world, "bundle_refused", CN, 1.0)
    assert "opening bid" not in teller.tell(world, "opening_tabled", CN, 0.0)[0]


def test_envoys_come_home_with_a_finding(world: World) -> None:
    """Whether Washington asks for more than China had thought."""
    teller = Teller()
    assert teller.tell(world, "send_delegation", CN, 1.0)[0].endswith("to sound out a deal")
    world.state.belief_mean[CN] += 0.5
    assert "little hope" in teller.tell(world, "send_delegation", CN, 1.0)[0]
    world.state.belief_mean[CN] -= 1.0
    assert "hopeful" in teller.tell(world, "send_delegation", CN, 1.0)[0]


def test_a_threat_against_others_has_its_day(world: World) -> None:
    """From which their goods would pay."""
    world.state.others_deadline[1] = TODAY + 9
    assert text(world, "threaten_europe", US, 15.0) == (
        "Washington threatens the European Union with duties from 10 Nov 2025"
    )


def test_a_ruling_says_when_the_duties_end(world: World) -> None:
    """On a day, or at once."""
    world.state.emergency_ends_on = TODAY + 9
    assert text(world, "court_strikes", None, 9.0).endswith("they end on 10 Nov 2025")
    world.state.emergency_ends_on = TODAY
    assert text(world, "court_strikes", None, 0.0).endswith("they end at once")


def test_an_account_of_a_round_fits_what_was_signed(world: World) -> None:
    """Warm words of a round in vain say so, and cold ones of a signature are guarded."""
    # Fails if the signature is not looked at.
    world.state.round_day = TODAY
    assert text(world, "readout", US, 0.9).endswith(
        "round in warm words, though nothing was signed"
    )
    assert text(world, "readout", CN, 0.1).endswith("round in cold words")
    world.state.last_signed_day = TODAY
    assert text(world, "readout", US, 0.9).endswith("in glowing words")
    assert text(world, "readout", CN, 0.1).endswith("in guarded words")


def test_a_control_in_a_reply_is_spoken_of_by_its_kind(world: World) -> None:
    """So that a later act answers the control and not the reply."""
    # Fails if the noun of the event is used.
    teller = Teller(before=NOTHING)
    teller.tell(world, "reply_control", CN, float(RARE_EARTHS))
    told, _ = teller.tell(world, "list_entities", US, 1.0, "reciprocity")
    assert told.endswith(", in answer to the control of rare earths of 1 Nov 2025")


def test_a_reply_in_kind_names_what_it_answers(world: World) -> None:
    """By the other side's last hostile act."""
    # Fails if replies lose their cause.
    teller = Teller(before=NOTHING)
    teller.tell(world, "tighten_tech", US, 1.0)
    told, _ = teller.tell(world, "reply_entities", CN, 1.0)
    assert told.endswith("firms, over the tightening of technology controls of 1 Nov 2025")
