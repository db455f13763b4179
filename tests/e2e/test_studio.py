"""A newcomer in the studio: from nothing to a version that a student plays, with three mistakes on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, WebSocket, expect

from tests.e2e.conftest import Server
from tests.e2e.walking import ANSWERS, settled
from tests.robin import write_library

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with a library and records that nothing else writes to."""
    folder = tmp_path_factory.mktemp("studio")
    write_library(folder / "library")
    running = Server(folder)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """An instructor's window."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def _begin(page: Page, studio: Server, title: str) -> str:
    page.goto(f"{studio.address}/studio")
    page.get_by_label("What trainees will see it called").fill(title)
    page.get_by_role("button", name="Begin a draft").click()
    _saved(page, 1)
    return page.url


def _saved(page: Page, revision: int) -> None:
    page.get_by_text(f"Saved as revision {revision},").wait_for()
    settled(page)


def _revision(page: Page) -> int:
    found = re.search(r"revision (\d+)", page.get_by_text("Saved as revision").inner_text())
    assert found
    return int(found[1])


def _view(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    ).first.click()
    settled(page)


def _to_part(page: Page, words: str) -> None:
    _choose(page, "Part of the script", words)


def _choose(page: Page, label: str, words: str) -> None:
    field = page.get_by_role("combobox", name=label, exact=True).last
    field.click()
    field.fill(words)
    page.get_by_role("option").filter(has_text=words).first.click()
    settled(page)


def _behind(page: Page, words: str) -> None:
    """Put the editor's cursor behind some words that are in sight."""
    place = page.locator(".cm-content").evaluate(
        """(content, words) => {
            const lines = [...content.querySelectorAll('.cm-line')];
            const line = lines.find((one) => one.textContent.includes(words));
            let left = line.textContent.indexOf(words) + words.length;
            const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            let text = walker.nextNode();
            while (left > text.length) { left -= text.length; text = walker.nextNode(); }
            const range = document.createRange();
            range.setStart(text, left - 1); range.setEnd(text, left);
            const box = range.getBoundingClientRect();
            return [box.right, box.top + box.height / 2];
        }""",
        words,
    )
    page.mouse.click(*place)


def _type(page: Page, words: str) -> None:
    before = _revision(page)
    page.keyboard.type(words, delay=15)
    expect(page.get_by_text("Saved as revision")).not_to_contain_text(f"revision {before},")
    settled(page)


def _add_moment(page: Page, says: str, answer: str, to: str) -> None:
    page.get_by_role("button", name="A new moment").click()
    page.get_by_label("What the client says there").fill(says)
    page.get_by_label("A first answer to it").fill(answer)
    _choose(page, "Afterwards the talk goes to", to)
    page.get_by_role("button", name="Add it").first.click()
    expect(page.get_by_role("combobox", name="Part of the script")).to_have_value(re.compile(re.escape(says[:20])))
    settled(page)


def _publish(page: Page, reason: str) -> None:
    page.get_by_role("button", name="Publish …").click()
    window = page.get_by_role("dialog")
    window.get_by_label("Why is there a new version?").fill(reason)
    window.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Trainees meet it from now on.")).to_be_visible(timeout=60_000)
    settled(page)


@pytest.mark.slow
def test_a_newcomer_breaks_it_three_ways_and_mends_it_by_what_the_findings_say(desk: Page, studio: Server) -> None:
    _begin(desk, studio, "Ines at the depot")
    mended = desk.get_by_text("Nothing to mend.")
    expect(mended).to_be_visible()

    # One: a word that means nothing, found at its line.
    _view(desk, "As text")
    _behind(desk, "level: foundation")
    _type(desk, "s")
    expect(desk.get_by_text("did you mean 'foundation'?").first).to_be_visible()
    desk.get_by_role("button", name="To line 8").click()
    settled(desk)
    _behind(desk, "level: foundations")
    desk.keyboard.press("Backspace")
    expect(mended).to_be_visible()

    # Two: a text that cannot be read at all; the form says so, and a step back mends it.
    _behind(desk, "title:")
    _type(desk, " [")
    _view(desk, "As a form")
    expect(desk.get_by_text("there is no form of it")).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    expect(mended).to_be_visible()
    settled(desk)

    # Three: an answer without words, by form; the finding leads to its form.
    _to_part(desk, "(keys)")
    desk.get_by_role("button", name="Part of you has not been told yet").click()
    desk.get_by_label("The words, as the trainee reads them").fill("")
    expect(mended).to_be_hidden()
    settled(desk)
    _to_part(desk, "About the scenario")
    desk.get_by_role("button", name="To its form").first.click()
    settled(desk)
    desk.get_by_label("The words, as the trainee reads them").fill("Part of you has not been told yet that it ends.")
    expect(mended).to_be_visible()


def _answer_form(page: Page, words: str, why: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    page.get_by_label("Why: the good intention").fill(why)
    expect(page.get_by_label("Why: the good intention")).to_have_value(why)
    settled(page)


def _add_answer(page: Page, words: str, why: str) -> None:
    page.get_by_label("Another answer: its words").fill(words)
    page.get_by_role("button", name="Add this answer").click()
    expect(page.get_by_label("The words, as the trainee reads them")).to_have_value(words)
    page.get_by_label("Why: the good intention").fill(why)
    settled(page)


@pytest.mark.slow
def test_a_newcomer_adds_two_moments_and_a_disclosure_by_form_plays_from_there_and_publishes(
    desk: Page, studio: Server
) -> None:
    _begin(desk, studio, "Ines and the children")
    mended = desk.get_by_text("Nothing to mend.")
    _add_moment(desk, "I counted them once. Eleven hundred children.", "Eleven hundred.", "(last)")
    desk.get_by_label("What the client confides here, if anything").fill("the children that she has counted")
    expect(mended).to_be_hidden()  # nothing leads there yet
    settled(desk)
    _answer_form(desk, "Eleven hundred.", "You say the number back, and leave it to her what it means.")
    _add_answer(desk, "That is a lot of mornings.", "You have begun to count with her.")
    _add_moment(desk, "And one of them waves still, from the bank.", "She waves.", "I counted them once")
    _answer_form(desk, "She waves.", "Three words, and the child is in the room.")
    _add_answer(desk, "Do you wave back?", "It asks for what she does, and not for what she feels.")
    _to_part(desk, "(quiet)")
    _choose(desk, "Afterwards the talk goes to", "And one of them waves")
    expect(desk.get_by_text("2 errors, 0 warnings.")).to_be_visible()  # two plays went another way

    # Play from there, in any state, and see why it goes as it does.
    _to_part(desk, "I counted them once")
    _view(desk, "Play")
    desk.get_by_role("button", name="Begin here").click()
    expect(desk.locator(".talk").get_by_text("Eleven hundred children.")).to_be_visible()
    desk.locator(f"{ANSWERS} button").filter(has_text="Eleven hundred.").click()
    expect(desk.get_by_text("Nothing moves in Ines.")).to_be_visible()
    expect(desk.get_by_text("The talk goes to “Twenty-five")).to_be_visible()
    settled(desk)

    # What is left to mend keeps it from trainees, and never from being saved.
    desk.get_by_role("button", name="Publish …").click()
    expect(desk.get_by_role("dialog").get_by_text("left to mend before")).to_be_visible()
    desk.keyboard.press("Escape")
    settled(desk)
    _view(desk, "Plays")
    for play in ("good", "hurried"):
        desk.get_by_role("button", name=f"Remove the play {play}").click()
        settled(desk)
    expect(mended).to_be_visible()
    _publish(desk, "A first one, with what she counted.")
    desk.reload()
    _to_part(desk, "I counted them once")
    expect(desk.get_by_label("What the client confides here, if anything")).to_have_value(
        "the children that she has counted"
    )


@pytest.mark.slow
def test_a_student_plays_a_version_while_the_draft_goes_on_and_it_is_compared_and_restored(
    desk: Page, studio: Server
) -> None:
    address = _begin(desk, studio, "Ines again")
    _publish(desk, "To try it with the group.")
    student = desk.context.new_page()
    student.goto(studio.address)
    student.locator("[class*=st-key-meet-ines-again] button").click()
    student.get_by_role("button", name="Let Ines in").click()
    expect(student.locator(".talk .now")).to_contain_text("They said I might like to talk to somebody.")
    settled(student)

    _to_part(desk, "(arrival)")
    desk.get_by_label("The client says", exact=True).first.fill("My daughter said I might like to talk to somebody.")
    expect(desk.get_by_text("Saved as revision")).not_to_contain_text("revision 1,")
    settled(desk)
    _publish(desk, "It was her daughter.")
    student.locator(f"{ANSWERS} button").filter(has_text="Half past one it is.").click()
    expect(student.locator(".talk .now")).to_contain_text("That's a proper question.")
    expect(student.locator(".talk")).to_contain_text("They said I might like to talk to somebody.")

    desk.get_by_role("button", name="Versions").click()
    desk.get_by_role("heading", name="Compare").wait_for()
    settled(desk)
    expect(desk.locator("code").get_by_text("My daughter said I might").last).to_be_visible()
    desk.get_by_role("button", name="Restore version 1 as a draft").click()
    _saved(desk, 1)
    assert desk.url != address
    _to_part(desk, "(arrival)")
    expect(desk.get_by_label("The client says", exact=True).first).to_have_value(
        re.compile("They said I might like to talk")
    )


def test_two_who_type_in_one_draft_do_not_write_over_each_other_unseen(desk: Page, studio: Server) -> None:
    address = _begin(desk, studio, "Ines for two")
    _view(desk, "As text")
    other = desk.context.new_page()
    other.goto(address)
    _view(other, "As text")
    _behind(other, "language: en")
    _type(other, " # hers")
    _behind(desk, "minutes: 4")
    desk.keyboard.type("2", delay=15)
    desk.get_by_text("saved this draft while you were typing").wait_for()
    settled(desk)
    expect(desk.locator(".cm-content")).to_contain_text("language: en # hers")
    desk.get_by_role("button", name="Keep mine as a draft of its own").click()
    desk.get_by_text("Yours is a draft of its own now").wait_for()
    settled(desk)
    expect(desk.locator(".cm-content")).to_contain_text("language: en # hers")
    expect(desk.locator(".cm-content")).not_to_contain_text("minutes: 42")
    desk.goto(f"{studio.address}/studio")
    expect(desk.get_by_role("button", name="Write on at ines-for-two")).to_have_count(2)


def test_no_letter_is_lost_while_the_server_answers_and_the_editor_is_fetched_once_from_here(
    desk: Page, studio: Server
) -> None:
    elsewhere: list[str] = []
    scripts: list[str] = []
    frames: list[int] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((studio.address, "data:", "blob:")):
            elsewhere.append(request.url)
        if "/studio-editor/" in request.url:
            scripts.append(request.url)

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: frames.append(len(payload)))

    desk.on("request", asked)
    desk.on("websocket", opened)
    _begin(desk, studio, "Ines typing")
    _view(desk, "As text")
    frames.clear()
    _behind(desk, "language: en")
    desk.keyboard.type(" # abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz", delay=60)
    desk.wait_for_timeout(1500)
    settled(desk)
    desk.reload()
    settled(desk)
    expect(desk.locator(".cm-content")).to_contain_text(
        "# abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"
    )
    assert elsewhere == []
    assert len(set(scripts)) == 1
    assert max(frames) < 200_000, "the editor's script goes with every drawing"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_studio(browser: Browser, studio: Server, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()

    def clean(where: str) -> None:
        found = Axe().run(page)
        told = [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["any"]) for one in found.response["violations"]]
        assert not told, f"{where}, {scheme}: {told}"  # the package's own report knows no shadow roots

    address = _begin(page, studio, f"Ines in the {scheme}")
    clean("about the scenario")
    for part in ("The client", "(keys)", "Ending", "What the debrief says"):
        _to_part(page, part)
        clean(part)
    for view in ("Drawing", "Play", "Steps"):
        _view(page, view)
        clean(view)
    _view(page, "As text")
    page.locator(".cm-content").wait_for()
    clean("as text")
    _publish(page, "To look at it.")
    page.get_by_role("button", name="Versions").click()
    page.get_by_role("heading", level=1).wait_for()
    settled(page)
    clean("versions")
    page.goto(f"{studio.address}/studio")
    page.get_by_role("heading", name="Published").wait_for()
    settled(page)
    clean("studio")
    page.goto(f"{studio.address}/group?scenario=robin")
    page.get_by_role("button", name="Begin with the group").click()
    page.get_by_text("Your notes on this group").wait_for()
    settled(page)
    clean("group")
    assert address
    context.close()


def test_the_studio_fits_a_window_of_320(browser: Browser, studio: Server) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    _begin(page, studio, "Ines, small")

    def fits(where: str) -> None:
        widest = page.evaluate(
            """() => Math.max(document.documentElement.scrollWidth,
                     ...[...document.querySelectorAll('[data-testid="stMain"]')].map(e => e.scrollWidth))"""
        )
        assert widest <= 320, f"{where}: {widest}"

    fits("form")
    _to_part(page, "(keys)")
    fits("a moment")
    _view(page, "As text")
    page.locator(".cm-content").wait_for()
    fits("text")
    page.goto(f"{studio.address}/studio")
    page.get_by_role("heading", name="Drafts").wait_for()
    settled(page)
    fits("studio")
    context.close()
