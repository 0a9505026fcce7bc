"""The commands that make, list and check backups, and put one back, as a person runs them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.store.places import default_place
from tests.commands.program import chairtime, content, log, play
from tests.commands.touches import VISIT


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Makes a data folder with a visit in it, and a backup."""
    folder = tmp_path_factory.mktemp("clinic") / "data"
    assert play(folder, *VISIT).status == 0
    done = chairtime("backup", "--data-dir", folder)
    assert done.status == 0, done.err
    assert "is made and checked: " in done.out
    return folder


@pytest.fixture
def folder(clinic: Path, tmp_path: Path) -> Path:
    """A copy of both."""
    shutil.copytree(default_place(clinic), default_place(tmp_path / "data"))
    return shutil.copytree(clinic, tmp_path / "data", ignore=shutil.ignore_patterns("backups.json"))


def test_backups_are_listed_and_checked_and_a_second_one_needs_something_new(clinic: Path) -> None:
    listed = chairtime("backup", "--data-dir", clinic, "--list")
    assert listed.status == 0
    first, row = listed.out.splitlines()
    assert first.startswith(f"Backups go to {default_place(clinic)}; the last was made ")
    assert row.startswith("  1  000001-")
    checked = chairtime("backup", "--data-dir", clinic, "--check")
    assert checked.status == 0
    assert checked.out.endswith(": whole, every byte and every event.\n")
    again = chairtime("backup", "--data-dir", clinic)
    assert again.out.startswith("Nothing was recorded since backup 000001-")


def test_a_backup_that_cannot_be_made_says_why_and_the_list_goes_on_saying_it(folder: Path) -> None:
    file = folder.parent / "a-file"
    file.write_text("mine")
    failed = chairtime("backup", "--data-dir", folder, "--to", file)
    assert failed.status == 2
    assert failed.sentence.startswith(f"The backup folder {file} cannot be used")
    listed = chairtime("backup", "--data-dir", folder, "--list")
    assert listed.status == 1
    assert "The last try made none: The backup folder" in listed.out


def test_a_damaged_backup_is_named_by_check_and_by_verify(folder: Path) -> None:
    (backup,) = default_place(folder).glob("journal-*/0*")
    assert chairtime("verify", "--data-dir", backup).out.startswith("The backup is whole: ")
    whole = content(backup)
    with (backup / "chairtime.db").open("r+b") as file:
        file.seek(5000)
        file.write(b"x")
    checked = chairtime("backup", "--data-dir", folder, "--check")
    assert checked.status == 1
    assert "chairtime.db is not what was written." in checked.out
    verified = chairtime("verify", "--data-dir", backup)
    assert verified.status == 1
    assert "chairtime.db is not what was written." in verified.out
    assert content(backup).keys() == whole.keys()


def test_a_restore_lists_first_and_then_puts_back_and_the_log_goes_on(folder: Path) -> None:
    before = log(folder)
    (folder / "chairtime.db").write_bytes(b"")
    listed = chairtime("restore", "--data-dir", folder)
    assert listed.status == 0
    assert "The newest good one brings back " in listed.out
    assert (folder / "chairtime.db").read_bytes() == b""
    done = chairtime("restore", "--data-dir", folder, "newest")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("The journal is back. It has ")
    *events, restored = log(folder)
    assert events == before
    assert restored["kind"] == "journal-restored"
    assert restored["body"]["why"].endswith("is empty (0 bytes), though it held events before.")
    assert chairtime("verify", "--data-dir", folder).status == 0


def test_a_restore_from_another_drive_into_an_empty_folder(folder: Path, tmp_path: Path) -> None:
    place = default_place(folder).rename(tmp_path / "drive")
    shutil.rmtree(folder)
    assert chairtime("restore", "--data-dir", folder, "1").sentence == f"There is no backup of {folder}."
    done = chairtime("restore", "--data-dir", folder, "--from", place, "1")
    assert done.status == 0, done.err
    assert chairtime("verify", "--data-dir", folder).status == 0


def test_a_name_that_is_none_and_a_folder_in_use_are_refused(folder: Path) -> None:
    assert chairtime("restore", "--data-dir", folder, "9").sentence == "There is no backup 9 in the list."
    assert chairtime("backup", "--data-dir", folder, "--check", "x").sentence == "There is no backup x."
