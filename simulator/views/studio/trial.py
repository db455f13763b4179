"""Play from here: the talk from any moment with the client in any state, and why each step went as it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from simulator.content.library import Content
from simulator.content.scenario import Scenario
from simulator.session.interview import Interview
from simulator.session.situation import IllegalMove, Situation, Step, StoryStuck
from simulator.session.trace import trace_of
from simulator.translation import translate as _
from simulator.views.speech import behind, client_turn, trainee_turn
from simulator.views.states import label_of, meters
from simulator.views.studio.names import shortened
from simulator.views.studio.trial_words import told_steps
from simulator.views.text import as_html, as_label

Keep = Callable[[str, list[str]], None]
"""Keeps a way through under a name."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a trial begins: the node, the client's states, and what is taken as spoken of already."""

    at: str
    state: Mapping[str, int]
    visited: tuple[str, ...] = ()


@dataclass(slots=True)
class _Trial:
    setting: Setting
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Taken:
    before: Situation
    choice: str
    step: Step


def trial(content: Content, *, at: str | None, key: str, on_keep: Keep) -> None:
    """Draw it. `at` is the node to begin with unless another is picked; `key` is where the session keeps the trial."""
    interview = Interview(content.scenario)
    current: _Trial | None = st.session_state.get(key)
    with st.expander(_("Where it begins"), expanded=current is None, key=f"{key}-setting"):
        setting = _setting(content.scenario, at, key)
        st.button(
            _("Begin here"),
            type="primary",
            key=f"{key}-begin",
            on_click=lambda: st.session_state.update({key: _Trial(setting)}),
        )
    if current is None:
        return
    if current.setting.at not in content.scenario.nodes:
        st.info(_("The moment that it began with is no longer there. Begin anew."))
        return
    begun, taken = _played(interview, current)
    _talk(content, begun, taken)
    now = taken[-1].step.situation if taken else begun.situation
    _go_on(content, interview, current, now, key)
    _end(content, current, taken, now, key, on_keep)


def _setting(scenario: Scenario, at: str | None, key: str) -> Setting:
    nodes = list(scenario.nodes)
    begins = at if at in scenario.nodes else scenario.start
    node = st.selectbox(
        _("Begin with"),
        nodes,
        index=nodes.index(begins or scenario.start),
        format_func=lambda one: _first_words(scenario, one),
        key=f"{key}-at-{begins}",
    )
    states = {}
    with st.container(horizontal=True):
        for name, variable in scenario.client.state.items():
            with st.container(width=150):
                states[name] = int(
                    st.number_input(
                        label_of(name, variable),
                        variable.min,
                        variable.max,
                        variable.start,
                        key=f"{key}-state-{name}-{variable.min}-{variable.max}",
                    )
                )
    before = st.multiselect(
        _("Spoken of before"),
        [one for one in nodes if one != node],
        format_func=lambda one: _first_words(scenario, one),
        key=f"{key}-visited",
    )
    return Setting(node, states, tuple(before))


def _first_words(scenario: Scenario, node: str) -> str:
    words = scenario.nodes[node].client[-1]
    return f"{shortened(words.says or words.manner or words.thought or '')} ({node})"


def _played(interview: Interview, current: _Trial) -> tuple[Step, list[_Taken]]:
    """The trial on the scenario as it stands now; what it has no longer is left out, and said."""
    setting = current.setting
    variables = interview.scenario.client.state
    within = {
        name: min(max(value, variables[name].min), variables[name].max)
        for name, value in setting.state.items()
        if name in variables
    }
    visited = tuple(one for one in setting.visited if one in interview.scenario.nodes)
    begun = interview.begin_at(setting.at, within, visited)
    situation, taken = begun.situation, list[_Taken]()
    for choice in current.choices:
        try:
            step = interview.choose(situation, choice)
        except (IllegalMove, StoryStuck):
            st.info(_("The draft has changed, so that the trial goes this far only."))
            del current.choices[len(taken) :]
            break
        taken.append(_Taken(situation, choice, step))
        situation = step.situation
    return begun, taken


def _talk(content: Content, begun: Step, taken: list[_Taken]) -> None:
    scenario, interview = content.scenario, Interview(content.scenario)
    name = scenario.client.name
    st.html(f'<div class="talk">{client_turn(name, begun.heard, now=not taken)}</div>{behind(begun.heard)}')
    for number, one in enumerate(taken, start=1):
        chosen = scenario.nodes[one.before.at].choices[one.choice]
        heard = client_turn(name, one.step.heard, now=number == len(taken))
        st.html(f'<div class="talk">{trainee_turn(chosen)}{heard}</div>')
        told = told_steps(content, trace_of(interview, one.before, one.choice, one.step))
        with st.expander(_("Why it went so"), expanded=number == len(taken), key=f"why-{number}-{len(taken)}"):
            items = "".join(f"<li>{as_html(sentence)}</li>" for sentence in told)
            st.html(f'<ul class="prose">{items}</ul>{behind(one.step.heard)}')
    situation = taken[-1].step.situation if taken else begun.situation
    st.html(meters(scenario, situation.state) or "<span></span>")


def _go_on(content: Content, interview: Interview, current: _Trial, now: Situation, key: str) -> None:
    step = len(current.choices)

    def choose(choice: str) -> None:
        if len(current.choices) == step:  # and not a second click on a page from before
            current.choices.append(choice)

    with st.container(key=f"answers-{key}-{step}", gap="small"):
        for choice in interview.on_offer(now):
            answer = content.scenario.nodes[now.at].choices[choice]
            words = as_label(answer.words)
            st.button(
                words if answer.say else f"*{words}*",
                key=f"{key}-{step}-{choice}",
                width="stretch",
                on_click=choose,
                args=(choice,),
            )


def _end(content: Content, current: _Trial, taken: list[_Taken], now: Situation, key: str, on_keep: Keep) -> None:
    if now.ended:
        ending = content.scenario.endings[now.at]
        heading = as_html(_("How it ended"))
        st.html(f'<div class="prose"><p class="label">{heading}</p><p>{as_html(ending.summary)}</p></div>')
    with st.container(horizontal=True):
        if taken:
            st.button(_("Back one step"), icon=":material/undo:", key=f"{key}-back", on_click=_back, args=(current,))
        st.button(_("Begin again"), key=f"{key}-again", on_click=current.choices.clear)
    if now.ended and current.setting == _as_trainees_do(content.scenario):
        _offer_to_keep(current, key, on_keep)


def _back(current: _Trial) -> None:
    current.choices.pop()


def _as_trainees_do(scenario: Scenario) -> Setting:
    return Setting(scenario.start, {name: state.start for name, state in scenario.client.state.items()})


def _offer_to_keep(current: _Trial, key: str, on_keep: Keep) -> None:
    """A way through from the start can stay as a play, which tells when a later change breaks it."""

    def keep() -> None:
        name = str(st.session_state[f"{key}-name"]).strip()
        if name:
            on_keep(name, list(current.choices))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Keep this way through as a play called"), key=f"{key}-name", placeholder=_("a good talk"))
        st.button(_("Keep it"), key=f"{key}-keep", on_click=keep)
