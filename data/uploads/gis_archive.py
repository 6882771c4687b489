"""Unpack a zipped Shapefile into names of our own, counting every byte on the way."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from data.uploads.gis_faults import GisFileError

MEMBERS_MAX = 200
UNPACKED_MAX_BYTES = 200_000_000
# Real borders pack to a fifth or so; a bomb packs to a thousandth.
RATIO_MAX = 200
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED = frozenset({".shp", ".shx", ".dbf"})
_CHUNK = 1 << 16
_LINK = 0o120000
_LISTED = b"PK\x01\x02"  # begins each entry of a zip's list of members
# the others need more memory than they are worth
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# where a Mac puts a shadow of each file, with the same ending
_SHADOWS = "__MACOSX"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    UnicodeDecodeError,
)


def unpack(content: bytes, folder: Path) -> Path:
    """Write the parts of the one Shapefile in a zip into `folder`; give the ``.shp``.

    Nothing else is written, and no name from the zip is used.

    Raises
    ------
    GisFileError
        ``not_readable``, ``zip_unsafe``, ``zip_too_large`` or ``zip_no_shapefile``.
    OSError
        When there is no room for what is unpacked.
    """
    # counted before the list is read, which alone could fill the memory
    if content.count(_LISTED) > MEMBERS_MAX:
        raise GisFileError("zip_unsafe", "members")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_names(members)
            parts = _parts_of(members)
            left = min(UNPACKED_MAX_BYTES, RATIO_MAX * len(content))
            for ending, member in parts.items():
                left -= _write(archive, member, folder / f"lager{ending}", left)
    except _BROKEN as error:
        raise GisFileError("not_readable") from error
    return folder / "lager.shp"


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBERS_MAX:
        raise GisFileError("zip_unsafe")
    for member in members:
        path = PurePosixPath(member.filename)
        is_link = (member.external_attr >> 16) & 0o170000 == _LINK
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or is_link:
            raise GisFileError("zip_unsafe")
        if ":" in member.filename or path.suffix.lower() in {".zip", ".kmz", ".gz", ".tar"}:
            raise GisFileError("zip_unsafe")


def _parts_of(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    members = [m for m in members if PurePosixPath(m.filename).parts[:1] != (_SHADOWS,)]
    shapes = [m for m in members if PurePosixPath(m.filename).suffix.lower() == ".shp"]
    if len(shapes) > 1:
        raise GisFileError("zip_no_shapefile", "several")
    if not shapes:
        raise GisFileError("zip_no_shapefile")
    stem = str(PurePosixPath(shapes[0].filename).with_suffix("")).lower()
    parts = {}
    for member in members:
        path = PurePosixPath(member.filename)
        if str(path.with_suffix("")).lower() == stem and path.suffix.lower() in PARTS:
            parts[path.suffix.lower()] = member
    if not parts.keys() >= NEEDED:
        raise GisFileError("zip_no_shapefile")
    return parts


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, most: int) -> int:
    """Unpack one member; what the zip's header says of its size is not believed."""
    if member.compress_type not in _PACKINGS:
        raise GisFileError("not_readable", "packing")
    written = 0
    with archive.open(member) as packed, path.open("wb") as plain:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise GisFileError("zip_too_large")
            plain.write(chunk)
    return written
