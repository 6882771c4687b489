"""A decision's result as files to take away: Excel, GeoPackage, CSV, or all of it in a zip."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from data import clock, store
from data.output import export_files, export_tables, workbook
from pages.shared.words import export_words
from pages.web import parameters
from pages.web.http_answers import CSV, XLSX, Prepared, answer, open_data, prepare

MEDIA = {
    "xlsx": XLSX,
    "gpkg": "application/geopackage+sqlite3",
    "zip": "application/zip",
    "csv": CSV,
}
KEPT = 16


@open_data
def result_file(request: Request) -> Response:
    """Return all public tables of a decision in one file, in the form that the address names."""
    _number, decision = parameters.decision(request)
    ending = request.path_params["ending"]
    if ending not in MEDIA:
        raise parameters.missing(f"Filen finns som {', '.join(MEDIA)}.")
    version = store.data_version(decision.id)
    made = _made(decision.id, f"{version}-{decision.version}-{clock.today()}", ending)
    found = answer(request, made, media=MEDIA[ending])
    found.headers["Content-Disposition"] = f'attachment; filename="{decision.id}.{ending}"'
    return found


@lru_cache(maxsize=KEPT)
def _made(decision_id: str, _version: str, ending: str) -> Prepared:
    decision = parameters.known(decision_id)
    tables = export_tables.public(decision, at=clock.now())
    if ending == "xlsx":
        return prepare(workbook.workbook(tables, export_words.IN_FILES))
    if ending == "gpkg":
        return prepare(export_files.geopackage(decision, tables))
    if ending == "csv":
        comments = next(table for table in tables if table.name == "synpunkter")
        return prepare(export_files.csv(comments.rows, for_excel=True))
    words = export_words.IN_FILES
    return prepare(export_files.package(decision, tables, at=clock.now(), words=words))
