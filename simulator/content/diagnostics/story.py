"""SIM3xx: the story cannot be told as written."""

from simulator.content.diagnostics.diagnostic import Diagnostic, Edit, Severity

DIAGNOSTICS = (
    Diagnostic(
        "SIM301",
        "no-goto",
        Severity.ERROR,
        "{who} nowhere: there is no 'goto' there, nor at node '{node}'",
        "where should the talk go? Add 'goto:' to the choice or to node '{node}'",
        "After a choice and its reply, the talk goes on at another node or comes to an ending.",
        Edit(
            "  arrival:\n    client: I'm not sure why I came.\n    goto: over\n",
            "  ⟦arrival⟧:\n    client: I'm not sure why I came.\n",
        ),
    ),
    Diagnostic(
        "SIM302",
        "unreachable-node",
        Severity.ERROR,
        "node '{node}' can never be reached: no way leads to it from '{start}'",
        "let a 'goto' lead to it, or remove it",
        "A node that no way leads to is never played. (Conditions are not weighed here: `simulator audit` proves "
        "whether a guarded way can be taken.)",
        Edit(
            "endings:",
            "  ⟦forgotten⟧:\n    client: Still here.\n    goto: over\n    choices:\n      wait:\n"
            "        does: You wait.\n"
            "        shows: [reflects_feeling]\n        why: There is time.\n      ask:\n        say: What now?\n"
            "        shows: [unsolicited_advice]\n        why: It hurries.\nendings:",
        ),
    ),
    Diagnostic(
        "SIM303",
        "unreachable-ending",
        Severity.ERROR,
        "ending '{ending}' can never be reached",
        "let a 'goto' or the client's 'leaves' lead to it, or remove it",
        "No way leads to this ending.",
        Edit("endings:", "endings:\n  ⟦elsewhere⟧:\n    outcome: stalled\n    summary: Not reached."),
    ),
    Diagnostic(
        "SIM304",
        "dead-end",
        Severity.ERROR,
        "node '{node}' has no way to an ending",
        "let one of its choices, or of the nodes after it, lead to an ending",
        "Whatever the trainee chooses from here, the talk never ends.",
        Edit(
            "  arrival:\n    client: I'm not sure why I came.\n    goto: over\n",
            "  ⟦arrival⟧:\n    client: I'm not sure why I came.\n    goto: arrival\n",
        ),
    ),
    Diagnostic(
        "SIM305",
        "can-run-out",
        Severity.ERROR,
        "node '{node}' can be met with nothing left to offer",
        "add 'otherwise:' with the node or ending that follows then",
        "A choice is offered once in an attempt, and only while its `when` holds. A node that can be met again, or "
        "whose choices all have conditions, may have none left; `otherwise` says where the talk goes then.",
        Edit(
            "  arrival:\n    client: I'm not sure why I came.\n    goto: over\n",
            "  ⟦arrival⟧:\n    client: I'm not sure why I came.\n"
            "    goto:\n      - when: visits(arrival) <= 2\n        to: arrival\n      - to: over\n",
        ),
    ),
    Diagnostic(
        "SIM306",
        "endless-cycle",
        Severity.ERROR,
        "the talk can go round for ever: {cycle}",
        "take 'repeatable' off one of these choices, or let one of them lead elsewhere",
        "A repeatable choice is offered every time. A circle made only of repeatable choices never runs out, so a "
        "run might never end.",
        Edit(
            "        shows: [unsolicited_advice]",
            "        shows: [unsolicited_advice]\n        repeatable: true\n        ⟦goto⟧: arrival",
        ),
    ),
    Diagnostic(
        "SIM307",
        "leaves-not-ending",
        Severity.WARNING,
        "the client leaves to '{found}', which is not an ending marked 'early: true'",
        "name an ending and mark it 'early: true', or use 'goto'",
        "`leaves` is for the client going because of what the trainee did. Such an ending is marked early, so that "
        "a run that stops there is not scored as if it had been complete.",
        Edit(
            "  reactions:",
            "  leaves:\n    - when: trust <= 0\n      to: ⟦over⟧\n  reactions:",
        ),
    ),
)
