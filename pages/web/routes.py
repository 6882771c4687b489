"""Every address of ours, in one list."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from pages.shared import addresses
from pages.shared.session.provider import START
from pages.web.api import area_api, catalog, exports, feed, public_api, theme_api
from pages.web.mote import answering as meeting
from pages.web.ogc import answering as ogc
from pages.web.sign_in import one_time_link, provider
from pages.web.site import (
    embedded,
    for_staff,
    log,
    plain_pages,
    presentation,
    receipts,
    reports,
    static_files,
    streamlit_words,
)
from pages.web.site.tiles import Tiles

V1 = "/api/v1"


def routes(tiles: Tiles) -> list[BaseRoute]:
    """Return the routes beside Streamlit's own pages."""
    return [*_of_the_site(tiles), *_of_open_data(), *_of_ogc_features(), *_unknown()]


def _of_the_site(tiles: Tiles) -> list[BaseRoute]:
    return [
        Mount("/assets/leaflet", static_files.leaflet()),
        Mount("/assets/karta/{version}", static_files.OwnFiles()),
        Route(addresses.WORDS, streamlit_words.serve, methods=["GET"]),
        Route("/assets/_stcore/host-config", static_files.host_config),
        Route("/presentation/karta", presentation.karta),
        Route("/presentation/utkast", presentation.utkast),
        Route("/tiles/{z:int}/{x:int}/{y:int}.png", tiles.__call__),
        Route("/logga-in", one_time_link.sign_in, methods=["GET"]),
        Route(START, provider.Remembering(provider.start), methods=["GET"]),
        # before Streamlit's own route of that address
        Route(provider.CALLBACK, provider.Remembering(provider.callback), methods=["GET"]),
        Route("/logga-ut", one_time_link.ask_sign_out, methods=["GET"]),
        Route("/logga-ut", one_time_link.sign_out, methods=["POST"]),
        Route("/utkast/{decision_id}.geojson", for_staff.draft_area, methods=["GET"]),
        Route("/utkast/{rest:path}", _gone),
        Route(addresses.LOG, log.log_table, methods=["GET"]),
        Route(addresses.LOG_XLSX, log.log_workbook, methods=["GET"]),
        Route(f"{addresses.ENTERED}/{{decision_id}}/kvitton", receipts.page, methods=["GET"]),
        Route(f"{addresses.ENTERED}/{{decision_id}}/kvitton.csv", receipts.table, methods=["GET"]),
        Route(f"{addresses.REPORT}/{{decision_id}}", reports.public_page, methods=["GET"]),
        Route(f"{addresses.REPORT}/{{decision_id}}/tjansteman", reports.official_page),
        Route(f"{addresses.REPORT}/{{decision_id}}/fil/{{job_id}}", reports.made_file),
        Route(addresses.MEETING, meeting.show, methods=["GET"]),
        Route(f"{addresses.MEETING}/lage", meeting.freeze, methods=["POST"]),
        Route(f"{addresses.MEETING}/anteckning", meeting.note, methods=["POST"]),
        Route(f"{addresses.MEETING}/{{rest:path}}", _gone),
        Route(addresses.EMBEDDED, embedded.show, methods=["GET"]),
        Route(f"{addresses.EMBEDDED}/{{rest:path}}", _gone),
        Route("/sprak/{spoken}", one_time_link.choose_language),
    ]


def _of_open_data() -> list[BaseRoute]:
    one = f"{V1}/decisions/{{decision_id}}"
    return [
        Route(addresses.FEED, feed.atom),
        Route("/healthz", public_api.healthy),
        Route("/readyz", public_api.ready),
        Route(f"{V1}/base.geojson", public_api.base),
        Route(f"{V1}/labels.geojson", public_api.labels),
        Route(f"{V1}/areas/{{layer}}.geojson", public_api.areas),
        Route(f"{V1}/decisions.geojson", public_api.all_decisions),
        Route(f"{one}.geojson", public_api.one_decision),
        Route(f"{one}/bands.geojson", public_api.bands),
        Route(f"{one}/detours.geojson", public_api.detours),
        Route(f"{one}/comments.geojson", public_api.comment_list),
        Route(f"{one}/affected.geojson", area_api.affected_areas),
        Route(f"{one}/results.geojson", area_api.result_areas),
        Route(f"{one}/density.geojson", public_api.density),
        Route(f"{one}/export.{{ending}}", exports.result_file),
        Route(f"{one}/report.pdf", reports.public_pdf),
        Route(f"{one}/themes.json", theme_api.themes),
        Route(catalog.ADDRESS, catalog.rdf),
        Route(f"{V1}/places", public_api.place_list),
        Route(f"{V1}/cells.csv", public_api.cell_table),
        Route(f"{V1}/meeting-places.geojson", public_api.meeting_places),
    ]


def _of_ogc_features() -> list[BaseRoute]:
    return [
        Route("/ogc", ogc.landing),
        Route("/ogc/", ogc.landing),
        Route("/ogc/conformance", ogc.conformance),
        Route("/ogc/api", ogc.description),
        Route("/ogc/collections", ogc.collections),
        Route("/ogc/collections/{collection_id}", ogc.collection),
        Route("/ogc/collections/{collection_id}/items", ogc.items),
        Route("/ogc/collections/{collection_id}/items/{feature_id}", ogc.item),
        Route("/ogc/{rest:path}", ogc.unknown, methods=METHODS),
    ]


def _unknown() -> list[BaseRoute]:
    """Return what no other route has taken, so that Streamlit answers nothing under our paths."""
    return [
        Route("/api", public_api.unknown, methods=METHODS),
        Route("/api/{rest:path}", public_api.unknown, methods=METHODS),
        Route("/assets/{rest:path}", _gone),
        Route("/tiles/{rest:path}", _gone),
        Route("/presentation/{rest:path}", _gone),
    ]


METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]


def _gone(request: Request) -> Response:
    """Answer 404, in words to a person: without this Streamlit would give its page with 200."""
    if "text/html" not in request.headers.get("accept", ""):
        return Response(status_code=404)
    return Response(plain_pages.not_found(request.scope), 404, media_type="text/html")
