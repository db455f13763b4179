"""SIM1xx: a part is missing, unknown, or not of the kind that belongs there."""

from simulator.content.diagnostics.diagnostic import Diagnostic, Edit, Severity

DIAGNOSTICS = (
    Diagnostic(
        "SIM101",
        "unknown-key",
        Severity.ERROR,
        "'{key}' is not a key that {where} has",
        "{nearest}",
        "A misspelt key would silently do nothing, so every key is checked. The format is on one page in "
        "docs/authoring.md.",
        Edit("goto: over", "⟦gotto⟧: over"),
    ),
    Diagnostic(
        "SIM102",
        "missing-key",
        Severity.ERROR,
        "{where} has no '{key}'",
        "add '{key}:' to it",
        "This entry cannot be left out.",
        Edit("format: 1\nid: smallest\ntitle: A first minute\n", "⟦format⟧: 1\nid: smallest\n"),
    ),
    Diagnostic(
        "SIM103",
        "wrong-type",
        Severity.ERROR,
        "{key} is {expected}, and here stands {found}",
        "{remedy}",
        "Each entry is of one kind: words, a whole number, true or false, a list, or a block of further entries. "
        "A number or true/false in quotes counts as words.",
        Edit("minutes: 1", "minutes: ⟦a few⟧"),
    ),
    Diagnostic(
        "SIM104",
        "empty-text",
        Severity.ERROR,
        "{key} is empty",
        "write its words after the colon, or remove the line",
        "An entry for words has none.",
        Edit("title: A first minute", "⟦title⟧:"),
    ),
    Diagnostic(
        "SIM105",
        "out-of-range",
        Severity.ERROR,
        "{key} is {found}, and must be {expected}",
        "choose a number within that range",
        "The number is well written but outside what makes sense here.",
        Edit("minutes: 1", "minutes: ⟦0⟧"),
    ),
    Diagnostic(
        "SIM106",
        "not-one-of",
        Severity.ERROR,
        "'{found}' is not a {key}; it is one of {expected}",
        "{nearest}",
        "This entry is chosen from a short list.",
        Edit("level: foundation", "level: ⟦beginer⟧"),
    ),
    Diagnostic(
        "SIM107",
        "id-form",
        Severity.ERROR,
        "'{found}' cannot be an id",
        "use lower-case letters, digits and {joiner}, beginning with a letter: '{suggested}'",
        "Ids are what results refer to, so they are short, plain and stable. Scenarios and rubrics may have "
        "hyphens; everything inside a file has underscores.",
        Edit("  arrival:", "  ⟦The Arrival⟧:"),
    ),
    Diagnostic(
        "SIM108",
        "condition",
        Severity.ERROR,
        "this condition cannot be understood: {problem}",
        "{remedy}",
        "A condition compares: `trust >= 6`, `not visited(gift)`, `chose(arrival.wait) and showed(judges_moralises) "
        "== 0`. It knows the client's own states, visited(node), visits(node), chose(node.choice), "
        "count(a, b, ...), showed(behaviour), whole numbers, and, or, not and brackets, and nothing else.",
        Edit("shows: [reflects_feeling]", "shows: [reflects_feeling]\n        when: trust ⟦=>⟧ 2"),
    ),
    Diagnostic(
        "SIM109",
        "id-differs-from-file",
        Severity.ERROR,
        "the id is '{found}', but the file is called '{file}'",
        "name the file '{expected}', or change the id",
        "A file is found by its name and results refer to the id, so the two agree.",
        Edit("id: smallest", "id: ⟦another⟧"),
    ),
    Diagnostic(
        "SIM110",
        "format-version",
        Severity.ERROR,
        "this file is written in format {found}; this program reads format 1",
        "install a newer version of the program, or write 'format: 1'",
        "The number says which edition of the format a file was written for.",
        Edit("format: 1", "format: ⟦2⟧"),
    ),
    Diagnostic(
        "SIM111",
        "say-or-do",
        Severity.ERROR,
        "choice '{choice}' has {found}",
        "give it one of the two: 'say' for words, 'does' for an act without words",
        "A choice is either something the trainee says or something the trainee does, such as staying silent.",
        Edit("      advise:\n        say: You could make a list of reasons.\n", "      ⟦advise⟧:\n"),
    ),
    Diagnostic(
        "SIM112",
        "no-words",
        Severity.ERROR,
        "this line has neither words, nor manner, nor a thought",
        "write at least one of 'says', 'manner' and 'thought'",
        "A line of the client's has to be heard, seen or thought.",
        Edit("reply: Right.", "⟦reply⟧: {}"),
    ),
    Diagnostic(
        "SIM113",
        "number-of-behaviours",
        Severity.ERROR,
        "choice '{choice}' shows {found} behaviours; it is one to four",
        "{remedy}",
        "A choice is tagged with what the trainee does in it: at least one behaviour, and no more than four, or "
        "the tags no longer say what mattered. A choice that only steers the talk may have none; then write "
        "`scored: false`.",
        Edit("shows: [unsolicited_advice]", "shows: ⟦[⟧]"),
    ),
    Diagnostic(
        "SIM114",
        "missing-last-entry",
        Severity.ERROR,
        "the last entry of '{key}' has a condition, so nothing is left when none holds",
        "add a last entry without 'when'",
        "A list of possibilities is read from the top and the first that holds is taken. The last one has no "
        "condition: it is what happens otherwise.",
        Edit("goto: over", "goto:\n      - ⟦when⟧: trust >= 5\n        to: over"),
    ),
    Diagnostic(
        "SIM115",
        "entry-never-read",
        Severity.ERROR,
        "the entries below this one are never read, because it has no condition",
        "move it to the end, or give it a 'when'",
        "A list of possibilities is read from the top and the first that holds is taken. One without a condition "
        "always holds.",
        Edit("goto: over", "goto:\n      - ⟦to⟧: over\n      - to: over"),
    ),
    Diagnostic(
        "SIM116",
        "state-range",
        Severity.ERROR,
        "state '{state}' starts at {start}, outside its range {min} to {max}",
        "let min <= start <= max, and min < max",
        "A state of the client's moves between min and max and begins somewhere between them.",
        Edit("start: 3,", "start: ⟦30⟧,"),
    ),
    Diagnostic(
        "SIM117",
        "review-incomplete",
        Severity.ERROR,
        "the scenario is called reviewed, but not {lacking}",
        "add {remedy} under 'review', or write 'status: unreviewed'",
        "A page tells trainees whether somebody qualified has read a scenario. `who` names their role and `when` the "
        "date; a review that never happened is never written down.",
        Edit("{status: reviewed, who: A supervisor, when: May 2026}", "{⟦status⟧: reviewed}"),
    ),
)
