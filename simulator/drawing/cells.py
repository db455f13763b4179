"""The cells of a layered drawing: boxes, labels, and the points at which long arrows pass a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from simulator.drawing.ranks import Link

LANE = 14.0
"""How wide the lane is that an arrow keeps free for itself on its way past a row."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much room something takes."""

    width: float
    height: float


@dataclass(eq=False)
class Cell:
    """One thing in a row. `box` is set for a box, `link` for a point or label of an arrow."""

    size: Size
    box: str | None = None
    link: int | None = None
    label: bool = False
    above: list[Cell] = field(default_factory=list)
    below: list[Cell] = field(default_factory=list)
    x: float = 0.0
    row: int = 0
    index: int = 0

    @property
    def bends(self) -> bool:
        """Whether this is only a point on an arrow's way."""
        return self.box is None


@dataclass
class Grid:
    """All rows, and for each link its cells from the upper end to the lower; `turned` where it leads upwards."""

    rows: list[list[Cell]]
    ways: list[list[Cell]]
    turned: list[bool]


def grid_of(
    rows: Sequence[Sequence[str]], sizes: Mapping[str, Size], links: Sequence[Link], labels: Sequence[Size | None]
) -> Grid:
    """Boxes in every second row, labels in the rows between, lanes wherever an arrow passes.

    An arrow between two boxes of one row does not occur: a row never holds both ends of a link.
    """
    row_of = {box: number * 2 for number, row in enumerate(rows) for box in row}
    cells = {box: Cell(sizes[box], box=box) for row in rows for box in row}
    layers: list[list[Cell]] = [[] for _row in range(max(len(rows) * 2 - 1, 0))]
    for box, row in row_of.items():
        layers[row].append(cells[box])
    ways, turned = [], []
    for number, (source, target) in enumerate(links):
        back = row_of[source] > row_of[target]
        upper, lower = (target, source) if back else (source, target)
        label_row = row_of[source] - 1 if back else row_of[source] + 1
        way = [cells[upper]]
        for row in range(row_of[upper] + 1, row_of[lower]):
            size = labels[number] if row == label_row else None
            cell = Cell(size or Size(LANE, 0), link=number, label=size is not None)
            layers[row].append(cell)
            way.append(cell)
        way.append(cells[lower])
        for one, next_one in pairwise(way):
            one.below.append(next_one)
            next_one.above.append(one)
        ways.append(way)
        turned.append(back)
    grid = Grid(layers, ways, turned)
    _drop_rows_without_labels(grid)
    for row, layer in enumerate(grid.rows):
        for cell in layer:
            cell.row = row
        _renumber(layer)
    return grid


def _drop_rows_without_labels(grid: Grid) -> None:
    empty = {id(cell) for layer in grid.rows[1::2] if not any(cell.label for cell in layer) for cell in layer}
    grid.rows = [
        layer for number, layer in enumerate(grid.rows) if number % 2 == 0 or any(cell.label for cell in layer)
    ]
    for way in grid.ways:
        for cell in [cell for cell in way if id(cell) in empty]:
            (upper,), (lower,) = cell.above, cell.below
            upper.below[upper.below.index(cell)] = lower
            lower.above[lower.above.index(cell)] = upper
            way.remove(cell)


def _renumber(layer: Sequence[Cell]) -> None:
    for index, cell in enumerate(layer):
        cell.index = index


def put_in_order(grid: Grid, sweeps: int = 16) -> None:
    """Order the cells of every row so that few arrows cross: by the middle of their neighbours, then by swaps."""
    best = [list(layer) for layer in grid.rows]
    fewest = crossings(grid)
    for sweep in range(sweeps):
        downward = sweep % 2 == 0
        for layer in grid.rows if downward else reversed(grid.rows):
            layer.sort(key=lambda cell: _middle(cell, cell.above if downward else cell.below))
            _renumber(layer)
        _swap(grid)
        if (now := crossings(grid)) < fewest:
            fewest, best = now, [list(layer) for layer in grid.rows]
        if not fewest:
            break
    grid.rows = best
    for layer in grid.rows:
        _renumber(layer)


def _middle(cell: Cell, neighbours: Sequence[Cell]) -> float:
    return sum(other.index for other in neighbours) / len(neighbours) if neighbours else float(cell.index)


def crossings(grid: Grid) -> int:
    """How often arrows cross between two rows."""
    total = 0
    for layer in grid.rows[:-1]:
        ends = [below for cell in layer for below in sorted(other.index for other in cell.below)]
        total += _inversions(ends)
    return total


def _inversions(numbers: Sequence[int]) -> int:
    if len(numbers) < 2:
        return 0
    tree = [0] * (max(numbers) + 2)
    found = 0
    for seen, number in enumerate(numbers):
        position, not_greater = number + 1, 0
        while position:
            not_greater += tree[position]
            position &= position - 1
        found += seen - not_greater
        position = number + 1
        while position < len(tree):
            tree[position] += 1
            position += position & -position
    return found


def _swap(grid: Grid) -> None:
    """Swap neighbours in a row while that saves crossings."""
    for _round in range(4):
        swapped = False
        for layer in grid.rows:
            for left, right in zip(range(len(layer)), range(1, len(layer)), strict=False):
                one, other = layer[left], layer[right]
                if _between(one, other) > _between(other, one):
                    layer[left], layer[right] = other, one
                    other.index, one.index = left, right
                    swapped = True
        if not swapped:
            return


def _between(left: Cell, right: Cell) -> int:
    return sum(
        a.index > b.index
        for ours, theirs in ((left.above, right.above), (left.below, right.below))
        for a in ours
        for b in theirs
    )
