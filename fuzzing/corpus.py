"""Texts that each reach a branch that no other did: where the next mutations begin, and a test of their own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fuzzing.oracle import CONDITION, MODELS
from simulator.content.diagnostics import CATALOGUE, Edit
from simulator.content.diagnostics.smallest import TEXTS

_SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
FOLDER = Path(__file__).parent / "corpus"
_CONDITIONS = (
    "trust >= 6 and not visited(gift)",
    "count(a, b.c) > 1 or (showed(x) == 2 and chose(a.b))",
    "visits(a) < 3",
)
KINDS = (*MODELS, CONDITION)


def seeds(kind: str) -> list[str]:
    """What fuzzing of this kind begins with beside the corpus.

    The smallest file, the example of every diagnostic, and Gwen; a few conditions.
    """
    if kind == CONDITION:
        return list(_CONDITIONS)
    examples = [diagnostic.example for diagnostic in CATALOGUE.values()]
    edited = [
        one.of(TEXTS[kind]).replace("⟦", "").replace("⟧", "")
        for one in examples
        if isinstance(one, Edit) and one.file == kind
    ]
    real = {"scenario": "orientation.yaml", "plays": "orientation.plays.yaml"}
    known = [(_SCENARIOS / real[kind]).read_text("utf-8")] if kind in real else []
    return [TEXTS[kind], *edited, *known]


def kept(kind: str) -> list[Path]:
    """The files of the corpus for this kind."""
    return sorted((FOLDER / kind).glob("*.txt"))


def text_of(path: Path) -> str:
    """A kept text, byte for byte."""
    return path.read_bytes().decode("utf-8", "surrogatepass")


def keep(kind: str, text: str) -> Path:
    """Put a text into the corpus, under a name made of itself."""
    content = text.encode("utf-8", "surrogatepass")
    path = FOLDER / kind / f"{hashlib.sha256(content).hexdigest()[:16]}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
