"""What people say about attempts: comments, other levels with a reason, rulings on incidents, steps of a review.

All append-only: what stands is the latest, what stood before stays to be seen.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from simulator.records.schema.columns import NAME, UUID, Instant, metadata, of_programme, within

comment = Table(
    "comment",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("attempt_id", UUID, nullable=False),
    Column("number", Integer),
    Column("author_id", UUID, nullable=False),
    Column("kind", NAME, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    *within("attempt", "attempt_id"),
    *within("person", "author_id"),
    Index(None, "attempt_id"),
)
"""Words on an attempt, or on the turn of the event `number`: a comment, a trainee's answer to one, or an appeal."""

override = Table(
    "override",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("attempt_id", UUID, nullable=False),
    Column("criterion", NAME, nullable=False),
    Column("level", Integer),
    Column("reason", Text, nullable=False),
    Column("author_id", UUID, nullable=False),
    Column("at", Instant, nullable=False),
    *within("attempt", "attempt_id"),
    *within("person", "author_id"),
    Index(None, "attempt_id", "criterion"),
)
"""A level that a named person puts in place of the one worked out; none goes back to that."""

ruling = Table(
    "ruling",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("attempt_id", UUID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("behaviour", NAME, nullable=False),
    Column("ruling", NAME, nullable=False),
    Column("reason", Text, nullable=False),
    Column("author_id", UUID, nullable=False),
    Column("at", Instant, nullable=False),
    *within("attempt", "attempt_id"),
    *within("person", "author_id"),
    Index(None, "attempt_id"),
)
"""Whether a critical incident is one: confirmed or cleared by a named person."""

review_step = Table(
    "review_step",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("attempt_id", UUID, nullable=False),
    Column("step", NAME, nullable=False),
    Column("reason", Text, nullable=False),
    Column("author_id", UUID, nullable=False),
    Column("at", Instant, nullable=False),
    *within("attempt", "attempt_id"),
    *within("person", "author_id"),
    Index(None, "attempt_id"),
)
"""Where the review of an attempt stands: reviewed, released (feedback may be seen), reopened."""
