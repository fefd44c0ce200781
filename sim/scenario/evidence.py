"""Evidence and sources: the keys that `source:` may name, with their dates of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sim.history.csv_table import csv_rows
from sim.history.places import data_root
from sim.history.tariffs import LAST_DAY
from sim.scenario.catalog import read

ALWAYS: Final = "always"
"""Date of a judgement that rests on no dated fact, and so might have been made on any day."""

_WORD: Final = re.compile(r"[a-z][a-z0-9-]+")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Source:
    """Source of a number: a fact from an article, or a publication.

    Attributes:
        key: A fact such as `E023`, or a key of sources.yaml.
        text: Statement of the fact, or title and authors of the publication.
        published: Day it became public.
        article: Key of the article that states a fact; empty for a publication.
        mark: Confidence in the fact, or the way the publication was used.
    """

    key: str
    text: str
    published: date
    article: str
    mark: str


@cache
def sources() -> dict[str, Source]:
    """Returns every source by key: publications first, then facts from the articles."""
    found: dict[str, Source] = {}
    for key, entry in read(data_root() / "sources.yaml").root.plain().items():
        found[key] = _publication(key, entry)
    for _, row in csv_rows(data_root() / "evidence.csv"):
        article = found[row["article"]]
        found[row["id"]] = Source(
            row["id"], row["statement"], article.published, article.key, row["confidence"]
        )
    return found


def facts_named(text: str) -> set[str]:
    """Returns the keys of the facts cited in a reason, with ranges (E270-E272) expanded."""
    named: set[str] = set()
    for first, last in re.findall(r"E(\d{3})(?:-E(\d{3}))?", text):
        named |= {f"E{number:03d}" for number in range(int(first), int(last or first) + 1)}
    return named


def latest_named(text: str) -> date | None:
    """Returns the day from which all that a reason names could be known; None if it names nothing
    dated.

    It may name facts (E026), publications by their key (`record`, `pilot`), and years. A year
    counts with its last day, the latest possible one, but not beyond the last day of the record.
    """
    known = sources()
    keys = [*facts_named(text), *_WORD.findall(text)]
    days = [known[key].published for key in keys if key in known]
    last = date.fromordinal(LAST_DAY)
    days += [min(date(int(year), 12, 31), last) for year in _YEAR.findall(text)]
    return max(days, default=None)


def _publication(key: str, entry: dict[str, Any]) -> Source:
    return Source(key, f"{entry['title']}. {entry['by']}", entry["published"], "", entry["mark"])
