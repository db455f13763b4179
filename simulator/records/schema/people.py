"""People: who they are, what they may do, how they sign in, what they agreed to, and who looked at what of theirs."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from simulator.records.schema.columns import HASH, NAME, UUID, Instant, metadata, of_programme, within

programme = Table(
    "programme",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("accounts_since", Instant),
    Column("zone", String(64), nullable=False, server_default="UTC"),
    Column("guest_practice", Boolean, nullable=False, server_default=true()),
    Column("retention_days", Integer),
    Column("privacy_contact", Text, nullable=False, server_default=text("''")),
)
"""A training programme. `accounts_since`: before it the app belongs to the one person at the computer.

`retention_days`: after so many days without an event, practice is erased; none keeps it until its person erases it.
"""

person = Table(
    "person",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("programme_id", UUID, ForeignKey("programme.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("guest", Boolean, nullable=False, server_default=false()),
    Column("email", Text),
    Column("reference", String(255)),
    Column("deactivated_at", Instant),
    Column("erased_at", Instant),
    UniqueConstraint("programme_id", "id"),
    UniqueConstraint("programme_id", "reference"),
)
"""Somebody, whatever they sign in with. `reference` is what the programme itself knows them by; an e-mail is no key."""

identity = Table(
    "identity",
    metadata,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    of_programme(),
    Column("person_id", UUID, nullable=False),
    Column("created_at", Instant, nullable=False),
    *within("person", "person_id"),
    Index(None, "programme_id", "person_id"),
)
"""One way in which a person is recognised: who vouches, and under which name there. Never an e-mail address."""

role = Table(
    "role",
    metadata,
    Column("person_id", UUID, primary_key=True),
    Column("role", NAME, primary_key=True),
    of_programme(),
    Column("given_by", UUID),
    Column("given_at", Instant, nullable=False),
    *within("person", "person_id"),
)
"""What a person is in the programme."""

password = Table(
    "password",
    metadata,
    Column("person_id", UUID, primary_key=True),
    of_programme(),
    Column("hash", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    *within("person", "person_id"),
)
"""The Argon2 hash of a local account's password."""

sign_in = Table(
    "sign_in",
    metadata,
    Column("token_hash", HASH, primary_key=True),
    of_programme(),
    Column("person_id", UUID, nullable=False),
    Column("how", NAME, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    *within("person", "person_id"),
    Index(None, "person_id", "ended_at"),
)
"""One signed-in browser. What its cookie holds is kept only as a hash."""

throttle = Table(
    "throttle",
    metadata,
    Column("bucket", HASH, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
)
"""Failed sign-ins, by the hash of the name that was tried and of the address that tried."""

invitation = Table(
    "invitation",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("token_hash", HASH, nullable=False, unique=True),
    Column("purpose", NAME, nullable=False),
    Column("person_id", UUID),
    Column("role", NAME),
    Column("cohort_id", UUID),
    Column("made_by", UUID),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
    *within("person", "person_id", "made_by"),
    *within("cohort", "cohort_id"),
)
"""A link that lets somebody in once: to join, or to choose a new password. The link itself is kept only as a hash."""

consent = Table(
    "consent",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("person_id", UUID, nullable=False),
    Column("what", NAME, nullable=False),
    Column("version", NAME, nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    *within("person", "person_id"),
    Index(None, "person_id", "what"),
)
"""What a person agreed to, which wording of it, and until when."""

access_log = Table(
    "access_log",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("person_id", UUID, nullable=False),
    Column("actor_id", UUID),
    Column("action", NAME, nullable=False),
    Column("subject", UUID),
    Column("detail", Text, nullable=False, server_default=text("''")),
    Column("at", Instant, nullable=False),
    *within("person", "person_id", "actor_id"),
    Index(None, "person_id", "at"),
)
"""Who looked at, changed or took out what belongs to `person_id`, for that person to read. Append-only."""

erasure = Table(
    "erasure",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("what", NAME, nullable=False),
    Column("subject", UUID, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "subject"),
)
"""What was erased, by id alone, so that a restored backup can erase it again."""
