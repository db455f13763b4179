"""A rubric by form: what each criterion asks, what its levels look like, and what behaviours are worth on it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from simulator.content.editing.putting import put
from simulator.content.rubric import KeySetter
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.fields import Fields
from simulator.views.studio.findings_list import findings_at

_CRITERION = "studio_criterion"


def rubric_form(fields: Fields) -> None:
    """The whole form, of which one criterion at a time is open."""
    fields.words(("title",), _("Title"), rows=1)
    fields.words(("about",), _("What it is for"))
    with st.expander(_("From which score a level is reached"), key=fields.key(("cuts",), "box")):
        _cuts(fields)
    known, titles = fields.desk.at("criteria"), names.criteria(fields.desk)
    if not isinstance(known, Mapping) or not known:
        st.info(_("It judges no criterion yet; as text one can be added under 'criteria'."))
        return
    if st.session_state.get(_CRITERION) not in known:
        st.session_state[_CRITERION] = next(iter(known))
    chosen = st.selectbox(_("Criterion"), list(known), format_func=lambda one: titles.get(one, one), key=_CRITERION)
    findings_at(fields.desk, ("criteria", chosen))
    _criterion(fields, chosen)


def _cuts(fields: Fields) -> None:
    for name, label, absent in (
        ("competent", _("Competent, from"), "0.60"),
        ("advanced", _("Advanced, from"), "0.85"),
    ):
        fields.share(("cuts", name), label, absent)
    fields.whole(("cuts", "advanced_from"), _("Advanced, from so many opportunities"), 1, 100, 6)
    fields.whole(("cuts", "enough"), _("A level at all, from so many opportunities"), 1, 100, 4)
    setters = {KeySetter.AUTHOR.value: _("an author"), KeySetter.PANEL.value: _("a panel")}
    fields.one_of(("key", "by"), _("Who decided the points"), setters, absent="author")
    fields.whole(("key", "n"), _("How many people decided (0: not said)"), 0, 1000, 0)


def _criterion(fields: Fields, criterion: str) -> None:
    path = ("criteria", criterion)
    fields.words((*path, "question"), _("What a rater asks"))
    for level, label in (
        ("harmful", _("Harmful looks like")),
        ("not_yet", _("Not yet looks like")),
        ("competent", _("Competent looks like")),
        ("advanced", _("Advanced looks like")),
    ):
        fields.words((*path, "levels", level), label)
    fields.whole((*path, "weight"), _("Weight in the whole"), 1, 10, 1)
    st.header(_("What behaviours are worth on it"), anchor=False)
    _points(fields, path)


def _points(fields: Fields, path: tuple[str, ...]) -> None:
    known = names.behaviours(fields.desk)
    scores = fields.desk.at(*path, "scores")
    listed = list(scores) if isinstance(scores, Mapping) else []
    for behaviour in listed:
        place = (*path, "scores", behaviour)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            with st.container(width=130):
                fields.points(place, known.get(behaviour, behaviour).partition(":")[0])
            st.caption(known.get(behaviour, behaviour).partition(": ")[2])
            st.button(
                _("Worth nothing"),
                icon=":material/close:",
                key=fields.key(place, "remove"),
                on_click=fields.clear,
                args=(place,),
                type="tertiary",
                help=_("Take {behaviour} out of the list").format(behaviour=known.get(behaviour, behaviour)),
            )
    rest = {name: words for name, words in known.items() if name not in listed}
    key = fields.key((*path, "scores"), "new")

    def add() -> None:
        behaviour = st.session_state[f"{key}:which"]
        fields.change(lambda text: put(text, (*path, "scores", behaviour), "+1"))

    if rest:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(_("Another behaviour"), list(rest), format_func=lambda one: rest[one], key=f"{key}:which")
            st.button(_("Give it points"), key=key, on_click=add, icon=":material/add:")
