"""The read-only map as one document: rendered once, with the hashes its strict policy needs."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from pages.shared.maps import ground, input_frame
from pages.shared.maps.elements import TownMap, fix_ids
from pages.shared.maps.layer_specs import LayerSpec

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'


@dataclass(frozen=True)
class MapDocument:
    """The page, and the Content-Security-Policy that lets exactly its own script run."""

    html: bytes
    policy: str


@dataclass(frozen=True)
class Around:
    """Finished markup round a map, and what the map itself is called."""

    language: str
    map_name: str
    head: str
    above: str
    below: str


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def map_document(language: str) -> MapDocument:
    """Render the map that `pages.shared.maps.show` fills with layers.

    Parameters
    ----------
    language
        One of `texts.LANGUAGES`: a map whose layers have not come yet already speaks it.
    """
    page = _rendered(ground.ground_map("show", {"lang": language}, bounds=ground.town_bounds()))
    page = page.replace("<html>", f'<html lang="{language}">', 1)
    title = f"<title>{escape(input_frame.name(language))}</title>"
    page = page.replace("<head>", f"<head>{_VIEWPORT}{title}", 1)
    return _with_policy(page, "'self'")


def filled_document(
    specs: Sequence[LayerSpec], *, bounds: ground.Bounds, around: Around, ancestors: str
) -> MapDocument:
    """Render a map that has its layers from the start, for the pages of others.

    Parameters
    ----------
    around
        Finished markup; it is put in after folium has rendered, so that no word of it passes
        through folium.
    ancestors
        Who may hold the page in a frame, as in the directive ``frame-ancestors``.
    """
    opts: dict[str, object] = {
        "layers": [spec.as_json() for spec in specs],
        "lang": around.language,
        "name": around.map_name,
    }
    page = _rendered(ground.ground_map("embed", opts, bounds=bounds))
    page = page.replace("<html>", f'<html lang="{around.language}">', 1)
    head, _, rest = page.partition("<head>")
    page = f"{head}<head>{around.head}{rest}"
    before, _, rest = page.partition("<body>")
    drawn, _, after = rest.rpartition("</body>")
    page = f"{before}<body>{around.above}{drawn}{around.below}</body>{after}"
    return _with_policy(page, ancestors)


def _rendered(town: TownMap) -> str:
    fix_ids(town)
    return str(town.get_root().render())


def _with_policy(page: str, ancestors: str) -> MapDocument:
    scripts = " ".join(_hash(text) for text in _SCRIPT.findall(page))
    styles = " ".join(_hash(text) for text in _STYLE.findall(page))
    policy = (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' {styles}; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {ancestors}"
    )
    return MapDocument(page.encode(), policy)
