"""Hypothesis strategies for content: small scenarios that are sound and mean, written as an author would, in YAML.

They are emitted as text, so that whoever plays them has read them first. Mean means: hubs that run out, circles
that come back to themselves, guards that ask about the very node they guard, states that hit their ends, clients who
leave, choices that can be taken again, and prose that YAML trips over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from simulator.content.checks import Subject, check_scenario
from simulator.content.checks.rubrics import check_behaviours, check_rubric
from simulator.content.condition import (
    Chosen,
    Compare,
    Count,
    Every,
    Not,
    Number,
    Showed,
    Some,
    StateOf,
    Test,
    Visited,
    Visits,
)
from simulator.content.diagnostics import Finding, Severity
from simulator.content.library import Content
from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import read

# --- text -----------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[A-Za-z][\w .,'()<>=!]*[\w.)]|[A-Za-z]", re.ASCII)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:+d}" if value else "0"
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def yaml_text(value: Any, indent: int = 0) -> str:
    """Nested data as block YAML, plain scalars wherever they are safe."""
    pad = " " * indent
    if isinstance(value, Mapping) and value:
        return "".join(f"{pad}{key}:{_below(item, indent + 2)}" for key, item in value.items())
    if isinstance(value, list | tuple) and value:
        return "".join(f"{pad}-{_below(item, indent + 2)}" for item in value)
    return pad + ("{}" if isinstance(value, Mapping) else "[]" if isinstance(value, list | tuple) else _scalar(value))


def _below(item: Any, indent: int) -> str:
    if isinstance(item, list) and item and all(isinstance(part, str) and part.isidentifier() for part in item):
        return f" [{', '.join(item)}]\n"
    if isinstance(item, Mapping | list | tuple) and item:
        return "\n" + yaml_text(item, indent)
    return f" {yaml_text(item)}\n"


PROSE = (
    "Aye. Something like that.", "No", "50", "12:30", "Look: I'm fine", "*shrugs*", "[long pause] okay",
    '"Why?" she asks', "I paid 20 # for that", "@home", "! no", "{says: Well, I went.}", "null", "~",
    "Weiß ich nicht — «vielleicht»", "- and then", "yes", "0x1F",
)  # fmt: skip
"""Things people say that YAML would take for something else."""

# --- conditions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """What a condition may ask about."""

    states: tuple[str, ...] = ("trust", "distress")
    places: tuple[str, ...] = ("arrival", "hub", "over")
    choices: tuple[str, ...] = ("arrival.wait", "hub.ask", "hub.wait")
    behaviours: tuple[str, ...] = ("warm", "cold")


def quantities(names: Names) -> st.SearchStrategy[Any]:
    """Numbers, and everything that is one."""
    things = st.lists(st.sampled_from(names.places + names.choices), min_size=1, max_size=3, unique=True)
    return st.one_of(
        st.sampled_from(names.states).map(StateOf),
        st.sampled_from(names.places).map(Visits),
        st.sampled_from(names.behaviours).map(Showed),
        things.map(lambda found: Count(tuple(found))),
        st.integers(-2, 9).map(Number),
    )


def simple_tests(names: Names) -> st.SearchStrategy[Test]:
    """A comparison, `visited` or `chose`."""
    signs = st.sampled_from(("<", "<=", "==", "!=", ">=", ">"))
    return st.one_of(
        st.builds(Compare, quantities(names), signs, st.integers(-2, 6).map(Number)),
        st.sampled_from(names.places).map(Visited),
        st.sampled_from(names.choices).map(Chosen),
        st.builds(Compare, quantities(names), signs, quantities(names)),
    )


class Tape:
    """Bytes read as decisions, one after the other; zeros once they are used up.

    One drawing of bytes is a hundred times faster than a hundred drawings, and a zero is always the plainest
    decision, so failing scenarios still shrink to small ones.
    """

    def __init__(self, data: bytes) -> None:
        self._bytes = iter(data)

    def below(self, end: int) -> int:
        """A number from 0 up to, not including, `end`."""
        return next(self._bytes, 0) % end

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`."""
        return low + self.below(high - low + 1)

    def chance(self, tenths: int) -> bool:
        """True in so many of ten cases."""
        return self.below(10) >= 10 - tenths

    def one_of(self, things: Sequence[Any]) -> Any:
        """One of several."""
        return things[self.below(len(things))]

    def some_of(self, things: Sequence[Any], most: int) -> list[Any]:
        """Some of several, each once, in any order."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(self.below(most + 1))]


def _quantity(tape: Tape, names: Names) -> Any:
    kind = tape.below(8)
    if kind < 3:
        return StateOf(tape.one_of(names.states))
    if kind < 5:
        return Visits(tape.one_of(names.places))
    if kind == 5:
        return Showed(tape.one_of(names.behaviours))
    if kind == 6:
        return Count(("n0.a", *tape.some_of(names.places + names.choices, 2)))
    return Number(tape.between(-1, 5))


def _simple(tape: Tape, names: Names) -> Test:
    kind = tape.below(4)
    if kind == 0:
        return Visited(tape.one_of(names.places))
    if kind == 1:
        return Chosen(tape.one_of(names.choices))
    left, sign = _quantity(tape, names), tape.one_of(("<", "<=", "==", "!=", ">=", ">"))
    return Compare(left, sign, Number(tape.between(-1, 5)) if tape.chance(8) else _quantity(tape, names))


def _condition(tape: Tape, names: Names) -> Test:
    kind = tape.below(5)
    if kind == 1:
        return Not(_simple(tape, names))
    if kind > 2:
        parts = (_simple(tape, names), _simple(tape, names))
        return Every(parts) if kind == 3 else Some(parts)
    return _simple(tape, names)


def deep_conditions(names: Names) -> st.SearchStrategy[Test]:
    """Conditions such as nobody should write."""

    def grown(inner: st.SearchStrategy[Test]) -> st.SearchStrategy[Test]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(inner.map(Not), several.map(Every), several.map(Some))

    return st.recursive(simple_tests(names), grown, max_leaves=8)


_SPELT: dict[type, Callable[[Any], str]] = {
    Number: lambda number: str(number.value),
    StateOf: lambda state: state.name,
    Visits: lambda asked: f"visits({asked.place})",
    Showed: lambda asked: f"showed({asked.behaviour})",
    Count: lambda asked: f"count({', '.join(asked.things)})",
    Visited: lambda asked: f"visited({asked.place})",
    Chosen: lambda asked: f"chose({asked.choice})",
    Compare: lambda test: f"{written(test.left)} {test.sign} {written(test.right)}",
    Not: lambda test: f"not {_bracketed(test.inner, Every | Some)}",
    Every: lambda test: " and ".join(_bracketed(part, Every | Some) for part in test.parts),
    Some: lambda test: " or ".join(_bracketed(part, Some) for part in test.parts),
}


def written(test: Any) -> str:
    """A condition as text, with the brackets that it needs and no others."""
    return _SPELT[type(test)](test)


def _bracketed(test: Test, kinds: Any) -> str:
    return f"({written(test)})" if isinstance(test, kinds) else written(test)


# --- behaviours and rubrics -----------------------------------------------------------------------------------------

BEHAVIOURS = ("warm", "asks", "mends", "cold", "hurts", "breach", "slip")
CRITERIA = ("empathy", "boundaries", "respect")

_CATALOGUE: dict[str, Any] = {
    "format": 1,
    "criteria": {name: {"title": name.title(), "about": "One sentence."} for name in CRITERIA},
    "behaviours": {
        name: {"title": name.title(), "means": "One sentence.", "example": "Such as this.", **more}
        for name, more in {
            "warm": {"kind": "helpful"},
            "asks": {"kind": "helpful"},
            "mends": {"kind": "helpful"},
            "cold": {"kind": "unhelpful"},
            "hurts": {"kind": "harmful"},
            "breach": {"kind": "harmful", "critical": "at_once"},
            "slip": {"kind": "harmful", "critical": "unless_repaired", "repaired_by": ["mends", "asks"]},
        }.items()
    },
}
CATALOGUE_TEXT = yaml_text(_CATALOGUE)
"""A catalogue of seven behaviours, of every kind there is."""

_LEVELS = {"harmful": "Harm.", "not_yet": "Not yet.", "competent": "Competent.", "advanced": "Advanced."}


def rubric_text(
    scores: Mapping[str, Mapping[str, int]],
    weights: Mapping[str, int] | None = None,
    cuts: Mapping[str, str | int] | None = None,
) -> str:
    """A rubric called `tiny`, from the points of each behaviour by criterion."""
    data = {
        "format": 1,
        "id": "tiny",
        "title": "Tiny",
        "criteria": {
            name: {
                "question": "How was it?",
                "levels": _LEVELS,
                "weight": (weights or {}).get(name, 1),
                "scores": dict(points),
            }
            for name, points in scores.items()
        },
    }
    written_cuts = "".join(f"  {name}: {value}\n" for name, value in (cuts or {}).items())
    return yaml_text(data) + (f"cuts:\n{written_cuts}" if written_cuts else "")


def _rubric(data: bytes) -> str:
    tape = Tape(data)
    scores = {
        criterion: {behaviour: (0, 1, 2, 3, -1, -2, -3)[tape.below(7)] for behaviour in BEHAVIOURS}
        for criterion in CRITERIA
    }
    weights = {criterion: tape.between(1, 3) for criterion in CRITERIA}
    cuts: dict[str, str | int] = {}
    if tape.chance(6):
        cuts["competent"] = tape.one_of(("0.60", "0.5", "0.33", "0.67", "1"))
        cuts["advanced"] = tape.one_of(("0.85", "0.67", "0.75", "1.0"))
        cuts["enough"] = tape.between(1, 4)
        cuts["advanced_from"] = tape.between(1, 6)
    return rubric_text(scores, weights, cuts)


def rubric_texts() -> st.SearchStrategy[str]:
    """Rubrics over the catalogue's criteria. Points are drawn at random, whatever the kind of a behaviour."""
    return st.binary(min_size=29, max_size=29).map(_rubric)


# --- scenarios ------------------------------------------------------------------------------------------------------

_ENDINGS = ("good", "bad", "odd")
_EARLY = "bad"


class _Script:
    """A scenario while it is made up: plain data, and what it takes to make a sound story of it."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.offset = tape.below(len(PROSE))
        self.nodes = [f"n{number}" for number in range(tape.between(1, 5))]
        self.endings = list(_ENDINGS[: tape.between(2, 3)])
        self.counts = {node: tape.between(1, 4) for node in self.nodes}
        self.states = ["trust", "distress"][: tape.between(1, 2)]
        choices = [f"{node}.{'abcd'[i]}" for node, count in self.counts.items() for i in range(count)]
        self.names = Names(tuple(self.states), tuple(self.nodes + self.endings), tuple(choices), BEHAVIOURS)

    def condition(self) -> str:
        return written(_condition(self.tape, self.names))

    def about_itself(self, node: str) -> str:
        """A guard that asks about the node it guards: only the first time, not the first time, ..."""
        times = self.tape.between(1, 2)
        return self.tape.one_of((f"visits({node}) == {times}", f"not visited({node})", f"visits({node}) > {times}"))

    def prose(self) -> str:
        self.offset += 1
        return PROSE[self.offset % len(PROSE)]

    def line(self) -> Any:
        form = self.tape.below(4)
        if form == 0:
            return self.prose()
        if form == 1:
            return {"says": self.prose(), "manner": self.prose(), "thought": self.prose()}
        guarded = [{"when": self.condition(), "says": self.prose()} for _ in range(form - 1)]
        return [*guarded, {"manner": self.prose()}]

    def later(self, node: str) -> list[str]:
        return self.nodes[self.nodes.index(node) + 1 :] + self.endings

    def ways(self, targets: list[str]) -> Any:
        last = self.tape.one_of(targets)
        form = self.tape.below(4)
        if form < 2:
            return last
        guarded = [{"when": self.condition(), "to": self.tape.one_of(targets)} for _ in range(form - 1)]
        return [*guarded, {"to": last}]

    def moves(self) -> dict[str, int]:
        amounts = {state: self.tape.between(-3, 3) for state in self.states}
        return {state: amount for state, amount in amounts.items() if amount}

    def choice(self, node: str, number: int, needs_goto: bool) -> dict[str, Any]:
        tape = self.tape
        choice: dict[str, Any] = {"say" if tape.chance(5) else "does": self.prose()}
        tags = tape.some_of(BEHAVIOURS, 3)
        early = len(tags) if not tape.chance(2) else 0
        choice["shows"] = tags[:early] or []
        if tags[early:]:
            choice["mistimed"] = tags[early:]
        if not tags or tape.chance(1):
            choice["scored"] = False
        if moves := self.moves():
            choice["effects"] = moves
        if tape.chance(5):
            choice["reply"] = self.line()
        if tape.chance(4):
            choice["when"] = self.condition() if tape.chance(5) else self.about_itself(node)
        if number and tape.chance(2):
            choice["repeatable"] = True
        if choice.get("repeatable"):
            choice["goto"] = self.ways(self.later(node))
        elif needs_goto or tape.chance(4):
            choice["goto"] = self.ways(self.nodes * 6 + self.endings)
        return choice

    def node(self, node: str) -> dict[str, Any]:
        tape = self.tape
        data: dict[str, Any] = {"client": self.line()}
        if tape.chance(3):
            data["weight"] = tape.between(2, 3)
        if tape.chance(1):
            data["scored"] = False
        if tape.chance(5):
            data["goto"] = self.ways(self.nodes * 6 + self.endings)
        if tape.chance(5):
            data["otherwise"] = self.ways(self.later(node))
        data["choices"] = {
            "abcd"[number]: self.choice(node, number, "goto" not in data) for number in range(self.counts[node])
        }
        return data

    def made_up(self) -> dict[str, Any]:
        tape = self.tape
        states = {}
        for state in self.states:
            low = tape.between(-1, 1)
            high = low + tape.between(1, 6)
            states[state] = {"start": tape.between(low, high), "min": low, "max": high}
        client: dict[str, Any] = {"name": "Kim", "state": states}
        reactions = {tag: moves for tag in BEHAVIOURS if tape.chance(4) and (moves := self.moves())}
        if reactions:
            client["reactions"] = reactions
        if tape.chance(2):
            client["leaves"] = [{"when": self.condition(), "to": _EARLY} for _ in range(tape.between(1, 2))]
        nodes = {node: self.node(node) for node in self.nodes}
        endings: dict[str, Any] = {}
        for ending in self.endings:
            endings[ending] = {"outcome": "progress", "summary": self.prose()}
            if ending == _EARLY:
                endings[ending]["early"] = True
            if tape.chance(5):
                endings[ending]["client"] = self.line()
        self._lead_everywhere(nodes, client)
        self._lead_on(nodes, client)
        return self._whole(client, nodes, endings)

    def _whole(self, client: Any, nodes: Any, endings: Any) -> dict[str, Any]:
        assesses = self.tape.some_of(CRITERIA, 3) or [CRITERIA[0]]
        rules = [{"when": self.condition(), "say": self.prose()}, {"say": self.prose()}]
        return {
            "format": 1, "id": "generated", "title": "Generated", "level": "foundation", "minutes": 5,
            "rubric": "tiny", "assesses": assesses, "brief": "A brief.", "client": client, "start": "n0",
            "nodes": nodes, "endings": endings, "debrief": rules,
        }  # fmt: skip

    def _reached(self, nodes: Any, client: Any, starts: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            place = waiting.pop()
            if place in found:
                continue
            found.add(place)
            if place in nodes:
                waiting += _follows(nodes[place])
                waiting += [leaving["to"] for leaving in client.get("leaves", ())]
        return found

    def _lead_everywhere(self, nodes: Any, client: Any) -> None:
        """Whatever nothing leads to yet is led to from a node that can be reached, under a condition."""
        for place in [*self.nodes, *self.endings]:
            reached = self._reached(nodes, client, ["n0"])
            if place not in reached:
                here = self.tape.one_of([node for node in self.nodes if node in reached])
                choice = nodes[here]["choices"]["a"]
                ways = choice.get("goto") or nodes[here]["goto"]
                old = [{"to": ways}] if isinstance(ways, str) else ways
                choice["goto"] = [{"when": self.condition(), "to": place}, *old]

    def _lead_on(self, nodes: Any, client: Any) -> None:
        """No node is a dead end or can run out. A way on can make another node run out, so look again."""
        for _ in range(len(nodes) + 1):
            for node in reversed(self.nodes):
                if not self._reached(nodes, client, [node]) & set(self.endings):
                    nodes[node]["otherwise"] = "good"
                elif "otherwise" not in nodes[node] and not self._lasts(node, nodes, client):
                    nodes[node]["otherwise"] = self.ways(self.later(node))

    def _lasts(self, node: str, nodes: Any, client: Any) -> bool:
        leaving = [leave["to"] for leave in client.get("leaves", ())]
        for choice in nodes[node]["choices"].values():
            targets = _targets(choice.get("goto") or nodes[node]["goto"])
            back = node in self._reached(nodes, client, [*targets, *leaving])
            if "when" not in choice and (choice.get("repeatable") or not back):
                return True
        return False


def _targets(ways: Any) -> list[str]:
    if ways is None:
        return []
    return [ways] if isinstance(ways, str) else [way["to"] for way in ways]


def _follows(node: Any) -> list[str]:
    own = [_targets(choice.get("goto") or node.get("goto")) for choice in node["choices"].values()]
    return [target for targets in (*own, _targets(node.get("otherwise"))) for target in targets]


def generated_text(data: bytes) -> str:
    """YAML of the sound scenario that these bytes decide upon."""
    return yaml_text(_Script(Tape(data)).made_up())


def scenario_texts() -> st.SearchStrategy[str]:
    """YAML of a sound scenario."""
    return st.binary(min_size=500, max_size=500).map(generated_text)


def errors(findings: Iterable[Finding]) -> list[str]:
    """The errors among findings, in words."""
    return [f"{f.span.line}: {f.code} {f.message}" for f in findings if f.severity is Severity.ERROR]


def behaviours_model(text: str = CATALOGUE_TEXT) -> Behaviours:
    """The catalogue, read and checked."""
    source = read(text, "behaviours.yaml")
    found, findings = shaped(source, Behaviours, "the behaviour catalogue")
    assert found is not None, errors([*source.findings, *findings])
    assert not errors(check_behaviours(source, found))
    return found


def rubric_model(text: str, behaviours: Behaviours) -> Rubric:
    """A rubric, read and checked."""
    source = read(text, "tiny.yaml")
    found, findings = shaped(source, Rubric, "the rubric")
    assert found is not None, errors([*source.findings, *findings])
    assert not errors(check_rubric(source, found, behaviours))
    return found


CATALOGUE = behaviours_model()
ONES_TEXT = rubric_text(
    {
        "empathy": {"warm": 2, "asks": 1, "mends": 1, "cold": -2, "hurts": -3, "slip": -1},
        "boundaries": {"asks": 2, "mends": 1, "cold": -1, "breach": -3, "slip": -2},
        "respect": {"warm": 1, "mends": 3, "cold": -1, "hurts": -2},
    }
)
"""A rubric in which points go with the kind of a behaviour."""
ONES = rubric_model(ONES_TEXT, CATALOGUE)


def scenario_model(text: str) -> Scenario:
    """A scenario, read and checked: it must be free of errors."""
    source = read(text, "generated.yaml")
    found, findings = shaped(source, Scenario, "the scenario")
    assert found is not None, (errors([*source.findings, *findings]), text)
    subject = Subject(source, found, CATALOGUE, {"tiny": ONES}, frozenset({"generated"}))
    assert not errors(check_scenario(subject)), (errors(check_scenario(subject)), text)
    return found


def scenarios() -> st.SearchStrategy[Scenario]:
    """Sound scenarios, read from their YAML."""
    return scenario_texts().map(scenario_model)


def rubrics() -> st.SearchStrategy[Rubric]:
    """Rubrics over the catalogue."""
    return rubric_texts().map(lambda text: rubric_model(text, CATALOGUE))


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Everything an attempt is played with, texts included."""
    scenario, rubric = draw(scenario_texts()), draw(rubric_texts())
    return Content(
        scenario_model(scenario), CATALOGUE, rubric_model(rubric, CATALOGUE), scenario, CATALOGUE_TEXT, rubric
    )


def picks() -> st.SearchStrategy[Sequence[int]]:
    """How somebody clicks: which of what is on offer, again and again from the beginning."""
    return st.lists(st.integers(0, 5), min_size=1, max_size=8)


def most_steps(scenario: Scenario) -> int:
    """More steps than any run of a generated scenario can have.

    Each circle in it has a choice that can be taken only once, and between two of these a run passes each node once.
    """
    once = sum(not choice.repeatable for node in scenario.nodes.values() for choice in node.choices.values())
    return (once + 1) * (len(scenario.nodes) + 1)
