"""A mesh made readable: hubs put into frames with the places around them, and arrows turned into notes.

Nothing is left out: every pair of places is drawn, or stands for itself within an arrow of a frame, or is noted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from simulator.drawing.picture import Frame
from simulator.drawing.ways import Join
from simulator.translation import translate as _

Pair = tuple[str, str]

DENSE = 2.2
"""Arrows for each place from which on a drawing is bundled."""

MANY = 60
"""Places from which on a drawing is bundled, however few its arrows."""

AIRY = 1.5
"""Arrows for each place that bundling aims at."""

_SPOKES, _SOURCES, _MOST_OF_ALL = 3, 4, 0.8


@dataclass
class Bundles:
    """What is drawn between whom, and what is noted instead.

    `drawn` maps a pair of boxes or frames to the pairs of places that its one arrow stands for. `notes` are the pairs
    that are not drawn at all; `exits` those that an arrow of a frame stands for, to be named in their own boxes too.
    In a tree only the soonest way to each place is drawn.
    """

    drawn: dict[Pair, list[Join]] = field(default_factory=dict)
    notes: list[Join] = field(default_factory=list)
    exits: list[Join] = field(default_factory=list)
    frames: tuple[Frame, ...] = ()
    is_tree: bool = False


def is_mesh(places: int, arrows: int) -> bool:
    """Whether a drawing with all its arrows would be one that nobody can read."""
    return places > MANY or arrows > DENSE * places


def plain(joins: Mapping[Pair, Join]) -> Bundles:
    """Every arrow drawn, apart from those that come back to their own place."""
    bundles = Bundles()
    for pair, join in joins.items():
        if pair[0] == pair[1]:
            bundles.notes.append(join)
        else:
            bundles.drawn[pair] = [join]
    return bundles


def bundled(joins: Mapping[Pair, Join], places: Sequence[str], endings: Collection[str], kept: set[Pair]) -> Bundles:
    """The arrows put together until they can be followed. Those in `kept` are drawn wherever both ends are boxes."""
    bundles = Bundles(frames=_frames(joins, places))
    frame_of = {member: frame.id for frame in bundles.frames for member in frame.members}
    hubs = {frame.members[0] for frame in bundles.frames}
    for (source, target), join in joins.items():
        inside = frame_of.get(source), frame_of.get(target)
        back_to_hub = target in hubs and inside[0] == inside[1] and (source, target) not in kept
        if source == target or back_to_hub:
            bundles.notes.append(join)
        elif inside[0] == inside[1]:
            bundles.drawn[source, target] = [join]
        else:
            ends = inside[0] or source, inside[1] or target
            bundles.drawn.setdefault(ends, []).append(join)
            if inside[0]:
                bundles.exits.append(join)
    _thin_out(bundles, places, endings, kept)
    return bundles


def _frames(joins: Mapping[Pair, Join], places: Sequence[str]) -> tuple[Frame, ...]:
    before: dict[str, set[str]] = {place: set() for place in places}
    after: dict[str, set[str]] = {place: set() for place in places}
    for source, target in joins:
        if source != target:
            before[target].add(source)
            after[source].add(target)
    spokes = {hub: [place for place in places if place in after[hub] & before[hub]] for hub in places}
    free = dict.fromkeys(places)
    frames = []
    for hub in sorted(places, key=lambda place: -len(spokes[place])):
        around = [place for place in spokes[hub] if place in free]
        if hub not in free or len(around) < _SPOKES:
            continue
        members = dict.fromkeys([hub, *around])
        while more := [
            place
            for place in free
            if place not in members and place != places[0] and before[place] and before[place] <= members.keys()
            if after[place] & members.keys()
        ]:
            members.update(dict.fromkeys(more))
        if len(members) > _MOST_OF_ALL * len(places):
            continue
        for member in members:
            free.pop(member, None)
        frames.append(Frame(f"frame.{hub}", _("Around {place}").format(place=hub), tuple(members)))
    return tuple(frames)


def _thin_out(bundles: Bundles, places: Sequence[str], endings: Collection[str], kept: set[Pair]) -> None:
    """Turn arrows into notes until few enough are left: first those into endings, then those into busy places.

    Where that is not enough, or the story is a tangle, only the soonest way to every place is drawn, a tree.
    """
    into: dict[str, list[Pair]] = {}
    for pair, joins in bundles.drawn.items():
        if not any((join.source, join.target) in kept for join in joins):
            into.setdefault(pair[1], []).append(pair)
    enough = AIRY * len(places)
    tangled = len(bundles.drawn) > DENSE * len(places)
    for target, pairs in sorted(into.items(), key=lambda found: -len(found[1])):
        if len(pairs) >= _SOURCES and (target in endings or (len(bundles.drawn) > enough and not tangled)):
            _note(bundles, pairs)
    if tangled or len(bundles.drawn) > enough:
        bundles.is_tree = True
        frame_of = {member: frame.id for frame in bundles.frames for member in frame.members}
        inside = {pair for pair in bundles.drawn if pair[0] in frame_of and pair[1] in frame_of}
        outer = [pair for pair in bundles.drawn if pair not in inside]
        soonest = soonest_ways(dict.fromkeys(frame_of.get(place, place) for place in places), outer)
        soonest |= soonest_ways([member for frame in bundles.frames for member in frame.members], inside)
        _note(bundles, [pair for pairs in into.values() for pair in pairs if pair not in soonest])


def _note(bundles: Bundles, pairs: Iterable[Pair]) -> None:
    for pair in pairs:
        joins = bundles.drawn.pop(pair, [])
        bundles.notes += joins
        bundles.exits = [join for join in bundles.exits if join not in joins]


def soonest_ways(places: Iterable[str], links: Iterable[Pair]) -> set[Pair]:
    """For every place the link by which it is come to first, breadth first from the first place onward."""
    after: dict[str, list[str]] = {}
    for source, target in links:
        after.setdefault(source, []).append(target)
    ways: set[Pair] = set()
    seen: set[str] = set()
    for root in places:
        waiting = [] if root in seen else [root]
        seen.add(root)
        for place in waiting:
            for target in after.get(place, ()):
                if target not in seen:
                    seen.add(target)
                    ways.add((place, target))
                    waiting.append(target)
    return ways
