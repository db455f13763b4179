"""Things kept at hand for as long as they are used, up to a number of them."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class LastUsed(Generic[Key, Thing]):
    """The things used last; the one unused for longest makes room. Usable from any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Thing] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Thing | None:
        """The thing, if it is at hand."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, thing: Thing) -> None:
        """Keep a thing at hand, in place of what was there."""
        with self._lock:
            self._kept[key] = thing
            self._tidy(key)

    def keep(self, key: Key, thing: Thing) -> Thing:
        """Keep a thing at hand unless there is one already; gives the one that is kept."""
        with self._lock:
            kept = self._kept.setdefault(key, thing)
            self._tidy(key)
            return kept

    def _tidy(self, key: Key) -> None:
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
