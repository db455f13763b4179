"""The outlines of boxes: one for each kind of ending, so that nothing depends on colour."""

from __future__ import annotations

from simulator.drawing.layout import Rect
from simulator.drawing.picture import Kind

_CUT = 14.0


def number(value: float) -> str:
    """A length as SVG writes it: short, and the same everywhere."""
    return f"{value:.1f}".removesuffix(".0")


def outline(kind: Kind, rect: Rect, attributes: str) -> str:
    """The outline of a box as SVG."""
    if kind in {Kind.STALLED, Kind.RUPTURE, Kind.REFERRAL}:
        return f'<polygon points="{_corners(kind, rect)}" {attributes}/>'
    round_by = {Kind.ALLIANCE: 24.0, Kind.PROGRESS: 24.0}.get(kind, 8.0)
    shape = _rounded(rect, min(round_by, rect.height / 2), attributes)
    if kind is Kind.ALLIANCE:
        inner = Rect(rect.x + 4, rect.y + 4, rect.width - 8, rect.height - 8)
        shape += _rounded(inner, min(round_by - 4, inner.height / 2), 'class="sg-inner"')
    return shape


def _rounded(rect: Rect, radius: float, attributes: str) -> str:
    return (
        f'<rect x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.width)}" '
        f'height="{number(rect.height)}" rx="{number(radius)}" {attributes}/>'
    )


def _corners(kind: Kind, rect: Rect) -> str:
    left, right, top, bottom = rect.x, rect.x + rect.width, rect.y, rect.y + rect.height
    middle, cut = (top + bottom) / 2, min(_CUT, rect.height / 3)
    corners = {
        Kind.STALLED: [
            (left + cut, top), (right - cut, top), (right, middle),
            (right - cut, bottom), (left + cut, bottom), (left, middle),
        ],
        Kind.RUPTURE: [
            (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut),
            (right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut),
        ],
        Kind.REFERRAL: [(left, top), (right - cut, top), (right, middle), (right - cut, bottom), (left, bottom)],
    }[kind]  # fmt: skip
    return " ".join(f"{number(x)},{number(y)}" for x, y in corners)
