"""One run at the command line, kept as its events like any attempt."""

from __future__ import annotations

from simulator.content.library import Content
from simulator.session.events import Began, Event, Mode
from simulator.session.interview import ENGINE_VERSION, Interview
from simulator.session.replay import Playthrough, Turn, next_choice, replay
from simulator.session.scoring import SCORING_VERSION, Scoring


class Talk:
    """A run that nothing keeps when the command ends."""

    def __init__(self, content: Content, seed: str) -> None:
        self.content = content
        self.scenario = content.scenario
        self.interview = Interview(content.scenario)
        self.scoring = Scoring(content.scenario, content.behaviours, content.rubric)
        self.events: list[Event] = [
            Began(
                0, content.scenario.id, content.scenario_hash, content.meaning_hash, content.behaviours_hash,
                content.rubric.id, content.rubric_hash, Mode.PRACTICE, seed, ENGINE_VERSION, SCORING_VERSION,
            )
        ]  # fmt: skip

    @property
    def playthrough(self) -> Playthrough:
        """The run so far."""
        return replay(self.interview, self.events)

    def choose(self, choice: str) -> Turn:
        """Take a choice; raises IllegalMove where it is not on offer."""
        event, _step = next_choice(self.interview, self.playthrough, choice)
        self.events.append(event)
        return self.playthrough.turns[-1]
