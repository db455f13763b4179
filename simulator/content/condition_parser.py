"""Text to condition: parsed once into data, never handed to `eval`, every mistake with its place.

Grammar, from loose to tight::

    condition  = both { "or" both }
    both       = single { "and" single }
    single     = "not" single | comparison
    comparison = operand [ ("<" | "<=" | "==" | "!=" | ">=" | ">") operand ]
    operand    = integer | state | "visits" "(" place ")" | "count" "(" thing { "," thing } ")"
               | "showed" "(" behaviour ")" | "visited" "(" place ")" | "chose" "(" choice ")" | "(" condition ")"
    thing      = place | choice
    choice     = node "." choice-id
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from simulator.content.condition import (
    COMPARISONS,
    Chosen,
    Compare,
    Condition,
    Count,
    Every,
    Mention,
    Not,
    Number,
    Quantity,
    Showed,
    Some,
    StateOf,
    Test,
    Visited,
    Visits,
)

MOST_DEPTH = 30
"""Deepest nesting of brackets and `not` that is read."""
MOST_CHARACTERS = 2_000
"""Longest condition that is read."""


class ConditionError(ValueError):
    """The text is not a condition. `offset` and `length` say which part of it, `remedy` what to do."""

    def __init__(self, problem: str, remedy: str, offset: int, length: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.offset = offset
        self.length = length


class _Token(NamedTuple):
    text: str
    offset: int


_TOKEN = re.compile(r"\s*(?:(\d+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?|<=|>=|==|!=|[<>(),-])|(\S))", re.ASCII)
_WORD = re.compile(r"[A-Za-z_]", re.ASCII)
_SLIPS = {
    "=": "to compare, write '=='",
    "=>": "write '>='",
    "=<": "write '<='",
    "&": "write 'and'",
    "|": "write 'or'",
    "!": "write 'not'",
    "+": "numbers cannot be added here; compare each on its own",
    "*": "numbers cannot be multiplied here",
    "/": "numbers cannot be divided here",
}
_CALLS = frozenset({"visited", "visits", "chose", "count", "showed"})
RESERVED = _CALLS | {"and", "or", "not"}
"""Words with a meaning of their own, which nothing that a condition asks about can be called by."""


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while match := _TOKEN.match(text, position):
        position = match.end()
        if match.group(2):
            start = match.start(2)
            slip = text[start : start + 2] if text[start : start + 2] in _SLIPS else match.group(2)
            remedy = _SLIPS.get(slip, "use names, whole numbers, comparisons, and, or, not and brackets")
            raise ConditionError(f"'{slip}' means nothing here", remedy, start, len(slip))
        yield _Token(match.group(1), match.start(1))


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.position = 0
        self.depth = 0
        self.mentions: list[Mention] = []

    def peek(self) -> str:
        return self.tokens[self.position].text if self.position < len(self.tokens) else ""

    def here(self) -> _Token:
        if self.position < len(self.tokens):
            return self.tokens[self.position]
        return _Token("", len(self.text))

    def take(self) -> _Token:
        token = self.here()
        self.position += 1
        return token

    def fail(self, problem: str, remedy: str, token: _Token | None = None) -> ConditionError:
        token = token or self.here()
        return ConditionError(problem, remedy, token.offset, len(token.text))

    def written_since(self, start: _Token) -> _Token:
        """Everything from `start` up to what was taken last, as one."""
        last = self.tokens[self.position - 1]
        return _Token(self.text[start.offset : last.offset + len(last.text)], start.offset)

    def expect(self, text: str, after: str) -> None:
        if self.peek() != text:
            found = f"'{self.peek()}'" if self.peek() else "the end"
            raise self.fail(f"after {after} comes '{text}', and here is {found}", f"add '{text}'")
        self.take()

    def whole(self) -> Test:
        if not self.tokens:
            raise ConditionError("it is empty", "write a comparison such as 'trust >= 6', or remove it", 0, 1)
        test = self.condition()
        if self.position < len(self.tokens):
            token = self.here()
            raise self.fail(f"'{token.text}' follows a complete condition", "join conditions with 'and' or 'or'")
        return test

    def condition(self) -> Test:
        parts = [self.both()]
        while self.peek() == "or":
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def both(self) -> Test:
        parts = [self.single()]
        while self.peek() == "and":
            self.take()
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def single(self) -> Test:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.fail("it is nested too deeply", "write it more simply")
        try:
            if self.peek() == "not":
                self.take()
                return Not(self.single())
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Test:
        start = self.here()
        left = self.operand()
        if self.peek() not in COMPARISONS:
            if isinstance(left, Quantity):
                number = self.written_since(start)
                raise self.fail(
                    f"'{number.text}' is a number, which alone is neither true nor false",
                    f"compare it, for instance '{number.text} >= 1'" if _WORD.match(start.text) else "compare it",
                    number,
                )
            return left
        left_written = self.written_since(start)
        sign = self.take()
        right_start = self.here()
        right = self.operand()
        for side, token in ((left, left_written), (right, self.written_since(right_start))):
            if not isinstance(side, Quantity):
                raise self.fail(
                    f"'{token.text}' is true or false and cannot be compared with '{sign.text}'",
                    "use it alone, with 'not' for the opposite",
                    token,
                )
        assert isinstance(left, Quantity)
        assert isinstance(right, Quantity)
        if self.peek() in COMPARISONS:
            raise self.fail("comparisons cannot be chained", "write two, joined with 'and'")
        return Compare(left, sign.text, right)

    def operand(self) -> Quantity | Test:
        token = self.take()
        if token.text == "(":
            inner = self.condition()
            self.expect(")", "a bracketed condition")
            return inner
        if token.text == "-" and self.peek().isdigit():
            return Number(-int(self.number(self.take())))
        if token.text.isdigit():
            return Number(int(self.number(token)))
        if self.peek() == "(" and _WORD.match(token.text):
            return self.call(token)
        if not _WORD.match(token.text) or token.text in RESERVED:
            found = f"'{token.text}'" if token.text else "the end"
            raise self.fail(
                f"here comes {found} where a state, a number or a question such as visited(...) belongs",
                "complete the condition",
                token,
            )
        if "." in token.text:
            raise self.fail(f"'{token.text}' is a choice", f"ask with chose({token.text})", token)
        self.mentions.append(Mention("state", token.text, token.offset))
        return StateOf(token.text)

    def number(self, token: _Token) -> str:
        if len(token.text) > 9:
            raise self.fail("the number is too large", "states move between small numbers", token)
        return token.text

    def call(self, function: _Token) -> Quantity | Test:
        if function.text not in _CALLS:
            raise self.fail(
                f"there is no question '{function.text}(...)'",
                "the questions are visited, visits, chose, count and showed",
                function,
            )
        self.take()
        names = [self.argument(function)]
        while self.peek() == ",":
            self.take()
            names.append(self.argument(function))
        self.expect(")", f"what {function.text} asks about")
        if function.text == "count":
            return Count(tuple(dict.fromkeys(names)))  # of different ones
        if len(names) > 1:
            raise self.fail(f"{function.text}(...) asks about one thing", "use count(a, b) for several", function)
        if function.text == "visits":
            return Visits(names[0])
        if function.text == "showed":
            return Showed(names[0])
        return Visited(names[0]) if function.text == "visited" else Chosen(names[0])

    def argument(self, function: _Token) -> str:
        token = self.take()
        if not _WORD.match(token.text) or token.text in RESERVED:
            raise self.fail(f"{function.text}(...) asks about a name", "write the name in the brackets", token)
        dotted = "." in token.text
        if function.text == "chose" and not dotted:
            raise self.fail(
                f"'{token.text}' does not say which node the choice belongs to", "write chose(node.choice)", token
            )
        if function.text in {"visited", "visits", "showed"} and dotted:
            raise self.fail(f"'{token.text}' is a choice", f"ask with chose({token.text})", token)
        kind = "behaviour" if function.text == "showed" else "choice" if dotted else "place"
        self.mentions.append(Mention(kind, token.text, token.offset))
        return token.text


@lru_cache(maxsize=4096)
def parse_condition(text: str) -> Condition:
    """Parse a condition.

    Raises:
        ConditionError: the text is not one; it says where and what to do.
    """
    if len(text) > MOST_CHARACTERS:
        problem = f"it has {len(text):,} characters; the most that is read is {MOST_CHARACTERS:,}"
        raise ConditionError(problem, "write it more simply", 0, 1)
    parser = _Parser(text)
    return Condition(str(text), parser.whole(), tuple(parser.mentions))
