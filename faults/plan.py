"""Which faults there are and how often each is tried in the tests, in a short campaign and in a long one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from faults import clicks, clock, content, full, killed, locked, power_cut, read_only, shared
from faults.server import Server
from faults.verdict import Verdict

Fault = Callable[[Server, Random], Verdict]
"""Does its harm to a running server, which it leaves running or ended, with everything else put back."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault and how many times it is tried."""

    fault: Fault
    in_tests: int
    short: int
    long: int

    @property
    def name(self) -> str:
        """The fault in words."""
        return f"{self.fault.__name__}".replace("_", " ")

    @property
    def what(self) -> str:
        """What is done, in a sentence."""
        return (self.fault.__doc__ or "").strip().splitlines()[0]


PLAN = (
    Planned(killed.killed, 2, 10, 100),
    Planned(killed.killed_while_beginning, 0, 1, 20),
    Planned(killed.killed_while_writing, 0, 1, 20),
    Planned(killed.killed_at_the_first_start, 0, 1, 10),
    Planned(power_cut.power_cut, 0, 1, 5),
    Planned(shared.two_tabs, 1, 1, 10),
    Planned(shared.two_browsers, 1, 1, 10),
    Planned(shared.two_attempts, 0, 1, 10),
    Planned(clicks.triple_click, 1, 1, 10),
    Planned(clicks.hasty_clicks, 1, 1, 10),
    Planned(clicks.stale_click, 1, 1, 10),
    Planned(clicks.triple_take_back, 0, 1, 10),
    Planned(clicks.stale_stop, 0, 1, 10),
    Planned(read_only.read_only_disk, 0, 1, 10),
    Planned(read_only.read_only_start, 1, 1, 10),
    Planned(locked.locked_too_long, 1, 1, 10),
    Planned(locked.locked_for_a_moment, 0, 1, 10),
    Planned(locked.locked_at_the_start, 0, 1, 5),
    Planned(full.full_disk, 0, 1, 10),
    Planned(full.file_size_limit, 1, 1, 10),
    Planned(content.edited, 0, 1, 10),
    Planned(content.broken, 0, 1, 10),
    Planned(content.deleted, 0, 1, 10),
    Planned(content.edited_broken_deleted, 1, 1, 5),
    Planned(content.rubrics_gone, 0, 1, 5),
    Planned(content.all_gone, 0, 1, 5),
    Planned(clock.clock_set_back, 1, 1, 12),
)
