"""Details of the events of one run: dates, amounts and contents that only its state can tell.

`happenings.event_text` says what kind of event it is, and `DETAILS` and `LINES` have a function for
each kind of which there is more to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from sim.economy.constants import MONTHS_PER_YEAR, PERCENT
from sim.engine.dates import day_words, end_words, month_before
from sim.engine.happenings import (
    CODES,
    IN_KIND,
    NAMES,
    NOBODY,
    WHO,
    WORDS,
    Happening,
    event_text,
    money,
)
from sim.engine.motives import Cause, cause_words, motive, stalled
from sim.engine.plan import NUMBERS, Do, Plan
from sim.engine.refusals import reasons
from sim.engine.speakers import attributed, office, speakers
from sim.engine.world import World
from sim.model.bargain.clauses import CLAUSE_ROWS, GIVER, NO_SIDE
from sim.model.bargain.signature import clause_size
from sim.model.commitments.purchases import delivered, due_so_far, pledged
from sim.model.duties.layers import addon_pp
from sim.model.duties.threats import has_softened
from sim.model.governments.acts import ACTS, ASKING
from sim.model.relations.stages import contact_today
from sim.model.tables.codes import (
    ACCORD_NEW,
    CLAUSE_PAUSE,
    CLAUSE_PROLONG,
    CN,
    ENTITIES,
    N_CLAUSES,
    PARTIAL_REPLY,
    RARE_EARTHS,
    US,
)
from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS
from sim.model.tables.vocabulary import (
    Act,
    Authority,
    CalendarKind,
    Contact,
    Package,
    Venue,
    signature_name,
)
from sim.scenario.resolved_scenario import Resolved, Tenure

PLACES: Final = {
    Venue.BEIJING: "in Beijing",
    Venue.WASHINGTON: "in Washington",
    Venue.MAR_A_LAGO: "at Mar-a-Lago",
    Venue.THIRD_COUNTRY: "in a third country",
}

CONTACTS: Final = {
    Contact.NONE: "contact",
    Contact.ROUND: "ministers' round",
    Contact.CALL: "leaders' call",
    Contact.MEETING: "leaders' meeting",
}


_WARMTH: Final = (
    (0.8, "in glowing words"),
    (0.6, "in warm words"),
    (0.4, "in sober words"),
    (0.2, "in cool words"),
    (0.0, "in cold words"),
)
"""Words for the warmth of an account, from the least warmth for which they are used."""

_UNSIGNED_WARMLY: Final = dict.fromkeys(
    ("in glowing words", "in warm words"), "in warm words, though nothing was signed"
)
_SIGNED_COLDLY: Final = dict.fromkeys(("in cool words", "in cold words"), "in guarded words")
"""Words that a round without a signature, and one with, call for in place of others."""

_TIMES: Final = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}

_MEETINGS: Final = "meetings of the party's leaders"
_SEASONS: Final = {
    3: "the annual session of its legislature",
    7: "the party leaders' review of the first half-year",
    8: "the summer retreat of the party's leaders",
    10: "a plenum of the party and its preparation",
    11: "the follow-up to the party's autumn session",
    12: "the year's-end conference on economic work",
}
"""What keeps China's leader busy, by month of the year: the legislature meets in March, plenums of
the party fall in autumn, and the conference on economic work in December."""

_SESSION_MONTH: Final = 3
_SESSION_ENDS: Final = 11
"""Day of March by which the legislature, which opens on the fifth, has gone home."""

_STEPS: Final = dict.fromkeys(("counter_hike", "execute_threat", "penalise"), "tariff increase")
"""Nouns for hostile acts whose own are too long to be spoken of later."""

_CONTROLS: Final = {ENTITIES: "blacklisting of firms", RARE_EARTHS: "control of rare earths"}
"""Nouns for the control that goes with a reply, by its instrument."""

HOSTILE: Final = frozenset(
    {row.act.name.lower() for row in ACTS if "cause_day" in row.changes}
    | {act.name.lower() for act in (
        Act.EXECUTE_THREAT, Act.REPLY_PARTIAL, Act.REPLY_MIRROR, Act.COUNTER_HIKE, Act.PENALISE,
    )}
    | {NAMES[code] for code in IN_KIND}
    | {NAMES[Happening.REPLY_CONTROL]}
)  # fmt: skip
"""Events of which the other side may speak in public."""

POINTED: Final = frozenset(("accuse", "rebuke"))
"""Hostile words, which name what they speak of."""


class Announced(NamedTuple):
    """Duty that is announced and not yet in force."""

    due: int
    side: int
    layer: int
    points: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Duties:
    """Duties after an event, with which those after the next are compared.

    Attributes:
        addon_pp: Points added on all goods by the US and by China.
        listed: Share of US goods on China's lists of 2025.
        announced: Duties not yet in force.
        threatened: Points of the open threat; 0 if none is open.
    """

    addon_pp: tuple[float, float]
    listed: float
    announced: frozenset[Announced]
    threatened: float


def duties_of(state: State) -> Duties:
    """Returns the duties in a state."""
    return Duties(
        (addon_pp(state, US), addon_pp(state, CN)),
        state.coverage[CN][PARTIAL_REPLY],
        frozenset(announced(state)),
        state.threat_pp if state.threat_open else 0.0,
    )


def announced(state: State) -> list[Announced]:
    """Returns the duties announced and not yet in force, the earliest first."""
    slots = (
        Announced(
            state.pending_due[slot],
            state.pending_side[slot],
            state.pending_layer[slot],
            state.pending_pp[slot],
            state.pending_coverage[slot],
        )
        for slot in range(PENDING_SLOTS)
    )
    return sorted(each for each in slots if each.due > 0)


@dataclass(frozen=True, slots=True)
class Scene:
    """Event and what is known when it is told.

    Attributes:
        world: The run, after the event.
        kind: Name of the kind of event.
        side: The side that acts, or `NOBODY`.
        size: Its size, in the unit of its kind.
        before: Duties before the event; None if not known.
        hosts: Labels of the days that the calendar keeps for a meeting in a third country.
        cause: The other side's last hostile act; None if the run has seen none.
        feared: What China took the least that the US accepts to be before the event, in utility;
            None if not known.
        refusals: Whether an offer has been refused in the run.
    """

    world: World
    kind: str
    side: int
    size: float
    before: Duties | None
    hosts: Mapping[int, str]
    cause: Cause | None = None
    feared: float | None = None
    refusals: bool = False

    @property
    def state(self) -> State:
        """The state after the event."""
        return self.world.state

    @property
    def started(self) -> list[Announced]:
        """Duties that the side has just announced, the earliest first."""
        known = self.before.announced if self.before else frozenset[Announced]()
        return [
            each for each in announced(self.state) if each.side == self.side and each not in known
        ]


Detail = Callable[[Scene], str]
Lines = Callable[[Scene], tuple[str, ...]]


# ------------------------------------------------------------------------------------- duties


def threatened(scene: Scene) -> str:
    """Returns the size of a threat, the day from which it would be collected, and what became of
    the one that stood."""
    stood = scene.before.threatened if scene.before else 0.0
    points = scene.state.threat_pp
    text = f": {points:.0f} points from {day_words(scene.state.threat_deadline)}"
    if stood > 0.0:
        text += f", instead of {stood:.0f}" if points > stood else ", as it did before"
    return text


def new_deadline(scene: Scene) -> str:
    """Returns the day to which a threat is put off, and how often it was."""
    again = f", for the {_TIMES[times]} time" if (times := scene.state.threat_postponed) > 1 else ""
    return f" to {day_words(scene.state.threat_deadline)}{again}"


def dropped(scene: Scene) -> str:
    """Returns what a threat is dropped for: what China signed or gave of late, if anything."""
    if has_softened(scene.state, scene.world.params):
        return f", after what Beijing gave on {day_words(scene.state.softened_day)}"
    return ", for nothing in return"


def from_deadline(scene: Scene) -> str:
    """Returns the day from which duties on another country would be collected."""
    partner = CODES[scene.kind] - Happening.THREATEN_NEIGHBOURS
    return f" from {day_words(scene.state.others_deadline[partner])}"


def collected(scene: Scene) -> str:
    """Returns the day from which a duty just announced is collected; nothing if from today."""
    later = [each.due for each in scene.started if each.due > scene.state.day]
    return f", to be collected from {day_words(later[0])}" if later else ""


def revoked(scene: Scene) -> str:
    """Returns the points that come with the end of normal trade relations, and from when."""
    return f", which adds {scene.size:.0f} points{collected(scene)}"


def listed(scene: Scene) -> str:
    """Returns the rate and the coverage of duties on lists of goods."""
    rate = scene.world.params.partial_reply_rate_pp
    share = sum(each.coverage for each in scene.started)
    if not scene.started and scene.before:
        share = scene.state.coverage[CN][PARTIAL_REPLY] - scene.before.listed
    goods = f"{PERCENT * share:.0f}% of its imports from the US"
    return f": {rate:.0f} points on {goods}{collected(scene)}"


def by_statute(authority: Authority) -> Detail:
    """Returns the detail of a statute that is turned to: the day from which it is collected."""

    def collected_by_statute(scene: Scene) -> str:
        due = scene.state.statute_due[authority]
        return f"; duties to be collected from {day_words(due)}" if due > scene.state.day else ""

    return collected_by_statute


def move(scene: Scene) -> str:
    """Returns by how much added duties have moved, on both sides; nothing if they have not."""
    if scene.before is None or sets_duties(scene.world.plan):
        return ""
    now = duties_of(scene.state).addon_pp
    moves = [
        f"{name} duties from {before:.0f} to {after:.0f} points"
        for name, before, after in zip(("US", "Chinese"), scene.before.addon_pp, now, strict=True)
        if before != after
    ]
    return ", ".join(moves)


def sets_duties(plan: Plan) -> bool:
    """Returns whether an intervention may set an added duty, which no event tells."""
    return any(
        do == Do.SET and ".addon." in NUMBERS[place].name
        for do, place in zip(plan.step_do, plan.step_act, strict=True)
    )


def moved(scene: Scene) -> str:
    """Returns the move of added duties in brackets."""
    words = move(scene)
    return f" ({words})" if words else ""


# ------------------------------------------------------------------------------------ bargains


def truce_end(scene: Scene) -> str:
    """Returns the first day without the truce just signed or extended."""
    return end_words(scene.state.truce_ends_on)


def truce_beside(scene: Scene) -> str:
    """Returns the end of a truce that a bundle of another name starts or prolongs."""
    offer = scene.state.offer
    if offer[CLAUSE_PAUSE] == 0.0 and offer[CLAUSE_PROLONG] == 0.0:
        return ""
    return f"; the truce now runs{truce_end(scene)}"


def relief(scene: Scene) -> tuple[str, ...]:
    """Returns the move of added duties under a bundle just signed."""
    words = move(scene)
    return (words,) if words else ()


def account(scene: Scene) -> str:
    """Returns a side's account of the contact of the day, by how warm it is and what was signed."""
    words = next(words for least, words in _WARMTH if scene.size >= least)
    contact = Contact(contact_today(scene.state))
    if scene.state.last_signed_day == scene.state.day:
        words = _SIGNED_COLDLY.get(words, words)
    elif contact == Contact.ROUND:
        words = _UNSIGNED_WARMLY.get(words, words)
    return f"{WHO[scene.side]} speaks of the {CONTACTS[contact]} {words}"


def stall_cause(scene: Scene) -> str:
    """Returns why the talks stall."""
    return stalled(scene.state, scene.world.params)


def spoken(scene: Scene) -> str:
    """Returns a leaders' call, or the request for one that is declined; empty if it is told as
    usual."""
    if scene.size <= 0.0:
        return ""
    return f"The leaders speak by telephone, at {WHO[scene.side]}'s request"


def struck(scene: Scene) -> str:
    """Returns a ruling against the emergency duties, with the day on which they end."""
    ends = scene.state.emergency_ends_on
    words = f"end on {day_words(ends)}" if ends > scene.state.day else "end at once"
    return f"The Supreme Court strikes down the duties under the emergency powers; they {words}"


def season(scene: Scene) -> str:
    """Returns what keeps China's leader busy at the time of the year."""
    today = date.fromordinal(scene.state.day)
    s = "" if scene.size == 1.0 else "s"
    over = today.month == _SESSION_MONTH and today.day > _SESSION_ENDS
    what = _MEETINGS if over else _SEASONS.get(today.month, _MEETINGS)
    return f"{WHO[CN]} is busy with {what} for {scene.size:.0f} day{s}"


def bid(scene: Scene) -> str:
    """Returns China's opening bid, which comes late once an offer has been refused."""
    if not scene.refusals:
        return ""
    return f"{WHO[CN]} adds to the talks what it had kept back: an offer of its own"


def pointed_at(scene: Scene) -> str:
    """Returns the hostile act that an accusation, a rebuke or a reply in kind is about."""
    if scene.cause is None:
        return ""
    return f", over {cause_words(scene.cause)}"


def found_out(scene: Scene) -> str:
    """Returns what envoys have found the US to ask for, compared with what China had thought."""
    if scene.feared is None:
        return ""
    more = scene.state.belief_mean[CN] > scene.feared
    return "; they come home with little hope" if more else "; they come home hopeful"


def on_the_table(scene: Scene) -> dict[int, list[str]]:
    """Returns what each side gives in the bundle on the table, in words, by giver."""
    given: dict[int, list[str]] = {}
    for clause in range(N_CLAUSES):
        size = clause_size(scene.state, clause)
        if size > 0.0:
            plural = "" if f"{size:.0f}" == "1" else "s"
            text = CLAUSE_ROWS[clause].text.format(size=size, s=plural)
            given.setdefault(GIVER[clause], []).append(text)
    return given


def given_by(giver: int, texts: Sequence[str]) -> str:
    """Returns what a side gives, or what both do, in one sentence: `Beijing gives x, y and z`."""
    who = "both sides" if giver == NO_SIDE else WHO[giver]
    return f"{who} {' and '.join([', '.join(texts[:-1]), texts[-1]] if texts[1:] else texts)}"


def refused_for(scene: Scene) -> tuple[str, ...]:
    """Returns why the offer on the table is refused."""
    return reasons(scene.state, scene.world.params, scene.side)


def offer_refused(scene: Scene) -> tuple[str, ...]:
    """Returns what was offered to the side that refuses, what was asked of it, and what both would
    have done."""
    given = on_the_table(scene)
    heads = {1 - scene.side: "offered", scene.side: "asked", NO_SIDE: "together"}
    return tuple(
        f"{head}: {given_by(giver, given[giver])}"
        for giver, head in heads.items()
        if giver in given
    )


def held_back(scene: Scene) -> tuple[str, ...]:
    """Returns the best bundle that a side saw and did not offer, and why."""
    given = on_the_table(scene)
    if not given:
        return ("it saw nothing that would have served both",)
    told = [given_by(giver, given[giver]) for giver in (NO_SIDE, US, CN) if giver in given]
    return (f"the best it saw: {'; '.join(told)}", *refused_for(scene))


def bundle_agreed(scene: Scene) -> tuple[str, ...]:
    """Returns what the negotiators had agreed."""
    given = on_the_table(scene)
    told = [given_by(giver, given[giver]) for giver in (NO_SIDE, US, CN) if giver in given]
    return (f"agreed: {'; '.join(told)}",)


# ----------------------------------------------------------------------- meetings and purchases


def place_words(venue: int, day: int, hosts: Mapping[int, str]) -> str:
    """Returns where the leaders meet; the calendar may say more of a third country."""
    words = PLACES[Venue(venue)]
    if venue == Venue.THIRD_COUNTRY and day in hosts:
        return f'on the day of "{hosts[day]}"'
    return words


def hosts_of(resolved: Resolved) -> dict[int, str]:
    """Returns the labels of the days that the calendar keeps for a meeting in a third country."""
    return {
        entry.day: entry.label
        for entry in resolved.calendar
        if entry.kind == CalendarKind.SUMMIT_SLOT and entry.venue == Venue.THIRD_COUNTRY
    }


def meeting_set(scene: Scene) -> str:
    """Returns the date and the place of a leaders' meeting."""
    return f" ({day_words(scene.state.summit_day)}, {_place(scene)})"


def meeting_place(scene: Scene) -> str:
    """Returns the place of a leaders' meeting."""
    return f" ({_place(scene)})" if scene.state.venue else ""


def _place(scene: Scene) -> str:
    return place_words(scene.state.venue, scene.state.summit_day, scene.hosts)


def review_ends(scene: Scene) -> str:
    """Returns the day by which a compliance review ends."""
    return f"; a verdict is due by {day_words(scene.state.review_until)}"


def voted_on(scene: Scene) -> str:
    """Returns the day of the vote, which its outcome may follow."""
    return f" of {day_words(scene.state.day - int(scene.size))}"


def month_of_pledge(scene: Scene) -> str:
    """Returns the month of a delivery, which is booked on the first of the next, and the pledge for
    a month."""
    monthly = pledged(scene.state, ACCORD_NEW) / MONTHS_PER_YEAR
    return f" in {month_before(scene.state.day)} (pledged: {money(monthly)} a month)"


def shortfall(scene: Scene) -> str:
    """Returns how much of the pledged purchases due by now has been delivered."""
    done, due = delivered(scene.state, ACCORD_NEW), due_so_far(scene.state)
    return f": {money(done)} delivered of {money(due)} due by now ({PERCENT * done / due:.0f}%)"


# ---------------------------------------------------------------------------------- the tables

SIGNED: Final = tuple(signature_name(package) for package in Package)

DETAILS: Final[dict[str, Detail]] = {
    "threaten": threatened,
    "postpone_threat": new_deadline,
    "drop_threat": dropped,
    "threaten_neighbours": from_deadline,
    "threaten_europe": from_deadline,
    "threaten_further": from_deadline,
    **dict.fromkeys((NAMES[code] for code in IN_KIND), pointed_at),
    "accuse": pointed_at,
    "rebuke": pointed_at,
    "send_delegation": found_out,
    "agree_threat_later": new_deadline,
    "hike": collected,
    "revoke_pntr": revoked,
    "execute_threat": collected,
    "counter_hike": collected,
    "penalise": collected,
    "reply_mirror": collected,
    "reply_partial": listed,
    "impose_122": by_statute(Authority.S122),
    "widen_232": by_statute(Authority.S232),
    "open_301": by_statute(Authority.S301),
    "impose_338": by_statute(Authority.S338),
    "cut_tariff": moved,
    "snapback": moved,
    **dict.fromkeys(SIGNED, truce_beside),
    "sign_truce": truce_end,
    "sign_extension": truce_end,
    "summit_dated": meeting_set,
    "summit_held": meeting_place,
    "review_due": review_ends,
    "stall": stall_cause,
    "election_won": voted_on,
    "election_lost": voted_on,
    "deliveries": month_of_pledge,
    "breach": shortfall,
}
"""What follows the text of an event, by its kind."""

RETOLD: Final[dict[str, Detail]] = {
    "readout": account,
    "call_leader": spoken,
    "session": season,
    "court_strikes": struck,
    "opening_tabled": bid,
}
"""What stands in place of the text of an event, by its kind, unless it is empty."""

LINES: Final[dict[str, Lines]] = {
    **dict.fromkeys(SIGNED, relief),
    "bundle_refused": offer_refused,
    "bundle_stopped": bundle_agreed,
    "nothing_offered": held_back,
}
"""Lines below an event, by its kind."""


@dataclass(slots=True)
class Teller:
    """Teller of the events of one run, in order: it remembers what the next is compared with.

    Attributes:
        hosts: Labels of the days that the calendar keeps for a meeting in a third country.
        people: Terms of those who speak for the two sides.
        before: Duties after the last event; None if not known.
        refused: For each side, the last offer it refused, and the day on which it was listed.
        causes: For each side, the last hostile act of the other.
        feared: What China took the least that the US accepts to be after the last event.
    """

    hosts: Mapping[int, str] = field(default_factory=dict)
    people: tuple[Tenure, ...] = ()
    before: Duties | None = None
    refused: dict[int, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    causes: dict[int, Cause] = field(default_factory=dict)
    feared: float | None = None

    def tell(
        self, world: World, kind: str, side: int | None, size: float, main: str = ""
    ) -> tuple[str, tuple[str, ...]]:
        """Returns an event in words, and the lines below it; `main` is the feature that spoke most
        for it, if it was chosen from the menu."""
        who = NOBODY if side is None else side
        agreed = size > 0.0 if CODES[kind] in ASKING else None
        scene = Scene(
            world,
            kind,
            who,
            size,
            self.before,
            self.hosts,
            self.causes.get(who),
            self.feared,
            bool(self.refused),
        )
        plain = RETOLD[kind](scene) if kind in RETOLD else ""
        text = attributed(
            plain or event_text(kind, who, size, agreed),
            self.actors(world, kind, side, size),
            office(kind, who),
        )
        if kind in DETAILS:
            text += DETAILS[kind](scene)
        if kind in HOSTILE and kind not in POINTED:
            text += motive(scene.state, kind, who, main, scene.cause)
        lines = LINES[kind](scene) if kind in LINES else ()
        if kind == "bundle_refused":
            lines = (*self._refusal(scene, lines), *refused_for(scene))
        self._remember(scene)
        return text, lines

    def _remember(self, scene: Scene) -> None:
        """Keeps what later events are told by."""
        self.before = duties_of(scene.state)
        self.feared = scene.state.belief_mean[CN]
        if scene.side != NOBODY and scene.kind in HOSTILE:
            noun = _STEPS.get(scene.kind, WORDS[scene.kind].noun).removesuffix(" in reply")
            if scene.kind == NAMES[Happening.REPLY_CONTROL]:
                noun = _CONTROLS.get(int(scene.size), noun)
            self.causes[1 - scene.side] = noun, scene.state.day

    def actors(self, world: World, kind: str, side: int | None, size: float) -> tuple[Tenure, ...]:
        """Returns who acts in an event, as far as the table of people knows."""
        agreed = size > 0.0 if CODES[kind] in ASKING else None
        who = NOBODY if side is None else side
        return speakers(self.people, world.state, kind, who, agreed)

    def _refusal(self, scene: Scene, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Returns an offer that is refused, or the day on which the same one was listed."""
        last, day = self.refused.get(scene.side, ((), 0))
        if last == lines:
            return (f"the same offer as on {day_words(day)}",)
        self.refused[scene.side] = lines, scene.state.day
        return lines
