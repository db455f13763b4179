"""What a programme sets its trainees: cohorts and assignments."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from simulator.records.schema.columns import NAME, UUID, Instant, metadata, of_programme, within

cohort = Table(
    "cohort",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("name", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    UniqueConstraint("programme_id", "id"),
    UniqueConstraint("programme_id", "name"),
)
"""People who learn together. Due dates are meant in its zone (IANA)."""

membership = Table(
    "membership",
    metadata,
    Column("cohort_id", UUID, primary_key=True),
    Column("person_id", UUID, primary_key=True),
    Column("role", NAME, primary_key=True),
    of_programme(),
    Column("joined_at", Instant, nullable=False),
    Column("left_at", Instant),
    *within("cohort", "cohort_id"),
    *within("person", "person_id"),
    Index(None, "person_id"),
)
"""Who learns in a cohort, and who teaches it."""

assignment = Table(
    "assignment",
    metadata,
    Column("id", UUID, primary_key=True),
    of_programme(),
    Column("cohort_id", UUID, nullable=False),
    Column("title", Text, nullable=False),
    Column("rubric", Text),
    Column("mode", NAME, nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("attempts_allowed", Integer),
    Column("counts", NAME, nullable=False),
    Column("release", NAME, nullable=False),
    Column("made_by", UUID),
    Column("made_at", Instant, nullable=False),
    Column("archived_at", Instant),
    *within("cohort", "cohort_id"),
    *within("person", "made_by"),
    UniqueConstraint("programme_id", "id"),
    Index(None, "cohort_id"),
)
"""What a cohort is to do, and until when. After `due_at` it counts as late, after `closes_at` nothing is begun.

`counts` says which attempt counts (first, last, best), `release` when feedback opens (at_once, at_close, by_hand).
"""

assignment_slot = Table(
    "assignment_slot",
    metadata,
    Column("assignment_id", UUID, primary_key=True),
    Column("slot", String(255), primary_key=True),
    of_programme(),
    Column("position", Integer, nullable=False),
    Column("reserved", Boolean, nullable=False),
    *within("assignment", "assignment_id"),
)
"""One client to meet in an assignment. An equal alternative fills the same slot. A reserved one is met nowhere else
before the assignment closes."""
