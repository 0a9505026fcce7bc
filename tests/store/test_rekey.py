"""A folder gets a new data key or stays as it was; a program killed meanwhile leaves one that opens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.store.database import Database, DatabaseKey, open_database
from desktop_app.store.faults import KeyFileUnusable, NotClosedWell
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, LOCK_NAME
from desktop_app.store.keys import Keys, SealedKeys, read_key_file, write_keys
from desktop_app.store.rekey import beside
from desktop_app.store.verify import verify
from tests.store.examples import put, started
from tests.store.people import BN, open_as, protected_folder
from tests.store.test_folder import damage

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("cheap_secrets")


def salt(path: Path) -> bytes:
    with (path / DATABASE_NAME).open("rb") as file:
        return file.read(16)


def renew(path: Path) -> None:
    folder = open_as(path)
    folder.sign_in.renew_data_key()
    folder.close()


def sealed(path: Path) -> SealedKeys:
    found = read_key_file(path / KEYS_NAME)
    assert isinstance(found, SealedKeys)
    return found


def test_a_new_data_key_leaves_every_event_and_everybodys_passphrase(tmp_path: Path) -> None:
    before = salt(protected_folder(tmp_path))
    renew(tmp_path)
    assert salt(tmp_path) != before
    assert sealed(tmp_path).salts == (salt(tmp_path),)
    folder = open_as(tmp_path, "BN", BN)
    assert verify(folder.journal, folder.known_head) is None
    assert folder.journal.false_list() == ""
    put(folder.journal, "session/a", started("2"))
    folder.close()


def test_nothing_of_the_old_file_is_left_and_it_was_overwritten(tmp_path: Path) -> None:
    protected_folder(tmp_path)
    with (tmp_path / DATABASE_NAME).open("rb") as former:
        renew(tmp_path)
        assert set(former.read()) == {0}
    assert {file.name for file in tmp_path.iterdir()} == {DATABASE_NAME, KEYS_NAME, LOCK_NAME}


def test_a_key_that_is_due_is_made_at_the_next_start_where_the_program_was_killed(tmp_path: Path) -> None:
    before = salt(protected_folder(tmp_path))
    folder = open_as(tmp_path)
    folder.sign_in.renew_data_key()
    folder._database.close()  # noqa: SLF001 - as a kill does
    assert folder._lock  # noqa: SLF001 - as above
    folder._lock.release()  # noqa: SLF001 - as above
    assert sealed(tmp_path).renew
    open_as(tmp_path, read_only=True).close()
    assert salt(tmp_path) == before
    open_as(tmp_path).close()
    assert salt(tmp_path) != before
    assert not sealed(tmp_path).renew


def test_a_program_that_reads_keeps_the_old_key_for_now_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.store.database.BUSY_MS", 10)
    before = salt(protected_folder(tmp_path))
    reader = open_as(tmp_path, read_only=True)
    folder = open_as(tmp_path)
    folder.sign_in.renew_data_key()
    with pytest.raises(NotClosedWell, match="The folder keeps its data key; a new one is made"):
        folder.close()
    assert salt(tmp_path) == before
    assert len(reader.journal.load("session/a")) == 2
    again = open_as(tmp_path)
    put(again.journal, "session/a", started("2"))
    assert len(reader.journal.load("session/a")) == 3
    reader.close()
    again.close()
    assert salt(tmp_path) != before


def test_a_disk_that_is_full_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = salt(protected_folder(tmp_path))
    folder = open_as(tmp_path)
    folder.sign_in.renew_data_key()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop_app.store.rekey.os.fsync", full)
    with pytest.raises(NotClosedWell, match="No space left on device"):
        folder.close()
    monkeypatch.undo()
    assert salt(tmp_path) == before
    assert not beside(tmp_path / DATABASE_NAME).exists()
    assert sealed(tmp_path).salts == (before,)
    open_as(tmp_path, "BN", BN).close()
    assert salt(tmp_path) != before


def test_an_exchange_that_fails_leaves_the_old_key_alone_in_the_key_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = salt(protected_folder(tmp_path))
    folder = open_as(tmp_path)
    folder.sign_in.renew_data_key()

    def held(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("desktop_app.store.rekey._exchange", held)
    with pytest.raises(NotClosedWell, match="Permission denied"):
        folder.close()
    assert sealed(tmp_path).salts == (before,) == (salt(tmp_path),)
    assert sealed(tmp_path).renew


@pytest.mark.parametrize("page", [1, 5, 15])
def test_a_copy_that_is_not_what_was_written_takes_nothings_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    before = salt(protected_folder(tmp_path))
    folder = open_as(tmp_path)
    folder.sign_in.renew_data_key()

    def opened(path: Path, key: DatabaseKey, *, create: bool = False) -> Database:
        if path.name.endswith(".new") and not create:
            damage(path, page)
        return open_database(path, key, create=create)

    monkeypatch.setattr("desktop_app.store.rekey.open_database", opened)
    with pytest.raises(NotClosedWell, match=f"{DATABASE_NAME}.new is (damaged|not what was written)"):
        folder.close()
    assert sealed(tmp_path).salts == (before,) == (salt(tmp_path),)


@pytest.mark.skipif(os.name == "nt", reason="Windows copies no process")
def test_killed_before_any_step_it_leaves_a_folder_that_opens(tmp_path: Path) -> None:
    source, work = protected_folder(tmp_path / "source"), tmp_path / "work"
    work.mkdir()
    line = [sys.executable, "-m", "tests.store.killed_rekey", str(source), str(work)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    told = [json.loads(text) for text in done.stdout.splitlines()]
    steps = [one for one in told if isinstance(one, str)]
    left = [one["left"] for one in told if isinstance(one, dict)]
    assert set(left) == {""}
    assert len(left) == len(steps) + 1 > 10
    assert {"os.rename /chairtime.db.new", "os.rename /keys.json.new"} <= set(steps)


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for few")
def test_a_database_that_lies_elsewhere_is_renewed_where_it_lies(tmp_path: Path) -> None:
    data, disk = protected_folder(tmp_path / "data"), tmp_path / "disk"
    disk.mkdir()
    (data / DATABASE_NAME).rename(disk / "journal.db")
    (data / DATABASE_NAME).symlink_to(disk / "journal.db")
    before = salt(data)
    renew(data)
    assert (data / DATABASE_NAME).is_symlink()
    assert salt(data) != before
    assert [file.name for file in disk.iterdir()] == ["journal.db"]
    open_as(data, "BN", BN).close()


def test_a_journal_that_is_gone_at_the_end_is_said_and_no_key_is_made(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    folder.sign_in.renew_data_key()
    before = (tmp_path / KEYS_NAME).read_bytes()
    (tmp_path / DATABASE_NAME).rename(tmp_path / "moved.db")
    with pytest.raises(NotClosedWell, match="was moved or deleted"):
        folder.close()
    assert (tmp_path / KEYS_NAME).read_bytes() == before
    (tmp_path / "moved.db").rename(tmp_path / DATABASE_NAME)
    open_as(tmp_path).close()


@pytest.mark.skipif(os.name == "nt", reason="Windows overwrites nothing")
def test_a_second_name_of_the_old_file_as_some_backups_give_it_is_left_alone(tmp_path: Path) -> None:
    data = protected_folder(tmp_path / "data")
    (tmp_path / "backup.db").hardlink_to(data / DATABASE_NAME)
    before = (tmp_path / "backup.db").read_bytes()
    renew(data)
    assert (tmp_path / "backup.db").read_bytes()[:16] == before[:16] != salt(data)
    assert len((tmp_path / "backup.db").read_bytes().strip(b"\0")) > 1000


def test_a_disk_that_fills_up_behind_the_exchange_leaves_both_keys_until_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = salt(protected_folder(tmp_path))
    folder = open_as(tmp_path)
    folder.sign_in.renew_data_key()

    def full(path: Path, keys: Keys, *, beside: DatabaseKey | None = None) -> None:
        if beside is None:
            raise KeyFileUnusable("The disk is full.")
        write_keys(path, keys, beside=beside)

    monkeypatch.setattr("desktop_app.store.rekey.write_keys", full)
    folder.close()
    monkeypatch.undo()
    assert sealed(tmp_path).salts == (before, salt(tmp_path))
    now = salt(tmp_path)
    open_as(tmp_path, read_only=True).close()
    open_as(tmp_path, "BN", BN).close()
    assert salt(tmp_path) == now
    assert sealed(tmp_path).salts == (now,)
