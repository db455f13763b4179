"""Where the cells of a layered drawing stand: arrows straight where they can be, and nothing upon anything else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from math import inf

from simulator.drawing.cells import Cell, Grid

BESIDE = 22.0
"""Room between two boxes of a row."""

_STRAIGHT, _ROUNDS, _TO_MIDDLE = 12.0, 44, 0.05


def spread(wanted: Sequence[float], apart: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Positions in the given order, at least `apart` from each other, and as near as can be to those wanted.

    Exact for the sum of weighted squares: pool adjacent violators (M. Ayer and others 1955, Ann. Math. Stat. 26).
    `apart` is one shorter than the rest.
    """
    shifts = [0.0]
    for distance in apart:
        shifts.append(shifts[-1] + distance)
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for want, shift, weight in zip(wanted, shifts, weights, strict=True):
        pools.append((want - shift, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, heavy, count = pools.pop()
            mean_before, heavy_before, count_before = pools.pop()
            both = heavy + heavy_before
            pools.append(((mean * heavy + mean_before * heavy_before) / both, both, count + count_before))
    means = [mean for mean, _weight, count in pools for _ in range(count)]
    return [mean + shift for mean, shift in zip(means, shifts, strict=True)]


def place_across(grid: Grid) -> None:
    """Give every cell the x of its middle. The leftmost edge is at 0."""
    for layer in grid.rows:
        for cell, x in zip(layer, spread([0.0] * len(layer), _apart(layer), [1.0] * len(layer)), strict=True):
            cell.x = x
    for number in range(_ROUNDS):
        downward = number % 2 == 0
        last = number >= _ROUNDS - 6
        for layer in grid.rows if downward else reversed(grid.rows):
            _settle(layer, above=downward or last, below=not downward or last)
    for _round in range(4):
        for way in grid.ways:
            _straighten(way[1:-1], grid)
    if grid.rows:
        _draw_together(grid)
    left = min((cell.x - cell.size.width / 2 for layer in grid.rows for cell in layer), default=0.0)
    for layer in grid.rows:
        for cell in layer:
            cell.x -= left


def _straighten(points: Sequence[Cell], grid: Grid) -> None:
    """Put the points of a long arrow below each other, as far as their neighbours leave room for it."""
    run: list[Cell] = []
    low, high = -inf, inf
    for cell in points:
        here_low, here_high = _free(cell, grid)
        if run and max(low, here_low) > min(high, here_high):
            _line_up(run, low, high)
            run, low, high = [], -inf, inf
        run.append(cell)
        low, high = max(low, here_low), min(high, here_high)
    _line_up(run, low, high)


def _line_up(run: Sequence[Cell], low: float, high: float) -> None:
    if len(run) > 1:
        ends = [other.x for other in (*run[0].above, *run[-1].below)]
        middle = sum(cell.x for cell in run) / len(run)
        straight = [x for x in ends if low <= x <= high]
        nearest = min(straight, key=lambda x: abs(x - middle), default=middle)
        for cell in run:
            cell.x = min(max(nearest, low), high)


def _free(cell: Cell, grid: Grid) -> tuple[float, float]:
    """Between which positions a cell can move without coming too near to its neighbours."""
    layer = grid.rows[cell.row]
    low, high = -inf, inf
    if cell.index:
        left = layer[cell.index - 1]
        low = left.x + _distance(left, cell)
    if cell.index + 1 < len(layer):
        right = layer[cell.index + 1]
        high = right.x - _distance(cell, right)
    return low, max(low, high)


def _draw_together(grid: Grid) -> None:
    """Move what no arrow ties to the rest as near to it as its rows allow."""
    main, *others = _parts(grid)
    middle = sum(cell.x for cell in main) / len(main)
    for part in sorted(others, key=lambda part: min(abs(cell.x - middle) for cell in part)):
        members = {id(cell) for cell in part}
        rows = [layer for layer in grid.rows if any(id(cell) in members for cell in layer)]
        room: list[float] = []
        for sign in (1.0, -1.0):
            room = [_room(layer, members, sign) for layer in rows]
            if any(space < inf for space in room):
                shift = sign * min(space for space in room if space < inf)
                for cell in part:
                    cell.x += shift
                break


def _room(layer: Sequence[Cell], members: Collection[int], sign: float) -> float:
    """How far the members can move in a row, to the right or (-1) to the left; infinite where nothing is in the way."""
    apart = _apart(layer)
    spaces = [inf]
    for number, distance in enumerate(apart):
        here, there = layer[number], layer[number + 1]
        mover, other = (here, there) if sign > 0 else (there, here)
        if id(mover) in members and id(other) not in members:
            spaces.append(there.x - here.x - distance)
    return min(spaces)


def _parts(grid: Grid) -> list[list[Cell]]:
    """The cells in parts that no arrow joins, the largest first."""
    parts, seen = [], set()
    for cell in (cell for layer in grid.rows for cell in layer):
        if id(cell) in seen:
            continue
        seen.add(id(cell))
        part = [cell]
        for member in part:
            for other in (*member.above, *member.below):
                if id(other) not in seen:
                    seen.add(id(other))
                    part.append(other)
        parts.append(part)
    return sorted(parts, key=len, reverse=True)


def _settle(layer: Sequence[Cell], *, above: bool, below: bool) -> None:
    wanted, weights = [], []
    for cell in layer:
        pull = weight = 0.0
        for other in (*(cell.above if above else ()), *(cell.below if below else ())):
            strength = _STRAIGHT if cell.bends and other.bends else 1.0
            pull += strength * other.x
            weight += strength
        wanted.append(pull / (weight + _TO_MIDDLE))
        weights.append(weight + _TO_MIDDLE)
    for cell, x in zip(layer, spread(wanted, _apart(layer), weights), strict=True):
        cell.x = x


def _apart(layer: Sequence[Cell]) -> list[float]:
    return [_distance(left, right) for left, right in pairwise(layer)]


def _distance(left: Cell, right: Cell) -> float:
    """How far apart the middles of two neighbours in a row must be."""
    return (left.size.width + right.size.width) / 2 + (BESIDE if left.box and right.box else BESIDE / 2)
