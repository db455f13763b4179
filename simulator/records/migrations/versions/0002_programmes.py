"""Programmes: accounts, cohorts and assignments, results, reviews, consent, and who looked at what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UUID = sa.String(36)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("archived_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_cohort"),
        sa.UniqueConstraint("programme_id", "id", name="uq_cohort_programme_id_id"),
        sa.UniqueConstraint("programme_id", "name", name="uq_cohort_programme_id_name"),
    )
    op.create_table(
        "erasure",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("subject", UUID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasure"),
    )
    op.create_index("ix_erasure_subject", "erasure", ["subject"])
    op.create_table(
        "throttle",
        sa.Column("bucket", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_throttle"),
    )
    op.create_table(
        "access_log",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("actor_id", UUID),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", UUID),
        sa.Column("detail", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "actor_id"],
            ["person.programme_id", "person.id"],
            name="fk_access_log_programme_id_actor_id_person",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_access_log_programme_id_person_id_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_access_log"),
    )
    op.create_index("ix_access_log_person_id_at", "access_log", ["person_id", "at"])
    op.create_table(
        "assignment",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("cohort_id", UUID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rubric", sa.Text()),
        sa.Column("mode", sa.String(64), nullable=False),
        sa.Column("opens_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("attempts_allowed", sa.Integer()),
        sa.Column("counts", sa.String(64), nullable=False),
        sa.Column("release", sa.String(64), nullable=False),
        sa.Column("made_by", UUID),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("archived_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["programme_id", "cohort_id"],
            ["cohort.programme_id", "cohort.id"],
            name="fk_assignment_programme_id_cohort_id_cohort",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "made_by"],
            ["person.programme_id", "person.id"],
            name="fk_assignment_programme_id_made_by_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.UniqueConstraint("programme_id", "id", name="uq_assignment_programme_id_id"),
    )
    op.create_index("ix_assignment_cohort_id", "assignment", ["cohort_id"])
    op.create_table(
        "consent",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_consent_programme_id_person_id_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_person_id_what", "consent", ["person_id", "what"])
    op.create_table(
        "invitation",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(64), nullable=False),
        sa.Column("person_id", UUID),
        sa.Column("role", sa.String(64)),
        sa.Column("cohort_id", UUID),
        sa.Column("made_by", UUID),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["programme_id", "cohort_id"],
            ["cohort.programme_id", "cohort.id"],
            name="fk_invitation_programme_id_cohort_id_cohort",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "made_by"],
            ["person.programme_id", "person.id"],
            name="fk_invitation_programme_id_made_by_person",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_invitation_programme_id_person_id_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
    )
    op.create_table(
        "membership",
        sa.Column("cohort_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["programme_id", "cohort_id"],
            ["cohort.programme_id", "cohort.id"],
            name="fk_membership_programme_id_cohort_id_cohort",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_membership_programme_id_person_id_person",
        ),
        sa.PrimaryKeyConstraint("cohort_id", "person_id", "role", name="pk_membership"),
    )
    op.create_index("ix_membership_person_id", "membership", ["person_id"])
    op.create_table(
        "password",
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_password_programme_id_person_id_person",
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_password"),
    )
    op.create_table(
        "role",
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("given_by", UUID),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_role_programme_id_person_id_person",
        ),
        sa.PrimaryKeyConstraint("person_id", "role", name="pk_role"),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("how", sa.String(64), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_sign_in_programme_id_person_id_person",
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_person_id_ended_at", "sign_in", ["person_id", "ended_at"])
    op.create_table(
        "assignment_slot",
        sa.Column("assignment_id", UUID, nullable=False),
        sa.Column("slot", sa.String(255), nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "assignment_id"],
            ["assignment.programme_id", "assignment.id"],
            name="fk_assignment_slot_programme_id_assignment_id_assignment",
        ),
        sa.PrimaryKeyConstraint("assignment_id", "slot", name="pk_assignment_slot"),
    )
    op.create_table(
        "comment",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("attempt_id", UUID, nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("author_id", UUID, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_comment_programme_id_attempt_id_attempt",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "author_id"],
            ["person.programme_id", "person.id"],
            name="fk_comment_programme_id_author_id_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_attempt_id", "comment", ["attempt_id"])
    op.create_table(
        "criterion_result",
        sa.Column("attempt_id", UUID, nullable=False),
        sa.Column("criterion", sa.String(64), nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("assessed", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("squares", sa.Integer(), nullable=False),
        sa.Column("weighted", sa.Float(), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("random", sa.Float()),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("level", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_criterion_result_programme_id_attempt_id_attempt",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "criterion", name="pk_criterion_result"),
    )
    op.create_table(
        "decision",
        sa.Column("attempt_id", UUID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("offered", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_decision_programme_id_attempt_id_attempt",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "number", name="pk_decision"),
    )
    op.create_index("ix_decision_node_choice", "decision", ["node", "choice"])
    op.create_table(
        "incident",
        sa.Column("attempt_id", UUID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("behaviour", sa.String(64), nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("repaired_at", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_incident_programme_id_attempt_id_attempt",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "number", "behaviour", name="pk_incident"),
    )
    op.create_table(
        "override",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("attempt_id", UUID, nullable=False),
        sa.Column("criterion", sa.String(64), nullable=False),
        sa.Column("level", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", UUID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_override_programme_id_attempt_id_attempt",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "author_id"],
            ["person.programme_id", "person.id"],
            name="fk_override_programme_id_author_id_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_override"),
    )
    op.create_index("ix_override_attempt_id_criterion", "override", ["attempt_id", "criterion"])
    op.create_table(
        "result",
        sa.Column("attempt_id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("meaning_hash", sa.String(64), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("ending", sa.Text()),
        sa.Column("outcome", sa.String(64)),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("overall", sa.Float()),
        sa.Column("for_review", sa.Boolean(), nullable=False),
        sa.Column("scoring", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_result_programme_id_attempt_id_attempt",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["person.programme_id", "person.id"],
            name="fk_result_programme_id_person_id_person",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_result"),
    )
    op.create_index("ix_result_person_id", "result", ["person_id"])
    op.create_table(
        "review_step",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("attempt_id", UUID, nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", UUID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_review_step_programme_id_attempt_id_attempt",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "author_id"],
            ["person.programme_id", "person.id"],
            name="fk_review_step_programme_id_author_id_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_step"),
    )
    op.create_index("ix_review_step_attempt_id", "review_step", ["attempt_id"])
    op.create_table(
        "ruling",
        sa.Column("id", UUID, nullable=False),
        sa.Column("programme_id", UUID, nullable=False),
        sa.Column("attempt_id", UUID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("behaviour", sa.String(64), nullable=False),
        sa.Column("ruling", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", UUID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "attempt_id"],
            ["attempt.programme_id", "attempt.id"],
            name="fk_ruling_programme_id_attempt_id_attempt",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "author_id"],
            ["person.programme_id", "person.id"],
            name="fk_ruling_programme_id_author_id_person",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ruling"),
    )
    op.create_index("ix_ruling_attempt_id", "ruling", ["attempt_id"])
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.add_column(sa.Column("assignment_id", UUID))
        batch_op.add_column(sa.Column("slot", sa.Text()))
        batch_op.add_column(sa.Column("drill", sa.Boolean()))
        batch_op.add_column(sa.Column("ended", sa.Boolean()))
        batch_op.add_column(sa.Column("shared_at", INSTANT))
        batch_op.create_index("ix_attempt_assignment_id_person_id", ["assignment_id", "person_id"], unique=False)
        batch_op.create_foreign_key(
            "fk_attempt_programme_id_assignment_id_assignment",
            "assignment",
            ["programme_id", "assignment_id"],
            ["programme_id", "id"],
        )

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("guest", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("email", sa.Text()))
        batch_op.add_column(sa.Column("reference", sa.String(255)))
        batch_op.add_column(sa.Column("deactivated_at", INSTANT))
        batch_op.add_column(sa.Column("erased_at", INSTANT))
        batch_op.create_unique_constraint("uq_person_programme_id_reference", ["programme_id", "reference"])

    with op.batch_alter_table("programme") as batch_op:
        batch_op.add_column(sa.Column("accounts_since", INSTANT))
        batch_op.add_column(sa.Column("zone", sa.String(64), server_default="UTC", nullable=False))
        batch_op.add_column(sa.Column("guest_practice", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("retention_days", sa.Integer()))
        batch_op.add_column(sa.Column("privacy_contact", sa.Text(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.drop_constraint("fk_attempt_programme_id_assignment_id_assignment", type_="foreignkey")
        batch_op.drop_index("ix_attempt_assignment_id_person_id")
        for column in ("assignment_id", "slot", "drill", "ended", "shared_at"):
            batch_op.drop_column(column)
    for table in (
        "ruling",
        "review_step",
        "result",
        "override",
        "incident",
        "decision",
        "criterion_result",
        "comment",
        "assignment_slot",
        "sign_in",
        "role",
        "password",
        "membership",
        "invitation",
        "consent",
        "assignment",
        "access_log",
        "throttle",
        "erasure",
        "cohort",
    ):
        op.drop_table(table)
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_constraint("uq_person_programme_id_reference", type_="unique")
        for column in ("guest", "email", "reference", "deactivated_at", "erased_at"):
            batch_op.drop_column(column)
    with op.batch_alter_table("programme") as batch_op:
        for column in ("accounts_since", "zone", "guest_practice", "retention_days", "privacy_contact"):
            batch_op.drop_column(column)
