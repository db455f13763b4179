"""Conditions: what is written is what is read, what is read is what holds, and every mistake has its place."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.content.condition import Compare, Count, Every, Not, Number, Some, StateOf, Visited, opposite
from simulator.content.condition_parser import MOST_DEPTH, ConditionError, parse_condition
from tests.generated import Names, deep_conditions, written
from tests.session.naive_play import true_of

NAMES = Names()


@dataclass
class Told:
    state: dict[str, int] = field(default_factory=lambda: {"trust": 3, "distress": 0})
    visits: dict[str, int] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)


def _some(names):
    return st.dictionaries(st.sampled_from(names), st.integers(1, 3))


FACTS = st.builds(
    Told,
    st.fixed_dictionaries({name: st.integers(-2, 6) for name in NAMES.states}),
    _some(NAMES.places),
    _some(NAMES.choices),
    _some(NAMES.behaviours),
)
CONDITIONS = deep_conditions(NAMES)


@given(CONDITIONS)
def test_a_condition_written_out_is_read_as_the_same_condition(test):
    text = written(test)
    read = parse_condition(text)
    assert read.test == test
    assert read.text == text


@given(CONDITIONS, st.lists(st.sampled_from(["", " ", "  ", "\t", "\n"]), min_size=1))
def test_spaces_make_no_difference(test, spaces):
    parts = written(test).replace("(", " ( ").replace(")", " ) ").replace(",", " , ").split(" ")
    words = [part for part in parts if part]
    joined = "".join(f"{spaces[place % len(spaces)]} {word}" for place, word in enumerate(words))
    assert parse_condition(joined).test == test


@given(CONDITIONS)
def test_brackets_that_change_nothing_change_nothing(test):
    assert parse_condition(f"(({written(test)}))").test == test


@given(CONDITIONS, FACTS)
def test_a_condition_holds_where_another_reader_says_that_it_holds(test, facts):
    expected = true_of(written(test), facts.state, facts.visits, facts.chosen, facts.shown)
    assert parse_condition(written(test)).holds(facts) is expected


@given(CONDITIONS, FACTS)
def test_the_opposite_holds_exactly_where_the_condition_does_not(test, facts):
    assert opposite(test).holds(facts) is not test.holds(facts)


@given(CONDITIONS)
def test_every_name_is_mentioned_where_it_stands(test):
    text = "  " + written(test)
    for mention in parse_condition(text).mentions:
        assert text[mention.offset :].startswith(mention.name)
        assert mention.kind in {"state", "place", "choice", "behaviour"}


@given(
    CONDITIONS,
    st.lists(
        st.tuples(
            st.sampled_from(["leave out", "put in", "double"]),
            st.integers(0, 400),
            st.sampled_from(
                [*"()<>=!&|+-*/.,;:'\"#@ \t\n_0123456789aZäß²٣½\u00a0\u200b\x00", "not ", " and ", "visited("]
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_damaged_text_is_read_or_refused_with_a_place_inside_it(test, damages):
    text = written(test)
    for kind, position, piece in damages:
        place = position % (len(text) + 1)
        if kind == "leave out":
            text = text[:place] + text[place + 1 :]
        elif kind == "put in":
            text = text[:place] + piece + text[place:]
        else:
            text = text[:place] + text[place // 2 :]
    _read_or_refused(text)


@given(st.text(max_size=40))
@example("٣ > 2")
@example("trust >= ²")
@example("(" * 500)
@example("not " * 500 + "visited(a)")
@example("1" * 5000 + " > 2")
@example("a." * 300)
def test_any_text_is_read_or_refused_with_a_place_inside_it(text):
    _read_or_refused(text)


def _read_or_refused(text: str) -> None:
    try:
        parse_condition(text)
    except ConditionError as error:
        assert 0 <= error.offset <= len(text)
        assert error.offset + error.length <= max(len(text), 1)
        assert error.problem
        assert error.remedy


MISTAKES = [
    # what is written, the stretch pointed at, what the remedy says
    ("trust = 3", "=", "=="),
    ("trust => 3", "=>", "'>='"),
    ("trust =< 3", "=<", "'<='"),
    ("1 < trust < 5", (10, 1), "joined with 'and'"),
    ("(1 < trust < 5)", (11, 1), "joined with 'and'"),
    ("not 1 < trust == 5 and visited(hub)", (14, 2), "joined with 'and'"),
    ("trust", "trust", "'trust >= 1'"),
    ("visited(hub) and trust", (17, 5), "'trust >= 1'"),
    ("(trust)", (1, 5), "'trust >= 1'"),
    ("not trust", (4, 5), "'trust >= 1'"),
    ("visits(hub)", "visits(hub)", "'visits(hub) >= 1'"),
    ("count( a, b.c ) or 1 > 2", "count( a, b.c )", "'count( a, b.c ) >= 1'"),
    ("7", "7", "compare it"),
    ("-7 or visited(hub)", "-7", "compare it"),
    ("visited(hub) == 1", "visited(hub)", "'not' for the opposite"),
    ("1 <= chose(hub.a)", "chose(hub.a)", "'not' for the opposite"),
    ("(trust > 3) == 1", "(trust > 3)", "'not' for the opposite"),
    ("seen(hub)", "seen", "visited, visits, chose, count and showed"),
    ("trust >= 6 and not(seen (hub))", "seen", "visited, visits, chose, count and showed"),
    ("(trust >= 3", (11, 0), "add ')'"),
    ("visited(hub", (11, 0), "add ')'"),
    ("visited hub", "visited", "complete the condition"),
    ("visited(hub) and (trust > 3 or trust < 1", (40, 0), "add ')'"),
    ("trust >= 3)", (10, 1), "join conditions with 'and' or 'or'"),
    ("", (0, 1), "or remove it"),
    ("   ", (0, 1), "or remove it"),
    ("trust >= 3 please", "please", "join conditions with 'and' or 'or'"),
    ("trust >= 3 visited(hub)", "visited", "join conditions with 'and' or 'or'"),
    ("visited(hub.wait)", "hub.wait", "chose(hub.wait)"),
    ("visits(hub.wait) > 1", "hub.wait", "chose(hub.wait)"),
    ("hub.wait", "hub.wait", "chose(hub.wait)"),
    ("chose(wait)", (6, 4), "chose(node.choice)"),
    ("chose(a.b, c.d)", "chose", "count(a, b)"),
    ("visited()", (8, 1), "write the name in the brackets"),
    ("count(a,)", (8, 1), "write the name in the brackets"),
    ("visited(3)", (8, 1), "write the name in the brackets"),
    ("visited(hub) && trust > 3", (13, 1), "'and'"),
    ("visited(hub) || trust > 3", (13, 1), "'or'"),
    ("!visited(hub)", (0, 1), "'not'"),
    ("trust + 1 > 3", "+", "cannot be added"),
    ("trust >= ", (9, 0), "complete the condition"),
    ("trust >= and", "and", "complete the condition"),
    ("and", "and", "complete the condition"),
    ("not", (3, 0), "complete the condition"),
    ("trust >= 3 and", (14, 0), "complete the condition"),
    ("trust >= 1234567890", "1234567890", "small numbers"),
    ("trust >= 3.5", (10, 1), "whole numbers"),
    ("trust ≥ 3", "≥", "comparisons"),
]


@pytest.mark.parametrize(("text", "where", "remedy"), MISTAKES, ids=[mistake[0] or "nothing" for mistake in MISTAKES])
def test_a_mistake_is_pointed_at_and_mended(text, where, remedy):
    with pytest.raises(ConditionError) as refused:
        parse_condition(text)
    error = refused.value
    stretch = where if isinstance(where, tuple) else (text.index(where), len(where))
    assert (error.offset, error.length) == stretch, text[error.offset : error.offset + error.length]
    assert remedy in error.remedy


def test_nesting_is_read_as_deep_as_it_says_and_no_deeper():
    deep = MOST_DEPTH - 1
    assert parse_condition("not " * deep + "visited(a)").mentions[0].offset == 4 * deep + len("visited(")
    with pytest.raises(ConditionError, match="too deeply"):
        parse_condition("not " * (deep + 1) + "visited(a)")
    parse_condition("(" * deep + "visited(a)" + ")" * deep)
    with pytest.raises(ConditionError, match="too deeply"):
        parse_condition("(" * (deep + 1) + "visited(a)" + ")" * (deep + 1))


def test_or_binds_loosest_then_and_then_not():
    test = parse_condition("not visited(a) and trust > 1 or trust < 0").test
    assert test == Some(
        (
            Every((Not(Visited("a")), Compare(StateOf("trust"), ">", Number(1)))),
            Compare(StateOf("trust"), "<", Number(0)),
        )
    )
    assert parse_condition("not trust > 1").test == Not(Compare(StateOf("trust"), ">", Number(1)))


def test_count_counts_different_things_once_however_often_they_happened_or_are_named():
    facts = Told(visits={"hub": 3}, chosen={"hub.a": 2})
    assert Count(("hub", "hub.a", "over")).of(facts) == 2
    assert parse_condition("count(hub, hub, hub.a, over) == 2").holds(facts)


def test_visits_and_showed_are_numbers_of_times():
    facts = Told(visits={"hub": 3}, shown={"warm": 2})
    assert parse_condition("visits(hub) == 3 and showed(warm) == 2").holds(facts)
    assert parse_condition("visits(over) == 0 and showed(cold) == 0 and not visited(over)").holds(facts)


def test_a_number_may_be_negative_and_stand_on_either_side():
    assert parse_condition("-1 < trust and trust > - 2").holds(Told())
