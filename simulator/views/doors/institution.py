"""Signing in with an institution's OpenID Connect, by Streamlit's own `st.login`, where `[auth]` is configured.

Beside `[auth]`, secrets.toml may have `[institution]`: `name` as the button says it, `roles_claim` (the claim that
names groups), and `[institution.roles]` from what is in that claim to a role here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from simulator.records.access import Role
from simulator.translation import translate as _

ASK_INSTITUTION = "institution"
_COOKIE = "_streamlit_user"


@dataclass(frozen=True, slots=True)
class Word:
    """What an institution says of who is there. `sign_in` stands for this one time of signing in."""

    issuer: str
    subject: str
    sign_in: str
    expires_at: datetime
    name: str
    role: Role | None


def institution_name() -> str | None:
    """What the institution is called; None where none is configured."""
    if not _section("auth"):
        return None
    return str(_section("institution").get("name") or _("your institution"))


def has_institution_cookie(cookies: Mapping[str, str]) -> bool:
    """Whether a browser says that it has signed in at the institution. Whether that holds is asked on the page."""
    return any(name.startswith(_COOKIE) for name in cookies)


def institutions_word() -> Word | None:
    """What the institution says of this browser; None where it has not signed in there.

    Read at every page run: Streamlit keeps its cookie for 30 days, whatever `exp` says.
    """
    if not institution_name() or not st.user.get("is_logged_in"):
        return None
    claims: dict[str, Any] = dict(st.user.to_dict())
    issuer, subject, expires = claims.get("iss"), claims.get("sub"), claims.get("exp")
    if not (issuer and subject and expires):
        return None
    return Word(
        str(issuer),
        str(subject),
        "|".join(str(claims.get(claim, "")) for claim in ("sid", "iat", "nonce", "jti")),
        datetime.fromtimestamp(int(expires), UTC),
        str(claims.get("name") or claims.get("preferred_username") or claims.get("email") or _("Somebody")),
        _role(claims),
    )


def _role(claims: Mapping[str, Any]) -> Role | None:
    """The role that a claim stands for; the one with most to do, where it stands for several."""
    settings = _section("institution")
    told = claims.get(str(settings.get("roles_claim", "")))
    said = [told] if isinstance(told, str) else list(told or ())
    by_claim = {str(group): str(role) for group, role in dict(settings.get("roles", {})).items()}
    roles = {by_claim[group] for group in map(str, said) if group in by_claim}
    ranked = [role for role in (Role.ADMINISTRATOR, Role.LEAD, Role.INSTRUCTOR, Role.TRAINEE) if role.value in roles]
    return ranked[0] if ranked else None


def _section(name: str) -> Mapping[str, Any]:
    try:
        found = st.secrets.get(name, {})
    except (FileNotFoundError, StreamlitAPIException):
        return {}
    return found if isinstance(found, Mapping) else {}
