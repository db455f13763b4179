"""What instructors write: drafts with every step of them, and the versions that were published."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from simulator.records.schema.columns import BODY, HASH, NAME, UUID, Instant, metadata, of_programme, within

draft = Table(
    "draft",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("kind", NAME, nullable=False),
    Column("content_id", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("head", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("begun_by", UUID, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("discarded_at", Instant),
    *within("person", "begun_by"),
    UniqueConstraint("programme_id", "id"),
)
"""A scenario or rubric that is being written. `head` is the revision that counts, `last` the highest number given."""

draft_revision = Table(
    "draft_revision",
    metadata,
    Column("draft_id", UUID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    of_programme(),
    Column("previous", Integer),
    Column("text_hash", HASH, ForeignKey("content_text.hash"), nullable=False),
    Column("plays_hash", HASH, ForeignKey("content_text.hash")),
    Column("about", Text, nullable=False),
    Column("by", UUID, nullable=False),
    Column("at", Instant, nullable=False),
    *within("draft", "draft_id"),
    *within("person", "by"),
)
"""A draft as it stood after a save. `previous` is what undoing goes back to."""

published = Table(
    "published",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("kind", NAME, nullable=False),
    Column("content_id", NAME, nullable=False),
    Column("number", Integer, nullable=False),
    Column("text_hash", HASH, ForeignKey("content_text.hash"), nullable=False),
    Column("plays_hash", HASH, ForeignKey("content_text.hash")),
    Column("meaning_hash", HASH, nullable=False),
    Column("reason", Text, nullable=False),
    Column("proof", BODY, nullable=False),
    Column("by", UUID, nullable=False),
    Column("at", Instant, nullable=False),
    Column("withdrawn_by", UUID),
    Column("withdrawn_at", Instant),
    *within("person", "by", "withdrawn_by"),
    UniqueConstraint("programme_id", "kind", "content_id", "number"),
    Index(None, "programme_id", "withdrawn_at"),
)
"""A version: the text of a draft as it was published, with what check and audit said of it then."""
