"""The smallest valid files: nothing is found in any of them. Every diagnostic's example is an edit of one."""

ARRIVAL = """\
  arrival:
    client: I'm not sure why I came.
    goto: over
    choices:
      reflect:
        say: You're not sure about being here.
        shows: [reflects_feeling]
        why: It stays with what was said.
        reply: Right.
      advise:
        say: You could make a list of reasons.
        shows: [unsolicited_advice]
        why: Kindly meant, and too early.
"""
"""The only node."""

SCENARIO = f"""\
format: 1
id: smallest
title: A first minute
level: foundation
minutes: 1
review: {{status: reviewed, who: A supervisor, when: May 2026}}
assesses: [empathy]
brief: Someone has come in and sat down.
client:
  name: Sam
  state:
    trust: {{start: 3, min: 0, max: 10}}
  reactions:
    reflects_feeling: {{trust: +1}}
start: arrival
nodes:
{ARRIVAL}endings:
  over:
    outcome: progress
    summary: The minute is over.
"""

PLAYS = """\
format: 1
scenario: smallest
plays:
  good:
    choose: [reflect]
    expect:
      ending: over
      state: {trust: ">= 4"}
      hears: [Right.]
  poor:
    choose: [arrival.advise]
    expect:
      ending: over
"""

BEHAVIOURS = """\
format: 1
criteria:
  empathy:
    title: Empathy
    about: The client is understood, and can tell.
behaviours:
  reflects_feeling:
    title: Reflects feeling
    means: Names what the client seems to feel.
    example: You sound torn about being here.
    kind: helpful
  open_question:
    title: Open question
    means: Invites the client to say more, in any direction.
    example: What brings you here?
    kind: helpful
  unsolicited_advice:
    title: Unsolicited advice
    means: Tells the client what to do before being asked.
    example: You should make a list.
    kind: unhelpful
"""

RUBRIC = """\
format: 1
id: core
title: One quality
cuts: {competent: 0.60, advanced: 0.85, advanced_from: 6, enough: 1}
criteria:
  empathy:
    question: Was the client understood?
    levels:
      harmful: The client is more alone than before.
      not_yet: The feeling is passed over.
      competent: The feeling comes back in fresh words.
      advanced: What was half said is put into words.
    scores:
      reflects_feeling: +2
      unsolicited_advice: -1
"""

TEXTS = {"scenario": SCENARIO, "plays": PLAYS, "behaviours": BEHAVIOURS, "rubric": RUBRIC}
"""By the names that examples call them."""

PATHS = {
    "scenario": "scenarios/smallest.yaml",
    "plays": "scenarios/smallest.plays.yaml",
    "behaviours": "rubrics/behaviours.yaml",
    "rubric": "rubrics/core.yaml",
}
"""Where each stands in a library."""
