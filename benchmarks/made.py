"""Scenarios of any size, made for measuring."""

from __future__ import annotations

_BEHAVIOURS = ("reflects_feeling", "unsolicited_advice", "open_question", "minimises")

_HEAD = """\
format: 1
id: made
title: Made for measuring
level: foundation
minutes: 10
assesses: [empathy, non_judgement]
brief: Nobody is meant by this.
client:
  name: Sam
  state:
    trust: {start: 3, min: 0, max: 10}
    distress: {start: 6, min: 0, max: 10, visible: false}
  reactions:
    reflects_feeling: {trust: +1, distress: -1}
    unsolicited_advice: {trust: -1}
  leaves:
    - when: trust <= 0 and distress >= 10
      to: over
start: n0
nodes:
"""

_NODE = """\
  n{number}:
    client:
      - when: trust >= 6
        says: I can tell you a bit more now, about what happened that day at work.
        thought: This might be all right.
      - says: It was just a day like any other, I suppose.
        manner: Sam looks at the floor.
    goto:
      - when: trust >= 6 and not visited(n{far})
        to: {jump}
      - to: {next}
    choices:
"""

_CHOICE = """\
      c{number}:
        say: Something that a trainee could say at this point of the talk, number {number}.
        shows: [{behaviour}]
        why: It has a reason, which takes a sentence or two to give, as reasons do.
        reply: Right. Well.
"""

_END = """\
endings:
  over:
    outcome: progress
    summary: The talk is over.
"""


def scenario_text(nodes: int) -> str:
    """A scenario of so many nodes in a row, each with four choices, two variants and a guarded way on."""
    parts = [_HEAD]
    for number in range(nodes):
        following = f"n{number + 1}" if number + 1 < nodes else "over"
        skipping = f"n{number + 2}" if number + 2 < nodes else "over"
        parts.append(_NODE.format(number=number, far=max(number - 1, 0) or 0, jump=skipping, next=following))
        parts.extend(_CHOICE.format(number=choice, behaviour=behaviour) for choice, behaviour in enumerate(_BEHAVIOURS))
    parts.append(_END)
    return "".join(parts)
