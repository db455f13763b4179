"""What authors write is text wherever it is shown: every field of every file is hostile here, on every page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
import yaml

from tests.pages.conftest import App
from tests.pages.noor import SCENARIO
from tests.pages.reading import AUTHOR_FIELDS, everything_sent

HOSTILE = (
    '</p></div><script>window.hacked=1</script><img src=x onerror="window.hacked=1"> " onmouseover="x '
    "![p](http://127.0.0.1:9/p.png) [l](http://127.0.0.1:9) **b** `c` ~~d~~ :material/home: :red[r] $x^2$ "
    "https://127.0.0.1:9/ www.example.org mail@example.org &lt;b&gt; {name}"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OURS = _words("div p span ul li h1 h2 h3 strong table thead tbody tr th td i style")
_HARMLESS = _words("class style scope tabindex role colspan aria-label aria-hidden")
_LIVE = re.compile(
    r"!\[|\]\(|<|\*\*|`|~~|\$|:material/|:red\[|https?:(?!\u2060)|www(?=\.)|(?<!\u2060)@(?!\u2060)|^#|\{name\}"
)


def _hostile(part: Any, key: str = "", path: str = "") -> Any:
    """The same file with hostile words in the place of an author's; each says in which field it stands."""
    if isinstance(part, dict):
        return {name: _hostile(value, str(name), f"{path} {name}") for name, value in part.items()}
    if isinstance(part, list):
        return [_hostile(value, key, path) for value in part]
    if not isinstance(part, str) or (key == "about" and path.startswith(" debrief")):  # a criterion's id, that is
        return part
    return f"{path.strip()} {HOSTILE}" if key in AUTHOR_FIELDS - {"when"} or key == "client" else part


def _rewrite(path: Path, text: str) -> None:
    changed = _hostile(yaml.safe_load(text))
    path.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture
def hostile(library: Path) -> Path:
    """A library in which every text of every file is hostile."""
    for path in (library / "rubrics").glob("*.yaml"):
        _rewrite(path, path.read_text("utf-8"))
    _rewrite(library / "scenarios" / "robin.yaml", (library / "scenarios" / "robin.yaml").read_text("utf-8"))
    review = "content_note: A note.\nreview: {status: reviewed, who: X, when: now}\nbrief:"
    reviewed = SCENARIO.replace("brief:", review, 1)
    _rewrite(library / "scenarios" / "noor.yaml", reviewed)
    (library / "support").mkdir()
    _rewrite(
        library / "support" / "en.yaml",
        "{format: 1, emergency: E, contact: C, helplines: [{name: N, reach: R, hours: H, checked: C, source: S}]}",
    )
    return library


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.found |= {f"{tag} {name}" for name, _ in attrs if name not in _HARMLESS}

    def handle_endtag(self, tag: str) -> None:
        self.found.add(tag)


_OUR_WAYS = re.compile(r'<a href="/(?:set-up|sign-in|sign-out)" target="_self">([^<]*)</a>')
"""Links to the way in, whose every letter is ours."""


def _foreign_tags(body: str) -> set[str]:
    tags = _Tags()
    tags.feed(body)
    return tags.found - _OURS


def _check(app: App) -> None:
    """Nothing that was sent has a tag, a link, an icon or emphasis that an author put there."""
    seen = False
    for name, text in everything_sent(app.at._tree):
        seen = seen or "hacked" in text
        if name == "Html/body":
            text = _OUR_WAYS.sub(r"\1", text)
            assert not _foreign_tags(text), text
            opened, closed = len(re.findall(r"<div\b", text)), text.count("</div>")
            assert opened == closed, text
        elif name not in {"VegaLiteChart/spec", "BidiComponent/json"}:
            assert not _LIVE.search(re.sub(r"\\[^\w\s]", "", text)), (name, text)
    assert seen, "the page shows nothing of an author's"


def test_the_check_itself_finds_live_text() -> None:
    assert _foreign_tags(f"<p>{HOSTILE}</p>") >= {"script", "img", "img src", "img onerror"}
    for live in HOSTILE.split(" ")[6:13]:
        assert _LIVE.search(live), live


def test_in_the_library_the_brief_and_a_practice_talk(app: App, hostile: Path) -> None:
    _check(app.open())
    _check(app.open("brief", scenario="noor"))
    _check(app.press("Let "))
    _check(app.press("closer say"))
    _check(app.press("Pause"))
    _check(app.press("day choices wait does"))


def test_in_the_debrief_what_if_attempts_and_progress(app: App, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []
    monkeypatch.setattr(st, "download_button", lambda *_, data, **__: printed.append(data))
    app.open("brief", scenario="noor").press("Let ").press("secret say").press("Take this turn back")
    _check(app.press("closer say").press("day choices wait does").press("To the debrief"))
    assert app.at.warning, "an incident should stand here"
    app.at.button(key="what-if-3").click().run()
    _check(app)
    _check(app.press("door choices open say"))
    _check(app.open("attempts"))
    _check(app.open("progress"))
    head, _, body = printed[-1].partition("<body>")
    assert _foreign_tags(body) == {"main", "body", "html"}
    assert "<script" not in head and "<img" not in head


def test_on_the_page_for_authors(app: App, hostile: Path) -> None:
    path = hostile / "scenarios" / "noor.yaml"
    broken = path.read_text("utf-8").replace("start: door", "'<script>hacked=1</script>': 1\nstart: '![x](http://h)'")
    path.write_text(broken, encoding="utf-8")
    _check(app.open("authors"))
    assert "<script>hacked=1</script>" in app.text
