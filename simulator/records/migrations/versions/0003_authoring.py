"""Authoring: drafts with their revisions, and published versions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UUID = sa.String(36)
HASH = sa.String(64)
NAME = sa.String(64)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("content_id", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("begun_by", UUID, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("discarded_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["programme_id", "begun_by"],
            ["person.programme_id", "person.id"],
            name="fk_draft_programme_id_begun_by_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("programme_id", "id", name="uq_draft_programme_id_id"),
    )
    op.create_table(
        "draft_revision",
        sa.Column("draft_id", UUID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("previous", sa.Integer()),
        sa.Column("text_hash", HASH, nullable=False),
        sa.Column("plays_hash", HASH),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("by", UUID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["text_hash"], ["content_text.hash"], name="fk_draft_revision_text_hash_content_text"),
        sa.ForeignKeyConstraint(
            ["plays_hash"], ["content_text.hash"], name="fk_draft_revision_plays_hash_content_text"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "draft_id"],
            ["draft.programme_id", "draft.id"],
            name="fk_draft_revision_programme_id_draft_id_draft",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "by"],
            ["person.programme_id", "person.id"],
            name="fk_draft_revision_programme_id_by_person",
        ),
        sa.PrimaryKeyConstraint("draft_id", "number", name="pk_draft_revision"),
    )
    op.create_table(
        "published",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("content_id", NAME, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_hash", HASH, nullable=False),
        sa.Column("plays_hash", HASH),
        sa.Column("meaning_hash", HASH, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proof", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("by", UUID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("withdrawn_by", UUID),
        sa.Column("withdrawn_at", INSTANT),
        sa.ForeignKeyConstraint(["text_hash"], ["content_text.hash"], name="fk_published_text_hash_content_text"),
        sa.ForeignKeyConstraint(["plays_hash"], ["content_text.hash"], name="fk_published_plays_hash_content_text"),
        sa.ForeignKeyConstraint(
            ["programme_id", "by"],
            ["person.programme_id", "person.id"],
            name="fk_published_programme_id_by_person",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "withdrawn_by"],
            ["person.programme_id", "person.id"],
            name="fk_published_programme_id_withdrawn_by_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_published"),
        sa.UniqueConstraint(
            "programme_id", "kind", "content_id", "number", name="uq_published_programme_id_kind_content_id_number"
        ),
    )
    op.create_index("ix_published_programme_id_withdrawn_at", "published", ["programme_id", "withdrawn_at"])


def downgrade() -> None:
    for table in ("published", "draft_revision", "draft"):
        op.drop_table(table)
