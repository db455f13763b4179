"""The addresses that the app itself answers: the way in, and the script of the text editor."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import Route

from simulator.views.doors import handlers
from simulator.views.doors.guard import Guard
from simulator.views.editor.bundle import ROUTES as EDITOR

_BOTH = ["GET", "POST"]

ROUTES = (
    Route("/sign-in", handlers.sign_in, methods=_BOTH),
    Route("/sign-out", handlers.sign_out, methods=_BOTH),
    Route("/guest", handlers.guest, methods=["POST"]),
    Route("/join/{secret}", handlers.join, methods=_BOTH),
    Route("/new-password/{secret}", handlers.new_password, methods=_BOTH),
    Route("/set-up", handlers.set_up, methods=_BOTH),
    *EDITOR,
)
MIDDLEWARE = (Middleware(Guard),)
