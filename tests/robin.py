"""Robin: a client whose words are hostile and whose secrets are unmistakable, for tests of the pages."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

PROJECT = Path(__file__).resolve().parents[1]

SCENARIO = """\
format: 1
id: robin
title: A title <b>bold</b> ![x](http://127.0.0.1:9/x.png)
level: foundation
minutes: 2
assesses: [empathy]
content_note: A note with <script>window.hacked = 1</script> in it.
topics: [work]
brief: |
  Robin has come in :material/home: and **sat** down <img src=x onerror="window.hacked=1">.

  - first $x^2$ thing
  - second thing
client:
  name: Robin
  state:
    trust: {start: 4, min: 0, max: 10, label: Trust}
    fear: {start: 5, min: 0, max: 10, label: Fear, visible: false}
  reactions:
    reflects_feeling: {trust: +2}
    minimises: {trust: -1, fear: +1}
start: step_one
nodes:
NODESendings:
  over:
    outcome: progress
    client: That was the last of it.
    summary: It is over now, and Robin goes home.
debrief:
  - about: empathy
    say: SECRETRULE was always going to be said.
"""

NODE = """\
  step_NAME:
    client:
      says: This is what Robin says at step NAME, :red[plainly] and **loud** <script>window.hacked=1</script>.
      manner: Robin looks at window NAME.
      thought: SECRETTHOUGHT NAME
    goto: NEXT
    choices:
      secretid_NAME_a:
        say: You say the warm thing at step NAME, for *once* and [plainly](http://127.0.0.1:9).
        shows: [reflects_feeling]
        why: SECRETWHY warm NAME.
        reply: Robin hears the warm thing NAME.
      secretid_NAME_b:
        say: You say the small thing at step NAME, as one does and without much thought.
        shows: [minimises]
        why: SECRETWHY small NAME.
        reply: Robin hears the small thing NAME.
      secretid_NAME_c:
        does: You wait at step NAME.
        shows: [stays_with_affect]
        why: SECRETWHY quiet NAME.
"""

STEPS = ("one", "two", "three", "four", "five")


def scenario_text() -> str:
    """The scenario: five steps, three choices each, and an ending."""
    nodes = ""
    for step, following in zip(STEPS, [*(f"step_{name}" for name in STEPS[1:]), "over"], strict=True):
        nodes += NODE.replace("NAME", step).replace("NEXT", following)
    return SCENARIO.replace("NODES", nodes)


def write_library(root: Path) -> Path:
    """A library of Robin and the shipped rubrics."""
    copytree(PROJECT / "rubrics", root / "rubrics")
    (root / "scenarios").mkdir()
    (root / "scenarios" / "robin.yaml").write_text(scenario_text(), encoding="utf-8")
    return root
