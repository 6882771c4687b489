"""Absolute links, as the standard wants them, and the address that they begin with."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from starlette.requests import Request

from data import settings
from pages.shared import addresses

ROOT = addresses.OGC
JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
Link = dict[str, str]
# what leads from one page of a long answer to those beside it
STEPS = {"next": "Nästa sida", "prev": "Förra sidan"}


def site(request: Request) -> str:
    """Return the address of the service without a slash at the end."""
    return (settings.load().base_url or str(request.base_url)).rstrip("/")


def path_of(*parts: str) -> str:
    """Return the path of one of our resources."""
    return "/".join([ROOT, *(quote(part, safe="") for part in parts)])


def link(base: str, path: str, rel: str, media: str, title: str, **query: str | int) -> Link:
    """Return a link as JSON holds it."""
    asked = f"?{urlencode(query)}" if query else ""
    return {"href": f"{base}{path}{asked}", "rel": rel, "type": media, "title": title}


def of_itself(base: str, path: str, *, media: str, title: str, **query: str | int) -> list[Link]:
    """Return the links to the same thing in both formats, JSON as itself."""
    return [
        link(base, path, "self", media, title, **{**query, "f": "json"}),
        link(base, path, "alternate", HTML, title, **{**query, "f": "html"}),
    ]


def steps(
    base: str, path: str, asked: Mapping[str, str], *, offset: int, limit: int, matched: int
) -> list[Link]:
    """Return the links to the next and the previous page, where there are such.

    `asked` is the rest of what was asked for; following ``next`` gives each feature once.
    """
    to = {"next": offset + limit} if offset + limit < matched else {}
    to |= {"prev": max(0, offset - limit)} if offset > 0 else {}
    rest: dict[str, str | int] = {**asked, "limit": limit}
    return [
        link(base, path, rel, GEOJSON, STEPS[rel], **{**rest, "offset": place})
        for rel, place in to.items()
    ]
