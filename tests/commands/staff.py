"""A folder with an administrator, a nurse and a biller, and commands run on it as one of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop_app.app import open_parts
from desktop_app.core import events as e
from desktop_app.core.access import Role
from desktop_app.store.database import DatabaseKey
from desktop_app.store.keys import Cost
from desktop_app.store.locked import Locked
from desktop_app.store.opening import open_folder
from tests.commands.program import Done, script
from tests.commands.test_people import chairtime
from tests.core.staffed import name_person

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASES = {"AK": "four words in a row", "BN": "quite another sentence", "CB": "a third long sentence"}


def make_staffed(data: Path) -> None:
    """Make the folder: AK is the administrator, BN the nurse, CB the biller."""
    with open_parts(data, rules_later=True) as parts:
        parts.desk.actor = "AK"
        name_person(parts.desk, "AK", Role.ADMINISTRATOR)
        name_person(parts.desk, "BN", Role.NURSE)
        name_person(parts.desk, "CB", Role.BILLER)
        for name, passphrase in PASSPHRASES.items():
            parts.folder.sign_in.enrol(name, passphrase)


def run(data: Path, who: str, *words: object) -> Done:
    """Run a command on the folder as somebody; the first words name it."""
    return chairtime(*words, "--data-dir", data, "--as", who, "--passphrase-file", data.parent / who)


def play(data: Path, who: str, *touches: Mapping[str, object]) -> Done:
    """Play touches into the folder as somebody."""
    file = data.parent / "touches.jsonl"
    file.write_text(script(*touches), encoding="utf-8")
    return run(data, who, "play", file)


def unlock(locked: Locked) -> DatabaseKey:
    """Open the folder as AK."""
    return locked.with_passphrase("AK", PASSPHRASES["AK"])


def told(data: Path) -> list[e.Recorded]:
    """Return what the journal holds, oldest first."""
    folder = open_folder(data, read_only=True, unlock=unlock)
    try:
        return list(folder.journal.since(0))
    finally:
        folder.close()
