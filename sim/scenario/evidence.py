"""Evidence and sources: what a `source:` may name, and when it was public."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sim.history.places import data_root
from sim.scenario.catalog import read


@dataclass(frozen=True, slots=True)
class Source:
    """Something a number rests on: a fact of an article, or a publication.

    Attributes:
        key: `E023` or a key of sources.yaml.
        text: What it says, or its title and authors.
        published: The day it became public.
        article: Key of the article a fact comes from, else an empty string.
        mark: Confidence, or how the source was used.
    """

    key: str
    text: str
    published: date
    article: str
    mark: str


@cache
def sources() -> dict[str, Source]:
    """Returns every source by key: publications first, then the facts of the articles."""
    found: dict[str, Source] = {}
    for key, entry in read(data_root() / "sources.yaml").root.plain().items():
        found[key] = _publication(key, entry)
    with (data_root() / "evidence.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            article = found[row["article"]]
            found[row["id"]] = Source(
                row["id"], row["statement"], article.published, article.key, row["confidence"]
            )
    return found


def _publication(key: str, entry: dict[str, Any]) -> Source:
    return Source(key, f"{entry['title']}. {entry['by']}", entry["published"], "", entry["mark"])
