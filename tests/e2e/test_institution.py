"""Signing in with a real OpenID Connect provider, by Streamlit's own `st.login`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from simulator.records.access import Role
from simulator.records.accounts import Accounts
from simulator.records.passwords import Passwords
from simulator.records.people import People
from simulator.records.sign_ins import SignIns
from simulator.records.store import open_store
from tests.e2e.conftest import Server
from tests.e2e.test_programme import home, visitor
from tests.robin import write_library

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")]

SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "not-so-secret-in-a-test-0123456789"
client_id = "simulator"
client_secret = "secret"
server_metadata_url = "http://localhost:{port}/.well-known/openid-configuration"

[institution]
name = "Ives College"
roles_claim = "groups"

[institution.roles]
tutors = "instructor"
"""


@pytest.fixture(scope="module")
def college(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """The app with accounts, and a college that vouches for people; gives it with an invitation to join."""
    folder = tmp_path_factory.mktemp("college")
    write_library(folder / "library")
    server = Server(folder)
    people = [
        User(sub="tutor", claims={"name": "Thea Tutor", "groups": ["staff", "tutors"]}),
        User(sub="student", claims={"name": "Sol Student"}),
    ]
    with run_server_in_thread(user_claims=people, access_token_max_age=timedelta(hours=1)) as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(SECRETS.format(address=server.address, port=provider.server_port), "utf-8")
        server.surroundings["STREAMLIT_SECRETS_FILES"] = str(secrets)
        invitation = _invitation(server.database)
        server.start()
        yield server, f"{server.address}/join/{invitation}"
        server.kill()


def _invitation(database: str) -> str:
    store = open_store(database)
    cheap = Passwords(PasswordHasher(1, 8, 1))
    sign_ins = SignIns(store)
    cookie = Accounts(store, sign_ins, cheap).set_up("Northern", "UTC", "Ada", "ada", "correct horse battery")
    administrator = sign_ins.who(cookie)
    assert administrator is not None
    link = People(store).invite(administrator, Role.TRAINEE)
    store.close()
    return link


def as_at_college(page: Page, subject: str) -> None:
    """Say at the college's own page who one is."""
    page.locator("input[name=sub]").fill(subject)
    page.locator("button[type=submit], input[type=submit]").first.click()


def test_whom_the_college_calls_a_tutor_is_an_instructor_here(browser: Browser, college: tuple[Server, str]) -> None:
    page = visitor(browser)
    page.goto(f"{college[0].address}/sign-in")
    page.get_by_role("link", name="Sign in with Ives College").click()
    as_at_college(page, "tutor")
    home(page)
    expect(page.get_by_role("link", name="Cohorts").first).to_be_visible()
    page.reload()
    home(page)


def test_whom_nobody_invited_stays_outside_and_an_invitation_lets_them_in(
    browser: Browser, college: tuple[Server, str]
) -> None:
    server, invitation = college
    page = visitor(browser)
    page.goto(f"{server.address}/sign-in")
    page.get_by_role("link", name="Sign in with Ives College").click()
    as_at_college(page, "student")
    expect(page.get_by_text("this programme does not yet")).to_be_visible()
    page.goto(invitation)
    page.goto(server.address)
    home(page)
    expect(page.get_by_role("link", name="My work").first).to_be_visible()


def test_signed_out_everywhere_the_colleges_cookie_no_longer_lets_in(
    browser: Browser, college: tuple[Server, str]
) -> None:
    page = visitor(browser)
    page.goto(f"{college[0].address}/sign-in")
    page.get_by_role("link", name="Sign in with Ives College").click()
    as_at_college(page, "tutor")
    home(page)
    page.get_by_role("link", name="My account").first.click()
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_text("You are not signed in")).to_be_visible()
    page.goto(college[0].address)
    expect(page.get_by_text("You are not signed in")).to_be_visible()
