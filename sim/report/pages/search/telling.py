"""The most telling inputs in words: how they were found, and what each of them moves."""

from __future__ import annotations

from sim.experiment.sensitivity.telling import ANALYSIS, Ranking, TellingInput
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import count_text, number_text


def method_words(ranking: Ranking) -> tuple[str, str]:
    """Returns how inputs were ranked: in a phrase, and in full."""
    runs, of = count_text(ranking.runs, "run"), f"{ranking.of:,}"
    if ranking.method == ANALYSIS:
        brief = f"Ranked by the sensitivity analysis in the results folder ({runs})."
        return brief, (
            f"The analysis moved {of} inputs one by one. The strength of each is the root mean "
            "square change of US duties at the end for a move through its range, luck excluded."
        )
    told = sum(row.is_told for row in ranking.inputs)
    return f"Ranked by a quick screen of {runs}, not by a sensitivity analysis.", (
        f"In the screen all {of} uncertain inputs vary at once. Each is ranked by its rank "
        "correlation with the first answer, or with US duties, the truce or open conflict at the "
        "end, whichever is largest. In 5% of screens luck alone gives some input "
        f"{number_text(ranking.threshold)} or more; {told} of these {len(ranking.inputs)} exceed "
        "that. `detente sensitivity` ranks them more surely."
    )


def why_words(ranking: Ranking, row: TellingInput) -> str:
    """Returns why an input is among the most telling."""
    name, _, label = row.outcome.partition("=")
    words = outcome_words(name, label)
    if ranking.method == ANALYSIS:
        return f"moves {words} by about {number_text(row.size)}"
    doubt = "" if row.is_told else " (luck alone might give that)"
    return f"{number_text(row.size, 2)} rank correlation with {words}{doubt}"
