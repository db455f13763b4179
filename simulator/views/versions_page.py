"""The versions of a scenario or rubric: who published them when and why, what differs, and the way back to one."""

from __future__ import annotations

import streamlit as st

from simulator.records.drafts import DraftKind
from simulator.records.errors import RecordsError, Unfit
from simulator.records.versions import Version
from simulator.translation import translate as _
from simulator.views.failing import expected_faults, fault_told_here, told
from simulator.views.places import CONTENT, DRAFT, KIND, go
from simulator.views.resources import library
from simulator.views.services import services
from simulator.views.studio.comparing import Texts, difference, show_difference
from simulator.views.studio.publishing import on_disk
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me, only_for_authors

_NOTICE = "versions_notice"
_DISK = "disk"


def page() -> None:
    """Draw the page."""
    only_for_authors()
    kind, name = _asked_for()
    st.title(_("Versions of {name}").format(name=as_label(name)), anchor=False)
    if st.button(_("To the studio"), key="to-studio", type="tertiary"):
        go("studio")
    if notice := st.session_state.pop(_NOTICE, None):
        st.info(notice)
    versions = services().versions.of(me(), kind, name)
    if not versions:
        st.info(_("Nothing was published of it yet."))
        return
    newest = next((one for one in versions if not one.withdrawn), None)
    _standing(kind, name, newest)
    for older, one in zip((*versions[1:], None), versions, strict=True):
        _version(one, older, counts=one is newest)
    _compare(kind, name, versions)


def _asked_for() -> tuple[DraftKind, str]:
    try:
        kind = DraftKind(st.query_params.get(KIND, ""))
    except ValueError:
        raise Unfit(_("No scenario and no rubric was named.")) from None
    return kind, st.query_params.get(CONTENT, "")


def _standing(kind: DraftKind, name: str, newest: Version | None) -> None:
    if newest is None:
        st.html(quiet(_("All were withdrawn: the file on the disk counts.")))
        return
    st.html(quiet(_("Trainees meet version {n}.").format(n=newest.number)))
    told_disk = (
        _("Let the file on the disk count again") if on_disk(kind, name) is not None else _("Withdraw it from trainees")
    )
    with st.popover(told_disk):
        st.html(quiet(_("All versions stay here, and one that is published later counts again.")))
        st.button(_("Yes, withdraw"), key="withdraw", on_click=_withdraw, args=(kind, name))


def _withdraw(kind: DraftKind, name: str) -> None:
    try:
        services().versions.withdraw(me(), kind, name)
    except RecordsError as fault:
        st.session_state[_NOTICE] = told(fault)
    else:
        st.session_state[_NOTICE] = _("Withdrawn.")


def _version(one: Version, older: Version | None, *, counts: bool) -> None:
    with st.container(border=True):
        marks = [_("counts now")] if counts else [_("withdrawn")] if one.withdrawn else []
        if older is not None and older.meaning_hash == one.meaning_hash:
            marks.append(_("means the same as the one before: results are counted together"))
        title = " · ".join([_("Version {n}").format(n=one.number), *marks])
        by = _("{name}, {time}").format(name=one.by, time=one.at.strftime("%Y-%m-%d %H:%M"))
        st.html(f"<p><b>{as_html(title)}</b></p><p>{as_html(one.reason)}</p>{quiet(by)}")
        found = (one.proof.get("audit") or {}).get("findings")
        if found:
            with st.expander(_("What the audit said then"), key=f"audit-{one.number}"):
                st.html("<ul>" + "".join(f"<li>{as_html(str(says))}</li>" for says in found) + "</ul>")
        texts = services().versions.text(me(), one.id)
        with st.expander(_("Read version {n}").format(n=one.number), key=f"read-{one.number}"):
            st.code(texts.text, language="yaml", line_numbers=True, height=400)
        with st.container(horizontal=True):
            st.button(
                _("Restore version {n} as a draft").format(n=one.number),
                key=f"restore-{one.number}",
                on_click=_restore,
                args=(one,),
                icon=":material/restore:",
            )
            st.download_button(
                _("Download version {n}").format(n=one.number),
                texts.text,
                f"{one.content_id}.yaml",
                "application/yaml",
                key=f"download-{one.number}",
                on_click="ignore",
            )
            if texts.plays_text is not None:
                st.download_button(
                    _("Its plays"),
                    texts.plays_text,
                    f"{one.content_id}.plays.yaml",
                    "application/yaml",
                    key=f"download-plays-{one.number}",
                    on_click="ignore",
                )
    if (draft := st.session_state.pop(f"restored-{one.id}", None)) is not None:
        go("draft", **{DRAFT: draft})


def _restore(one: Version) -> None:
    with fault_told_here():
        texts = services().versions.text(me(), one.id)
        origin = f"version {one.number}"
        begun = services().drafts.begin(me(), one.kind, one.content_id, texts.text, texts.plays_text, origin)
        st.session_state[f"restored-{one.id}"] = begun.id


def _compare(kind: DraftKind, name: str, versions: tuple[Version, ...]) -> None:
    st.header(_("Compare"), anchor=False)
    known = {one.id: _("version {n}").format(n=one.number) for one in versions}
    disk = on_disk(kind, name)
    if disk is not None:
        known[_DISK] = disk.named
    if len(known) < 2:
        st.html(quiet(_("There is only one.")))
        return
    order = list(known)
    with st.container(horizontal=True):
        old = st.selectbox(_("From"), order, index=1, format_func=lambda one: known[one], key="compare-old")
        new = st.selectbox(_("To"), order, index=0, format_func=lambda one: known[one], key="compare-new")

    def texts(which: str) -> Texts:
        if which == _DISK:
            assert disk is not None
            return disk
        found = services().versions.text(me(), which)
        return Texts(known[which], found.text, found.plays_text)

    show_difference(difference(kind, name, library(), texts(old), texts(new)))


with expected_faults():
    page()
