"""SIM42x: what a programme owes to its trainees."""

from simulator.content.diagnostics.diagnostic import Diagnostic, Edit, Severity

DIAGNOSTICS = (
    Diagnostic(
        "SIM421",
        "sensitive-topic",
        Severity.ERROR,
        "'{topic}' is a sensitive topic, and this scenario lacks {lacking}",
        "add what is lacking",
        "Where suicide, self-harm, abuse, violence or trauma are met, a trainee is told beforehand what to expect "
        "(`content_note`), may take a scenario that is worth the same instead (`equal_alternative`), and hears "
        "afterwards what was safe and what was not (a rule under `debrief` with `about: safety`).",
        Edit("minutes: 1", "minutes: 1\ntopics: [⟦suicide⟧]"),
    ),
    Diagnostic(
        "SIM422",
        "gendered-trainee",
        Severity.WARNING,
        "'{found}' takes the trainee for a man or a woman",
        "find words that fit every trainee",
        "Whoever plays is the counsellor. A client who says 'sir' or 'miss', or a text that calls the trainee "
        "'himself', leaves some of them out.",
        Edit("client: I'm not sure why I came.", "client: I'm not sure why I came, ⟦sir⟧."),
    ),
    Diagnostic(
        "SIM423",
        "unreviewed",
        Severity.NOTE,
        "nobody qualified has reviewed this scenario yet",
        "when somebody has, write 'review: {{status: reviewed, who: their role, when: the date}}'",
        "Pages tell trainees and instructors which scenarios have been reviewed. This is a note: an unreviewed "
        "scenario can be played.",
        Edit("review: {status: reviewed, who: A supervisor, when: May 2026}", "⟦review⟧: {status: unreviewed}"),
    ),
    Diagnostic(
        "SIM424",
        "unverified",
        Severity.NOTE,
        "what this scenario says about its field has not been checked against sources",
        "when it has been, list what was really read under 'sources' and remove this line",
        "`unverified: true` says plainly that an author wrote from general knowledge. This is a note: such a scenario "
        "can be played.",
        Edit("minutes: 1", "minutes: 1\n⟦unverified⟧: true"),
    ),
)
