"""SIM4xx: it plays, but an instructor would want to know."""

from simulator.content.diagnostics.diagnostic import Diagnostic, Edit, Severity, Told
from simulator.content.diagnostics.smallest import ARRIVAL

DIAGNOSTICS = (
    Diagnostic(
        "SIM401",
        "no-why",
        Severity.WARNING,
        "choice '{choice}' has no 'why'",
        "say in two sentences what it was meant to do and what it did",
        "Practice without reasons makes trainees worse: each choice says why it helps or what it cost.",
        Edit(
            "      advise:\n        say: You could make a list of reasons.\n        shows: [unsolicited_advice]\n"
            "        why: Kindly meant, and too early.\n",
            "      ⟦advise⟧:\n        say: You could make a list of reasons.\n        shows: [unsolicited_advice]\n",
        ),
    ),
    Diagnostic(
        "SIM402",
        "one-choice",
        Severity.WARNING,
        "node '{node}' offers only one choice",
        "what else might a trainee say here?",
        "With one choice there is nothing to decide.",
        Edit(
            ARRIVAL,
            ARRIVAL.replace("goto: over", "goto: later")
            + "  ⟦later⟧:\n    client: Is there time?\n    goto: over\n    choices:\n      stay:\n"
            "        say: There is time.\n"
            "        shows: [reflects_feeling]\n        why: It answers what was asked.\n",
        ),
    ),
    Diagnostic(
        "SIM403",
        "unused-state",
        Severity.WARNING,
        "state '{state}' is neither shown nor asked about in any condition",
        "let something depend on it, or remove it",
        "A hidden state that no condition reads changes nothing.",
        Edit("max: 10}", "max: 10}\n    ⟦worry⟧: {start: 1, min: 0, max: 5, visible: false}"),
    ),
    Diagnostic(
        "SIM404",
        "idle-reaction",
        Severity.WARNING,
        "the client reacts to '{behaviour}', {how}",
        "remove the reaction, or tag a choice with it",
        "A reaction happens when a choice has the behaviour under `shows`, and none has. To a behaviour at the wrong "
        "moment (`mistimed`) the client does not react; write what it did in `effects`.",
        Edit("reflects_feeling: {trust: +1}", "reflects_feeling: {trust: +1}\n    ⟦open_question⟧: {trust: +1}"),
    ),
    Diagnostic(
        "SIM405",
        "identical-choices",
        Severity.WARNING,
        "choices '{choice}' and '{other}' have the same words",
        "reword one of them, or remove it",
        "A trainee could not tell them apart.",
        Edit("say: You could make a list of reasons.", "say: ⟦You're not sure about being here.⟧"),
    ),
    Diagnostic(
        "SIM406",
        "markup-in-text",
        Severity.WARNING,
        "this text has a link, an image or a tag in it, which will be shown as plain characters",
        "write plain words; a source belongs under 'sources'",
        "What authors write is shown as text. Nothing in it is followed, fetched or run.",
        Edit("brief: Someone has come in and sat down.", "brief: See ⟦https://example.org/intake⟧ for more."),
    ),
    Diagnostic(
        "SIM407",
        "no-plays",
        Severity.WARNING,
        "there are no plays for this scenario",
        "write scenarios/{scenario}.plays.yaml with at least a good and a poor way through",
        "Plays are an author's regression tests: whole ways through the talk and what must hold at their end.",
        Told("`scenarios/amina.yaml` without a `scenarios/amina.plays.yaml` beside it."),
    ),
    Diagnostic(
        "SIM408",
        "nothing-helpful",
        Severity.WARNING,
        "none of the scored choices at node '{node}' shows anything helpful",
        "what would a good counsellor do here? Add it, or write 'scored: false' on the node",
        "A decision is judged by how near a choice comes to the best on offer. Where all are mistakes, the best of "
        "them would count as good.",
        Edit(
            ARRIVAL,
            ARRIVAL.replace("goto: over", "goto: later")
            + "  ⟦later⟧:\n    client: What now?\n    goto: over\n    choices:\n      list:\n"
            "        say: Make a list.\n"
            "        shows: [unsolicited_advice]\n        why: It hands out homework.\n      walk:\n"
            "        say: Take a walk.\n        shows: [unsolicited_advice]\n        why: It sends Sam away.\n",
        ),
    ),
    Diagnostic(
        "SIM409",
        "moves-nothing",
        Severity.WARNING,
        "this change of '{state}' can never be seen: {reason}",
        "let the state start elsewhere, give it more room, or remove the change",
        "A state stays between its min and max. A change of 0, or one that pushes it against the end at which it "
        "always stands, does nothing.",
        Edit("reflects_feeling: {trust: +1}", "reflects_feeling: {trust: ⟦0⟧}"),
    ),
)
