"""Boxes and arrows laid out in rows, from the top downwards, so that no box lies upon another or upon an arrow.

The steps are those of K. Sugiyama and others (1981, IEEE Trans. SMC 11:109-125): rows, crossings, positions, lines.
Everything is decided by order alone, so the same picture always comes out the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.drawing.cells import Cell, Grid, Size, grid_of, put_in_order
from simulator.drawing.positions import place_across, spread
from simulator.drawing.ranks import Link, rows_of

_GAP, _MOST_GAP = 26.0, 34.0
_PORTS = 16.0


@dataclass(frozen=True, slots=True)
class Rect:
    """Where something stands: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, right: float, down: float) -> Rect:
        """The same elsewhere."""
        return Rect(self.x + right, self.y + down, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Lane:
    """Where an arrow goes straight down: at `x`, from `top` to `bottom`. Between lanes it swings over."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Route:
    """The way of an arrow from its upper end to its lower, and where its label stands."""

    lanes: tuple[Lane, ...]
    upward: bool
    label: Rect | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands."""

    boxes: dict[str, Rect]
    routes: tuple[Route, ...]
    size: Size


def lay_out(
    sizes: Mapping[str, Size],
    links: Sequence[Link],
    labels: Sequence[Size | None],
    hints: Sequence[Link] = (),
    widest: float = 1600,
) -> Layout:
    """Lay boxes out with their arrows. The first box is the start. `hints` order rows like links, but are not drawn.

    A link from a box to itself is not allowed.
    """
    widths = {box: size.width for box, size in sizes.items()}
    rows = rows_of(widths, [*links, *hints], widest)
    grid = grid_of(rows, sizes, links, labels)
    put_in_order(grid)
    place_across(grid)
    bands = _bands(grid)
    boxes = {
        cell.box: _rect(cell, bands[number])
        for number, layer in enumerate(grid.rows)
        for cell in layer
        if cell.box is not None
    }
    ports = _ports(grid)
    routes = tuple(_route(number, way, grid.turned[number], bands, ports) for number, way in enumerate(grid.ways))
    width = max((cell.x + cell.size.width / 2 for layer in grid.rows for cell in layer), default=0.0)
    return Layout(boxes, routes, Size(width, bands[-1][1] if bands else 0.0))


def _bands(grid: Grid) -> list[tuple[float, float]]:
    """From where to where each row reaches downwards; room is left between rows for arrows to swing."""
    bands: list[tuple[float, float]] = []
    y = 0.0
    for number, layer in enumerate(grid.rows):
        height = max((cell.size.height for cell in layer), default=0.0)
        bands.append((y, y + height))
        swing = max((abs(cell.x - other.x) for cell in layer for other in cell.below), default=0.0)
        y += height + (_GAP + min(swing / 14, _MOST_GAP) if number < len(grid.rows) - 1 else 0)
    return bands


def _rect(cell: Cell, band: tuple[float, float]) -> Rect:
    """Boxes hang from the top of their row, labels stand in the middle of theirs."""
    top = band[0] if cell.box else (band[0] + band[1] - cell.size.height) / 2
    return Rect(cell.x - cell.size.width / 2, top, cell.size.width, cell.size.height)


def _ports(grid: Grid) -> dict[tuple[int, bool], float]:
    """Where each link leaves or meets its boxes: by its number and whether it is the upper end."""
    below: dict[int, list[tuple[float, int]]] = {}
    above: dict[int, list[tuple[float, int]]] = {}
    cells: dict[int, Cell] = {}
    for number, way in enumerate(grid.ways):
        below.setdefault(id(way[0]), []).append((way[1].x, number))
        above.setdefault(id(way[-1]), []).append((way[-2].x, number))
        cells[id(way[0])], cells[id(way[-1])] = way[0], way[-1]
    ports: dict[tuple[int, bool], float] = {}
    for upper, ends in ((True, below), (False, above)):
        for cell_id, several in ends.items():
            several.sort()
            for (_x, number), x in zip(several, _along(cells[cell_id], [x for x, _ in several]), strict=True):
                ports[number, upper] = x
    return ports


def _along(cell: Cell, wanted: Sequence[float]) -> list[float]:
    """Points on the edge of a box, near what is wanted, apart from each other, and not at its corners."""
    inset = min(24.0, cell.size.width / 6)
    left, right = cell.x - cell.size.width / 2 + inset, cell.x + cell.size.width / 2 - inset
    room = (right - left) / max(len(wanted) - 1, 1)
    nearest = [min(max(x, left), right) for x in wanted]
    found = spread(nearest, [min(_PORTS, room)] * (len(wanted) - 1), [1.0] * len(wanted))
    if found[0] < left or found[-1] > right:
        over = max(left - found[0], 0.0) or -max(found[-1] - right, 0.0)
        found = [min(max(x + over, left), right) for x in found]
    return found


def _route(
    number: int,
    way: Sequence[Cell],
    turned: bool,
    bands: Sequence[tuple[float, float]],
    ports: Mapping[tuple[int, bool], float],
) -> Route:
    first, last = bands[way[0].row], bands[way[-1].row]
    lanes = [Lane(ports[number, True], first[0] + way[0].size.height, first[1])]
    label = None
    for cell in way[1:-1]:
        band = bands[cell.row]
        lanes.append(Lane(cell.x, *band))
        if cell.label:
            label = _rect(cell, band)
    lanes.append(Lane(ports[number, False], last[0], last[0]))
    return Route(tuple(lanes), turned, label)
