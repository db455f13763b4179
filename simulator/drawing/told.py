"""A picture in words, for those who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.drawing.blocks import outcome_names
from simulator.drawing.picture import Kind, Picture
from simulator.translation import translate as _
from simulator.translation import translate_plural


@dataclass(frozen=True, slots=True)
class Told:
    """The title of a picture, how much is on it, and all of it as sentences."""

    title: str
    counted: str
    whole: str


def told(picture: Picture) -> Told:
    """A picture in words."""
    nodes = [box for box in picture.boxes if box.kind is Kind.NODE]
    endings = [box for box in picture.boxes if box.is_ending]
    counted = ", ".join(
        (
            picture.name,
            translate_plural("{n} moment", "{n} moments", len(nodes)),
            translate_plural("{n} ending", "{n} endings", len(endings)),
        )
    )
    names = outcome_names()
    sentences = [f"{counted}.", *([f"{picture.path}."] if picture.path else []), *picture.remarks]
    titles = {box.id: box.title for box in picture.boxes} | {frame.id: frame.title for frame in picture.frames}
    for frame in picture.frames:
        sentences.append(f"{frame.title}: {', '.join(frame.members)}.")
    for box in picture.boxes:
        onward = [arrow for arrow in picture.arrows if arrow.source == box.id]
        leads = [titles[arrow.target] + (f" ({'; '.join(arrow.lines)})" if arrow.lines else "") for arrow in onward]
        leads += [note.text for note in box.notes]
        if box.is_ending:
            early = _(", early") if box.early else ""
            sentences.append(f"{box.title}: {names[box.kind]}{early}.")
        elif leads:
            sentences.append(_("{place} leads to {places}.").format(place=box.title, places=", ".join(leads)))
    for frame in picture.frames:
        leads = [titles[arrow.target] for arrow in picture.arrows if arrow.source == frame.id]
        if leads:
            sentences.append(_("{place} leads to {places}.").format(place=frame.title, places=", ".join(leads)))
    title = _("The story of '{title}' as a drawing").format(title=picture.title)
    return Told(title, counted, " ".join(sentences))
