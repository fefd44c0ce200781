"""Tables in Markdown, and the marks between which pages keep generated ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from sim.errors import NotFoundError, nearest

_MARKS: Final = re.compile(r"(<!-- table: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def markdown(
    heads: Sequence[str], rows: Iterable[Sequence[str]], words: Sequence[int] = (0,)
) -> str:
    """Returns a table; columns of `words` are aligned left, those of numbers right."""
    rule = ["---" if place in words else "---:" for place in range(len(heads))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))


def renewed(page: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """Returns a page with every marked table rewritten: `<!-- table: NAME -->` to `<!-- end -->`.

    Raises:
        NotFoundError: A mark names an unknown table.
    """

    def fill(match: re.Match[str]) -> str:
        name = match.group(2)
        if name not in tables:
            raise NotFoundError(f"there is no table {name!r}{nearest(name, tables)}")
        return f"{match.group(1)}{tables[name]()}\n{match.group(3)}"

    return _MARKS.sub(fill, page)
