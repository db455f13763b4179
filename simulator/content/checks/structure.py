"""SIM1xx that need more than one field to see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.content.checks.subject import Subject
from simulator.content.condition_parser import RESERVED
from simulator.content.diagnostics import Finding
from simulator.content.scenario import ReviewStatus, Way, Words


def check(subject: Subject) -> Iterator[Finding]:
    """Choices that are neither said nor done, lists without a last entry, states outside their range."""
    yield from _states(subject)
    yield from _review(subject)
    yield from _choices(subject)
    yield from _twice(subject)
    for path, line in subject.lines:
        yield from _possibilities(subject, path, line)
        for position, words in enumerate(line):
            if not (words.says or words.manner or words.thought):
                yield subject.finding("no-words", (*path, position), at_key=len(line) == 1)
    for path, _, ways in subject.ways:
        yield from _possibilities(subject, path, ways)


def _review(subject: Subject) -> Iterator[Finding]:
    review = subject.scenario.review
    lacking = {"by whom": "'who'", "when": "'when'"}
    if review.who:
        del lacking["by whom"]
    if review.when:
        del lacking["when"]
    if review.status is ReviewStatus.REVIEWED and lacking:
        values = {"lacking": " or ".join(lacking), "remedy": " and ".join(lacking.values())}
        yield subject.finding("review-incomplete", ("review", "status"), at_key=True, **values)


def _choices(subject: Subject) -> Iterator[Finding]:
    for node_id, choice_id, choice in subject.choices:
        path = ("nodes", node_id, "choices", choice_id)
        if (choice.say is None) == (choice.does is None):
            found = "neither 'say' nor 'does'" if choice.say is None else "both 'say' and 'does'"
            yield subject.finding("say-or-do", path, at_key=True, choice=choice_id, found=found)
        tagged = len(choice.behaviours)
        if tagged > 4 or (tagged == 0 and subject.scenario.counts_for_score(node_id, choice_id)):
            remedy = (
                "keep the four that matter most"
                if tagged
                else "what does the trainee do here? If it only steers the talk, add 'scored: false'"
            )
            values = {"choice": choice_id, "found": tagged, "remedy": remedy}
            written = subject.source.contains((*path, "shows"))
            place = (*path, "shows") if written else path
            yield subject.finding("number-of-behaviours", place, at_key=not written, **values)


def _twice(subject: Subject) -> Iterator[Finding]:
    for node_id, choice_id, choice in subject.choices:
        seen: set[str] = set()
        for field, tags in (("shows", choice.shows), ("mistimed", choice.mistimed)):
            for position, tag in enumerate(tags):
                if tag in seen:
                    path = ("nodes", node_id, "choices", choice_id, field, position)
                    yield subject.finding("behaviour-twice", path, choice=choice_id, behaviour=tag)
                seen.add(tag)


def _states(subject: Subject) -> Iterator[Finding]:
    for name, state in subject.scenario.client.state.items():
        if name in RESERVED:
            yield subject.finding("reserved-word", ("client", "state", name), at_key=True, found=name)
        if not (state.min <= state.start <= state.max and state.min < state.max):
            path = ("client", "state", name, "start")
            yield subject.finding("state-range", path, state=name, start=state.start, min=state.min, max=state.max)


def _possibilities(subject: Subject, path: tuple[str | int, ...], entries: Sequence[Words | Way]) -> Iterator[Finding]:
    last = len(entries) - 1
    for position, entry in enumerate(entries):
        if position == last and entry.when is not None:
            at = (*path, position, "when")
            yield subject.finding("missing-last-entry", at, at_key=True, key=path[-1])
        elif position < last and entry.when is None:
            yield subject.finding("entry-never-read", (*path, position), key=path[-1])
