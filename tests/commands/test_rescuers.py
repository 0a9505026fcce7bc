"""On the window's page of rescue an administrator restores, or the recovery key, and the record says who."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.commands.rescue import FolderRescue
from desktop_app.core import events as e
from desktop_app.core.access import RECOVERED
from desktop_app.core.ports import NotAllowed
from desktop_app.store.database import DatabaseKey
from desktop_app.store.faults import DatabaseDamaged
from desktop_app.store.folder import DATABASE_NAME
from desktop_app.store.locked import Locked
from tests.commands.staff import PASSPHRASES, run, told
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
