"""In which area of every layer a comment lies: its codes, by the key of the layer.

They are worked out when a comment is stored or moved, or a layer is loaded, and all of them stand
in one table, those of shipped layers and of loaded ones alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from data import store
from data.geodata import layer_editions

_ADD = """
INSERT INTO comment_codes (comment_id, layer, edition, code)
SELECT unnest($1::BIGINT[]), unnest($2::VARCHAR[]), unnest($3::VARCHAR[]), unnest($4::VARCHAR[])
"""
_DROP = "DELETE FROM comment_codes WHERE comment_id = $1"
# people know a place by its district, or by its DeSO
_NAMED = """
SELECT comment_id, layer, code FROM comment_codes
WHERE comment_id = ANY($1) AND layer IN ('deso', 'valdistrikt') AND edition = ''
"""


def add(cursor: store.Cursor, codes: Iterable[tuple[int, str, str]]) -> None:
    """Write codes in one statement: of each the comment's number, the layer's key and the code."""
    rows = [(number, *layer_editions.parts(key), code) for number, key, code in codes]
    cursor.execute(_ADD, [[row[column] for row in rows] for column in range(4)])


def replace(cursor: store.Cursor, comment_id: int, codes: Mapping[str, str]) -> None:
    """Write the codes of a comment in place of those that it had, of every layer."""
    cursor.execute(_DROP, [comment_id])
    add(cursor, ((comment_id, key, code) for key, code in codes.items()))


def named(comment_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the codes that a place is named by for each comment, none where it has no place."""
    found: dict[int, dict[str, str]] = {number: {} for number in comment_ids}
    if not found:
        return found
    with store.cursor() as cursor:
        rows = cursor.execute(_NAMED, [list(found)]).fetchall()
    for number, layer, code in rows:
        found[number][layer] = code
    return found
