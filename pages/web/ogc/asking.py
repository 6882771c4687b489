"""What a request to the OGC API asks for; the unknown is refused, as Core says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request

from data import clock
from pages.web import parameters

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
USUAL_LIMIT, MOST_LIMIT = 100, 1_000
ITEMS = frozenset({"f", "limit", "offset", "bbox", "bbox-crs", "datetime"})
OTHERS = frozenset({"f"})
FORMATS = ("json", "html")
OPEN = ("", "..")
FLAT, WITH_HEIGHT = 4, 6
DATE_LENGTH = 10


@dataclass(frozen=True)
class Asked:
    """Which features are wanted; both days are among those wanted, None is open."""

    limit: int
    offset: int
    bbox: parameters.Bbox | None
    since: date | None
    until: date | None


def check(request: Request, known: frozenset[str]) -> None:
    """Pass if every parameter is one we know (Core, requirement 10)."""
    for name in request.query_params:
        if name not in known:
            raise parameters.bad(f"{name} är inget som går att fråga efter här.")


def wants_html(request: Request) -> bool:
    """Tell which of our two formats is wanted, by ``f`` or else by what the caller accepts."""
    asked = request.query_params.get("f")
    if asked is None:
        accepted = request.headers.get("accept", "")
        return "text/html" in accepted and "json" not in accepted
    if asked not in FORMATS:
        raise parameters.bad("f ska vara json eller html.")
    return asked == "html"


def items(request: Request) -> Asked:
    """Read what is asked of a collection's features."""
    check(request, ITEMS)
    if request.query_params.get("bbox-crs", CRS84) != CRS84:
        raise parameters.bad(f"bbox-crs kan bara vara {CRS84}.")
    limit = parameters.number(request, "limit", usual=USUAL_LIMIT, least=1, most=999_999_999)
    since, until = _interval(request.query_params.get("datetime", ""))
    return Asked(
        # a larger limit than ours is no fault (Core, requirement 21)
        limit=min(limit, MOST_LIMIT),
        offset=parameters.number(request, "offset", usual=0, least=0, most=parameters.OFFSET_MAX),
        bbox=_bbox(request),
        since=since,
        until=until,
    )


def _bbox(request: Request) -> parameters.Bbox | None:
    text = request.query_params.get("bbox")
    if text is not None and text.count(",") == WITH_HEIGHT - 1:
        west, south, _low, east, north, _high = text.split(",")
        text = ",".join((west, south, east, north))
    return parameters.box(text)


def _interval(text: str) -> tuple[date | None, date | None]:
    """Read a moment, or two with a slash between; ``..`` or nothing leaves an end open."""
    if not text:
        return None, None
    first, slash, last = text.partition("/")
    if not slash:
        return _day(first), _day(first)
    since = None if first in OPEN else _day(first)
    until = None if last in OPEN else _day(last)
    if since is not None and until is not None and since > until:
        raise parameters.bad("datetime ska börja före det slutar.")
    return since, until


def _day(text: str) -> date:
    try:
        if len(text) == DATE_LENGTH:
            found = date.fromisoformat(text)
        else:
            moment = datetime.fromisoformat(text)
            found = clock.day_of(moment) if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        found = None
    if found is None or not parameters.FIRST_DAY <= found <= parameters.LAST_DAY:
        raise parameters.bad("datetime ska vara en dag eller tid, eller två med / emellan.")
    return found
