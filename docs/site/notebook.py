"""The example notebook as a page: its words, its code, and the output that it holds."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

SOURCE: Final = "notebook.ipynb"
PAGE: Final = "notebook.md"


def notebook_page(docs: Path) -> tuple[str, dict[str, bytes]]:
    """Returns the page in Markdown, and its pictures by their place in the site."""
    pictures: dict[str, bytes] = {}
    parts = []
    for cell in json.loads((docs / SOURCE).read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        for output in cell["outputs"]:
            parts += _shown(output, cell["metadata"].get("alt", ""), pictures)
    parts.append(f'<a href="{SOURCE}">The notebook</a> to run yourself.')
    return "\n\n".join(parts) + "\n", pictures


def _shown(output: dict[str, Any], alt: str, pictures: dict[str, bytes]) -> Iterator[str]:
    """Yields an output in its richest form, and adds a picture to the others."""
    data = output.get("data", {})
    if "image/png" in data:
        place = f"figures/notebook-{len(pictures) + 1}.png"
        pictures[place] = base64.b64decode("".join(data["image/png"]))
        yield f"![{alt}]({place})"
    elif "text/html" in data:
        # Without empty lines, which would end the HTML in Markdown.
        lines = [line for line in "".join(data["text/html"]).splitlines() if line.strip()]
        yield "\n".join(['<div class="output">', *lines, "</div>"])
    else:
        text = "".join(output.get("text") or data.get("text/plain", ""))
        yield f"```text\n{text.rstrip()}\n```"
