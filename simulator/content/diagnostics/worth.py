"""SIM45x: it plays, and the rubric cannot judge it fairly."""

from simulator.content.diagnostics.diagnostic import Diagnostic, Edit, Severity
from simulator.content.diagnostics.smallest import ARRIVAL, SCENARIO

_ASSESSED = SCENARIO[SCENARIO.index("assesses") : SCENARIO.index(ARRIVAL)] + ARRIVAL

DIAGNOSTICS = (
    Diagnostic(
        "SIM451",
        "criterion-without-room",
        Severity.WARNING,
        "'{criterion}' has {met} opportunities on the way {path}; a figure needs {enough}",
        "let a decision on that way call for it, or take it out of 'assesses'",
        "A criterion can be judged where a decision gives room for it: a good answer, a poor one, and not too many "
        "that are right. Every complete way through needs enough of them, or there is nothing to say at its end. This "
        "is one such way; `simulator audit` proves it for all.",
        Edit(
            _ASSESSED,
            _ASSESSED.replace("[empathy]", "[⟦empathy⟧]").replace("goto: over\n", "goto: over\n    scored: false\n"),
        ),
    ),
    Diagnostic(
        "SIM452",
        "best-line-costs-trust",
        Severity.WARNING,
        "'{choice}' is a best line at node '{node}' and moves {client}'s trust by {moved}, and nothing tells why",
        "give its reply a 'thought' that tells how it was taken, or let the client take it more kindly",
        "What serves somebody can be hard to hear. Then a trainee must be able to learn why, from what the client "
        "thinks; otherwise the feedback and the client contradict each other.",
        Edit(
            "      reflect:\n        say: You're not sure about being here.",
            "      ⟦reflect⟧:\n        effects: {trust: -2}\n        say: You're not sure about being here.",
        ),
    ),
)
