"""Formulas as MathML, which browsers show without a script."""

from __future__ import annotations

import html
import re
from typing import Final

from latex2mathml.converter import convert

_FORMULA: Final = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\\[(\[](?P<latex>.*?)\\[)\]]</(?P=tag)>', re.DOTALL
)


def as_mathml(page: str) -> str:
    """Returns a page in HTML with every formula of the extension arithmatex as MathML."""

    def drawn(formula: re.Match[str]) -> str:
        display = "block" if formula["tag"] == "div" else "inline"
        tag, latex = formula["tag"], html.unescape(formula["latex"]).strip()
        return f'<{tag} class="formula">{convert(latex, display=display)}</{tag}>'

    return _FORMULA.sub(drawn, page)
