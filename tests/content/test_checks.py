"""What is said of a scenario that can be read: each check, its exceptions, and one finding for each cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.content.diagnostics.smallest import ARRIVAL, PATHS, SCENARIO
from simulator.content.graph import circle_of, first_causes
from simulator.content.library import load_library
from simulator.content.source import read
from tests.content.examples import at, read_in, written


def names(tmp_path: Path, *edits: tuple[str, str]) -> list[str]:
    """The names of what is found in the smallest scenario after some edits."""
    text = SCENARIO
    for old, new in edits:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return [finding.name for finding in read_in(written(tmp_path, {"scenario": text}))]


def test_a_scenario_without_plays_is_told_so(tmp_path: Path) -> None:
    """Once, as a warning: "no-plays"."""
    root = written(tmp_path)
    (root / PATHS["plays"]).unlink()
    assert [finding.name for finding in load_library(root).findings()] == ["no-plays"]


def node(name: str, goto: str, more: str = "") -> str:
    """A node of two choices."""
    return (
        f"  {name}:\n    client: Well.\n    goto: {goto}\n{more}    choices:\n"
        "      a:\n        say: One.\n        shows: [reflects_feeling]\n        why: It fits.\n"
        "      b:\n        say: Two.\n        shows: [unsolicited_advice]\n        why: It hurries.\n"
    )


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        (node("lost", "later") + node("later", "lost2") + node("lost2", "over"), ["unreachable-node"]),
        (node("round", "about") + node("about", "round"), ["unreachable-node", "dead-end"]),
        (node("one", "over") + node("two", "over"), ["unreachable-node", "unreachable-node"]),
    ],
)
def test_what_follows_from_a_cause_is_not_reported_again(nodes: str, expected: list[str], tmp_path: Path) -> None:
    """Of a lost part of the story its beginning is named, of a circle one node."""
    assert names(tmp_path, ("endings:\n", nodes + "endings:\n")) == expected


def test_a_circle_without_a_way_out_is_one_dead_end(tmp_path: Path) -> None:
    """Not also an ending never reached, nor nodes that run out."""
    edits = (("    goto: over", "    goto: round"), ("endings:\n", node("round", "arrival") + "endings:\n"))
    assert names(tmp_path, *edits) == ["dead-end"]


def test_a_hub_with_a_way_on_when_nothing_is_left_does_not_run_out(tmp_path: Path) -> None:
    """`otherwise` says where the talk goes."""
    again = (("    goto: over", "    goto: arrival"),)
    more = (("    goto: over", "    goto: arrival\n    otherwise: over"),)
    assert names(tmp_path, *again) == ["dead-end"]
    assert names(tmp_path, *more) == []


def test_a_node_all_of_whose_choices_are_guarded_can_run_out(tmp_path: Path) -> None:
    """Even when it is met only once."""
    guarded = ARRIVAL.replace("        say:", "        when: trust >= 9\n        say:")
    assert names(tmp_path, (ARRIVAL, guarded)) == ["can-run-out"]


def test_a_circle_of_repeatable_choices_through_two_nodes_is_endless(tmp_path: Path) -> None:
    """The whole circle is named."""
    more = node("more", "over").replace("say: One.", "repeatable: true\n        goto: arrival\n        say: One.")
    shows = "        shows: [unsolicited_advice]"
    text = SCENARIO.replace(shows, f"{shows}\n        repeatable: true\n        goto: more")
    text = text.replace("endings:\n", f"{more}endings:\n")
    found = read_in(written(tmp_path, {"scenario": text}))
    assert [finding.name for finding in found] == ["endless-cycle"]
    assert set(str(found[0].values["cycle"]).split(" -> ")) == {"arrival", "more"}


@pytest.mark.parametrize(
    ("says", "gendered"),
    [
        ("Thank you, sir.", "sir"),
        ("Miss, can I go?", "Miss"),
        ("You know best, young lady.", "young lady"),
        ("I miss him, every day.", ""),
        ("I said to the teacher that sir should know.", ""),
        ("We called him Sir Toby.", ""),
    ],
)
def test_a_trainee_who_is_taken_for_a_man_or_a_woman_is_noticed(says: str, gendered: str, tmp_path: Path) -> None:
    """When addressed; not when somebody is only spoken of."""
    text = SCENARIO.replace("I'm not sure why I came.", says)
    root = written(tmp_path, {"scenario": text})
    found = read_in(root)
    assert [finding.name for finding in found] == (["gendered-trainee"] if gendered else [])
    if gendered:
        assert at(read(text, "x"), found[0].span) == gendered


@pytest.mark.parametrize(
    ("brief", "found"),
    [
        ("The trainee sees that he is upset.", []),
        ("The trainee should introduce himself.", ["gendered-trainee"]),
        ("A counsellor knows what he or she can hold.", ["gendered-trainee"]),
    ],
)
def test_texts_that_call_the_trainee_him_or_her_are_noticed(brief: str, found: list[str], tmp_path: Path) -> None:
    """Only where it cannot be the client who is meant."""
    assert names(tmp_path, ("Someone has come in and sat down.", brief)) == found


SAFE = (
    "minutes: 1",
    "minutes: 1\ntopics: [bereavement, self-harm, suicide]\ncontent_note: It is spoken of.\nequal_alternative: another",
)
RULE = ("endings:\n", "debrief:\n  - {about: safety, say: Asking was safe.}\nendings:\n")


def test_a_sensitive_topic_with_all_its_safeguards_passes(tmp_path: Path) -> None:
    """The alternative has to exist; safety is a criterion of the catalogue."""
    root = written(tmp_path, {"scenario": SCENARIO.replace(*SAFE).replace(*RULE)})
    (root / "scenarios" / "another.yaml").write_text(SCENARIO.replace("id: smallest", "id: another"))
    catalogue = root / PATHS["behaviours"]
    catalogue.write_text(
        catalogue.read_text().replace("behaviours:\n", "  safety: {title: S, about: S.}\nbehaviours:\n")
    )
    assert [finding.name for finding in load_library(root).findings()] == ["no-plays"]


def test_what_a_sensitive_topic_lacks_is_said_once(tmp_path: Path) -> None:
    """However many such topics there are, and by name."""
    text = SCENARIO.replace("minutes: 1", "minutes: 1\ntopics: [bereavement, self-harm, suicide]")
    found = read_in(written(tmp_path, {"scenario": text}))
    assert [(finding.name, finding.values["topic"]) for finding in found] == [("sensitive-topic", "self-harm")]
    for lacking in ("content_note", "equal_alternative", "debrief"):
        assert lacking in found[0].message


def test_an_unreviewed_scenario_says_so_even_where_nothing_is_written(tmp_path: Path) -> None:
    """A note at the id; nothing has to be done about it."""
    line = "review: {status: reviewed, who: A supervisor, when: May 2026}\n"
    found = read_in(written(tmp_path, {"scenario": SCENARIO.replace(line, "")}))
    assert [(finding.name, str(finding.severity)) for finding in found] == [("unreviewed", "note")]


@pytest.mark.parametrize(
    ("state", "reaction", "expected"),
    [
        ("{start: 10, min: 0, max: 10}", "{trust: +1}", ["moves-nothing"]),
        ("{start: 0, min: 0, max: 10}", "{trust: -1}", ["moves-nothing"]),
        ("{start: 0, min: 0, max: 10}", "{trust: +1}", []),
        ("{start: 3, min: 0, max: 10}", "{trust: 0}", ["moves-nothing"]),
    ],
)
def test_a_change_that_can_never_be_seen_is_noticed(
    state: str, reaction: str, expected: list[str], tmp_path: Path
) -> None:
    """Zero, or against the end at which the state always stands."""
    edits = (("{start: 3, min: 0, max: 10}", state), ("{trust: +1}", reaction))
    assert names(tmp_path, *(edit for edit in edits if edit[0] != edit[1])) == expected


def test_a_change_at_the_end_counts_once_something_leads_away_from_it(tmp_path: Path) -> None:
    """Then it may be seen."""
    edits = (
        ("{start: 3, min: 0, max: 10}", "{start: 10, min: 0, max: 10}"),
        ("shows: [unsolicited_advice]", "shows: [unsolicited_advice]\n        effects: {trust: -2}"),
    )
    assert names(tmp_path, *edits) == []


@pytest.mark.parametrize(
    "text", ["See https://example.org", "See www.example.org", "![Sam](sam.png)", "[Sam](sam.html)", "<b>Sam</b>"]
)
@pytest.mark.parametrize("old", ["The minute is over.", "A first minute", "It stays with what was said.", "Right."])
def test_links_images_and_tags_are_noticed_wherever_a_trainee_reads(old: str, text: str, tmp_path: Path) -> None:
    """Also in summaries, reasons and titles."""
    assert names(tmp_path, (old, f'"{text}"')) == ["markup-in-text"]


@pytest.mark.parametrize("text", ["It is 3 < 5 and 5 > 3", "I [laughs] (a bit)", "a <- b"])
def test_brackets_and_signs_are_no_markup(text: str, tmp_path: Path) -> None:
    """People write them."""
    assert names(tmp_path, ("The minute is over.", f'"{text}"')) == []


def test_a_reaction_to_a_behaviour_that_is_only_mistimed_is_explained(tmp_path: Path) -> None:
    """The client does not react to those."""
    text = SCENARIO.replace("shows: [reflects_feeling]", "shows: [open_question]\n        mistimed: [reflects_feeling]")
    found = read_in(written(tmp_path, {"scenario": text}))
    assert [finding.name for finding in found] == ["idle-reaction"]
    assert "wrong moment" in found[0].message


def test_choices_that_only_steer_need_nothing_helpful(tmp_path: Path) -> None:
    """Nor does a node at which nothing is scored."""
    unhelpful = ARRIVAL.replace("[reflects_feeling]", "[unsolicited_advice]")
    reaction = ("    reflects_feeling: {trust: +1}", "    unsolicited_advice: {trust: -1}")
    assert names(tmp_path, (ARRIVAL, unhelpful), reaction) == ["nothing-helpful"]
    unscored = unhelpful.replace("    goto: over", "    goto: over\n    scored: false")
    assert names(tmp_path, (ARRIVAL, unscored), reaction) == []


def test_circles_are_numbered_from_their_ends() -> None:
    """What can follow a circle has a lower number; a place on no circle has its own."""
    graph = {"a": frozenset("b"), "b": frozenset("ac"), "c": frozenset("d"), "d": frozenset(), "e": frozenset("e")}
    circles = circle_of(graph)
    assert circles["a"] == circles["b"] > circles["c"] > circles["d"]
    assert len(set(circles.values())) == 4


def test_a_long_way_is_no_deep_recursion() -> None:
    """A talk of ten thousand nodes in a row, lost as a whole, has one cause."""
    graph = {f"n{number}": frozenset({f"n{number + 1}"} if number < 9_999 else ()) for number in range(10_000)}
    assert first_causes(graph, list(graph)) == ["n0"]
