"""A touch to disk, against the least it could cost: 8 KiB written and flushed, in the same run.

Both are timed in turn, a pair at a time, so that whatever else the machine does falls on both.
The plain write goes over the same prepared file again and again, as the WAL does.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from desktop_app.core import events as e
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.ports import Write
from desktop_app.store.clock import SystemClock
from desktop_app.store.folder import open_folder
from desktop_app.store.journal import SqlJournal

_PAIRS = 2_000
_TOUCHES_A_SESSION = 20
_BLOCK = 8 * 1024
_FILE_BLOCKS = 500
_ORDER = Order(drug="infliximab", category=Category.CHEMO, route=Route.IV_INFUSION, planned_minutes=120)

Act = Callable[[], object]


def _plain_write(path: Path) -> Act:
    """Return an act that writes 8 KiB over a prepared file and flushes it."""
    flush = getattr(os, "fdatasync", os.fsync)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))
    block = os.urandom(_BLOCK)
    for _ in range(_FILE_BLOCKS):
        os.write(handle, block)
    os.fsync(handle)

    def act() -> None:
        if os.lseek(handle, 0, os.SEEK_CUR) >= _FILE_BLOCKS * _BLOCK:
            os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, block)
        flush(handle)

    return act


def _touch(journal: SqlJournal) -> Act:
    """Return an act that stores one touch: every twentieth seats a patient, the others start a service."""
    clock = SystemClock()
    made = 0

    def act() -> None:
        nonlocal made
        session, version = divmod(made, _TOUCHES_A_SESSION)
        stamp = e.Stamp(touch=f"touch-{made}", actor="R.N.", reading=clock.now())
        event = _event(version, stamp.reading.wall_us)
        journal.append([Write(e.session_stream(f"{session:032}"), version, (event,))], stamp)
        made += 1

    return act


def _event(version: int, at_us: int) -> e.Event:
    if version:
        return e.ServiceStarted(at_us=at_us, service=str(version), order=_ORDER)
    return e.PatientSeated(
        at_us=at_us, chair="4", mrn="0004821", initials="R.M.", zone="UTC", setting=Setting.FACILITY
    )


def _timed_us(act: Act) -> float:
    began = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - began) / 1000


def _median_and_p99(times: list[float]) -> tuple[float, float]:
    hundredths = quantiles(times, n=100)
    return hundredths[49], hundredths[98]


def main() -> None:
    """Time the pairs and print both, with their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = open_folder(Path(name) / "data")
        plain, touch = _plain_write(Path(name) / "plain"), _touch(folder.journal)
        pairs = [(_timed_us(plain), _timed_us(touch)) for _ in range(_PAIRS)]
        folder.close()
    base, touched = (_median_and_p99(list(times)) for times in zip(*pairs, strict=True))
    print(f"8 KiB written and flushed  median {base[0]:7.0f} µs   p99 {base[1]:7.0f} µs")
    print(f"one touch to disk          median {touched[0]:7.0f} µs   p99 {touched[1]:7.0f} µs")
    print(
        f"ratio                      median {touched[0] / base[0]:7.2f}      p99 {touched[1] / base[1]:7.2f}"
    )


if __name__ == "__main__":
    main()
