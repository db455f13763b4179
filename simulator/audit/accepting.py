"""What plays expect, brought up to what they now do: nobody works out levels by hand.

Expectations that hold stay as the author wrote them; those that fail take the value found; a play without any gets
its ending, states and levels. Everything else in the file stays byte for byte.
"""

from __future__ import annotations

from simulator.audit.plays import PlayRunner, Run, level_meets, meets
from simulator.content.play_file import Expectation, Play
from simulator.content.prose import quoted


def renewed(runner: PlayRunner) -> str:
    """The text of the plays file with every play's `expect` holding. Plays that cannot be played stay as they are."""
    lines = runner.source.text.splitlines(keepends=True)
    # From the bottom up, so that the places of what stands above stay true.
    for name, play in reversed(list(runner.plays.plays.items())):
        run = runner.played_out(play)
        if run is None:
            continue
        wanted = _renewed_expectation(runner, play, run)
        if wanted == play.expect and runner.source.contains(("plays", name, "expect")):
            continue
        start, end, indent = _block(runner, name, lines)
        lines[start:end] = [f"{' ' * indent}{line}\n" for line in _written(wanted)]
    return "".join(lines)


def _renewed_expectation(runner: PlayRunner, play: Play, run: Run) -> Expectation:
    old, levels = play.expect, runner.levels(run)
    assessed = runner.scoring.assesses
    bare = old == Expectation()
    states = dict(run.situation.state) if bare else {n: v for n, v in run.situation.state.items() if n in old.state}
    judged = {name: levels[name] for name in assessed} if bare else {n: levels.get(n) for n in old.levels}
    return Expectation(
        ending=run.situation.at if bare or old.ending else None,
        outcome=runner.interview.scenario.endings[run.situation.at].outcome if old.outcome else None,
        state={
            name: old.state[name] if name in old.state and meets(value, old.state[name]) else str(value)
            for name, value in states.items()
        },
        hears=tuple(words for words in old.hears if run.hears(words)),
        levels={
            name: old.levels[name] if name in old.levels and level_meets(level, old.levels[name]) else _told(level)
            for name, level in judged.items()
        },
    )


def _told(level: int | None) -> str:
    return "none" if level is None else str(level)


def _block(runner: PlayRunner, name: str, lines: list[str]) -> tuple[int, int, int]:
    """The lines that hold a play's `expect`, or the empty place where it belongs, and its indentation."""
    path = ("plays", name, "expect")
    there = runner.source.contains(path)
    key = runner.source.span(path if there else ("plays", name, "choose"), at_key=True)
    indent = key.column - 1
    end = key.line
    last_written = key.line
    while end < len(lines):
        text = lines[end]
        if text.strip() and not text.lstrip().startswith("#") and len(text) - len(text.lstrip()) <= indent:
            break
        end += 1
        if text.strip() and not text.lstrip().startswith("#"):
            last_written = end
    return (key.line - 1 if there else last_written), last_written, indent


def _written(expect: Expectation) -> list[str]:
    lines = ["expect:"]
    if expect.ending:
        lines.append(f"  ending: {expect.ending}")
    if expect.outcome:
        lines.append(f"  outcome: {expect.outcome}")
    for key, entries in (("state", expect.state), ("levels", expect.levels)):
        if entries:
            lines.append(f"  {key}:")
            lines += [f"    {name}: {_value(value)}" for name, value in entries.items()]
    if expect.hears:
        lines.append("  hears:")
        lines += [f"    - {quoted(words)}" for words in expect.hears]
    return lines


def _value(wanted: str) -> str:
    return f'"{wanted}"' if wanted[:1] in {"<", ">", "=", "!"} else wanted
