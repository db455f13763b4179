"""Every interface text passes the translation function: under a pseudo-language none is left in English."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from simulator import translation
from tests.pages.conftest import App
from tests.robin import PROJECT, STEPS


class Bracketed(gettext.NullTranslations):
    """A language in which every message stands in brackets, its placeholders kept."""

    def gettext(self, message: str) -> str:
        """The message in brackets."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The fitting form in brackets."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture
def bracketed() -> Iterator[None]:
    """The app in the pseudo-language."""
    translation.use(Bracketed())
    yield
    translation.use(None)


def _author_words(library: Path) -> set[str]:
    """Everything in the content files: what authors write is not interface text."""
    words: set[str] = set()

    def gather(part: object) -> None:
        if isinstance(part, dict):
            for key, value in part.items():
                words.add(str(key))
                gather(value)
        elif isinstance(part, list):
            for item in part:
                gather(item)
        else:
            words.update(" ".join(line.split()) for line in str(part).replace("- ", "\n").splitlines())
            words.add(" ".join(str(part).split()))

    for path in (*library.rglob("*.yaml"), PROJECT / "support" / "en.yaml"):
        gather(yaml.safe_load(path.read_text(encoding="utf-8")))
    return {word for word in words if word}


_NEITHER = re.compile(
    r"scenarios/\S+\.yaml"  # a file's own name
    r"|SIM\d{3}"
    r"|\d{4}-\d\d-\d\d( \d\d:\d\d)?"
)


def _left_in_english(app: App, library: Path) -> list[str]:
    """What can be read on the page and is neither bracketed nor an author's."""
    authors = sorted(_author_words(library), key=len, reverse=True)
    found = []
    for line in app.text.splitlines():
        rest = re.sub(r"\\([^\w\s])", r"\1", line.replace("\u2060", ""))
        while "⟦" in rest and (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", rest)) != rest:
            rest = shorter
        rest = _NEITHER.sub("", " ".join(rest.strip("*").split()))
        for words in authors:
            rest = rest.replace(words, "")
        if re.search(r"[^\W\d_]{2,}", rest):
            found.append(line)
    return found


def _check(app: App, library: Path) -> None:
    assert "⟦" in app.text
    assert _left_in_english(app, library) == []


def test_the_search_finds_a_text_that_was_forgotten(app: App, library: Path, bracketed: None) -> None:
    app.open()
    translation.use(None)
    app.at.run()
    assert "Who would you like to meet?" in _left_in_english(app, library)


def test_every_page_of_a_practice_talk_is_translated(app: App, library: Path, bracketed: None) -> None:
    _check(app.open(), library)
    _check(app.press("Meet"), library)
    _check(app.press("Let"), library)
    for step in STEPS:
        _check(app.press(f"small thing at step {step}"), library)
    _check(app.press("To the debrief"), library)
    app.press("What if you had answered otherwise?")
    _check(app, library)
    for place in ("attempts", "progress", "library"):
        _check(App().open(place), library)


def test_every_page_of_an_assessment_and_every_empty_page_is_translated(
    app: App, library: Path, bracketed: None
) -> None:
    for place in ("attempts", "progress", "conversation", "debrief", "brief", "what_if"):
        _check(App().open(place), library)
    app.open().press("Meet").press("Let").press("warm thing at step one")
    app.press("Take this turn back")
    _check(app.press("Pause"), library)


def test_the_template_of_translations_is_not_stale() -> None:
    keywords = {"translate": None, "_": None, "translate_plural": (1, 2)}
    in_code: set[str] = set()
    for _file, _line, message, _comments, _context in extract_from_dir(
        PROJECT / "simulator", method_map=[("**.py", "python")], keywords=keywords
    ):
        in_code.add(message[0] if isinstance(message, tuple) else message)
    template = read_po(BytesIO((PROJECT / "simulator" / "locale" / "simulator.pot").read_bytes()))
    kept = {message.id[0] if isinstance(message.id, tuple) else message.id for message in template if message.id}
    kept.discard("Counselling Simulator")  # it stands in streamlit_app.py
    assert kept == in_code, "renew the template; babel.cfg says how"
