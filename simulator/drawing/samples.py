"""What a legend explains: only what is really on the picture."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.drawing.blocks import outcome_names
from simulator.drawing.picture import Box, Kind, Picture
from simulator.translation import translate as _


@dataclass(frozen=True, slots=True)
class Samples:
    """The parts of a legend: boxes with what they mean, arrows in words, then letters and remarks."""

    heading: str
    boxes: tuple[tuple[Box, str], ...]
    arrows: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is said in words alone."""
        return (*self.arrows, *self.below)


def samples_of(picture: Picture) -> Samples:
    """What the legend of a picture explains."""
    boxes = [(Box("", Kind.NODE, "", ""), _("a moment: its name and how the client begins"))]
    for kind, name in outcome_names().items():
        if any(one.kind is kind for one in picture.boxes):
            boxes.append((Box("", kind, "", ""), _("ending: {outcome}").format(outcome=name)))
    if any(one.early for one in picture.boxes):
        early = Box("", Kind.NODE, "", "", early=True)
        boxes.append((early, _("broken outline: an early ending, because of the trainee")))
    arrows = [arrow_meaning()]
    if any(arrow.leaving for arrow in picture.arrows):
        arrows.append(_("Broken arrow: {meaning}").format(meaning=leaving_meaning()))
    if picture.path:
        arrows.append(_("Thick arrow: {meaning}").format(meaning=picture.path))
    below = [guard_meaning(), *(f"{letter} = {condition}" for letter, condition in picture.key), *picture.remarks]
    return Samples(_("How to read this"), tuple(boxes), tuple(arrows), tuple(below))


def arrow_meaning() -> str:
    """What an ordinary arrow says."""
    return _("where the talk goes; without words: whatever is chosen")


def leaving_meaning() -> str:
    """What a broken arrow says."""
    return _("the client leaves: asked after every reply, wherever one is")


def guard_meaning() -> str:
    """What the conditions on arrows say."""
    return _("'{example}': where that holds; 'else': where nothing before it does").format(example="trust >= 6")
