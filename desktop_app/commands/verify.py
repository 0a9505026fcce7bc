"""``chairtime verify``: walk the whole journal, make its lists again, and name the first fault.

What was noted elsewhere is held against it: a head, a batch's manifest, a batch with all its files.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop_app import paths
from desktop_app.commands.history_check import fault_of_history
from desktop_app.commands.noted import fault_of_batch, fault_of_head, fault_of_manifest
from desktop_app.commands.progress import seen_progress
from desktop_app.commands.unlocking import keys_asked_of, open_to_read
from desktop_app.store.folder import Folder
from desktop_app.store.manifest import is_backup
from desktop_app.store.signed_head import fingerprint
from desktop_app.store.verify import verify
from desktop_app.store.verify_heads import first_bad_head, missing_heads
from desktop_app.store.verify_slots import foreign_slot
from desktop_app.ui.words import count_words

NO_HEAD = "No head of this journal is signed yet; one is when a session is signed, and at quit."


def run(arguments: Namespace) -> int:
    """Print what was checked; status 1 when an event, head, list, file or what was noted is not right."""
    path: Path = arguments.data_dir or paths.user_data_dir()
    if is_backup(path):
        return _verify_backup(path, arguments)
    folder = open_to_read(arguments)
    try:
        if arguments.fingerprint == "":
            return _told_fingerprint(folder)
        fault = _first_fault(folder)
        if not fault:
            _tell(folder)
            fault = foreign_slot(folder) or _fault_of_noted(folder, arguments)
    finally:
        folder.close()
    if fault:
        print(fault)
    return 1 if fault else 0


def _first_fault(folder: Folder) -> str:
    if fault := folder.journal.bad_page():
        return f"The journal is not whole: {fault}."
    events, _ = folder.journal.last()
    with seen_progress() as tell:
        bad = verify(folder.journal, folder.known_head, lambda done: tell("events", done, events))
        fault = bad.sentence if bad else folder.journal.misshape()
        if not fault:
            fault = first_bad_head(folder, lambda done: tell("signed heads", done, 0))
        fault = fault or missing_heads(folder)
    fault = fault or folder.journal.false_list()
    return f"The journal is not whole: {fault}." if fault else ""


def _tell(folder: Folder) -> None:
    events, link = folder.journal.count(), folder.journal.head()
    print(f"The journal is whole: {count_words(events, 'event', 'events')}, chain head {link[:16]}.")
    if folder.was_cut_off:
        print("A touch that was being written when the program or the power was cut off is not in it.")
    last, first = folder.heads.last(), folder.heads.first_key()
    if last and first:
        count = count_words(sum(1 for _ in folder.heads.all()), "signed head", "signed heads")
        print(f"{count}, the last of event {last.seq}; fingerprint {fingerprint(first)}.")


def _fault_of_noted(folder: Folder, arguments: Namespace) -> str:
    """Hold what was noted elsewhere against the journal; tell what holds, return what does not."""
    checks = (
        (arguments.fingerprint, _fault_of_fingerprint),
        (arguments.head, fault_of_head),
        (arguments.manifest, fault_of_manifest),
        (arguments.batch, fault_of_batch),
        (arguments.history, fault_of_history),
    )
    for noted, check in checks:
        if noted is not None and (fault := check(folder, noted)):
            return fault
    return ""


def _told_fingerprint(folder: Folder) -> int:
    """Print the fingerprint of the journal's first key, and nothing else: it is there to be noted."""
    first = folder.heads.first_key()
    print(fingerprint(first) if first else NO_HEAD)
    return 0 if first else 1


def _fault_of_fingerprint(folder: Folder, noted: str) -> str:
    """Say that the fingerprint is the one that was noted, or return that it is not."""
    first = folder.heads.first_key()
    if first is None:
        return NO_HEAD
    found = fingerprint(first)
    if "".join(noted.split()).casefold() != found.replace(" ", ""):
        return f"The fingerprint of this journal is {found}, not the one that was noted."
    print("The fingerprint is the one that was noted.")
    return ""


def _verify_backup(path: Path, arguments: Namespace) -> int:
    """Check a backup as it lies there: nothing in its folder changes by being read."""
    from desktop_app.store.backups import read_backup  # noqa: PLC0415 - a journal needs none of it
    from desktop_app.store.checking import backup_fault  # noqa: PLC0415 - as above

    backup, key_of = read_backup(path), keys_asked_of(arguments, path)
    fault = backup_fault(backup, key_of)
    if fault or backup.manifest is None:
        print(f"The backup is not whole: {fault}.")
        return 1
    told = count_words(backup.manifest.events, "event", "events")
    print(f"The backup is whole: {told}, chain head {backup.manifest.head.hash[:16]}.")
    return 0
