"""In which row each box stands: below everything that leads to it, as far as circles allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Link = tuple[str, str]


def rows_of(widths: Mapping[str, float], links: Iterable[Link], widest: float) -> list[list[str]]:
    """The boxes row by row. No row is wider than `widest` unless one box alone is.

    `widths` gives the boxes in the order in which they are looked at: the start first.
    """
    ends = [(source, target) for source, target in dict.fromkeys(links) if source != target]
    order = _downward(widths, ends)
    position = {place: number for number, place in enumerate(order)}
    before: dict[str, list[str]] = {place: [] for place in order}
    after: dict[str, list[str]] = {place: [] for place in order}
    for one, other in ends:
        upper, lower = sorted((one, other), key=position.__getitem__)
        before[lower].append(upper)
        after[upper].append(lower)
    depth: dict[str, int] = {}
    for place in order:
        depth[place] = max((depth[upper] + 1 for upper in before[place]), default=0)
    start = next(iter(widths), None)
    for place in reversed(order):
        if place != start and not before[place] and after[place]:  # what nothing leads to stands near what it leads to
            depth[place] = min(depth[lower] for lower in after[place]) - 1
    return _filled(sorted(order, key=lambda place: (depth[place], position[place])), before, depth, widths, widest)


def _downward(places: Iterable[str], links: Sequence[Link]) -> list[str]:
    """All places such that most links lead onward in the list; those that close a circle lead back.

    A depth-first search from the first place, turned round; with a list of its own in place of recursion.
    """
    after: dict[str, list[str]] = {place: [] for place in places}
    for source, target in links:
        after[source].append(target)
    left: list[str] = []
    seen: set[str] = set()
    led_to = {target for _source, target in links}
    first = next(iter(after), None)
    starts = [place for place in after if place == first or place not in led_to]
    for root in [*starts, *after]:
        if root in seen:
            continue
        seen.add(root)
        path = [(root, iter(after[root]))]
        while path:
            place, following = path[-1]
            onward = next(following, None)
            if onward is None:
                left.append(place)
                path.pop()
            elif onward not in seen:
                seen.add(onward)
                path.append((onward, iter(after[onward])))
    return left[::-1]


def _filled(
    order: Sequence[str],
    before: Mapping[str, Sequence[str]],
    depth: Mapping[str, int],
    widths: Mapping[str, float],
    widest: float,
) -> list[list[str]]:
    """Rows by depth; what does not fit any more moves down, and what follows it as well."""
    row_of: dict[str, int] = {}
    rows: list[list[str]] = []
    used: list[float] = []
    shift = 0 - min(depth.values(), default=0)
    for place in order:
        row = max((row_of[upper] + 1 for upper in before[place]), default=depth[place] + shift)
        while row < len(rows) and rows[row] and used[row] + widths[place] > widest:
            row += 1
        while len(rows) <= row:
            rows.append([])
            used.append(0)
        rows[row].append(place)
        used[row] += widths[place]
        row_of[place] = row
    return [row for row in rows if row]
