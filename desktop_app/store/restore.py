"""Put a journal back from a backup: what was there goes into quarantine, and nothing is deleted.

The new journal is made whole beside the old one. Then one small file says that it is to take its
place; from that instant on whoever opens the folder finishes what was begun, so that a cut at any
step leaves the old journal or the new one, and never half of each.

::

    restoring/   the backup's copy, with what could be salvaged, and the restore as an event of a new epoch
    restore.json says that it is whole, and which folder of quarantine takes what was there
    quarantine/2026-03-02T171500Z/   chairtime.db, -wal, -shm, keys.json and why.txt, as they were
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop_app.core.events import RESTORE_STREAM, JournalRestored, Stamp
from desktop_app.core.ports import Clock, Identities, JournalError, Write
from desktop_app.core.values import dataclass
from desktop_app.store.backup_state import before_restore
from desktop_app.store.backups import OWN_FILES, Backup
from desktop_app.store.chain import EventRow
from desktop_app.store.checking import backup_fault
from desktop_app.store.database import DatabaseKey, SqlError, open_database
from desktop_app.store.durable_file import sync_folder, write_durably
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.faults import BackupFailed, KeyFileUnusable, RestoreNoteUnusable
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, LOCK_NAME, RESTORE_NAME
from desktop_app.store.journal import SqlJournal
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import Head, read_key_file
from desktop_app.store.manifest import Manifest, kept_file
from desktop_app.store.migrations import migrate
from desktop_app.store.opening import make_folder
from desktop_app.store.origins import begin_origin, current_origin, keep_epochs
from desktop_app.store.quarantine import (
    RESTORING,
    finish_restore,
    free_quarantine,
    is_cut_off,
    refuse_restore,
)
from desktop_app.store.resealing import seal, slots_in_force
from desktop_app.store.salvage import End, Epoch, ends_of, salvage, take_all
from desktop_app.store.standing import Standing
from desktop_app.store.still import KeyOf, keys_with, open_still, plain_key_of

Step = Callable[[str], object]
"""Told of each step before it is taken; a proof cuts it off there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a restore from a backup would bring back, and what not."""

    backup: Backup
    events: int
    salvaged: int
    missing: int | None
    """How many more are known to have been recorded; None where nothing says how many there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did."""

    event: JournalRestored
    quarantine: Path | None
    refused: Path | None = None
    """What the note of an earlier restore is called now, where nothing of ours had written it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What there is to put back."""

    manifest: Manifest
    key: DatabaseKey
    ends: dict[int, End]
    rows: list[EventRow]
    epochs: list[Epoch]
    missing: int | None


def _nothing(_step: str) -> None:
    """Let every step be taken."""


def outlook(folder: Path, backup: Backup, key_of: KeyOf = plain_key_of) -> Outlook:
    """Return what a restore would bring back; nothing is changed. Raises BackupFailed."""
    found = _find(folder, backup, key_of)
    events, salvaged = found.manifest.events, len(found.rows)
    return Outlook(backup=backup, events=events, salvaged=salvaged, missing=found.missing)


def restore(
    folder: Path,
    backup: Backup,
    *,
    clock: Clock,
    names: Identities,
    why: str,
    actor: str = "",
    key_of: KeyOf = plain_key_of,
    step: Step = _nothing,
) -> Restored:
    """Put the journal of a data folder back from a backup, and keep what else follows on it.

    Raises BackupFailed, or another JournalError, in one sentence with the folder as it was.
    """
    make_folder(folder)
    lock = FolderLock(folder / LOCK_NAME)
    try:
        # A note that cannot be followed is put aside once there is a backup to put back instead.
        with suppress(RestoreNoteUnusable):
            finish_restore(folder)
        return _restored(folder, backup, clock, names, why, actor, key_of, step)
    except OSError as fault:
        _forget(folder)
        sentence = f"The backup {backup.path} cannot be put back: {fault.strerror}. Nothing was changed."
        raise BackupFailed(sentence) from fault
    except JournalError:
        _forget(folder)
        raise
    finally:
        lock.release()


def _restored(
    folder: Path,
    backup: Backup,
    clock: Clock,
    names: Identities,
    why: str,
    actor: str,
    key_of: KeyOf,
    step: Step,
) -> Restored:
    found = _find(folder, backup, key_of)
    new = folder / RESTORING
    refused = refuse_restore(folder) if is_cut_off(folder) else None
    step("begin")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    for name in (DATABASE_NAME, KEYS_NAME):
        step(f"copy {name}")
        _copy(backup.path / name, new / name, found.manifest)
    reading = clock.now()
    quarantine = free_quarantine(folder, reading.wall_us)
    event = JournalRestored(
        at_us=reading.present_us,
        backup=backup.name,
        made_us=found.manifest.made_us,
        events=found.manifest.events,
        salvaged=len(found.rows),
        missing=found.missing,
        kept_until_us=None,
        origin_before="",
        quarantine=quarantine.name if quarantine else "",
        why=why,
    )
    stamp = Stamp(touch=names.new(), actor=actor, reading=reading)
    step("seal")
    seal(new / KEYS_NAME, slots_in_force(folder, backup))
    step("fill")
    event = _fill(new, found.key, found, event, stamp, names)
    step("own files")
    _put_own_files(folder, backup, found.manifest)
    before_restore(folder)
    step("say so")
    sync_folder(new)
    write_durably(folder / RESTORE_NAME, json.dumps({"quarantine": event.quarantine, "why": why}))
    finish_restore(folder, step)
    return Restored(event=event, quarantine=quarantine, refused=refused)


def _find(folder: Path, backup: Backup, key_of: KeyOf) -> _Found:
    manifest, fault = backup.manifest, backup_fault(backup, key_of)
    if manifest is None or fault:
        raise BackupFailed(f"The backup {backup.path} is not good: {fault}.")
    key = key_of(backup.path / KEYS_NAME)
    database = open_still(backup.path / DATABASE_NAME, key)
    try:
        ends = ends_of(database)
    except SqlError as error:
        raise database.fault(error) from error
    finally:
        database.close()
    keys, head = _keys_of(folder, key_of)
    rows, epochs = salvage(folder / DATABASE_NAME, list(dict.fromkeys((*keys, key))), ends)
    missing = _missing(ends, rows, head)
    return _Found(manifest=manifest, key=key, ends=ends, rows=rows, epochs=epochs, missing=missing)


def _keys_of(folder: Path, key_of: KeyOf) -> tuple[list[DatabaseKey], Head | None]:
    """Return the key of the folder that is to be restored, and where its journal was last known to stand."""
    try:
        head = read_key_file(folder / KEYS_NAME).head
    except KeyFileUnusable:
        return [], None
    # Where nobody can open that key file, the backup's key may be the same one.
    with suppress(JournalError):
        return [key_of(folder / KEYS_NAME)], head
    return [], head


def _missing(ends: dict[int, End], rows: list[EventRow], head: Head | None) -> int | None:
    """Return how many events are known to have followed; None where the key file does not say."""
    if head is None:
        return None
    kept = {end.origin: end.seq for end in ends.values()} | {row.origin: row.origin_seq for row in rows}
    return max(0, head.seq - kept.get(head.origin, 0))


def _copy(path: Path, into: Path, manifest: Manifest) -> None:
    shutil.copyfile(path, into)
    into.chmod(0o600)
    if kept_file(into) != manifest.files[path.name]:
        raise BackupFailed(f"The file {path} could not be copied as it is.")


def _fill(
    new: Path,
    key: DatabaseKey,
    found: _Found,
    event: JournalRestored,
    stamp: Stamp,
    names: Identities,
) -> JournalRestored:
    """Add what was salvaged, begin a new epoch and record the restore in it; return what was recorded."""
    file = new / DATABASE_NAME
    database = open_database(file, key)
    try:
        migrate(database, file)
        keep_epochs(database, found.epochs)
        before = current_origin(database)
        take_all(SqlJournal(database, names, before, Standing(file)), found.rows)
        begin_origin(database, names.new(), stamp.reading.wall_us)
        journal = SqlJournal(database, names, current_origin(database), Standing(file))
        kept_until_us = journal.last_recorded_us(before)
        event = replace(event, origin_before=before, kept_until_us=kept_until_us)
        history = journal.load(RESTORE_STREAM)
        journal.append([Write(RESTORE_STREAM, len(history), (event,))], stamp)
        seq, link = journal.last()
    except SqlError as error:
        raise database.fault(error) from error
    finally:
        database.close()
    KeyFile(new / KEYS_NAME, keys_with(new / KEYS_NAME, key)).keep_head(Head(journal.origin, seq, link))
    return event


def _put_own_files(folder: Path, backup: Backup, manifest: Manifest) -> None:
    """Put back the practice's own files where there are none at all; what is there is newer."""
    there = {name for name in OWN_FILES if (folder / name).exists()}
    for name in manifest.files:
        first = name.split("/")[0]
        if first in OWN_FILES and first not in there:
            into = folder / name
            into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(into, (backup.path / name).read_bytes())


def _forget(folder: Path) -> None:
    """Take away what a restore had begun that could not go on; one that was decided on is finished later."""
    if not (folder / RESTORE_NAME).exists():
        with suppress(OSError):
            shutil.rmtree(folder / RESTORING)
