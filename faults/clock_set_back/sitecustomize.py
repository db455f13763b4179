"""Loaded by Python itself at the start of a server whose clock the campaign sets back while it runs.

The file that FAULTS_CLOCK names holds by how many seconds. The operating system's clock is left alone: it belongs to
everybody on the machine. The class `datetime` keeps its identity, which compiled packages count on; only what its
methods say is another moment.
"""

import ctypes
import datetime
import gc
import os
import time

_NAMED = os.environ["FAULTS_CLOCK"]
_true_time = time.time


def _shifted_time() -> float:
    try:
        with open(_NAMED, encoding="ascii") as file:  # noqa: PTH123 (pathlib would be imported before the change)
            return _true_time() - float(file.read() or 0)
    except OSError:
        return _true_time()


def _now(cls: type[datetime.datetime], tz: datetime.tzinfo | None = None) -> datetime.datetime:
    return cls.fromtimestamp(_shifted_time(), tz)


def _utcnow(cls: type[datetime.datetime]) -> datetime.datetime:
    return cls.fromtimestamp(_shifted_time(), datetime.UTC).replace(tzinfo=None)


time.time = _shifted_time
time.time_ns = lambda: int(_shifted_time() * 1e9)
_methods = gc.get_referents(datetime.datetime.__dict__)[0]
_methods.update(now=classmethod(_now), utcnow=classmethod(_utcnow), today=classmethod(_now))
ctypes.pythonapi.PyType_Modified(ctypes.py_object(datetime.datetime))
