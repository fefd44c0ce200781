"""Evidence and sources: the keys that `source:` may name, with their dates of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sim.history.csv_table import csv_rows
from sim.history.places import data_root
from sim.scenario.catalog import read


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


def _publication(key: str, entry: dict[str, Any]) -> Source:
    return Source(key, f"{entry['title']}. {entry['by']}", entry["published"], "", entry["mark"])
