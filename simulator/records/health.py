"""Whether the records hold together: every attempt is played again and compared with what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select, text

from simulator.records.attempts import Attempts
from simulator.records.errors import AttemptMissing, AttemptUnreadable
from simulator.records.results import Result, Standing, keep_standing, result_of
from simulator.records.schema import attempt, criterion_result, result
from simulator.records.store import Store


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that is not as it should be. `mended`: it was put right."""

    attempt_id: str | None
    told: str
    mended: bool = False


def examine(
    store: Store, attempts: Attempts, *, mend: bool = False, progress: Callable[[int, int], None] | None = None
) -> Iterator[Complaint]:
    """Play every attempt again; complain of what cannot be played, diverges, or has other results than are kept.

    With `mend`, results are worked out again where they differ or are missing. Events are never changed.
    """
    yield from _database(store)
    with store.reading() as connection:
        ids = list(connection.execute(select(attempt.c.id).order_by(attempt.c.started_at)).scalars())
    for number, attempt_id in enumerate(ids, start=1):
        yield from _one(store, attempts, attempt_id, mend)
        if progress:
            progress(number, len(ids))


def catch_up(store: Store, attempts: Attempts) -> None:
    """Work out the results of attempts that were kept before results were."""
    with store.reading() as connection:
        ids = list(connection.execute(select(attempt.c.id).where(attempt.c.ended.is_(None))).scalars())
    for attempt_id in ids:
        for _ in _one(store, attempts, attempt_id, mend=True):
            pass


def _database(store: Store) -> Iterator[Complaint]:
    with store.reading() as connection:
        if connection.dialect.name != "sqlite":
            return
        for (told,) in connection.execute(text("PRAGMA integrity_check")):
            if told != "ok":
                yield Complaint(None, f"The database file is damaged: {told}. Restore a backup.")
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            yield Complaint(None, f"A row of '{row[0]}' names one of '{row[2]}' that is not there. Restore a backup.")


def _one(store: Store, attempts: Attempts, attempt_id: str, mend: bool) -> Iterator[Complaint]:
    try:
        opened = attempts.open(attempt_id)
    except AttemptUnreadable as unreadable:
        yield Complaint(attempt_id, str(unreadable))
        return
    except AttemptMissing:
        return  # erased while we looked
    for divergence in opened.playthrough.divergences:
        yield Complaint(
            attempt_id,
            f"Event {divergence.number} was recorded with {divergence.what} '{divergence.recorded}', and comes to "
            f"'{divergence.replayed}' now.",
        )
    ended = not opened.playthrough.open
    wanted = result_of(opened.playthrough, opened.scoring, opened.changed_at) if ended else None
    told = ended, *_figures(wanted)
    if told == _kept(store, attempt_id):
        return
    if mend:
        with store.writing() as connection:
            keep_standing(connection, attempt_id, Standing(ended, wanted))
    yield Complaint(attempt_id, "What is kept of its result is not what its events come to.", mended=mend)


def _figures(wanted: Result | None) -> tuple[bool, str | None, float | None, dict[str, int | None]]:
    """What is compared: whether there is a result, its ending, its overall score and its levels."""
    card = wanted.scorecard if wanted else None
    levels = {name: card.criteria[name].level for name in card.assesses} if card else {}
    overall = None if card is None or card.overall is None else round(float(card.overall), 9)
    by_criterion = {name: None if level is None else level.value for name, level in levels.items()}
    return wanted is not None, wanted.ending if wanted else None, overall, by_criterion


def _kept(store: Store, attempt_id: str) -> tuple[object, ...]:
    with store.reading() as connection:
        ended = connection.execute(select(attempt.c.ended).where(attempt.c.id == attempt_id)).scalar_one_or_none()
        row = connection.execute(
            select(result.c.ending, result.c.overall).where(result.c.attempt_id == attempt_id)
        ).first()
        levels = connection.execute(
            select(criterion_result.c.criterion, criterion_result.c.level).where(
                criterion_result.c.attempt_id == attempt_id, criterion_result.c.assessed.is_(True)
            )
        )
        by_criterion = {found.criterion: found.level for found in levels}
    overall = None if row is None or row.overall is None else round(row.overall, 9)
    return ended, row is not None, row.ending if row else None, overall, by_criterion
