"""What stands in a brief."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from sim import api
from sim.experiment.sensitivity.movers import AnswerMover, Movers
from sim.report.answers.run import RunAnswer
from sim.report.html.brief import brief_document, is_brief
from sim.report.pages.run.lead import lead
from sim.report.words.numbers import sentence_case

APEC = "october-2025-apec"
MOVERS = Movers(
    "truce_in_force@2025-11-10",
    5000,
    918,
    (
        AnswerMover("us.noise", "1", 0.65, 1.85, 0.82, 0.71, -0.15, is_sure=True),
        AnswerMover("us.rate.wait", "1", 0.5, 1.5, 0.7, 0.8, 0.05, is_sure=False),
    ),
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunAnswer:
    """A few runs at central values and a few with drawn numbers."""
    folder = tmp_path_factory.mktemp("results")
    central = api.run(APEC, n=12, brief=True, results=folder, until="2025-11-20")
    drawn = api.run(
        APEC, n=12, parameters="prior", per_vector=2, results=folder, until="2025-11-20"
    )
    return replace(central, drawn=drawn.batch)


def text_of(result: RunAnswer, movers: Movers | None = MOVERS, scenario: str = APEC) -> str:
    """Returns the brief of a result, its lines joined."""
    text = brief_document(result.digest, movers, scenario, "23 Oct 2025")
    return " ".join(unescape(text).split())


def test_a_brief_has_all_that_a_reader_asks_for(result: RunAnswer) -> None:
    """Question, answer, chart with its dates, five numbers, what changes it, sources, provenance
    and the command that makes it again."""
    # Fails if a part is left out.
    text = text_of(result)
    batch = result.batch

    for part in (
        batch.resolved.question,
        sentence_case(lead(result.digest)),
        "10 Nov, the truce ends unless extended",
        '<svg role="img"',
        "relations end in open conflict",
        "cost per US household",
        "unpredictability of choices: US: 0.65 to 1.85",
        "us.noise; assumed, E230",
        "82% to 71%",
        "A first meeting of the second term, a trade deal still elusive. CNBC (23 Oct 2025): E143",
        "budget-lab",
        "23 Oct 2025",
        str(batch.seed),
        batch.id,
        batch.model_version,
        "detente report october-2025-apec --brief -n 12 --seed 20251023 --until 2025-11-20",
    ):
        assert part in text, part
    assert "us.rate.wait" not in text
    assert "6 draws of the assumed numbers" in text


def test_without_a_sure_mover_it_is_said_how_to_find_one(result: RunAnswer) -> None:
    """Or that nothing is known of any."""
    # Fails if the section is empty.
    unsure = replace(MOVERS, movers=MOVERS.movers[1:])

    assert "None of 918 numbers changes it for sure in 5,000 runs. To find out:" in text_of(
        result, unsure
    )
    assert "detente sensitivity october-2025-apec" in text_of(result, None)


def test_what_is_typed_is_text(result: RunAnswer) -> None:
    """A question or a name is never taken for HTML, and no script can run."""
    # Fails if text is not escaped.
    nasty = "<script>alert(1)</script>"
    resolved = replace(result.batch.resolved, question=nasty)
    other = replace(result, batch=replace(result.batch, resolved=resolved))
    text = brief_document(other.digest, None, nasty, "23 Oct 2025")

    assert "<script" not in text
    assert "default-src 'none'" in unescape(text)


def test_a_brief_is_known_by_its_title(result: RunAnswer) -> None:
    """As HTML and as the PDF that is printed of it, whatever its scenario is called."""
    # Fails if a brief cannot be made anew under its own name.
    named = replace(result.batch.resolved, name="détente-中国")
    other = replace(result, batch=replace(result.batch, resolved=named))
    html = brief_document(other.digest, None, APEC, "23 Oct 2025")

    assert is_brief(html[:2000])
    assert "<title>Brief by detente: d?tente-??" in html
    assert is_brief("%PDF-1.4\n1 0 obj\n<</Title (Brief by detente: x)")
    assert not is_brief("%PDF-1.4\n1 0 obj\n<</Title (somebody's thesis)")


def test_a_fork_is_repeated_by_its_own_command(tmp_path: Path) -> None:
    """That of its runs, since a report forks nothing."""
    # Fails if the command makes another brief.
    fork = api.fork(
        APEC, on="2025-10-30", do="us.extend_truce=no", n=4, until="2025-11-05", results=tmp_path
    )
    text = text_of(RunAnswer(fork.value.comparison.a), None)

    assert "Repeated by <code>detente fork october-2025-apec" in text
