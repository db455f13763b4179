"""What all tables share: the one metadata with its names for constraints, and the kinds of columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Dialect, ForeignKeyConstraint, MetaData, String, TypeDecorator
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


UUID = String(36)
HASH = String(64)
NAME = String(64)
"""An id that an author gave, or a word of a fixed list."""
BODY = JSON().with_variant(JSONB(), "postgresql")


def of_programme() -> Column[str]:
    """The programme that a row belongs to."""
    return Column("programme_id", UUID, nullable=False)


def within(table: str, *columns: str) -> list[ForeignKeyConstraint]:
    """Foreign keys that hold each column to `table` within the row's own programme."""
    return [
        ForeignKeyConstraint(["programme_id", column], [f"{table}.programme_id", f"{table}.id"]) for column in columns
    ]
