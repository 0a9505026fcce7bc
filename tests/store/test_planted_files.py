"""What somebody without a key can plant in a data folder neither keeps the program waiting nor stops it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.ports import JournalError
from desktop_app.store.backup_state import read_state
from desktop_app.store.database import DatabaseKey
from desktop_app.store.emergency import EmergencyFile
from desktop_app.store.faults import DatabaseDamaged, FolderNotWritable, KeyFileUnusable
from desktop_app.store.folder import BACKUPS_NAME, DATABASE_NAME, KEYS_NAME, RESTORE_NAME, TRIES_NAME
from desktop_app.store.keys import Cost, read_key_file
from desktop_app.store.manifest import ManifestUnreadable, read_manifest
from desktop_app.store.opening import open_folder
from desktop_app.store.plain_files import NoPlainFile, small_content
from desktop_app.store.sealed_keys import text_of
from desktop_app.store.still import keys_with
from desktop_app.store.tries import TriesFile
from tests.fakes import FakeClock
from tests.store.examples import made_folder, open_here, raw_database
from tests.store.people import open_as, protected_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes and devices in folders")

Plant = Callable[[Path], None]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.mkdir()


def nested(path: Path) -> None:
    path.write_text("[" * 200_000)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def endless_number(path: Path) -> None:
    path.write_text('{"events": Infinity, "journal": "x"}')


PLANTED = pytest.mark.parametrize("plant", [pipe, device, folder, nested, huge, endless_number])
NO_FILES = pytest.mark.parametrize("plant", [pipe, device])


@PLANTED
def test_a_note_of_backups_that_is_none_is_as_if_it_were_not_there(tmp_path: Path, plant: Plant) -> None:
    made_folder(tmp_path)
    plant(tmp_path / BACKUPS_NAME)
    assert read_state(tmp_path).name == ""
    open_here(tmp_path).close()


@pytest.mark.parametrize("events", ["Infinity", "1e400", "true", "[]", "NaN"])
def test_a_number_of_backed_up_events_that_is_none_counts_nothing(tmp_path: Path, events: str) -> None:
    opened = open_here(made_folder(tmp_path))
    journal = opened.journal.origin
    opened.close()
    (tmp_path / BACKUPS_NAME).write_text(f'{{"events": {events}, "journal": "{journal}"}}')
    assert read_state(tmp_path).events == 0
    open_here(tmp_path).close()


@PLANTED
def test_a_note_of_a_restore_that_is_none_is_refused_in_one_sentence(tmp_path: Path, plant: Plant) -> None:
    made_folder(tmp_path)
    plant(tmp_path / RESTORE_NAME)
    with pytest.raises(JournalError, match=r"^The restore that .* not what Chairtime writes\. Nothing was"):
        open_here(tmp_path)


@PLANTED
def test_tries_that_are_none_keep_nobody_out(tmp_path: Path, plant: Plant) -> None:
    protected_folder(tmp_path)
    plant(tmp_path / TRIES_NAME)
    opened = open_as(tmp_path)
    assert opened.failed_tries == ()
    opened.close()


def test_a_try_is_never_written_where_a_link_leads(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (tmp_path / TRIES_NAME).symlink_to(mine)
    TriesFile(tmp_path / TRIES_NAME, FakeClock()).note("AK", right=False)
    assert mine.read_text() == "mine"


@NO_FILES
@pytest.mark.parametrize("suffix", ["", "-wal", "-journal", "-shm"])
def test_a_database_that_is_no_file_is_named(tmp_path: Path, plant: Plant, suffix: str) -> None:
    file = made_folder(tmp_path) / f"{DATABASE_NAME}{suffix}"
    file.unlink(missing_ok=True)
    plant(file)
    for read_only in (False, True):
        with pytest.raises(FolderNotWritable, match=r"it is no file\.$") as caught:
            open_folder(tmp_path, read_only=read_only)
        named = "The log of the database" if suffix == "-wal" else str(file)
        assert named in str(caught.value)
        assert "cannot be made" not in str(caught.value)


@PLANTED
def test_a_manifest_that_is_none_is_named(tmp_path: Path, plant: Plant) -> None:
    plant(tmp_path / "manifest.json")
    with pytest.raises(ManifestUnreadable, match=r"manifest\.json (cannot be read|is not what was written)"):
        read_manifest(tmp_path)


@NO_FILES
def test_an_emergency_file_that_is_no_file_is_one_that_cannot_be_read(tmp_path: Path, plant: Plant) -> None:
    key = DatabaseKey(b"k" * 32, b"s" * 16)
    emergency = EmergencyFile(key, "journal1", [tmp_path])
    plant(tmp_path / "emergency-journal1.bin")
    assert emergency.waiting() == ([], 1)


@pytest.mark.parametrize("cost", [[4_194_304, 3, 4], [65_536, 100, 4]])
def test_a_guess_that_would_cost_the_whole_computer_is_not_tried(tmp_path: Path, cost: list[int]) -> None:
    opened = open_as(protected_folder(tmp_path))
    keys = keys_with(tmp_path / KEYS_NAME, opened.database_key)
    opened.close()
    dear = replace(keys, slots=tuple(replace(slot, cost=Cost(*cost)) for slot in keys.slots))
    (tmp_path / KEYS_NAME).write_text(text_of(dear, (keys.database,)))
    with pytest.raises(KeyFileUnusable, match="is damaged"):
        read_key_file(tmp_path / KEYS_NAME)


def test_a_database_that_does_not_say_who_numbers_is_one_sentence(tmp_path: Path) -> None:
    database = raw_database(made_folder(tmp_path))
    database.execute("UPDATE origin SET own = 0")
    database.close()
    with pytest.raises(DatabaseDamaged, match="does not say who numbers its events"):
        open_folder(tmp_path, read_only=True)


def test_a_small_file_is_read_up_to_its_most(tmp_path: Path) -> None:
    file = tmp_path / "small"
    file.write_text(json.dumps([1, 2]))
    assert small_content(file, 6) == b"[1, 2]"
    with pytest.raises(NoPlainFile, match="too large"):
        small_content(file, 5)
