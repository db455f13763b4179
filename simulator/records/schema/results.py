"""Results: what ended attempts came to, worked out of their events once so that cohorts can be counted by the database.

Nothing here is true by itself. All of it can be deleted and worked out again.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, Text

from simulator.records.schema.columns import HASH, NAME, UUID, Instant, metadata, of_programme, within

result = Table(
    "result",
    metadata,
    Column("attempt_id", UUID, primary_key=True),
    of_programme(),
    Column("person_id", UUID, nullable=False),
    Column("meaning_hash", HASH, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("ending", Text),
    Column("outcome", NAME),
    Column("turns", Integer, nullable=False),
    Column("overall", Float),
    Column("for_review", Boolean, nullable=False),
    Column("scoring", Integer, nullable=False),
    *within("attempt", "attempt_id"),
    *within("person", "person_id"),
    Index(None, "person_id"),
)
"""What an ended attempt came to. `overall` is none where it is not determined, `ending` where it was stopped."""

criterion_result = Table(
    "criterion_result",
    metadata,
    Column("attempt_id", UUID, primary_key=True),
    Column("criterion", NAME, primary_key=True),
    of_programme(),
    Column("assessed", Boolean, nullable=False),
    Column("n", Integer, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("squares", Integer, nullable=False),
    Column("weighted", Float, nullable=False),
    Column("score", Float),
    Column("random", Float),
    Column("low", Float),
    Column("high", Float),
    Column("level", Integer),
    *within("attempt", "attempt_id"),
)
"""One criterion of a result: opportunities met, the sums of their weights, of the squares of these and of weight x q,
the score with that of a random pick, its 90 % interval, and the level (1 to 4)."""

decision = Table(
    "decision",
    metadata,
    Column("attempt_id", UUID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    of_programme(),
    Column("node", Text, nullable=False),
    Column("choice", Text, nullable=False),
    Column("offered", Text, nullable=False),
    *within("attempt", "attempt_id"),
    Index(None, "node", "choice"),
)
"""A decision as it counts: the first answer given at each that stands. `offered`: ids in the order of the alphabet,
with spaces between, so that equal offers are equal texts."""

incident = Table(
    "incident",
    metadata,
    Column("attempt_id", UUID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("behaviour", NAME, primary_key=True),
    of_programme(),
    Column("repaired_at", Integer),
    *within("attempt", "attempt_id"),
)
"""A critical behaviour that was shown, and the number of the event that repaired it, if any."""
