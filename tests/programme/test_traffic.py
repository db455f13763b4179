"""Traffic on a scenario's graph: people, counted once for each place, and not shown where they are few."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from sqlalchemy import select, update

from simulator.programme.figures import TooFew, count_or_too_few
from simulator.programme.items import cohort_behaviours, cohort_items
from simulator.programme.played import played_by
from simulator.programme.traffic import ChoiceTraffic, cohort_traffic
from simulator.records.cohort_rows import Scope
from simulator.records.errors import NotAllowed
from simulator.records.schema import content_text
from tests.people.conftest import Programme
from tests.programme.cohorts import MadeUp, drawn_choices, story

WALK = story()


def test_traffic_is_that_of_plain_loops_over_the_talks(either: MadeUp) -> None:
    luck = random.Random(6)
    tasks = either.set("walk"), either.set("walk")
    people = either.enrol(25)
    with either.at_once():
        for who in people:
            for task in tasks:
                left = luck.random() < 0.4
                choices = drawn_choices(luck, luck.gauss(0, 1), 4 if left else 8)
                either.does(who, WALK, choices, task, ending="left" if left else "done")
    came: dict[str, set[str]] = defaultdict(set)
    chose: dict[tuple[str, str], set[str]] = defaultdict(set)
    went: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in either.drawn:
        places = [decision.node for decision in one.decisions] + [one.ending]
        came[one.ending].add(one.person)
        for decision, onward in zip(one.decisions, places[1:], strict=True):
            came[decision.node].add(one.person)
            chose[decision.node, decision.choice].add(one.person)
            went[decision.node, decision.choice, onward].add(one.person)
    (traffic,) = cohort_traffic(either.results, either.lead, either.scope)
    assert traffic.people == 25
    assert traffic.endings == {ending: count_or_too_few(len(came[ending])) for ending in ("done", "left")}
    assert list(traffic.nodes) == list(WALK.scenario.nodes)
    for name, node in traffic.nodes.items():
        assert node.people == count_or_too_few(len(came[name]))
        for choice, along in node.choices.items():
            assert along.people == count_or_too_few(len(chose[name, choice]))
            assert along.leads_to == {
                onward: count_or_too_few(len(people))
                for (at, chosen, onward), people in went.items()
                if (at, chosen) == (name, choice)
            }


def test_counts_of_fewer_than_five_are_not_shown_even_where_nobody_went(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    people = cohort_of.enrol(9)
    with cohort_of.at_once():
        for number, who in enumerate(people):
            cohort_of.does(who, WALK, ["reflect" if number < 5 else "ask", *["ask"] * 7], task)
    (traffic,) = cohort_traffic(cohort_of.results, cohort_of.lead, cohort_of.scope)
    first = traffic.nodes["n0"]
    assert first.people == 9
    assert first.choices["reflect"] == ChoiceTraffic(5, {"n1": 5})
    assert first.choices["ask"] == ChoiceTraffic(TooFew(5, None), {"n1": TooFew(5, None)})
    assert first.choices["judge"] == ChoiceTraffic(TooFew(5, None), {})
    assert traffic.endings == {"done": 9, "left": TooFew(5, None)}


def test_coming_by_twice_counts_once(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea()
    here.does("trainee", task)
    here.does("fellow", task)
    made = MadeUp(here.store, here.actors["instructor"], _scope(here))
    steps = {row.node: row.people for row in made.results.steps(made.lead, made.scope)}
    assert steps == {"door": 2, "table": 2, "done": 2}
    (traffic,) = cohort_traffic(made.results, made.lead, made.scope)
    assert traffic.people == TooFew(5, None)
    with pytest.raises(NotAllowed):
        cohort_traffic(made.results, here.actors["other instructor"], made.scope)


def _scope(here: Programme) -> Scope:
    return Scope(here.cohorts_by_name["one"])


def test_a_version_that_cannot_be_read_any_more_is_left_out_and_told(cohort_of: MadeUp) -> None:
    cohort_of_five = cohort_of.enrol(5)
    task = cohort_of.set("walk", "ride")
    with cohort_of.at_once():
        for who in cohort_of_five:
            cohort_of.does(who, WALK, ["ask"] * 8, task, slot="walk")
            cohort_of.does(who, story("ride"), ["ask"] * 8, task, slot="ride")
    with cohort_of.store.writing() as connection:
        old = select(content_text).where(content_text.c.text.contains("id: ride"))
        (ride,) = connection.execute(old).all()
        connection.execute(
            update(content_text).where(content_text.c.hash == ride.hash).values(text="format: 99\nid: ride\n")
        )
    fresh = MadeUp(cohort_of.store, cohort_of.lead, cohort_of.scope)
    found = played_by(fresh.results, fresh.lead, fresh.scope)
    assert [one.version.scenario for one in found.left_out] == ["ride"]
    assert found.attempts == 10
    assert [one.played.version.scenario for one in cohort_traffic(fresh.results, fresh.lead, fresh.scope)] == ["walk"]
    assert [one.played.version.scenario for one in cohort_items(fresh.results, fresh.lead, fresh.scope)] == ["walk"]
    assert cohort_behaviours(fresh.results, fresh.lead, fresh.scope)


def test_of_very_many_talks_the_newest_are_looked_at(cohort_of: MadeUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.records.cohort_queries.NEWEST", 6)
    task = cohort_of.set("walk")
    with cohort_of.at_once():
        for number, who in enumerate(cohort_of.enrol(11)):
            cohort_of.does(who, WALK, ["ask" if number < 5 else "reflect"] * 8, task)
    (traffic,) = cohort_traffic(cohort_of.results, cohort_of.lead, cohort_of.scope)
    assert traffic.nodes["n0"].people == 6
    assert traffic.nodes["n0"].choices["reflect"].people == 6
    assert traffic.nodes["n0"].choices["ask"].people == TooFew(5, None)
    assert traffic.people == 11


def test_ways_between_places_are_summed_over_choices_and_say_where_there_are_a_few_more(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    with cohort_of.at_once():
        for number, who in enumerate(cohort_of.enrol(17)):
            first = "reflect" if number < 6 else "ask" if number < 14 else "judge"
            cohort_of.does(who, WALK, [first, *["ask"] * 7], task)
    (traffic,) = cohort_traffic(cohort_of.results, cohort_of.lead, cohort_of.scope)
    assert traffic.ways()["n0", "n1"] == (14, True)
    assert traffic.ways()["n1", "n2"] == (17, False)
