"""The read-only map as one document: rendered once, with the hashes its strict policy needs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache

from branca.element import Element

from pages.shared.maps import engine, ground

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_HEAD = (
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>Karta över Karlskoga</title>"
)


@dataclass(frozen=True)
class MapDocument:
    """The page, and the Content-Security-Policy that lets exactly its own script run."""

    html: bytes
    policy: str


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _fixed_ids(element: Element, name: str = "karta") -> None:
    """Replace random ids, so that every process serves the same bytes."""
    element._id = name
    for number, child in enumerate(element._children.values()):
        _fixed_ids(child, f"{name}{number}")


@cache
def map_document() -> MapDocument:
    """Render the map that `pages.shared.maps.show` fills with layers."""
    engine.install()
    town = ground.ground_map("visning", {}, bounds=ground.TOWN)
    _fixed_ids(town)
    page = str(town.get_root().render())
    page = page.replace("<html>", '<html lang="sv">', 1)
    page = page.replace("<head>", f"<head>{_HEAD}", 1)
    scripts = " ".join(_hash(text) for text in _SCRIPT.findall(page))
    styles = " ".join(_hash(text) for text in _STYLE.findall(page))
    policy = (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' {styles}; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'"
    )
    return MapDocument(page.encode(), policy)
