"""The studio: drafts begun, changed by form, published and restored, and who may."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.records.drafts import Draft, DraftKind
from simulator.session.events import Mode
from simulator.views.resources import library_on_disk
from simulator.views.services import services
from tests.pages.conftest import App


def _asked(app: App, name: str) -> str:
    """What the address names; the driver gives it as a text or as a list of one."""
    found = app.at.query_params[name]
    return found if isinstance(found, str) else found[0]


def _draft(app: App) -> Draft:
    return services().drafts.open(_me(), _asked(app, "draft"))


def _me():  # type: ignore[no-untyped-def]
    found = services().alone()
    assert found is not None
    return found


def _begin(library: Path, kind: DraftKind = DraftKind.SCENARIO, name: str = "robin") -> str:
    folder = "scenarios" if kind is DraftKind.SCENARIO else "rubrics"
    text = (library / folder / f"{name}.yaml").read_text(encoding="utf-8")
    return services().drafts.begin(_me(), kind, name, text, None, "library").id


def _begin_starter(app: App, title: str = "Ines at the depot") -> App:
    app.open("studio")
    app.at.text_input[0].input(title)
    return app.press("Begin a draft")


def _open_part(app: App, words: str) -> App:
    parts = app.at.selectbox(key="studio_part_list")
    index = next(number for number, told in enumerate(parts.options) if words in told)
    parts.select_index(index).run()
    assert not app.at.exception, app.at.exception
    return app


def _publish(app: App, reason: str) -> App:
    app.press("Publish …")
    next(field for field in app.at.text_input if "new version" in field.label).input(reason)
    return app.press("Publish it")


def test_a_newcomer_begins_with_a_small_scene_that_has_nothing_to_mend_and_can_be_played(app: App) -> None:
    _begin_starter(app)
    assert _draft(app).content_id == "ines-at-the-depot"
    assert "Ines at the depot" in app.text
    assert "Nothing to mend." in app.text
    app.open("studio")
    assert "Write on at ines-at-the-depot" in app.labels


@pytest.mark.parametrize(
    ("title", "says"), [("Robin", "There is a scenario of that name already"), ("***", "A title needs a word")]
)
def test_a_title_that_cannot_be_is_told_in_a_sentence(app: App, title: str, says: str) -> None:
    _begin_starter(app, title)
    assert says in app.text
    assert not services().drafts.of(_me())


def test_a_draft_begins_with_a_scenario_of_the_library_as_it_is(app: App, library: Path) -> None:
    app.open("studio")
    app.at.get("button_group")[0].set_value("From the library").run()
    app.press("Begin a draft")
    assert _draft(app).text == (library / "scenarios" / "robin.yaml").read_text(encoding="utf-8")


def test_a_field_changes_its_own_place_and_not_a_byte_elsewhere(app: App, library: Path) -> None:
    before = (library / "scenarios" / "robin.yaml").read_text(encoding="utf-8")
    app.open("draft", draft=_begin(library))
    next(one for one in app.at.selectbox if one.label == "Level").set_value("advanced").run()
    assert _draft(app).text == before.replace("level: foundation", "level: advanced")
    app.press("Undo")
    assert _draft(app).text == before
    app.press("Redo")
    assert "level: advanced" in _draft(app).text


def test_every_part_of_a_scenario_has_a_form_that_opens(app: App, library: Path) -> None:
    app.open("draft", draft=_begin(library))
    for number in range(len(app.at.selectbox(key="studio_part_list").options)):
        app.at.selectbox(key="studio_part_list").select_index(number).run()
        assert not app.at.exception, app.at.exception


def test_a_moment_and_an_ending_are_added_by_form_and_lead_on(app: App, library: Path) -> None:
    app.open("draft", draft=_begin(library))
    app.at.text_area[0].input("There is something I never told you.")
    next(field for field in app.at.text_input if field.label == "A first answer to it").input("I am listening.")
    app.press("Add it")
    text = _draft(app).text
    assert "there_is_something_i:" in text
    assert "says: There is something I never told you." in text or "client: There is something I never" in text
    assert "I am listening." in text
    assert app.at.selectbox(key="studio_part_list").value == "node:there_is_something_i"


def test_a_moment_that_something_leads_to_is_not_removed_and_the_page_says_what_does(app: App, library: Path) -> None:
    before = (library / "scenarios" / "robin.yaml").read_text(encoding="utf-8")
    app.open("draft", draft=_begin(library))
    _open_part(app, "(step_two)").press("Remove this moment")
    assert _draft(app).text == before
    assert "step_one" in app.text


def test_an_answer_is_given_behaviours_by_what_they_mean_and_its_effects(app: App, library: Path) -> None:
    app.open("draft", draft=_begin(library))
    _open_part(app, "(step_one)").press("You say the small thing at step one")
    shows = next(one for one in app.at.multiselect if one.label == "What it shows")
    assert any("Reflects feeling" in told for told in shows.options)
    shows.set_value(["reflects_feeling", "minimises"]).run()
    next(one for one in app.at.number_input if one.label == "Fear").set_value(-2).run()
    app.press("You say the small thing at step one")
    written = services().drafts.open(_me(), _asked(app, "draft")).text
    choice = written[written.index("secretid_one_b:") : written.index("secretid_one_c:")]
    assert "[reflects_feeling, minimises]" in choice
    assert "fear: -2" in choice


def test_what_is_left_to_mend_never_stops_saving_and_always_publishing(app: App, library: Path) -> None:
    draft = _begin(library)
    app.open("draft", draft=draft)
    text = _draft(app).text.replace("minutes: 2", "minutes: soon")
    services().drafts.save(_me(), draft, 1, text, None)
    app.open("draft", draft=draft).press("Publish …")
    assert "left to mend before trainees can meet it" in app.text
    assert "Publish it" not in app.labels


def test_a_version_is_met_by_trainees_and_the_file_on_the_disk_is_never_written(app: App, library: Path) -> None:
    _begin_starter(app)
    _publish(app, "A first one.")
    assert "Published as version 1" in app.text
    assert not (library / "scenarios" / "ines-at-the-depot.yaml").exists()
    assert "Ines" in app.open("library").text
    assert "ines-at-the-depot" not in library_on_disk().scenarios
    assert "Version 1 counts." in app.open("studio").text


def test_a_version_is_compared_withdrawn_and_restored(app: App, library: Path) -> None:
    _begin_starter(app)
    draft = _asked(app, "draft")
    _publish(app, "A first one.")
    now = services().drafts.open(_me(), draft)
    changed = now.text.replace("Half past one it is. What would be", "Half past one it is, then. What would be")
    services().drafts.save(_me(), draft, now.head, changed, now.plays_text)
    _publish(app.open("draft", draft=draft), "A comma was missing.")
    page = app.open("versions", kind="scenario", content="ines-at-the-depot")
    assert "means the same as the one before" in page.text
    assert "A comma was missing." in page.text
    compared = "\n".join(code.value for code in page.at.code)
    assert "Half past one it is" in compared
    page.press("Restore version 1 as a draft")
    assert _draft(app).text == now.text
    assert _draft(app).origin == "version 1"
    page.open("versions", kind="scenario", content="ines-at-the-depot").press("Yes, withdraw")
    assert "All were withdrawn" in page.text
    assert "Meet Ines" not in app.open("library").labels


def test_an_attempt_stays_on_the_version_it_began_with(app: App, library: Path) -> None:
    _begin_starter(app)
    draft = _asked(app, "draft")
    _publish(app, "A first one.")
    app.open("library").press("Meet Ines").press("Let Ines in")
    attempt = _asked(app, "attempt")
    now = services().drafts.open(_me(), draft)
    changed = now.text.replace("says: They said I might like to talk", "says: My boss said I might like to talk")
    services().drafts.save(_me(), draft, now.head, changed, now.plays_text)
    _publish(app.open("draft", draft=draft), "It was her boss.")
    assert "They said I might like to talk" in app.open("conversation", attempt=attempt).text
    app.open("library").press("Meet Ines").press("Let Ines in")
    assert "My boss said I might like to talk" in app.text


def test_the_studio_says_where_the_file_on_the_disk_differs(app: App, library: Path) -> None:
    file = library / "scenarios" / "ines-at-the-depot.yaml"
    _begin_starter(app)
    _publish(app, "A first one.")
    version = services().versions.current(_me().programme_id)[DraftKind.SCENARIO, "ines-at-the-depot"]
    file.write_text(version.text, encoding="utf-8")
    file.with_name("ines-at-the-depot.plays.yaml").write_text(version.plays_text or "", encoding="utf-8")
    assert "The file on the disk says the same." in app.open("studio").text
    file.write_text(version.text + "# mine\n", encoding="utf-8")
    assert "The file on the disk differs." in app.open("studio").text
    assert file.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_draft_that_is_thrown_away_is_gone_and_one_that_never_was_is_told(app: App, library: Path) -> None:
    draft = _begin(library)
    app.open("studio").press("Throw away the draft of robin")
    assert not services().drafts.of(_me())
    assert "does not exist here" in "\n".join(error.value for error in app.open("draft", draft=draft).at.error)


def test_a_text_that_cannot_be_read_has_the_editor_and_its_findings(app: App, library: Path) -> None:
    draft = _begin(library)
    services().drafts.save(_me(), draft, 1, "nodes: [\n", None)
    page = app.open("draft", draft=draft)
    assert "there is no form of it" in page.text
    assert "Error" in page.text


def test_a_group_votes_by_hands_that_are_kept_and_goes_on(app: App, library: Path) -> None:
    app.open("group", scenario="robin").press("Begin with the group")
    attempt = _asked(app, "attempt")
    next(one for one in app.at.number_input if one.label == "Hands for B").set_value(7).run()
    assert "7 hands" in app.text
    assert "7 hands" in app.open("group", attempt=attempt).text
    app.press("B")
    assert "at step two" in app.text
    assert "7 hands" not in app.text
    assert "this was taken" in app.text
    app.press("Go back a turn")
    assert "at step one" in app.text


def test_the_projector_shows_neither_notes_nor_what_lies_behind(app: App, library: Path) -> None:
    attempt = services().attempts.begin(library_on_disk().content("robin"), Mode.PRACTICE, _me().person_id)
    page = app.open("group", attempt=attempt, projector="1")
    assert "at step one" in page.text
    assert "SECRET" not in page.text
    assert not page.at.number_input
    assert "SECRETTHOUGHT one" in page.open("group", attempt=attempt).text


def test_a_rubrics_points_are_changed_in_their_place_and_what_moves_is_shown(app: App, library: Path) -> None:
    before = (library / "rubrics" / "core.yaml").read_text(encoding="utf-8")
    app.open("draft", draft=_begin(library, DraftKind.RUBRIC, "core"))
    next(one for one in app.at.number_input if one.label == "Reflects feeling").set_value(0).run()
    changed = _draft(app).text.splitlines()
    assert [line for line in changed if line not in before.splitlines()] == ["      reflects_feeling: 0"]
    _beside(app, "What moves")
    assert "Against the file on the disk." in app.text
    assert "You say the warm thing at step one" in app.text


def test_a_behaviour_gets_points_and_loses_them_again(app: App, library: Path) -> None:
    draft = _begin(library, DraftKind.RUBRIC, "core")
    before = services().drafts.open(_me(), draft).text
    app.open("draft", draft=draft).press("Give it points")
    assert len(_draft(app).text.splitlines()) == len(before.splitlines()) + 1
    added = next(iter(set(_draft(app).text.splitlines()) - set(before.splitlines())))
    assert added.endswith(": +1")
    app.press("Undo")
    assert _draft(app).text == before


def test_what_would_move_in_ones_own_talks_is_counted_and_nothing_is_written(app: App, library: Path, met) -> None:  # type: ignore[no-untyped-def]
    met("warm")
    draft = _begin(library, DraftKind.RUBRIC, "core")
    text = services().drafts.open(_me(), draft).text
    moved = text.replace("reflects_feeling: +2", "reflects_feeling: -3", 1)
    services().drafts.save(_me(), draft, 1, moved, None)
    app.open("draft", draft=draft)
    _beside(app, "What moves")
    assert "Of 1 talk of yours" in app.text
    assert "A preview" in app.text


def _beside(app: App, view: str) -> App:
    app.at.get("button_group")[1].set_value(view).run()
    assert not app.at.exception, app.at.exception
    return app


def test_a_trial_begins_anywhere_in_any_state_and_says_why_each_step_went_so(app: App, library: Path) -> None:
    app.open("draft", draft=_begin(library))
    _beside(_open_part(app, "(step_three)"), "Play")
    next(one for one in app.at.number_input if "-state-fear-" in (one.key or "")).set_value(9).run()
    app.press("Begin here")
    assert "at step three" in app.text
    next(one for one in app.at.button if (one.key or "").endswith("-0-secretid_three_b")).click().run()
    assert "Trust 4 → 3: Makes it smaller -1." in app.text
    assert "Fear 9 → 10: Makes it smaller +1." in app.text
    assert "The talk goes to" in app.text
    app.press("Back one step")
    assert "Back one step" not in app.labels


def test_a_trial_follows_the_draft_and_says_where_it_no_longer_can(app: App, library: Path) -> None:
    draft = _begin(library)
    app.open("draft", draft=draft)
    _beside(app, "Play").press("Begin here").press("You say the warm thing at step one")
    now = services().drafts.open(_me(), draft)
    services().drafts.save(_me(), draft, now.head, now.text.replace("secretid_one_a:", "another_id:"), None)
    app.at.run()
    assert "goes this far only" in app.text


def test_a_way_through_stays_as_a_play_with_what_it_comes_to(app: App, library: Path) -> None:
    app.open("draft", draft=_begin(library))
    _beside(app, "Play").press("Begin here")
    for step in ("one", "two", "three", "four", "five"):
        app.press(f"You say the warm thing at step {step}" if step != "four" else "You wait at step four")
    next(one for one in app.at.text_input if "as a play called" in one.label).input("A warm talk")
    app.press("Keep it")
    plays = _draft(app).plays_text
    assert plays is not None
    assert "a_warm_talk:" in plays
    assert "ending: over" in plays
