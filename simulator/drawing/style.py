"""The colours and strokes of an SVG drawing, light and dark. Every meaning has a shape, a stroke or a word as well."""

from __future__ import annotations

_LIGHT = {
    "page": "#ffffff", "ink": "#1d2329", "quiet": "#55606b", "line": "#6b7680", "box": "#f6f7f8", "edge": "#7d8892",
    "frame": "#f0f4f8", "taken": "#0b57c2", "alliance": "#e1f3e4", "progress": "#e3effb", "stalled": "#fdf3d8",
    "rupture": "#fde6e3", "referral": "#efe8fa",
}  # fmt: skip
_DARK = {
    "page": "#14181c", "ink": "#eceff2", "quiet": "#b3bdc7", "line": "#93a0ac", "box": "#20262c", "edge": "#87939f",
    "frame": "#191f26", "taken": "#7db4ff", "alliance": "#173622", "progress": "#16304a", "stalled": "#3d3213",
    "rupture": "#45201c", "referral": "#31254a",
}  # fmt: skip


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--sg-{name}:{value};" for name, value in colours.items())


STYLE = (
    f".sg{{{_variables(_LIGHT)}font-family:Arial,Helvetica,'Liberation Sans',sans-serif}}"
    f"@media (prefers-color-scheme:dark){{.sg{{{_variables(_DARK)}}}}}"
    f"@media print{{.sg{{{_variables(_LIGHT)}}}}}"
    ".sg-page{fill:var(--sg-page)}"
    ".sg text{fill:var(--sg-ink)}"
    ".sg .sg-title,.sg .sg-heading,.sg .sg-taken,.sg .sg-badge{font-weight:700}"
    ".sg .sg-below,.sg .sg-note,.sg .sg-label,.sg .sg-kind{fill:var(--sg-quiet)}"
    ".sg .sg-kind{font-style:italic}"
    ".sg .sg-taken{fill:var(--sg-taken)}"
    ".sg-box{fill:var(--sg-box);stroke:var(--sg-edge);stroke-width:1.3}"
    ".sg-inner{fill:none;stroke:var(--sg-edge);stroke-width:1}"
    ".sg-leaving{stroke-dasharray:5 4}"
    + "".join(
        f".sg-{kind}{{fill:var(--sg-{kind});stroke:var(--sg-ink)}}"
        for kind in ("alliance", "progress", "stalled", "rupture", "referral")
    )
    + ".sg-start{stroke:var(--sg-ink);stroke-width:2.6}"
    ".sg-early{stroke-dasharray:7 4}"
    ".sg-visited{stroke:var(--sg-taken);stroke-width:3.2}"
    ".sg-frame{fill:var(--sg-frame);stroke:var(--sg-edge);stroke-width:1.2;stroke-dasharray:2 4;stroke-linecap:round}"
    ".sg-arrow,.sg-arrow-taken{fill:none;stroke:var(--sg-line);stroke-width:1.4}"
    ".sg-arrow-taken{stroke:var(--sg-taken);stroke-width:4}"
    ".sg-leaves{stroke-dasharray:6 5}"
    ".sg-head{fill:var(--sg-line)}.sg-head-taken{fill:var(--sg-taken)}"
    ".sg-label-back{fill:var(--sg-page)}"
    ".sg-on-frame{fill:var(--sg-frame)}"
    ".sg-badge-back{fill:var(--sg-taken)}.sg .sg-badge{fill:var(--sg-page)}"
)
"""The style sheet. All names begin with `sg`, so that a page around the drawing is left alone."""
