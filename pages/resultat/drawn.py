"""The map that every result layer is drawn on, and the decision's area on top of it."""

from __future__ import annotations

from data.models import Decision
from pages.shared import addresses
from pages.shared.maps import palette
from pages.shared.maps.layers import LayerSpec
from pages.shared.maps.show import bounds_of, show_map
from pages.shared.texts import language

HEIGHT = 520


def area_outline(decision: Decision) -> LayerSpec:
    """Give the decision's area as an outline that hides nothing under it."""
    return LayerSpec(
        addresses.decision(decision.id, version=decision.version, language=language()),
        color=palette.TEXT,
        weight=3,
        fill_opacity=0,
        interactive=False,
    )


def draw(decision: Decision, specs: list[LayerSpec], *, alt: str, margin: float = 2.5) -> None:
    """Draw one layer; the frame stays the same, so the view stays where the reader left it."""
    show_map(
        specs,
        bounds=bounds_of(decision.area, margin=margin),
        key=f"resultat-{decision.id}",
        height=HEIGHT,
        alt=alt,
        language=language(),
    )
