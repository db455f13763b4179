"""`simulator diff`: what changed between two versions of a scenario, which scores move, and what of attempts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.audit.comparison import Because, Comparison, Extent, Version
from simulator.commands.diff_json import as_json
from simulator.commands.diff_reading import Side
from simulator.commands.diff_text import diff_lines
from simulator.commands.diff_words import ChangeWords
from simulator.commands.transcript import WIDTH
from simulator.content.comparison import Change, What, compare
from simulator.content.identity import meaning_hash
from simulator.content.library import Content
from simulator.content.scenario import Scenario
from simulator.content.source import read
from tests.commands.conftest import PLAYS, PROJECT, SCENARIO, Ran
from tests.generated import contents, scenarios

Run = Callable[..., Ran]
Edited = Callable[..., str]
Diff = Callable[..., Ran]


@pytest.fixture
def edited(library: Path) -> Edited:
    """Sam with some texts replaced, as a file outside the library; returns its path."""

    def write(*pairs: tuple[str, str], more: str = "", name: str = "sam.yaml") -> str:
        text = SCENARIO
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        folder = library / "elsewhere"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text + more, encoding="utf-8")
        return str(folder / name)

    return write


@pytest.fixture
def diff(simulator: Run, edited: Edited) -> Diff:
    """Compare Sam with Sam after some texts were replaced."""
    return lambda *pairs, more="", options=(): simulator("diff", "sam", edited(*pairs, more=more), *options)


def _plays(library: Path, text: str) -> None:
    (library / "elsewhere").mkdir(exist_ok=True)
    (library / "elsewhere" / "sam.plays.yaml").write_text(text, encoding="utf-8")


def _line(written: str, text: str = SCENARIO) -> int:
    return text.splitlines().index(written) + 1


def _has(ran: Ran, *lines: str) -> None:
    """These lines stand in what was printed, one below the other, wherever they begin."""
    printed = [line.strip() for line in ran.out.splitlines()]
    start = 0
    for line in lines:
        assert line in printed[start:], f"{line!r} is not below in:\n{ran.out}"
        start = printed.index(line, start) + 1


# --- the same, or as good as ----------------------------------------------------------------------------------------


def test_a_scenario_and_itself_do_not_differ(simulator: Run, diff: Diff) -> None:
    for ran in (simulator("diff", "sam", "sam"), diff()):
        assert (ran.code, ran.out) == (0, "Nothing differs.\n")


def test_comments_and_spacing_are_told_from_content(diff: Diff) -> None:
    ran = diff(
        ("  arrival:\n", "  # where it begins\n\n  arrival:\n"), ("{trust: +1}", "{  trust:   +1 }"),
        ("brief: Sam has come in and sat down.", "brief: >-\n  Sam has come in\n  and sat down."),
    )  # fmt: skip
    assert (ran.code, ran.out) == (1, "Only the file's spacing or comments differ.\n")


def test_the_order_of_parts_and_another_form_for_the_same_are_told_from_content(diff: Diff) -> None:
    moved = diff(("title: A first minute\nlevel: foundation\n", "level: foundation\ntitle: A first minute\n"))
    assert moved.out.startswith("Only how the file is written differs")
    written_out = diff(("client: There's my brother as well.", "client: {says: There's my brother as well.}"))
    assert written_out.out == moved.out
    spaced = diff(("when: trust >= 4", "when: trust>=4"))
    assert spaced.out == moved.out


def test_a_form_that_means_the_same_but_is_counted_apart_says_so(diff: Diff) -> None:
    ran = diff(("why: It follows.", "effects: {trust: 0}\n        why: It follows."))
    assert ran.out.startswith("Only how the file is written differs")
    _has(ran, "Recorded attempts", "- the same things are written in another form, and that cannot be told apart")


# --- words ----------------------------------------------------------------------------------------------------------


def test_title_and_brief_are_shown_old_and_new(diff: Diff) -> None:
    ran = diff(
        ("A first minute", "The first minute"), ("Sam has come in", "Sam has hurried in"), ("minutes: 1", "minutes: 2")
    )
    assert ran.code == 1
    _has(ran, "The scenario", "The title:", "− A first minute", "+ The first minute", "Minutes: 1 → 2")
    _has(ran, "The brief:", "− Sam has come in and sat down.", "+ Sam has hurried in and sat down.")


def test_the_clients_lines_are_shown_old_and_new_below_their_node_and_line(diff: Diff) -> None:
    ran = diff(("I'm not sure why I came.", "I don't know."), ("looks at the door", "looks away"))
    _has(ran, f"At arrival (line {_line('  arrival:')})", "Sam says:", "− I'm not sure why I came.", "+ I don't know.")
    _has(ran, "What is seen of Sam:", "− Sam looks at the door.", "+ Sam looks away.")


def test_nodes_stand_in_the_order_of_the_file(diff: Diff) -> None:
    ran = diff(("There's my brother as well.", "My brother."), ("I'm not sure why I came.", "I don't know."))
    assert ran.out.index("At arrival") < ran.out.index("At later")


def test_of_a_long_text_only_the_sentences_that_differ_are_shown(simulator: Run, edited: Edited) -> None:
    sentences = [f"This is sentence number {n} of a long brief." for n in range(9)]
    brief = "brief: Sam has come in and sat down."
    old = edited((brief, "brief: " + " ".join(sentences)), name="old.yaml")
    sentences[4] = "This one is another."
    ran = simulator("diff", old, edited((brief, "brief: " + " ".join(sentences))))
    _has(ran, "− … This is sentence number 4 of a long brief. …", "+ … This one is another. …")
    assert "number 3" not in ran.out


def test_a_reworded_choice_is_shown_old_and_new(diff: Diff) -> None:
    ran = diff(
        ("Part of you would rather be anywhere else.", "You'd rather not be here."), ("It names what", "It says what")
    )
    _has(ran, "The words:", "− Part of you would rather be anywhere else.", "+ You'd rather not be here.")
    _has(ran, "Why:", "− It names what is in the room.", "+ It says what is in the room.")


# --- variants -------------------------------------------------------------------------------------------------------

_TWO = "client:\n      - when: trust >= 6\n        says: Him again.\n      - says: There's my brother as well."
_ONE = "client: There's my brother as well."


def test_a_variant_of_a_line_that_came_or_went_is_named_with_its_condition(
    simulator: Run, diff: Diff, edited: Edited
) -> None:
    _has(diff((_ONE, _TWO)), "A new line, heard when trust >= 6:", "+ Him again.")
    gone = simulator("diff", edited((_ONE, _TWO)), "sam")
    _has(gone, "Gone: the line heard when trust >= 6:", "− Him again.")


def test_a_variant_under_another_condition_keeps_its_words(simulator: Run, edited: Edited) -> None:
    old = edited((_ONE, _TWO), name="old.yaml")
    ran = simulator("diff", old, edited((_ONE, _TWO.replace("trust >= 6", "trust >= 7"))))
    _has(ran, "A line is now heard when trust >= 7, not when trust >= 6")
    assert "Him again" not in ran.out


def test_the_variant_that_changed_is_named_by_its_condition(simulator: Run, edited: Edited) -> None:
    old = edited((_ONE, _TWO), name="old.yaml")
    new = edited((_ONE, _TWO.replace("Him again.", "Him.").replace("my brother", "our Dan")))
    _has(simulator("diff", old, new), "Sam says, when trust >= 6:", "+ Him.", "Sam says, in every other case:")


def test_a_reply_that_came_is_no_variant(diff: Diff) -> None:
    _has(
        diff(("why: It follows.", "why: It follows.\n        reply: He's older.")), "Sam now answers:", "+ He's older."
    )


# --- choices --------------------------------------------------------------------------------------------------------


_WAIT = """\
      wait:
        does: You wait.
        shows: [stays_with_affect]
        mistimed: [open_question]
        effects: {trust: +2}
        when: trust >= 5
        goto: over
        why: Room.
"""


def test_a_choice_that_came_is_shown_with_what_it_does(diff: Diff) -> None:
    ran = diff(("      hurry:\n", _WAIT + "      hurry:\n"))
    _has(ran, f"New choice wait (line {_line('      hurry:')}):", "+ You wait.")
    _has(ran, "tagged stays_with_affect, open_question (at the wrong moment)", "moves Trust +2")
    _has(ran, "offered when trust >= 5", "leads to over")


_ASK = "      ask:\n        say: What about your brother?\n        shows: [open_question]\n        why: It follows.\n"


def test_a_choice_that_went_is_shown_with_its_old_line(diff: Diff) -> None:
    _has(diff((_ASK, "")), f"Gone: choice ask (was line {_line('      ask:')}):", "− What about your brother?")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[unsolicited_advice]", "[minimises]", "is now tagged minimises instead of unsolicited_advice"),
        ("[unsolicited_advice]", "[unsolicited_advice, minimises]", "is now tagged minimises as well"),
        ("[reflects_feeling]", "[reflects_feeling, open_question]", "is now tagged open_question as well"),
        ("shows: [open_question]", "mistimed: [open_question]", "open_question now comes at the wrong moment"),
        ("why: It follows.", "repeatable: true\n        why: It follows.", "can now be taken again"),
        ("why: It follows.", "scored: false\n        why: It follows.", "no longer counts for the score"),
        ("why: It follows.", "when: trust >= 5\n        why: It follows.", "is now offered only when trust >= 5"),
        ("why: It follows.", "effects: {trust: -2}\n        why: It follows.", "now moves Trust by -2"),
        ("why: It follows.", "goto: over\n        why: It follows.", "now leads to over, not where its node leads"),
    ],
)  # fmt: skip
def test_what_a_choice_does_is_said_in_a_sentence(diff: Diff, old: str, new: str, told: str) -> None:
    _has(diff((old, new)), told)


def test_a_tag_that_went_and_the_order_of_tags_are_said(simulator: Run, edited: Edited) -> None:
    two = edited(("[open_question]", "[open_question, checks_meaning]"), name="two.yaml")
    _has(simulator("diff", two, "sam"), "is no longer tagged checks_meaning")
    turned = simulator("diff", two, edited(("[open_question]", "[checks_meaning, open_question]")))
    _has(turned, "has its tags in another order: checks_meaning, open_question")


# --- client, ways, endings, debrief ---------------------------------------------------------------------------------


def test_states_and_how_the_client_takes_behaviours_are_said(diff: Diff) -> None:
    ran = diff(
        ("start: 3,", "start: 4,"),
        ("label: Trust}", "label: Trust, visible: false}\n    fear: {start: 1, min: 0, max: 5}"),
        ("{trust: +1}", "{trust: +2}\n    minimises: {trust: -1}"),
    )  # fmt: skip
    _has(
        ran, "The client, Sam", "State Trust", "Starts at: 3 → 4", "is no longer shown to the trainee", "New state fear"
    )
    _has(ran, "reflects_feeling moves Trust by +2 instead of +1", "minimises now moves Trust by -1")


_FINE = "  fine:\n    outcome: alliance\n    summary: Sam comes again.\n"


def test_where_a_node_leads_is_shown_way_by_way(diff: Diff) -> None:
    _has(
        diff(("when: trust >= 4", "when: trust >= 5")),
        "Where it leads:",
        "− when trust >= 4: later",
        "+ when trust >= 5: later",
    )
    _has(diff(("goto: over\n    ch", "goto: fine\n    ch"), more=_FINE), "Where it leads: fine instead of over")


def test_the_client_who_leaves_is_said(diff: Diff) -> None:
    leaves = "  leaves:\n    - when: trust <= 0\n      to: over\nstart: arrival"
    _has(diff(("start: arrival", leaves)), "When Sam gets up and goes:", "+ when trust <= 0: over")


def test_endings_that_came_went_or_changed_are_said(simulator: Run, diff: Diff, edited: Edited) -> None:
    ran = diff(("outcome: progress", "outcome: stalled\n    early: true"), ("minute is over", "talk is over"))
    _has(ran, "Outcome: progress → stalled", "now ends the talk early", "The summary:", "+ The first talk is over.")
    two = edited(("    goto: over\n    choices", "    goto: fine\n    choices"), more=_FINE)
    _has(
        simulator("diff", "sam", two), f"New ending: fine (line {len(SCENARIO.splitlines()) + 1})", "+ Sam comes again."
    )
    _has(
        simulator("diff", two, "sam"),
        f"Gone: ending fine (was line {len(SCENARIO.splitlines()) + 1})",
        "− Sam comes again.",
    )


_CAFE = """\
  cafe:
    client: Tea?
    goto: over
    choices:
      yes_please: {say: Oh yes., shows: [open_question], why: So.}
      no_thanks: {does: You shake your head., shows: [avoids_affect], why: No.}
"""


def test_a_node_that_came_or_went_is_shown_whole(simulator: Run, edited: Edited) -> None:
    new = edited(("endings:\n", _CAFE + "endings:\n"), ("    goto: over\n    choices", "    goto: cafe\n    choices"))
    there = f"New: cafe (line {_line('endings:')})"
    _has(
        simulator("diff", "sam", new), there, "+ Tea?", "yes_please:", "+ Oh yes.", "tagged open_question", "no_thanks:"
    )
    back = simulator("diff", new, "sam")
    _has(back, f"Gone: cafe (was line {_line('endings:')})", "− Tea?", "yes_please:", "− Oh yes.", "no_thanks:")


def test_debrief_rules_that_came_went_or_changed_are_said(simulator: Run, edited: Edited) -> None:
    rules = "debrief:\n  - when: trust >= 5\n    say: You stayed.\n  - when: visited(later)\n    say: He told you.\n"
    old = edited(more=rules, name="old.yaml")
    new = edited(
        more=rules.replace("trust >= 5", "trust >= 6").replace("He told you.", "He said it.") + "  - say: Rest.\n"
    )
    ran = simulator("diff", old, new)
    _has(ran, "The debrief", "A rule now holds when trust >= 6, not when trust >= 5", "− He told you.", "+ He said it.")
    _has(ran, "A new rule, holding always:", "+ Rest.")
    _has(ran, "The words of the rule that holds when visited(later):")
    gone = simulator("diff", old, "sam")
    _has(
        gone, "Gone: the rule holding when trust >= 5:", "− You stayed.", "Gone: the rule holding when visited(later):"
    )
    _has(ran, "Attempts at either version are counted together: only wording differs, the meaning is")


# --- renaming -------------------------------------------------------------------------------------------------------

_RENAMED = (("to: later", "to: brother"), ("  later:\n", "  brother:\n    was: [later]\n"))


def test_a_renamed_node_is_told_once_and_nothing_that_only_follows_it(simulator: Run, edited: Edited) -> None:
    more = "debrief:\n  - when: visited(later)\n    say: He told you.\n"
    old = edited(more=more, name="old.yaml")
    new = edited(*_RENAMED, more=more)
    Path(new).write_text(Path(new).read_text("utf-8").replace("visited(later)", "visited(brother)"), encoding="utf-8")
    there = simulator("diff", old, new)
    _has(
        there,
        f"At brother, which was called later (line {_line('  later:')})",
        "Scores that move",
        "None: every choice that both have stands where it stood.",
    )
    assert "He told you" not in there.out
    assert "Where it leads" not in there.out
    _has(simulator("diff", new, old), f"At later, which was called brother (line {_line('  later:')})")


def test_a_renamed_choice_is_compared_with_what_it_was(diff: Diff) -> None:
    ran = diff(("      advise:\n", "      tell:\n        was: [advise]\n"), ("[unsolicited_advice]", "[minimises]"))
    _has(ran, "is now tagged minimises instead of unsolicited_advice")
    assert f"tell, which was called advise (line {_line('      advise:')}): “You could start" in ran.out
    assert "tell: -1 → -2, 0.00 (the worst)" in ran.out


def test_of_two_parts_that_became_one_the_second_is_gone(simulator: Run, edited: Edited) -> None:
    new = edited((_ASK, ""), ("      hurry:\n", "      go_on:\n        was: [hurry, ask]\n"))
    _has(
        simulator("diff", "sam", new),
        f"Gone: choice ask (was line {_line('      ask:')}):",
        "− What about your brother?",
    )


# --- plays ----------------------------------------------------------------------------------------------------------


def test_plays_that_came_went_or_changed_are_said(simulator: Run, diff: Diff, library: Path, edited: Edited) -> None:
    changed = PLAYS.replace("[arrival.reflect, ask]", "[arrival.advise]").replace('">= 4"', '">= 2"')
    _plays(library, changed + "  other:\n    about: Another way.\n    choose: [arrival.reflect, hurry]\n")
    ran = diff()
    _has(ran, "The plays", "Play best", "− arrival.reflect, ask", "+ arrival.advise", "Expects of Trust: >= 4 → >= 2")
    _has(ran, "New play other:", "+ Another way.")
    assert "3 changes in the plays" in ran.out
    _has(simulator("diff", edited(), "sam"), "Gone: play other:", "− Another way.")


def test_where_no_plays_stand_beside_a_file_that_is_said(diff: Diff) -> None:
    ran = diff(("A first minute", "A minute"))
    assert ran.out.endswith("Plays were not compared: there is no 'sam.plays.yaml' beside 'sam.yaml'.\n")


def test_the_plays_of_a_renamed_choice_do_not_differ(diff: Diff, library: Path) -> None:
    _plays(library, PLAYS.replace("arrival.reflect", "arrival.mirror"))
    ran = diff(("      reflect:\n", "      mirror:\n        was: [reflect]\n"))
    assert "The plays" not in ran.out


# --- scores and attempts --------------------------------------------------------------------------------------------


def test_points_that_move_through_tags_are_shown_old_and_new(diff: Diff) -> None:
    ran = diff(("[unsolicited_advice]", "[minimises]"))
    _has(ran, "Scores that move", "At arrival", "Empathy:", "advise: -1 → -2, 0.00 (the worst)")
    assert "the score of 1 choice moves; attempts do not stay comparable." in " ".join(ran.out.split())


def test_a_choice_whose_tags_stayed_moves_where_another_sets_the_scale(simulator: Run, edited: Edited) -> None:
    third = "      hurry:\n        say: Wait.\n        shows: [avoids_affect]\n        why: So.\n"
    harsh = third.replace("avoids_affect", "unsolicited_advice").replace("hurry", "other")
    old = edited(("      hurry:\n", harsh + "      hurry:\n"), name="old.yaml")
    new = edited(("      hurry:\n", harsh + "      hurry:\n"), ("[avoids_affect]", "[unsolicited_advice]"))
    ran = simulator("diff", old, new)
    _has(ran, "Empathy:", "other: -1, 0.33 → 0.00 (the worst)", "hurry: -2 → -1, 0.00 (the worst)")


def test_a_node_that_loses_or_gains_its_room_says_so(simulator: Run, diff: Diff, edited: Edited) -> None:
    ran = diff(("[avoids_affect]", "[open_question]"))
    _has(ran, "Empathy, on which nothing is scored here any more:", "hurry: -2 → +1")
    back = simulator("diff", edited(("[avoids_affect]", "[open_question]")), "sam")
    _has(back, "Empathy, which is scored here now:", "ask: +1, 1.00 (the best)", "hurry: +1 → -2, 0.00 (the worst)")


def test_the_best_on_offer_and_the_weight_are_shown_where_they_change(diff: Diff) -> None:
    ran = diff(
        ("shows: [open_question]", "shows: [avoids_affect]"),
        ("[avoids_affect]\n        why: It keeps", "[open_question]\n        why: It keeps"),
        ("  later:\n", "  later:\n    weight: 3\n"),
    )  # fmt: skip
    _has(ran, "At later", "counts 3 times instead of once", "ask: +1 → -2, 1.00 → 0.00 (the worst)")
    _has(ran, "hurry: -2 → +1, 0.00 → 1.00 (the best)", "best on offer over all criteria: hurry (it was ask)")


def test_a_criterion_that_is_assessed_now_is_said_and_not_spread_over_every_choice(diff: Diff) -> None:
    ran = diff(("assesses: [empathy]", "assesses: [empathy, boundaries]"))
    _has(ran, "Boundaries is assessed now, and was not.")
    assert "None: every choice" not in ran.out


def test_attempts_stay_comparable_over_a_typo_and_not_over_a_tag(diff: Diff) -> None:
    typo = diff(("I'm not sure", "I am not sure"))
    _has(typo, "Attempts at either version are counted together: only wording differs, the meaning is")
    tag = diff(("[unsolicited_advice]", "[minimises]"))
    _has(tag, "- choices are tagged with other behaviours")
    assert "counted together: only" not in tag.out


def test_a_rubric_that_changed_moves_scores_of_a_scenario_that_did_not(
    simulator: Run, library: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / "scenarios").mkdir(parents=True)
    (other / "rubrics").mkdir()
    for path in (library / "rubrics").glob("*.yaml"):
        text = path.read_text("utf-8").replace("unsolicited_advice: -1", "unsolicited_advice: -2", 1)
        (other / "rubrics" / path.name).write_text(text, encoding="utf-8")
    (other / "scenarios" / "sam.yaml").write_text(SCENARIO, encoding="utf-8")
    (other / "scenarios" / "sam.plays.yaml").write_text(PLAYS, encoding="utf-8")
    ran = simulator("diff", "sam", str(other / "scenarios" / "sam.yaml"))
    assert ran.code == 1
    _has(ran, "advise: -1 → -2, 0.00 (the worst)", "- they are scored by another rubric, or another text of it")


def test_a_file_outside_is_judged_by_the_library_of_the_other(simulator: Run, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "scenarios").mkdir(parents=True)
    (other / "rubrics").mkdir()
    for path in (library / "rubrics").glob("*.yaml"):
        text = path.read_text("utf-8").replace("unsolicited_advice: -1", "unsolicited_advice: -2", 1)
        (other / "rubrics" / path.name).write_text(text, encoding="utf-8")
    inside, outside = other / "scenarios" / "sam.yaml", tmp_path / "older version.yaml"
    inside.write_text(SCENARIO, encoding="utf-8")
    outside.write_text(SCENARIO, encoding="utf-8")
    assert simulator("diff", str(outside), str(inside)).out == "Nothing differs.\n"
    assert simulator("diff", str(inside), str(outside)).out == "Nothing differs.\n"


# --- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("pam", "There is no scenario 'pam'; there are: sam."),
        ("no/such.yaml", "There is no file 'no/such.yaml'."),
        ("nul\0.yaml", "There is no file"),
        ("{library}", "it is not a file"),
        ("{library}/scenarios/sam.plays.yaml", "holds plays; name its scenario"),
        ("{library}/broken.yaml", "has a mistake at line 1"),
        ("{library}/empty.yaml", "empty.yaml'"),
        ("{library}/astray.yaml", "has a mistake at line 22"),
        ("{library}/unjudged.yaml", "unjudged.yaml' has a mistake at line"),
        ("{library}/binary.yaml", "binary.yaml'"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_sentence(
    simulator: Run, library: Path, named: str, told: str
) -> None:
    (library / "broken.yaml").write_text("format: [1", encoding="utf-8")
    (library / "empty.yaml").write_text("", encoding="utf-8")
    (library / "astray.yaml").write_text(SCENARIO.replace("to: later", "to: nowhere"), encoding="utf-8")
    (library / "unjudged.yaml").write_text(SCENARIO.replace("level:", "rubric: nothing\nlevel:"), encoding="utf-8")
    (library / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    named = named.format(library=library)
    for arguments in ((named, "sam"), ("sam", named)):
        ran = simulator("diff", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert told in ran.err
        assert len(ran.err.splitlines()) == 1


def test_an_earlier_version_beside_the_scenario_need_not_be_named_like_its_id(simulator: Run, library: Path) -> None:
    beside = library / "scenarios" / "sam.old.yaml"
    beside.write_text(SCENARIO.replace("A first minute", "A minute"), encoding="utf-8")
    _has(simulator("diff", str(beside), "sam"), "− A minute", "+ A first minute")


def test_a_terminal_is_sent_nothing_that_it_would_obey(diff: Diff) -> None:
    red = ("title: A first minute", 'title: "A \\e[31mred minute"')
    assert "\x1b" not in diff(("title: A first minute", 'title: "\\e[31mA"'), ("to: later", 'to: "\\e[31m"')).err
    assert "\x1b" not in diff(red, ("name: Sam", 'name: "S\\e[31mam"')).out


def test_a_file_whose_name_is_not_text_is_read_and_named(simulator: Run, library: Path) -> None:
    odd = str(library / "elsewhere\udcff.yaml")
    Path(odd).write_text(SCENARIO.replace("A first minute", "A minute"), encoding="utf-8")
    for options in ((), ("--json",)):
        ran = simulator("diff", odd, "sam", *options)
        assert ran.code == 1
        assert ran.out.encode()


# --- JSON -----------------------------------------------------------------------------------------------------------


def test_the_json_has_the_keys_that_are_documented(diff: Diff) -> None:
    ran = diff(("[unsolicited_advice]", "[minimises]"), ("A first minute", "A minute"), options=["--json"])
    found = json.loads(ran.out)
    assert ran.code == 1
    documented = (PROJECT / "docs" / "diff-json.md").read_text("utf-8")
    for key in found:
        assert f"`{key}`" in documented
    assert all(f"`{one.value}`" in documented for kind in (What, Because, Extent) for one in kind)
    assert (found["differs"], found["comparable"], found["because"]) == ("content", False, ["behaviours"])
    title, tags = found["changes"]
    assert (title["what"], title["place"], title["name"], title["wording"]) == ("field", [], "title", True)
    assert (tags["place"], tags["old"], tags["new"]) == (
        ["nodes", "arrival", "choices", "advise"], ["unsolicited_advice"], ["minimises"],
    )  # fmt: skip
    moved = {
        "choice": "advise",
        "criterion": "empathy",
        "old": {"points": -1, "q": 0.0},
        "new": {"points": -2, "q": 0.0},
    }
    assert found["scores"][0]["choices"] == [moved]
    assert found["scores"][0]["room"] == {"empathy": {"old": True, "new": True}}
    assert found["plays_compared"] is False


def test_the_json_of_nothing_is_nothing(simulator: Run) -> None:
    ran = simulator("diff", "sam", "sam", "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["differs"], found["changes"], found["scores"]) == (0, "nothing", [], [])
    assert found["old"] == found["new"]


# --- what holds of every scenario -----------------------------------------------------------------------------------


def _version(content: Content) -> Version:
    return Version(content, None, {})


def _mirrored(change: Change) -> tuple[Any, ...]:
    """A change as it is read the other way round, without the condition that names it."""
    turned = {
        What.ADDED: What.REMOVED, What.REMOVED: What.ADDED,
        What.VARIANT_ADDED: What.VARIANT_REMOVED, What.VARIANT_REMOVED: What.VARIANT_ADDED,
    }  # fmt: skip
    return turned.get(change.what, change.what), change.place, change.name, change.new, change.old


def _plain(change: Change) -> tuple[Any, ...]:
    return change.what, change.place, change.name, change.old, change.new


@settings(deadline=None)
@given(contents())
def test_no_scenario_differs_from_itself(content: Content) -> None:
    found = Comparison(_version(content), _version(content))
    assert (found.extent, found.changes, found.moves, found.because) == (Extent.NOTHING, [], (), ())


@settings(deadline=None)
@given(contents(), contents())
def test_every_difference_is_said_and_fits_the_screen(old: Content, new: Content) -> None:
    found = Comparison(_version(old), _version(new))
    sides = [Side(name, _version(of), read(of.scenario_text, name)) for name, of in (("old", old), ("new", new))]
    lines = list(diff_lines(found, *sides))
    assert all(len(line) <= WIDTH for line in lines)
    words = ChangeWords(old.scenario, new.scenario)
    told = {change: list(words.told([change])) for change in found.changes}
    silent = {change.what for change, said in told.items() if not said}
    assert silent <= {What.ADDED, What.REMOVED, What.RENAMED}
    come = sum(change.what is What.ADDED for change in found.changes)
    assert come <= sum(line.lstrip().startswith(("New", "A new rule", "+ ")) for line in lines)
    assert json.loads(json.dumps(as_json(found, *sides)))["differs"] == found.extent


@settings(deadline=None)
@given(scenarios(), scenarios())
def test_what_differs_is_the_same_read_either_way(old: Scenario, new: Scenario) -> None:
    there, back = compare(old, new), compare(new, old)
    assert Counter(map(repr, map(_mirrored, there))) == Counter(map(repr, map(_plain, back)))


@settings(deadline=None)
@given(contents(), st.data())
def test_taking_a_choice_out_is_putting_it_in_read_the_other_way(content: Content, data: st.DataObject) -> None:
    full = content.scenario
    many = [name for name, node in full.nodes.items() if len(node.choices) > 1]
    if not many:
        return
    name = data.draw(st.sampled_from(many))
    gone = data.draw(st.sampled_from(list(full.nodes[name].choices)))
    kept = {key: choice for key, choice in full.nodes[name].choices.items() if key != gone}
    node = full.nodes[name].model_copy(update={"choices": kept})
    less = full.model_copy(update={"nodes": {**full.nodes, name: node}})
    place, words = ("nodes", name, "choices", gone), full.nodes[name].choices[gone].words
    assert compare(full, less) == [Change(What.REMOVED, place, old=words)]
    assert compare(less, full) == [Change(What.ADDED, place, new=words)]


@settings(deadline=None)
@given(scenarios(), scenarios())
def test_two_scenarios_without_a_change_of_what_happens_mean_the_same(old: Scenario, new: Scenario) -> None:
    changed = old.model_copy(update={"title": new.title, "brief": new.brief, "debrief": new.debrief})
    assert all(change.of_wording for change in compare(old, changed))
    whole = [change for change in compare(old, new) if not change.of_wording]
    assert meaning_hash(old) == meaning_hash(changed)
    assert whole or meaning_hash(old) == meaning_hash(new)
