"""A decision's result as files to take away: Excel, GeoPackage, CSV, or all of it in a zip."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from data import clock
from data.decision_cache import remembered
from data.geodata import cell_sets
from data.models import Decision
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
    made = remembered(
        (decision.id, cell_sets.CELLS),
        ("export", ending, clock.today()),
        lambda: _made(decision, ending),
        most=KEPT,
    )
    found = answer(request, made, media=MEDIA[ending])
    found.headers["Content-Disposition"] = f'attachment; filename="{decision.id}.{ending}"'
    return found


def _made(decision: Decision, ending: str) -> Prepared:
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
