"""Section of a game page on what is bargained for at meetings."""

from __future__ import annotations

from sim.experiment.games.frontier import Frontier
from sim.experiment.games.meetings import Ending, Meeting, TabledClause, make_proposal
from sim.model.tables.vocabulary import Clause, Package, Side
from sim.report.page import Page, render
from sim.report.pages.search.frontier import add_frontier
from sim.report.words.glossary import clause_words

NEUTRAL = (0.0, 0.0)


def meeting(replicate: int, ending: Ending, by: Side | None, share: float = 1.0) -> Meeting:
    """Returns a round at which minerals are proposed, or left out for the sake of Beijing."""
    terms = (
        TabledClause(Clause.MINERALS, 1.0, 2.0, -1.0, share, None if share else Side.CN),
        TabledClause(Clause.PORT_FEES, 1.0, 1.0, 2.0, 1.0),
    )
    made = make_proposal(Side.US, Package.SWAP, terms, NEUTRAL, NEUTRAL, ending, by)
    return Meeting(replicate, 1, False, (made,))


def section(*meetings: Meeting) -> str:
    """Returns the section on some meetings."""
    page = Page()
    add_frontier(page, Frontier(len(meetings), meetings), "a title")
    return render(page)


def joined(text: str) -> str:
    """Returns a text without its line breaks."""
    return " ".join(text.split())


FOUND = section(
    meeting(0, Ending.SIGNED, None),
    meeting(1, Ending.SIGNED, None, share=0.0),
    meeting(2, Ending.REFUSED, Side.CN),
    meeting(3, Ending.WITHHELD, Side.US, share=0.0),
    meeting(4, Ending.STOPPED, Side.US),
)


def test_the_section_says_how_meetings_ended() -> None:
    """By whom each bundle was refused, withheld or stopped."""
    assert "5 meetings (5 rounds of ministers, 0 summits)" in joined(FOUND)
    assert "2 ended with a signature, 1 with an agreement that Washington could not get" in joined(
        FOUND
    )
    assert "1 with a bundle that Beijing refused" in joined(FOUND)
    assert "1 with nothing that Washington found worth proposing" in joined(FOUND)
    assert "Of 2 bundles agreed, 100%" in joined(FOUND)


def test_the_tables_hold_what_was_counted() -> None:
    """A clause with its giver, meetings, gains, agreements and refusals, in 80 columns."""
    assert all(len(line) <= 80 for line in FOUND.splitlines())
    rows = [line.split() for line in FOUND.splitlines()]
    assert ["more", "rare-earth", "licences", "China", "5", "+2", "-1", "1", "0", "2"] in rows
    assert ["end", "of", "port", "fees", "both", "5", "+1", "+2", "2", "0", "0"] in rows
    # The mean of {minerals, port fees}, (3, 1), and of port fees alone, (1, 2).
    (bundle,) = [row for row in rows if row[:1] == ["swap"]]
    assert bundle[1:] == ["5", "2", "1.5", "+2", "+1.5"]


def test_without_meetings_there_is_one_sentence() -> None:
    """No table of nothing."""
    assert "did not bargain" in section()
    assert "Clauses" not in section()


def test_no_two_clauses_read_alike() -> None:
    """Words and giver together name one clause."""
    words = {clause_words(clause) for clause in Clause}

    assert len(words) == len(Clause)
    assert clause_words(Clause.FENTANYL_CUT) == ("cut of the fentanyl duty", "US")
    assert clause_words(Clause.PAUSE) == ("pause", "both")
