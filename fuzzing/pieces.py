"""What a mutation puts in: the marks of YAML, of conditions, and of scripts that few editors show."""

from __future__ import annotations

PIECES = [
    *(": ", " #", "# ", "- ", "? ", "!!str ", "  ", "---\n", "...\n", "<<: ", "not "),
    *":'\"[]{},&*!|>%@`\\\t\n\r\x00\u2028\u202e\ufeffé🙂~",
    *("&a", "*a", "\n\n", "null", "true", "-1", "9999999999", "1e9", "visited(", "))", "=>"),
    *("when: trust >= 3", "goto: arrival", "nodes:"),
]
"""For files."""

TOKENS = [
    *("trust", "visited(", "chose(", "count(", "showed(", "visits(", "a.b", "a", "and", "or", "not"),
    *(">=", "==", "=>", "-3", "0x1", "99999999999", "&&", *")(,<=3-!é\t\n'."),
]
"""For conditions."""
