"""From the library to the debrief, with everything that can happen on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, WebSocket, expect

from simulator.records.attempts import Attempts
from simulator.records.store import open_store
from simulator.session.events import Chose
from tests.e2e.conftest import Server
from tests.e2e.walking import ANSWERS, answer, begin, settled, turns
from tests.robin import STEPS

pytestmark = pytest.mark.browser


def _recorded(server: Server, address: str) -> list[str]:
    """The choices that the database has for the attempt in an address."""
    store = open_store(server.database)
    try:
        attempt = Attempts(store).open(address.rpartition("attempt=")[2].partition("&")[0])
        return [turn.choice for turn in attempt.playthrough.turns]
    finally:
        store.close()


def test_a_whole_talk_survives_reload_second_tab_double_click_and_a_killed_server(page: Page, server: Server) -> None:
    address = begin(page, server.address)
    answer(page, "warm thing at step one", "says at step two")
    expect(page.get_by_text("SECRETWHY warm one.")).to_be_visible()

    page.reload()
    page.get_by_text("Resumed where you left off.").wait_for()
    expect(page.locator(".talk .now")).to_contain_text("says at step two")
    settled(page)

    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector(f"{ANSWERS} button")
    settled(other)
    answer(other, "small thing at step two", "says at step three")
    page.locator(f"{ANSWERS} button").filter(has_text="warm thing at step two").click()
    page.get_by_text("That turn was answered already.").wait_for()
    expect(page.locator(".talk .now")).to_contain_text("says at step three")
    settled(page)
    other.close()
    assert turns(page) == 2

    page.locator(f"{ANSWERS} button").filter(has_text="warm thing at step three").dblclick()
    expect(page.locator(".talk .now")).to_contain_text("says at step four")
    settled(page)
    assert turns(page) == 3

    server.kill()
    server.start()
    page.goto(address)
    page.get_by_text("Resumed where you left off.").wait_for()
    expect(page.locator(".talk .now")).to_contain_text("says at step four")
    settled(page)
    assert turns(page) == 3
    answer(page, "You wait at step four", "says at step five")
    answer(page, "small thing at step five", "That was the last of it.")

    page.get_by_role("button", name="To the debrief").click()
    page.get_by_text("Turn by turn").wait_for()
    expect(page.get_by_text("SECRETRULE was always going to be said.")).to_be_visible()
    expect(page.get_by_role("heading", name="Empathy:")).to_be_visible()
    chosen = ["secretid_one_a", "secretid_two_b", "secretid_three_a", "secretid_four_c", "secretid_five_b"]
    assert _recorded(server, address) == chosen


def test_keys_answer_and_two_fast_presses_answer_once(page: Page, server: Server) -> None:
    address = begin(page, server.address)
    page.keyboard.press("1")
    page.keyboard.press("1")
    expect(page.locator(".talk .now")).to_contain_text("says at step two")
    settled(page)
    assert turns(page) == 1
    assert len(_recorded(server, address)) == 1


def test_a_turn_taken_back_stands_open_again(page: Page, server: Server) -> None:
    begin(page, server.address)
    answer(page, "small thing at step one", "says at step two")
    page.get_by_role("button", name="Take this turn back").click()
    expect(page.locator(".talk .now")).to_contain_text("says at step one")
    settled(page)
    assert turns(page) == 0
    answer(page, "warm thing at step one", "says at step two")


def test_a_talk_can_be_paused_for_as_long_as_it_is_open(page: Page, server: Server) -> None:
    pause = page.get_by_role("button", name="Pause")
    begin(page, server.address)
    for number, step in enumerate(STEPS, start=1):
        expect(pause).to_be_visible()
        last = number == len(STEPS)
        answer(page, f"warm thing at step {step}", "That was the last of it." if last else f"at step {STEPS[number]}")
    expect(pause).to_have_count(0)
    page.get_by_role("button", name="Take this turn back").click()
    expect(page.locator(".talk .now")).to_contain_text("says at step five")
    expect(pause).to_be_visible()


def test_pause_names_support_and_leaving_loses_nothing(page: Page, server: Server) -> None:
    begin(page, server.address)
    answer(page, "warm thing at step one", "says at step two")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("dialog")).to_contain_text("emergency number")
    page.get_by_role("button", name="Leave, and come back").click()
    page.get_by_role("button", name="Go on where you left off").wait_for()
    settled(page)
    page.get_by_role("button", name="Go on where you left off").click()
    expect(page.locator(".talk .now")).to_contain_text("says at step two")


def test_an_attempt_ended_under_pause_has_a_debrief_and_no_score(page: Page, server: Server) -> None:
    begin(page, server.address)
    answer(page, "warm thing at step one", "says at step two")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="End this conversation without a score").click()
    page.get_by_text("It has no score.").wait_for()
    expect(page.get_by_role("heading", name="Empathy:")).to_have_count(0)


def test_in_an_assessment_no_key_reaches_the_browser_before_the_end(page: Page, server: Server) -> None:
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: frames.append(data if isinstance(data, bytes) else data.encode()))

    page.on("websocket", listen)
    begin(page, server.address, mode="Assessment")
    for number, step in enumerate(STEPS):
        following = f"says at step {STEPS[number + 1]}" if number + 1 < len(STEPS) else "That was the last of it."
        if following.startswith("That"):
            break
        answer(page, f"small thing at step {step}", following)
        expect(page.get_by_text("How that landed")).to_have_count(0)
        expect(page.get_by_role("button", name="Take this turn back")).to_have_count(0)
    seen = b"".join(frames)
    assert b"says at step five" in seen  # the frames can be read, so this test can fail
    for secret in (
        b"SECRETWHY",
        b"SECRETTHOUGHT",
        b"secretid",
        b"reflects_feeling",
        b"Reflects feeling",
        b"SECRETRULE",
    ):
        assert secret not in seen, secret
    answer(page, "small thing at step five", "That was the last of it.")
    page.get_by_role("button", name="To the debrief").click()
    page.get_by_text("SECRETWHY small five.").wait_for()


def test_a_new_turn_is_announced_in_a_live_region_that_stays_the_same(page: Page, server: Server) -> None:
    begin(page, server.address)
    region = page.locator('[role="log"][aria-live="polite"]')
    expect(region).to_contain_text("says at step one")
    region.evaluate("element => { element.marked = true; }")
    answer(page, "warm thing at step one", "says at step two")
    expect(region).to_contain_text("says at step two")
    assert region.evaluate("element => element.marked === true")


def test_what_if_shows_both_worlds_and_leaves_the_attempt_alone(page: Page, server: Server) -> None:
    address = begin(page, server.address)
    for number, step in enumerate(STEPS):
        last = number + 1 == len(STEPS)
        answer(
            page, f"small thing at step {step}", "That was the last" if last else f"says at step {STEPS[number + 1]}"
        )
    before = _recorded(server, address)
    page.get_by_role("button", name="To the debrief").click()
    page.get_by_role("button", name="What if you had answered otherwise?").nth(1).click()
    page.get_by_text("What if, at turn 2?").wait_for()
    settled(page)
    page.locator(f"{ANSWERS} button").filter(has_text="warm thing at step two").click()
    expect(page.get_by_text("Robin hears the warm thing two.")).to_be_visible()
    expect(page.get_by_text("Robin hears the small thing two.")).to_be_visible()
    assert _recorded(server, address) == before
    assert all(isinstance(event, str) for event in before)
    assert Chose.kind == "chose"


def test_say_it_first_stands_beside_the_choice_and_the_best_line_in_the_debrief(page: Page, server: Server) -> None:
    page.goto(server.address)
    page.get_by_role("button", name="Meet Robin").click()
    page.get_by_text("Say it in your own words first").click()
    settled(page)
    page.get_by_role("button", name="Let Robin in").click()
    page.get_by_label("What would you say or do?").fill("My very own words.")
    expect(page.locator(f"{ANSWERS} button")).to_have_count(0)
    page.get_by_role("button", name="Now show the answers").click()
    page.wait_for_selector(f"{ANSWERS} button")
    settled(page)
    answer(page, "small thing at step one", "says at step two")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="End this conversation without a score").click()
    page.get_by_text("It has no score.").wait_for()
    expect(page.get_by_text("My very own words.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take it with you").click()
    printed = download.value.path().read_text(encoding="utf-8")
    assert "My very own words." in printed
    assert "<script" not in printed


def test_a_drill_begins_at_a_lost_moment(page: Page, server: Server) -> None:
    begin(page, server.address)
    for number, step in enumerate(STEPS):
        last = number + 1 == len(STEPS)
        answer(
            page, f"small thing at step {step}", "That was the last" if last else f"says at step {STEPS[number + 1]}"
        )
    page.goto(f"{server.address}/progress")
    page.get_by_role("button", name="Practise from here").first.click()
    page.wait_for_selector(f"{ANSWERS} button")
    settled(page)
    assert turns(page) == 0
