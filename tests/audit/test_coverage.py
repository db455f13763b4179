"""What plays touch, and sets of plays that touch everything there is."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings

from simulator.audit.coverage import Items, Kind, cover
from simulator.content.library import Content
from simulator.session.interview import Interview
from tests.audit.brute_force import OneRun, TooMany, every_run
from tests.generated import contents

thorough = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def _runs(content: Content) -> list[OneRun]:
    try:
        return every_run(content, most=600)
    except TooMany:
        assume(False)
        raise


@thorough
@given(contents())
def test_the_set_of_ways_touches_all_that_any_run_touches_and_the_rest_is_never(content: Content) -> None:
    items = Items(Interview(content.scenario))
    reachable = frozenset().union(*(items.touched(run.choices) for run in _runs(content)))
    found = cover(Interview(content.scenario))
    covered = frozenset().union(*(items.touched(path) for path in found.paths))
    # Words are told apart by identity, so two interviews on the same scenario agree.
    assert covered == reachable
    assert found.never == items.every - reachable
    assert found.paths


@thorough
@given(contents())
def test_no_set_of_ways_is_smaller_than_the_bound_and_none_of_them_is_needless(content: Content) -> None:
    runs = _runs(content)
    items = Items(Interview(content.scenario))
    found = cover(Interview(content.scenario))
    assert found.at_least <= len(found.paths)
    touched = [items.touched(path) for path in found.paths]
    everything = frozenset().union(*touched)
    if len(touched) > 1:
        for one in range(len(touched)):
            others = touched[:one] + touched[one + 1 :]
            assert frozenset().union(*others) < everything
    smallest = _smallest({items.touched(run.choices) for run in runs}, everything, most=3)
    assert smallest is None or found.at_least <= smallest


def _smallest(sets: set[frozenset[object]], everything: frozenset[object], most: int) -> int | None:
    """The size of a smallest set of sets that covers everything, by trying; None where it has more than `most`."""
    useful = [one for one in sets if not any(one < other for other in sets)]
    reached = {frozenset[object]()}
    for size in range(1, most + 1):
        reached = {one | other for one in reached for other in useful}
        if everything in reached:
            return size
        if len(reached) > 3_000:
            return None
    return None


@thorough
@given(contents())
def test_a_run_touches_its_choices_its_ending_and_what_it_hears(content: Content) -> None:
    items = Items(Interview(content.scenario))
    for run in _runs(content)[:20]:
        touched = items.touched(run.choices)
        assert {
            ".".join((str(item.path[1]), str(item.path[3]))) for item in touched if item.kind is Kind.CHOICE
        } == set(run.choices)
        assert [item.path[1] for item in touched if item.kind is Kind.ENDING] == [run.ending]
        assert touched <= items.every
