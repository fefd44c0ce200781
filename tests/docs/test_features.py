"""The page of features: every row, its rules, parameters, evidence and tests."""

from __future__ import annotations

import re

import pytest

from docs.generate import features


def test_the_page_is_current() -> None:
    """The page in the project is the one that is generated from it."""
    # Fails if a rule, a test or a mutant changes and the page does not.
    assert features.PAGE.read_text(encoding="utf-8") == features.page()


def test_every_row_has_rules_evidence_tests_and_mutants() -> None:
    """All 102 rows stand there; only that of the data flags is a page."""
    # Fails if a row is lost, or one has no rule behind it.
    lines = [line for line in features.page().splitlines() if re.match(r"\| [A-K]\d+ \|", line)]
    assert len(lines) == 102
    bare = []
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        name, meaning, rules, _, evidence, tests, mutants = cells
        assert meaning
        assert re.match(r"E\d{3}", evidence)
        if not (rules and int(tests or 0) and int(mutants or 0)):
            bare.append(name)
    assert bare == ["K7"]


@pytest.mark.parametrize(
    ("module", "text", "rule", "parameter"),
    [
        (
            "model/duties/threats.py",
            "        points = max(points, state.threat_pp)\n",
            "model/duties/threats.apply_threat_made",
            "tension.per_threat",
        ),
    ],
)
def test_a_rule_is_found_by_its_text(module: str, text: str, rule: str, parameter: str) -> None:
    """The function that holds the text, and the parameters it reads."""
    # Fails if another function is named, or its parameters are missed.
    found, read = features.rule_of(module, text)
    assert found == rule
    assert parameter in read
