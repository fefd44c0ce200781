"""Two papers: how the press of each country words an event, in its own side's terms.

Texts are dry and fit on one line. `{points}` is the size of a duty, `{contact}` the contact of the
day. A paper that has no text for an event says nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sim.engine.happenings import CODES
from sim.model.bargain.clauses import CLAUSES
from sim.model.governments.acts import ASKING
from sim.model.tables.codes import (
    CN,
    CONTACT_CALL,
    CONTACT_MEETING,
    CONTACT_NONE,
    CONTACT_ROUND,
    ENTITIES,
    RARE_EARTHS,
    US,
)

if TYPE_CHECKING:
    from sim.engine.chronicle import Event


class Wording(NamedTuple):
    """Wording of one event in the Washington and in the Beijing paper; None if it is silent."""

    us: str | None = None
    cn: str | None = None


SILENT: Final = Wording()

LONGEST: Final = 55
"""Letters of a text that fits beside the date and the name of the paper."""

CONTACTS: Final = {
    CONTACT_NONE: "contact",
    CONTACT_ROUND: "ministers' round",
    CONTACT_CALL: "leaders' call",
    CONTACT_MEETING: "leaders' meeting",
}

WARM: Final = 0.65
COLD: Final = 0.4
"""Warmth from which an account is worded as good news, and below which as bad."""

PAPERS: Final[dict[str, Wording]] = {
    # Others, and the world
    "thaw": Wording("President reaches out to Moscow", "US woos Russia; ties stand firm"),
    "taiwan_contact": Wording(
        "Visitors from Taipei welcomed", "US sends wrong signals to separatists"
    ),
    "barriers": Wording(
        "World shuts its doors to China's glut", "Some follow Washington into protection"
    ),
    "force_majeure": Wording("Disaster disrupts trade", "Disaster disrupts trade; help is due"),
    "election_won": Wording(
        "Voters keep the party in office", "US votes; its tariffs stay where they are"
    ),
    "election_lost": Wording(
        "Challenger wins the White House", "US changes parties; its promises are awaited"
    ),
    "new_administration": Wording(
        "New administration sworn in", "Washington has new faces; old questions remain"
    ),
    "substitute_sent": Wording(
        "China's leader sends a deputy instead", "High-ranking envoy to attend as special guest"
    ),
    # Acts of Washington
    "threaten": Wording(
        "Tariff deadline set, to bring Beijing to the table",
        "US resorts to blackmail with a new tariff threat",
    ),
    "hike": Wording(
        "{points} of tariffs, to protect American workers", "Unilateral bullying: US adds {points}"
    ),
    "tighten_tech": Wording(
        "Key technology kept out of the wrong hands",
        "US stretches national security to block technology",
    ),
    "limit_inbound": Wording(
        "Sensitive industries closed to Chinese capital", "US shuts its door on normal investment"
    ),
    "limit_outbound": Wording(
        "US money is not to fund China's military", "US forbids its own firms to invest in China"
    ),
    "limit_visas": Wording(
        "Visas tightened to guard American research", "US turns students into pawns"
    ),
    "revoke_pntr": Wording(
        "Normal trade status ended: a mistake put right", "US tears up a basis of trade of 25 years"
    ),
    "ease_tech": Wording(
        "Chip rules adjusted; security is not for sale",
        "US corrects part of its wrong practice on chips",
    ),
    "cut_tariff": Wording(
        "Tariffs trimmed to help families with prices",
        "US backs down: tariffs hurt those who levy them",
    ),
    "impose_122": Wording(
        "Section 122 invoked to restore balance of trade",
        "Another pretext: US turns to an unused statute",
    ),
    "widen_232": Wording(
        "More industries shielded under section 232", "US hides protection behind national security"
    ),
    "open_301": Wording(
        "Inquiry opened into China's unfair practices",
        "US opens an inquiry whose verdict is written",
    ),
    "impose_338": Wording(
        "A law of 1930 answers discrimination", "US digs up a law of the Great Depression"
    ),
    "execute_threat": Wording(
        "Promise kept: {points} of tariffs ordered", "US carries out its threat of {points}"
    ),
    "postpone_threat": Wording(
        "Deadline moved: talks deserve time", "US puts its own deadline off"
    ),
    "drop_threat": Wording(
        "Threat has worked and is withdrawn", "US withdraws a threat it should never have made"
    ),
    "counter_hike": Wording(
        "Retaliation answered with {points} more", "US escalates again, by {points}"
    ),
    "penalise": Wording(
        "Broken purchase pledge costs China {points}", "US invents a breach to levy {points}"
    ),
    "cross_taiwan": Wording(
        "US stands by its friends in Taipei", "US crosses a red line; all contacts broken off"
    ),
    "clear_review": Wording("Review of the 2020 accord closed", None),
    "review_due": Wording("Agencies report on trade with China", None),
    "post_praise": Wording(
        "President: the Chinese leader is a friend", "US leader voices respect for China's leader"
    ),
    "post_optimism": Wording("President: we will get along very well", None),
    "post_frustration": Wording("President: very hard to make a deal with them", None),
    "threaten_neighbours": Wording(
        "Canada and Mexico told to act or pay duties", "US turns on its own neighbours"
    ),
    "threaten_europe": Wording("Europe told to open its markets", "US turns on its own allies"),
    "threaten_further": Wording("More partners told to trade fairly", "US threatens yet others"),
    "hit_neighbours": Wording(
        "Duties on Canada and Mexico take effect", "US taxes its own neighbours"
    ),
    "hit_europe": Wording("Duties on Europe take effect", "US taxes its own allies"),
    "hit_further": Wording("Duties on further partners take effect", "US taxes yet others"),
    "spare_neighbours": Wording("Canada and Mexico give way; duties wait", None),
    "spare_europe": Wording("Europe gives way; duties wait", None),
    "spare_further": Wording("Partners give way; duties wait", None),
    "disaster": Wording("President visits victims of a disaster", None),
    "front": Wording("President stands firm against another capital", None),
    "journey": Wording("President abroad", None),
    # Acts of Beijing
    "send_delegation": Wording(
        "Chinese visitors sound out Washington", "Exchanges of experts continue"
    ),
    "opening_tabled": Wording(
        "China puts an offer on the table", "China shows sincerity with concrete proposals"
    ),
    "session": Wording(None, "Session sets the goals of the year"),
    "tighten_rare_earths": Wording(
        "China chokes the world's mineral supply", "Export licences for rare earths, under the law"
    ),
    "freeze_purchases": Wording(
        "China punishes American farmers", "State buyers look to more reliable suppliers"
    ),
    "open_probe": Wording(
        "Beijing harasses an American company", "US firm investigated under market rules"
    ),
    "ease_rare_earths": Wording(
        "Pressure works: mineral licences flow", "Compliant civilian orders get their licences"
    ),
    "catch_up_purchases": Wording(
        "China starts to make good on its 2020 promise", "China buys what its market needs"
    ),
    "rebuke": Wording(None, "Minister: no friendship with one hand at our throat"),
    "crack_down_precursors": Wording(
        "China acts on fentanyl after US pressure", "China's strict drug control moves further"
    ),
    "reply_partial": Wording(
        "China lashes out at American exporters", "Measured countermeasures on lists of US goods"
    ),
    "reply_mirror": Wording(
        "China retaliates with {points} on all US goods", "China has no choice: {points} in return"
    ),
    "reply_none": Wording("Beijing swallows the tariff", None),
    "conciliatory_line": Wording(
        "China's commerce minister sounds softer", "Minister: find ways to work together"
    ),
    "breach": Wording("China misses its purchase pledge", None),
    "deliveries": Wording(
        "Chinese orders arrive, as pledged", "Purchases proceed on commercial terms"
    ),
    # Talks
    "ministers_round": Wording(
        "Negotiators meet, on American terms", "Consultations on an equal footing"
    ),
    "hold_round": Wording(
        "Negotiators meet, on American terms", "Consultations on an equal footing"
    ),
    "stall": Wording("Beijing drags its feet; talks stall", "Talks stall over US demands"),
    "summit_agreed": Wording("The two leaders will meet", None),
    "summit_dated": Wording("Date and place of the summit set", None),
    "summit_slips": Wording("Summit moved: no hurry", "Conditions for a meeting are not ripe"),
    "summit_lapses": Wording("Summit plan shelved", None),
    "summit_held": Wording("The leaders meet face to face", "The two heads of state hold talks"),
    "summit_fails": Wording(
        "President walks away from a bad deal", "US lacks sincerity; meeting ends without result"
    ),
    "confirm_us": Wording("White House confirms the summit", None),
    "confirm_host": Wording("Host confirms the summit", "Host announces the meeting"),
    "confirm_cn": Wording(
        "Beijing at last confirms the summit", "Ministry announces the meeting of heads of state"
    ),
    "bundle_stopped": Wording("Agreed terms fail at home", "Agreed terms meet with obstacles"),
    "sign_truce": Wording("China agrees to a truce", "US steps back from its mistake: a truce"),
    "sign_extension": Wording(
        "More time won: the truce is extended", "Truce extended by mutual agreement"
    ),
    "sign_swap": Wording(
        "A fair trade: concession for concession", "Each side meets the other halfway"
    ),
    "sign_purchases": Wording(
        "A win for farmers: China will buy American", "China to widen imports, as its people demand"
    ),
    "sign_fentanyl": Wording(
        "China to stop fentanyl at its source", "Drug control: cooperation on the basis of respect"
    ),
    "sign_investment": Wording(
        "China to pay for factories in America", "Chinese firms gain fair access to the US"
    ),
    "sign_comprehensive": Wording(
        "The deal of the century", "A new chapter of win-win cooperation"
    ),
    # What comes into force, lapses, or is decided elsewhere
    "takes_force": Wording("Duties on more goods are collected", "Duties on more goods take force"),
    "statute_takes_force": Wording(
        "New duties replace those the court ended", "US duties return under another name"
    ),
    "snapback": Wording(
        "Truce over: full tariffs are back", "US lets the truce lapse; China's duties return too"
    ),
    "duties_end": Wording("Tariffs end by order of law", "Unlawful US tariffs end"),
    "court_hears": Wording(
        "Supreme Court hears the case on tariffs", "US court weighs whether tariffs are lawful"
    ),
    "court_strikes": Wording(
        "Supreme Court ends emergency tariffs", "US court: the tariffs were unlawful"
    ),
    "court_upholds": Wording("Supreme Court backs the president's tariffs", None),
    "congress_extends": Wording("Congress extends the tariff", "US legislators prolong a wrong"),
    "investment_approved": Wording(
        "Chinese plant cleared after a strict review", "Chinese investment approved at last"
    ),
    "investment_denied": Wording(
        "Security review stops a Chinese plant", "US politicises an investment"
    ),
    "incident": Wording(
        "Beijing's conduct raises tension in the region", "US provocation strains relations"
    ),
    "crisis": Wording(
        "Chinese drills around Taiwan", "Firm response over Taiwan; contacts broken off"
    ),
}
"""Wording of the events that one side alone takes, or none, by event."""

FURTHER: Final[dict[str, tuple[Wording, ...]]] = {
    "post_praise": (
        Wording("President speaks of his great respect", "US leader again voices respect"),
        Wording("President: a very smart man", "US leader has kind words once more"),
        Wording("President: we have always got along", None),
    ),
    "post_optimism": (
        Wording("President: it will all be fine", None),
        Wording("President: a great deal is possible", None),
        Wording("President sees good things for both countries", None),
    ),
    "post_frustration": (
        Wording("President: they have taken us for a ride", None),
        Wording("President loses patience with Beijing", None),
        Wording("President: we do not need them", None),
    ),
    "conciliatory_line": (
        Wording("Warmer words from Beijing's trade ministry", "Minister: talk is better than war"),
        Wording("Beijing strikes a softer note again", "Minister: both gain by cooperation"),
    ),
    "ministers_round": (
        Wording("Negotiators sit down again", "Delegations continue consultations"),
        Wording("Another round of talks", "Another round, candid and in depth"),
    ),
    "rebuke": (
        Wording(None, "Minister: pressure is the wrong way to deal with us"),
        Wording(None, "Minister: words of friendship and deeds must agree"),
    ),
}
"""Wording of events that recur, for the second time and later, in turn."""

BY_SIDE: Final[dict[tuple[str, str], Wording]] = {
    ("bundle_refused", "us"): Wording(
        "Beijing's offer falls short; Washington says no", "US turns down a balanced proposal"
    ),
    ("bundle_refused", "cn"): Wording(
        "Beijing rejects a fair offer", "US terms ask too much and give too little"
    ),
    ("list_entities", "us"): Wording(
        "Chinese firms blacklisted over security", "US abuses its lists against Chinese firms"
    ),
    ("list_entities", "cn"): Wording(
        "Beijing blacklists American firms", "US firms that harm China put on the list"
    ),
    ("set_port_fees", "us"): Wording(
        "Port fees to bring shipbuilding home", "US port fees disrupt global shipping"
    ),
    ("set_port_fees", "cn"): Wording(
        "China copies port fees against US ships", "Port fees on US ships, in like manner"
    ),
    ("accuse", "us"): Wording(
        "China has broken its word, Washington says", "US smears China with groundless charges"
    ),
    ("accuse", "cn"): Wording(
        "Beijing denies its own breach and points at us", "US has gravely violated the consensus"
    ),
    ("ease_controls", "us"): Wording(
        "A control loosened, in good faith", "US lifts part of its unfair restrictions"
    ),
    ("ease_controls", "cn"): Wording(
        "Beijing lifts a control under pressure", "China eases a control, to show sincerity"
    ),
    ("seek_talks", "us"): Wording("Washington proposes talks", "US side asks for talks"),
    ("seek_talks", "cn"): Wording("Beijing asks for talks", "The door to talks is open"),
    ("call_leader", "us"): Wording("President reaches out to Beijing", "US side asks for a call"),
    ("call_leader", "cn"): Wording("Beijing asks for a call", None),
    ("float_summit", "us"): Wording("President is open to a summit", None),
    ("float_summit", "cn"): Wording(
        "Beijing suggests a summit", "China is open to contacts at all levels"
    ),
    ("reply_tech", "us"): Wording(
        "Technology controls answer Beijing", "US escalates with technology controls"
    ),
    ("reply_tech", "cn"): Wording(
        "China answers by squeezing minerals", "Mineral licences tightened in response"
    ),
    ("reply_entities", "us"): Wording(
        "Chinese firms listed in answer", "US lists more Chinese firms"
    ),
    ("reply_entities", "cn"): Wording(
        "China answers with a blacklist", "US firms listed in response"
    ),
    ("reply_inbound", "us"): Wording(
        "Chinese capital kept out in answer", "US closes its door further"
    ),
    ("reply_inbound", "cn"): Wording(
        "China answers by harassing a US firm", "Inquiry into a US firm opened in response"
    ),
    ("reply_outbound", "us"): Wording(
        "Investment in China limited in answer", "US ties the hands of its investors"
    ),
    ("reply_outbound", "cn"): Wording(
        "China answers at farmers' expense", "State buyers turn elsewhere in response"
    ),
    ("reply_port_fees", "us"): Wording("Port fees answer Beijing", "US adds port fees"),
    ("reply_port_fees", "cn"): Wording("China answers with port fees", "Port fees, in like manner"),
    ("reply_visas", "us"): Wording("Visas limited in answer", "US limits visas"),
}
"""Wording of the events that either side may cause, by event and side."""

IN_FORCE: Final = {
    "us": Wording("Tariffs of {points} are now collected", "US tariffs of {points} take force"),
    "cn": Wording(
        "US exporters now pay {points} more in China", "China's duties of {points} take force"
    ),
}
"""Wording of duties on all goods that come into force, by side."""

CONTROLS: Final = {
    RARE_EARTHS: Wording(
        "China adds rare earths to its retaliation", "Rare-earth licences, in line with the law"
    ),
    ENTITIES: Wording(
        "China blacklists US firms in retaliation", "US firms listed as part of the response"
    ),
}
"""Wording of the control that China adds to an answer in duties, by instrument."""

ACCOUNTS: Final = {
    "us": (
        ("Great {contact}, big progress", "{Contact} went very well, officials say"),
        ("Good {contact}; work goes on", "Useful {contact}, officials say"),
        ("Tough {contact}: we stand firm", "Little to show for the {contact}"),
    ),
    "cn": (
        ("{Contact}: important consensus", "{Contact}: positive results"),
        ("{Contact}: an exchange of views", "{Contact}: candid and pragmatic"),
        ("{Contact}: China stated its position", "{Contact}: China made its concerns clear"),
    ),
}
"""Accounts of a contact by each side, warm, in between and cold: the first, and one for later."""

AGREED: Final = {
    f"agree_{row.clause.name.lower()}": Wording(
        None if row.giver == US else f"Agreed: {row.noun}",
        None if row.giver == CN else f"Agreed: {row.noun}",
    )
    for row in CLAUSES
}
"""Wording of the clauses of a bundle, which follow its signature: each paper tells what its own
side gets."""

UNTOLD: Final = frozenset(
    {"wait", "gain", "nothing_offered", "opening_prepared", "opening_withheld"}
)
"""Events no paper knows of, besides the clauses left out of a bundle."""


def is_told(name: str) -> bool:
    """Returns whether a kind of event can stand in the papers."""
    return name not in UNTOLD and not name.startswith("refuse_")


def wording(event: Event, before: int = 0) -> Wording:
    """Returns how the two papers word an event other than an account of a contact.

    Args:
        event: The event.
        before: How many of its kind they have told.
    """
    if not is_told(event.act):
        return SILENT
    side = event.side or ""
    words = BY_SIDE.get((event.act, side)) or (PAPERS | AGREED).get(event.act, SILENT)
    turns = (words, *FURTHER.get(event.act, ()))
    text = turns[before % len(turns)]
    if event.act == "takes_force" and event.size > 0.0:
        text = IN_FORCE[side]
    elif event.act == "reply_control":
        text = CONTROLS[int(event.size)]
    if CODES[event.act] in ASKING and event.size <= 0.0:
        # A request that was turned down is told by the side that made it alone.
        text = Wording(text.us, None) if side == "us" else Wording(None, text.cn)
    points = f"{event.size:.0f} point{'' if f'{event.size:.0f}' == '1' else 's'}"
    return Wording(*(told and told.format(points=points) for told in text))


def account(side: str, warmth: float, contact: int, before: int = 0) -> str:
    """Returns a side's account of a contact, worded by its warmth.

    Args:
        side: The side, `us` or `cn`.
        warmth: How warm the account is.
        contact: Kind of the contact.
        before: How many accounts its paper has told.
    """
    band = 0 if warmth >= WARM else 2 if warmth < COLD else 1
    name, turns = CONTACTS[contact], ACCOUNTS[side][band]
    return turns[before % len(turns)].format(contact=name, Contact=name.capitalize())
