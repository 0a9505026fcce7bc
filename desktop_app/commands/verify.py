"""``chairtime verify``: walk the whole journal, make its lists again, and name the first fault."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop_app import paths
from desktop_app.commands.unlocking import keys_asked, open_to_read
from desktop_app.store.verify import verify
from desktop_app.ui.words import count_words

MANIFEST_NAME = "manifest.json"


def run(arguments: Namespace) -> int:
    """Print what was checked; status 1 when an event, a list or a file of a backup is bad."""
    path: Path = arguments.data_dir or paths.user_data_dir()
    is_backup = (path / MANIFEST_NAME).exists()
    return _verify_backup(path, arguments) if is_backup else _verify_journal(arguments)


def _verify_journal(arguments: Namespace) -> int:
    folder = open_to_read(arguments)
    try:
        bad = verify(folder.journal, folder.known_head)
        fault = bad.sentence if bad else folder.journal.false_list()
        events, link = folder.journal.count(), folder.journal.head()
    finally:
        folder.close()
    if fault:
        print(f"The journal is not whole: {fault}.")
        return 1
    print(f"The journal is whole: {count_words(events, 'event', 'events')}, chain head {link[:16]}.")
    return 0


def _verify_backup(path: Path, arguments: Namespace) -> int:
    """Check a backup as it lies there: nothing in its folder changes by being read."""
    from desktop_app.store.backups import read_backup  # noqa: PLC0415 - a journal needs none of it
    from desktop_app.store.checking import backup_fault  # noqa: PLC0415 - as above

    backup = read_backup(path)
    fault = backup_fault(backup, keys_asked(arguments, path))
    if fault or backup.manifest is None:
        print(f"The backup is not whole: {fault}.")
        return 1
    told = count_words(backup.manifest.events, "event", "events")
    print(f"The backup is whole: {told}, chain head {backup.manifest.head.hash[:16]}.")
    return 0
