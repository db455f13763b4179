"""What happens at the way in: signing in and out, a guest's visit, joining, a new password, the first administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from simulator.records.errors import LinkSpent, NotAllowed, RecordsError
from simulator.records.passwords import SHORTEST
from simulator.translation import translate as _
from simulator.views.doors import cookies
from simulator.views.doors.form_page import Field, document, form, paragraph
from simulator.views.doors.institution import ASK_INSTITUTION, institution_name
from simulator.views.services import services

Kept = Mapping[str, str]
HOME = "/"


async def sign_in(request: Request) -> Response:
    """Sign in with a name and a password."""
    if not await run_in_threadpool(services().accounts.on):
        return RedirectResponse(HOME, 303)
    if request.method == "GET":
        return _page(_("Sign in"), await run_in_threadpool(_sign_in_body, {}))
    entered = await _entered(request)

    def enter() -> str:
        address = request.client.host if request.client else ""
        return services().sign_ins.with_password(entered.get("name", ""), entered.get("password", ""), address)

    return await _let_in(request, enter, _("Sign in"), lambda: _sign_in_body(entered))


async def guest(request: Request) -> Response:
    """Let a guest practise."""
    return await _let_in(request, services().sign_ins.as_guest, _("Sign in"), lambda: _sign_in_body({}))


async def sign_out(request: Request) -> Response:
    """Sign this browser out, after a press: following a link to here changes nothing."""
    if request.method == "GET":
        body = paragraph(_("What you have done so far is kept.")) + form("/sign-out", (), _("Sign out"), {})
        return _page(_("Sign out?"), body + f'<p><a href="/">{_("Stay")}</a></p>')
    secret = cookies.session_secret(request.cookies)
    if secret:
        await run_in_threadpool(services().sign_ins.end, secret)
    response = RedirectResponse("/sign-in", 303)
    cookies.forget(response)
    return response


async def join(request: Request) -> Response:
    """Make an account by invitation."""
    secret = request.path_params["secret"]
    try:
        invited = await run_in_threadpool(services().accounts.invited, secret)
    except RecordsError as fault:
        return _page(_("This link does not open"), paragraph(told(fault)), status=410)
    if invited.purpose == "reset":
        return RedirectResponse(f"/new-password/{quote(secret)}", 303)
    title = _("Join {programme}").format(programme=invited.programme)
    action = f"/join/{quote(secret)}"
    if request.method == "GET":
        response = _page(title, _join_body(action, {"called": invited.name}))
        cookies.remember_invitation(request, response, secret)
        return response
    entered = await _entered(request)
    if not (entered.get("age") and entered.get("privacy")):
        return _page(title, _join_body(action, entered), _("Both boxes have to be ticked to take part."), status=400)

    def enter() -> str:
        return services().accounts.join(
            secret,
            entered.get("called", ""),
            entered.get("name", ""),
            entered.get("password", ""),
            cookies.session_secret(request.cookies),
        )

    return await _let_in(request, enter, title, lambda: _join_body(action, entered))


async def new_password(request: Request) -> Response:
    """Choose a new password by a reset link."""
    secret = request.path_params["secret"]
    title, action = _("Choose a new password"), f"/new-password/{quote(secret)}"
    try:
        await run_in_threadpool(services().accounts.invited, secret)
    except RecordsError as fault:
        return _page(_("This link does not open"), paragraph(told(fault)), status=410)
    if request.method == "GET":
        return _page(title, _new_password_body(action))
    entered = await _entered(request)

    def enter() -> str:
        return services().accounts.choose_password(secret, entered.get("password", ""))

    return await _let_in(request, enter, title, lambda: _new_password_body(action))


async def set_up(request: Request) -> Response:
    """Make the first administrator, at this computer only."""
    here = request.client is not None and request.client.host in {"127.0.0.1", "::1", "localhost", "testclient"}
    if not here or await run_in_threadpool(services().accounts.on):
        return RedirectResponse(HOME, 303)
    title = _("Set up a programme")
    if request.method == "GET":
        return _page(title, _set_up_body({"zone": "Europe/London"}))
    entered = await _entered(request)

    def enter() -> str:
        return services().accounts.set_up(
            entered.get("programme", ""),
            entered.get("zone", ""),
            entered.get("called", ""),
            entered.get("name", ""),
            entered.get("password", ""),
        )

    return await _let_in(request, enter, title, lambda: _set_up_body(entered))


async def _let_in(request: Request, enter: Callable[[], str], title: str, again: Callable[[], str]) -> Response:
    """Open the app to whoever `enter` gives a secret to; say what is wrong over the same form otherwise."""
    try:
        secret = await run_in_threadpool(enter)
    except RecordsError as fault:
        status = 410 if isinstance(fault, LinkSpent) else 403 if isinstance(fault, NotAllowed) else 400
        return _page(title, await run_in_threadpool(again), told(fault), status=status)
    response = RedirectResponse(HOME, 303)
    cookies.forget(response)
    cookies.remember(request, response, secret)
    return response


async def _entered(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=20) as fields:
        return {name: value for name, value in fields.items() if isinstance(value, str)}


def told(fault: RecordsError) -> str:
    """What is wrong, in the interface's language where the sentence is a fixed one."""
    fixed = {
        LinkSpent: _("This link has been used already, was taken back, or is too old. Ask for a new one."),
        NotAllowed: _("This door is closed. Ask whoever looks after the programme."),
    }
    return fixed.get(type(fault)) or str(fault)


def _page(title: str, body: str, wrong: str = "", status: int = 200) -> Response:
    return HTMLResponse(document(title, body, wrong), 400 if wrong and status == 200 else status)


def _sign_in_body(kept: Kept) -> str:
    fields = (
        Field("name", _("Sign-in name"), complete="username"),
        Field("password", _("Password"), "password", "current-password"),
    )
    parts = [form("/sign-in", fields, _("Sign in"), kept)]
    if institution := institution_name():
        label = _("Sign in with {institution}").format(institution=institution)
        parts.append(f'<p><a class="button second" href="/?{ASK_INSTITUTION}=1">{label}</a></p>')
    if services().accounts.guests_welcome():
        parts.append("<hr>" + paragraph(_("Only looking? Practise as a guest. Nobody sees it, and nothing is scored.")))
        parts.append(form("/guest", (), _("Practise as a guest"), {}, second=True))
    parts.append(
        paragraph(_("Forgotten your password? Your instructor can give you a link for a new one."), quiet=True)
    )
    return "".join(parts)


def _join_body(action: str, kept: Kept) -> str:
    fields = (
        Field("called", _("Your name"), complete="name"),
        *_name_and_password(),
        Field("age", _("I am 18 or older, or my programme has told me that I may take part."), "tick"),
        Field("privacy", _("I have read what is kept and who sees it."), "tick"),
    )
    parts = [form(action, fields, _("Join"), kept), f"<h2>{_('What is kept, and who sees it')}</h2>", privacy_notice()]
    if institution := institution_name():
        label = _("Join with {institution} instead").format(institution=institution)
        parts.insert(1, f'<p><a class="button second" href="/?{ASK_INSTITUTION}=1">{label}</a></p>')
    return "".join(parts)


def privacy_notice() -> str:
    """What is kept and who sees it, as HTML."""
    return "".join(
        paragraph(text)
        for text in (
            _(
                "Practice is yours. Your programme sees how often you practised, never what you chose, unless you "
                "share it."
            ),
            _(
                "What you do for an assignment is seen by the instructors of your cohort and the lead of your "
                "programme. Every look is written down, and you can read who it was."
            ),
            _("Your own notes and words are read by nobody else and never analysed. You can erase them at any time."),
            _(
                "You can take a copy of everything, and have it erased. Nothing leaves the machine that the programme "
                "runs."
            ),
        )
    )


def _new_password_body(action: str) -> str:
    return form(action, _name_and_password()[1:], _("Keep this password"), {})


def _set_up_body(kept: Kept) -> str:
    fields = (
        Field("programme", _("What is the programme called?")),
        Field("zone", _("Its time zone"), hint=_("As in Europe/London; due dates are meant in it.")),
        Field("called", _("Your name"), complete="name"),
        *_name_and_password(),
    )
    lead = paragraph(
        _(
            "From now on everybody signs in. You become the administrator: you look after people, and never see "
            "anybody's conversations. What you practised here so far stays yours."
        )
    )
    return lead + form("/set-up", fields, _("Set up"), kept)


def _name_and_password() -> tuple[Field, Field]:
    hint = _("{n} characters or more: three or four odd words are a good one.").format(n=SHORTEST)
    return (
        Field("name", _("Sign-in name"), complete="username", hint=_("An e-mail address is a good one.")),
        Field("password", _("Password"), "password", "new-password", hint),
    )
