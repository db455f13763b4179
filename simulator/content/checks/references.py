"""SIM2xx: names that nothing answers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.content.checks.subject import Subject
from simulator.content.diagnostics import Finding
from simulator.content.shape import nearest


def check(subject: Subject) -> Iterator[Finding]:
    """Nodes, behaviours, states, criteria, rubrics, scenarios and choices that are named but do not exist."""
    yield from _ids(subject)
    yield from _header(subject)
    yield from _places(subject)
    yield from _behaviours(subject)
    yield from _states(subject)
    yield from _conditions(subject)


def _ids(subject: Subject) -> Iterator[Finding]:
    for ending in subject.scenario.endings:
        if ending in subject.scenario.nodes:
            line = subject.line_of(("nodes", ending))
            yield subject.finding("same-id-twice", ("endings", ending), at_key=True, found=ending, line=line)


def _header(subject: Subject) -> Iterator[Finding]:
    scenario = subject.scenario
    rubric = subject.rubrics.get(scenario.rubric)
    if rubric is None and scenario.rubric not in subject.broken_rubrics:
        hint = nearest(scenario.rubric, list(subject.rubrics))
        yield subject.finding("unknown-rubric", ("rubric",), found=scenario.rubric, nearest=hint)
    criteria = list(rubric.criteria if rubric else subject.behaviours.criteria)
    where = f" of rubric '{rubric.id}'" if rubric else ""
    for position, name in enumerate(scenario.assesses):
        if name not in criteria:
            hint = nearest(name, criteria)
            path = ("assesses", position)
            yield subject.finding("unknown-criterion", path, found=name, where=where, nearest=hint)
    every = list(subject.behaviours.criteria)
    for position, rule in enumerate(scenario.debrief):
        if rule.about and rule.about not in every:
            hint = nearest(rule.about, every)
            at = ("debrief", position, "about")
            yield subject.finding("unknown-criterion", at, found=rule.about, where="", nearest=hint)
    other = scenario.equal_alternative
    if other and other not in subject.scenario_ids:
        hint = nearest(other, sorted(subject.scenario_ids - {scenario.id}))
        yield subject.finding("unknown-scenario", ("equal_alternative",), found=other, nearest=hint)


def _places(subject: Subject) -> Iterator[Finding]:
    scenario = subject.scenario
    lines = subject.lines_of_places

    def unknown(path: tuple[str | int, ...], who: str, found: str) -> Iterator[Finding]:
        if found not in lines:
            hint = nearest(found, list(lines), lines)
            yield subject.finding("unknown-node", path, who=who, found=found, nearest=hint)

    if scenario.start not in scenario.nodes:
        hint = nearest(scenario.start, list(scenario.nodes), lines)
        yield subject.finding("unknown-node", ("start",), who="'start'", found=scenario.start, nearest=hint)
    for position, leaving in enumerate(scenario.client.leaves):
        yield from unknown(("client", "leaves", position, "to"), "the client", leaving.to)
    for path, who, ways in subject.ways:
        for position, way in enumerate(ways):
            yield from unknown((*path, position, "to"), who, way.to)


def _behaviours(subject: Subject) -> Iterator[Finding]:
    known = list(subject.behaviours.behaviours)
    for node_id, choice_id, choice in subject.choices:
        for field, tags in (("shows", choice.shows), ("mistimed", choice.mistimed)):
            for position, tag in enumerate(tags):
                if tag not in subject.behaviours.behaviours:
                    path = ("nodes", node_id, "choices", choice_id, field, position)
                    yield subject.finding("unknown-behaviour", path, found=tag, nearest=nearest(tag, known))
    for tag in subject.scenario.client.reactions:
        if tag not in subject.behaviours.behaviours:
            at = ("client", "reactions", tag)
            yield subject.finding("unknown-behaviour", at, at_key=True, found=tag, nearest=nearest(tag, known))


def _states(subject: Subject) -> Iterator[Finding]:
    changed = [(("client", "reactions", tag), moves) for tag, moves in subject.scenario.client.reactions.items()]
    changed += [
        (("nodes", node_id, "choices", choice_id, "effects"), choice.effects)  # type: ignore[misc]
        for node_id, choice_id, choice in subject.choices
    ]
    for path, moves in changed:
        for name in moves:
            if name not in subject.scenario.client.state:
                yield _unknown_state(subject, (*path, name), name)


def _unknown_state(subject: Subject, path: tuple[str | int, ...], name: str) -> Finding:
    hint = nearest(name, list(subject.scenario.client.state))
    return subject.finding("unknown-state", path, at_key=True, found=name, nearest=hint)


def _conditions(subject: Subject) -> Iterator[Finding]:
    """Every name in a condition that nothing answers to, at its own place in the condition."""
    scenario = subject.scenario
    lines = subject.lines_of_places
    choices = {f"{node_id}.{choice_id}": 0 for node_id, choice_id, _ in subject.choices}
    known: dict[str, tuple[str, Mapping[str, object]]] = {
        "state": ("unknown-state", scenario.client.state),
        "place": ("unknown-place", lines),
        "choice": ("unknown-choice", choices),
        "behaviour": ("unknown-behaviour", subject.behaviours.behaviours),
    }
    for path, condition in subject.conditions:
        for mention in condition.mentions:
            name, names = known[mention.kind]
            if mention.name not in names:
                span = subject.source.scalar_span(path, mention.offset, len(mention.name))
                hint = nearest(mention.name, list(names), lines if mention.kind == "place" else None)
                yield Finding(name, subject.source.path, span, {"found": mention.name, "nearest": hint})
