"""What can go wrong with records. Every message is a sentence or two for the person at the screen."""

from __future__ import annotations


class RecordsError(Exception):
    """Something expected went wrong with the records. The message says what, and what helps."""


class StoreUnavailable(RecordsError):
    """The database is there, but cannot be used now: locked, read-only, full, or out of reach."""


class DatabaseUnusable(RecordsError):
    """What the address names is not a database of this program."""


class DatabaseTooNew(DatabaseUnusable):
    """A newer version of the program has written the database."""


class PersonMissing(RecordsError):
    """There is no such person."""

    def __init__(self) -> None:
        super().__init__("This person is not known here.")


class AttemptMissing(RecordsError):
    """There is no such attempt."""

    def __init__(self) -> None:
        super().__init__("This attempt does not exist here, or has been deleted.")


class AttemptUnreadable(RecordsError):
    """An attempt is kept, but this version of the program cannot play it again. `attempt_id` names it."""

    def __init__(self, attempt_id: str, reason: str) -> None:
        super().__init__(f"This attempt is kept, but it cannot be opened. {reason}")
        self.attempt_id = attempt_id


class AttemptDiverged(RecordsError):
    """The record and its replay part, so the attempt cannot go on."""

    def __init__(self) -> None:
        super().__init__(
            "The program has changed since this attempt was begun and no longer comes to what was recorded: "
            "it can be read, but not continued."
        )


class StaleStep(RecordsError):
    """The step has been taken already: a second click, another tab, or a page from before."""

    def __init__(self) -> None:
        super().__init__("The conversation has moved on since this page was drawn; here is where it stands now.")


class NotInAssessment(RecordsError):
    """Something that only practice allows."""

    def __init__(self) -> None:
        super().__init__("In an assessment an answer stands; only practice lets you take one back.")


class NothingToTakeBack(RecordsError):
    """No turn stands that could be taken back."""

    def __init__(self) -> None:
        super().__init__("There is no answer to take back yet.")


class StoryBroken(RecordsError):
    """The scenario has a place with no way on, which `simulator check` would have refused."""

    def __init__(self) -> None:
        super().__init__(
            "The scenario leads nowhere from here, so nothing was recorded; please tell whoever looks after it."
        )


class NotAllowed(RecordsError):
    """Something that this person may not do, or may not know of."""

    def __init__(self) -> None:
        super().__init__("This does not exist here, or is not yours to see.")


class SignInRefused(RecordsError):
    """A sign-in that did not succeed. It never says whether the name or the password was wrong."""


class LinkSpent(RecordsError):
    """An invitation or reset link that has been used, revoked, or is too old."""

    def __init__(self) -> None:
        super().__init__("This link has been used already, was taken back, or is too old. Ask for a new one.")


class Unfit(RecordsError):
    """Something that was entered cannot be taken as it is. The message says what and why."""


class DraftMissing(RecordsError):
    """A draft or version that is not there, or another programme's."""

    def __init__(self) -> None:
        super().__init__("This draft does not exist here, or has been thrown away.")


class DraftMoved(RecordsError):
    """Somebody has saved the draft since it was read. Nothing was written over theirs."""

    def __init__(self, by: str = "", at: str = "", head: int = 0) -> None:
        self.by, self.at, self.head = by, at, head
        who = f"{by} has" if by else "Somebody has"
        super().__init__(f"{who} saved this draft while you were writing; nothing of either was lost.")
