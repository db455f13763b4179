"""What an export holds, said once: every table and column with its type, unit and meaning.

The data dictionary and the columns of all formats are made of this, so that they cannot tell different tales.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Cell = str | int | float | bool | datetime | None
"""A value of a table; None is: not known, or not determined."""

Cells = tuple[Cell, ...]
"""One row, in the order of the table's columns."""


class Kind(StrEnum):
    """Types of columns. A moment is in UTC and to the second."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    YES_NO = "yes_no"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `personal` ones tell who somebody is and are left out of a pseudonymised export."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an export: what a row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    def shown(self, pseudonymous: bool) -> tuple[Column, ...]:
        """The columns of an export."""
        return tuple(column for column in self.columns if not (pseudonymous and column.personal))

    def shown_cells(self, row: Cells, pseudonymous: bool) -> Cells:
        """A row's cells of these columns."""
        if not pseudonymous:
            return row
        return tuple(cell for column, cell in zip(self.columns, row, strict=True) if not column.personal)


_PERSON = Column("person", Kind.TEXT, "Whose it is: the id of a row of people; in a pseudonymised export a pseudonym.")
_ATTEMPT = Column("attempt", Kind.TEXT, "The id of a row of attempts; in a pseudonymised export a pseudonym.")
_VERSION = Column("version", Kind.TEXT, "The id of a row of versions.")
_NODE = Column("node", Kind.TEXT, "The moment of the talk, by its id in the scenario.")
_CHOICE = Column("choice", Kind.TEXT, "The choice, by its id at the node.")
_CRITERION = Column("criterion", Kind.TEXT, "The criterion, by its id in the rubric.")
_NUMBER = Column("number", Kind.INTEGER, "The number of the decision's event within its attempt.")
_RUBRIC = Column("rubric", Kind.TEXT, "The rubric's id.")
_RUBRIC_HASH = Column("rubric_hash", Kind.TEXT, "Which text of the rubric scored it.", "SHA-256")
_LEVELS = "1 harmful, 2 not yet, 3 competent, 4 advanced; empty: not enough to say."

PEOPLE = Table(
    "people",
    "A trainee of the cohort, or one who has left it and did something for it.",
    (
        _PERSON,
        Column("name", Kind.TEXT, "What they are called.", personal=True),
        Column("reference", Kind.TEXT, "What the programme knows them by.", personal=True),
        Column("left", Kind.YES_NO, "Whether they have left the cohort."),
        Column("research_consent", Kind.YES_NO, "Whether they agreed to research use and still do."),
    ),
)

ASSIGNMENTS = Table(
    "assignments",
    "Something that the cohort was set.",
    (
        Column("assignment", Kind.TEXT, "The assignment's id."),
        Column("title", Kind.TEXT, "What it is called."),
        Column("clients", Kind.TEXT, "The scenarios to meet, in order, with blanks between."),
        Column("mode", Kind.TEXT, "practice: feedback after each turn; assessment: none before the end."),
        Column("rubric", Kind.TEXT, "The rubric that was set; empty: each scenario's own."),
        Column("opens_at", Kind.MOMENT, "From when a talk can be begun."),
        Column("due_at", Kind.MOMENT, "From when on it is late."),
        Column("closes_at", Kind.MOMENT, "From when on no talk can be begun."),
        Column("attempts_allowed", Kind.INTEGER, "How many attempts at each client; empty: any number."),
        Column("counts", Kind.TEXT, "Which attempt counts: first, last or best."),
        Column("release", Kind.TEXT, "When feedback opens: at_once, at_close or by_hand."),
    ),
)

ATTEMPTS = Table(
    "attempts",
    "A talk for an assignment of this cohort. Practice of one's own is never here.",
    (
        _ATTEMPT,
        _PERSON,
        Column("assignment", Kind.TEXT, "The id of a row of assignments."),
        Column("client", Kind.TEXT, "The scenario that was set."),
        Column("nth", Kind.INTEGER, "Which of the person's attempts at this client of this assignment, from 1."),
        Column("counts", Kind.YES_NO, "Whether it is the one that counts, as in the results book."),
        Column("mode", Kind.TEXT, "practice (one that was set) or assessment."),
        Column("state", Kind.TEXT, "open: it goes on; ended: it came to an ending; stopped: by its person, unscored."),
        Column("started_at", Kind.MOMENT, "When it was begun; in a pseudonymised export the day alone.", "UTC"),
        Column("ended_at", Kind.MOMENT, "When it was over; in a pseudonymised export the day alone.", "UTC"),
        Column("late", Kind.YES_NO, "Whether it was over after the assignment was due."),
        Column("outcome", Kind.TEXT, "What the ending means: alliance, progress, stalled, rupture or referral."),
        Column(
            "overall",
            Kind.NUMBER,
            "Weighted mean of the scores on all criteria assessed; empty where one of them has none.",
            "0 to 1",
        ),
        _RUBRIC,
        _RUBRIC_HASH,
        Column("scoring", Kind.INTEGER, "Version of the program's way of scoring."),
        Column("review", Kind.TEXT, "Where the review stands: reviewed, released, reopened; empty: none yet."),
        Column("feedback_open", Kind.YES_NO, "Whether its person may see what it came to."),
    ),
)

SCORES = Table(
    "scores",
    "One criterion of one attempt that came to an ending.",
    (
        _ATTEMPT,
        _CRITERION,
        Column("assessed", Kind.YES_NO, "Whether the scenario assesses it, or it was only met by the way."),
        Column("n", Kind.INTEGER, "Opportunities met: scored decisions that gave room for it.", "decisions"),
        Column("weight", Kind.INTEGER, "The sum of these decisions' weights."),
        Column(
            "score",
            Kind.NUMBER,
            "Weighted mean of q over the opportunities, where q is 0 for the worst and 1 for the best on offer; "
            "empty below the opportunities that the rubric calls enough.",
            "0 to 1",
        ),
        Column("low", Kind.NUMBER, "Lower bound of the score's 90 % interval (Wilson).", "0 to 1"),
        Column("high", Kind.NUMBER, "Upper bound of the score's 90 % interval (Wilson).", "0 to 1"),
        Column("random", Kind.NUMBER, "What a random pick at the same decisions scores on average.", "0 to 1"),
        Column("level", Kind.INTEGER, f"The level worked out: {_LEVELS}", "1 to 4"),
        Column("standing_level", Kind.INTEGER, f"The level that stands: {_LEVELS}", "1 to 4"),
        Column("overridden", Kind.YES_NO, "Whether a person put the standing level in place, with a reason."),
    ),
)

CHOICES = Table(
    "choices",
    "A decision of an attempt as it counts: the first answer given. For attempts that are over, at clients as set.",
    (
        _ATTEMPT,
        _NUMBER,
        Column("position", Kind.INTEGER, "Which decision of the attempt, from 1."),
        _VERSION,
        _NODE,
        Column("offered", Kind.TEXT, "The choices on offer, in the order of the alphabet, with blanks between."),
        _CHOICE,
        Column("leads_to", Kind.TEXT, "The node of the next decision, or the ending; empty where it was stopped."),
    ),
)

INCIDENTS = Table(
    "incidents",
    "A critical behaviour that was shown in an attempt.",
    (
        _ATTEMPT,
        _NUMBER,
        Column("behaviour", Kind.TEXT, "The behaviour, by its id in the catalogue."),
        Column("repaired_at", Kind.INTEGER, "The number of the event that repaired it; empty: none did."),
        Column("ruling", Kind.TEXT, "What a person found: confirmed or cleared; empty: nobody has ruled."),
    ),
)

VERSIONS = Table(
    "versions",
    "What results may be counted together on: one meaning of a scenario, one catalogue, one text of a rubric.",
    (
        _VERSION,
        Column("scenario", Kind.TEXT, "The scenario's id."),
        Column("title", Kind.TEXT, "Its title, in the latest wording played."),
        Column("language", Kind.TEXT, "The language it is written in.", "BCP 47"),
        Column("attempts", Kind.INTEGER, "Attempts at it for this cohort that are over.", "attempts"),
        Column("meaning_hash", Kind.TEXT, "Of what the scenario does, whatever its words.", "SHA-256"),
        Column("wording_hash", Kind.TEXT, "Of the text of the latest wording played.", "SHA-256"),
        Column("behaviours_hash", Kind.TEXT, "Of the text of the catalogue of behaviours.", "SHA-256"),
        _RUBRIC,
        _RUBRIC_HASH,
    ),
)

ITEMS = Table(
    "items",
    "A choice at a node of a version, chosen or not: what the choices table refers to.",
    (
        _VERSION,
        _NODE,
        _CHOICE,
        Column("place", Kind.INTEGER, "Its place among the node's choices as written, from 1."),
        Column("words", Kind.TEXT, "What the trainee reads, in the latest wording played."),
        Column("behaviours", Kind.TEXT, "What it shows, with blanks between."),
        Column("mistimed", Kind.TEXT, "What it shows at the wrong moment, with blanks between."),
        Column("conditional", Kind.YES_NO, "Whether it is on offer only under a condition."),
        Column("scored", Kind.YES_NO, "Whether taking it is a scored decision, not only steering."),
        Column("weight", Kind.INTEGER, "The node's weight.", "1 to 3"),
    ),
)

POINTS = Table(
    "points",
    "The key: what a choice is worth on a criterion under the version's rubric.",
    (
        _VERSION,
        _NODE,
        _CHOICE,
        _CRITERION,
        Column("points", Kind.INTEGER, "Strongest positive plus strongest negative behaviour shown.", "points"),
    ),
)

ITEM_STATISTICS = Table(
    "item_statistics",
    "How the cohort did at a node on a criterion: first decisions there in people's first attempts that count.",
    (
        _VERSION,
        _NODE,
        _CRITERION,
        Column("people", Kind.INTEGER, "How many came by the node; empty below 5.", "people"),
        Column("facility", Kind.NUMBER, "Mean q; empty below 5 people.", "0 to 1"),
        Column("facility_low", Kind.NUMBER, "Lower bound of its 90 % interval (Wilson).", "0 to 1"),
        Column("facility_high", Kind.NUMBER, "Upper bound of its 90 % interval (Wilson).", "0 to 1"),
        Column(
            "item_rest",
            Kind.NUMBER,
            "Correlation of q here with the score on all other opportunities of the attempt; empty below 30 people.",
            "-1 to 1",
        ),
        Column("item_rest_low", Kind.NUMBER, "Lower bound of its 90 % interval (Fisher's z).", "-1 to 1"),
        Column("item_rest_high", Kind.NUMBER, "Upper bound of its 90 % interval (Fisher's z).", "-1 to 1"),
        Column("item_rest_people", Kind.INTEGER, "How many people the correlation rests on.", "people"),
    ),
)

TABLES = (
    PEOPLE, ASSIGNMENTS, ATTEMPTS, SCORES, CHOICES, INCIDENTS, VERSIONS, ITEMS, POINTS, ITEM_STATISTICS
)  # fmt: skip
"""All tables, in the order in which they are written."""

DICTIONARY = Table(
    "dictionary",
    "A column of a table.",
    (
        Column("table", Kind.TEXT, "The table."),
        Column("row", Kind.TEXT, "What a row of it is."),
        Column("column", Kind.TEXT, "The column."),
        Column("type", Kind.TEXT, "text, integer, number, yes_no (true or false), or moment (UTC)."),
        Column("unit", Kind.TEXT, "What it is measured in, or between which values."),
        Column("meaning", Kind.TEXT, "What it means."),
    ),
)


def dictionary(pseudonymous: bool) -> Iterator[Cells]:
    """The data dictionary of an export, a row for each column of each table."""
    for table in TABLES:
        for column in table.shown(pseudonymous):
            yield table.name, table.row, column.name, column.kind.value, column.unit, column.meaning
