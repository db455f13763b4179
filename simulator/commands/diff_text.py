"""What `simulator diff` prints: what changed, part by part in the order of the file; then scores and attempts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from simulator.audit.comparison import Comparison, Extent
from simulator.commands.diff_pieces import Told, beside, quoted
from simulator.commands.diff_reading import Side
from simulator.commands.diff_scores import attempt_lines, in_short, score_lines
from simulator.commands.diff_words import ChangeWords, holds
from simulator.content.comparison import Change, Place, What
from simulator.content.scenario import Choice, Node
from simulator.drawing.words import clean
from simulator.translation import translate as _


def diff_lines(found: Comparison, old: Side, new: Side) -> Iterator[str]:
    """Everything, line by line."""
    extent = found.extent
    if extent is Extent.NOTHING:
        yield _("Nothing differs.")
    elif extent is Extent.SPACING:
        yield _("Only the file's spacing or comments differ.")
    elif extent is Extent.FORM:
        yield _("Only how the file is written differs: the order of its parts, or another form for the same thing.")
        if not found.comparable:
            yield from attempt_lines(found)
    else:
        title = clean(new.version.content.scenario.title)
        yield _("{title}: from {old} to {new}").format(title=title, old=clean(old.named), new=clean(new.named))
        yield from in_short(found)
        yield from _DiffText(found, old, new).lines()
        yield from score_lines(found)
        yield from attempt_lines(found)
        without = old.without_plays or new.without_plays
        if without:
            yield ""
            yield _("Plays were not compared: {why}.").format(why=without)


class _DiffText:
    """The changes as text, part by part."""

    def __init__(self, found: Comparison, old: Side, new: Side) -> None:
        self.found = found
        self.old = old
        self.new = new
        self.before = old.version.content.scenario
        self.after = new.version.content.scenario
        self.words = ChangeWords(self.before, self.after)

    def lines(self) -> Iterator[str]:
        """Every part that changed under its heading."""
        for part, of_part in groupby(self.found.changes, key=lambda change: _part(change.place)):
            changes = list(of_part)
            yield ""
            yield self._heading(part, changes)
            for place, of_place in groupby(changes, key=lambda change: _place(change.place)):
                yield from self._place_lines(place, list(of_place))

    def _heading(self, part: Place, changes: Sequence[Change]) -> str:
        if not part:
            return _("The scenario")
        if part == ("client",):
            return _("The client, {name}").format(name=clean(self.after.client.name))
        if part == ("debrief",):
            return _("The debrief")
        if part == ("plays",):
            return _("The plays")
        what = next((one for one in changes if one.place == part and one.what in _COMING_AND_GOING), None)
        if part[0] == "nodes":
            told = {None: _("At {name}"), What.ADDED: _("New: {name}"), What.REMOVED: _("Gone: {name}")}
        else:
            told = {
                None: _("Ending {name}"),
                What.ADDED: _("New ending: {name}"),
                What.REMOVED: _("Gone: ending {name}"),
            }
        renamed = _(", which was called {old}").format(old=what.old) if what and what.what is What.RENAMED else ""
        kind = what.what if what and what.what is not What.RENAMED else None
        return told[kind].format(name=part[1]) + renamed + self._line_of(part, gone=kind is What.REMOVED)

    def _line_of(self, place: Place, *, gone: bool = False) -> str:
        """Where it stands in the file, in brackets."""
        source = self.old.source if gone else self.new.source
        told = _(" (was line {line})") if gone else _(" (line {line})")
        return told.format(line=source.span(place, at_key=True).line)

    def _place_lines(self, place: Place, changes: Sequence[Change]) -> Iterator[str]:
        within = [change for change in changes if change.what not in {What.ADDED, What.REMOVED}]
        indent = "  "
        if within and (len(place) == 4 or place[:1] == ("plays",) or place[:2] == ("client", "state")):
            yield indent + self._subject(place, within)
            indent = "    "
        for told in self._told(place, within):
            yield from told.lines(indent)
        for change in changes:
            if change not in within:
                yield from self._whole(place, change)

    def _told(self, place: Place, changes: Sequence[Change]) -> Iterator[Told]:
        if place[:1] == ("plays",):
            for change in changes:
                if len(change.place) > 2:
                    told = self.words.state(change.name) if change.place[2] == "state" else self._criterion(change.name)
                    yield beside(_("Expects of {what}").format(what=told), change.old, change.new)
                else:
                    yield from self.words.told([change])
        else:
            yield from self.words.told(changes)

    def _criterion(self, name: str) -> str:
        known = self.found.new.content.behaviours.criteria.get(name)
        return known.title if known else name

    def _subject(self, place: Place, changes: Sequence[Change]) -> str:
        """What the changes below are about."""
        first = changes[0]
        renamed = _(", which was called {old}").format(old=first.old) if first.what is What.RENAMED else ""
        if place[0] == "plays":
            return _("Play {name}").format(name=place[1])
        if place[0] == "client":
            return _("State {name}").format(name=self.words.state(place[2]))
        heading = f"{place[3]}{renamed}{self._line_of(place)}"
        if {change.name for change in changes} & {"say", "does"}:
            return heading + ":"
        return f"{heading}: {quoted(self.after.nodes[place[1]].choices[place[3]].words)}"

    def _whole(self, place: Place, change: Change) -> Iterator[str]:
        """A part that came or went, with what it holds."""
        come = change.what is What.ADDED
        if len(place) == 4:
            told = _("New choice {name}") if come else _("Gone: choice {name}")
            yield "  " + told.format(name=place[3]) + self._line_of(place, gone=not come) + ":"
            yield from self._choice(place, come, "    ")
        elif place[0] == "nodes":
            yield from self._node(place, come)
        elif place[0] == "endings":
            yield from Told("", change.old, change.new).lines("")
        elif place[0] == "debrief":
            told = _("A new rule, holding {when}") if come else _("Gone: the rule holding {when}")
            yield from Told(told.format(when=holds(change.when)), change.old, change.new).lines("  ")
        elif place[0] == "plays":
            told = _("New play {name}") if come else _("Gone: play {name}")
            yield from Told(told.format(name=place[1]), change.old, change.new).lines("  ")
        else:
            told = _("New state {name}") if come else _("Gone: state {name}")
            yield "  " + told.format(name=self.words.state(place[2]))

    def _node(self, place: Place, come: bool) -> Iterator[str]:
        node: Node = (self.after if come else self.before).nodes[place[1]]
        for words in node.client:
            said = " ".join(part for part in (words.manner and f"({words.manner})", words.says) if part)
            asked = _("when {condition}: ").format(condition=" ".join(words.when.text.split())) if words.when else ""
            yield from _signed(asked + said, come, "  ")
        for choice in node.choices:
            yield f"  {choice}:"
            yield from self._choice((*place, "choices", choice), come, "    ")

    def _choice(self, place: Place, come: bool, indent: str) -> Iterator[str]:
        choice: Choice = (self.after if come else self.before).nodes[place[1]].choices[place[3]]
        yield from _signed(choice.words, come, indent)
        if not come:
            return
        tags = [*choice.shows, *(_("{tag} (at the wrong moment)").format(tag=tag) for tag in choice.mistimed)]
        if tags:
            yield from Told(_("tagged {tags}").format(tags=", ".join(tags))).lines(indent + "  ")
        moved = [f"{self.words.state(name)} {by:+d}" for name, by in choice.effects.items()]
        if moved:
            yield from Told(_("moves {states}").format(states=", ".join(moved))).lines(indent + "  ")
        if choice.when:
            asked = " ".join(choice.when.text.split())
            yield from Told(_("offered when {condition}").format(condition=asked)).lines(indent + "  ")
        if choice.goto:
            places = ", ".join(way.to for way in choice.goto)
            yield from Told(_("leads to {places}").format(places=places)).lines(indent + "  ")


_COMING_AND_GOING = {What.ADDED, What.REMOVED, What.RENAMED}


def _signed(words: str, come: bool, indent: str) -> Iterator[str]:
    return Told("", None, words).lines(indent[2:]) if come else Told("", words, None).lines(indent[2:])


def _part(place: Place) -> Place:
    """The heading that a change stands under."""
    return place[:2] if place[:1] in {("nodes",), ("endings",)} else place[:1]


def _place(place: Place) -> Place:
    """The part of its own that a change stands in; expectations of a play stand with the play."""
    return place[:2] if place[:1] == ("plays",) else place
