"""What a person who hears a page is told, and which words may be in it.

The names come from the browser's own accessibility tree, of the page and of every frame in it,
and from the attributes that become names when something is opened or touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages import pofile
from playwright.sync_api import Page

from data import municipality_words
from data.geodata import credit_lines
from data.staff import sessions
from pages.shared import folders
from pages.shared.words import texts
from pages.web.site import streamlit_words

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "data" / "files"
ASSETS = ROOT / "pages" / "web" / "assets"
WORD = re.compile(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])")
FIELD = re.compile(r"\{[^}]*\}")
# what a name never has: the marks of Markdown, and the short word of a picture
MARKS = re.compile(r"\\[^\w\s]|\*\*|:material/|:\w+-badge\[")
# said to nobody
SILENT = {"InlineTextBox", "LineBreak", "ListMarker"}
TOLD = ("name", "description", "value")
TOLD_TOO = {"valuetext", "roledescription", "placeholder", "errormessage"}
ATTRIBUTES = """() => {
    const told = [], names = ['aria-label', 'aria-valuetext', 'aria-description', 'placeholder',
                              'title', 'alt', 'aria-roledescription'];
    for (const node of document.querySelectorAll('body *'))
        for (const name of names)
            if (node.getAttribute(name)) told.push([name, node.getAttribute(name)]);
    for (const node of document.querySelectorAll('[role=log], [role=alert], [role=status]'))
        told.push(['live', node.textContent]);
    return told;
}"""


@dataclass(frozen=True)
class Heard:
    """One thing that is told: by which role or attribute, and in which words."""

    by: str
    words: str


def heard(page: Page) -> set[Heard]:
    """Return everything that a page tells now, in all its frames."""
    told = {Heard(*one) for frame in page.frames for one in frame.evaluate(ATTRIBUTES)}
    asked = page.context.new_cdp_session(page)
    try:
        asked.send("Accessibility.enable")
        for frame in _frames(asked.send("Page.getFrameTree")["frameTree"]):
            nodes = asked.send("Accessibility.getFullAXTree", {"frameId": frame})["nodes"]
            told |= {one for node in nodes if not node["ignored"] for one in _of_node(node)}
    finally:
        asked.detach()
    return told


def _frames(tree: dict[str, Any]) -> Iterator[str]:
    yield tree["frame"]["id"]
    for child in tree.get("childFrames", []):
        yield from _frames(child)


def _of_node(node: dict[str, Any]) -> Iterator[Heard]:
    role = str(node["role"]["value"])
    if role in SILENT:
        return
    parts = [node.get(name, {}).get("value") for name in TOLD]
    parts += [p["value"].get("value") for p in node["properties"] if p["name"] in TOLD_TOO]
    for part in parts:
        if isinstance(part, str) and part.strip():
            yield Heard(role, part)


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.casefold()))


def _strings(found: object, spoken: str) -> Iterator[str]:
    """Return every text in a file of data, without what it says in another language."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        others = set(texts.LANGUAGES) - {spoken, "sv"}
        for name, value in found.items():
            if name not in others:
                yield from _strings(value, spoken)
    elif isinstance(found, list):
        for value in found:
            yield from _strings(value, spoken)


def _of_data(spoken: str) -> Iterator[str]:
    for file in sorted([*FILES.rglob("*.json"), *FILES.rglob("*.geojson")]):
        found = json.loads(file.read_text(encoding="utf-8"))
        features = found.get("features") if isinstance(found, dict) else None
        yield from _strings([f["properties"] for f in features] if features else found, spoken)


def _of_catalogue(spoken: str) -> Iterator[str]:
    file = folders.LOCALE / "en" / "LC_MESSAGES" / "dialogkartan.po"
    with file.open("rb") as source:
        for one in pofile.read_po(source, locale="en"):
            found = one.id if spoken == "sv" else one.string
            for text in [found] if isinstance(found, str) else found:
                yield FIELD.sub(" ", text)


def _of_municipality(spoken: str) -> Iterator[str]:
    """Return the municipality's own words, which texts are filled in with, and its own texts."""
    yield from municipality_words.filling(spoken).values()
    yield from (said.get(spoken, said["sv"]) for said in municipality_words.own_texts().values())


def _of_scripts(spoken: str) -> Iterator[str]:
    """Return the words of our own maps, which stand in the script that draws them."""
    table = re.compile(rf"\b{spoken}: \{{(.*?)\}}", re.DOTALL)
    for file in ASSETS.rglob("*.js"):
        yield from table.findall(file.read_text(encoding="utf-8"))


def _of_sources(_spoken: str) -> Iterator[str]:
    """Return the names of sources, licences and units, which are the same in every language."""
    for credit in credit_lines.credits():
        yield from (said for said in credit if texts.in_language(said or " ", "en") == said)
    yield f"{sessions.LINK_NAME} Leaflet km"


def _of_calendar(spoken: str) -> Iterator[str]:
    known = Locale.parse(spoken)
    for names in (known.months, known.days):
        for width in names["format"].values():
            yield from map(str, width.values())
    # how the browser's own calendar says today and the chosen day
    yield {
        "sv": "Idag har valts Första Sista tillgängliga datum kl",
        "en": "Today selected First available date Last",
    }[spoken]


@cache
def vocabulary(spoken: str) -> frozenset[str]:
    """Return every word that a page in a language may say."""
    sources = (_of_data, _of_catalogue, _of_municipality, _of_scripts, _of_sources, _of_calendar)
    found = {word for source in sources for text in source(spoken) for word in _words(text)}
    return frozenset(found | {word for name in texts.NAMES.values() for word in _words(name)})


@cache
def streamlits(spoken: str) -> frozenset[str]:
    """Return what Streamlit says and we say otherwise."""
    own = streamlit_words.WHOLE
    return frozenset(
        one for one, said in own.items() if streamlit_words.in_language(said or " ", spoken) != one
    )


def strange(told: set[Heard], spoken: str, own: frozenset[str] = frozenset()) -> list[str]:
    """Return what is told with a word from elsewhere, or with marks that are not words.

    `own` are words that the test has written itself.
    """
    known = vocabulary(spoken) | own
    return sorted(
        f"{one.by}: {one.words[:200]!r} {sorted(_words(one.words) - known)}"
        for one in told
        if _words(one.words) - known
        or one.words.strip() in streamlits(spoken)
        or MARKS.search(one.words)
    )
