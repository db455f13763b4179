"""From events back to the talk: the turns that stand, the situation they led to, and the answers that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.session.events import Began, Chose, Event, Stopped, TookBack
from simulator.session.interview import Interview
from simulator.session.situation import Heard, IllegalMove, InterviewOver, Situation, Step, StoryStuck


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn that stands: what was on offer, what was chosen, what it did.

    `counted` is the choice that scores: the first one given on this way to this decision, however many turns were
    taken back since.
    `heard` is everything of the client's that follows the choice, up to where the trainee speaks again.
    """

    number: int
    node: str
    offered: tuple[str, ...]
    choice: str
    counted: str
    before: Situation
    after: Situation
    heard: tuple[Heard, ...]
    changes: Mapping[str, int]

    @property
    def key(self) -> str:
        """The choice as `node.choice`."""
        return f"{self.node}.{self.choice}"


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where the record and the replay part: content or engine has changed under an attempt."""

    number: int
    what: str
    recorded: str
    replayed: str


@dataclass(frozen=True, slots=True)
class Playthrough:
    """An attempt as its events tell it.

    `first_answers` are the answers first given, by the choices that led to them; those taken back are among them.
    """

    began: Began
    opening: tuple[Heard, ...]
    turns: tuple[Turn, ...]
    situation: Situation
    offered: tuple[str, ...]
    stopped: bool
    next_number: int
    divergences: tuple[Divergence, ...]
    first_answers: Mapping[tuple[str, ...], str]

    @property
    def finished(self) -> bool:
        """Whether the talk has come to an ending."""
        return self.situation.ended

    @property
    def open(self) -> bool:
        """Whether the trainee can still answer."""
        return not self.stopped and not self.situation.ended


class BrokenRecord(ValueError):
    """The events are not those of one attempt: a gap, a wrong order, or no beginning."""


class _Replayer:
    def __init__(self, interview: Interview, began: Began, start: Step) -> None:
        self.interview = interview
        self.began = began
        self.start = start
        self.turns: list[Turn] = []
        self.first_answers: dict[tuple[str, ...], str] = {}  # by the choices that led there, taken back or not
        self.divergences: list[Divergence] = []
        self.stopped = False

    @property
    def situation(self) -> Situation:
        return self.turns[-1].after if self.turns else self.start.situation

    def differs(self, number: int, what: str, recorded: object, replayed: object) -> None:
        if recorded != replayed:
            self.divergences.append(Divergence(number, what, str(recorded), str(replayed)))

    def apply(self, event: Event) -> bool:
        """Apply what happened; False where the story no longer allows it."""
        if isinstance(event, Began):
            raise BrokenRecord(f"Event {event.number} begins the attempt a second time.")
        if self.stopped:
            raise BrokenRecord(f"Event {event.number} follows after the attempt was stopped.")
        if isinstance(event, Chose):
            return self.chose(event)
        if isinstance(event, TookBack):
            self.took_back(event)
        elif isinstance(event, Stopped):
            self.stopped = True
        return True

    def chose(self, event: Chose) -> bool:
        """Apply a choice; False where the story no longer allows it."""
        before = self.situation
        offered = self.interview.offered(before, self.began.seed)
        self.differs(event.number, "node", event.node, before.at)
        self.differs(event.number, "offered", event.offered, offered)
        if event.node != before.at:
            return False
        try:
            step = self.interview.choose(before, event.choice)
        except (IllegalMove, StoryStuck) as error:
            self.divergences.append(Divergence(event.number, "choice", event.choice, str(error)))
            return False
        self.differs(event.number, "state", dict(event.state), dict(step.situation.state))
        way_here = tuple(turn.key for turn in self.turns)
        counted = self.first_answers.setdefault(way_here, event.choice)
        self.turns.append(
            Turn(
                event.number, event.node, event.offered, event.choice, counted,
                before, step.situation, step.heard, step.changes,
            )
        )  # fmt: skip
        return True

    def took_back(self, event: TookBack) -> None:
        if not self.turns or self.turns[-1].number != event.turn:
            raise BrokenRecord(f"Event {event.number} takes back turn {event.turn}, which is not the latest.")
        self.turns.pop()

    def playthrough(self, next_number: int) -> Playthrough:
        return Playthrough(
            self.began,
            self.start.heard,
            tuple(self.turns),
            self.situation,
            () if self.stopped else self.interview.offered(self.situation, self.began.seed),
            self.stopped,
            next_number,
            tuple(self.divergences),
            dict(self.first_answers),
        )


def _led_in(interview: Interview, lead_in: Iterable[str]) -> Step:
    """The beginning, or the step that the choices made beforehand lead to."""
    step = interview.begin()
    for key in lead_in:
        node, _, choice = key.partition(".")
        if step.situation.at != node:
            raise BrokenRecord(f"The attempt begins with '{key}', but the talk is at '{step.situation.at}' then.")
        try:
            step = interview.choose(step.situation, choice)
        except (IllegalMove, StoryStuck) as error:
            raise BrokenRecord(f"The attempt begins with '{key}', which cannot be chosen: {error}") from error
    return step


def replay(interview: Interview, events: Iterable[Event]) -> Playthrough:
    """Play the events again. What differs from the record is reported, never hidden.

    Raises:
        BrokenRecord: the events are not numbered 0, 1, 2 ... from a beginning, or something follows a stop.
    """
    record = tuple(events)
    for number, event in enumerate(record):
        if event.number != number:
            raise BrokenRecord(f"Event {number} is missing; the next one is numbered {event.number}.")
    if not record or not isinstance(record[0], Began):
        raise BrokenRecord("The first event is not the beginning of an attempt.")
    replayer = _Replayer(interview, record[0], _led_in(interview, record[0].lead_in))
    for event in record[1:]:
        if not replayer.apply(event):
            break
    return replayer.playthrough(len(record))


def replay_on(interview: Interview, playthrough: Playthrough, event: Event) -> Playthrough:
    """The same as replaying all events up to and with this next one, without playing the earlier ones again.

    Raises:
        BrokenRecord: it is not the next event of this attempt.
    """
    if event.number != playthrough.next_number:
        raise BrokenRecord(f"Event {playthrough.next_number} is missing; the next one is numbered {event.number}.")
    before = playthrough.turns[0].before if playthrough.turns else playthrough.situation
    replayer = _Replayer(interview, playthrough.began, Step(before, playthrough.opening, {}))
    replayer.turns = list(playthrough.turns)
    replayer.first_answers = dict(playthrough.first_answers)
    replayer.divergences = list(playthrough.divergences)
    replayer.stopped = playthrough.stopped
    replayer.apply(event)
    return replayer.playthrough(playthrough.next_number + 1)


def next_choice(interview: Interview, playthrough: Playthrough, choice: str) -> tuple[Chose, Step]:
    """The event that records taking `choice` now, and the step it makes.

    Raises:
        IllegalMove: it cannot be taken now.
    """
    if playthrough.stopped:
        raise InterviewOver("The attempt was ended; nothing more can be chosen.")
    step = interview.choose(playthrough.situation, choice)
    event = Chose(
        playthrough.next_number,
        playthrough.situation.at,
        playthrough.offered,
        choice,
        dict(step.situation.state),
    )
    return event, step


def played(interview: Interview, began: Began, choices: Iterable[str]) -> Playthrough:
    """What would have been, had these choices (each by its own id) been made one after the other. Nothing is recorded.

    Raises:
        IllegalMove: one of them is not on offer when its turn comes.
    """
    playthrough = replay(interview, [began])
    for choice in choices:
        event, _ = next_choice(interview, playthrough, choice)
        playthrough = replay_on(interview, playthrough, event)
    return playthrough
