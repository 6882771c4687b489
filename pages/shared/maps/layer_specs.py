"""What a layer is: where the browser fetches it and how it is drawn. Constants, never texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from pages.shared.maps import palette

Kind = Literal["fill", "line", "points", "labels", "hatch"]


@dataclass(frozen=True)
class LayerSpec:
    """One layer of a map: an address of our own and constants that say how it is drawn.

    Parameters
    ----------
    url
        GeoJSON of this server; see `pages.shared.addresses`. Empty when `data` is given.
    data
        The GeoJSON itself, for what has no address: shapes that a person is still choosing.
        See `pages.shared.maps.sketch`; it holds numbers only, never a text.
    kind
        ``fill`` areas, ``line`` outlines, ``points`` marks, ``labels`` words at points,
        ``hatch`` areas with diagonal lines in `color`.
    name
        What a click reports as `layer`.
    property
        The property that `fills`, `colors`, `shapes`, `breaks`, `hatch_values` and `dot_values`
        look at.
    fills, colors
        Fill and outline by value of the property; `fill` and `color` for all others.
    breaks, ramp
        Classes of a number: `breaks` are the upper bounds (inclusive) of all but the last colour
        of `ramp`.
    hatch_values, dot_values
        Values drawn with diagonal lines ("för få svar") or white with dots and a dotted outline
        ("ingen har hörts"). A missing value is the word ``null``.
    patterns
        Lines over a fill, by its colour: a path in a square of 16 pixels and the colour of the
        lines, see `pages.shared.maps.palette.PATTERNS`.
    shapes
        For points: ``circle``, ``square``, ``triangle`` or ``diamond`` by value.
    tooltip, words
        Rows of (property, heading), and words to show in place of stored values.
    label
        The property shown as a round mark on an area, or as the words of ``labels``.
    clickable
        A click returns the feature's `id` or `code`.
    zooms
        The layer is on the map from the first to the second zoom level; always when not given.
    only
        Show only features whose property (first) has one of the values (second).
    """

    url: str
    kind: Kind = "fill"
    name: str = ""
    property: str | None = None
    fills: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    breaks: tuple[float, ...] = ()
    ramp: tuple[str, ...] = ()
    fill: str | None = None
    color: str = palette.OUTLINE
    weight: float = 1.0
    dash: str | None = None
    fill_opacity: float = 0.7
    radius: float = 6
    tooltip: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    label: str | None = None
    interactive: bool = True
    clickable: bool = False
    pane: str | None = None
    hatch_values: tuple[str, ...] = ()
    dot_values: tuple[str, ...] = ()
    patterns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    only: tuple[str, tuple[str, ...]] | None = None
    data: Mapping[str, object] | None = None
    zooms: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        is_own = self.url.startswith("/") and not self.url.startswith("//")
        if not is_own and (self.url or self.data is None):
            msg = "a layer is fetched from this server only"
            raise ValueError(msg)
        if self.breaks and len(self.ramp) != len(self.breaks) + 1:
            msg = "a ramp has one colour more than there are breaks"
            raise ValueError(msg)

    def as_json(self) -> dict[str, object]:
        """Return the plain values that the browser reads, without those left as they were."""
        plain = asdict(self)
        return {name: value for name, value in plain.items() if value not in _EMPTY}


_EMPTY: tuple[object, ...] = (None, (), {}, "")
