"""The trace of a step in sentences that need no knowledge of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.content.library import Content
from simulator.session.situation import Spoken
from simulator.session.trace import Asked, Moved, Trace, Weighed, Went
from simulator.translation import translate as _
from simulator.views.states import label_of
from simulator.views.studio.names import shortened


def told_steps(content: Content, trace: Trace) -> Iterator[str]:
    """One sentence for everything that decided the step."""
    for moved in trace.moved:
        yield _moved(content, moved)
    for behaviour in trace.unmoved:
        told = _("{behaviour} was for another moment, so {name} does not react to it.")
        yield told.format(behaviour=_behaviour(content, behaviour), name=content.scenario.client.name)
    if not trace.moved:
        yield _("Nothing moves in {name}.").format(name=content.scenario.client.name)
    for weighed in trace.weighed:
        yield _weighed(content, weighed)
    for went in trace.went:
        yield _went(content, went)


def _moved(content: Content, moved: Moved) -> str:
    causes = ", ".join(
        f"{_behaviour(content, cause.behaviour) if cause.behaviour else _('what this answer does besides')} "
        f"{cause.amount:+d}"
        for cause in moved.causes
    )
    state = label_of(moved.state, content.scenario.client.state[moved.state])
    told = _("{state} {before} → {after}: {causes}.").format(
        state=state, before=moved.before, after=moved.after, causes=causes
    )
    return f"{told} {_('It goes no further.')}" if moved.held_back else told


def _weighed(content: Content, weighed: Weighed) -> str:
    where = {
        Spoken.REPLY: _("The reply"),
        Spoken.NODE: _("What {name} says next").format(name=content.scenario.client.name),
        Spoken.ENDING: _("The last words"),
    }[weighed.part]
    told = _("{where} is form {n} of {all}").format(where=where, n=weighed.said, all=weighed.forms)
    return f"{told}: {_asked(weighed.asked)}."


def _went(content: Content, went: Went) -> str:
    asked = f": {_asked(went.asked)}" if went.asked else ""
    place = _place(content, went.to)
    if went.leaving:
        return _("{name} goes, to {place}").format(name=content.scenario.client.name, place=place) + asked + "."
    if went.passing:
        return _("Nothing was left to answer there, so the talk goes on to {place}").format(place=place) + asked + "."
    return _("The talk goes to {place}").format(place=place) + asked + "."


def _place(content: Content, place: str) -> str:
    if place in content.scenario.endings:
        return _("the ending {name}").format(name=place)
    words = content.scenario.nodes[place].client[-1]
    return f"“{shortened(words.says or words.manner or words.thought or '', 40)}” ({place})"


def _asked(asked: Iterable[Asked]) -> str:
    return "; ".join(_one(one) for one in asked)


def _one(asked: Asked) -> str:
    values = ", ".join(f"{name} {value}" for name, value in asked.states)
    held = _("“{condition}” holds") if asked.held else _("“{condition}” does not hold")
    told = held.format(condition=asked.text)
    return f"{told} ({values})" if values else told


def _behaviour(content: Content, behaviour: str) -> str:
    known = content.behaviours.behaviours.get(behaviour)
    return known.title if known is not None else behaviour
