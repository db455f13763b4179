"""The tables, the same on SQLite and PostgreSQL."""

from simulator.records.schema.authoring import draft, draft_revision, published
from simulator.records.schema.columns import Instant, metadata
from simulator.records.schema.people import (
    access_log,
    consent,
    erasure,
    identity,
    invitation,
    password,
    person,
    programme,
    role,
    sign_in,
    throttle,
)
from simulator.records.schema.playing import attempt, content_text, event, free_text
from simulator.records.schema.programmes import assignment, assignment_slot, cohort, membership
from simulator.records.schema.results import criterion_result, decision, incident, result
from simulator.records.schema.reviews import comment, override, review_step, ruling

__all__ = [
    "Instant",
    "access_log",
    "assignment",
    "assignment_slot",
    "attempt",
    "cohort",
    "comment",
    "consent",
    "content_text",
    "criterion_result",
    "decision",
    "draft",
    "draft_revision",
    "erasure",
    "event",
    "free_text",
    "identity",
    "incident",
    "invitation",
    "membership",
    "metadata",
    "override",
    "password",
    "person",
    "programme",
    "published",
    "result",
    "review_step",
    "role",
    "ruling",
    "sign_in",
    "throttle",
]
