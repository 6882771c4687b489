"""Which editions of the shipped layers the codes in the store belong to.

The codes of a comment are computed once. When a newer version of the service ships another edition
of a layer, old codes must not be read as new ones, also where they look the same.
"""

from __future__ import annotations

from data import store
from data.geodata import layers

_KNOWN = "SELECT layer, edition FROM code_editions"
_ADD = "INSERT INTO code_editions VALUES ($1, $2)"


@store.again
def check() -> None:
    """Note the editions in a new store, and pass if an old one has the same.

    Raises
    ------
    data.geodata.layers.EditionError
        When the codes in the store belong to another edition.
    """
    with store.transaction() as cursor:
        known = dict(cursor.execute(_KNOWN).fetchall())
        for layer in layers.LAYERS:
            if layer not in known:
                cursor.execute(_ADD, [layer, layers.edition(layer)])
            elif known[layer] != layers.edition(layer):
                msg = f"{layer}: the store has {known[layer]}, the service {layers.edition(layer)}"
                raise layers.EditionError(msg)
