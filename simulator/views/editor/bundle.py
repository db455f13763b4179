"""The editor's script as the app serves it: one file, fetched once and then kept by the browser."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

_SCRIPT = Path(__file__).with_name("assets") / "editor.js"
_FOR_EVER = "public, max-age=31536000, immutable"


@cache
def address() -> str:
    """Where the script is: its name changes with its content, so that a browser may keep it for ever."""
    return f"/studio-editor/{hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:16]}.js"


async def serve(request: Request) -> Response:
    """The script; nothing for an older one's address."""
    if request.url.path != address():
        return Response(status_code=404)
    return FileResponse(_SCRIPT, media_type="text/javascript", headers={"Cache-Control": _FOR_EVER})


ROUTES = (Route("/studio-editor/{name}", serve, methods=["GET"]),)
