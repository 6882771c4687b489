"""Reads what an open data request asks for, and says in Swedish what is wrong with it."""

from __future__ import annotations

import math
from datetime import date
from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request

from data.comments.published import CommentFilter
from data.decisions import decisions
from data.geodata import layers
from data.models import Channel, Decision, Kind, Stance
from pages.shared.words.texts import LANGUAGES, SOURCE
from pages.web.http_answers import ProblemError

LIMIT_MAX = 2000
# what picks out comments, beside which page of them
COMMENTS = ("kind", "stance", "deso", "since", "until", "theme", "channel", "bbox", "slim")
OFFSET_MAX = 10_000_000
DAY_LENGTH = len("2026-11-24")
# no time zone knows what lies outside
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
Bbox = tuple[float, float, float, float]
Choice = TypeVar("Choice", bound=StrEnum)


def bad(detail: str) -> ProblemError:
    """Return the problem for a parameter that cannot be used."""
    return ProblemError(400, "Anropet går inte att förstå", detail)


def missing(detail: str) -> ProblemError:
    """Return the problem for something that does not exist."""
    return ProblemError(404, "Det finns inte", detail)


def bbox(request: Request) -> Bbox | None:
    """Read ``bbox=west,south,east,north`` in degrees."""
    return box(request.query_params.get("bbox"))


def box(text: str | None) -> Bbox | None:
    """Read four numbers, west, south, east and north in degrees."""
    if text is None:
        return None
    try:
        west, south, east, north = (float(part) for part in text[:200].split(","))
    except ValueError:
        raise bad("bbox ska vara fyra tal: väst,syd,öst,nord i grader.") from None
    if not all(math.isfinite(value) for value in (west, south, east, north)):
        raise bad("bbox ska vara vanliga tal.")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise bad("bbox ska vara väst,syd,öst,nord i grader, med väst före öst och syd före nord.")
    return west, south, east, north


def language(request: Request, name: str) -> str:
    """Read one of our languages; without it, or with another, Swedish."""
    asked = request.query_params.get(name, SOURCE)
    return asked if asked in LANGUAGES else SOURCE


def number(request: Request, name: str, *, usual: int, least: int, most: int) -> int:
    """Read a whole number between `least` and `most`."""
    text = request.query_params.get(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
        raise bad(f"{name} ska vara ett heltal från {least} till {most}.")
    return int(text)


def whole(request: Request, name: str) -> int | None:
    """Read a whole number that may be left out."""
    if request.query_params.get(name) is None:
        return None
    return number(request, name, usual=0, least=0, most=999_999_999)


def day(request: Request, name: str) -> date | None:
    """Read a day as ``2026-11-24``."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        found = date.fromisoformat(text[:DAY_LENGTH])
    except ValueError:
        found = None
    if found is None or len(text) > DAY_LENGTH or not FIRST_DAY <= found <= LAST_DAY:
        raise bad(f"{name} ska vara en dag, skriven 2026-11-24.")
    return found


def choice(request: Request, name: str, kind: type[Choice]) -> Choice | None:
    """Read one of the words of `kind`."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        return kind(text)
    except ValueError:
        words = ", ".join(one.value for one in kind)
        raise bad(f"{name} ska vara något av: {words}.") from None


def layer(request: Request) -> str:
    """Read ``layer=``; DeSO when it is not given."""
    name = request.query_params.get("layer", layers.DESO)
    if not layers.is_layer(name):
        raise bad(f"layer ska vara något av: {', '.join(layers.names())}.")
    return name


def deso(request: Request) -> str | None:
    """Read ``deso=``, the code of a DeSO in the municipality."""
    code = request.query_params.get("deso")
    if code is not None and code not in layers.frame(layers.DESO).index:
        raise bad("deso ska vara koden för ett av kommunens DeSO-områden.")
    return code


def wanted(request: Request) -> CommentFilter:
    """Read which comments are asked for; the same words on every address that counts them."""
    return CommentFilter(
        choice(request, "kind", Kind),
        choice(request, "stance", Stance),
        deso(request),
        day(request, "since"),
        day(request, "until"),
        whole(request, "theme"),
        choice(request, "channel", Channel),
    )


def decision(request: Request) -> tuple[int, Decision]:
    """Find the decision that the path names, with its number."""
    wanted = request.path_params["decision_id"]
    for place, found in decisions.list_all():
        if found.id == wanted:
            return place, found
    raise missing("Det finns inget förslag med den beteckningen.")


def known(decision_id: str) -> Decision:
    """Return a decision by its id, or the problem that there is none."""
    found = decisions.get(decision_id)
    if found is None:
        raise missing("Det finns inget förslag med den beteckningen.")
    return found
