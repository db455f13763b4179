"""The tables, the same on SQLite and PostgreSQL.

Every row that belongs to somebody names its programme, and the foreign keys hold the two together, so that a query
for one programme can never reach into another. Nothing is deleted by cascade: erasing an attempt says so.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
"""All tables. Constraints are named, or a later migration could not drop them."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, aware when read back. SQLite keeps no zone, so only UTC goes in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a moment without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware, whatever the database keeps."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_UUID = String(36)
_HASH = String(64)
_BODY = JSON().with_variant(JSONB(), "postgresql")

programme = Table(
    "programme",
    metadata,
    Column("id", _UUID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", _UUID, primary_key=True),
    Column("programme_id", _UUID, ForeignKey("programme.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("programme_id", "id"),
)
"""Somebody, whatever they sign in with."""

identity = Table(
    "identity",
    metadata,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("programme_id", _UUID, nullable=False),
    Column("person_id", _UUID, nullable=False),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(["programme_id", "person_id"], ["person.programme_id", "person.id"]),
    Index(None, "programme_id", "person_id"),
)
"""One way in which a person is recognised: who vouches, and under which name there. Never an e-mail address."""

content_text = Table(
    "content_text",
    metadata,
    Column("hash", _HASH, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
)
"""What was played, by hash of its text. It belongs to nobody: attempts of all programmes share it."""

attempt = Table(
    "attempt",
    metadata,
    Column("id", _UUID, primary_key=True),
    Column("programme_id", _UUID, nullable=False),
    Column("person_id", _UUID, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("scenario_hash", _HASH, ForeignKey("content_text.hash"), nullable=False),
    Column("behaviours_hash", _HASH, ForeignKey("content_text.hash"), nullable=False),
    Column("rubric", Text, nullable=False),
    Column("rubric_hash", _HASH, ForeignKey("content_text.hash"), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("started_at", Instant, nullable=False),
    ForeignKeyConstraint(["programme_id", "person_id"], ["person.programme_id", "person.id"]),
    UniqueConstraint("programme_id", "id"),
    Index(None, "person_id", "started_at"),
)
"""What an attempt can be found by. What happened in it is its events' to say."""

event = Table(
    "event",
    metadata,
    Column("attempt_id", _UUID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("programme_id", _UUID, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("body", _BODY, nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["programme_id", "attempt_id"], ["attempt.programme_id", "attempt.id"]),
)
"""What happened, append-only. The primary key is what makes a second click harmless."""

free_text = Table(
    "free_text",
    metadata,
    Column("id", _UUID, primary_key=True),
    Column("programme_id", _UUID, nullable=False),
    Column("attempt_id", _UUID, nullable=False),
    Column("number", Integer),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["programme_id", "attempt_id"], ["attempt.programme_id", "attempt.id"]),
    Index(None, "programme_id", "attempt_id"),
)
"""A person's own words, apart from the events so that they can be erased. `number` is that of their event, if any."""
