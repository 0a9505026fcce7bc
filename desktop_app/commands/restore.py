"""``chairtime restore``: put the journal back from a backup, with all that can still be read."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from desktop_app import paths
from desktop_app.commands.backup import row_words
from desktop_app.commands.backup_words import outlook_words, restored_words
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import keys_asked
from desktop_app.commands.who_restores import WhoRestores
from desktop_app.core.ports import JournalError
from desktop_app.store.backup_state import known_backups
from desktop_app.store.backups import Backup, at
from desktop_app.store.checking import backup_fault
from desktop_app.store.clock import SystemClock
from desktop_app.store.faults import FolderLocked
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.opening import open_folder
from desktop_app.store.restore import outlook, restore
from desktop_app.store.still import KeyOf

NEWEST = "newest"
ASKED = "A person asked for it; the journal could be opened."


def run(arguments: Namespace) -> int:
    """List the backups, or put one back: by its number in the list, its name, or the newest good one."""
    folder: Path = arguments.data_dir or paths.user_data_dir()
    found = at(arguments.source) if arguments.source else known_backups(folder)
    if not found:
        raise NothingDone(f"There is no backup {_where(arguments.source, folder)}.")
    which, key_of = arguments.which, keys_asked(arguments, folder)
    if not which or arguments.list:
        _print(folder, found, key_of)
        if arguments.list or not sys.stdin.isatty():
            print("`chairtime restore newest`, or a number or a name of these, puts one back.")
            return 0
        which = input("Which one (Enter for none)? ").strip()
        if not which:
            return 0
    who = WhoRestores(folder, key_of)
    backup = newest_good(found, key_of) if which == NEWEST else _chosen(found, which)
    clock, names, why = SystemClock(), TimeOrderedIdentities(), why_not_opened(folder) or ASKED
    done = restore(
        folder,
        backup,
        clock=clock,
        names=names,
        why=why,
        actor=who.of(backup),
        key_of=key_of,
    )
    if done.refused:
        print(f"The note of an earlier restore was not one of Chairtime's; it is kept as {done.refused}.")
    print(f"The journal is back. {restored_words(done.event)}")
    return 0


def why_not_opened(folder: Path) -> str:
    """Return in one sentence why the journal cannot be opened; empty where it can."""
    try:
        open_folder(folder, read_only=True).close()
    except FolderLocked:
        return ""
    except JournalError as fault:
        return str(fault)
    return ""


def newest_good(found: list[Backup], key_of: KeyOf) -> Backup:
    """Return the newest backup that is what was written. Raises NothingDone."""
    for backup in found:
        if not backup_fault(backup, key_of):
            return backup
    raise NothingDone("None of the backups is what was written; `chairtime backup --check` says why.")


def _print(folder: Path, found: list[Backup], key_of: KeyOf) -> None:
    now_us = SystemClock().now().wall_us
    for number, backup in enumerate(found, start=1):
        print(f"{number:3}  {row_words(backup, now_us)}")
    try:
        ahead = outlook(folder, newest_good(found, key_of), key_of)
        print(f"The newest good one brings back {outlook_words(ahead)}.")
    except JournalError as fault:
        print(fault)


def _chosen(found: list[Backup], which: str) -> Backup:
    by_number = {str(number): backup for number, backup in enumerate(found, start=1)}
    by_name = {backup.name: backup for backup in found}
    backup = by_number.get(which) or by_name.get(which)
    if backup is None:
        raise NothingDone(f"There is no backup {which} in the list.")
    return backup


def _where(source: Path | None, folder: Path) -> str:
    return f"in {source}" if source else f"of {folder}"
