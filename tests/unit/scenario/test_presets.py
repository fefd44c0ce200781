"""Presets: named sets of changes in scenario files."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.requests.options import changes_of
from sim.requests.options import resolve as requested
from sim.scenario.load import drafted, resolve
from sim.scenario.presets import preset_problems
from sim.scenario.schema import LIMITS

PRESET = """
presets:
  calm:
    label: "Nerves are calmer"
    set:
      tension: 0.25
      threat.open: false
      calendar.summit: null
      until: 2025-12-31
      us.leader.autonomy: "beta:6:4"
"""


def write(folder: Path, text: str, base: str = "october-2025-apec", name: str = "mine") -> str:
    """Writes a scenario file and returns its path."""
    file = folder / f"{name}.yaml"
    file.write_text(f"question: q\nextends: {base}\n{text}", "utf-8")
    return str(file)


def test_a_preset_changes_what_its_changes_typed_would(tmp_path: Path) -> None:
    """Numbers, flags, days, priors and removals alike."""
    # Fails if a value is written in another way than it is typed.
    file = write(tmp_path, PRESET)
    typed = [
        "tension=0.25",
        "threat.open=false",
        "calendar.summit=null",
        "until=2025-12-31",
        "us.leader.autonomy=beta:6:4",
    ]
    by_name, by_hand = requested(file, {"presets": "calm"}), requested(file, {"sets": typed})

    assert by_name == by_hand
    assert by_name.prior_hash != requested(file, {}).prior_hash


def test_set_comes_after_presets_and_presets_in_order(tmp_path: Path) -> None:
    """What is typed last holds."""
    # Fails if a preset overwrites --set, or the first of two wins.
    more = PRESET + '  tense:\n    label: "Tense"\n    set: {tension: 0.9}\n'
    file = write(tmp_path, more)
    both = requested(file, {"presets": ("calm", "tense")})
    typed = requested(file, {"presets": ("tense",), "sets": {"tension": 0.5}})

    assert both.state["tension"] == 0.9
    assert both.state["threat.open"] == 0.0
    assert typed.state["tension"] == 0.5
    assert changes_of(file, {"presets": "tense"}) == (("tension", "0.9"),)


def test_presets_change_no_run_unless_asked_for(tmp_path: Path) -> None:
    """Nor do expectations: neither renames a result."""
    # Fails if notes enter the hash or the changes of a scenario.
    file = write(tmp_path, PRESET + "expect:\n  leaders_met@2025-10-29: at most 0.1\n")
    noted, plain = resolve(file), resolve("october-2025-apec")

    assert noted.hash == plain.hash
    assert noted.prior_hash == plain.prior_hash
    assert noted.changes == plain.changes


def test_presets_are_inherited_by_name(tmp_path: Path) -> None:
    """A child has those of its base, may write one anew, and removes one by null."""
    # Fails if a child starts from nothing, mixes two of a name, or cannot remove.
    write(tmp_path, PRESET, name="base")
    again = '\npresets:\n  calm: {label: "Anew", set: {rapport: 0.6}}\n  no-meeting: null\n'
    file = write(tmp_path, again, "base.yaml")

    assert changes_of(file, {"presets": "calm"}) == (("rapport", "0.6"),)
    assert set(drafted(file).presets) == {"no-threat", "calm"}


def test_an_unknown_preset_is_not_found(tmp_path: Path) -> None:
    """The error names the nearest and lists those there are, with their labels."""
    # Fails if it is ignored, which would answer another question.
    file = write(tmp_path, PRESET)
    with pytest.raises(NotFoundError, match="did you mean calm") as caught:
        requested(file, {"presets": "clam"})
    with pytest.raises(NotFoundError, match="it has none; a file names its own"):
        requested("phase-one-redux", {"presets": "calm"})

    assert "calm: Nerves are calmer" in str(caught.value)


def test_a_wrong_change_is_a_problem_at_its_line(tmp_path: Path) -> None:
    """Of every preset, whether or not it is asked for, in the file that wrote it."""
    # Fails if a preset is checked only when it is used, or the place is that of the preset.
    wrong = (
        'presets:\n  a:\n    label: "A"\n    set:\n      tension: 7\n      us.hawk.influence: 0.4\n'
    )
    write(tmp_path, wrong, name="base")
    file = write(tmp_path, "", "base.yaml")
    with pytest.raises(ScenarioError) as caught:
        resolve(file)
    first, second = caught.value.problems

    assert (Path(first.file).name, first.line) == ("base.yaml", 7)
    assert first.key == "presets.a.set.tension"
    assert "not between 0 and 1" in first.message
    assert (second.line, "did you mean us.hawks.influence" in second.message) == (8, True)


def test_a_trial_leaves_the_draft_alone() -> None:
    """Changes are tried in a copy."""
    # Fails if a preset is made while it is checked.
    draft = drafted("october-2025-apec")
    before = (dict(draft.state), dict(draft.calendar), list(draft.changes), draft.until)

    assert not list(preset_problems(draft))
    assert (draft.state, draft.calendar, draft.changes, draft.until) == before


def test_shipped_presets_and_expectations_are_right() -> None:
    """Each makes a valid scenario; there are some."""
    # Fails if a shipped preset no longer applies.
    presets = drafted("october-2025-apec").presets

    assert presets
    for name in presets:
        assert requested("october-2025-apec", {"presets": name}).hash


@pytest.mark.parametrize(
    ("section", "entry"),
    [("presets", '{label: "L", set: {tension: 0.5}}'), ("expect", "never")],
)
def test_notes_are_bounded(section: str, entry: str, tmp_path: Path) -> None:
    """A section holds no more than its limit, inherited entries included."""
    # Fails if the limit counts only the entries of the file itself.
    room = LIMITS[section] - len(getattr(drafted("october-2025-apec"), section))
    lines = [f"  calls@2025-11-30>={i}: {entry}\n" for i in range(room + 1)]
    if section == "presets":
        lines = [f"  k{i}: {entry}\n" for i in range(room + 1)]
    full = drafted(write(tmp_path, f"{section}:\n" + "".join(lines[:-1])))
    over = drafted(write(tmp_path, f"{section}:\n" + "".join(lines)))

    assert not full.problems
    assert [problem.message for problem in over.problems] == [
        f"has {LIMITS[section] + 1} entries; at most {LIMITS[section]} are allowed"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("expect:\n  - calls@2025-11-30>=1: never\n", "without a dash"),
        ("expect:\n  calls@2025-11-30>=1: 0.9\n", "write a line for each question"),
        ("expect:\n  calls@2025-11-30>=1: [a]\n", "write a line for each question"),
        (f'expect:\n  "{"a" * 1001}": never\n', "at most 1,000 printable letters"),
        ('expect:\n  "a\\u202e": never\n', "printable letters"),
        ("expect:\n  calls@2025-11-30>=1: null\n", "there is nothing to remove"),
        ("presets:\n  a: {label: L}\n", "is missing (required here: label, set)"),
        ("presets:\n  a: {label: L, set: {}}\n", "has no change"),
        ("presets:\n  a: {label: L, set: {tension: [1]}}\n", "is not a number, a date, true"),
        ("presets:\n  a: {label: L, sets: {tension: 1}}\n", "did you mean set"),
        ("presets:\n  a: {label: L, set: {until: soon}}\n", "is not a day"),
    ],
)
def test_wrong_notes_teach(text: str, told: str, tmp_path: Path) -> None:
    """Each error says what can be written instead."""
    # Fails if a wrong note passes, or ends in another error.
    with pytest.raises(ScenarioError) as caught:
        resolve(write(tmp_path, text))

    assert told in str(caught.value)
