"""The addresses that pages and maps fetch from, so that no path is written twice.

Layer addresses carry ``v``: the map keeps what it has fetched by address, so a changed layer
must have a changed address.
"""

from __future__ import annotations

import hashlib
from functools import cache
from urllib.parse import quote, urlencode

from data import clock, store
from data.comments import density as squares
from data.comments import progress
from data.decision_cache import remembered
from data.decisions import decisions
from data.geodata import basemap, cell_sets, layer_editions, layers
from data.geodata import cells as population_cells
from data.models import Decision
from data.wording import N_
from pages.shared import scripts
from pages.shared.folders import ASSETS
from pages.shared.words.language import COOKIE

# every page by its path, with its name; the first one stands at /
FIRST = "overview"
PAGES = {
    FIRST: N_("Vad planeras i {municipality}?"),
    "forslag": N_("Förslaget"),
    "synpunkt": N_("Lämna en synpunkt"),
    "kvitto": N_("Följ din synpunkt"),
    "berorda": N_("Berörda områden"),
    "resultat": N_("Resultat"),
    "svar": N_("Så här blev det"),
    "granska": N_("Granska synpunkter"),
    "registrera": N_("Registrera åt andra"),
    "teman": N_("Teman och svar"),
    "rapport": N_("Rapport"),
    "planera": N_("Planera dialogen"),
    "metod": N_("Så har vi räknat"),
    "om": N_("Om tjänsten och kartan"),
    "tillganglighet": N_("Tillgänglighet"),
    "personuppgifter": N_("Personuppgifter"),
}
LEAFLET_JS = "/assets/leaflet/leaflet.js"
LEAFLET_CSS = "/assets/leaflet/leaflet.css"
TILES = "/tiles/{z}/{x}/{y}.png"
MAP = "/presentation/karta"
DRAFT = "/presentation/utkast"
DRAFTS = "/utkast"
API = "/api/v1"
CATALOG = f"{API}/catalog.rdf"
OGC = "/ogc"
FEED = "/flode.atom"
LOG, LOG_XLSX = "/granska/logg.csv", "/granska/logg.xlsx"
ENTERED = "/registrera"
# which batch of entered rows: when, and by whom
WHEN, WHO = "nar", "vem"
REPORT = "/rapport"
MEETING = "/mote"
EMBEDDED = "/inbaddad"
WORDS = "/assets/ord.js"


# so many marks keep a map under a quarter of a megabyte, 16 kB as it is sent
MARKS_MAX = 1_000


def map_frame(language: str) -> str:
    """Return the address of the read-only map that speaks `language` from its first picture."""
    return f"{MAP}?{urlencode({COOKIE: language})}"


def is_page(path: str) -> bool:
    """Tell whether a path, as it stands in an address, is one of the pages."""
    name = path.strip("/")
    return not name or (name in PAGES and name != FIRST)


def version_of(content: bytes) -> str:
    """Return a short hash that changes when `content` does."""
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def assets_version() -> str:
    """Return one short hash for all our own scripts and style sheets."""
    files = sorted(path for path in ASSETS.rglob("*") if path.is_file())
    named = (str(path.relative_to(ASSETS)).encode() + path.read_bytes() for path in files)
    return version_of(b"".join([repr(scripts.JOINED).encode(), *named]))


def asset(name: str) -> str:
    """Return the address of one of our own files; it changes with their content."""
    return f"/assets/karta/{assets_version()}/{name}"


@cache
def base() -> str:
    """Return the address of land, built-up land and water."""
    return f"{API}/base.geojson?v={version_of(basemap.base_geojson())}"


@cache
def labels() -> str:
    """Return the address of the names on the map."""
    return f"{API}/labels.geojson?v={version_of(basemap.labels_geojson())}"


def areas_version(layer: str) -> str:
    """Return a short hash of the drawn areas of `layer` and their population."""
    about = (cell_sets.CELLS, layer_editions.LAYERS)
    return remembered(about, ("areas_version", layer), lambda: _areas_version(layer))


def _areas_version(layer: str) -> str:
    people = population_cells.neighbourhoods(layer)["population"].to_json()
    return version_of(basemap.outlines(layer) + people.encode())


def areas(layer: str) -> str:
    """Return the address of the areas of `layer`: `code`, `name`, `population`."""
    return f"{API}/areas/{quote(layer)}.geojson?v={areas_version(layer)}"


def all_decisions(language: str = "sv") -> str:
    """Return the address of every decision's area with number, title and status today."""
    newest = "-".join(f"{one.id}.{one.version}.{_status(one)}" for _, one in decisions.list_all())
    version = version_of(f"{newest} {clock.today()}".encode())
    return f"{API}/decisions.geojson?{urlencode({'lang': language, 'v': version})}"


def decision(decision_id: str, *, version: int = 0, language: str = "sv") -> str:
    """Return the address of one decision's area."""
    known = decisions.get(decision_id)
    status = "" if known is None else _status(known)
    asked = urlencode({"lang": language, "v": f"{version}-{clock.today()}-{status}"})
    return f"{API}/decisions/{quote(decision_id)}.geojson?{asked}"


def _status(decision: Decision) -> str:
    """Return what an answer or a day changes: kept copies of the area tell it too."""
    return progress.status(decision, clock.today()).value


def draft_area(decision: Decision) -> str:
    """Return the address of the area of a draft, which only planners may fetch."""
    return f"{DRAFTS}/{quote(decision.id)}.geojson?v={version_of(decision.area.wkb)}"


def bands(decision_id: str, *, version: int = 0) -> str:
    """Return the address of the distance bands round a decision's area."""
    return f"{API}/decisions/{quote(decision_id)}/bands.geojson?v={version}"


def detours(decision_id: str, *, version: int = 0) -> str:
    """Return the address of the ground that is farther away over land than as the crow flies."""
    return f"{API}/decisions/{quote(decision_id)}/detours.geojson?v={version}"


def cells() -> str:
    """Return the address of the table of all squares."""
    return f"{API}/cells.csv?v={cell_sets.in_use().edition[-12:]}"


def meeting_places(deso: str) -> str:
    """Return the address of the places where the people of a DeSO can be met."""
    return f"{API}/meeting-places.geojson?{urlencode({'deso': deso})}"


def export(decision_id: str, ending: str) -> str:
    """Return the address of a file with all public tables of a decision."""
    return f"{API}/decisions/{quote(decision_id)}/export.{ending}"


def comments(decision_id: str) -> str:
    """Return the address of published comments."""
    return f"{API}/decisions/{quote(decision_id)}/comments.geojson"


def comment_points(decision_id: str, **filters: str | None) -> str:
    """Return the address of published comments as points without their text.

    `filters` are `kind`, `stance` and `deso`, each None for all.
    """
    asked = {name: str(value) for name, value in filters.items() if value is not None}
    asked |= {"slim": "1", "limit": str(MARKS_MAX), "v": str(store.data_version(decision_id))}
    return f"{comments(decision_id)}?{urlencode(asked)}"


def affected(decision_id: str, layer: str, *, version: int = 0) -> str:
    """Return the address of the areas of `layer` with how many people the decision affects."""
    cells_tag = cell_sets.in_use().edition[-12:]
    asked = urlencode({"layer": layer, "v": f"{version}-{cells_tag}"})
    return f"{API}/decisions/{quote(decision_id)}/affected.geojson?{asked}"


def meeting(decision_id: str) -> str:
    """Return the address of a decision in meeting mode."""
    return f"{MEETING}?{urlencode({'id': decision_id})}"


def themes(decision_id: str) -> str:
    """Return the address of the published answer, theme by theme."""
    return f"{API}/decisions/{quote(decision_id)}/themes.json"


def density(decision_id: str, side_m: int, **filters: str | None) -> str:
    """Return the address of squares with how many comments lie in each; filters as for points."""
    asked = {name: str(value) for name, value in filters.items() if value is not None}
    asked |= {"side": str(side_m), "v": str(store.data_version(decision_id))}
    return f"{API}/decisions/{quote(decision_id)}/density.geojson?{urlencode(asked)}"


def results(decision_id: str, layer: str, **filters: str | None) -> str:
    """Return the address of the areas of `layer` with what was said, small numbers hidden.

    Of squares those with the most comments, as many as a map can bear. `filters` as for points,
    or `relation`.
    """
    asked = {name: str(value) for name, value in filters.items() if value is not None}
    asked |= {"layer": layer, "v": str(store.data_version(decision_id))}
    if layer == layers.RUTA:
        asked["limit"] = str(squares.SQUARES_MAX)
    return f"{API}/decisions/{quote(decision_id)}/results.geojson?{urlencode(asked)}"
