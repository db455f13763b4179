"""Those who write at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from simulator.records.turns import Turns


def _on_its_own(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_one_writes_and_the_others_wait_until_it_is_done() -> None:
    turns = Turns(patience=60)
    begun, go_on, order = threading.Event(), threading.Event(), list[str]()

    def first() -> None:
        with turns.one():
            begun.set()
            go_on.wait(60)
            order.append("first")

    def second() -> None:
        waiting.set()
        with turns.one():
            order.append("second")

    waiting = threading.Event()
    writers = [_on_its_own(first)]
    assert begun.wait(60)
    writers.append(_on_its_own(second))
    assert waiting.wait(60)
    writers[1].join(timeout=0.2)
    assert order == []
    go_on.set()
    for writer in writers:
        writer.join(timeout=60)
    assert order == ["first", "second"]


def test_a_writer_that_fails_does_not_keep_the_turn() -> None:
    turns = Turns(patience=60)
    with pytest.raises(OSError, match="disk"), turns.one():
        raise OSError("the disk is full")
    done = threading.Event()

    def write() -> None:
        with turns.one():
            done.set()

    _on_its_own(write).join(timeout=60)
    assert done.is_set()


def test_whoever_has_waited_long_enough_tries_without_a_turn_and_takes_nobodys() -> None:
    turns = Turns(patience=0.01)
    stuck, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        with turns.one():
            stuck.set()
            go_on.wait(60)

    hanging = _on_its_own(hang)
    assert stuck.wait(60)
    with turns.one():
        assert hanging.is_alive()
    assert turns._writing.locked()
    go_on.set()
    hanging.join(timeout=60)
    assert not turns._writing.locked()
