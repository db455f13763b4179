"""Whether a person sees where they stand: the page against the record behind it."""

from __future__ import annotations

from faults.picture import Button
from faults.record import Record
from faults.transcript import TRAINEE, Line
from faults.visitor import Visitor

ANSWER = "answer-"


def answers_on(visitor: Visitor) -> tuple[Button, ...]:
    """The buttons that answer the client."""
    return tuple(button for button in visitor.buttons() if button.key.startswith(ANSWER))


def words_on(button: Button) -> str:
    """What a button says; an act stands in italics there."""
    act = button.label.startswith("*") and button.label.endswith("*")
    return button.label[1:-1] if act else button.label


def given_in(talk: tuple[Line, ...]) -> tuple[str, ...]:
    """What the talk shows that the trainee said or did."""
    return tuple(line.words for line in talk if line.who == TRAINEE)


def uncaught(visitor: Visitor) -> list[str]:
    """Faults on the page that nobody caught, and anything that looks like the inside of the program."""
    found = [f"The page shows an uncaught fault: {fault}." for fault in visitor.exceptions()]
    return found + [f"The page shows a traceback: {text[:200]}." for text in visitor.texts() if "Traceback" in text]


def unlike(visitor: Visitor, record: Record) -> list[str]:
    """In what the conversation's page is not the record, so that the person does not see where they stand."""
    found = uncaught(visitor)
    if visitor.talk() != record.talk:
        found.append(
            f"The page shows {len(visitor.talk())} turns, the last '{visitor.last_line()[:60]}', but the record has "
            f"{len(record.talk)}; alerts: {[alert.words for alert in visitor.alerts()]}."
        )
    expected = [f"{ANSWER}{record.next_number}-{position}" for position in range(1, record.offered + 1)]
    there = [button.key for button in answers_on(visitor)]
    if record.open and there != expected:
        found.append(f"The page offers {there}, but the record stands at {expected}.")
    if not record.open and not any(button.key == "to-debrief" for button in visitor.buttons()):
        found.append("The conversation has ended, but the page offers no way to its debrief.")
    return found


def sentence(visitor: Visitor, about: str) -> bool:
    """Whether an alert on the page holds these words."""
    return any(about.lower() in alert.words.lower() for alert in visitor.alerts())
