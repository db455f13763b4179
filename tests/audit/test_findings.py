"""What an audit finds to mend: each finding in a scenario made to have it, and not in its mended twin."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest

from simulator.audit import exploration
from simulator.audit.findings import findings_of
from simulator.audit.giveaways import form_decisions, pooled_gains
from simulator.audit.library_report import audit_library, library_findings
from simulator.audit.report import Audit, audit
from simulator.audit.walks import Sampling
from simulator.content.library import Content
from simulator.session.interview import Interview
from simulator.session.scoring import Scoring
from tests.audit.made import HEAD, chain, content_of, node

EVEN = [
    ("It hurts to be left out.", "It happens to us all, so."),
    ("You miss her at night.", "She was not so special."),
]


def _sampling(seed: int = 1) -> Sampling:
    return Sampling(500, seed, numpy.random.default_rng(seed).random)


def _audited(folder: Path, text: str, **options: int) -> Audit:
    return audit(content_of(folder, text), _sampling(), **options)


def _says(found: Audit) -> str:
    return "\n".join(finding.says for finding in findings_of(found))


def test_answers_that_look_better_are_found_with_the_nodes_to_mend(tmp_path: Path) -> None:
    told = [(f"You sound sad, number {n}, don't you, love?", f"Cheer up number {n}.") for n in range(8)]
    found = _audited(tmp_path, chain(told))
    give_aways = [finding for finding in findings_of(found) if finding.about == "give-aways"]
    assert any("most question marks" in finding.says for finding in give_aways)
    assert any("Whoever knows how good answers look" in finding.says for finding in give_aways)
    assert any("The longest answer is a best one at 8 of 8 decisions" in finding.says for finding in give_aways)
    assert any("more than 30% longer or shorter" in finding.says for finding in give_aways)
    assert all(finding.nodes for finding in give_aways)


def test_answers_that_look_alike_give_nothing_away(tmp_path: Path) -> None:
    alike = [("You miss it.", "He is fine."), ("It is long.", "You cope so.")] * 4
    assert not [finding for finding in findings_of(_audited(tmp_path, chain(alike))) if finding.about == "give-aways"]


def test_a_form_that_wins_over_the_whole_library_is_told_with_its_p(tmp_path: Path) -> None:
    told = [(f"Is it heavy, that {n}th day?", f"It is over, that {n}th day.") for n in range(6)]
    contents = [content_of(tmp_path / name, chain(told).replace("id: made", "id: made")) for name in ("a", "b")]
    found = audit_library(contents, _sampling, lambda: numpy.random.default_rng(1), progress=lambda *told: None)
    assert found.decisions == 12
    grave = [finding for finding in library_findings(found) if finding.grave]
    assert any("most question marks" in finding.says and "p 0.00" in finding.says for finding in grave)
    assert all("made/n" in finding.act for finding in grave)


def test_the_permutation_test_is_fair_where_form_says_nothing(tmp_path: Path) -> None:
    """Over libraries whose answers are dealt out by chance, a p below one in ten comes up in about one in ten."""
    decisions = form_decisions(_scoring(content_of(tmp_path, chain(EVEN * 6))))
    chance = numpy.random.default_rng(5)
    low = 0
    for deal in range(40):
        dealt = []
        for decision in decisions:
            worth = chance.permutation(numpy.array(decision.worth))
            dealt.append(type(decision)(decision.scenario, decision.node, decision.choices, tuple(worth),
                                        decision.looks, decision.taken))  # fmt: skip
        low += min(one.p_of_all for one in pooled_gains(dealt, numpy.random.default_rng(deal))) < 0.10
    assert low <= 11  # more than 11 of 40 where one in ten is right happens less than once in a thousand


def _scoring(content: Content) -> Scoring:
    return Scoring(content.scenario, content.behaviours, content.rubric)


def test_debrief_rules_that_always_or_never_fire_are_named(tmp_path: Path) -> None:
    text = chain(EVEN) + (
        "debrief:\n  - {when: visited(n2), say: You came this far.}\n"
        "  - {when: trust >= 9, say: She trusts you.}\n  - {when: chose(n1.poor), say: You made it small.}\n"
    )
    says = _says(_audited(tmp_path, text))
    assert "The debrief rule 'when: visited(n2)' always fires." in says
    assert "The debrief rule 'when: trust >= 9' can never fire." in says
    assert "chose(n1.poor)" not in says


def test_a_state_that_nothing_depends_on_is_named(tmp_path: Path) -> None:
    assert "State 'trust' changes nothing" in _says(_audited(tmp_path, chain(EVEN)))
    guarded = chain(EVEN).replace(
        "    goto: over\n", "    goto:\n      - {when: trust >= 4, to: over}\n      - {to: cold}\n"
    )
    guarded += "  cold: {outcome: stalled, summary: It stalls.}\n"
    assert "changes nothing" not in _says(_audited(tmp_path, guarded))


LOST = """\
nodes:
  n1:
    client: Well?
    goto: n2
    choices:
      good: {say: It hurts., shows: [reflects_feeling], effects: {trust: +2}, why: It meets her.}
      poor: {say: It is nothing., shows: [minimises], effects: {trust: -2}, why: It does not.}
  n2:
    client: Go on.
    goto: n3
    choices:
      good: {say: You miss her., shows: [reflects_feeling], effects: {trust: +1}, why: It meets her.}
      poor: {say: Chin up now., shows: [minimises], effects: {trust: -1}, why: It does not.}
  n3:
    client: That was the hour.
    goto:
      - {when: trust >= 5, to: over}
      - {to: cold}
    choices:
      good: {say: It was heavy., shows: [reflects_feeling], effects: {trust: +1}, why: It meets her.}
      poor: {say: See you then., shows: [minimises], effects: {trust: -1}, why: It does not.}
endings:
  over: {outcome: alliance, summary: It ends.}
  cold: {outcome: stalled, summary: It stalls.}
"""


def test_a_point_of_no_return_that_the_story_does_not_tell_is_named(tmp_path: Path) -> None:
    found = _audited(tmp_path, HEAD + LOST)
    assert "At 'n2' no good ending may be left" in _says(found)
    told = LOST.replace(
        "client: Go on.", "client:\n      - {when: trust >= 4, says: Go on.}\n      - {says: I had better go home.}"
    )
    found = _audited(tmp_path, HEAD + told)
    assert found.futures is not None
    assert set(found.futures.lost_at) == {"n2"}
    assert "no good ending may be left" not in _says(found)


def test_one_answer_that_is_best_on_everything_everywhere_is_named(tmp_path: Path) -> None:
    head = HEAD.replace("[empathy]", "[empathy, non_judgement]")
    text = chain(EVEN * 2, head).replace("[reflects_feeling]", "[validates_experience]")
    assert "one answer is best on all of them" in _says(
        _audited(tmp_path, text.replace("[minimises]", "[blames_client]"))
    )
    assert "one answer is best" not in _says(_audited(tmp_path, chain(EVEN * 2)))


def test_words_that_should_not_stand_in_a_scene_are_found(tmp_path: Path) -> None:
    text = chain([("It hurts that he committed suicide.", "There was a bridge, wasn't there?"), *EVEN])
    says = _says(_audited(tmp_path, text))
    assert "In choice 'n1.good' stands 'committed suicide'." in says
    assert "bridge" not in says, "a bridge is a bridge in a scene on something else"
    safeguards = "topics: [suicide]\ncontent_note: A death.\nequal_alternative: other\n"
    careful = text.replace("minutes: 5\n", "minutes: 5\n" + safeguards) + (
        "debrief:\n  - {about: safety, say: Asking directly is safe.}\n"
    )
    assert "stands 'bridge'." in _says(_audited(tmp_path, careful))


def test_an_identity_named_only_in_answers_that_do_harm_is_found(tmp_path: Path) -> None:
    poor = [("It hurts a lot.", "Muslims often feel so."), ("It is heavy.", "Is that an Islamic rule?")]
    says = _says(_audited(tmp_path, chain(poor)))
    assert "Words for faith ('muslims', 'islamic') stand only in answers that do harm" in says
    fair = [*poor, ("You miss the mosque.", "It is only a building.")]
    assert "Words for faith" not in _says(_audited(tmp_path, chain(fair)))


def test_too_much_to_read_at_a_stretch_is_found(tmp_path: Path) -> None:
    long = chain(EVEN).replace("client: How would you put it, then?", "client: " + "and then " * 60, 1)
    found = _audited(tmp_path, long)
    assert "The client speaks 120 words at a stretch at 'n1'." in _says(found)
    assert found.reading is not None
    assert found.reading.turns == pytest.approx(2)


def test_a_story_past_the_bound_is_sampled_with_seed_and_intervals_and_not_called_a_proof(tmp_path: Path) -> None:
    found = _audited(tmp_path, chain(EVEN * 3), most=4)
    assert not found.exact
    assert found.reach == {}
    assert found.sample is not None
    assert (found.sample.runs, found.sample.seed) == (500, 1)
    assert found.sample.endings["over"].share == 1
    assert found.sample.endings["over"].interval[0] < 1
    assert found.players["random"].exact is False
    assert "this is a sample and not a proof" in _says(found)


def test_the_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    first, again = (_audited(tmp_path, chain(EVEN * 3)).players for _ in range(2))
    assert {name: one.overall for name, one in first.items()} == {name: one.overall for name, one in again.items()}


def test_an_interrupted_exploration_gives_back_the_part_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = content_of(tmp_path, chain(EVEN * 3))
    choose, taken = Interview.choose, []

    def interrupted(self: Interview, *given: object) -> object:
        taken.append(1)
        if len(taken) > 5:
            raise KeyboardInterrupt
        return choose(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Interview, "choose", interrupted)
    found = audit(content, _sampling())
    assert found.stopped_during == "exploring every configuration"
    assert not found.exact
    assert findings_of(found)[0].says.startswith("The audit was stopped while exploring")


def test_an_audit_interrupted_while_scoring_says_during_what(tmp_path: Path) -> None:
    def stop(doing: str, done: int, total: int) -> None:
        if doing.startswith("finding the lowest"):
            raise KeyboardInterrupt

    found = audit(content_of(tmp_path, chain(EVEN * 3)), _sampling(), progress=stop)
    assert found.stopped_during == "finding the lowest and highest score on empathy"
    assert found.ways is not None
    assert found.reach == {}
    assert found.players == {}


def test_two_hubs_of_six_topics_in_any_order_are_exact(tmp_path: Path) -> None:
    def hub(name: str, then: str) -> str:
        topics = "".join(
            f"      t{n}: {{say: 'Tell me of {n}.', shows: [open_question], why: It opens., effects: {{trust: +1}}}}\n"
            for n in range(6)
        )
        return f"  {name}:\n    client: What else?\n    goto: {name}\n    otherwise: {then}\n    choices:\n{topics}"

    text = HEAD + "nodes:\n" + hub("n1", "n2") + hub("n2", "n3") + node("n3", "over", "It hurts.", "Nothing.")
    found = _audited(tmp_path, text + "endings:\n  over: {outcome: alliance, summary: It ends.}\n")
    assert found.exact
    assert found.ways is not None
    assert found.ways.complete == 720 * 720 * 2


def test_counts_of_paths_with_hundreds_of_digits_are_exact(tmp_path: Path) -> None:
    text = chain([(f"It hurts {n}.", f"Nothing {n}.") for n in range(1000)])
    story = exploration.explore(Interview(content_of(tmp_path, text).scenario))
    found = _audited(tmp_path, chain(EVEN * 3))
    assert found.ways is not None
    from simulator.audit.paths import ways_through

    assert ways_through(story).complete == 2**1000
