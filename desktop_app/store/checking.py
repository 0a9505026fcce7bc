"""Whether a backup is what was written: every byte of every file, every page, every event, the head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.core.ports import JournalError, MustWait, SecretRefused
from desktop_app.core.recordable import as_line
from desktop_app.store.backups import Backup
from desktop_app.store.database import Database, DatabaseKey, SqlError
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import Head
from desktop_app.store.manifest import Manifest, kept_file
from desktop_app.store.still import KeyOf, journal_of, open_still, plain_key_of
from desktop_app.store.verify import verify

_WELL = "ok"
_LONGEST_SHOWN = 600


def backup_fault(backup: Backup, key_of: KeyOf = plain_key_of) -> str:
    """Return what is wrong with a backup as half a sentence that names the file; empty when it is whole.

    Raises SecretRefused or MustWait where somebody's secret does not open it: that is no damage.
    """
    if backup.manifest is None:
        return backup.fault
    if fault := next(_file_faults(backup.path, backup.manifest), ""):
        return fault
    try:
        key = key_of(backup.path / KEYS_NAME)
    except (SecretRefused, MustWait):
        raise
    except JournalError as error:
        return str(error).rstrip(".")
    return copy_fault(backup.path / DATABASE_NAME, key, backup.manifest.head, backup.manifest.events)


def bytes_fault(backup: Backup) -> str:
    """Return which file of a backup is not what was written, without a key to it; empty when all are."""
    if backup.manifest is None:
        return backup.fault
    return next(_file_faults(backup.path, backup.manifest), "")


def copy_fault(path: Path, key: DatabaseKey, head: Head, events: int) -> str:
    """Return what is wrong with the copy of a journal, as half a sentence; empty when it is whole."""
    return page_fault(path, key) or journal_fault(path, key, head, events)


def page_fault(path: Path, key: DatabaseKey) -> str:
    """Return which page of a copy is not what was written, as half a sentence; empty when all are."""
    return _asked(path, key, _page_fault)


def journal_fault(path: Path, key: DatabaseKey, head: Head, events: int) -> str:
    """Return which event of a copy does not hold, as half a sentence; empty when all do."""
    return _asked(path, key, lambda database: _journal_fault(database, head, events))


def _asked(path: Path, key: DatabaseKey, ask: Callable[[Database], str]) -> str:
    try:
        database = open_still(path, key)
    except JournalError as error:
        return str(error).rstrip(".")
    try:
        return ask(database)
    except SqlError as error:
        return str(database.fault(error)).rstrip(".")
    except JournalError as error:
        return str(error).rstrip(".")
    finally:
        database.close()


def _file_faults(folder: Path, manifest: Manifest) -> Iterator[str]:
    for name, kept in manifest.files.items():
        path = folder / name
        shown = as_line(str(path), _LONGEST_SHOWN)
        try:
            # A link leads out of the backup, and a device has no end.
            found = None if path.is_symlink() or (path.exists() and not path.is_file()) else kept_file(path)
        except FileNotFoundError:
            yield f"{shown} is missing"
        except OSError as fault:
            yield f"{shown} cannot be read: {fault.strerror}"
        else:
            if found != kept:
                yield f"{shown} {'is no file' if found is None else 'is not what was written'}"
    for needed in sorted({DATABASE_NAME, KEYS_NAME} - manifest.files.keys()):
        yield f"{folder / needed} is not in its manifest"


def _page_fault(database: Database) -> str:
    bad = database.execute("PRAGMA cipher_integrity_check").fetchone()
    return f"{database.path} is not what was written ({bad[0]})" if bad is not None else ""


def _journal_fault(database: Database, head: Head, events: int) -> str:
    # The cipher copies a page it cannot open as one of zeros, and seals it: the engine sees that.
    (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if said != _WELL:
        return f"a page is not what was written ({said.splitlines()[-1]})"
    journal = journal_of(database)
    if bad := verify(journal, head):
        return bad.sentence
    if journal.last() != (head.seq, head.hash) or journal.origin != head.origin:
        return "its last event is not the one that was last written"
    found = journal.count()
    return "" if found == events else f"it holds {found} events and not {events}"
