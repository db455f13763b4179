"""One run of the fuzzer: mutate, watch which branches are reached, keep what is new, and report."""

from __future__ import annotations

import platform
import random
import sys
import time
import traceback
from dataclasses import dataclass, field
from datetime import date

from fuzzing.corpus import KINDS, keep, kept, seeds, text_of
from fuzzing.mutating import mutated
from fuzzing.oracle import holds
from fuzzing.reached import Reached

_BATCH = 20
"""Texts of one kind that are mutated from the same state of the corpus."""


@dataclass
class Campaign:
    """One run of the fuzzer."""

    reached: Reached
    chance: random.Random
    keeps: bool
    known: dict[str, list[str]] = field(default_factory=dict)
    tried: int = 0
    added: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    def begin(self) -> None:
        """Run the seeds and the corpus."""
        for kind in KINDS:
            self.known[kind] = [*seeds(kind), *(text_of(path) for path in kept(kind))]
            self.reached.while_running(lambda kind=kind: self._try_all(kind, self.known[kind]))  # type: ignore[misc]

    def go_on(self, minutes: float) -> None:
        """Mutate until the time is up."""
        end = time.monotonic() + 60 * minutes
        while time.monotonic() < end:
            kind = self.chance.choice(KINDS)
            known = self.known[kind]
            batch = [mutated(self.chance.choice(known), kind, known, self.chance) for _ in range(_BATCH)]
            for text in batch:
                if self.reached.while_running(lambda kind=kind, text=text: self._try_all(kind, [text])):  # type: ignore[misc]
                    known.append(text)
                    self.added += 1
                    if self.keeps:
                        keep(kind, text)

    def _try_all(self, kind: str, texts: list[str]) -> None:
        for text in texts:
            self.tried += 1
            try:
                holds(text, kind)
            except Exception:  # whatever it is, it is what we are looking for
                self.failures.append((kind, text))
                where = keep(kind, text)
                print(f"A {kind} that fails is kept as {where.name}:\n{traceback.format_exc()}", file=sys.stderr)

    def told(self, minutes: float, seed: int) -> str:
        """The report."""
        rows = self.reached.report()
        statements = sum(count for _, count, _ in rows)
        share = sum(count * part for _, count, part in rows) / statements
        table = "\n".join(f"| {name} | {count} | {part:.0f} % |" for name, count, part in rows)
        python = platform.python_version()
        corpus = sum(len(kept(kind)) for kind in KINDS)
        return f"""\
# Fuzzing what reads authors' files

    python -m fuzzing --minutes 60 --keep

Texts are mutated from the smallest files and from a corpus of texts that each reached a branch no other did
(`fuzzing/corpus/`). Of every one must hold: findings that can be printed and stand at a place in the text, or content;
never an exception. The corpus is also a test (`tests/content/test_fuzz_corpus.py`), and the same oracle stands behind
the property tests in `tests/content/test_fuzz.py`. CI runs a minute with the seed of the day.

Last run that was kept: {date.today().isoformat()}, Python {python}, {minutes:g} minutes, seed {seed}.
{self.tried:,} texts, {len(self.failures)} failures, {self.added} texts new to the corpus, which has {corpus} now.
Reached: {share:.1f} % of the statements and branches of what reads content.

| module | statements | reached, with branches |
| --- | --- | --- |
{table}

Left out is what looks at folders and files rather than texts (it has tests of its own in
`tests/content/test_bad_input.py`), and what is only called by pages and commands.
"""
