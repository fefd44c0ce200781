"""Hooks of MkDocs: adds pages that are made at build, and prepares those of `docs` for the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from docs.site.api import PAGES as API_PAGES
from docs.site.commands import commands_page
from docs.site.links import DATA, PAGES, site_links
from docs.site.maths import as_mathml
from docs.site.notebook import PAGE as NOTEBOOK_PAGE
from docs.site.notebook import notebook_page

ROOT: Final = Path(__file__).resolve().parents[2]

_STEP: Final = re.compile(r"^```(python|yaml) file=(\S+) .*$", re.MULTILINE)
# A word in brackets would be taken for a name in the Python reference.
_TAG: Final = re.compile(r"(?<![\\`])\[(NEW|CHANGE|FIX|BREAKING)\]")

# The theme fetches this script; the site brings it along.
_FETCHED: Final = "https://unpkg.com/iframe-worker/shim"
_BROUGHT: Final = "site/iframe-worker.js"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds files from outside `docs`, the commands, the notebook and the Python reference."""
    texts = {place: (ROOT / path).read_text("utf-8") for path, place in {**PAGES, **DATA}.items()}
    notebook, pictures = notebook_page(ROOT / "docs")
    made = {"commands.md": commands_page(), NOTEBOOK_PAGE: notebook, **API_PAGES, **pictures}
    for place, content in {**texts, **made}.items():
        files.append(File.generated(config, place, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Leads links to places in the site, names the file that a step of CONTRIBUTING changes, and
    keeps the tags of the changelog."""
    named = _TAG.sub(r"\\[\1\\]", _STEP.sub(r'```\1 title="\2"', markdown))
    return site_links(named, page.file.src_uri)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Shows formulas."""
    return as_mathml(html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Replaces the only thing that a page would fetch from elsewhere."""
    return output.replace(_FETCHED, get_relative_url(_BROUGHT, page.url))


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Does so on pages that are made of a template alone."""
    return output_content.replace(_FETCHED, _BROUGHT)
