"""A made-up programme in the database: how its rows are told from people's, how they come and how all of them go.

The mark is in the ids. Ids of this program are random (UUID version 4); the demo's are of version 8 (RFC 9562, 5.8),
which is for one's own purposes, and begin alike. So nothing of anybody's is ever taken for the demo's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, false, func, insert, or_, select
from sqlalchemy.engine import URL

from simulator.records.access import Role
from simulator.records.consents import NOTICE_VERSION, Consent
from simulator.records.database import APPLICATION
from simulator.records.errors import StoreUnavailable, Unfit
from simulator.records.schema import (
    assignment,
    attempt,
    cohort,
    consent,
    content_text,
    erasure,
    identity,
    membership,
    metadata,
    password,
    person,
    programme,
    role,
)
from simulator.records.sign_ins import LOCAL_ACCOUNTS, name_key
from simulator.records.store import Store

MARK = "de305e0d"
"""The first eight digits of every id that the demo makes."""

REFERENCE = "demo-"
"""How the references of its people begin, for people to see."""

_AT_ONCE = 1_000
_LIKE_MARKED = f"{MARK}-____-5___-____-____________"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody made up. With a `sign_in_name` they can sign in, where the demo has a database of its own."""

    id: str
    name: str
    reference: str
    role: Role
    cohort_ids: tuple[str, ...]
    research: bool = False
    sign_in_name: str | None = None


@dataclass(frozen=True, slots=True)
class DemoCohort:
    """A cohort of made-up people."""

    id: str
    name: str


def demo_url() -> str:
    """The address of the demo's own database: a file in the user's data folder, whatever else is set.

    Raises:
        StoreUnavailable: the folder cannot be made.
    """
    folder = user_data_path(APPLICATION, appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"The folder '{folder}' for the demo cannot be made ({error.strerror}).") from error
    return URL.create("sqlite", database=str(folder / "demo.sqlite3")).render_as_string()


def marked_id(*of: object) -> str:
    """An id of the demo's own, the same for the same parts."""
    digits = sha256("/".join(map(str, of)).encode()).hexdigest()
    variant = "89ab"[int(digits[7], 16) % 4]
    return f"{MARK}-{digits[:4]}-5{digits[4:7]}-{variant}{digits[8:11]}-{digits[11:23]}"


def programme_to_join(store: Store) -> str | None:
    """The programme that a demo may be put into: one with accounts; none where the database is empty.

    Raises:
        Unfit: a demo is in it already, or the records of somebody whom no account keeps apart from it.
    """
    with store.reading() as connection:
        if connection.execute(select(person.c.id).where(_marked(person))).first():
            raise Unfit("There is a demo in this database already; take it away first, with 'simulator demo --remove'.")
        if connection.execute(select(person.c.id).where(person.c.reference.like(f"{REFERENCE}%"))).first():
            raise Unfit(f"Somebody in this database has a reference that begins with '{REFERENCE}', as the demo's do.")
        kept = connection.execute(select(programme.c.id).where(programme.c.accounts_since.is_not(None))).first()
        if kept is None and connection.execute(select(person.c.id)).first():
            raise Unfit(
                "This database holds somebody's own records, and without accounts a demo would mix with them. "
                "Leave --database out, and the demo gets a database of its own."
            )
        return kept.id if kept else None


def make_programme(store: Store, new: str, name: str, zone: str, at: datetime) -> None:
    """A programme of the demo's own, with accounts, closed to guests."""
    with store.writing() as connection:
        connection.execute(
            insert(programme).values(
                id=new, name=name, zone=zone, created_at=at, accounts_since=at, guest_practice=False
            )
        )


def make_people(
    store: Store,
    programme_id: str,
    cohorts: Sequence[DemoCohort],
    people: Sequence[DemoPerson],
    zone: str,
    at: datetime,
    password_hash: str | None,
) -> None:
    """Cohorts and their people. Without a hash of a password nobody of them can sign in.

    Raises:
        Unfit: a cohort of that name is there.
    """
    of = {"programme_id": programme_id}
    names = [one.name for one in cohorts]
    with store.writing() as connection:
        taken = select(cohort.c.name).where(cohort.c.programme_id == programme_id, cohort.c.name.in_(names))
        if found := connection.execute(taken).first():
            raise Unfit(f"There is a cohort '{found.name}' in this database already.")
        _insert(
            connection,
            cohort,
            ({"id": one.id, "name": one.name, "zone": zone, "created_at": at, **of} for one in cohorts),
        )
        _insert(
            connection,
            person,
            ({"id": one.id, "name": one.name, "reference": one.reference, "created_at": at, **of} for one in people),
        )
        _insert(
            connection, role, ({"person_id": one.id, "role": one.role.value, "given_at": at, **of} for one in people)
        )
        _insert(connection, membership, (row | of for one in people for row in _memberships(one, at)))
        _insert(connection, consent, (row | of for one in people for row in _consents(one, at)))
        if password_hash is not None:
            known = [one for one in people if one.sign_in_name]
            _insert(connection, identity, (row | of for one in known for row in _identities(one, at)))
            _insert(
                connection,
                password,
                ({"person_id": one.id, "hash": password_hash, "changed_at": at, **of} for one in known),
            )


def _memberships(one: DemoPerson, at: datetime) -> Iterator[dict[str, Any]]:
    for cohort_id in one.cohort_ids:
        yield {"cohort_id": cohort_id, "person_id": one.id, "role": one.role.value, "joined_at": at}


def _consents(one: DemoPerson, at: datetime) -> Iterator[dict[str, Any]]:
    for what in (Consent.AGE, Consent.PRIVACY, *((Consent.RESEARCH,) if one.research else ())):
        new = marked_id(one.id, "consent", what.value)
        yield {"id": new, "person_id": one.id, "what": what.value, "version": NOTICE_VERSION, "given_at": at}


def _identities(one: DemoPerson, at: datetime) -> Iterator[dict[str, Any]]:
    subject = name_key(one.sign_in_name or "")
    yield {"issuer": LOCAL_ACCOUNTS, "subject": subject, "person_id": one.id, "created_at": at}


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    every = list(rows)
    for start in range(0, len(every), _AT_ONCE):
        connection.execute(insert(table), every[start : start + _AT_ONCE])


def remove_demo(store: Store) -> Mapping[str, int]:
    """Take the demo away, with all that was done in it and with it. Gives how many rows went, by table.

    Of its texts those go that nobody's attempt names. All or nothing; where there is no demo, nothing happens.

    Raises:
        Unfit: somebody who is not of the demo is in its programme, or has attempts for its assignments, which stay
            theirs.
    """
    with store.writing() as connection:
        _refuse_to_take_others(connection)
        texts = _texts_of(connection)
        gone = {}
        for table in reversed(metadata.sorted_tables):
            if table is content_text:
                continue
            count = connection.execute(delete(table).where(_of_demo(table))).rowcount
            if count:
                gone[table.name] = count
        named = union_of_texts()
        count = connection.execute(
            delete(content_text).where(content_text.c.hash.in_(texts), content_text.c.hash.not_in(named))
        ).rowcount
        return {**gone, content_text.name: count} if count else gone


def union_of_texts() -> Any:
    """The hashes of every text that an attempt names."""
    scenario, behaviours, rubric = (
        select(column) for column in (attempt.c.scenario_hash, attempt.c.behaviours_hash, attempt.c.rubric_hash)
    )
    return scenario.union(behaviours, rubric)


def _texts_of(connection: Connection) -> list[str]:
    wanted = select(attempt.c.scenario_hash, attempt.c.behaviours_hash, attempt.c.rubric_hash)
    rows = connection.execute(wanted.where(_of_demo(attempt)).distinct())
    return sorted({hashed for row in rows for hashed in row})


def _refuse_to_take_others(connection: Connection) -> None:
    in_its_programme = select(func.count()).where(person.c.programme_id.in_(_ids(programme)), ~_marked(person))
    for_its_assignments = select(func.count()).where(
        attempt.c.assignment_id.in_(_ids(assignment)), attempt.c.person_id.not_in(_ids(person))
    )
    if n := connection.execute(in_its_programme).scalar_one():
        raise Unfit(
            f"{n} of the people in the demo's programme are not the demo's own, so it stays as it is. "
            "Delete the file of the database if nothing in it is wanted."
        )
    if n := connection.execute(for_its_assignments).scalar_one():
        raise Unfit(f"{n} of the attempts for the demo's assignments are not the demo's own, so it stays as it is.")


def _of_demo(table: Table) -> ColumnElement[bool]:
    """What goes of a table: the demo's own, what hangs on it, and everything within a programme of its own."""
    found: list[ColumnElement[bool]] = [_marked(table)] if "id" in table.c else []
    if "programme_id" in table.c:
        found.append(table.c.programme_id.in_(_ids(programme)))
    if table is erasure:
        found.append(erasure.c.subject.like(_LIKE_MARKED))
    for constraint in table.foreign_key_constraints:
        for key in constraint.elements:
            owner = key.column.table
            if owner in _OWNERS and key.column.name == "id":
                found.append(and_(key.parent.is_not(None), key.parent.in_(_ids(owner))))
    return or_(false(), *found)


_OWNERS = (person, cohort, assignment, attempt)
"""What other rows hang on."""


def _ids(table: Table) -> Select[Any]:
    """The ids of the demo's own rows of a table, and of what its people made by hand."""
    wanted = select(table.c.id)
    if table is attempt:
        return wanted.where(attempt.c.person_id.in_(_ids(person)))
    if table is assignment:
        return wanted.where(assignment.c.cohort_id.in_(_ids(cohort)))
    if table is cohort:
        return wanted.where(_marked(cohort) | cohort.c.programme_id.in_(_ids(programme)))
    return wanted.where(_marked(table))


def _marked(table: Table) -> ColumnElement[bool]:
    return table.c.id.like(_LIKE_MARKED)
