"""From the HTML of a page to what a person reads: plain text, and who said what in the talk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

CLIENT = "client"
TRAINEE = "trainee"

_UNREAD = frozenset({"style", "script"})
_NEVER_CLOSED = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of the talk as it stands on the page: `who` is CLIENT or TRAINEE."""

    who: str
    words: str


def plain_text(html: str) -> str:
    """What is read of some HTML, on one line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _on_one_line(reader.text)


def talk_in(pieces: Iterable[str]) -> tuple[Line, ...]:
    """The turns of the talk in some pieces of HTML, in the order in which they are read."""
    reader = _Reader()
    for html in pieces:
        reader.feed(html)
    reader.close()
    return tuple(Line(who, _on_one_line(words)) for who, words in reader.turns)


def _on_one_line(words: list[str]) -> str:
    return " ".join(" ".join(words).split())


@dataclass(slots=True)
class _Open:
    """A tag that has not been closed: what turn it begins, and whether its text is left out of that turn."""

    tag: str
    turn: str | None
    left_out: bool


@dataclass
class _Reader(HTMLParser):
    text: list[str] = field(default_factory=list)
    turns: list[tuple[str, list[str]]] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NEVER_CLOSED:
            return
        classes = (dict(attrs).get("class") or "").split()
        turn = next((who for who in (CLIENT, TRAINEE) if who in classes), None)
        if turn:
            self.turns.append((turn, []))
        self._stack.append(_Open(tag, turn, "who" in classes))

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self._stack):
            while self._stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if any(one.tag in _UNREAD for one in self._stack):
            return
        self.text.append(data)
        if any(one.turn for one in self._stack) and not any(one.left_out for one in self._stack):
            self.turns[-1][1].append(data)
