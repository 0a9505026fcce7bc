"""A journal of any size, made by the program's own code a thousand sessions a transaction.

Every session is of twenty events, signed, sent and under a signed head, but for the last ones,
whose patients are still in their chairs: the same twenty whatever the size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.core import events as e
from desktop_app.core.moments import MINUTE_US, ClockReading
from desktop_app.core.ports import Write
from desktop_app.store.database import immediate
from desktop_app.store.folder import Folder
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.opening import open_folder
from tests.fakes import at
from tests.store.examples import line, seated, started

EVENTS_A_SESSION = 20
RUNNING = 20
LINES = 4
SESSIONS_A_DAY = 60
_PAIRS = 8
_DAY_US = 24 * 60 * MINUTE_US
NOW_US = at("2026-03-02T15:00")
"""When the last patients of every journal sit in their chairs."""
Told = Callable[[int], object]


def grow(path: Path, events: int, told: Told = bool) -> None:
    """Make a data folder whose journal holds so many events, and some for the batches; close it."""
    folder, names = open_folder(path), TimeOrderedIdentities()
    done = max(0, events // EVENTS_A_SESSION - RUNNING)
    for day, first in enumerate(range(0, done, SESSIONS_A_DAY), start=1):
        with immediate(folder.journal._connection):  # noqa: SLF001 - the real code, without a wait for each
            day_us = NOW_US - (done - first) // SESSIONS_A_DAY * _DAY_US - _DAY_US
            sessions = [names.new() for _ in range(min(SESSIONS_A_DAY, done - first))]
            for number, session in enumerate(sessions):
                _store(folder, names, session, visit(session, number, day_us), day_us)
                folder.heads._signed()  # noqa: SLF001 - as above
            _send(folder, names, day, sessions, day_us)
        told(first * EVENTS_A_SESSION)
    for number in range(RUNNING):
        with immediate(folder.journal._connection):  # noqa: SLF001 - as above
            session = names.new()
            _store(folder, names, session, visit(session, number, NOW_US - 60 * MINUTE_US)[:2], NOW_US)
    folder.close()


def visit(session: str, number: int, day_us: int) -> tuple[e.Event, ...]:
    """Return a visit from seated to signed, an event a touch."""
    seat = replace(seated(str(number % RUNNING + 1), day_us), mrn=f"{number:07}")
    pairs: list[e.Event] = []
    for service in range(_PAIRS):
        at_us = day_us + service * 20 * MINUTE_US
        pairs += [
            started(str(service), at_us),
            e.ServiceStopped(at_us=at_us + 15 * MINUTE_US, service=str(service)),
        ]
    end_us = day_us + 200 * MINUTE_US
    lines = tuple(line(f"{session}.1.{n}") for n in range(LINES))
    sign = e.SessionSigned(
        at_us=end_us, version=1, rulebook="2026.1", profile="medicare", head="", lines=lines
    )
    note = e.NoteAdded(at_us=end_us, text="Went home well.")
    return (seat, *pairs, note, e.SessionEnded(at_us=end_us), sign)


def _send(
    folder: Folder, names: TimeOrderedIdentities, number: int, sessions: Sequence[str], at_us: int
) -> None:
    lines = tuple(f"{session}.1.{n}" for session in sessions for n in range(LINES))
    batch = names.new()
    prepared = e.BatchPrepared(at_us=at_us, batch=batch, folder="out", sessions=(), lines=lines, files=())
    sent = e.BatchSent(at_us=at_us, batch=batch)
    stamp = _stamp(names, at_us)
    write = Write(e.EXPORT_STREAM, 2 * (number - 1), (prepared, sent))
    _take(folder, write, stamp)


def _store(
    folder: Folder, names: TimeOrderedIdentities, session: str, events: tuple[e.Event, ...], at_us: int
) -> None:
    _take(folder, Write(e.session_stream(session), 0, events), _stamp(names, at_us))


def _take(folder: Folder, write: Write, stamp: e.Stamp) -> None:
    journal = folder.journal
    journal._tables.follow(tuple(journal._insert([write], stamp)))  # noqa: SLF001 - as above


def _stamp(names: TimeOrderedIdentities, at_us: int) -> e.Stamp:
    reading = ClockReading(at_us, at_us, "boot-1", "America/New_York", -18_000)
    return e.Stamp(touch=names.new(), actor="R.N.", reading=reading)
