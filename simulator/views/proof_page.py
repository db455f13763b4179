"""A scenario as its author sees it: what to mend, its story as a drawing, and what is proved about it."""

from __future__ import annotations

import base64
from typing import Any

import streamlit as st

from simulator.content.library import Content
from simulator.content.scenario import Scenario
from simulator.drawing.sketch import picture_of
from simulator.drawing.svg import as_svg
from simulator.session.scoring import Level
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import expected_faults
from simulator.views.places import SCENARIO, go, pages
from simulator.views.proof import proof_of
from simulator.views.proof_findings import audit_findings
from simulator.views.resources import library
from simulator.views.tables import table
from simulator.views.text import as_html, as_label, as_paragraphs, quiet
from simulator.views.visitor import only_for_authors
from simulator.views.wording import level_name, outcome_name


def page() -> None:
    """Draw the page."""
    only_for_authors()
    scenario_id = st.query_params.get(SCENARIO)
    if not scenario_id:
        st.info(_("No scenario was named."))
        st.page_link(pages()["authors"], label=_("To the page for authors"))
        return
    content = library().content(scenario_id)
    scenario = content.scenario
    st.title(as_label(scenario.title), anchor=False)
    st.html(quiet(f"scenarios/{scenario.id}.yaml · rubrics/{content.rubric.id}.yaml"))
    if st.button(_("Back to all files"), key="back"):
        go("authors")
    proved = proof_of(content)
    st.header(_("To mend"), anchor=False)
    audit_findings(proved["findings"])
    _story(scenario, proved)
    _ways(scenario, proved)
    _criteria(content, proved)
    _more(scenario, proved)


def _story(scenario: Scenario, proved: dict[str, Any]) -> None:
    st.header(_("The story"), anchor=False)
    shown: dict[str, tuple[tuple[str, ...], str]] = {_("All ways"): ((), "")}
    if proved["overall"]:
        shown[_("A best way")] = (_with_ending(proved, "highest"), _("a way with the highest score overall"))
        shown[_("A worst way")] = (_with_ending(proved, "lowest"), _("a way with a low score overall"))
    choice = st.segmented_control(
        _("Draw on it"), list(shown), default=next(iter(shown)), key="way", required=True, label_visibility="collapsed"
    )
    path, told = shown[choice or next(iter(shown))]
    drawn = as_svg(picture_of(scenario, path, told))
    label = as_html(_("The story of {title} as a drawing; the table below says the same").format(title=scenario.title))
    data = base64.b64encode(drawn.encode()).decode()
    st.html(
        f'<div class="scroll story" tabindex="0" role="region" aria-label="{label}">'
        f'<img alt="{label}" src="data:image/svg+xml;base64,{data}"></div>'
    )
    st.download_button(_("Download the drawing"), drawn, f"{scenario.id}.svg", "image/svg+xml", on_click="ignore")
    with st.expander(_("The story as a table")):
        table(
            _("Every node with its answers and where they lead"),
            (_("Node"), _("Answer"), _("Leads to")),
            _answers(scenario),
        )


def _with_ending(proved: dict[str, Any], which: str) -> tuple[str, ...]:
    return tuple(proved["overall"][which]["path"])


def _answers(scenario: Scenario) -> list[tuple[str, str, str]]:
    rows = []
    for node_id, node in scenario.nodes.items():
        for choice_id, choice in node.choices.items():
            ways = scenario.ways_from(node_id, choice_id)
            targets = ", ".join(f"{way.to} ({way.when.text})" if way.when else way.to for way in ways)
            rows.append((node_id, f"{choice_id}: {choice.words}", targets))
    return rows


def _ways(scenario: Scenario, proved: dict[str, Any]) -> None:
    st.header(_("Ways through"), anchor=False)
    if proved["exact"]:
        told = _("All complete ways through were counted: {paths}, of {short} to {long} answers.").format(
            paths=_digits(proved["paths"]), short=proved["shortest"], long=proved["longest"]
        )
    else:
        told = _("This is a sample and not a proof.")
    st.html(quiet(told))
    rows = []
    for name, ending in proved["endings"].items():
        kind = scenario.endings[name]
        share = ending["random_share"]
        rows.append(
            (
                name,
                outcome_name(kind.outcome) + (_(" (the client leaves early)") if kind.early else ""),
                "–" if share is None else f"{share:.1%}",
                "–" if ending["shortest"] is None else str(len(ending["shortest"])),
            )
        )
    head = (_("Ending"), _("What it means"), _("Random clicking comes to it"), _("Fewest answers"))
    table(_("Endings"), head, rows)
    if proved["lost"] and proved["lost"]["at"]:
        told = _("No good ending is left in {share} of random clicking, from: {nodes}.").format(
            share=f"{proved['lost']['share']:.1%}", nodes=", ".join(proved["lost"]["at"])
        )
        st.html(quiet(told))


def _digits(count: str) -> str:
    if len(count) <= 15:
        return f"{int(count):,}"
    return _("{first}… ({n} digits)").format(first=count[:6], n=len(count))


def _criteria(content: Content, proved: dict[str, Any]) -> None:
    st.header(_("What it can measure"), anchor=False)
    titles = content.behaviours.criteria
    rows = [
        (
            titles[name].title,
            _figure(found["lowest"]),
            _figure(found["random"]),
            _figure(found["highest"]),
            str(found["opportunities_min"]),
            level_name(Level(found["level_reachable"])) if found.get("level_reachable") else "–",
        )
        for name, found in proved["criteria"].items()
    ]
    head = (
        _("Quality"),
        _("Lowest"),
        _("Random clicking"),
        _("Highest"),
        _("Opportunities at least"),
        _("Level that can be reached"),
    )
    table(_("What each quality can come to"), head, rows)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _more(scenario: Scenario, proved: dict[str, Any]) -> None:
    with st.expander(_("Naive players: what is gained without understanding the client")):
        players = sorted(proved["players"].items(), key=lambda one: -(one[1]["overall"] or 0))
        kinds = {"random": _("chance"), "form": _("how answers look"), "skill": _("one skill throughout")}
        rows = [(name.replace("_", " "), kinds[found["kind"]], _figure(found["overall"])) for name, found in players]
        table(_("Naive players"), (_("Goes by"), _("Kind"), _("Overall")), rows)
    if proved["disclosures"]:
        with st.expander(_("What the client confides, and when at the earliest")):
            told = [
                (
                    scenario.nodes[name].discloses or name,
                    _("never")
                    if path is None
                    else translate_plural("after {n} answer", "after {n} answers", len(path)),
                )
                for name, path in proved["disclosures"].items()
            ]
            table(_("Disclosures"), (_("What"), _("At the earliest")), told)
    if proved["reading"]:
        length = _("An average run is {words} words to read, about {minutes} minutes.").format(
            words=f"{proved['reading']['words']:.0f}", minutes=f"{proved['reading']['minutes']:.0f}"
        )
        st.html(quiet(length))
    if scenario.facilitator:
        with st.expander(_("For teaching with it in a group")):
            st.html(f'<div class="prose">{as_paragraphs(scenario.facilitator)}</div>')


with expected_faults():
    page()
