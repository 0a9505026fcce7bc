"""``verify`` tells a passphrase that somebody put into the key file with a program of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.store.folder import KEYS_NAME
from desktop_app.store.keys import RECOVERY, Keys, SealedKeys, read_key_file, write_keys
from desktop_app.store.sealed_keys import opened
from desktop_app.store.slots import make_slot, open_slot
from tests.commands.staff import PASSPHRASES, run

FOREIGN = "a sentence of somebody else"
NEW = "another sentence of AK"


@pytest.fixture
def data(staffed: Path) -> Path:
    """Return a folder where AK, BN and the recovery key were given anew, and CB never was since the start."""
    for name in ("AK", "BN"):
        (staffed.parent / "new").write_text(f"{NEW} {name}\n", encoding="utf-8")
        done = run(staffed, "AK", "keys", "change", name, "--new-passphrase-file", staffed.parent / "new")
        assert done.status == 0, done.err
        (staffed.parent / name).write_text(f"{NEW} {name}\n", encoding="utf-8")
    assert run(staffed, "AK", "keys", "recovery").status == 0
    return staffed


def exchange(data: Path, name: str) -> None:
    """Put another passphrase for somebody into the key file, as a colleague with a passphrase can."""
    sealed = read_key_file(data / KEYS_NAME)
    assert isinstance(sealed, SealedKeys)
    mine = next(slot for slot in sealed.slots if slot.name == "BN")
    database = open_slot(mine, f"{NEW} BN", sealed.salts[0])
    keys = opened(sealed, database)
    assert isinstance(keys, Keys)
    others = tuple(slot for slot in keys.slots if slot.name != name)
    write_keys(data / KEYS_NAME, replace(keys, slots=(*others, make_slot(name, FOREIGN, database))))


def test_what_was_given_by_the_program_is_what_the_journal_was_told_of(data: Path) -> None:
    assert run(data, "AK", "keys", "rekey").status == 0
    assert run(data, "BN", "verify").status == 0


@pytest.mark.parametrize(("name", "whose"), [("AK", "The passphrase of AK"), (RECOVERY, "The recovery key")])
def test_another_in_its_place_is_told(data: Path, name: str, whose: str) -> None:
    exchange(data, name)
    done = run(data, "BN", "verify")
    assert done.status == 1
    assert done.out.splitlines()[-1].startswith(
        f"{whose} in the key file is none that the journal was told of: another program put it there"
    )


def test_of_a_passphrase_from_before_it_is_told_nothing_can_be_said(data: Path) -> None:
    exchange(data, "CB")
    assert run(data, "BN", "verify").status == 0


def test_an_older_passphrase_that_a_restore_brings_back_is_no_fault(staffed: Path) -> None:
    assert run(staffed, "AK", "backup").status == 0
    (staffed.parent / "new").write_text(f"{NEW}\n", encoding="utf-8")
    new = ("--new-passphrase-file", staffed.parent / "new")
    assert run(staffed, "AK", "keys", "change", "AK", *new).status == 0
    (staffed.parent / "old").write_text(PASSPHRASES["AK"], encoding="utf-8")
    (staffed / "chairtime.db").unlink()
    (staffed / KEYS_NAME).unlink()
    assert run(staffed, "AK", "restore", "newest").status == 0
    assert run(staffed, "AK", "verify").status == 0
