"""What a cohort did at its decisions: behaviours used and missed, what splits it, and the ways it took."""

from __future__ import annotations

import base64

import streamlit as st

from simulator.drawing.counted import with_counts
from simulator.drawing.sketch import picture_of
from simulator.drawing.svg import as_svg
from simulator.programme.figures import TooFew
from simulator.programme.items import cohort_behaviours, cohort_items
from simulator.programme.played import NEWEST, played_by
from simulator.programme.traffic import Traffic, cohort_traffic
from simulator.records.access import Actor
from simulator.records.cohort_rows import Scope
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.clients import criterion_titles, slot_name
from simulator.views.figures import count, estimate, too_few
from simulator.views.kept_figures import kept
from simulator.views.resources import library
from simulator.views.services import services
from simulator.views.tables import table
from simulator.views.text import as_html, quiet

MOST_DECISIONS = 8
"""Decisions shown of each client: those that split the cohort most."""


def behaviours_used(actor: Actor, scope: Scope) -> None:
    """Which behaviours are used, and which are passed by?"""
    st.header(_("Which behaviours are used, and which are passed by?"), anchor=False)
    results = services().cohort_results
    found = kept("behaviours", actor, scope, lambda: cohort_behaviours(results, actor, scope))
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


def looked_at(actor: Actor, scope: Scope) -> None:
    """What the figures on single decisions are made of, where that is not everything."""
    results = services().cohort_results
    found = kept("played", actor, scope, lambda: played_by(results, actor, scope))
    if found.attempts > NEWEST:
        told = _("From here to the ways taken, of {all} talks the newest {n} are looked at.")
        st.info(told.format(all=f"{found.attempts:,}", n=f"{NEWEST:,}"))
    if found.left_out:
        people = sum(one.attempts for one in found.left_out)
        st.warning(
            translate_plural(
                "{n} talk was held with a version that this program cannot read any more; it is left out.",
                "{n} talks were held with versions that this program cannot read any more; they are left out.",
                people,
            )
        )


def decisions(actor: Actor, scope: Scope) -> None:
    """Which decisions split the cohort?"""
    st.header(_("Which decisions split the cohort?"), anchor=False)
    titles = criterion_titles()
    results = services().cohort_results
    for version in kept("items", actor, scope, lambda: cohort_items(results, actor, scope)):
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
        client = slot_name(version.played.version.scenario)
        st.subheader(client, anchor=False)
        if rows:
            head = (_("Decision"), _("People who came by"), _("How hard"), _("Who picked what"), _("With the rest"))
            table(_("Decisions that split the cohort: {client}").format(client=client), head, rows)
        else:
            st.html(quiet(_("Too few people to say.")))


def _drawn(traffic: Traffic) -> None:
    """The story with how many went where. The tables below it say the same."""
    places = {name: _people(node.people) for name, node in traffic.nodes.items()}
    places |= {name: _people(people) for name, people in traffic.endings.items()}
    ways = {pair: _some(people, more) for pair, (people, more) in traffic.ways().items()}
    whose = _("People are counted; fewer than five are not shown.")
    picture = with_counts(picture_of(traffic.scenario), places, ways, whose)
    told_title = _("Which ways people took through {title}; the tables below say the same")
    label = as_html(told_title.format(title=traffic.scenario.title))
    data = base64.b64encode(as_svg(picture).encode()).decode()
    st.html(
        f'<div class="scroll story" tabindex="0" role="region" aria-label="{label}">'
        f'<img alt="{label}" src="data:image/svg+xml;base64,{data}"></div>'
    )


def _people(people: int | TooFew) -> str:
    if isinstance(people, TooFew):
        return _("too few")
    return translate_plural("{n} person", "{n} people", people)


def _some(people: int, more: bool) -> str:
    if not people:
        return _("too few")
    return _("at least {n}").format(n=people) if more else f"{people:,}"


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
    results = services().cohort_results
    for traffic in kept("traffic", actor, scope, lambda: cohort_traffic(results, actor, scope)):
        scenario = traffic.scenario
        with st.expander(slot_name(traffic.played.version.scenario), key=f"ways-{traffic.played.version.meaning_hash}"):
            _drawn(traffic)
            endings = [(scenario.endings[name].summary, count(n)) for name, n in traffic.endings.items()]
            client = slot_name(traffic.played.version.scenario)
            table(_("Endings: {client}").format(client=client), (_("Ending"), _("People")), endings)
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
                head = (_("Decision"), _("People"), _("Chose"))
                table(_("Decisions: {client}").format(client=client), head, rows)
