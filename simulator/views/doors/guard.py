"""What every answer of the server goes through: nobody unknown gets in, no other site's form is taken."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.records.errors import RecordsError
from simulator.views.doors import cookies
from simulator.views.doors.institution import ASK_INSTITUTION, has_institution_cookie
from simulator.views.services import services

OPEN_DOORS = ("/sign-in", "/sign-out", "/guest", "/join/", "/new-password/", "/set-up")

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "cross-origin-opener-policy": "same-origin",
}
_PLAIN_PAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class Guard:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        door = path.startswith(OPEN_DOORS)
        if door and scope["method"] == "POST" and not _from_here(Headers(scope=scope)):
            await PlainTextResponse("This form was sent from another site.", 403)(scope, receive, send)
            return
        if not door and _is_page(scope) and await run_in_threadpool(_must_sign_in, Request(scope)):
            await RedirectResponse("/sign-in", 303)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if door:
                    headers["content-security-policy"] = _PLAIN_PAGE
                    headers["cache-control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to show, not for one of its parts."""
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")


def _must_sign_in(request: Request) -> bool:
    if ASK_INSTITUTION in request.query_params or has_institution_cookie(request.cookies):
        return False  # the page itself asks who that is
    if request.url.path.startswith(("/auth/", "/oauth2callback")):
        return False
    try:
        known = services()
        return known.accounts.on() and known.sign_ins.who(cookies.session_secret(request.cookies)) is None
    except RecordsError:
        return False  # the page says what is wrong with the records


def _from_here(headers: Headers) -> bool:
    """Whether a form was sent by one of our own pages: the browser says so, and no page can make it say otherwise."""
    if site := headers.get("sec-fetch-site"):
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
