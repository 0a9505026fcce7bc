"""``chairtime backup``: make one now, list them, or check them byte by byte and event by event."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from pathlib import Path

from desktop_app import paths
from desktop_app.commands.backup_words import age_words, events_words, size_words
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import keys_asked_of, open_to_read
from desktop_app.core.moments import local_time
from desktop_app.core.ports import Clock, JournalError, MustWait, SecretRefused
from desktop_app.store.backup import GENTLE, Source, make_backup
from desktop_app.store.backup_state import (
    BackupState,
    after_failure,
    after_success,
    is_last_gone,
    keep_state,
    known_backups,
    read_state,
)
from desktop_app.store.backups import Backup, at
from desktop_app.store.checking import backup_fault
from desktop_app.store.clock import SystemClock
from desktop_app.store.database import DatabaseKey
from desktop_app.store.faults import DatabaseDamaged
from desktop_app.store.open_copies import open_copies
from desktop_app.store.places import backup_place
from desktop_app.store.still import AskedKeys

KEY_BYTES, SALT_BYTES = 32, 16
_KINDER = 10
WHOLE = "whole, every byte and every event."
"""Whoever works at the window goes first."""


def run(arguments: Namespace) -> int:
    """Do what was asked; status 1 when a backup is not what was written."""
    folder: Path = arguments.data_dir or paths.user_data_dir()
    if arguments.list:
        return _list(folder, arguments.to)
    if arguments.check is not None:
        return _check(folder, arguments)
    if arguments.key_on_stdin:
        return _make_for_window(folder, arguments.to)
    return _make(folder, arguments)


def _make(folder: Path, arguments: Namespace) -> int:
    opened = open_to_read(arguments)
    try:
        place = arguments.to or backup_place(opened.settings.get("backup-folder"), folder)
        source = Source(folder, opened.database_key)
    finally:
        opened.close()
    newest = next(iter(known_backups(folder)), None)
    state = try_backup(source, place)
    if state.fault:
        raise NothingDone(state.fault)
    if newest is not None and newest.name == state.name:
        print(f"Nothing was recorded since backup {state.name} was made, so it stays the newest.")
    else:
        print(f"Backup {state.name} is made and checked: {events_words(state.events)}, in {place}.")
    return 0


def try_backup(source: Source, place: Path, clock: Clock | None = None) -> BackupState:
    """Make a backup, write down what became of it, and return that."""
    clock = clock or SystemClock()
    before = read_state(source.folder)
    try:
        state = after_success(before, place, make_backup(source, place, clock, GENTLE), clock.now().wall_us)
    except JournalError as fault:
        is_damaged = isinstance(fault, DatabaseDamaged)
        state = after_failure(before, place, str(fault), clock.now().wall_us, is_damaged=is_damaged)
    keep_state(source.folder, state)
    return state


def _make_for_window(folder: Path, to: Path) -> int:
    """Make one with the key that the window gives, and answer in one line of JSON."""
    if hasattr(os, "nice"):
        os.nice(_KINDER)
    raw = bytes.fromhex(sys.stdin.read(2 * (KEY_BYTES + SALT_BYTES)))
    state = try_backup(Source(folder, DatabaseKey(raw[:KEY_BYTES], raw[KEY_BYTES:])), to)
    print(json.dumps({"name": state.name, "fault": state.fault, "open": len(open_copies(folder, to))}))
    return 1 if state.fault else 0


def _found(folder: Path, to: Path | None) -> list[Backup]:
    return at(to) if to else known_backups(folder)


def _list(folder: Path, to: Path | None) -> int:
    """Print the backups, newest first, after what is wrong with making them."""
    state, now_us = read_state(folder), SystemClock().now().wall_us
    print(state_words(state, now_us))
    for number, backup in enumerate(_found(folder, to), start=1):
        print(f"{number:3}  {row_words(backup, now_us)}")
    return 1 if state.fault else 0


def state_words(state: BackupState, now_us: int) -> str:
    """Say where backups go, when the last was made, and what went wrong since."""
    last = f"the last was made {age_words(now_us - state.made_us)}" if state.name else "none was made yet"
    if is_last_gone(state):
        last += f", and {state.name} is not to be found there any more"
    fault = f"\nThe last try made none: {state.fault}" if state.fault else ""
    return f"Backups go to {state.place}; {last}.{fault}"


def row_words(backup: Backup, now_us: int) -> str:
    """Tell a backup in one line."""
    manifest = backup.manifest
    if manifest is None:
        return f"{backup.name}  {backup.fault}"
    made = f"{local_time(manifest.made_us, 'UTC'):%Y-%m-%d %H:%M} UTC"
    told = (backup.name, made, age_words(now_us - manifest.made_us), events_words(manifest.events))
    return "  ".join((*told, size_words(backup)))


def _check(folder: Path, arguments: Namespace) -> int:
    """Check every backup, or the one of a name; each is told in a line."""
    name = arguments.check
    found = [backup for backup in _found(folder, arguments.to) if name in {"", backup.name}]
    if not found:
        raise NothingDone(f"There is no backup {name}." if name else "There are no backups to check.")
    # An older one has the passphrases of its day: that today's opens it no more is nobody's wrong try here.
    key_of, is_well = keys_asked_of(arguments, found[0].path), True
    for backup in found:
        told = _checked(backup, key_of)
        is_well = is_well and told == WHOLE
        print(f"{backup.name}: {told}")
    return 0 if is_well else 1


def _checked(backup: Backup, key_of: AskedKeys) -> str:
    """Say of a backup whether it is whole; an older one may open with a passphrase of its own day only."""
    try:
        fault = backup_fault(backup, key_of)
    except (SecretRefused, MustWait, NothingDone) as refused:
        if not key_of.has_opened:
            raise
        return f"not opened, so only its bytes are checked: {refused}"
    return f"not good: {fault}." if fault else WHOLE
