"""How an estimate of affected people is said, listed and drawn, alike wherever it is shown.

Nothing is printed finer than tens of people, and nothing about fewer than five of them.
"""

from __future__ import annotations

from bisect import bisect_left

import pandas as pd

from data.affected import affected
from data.decisions import impact_zones
from data.geodata import layer_editions, layers
from data.models import Decision
from pages.shared import addresses
from pages.shared.maps import drawn, palette
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.words import impact_zone_words
from pages.shared.words.texts import N_, _, number, percent

LEAST = 5
SHARE, PEOPLE = "andel", "antal"
ORDERS = {SHARE: N_("Störst andel"), PEOPLE: N_("Flest personer")}
LAYERS = {
    layers.VALDISTRIKT: N_("Bostadsområden (valdistrikt)"),
    layers.DESO: N_("Statistikområden (DeSO)"),
}

GROUPS = {
    "0-15": N_("Barn, 0–15 år"),
    "16-24": N_("Unga, 16–24 år"),
    "25-64": N_("Vuxna, 25–64 år"),
    "65-79": N_("Äldre, 65–79 år"),
    "80+": N_("Äldre, 80 år eller äldre"),
    "foreign_background": N_("Personer med utländsk bakgrund"),
    "low_economic_standard": N_("Personer med låg ekonomisk standard"),
    "rented_homes": N_("Bostäder med hyresrätt"),
}
# inclusive upper bounds of the classes, as the figures are printed
PEOPLE_BREAKS = (100, 250, 500, 1000)
SHARE_BREAKS = (5, 10, 25, 50)
_ALIKE = (0.9, 1.1)
NOTHING = "–"


def layer_names(decision: Decision) -> dict[str, str]:
    """Return the layers to choose from, in words: the shipped ones and those that were loaded."""
    loaded = (layer_editions.find(key) for key in layer_editions.of_decision(decision.id))
    named = {
        one.key: _("{layer} ({edition})").format(layer=one.layer.capitalize(), edition=one.edition)
        for one in loaded
        if one is not None
    }
    # a newer edition of a shipped layer stands in its place
    newer = {layer_editions.parts(key)[0] for key in named}
    shipped = {layer: _(words) for layer, words in LAYERS.items() if layer not in newer}
    return shipped | named


def people(count: float | None) -> str:
    """Say a number of people: to the nearest ten, and never a figure under five.

    `count` is an estimate, or what `data.affected.affected.public` gives: missing for one to four.
    """
    if count is None or pd.isna(count) or 0 < count < LEAST:
        return _("färre än 5")
    return number(affected.to_ten(count))


def share_words(share: float | None) -> str:
    """Say a share (0-1); a dash where there is none to say."""
    if share is None or pd.isna(share):
        return NOTHING
    return _("mindre än 1 %") if share < 0.005 else percent(share)


def ratio_words(ratio: float | None) -> str:
    """Say how a share compares with the municipality's."""
    if ratio is None or pd.isna(ratio):
        return NOTHING
    if ratio < _ALIKE[0]:
        return _("mindre andel än i kommunen")
    if ratio <= _ALIKE[1]:
        return _("ungefär samma andel som i kommunen")
    return _("{n} gånger så stor andel som i kommunen").format(n=number(ratio, decimals=1))


def short_ratio(ratio: float | None) -> str:
    """Say the same under a heading that tells what it is compared with."""
    if ratio is None or pd.isna(ratio):
        return NOTHING
    if ratio < _ALIKE[0]:
        return _("mindre andel")
    if ratio <= _ALIKE[1]:
        return _("ungefär samma andel")
    return _("{n} gånger så stor andel").format(n=number(ratio, decimals=1))


def headline(decision: Decision) -> str:
    """Say in one or two sentences how many are affected and how many of them live nearest."""
    reached = affected.reached(decision)
    within, nearest = reached.within, reached.nearest
    if impact_zones.bands_of(decision) is None:
        return _("Förslaget gäller hela kommunen, {n} personer.").format(n=people(within))
    if within == 0:
        return _("Enligt vår uppskattning bor ingen {where}.").format(
            where=impact_zone_words.within(decision, "far")
        )
    if within is None:
        return _("Förslaget berör uppskattningsvis färre än 5 personer.")
    first = _("Förslaget berör uppskattningsvis {n} personer.").format(n=people(within))
    if nearest == 0:
        second = _("Ingen av dem bor närmast, {where}.")
    elif nearest is None:
        second = _("Färre än 5 av dem bor närmast, {where}.")
    else:
        second = _("{n} av dem bor närmast, {where}.")
    where = impact_zone_words.within(decision, "near")
    return f"{first} {second.format(n=people(nearest), where=where)}"


def ordered(decision: Decision, layer: str, by: str) -> pd.DataFrame:
    """Return the areas where somebody lives within the bands, the most affected first."""
    rows = affected.public(decision, layer)
    # missing is one to four people
    rows = rows[(rows["within"] != 0).fillna(True)]
    first, second = ("rank_share", "affected") if by == SHARE else ("rank_people", "share")
    return rows.sort_values([first, second, "name"], ascending=[True, False, True])


def most_affected(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those of `ordered` with enough affected people to be put in order."""
    return rows[(rows["affected"] > 0).fillna(False)]


def reason(row: pd.Series, decision: Decision) -> str:
    """Say why an area is affected: how many live how near, by the nearest band that says it."""
    if impact_zones.bands_of(decision) is None:
        return _("Förslaget gäller alla här: {n} personer.").format(n=people(row["within"]))
    inside, near, middle = (_known(row[name]) for name in ("inside", "near", "middle"))
    near += inside
    if inside:
        return _("{n} personer bor {where}, {inside} av dem i själva området.").format(
            n=people(near), where=impact_zone_words.within(decision, "near"), inside=people(inside)
        )
    counts = {"near": near, "middle": near + middle, "far": row["within"]}
    band = next((name for name, count in counts.items() if _known(count)), "far")
    return _("{n} personer bor {where}.").format(
        n=people(counts[band]), where=impact_zone_words.within(decision, band)
    )


def _known(count: int | None) -> int:
    return 0 if pd.isna(count) else int(count)


def table(rows: pd.DataFrame, decision: Decision, by: str) -> pd.DataFrame:
    """Return the table that says what the map shows; `rows` come from `ordered`."""
    rank = rows["rank_share" if by == SHARE else "rank_people"]
    ranked = zip(rank, rows.iterrows(), strict=True)
    columns = {_("Ordning"): [_rank_words(int(place), row) for place, (_code, row) in ranked]}
    columns[_("Andel")] = [share_words(share) for share in rows["share"]]
    columns[_("Berörda, vägt")] = [people(count) for count in rows["affected"]]
    columns[_("Lägst–högst")] = [_span(row) for _code, row in rows.iterrows()]
    columns[_("Jämfört med kommunen")] = [short_ratio(ratio) for ratio in rows["ratio"]]
    for heading, name in impact_zone_words.headings(decision):
        columns[heading] = [people(count) for count in rows[name]]
    columns[_("Alla i närheten")] = [people(count) for count in rows["within"]]
    return pd.DataFrame(columns, index=pd.Index(rows["name"], name=_("Område")))


def _rank_words(place: int, row: pd.Series) -> str:
    if not _known(row["affected"]):
        return NOTHING
    if not row["order_uncertain"]:
        return str(place)
    return _("{place} (osäker ordning)").format(place=place)


def _span(row: pd.Series) -> str:
    if pd.isna(row["high"]):
        return people(None)
    low = 0 if pd.isna(row["low"]) else row["low"]
    return f"{people(low)}–{people(row['high'])}"


def layer_spec(rows: pd.DataFrame, layer: str, by: str) -> LayerSpec:
    """Draw the areas of `rows` in the classes of the table, each figure as it is printed there."""
    shown = most_affected(rows)
    few = rows.index.difference(shown.index)
    words = {str(code): "0" for code in layers.frame(layer).index.difference(rows.index)}
    words |= {str(code): people(row["affected"]) for code, row in rows.iterrows()}
    words |= {
        code: f"{said} ({share_words(shown['share'][code])})"
        for code, said in words.items()
        if code in shown.index
    }
    return LayerSpec(
        addresses.areas(layer),
        name="berorda",
        property="code",
        fills={str(code): palette.RAMP[_class(row, by)] for code, row in shown.iterrows()},
        hatch_values=tuple(str(code) for code in few),
        weight=1.2,
        fill_opacity=0.75,
        tooltip=(("name", ""), ("code", _("Berörda, vägt"))),
        words=words,
    )


def _class(row: pd.Series, by: str) -> int:
    if by == SHARE:
        return bisect_left(SHARE_BREAKS, round(float(row["share"]) * 100))
    return bisect_left(PEOPLE_BREAKS, int(row["affected"]))


def _share_items() -> list[Item]:
    edges = [number(edge) for edge in SHARE_BREAKS]
    spans = [
        f"{number(low + 1)}–{high}" for low, high in zip(SHARE_BREAKS, edges[1:], strict=False)
    ]
    words = [
        _("Högst {n} % berörs").format(n=edges[0]),
        *(_("{n} % berörs").format(n=span) for span in spans),
        _("Mer än {n} % berörs").format(n=edges[-1]),
    ]
    return [Item(said, color) for said, color in zip(words, palette.RAMP, strict=True)]


def items(by: str, rows: pd.DataFrame) -> list[Item]:
    """Explain the classes in words."""
    if by == SHARE:
        found = _share_items()
    else:
        found = drawn.class_items(PEOPLE_BREAKS, step=10, unit=_("{n} berörda"))
    if len(most_affected(rows)) < len(rows):
        found.append(Item(_("Färre än 5 personer"), palette.OUTLINE, fill="hatch"))
    return [*found, Item(_("Ingen bor inom avstånden"), palette.OUTLINE, fill="none")]
