"""Open copies are destroyed at the window only where a good backup that is sealed is left of that journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.commands.window_backups import WindowBackups
from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.backups import Backup, in_place
from desktop_app.store.folder import BACKUPS_NAME, DATABASE_NAME, Folder
from desktop_app.store.open_copies import open_copies
from desktop_app.store.places import default_place
from tests.fakes import FakeClock
from tests.store.damages import change
from tests.store.examples import open_here, put, seated
from tests.ui.office import Office

WHY_NOT = "make a backup first, and wait until it is made: no good one would be left"


def made(folder: Folder, place: Path) -> Backup:
    return make_backup(Source(folder.path, folder.database_key), place, FakeClock(), AT_ONCE)


@pytest.fixture
def folder(office: Office) -> Folder:
    """The office's folder: a backup of before, and then a first passphrase."""
    folder = office.parts.folder
    made(folder, default_place(folder.path))
    folder.sign_in.enrol("AK", "four words in a row")
    folder.may_renew = False
    return folder


def no_manifest(backup: Backup) -> None:
    (backup.path / "manifest.json").write_text("rubbish", encoding="utf-8")


def emptied(backup: Backup) -> None:
    (backup.path / DATABASE_NAME).write_bytes(b"")


def flipped(backup: Backup) -> None:
    change(backup.path / DATABASE_NAME, 5_000, b"not what was written")


@pytest.mark.parametrize("harm", [no_manifest, emptied, flipped])
def test_a_newer_backup_that_is_not_good_is_no_reason_to_destroy_any(
    office: Office, folder: Folder, harm: Callable[[Backup], None]
) -> None:
    place, backups = default_place(folder.path), WindowBackups(office.parts)
    harm(made(folder, place))
    assert backups.destroy_open_copies() == WHY_NOT
    assert len(open_copies(folder.path)) == 1
    put(folder.journal, "session/x", seated())
    made(folder, place)
    assert backups.destroy_open_copies() == ""
    assert (open_copies(folder.path), len(in_place(place))) == ([], 2)


def test_another_journals_backup_on_the_same_drive_is_no_reason(
    office: Office, folder: Folder, tmp_path: Path
) -> None:
    place, other = default_place(folder.path), open_here(tmp_path / "other")
    other.sign_in.enrol("ZZ", "quite another sentence")
    other.may_renew = False
    clock = FakeClock()
    clock.advance(3_600_000)
    make_backup(Source(other.path, other.database_key), place, clock, AT_ONCE)
    other.close()
    (folder.path / BACKUPS_NAME).unlink(missing_ok=True)
    assert WindowBackups(office.parts).destroy_open_copies() == WHY_NOT
    assert len(in_place(place)) == 2


def test_a_sealed_backup_that_holds_less_is_no_reason(office: Office, folder: Folder) -> None:
    place = default_place(folder.path)
    (of_before,) = in_place(place)
    sealed = made(folder, place)
    keys = (of_before.path / "keys.json").read_bytes()
    put(folder.journal, "session/x", seated())
    fuller = made(folder, place)
    (fuller.path / "keys.json").write_bytes(keys)
    assert WindowBackups(office.parts).destroy_open_copies() == WHY_NOT
    assert {one.path for one in in_place(place)} == {of_before.path, sealed.path, fuller.path}
