"""A made-up programme: believable, told from people's records, kept as the ordinary path keeps, and gone whole."""

from __future__ import annotations

import argparse
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import exp
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from simulator.commands import demo as command
from simulator.content.library import Library, load_library
from simulator.programme.demo import Demo, make_demo, playable_of
from simulator.programme.simulated import Appointment, SimulatedTrainee, Worths, chosen, played_by
from simulator.records import attempts as attempts_module
from simulator.records.access import Actor, Role
from simulator.records.accounts import Accounts
from simulator.records.assignments import Assignments
from simulator.records.attempts import Attempts
from simulator.records.cohorts import Cohorts
from simulator.records.demo_rows import MARK, marked_id, remove_demo
from simulator.records.errors import PersonMissing, SignInRefused, Unfit
from simulator.records.health import examine
from simulator.records.passwords import Passwords
from simulator.records.people import People
from simulator.records.results_book import ResultsBook
from simulator.records.reviews import Reviews
from simulator.records.schema import attempt, comment, event, metadata, override, person, result, ruling
from simulator.records.sign_ins import SignIns
from simulator.records.store import Store, open_store
from simulator.records.whole_attempts import WholeAttempt, keep_whole
from simulator.session.debrief import scorecard_of
from simulator.session.events import Chose, Mode, Stopped, TookBack
from tests.people.conftest import Programme, roster_of

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
WORD = "odd lamp river walnut"
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
LIBRARY = load_library(Path(__file__).resolve().parents[2])


def made(store: Store, trainees: int = 3, seed: int = 1, library: Library = LIBRARY) -> Demo:
    return make_demo(store, library, trainees, seed, NOW, WORD, passwords=CHEAP)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A demo of sixteen trainees in a database of its own."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('demo')}/demo.sqlite3")
    made(store, 16)
    yield store
    store.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/empty.sqlite3")
    yield store
    store.close()


def played(who: SimulatedTrainee, seed: int, name: str = "peg-tuesdays", **otherwise: Any) -> WholeAttempt:
    playable = playable_of(LIBRARY.content(name))
    what = Appointment(
        marked_id("test", seed), playable, otherwise.get("mode", Mode.PRACTICE), NOW - timedelta(days=seed), NOW,
        None, otherwise.get("breaks_off_after"),
    )  # fmt: skip
    return played_by(who, what, Worths(playable.scoring), random.Random(seed))


def dump(path: Path, *tables: str) -> list[str]:
    """The file's own rows as SQLite writes them out, without a type or a format of ours in between."""
    connection = sqlite3.connect(path)
    rows = []
    for table in tables:
        names = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        told = " || '|' || ".join(f"quote({name})" for name in names)
        rows += [f"{table} {row[0]}" for row in connection.execute(f"select {told} from {table}")]
    connection.close()
    return sorted(rows)


def test_what_is_kept_whole_is_byte_for_byte_what_is_kept_event_by_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = SimulatedTrainee("nobody", 0.5, 0.3, stops=0.05, regrets=0.2)
    names = ("peg-tuesdays", "denise-sundays", "callum-second-meeting")
    every = [
        played(who, seed, names[seed % 3], mode=(Mode.PRACTICE, Mode.ASSESSMENT)[seed % 2],
               breaks_off_after=4 if seed % 5 == 0 else None)
        for seed in range(1, 19)
    ]  # fmt: skip
    kinds = {type(one) for whole in every for one in whole.events}
    assert {Chose, TookBack, Stopped} <= kinds
    assert {one.playthrough.open for one in every} == {True, False}
    stores = [open_store(f"sqlite:///{tmp_path}/{name}.sqlite3") for name in ("whole", "each")]
    made_up = [{"id": "p", "name": "P", "created_at": NOW}]
    for store in stores:
        with store.writing() as connection:
            connection.execute(metadata.tables["programme"].insert(), made_up)
            connection.execute(person.insert(), [{"id": "nobody", "programme_id": "p", "name": "N", "created_at": NOW}])
    assert [one.id for one in keep_whole(stores[0], every)] == [one.id for one in every]
    for whole in every:
        monkeypatch.setattr(attempts_module, "uuid4", lambda of=whole: of.id)
        moments = iter(whole.moments)
        attempts = Attempts(stores[1], lambda left=moments: next(left), lambda of=whole: of.playthrough.began.seed)
        attempts.begin(whole.playable.content, whole.playthrough.began.mode, "nobody")
        for one in whole.events[1:]:
            if isinstance(one, Chose):
                attempts.answer(whole.id, one.number, one.choice)
            elif isinstance(one, TookBack):
                attempts.take_back(whole.id, one.number)
            else:
                attempts.stop(whole.id, one.number)
    for store in stores:
        store.close()
    tables = ("attempt", "event", "content_text", "result", "criterion_result", "decision", "incident")
    whole, each = (dump(tmp_path / f"{name}.sqlite3", *tables) for name in ("whole", "each"))
    assert len(whole) > 300
    assert whole == each


def test_nothing_is_kept_for_somebody_who_is_not_there(empty: Store) -> None:
    with pytest.raises(PersonMissing):
        list(keep_whole(empty, [played(SimulatedTrainee("nobody", 1, 0), 1)]))
    assert not any(everything(empty).values())


def test_choices_are_made_as_often_as_the_choice_rule_says() -> None:
    worth, skill, chance = (0.0, 0.5, 1.0), 2.0, random.Random(1)
    counts = Counter(chosen(skill, "abc", worth, chance) for _ in range(20_000))
    total = sum(exp(skill * value) for value in worth)
    for choice, value in zip("abc", worth, strict=True):
        assert counts[choice] / 20_000 == pytest.approx(exp(skill * value) / total, abs=0.015)
    assert chosen(-900, "abc", worth, chance) == "a"
    assert chosen(900, "abc", worth, chance) == "c"


def overall(skill: float) -> float:
    found = []
    for seed in range(1, 13):
        one = played(SimulatedTrainee("x", skill, 0, stops=0, regrets=0), seed)
        card = scorecard_of(one.playthrough, one.playable.scoring)
        assert card is not None
        found.append(float(card.overall or 0))
    return mean(found)


def test_the_more_skilled_score_the_higher() -> None:
    poor, random_pick, good = overall(-3), overall(0), overall(6)
    assert poor < random_pick - 0.1 < good - 0.3


def test_skill_grows_with_every_attempt_up_to_its_bound() -> None:
    who = SimulatedTrainee("x", 1.0, 0.5)
    played(who, 1)
    assert who.skill_now == 1.5
    who.begun = 1_000
    assert who.skill_now == 7.0


def test_the_records_hold_together_and_nothing_happens_after_now(demo: Store) -> None:
    assert list(examine(demo, Attempts(demo))) == []
    with demo.reading() as connection:
        rows = connection.execute(
            select(event.c.attempt_id, event.c.at, attempt.c.started_at)
            .join(attempt, attempt.c.id == event.c.attempt_id)
            .order_by(event.c.attempt_id, event.c.number)
        ).all()
        assert max(connection.execute(select(func.max(comment.c.at))).scalars()) <= NOW
    assert max(row.at for row in rows) <= NOW
    assert all(one.at < two.at for one, two in pairwise(rows) if one.attempt_id == two.attempt_id)
    assert min(row.at for row in rows) > NOW - timedelta(weeks=13)


def instructor_of(store: Store) -> Actor:
    with store.reading() as connection:
        found = connection.execute(select(person.c.id).where(person.c.reference == "demo-instructor-00001"))
        return People(store).actor(found.scalar_one())


def test_all_that_can_be_said_of_an_attempt_is_said_of_some(demo: Store) -> None:
    actor, assignments = instructor_of(demo), Assignments(demo)
    book = ResultsBook(demo, assignments, Reviews(demo, Attempts(demo)))
    (cohort,) = Cohorts(demo).seen(actor)
    cells = [
        cell
        for one in assignments.of_cohort(actor, cohort.id)
        for row in book.page(actor, one.id).rows
        for cell in row.cells.values()
    ]
    assert {cell.status.value for cell in cells} == {
        "not_started", "in_progress", "done", "late", "for_review", "reviewed",
    }  # fmt: skip
    assert any(cell.overridden for cell in cells)
    assert max(cell.attempts for cell in cells) > 1
    with demo.reading() as connection:
        for table in (override, ruling):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one()
        kinds = set(connection.execute(select(comment.c.kind)).scalars())
        assert kinds == {"comment", "answer", "appeal"}
        assert connection.execute(select(result.c.attempt_id).where(result.c.stopped)).first()
    assert Reviews(demo, Attempts(demo)).shared_in(actor, cohort.id)


def test_everybody_in_it_is_marked_as_made_up(demo: Store) -> None:
    with demo.reading() as connection:
        people = connection.execute(select(person)).all()
    assert all(one.name.endswith("(demo)") and one.reference.startswith("demo-") for one in people)
    assert all(one.id.startswith(MARK) and one.id[14] == "5" for one in people)
    assert len({one.name for one in people}) == len(people)


def test_the_first_of_each_role_signs_in(demo: Store) -> None:
    sign_ins = SignIns(demo, CHEAP)
    for role in Role:
        actor = sign_ins.who(sign_ins.with_password(f"demo-{role.value}", WORD))
        assert actor is not None
        assert actor.roles == {role}


def test_the_same_seed_plays_the_same_talks_and_another_others(tmp_path: Path) -> None:
    found = []
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        store = open_store(f"sqlite:///{tmp_path}/{name}.sqlite3")
        made(store, seed=seed)
        store.close()
        found.append(dump(tmp_path / f"{name}.sqlite3", "event", "result", "criterion_result", "person", "role"))
    assert found[0] == found[1]
    assert not set(found[0]) & set(found[2])


def test_a_demo_in_a_database_of_its_own_goes_without_a_trace(empty: Store) -> None:
    before = everything(empty)
    made(empty)
    sign_ins = SignIns(empty, CHEAP)
    sign_ins.with_password("demo-trainee", WORD)
    gone = remove_demo(empty)
    assert gone["person"] == 6
    assert everything(empty) == before
    assert remove_demo(empty) == {}


def test_a_demo_in_a_programme_goes_and_leaves_everything_as_it_was(programme_of_two: Programme) -> None:
    here = programme_of_two
    here.does("trainee", here.set_tea())
    here.does("fellow")
    before = everything(here.store)
    done = made(here.store)
    assert not done.sign_ins
    assert everything(here.store) != before
    remove_demo(here.store)
    assert everything(here.store) == before


def test_texts_that_somebody_played_too_stay_when_the_demo_goes(programme_of_two: Programme) -> None:
    here = programme_of_two
    made(here.store)
    mine = here.own("trainee").begin(LIBRARY.content("peg-tuesdays"), Mode.PRACTICE)
    remove_demo(here.store)
    assert here.own("trainee").open(mine).content.scenario.id == "peg-tuesdays"


def test_nobody_made_up_can_sign_in_to_somebody_elses_programme(programme_of_two: Programme) -> None:
    here = programme_of_two
    made(here.store)
    for role in Role:
        with pytest.raises(SignInRefused):
            here.sign_ins.with_password(f"demo-{role.value}", WORD)


def test_it_refuses_to_mix_with_the_records_of_a_person_without_an_account(empty: Store) -> None:
    empty.local_person()
    before = everything(empty)
    with pytest.raises(Unfit, match="somebody's own records"):
        made(empty)
    assert everything(empty) == before


def test_it_refuses_a_second_demo_and_a_reference_like_its_own(empty: Store, programme_of_two: Programme) -> None:
    made(empty, 1)
    with pytest.raises(Unfit, match="already"):
        made(empty, 1, seed=2)
    here = programme_of_two
    here.cohorts.bring_in(here.actors["lead"], here.cohorts_by_name["one"], roster_of(("demo-7", "Dee")))
    with pytest.raises(Unfit, match="demo-"):
        made(here.store, 1)


def test_it_stays_while_somebody_real_is_in_it(empty: Store) -> None:
    made(empty, 1)
    people = People(empty)
    link = people.invite(people.of_this_machine(), Role.TRAINEE)
    Accounts(empty, SignIns(empty, CHEAP), CHEAP).join(link, "Real", "real@example.org", WORD)
    before = everything(empty)
    with pytest.raises(Unfit, match="1 of the people"):
        remove_demo(empty)
    assert everything(empty) == before


def test_it_stays_while_somebody_real_has_done_what_it_set(programme_of_two: Programme) -> None:
    here = programme_of_two
    made(here.store, 1)
    lead = here.actors["lead"]
    cohort = next(one for one in here.cohorts.seen(lead) if one.name.startswith("Demo"))
    here.cohorts.bring_in(lead, cohort.id, roster_of(("r-1", "Real")))
    with here.store.reading() as connection:
        real = connection.execute(select(person.c.id).where(person.c.reference == "r-1")).scalar_one()
    here.actors["real"] = here.people.actor(real)
    task = here.assignments.of_cohort(lead, cohort.id)[0]
    slot = task.setting.slots[0].scenario
    place = Assignments(here.store, lambda: NOW).place_for(here.actors["real"], task.id, slot)
    here.own("real").begin(LIBRARY.content(slot), Mode.ASSESSMENT, place=place)
    with pytest.raises(Unfit, match="1 of the attempts"):
        remove_demo(here.store)


def run(*told: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(told))


def test_the_command_says_how_to_sign_in_and_takes_all_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path}/shown.sqlite3"
    assert run("--trainees", "2", "--seed", "3", "--database", url) == 0
    told = capsys.readouterr().out
    assert f"SIMULATOR_DATABASE_URL='{url}'" in told
    store = open_store(url)
    for line in told.splitlines():
        role, _, rest = line.strip().partition(" ")
        if role in {one.value for one in Role}:
            name, word = rest.split()
            assert SignIns(store).who(SignIns(store).with_password(name, word)) is not None
    store.close()
    assert run("--trainees", "2", "--database", url) == 2
    assert "already" in capsys.readouterr().err
    assert run("--remove", "--database", url) == 0
    assert "5 people" in capsys.readouterr().out
    assert run("--remove", "--database", url) == 0
    assert "no demo" in capsys.readouterr().out


def test_by_default_the_demo_has_a_file_of_its_own_whatever_database_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIMULATOR_DATABASE_URL", f"sqlite:///{tmp_path}/real.sqlite3")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert run("--trainees", "1") == 0
    assert not (tmp_path / "real.sqlite3").exists()
    assert "demo.sqlite3" in capsys.readouterr().out
