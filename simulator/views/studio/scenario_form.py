"""The scenario as a whole: what trainees read before, what it assesses, and what is known of its making."""

from __future__ import annotations

import streamlit as st

from simulator.content.scenario import Level
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.fields import Fields
from simulator.views.wording import difficulty_name


def scenario_form(fields: Fields) -> None:
    """The form."""
    fields.words(("title",), _("Title"), rows=1)
    with st.container(horizontal=True):
        fields.one_of(
            ("level",), _("Level"), {level.value: difficulty_name(level) for level in Level}, absent="foundation"
        )
        fields.whole(("minutes",), _("Minutes"), 1, 120, 10)
    fields.words(("brief",), _("What the trainee knows before the client comes in"), rows=4)
    fields.words(
        ("content_note",),
        _("A note on what may be hard to meet in it"),
        hint=_("Shown before the client comes in; left empty where nothing is."),
    )
    fields.several(("assesses",), _("What it assesses"), names.criteria(fields.desk))
    fields.one_of(("start",), _("The talk begins with"), names.nodes(fields.desk), absent="")
    fields.texts(("objectives",), _("What a trainee can practise in it, one to a line"))
    fields.texts(("topics",), _("Topics, one to a line"))
    with st.expander(_("For teaching, and about its making"), key=fields.key(("about",), "box")):
        fields.words(("facilitator",), _("For teaching a group with it; trainees never see this"), rows=4)
        fields.texts(("authors",), _("Who wrote it, one to a line"))
        fields.texts(("sources",), _("What it rests on, one to a line"))
        fields.truth(("unverified",), _("Its facts have not been checked against sources yet"), absent=False)
        rubrics = {
            name: file.model.title for name, file in fields.desk.library.rubrics.items() if file.model is not None
        }
        fields.one_of(("rubric",), _("Rubric"), rubrics, absent="core")
