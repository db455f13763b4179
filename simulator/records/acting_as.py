"""In whose name whoever has the machine acts, where what they do is written down."""

from __future__ import annotations

from sqlalchemy import select

from simulator.records.access import Actor
from simulator.records.actors import actor_of
from simulator.records.errors import Unfit
from simulator.records.schema import identity, person
from simulator.records.sign_ins import LOCAL_ACCOUNTS, name_key
from simulator.records.store import Store


def acting_as(store: Store, name: str) -> Actor:
    """The person of this sign-in name, or of this reference where they sign in elsewhere.

    No password is asked: whoever has the machine could read the database anyway. They say in whose name they act, and
    may what that person may.

    Raises:
        Unfit: there is no such person, or several, or they may no longer act.
    """
    by_name = (
        select(person.c.id)
        .join(identity, identity.c.person_id == person.c.id)
        .where(identity.c.issuer == LOCAL_ACCOUNTS, identity.c.subject == name_key(name))
    )
    by_reference = select(person.c.id).where(person.c.reference == name.strip())
    with store.reading() as connection:
        found = connection.execute(by_name).scalars().all() or connection.execute(by_reference).scalars().all()
        if len(found) > 1:
            raise Unfit(f"Several people are known as '{name}'; use a sign-in name.")
        actor = actor_of(connection, found[0]) if found else None
    if actor is None:
        raise Unfit(f"Nobody with an open account signs in as '{name}'; `simulator people list` says who does.")
    return actor
