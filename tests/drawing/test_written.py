"""A drawing as SVG, Mermaid and Graphviz: complete, well-formed, and with whatever an author wrote still text."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from simulator.content.scenario import Scenario
from simulator.drawing.dot import as_dot
from simulator.drawing.mermaid import as_mermaid, escaped
from simulator.drawing.sketch import picture_of
from simulator.drawing.svg import as_svg, svg_of
from simulator.drawing.words import clean, lines_of, width_of
from tests.drawing.stories import ENDINGS, HOSTILE, story, tangles
from tests.generated import scenarios

SVG = "{http://www.w3.org/2000/svg}"
_QUOTED = r'"(?:[^"\\]|\\.)*"'


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def _hostile(words: str) -> Scenario:
    return story({"here": ["there", "stuck"], "there": ["together"]}, words=words, title=words, leaves="gone")


@settings(max_examples=30, deadline=None)
@given(scenarios())
def test_every_place_stands_in_the_svg_once_and_it_is_well_formed(scenario: Scenario) -> None:
    root = _parsed(svg_of(scenario))
    places = [group.get("data-place") for group in root.iter(f"{SVG}g") if group.get("data-place")]
    assert sorted(place for place in places if place != "client.leaves") == sorted([*scenario.nodes, *scenario.endings])


@settings(max_examples=25, deadline=None)
@given(tangles())
def test_the_same_story_always_comes_out_the_same(scenario: Scenario) -> None:
    assert svg_of(scenario) == svg_of(scenario.model_copy(deep=True))
    assert as_mermaid(picture_of(scenario)) == as_mermaid(picture_of(scenario))


def test_the_svg_tells_its_title_and_its_story_to_those_who_cannot_see_it() -> None:
    root = _parsed(svg_of(story({"here": ["there"], "there": ["together"]}, guards=["trust >= 6"])))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text or "" for element in root if element.get("id")}
    assert root.get("aria-labelledby") == "sg-title sg-desc"
    assert "A story to draw" in named["sg-title"]
    assert "here leads to there (trust >= 6; else)." in named["sg-desc"]
    assert "gone: rupture, early." in named["sg-desc"]


def test_the_svg_needs_nothing_from_elsewhere_and_follows_the_colour_scheme() -> None:
    svg = svg_of(story({"here": ["together"]}))
    assert re.findall(r"(?:href|src)\s*=|@import|url\((?!#)", svg) == []
    assert "prefers-color-scheme:dark" in svg


def test_every_kind_of_ending_has_a_shape_of_its_own_and_its_name() -> None:
    root = _parsed(svg_of(story({"here": [*ENDINGS]})))
    shapes = {}
    for group in root.iter(f"{SVG}g"):
        if (place := group.get("data-place")) in ENDINGS:
            drawn = [child for child in group if child.tag in {f"{SVG}rect", f"{SVG}polygon"}]
            corners = [len((child.get("points") or "").split()) for child in drawn]
            shapes[place] = (len(drawn), corners[0])
            assert ENDINGS[place] in "".join(group.itertext())
    assert len(set(shapes.values())) == len(ENDINGS)


def test_a_run_is_told_by_number_and_thickness_not_by_colour_alone() -> None:
    scenario = story({"here": ["there", "stuck"], "there": ["together"]})
    root = _parsed(svg_of(scenario, ["here.c0", "there.c0"], "a run of mine"))
    badges = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "sg-badge"]
    assert badges == ["1", "2", "3"]
    thick = [path for path in root.iter(f"{SVG}path") if (path.get("class") or "").startswith("sg-arrow-taken")]
    assert [(path.get("data-from"), path.get("data-to")) for path in thick if path.get("data-from")] == [
        ("here", "there"),
        ("there", "together"),
    ]
    assert "a run of mine" in "".join(root.itertext())


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text_in_svg(words: str) -> None:
    root = _parsed(svg_of(_hostile(words)))
    known = {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "polygon", "g", "text"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= known
    begins = lines_of(clean(words), 176, 11.5, 3)[0]
    assert begins in [text.text for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text_in_mermaid(words: str) -> None:
    told = as_mermaid(picture_of(_hostile(words)))
    plain = as_mermaid(picture_of(_hostile("Well.")))
    assert _bones_of_mermaid(told) == _bones_of_mermaid(plain)
    for label in re.findall(r'"([^"\n]*)"', told):
        assert not re.search(r"[<>&`*{}\\|%]", label.replace("<br/>", ""))
    names = {"#lt;": "<", "#gt;": ">", "#quot;": '"', "#amp;": "&"}
    read = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), escaped(words))
    for name, character in names.items():
        read = read.replace(name, character)
    assert read == clean(words) or "#" in words


def _bones_of_mermaid(text: str) -> list[str]:
    """The text without what is quoted, and without the one line of plain words."""
    return [re.sub(r'"[^"\n]*"', '""', line) for line in text.splitlines() if "accTitle" not in line]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text_in_graphviz(words: str) -> None:
    told, plain = (re.sub(_QUOTED, '""', as_dot(picture_of(_hostile(text)))) for text in (words, "Well."))
    assert told == plain
    labels = " ".join(re.findall(_QUOTED, as_dot(picture_of(_hostile(words)))))
    read = unescape(re.sub(r"\\(.)", lambda code: " " if code[1] in "nl" else code[1], labels))
    assert "".join(clean(words)[:30].split()) in "".join(read.split())


@settings(max_examples=25, deadline=None)
@given(tangles())
def test_mermaid_and_graphviz_have_every_place_and_arrow_of_the_picture(scenario: Scenario) -> None:
    picture = picture_of(scenario)
    mermaid, dot = as_mermaid(picture), as_dot(picture)
    for place in (*scenario.nodes, *scenario.endings):
        assert len(re.findall(rf"^ +n_{place}[\[(>{{]", mermaid, re.MULTILINE)) == 1
        assert len(re.findall(rf'^ +"{place}" \[', dot, re.MULTILINE)) == 1
    assert len(re.findall(r"^ +\w+ (?:-->|==>|-\.->)", mermaid, re.MULTILINE)) == len(picture.arrows)
    assert dot.count('" -> "') == len(picture.arrows)


def test_the_legend_explains_letters_and_what_was_put_together() -> None:
    ways = {f"n{number}": ["together", "stuck", *(f"n{other}" for other in range(8))] for number in range(8)}
    picture = picture_of(story(ways, guards=["count(n0, n1, n2, n3, n4, n5) >= 2"]))
    for written in (as_svg(picture), as_mermaid(picture), as_dot(picture)):
        told = re.sub(r"\\n|\\l|<br/>", " ", written)
        assert "count(n0, n1, n2, n3, n4, n5)" in told
        assert "nothing is left out" in told


def test_lines_are_never_wider_than_their_room() -> None:
    for words in HOSTILE:
        for line in lines_of(clean(words), 120, 11, 3):
            assert width_of(line, 11) <= 120


def test_what_no_picture_can_hold_is_taken_out() -> None:
    assert clean("a\x00b\ud800c\u202ed\n\te") == "abcd e"
