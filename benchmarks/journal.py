"""A touch to disk and a start, in a small journal and in one of eleven years.

``python -m benchmarks journal`` makes both journals (the large one takes some ten minutes and four gigabytes)
and removes them; ``python -m benchmarks journal PLACE EVENTS`` keeps them in a folder for the next time.

A plain write of 8 KiB that is flushed, a touch in one journal and a touch in the other are timed in turn,
so that whatever else the machine does falls on all of them. The plain write goes over the same prepared
file again and again, as the log does.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from desktop_app.app import open_parts
from desktop_app.core import events as e
from desktop_app.core.ports import Write
from desktop_app.store.clock import SystemClock
from desktop_app.store.folder import Folder
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from desktop_app.store.verify_heads import first_bad_head
from tests.stress.grown_journal import EVENTS_A_SESSION, NOW_US, grow, visit

SMALL = 10_000
LARGE = 5_000_000
_ROUNDS = 5_000
_WARM_UP = 600
"""So many touches go over the whole log once, as they have soon after a start."""
_STARTS = 25
_BLOCK = 8 * 1024
_FILE_BLOCKS = 500
_MOST = 3.5
_MOST_START = 1.2

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


def _touch(folder: Folder) -> Act:
    """Return an act that stores one touch of whole visits: seat, start, stop, note, end, sign."""
    clock, names = SystemClock(), TimeOrderedIdentities()
    made, session = 0, ""
    events: tuple[e.Event, ...] = ()

    def act() -> None:
        nonlocal made, session, events
        version = made % EVENTS_A_SESSION
        if version == 0:
            session = names.new()
            events = visit(session, made, NOW_US)
        stamp = e.Stamp(touch=names.new(), actor="R.N.", reading=clock.now())
        folder.journal.append([Write(e.session_stream(session), version, (events[version],))], stamp)
        made += 1

    return act


def _timed_us(act: Act) -> float:
    began = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - began) / 1000


def _start_us(path: Path) -> float:
    """Return how long it takes until a desk stands over a journal, with who is in the chairs."""
    began = time.perf_counter_ns()
    with open_parts(path, rules_later=True) as parts:
        took = (time.perf_counter_ns() - began) / 1000
        if not parts.desk.suite.sessions:
            sys.exit(f"Nobody is in a chair in {path}, so the start is not the one that is meant.")
    return took


def _made(place: Path, events: int) -> Path:
    path = place / str(events)
    if not path.exists():
        print(f"a journal of {events:,} events is being made", file=sys.stderr)
        grow(path, events)
    return path


def _starts(small: Path, large: Path) -> None:
    for path in (small, large):
        _start_us(path)
    pairs = [(_start_us(small), _start_us(large)) for _ in range(_STARTS)]
    first, second = (median(times) for times in zip(*pairs, strict=True))
    print(f"start, small journal       median {first:7.0f} µs")
    print(f"start, large journal       median {second:7.0f} µs")
    print(f"ratio                      median {second / first:7.2f}      at most {_MOST_START}")


def _touches(place: Path, small: Path, large: Path) -> None:
    plain, folders = _plain_write(place / "plain"), [open_folder(path) for path in (small, large)]
    acts = [plain, *(_touch(folder) for folder in folders)]
    for _ in range(_WARM_UP):
        for act in acts:
            act()
    # As the window does once all is loaded: what stays is not looked at for garbage again.
    gc.collect()
    gc.freeze()
    rounds = [_round(acts, folders, number) for number in range(_ROUNDS)]
    for folder in folders:
        folder.close()
    base, *touches = (_median_and_p99(list(times)) for times in zip(*rounds, strict=True))
    _say("8 KiB written and flushed", base)
    for name, found in zip(("small", "large"), touches, strict=True):
        _say(f"touch, {name} journal", found)
        print(
            f"ratio                      median {found[0] / base[0]:7.2f}      "
            f"p99 {found[1] / base[1]:7.2f}      at most {_MOST}"
        )


def _round(acts: list[Act], folders: list[Folder], number: int) -> list[float]:
    """Time each act once; another comes first each time, since the first finds the caches cold.

    What the window does within the second after a touch is done between the rounds, as it is there.
    """
    first = number % len(acts)
    times = [_timed_us(act) for act in (*acts[first:], *acts[:first])]
    for folder in folders:
        folder.upkeep.do_due()
    return [*times[len(acts) - first :], *times[: len(acts) - first]]


def _median_and_p99(times: list[float]) -> tuple[float, float]:
    hundredths = quantiles(times, n=100)
    return hundredths[49], hundredths[98]


def _say(what: str, found: tuple[float, float]) -> None:
    print(f"{what:<26} median {found[0]:7.0f} µs   p99 {found[1]:7.0f} µs")


def _verify(path: Path) -> None:
    folder = open_folder(path, read_only=True)
    events, _ = folder.journal.last()
    walked_s = _timed_us(lambda: verify(folder.journal)) / 1e6
    heads = sum(1 for _ in folder.heads.all())
    signed_s = _timed_us(lambda: first_bad_head(folder)) / 1e6
    folder.close()
    print(f"verify                     {events / walked_s:7.0f} events/s, {heads / signed_s:7.0f} heads/s")


def _measure(place: Path, events: int) -> None:
    small, large = _made(place, SMALL), _made(place, events)
    _starts(small, large)
    _touches(place, small, large)
    _verify(small)


def main(place: str = "", events: str = str(LARGE)) -> None:
    """Time starts and touches in both journals and print the ratios."""
    if place:
        _measure(Path(place), int(events))
        return
    with tempfile.TemporaryDirectory() as name:
        _measure(Path(name), int(events))


if __name__ == "__main__":
    main(*sys.argv[1:])
