"""What the codes are called, and which larger area a DeSO belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from data.geodata import demography, layers


@cache
def _names(layer: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in layers.frame(layer)["name"].items()}


def of_code(layer: str, code: str) -> str:
    """Return the name of an area, or an empty text if the layer has no such code."""
    return _names(layer).get(code, "")


def of_place(codes: Mapping[str, str]) -> str:
    """Return the name people use for where something lies, of its code in each layer.

    Empty when it has no place.
    """
    for layer in (layers.VALDISTRIKT, layers.DESO):
        if layer in codes:
            return of_code(layer, codes[layer])
    return ""


@cache
def regso_of(deso: str) -> str:
    """Return the RegSO code that a DeSO belongs to (SCB's key).

    Raises
    ------
    KeyError
        If there is no such DeSO.
    """
    return str(demography.statistics()["regsokod"][deso])
