"""Serves Leaflet and our own scripts and style sheets; hashed addresses may be kept for good."""

from __future__ import annotations

from os import PathLike, stat_result

import xstatic.pkg.leaflet
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.shared import addresses, folders, scripts
from pages.web.http_answers import ASK_AGAIN, FOREVER

WEEK = "public, max-age=604800"
LEAFLET_FOLDER = xstatic.pkg.leaflet.BASE_DIR


class KeptFiles(StaticFiles):
    """Files that may be kept as long as `keep` says."""

    def __init__(self, directory: str | PathLike[str], keep: str) -> None:
        super().__init__(directory=directory)
        self.keep = keep

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Add how long the file may be kept."""
        found = super().file_response(full_path, stat_result, scope, status_code)
        found.headers["Cache-Control"] = self.keep
        return found


def leaflet() -> KeptFiles:
    """Serve Leaflet as it comes in its package."""
    return KeptFiles(LEAFLET_FOLDER, WEEK)


def host_config(_: Request) -> Response:
    """Say that no page round ours may do anything; Streamlit's scripts ask before they connect.

    Streamlit's own answer, which names sites abroad as allowed, is closed.
    """
    nothing = {
        "allowedOrigins": [],
        "useExternalAuthToken": False,
        "enableCustomParentMessages": False,
    }
    return JSONResponse(nothing, headers={"Cache-Control": ASK_AGAIN})


class OwnFiles:
    """Our own files under their hash; an old hash gives today's file, to be asked for again."""

    def __init__(self) -> None:
        self.now = KeptFiles(folders.ASSETS, FOREVER)
        self.old = KeptFiles(folders.ASSETS, ASK_AGAIN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve ``/{hash}/{file}``; a script is joined from its parts."""
        asked = scope["path_params"]["version"]
        files = self.now if asked == addresses.assets_version() else self.old
        name = files.get_path(scope)
        answer: ASGIApp = files
        if name in scripts.JOINED and scope["method"] in {"GET", "HEAD"}:
            kept = {"Cache-Control": files.keep}
            script = scripts.joined(folders.ASSETS, name)
            answer = Response(script, headers=kept, media_type="text/javascript")
        await answer(scope, receive, send)
