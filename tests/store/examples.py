"""Touches and folders that the tests of this room share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from desktop_app.core import events as e
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.ports import Journal, Write
from desktop_app.store.database import Database, DatabaseKey, open_database
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, Folder
from desktop_app.store.keys import read_keys
from desktop_app.store.opening import open_folder
from tests.fakes import NEW_YORK, FakeClock, SequentialIdentities, at

NINE = at("2026-03-02T09:00")
VANCOMYCIN = Order(drug="vancomycin", category=Category.THERAPEUTIC, route=Route.IV_INFUSION)
NOBODY = 65534


def stamp(touch: str = "touch-1") -> e.Stamp:
    return e.Stamp(touch=touch, actor="R.N.", reading=FakeClock().now())


def seated(chair: str = "4", at_us: int = NINE) -> e.PatientSeated:
    return e.PatientSeated(
        at_us=at_us, chair=chair, mrn="0004821", initials="R.M.", zone=NEW_YORK, setting=Setting.FACILITY
    )


def started(service: str = "1", at_us: int = NINE) -> e.ServiceStarted:
    return e.ServiceStarted(at_us=at_us, service=service, order=VANCOMYCIN)


def ended() -> e.SessionEnded:
    return e.SessionEnded(at_us=NINE)


def line(line_id: str) -> e.SignedLine:
    return e.SignedLine(
        id=line_id,
        code="96365",
        units=1,
        modifiers=(),
        kind="administration",
        date=date(2026, 3, 2),
        services=("1",),
        drugs=("vancomycin",),
        minutes=60,
        start_us=NINE,
        stop_us=NINE,
        ndc="",
        why="the first hour",
        rules=("initial",),
        sources=(),
    )


def signed(*lines: str, version: int = 1) -> e.SessionSigned:
    sealed = tuple(line(name) for name in lines)
    return e.SessionSigned(at_us=NINE, version=version, rulebook="2026.1", profile="", head="", lines=sealed)


def prepared(batch: str, *lines: str) -> e.BatchPrepared:
    return e.BatchPrepared(at_us=NINE, batch=batch, folder="out", sessions=(), lines=lines, files=())


def sent(batch: str) -> e.BatchSent:
    return e.BatchSent(at_us=NINE, batch=batch)


def put(journal: Journal, stream: str, *events: e.Event, touch: str = "") -> tuple[e.Recorded, ...]:
    """Append events to a stream where it stands, each call one touch."""
    version = len(journal.load(stream))
    named = stamp(touch or f"{stream} {version}")
    return journal.append([Write(stream, version, events)], named)


def session(journal: Journal, name: str, *events: e.Event) -> None:
    """Seat a patient and append further events, each its own touch."""
    for event in (seated(), *events):
        put(journal, e.session_stream(name), event)


def open_here(path: Path) -> Folder:
    """Open a data folder with clocks and names that tests can foresee."""
    return open_folder(path, clock=FakeClock(), names=SequentialIdentities(f"id-{os.urandom(3).hex()}"))


def made_folder(path: Path, events: int = 3) -> Path:
    """Make a data folder that holds one session, and close it."""
    folder = open_here(path)
    session(folder.journal, "a", *(started(str(n)) for n in range(events - 1)))
    folder.close()
    return path


def abandon(folder: Folder) -> None:
    """Leave a folder as a crash does: the lock falls, and nothing is written any more."""
    folder._database.close()  # noqa: SLF001 - closing in order would keep the head
    assert folder._lock is not None  # noqa: SLF001 - as above
    folder._lock.release()  # noqa: SLF001 - as above


def raw_database(path: Path) -> Database:
    """Open the database beside the program's back, as somebody with the key could."""
    return open_database(path / DATABASE_NAME, read_keys(path / KEYS_NAME).database)


def other_key(key: DatabaseKey) -> DatabaseKey:
    return replace(key, key=bytes(32))


@contextmanager
def made_read_only(folder: Path) -> Iterator[None]:
    """Take away every right to write into a folder, for as long as the block runs."""
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


def plain_user_folder() -> Iterator[Path]:
    """Yield a new folder of a user without special rights, and be that user meanwhile."""
    folder = Path(mkdtemp())
    is_root = os.name != "nt" and os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        rmtree(folder)
