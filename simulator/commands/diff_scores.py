"""What `simulator diff` says of scores that move, and of attempts that were recorded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from simulator.audit.comparison import Because, Comparison, NodeMoves, ScoreMove, Stand
from simulator.commands.diff_pieces import Told, filled
from simulator.content.comparison import What
from simulator.session.scoring import two_places
from simulator.translation import translate as _
from simulator.translation import translate_plural


def in_short(found: Comparison) -> Iterator[str]:
    """The whole in a sentence or two, for those who read no further."""
    plays = sum(one.place[:1] == ("plays",) for one in found.changes)
    wording = sum(one.of_wording for one in found.changes) - plays
    happening = len(found.changes) - wording - plays
    counted = [
        translate_plural("{n} change of wording", "{n} changes of wording", wording) if wording else "",
        translate_plural("{n} change of what happens", "{n} changes of what happens", happening) if happening else "",
        translate_plural("{n} change in the plays", "{n} changes in the plays", plays) if plays else "",
    ]
    moving = len({(moves.node, move.choice) for moves in found.moves for move in moves.choices})
    counted.append(
        translate_plural("the score of {n} choice moves", "the scores of {n} choices move", moving)
        if moving
        else _("no choice's score moves")
    )
    together = _("attempts stay comparable") if found.comparable else _("attempts do not stay comparable")
    yield from filled("; ".join(one for one in [*counted, together] if one) + ".", "", "")


def score_lines(found: Comparison) -> Iterator[str]:
    """Which choices stand elsewhere than they did, node by node."""
    yield ""
    yield _("Scores that move")
    old, new = found.old.scoring.assesses, found.new.scoring.assesses
    for criterion in (*new, *(name for name in old if name not in new)):
        title = _title(found, criterion)
        if criterion not in old:
            yield from Told(_("{criterion} is assessed now, and was not.").format(criterion=title)).lines("  ")
        elif criterion not in new:
            yield from Told(_("{criterion} is no longer assessed.").format(criterion=title)).lines("  ")
    if any(moves.choices for moves in found.moves):
        told = _("Points on a criterion, and where they stand between the worst on offer there (0) and the best (1).")
        yield from filled(told, "  ", "  ")
    for moves in found.moves:
        yield "  " + _("At {name}").format(name=moves.node)
        yield from _node(found, moves)
    if not found.moves and set(old) == set(new):
        yield "  " + _("None: every choice that both have stands where it stood.")


def _node(found: Comparison, moves: NodeMoves) -> Iterator[str]:
    was, now = moves.weight
    if was != now:
        told = _("counts {new} instead of {old}").format(new=_times(now), old=_times(was))
        yield from Told(told).lines("    ")
    for criterion in moves.room:
        of_criterion = [move for move in moves.choices if move.criterion == criterion]
        rows = [
            f"{_coming_or_going(found, moves.node, move.choice)}: {told}"
            for move in of_criterion
            if (told := _move(move))
        ]
        if of_criterion:
            heading = _room(*moves.room[criterion]).format(criterion=_title(found, criterion))
            yield from Told(heading + (":" if rows else "")).lines("    ")
        for row in rows:
            yield from Told(row).lines("      ")
    if moves.best[0] != moves.best[1]:
        told = _("best on offer over all criteria: {new} (it was {old})")
        yield from Told(told.format(new=_named(moves.best[1]), old=_named(moves.best[0]))).lines("    ")


def _room(was: bool, now: bool) -> str:
    """A criterion, and whether a node gives room for it, before and now."""
    if was and now:
        return "{criterion}"
    if was:
        return _("{criterion}, on which nothing is scored here any more")
    return _("{criterion}, which is scored here now") if now else _("{criterion}, on which nothing is scored here")


def _coming_or_going(found: Comparison, node: str, choice: str) -> str:
    """A choice's name, and whether it is new or gone."""
    place = ("nodes", node, "choices", choice)
    kinds = {change.what for change in found.changes if change.place == place}
    if What.ADDED in kinds:
        return _("{choice} (new)").format(choice=choice)
    return _("{choice} (gone)").format(choice=choice) if What.REMOVED in kinds else choice


def _times(weight: int) -> str:
    return translate_plural("once", "{n} times", weight) if weight else _("not at all")


def _named(choices: tuple[str, ...]) -> str:
    return _(" or ").join(choices) or _("none")


def _move(move: ScoreMove) -> str:
    """Points and where they stand, old and new; what stayed is told once. Empty where that tells nothing."""
    old, new = move.old, move.new
    if new is None:
        return _("was {old}").format(old=_stand(old)) if old else ""
    if old is None:
        return _stand(new)
    points = _points(new.points)
    if old.points != new.points:
        points = f"{_points(old.points)} → {points}"
    if new.q is None:
        return "" if old.points == new.points else points
    if old.q in {None, new.q}:
        return f"{points}, {_share(new.q)}"
    return f"{points}, {two_places(old.q or 0)} → {_share(new.q)}"


def _stand(stand: Stand) -> str:
    return _points(stand.points) if stand.q is None else f"{_points(stand.points)}, {_share(stand.q)}"


def _points(points: int) -> str:
    return f"{points:+d}" if points else "0"


def _share(q: Fraction) -> str:
    """How far from the worst on offer towards the best."""
    if q == 1:
        return _("{share} (the best)").format(share=two_places(q))
    return _("{share} (the worst)").format(share=two_places(q)) if q == 0 else two_places(q)


def _title(found: Comparison, criterion: str) -> str:
    for version in (found.new, found.old):
        known = version.content.behaviours.criteria.get(criterion)
        if known:
            return known.title
    return criterion


def attempt_lines(found: Comparison) -> Iterator[str]:
    """Whether attempts at both versions are counted together, and if not, why."""
    yield ""
    yield _("Recorded attempts")
    if found.comparable:
        told = _("Attempts at either version are counted together: only wording differs, the meaning is the same.")
        yield from filled(told, "  ", "  ")
        return
    told = _("Attempts at the older version are kept as they are, but not counted together with new ones:")
    yield from filled(told, "  ", "  ")
    reasons = _reasons()
    for because in found.because:
        yield from Told(f"- {reasons[because]}").lines("  ")


def _reasons() -> dict[Because, str]:
    return {
        Because.SCENARIO: _("the scenario has another id"),
        Because.PARTS: _("nodes, choices or endings came, went or were renamed"),
        Because.BEHAVIOURS: _("choices are tagged with other behaviours"),
        Because.STATES: _("the client's states or what moves them changed"),
        Because.WAYS: _("where the talk leads, or what a choice asks for, changed"),
        Because.VARIANTS: _("the client has other variants of a line"),
        Because.SETTINGS: _("what is assessed, what counts for the score or how it ends changed"),
        Because.WRITING: _("the same things are written in another form, and that cannot be told apart"),
        Because.RUBRIC: _("they are scored by another rubric, or another text of it"),
        Because.CATALOGUE: _("the text of the behaviour catalogue is another"),
    }
