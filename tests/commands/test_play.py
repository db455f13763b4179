"""`simulator play`: whole runs from a list of choices, the JSON they give, and a talk at the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.commands.conftest import Ran

Run = Callable[..., Ran]


def test_choices_play_a_whole_run_and_print_its_transcript_and_scorecard(simulator: Run) -> None:
    ran = simulator("play", "sam", "--choices", "reflect,later.ask")
    assert ran.code == 0
    for heard in ("Sam: I'm not sure why I came.", "(Sam looks at the door.)", "You: What about your brother?"):
        assert heard in ran.out
    assert "The first minute is over." in ran.out
    assert "not enough to say" in ran.out
    assert "Overall: not determined" in ran.out


def test_the_json_of_a_run_has_the_documented_keys(simulator: Run) -> None:
    run = json.loads(simulator("play", "sam", "--seed", "7", "--choices", "reflect,ask", "--json").out)
    assert run["scenario"] == "sam"
    assert run["seed"] == "7"
    assert {"engine", "scoring", "scenario", "behaviours", "rubric"} <= run["versions"].keys()
    assert run["ending"] == "over"
    assert run["overall"] is None
    first, second = run["turns"]
    assert first["node"] == "arrival"
    assert sorted(first["offered"]) == ["advise", "reflect"]
    assert first["choice"] == "reflect"
    assert first["behaviours"] == ["reflects_feeling"]
    assert first["state"] == {"trust": 4}
    assert [line.get("says") for line in first["lines"]] == ["Pretty much.", "There's my brother as well."]
    assert second["choice"] == "ask"
    assert run["scores"]["empathy"].keys() >= {"score", "random", "n", "level"}


def test_the_same_seed_shows_the_same_order_and_some_seed_another(simulator: Run) -> None:
    def order(seed: str) -> list[str]:
        shown: list[str] = json.loads(simulator("play", "sam", "--seed", seed, "--json").out)["offered"]
        return shown

    assert order("1") == order("1")
    assert len({tuple(order(str(seed))) for seed in range(20)}) == 2


def test_a_run_that_has_not_ended_has_no_scores(simulator: Run) -> None:
    run = json.loads(simulator("play", "sam", "--choices", "reflect", "--json").out)
    assert run["ending"] is None
    assert run["scores"] == {}
    assert sorted(run["offered"]) == ["ask", "hurry"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--choices", "agree"), "choice 1, 'agree': There is no choice 'agree' at 'arrival'."),
        (("--choices", "reflect,arrival.advise"), "The talk is at 'later', not at 'arrival'."),
        (("--choices", "advise,ask"), "The talk has ended at 'over'; nothing more can be chosen."),
        (("--rubric", "cor", "--json"), "There is no rubric 'cor'; there are: core"),
    ],
)
def test_what_cannot_be_played_is_said_in_one_sentence(
    simulator: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = simulator("play", "sam", *arguments)
    assert ran.code == 1
    assert sentence in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_an_unknown_scenario_is_said_with_those_there_are(simulator: Run) -> None:
    ran = simulator("play", "pam")
    assert ran.code == 1
    assert ran.err.strip() == "simulator play: There is no scenario 'pam'; there are: sam."


def test_a_talk_at_the_keyboard_asks_again_after_nonsense_and_ends_with_the_debrief(
    simulator: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["9", "hello", "²", "1", "1"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    ran = simulator("play", "sam", "--seed", "1")
    assert ran.code == 0
    assert "The first minute is over." in ran.out


@pytest.mark.parametrize("leaving", ["q", EOFError(), KeyboardInterrupt()])
def test_a_talk_can_be_left_at_any_turn(
    simulator: Run, monkeypatch: pytest.MonkeyPatch, leaving: str | BaseException
) -> None:
    def answer(prompt: str) -> str:
        if isinstance(leaving, BaseException):
            raise leaving
        return leaving

    monkeypatch.setattr("builtins.input", answer)
    ran = simulator("play", "sam")
    assert ran.code == 0
    assert "You left." in ran.out


def test_another_rubric_scores_the_same_run(simulator: Run) -> None:
    run = json.loads(simulator("play", "sam", "--rubric", "relationship", "--choices", "reflect,ask", "--json").out)
    assert run["rubric"] == "relationship"
    assert len(run["scores"]) == 12


def test_behaviours_are_found_by_what_they_mean(simulator: Run) -> None:
    ran = simulator("behaviours", "feeling")
    assert ran.code == 0
    assert "reflects_feeling" in ran.out
    assert simulator("behaviours", "zebra").code == 1


def test_a_code_is_explained_and_a_misspelt_one_corrected(simulator: Run) -> None:
    assert simulator("explain", "sim201").out.startswith("SIM201 unknown-node (error)")
    assert "Did you mean SIM201?" in simulator("explain", "SM201").err
