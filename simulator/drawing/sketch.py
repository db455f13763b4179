"""A scenario turned into the picture of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.content.scenario import Line, Scenario
from simulator.drawing.bundles import Bundles, Pair, bundled, is_mesh, plain
from simulator.drawing.notes import noted
from simulator.drawing.picture import Arrow, Box, Kind, Note, Picture
from simulator.drawing.walk import Hop, Path, hops_of
from simulator.drawing.ways import Join, joins_of, leavings_of
from simulator.drawing.wording import Wording, in_full
from simulator.drawing.words import clean, first_words
from simulator.translation import translate as _
from simulator.translation import translate_plural

LEAVING = "client.leaves"
"""The box from which the arrows come that a client who leaves takes, whatever the place."""


@dataclass(frozen=True, slots=True)
class Around:
    """Draw only what is within so many steps, forwards or backwards, of one place."""

    place: str
    steps: int = 2


def picture_of(scenario: Scenario, path: Path = (), told: str = "", around: Around | None = None) -> Picture:
    """The picture of a scenario; with a run drawn on it, of which `told` says whose it is.

    Raises:
        PathNotInStory: the path is not one of this scenario's.
    """
    hops = hops_of(scenario, path)
    every = joins_of(scenario)
    places = _places(scenario, every, around)
    joins = {pair: join for pair, join in every.items() if pair[0] in places and pair[1] in places}
    beyond = [join for pair, join in every.items() if (pair[0] in places) != (pair[1] in places)]
    mesh = is_mesh(len(places), sum(source != target for source, target in joins))
    kept = {(hop.source, hop.target) for hop in hops if not hop.leaving}
    bundles = bundled(joins, places, scenario.endings, kept) if mesh else plain(joins)
    frame_of = {member: frame.id for frame in bundles.frames for member in frame.members}
    wording = Wording()
    arrows = [*_arrows(bundles, hops, wording), *_leaving(scenario, hops, places, frame_of, wording)]
    notes = noted(bundles, beyond, places, wording, kept)
    boxes = [_box(scenario, place, hops, notes.get(place, ())) for place in places]
    boxes = [replace(box, asked_for=around is not None and box.id == around.place) for box in boxes]
    if scenario.client.leaves:
        boxes.append(Box(LEAVING, Kind.LEAVING, _("After any reply"), _("the client may leave")))
    return Picture(
        name=scenario.id,
        title=clean(scenario.title),
        boxes=tuple(boxes),
        arrows=tuple(arrows),
        frames=bundles.frames,
        key=wording.key,
        remarks=tuple(_remarks(scenario, bundles if mesh else None, places, around)),
        path=clean(told),
        noted=tuple((join.source, join.target) for join in bundles.notes),
    )


def _places(scenario: Scenario, joins: Iterable[Pair], around: Around | None) -> Sequence[str]:
    """The start, then everything else in the order of the script; only what is near, if that is asked for."""
    every = list(dict.fromkeys([scenario.start, *scenario.nodes, *scenario.endings]))
    if around is None:
        return every
    near = {around.place}
    for _step in range(around.steps):
        near |= {end for pair in joins if near & set(pair) for end in pair}
    near |= {leaving.to for leaving in scenario.client.leaves}
    return [place for place in every if place in near]


def _box(scenario: Scenario, place: str, hops: Sequence[Hop], notes: tuple[Note, ...]) -> Box:
    turns = tuple(dict.fromkeys(hop.turn for hop in hops if hop.source == place and hop.choice is not None))
    if hops and hops[-1].target == place:
        turns = (*turns, hops[-1].turn + 1)
    if ending := scenario.endings.get(place):
        words = _spoken(ending.client) if ending.client else ending.summary
        return Box(place, Kind(ending.outcome), place, first_words(words), early=ending.early, notes=notes, turns=turns)
    words = first_words(_spoken(scenario.nodes[place].client))
    return Box(place, Kind.NODE, place, words, start=place == scenario.start, notes=notes, turns=turns)


def _spoken(line: Line) -> str:
    """The words a line is known by: the first that are said, or what can be seen where nothing is."""
    for words in line:
        if words.says:
            return words.says
    return next((f"({words.manner})" for words in line if words.manner), "…")


def _arrows(bundles: Bundles, hops: Sequence[Hop], wording: Wording) -> Iterable[Arrow]:
    sizes = {frame.id: len(frame.members) for frame in bundles.frames}
    for (source, target), joins in bundles.drawn.items():
        covers = tuple((join.source, join.target) for join in joins)
        lines = _lines(joins, source, target, sizes, wording)
        told = [in_full(join) for join in joins]
        if len(joins) > 1 or covers[0] != (source, target):
            told = [f"{a} → {b}: {full}" for (a, b), full in zip(covers, told, strict=True)]
        yield Arrow(source, target, lines, " | ".join(told), covers, taken=_taken(hops, covers, leaving=False))


def _lines(
    joins: Sequence[Join], source: str, target: str, sizes: Mapping[str, int], wording: Wording
) -> tuple[str, ...]:
    common, others = wording.common(joins) if len(joins) > 1 else (wording.lines(joins[0]), False)
    if source in sizes:
        who = list(dict.fromkeys(join.source for join in joins))
        common = (_from(who, sizes[source]), *common)
    if target in sizes:
        whom = list(dict.fromkeys(join.target for join in joins))
        common = (*common, _("to {places}").format(places=", ".join(whom)))
    return (*common, _("some on other conditions")) if others else common


def _from(places: Sequence[str], of: int) -> str:
    if len(places) <= 2:
        return _("from {places}").format(places=", ".join(places))
    if len(places) == of:
        return _("from all {n} places").format(n=of)
    return _("from {n} of {all} places").format(n=len(places), all=of)


def _taken(hops: Iterable[Hop], covers: Sequence[Pair], *, leaving: bool) -> tuple[str, ...]:
    taken = [hop for hop in hops if (hop.source, hop.target) in covers and hop.leaving is leaving]
    return tuple(f"{hop.turn} {hop.choice or ''}".strip() for hop in taken)


def _leaving(
    scenario: Scenario, hops: Sequence[Hop], places: Sequence[str], frame_of: Mapping[str, str], wording: Wording
) -> Iterable[Arrow]:
    for target, asks in leavings_of(scenario).items():
        everywhere = tuple((node, target) for node in scenario.nodes if node in places)
        lines = tuple(wording.short(ask) for ask in asks)
        yield Arrow(LEAVING, frame_of.get(target, target), lines, "; ".join(asks), everywhere, leaving=True)
    for hop in hops:
        if hop.leaving and hop.source in places and hop.target in places:
            pair = (hop.source, hop.target)
            ends = (frame_of.get(hop.source, hop.source), frame_of.get(hop.target, hop.target))
            if ends[0] == ends[1]:
                ends = pair
            who = (_from([hop.source], 1),) if ends[0] != hop.source else ()
            yield Arrow(*ends, who, _("the client leaves"), (pair,), True, _taken(hops, (pair,), leaving=True))


def _remarks(
    scenario: Scenario, bundles: Bundles | None, places: Sequence[str], around: Around | None
) -> Iterable[str]:
    every = len(scenario.nodes) + len(scenario.endings)
    if around:
        within = translate_plural("{n} arrow", "{n} arrows", around.steps)
        yield _("Only what is within {within} of '{place}' is drawn: {n} of {all} places.").format(
            within=within, place=around.place, n=len(places), all=every
        )
    if bundles is None:
        return
    yield _("To keep this readable, arrows are put together; nothing is left out.")
    if bundles.frames:
        yield _("A frame holds a hub and what leads back to it; an arrow from it stands for several of its places.")
    if bundles.notes or bundles.exits:
        yield _("A line that begins with an arrow inside a box names where else it leads.")
    if bundles.is_tree:
        yield _("Only the soonest way to every place is drawn as an arrow; all other ways are such lines.")
