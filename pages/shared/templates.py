"""HTML from the templates in `pages/web/templates/`: what is put in is escaped there, always.

This is the only place where a template meets values. A name that a template asks for and nobody
gave is an error, and what comes back is marked as markup, so that nothing is escaped twice.
"""

from __future__ import annotations

from functools import cache

import jinja2
from markupsafe import Markup, escape

from pages.shared import addresses
from pages.shared.folders import TEMPLATES

# the parts of Streamlit's pages
ON_PAGES = "frame.html"


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["asset"] = addresses.asset
    made.filters["lines"] = lines
    return made


def lines(text: str) -> Markup:
    """Return a text with its line breaks."""
    return Markup("<br>").join(escape(text).split("\n"))


def page(file: str, **values: object) -> Markup:
    """Return a whole template."""
    return Markup(_environment().get_template(file).render(**values))  # noqa: S704 - escaped there


def piece(file: str, name: str, *values: object, **named: object) -> Markup:
    """Return one macro of a template."""
    macro = getattr(_environment().get_template(file).module, name)
    return Markup(macro(*values, **named))  # noqa: S704 - escaped there
