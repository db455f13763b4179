"""Drafts and versions: nothing is lost, nobody writes over anybody unseen, and only authors see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from simulator.content.reader import MOST_CHARACTERS
from simulator.records.access import Actor
from simulator.records.backup import restore_into, write_backup
from simulator.records.database import connect_engine, database_url
from simulator.records.drafts import Draft, DraftKind, Drafts
from simulator.records.errors import DraftMissing, DraftMoved, NotAllowed, Unfit
from simulator.records.schema import content_text
from simulator.records.store import open_store
from simulator.records.versions import Versions
from tests.people.conftest import Programme

SCENARIO = DraftKind.SCENARIO


class Studio:
    """The use cases of the studio on a programme with everybody in it."""

    def __init__(self, here: Programme) -> None:
        self.here = here
        self.drafts = Drafts(here.store, here.clock)
        self.versions = Versions(here.store, here.clock)

    def begun(self, who: str = "instructor", text: str = "one\n", plays: str | None = None) -> Draft:
        return self.drafts.begin(self.here.actors[who], SCENARIO, "tea", text, plays, "new")

    def saved(self, draft: Draft, text: str, who: str = "instructor", about: str = "") -> Draft:
        return self.drafts.save(self.here.actors[who], draft.id, draft.head, text, draft.plays_text, about=about)

    def published(self, draft: Draft, who: str = "instructor", reason: str = "Begun") -> str:
        actor = self.here.actors[who]
        found = self.versions.publish(
            actor, draft.id, draft.head, reason=reason, proof={"findings": []}, meaning_hash="m" * 64
        )
        return found.id


@pytest.fixture
def studio(programme_of_two: Programme) -> Studio:
    return Studio(programme_of_two)


def test_a_draft_is_kept_byte_for_byte_with_its_plays(studio: Studio) -> None:
    text = "\ufeffid: tea\r\nbrief: über\r\n"
    begun = studio.begun(text=text, plays="plays: {}\n")
    found = studio.drafts.open(studio.here.actors["instructor"], begun.id)
    assert (found.text, found.plays_text, found.head, found.by) == (text, "plays: {}\n", 1, "Ines")
    assert studio.begun(text=text.replace("\r\n", "\n")).text != text


def test_colleagues_write_at_one_draft_and_the_second_to_save_is_told_whose_save_came_first(studio: Studio) -> None:
    begun = studio.begun()
    studio.saved(begun, "two\n", "lead")
    with pytest.raises(DraftMoved, match="Lea has saved this draft"):
        studio.saved(begun, "mine\n")
    now = studio.drafts.open(studio.here.actors["instructor"], begun.id)
    assert (now.text, now.by) == ("two\n", "Lea")
    assert studio.saved(now, "both\n").text == "both\n"


def test_saving_the_same_makes_no_step(studio: Studio) -> None:
    begun = studio.begun()
    assert studio.saved(begun, "one\n").head == begun.head


def test_undo_goes_back_and_redo_forth_until_something_else_is_written(studio: Studio) -> None:
    me = studio.here.actors["instructor"]
    first = studio.begun()
    third = studio.saved(studio.saved(first, "two\n"), "three\n")
    back = studio.drafts.undo(me, first.id, third.head)
    assert (back.text, back.can_undo, back.can_redo) == ("two\n", True, True)
    further = studio.drafts.undo(me, first.id, back.head)
    assert (further.text, further.can_undo) == ("one\n", False)
    with pytest.raises(Unfit, match="no step before"):
        studio.drafts.undo(me, first.id, further.head)
    again = studio.drafts.redo(me, first.id, further.head)
    assert again.text == "two\n"
    other = studio.saved(again, "four\n")
    assert not other.can_redo
    assert studio.drafts.undo(me, first.id, other.head).text == "two\n"
    assert "three\n" in _texts(studio)  # a step that was undone is not lost


def test_what_is_typed_in_one_go_is_one_step_and_leaves_no_texts_behind(studio: Studio) -> None:
    draft = studio.saved(studio.begun(), "t\n", about="title")
    for text in ("te\n", "tea\n"):
        studio.here.clock.pass_by(seconds=2)
        draft = studio.saved(draft, text, about="title")
    assert _texts(studio) >= {"one\n", "tea\n"}
    assert not _texts(studio) & {"t\n", "te\n"}
    assert studio.drafts.undo(studio.here.actors["instructor"], draft.id, draft.head).text == "one\n"


@pytest.mark.parametrize(
    ("about", "seconds", "who"), [("brief", 1, "instructor"), ("title", 20, "instructor"), ("title", 1, "lead")]
)
def test_another_place_a_pause_or_another_person_begins_another_step(
    studio: Studio, about: str, seconds: int, who: str
) -> None:
    draft = studio.saved(studio.begun(), "two\n", about="title")
    studio.here.clock.pass_by(seconds=seconds)
    draft = studio.saved(draft, "three\n", who, about=about)
    assert studio.drafts.undo(studio.here.actors["lead"], draft.id, draft.head).text == "two\n"


def test_the_steps_of_a_draft_say_who_saved_them_and_at_what(studio: Studio) -> None:
    draft = studio.saved(studio.saved(studio.begun(), "two\n", about="title"), "three\n", "lead", about="brief")
    told = [(step.by, step.about) for step in studio.drafts.revisions(studio.here.actors["lead"], draft.id)]
    assert told == [("Lea", "brief"), ("Ines", "title"), ("Ines", "")]


def test_a_copy_stands_beside_the_draft_it_was_made_from(studio: Studio) -> None:
    begun = studio.begun()
    copied = studio.drafts.copy(studio.here.actors["lead"], begun.id, "mine\n", None)
    assert {found.id for found in studio.drafts.of(studio.here.actors["lead"])} == {begun.id, copied.id}


def test_a_draft_that_was_thrown_away_is_gone_and_what_was_published_of_it_stays(studio: Studio) -> None:
    me = studio.here.actors["instructor"]
    begun = studio.begun()
    studio.published(begun)
    studio.drafts.discard(me, begun.id)
    with pytest.raises(DraftMissing):
        studio.drafts.open(me, begun.id)
    assert studio.drafts.of(me) == ()
    assert studio.versions.current(me.programme_id)[(SCENARIO, "tea")].text == "one\n"


def test_a_text_that_nobody_could_read_is_not_taken(studio: Studio) -> None:
    with pytest.raises(Unfit, match="longer than"):
        studio.begun(text="x" * (MOST_CHARACTERS + 1))


def test_a_version_counts_until_the_next_and_the_draft_goes_on_meanwhile(studio: Studio) -> None:
    me = studio.here.actors["instructor"]
    begun = studio.begun(plays="plays: {}\n")
    assert studio.versions.current(me.programme_id) == {}
    studio.published(begun)
    stamp = studio.versions.stamp(me.programme_id)
    going_on = studio.saved(begun, "two\n")
    assert studio.versions.stamp(me.programme_id) == stamp
    current = studio.versions.current(me.programme_id)[(SCENARIO, "tea")]
    assert (current.number, current.text, current.plays_text) == (1, "one\n", "plays: {}\n")
    studio.published(going_on, "lead", "A second thought")
    assert studio.versions.stamp(me.programme_id) != stamp
    assert studio.versions.current(me.programme_id)[(SCENARIO, "tea")].text == "two\n"
    told = [(one.number, one.by, one.reason) for one in studio.versions.of(me, SCENARIO, "tea")]
    assert told == [(2, "Lea", "A second thought"), (1, "Ines", "Begun")]


def test_a_version_needs_a_reason_something_new_and_the_draft_as_it_was_seen(studio: Studio) -> None:
    begun = studio.begun()
    with pytest.raises(Unfit, match="why there is a new version"):
        studio.published(begun, reason="  ")
    moved = studio.saved(begun, "two\n")
    with pytest.raises(DraftMoved):
        studio.published(begun)
    studio.published(moved)
    with pytest.raises(Unfit, match="the very same"):
        studio.published(moved)


def test_withdrawn_versions_no_longer_count_and_can_be_read_and_published_again(studio: Studio) -> None:
    me = studio.here.actors["instructor"]
    begun = studio.begun()
    version = studio.published(begun)
    assert studio.versions.withdraw(me, SCENARIO, "tea") == 1
    assert studio.versions.current(me.programme_id) == {}
    assert studio.versions.text(me, version).text == "one\n"
    assert [one.withdrawn for one in studio.versions.of(me, SCENARIO, "tea")] == [True]
    studio.published(begun, reason="After all")
    assert studio.versions.current(me.programme_id)[(SCENARIO, "tea")].number == 2


REFUSED: dict[str, Callable[[Studio, Actor, Draft, str], object]] = {
    "begin": lambda s, a, d, v: s.drafts.begin(a, SCENARIO, "tea", "x", None, "new"),
    "of": lambda s, a, d, v: s.drafts.of(a),
    "open": lambda s, a, d, v: s.drafts.open(a, d.id),
    "save": lambda s, a, d, v: s.drafts.save(a, d.id, d.head, "x", None),
    "undo": lambda s, a, d, v: s.drafts.undo(a, d.id, d.head),
    "redo": lambda s, a, d, v: s.drafts.redo(a, d.id, d.head),
    "revisions": lambda s, a, d, v: s.drafts.revisions(a, d.id),
    "discard": lambda s, a, d, v: s.drafts.discard(a, d.id),
    "copy": lambda s, a, d, v: s.drafts.copy(a, d.id, "x", None),
    "publish": lambda s, a, d, v: s.versions.publish(a, d.id, d.head, reason="x", proof={}, meaning_hash="m"),
    "versions": lambda s, a, d, v: s.versions.of(a, SCENARIO, "tea"),
    "text": lambda s, a, d, v: s.versions.text(a, v),
    "withdraw": lambda s, a, d, v: s.versions.withdraw(a, SCENARIO, "tea"),
}


def test_nobody_but_authors_of_the_programme_comes_near_a_draft_or_a_version(studio: Studio) -> None:
    begun = studio.begun()
    version = studio.published(begun)
    for name, use in REFUSED.items():
        for who in ("trainee", "guest", "administrator"):
            with pytest.raises(NotAllowed):
                use(studio, studio.here.actors[who], begun, version)
                pytest.fail(f"{who} may {name}")
    stranger = studio.here.actors["stranger"]
    for name in ("open", "save", "undo", "redo", "revisions", "discard", "copy", "publish", "text"):
        with pytest.raises(DraftMissing):
            REFUSED[name](studio, stranger, begun, version)
            pytest.fail(f"a stranger may {name}")
    assert studio.drafts.of(stranger) == ()
    assert studio.versions.of(stranger, SCENARIO, "tea") == ()
    assert studio.versions.withdraw(stranger, SCENARIO, "tea") == 0
    assert studio.versions.current(stranger.programme_id) == {}


def test_a_copy_of_ones_data_has_ones_drafts_and_erasing_takes_the_name_off_what_stays(studio: Studio) -> None:
    here = studio.here
    me = here.actors["instructor"]
    draft = studio.begun()
    studio.published(draft)
    copied = here.own_data.copy(me)
    assert [len(copied[name]) for name in ("drafts", "saved_steps", "published_versions")] == [1, 1, 1]
    here.own_data.erase_person(here.actors["administrator"], me.person_id)
    lead = here.actors["lead"]
    assert [one.by for one in studio.versions.of(lead, SCENARIO, "tea")] == ["Erased person"]
    assert studio.drafts.open(lead, draft.id).by == "Erased person"


def test_a_backup_brings_drafts_and_versions_back(studio: Studio, tmp_path: Path) -> None:
    me = studio.here.actors["instructor"]
    draft = studio.begun()
    studio.published(draft)
    write_backup(studio.here.store, tmp_path / "b.zip")
    again = f"sqlite:///{tmp_path}/again.sqlite3"
    engine = connect_engine(database_url(again))
    restore_into(engine, tmp_path / "b.zip", [])
    engine.dispose()
    store = open_store(again)
    try:
        assert Drafts(store).open(me, draft.id).text == "one\n"
        assert Versions(store).current(me.programme_id)[(SCENARIO, "tea")].text == "one\n"
    finally:
        store.close()


def _texts(studio: Studio) -> set[str]:
    with studio.here.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(content_text)).scalar_one()
        return set(connection.execute(select(content_text.c.text)).scalars())
