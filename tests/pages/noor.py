"""Noor: two short turns in which a line can be crossed and a letter stays in the bag, beside Robin in the library."""

from __future__ import annotations

from pathlib import Path

SCENARIO = """\
format: 1
id: noor
title: Between two shifts
level: intermediate
minutes: 3
assesses: [empathy, boundaries]
equal_alternative: robin
topics: [family]
brief: Noor has half an hour between two shifts.
client:
  name: Noor
  state:
    trust: {start: 4, min: 0, max: 10, label: Trust}
    guard: {start: 6, min: 0, max: 10, visible: false}
  reactions:
    reflects_feeling: {trust: +1, guard: -1}
start: door
nodes:
  door:
    client: I can stay until six.
    goto:
      - when: trust >= 6
        to: letter
      - to: day
    choices:
      warm:
        say: You have come although the day is full.
        shows: [reflects_feeling]
        why: It sees what coming here took.
        reply: It is.
      open:
        say: What would make it worth your half hour?
        shows: [open_question]
        effects: {trust: +3}
        why: It lets Noor say what the time is for.
        reply: Nobody has asked me that.
      secret:
        say: Nothing you say will ever leave this room, whatever it is.
        shows: [promises_absolute_secrecy]
        why: It promises what nobody in this chair can keep.
        reply: Is that so?
      closer:
        say: You could give me your number, and we meet somewhere nicer.
        shows: [boundary_violation]
        why: It makes a client into something else.
        reply: I don't think so.
  letter:
    client: There is a letter in my bag.
    discloses: the letter in the bag
    goto: day
    choices:
      hear:
        say: A letter that you have carried with you.
        shows: [reflects_content]
        why: It lets the letter lie there.
      hurry:
        say: Let us come to the letter another time.
        shows: [avoids_affect]
        why: It is never another time.
  day:
    client: So what do we do with the rest?
    goto: over
    choices:
      limits:
        say: What you say stays here, except if somebody were in danger.
        shows: [explains_confidentiality]
        why: It says plainly what can be kept.
      wait:
        does: You leave the question where it is.
        shows: [checks_meaning]
        mistimed: [stays_with_affect]
        why: A question was asked.
      steer:
        say: Let us see what the clock says.
        scored: false
endings:
  over:
    outcome: stalled
    summary: It is six.
debrief:
  - when: trust < 5
    about: boundaries
    say: Trust had little to stand on.
  - when: trust >= 5
    say: There was something to stand on.
"""

PLAYS = """\
format: 1
scenario: noor
plays:
  crossing:
    choose: [closer, wait]
    expect: {ending: over}
"""


def write_noor(root: Path) -> Path:
    """Put Noor's scenario into a library. Gives its file."""
    path = root / "scenarios" / "noor.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    (root / "scenarios" / "noor.plays.yaml").write_text(PLAYS, encoding="utf-8")
    return path
