"""Verdicts on expectations in the form of JUnit, which servers for builds read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from sim.experiment.outcomes.expectations import CANNOT_TELL, FAILS
from sim.report.pages.forecasts.expectations import found_words, way_out

if TYPE_CHECKING:
    from sim.experiment.outcomes.expectations import JudgedExpectation

_HEAD: Final = "<?xml version='1.0' encoding='UTF-8'?>\n<testsuites name=\"detente check\""


def junit_text(scenarios: Sequence[tuple[str, Sequence[JudgedExpectation]]]) -> str:
    """Returns a suite for each scenario and a case for each line: a failure if it fails, skipped if
    the runs cannot tell.

    Args:
        scenarios: Scenarios as typed, with their lines.
    """
    lines = [line for _, judged in scenarios for line in judged]
    root = ElementTree.Element("testsuites", {"name": "detente check", **_counts(lines)})
    for name, judged in scenarios:
        suite = ElementTree.SubElement(root, "testsuite", {"name": name, **_counts(judged)})
        for line in judged:
            _add_case(suite, name, line)
    ElementTree.indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{ElementTree.tostring(root, 'unicode')}\n"


def is_junit(text: str) -> bool:
    """Returns whether a text begins like one that `junit_text` wrote."""
    return text.startswith(_HEAD)


def _add_case(suite: ElementTree.Element, scenario: str, line: JudgedExpectation) -> None:
    placed = line.expectation.placed
    place = {"file": placed.file, "line": str(placed.line)}
    case = ElementTree.SubElement(
        suite, "testcase", {"classname": scenario, "name": line.expectation.text, **place}
    )
    told = f"{found_words(line)}; {way_out(line)}".removesuffix("; ")
    if line.verdict == FAILS:
        ElementTree.SubElement(case, "failure", {"message": f"{line.expectation.text}: {told}"})
    elif line.verdict == CANNOT_TELL:
        ElementTree.SubElement(case, "skipped", {"message": f"cannot tell: {told}"})
    else:
        ElementTree.SubElement(case, "system-out").text = told


def _counts(lines: Sequence[JudgedExpectation]) -> dict[str, str]:
    verdicts = [line.verdict for line in lines]
    return {
        "tests": str(len(lines)),
        "failures": str(verdicts.count(FAILS)),
        "errors": "0",
        "skipped": str(verdicts.count(CANNOT_TELL)),
    }
