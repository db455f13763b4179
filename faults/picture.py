"""A page as the messages of a Streamlit server draw it: what stands where, and what has become stale."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from faults.transcript import Line, plain_text, talk_in

Path = tuple[int, ...]

_ESCAPED = re.compile(r"\\(.)")
_WORD_JOINER = "\u2060"


@dataclass(frozen=True, slots=True)
class Button:
    """A button on the page. `key` is the one its author gave it; empty where there is none."""

    label: str
    key: str
    id: str
    disabled: bool
    fragment_id: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A sentence in a box. `kind` is error, warning, info or success."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """An element or a container, with the run and the fragment that drew it."""

    thing: Element | Block
    run: str
    fragment_id: str


class Picture:
    """What is on the screen. Feed it every message in order; ask it at any time, also half-way through a run."""

    def __init__(self) -> None:
        self._placed: dict[Path, _Placed] = {}
        self._run = ""
        self._fragments: frozenset[str] = frozenset()
        self.page_script_hash = ""
        self.page = ""
        self.query_string = ""

    def draw(self, message: ForwardMsg) -> None:
        """Take one message in."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._run = message.metadata.run.script_run_id
            self._fragments = frozenset(message.metadata.run.fragment_ids)
            self.page_script_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._go_to(message)
        elif kind == "page_info_changed":
            self.query_string = message.page_info_changed.query_string
        elif kind == "delta":
            self._place(message)
        elif kind == "script_finished":
            self._clear_stale(message.script_finished)

    def _go_to(self, message: ForwardMsg) -> None:
        self.page_script_hash = message.navigation.page_script_hash
        for page in message.navigation.app_pages:
            if page.page_script_hash == self.page_script_hash:
                self.page = "" if page.is_default else page.url_pathname

    def _place(self, message: ForwardMsg) -> None:
        path, delta = tuple(message.metadata.delta_path), message.delta
        kind = delta.WhichOneof("type")
        if kind == "new_element":
            self._remove_below(path)
            self._placed[path] = _Placed(delta.new_element, self._run, delta.fragment_id)
        elif kind == "add_block":
            self._placed[path] = _Placed(delta.add_block, self._run, delta.fragment_id)

    def _remove_below(self, path: Path) -> None:
        depth = len(path)
        for one in [one for one in self._placed if one[:depth] == path and one != path]:
            del self._placed[one]

    def _clear_stale(self, how: ForwardMsg.ScriptFinishedStatus.ValueType) -> None:
        if how == ForwardMsg.FINISHED_SUCCESSFULLY:
            self._placed = {path: one for path, one in self._placed.items() if one.run == self._run}
        elif how == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
            self._placed = {
                path: one
                for path, one in self._placed.items()
                if one.run == self._run or one.fragment_id not in self._fragments
            }

    def _elements(self) -> Iterator[tuple[Element, str]]:
        for path in sorted(self._placed):
            one = self._placed[path]
            if isinstance(one.thing, Element):
                yield one.thing, one.fragment_id

    def texts(self) -> tuple[str, ...]:
        """All that is read on the page, from top to bottom: headings, texts, alerts and containers' titles."""
        found = []
        for path in sorted(self._placed):
            thing = self._placed[path].thing
            text = _text_of_element(thing) if isinstance(thing, Element) else _text_of_block(thing)
            if text:
                found.append(text)
        return tuple(found)

    def buttons(self) -> tuple[Button, ...]:
        """The buttons, from top to bottom."""
        return tuple(
            Button(_as_read(one.button.label), _key_in(one.button.id), one.button.id, one.button.disabled, fragment_id)
            for one, fragment_id in self._elements()
            if one.WhichOneof("type") == "button"
        )

    def widget(self, key: str) -> str:
        """The id of the widget with this key; empty where the page has none."""
        for element, _ in self._elements():
            kind = element.WhichOneof("type")
            widget_id = str(getattr(getattr(element, kind), "id", "")) if kind else ""
            if widget_id and _key_in(widget_id) == key:
                return widget_id
        return ""

    def widgets(self) -> frozenset[str]:
        """The ids of all widgets."""
        kinds = ((element, element.WhichOneof("type")) for element, _ in self._elements())
        return frozenset(str(getattr(getattr(element, kind), "id", "")) for element, kind in kinds if kind)

    def alerts(self) -> tuple[Alert, ...]:
        """The sentences in boxes."""
        return tuple(
            Alert(type(one.alert).Format.Name(one.alert.format).lower(), _as_read(one.alert.body))
            for one, _ in self._elements()
            if one.WhichOneof("type") == "alert"
        )

    def exceptions(self) -> tuple[str, ...]:
        """What the page shows of faults that nobody has caught: there should never be any."""
        return tuple(
            f"{one.exception.type}: {one.exception.message}"
            for one, _ in self._elements()
            if one.WhichOneof("type") == "exception"
        )

    def talk(self) -> tuple[Line, ...]:
        """The turns of the conversation on the page."""
        return talk_in(one.html.body for one, _ in self._elements() if one.WhichOneof("type") == "html")


def _as_read(markdown: str) -> str:
    """Markdown without the marks that only keep it from being read as markup."""
    return _ESCAPED.sub(r"\1", markdown.replace(_WORD_JOINER, ""))


def _key_in(widget_id: str) -> str:
    key = widget_id.split("-", 2)[-1] if widget_id.startswith("$$ID-") else ""
    return "" if key == "None" else key


def _text_of_block(block: Block) -> str:
    kind = block.WhichOneof("type")
    if kind == "expandable":
        return block.expandable.label
    if kind == "dialog":
        return block.dialog.title
    return block.tab.label if kind == "tab" else ""


def _text_of_element(element: Element) -> str:
    kind = element.WhichOneof("type")
    if kind == "html":
        return plain_text(element.html.body)
    if kind == "bidi_component":
        return _announced(element.bidi_component.json)
    if kind in {"exception", "progress", "metric"}:
        return str(getattr(getattr(element, kind), "message" if kind == "exception" else "label", ""))
    shown = getattr(element, kind) if kind else None
    return _as_read(str(getattr(shown, "body", None) or getattr(shown, "label", "") or "")) if kind != "button" else ""


def _announced(data: str) -> str:
    """What a component is given to read out, if that is what it does."""
    try:
        told = json.loads(data or "null")
    except ValueError:
        return ""
    return str(told.get("text", "")) if isinstance(told, dict) else ""
