"""The audit of a scenario: everything that is proved about it, as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.audit.afterwards import outcomes_at_the_end
from simulator.audit.exploration import MOST_CONFIGURATIONS, Story, explore
from simulator.audit.extremes import Gains, Reach, gains_of, reach_of
from simulator.audit.futures import Futures, futures_of
from simulator.audit.giveaways import FormDecision, form_decisions
from simulator.audit.levels import level_attained
from simulator.audit.overall import OverallReach, overall_reach
from simulator.audit.paths import Path, Ways, ways_through
from simulator.audit.players import Played, players_of
from simulator.audit.reading import Reading, reading_of
from simulator.audit.sample import Sample, sample_of
from simulator.audit.walks import Sampling
from simulator.audit.witness import Witness
from simulator.content.library import Content
from simulator.content.scenario import DebriefRule
from simulator.session.interview import Interview
from simulator.session.scoring import Level, Scoring


@dataclass
class Audit:
    """What is known about a scenario under a rubric. It grows stage by stage, so that an interrupted one has a part.

    `exact` is False where the story is larger than the bound, goes round in a circle or was interrupted: then `reach`,
    `levels` and `overall` are empty, `players` come from `sample`, and nothing claims to be a proof. `stopped_during`
    names the stage in which the audit was interrupted. `rules` tells of every debrief rule with a condition in which
    ways it can turn out; None where that is too much to say.
    """

    content: Content
    scoring: Scoring
    story: Story
    witness: Witness
    ways: Ways | None = None
    reach: dict[str, Reach] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    overall: OverallReach | None = None
    players: dict[str, Played] = field(default_factory=dict)
    futures: Futures | None = None
    disclosures: dict[str, Path | None] = field(default_factory=dict)
    rules: list[tuple[DebriefRule, frozenset[bool] | None]] = field(default_factory=list)
    forms: list[FormDecision] = field(default_factory=list)
    reading: Reading | None = None
    sample: Sample | None = None
    stopped_during: str | None = None

    @property
    def exact(self) -> bool:
        """Whether everything was explored, and can be counted."""
        return self.story.exact and not self.story.endless

    @property
    def random(self) -> dict[str, float | None]:
        """The average score of random clicking by criterion."""
        clicking = self.players.get("random")
        return dict(clicking.criteria) if clicking else {}


Progress = Callable[[str, int, int], None]
"""Told what is being worked on, how far it is and how far it goes; 0 where that is not known."""


def _silent(doing: str, done: int, total: int) -> None:
    """Tell nobody."""


def audit(
    content: Content, sampling: Sampling, *, progress: Progress = _silent, most: int = MOST_CONFIGURATIONS
) -> Audit:
    """Prove what can be proved about a scenario. The scenario must have no error findings.

    Interrupted by the keyboard it gives back what it has, and says during which stage that was.
    """
    interview = Interview(content.scenario)
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    witness = Witness(interview)
    exploring = "exploring every configuration"
    progress(exploring, 0, 0)
    story = explore(
        interview, watch=witness, most=most, progress=lambda explored, known: progress(exploring, explored, known)
    )
    found = Audit(content, scoring, story, witness)
    if story.interrupted:
        found.stopped_during = exploring
        return found
    work = _Work(found, interview, sampling, progress)
    try:
        work.do()
    except KeyboardInterrupt:
        found.stopped_during = work.doing
    return found


class _Work:
    """The stages after the exploration, each told before it begins."""

    def __init__(self, found: Audit, interview: Interview, sampling: Sampling, progress: Progress) -> None:
        self.found = found
        self.interview = interview
        self.sampling = sampling
        self.progress = progress
        self.doing = ""

    def begin(self, doing: str) -> None:
        self.doing = doing
        self.progress(doing, 0, 0)

    def do(self) -> None:
        found, story = self.found, self.found.story
        self.begin("comparing how answers look")
        found.forms = form_decisions(found.scoring)
        self.begin("counting paths")
        found.ways = ways_through(story)
        shortest = _shortest_to_nodes(story)
        nodes = found.content.scenario.nodes
        found.disclosures = {name: shortest.get(name) for name, part in nodes.items() if part.discloses}
        if story.exact:
            self.begin("looking for choices without consequence")
            found.futures = futures_of(story, found.witness.heard_at)
            found.reading = reading_of(story)
        if found.exact:
            self.prove()
        else:
            self.begin("sampling, since this cannot be proved")
            found.sample = sample_of(
                self.interview,
                found.scoring,
                self.sampling,
                progress=lambda done, total: self.progress(self.doing, done, total),
            )
            found.players = found.sample.players
        if story.exact:
            self.ask_the_rules()

    def prove(self) -> None:
        """What needs every path: extremes, levels, and how the players do."""
        found, story, scoring = self.found, self.found.story, self.found.scoring
        gains: dict[str, Gains] = {}
        for criterion in scoring.assesses:
            self.begin(f"finding the lowest and highest score on {criterion}")
            gains[criterion] = gains_of(story, scoring, criterion)
            found.reach[criterion] = reach_of(story, scoring, criterion, gains[criterion])
            level = level_attained(story, scoring, criterion, gains[criterion], found.reach[criterion])
            if level is not None:
                found.levels[criterion] = level
        self.begin("finding the lowest and highest score overall")
        weights = {name: scoring.rubric.criteria[name].weight for name in gains}
        found.overall = overall_reach(story, gains, weights, found.reach, scoring.rubric.cuts.enough)
        self.begin("playing naively")
        longest = found.ways.longest if found.ways and found.ways.longest else story.size
        found.players = players_of(story, scoring, gains, self.sampling, longest)

    def ask_the_rules(self) -> None:
        """How the conditions of the debrief can turn out."""
        rules = [rule for rule in self.found.content.scenario.debrief if rule.when is not None]
        self.begin("asking what the debrief will say")
        for number, rule in enumerate(rules):
            self.progress(self.doing, number, len(rules))
            assert rule.when is not None
            self.found.rules.append((rule, outcomes_at_the_end(self.found.story, rule.when)))


def _shortest_to_nodes(story: Story) -> dict[str, Path]:
    """The fewest choices after which each place is met, breadth first."""
    found: dict[str, Path] = {story.places[0]: ()}
    paths: dict[int, Path] = {0: ()}
    waiting = [0]
    for index in waiting:
        for choice, target in zip(story.offered[index], story.moves[index], strict=True):
            if target not in paths:
                paths[target] = (*paths[index], f"{story.places[index]}.{choice}")
                found.setdefault(story.places[target], paths[target])
                waiting.append(target)
    return found
