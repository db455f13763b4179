"""Attempts: what was played, what happened in it, and what its person wrote beside it.

Every row that belongs to somebody names its programme, and the foreign keys hold the two together, so that a query
for one programme can never reach into another. Nothing is deleted by cascade: erasing an attempt says so.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from simulator.records.schema.columns import BODY, HASH, UUID, Instant, metadata, of_programme, within

content_text = Table(
    "content_text",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
)
"""What was played, by hash of its text. It belongs to nobody: attempts of all programmes share it."""

attempt = Table(
    "attempt",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("person_id", UUID, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("scenario_hash", HASH, ForeignKey("content_text.hash"), nullable=False),
    Column("behaviours_hash", HASH, ForeignKey("content_text.hash"), nullable=False),
    Column("rubric", Text, nullable=False),
    Column("rubric_hash", HASH, ForeignKey("content_text.hash"), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("assignment_id", UUID),
    Column("slot", Text),
    Column("drill", Boolean),
    Column("ended", Boolean),
    Column("shared_at", Instant),
    *within("person", "person_id"),
    *within("assignment", "assignment_id"),
    UniqueConstraint("programme_id", "id"),
    Index(None, "person_id", "started_at"),
    Index(None, "assignment_id", "person_id"),
)
"""What an attempt can be found by. What happened in it is its events' to say.

`slot` is the place in its assignment that it fills, `shared_at` when its person let the programme see a practice.
`drill` and `ended` are read off the events; none where the attempt was begun before they were kept here.
"""

event = Table(
    "event",
    metadata,
    Column("attempt_id", UUID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    of_programme(),
    Column("kind", String(20), nullable=False),
    Column("body", BODY, nullable=False),
    Column("at", Instant, nullable=False),
    *within("attempt", "attempt_id"),
)
"""What happened, append-only. The primary key is what makes a second click harmless."""

free_text = Table(
    "free_text",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("attempt_id", UUID, nullable=False),
    Column("number", Integer),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    *within("attempt", "attempt_id"),
    Index(None, "programme_id", "attempt_id"),
)
"""A person's own words, apart from the events so that they can be erased. `number` is that of their event, if any."""
