"""Why the database file cannot be used: found by trying, never read out of a library's sentence.

"Corrupt database file: … in block 7" holds the word *lock*. So the file itself is asked: what it
is, whether another process holds it, whether it and its folder can be written, what its header
says.
"""

from __future__ import annotations

import errno
import fcntl
import struct
import tempfile
from pathlib import Path

import duckdb
import numpy as np

from data.store.errors import StoreCode

# for whoever starts the service or runs a command: in Swedish and in English
SENTENCES = {
    "missing": (
        "Databasfilen {file} har funnits men är borta. Lägg tillbaka en säkerhetskopia.",
        "The database file {file} is gone although it has existed. Restore it from a backup.",
    ),
    "not_a_file": (
        "Databasfilen {file} är ingen fil utan en mapp eller något annat. Ange en fil.",
        "The database file {file} is no file but a folder or something else. Name a file.",
    ),
    "read_only": (
        "Databasfilen {file} går inte att skriva till. Ändra rättigheterna på filen och mappen.",
        "The database file {file} cannot be written. Change the rights of the file and its folder.",
    ),
    "full": (
        "Databasfilen {file} får inte plats, för disken är full. Frigör plats och starta igen.",
        "The database file {file} has no room, for the disk is full. Free some and start again.",
    ),
    "memory": (
        "Databasfilen {file} behöver mer minne än som finns. Stäng andra program och starta igen.",
        "The database file {file} needs more memory than there is. Close other programs and "
        "start again.",
    ),
    "locked": (
        "Databasfilen {file} används av ett annat program. Stoppa det och starta igen.",
        "The database file {file} is in use by another process. Stop it and start again.",
    ),
    "damaged": (
        "Databasfilen {file} är skadad. Lägg tillbaka en säkerhetskopia.",
        "The database file {file} is damaged. Restore a backup.",
    ),
    "newer": (
        "Databasfilen {file} är skriven av en nyare version. Uppdatera programmet.",
        "The database file {file} was written by a newer version. Update the program.",
    ),
    "unfit": (
        "Databasfilen {file} har rader som inte passar i dagens tabeller. Inget har ändrats. "
        "Fortsätt med den förra versionen och visa felet för den som sköter programmet.",
        "The database file {file} holds rows that do not fit the tables of today. Nothing was "
        "changed. Go on with the version before and show the fault to whoever keeps the program.",
    ),
    "other_shape": (
        "Databasfilen {file} har andra tabeller än programmet väntar sig. Lägg tillbaka en "
        "säkerhetskopia.",
        "The database file {file} has other tables than the program expects. Restore a backup.",
    ),
    "not_saved": (
        "Databasfilen {file} gick inte att spara i. Inget har ändrats. Försök igen.",
        "The database file {file} could not be saved to. Nothing was changed. Try again.",
    ),
}
UNKNOWN = (
    "Databasfilen {file} gick inte att öppna.",
    "The database file {file} could not be opened.",
)
_BY_NUMBER: dict[int, StoreCode] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EIO: "damaged",
    errno.ENOMEM: "memory",
    errno.EMFILE: "unusable",
    errno.ENFILE: "unusable",
}
# a log of changes and a checkpoint need some room beside the file
_ROOM_BYTES = 1_000_000
# the first block of a file: its checksum, a magic word, the number of its format
_HEADER = struct.Struct("<Q4sQ")
_HEADER_BYTES, _MAGIC = 4096, b"DUCK"
# the formats that the pinned DuckDB reads; 999 is its own
STORAGE_READ = frozenset({*range(64, 70), 999})
_CHECKSUM_START, _CHECKSUM_FACTOR = 5381, 0xBF58476D1CE4E5B9


def say(code: str, file: Path | str) -> tuple[str, str]:
    """Return one sentence in Swedish and the same in English for the code of a `StoreError`."""
    swedish, english = SENTENCES.get(code, UNKNOWN)
    return swedish.format(file=file), english.format(file=file)


def of_system(error: OSError) -> StoreCode:
    """Return the code for an error of the operating system, by its number."""
    return _BY_NUMBER.get(error.errno or 0, "read_only")


def why(error: BaseException, path: Path) -> StoreCode:
    """Return the code for a file that DuckDB could not use; nothing of ours may hold it open."""
    if isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        return "memory"
    if isinstance(error, duckdb.ConnectionException):
        # this very process has it open in another way
        return "locked"
    try:
        return _look_at(path)
    except OSError as fault:
        return of_system(fault)


def _look_at(path: Path) -> StoreCode:
    if not path.parent.is_dir():
        return "read_only"
    if path.exists():
        if is_held(path):
            return "locked"
        # raises when it may not be written
        path.open("r+b").close()
    _try_to_write_in(path.parent)
    if not path.exists():
        return "missing"
    return "newer" if _is_newer(path) else "damaged"


def is_held(path: Path) -> bool:
    """Tell whether another process has the database open, by asking for the lock it would have."""
    try:
        mode, lock = "r+b", fcntl.LOCK_EX
        path.open(mode).close()
    except OSError:
        # who may only read can still see the lock of somebody who writes
        mode, lock = "rb", fcntl.LOCK_SH
    with path.open(mode) as file:
        try:
            fcntl.lockf(file, lock | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EACCES, errno.EAGAIN}:
                return True
            raise
    return False


def _try_to_write_in(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0" * _ROOM_BYTES)


def _is_newer(path: Path) -> bool:
    """Tell whether a whole header says a format that this DuckDB does not read."""
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if len(head) < _HEADER_BYTES:
        return False
    told, magic, storage = _HEADER.unpack_from(head)
    is_whole = magic == _MAGIC and told == checksum(head[8:])
    return is_whole and storage not in STORAGE_READ and storage > min(STORAGE_READ)


def checksum(block: bytes) -> int:
    """Return the checksum that DuckDB writes in front of a block."""
    words = np.frombuffer(block, dtype="<u8") * np.uint64(_CHECKSUM_FACTOR)
    return int(np.bitwise_xor.reduce(words)) ^ _CHECKSUM_START
