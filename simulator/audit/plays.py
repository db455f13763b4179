"""Plays, an author's regression tests, played: what differs from what the author expects, and at which step."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from simulator.content.diagnostics import Finding
from simulator.content.library import Content
from simulator.content.play_file import Play, Plays
from simulator.content.source import Source
from simulator.session.interview import Interview
from simulator.session.scoring import Decision, Scorecard, Scoring
from simulator.session.situation import Heard, IllegalMove, Situation

_SEED = "plays"
_SIGNS: dict[str, Callable[[int, int], bool]] = {
    "": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass
class _Run:
    situation: Situation
    heard: list[Heard]
    decisions: list[Decision] = field(default_factory=list)


class PlayRunner:
    """Plays one scenario's plays and reports what differs."""

    def __init__(self, content: Content, plays: Plays, source: Source) -> None:
        self.plays = plays
        self.source = source
        self.interview = Interview(content.scenario)
        self.scoring = Scoring(content.scenario, content.behaviours, content.rubric)

    def findings(self) -> Iterator[Finding]:
        """Every play that does not hold: the first step that cannot be taken, or each expectation not met."""
        if self.plays.scenario != self.interview.scenario.id:
            span = self.source.span(("scenario",))
            values = {"found": self.plays.scenario, "expected": self.interview.scenario.id}
            yield Finding("play-of-another", self.source.path, span, values)
            return
        for name, play in self.plays.plays.items():
            yield from self._play(name, play)

    def _finding(self, kind: str, path: tuple[str | int, ...], **values: object) -> Finding:
        return Finding(kind, self.source.path, self.source.span(path), values)

    def _offered(self, situation: Situation) -> str:
        return ", ".join(sorted(self.interview.offered(situation, _SEED))) or "nothing"

    def _play(self, name: str, play: Play) -> Iterator[Finding]:
        begin = self.interview.begin()
        run = _Run(begin.situation, list(begin.heard))
        path: tuple[str | int, ...] = ("plays", name, "choose")
        for position, written in enumerate(play.choose):
            at = run.situation.at
            if run.situation.ended:
                extra = len(play.choose) - position
                more = f"{extra} choices" if extra > 1 else "1 choice"
                yield self._finding("play-goes-on", (*path, position), play=name, extra=more, at=at, step=position)
                return
            if not self._take(run, written):
                offered = self._offered(run.situation)
                values = {"play": name, "step": position + 1, "choice": written, "at": at, "offered": offered}
                yield self._finding("play-cannot-choose", (*path, position), **values)
                return
        if not run.situation.ended:
            offered = self._offered(run.situation)
            values = {"play": name, "at": run.situation.at, "steps": len(play.choose), "offered": offered}
            yield self._finding("play-stops-early", path, **values)
            return
        yield from self._expectations(name, play, run)

    def _take(self, run: _Run, written: str) -> bool:
        node, _, choice = written.rpartition(".")
        if node and node != run.situation.at:
            return False
        offered = self.interview.offered(run.situation, _SEED)
        try:
            step = self.interview.choose(run.situation, choice)
        except IllegalMove:
            return False
        run.decisions.append(Decision(len(run.decisions) + 1, run.situation.at, offered, choice))
        run.heard.extend(step.heard)
        run.situation = step.situation
        return True

    def _expectations(self, name: str, play: Play, run: _Run) -> Iterator[Finding]:
        expect = play.expect
        path: tuple[str | int, ...] = ("plays", name, "expect")
        ending = self.interview.scenario.endings[run.situation.at]
        for what, expected, found in (
            ("ending", expect.ending, run.situation.at),
            ("outcome", expect.outcome, ending.outcome),
        ):
            if expected is not None and expected != found:
                yield self._differs((*path, what), name, what, expected, found)
        for state, wanted in expect.state.items():
            value = run.situation.state.get(state)
            if value is None or not _meets(value, wanted):
                yield self._differs(
                    (*path, "state", state), name, state, wanted, "no such state" if value is None else value
                )
        yield from self._levels(play, name, path, run)
        spoken = " ".join(_spoken(heard) for heard in run.heard)
        for position, words in enumerate(expect.hears):
            if _folded(words) not in _folded(spoken):
                values = {"play": name, "text": words}
                yield self._finding("play-hears-nothing-of", (*path, "hears", position), **values)

    def _levels(self, play: Play, name: str, path: tuple[str | int, ...], run: _Run) -> Iterator[Finding]:
        card: Scorecard = self.scoring.scorecard(run.decisions, run.situation.at)
        for criterion, wanted in play.expect.levels.items():
            judged = card.criteria.get(criterion)
            level = judged.level if judged else None
            met = (level is None) if wanted.strip() == "none" else level is not None and _meets(int(level), wanted)
            if not met:
                found = "not enough to say" if level is None else int(level)
                yield self._differs((*path, "levels", criterion), name, criterion, wanted, found)

    def _differs(self, path: tuple[str | int, ...], play: str, what: str, expected: object, found: object) -> Finding:
        return self._finding("play-differs", path, play=play, what=what, expected=expected, found=found)


def _meets(value: int, wanted: str) -> bool:
    match = re.fullmatch(r"\s*(<=|>=|==|!=|<|>)?\s*(-?\d+)\s*", wanted)
    return match is not None and _SIGNS[match.group(1) or ""](value, int(match.group(2)))


def _spoken(heard: Heard) -> str:
    return " ".join(part for part in (heard.words.says, heard.words.manner) if part)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def play_findings(content: Content, plays: Plays, source: Source) -> list[Finding]:
    """Everything that differs between a scenario and its plays."""
    return list(PlayRunner(content, plays, source).findings())
