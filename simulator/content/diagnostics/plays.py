"""SIM5xx: a play, an author's regression test, does not hold."""

from simulator.content.diagnostics.diagnostic import Diagnostic, Edit, Severity

DIAGNOSTICS = (
    Diagnostic(
        "SIM501",
        "play-cannot-choose",
        Severity.ERROR,
        "play '{play}', step {step}: '{choice}' is not on offer at '{at}'",
        "on offer there: {offered}",
        "A play lists choices in order. At this step the one it names is not offered: the story has changed, or "
        "the play was written for another way through.",
        Edit("choose: [reflect]", "choose: [⟦agree⟧]", "plays"),
    ),
    Diagnostic(
        "SIM502",
        "play-stops-early",
        Severity.ERROR,
        "play '{play}' stops at node '{at}' after {steps} choices, before any ending",
        "on offer there: {offered}",
        "A play goes on to an ending.",
        Edit("choose: [reflect]", "choose: ⟦[⟧]", "plays"),
    ),
    Diagnostic(
        "SIM503",
        "play-goes-on",
        Severity.ERROR,
        "play '{play}' has {extra} more after the talk has ended at '{at}'",
        "remove what follows step {step}",
        "The talk was over before the play was.",
        Edit("choose: [reflect]", "choose: [reflect, ⟦advise⟧]", "plays"),
    ),
    Diagnostic(
        "SIM504",
        "play-differs",
        Severity.ERROR,
        "play '{play}' expects {what} {expected}, and it is {found}",
        "mend the scenario, or accept what it does now with 'simulator check --accept'",
        "What the play says must hold at its end does not.",
        Edit("ending: over\n      state", "ending: ⟦arrival⟧\n      state", "plays"),
    ),
    Diagnostic(
        "SIM505",
        "play-hears-nothing-of",
        Severity.ERROR,
        "play '{play}' never hears '{text}'",
        "mend the scenario, or the words here",
        "None of the lines that the client speaks on this way through has these words.",
        Edit("hears: [Right.]", "hears: [⟦Wrong.⟧]", "plays"),
    ),
    Diagnostic(
        "SIM506",
        "play-of-another",
        Severity.ERROR,
        "these plays are for '{found}', but the file belongs to '{expected}'",
        "name the file '{found}.plays.yaml', or change 'scenario:'",
        "The plays of a scenario stand beside it under its id.",
        Edit("scenario: smallest", "scenario: ⟦another⟧", "plays"),
    ),
)
