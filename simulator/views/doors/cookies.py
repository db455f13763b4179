"""The cookies of the way in. Scripts cannot read them, and other sites cannot send them along with a form."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from simulator.records.sign_ins import LONGEST_SIGNED_IN

SESSION = "simulator_session"
INVITATION = "simulator_invitation"
_HALF_AN_HOUR = 30 * 60


def session_secret(cookies: Mapping[str, str]) -> str | None:
    """What the browser holds of being signed in."""
    return cookies.get(SESSION)


def remember(request: Request, response: Response, secret: str) -> None:
    """Have the browser hold that it is signed in."""
    _set(request, response, SESSION, secret, int(LONGEST_SIGNED_IN.total_seconds()))


def remember_invitation(request: Request, response: Response, secret: str) -> None:
    """Have the browser hold an invitation while its person is away at their institution's sign-in."""
    _set(request, response, INVITATION, secret, _HALF_AN_HOUR)


def forget(response: Response) -> None:
    """Have the browser hold nothing."""
    response.delete_cookie(SESSION)
    response.delete_cookie(INVITATION)


def _set(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)
