"""What several maps draw alike: a decision's area, its distance bands, comments as marks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from data.affected import participation
from data.comments import progress
from data.decisions import impact_zones
from data.models import Decision, Stance, Status
from geo import impact, representation
from pages.shared import addresses
from pages.shared.maps import palette
from pages.shared.maps.ground import Bounds, bounds_of
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.words import impact_zone_words
from pages.shared.words.texts import HEARD_WORDS, STANCE_WORDS, STATUS_WORDS, _, language, number

# how far round a small area the map reaches at least
LEAST_AROUND_M = 1_000.0
_BAND_DASHES = {"near": "1 0", "middle": "8 4", "far": "2 5"}
_HEARD = (
    (participation.SILENT, palette.OUTLINE, "dots"),
    (representation.FEWER, palette.RAMP[1], "solid"),
    (representation.TOO_FEW, palette.OUTLINE, "hatch"),
    (representation.AS_EXPECTED, palette.RAMP[3], "solid"),
    (representation.MORE, palette.RAMP[4], "solid"),
)


def decision_area(
    decision: Decision, *, fill_opacity: float = 0.2, is_draft: bool = False
) -> LayerSpec:
    """Draw the decision's area in the colour of its status; with lines when it is upcoming."""
    return LayerSpec(
        addresses.draft_area(decision)
        if is_draft
        else addresses.decision(decision.id, version=decision.version, language=language()),
        name="forslag",
        property="status",
        fills=palette.STATUS,
        colors=palette.STATUS,
        hatch_values=(Status.UPCOMING.value,),
        weight=3,
        fill_opacity=fill_opacity,
        interactive=False,
    )


def all_decisions() -> LayerSpec:
    """Draw the area of every decision with its number, as it stands in the lists."""
    return LayerSpec(
        addresses.all_decisions(language()),
        name="forslag",
        property="status",
        fills=palette.STATUS,
        colors=palette.STATUS,
        hatch_values=(Status.UPCOMING.value,),
        weight=3,
        fill_opacity=0.2,
        label="number",
        tooltip=(("title", ""), ("status", ""), ("label", "")),
        words={status.value: _(STATUS_WORDS[status]) for status in Status},
    )


def status_items(shown: Iterable[Decision], on: date) -> list[Item]:
    """Explain the colours of the statuses that are on the map."""
    present = {progress.status(decision, on) for decision in shown}
    return [
        Item(
            _(STATUS_WORDS[status]),
            palette.STATUS[status.value],
            fill="hatch" if status is Status.UPCOMING else "light",
        )
        for status in Status
        if status in present
    ]


def area_item(decision: Decision, on: date) -> Item:
    """Explain the decision's area."""
    status = progress.status(decision, on)
    fill = "hatch" if status is Status.UPCOMING else "light"
    return Item(_("Förslagets område"), palette.STATUS[status.value], fill=fill)


def bands(decision: Decision) -> list[LayerSpec]:
    """Draw the outer edge of each distance band; nothing for the whole municipality."""
    if impact_zones.bands_of(decision) is None:
        return []
    url = addresses.bands(decision.id, version=decision.version)
    return [
        LayerSpec(
            url,
            kind="line",
            name=f"band-{name}",
            color=palette.TEXT,
            weight=1.5,
            dash=dash,
            interactive=False,
            only=("band", (name,)),
        )
        for name, dash in _BAND_DASHES.items()
    ]


def bounds(decision: Decision) -> Bounds:
    """Return the view round the outer band, the same for every map of a decision."""
    far = max(decision.far_m or 0.0, LEAST_AROUND_M)
    west, south, east, north = decision.area.bounds
    return bounds_of(decision.area, margin=1.05 * far / max(east - west, north - south))


def band_items(decision: Decision) -> list[Item]:
    """Explain the lines of the bands in words."""
    limits = impact_zones.bands_of(decision)
    if limits is None:
        return []
    if isinstance(limits, impact.Contours):
        zones = " · ".join(
            impact_zone_words.zone_name(decision, band)
            for band in impact_zone_words.zones(decision)
        )
        words = _("Zoner: {zones}").format(zones=zones)
    else:
        distances = " · ".join(f"{number(limit)} m" for limit in limits.limits)
        words = _("Avstånd från området: {distances}").format(distances=distances)
    return [Item(words, palette.TEXT, "line", "none")]


def detours(decision: Decision) -> list[LayerSpec]:
    """Draw the squares that are farther away over land; nothing if no crossing is known."""
    if not impact_zone_words.is_over_land():
        return []
    url = addresses.detours(decision.id, version=decision.version)
    return [
        LayerSpec(
            url,
            kind="hatch",
            name="omvagar",
            color=palette.TEXT,
            interactive=False,
        )
    ]


def detour_items() -> list[Item]:
    """Explain the squares that are farther away over land."""
    if not impact_zone_words.is_over_land():
        return []
    return [Item(_("Längre bort landvägen än fågelvägen"), palette.TEXT, fill="hatch")]


def pins(decision: Decision, **filters: str | None) -> LayerSpec:
    """Draw published comments at their public position, by what they think of the proposal."""
    return LayerSpec(
        addresses.comment_points(decision.id, **filters),
        kind="points",
        name="synpunkter",
        property="stance",
        fills=palette.STANCE,
        shapes=palette.STANCE_SHAPES,
        tooltip=(("stance", ""),),
        words={stance.value: _(STANCE_WORDS[stance]) for stance in Stance},
    )


def pin_items() -> list[Item]:
    """Explain the marks: a shape beside each colour."""
    shapes = palette.STANCE_SHAPES
    return [
        Item(_(STANCE_WORDS[stance]), palette.STANCE[stance.value], shapes[stance.value])  # type: ignore[arg-type]
        for stance in Stance
    ]


def class_items(breaks: tuple[int, ...], *, step: int = 1, unit: str = "{n}") -> list[Item]:
    """Explain the five classes of a whole number that comes in steps of `step`.

    `breaks` are the inclusive upper bounds of all but the last class; `unit` is a translated text
    with ``{n}`` in it.
    """
    lows = [step, *(edge + step for edge in breaks)]
    spans = [
        number(low) if low == edge else f"{number(low)}–{number(edge)}"
        for low, edge in zip(lows, breaks, strict=False)
    ]
    spans.append(_("{n} eller fler").format(n=number(lows[-1])))
    colors = palette.ramp(len(spans))
    return [Item(unit.format(n=span), color) for span, color in zip(spans, colors, strict=True)]


def too_few_item() -> Item:
    """Explain the lines over an area: something was said, but by too few to show the figure."""
    return Item(_("För få svar för att visa siffran"), palette.OUTLINE, fill="hatch")


def silent_item() -> Item:
    """Explain the dots over an area: nobody has been heard, which says nothing about why."""
    return Item(_("Ingen har hörts"), palette.OUTLINE, fill="dots")


def heard_items() -> dict[str, Item]:
    """Explain each word of `participation.public` but one, the ones to worry about first.

    Areas that are hardly affected have no colour.
    """
    return {
        said: Item(_(HEARD_WORDS[said]).capitalize(), color, fill=fill)
        for said, color, fill in _HEARD
    }
