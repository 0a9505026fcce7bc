"""On the window's page of rescue an administrator restores, or the recovery key, and the record says who."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.app import open_parts
from desktop_app.commands.rescue import FolderRescue
from desktop_app.core import events as e
from desktop_app.core.access import RECOVERED, Role
from desktop_app.core.ports import NotAllowed
from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.database import DatabaseKey
from desktop_app.store.faults import DatabaseDamaged, FolderLocked
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.locked import Locked
from desktop_app.store.places import default_place
from tests.commands.staff import CHEAP, PASSPHRASES, run, told
from tests.commands.test_people import chairtime
from tests.core.staffed import name_person
from tests.fakes import FakeClock
from tests.store.damages import PAGE, change


def rescued(data: Path, unlock: Callable[[Locked], DatabaseKey]) -> FolderRescue:
    """Return the rescue of a folder with a backup whose database is damaged, somebody having signed in."""
    change(data / DATABASE_NAME, 0, bytes(PAGE))
    rescue = FolderRescue(data, DatabaseDamaged("It is damaged."), unlock)
    rescue.sign_in()
    return rescue


def put_back(rescue: FolderRescue) -> str:
    found = rescue.find()
    assert found is not None
    return rescue.restore(found.name)


def restored(data: Path) -> list[str]:
    return [one.stamp.actor for one in told(data) if isinstance(one.event, e.JournalRestored)]


@pytest.fixture
def backed_up(staffed: Path) -> Path:
    """Return a folder with people and a backup."""
    assert run(staffed, "AK", "backup").status == 0
    return staffed


def test_an_administrator_restores_and_is_on_record(backed_up: Path) -> None:
    put_back(rescued(backed_up, lambda locked: locked.with_passphrase("AK", PASSPHRASES["AK"])))
    assert restored(backed_up) == ["AK"]


def test_a_nurse_is_told_who_may_and_nothing_is_put_back(backed_up: Path) -> None:
    rescue = rescued(backed_up, lambda locked: locked.with_passphrase("BN", PASSPHRASES["BN"]))
    before = sorted(backed_up.rglob("*"))
    with pytest.raises(
        NotAllowed, match=r"^A nurse restores nothing from a backup: switch to an administrator\.$"
    ):
        put_back(rescue)
    assert sorted(backed_up.rglob("*")) == before


def test_the_recovery_key_restores_and_is_on_record(staffed: Path) -> None:
    printed = run(staffed, "AK", "keys", "recovery").out.split("\n\n")[1].strip()
    assert run(staffed, "AK", "backup").status == 0
    put_back(rescued(staffed, lambda locked: locked.with_recovery_key(printed)))
    assert restored(staffed) == [RECOVERED]


def nobody(locked: Locked) -> DatabaseKey:
    raise FolderLocked(f"Nobody signs in to {locked.path}.")


@pytest.fixture
def opened_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with people whose only backup is from before the first passphrase."""
    monkeypatch.setattr("desktop_app.store.slots.COST", CHEAP)
    data = tmp_path / "data"
    with open_parts(data, rules_later=True) as parts:
        parts.desk.actor = "AK"
        name_person(parts.desk, "AK", Role.ADMINISTRATOR)
        name_person(parts.desk, "BN", Role.NURSE)
        make_backup(Source(data, parts.folder.database_key), default_place(data), FakeClock(), AT_ONCE)
        for name in ("AK", "BN"):
            parts.folder.sign_in.enrol(name, PASSPHRASES[name])
            (tmp_path / name).write_text(PASSPHRASES[name], encoding="utf-8")
        parts.folder.may_renew = False
    return data


def test_a_backup_from_before_the_first_passphrase_asks_who_opens_the_folder(opened_backup: Path) -> None:
    key_file = (opened_backup / KEYS_NAME).read_bytes()
    with pytest.raises(FolderLocked):
        put_back(rescued(opened_backup, nobody))
    nurse = rescued(opened_backup, lambda locked: locked.with_passphrase("BN", PASSPHRASES["BN"]))
    with pytest.raises(NotAllowed, match="A nurse restores nothing"):
        put_back(nurse)
    assert (opened_backup / KEYS_NAME).read_bytes() == key_file
    put_back(rescued(opened_backup, lambda locked: locked.with_passphrase("AK", PASSPHRASES["AK"])))
    assert restored(opened_backup) == ["AK"]


def test_at_a_terminal_too_and_only_where_the_folders_key_file_is_whole(opened_backup: Path) -> None:
    change(opened_backup / DATABASE_NAME, 0, bytes(PAGE))
    assert chairtime("restore", "newest", "--data-dir", opened_backup).status == 2
    nurse = run(opened_backup, "BN", "restore", "newest")
    assert (nurse.status, nurse.sentence.startswith("A nurse restores nothing")) == (2, True)
    (opened_backup / KEYS_NAME).write_text("", encoding="utf-8")
    assert chairtime("restore", "newest", "--data-dir", opened_backup).status == 0
