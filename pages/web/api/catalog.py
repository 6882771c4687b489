"""What open data there is, for the national data portal to harvest: DCAT-AP-SE as RDF/XML.

The properties are those that DCAT-AP-SE (the Swedish profile of DCAT-AP) demands or recommends for
catalogue, dataset, distribution and data service. An invented proposal is no open data: examples
are in no dataset of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from starlette.requests import Request
from starlette.responses import Response

from data import municipality, settings, version
from data.comments import published_answers
from data.decision_cache import remembered
from data.decisions import decisions
from data.models import Decision
from data.wording import N_, in_language
from pages.shared import addresses
from pages.shared.maps.ground import Bounds, bounds_of, municipality_bounds
from pages.shared.words.language import LANGUAGES
from pages.web.http_answers import CSV, GEOJSON, JSON, Prepared, answer, open_data, prepare
from pages.web.links import site

RDF_XML = "application/rdf+xml; charset=utf-8"
ADDRESS = addresses.CATALOG
TITLE = N_("Dialogkartan – öppna data")
ABOUT = N_(
    "{municipality} kommuns förslag och beslut på karta, det som invånarna tycker och vad det "
    "blev. Uppgifter om färre än fem personer finns inte med."
)
EU = "http://publications.europa.eu/resource/authority"
_ADMS = "http://purl.org/adms/publishertype/LocalAuthority"
_MEDIA = "https://www.iana.org/assignments/media-types"
_RFC_7946 = "https://www.rfc-editor.org/rfc/rfc7946"
_OGC_FEATURES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
_GPKG, _XLSX = (
    "application/geopackage+sqlite3",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
Words = dict[str, str]


@dataclass(frozen=True)
class Copy:
    """One way to get a dataset: an address of ours without the site, and its media type."""

    address: str
    media: str
    title: Words


@dataclass(frozen=True)
class Dataset:
    """One dataset; `themes` are codes of the EU's data themes, `bounds` degrees."""

    code: str
    title: Words
    about: Words
    themes: tuple[str, ...]
    keywords: Words
    bounds: Bounds
    copies: tuple[Copy, ...]


@open_data
def rdf(request: Request) -> Response:
    """Return the catalogue."""
    base = site(request)
    made = remembered(decisions.DECISIONS, ("catalog", base), lambda: _catalog(base), most=8)
    return answer(request, made, media=RDF_XML)


def _catalog(base: str) -> Prepared:
    graph = Graph()
    for prefix, space in (("vcard", VCARD), ("geosparql", GEO)):
        graph.bind(prefix, space)
    catalog, publisher = URIRef(base + ADDRESS), URIRef(f"{base}{ADDRESS}#utgivare")
    _describe_publisher(graph, publisher, base)
    graph.add((catalog, RDF.type, DCAT.Catalog))
    _say(graph, catalog, DCTERMS.title, _in_each(TITLE))
    _say(graph, catalog, DCTERMS.description, _in_each(ABOUT))
    graph.add((catalog, DCTERMS.publisher, publisher))
    graph.add((catalog, DCTERMS.license, URIRef(settings.load().data_licence)))
    graph.add((catalog, FOAF.homepage, URIRef(base + "/")))
    # which version of the service made the catalogue; the datasets have none, they follow the day
    graph.add((catalog, OWL.versionInfo, Literal(version.number())))
    for language in ("SWE", "ENG"):
        graph.add((catalog, DCTERMS.language, URIRef(f"{EU}/language/{language}")))
    graph.add((catalog, DCAT.themeTaxonomy, URIRef(f"{EU}/data-theme")))
    found = [_add(graph, base, publisher, one) for one in datasets()]
    for dataset in found:
        graph.add((catalog, DCAT.dataset, dataset))
    graph.add((catalog, DCAT.service, _add_service(graph, base, publisher, found)))

    return prepare(graph.serialize(format="xml", encoding="utf-8"))


def datasets() -> Iterator[Dataset]:
    """Return the proposals as a whole, then what there is about each real one."""
    yield Dataset(
        code="forslag",
        title={"sv": "Förslag och beslut på karta", "en": "Planned decisions on a map"},
        about={
            "sv": "Områden för det som kommunen planerar, med tider för synpunkter och läge. "
            "Förslag med märket EXEMPEL är påhittade.",
            "en": "Areas of what the municipality plans, with the time for comments and the "
            "status. Those marked EXEMPEL are invented.",
        },
        themes=("GOVE", "REGI"),
        keywords={"sv": "medborgardialog", "en": "public participation"},
        bounds=municipality_bounds(),
        copies=(_geojson(f"{addresses.API}/decisions.geojson"), _features("forslag")),
    )
    for _number, decision in decisions.list_all():
        if not decision.example:
            yield _result_of(decision)


def _result_of(decision: Decision) -> Dataset:
    one = f"{addresses.API}/decisions/{quote(decision.id)}"
    titles = {spoken: text.title for spoken, text in decision.texts.items()}
    copies = [
        _geojson(f"{one}/comments.geojson", {"sv": "Synpunkter", "en": "Comments"}),
        _geojson(f"{one}/results.geojson", {"sv": "Synpunkter per område"}),
        _geojson(f"{one}/affected.geojson", {"sv": "Berörda per område, uppskattade"}),
        Copy(f"{one}/export.csv", CSV, {"sv": "Synpunkter som CSV"}),
        Copy(f"{one}/export.xlsx", _XLSX, {"sv": "Alla tabeller som Excel"}),
        Copy(f"{one}/export.gpkg", _GPKG, {"sv": "Alla lager som GeoPackage"}),
        _features(f"{decision.id}-synpunkter"),
    ]
    if published_answers.published(decision.id) is not None:
        copies.append(Copy(f"{one}/themes.json", JSON, {"sv": "Svaret, tema för tema"}))
    return Dataset(
        code=decision.id,
        title={spoken: _RESULT[spoken].format(title) for spoken, title in _two(titles).items()},
        about={
            "sv": "Publicerade synpunkter på förslaget, antal per område och hur många som "
            "berörs. Det är inte en omröstning: de som har skrivit har valt det själva.",
            "en": "Published comments on the proposal, counts by area and how many are affected. "
            "It is not a vote: those who wrote chose to do so themselves.",
        },
        themes=("GOVE", "SOCI"),
        keywords={"sv": "synpunkter", "en": "comments"},
        bounds=bounds_of(decision.area),
        copies=tuple(copies),
    )


_RESULT = {"sv": "Dialog: {}", "en": "Dialogue: {}"}


def _two(titles: Words) -> Words:
    """Keep the languages that the catalogue speaks."""
    return {spoken: titles[spoken] for spoken in _RESULT if titles.get(spoken)}


def _geojson(address: str, title: Words | None = None) -> Copy:
    return Copy(address, GEOJSON, title or {"sv": "GeoJSON"})


def _features(collection: str) -> Copy:
    title = {"sv": "OGC API – Features", "en": "OGC API - Features"}
    return Copy(f"{addresses.OGC}/collections/{quote(collection)}/items", GEOJSON, title)


def _describe_publisher(graph: Graph, publisher: URIRef, base: str) -> None:
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(municipality.in_use().owner, lang="sv")))
    graph.add((publisher, DCTERMS.type, URIRef(_ADMS)))
    graph.add((publisher, FOAF.homepage, URIRef(base + "/om")))


def _add(graph: Graph, base: str, publisher: URIRef, one: Dataset) -> URIRef:
    node = URIRef(f"{base}{ADDRESS}#{quote(one.code)}")
    graph.add((node, RDF.type, DCAT.Dataset))
    _say(graph, node, DCTERMS.title, one.title)
    _say(graph, node, DCTERMS.description, one.about)
    _say(graph, node, DCAT.keyword, one.keywords)
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCTERMS.identifier, Literal(str(node))))
    graph.add((node, DCTERMS.accessRights, URIRef(f"{EU}/access-right/PUBLIC")))
    graph.add((node, DCTERMS.language, URIRef(f"{EU}/language/SWE")))
    graph.add((node, DCTERMS.spatial, _place(graph, one.bounds)))
    for theme in one.themes:
        graph.add((node, DCAT.theme, URIRef(f"{EU}/data-theme/{theme}")))
    _add_contact(graph, node, base)
    for number, copy in enumerate(one.copies, start=1):
        graph.add((node, DCAT.distribution, _add_copy(graph, base, f"{node}-{number}", copy)))
    return node


def _add_copy(graph: Graph, base: str, name: str, copy: Copy) -> URIRef:
    node, address = URIRef(name), URIRef(base + copy.address)
    media = copy.media.partition(";")[0]
    graph.add((node, RDF.type, DCAT.Distribution))
    _say(graph, node, DCTERMS.title, copy.title)
    graph.add((node, DCAT.accessURL, address))
    graph.add((node, DCAT.downloadURL, address))
    graph.add((node, DCTERMS.license, URIRef(settings.load().data_licence)))
    graph.add((node, DCTERMS["format"], Literal(media)))
    graph.add((node, DCAT.mediaType, URIRef(f"{_MEDIA}/{media}")))
    if copy.media == GEOJSON:
        graph.add((node, DCTERMS.conformsTo, URIRef(_RFC_7946)))
    return node


def _add_service(graph: Graph, base: str, publisher: URIRef, served: list[URIRef]) -> URIRef:
    node = URIRef(f"{base}{addresses.OGC}")
    graph.add((node, RDF.type, DCAT.DataService))
    _say(graph, node, DCTERMS.title, {"sv": "OGC API – Features", "en": "OGC API - Features"})
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCTERMS.conformsTo, URIRef(_OGC_FEATURES)))
    graph.add((node, DCTERMS.accessRights, URIRef(f"{EU}/access-right/PUBLIC")))
    graph.add((node, DCTERMS.license, URIRef(settings.load().data_licence)))
    graph.add((node, DCAT.endpointURL, node))
    graph.add((node, DCAT.endpointDescription, URIRef(f"{base}{addresses.OGC}/api")))
    _add_contact(graph, node, base)
    for dataset in served:
        graph.add((node, DCAT.servesDataset, dataset))
    return node


def _add_contact(graph: Graph, node: URIRef, base: str) -> None:
    """Say whom to ask, if the municipality has told an address for it."""
    email = settings.load().data_email
    if not email:
        return
    contact = URIRef(f"{base}{ADDRESS}#kontakt")
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD["fn"], Literal(municipality.in_use().owner, lang="sv")))
    graph.add((contact, VCARD["hasEmail"], URIRef(f"mailto:{quote(email, safe='@')}")))
    graph.add((node, DCAT.contactPoint, contact))


def _place(graph: Graph, bounds: Bounds) -> Node:
    west, south, east, north = (round(one, 4) for one in bounds)
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = ", ".join(f"{lon} {lat}" for lon, lat in corners)
    place = BNode(f"plats-{west}-{south}-{east}-{north}".replace(".", "_"))
    graph.add((place, RDF.type, DCTERMS.Location))
    graph.add((place, DCAT.bbox, Literal(f"POLYGON(({ring}))", datatype=GEO.wktLiteral)))
    return place


def _in_each(message: str) -> Words:
    return {spoken: in_language(message, spoken) for spoken in LANGUAGES}


def _say(graph: Graph, node: URIRef, what: URIRef, words: Words) -> None:
    for spoken, said in words.items():
        graph.add((node, what, Literal(said, lang=spoken)))
