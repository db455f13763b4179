"""The first tables: programmes, people and identities, content by hash, attempts, events, free texts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A migration says what was, so nothing here is taken from `schema.py`, which goes on changing.


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programme"),
    )
    op.create_table(
        "content_text",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_content_text"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("programme_id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("programme_id", "id", name="uq_person_programme_id_id"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_person_programme_id_programme"),
    )
    op.create_table(
        "identity",
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("programme_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identity"),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_identity_programme_id_person_id_person",
        ),
    )
    op.create_index("ix_identity_programme_id_person_id", "identity", ["programme_id", "person_id"])
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("programme_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("scenario_hash", sa.String(64), nullable=False),
        sa.Column("behaviours_hash", sa.String(64), nullable=False),
        sa.Column("rubric", sa.Text(), nullable=False),
        sa.Column("rubric_hash", sa.String(64), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
        sa.UniqueConstraint("programme_id", "id", name="uq_attempt_programme_id_id"),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_attempt_programme_id_person_id_person",
        ),
        sa.ForeignKeyConstraint(["scenario_hash"], ["content_text.hash"], name="fk_attempt_scenario_hash_content_text"),
        sa.ForeignKeyConstraint(
            ["behaviours_hash"], ["content_text.hash"], name="fk_attempt_behaviours_hash_content_text"
        ),
        sa.ForeignKeyConstraint(["rubric_hash"], ["content_text.hash"], name="fk_attempt_rubric_hash_content_text"),
    )
    op.create_index("ix_attempt_person_id_started_at", "attempt", ["person_id", "started_at"])
    op.create_table(
        "event",
        sa.Column("attempt_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("body", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", "number", name="pk_event"),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_event_programme_id_attempt_id_attempt",
        ),
    )
    op.create_table(
        "free_text",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("programme_id", sa.String(36), nullable=False),
        sa.Column("attempt_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_free_text"),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_free_text_programme_id_attempt_id_attempt",
        ),
    )
    op.create_index("ix_free_text_programme_id_attempt_id", "free_text", ["programme_id", "attempt_id"])


def downgrade() -> None:
    for table in ("free_text", "event", "attempt", "identity", "person", "content_text", "programme"):
        op.drop_table(table)
