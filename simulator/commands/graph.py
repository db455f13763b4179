"""`simulator graph`: the story of a scenario as a drawing, with the best path or an attempt on it."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from simulator.audit.exploration import Story, explore
from simulator.audit.extremes import gains_of, reach_of
from simulator.audit.overall import Overall, overall_reach
from simulator.commands.content_root import library_for
from simulator.content.library import Content, ContentMissing
from simulator.content.scenario import Scenario
from simulator.drawing.bundles import MANY
from simulator.drawing.dot import as_dot
from simulator.drawing.mermaid import as_mermaid
from simulator.drawing.sketch import Around, picture_of
from simulator.drawing.svg import as_svg
from simulator.drawing.walk import PathNotInStory
from simulator.records.attempts import Attempts
from simulator.records.errors import RecordsError
from simulator.records.store import open_store
from simulator.session.interview import Interview
from simulator.session.scoring import Scoring, two_places
from simulator.translation import translate as _
from simulator.translation import translate_plural

_FORMATS = {"svg": as_svg, "mermaid": as_mermaid, "dot": as_dot}
_STEPS = 2


class Refused(Exception):
    """What was asked for cannot be drawn. The message is one sentence or two."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scenario and the run to draw on it, with what is said of the run."""

    scenario: Scenario
    path: tuple[str, ...] = ()
    told: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("scenario", metavar="SCENARIO", help=_("a scenario's id, or the path of its file"))
    parser.add_argument("--format", choices=tuple(_FORMATS), default="svg", help=_("what to write (default: svg)"))
    parser.add_argument("--out", default=None, metavar="FILE", help=_("write to this file instead of the screen"))
    run_on_it = parser.add_mutually_exclusive_group()
    best_help = _("draw a best path on it, overall or for this criterion")
    run_on_it.add_argument("--best", nargs="?", const="", default=None, metavar="CRITERION", help=best_help)
    run_on_it.add_argument("--attempt", default=None, metavar="ID", help=_("draw this attempt on it"))
    parser.add_argument("--rubric", default=None, metavar="ID", help=_("find the best path under this rubric"))
    parser.add_argument("--around", default=None, metavar="PLACE", help=_("draw only what is near this node or ending"))
    steps_help = _("how many arrows away --around looks (default: {n})").format(n=_STEPS)
    parser.add_argument("--steps", type=_count, default=None, metavar="N", help=steps_help)


def _count(written: str) -> int:
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else -1
    if number < 0:
        raise argparse.ArgumentTypeError(_("'{written}' is not a number from 0 to 999").format(written=written))
    return number


def run(options: argparse.Namespace) -> int:
    """Draw. Returns 0; 1 where it cannot be drawn as asked; 2 where the options do not go together."""
    if options.steps is not None and options.around is None:
        return _refuse(_("--steps goes with --around; name a node or an ending there."), 2)
    library, scenario_id = library_for(options.scenario)
    try:
        content = library.content(scenario_id, options.rubric)
        drawn = _with_run(content, options)
        picture = picture_of(drawn.scenario, drawn.path, drawn.told, _near(drawn.scenario, options))
    except (ContentMissing, RecordsError, PathNotInStory, Refused) as error:
        return _refuse(str(error), 1)
    if len(picture.boxes) > MANY and not options.around:
        hint = _("simulator graph: {n} places on one drawing; --around PLACE draws what is near one of them.")
        print(hint.format(n=len(picture.boxes)), file=sys.stderr)
    return _write(_FORMATS[options.format](picture), options.out)


def _refuse(why: str, code: int) -> int:
    print(f"simulator graph: {why}", file=sys.stderr)
    return code


def _write(text: str, out: str | None) -> int:
    if out is None:
        sys.stdout.write(text)
        return 0
    try:
        Path(out).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        return _refuse(_("'{file}' cannot be written ({why}).").format(file=out, why=why), 1)
    return 0


def _near(scenario: Scenario, options: argparse.Namespace) -> Around | None:
    place: str | None = options.around
    if place is None:
        return None
    places = [*scenario.nodes, *scenario.endings]
    if place not in places:
        close = get_close_matches(place, places, n=1)
        near = _(" Did you mean {place}?").format(place=close[0]) if close else ""
        raise Refused(_("There is no node or ending '{place}'.").format(place=place) + near)
    return Around(place, _STEPS if options.steps is None else options.steps)


def _with_run(content: Content, options: argparse.Namespace) -> Drawn:
    if options.best is not None:
        return _best(content, options.best)
    if options.attempt is not None:
        return _attempt(content.scenario, options.attempt)
    return Drawn(content.scenario)


def _best(content: Content, criterion: str) -> Drawn:
    """A complete path with the highest score on the criterion, or overall; where that has none, on the first."""
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    assessed = tuple(scoring.assesses)
    if not assessed or (criterion and criterion not in assessed):
        raise Refused(
            _("This scenario does not assess '{criterion}' under rubric {rubric}; it assesses: {all}.").format(
                criterion=criterion, rubric=content.rubric.id, all=", ".join(assessed) or _("nothing")
            )
        )
    story = explore(Interview(content.scenario))
    if not story.exact or story.endless:
        raise Refused(_("The story is too large, or goes round in a circle, so its best path cannot be proved."))
    if not criterion and (overall := _overall(story, scoring)):
        told = _("a path with the highest score overall that was found: {score}")
        if overall.proved:
            told = _("a best path overall: score {score}")
        return Drawn(content.scenario, overall.attained.path, told.format(score=two_places(overall.attained.score)))
    wanted = criterion or assessed[0]
    best = reach_of(story, scoring, wanted).highest
    if best is None:
        raise Refused(_("No complete path gives enough room for '{criterion}' to be scored.").format(criterion=wanted))
    title = content.behaviours.criteria[wanted].title
    told = _("a best path for {criterion}: score {score}")
    return Drawn(content.scenario, best.path, told.format(criterion=title, score=two_places(best.score)))


def _overall(story: Story, scoring: Scoring) -> Overall | None:
    gains = {name: gains_of(story, scoring, name) for name in scoring.assesses}
    reach = {name: reach_of(story, scoring, name, gains[name]) for name in gains}
    weights = {name: scoring.rubric.criteria[name].weight for name in gains}
    found = overall_reach(story, gains, weights, reach, scoring.rubric.cuts.enough)
    return found.highest if found else None


def _attempt(scenario: Scenario, attempt_id: str) -> Drawn:
    """An attempt, on the version of the scenario that it was made with."""
    store = open_store()
    try:
        opened = Attempts(store).open(attempt_id)
    finally:
        store.close()
    of = opened.content.scenario
    if of.id != scenario.id:
        raise Refused(_("This attempt is at '{id}', not at '{asked}'.").format(id=of.id, asked=scenario.id))
    played = opened.playthrough
    steps = (*played.began.lead_in, *(turn.key for turn in played.turns))
    turns = translate_plural("{n} turn", "{n} turns", len(steps))
    told = _("an attempt of {date}: {turns}").format(date=opened.started_at.date().isoformat(), turns=turns)
    if of != scenario:
        told += "; " + _("the scenario is drawn as it was then")
    return Drawn(of, steps, told)
