"""The studio: the drafts that are being written, a new one, and what of it trainees meet."""

from __future__ import annotations

import re

import streamlit as st

from simulator.audit.accepting import renewed
from simulator.audit.plays import PlayRunner
from simulator.commands.new import LONGEST_ID, starter_texts
from simulator.content.fields import SLUG_PATTERN
from simulator.content.in_memory import with_scenario
from simulator.content.source import read
from simulator.records.drafts import Draft, DraftKind, DraftSummary
from simulator.records.errors import RecordsError
from simulator.translation import translate as _
from simulator.views.failing import expected_faults, fault_told_here, told
from simulator.views.places import CONTENT, DRAFT, KIND, go
from simulator.views.resources import library, library_on_disk
from simulator.views.services import services
from simulator.views.studio.publishing import on_disk
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me, only_for_authors

_NOTICE = "studio_page_notice"
_SUFFIX = re.compile(r"(\.plays)?\.ya?ml$")


def page() -> None:
    """Draw the page."""
    only_for_authors()
    st.title(_("Studio"), anchor=False)
    st.html(
        quiet(
            _(
                "Write a client as a form or as text; both are the same file. Drafts are saved as you type, and nobody "
                "meets them before you publish."
            )
        )
    )
    if notice := st.session_state.pop(_NOTICE, None):
        st.warning(notice)
    _begin()
    _drafts()
    _published()


def _begin() -> None:
    st.header(_("Begin"), anchor=False)
    ways = {"new": _("Something new"), "library": _("From the library"), "file": _("From a file")}
    chosen = st.segmented_control(
        _("Begin with"),
        list(ways),
        format_func=lambda one: ways[one],
        default="new",
        required=True,
        key="studio-begin",
        label_visibility="collapsed",
    )
    if chosen == "library":
        _from_library()
    elif chosen == "file":
        _from_file()
    else:
        _new()


def _new() -> None:
    with st.form("studio-new", border=True):
        title = st.text_input(_("What trainees will see it called"), placeholder=_("Amina, first meeting"))
        st.html(quiet(_("You begin with a small scene that can be played, and change one thing after another.")))
        pressed = st.form_submit_button(_("Begin a draft"), type="primary")
    if not pressed:
        return
    words = " ".join((title or "").split())
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:LONGEST_ID]
    if not re.fullmatch(SLUG_PATTERN, slug):
        st.error(_("A title needs a word with letters from a to z, of which the file's name is made."))
        return
    if slug in library().scenarios or slug in library_on_disk().scenarios:
        st.error(
            _("There is a scenario of that name already. Begin with it from the library, or choose another title.")
        )
        return
    text, plays = starter_texts(slug, words)
    around = with_scenario(library(), slug, text, plays)
    file = around.plays[slug]
    if file.model is not None and around.scenarios[slug].sound:
        plays = renewed(PlayRunner(around.content(slug), file.model, file.source))
    _open(_begun(DraftKind.SCENARIO, slug, text, plays, "new"))


def _from_library() -> None:
    found = library()
    known = {
        (DraftKind.SCENARIO, name): file.model.title if file.model is not None else name
        for name, file in found.scenarios.items()
    }
    for name, rubric in found.rubrics.items():
        title = rubric.model.title if rubric.model is not None else name
        known[DraftKind.RUBRIC, name] = _("Rubric: {title}").format(title=title)
    if not known:
        st.info(_("The library is empty."))
        return
    with st.form("studio-from-library", border=True):
        which = st.selectbox(_("Which"), list(known), format_func=lambda one: known[one])
        pressed = st.form_submit_button(_("Begin a draft"), type="primary")
    if pressed:
        kind, name = which
        if kind is DraftKind.RUBRIC:
            _open(_begun(kind, name, found.rubrics[name].source.text, None, "library"))
        plays = found.plays.get(name)
        text = found.scenarios[name].source.text
        _open(_begun(kind, name, text, plays.source.text if plays is not None else None, "library"))


def _from_file() -> None:
    with st.form("studio-from-file", border=True):
        files = st.file_uploader(
            _("A scenario's file, with its plays if there are any; or a rubric's"),
            type=["yaml", "yml"],
            accept_multiple_files=True,
        )
        pressed = st.form_submit_button(_("Begin a draft"), type="primary")
    if not pressed:
        return
    texts: dict[bool, tuple[str, str]] = {}
    for file in files or ():
        try:
            text = file.getvalue().decode("utf-8")
        except UnicodeDecodeError:
            st.error(
                _("{name} is not a text in UTF-8; save it as UTF-8 and try again.").format(name=as_label(file.name))
            )
            return
        texts[file.name.endswith((".plays.yaml", ".plays.yml"))] = (file.name, text)
    if False not in texts:
        st.error(_("Choose the file of a scenario or of a rubric."))
        return
    name, text = texts[False]
    plays = texts[True][1] if True in texts else None
    slug = _SUFFIX.sub("", name)
    if not re.fullmatch(SLUG_PATTERN, slug):
        st.error(_("The file's name has to be the scenario's id, such as amina-first-meeting.yaml."))
        return
    data = read(text, name).data
    is_rubric = isinstance(data, dict) and "criteria" in data and "nodes" not in data
    kind = DraftKind.RUBRIC if is_rubric else DraftKind.SCENARIO
    _open(_begun(kind, slug, text, plays, "file"))


def _begun(kind: DraftKind, name: str, text: str, plays: str | None, origin: str) -> Draft | None:
    with fault_told_here():
        return services().drafts.begin(me(), kind, name, text, plays, origin)
    return None


def _open(draft: Draft | None) -> None:
    if draft is not None:
        go("draft", **{DRAFT: draft.id})


def _drafts() -> None:
    st.header(_("Drafts"), anchor=False)
    drafts = services().drafts.of(me())
    if not drafts:
        st.html(quiet(_("There are none yet.")))
    for one in drafts:
        with st.container(border=True):
            saved = _("Saved {time} by {name}, revision {n}").format(
                time=one.at.strftime("%Y-%m-%d %H:%M"), name=one.by, n=one.head
            )
            kind = _("Rubric") if one.kind is DraftKind.RUBRIC else _("Scenario")
            st.html(f"<p><b>{as_html(one.content_id)}</b> · {as_html(kind)}</p>{quiet(saved)}")
            with st.container(horizontal=True):
                if st.button(_("Write on at {name}").format(name=one.content_id), key=f"open-{one.id}", type="primary"):
                    go("draft", **{DRAFT: one.id})
                with st.popover(_("Throw away")):
                    st.html(quiet(_("What was published of it stays.")))
                    st.button(
                        _("Throw away the draft of {name}").format(name=one.content_id),
                        key=f"discard-{one.id}",
                        on_click=_discard,
                        args=(one,),
                    )


def _discard(one: DraftSummary) -> None:
    try:
        services().drafts.discard(me(), one.id)
    except RecordsError as fault:
        st.session_state[_NOTICE] = told(fault)


def _published() -> None:
    st.header(_("Published"), anchor=False)
    current = services().versions.current(me().programme_id)
    if not current:
        st.html(quiet(_("Nothing yet: trainees meet what is in the files on the disk.")))
    for (kind, name), version in current.items():
        with st.container(border=True):
            disk = on_disk(kind, name)
            counts = _("Version {n} counts.").format(n=version.number)
            if disk is None:
                beside = _("There is no such file on the disk.")
            elif (disk.text, disk.plays_text) == (version.text, version.plays_text):
                beside = _("The file on the disk says the same.")
            else:
                beside = _(
                    "The file on the disk differs. This program never writes it; download the version to put it there."
                )
            st.html(f"<p><b>{as_html(name)}</b></p>{quiet(f'{counts} {beside}')}")
            if st.button(_("Versions of {name}").format(name=name), key=f"versions-{kind.value}-{name}"):
                go("versions", **{KIND: kind.value, CONTENT: name})


with expected_faults():
    page()
