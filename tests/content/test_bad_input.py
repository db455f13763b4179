"""Files that are anything but content: one finding each, in bounded time and memory, and never a traceback.

Bounded is not timed: each of these would run for minutes or fill the memory if its limit were gone.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.content import reader
from simulator.content.diagnostics import Finding
from simulator.content.diagnostics.printing import as_text
from simulator.content.diagnostics.smallest import SCENARIO, TEXTS
from simulator.content.library import Library, load_library
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import read
from tests.content.examples import findings_of, found_in, written

NAME = "scenarios/broken.yaml"


def beside_a_sound_one(tmp_path: Path, make: Callable[[Path], object]) -> list[Finding]:
    """What is found in a library in which one scenario is as `make` makes it, and the other still works."""
    root = written(tmp_path)
    make(root / NAME)
    library = load_library(root)
    assert library.scenarios["smallest"].sound
    assert not library.scenarios["broken"].sound
    assert all(file.sound for name, file in library.scenarios.items() if name != "broken")
    found = [finding for finding in library.findings() if finding.path != "scenarios/smallest.yaml"]
    assert {finding.path for finding in found} == {NAME}
    return found


BYTES = {
    "empty": (b"", "empty-file"),
    "only a comment": (b"# soon\n", "empty-file"),
    "only spaces": (b"  \n\n", "empty-file"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "not-utf-8"),
    "Latin-1": ("title: Gr\u00fc\u00dfe".encode("latin-1"), "not-utf-8"),
    "UTF-16": (SCENARIO.encode("utf-16"), "not-utf-8"),
    "UTF-32 without a mark": ("a: b".encode("utf-32-le"), "control-character"),
    "a zero byte": (b"title: A\x00B", "control-character"),
    "an escape sequence": (b"title: \x1b[31mred", "control-character"),
    "a mark of reading order": ("title: A \u2067B".encode(), "control-character"),
    "a line separator": ("title: A\u2028B".encode(), "control-character"),
    "a second byte order mark": ("title: A\ufeffB".encode(), "control-character"),
    "only words": (b"Once upon a time\n", "wrong-type"),
    "only a list": (b"- one\n- two\n", "wrong-type"),
    "a tag": (b"a: !!python/object/apply:os.system [ls]\n", "tag"),
    "an alias bomb": (b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "anchor"),
    "a merge bomb": (b"a: &a {x: 1}\nb: {<<: *a, y: 2}\n", "anchor"),
    "an alias as a key": (b"*a : b\n", "anchor"),
    "two documents": (b"a: b\n---\nc: d\n", "second-document"),
    "a directive": (b"%YAML 9.9\n---\na: b\n", "syntax"),
    "a key that is a block": (b"? {a: b}\n: c\n", "key-not-text"),
    "a key that is a list": (b"[a, b]: c\n", "key-not-text"),
    "a future format": (b"format: 2\nwhatever: [1]\n", "format-version"),
}


@pytest.mark.parametrize("form", BYTES)
def test_what_is_not_content_is_one_finding_and_fails_alone(form: str, tmp_path: Path) -> None:
    """The other scenario of the library is still there and sound."""
    content, name = BYTES[form]
    found = beside_a_sound_one(tmp_path, lambda path: path.write_bytes(content))
    assert [finding.name for finding in found] == [name]
    assert as_text(found[0], content.decode("utf-8", "replace"))


@pytest.mark.parametrize("length", range(0, SCENARIO.index("The minute is over"), 7))
def test_a_truncated_file_is_a_finding(length: int) -> None:
    """Wherever a copy stopped, something is said, and nothing else happens."""
    assert findings_of(SCENARIO[:length])


def test_a_merge_key_is_an_unknown_key() -> None:
    """`<<` merges nothing here."""
    found = findings_of(SCENARIO.replace("minutes: 1", "minutes: 1\n<<: {level: advanced}"))
    assert [finding.name for finding in found] == ["unknown-key"]


def test_a_file_that_is_too_long_is_one_finding(tmp_path: Path) -> None:
    """Whether it is seen from its size or from its characters: "too-long"."""
    for content in (b"#" * (reader.MOST_CHARACTERS + 1), b"# \n" * reader.MOST_CHARACTERS * 2):
        found = beside_a_sound_one(tmp_path, lambda path, content=content: path.write_bytes(content))
        assert [finding.name for finding in found] == ["too-long"]


def _kept() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


HOSTILE = {
    "open brackets": "a: " + "[" * 1_000_000,
    "open braces": "a: " + "{b: " * 400_000,
    "deep blocks": "- " * 900_000,
    "a million items": "a: [" + "x," * 900_000 + "]",
    "many keys": "".join(f"k{number}: x\n" for number in range(40_000)),
    "the same key again and again": "a: 1\n" * 300_000,
    "questions": "? a\n" * 300_000,
    "one text of many lines": "a: 'x\n  " + "y\n  " * 400_000,
    "quotes without end": 'a: "x\n' * 100_000 + ": :",
    "spaces": "a: " + " " * 1_900_000 + "\t: x: y: z",
    "hashes": "a: b" + " #" * 900_000,
    "braces and commas": "a: {b: c" + ", d e" * 300_000 + "}",
    "closing braces": "a: {b: c: " + "} " * 900_000,
    "a condition without end": f"{SCENARIO}debrief:\n  - when: {'not ' * 400_000}x\n    say: a\n",
    "many wrong conditions": f"{SCENARIO}debrief:\n" + "  - {when: trust =, say: a}\n" * 5_000,
    "many wrong numbers": SCENARIO.replace("{trust: +1}", "{" + ", ".join(f"s{n}: x" for n in range(5_000)) + "}"),
    "an alias bomb": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1},*a{n - 1}]\n" for n in range(1, 60)),
    "line ends only": "\n" * 1_900_000,
}


@pytest.mark.parametrize("form", HOSTILE)
def test_a_hostile_file_is_bounded(form: str) -> None:
    """At most a hundred findings and one that says there are more; a few hundred megabytes at the worst."""
    before = _kept()
    source = read(HOSTILE[form], "x")
    found = [*source.findings, *shaped(source, Scenario, "the scenario")[1]]
    assert 0 < len(found) <= 2 * reader.MOST_FINDINGS + 2
    assert all(finding.message and as_text(finding, source.text) for finding in found[:5])
    assert _kept() - before < 600_000  # kilobytes


def test_after_a_hundred_findings_it_is_said_that_there_are_more(tmp_path: Path) -> None:
    """In reading, in shape, and in what is checked after: "more-findings"."""
    tail = "".join(f"  - {{when: nobody{number} >= 1, say: Well.}}\n" for number in range(300))
    for text in (
        "a: 1\n" * 300,
        SCENARIO + "debrief:\n" + "".join(f"  - {{sai{number}: Well.}}\n" for number in range(300)),
        SCENARIO + "debrief:\n" + tail,
    ):
        found = found_in(written(tmp_path, {"scenario": text}), "scenario")
        assert [finding.name for finding in found].count("more-findings") == 1
        assert len(found) <= reader.MOST_FINDINGS + 1


LINKS: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a link that leads nowhere": lambda path: path.symlink_to("nothing.yaml"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link out of the library": lambda path: (
        (path.parents[2] / "secret.yaml").write_text("secret: 1"),
        path.symlink_to(path.parents[2] / "secret.yaml"),
    ),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a pipe": lambda path: os.mkfifo(path),
}


@pytest.mark.parametrize("form", LINKS)
def test_what_is_no_file_of_the_library_is_unreadable(form: str, tmp_path: Path) -> None:
    """Nothing of it is shown, and nothing waits for it."""
    root = tmp_path / "library"
    found = beside_a_sound_one(root, LINKS[form])
    assert [finding.name for finding in found] == ["unreadable"]
    assert "secret" not in as_text(found[0], "")
    assert "[Errno" not in found[0].message


def test_a_link_within_the_library_is_followed(tmp_path: Path) -> None:
    """The rule is about leaving it."""
    root = written(tmp_path)
    (root / "shared.yaml").write_text(TEXTS["rubric"].replace("id: core", "id: shared"))
    (root / "rubrics" / "shared.yaml").symlink_to("../shared.yaml")
    assert load_library(root).rubrics["shared"].sound


def test_a_file_that_may_not_be_read_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the tests run as somebody who may read everything."""
    root = written(tmp_path)
    path = root / NAME
    path.write_text(SCENARIO)
    opening = Path.open

    def refusing(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == path.name:
            raise PermissionError(13, "Permission denied")
        return opening(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refusing)
    library = load_library(root)
    assert [(finding.name, finding.path) for finding in library.findings()] == [("unreadable", NAME)]
    assert library.scenarios["smallest"].sound


def test_a_folder_that_may_not_be_read_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the library is read."""
    root = written(tmp_path)
    listing = Path.iterdir

    def refusing(self: Path) -> object:
        if self.name == "scenarios":
            raise PermissionError(13, "Permission denied")
        return listing(self)

    monkeypatch.setattr(Path, "iterdir", refusing)
    library = load_library(root)
    assert [(finding.name, finding.path) for finding in library.findings()] == [("unreadable", "scenarios")]
    assert library.rubrics["core"].sound


def test_an_empty_folder_is_a_library_without_a_catalogue(tmp_path: Path) -> None:
    """One finding, for the file that every library has."""
    library: Library = load_library(tmp_path / "nowhere")
    assert [(finding.name, finding.path) for finding in library.findings()] == [
        ("unreadable", "rubrics/behaviours.yaml")
    ]


@pytest.mark.parametrize(
    "path",
    [
        "scenarios/new.yml",
        "scenarios/NEW.YAML",
        "rubrics/new.yml",
        "scenarios/gone.plays.yaml",
        "scenarios/gone.de.yaml",
    ],
)
def test_a_file_that_would_be_passed_over_is_named(path: str, tmp_path: Path) -> None:
    """An author would wonder why nothing changes: "file-not-read"."""
    root = written(tmp_path)
    (root / path).write_text("format: 1\n")
    assert [(finding.name, finding.path) for finding in load_library(root).findings()] == [("file-not-read", path)]


@pytest.mark.parametrize("path", ["scenarios/smallest.de.yaml", "scenarios/.draft.yaml", "scenarios/notes.txt"])
def test_translations_hidden_files_and_notes_are_left_alone(path: str, tmp_path: Path) -> None:
    """They are not content, and nobody takes them for it."""
    root = written(tmp_path)
    (root / path).write_text("{{{")
    assert load_library(root).findings() == []


def test_a_name_that_is_not_text_can_be_printed(tmp_path: Path) -> None:
    """File names are bytes; findings are text."""
    root = written(tmp_path)
    try:
        (Path(os.fsdecode(os.fsencode(root / "scenarios") + b"/gr\xfcn.yaml"))).write_text("")
    except OSError:
        pytest.skip("this file system only takes names that are text")
    for finding in load_library(root).findings():
        as_text(finding, "").encode("utf-8")


@pytest.mark.parametrize("broken", ["rubric", "behaviours", "plays"])
def test_a_broken_file_beside_a_scenario_is_the_only_one_blamed(broken: str, tmp_path: Path) -> None:
    """A scenario is not told that its rubric does not exist when the rubric only has a mistake."""
    found = found_in(written(tmp_path, {broken: "format: ["}), broken)
    assert [finding.name for finding in found] == ["syntax"]
