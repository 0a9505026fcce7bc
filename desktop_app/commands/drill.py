"""``chairtime drill``: damage a copy in every way we know, restore it, and tell what came back.

The folder itself is only read. The copy gets a backup, and then some events that are in no backup:
what is to be shown is not only that a backup comes back, but what of the time after it does.
"""

from __future__ import annotations

import errno
import os
import shutil
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from desktop_app.commands.damages import DAMAGES, Damage
from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import open_to_read
from desktop_app.core.events import RESTORE_STREAM, SUITE_STREAM, MarkMade, Stamp
from desktop_app.core.ports import JournalError, Write
from desktop_app.store.backup import AT_ONCE, Source, copy_pages, make_backup
from desktop_app.store.backup_state import known_backups
from desktop_app.store.backups import Backup
from desktop_app.store.clock import SystemClock
from desktop_app.store.database import open_database
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, Folder
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.keys import Keys, new_database_key, write_keys
from desktop_app.store.opening import open_folder
from desktop_app.store.places import default_place
from desktop_app.store.restore import Restored, restore
from desktop_app.store.verify import verify

LATER = 24
"""How many events follow on the backup."""
UNSEEN = "nothing: what is left is whole and ends earlier"
UNNOTICED = "nothing: the damage was not noticed"


class Copies(NamedTuple):
    """A copy of the folder closed in order, one as a crash left it, and how many events they have."""

    closed: Path
    crashed: Path
    events: int


class Outcome(NamedTuple):
    """What came of one damage."""

    said: str
    kept: int
    told: str
    is_good: bool


def run(arguments: Namespace) -> int:
    """Print what came of each damage; status 1 unless everything that could be was brought back."""
    with TemporaryDirectory(prefix="chairtime-drill-", dir=arguments.to) as place:
        copies = make_copies(arguments, Path(place))
        outcomes = [(damage, suffer(damage, copies, Path(place) / "case")) for damage in DAMAGES]
    page = Page()
    table = table_of("Damage to a copy", "What the program said", "Events back", "Lost", leading=1)
    for damage, outcome in outcomes:
        back = f"{outcome.kept:,} of {copies.events:,}"
        lost = f"{copies.events - outcome.kept:,}{outcome.told}"
        add_row(table, damage.name, outcome.said, back, lost, style="" if outcome.is_good else "bold")
    page.print(table)
    bad = [damage.name for damage, outcome in outcomes if not outcome.is_good]
    print(
        f"Less came back than there was to save: {'; '.join(bad)}."
        if bad
        else f"Everything that could be saved was, in all {len(outcomes)}."
    )
    return 1 if bad else 0


def make_copies(arguments: Namespace, place: Path) -> Copies:
    """Copy the journal, make a backup of the copy, and let some events follow on it."""
    clock, names = SystemClock(), TimeOrderedIdentities()
    data = place / "closed"
    data.mkdir()
    opened = open_to_read(arguments)
    try:
        if opened.journal.count() == 0:
            raise NothingDone(f"The journal in {opened.path} holds no event yet; there is nothing to damage.")
        _copy_under_new_key(opened, data)
    finally:
        opened.close()
    writer = open_folder(data, names=names)
    try:
        make_backup(Source(data, writer.database_key), default_place(place / "case"), clock, AT_ONCE)
        for n in range(LATER):
            reading = clock.now()
            mark = MarkMade(at_us=reading.wall_us, mark=f"drill {n + 1}")
            version = len(writer.journal.load(SUITE_STREAM))
            stamp = Stamp(touch=names.new(), actor="drill", reading=reading)
            writer.journal.append([Write(SUITE_STREAM, version, (mark,))], stamp)
        events = writer.journal.count()
        shutil.copytree(data, place / "crashed")
    finally:
        writer.close()
    return Copies(data, place / "crashed", events)


def _copy_under_new_key(folder: Folder, data: Path) -> None:
    """Copy the journal under a key of the copy's own: the folder's key is laid down nowhere."""
    key, file = new_database_key(), folder.path / DATABASE_NAME
    database = open_database(file, folder.database_key, read_only=True)
    try:
        copy_pages(database, data / DATABASE_NAME, key)
    finally:
        database.close()
    write_keys(data / KEYS_NAME, Keys(key, folder.known_head))


def suffer(damage: Damage, copies: Copies, path: Path) -> Outcome:
    """Damage a copy, do what the program offers, and tell what came of it."""
    shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(copies.crashed if damage.crashed else copies.closed, path)
    damage.do(path)
    said = why_refused(path)
    if damage.is_refusal:
        return Outcome(said or UNNOTICED, copies.events, ", nothing was touched", bool(said))
    (backup,) = known_backups(path)
    if damage.full_disk:
        said = f"{said} {_fails(path, backup)}"
    done = _restored(path, backup, said)
    kept = _events_in(path)
    least = copies.events - (LATER if damage.may_lose else 0)
    is_known = done.event.missing is None or done.event.missing <= copies.events - kept
    is_good = (bool(said) or damage.is_unseen) and kept >= least and is_known
    return Outcome(said or (UNSEEN if damage.is_unseen else UNNOTICED), kept, _told(done, damage), is_good)


def why_refused(path: Path) -> str:
    """Return what the program says of a folder at its start, or what its walk of the chain says."""
    try:
        folder = open_folder(path)
    except JournalError as fault:
        return _short(str(fault), path)
    try:
        bad = verify(folder.journal, folder.known_head)
        found = bad.sentence if bad else folder.journal.false_list()
    except JournalError as fault:
        found = str(fault)
    finally:
        with suppress(JournalError):
            folder.close()
    return _short(f"verify: {found}." if found else "", path)


def _short(said: str, path: Path) -> str:
    return said.replace(f"{path}{os.sep}", "").replace(str(path), "the folder")


def _restored(path: Path, backup: Backup, why: str) -> Restored:
    return restore(path, backup, clock=SystemClock(), names=TimeOrderedIdentities(), why=why, actor="drill")


def _fails(path: Path, backup: Backup) -> str:
    """Restore while the disk has no room, and return what that says; nothing may have changed."""
    before = (path / DATABASE_NAME).read_bytes()

    def fill_up(step: str) -> None:
        if step == "fill":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    try:
        restore(path, backup, clock=SystemClock(), names=TimeOrderedIdentities(), why="", step=fill_up)
    except JournalError as fault:
        is_same = (path / DATABASE_NAME).read_bytes() == before
        said = str(fault).replace(str(backup.path), backup.name)
        return said if is_same else "Something was changed all the same."
    return "It was restored on a full disk."


def _events_in(path: Path) -> int:
    """Return how many events of before are in a journal that is whole; none where it is not."""
    folder = open_folder(path, read_only=True)
    try:
        if verify(folder.journal, folder.known_head) or folder.journal.false_list():
            return 0
        return sum(1 for one in folder.journal.everything() if one.stream != RESTORE_STREAM)
    finally:
        folder.close()


def _told(done: Restored, damage: Damage) -> str:
    if not damage.may_lose:
        return ""
    where = "in the log alone" if damage.crashed else "in the part that is gone"
    return f", they were {where}" if done.event.salvaged < LATER else ""
