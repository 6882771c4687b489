"""The package for the municipality's archive: tables, maps, report and log, with a sum for each.

Made from the tables of officials: small numbers are hidden and texts masked there already. What
people wrote before masking stays in the case, and is not copied here.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime

import geopandas as gpd
import pandas as pd

from data import clock, datetime_format, rights, store
from data.geodata import layers
from data.models import Decision, Staff
from data.output import export_files, export_official
from data.output.export_tables import COLUMNS, EXAMPLE, LAYERS, Table
from data.review import review_log
from geo import crs

MANIFEST = "MANIFEST-SHA256.txt"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_LOG = """
SELECT acted_at, actor, 'synpunkter' AS log, act, CAST(comment_id AS VARCHAR) AS about,
    '' AS was, '' AS became, r.id
FROM review_log r JOIN comments ON comments.id = comment_id
-- also that a comment was moved away from here
WHERE decision_id = $1 OR (act = 'move_decision' AND position($2 IN was) > 0)
UNION ALL
SELECT acted_at, actor, 'planering' AS log, act, about, was, became, id
FROM staff_log WHERE about = $1
ORDER BY acted_at, log, id
"""
LOG_COLUMNS = {
    "när": "Tiden, med tidszon",
    "vem": "Den som gjorde det",
    "logg": "synpunkter: granskningen, planering: allt annat",
    "vad": "Vad som gjordes",
    "gäller": "Förslagets beteckning, eller synpunktens nummer",
    "före": "Som det var. Tomt för synpunkter, eftersom texten kan ha ord som är dolda",
    "efter": "Som det blev. Tomt för synpunkter, av samma skäl",
}


def package(
    actor: Staff | None, decision: Decision, *, reports: Mapping[str, bytes], at: datetime
) -> bytes:
    """Put everything in one zip; the same state of the service gives the same bytes.

    Parameters
    ----------
    reports
        PDF files by their names.
    at
        When it is made, with zone; the figures are of this moment.

    Raises
    ------
    data.rights.NotAllowedError
    """
    staff = rights.check_planner(actor)
    tables = export_official.tables(staff, decision, at=at)
    files = dict(_files(decision, tables, reports))
    files[export_files.READ_ME] = _read_me(decision, tables, reports, at).encode("utf-8-sig")
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files[MANIFEST] = sums.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            packed.writestr(zipfile.ZipInfo(name, _NO_TIME), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _files(
    decision: Decision, tables: list[Table], reports: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    for table in tables:
        yield f"csv/{table.name}.csv", export_files.csv(table.rows, for_excel=True)
    for name, frame in _drawn(decision, tables):
        yield f"geojson/{name}.geojson", frame.to_json(drop_id=True).encode()
    for name, pdf in reports.items():
        yield f"rapport/{name}", pdf
    yield "logg.csv", export_files.csv(_log(decision), for_excel=True)


def _drawn(decision: Decision, tables: list[Table]) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Return what has a place, in WGS 84 as GeoJSON demands."""
    by_name = {table.name: table.rows for table in tables}
    area = gpd.GeoDataFrame(by_name["forslag"], geometry=[decision.area], crs=crs.SWEREF99TM)
    yield "forslag", crs.to_degrees(area)
    placed = by_name["synpunkter"].dropna(subset=["lon", "lat"])
    points = gpd.points_from_xy(placed["lon"], placed["lat"], crs=crs.WGS84)
    yield "synpunkter", gpd.GeoDataFrame(placed, geometry=points)
    for layer in LAYERS:
        for kind in ("resultat", "berorda"):
            rows = by_name[f"{kind}_{layer}"]
            shapes = layers.frame(layer)["geometry"].reindex(rows["code"]).to_numpy()
            frame = gpd.GeoDataFrame(rows, geometry=shapes, crs=crs.SWEREF99TM)
            yield f"{kind}_{layer}", crs.to_degrees(frame)


def _log(decision: Decision) -> pd.DataFrame:
    with store.cursor() as cursor:
        rows = cursor.execute(_LOG, [decision.id, review_log.moved_from(decision.id)]).fetchall()
    told = [
        (at.astimezone(clock.STOCKHOLM).isoformat(timespec="seconds"), *cells)
        for at, *cells, _number in rows
    ]
    return pd.DataFrame(told, columns=list(LOG_COLUMNS))


def _read_me(
    decision: Decision, tables: list[Table], reports: Mapping[str, bytes], at: datetime
) -> str:
    lines = [f"Arkivpaket: {decision.text('sv').title}", ""]
    lines += [EXAMPLE, ""] if decision.example else []
    lines += [
        f"Diarienummer: {decision.case_number or 'inte angivet'}",
        f"Siffrorna är från {datetime_format.say(at)}.",
        "",
        "Uppgifter om färre än fem personer finns inte med. Ord som kommunen har dolt står som",
        "[dolt]. Synpunkterna som de skrevs finns i ärendet hos kommunen.",
        "",
        "csv: tabellerna, med semikolon mellan kolumnerna, kommatecken i tal och UTF-8. En",
        "apostrof står först när en text annars kunde tas för en formel.",
        "geojson: det som har en plats, i WGS 84 (EPSG:4326).",
        "rapport: rapporten som taggad PDF (PDF/UA-1 och PDF/A-2a):",
        *(f"  {name}" for name in reports),
        "logg.csv: allt som personalen har gjort med förslaget och dess synpunkter.",
        f"{MANIFEST}: kontrollsumman (SHA-256) för varje fil i paketet.",
    ]
    for table in tables:
        lines += ["", f"csv/{table.name}.csv: {table.about}"]
        lines += [f"  {column}: {COLUMNS[column]}" for column in table.rows.columns]
    lines += ["", "logg.csv"]
    lines += [f"  {column}: {words}" for column, words in LOG_COLUMNS.items()]
    return "\r\n".join(lines) + "\r\n"
