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
from simulator.session.scoring import Decision, Scoring
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
class Run:
    """A play played as far as it goes: where it stands, what was heard, and the decisions taken."""

    situation: Situation
    heard: list[Heard]
    decisions: list[Decision] = field(default_factory=list)

    def hears(self, words: str) -> bool:
        """Whether the client says or shows these words, wherever lines break and whatever the capitals."""
        spoken = " ".join(part for line in self.heard for part in (line.words.says, line.words.manner) if part)
        return _folded(words) in _folded(spoken)


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
        run = self._begun()
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

    def _begun(self) -> Run:
        begin = self.interview.begin()
        return Run(begin.situation, list(begin.heard))

    def played_out(self, play: Play) -> Run | None:
        """The play at its end, or None where it cannot be played to exactly there."""
        run = self._begun()
        for written in play.choose:
            if run.situation.ended or not self._take(run, written):
                return None
        return run if run.situation.ended else None

    def levels(self, run: Run) -> dict[str, int | None]:
        """The level of every criterion at the end of a run; None where there is too little to say."""
        card = self.scoring.scorecard(run.decisions, run.situation.at)
        return {name: None if judged.level is None else int(judged.level) for name, judged in card.criteria.items()}

    def _take(self, run: Run, written: str) -> bool:
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

    def _expectations(self, name: str, play: Play, run: Run) -> Iterator[Finding]:
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
            if value is None or not meets(value, wanted):
                yield self._differs(
                    (*path, "state", state), name, state, wanted, "no such state" if value is None else value
                )
        yield from self._levels(play, name, path, run)
        for position, words in enumerate(expect.hears):
            if not run.hears(words):
                values = {"play": name, "text": words}
                yield self._finding("play-hears-nothing-of", (*path, "hears", position), **values)

    def _levels(self, play: Play, name: str, path: tuple[str | int, ...], run: Run) -> Iterator[Finding]:
        levels = self.levels(run)
        for criterion, wanted in play.expect.levels.items():
            level = levels.get(criterion)
            if not level_meets(level, wanted):
                found = "not enough to say" if level is None else level
                yield self._differs((*path, "levels", criterion), name, criterion, wanted, found)

    def _differs(self, path: tuple[str | int, ...], play: str, what: str, expected: object, found: object) -> Finding:
        return self._finding("play-differs", path, play=play, what=what, expected=expected, found=found)


def meets(value: int, wanted: str) -> bool:
    """Whether a number meets what a play expects of it, such as `>= 6` or `6`."""
    match = re.fullmatch(r"\s*(<=|>=|==|!=|<|>)?\s*(-?\d+)\s*", wanted)
    return match is not None and _SIGNS[match.group(1) or ""](value, int(match.group(2)))


def level_meets(level: int | None, wanted: str) -> bool:
    """Whether a level meets what a play expects of it; `none` expects that there is too little to say."""
    return level is None if wanted.strip() == "none" else level is not None and meets(level, wanted)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def play_findings(content: Content, plays: Plays, source: Source) -> list[Finding]:
    """Everything that differs between a scenario and its plays."""
    return list(PlayRunner(content, plays, source).findings())
