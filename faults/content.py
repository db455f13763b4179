"""Content that changes on the disk under a running attempt: edited, broken, deleted, all of it gone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from faults.looking import look_around
from faults.server import Server
from faults.sitting import Sitting
from faults.standing import sentence, uncaught
from faults.verdict import Verdict

_SAID = re.compile(r"^(\s+(?:say|says|does): )([A-Z][^:#]*)$", re.MULTILINE)
_BROKEN = (
    "nodes: [unclosed\n\t: : :\n",
    "",
    "\x00\x01\x02 not text",
    "format: 99\nid: 7\n",
    "a: &a [*a]\n",
)

Change = Callable[[Path, str, Random], None]
"""Does something to the content in a folder, of which the scenario of this name is being played."""


def edited(server: Server, random: Random) -> Verdict:
    """Every plain sentence of the scenario gets other words: who began before goes on with the old ones."""
    return _changed("scenario edited", _edit, server, random)


def broken(server: Server, random: Random) -> Verdict:
    """The scenario's file no longer holds a scenario."""
    return _changed("scenario broken", _break, server, random)


def deleted(server: Server, random: Random) -> Verdict:
    """The scenario's file is gone."""
    return _changed("scenario deleted", _delete, server, random)


def edited_broken_deleted(server: Server, random: Random) -> Verdict:
    """The scenario is edited, then broken, then deleted, with an answer in between each time."""
    verdict = Verdict("scenario edited, broken and deleted", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    sitting.go_on(1)
    try:
        for change in (_edit, _break, _delete):
            change(server.library, sitting.scenario, random)
            verdict.expect(sitting.go_on(1), f"After {change.__name__} an answer was not taken.")
            sitting.check(verdict, f"After {change.__name__}")
        server.restart()
        sitting.come_back()
        verdict.expect(sitting.go_on(1), "After a restart without the scenario an answer was not taken.")
        sitting.check(verdict, "After a restart without the scenario")
        look_around(sitting, verdict)
    finally:
        server.put_content_back()
    sitting.finish(verdict)
    return verdict


def rubrics_gone(server: Server, random: Random) -> Verdict:
    """Rubrics and the catalogue of behaviours are broken or gone."""
    return _changed("rubrics broken or gone", _spoil_rubrics, server, random)


def all_gone(server: Server, random: Random) -> Verdict:
    """The whole folder of content is gone."""
    return _changed("all content gone", lambda library, _name, _random: shutil.rmtree(library), server, random)


def _edit(library: Path, name: str, random: Random) -> None:
    path = library / "scenarios" / f"{name}.yaml"
    changed, times = _SAID.subn(r"\1Quite another sentence \2", path.read_text("utf-8"))
    if not times:
        raise RuntimeError(f"The campaign found nothing to edit in {name}.")
    path.write_text(changed, "utf-8")


def _break(library: Path, name: str, random: Random) -> None:
    path = library / "scenarios" / f"{name}.yaml"
    if random.random() < 0.5:
        whole = path.read_bytes()
        path.write_bytes(whole[: random.randrange(len(whole) // 4, len(whole) - 200)])
    else:
        path.write_text(random.choice(_BROKEN), "utf-8")


def _delete(library: Path, name: str, random: Random) -> None:
    (library / "scenarios" / f"{name}.yaml").unlink()
    if random.random() < 0.5:
        (library / "scenarios" / f"{name}.plays.yaml").unlink()


def _spoil_rubrics(library: Path, name: str, random: Random) -> None:
    for path in (library / "rubrics").glob("*.yaml"):
        if random.random() < 0.5:
            path.unlink()
        else:
            path.write_text(random.choice(_BROKEN), "utf-8")


def _changed(fault: str, change: Change, server: Server, random: Random) -> Verdict:
    """Begin, change the content, go on: in the same tab, after a restart, and as somebody who begins anew."""
    verdict = Verdict(fault, tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    sitting.go_on(random.randint(1, 3))
    try:
        change(server.library, sitting.scenario, random)
        verdict.expect(sitting.go_on(2), "After the change an answer was not taken.")
        sitting.check(verdict, "After the change")
        server.restart()  # what it had read before is gone from its memory
        sitting.come_back()
        sitting.check(verdict, "After the change and a restart")
        verdict.expect(sitting.go_on(2), "After the change and a restart an answer was not taken.")
        sitting.check(verdict, "After the change, two acts later")
        look_around(sitting, verdict)
        _begin_anew(sitting, verdict)
    finally:
        server.put_content_back()
    sitting.come_back()
    sitting.check(verdict, "With the content put back")
    sitting.finish(verdict)
    return verdict


def _begin_anew(sitting: Sitting, verdict: Verdict) -> None:
    """Somebody else wants to begin now: they get the content as it is, or a sentence."""
    with sitting.server.visitor() as other:
        other.open("brief", scenario=sitting.scenario)
        verdict.blame(uncaught(other))
        if any(button.key == "begin" for button in other.buttons()):
            other.press("begin")
            verdict.blame(uncaught(other))
            verdict.counts["a new attempt with the content as it is"] += bool(other.talk())
            verdict.expect(bool(other.talk()), "A new attempt began without a word.")
        else:
            told = any(sentence(other, word) for word in ("has errors", "There is no"))
            verdict.counts["a new attempt refused in a sentence"] += told
            said = [alert.words for alert in other.alerts()]
            verdict.expect(told, f"A new attempt cannot begin, and the page does not say why: {said}.")
