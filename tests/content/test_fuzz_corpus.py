"""Every text that fuzzing has kept: each reached a branch that no other did, or once failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzzing.corpus import KINDS, kept, seeds, text_of
from fuzzing.oracle import holds


def test_there_is_a_corpus_of_every_kind() -> None:
    """So that the test below cannot pass on nothing."""
    assert all(len(kept(kind)) >= 5 for kind in KINDS)


@pytest.mark.parametrize(("kind", "path"), [(kind, path) for kind in KINDS for path in kept(kind)], ids=str)
def test_a_kept_text_gives_findings_only(kind: str, path: Path) -> None:
    """As the fuzzer's oracle has it."""
    holds(text_of(path), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_seeds_hold(kind: str) -> None:
    """Mutations begin with texts that are sound."""
    for text in seeds(kind):
        holds(text, kind)
