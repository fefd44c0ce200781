"""Page and JSON of an explanation."""

from __future__ import annotations

import json
from dataclasses import replace

from sim.experiment.explain.explanation import Explanation
from sim.report.page import render
from sim.report.pages.search.causes import causes_page
from sim.report.pages.search.causes_json import causes_json


def page_of(found: Explanation) -> str:
    """Returns the page as one line."""
    return " ".join(render(causes_page(found)).split())


def test_the_answer_comes_first_in_plain_words(explanation: Explanation) -> None:
    """How often, by which way, what drove it, what held it back, and luck."""
    assert (
        "US tariff increases, 2 a run, 75% order of the threatened tariff: driven by leverage "
        "gained 30% (20-40), held back by own economic cost 25% (15-35). By luck alone 60% "
        "(50-70), and 20% more."
    ) in page_of(explanation)
    assert "first by US non-tariff measures (90%, by chance 50%); 20% were prolonged" in page_of(
        explanation
    )


def test_a_row_sets_the_recorded_change_beside_that_of_whole_runs(
    explanation: Explanation,
) -> None:
    """In per cent of the events, with the verdict; what is not recorded is a dash."""
    # Fails if the two are not in one unit, or a change is told with the wrong sign.
    text = page_of(explanation)

    assert "leverage gained -30 -50 (-" in text
    assert "own economic cost +25 -25 (-" in text
    assert "US non-tariff measures - +5 (" in text
    assert text.index("not confirmed") > text.index("own economic cost +25")


def test_a_question_without_telling_causes_says_so(explanation: Explanation) -> None:
    """Nothing is named that luck might have brought."""
    hikes = explanation.accounts[0]
    weak = tuple(replace(share, adjusted=0.2) for share in hikes.causes)
    found = replace(explanation, accounts=(replace(hikes, causes=weak),), removals={})

    assert "75% order of the threatened tariff: no cause beats luck. By luck" in page_of(found)


def test_the_json_holds_what_the_page_rounds(explanation: Explanation) -> None:
    """With how each cause is removed; a number that is not there is null."""
    found = json.loads(json.dumps(causes_json(explanation), allow_nan=False))
    hikes, strains = found["questions"]
    leverage = hikes["causes"][0]

    assert (leverage["cause"], leverage["decided"]["value"]) == ("us.weight.leverage", 0.3)
    assert "us.weight.leverage=0" in leverage["removed_by"]
    assert leverage["without"]["recorded_change_per_run"] == -0.6
    assert leverage["without"]["change_per_run"]["value"] == -1.0
    assert leverage["without"]["change_relative"]["value"] == -0.5
    assert strains["base_rates_and_luck"] is None
    assert strains["causes"][0]["by_chance"]["value"] == 0.5
    assert strains["causes"][0]["without"]["recorded_change_per_run"] is None
