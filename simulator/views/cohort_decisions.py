"""What a cohort did at its decisions: behaviours used and missed, what splits it, and the ways it took."""

from __future__ import annotations

import streamlit as st

from simulator.programme.figures import TooFew
from simulator.programme.items import cohort_behaviours, cohort_items
from simulator.programme.traffic import cohort_traffic
from simulator.records.access import Actor
from simulator.records.cohort_rows import Scope
from simulator.translation import translate as _
from simulator.views.clients import criterion_titles, slot_name
from simulator.views.figures import count, estimate, too_few
from simulator.views.resources import library
from simulator.views.services import services
from simulator.views.tables import table
from simulator.views.text import quiet

MOST_DECISIONS = 8
"""Decisions shown of each client: those that split the cohort most."""


def behaviours_used(actor: Actor, scope: Scope) -> None:
    """Which behaviours are used, and which are passed by?"""
    st.header(_("Which behaviours are used, and which are passed by?"), anchor=False)
    found = cohort_behaviours(services().cohort_results, actor, scope)
    behaviours = library().behaviours.model
    names = {name: one.title for name, one in behaviours.behaviours.items()} if behaviours else {}
    rows = [
        (
            names.get(one.behaviour, one.behaviour),
            count(one.offered),
            count(one.shown),
            count(one.best),
            count(one.missed),
        )
        for one in found
        if not isinstance(one.offered, TooFew)
    ]
    if rows:
        head = (_("Behaviour"), _("Could be shown"), _("Was shown"), _("Would have been best"), _("Passed by then"))
        table(_("Behaviours, counted over decisions"), head, rows)
    else:
        st.html(quiet(_("Too few people to say.")))


def decisions(actor: Actor, scope: Scope) -> None:
    """Which decisions split the cohort?"""
    st.header(_("Which decisions split the cohort?"), anchor=False)
    titles = criterion_titles()
    for version in cohort_items(services().cohort_results, actor, scope):
        items = sorted(version.items, key=lambda one: -one.split)[:MOST_DECISIONS]
        rows = [
            (
                item.node,
                count(item.reached),
                "; ".join(f"{titles.get(name, name)}: {estimate(one.facility)}" for name, one in item.criteria.items()),
                _picks(item.options),
                "; ".join(_check(titles.get(name, name), one.item_rest) for name, one in item.criteria.items()),
            )
            for item in items
            if not isinstance(item.reached, TooFew)
        ]
        st.subheader(slot_name(version.played.version.scenario), anchor=False)
        if rows:
            head = (_("Decision"), _("People who came by"), _("How hard"), _("Who picked what"), _("With the rest"))
            table(_("Decisions that split the cohort"), head, rows)
        else:
            st.html(quiet(_("Too few people to say.")))


def _picks(options: object) -> str:
    if isinstance(options, TooFew):
        return too_few(options)
    assert isinstance(options, tuple)
    return ", ".join(f"{option.choice} {count(option.picked)}" for option in options)


def _check(criterion: str, rest: object) -> str:
    if isinstance(rest, TooFew):
        return too_few(rest)
    correlation = getattr(rest, "correlation", None)
    told = f"{criterion}: {estimate(correlation, signed=True)}"
    return told + (" · " + _("check the key") if getattr(rest, "check_key", False) else "")


def ways(actor: Actor, scope: Scope) -> None:
    """Which ways did people take?"""
    st.header(_("Which ways did people take?"), anchor=False)
    for traffic in cohort_traffic(services().cohort_results, actor, scope):
        scenario = traffic.scenario
        with st.expander(slot_name(traffic.played.version.scenario), key=f"ways-{traffic.played.version.meaning_hash}"):
            endings = [(scenario.endings[name].summary, count(n)) for name, n in traffic.endings.items()]
            table(_("Endings"), (_("Ending"), _("People")), endings)
            rows = [
                (
                    name,
                    count(node.people),
                    ", ".join(f"{choice} {count(one.people)}" for choice, one in node.choices.items()),
                )
                for name, node in traffic.nodes.items()
                if not isinstance(node.people, TooFew)
            ]
            if rows:
                table(_("Decisions"), (_("Decision"), _("People"), _("Chose")), rows)
