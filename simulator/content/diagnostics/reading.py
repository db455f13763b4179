"""SIM0xx: the file cannot be read as the author meant it."""

from simulator.content.diagnostics.diagnostic import Diagnostic, Edit, Severity, Told

DIAGNOSTICS = (
    Diagnostic(
        "SIM001",
        "syntax",
        Severity.ERROR,
        "this cannot be read as YAML: {problem}",
        "{remedy}",
        "YAML is laid out by indentation and by a few characters with a meaning of their own. The place shown is "
        "where reading had to stop, or where the part began that was never finished; the slip is there or on the "
        "line before. Most often a line is indented by one space more or less than the one above, or a bracket was "
        "opened and not closed.",
        Edit("assesses: [empathy]", "assesses: ⟦[⟧empathy"),
    ),
    Diagnostic(
        "SIM002",
        "colon-in-text",
        Severity.ERROR,
        "the text has a colon with a space after it, which YAML takes for a new key",
        "put the text in quotes: {quoted}",
        "A colon followed by a space ends a key in YAML. Spoken words often have one (`Look: I'm fine`). Put the "
        "whole text in quotes, or write it below a `|` sign, indented.",
        Edit("client: I'm not sure why I came.", "client: Look⟦:⟧ I'm not sure why I came."),
    ),
    Diagnostic(
        "SIM003",
        "text-after-quote",
        Severity.ERROR,
        "the text goes on after its closing quote",
        "put the whole text in quotes: {quoted}",
        "A text that begins with a quotation mark ends at the next one. Spoken words that only begin with a "
        "quotation need quotes around all of it; so do words in single quotes that have an apostrophe.",
        Edit("client: I'm not sure why I came.", 'client: "Why now?" ⟦s⟧he asks.'),
    ),
    Diagnostic(
        "SIM004",
        "special-first-character",
        Severity.ERROR,
        "a text cannot begin with {character} unless it is in quotes",
        "put the text in quotes: {quoted}",
        "The characters `*`, `&`, `!`, `@`, `` ` ``, `%`, `[`, `{`, `|`, `>`, `,` mean something to YAML at the start "
        "of a text, and so do `-` and `?` with a space after them. Stage directions such as `*shrugs*` and asides "
        "such as `[long pause] okay` need quotes.",
        Edit("client: I'm not sure why I came.", "client: ⟦@⟧home I never talk."),
    ),
    Diagnostic(
        "SIM005",
        "lost-after-hash",
        Severity.ERROR,
        "everything after the # is lost: YAML takes it for a comment",
        "put the text in quotes: {quoted}",
        "A space and a hash begin a comment. In words that people read this is nearly always a slip (`I paid 20 # for "
        "that`), and the rest would vanish without a trace. If you want a comment there, set it off by two spaces or "
        "more, or put it on a line of its own. After numbers, ids and lists one space will do.",
        Edit("client: I'm not sure why I came.", "client: I paid 20 ⟦# for that.⟧"),
    ),
    Diagnostic(
        "SIM006",
        "tab-indentation",
        Severity.ERROR,
        "a tab stands where YAML wants spaces",
        "replace the tab with two spaces for each step of indentation",
        "YAML is indented with spaces only. Most editors have a setting that writes spaces when you press Tab.",
        Edit("    goto: over\n", "⟦\t⟧goto: over\n"),
    ),
    Diagnostic(
        "SIM007",
        "duplicate-key",
        Severity.ERROR,
        "'{key}' stands here a second time; the first is in line {line}",
        "remove one of them, or rename it",
        "Two entries of the same name in one block: only one could count. Ids must differ within their block.",
        Edit("title: A first minute", "title: A first minute\n⟦title⟧: Again"),
    ),
    Diagnostic(
        "SIM008",
        "anchor",
        Severity.ERROR,
        "'{mark}' is a YAML anchor or alias, which scenarios do not use",
        "put the text in quotes: {quoted}",
        "Anchors and aliases make a file hard to read and can be abused to exhaust a computer, so they are not "
        "read. A stage direction such as `*shrugs*` needs quotes.",
        Edit("client: I'm not sure why I came.", "client: ⟦*shrugs⟧ and looks away."),
    ),
    Diagnostic(
        "SIM009",
        "tag",
        Severity.ERROR,
        "'{mark}' is a YAML tag, which scenarios do not use",
        "put the text in quotes: {quoted}",
        "A text that begins with an exclamation mark is a tag to YAML, which tells it to build something other than "
        "text. If it belongs to the words, put them in quotes; otherwise remove it.",
        Edit("client: I'm not sure why I came.", "client: ⟦!no⟧ way."),
    ),
    Diagnostic(
        "SIM010",
        "empty-file",
        Severity.ERROR,
        "the file is empty",
        "start from the example in docs/authoring.md",
        "There is nothing in the file but perhaps comments.",
        Edit("", "⟦#⟧ Nothing yet.\n"),
    ),
    Diagnostic(
        "SIM011",
        "second-document",
        Severity.ERROR,
        "a second document begins here; a file holds one",
        "remove the '---' line, or move what follows to a file of its own",
        "Three dashes on a line begin a second YAML document. One file is one scenario.",
        Edit("endings:", "⟦---⟧\nendings:"),
    ),
    Diagnostic(
        "SIM012",
        "too-deep",
        Severity.ERROR,
        "this is nested more than {most} levels deep",
        "a scenario needs no more than nine: is a bracket or an indentation missing?",
        "Nesting is limited so that no file can exhaust the computer.",
        Edit("goto: over", "goto: " + "[" * 37 + "⟦[⟧" + "]" * 38),
    ),
    Diagnostic(
        "SIM013",
        "too-long",
        Severity.ERROR,
        "the file has {found}; the most that is read is {most}",
        "split it into several scenarios",
        "The length is limited so that no file can exhaust the computer. A scenario of a thousand nodes is about "
        "a tenth of the limit.",
        Told("A file of more than two million characters."),
    ),
    Diagnostic(
        "SIM014",
        "control-character",
        Severity.ERROR,
        "an invisible character stands here ({character})",
        "delete it and type the text again at this place",
        "Control characters and marks that reverse the reading direction cannot be seen in an editor and can make "
        "a text mean something other than it shows. They usually come in with copied text.",
        Edit("I'm not sure why I came.", "I'm not ⟦\u202e⟧sure why I came."),
    ),
    Diagnostic(
        "SIM015",
        "key-not-text",
        Severity.ERROR,
        "a key must be a word, not a list or a block",
        "begin the line with a name and a colon",
        "Before the colon stands the name of the entry. YAML would also allow a list there; a scenario does not.",
        Edit("goto: over", "⟦[⟧goto, to]: over"),
    ),
    Diagnostic(
        "SIM016",
        "not-utf-8",
        Severity.ERROR,
        "the file is not UTF-8 text (byte {byte} cannot be read)",
        "save it again as UTF-8 in your editor",
        "All files are read as UTF-8, which every current editor writes when asked. A picture or a word "
        "processor's document cannot be read at all.",
        Told("A picture, or a file that a word processor saved in its own format."),
    ),
    Diagnostic(
        "SIM017",
        "unreadable",
        Severity.ERROR,
        "the file cannot be read: {reason}",
        "{remedy}",
        "The operating system refused, a folder stands where a file belongs, or a link leads out of the library.",
        Told("A folder called `amina.yaml`; a link to a file elsewhere; a file that only its owner may read."),
    ),
    Diagnostic(
        "SIM018",
        "comma-in-text",
        Severity.ERROR,
        "the comma ends the text of '{key}', and the rest is taken for another entry",
        "put the text in quotes: {quoted}",
        "Between `{` and `}` a comma separates entries, so a text with a comma in it is cut in two. Put the text in "
        "quotes, or write the entries below each other without the brackets.",
        Edit("client: I'm not sure why I came.", "client: {says: Well, ⟦I came⟧}"),
    ),
    Diagnostic(
        "SIM019",
        "unclosed-quote",
        Severity.ERROR,
        "the quotation mark that opens here is never closed",
        "put the whole text in quotes: {quoted}",
        "A text that begins with a quotation mark goes on until the next one, over as many lines as that takes.",
        Edit("client: I'm not sure why I came.", "client: ⟦\"⟧I'm not sure why I came."),
    ),
    Diagnostic(
        "SIM020",
        "backslash-in-quotes",
        Severity.ERROR,
        "a backslash between double quotes begins a special character, and this is none",
        "use single quotes: {quoted}",
        "Between double quotes YAML reads `\\n` as a new line and so on. Between single quotes a backslash is a "
        "backslash.",
        Edit("client: I'm not sure why I came.", 'client: "The form said yes⟦\\⟧maybe."'),
    ),
    Diagnostic(
        "SIM021",
        "more-findings",
        Severity.ERROR,
        "there is more to find from here on than is shown",
        "mend what stands above first, and check again",
        "A slip near the top of a file can make hundreds of findings below it, so only the first hundred are shown.",
        Told("A file with more than a hundred findings."),
    ),
    Diagnostic(
        "SIM022",
        "no-break-space",
        Severity.ERROR,
        "a no-break space stands where YAML wants a plain one",
        "delete this space and type it again",
        "Text copied from a word processor or a web page may have spaces that look like any other and are not. In "
        "the indentation and after the colon of a key YAML wants plain ones.",
        Edit("    goto: over\n", "    goto:⟦\u00a0⟧over\n"),
    ),
    Diagnostic(
        "SIM023",
        "file-not-read",
        Severity.WARNING,
        "this file is not read: {reason}",
        "{remedy}",
        "In `scenarios/` and `rubrics/`, content is in files that end in `.yaml`. Plays stand beside their scenario "
        "as `<scenario>.plays.yaml`, translations as `<scenario>.<language>.yaml`.",
        Told("`scenarios/amina.yml`, or `scenarios/amina.plays.yaml` where there is no `scenarios/amina.yaml`."),
    ),
)
