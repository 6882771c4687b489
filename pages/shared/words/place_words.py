"""How a place is said, alike in the search, in a form and on a receipt."""

from __future__ import annotations

from data.geodata import area_names, layers, places
from data.models import ELSEWHERE, Place
from pages.shared.words.texts import N_, SORT_WORDS, _

# the sorts of places that a search can find, as they stand behind a name
SORTS: dict[str, str] = {
    "hållplats": N_("hållplats"),
    "skola": N_("skola"),
    "förskola": N_("förskola"),
    "bostadsområde": N_("bostadsområde"),
    "ort": N_("ort"),
    "vatten": N_("vatten"),
    "butik": N_("butik"),
    "restaurang eller kafé": N_("restaurang eller kafé"),
    "vård": N_("vård"),
    "apotek": N_("apotek"),
    "kultur": N_("kultur"),
    "idrott": N_("idrott"),
    "statistikområde": N_("statistikområde"),
}


def say_hit(place: Place) -> str:
    """Say what a hit is and where, so that two with the same name can be told apart."""
    told = [_(SORTS.get(place.sort, place.sort))]
    if place.district and place.district != place.name:
        told.append(place.district)
    elif place.near:
        told.append(_("nära {name}").format(name=place.near))
    return f"{place.name} ({', '.join(told)})"


def say_point(lon: float, lat: float) -> str:
    """Say where a point (WGS 84) is, as a neighbour would: "nära hållplatsen Ekeby, i Landa"."""
    found = places.describe(lon, lat)
    if found is None:
        return _("en plats på kartan")
    name = _(SORT_WORDS.get(found.sort, "{name}")).format(name=found.name)
    return _("nära {name}, i {district}").format(name=name, district=found.district)


def say_neighbourhood(deso: str) -> str:
    """Say which neighbourhood a place is as a whole."""
    return _("hela området {name}").format(name=area_names.of_code(layers.DESO, deso))


def homes() -> dict[str, str]:
    """Return the areas that a person can live in, by code, and a word for everywhere else."""
    areas = {place.deso: place.name for place in places.neighbourhood_list()}
    return {**areas, ELSEWHERE: _("I en annan kommun")}
