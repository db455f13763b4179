"""One person at one attempt, who remembers every answer that the page showed as given."""

from __future__ import annotations

import time
from random import Random

from faults.picture import Button
from faults.record import TOOK_BACK, record_of
from faults.server import Server
from faults.standing import answers_on, given_in, uncaught, unlike, words_on
from faults.verdict import Verdict
from faults.visitor import ServerGone, Visitor

SCENARIOS = ("orientation", "callum-first-meeting")
DEAD_TIME = 0.4
"""Seconds after a new turn in which the app takes a click for the second of a double click."""
SETTLED = DEAD_TIME + 0.02


class NothingToPress(RuntimeError):
    """The page offers nothing to answer where a talk should go on."""


class Sitting:
    """A person who talks with a client. `given` are the acts shown as kept; `doubt` one whose fate was not shown."""

    def __init__(self, server: Server, random: Random, scenario: str | None = None) -> None:
        self.server = server
        self.random = random
        self.scenario = scenario or random.choice(SCENARIOS)
        self.visitor: Visitor = server.visitor()
        self.attempt_id = ""
        self.given: list[str] = []
        self.doubt: str | None = None
        self.durations: list[float] = []
        self._settled_at = 0.0

    def begin(self, *, practice: bool = False) -> None:
        """Let the client come in, for practice or, now and then where `practice` does not rule it out, assessment."""
        self.visitor.open("brief", scenario=self.scenario)
        if not practice and self.random.random() < 0.25:
            self.visitor.choose("mode", "Assessment")
        self.visitor.press("begin")
        self.attempt_id = self.visitor.query().get("attempt", "")
        self.drawn()

    def drawn(self) -> None:
        """A page has just been drawn: the next click waits until the app takes it for one of its own."""
        self._settled_at = time.monotonic() + SETTLED

    def wait(self) -> None:
        """Wait until the page has settled."""
        time.sleep(max(0.0, self._settled_at - time.monotonic()))

    @property
    def ended(self) -> bool:
        """Whether the page offers nothing to answer."""
        return not answers_on(self.visitor)

    def _backs(self) -> list[Button]:
        return [button for button in self.visitor.buttons() if button.key.startswith("back-")]

    @property
    def can_act(self) -> bool:
        """Whether there is anything to answer or to take back."""
        return not self.ended or bool(self._backs())

    def act(self) -> bool:
        """Answer, or now and then take an answer back. Whether the page shows it as given."""
        return self.press(self.next_act())

    def next_act(self) -> Button:
        """What the person presses next."""
        back = self._backs()
        if back and (self.ended or self.random.random() < 0.12):
            return back[0]
        return self.any_answer()

    def any_answer(self) -> Button:
        """One of the answers on the page.

        Raises:
            NothingToPress: there are none.
        """
        answers = answers_on(self.visitor)
        if not answers:
            raise NothingToPress(
                f"The page shows no answers, but {[*self.visitor.texts()[-3:], *uncaught(self.visitor)]}."
            )
        return self.random.choice(answers)

    def press(self, button: Button) -> bool:
        """Press it when the page has settled. Whether the page shows it as given.

        Raises:
            ServerGone: the server ended meanwhile; `doubt` says what was pressed, unless its result was still seen.
        """
        self.wait()
        before = given_in(self.visitor.talk())
        act = TOOK_BACK if button.key.startswith("back-") else words_on(button)
        after = before[:-1] if act == TOOK_BACK else (*before, act)
        self.doubt = act
        try:
            self.durations.append(self.visitor.press(button))
        except ServerGone:
            if given_in(self.visitor.talk()) == after:
                self._is_given(act)
            raise
        shown = given_in(self.visitor.talk()) == after
        self.doubt = None
        if shown:
            self._is_given(act)
            self.drawn()
        return shown

    def _is_given(self, act: str) -> None:
        self.given.append(act)
        self.doubt = None

    def go_on(self, acts: int) -> bool:
        """A number of acts, as long as there is something to do. Whether each was shown as given."""
        return all(self.act() for _ in range(acts) if not self.ended)

    def come_back(self) -> None:
        """Open the attempt anew, as from a bookmark."""
        self.visitor.open("conversation", attempt=self.attempt_id)
        self.drawn()

    def check(self, verdict: Verdict, when: str, *, page: bool = True) -> None:
        """No answer lost, none twice, and with `page` the page shows where the person stands."""
        record = record_of(self.server.database, self.attempt_id)
        if self.doubt is not None:
            kept = list(record.acts) == [*self.given, self.doubt]
            verdict.counts["kept, not yet shown" if kept else "neither kept nor shown"] += 1
            self.given += [self.doubt] * kept
        self.doubt = None
        found = list(record.problems)
        if list(record.acts) != self.given:
            found.append(f"Shown as given: {self.given}; in the database: {list(record.acts)}.")
        if page:
            found += unlike(self.visitor, record)
        verdict.blame(f"{when} ({self.scenario}, {self.attempt_id}): {problem}" for problem in found)

    def finish(self, verdict: Verdict) -> None:
        """Count what was given and close the tab."""
        verdict.answers += sum(1 for act in self.given if act != TOOK_BACK)
        self.visitor.close()
