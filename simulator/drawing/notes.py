"""What boxes say in place of arrows that are not drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from simulator.drawing.bundles import Bundles, Pair
from simulator.drawing.picture import Note
from simulator.drawing.ways import Join
from simulator.drawing.wording import Wording
from simulator.translation import translate as _
from simulator.translation import translate_plural


def noted(
    bundles: Bundles, beyond: Iterable[Join], places: Collection[str], wording: Wording, kept: set[Pair]
) -> dict[str, tuple[Note, ...]]:
    """The notes of every box that has any. `beyond` are arrows of which one end is not drawn."""
    notes: dict[str, list[Note]] = {}
    for source, joins in _by_source(bundles.notes).items():
        notes.setdefault(source, []).extend(_loops_and_leads(joins, wording, kept))
    common = {id(join): wording.common(joins)[0] for joins in bundles.drawn.values() for join in joins}
    for source, joins in _by_source(bundles.exits).items():
        notes.setdefault(source, []).extend(_exits(joins, common, wording, kept))
    named = Counter(join.target for join in bundles.notes if join.source != join.target)
    for target, count in named.items():
        told = translate_plural("{n} place that names it", "{n} places that name it", count)
        notes.setdefault(target, []).append(Note(f"← {told}"))
    for place, note in _cut(beyond, places):
        notes.setdefault(place, []).append(note)
    return {place: tuple(several) for place, several in notes.items()}


def _by_source(joins: Iterable[Join]) -> dict[str, list[Join]]:
    found: dict[str, list[Join]] = {}
    for join in joins:
        found.setdefault(join.source, []).append(join)
    return found


def _loops_and_leads(joins: Sequence[Join], wording: Wording, kept: set[Pair]) -> Iterable[Note]:
    alike: dict[tuple[str, ...], list[str]] = {}
    for join in joins:
        lines = wording.brief(join)
        if join.source == join.target:
            again = "; ".join(lines) or _("every choice")
            yield Note(f"↻ {again}", (join.source, join.target) in kept)
        else:
            alike.setdefault(lines, []).append(join.target)
    for lines, targets in alike.items():
        yield Note(f"→ {', '.join(targets)}" + (f": {'; '.join(lines)}" if lines else ""))


def _exits(
    joins: Sequence[Join], common: Mapping[int, tuple[str, ...]], wording: Wording, kept: set[Pair]
) -> Iterable[Note]:
    """Names of what the frame's arrows lead to; conditions only where they differ from those on the arrow."""
    plainly: list[str] = []
    for join in joins:
        lines = wording.brief(join)
        taken = (join.source, join.target) in kept
        if lines == common.get(id(join)) and not taken:
            plainly.append(join.target)
        else:
            told = "" if lines == common.get(id(join)) else "; ".join(lines) or _("every choice")
            yield Note(f"→ {join.target}" + (f": {told}" if told else ""), taken)
    if plainly:
        yield Note(f"→ {', '.join(plainly)}")


def _cut(beyond: Iterable[Join], places: Collection[str]) -> Iterable[tuple[str, Note]]:
    onward: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for join in beyond:
        if join.source in places:
            onward.setdefault(join.source, []).append(join.target)
        else:
            before.setdefault(join.target, []).append(join.source)
    for sign, found in (("→", onward), ("←", before)):
        for place, others in found.items():
            yield place, Note(f"{sign} " + _("{places} (not drawn)").format(places=", ".join(others)))
