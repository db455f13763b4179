"""A cohort's results as plain rows that the database aggregates: what figures are made of in `programme`.

Who may see the results of a cohort sees these; practice is in none of them but as a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import CTE, Connection, Select, and_, case, cast, func, null, select, union_all

from simulator.content.identity import text_hash
from simulator.content.library import Content, content_from_texts
from simulator.records.access import Action, Actor
from simulator.records.actors import LEARNS, relation_to_cohort
from simulator.records.cohort_queries import (
    base,
    counted,
    decisions_made,
    enough_by_rubric,
    is_first,
    leads_to,
    newest,
    numbered,
    standing_level,
    standing_ruling,
    version_columns,
    version_of,
    with_versions,
)
from simulator.records.cohort_rows import (
    ChoiceCount,
    CriterionSums,
    IncidentCount,
    LevelCount,
    PlayedVersion,
    PracticeCount,
    RestSums,
    Scope,
    StepCount,
    Version,
    WayCount,
)
from simulator.records.errors import NotAllowed, Unfit
from simulator.records.playable import Playable, PlayableCache
from simulator.records.reviews import Ruled
from simulator.records.schema import (
    assignment,
    attempt,
    criterion_result,
    incident,
    membership,
    person,
)
from simulator.records.store import Store
from simulator.session.scoring import Level

REST_FROM = 3
"""Other opportunities that an attempt needs before the rest of it is set against one decision."""


class CohortResults:
    """The queries on a cohort's results. Each asks first whether the actor may see them.

    Every one raises `NotAllowed` where the cohort's results are not the actor's to see, or the assignment is none of
    the cohort's.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._playables = PlayableCache()

    @contextmanager
    def allowed(self, actor: Actor, scope: Scope) -> Iterator[Connection]:
        """A transaction that reads, for who may see the results of the scope. For the modules of the records."""
        with self._store.reading() as connection:
            actor.must(Action.SEE_RESULTS, relation_to_cohort(connection, actor, scope.cohort_id))
            if scope.assignment_id is not None:
                of = select(assignment.c.cohort_id).where(assignment.c.id == scope.assignment_id)
                if connection.execute(of).scalar_one_or_none() != scope.cohort_id:
                    raise NotAllowed
            yield connection

    def versions(self, actor: Actor, scope: Scope) -> tuple[PlayedVersion, ...]:
        """What was played, by meaning and key, the latest played first; only clients that were set."""
        of = counted(scope)
        latest = func.row_number().over(partition_by=version_columns(of), order_by=of.c.started_at.desc())
        ranked = select(of, latest.label("latest")).where(of.c.scenario == of.c.slot).cte("ranked_versions")
        wanted = select(
            *version_columns(ranked),
            func.max(case((ranked.c.latest == 1, ranked.c.scenario_hash))).label("scenario_hash"),
            func.count(ranked.c.person_id.distinct()).label("people"),
            func.count().label("attempts"),
            func.max(ranked.c.started_at).label("last_at"),
        ).group_by(*version_columns(ranked))
        with self.allowed(actor, scope) as connection:
            rows = connection.execute(wanted.order_by(func.max(ranked.c.started_at).desc(), ranked.c.scenario)).all()
        return tuple(
            PlayedVersion(version_of(row), row.scenario_hash, row.people, row.attempts, row.last_at) for row in rows
        )

    def playable(self, version: Version, scenario_hash: str) -> Playable:
        """The content of a version in one of its wordings, ready to score with.

        Raises:
            ContentMissing: this version of the program cannot read it any more.
        """
        hashes = (scenario_hash, version.behaviours_hash, version.rubric_hash)
        return self._playables.get(hashes, lambda: content_from_texts(*self._store.texts(hashes)))

    def playable_under(
        self, version: Version, scenario_hash: str, rubric: str, behaviours: str | None = None
    ) -> Playable:
        """The same scenario under the text of another rubric, and of another catalogue where one is given.

        Raises:
            ContentMissing: a text cannot be read.
            Unfit: the catalogue does not know what the scenario shows.
        """
        story, known = self._store.texts((scenario_hash, version.behaviours_hash))
        catalogue = known if behaviours is None else behaviours
        hashes = (scenario_hash, text_hash(catalogue), text_hash(rubric))
        return self._playables.get(hashes, lambda: _fitting(content_from_texts(story, catalogue, rubric)))

    def criteria(self, actor: Actor, scope: Scope) -> tuple[CriterionSums, ...]:
        """All opportunities for each criterion, summed: first for each person, then over people."""
        of = counted(scope)
        with self.allowed(actor, scope) as connection:
            rows = connection.execute(_summed(of, enough_by_rubric(connection, of))).all()
        return tuple(
            CriterionSums(
                row.rubric,
                row.criterion,
                int(row.rubric_versions),
                row.people,
                int(row.attempts),
                int(row.n),
                *(float(value) for value in row[6:]),
            )
            for row in rows
        )

    def levels(self, actor: Actor, scope: Scope) -> tuple[LevelCount, ...]:
        """How many stand at each level of each criterion that is assessed, levels put in place by people included."""
        of = counted(scope)
        level, by_hand = standing_level()
        judged = (
            select(
                of.c.rubric,
                of.c.person_id,
                criterion_result.c.criterion,
                level.label("level"),
                case((by_hand, 1), else_=0).label("by_hand"),
            )
            .join(criterion_result, criterion_result.c.attempt_id == of.c.id)
            .where(criterion_result.c.assessed.is_(True) | by_hand)
            .cte("judged")
        )
        key = (judged.c.rubric, judged.c.criterion, judged.c.level)
        wanted = (
            select(
                *key,
                func.count().label("attempts"),
                func.count(judged.c.person_id.distinct()).label("people"),
                func.sum(judged.c.by_hand).label("overridden"),
            )
            .group_by(*key)
            .order_by(*key)
        )
        with self.allowed(actor, scope) as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            LevelCount(
                row.rubric,
                row.criterion,
                None if row.level is None else Level(row.level),
                row.attempts,
                row.people,
                int(row.overridden),
            )
            for row in rows
        )

    def incidents(self, actor: Actor, scope: Scope) -> tuple[IncidentCount, ...]:
        """Critical behaviours that were shown in the attempts that count, the most frequent first."""
        of = counted(scope)
        shown = (
            select(of.c.person_id, incident.c.behaviour, incident.c.repaired_at, standing_ruling().label("ruling"))
            .join(incident, incident.c.attempt_id == of.c.id)
            .cte("shown")
        )
        open_ones = shown.c.repaired_at.is_(None)
        wanted = select(
            shown.c.behaviour,
            func.count().label("times"),
            func.count(shown.c.person_id.distinct()).label("people"),
            func.sum(case((open_ones, 0), else_=1)).label("repaired"),
            func.sum(case((and_(open_ones, shown.c.ruling == Ruled.CONFIRMED.value), 1), else_=0)).label("confirmed"),
            func.sum(case((and_(open_ones, shown.c.ruling == Ruled.CLEARED.value), 1), else_=0)).label("cleared"),
        ).group_by(shown.c.behaviour)
        with self.allowed(actor, scope) as connection:
            rows = connection.execute(wanted.order_by(func.count().desc(), shown.c.behaviour)).all()
        return tuple(
            IncidentCount(row.behaviour, row.times, row.people, int(row.repaired), int(row.confirmed), int(row.cleared))
            for row in rows
        )

    def taking_part(self, actor: Actor, scope: Scope) -> int:
        """How many people have an attempt that counts."""
        of = counted(scope)
        with self.allowed(actor, scope) as connection:
            return connection.execute(select(func.count(of.c.person_id.distinct()))).scalar_one()

    def practice(self, actor: Actor, cohort_id: str) -> PracticeCount:
        """How much the cohort's trainees practise. What they practise, and how it goes, is theirs alone."""
        drills = case((attempt.c.drill.is_(True), 1), else_=0)
        ended = case((and_(attempt.c.ended.is_(True), attempt.c.drill.is_not(True)), 1), else_=0)
        wanted = (
            select(
                func.count(membership.c.person_id.distinct()).label("members"),
                func.count(attempt.c.person_id.distinct()).label("people"),
                func.count(attempt.c.id).label("begun"),
                func.coalesce(func.sum(ended), 0).label("ended"),
                func.coalesce(func.sum(drills), 0).label("drills"),
            )
            .select_from(membership)
            .join(person, person.c.id == membership.c.person_id)
            .outerjoin(
                attempt,
                and_(
                    attempt.c.person_id == membership.c.person_id,
                    attempt.c.assignment_id.is_(None),
                    attempt.c.started_at >= membership.c.joined_at,
                ),
            )
            .where(
                membership.c.cohort_id == cohort_id,
                membership.c.role == LEARNS,
                membership.c.left_at.is_(None),
            )
        )
        with self.allowed(actor, Scope(cohort_id)) as connection:
            row = connection.execute(wanted).one()
        return PracticeCount(row.members, row.people, row.begun - int(row.drills), int(row.ended), int(row.drills))

    def choices(self, actor: Actor, scope: Scope, *, every: bool = False) -> tuple[ChoiceCount, ...]:
        """How often each choice was made where just these were on offer: in the newest attempts, or in every one."""
        of = numbered(counted(scope) if every else newest(counted(scope)))
        made = decisions_made(of, case((is_first(of), 1), else_=0).label("first")).cte("made")
        key = (made.c.version, made.c.node, made.c.offered, made.c.choice)
        counts = select(*key, func.sum(made.c.first).label("people"), func.count().label("times")).group_by(*key)
        counts_by_version = counts.cte("counts")
        wanted = with_versions(of, counts_by_version).order_by(*counts_by_version.c)
        with self.allowed(actor, scope) as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            ChoiceCount(version_of(row), row.node, _ids(row.offered), row.choice, int(row.people), row.times)
            for row in rows
        )

    def rests(self, actor: Actor, scope: Scope, *, every: bool = False) -> tuple[RestSums, ...]:
        """What whole attempts were worth in which people first came by a node, by what was chosen there.

        They are the newest attempts, or every one.
        """
        of = numbered(counted(scope) if every else newest(counted(scope)))
        made = decisions_made(of).where(is_first(of)).cte("made")
        judged = criterion_result.c
        key = (made.c.version, made.c.node, made.c.offered, made.c.choice, judged.criterion, judged.weight)
        sums = (
            select(
                *key,
                func.count().label("people"),
                func.sum(judged.weighted).label("weighted"),
                func.sum(judged.weighted * judged.weighted).label("weighted_squares"),
            )
            .join(criterion_result, judged.attempt_id == made.c.attempt_id)
            .where(judged.n > REST_FROM)
            .group_by(*key)
            .cte("sums")
        )
        wanted = with_versions(of, sums).order_by(*sums.c)
        with self.allowed(actor, scope) as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            RestSums(
                version_of(row),
                row.node,
                _ids(row.offered),
                row.choice,
                row.criterion,
                row.weight,
                row.people,
                float(row.weighted),
                float(row.weighted_squares),
            )
            for row in rows
        )

    def steps(self, actor: Actor, scope: Scope) -> tuple[StepCount, ...]:
        """How many people came by each node and to each ending of what was set. Of the newest attempts."""
        of = numbered(newest(counted(scope)))
        made = decisions_made(of).cte("made")
        people = func.count(made.c.person_id.distinct()).label("people")
        by_node = select(made.c.version, made.c.node, people).group_by(made.c.version, made.c.node)
        ended = func.count(of.c.person_id.distinct()).label("people")
        by_ending = (
            select(of.c.version, of.c.ending.label("node"), ended)
            .where(of.c.scenario == of.c.slot)
            .group_by(of.c.version, of.c.ending)
        )
        counts = union_all(by_node, by_ending).cte("counts")
        with self.allowed(actor, scope) as connection:
            rows = connection.execute(with_versions(of, counts).order_by(*counts.c)).all()
        return tuple(StepCount(version_of(row), row.node, row.people) for row in rows)

    def ways(self, actor: Actor, scope: Scope) -> tuple[WayCount, ...]:
        """How many people made each choice, and where the talk went on from it. Of the newest attempts."""
        of = numbered(newest(counted(scope)))
        made = decisions_made(of, leads_to(of).label("leads_to")).cte("made")
        key = (made.c.version, made.c.node, made.c.choice)
        people = func.count(made.c.person_id.distinct()).label("people")
        nowhere = cast(null(), made.c.leads_to.type).label("leads_to")
        by_choice = select(*key, nowhere, people).group_by(*key)
        by_way = select(*key, made.c.leads_to, people).group_by(*key, made.c.leads_to)
        counts = union_all(by_choice, by_way).cte("counts")
        with self.allowed(actor, scope) as connection:
            rows = connection.execute(with_versions(of, counts).order_by(*counts.c)).all()
        return tuple(WayCount(version_of(row), row.node, row.choice, row.leads_to, row.people) for row in rows)


def _fitting(content: Content) -> Content:
    shown = {
        behaviour
        for node in content.scenario.nodes.values()
        for choice in node.choices.values()
        for behaviour in choice.behaviours
    }
    unknown = sorted(shown - content.behaviours.behaviours.keys())
    if unknown:
        named = ", ".join(unknown)
        raise Unfit(f"The catalogue does not know what the scenario '{content.scenario.id}' shows: {named}.")
    return content


def _ids(offered: str) -> tuple[str, ...]:
    return tuple(offered.split())


def _summed(of: CTE, enough: Mapping[str, int]) -> Select[Any]:
    """The sums of `CriterionSums`, in the order of its fields: each person's own first, then over people."""
    weight = base(enough, of)
    lost = weight - criterion_result.c.weight
    scored = case((criterion_result.c.random.is_not(None), weight), else_=0.0)
    own = (
        select(
            of.c.rubric,
            criterion_result.c.criterion,
            of.c.person_id,
            func.count().label("attempts"),
            func.sum(criterion_result.c.n).label("n"),
            func.sum(weight).label("x"),
            func.sum(criterion_result.c.squares + lost).label("squares"),
            func.sum(criterion_result.c.weighted).label("y"),
            func.sum(func.coalesce(criterion_result.c.random, 0.0) * scored).label("random"),
            func.sum(scored).label("random_weight"),
        )
        .join(criterion_result, criterion_result.c.attempt_id == of.c.id)
        .group_by(of.c.rubric, criterion_result.c.criterion, of.c.person_id)
        .cte("own")
    )
    texts = (
        select(of.c.rubric, func.count(of.c.rubric_hash.distinct()).label("texts")).group_by(of.c.rubric).cte("texts")
    )
    return (
        select(
            own.c.rubric,
            own.c.criterion,
            func.max(texts.c.texts).label("rubric_versions"),
            func.count().label("people"),
            func.sum(own.c.attempts).label("attempts"),
            func.sum(own.c.n).label("n"),
            func.sum(own.c.x).label("weight"),
            func.sum(own.c.squares).label("squares"),
            func.sum(own.c.y).label("weighted"),
            func.sum(own.c.x * own.c.x).label("xx"),
            func.sum(own.c.x * own.c.y).label("xy"),
            func.sum(own.c.y * own.c.y).label("yy"),
            func.sum(own.c.random).label("random"),
            func.sum(own.c.random_weight).label("random_weight"),
        )
        .join(texts, texts.c.rubric == own.c.rubric)
        .where(own.c.x > 0)
        .group_by(own.c.rubric, own.c.criterion)
        .order_by(own.c.rubric, own.c.criterion)
    )
