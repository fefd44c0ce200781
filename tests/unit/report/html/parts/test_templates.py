"""Templates: what is text stays text, and what is missing is an error."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from sim.report.html.parts.templates import environment, fill, joined


def _filled(source: str, **values: object) -> str:
    return environment().from_string(source).render(values)


def test_text_is_escaped_and_markup_is_not() -> None:
    """Wherever text stands: in an element, in an attribute, across lines."""
    # Fails if the environment does not escape, or a filter marks text as safe.
    assert _filled("<p>{{ a }}</p>", a="<i> & b") == "<p>&lt;i&gt; &amp; b</p>"
    assert _filled("<p>{{ a }}</p>", a=Markup("<i>")) == "<p><i></p>"
    assert _filled('<a title="{{ a }}">', a='"><script>') == '<a title="&#34;&gt;&lt;script&gt;">'
    assert _filled("{{ a | lines }}", a="<a>\nb\n") == "&lt;a&gt;<br>b"


def test_a_name_without_a_value_is_an_error() -> None:
    """Nothing is left out in silence."""
    # Fails if what is undefined prints as nothing.
    with pytest.raises(UndefinedError, match="summary"):
        fill("folded.html", table="", open=False, remark="")


def test_pieces_are_joined_as_they_are() -> None:
    """None is escaped twice."""
    assert joined([Markup("<b>"), Markup("&amp;")]) == "<b>\n&amp;"
