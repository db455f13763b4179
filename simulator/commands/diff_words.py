"""What `simulator diff` says of each change within a part, in an instructor's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from simulator.commands.diff_pieces import Told, beside
from simulator.content.comparison import Change, What
from simulator.content.scenario import Scenario
from simulator.translation import translate as _
from simulator.translation import translate_plural


class ChangeWords:
    """Says changes of one pair of versions; names of people and states are the later version's."""

    def __init__(self, old: Scenario, new: Scenario) -> None:
        self.client = new.client.name
        self._new = new
        self._labels = {
            name: variable.label or name
            for client in (old.client, new.client)
            for name, variable in client.state.items()
        }
        self._by_kind: dict[What, Callable[[Change], Iterable[Told]]] = {
            What.WORDS: self._words,
            What.VARIANT_ADDED: self._variant,
            What.VARIANT_REMOVED: self._variant,
            What.VARIANT_WHEN: self._variant_when,
            What.VARIANT_ORDER: self._variant_order,
            What.MOVES: self._moves,
            What.WAYS: self._ways,
            What.FIELD: self._field,
        }

    def told(self, changes: Sequence[Change]) -> Iterator[Told]:
        """What is said of the changes of one part, in their order; its tags are told together."""
        tags = [change for change in changes if change.what is What.TAGS]
        for change in changes:
            if change in tags:
                if change is tags[0]:
                    yield from map(Told, _tags(tags))
            elif change.what in self._by_kind:
                yield from self._by_kind[change.what](change)

    def state(self, name: str) -> str:
        """What people call a state of the client's."""
        return self._labels.get(name, name)

    def _words(self, change: Change) -> Iterator[Told]:
        line, _dot, part = change.name.partition(".")
        told = {
            "client.says": _("{client} says"),
            "client.manner": _("What is seen of {client}"),
            "client.thought": _("What {client} thinks"),
            "reply.says": _("{client} answers"),
            "reply.manner": _("What is seen as {client} answers"),
            "reply.thought": _("What {client} thinks, answering"),
        }[f"{line}.{part}"].format(client=self.client)
        if change.when:
            told += _(", when {condition}").format(condition=change.when)
        elif self._variants(change) > 1:
            told += _(", in every other case")
        yield Told(told, change.old, change.new)

    def _variants(self, change: Change) -> int:
        """How many variants the line has now."""
        kind, name, *within = change.place
        if kind == "endings":
            line = self._new.endings[name].client
        else:
            node = self._new.nodes[name]
            line = node.choices[within[1]].reply if within else node.client
        return len(line or ())

    def _variant(self, change: Change) -> Iterator[Told]:
        added = change.what is What.VARIANT_ADDED
        if change.when is None and self._variants(change) == (1 if added else 0):
            told = _("{client} now answers") if added else _("{client} no longer answers")
            if change.name == "client":
                told = _("{client} now says") if added else _("{client} no longer says")
            yield Told(told.format(client=self.client), change.old, change.new)
            return
        if change.name == "reply":
            told = _("A new answer, heard {when}") if added else _("Gone: the answer heard {when}")
        else:
            told = _("A new line, heard {when}") if added else _("Gone: the line heard {when}")
        yield Told(told.format(when=heard(change.when)), change.old, change.new)

    def _variant_when(self, change: Change) -> Iterator[Told]:
        told = _("An answer is now heard {new}, not {old}")
        if change.name == "client":
            told = _("A line is now heard {new}, not {old}")
        yield Told(told.format(new=heard(change.new), old=heard(change.old)))

    def _variant_order(self, change: Change) -> Iterator[Told]:
        order = "; ".join(heard(when) for when in change.new)
        yield Told(_("What is heard is looked for in another order: {order}").format(order=order))

    def _moves(self, change: Change) -> Iterator[Told]:
        state = self.state(change.name)
        if not change.old:
            told = _("now moves {state} by {new}")
        elif not change.new:
            told = _("no longer moves {state} (it was {old})")
        else:
            told = _("moves {state} by {new} instead of {old}")
        said = told.format(state=state, new=f"{change.new:+d}", old=f"{change.old:+d}")
        if change.place[:2] == ("client", "reactions"):
            said = f"{change.place[2]} {said}"
        yield Told(said)

    def _ways(self, change: Change) -> Iterator[Told]:
        of_choice = "choices" in change.place
        if change.name == "leaves":
            told = _("When {client} gets up and goes").format(client=self.client)
        elif change.name == "otherwise":
            told = _("Where it goes with nothing left to say")
        else:
            told = _("Where it leads")
        simple = [ways[0][1] for ways in (change.old, change.new) if len(ways) == 1 and ways[0][0] is None]
        if len(simple) == 2:
            yield Told(f"{told}: " + _("{new} instead of {old}").format(old=simple[0], new=simple[1]))
        elif of_choice and not change.new:
            yield Told(_("no longer has a way of its own; it leads where its node does"))
        elif of_choice and not change.old:
            alone = change.new[0][1] if len(change.new) == 1 else None
            if alone:
                yield Told(_("now leads to {place}, not where its node leads").format(place=alone))
                return
            yield Told(_("now has ways of its own:"))
            yield from self._differing_ways([], list(map(_way, change.new)))
        else:
            yield Told(told + ":")
            yield from self._differing_ways(list(map(_way, change.old)), list(map(_way, change.new)))

    @staticmethod
    def _differing_ways(old: list[str], new: list[str]) -> Iterator[Told]:
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind != "equal":
                yield from (Told("", one, None) for one in old[a:b])
                yield from (Told("", None, one) for one in new[c:d])

    def _field(self, change: Change) -> Iterator[Told]:
        if isinstance(change.new, bool):
            yield Told(_of_truth(change))
        elif change.name == "when":
            yield Told(_asked(change))
        elif isinstance(change.old, tuple) and isinstance(change.new, tuple):
            yield from _listed(change)
        elif change.name == "weight":
            times = [translate_plural("once", "{n} times", one) for one in (change.new, change.old)]
            yield Told(_("counts {new} instead of {old}").format(new=times[0], old=times[1]))
        elif change.name in _prose():
            rule = change.place == ("debrief",)
            of = _(" of the rule that holds {when}").format(when=holds(change.when)) if rule else ""
            yield Told(_prose()[change.name] + of, change.old, change.new)
        elif change.name == "start" and change.place:
            yield beside(_("Starts at"), change.old, change.new)
        else:
            yield beside(_names().get(change.name, change.name), change.old, change.new)


def heard(when: str | None) -> str:
    """When a line is heard."""
    return _("in every other case") if when is None else _("when {condition}").format(condition=when)


def _way(way: tuple[str | None, str]) -> str:
    when, place = way
    return _("otherwise: {place}").format(place=place) if when is None else f"{heard(when)}: {place}"


def _prose() -> dict[str, str]:
    """Fields whose old and new words always stand under each other."""
    return {
        "title": _("The title"),
        "brief": _("The brief"),
        "facilitator": _("The notes for whoever leads a group"),
        "content_note": _("The content note"),
        "about": _("About"),
        "say": _("The words"),
        "does": _("The act"),
        "why": _("Why"),
        "summary": _("The summary"),
        "discloses": _("What is confided here"),
    }


def _names() -> dict[str, str]:
    return {
        "id": _("The id"),
        "level": _("How much it asks"),
        "minutes": _("Minutes"),
        "language": _("Language"),
        "rubric": _("The rubric"),
        "assesses": _("What it assesses"),
        "objectives": _("What it is for"),
        "topics": _("Topics"),
        "authors": _("Authors"),
        "review": _("Review"),
        "sources": _("Sources"),
        "equal_alternative": _("The equal alternative"),
        "start": _("It starts at"),
        "name": _("Name"),
        "pronouns": _("Pronouns"),
        "age": _("Age"),
        "label": _("Called"),
        "min": _("Lowest"),
        "max": _("Highest"),
        "outcome": _("Outcome"),
        "was": _("Earlier names"),
        "choose": _("The steps"),
        "ending": _("Ends at"),
        "hears": _("Hears"),
    }


def _of_truth(change: Change) -> str:
    told = {
        "scored": (_("now counts for the score"), _("no longer counts for the score")),
        "repeatable": (_("can now be taken again"), _("can now be taken only once")),
        "visible": (_("is now shown to the trainee"), _("is no longer shown to the trainee")),
        "early": (_("now ends the talk early"), _("no longer counts as an early end")),
        "unverified": (_("is now marked as unverified"), _("is no longer marked as unverified")),
    }
    return told[change.name][0 if change.new else 1]


def _asked(change: Change) -> str:
    if change.place == ("debrief",):
        return _("A rule now holds {new}, not {old}").format(new=holds(change.new), old=holds(change.old))
    if change.old is None:
        return _("is now offered only when {new}").format(new=change.new)
    if change.new is None:
        return _("is now always offered, not only when {old}").format(old=change.old)
    return _("is now offered when {new}, not when {old}").format(new=change.new, old=change.old)


def holds(when: str | None) -> str:
    """When a debrief rule holds."""
    return _("always") if when is None else _("when {condition}").format(condition=when)


def _listed(change: Change) -> Iterator[Told]:
    label = _names().get(change.name, change.name)
    gone = [one for one in change.old if one not in change.new]
    come = [one for one in change.new if one not in change.old]
    if not gone and not come:
        yield Told(_("{what}: in another order").format(what=label))
        return
    if change.name == "choose":
        yield Told(label + ":")
        for kind, a, b, c, d in SequenceMatcher(None, change.old, change.new, autojunk=False).get_opcodes():
            if kind != "equal":
                yield Told("", ", ".join(change.old[a:b]), ", ".join(change.new[c:d]))
        return
    if change.name in {"assesses", "topics", "authors", "was"}:
        yield beside(label, change.old, change.new)
        return
    yield Told(label + ":")
    yield from (Told("", one, None) for one in gone)
    yield from (Told("", None, one) for one in come)


def _tags(changes: Sequence[Change]) -> Iterator[str]:
    """What a choice is tagged now, in sentences."""
    by_name = {change.name: change for change in changes}
    gone = {name: [tag for tag in change.old if tag not in change.new] for name, change in by_name.items()}
    come = {name: [tag for tag in change.new if tag not in change.old] for name, change in by_name.items()}
    for source, target, told in (
        ("shows", "mistimed", _("{tags} now comes at the wrong moment")),
        ("mistimed", "shows", _("{tags} no longer comes at the wrong moment")),
    ):
        both = [tag for tag in gone.get(source, ()) if tag in come.get(target, ())]
        if both:
            gone[source] = [tag for tag in gone[source] if tag not in both]
            come[target] = [tag for tag in come[target] if tag not in both]
            yield told.format(tags=_and(both))
    for name, change in by_name.items():
        moment = _(" (at the wrong moment)") if name == "mistimed" else ""
        if set(change.old) == set(change.new):
            yield _("has its tags in another order: {tags}").format(tags=", ".join(change.new)) + moment
        elif told := _retagged(come[name], gone[name], alone=not change.old):
            yield told + moment


def _retagged(come: Sequence[str], gone: Sequence[str], *, alone: bool) -> str:
    if come and gone:
        return _("is now tagged {new} instead of {old}").format(new=_and(come), old=_and(gone))
    if gone:
        return _("is no longer tagged {old}").format(old=_and(gone))
    if not come:
        return ""
    told = _("is now tagged {new}") if alone else _("is now tagged {new} as well")
    return told.format(new=_and(come))


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{several} and {last}").format(several=", ".join(names[:-1]), last=names[-1])
