"""SIM42x: what a programme owes to trainees: safety around hard topics, plain words about review, no assumptions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.content.checks.subject import Subject
from simulator.content.diagnostics import Finding
from simulator.content.scenario import ReviewStatus, Scenario

_SENSITIVE = re.compile(r"suicid|self[ _-]?harm|self[ _-]?injur|abus(e|ive)|trauma|assault|\brape|violence", re.I)

_FORMS_OF_ADDRESS = r"sir|madam|ma'am|miss|mister|young (?:man|lady|woman)|good (?:boy|girl|lad|lass)|laddie|lassie"
_ADDRESSED = re.compile(rf"(?:^|[,.!?;:…—–-]\s*)({_FORMS_OF_ADDRESS})(?=\s*(?:[,.!?;:…—–-]|$))", re.I | re.M)
_CALLED = re.compile(r"\b(?:trainee|counsellor|student)\b(?:\s+\w+){0,3}\s+(himself|herself|s?he or s?he)\b", re.I)


def check(subject: Subject) -> Iterator[Finding]:
    """Sensitive topics without their safeguards, trainees taken for men or women, reviews that have not been."""
    yield from _sensitive(subject)
    yield from _gendered(subject)
    scenario = subject.scenario
    if scenario.review.status is ReviewStatus.UNREVIEWED:
        written = subject.source.contains(("review",))
        yield subject.finding("unreviewed", ("review",) if written else ("id",), at_key=True)
    if scenario.unverified:
        yield subject.finding("unverified", ("unverified",), at_key=True)


def _sensitive(subject: Subject) -> Iterator[Finding]:
    scenario = subject.scenario
    for position, topic in enumerate(scenario.topics):
        if _SENSITIVE.search(topic):
            lacking = _lacking(scenario)
            if lacking:
                yield subject.finding("sensitive-topic", ("topics", position), topic=topic, lacking=", ".join(lacking))
            return  # what is lacking is lacking once, however many such topics there are


def _lacking(scenario: Scenario) -> list[str]:
    lacking = []
    if scenario.content_note is None:
        lacking.append("'content_note'")
    if scenario.equal_alternative is None:
        lacking.append("'equal_alternative'")
    if not any(rule.about == "safety" for rule in scenario.debrief):
        lacking.append("a 'debrief' rule 'about: safety'")
    return lacking


def _gendered(subject: Subject) -> Iterator[Finding]:
    for path, text in subject.texts():
        found = _ADDRESSED.search(text) if path[-1] == "says" else _CALLED.search(text)
        if found:
            span = subject.source.words_span(path, found.group(1))
            yield Finding("gendered-trainee", subject.source.path, span, {"found": found.group(1)})
