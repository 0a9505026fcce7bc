"""An open backup that is put back into a folder people sign in to does not open it to anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.backup_state import known_backups
from desktop_app.store.backups import Backup
from desktop_app.store.faults import FolderLocked
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import Keys, SealedKeys, read_key_file
from desktop_app.store.opening import open_folder
from desktop_app.store.places import default_place
from desktop_app.store.restore import restore
from desktop_app.store.still import AskedKeys
from desktop_app.store.tries import TriesFile
from desktop_app.store.verify import verify
from tests.fakes import FakeClock, SequentialIdentities
from tests.store.examples import open_here, put, seated, session, started
from tests.store.people import AK, BN, open_as, signing_in


def protected_after_a_backup(path: Path) -> Backup:
    """Make a folder with an open backup, give it a passphrase and work on; return the backup."""
    folder = open_here(path)
    session(folder.journal, "a", started())
    make_backup(Source(path, folder.database_key), default_place(path), FakeClock(), AT_ONCE)
    folder.sign_in.enrol("AK", AK)
    folder.sign_in.enrol("BN", BN)
    put(folder.journal, "session/b", seated())
    folder.close()
    (backup,) = known_backups(path)
    assert isinstance(read_key_file(backup.path / KEYS_NAME), Keys)
    return backup


def put_back(path: Path, backup: Backup) -> None:
    asked = AskedKeys(signing_in("AK", AK), TriesFile(path / "tries.txt", FakeClock()))
    names = SequentialIdentities("new")
    restore(path, backup, clock=FakeClock("2026-03-02T12:00"), names=names, why="Asked for.", key_of=asked)


def test_it_opens_with_the_passphrases_of_the_folder_and_without_one_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "data"
    put_back(path, protected_after_a_backup(path))
    with pytest.raises(FolderLocked):
        open_folder(path)
    for name, passphrase in (("AK", AK), ("BN", BN)):
        folder = open_as(path, name, passphrase)
        assert folder.journal.load("session/b"), "what followed on the backup is salvaged"
        assert verify(folder.journal, folder.known_head) is None
        folder.close()


def test_where_the_key_file_is_rubbish_the_newest_sealed_backup_says_who_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "data"
    backup = protected_after_a_backup(path)
    folder = open_as(path)
    make_backup(
        Source(path, folder.database_key), default_place(path), FakeClock("2026-03-02T11:00"), AT_ONCE
    )
    folder.close()
    (path / KEYS_NAME).write_text("rubbish")
    put_back(path, backup)
    assert isinstance(read_key_file(path / KEYS_NAME), SealedKeys)
    open_as(path, "BN", BN).close()


def test_a_folder_that_nobody_signs_in_to_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "data"
    folder = open_here(path)
    session(folder.journal, "a", started())
    make_backup(Source(path, folder.database_key), default_place(path), FakeClock(), AT_ONCE)
    folder.close()
    (backup,) = known_backups(path)
    (path / DATABASE_NAME).write_bytes(b"")
    put_back(path, backup)
    open_here(path).close()
    assert isinstance(read_key_file(path / KEYS_NAME), Keys)
