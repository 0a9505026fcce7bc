"""The key file is private, never overwritten, and notices every change to itself."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from desktop_app.store.faults import KeyFileUnusable
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import (
    Head,
    Keys,
    create_keys,
    keep_private,
    new_database_key,
    read_key_file,
    read_keys,
    write_keys,
)
from tests.store.examples import made_read_only


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def keep_head(file: Path, keys: Keys, head: Head) -> Keys:
    """Note a head as an open folder does."""
    held = KeyFile(file, keys)
    assert held.keep_head(head) == ""
    return held.keys


def test_keys_come_back_as_they_were_made(file: Path) -> None:
    made = create_keys(file)
    assert read_keys(file) == made
    assert made.head is None
    assert (len(made.database.key), len(made.database.salt)) == (32, 16)


def test_two_key_files_never_hold_the_same_key(tmp_path: Path) -> None:
    first, second = create_keys(tmp_path / "1"), create_keys(tmp_path / "2")
    assert first.database.key != second.database.key
    assert first.database.salt != second.database.salt


def test_a_key_file_is_never_overwritten(file: Path) -> None:
    create_keys(file)
    before = file.read_bytes()
    with pytest.raises(KeyFileUnusable, match="never overwritten"):
        create_keys(file)
    assert file.read_bytes() == before


def test_the_head_is_kept_and_the_key_stays(file: Path) -> None:
    made = create_keys(file)
    moved = keep_head(file, made, Head("w1", 12, "ab" * 32))
    assert read_keys(file) == moved
    assert moved.database == made.database
    assert [path.name for path in file.parent.iterdir()] == ["keys.json"]


def test_a_head_that_has_not_moved_writes_nothing(file: Path) -> None:
    keys = keep_head(file, create_keys(file), Head("w1", 12, "ab" * 32))
    before = file.stat().st_mtime_ns, file.stat().st_ino
    keep_head(file, keys, Head("w1", 12, "ab" * 32))
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_an_exchanged_key_file_is_left_as_it_is(file: Path) -> None:
    mine = create_keys(file)
    file.unlink()
    create_keys(file)
    before = file.read_bytes()
    with pytest.raises(KeyFileUnusable, match="exchanged while it was in use"):
        keep_head(file, mine, Head("w1", 1, ""))
    assert file.read_bytes() == before
    assert read_keys(file.with_name("keys.json.kept")) == mine


def test_a_missing_key_file_is_named(file: Path) -> None:
    with pytest.raises(KeyFileUnusable, match=f"The key file {file} is missing; put it back from a copy"):
        read_keys(file)


def test_any_flipped_byte_is_noticed(file: Path) -> None:
    keep_head(file, create_keys(file), Head("w1", 12, "ab" * 32))
    good = file.read_bytes()
    unnoticed = [n for n in range(len(good)) if reads(file, good[:n] + bytes([good[n] ^ 1]) + good[n + 1 :])]
    spaces = [n for n in range(len(good)) if good[n : n + 1].isspace()]
    assert set(unnoticed) <= set(spaces)


def reads(file: Path, content: bytes) -> bool:
    file.write_bytes(content)
    try:
        read_keys(file)
    except KeyFileUnusable:
        return False
    return True


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"format": 1}', b"[" * 100_000, b" " * 9_000_000],
)
def test_what_is_no_key_file_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(KeyFileUnusable, match=r"The key file .* (is damaged|cannot be read)"):
        read_keys(file)


@pytest.mark.parametrize(
    "change",
    [
        {"key": "00" * 32},
        {"key": "AB" * 32},
        {"key": 7},
        {"database": "00" * 16},
        {"head": ["w1", True, ""]},
        {"head": "w1"},
        {"more": 1},
        {"check": ""},
    ],
)
def test_a_key_file_changed_by_hand_is_refused(file: Path, change: dict[str, Any]) -> None:
    create_keys(file)
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    with pytest.raises(KeyFileUnusable, match="is damaged; put it back from a copy"):
        read_keys(file)


def test_a_key_file_of_a_newer_program_is_told_apart_from_a_damaged_one(file: Path) -> None:
    file.write_text('{"format": 3}')
    with pytest.raises(KeyFileUnusable, match="newer version of Chairtime"):
        read_keys(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no owner-only mode bits; the folder's rights hold")
def test_the_key_file_is_its_owners_alone(file: Path) -> None:
    keys = create_keys(file)
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    keep_private(file)
    assert file.stat().st_mode & 0o777 == 0o600
    keep_head(file, keys, Head("w1", 1, ""))
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="on Windows a folder's read-only mark does not stop new files")
def test_a_key_file_that_cannot_be_written_says_so_and_stays(user_folder: Path) -> None:
    file = user_folder / "keys.json"
    keys = create_keys(file)
    with made_read_only(user_folder), pytest.raises(KeyFileUnusable, match="cannot be written: Permission"):
        keep_head(file, keys, Head("w1", 1, ""))
    assert read_keys(file) == keys


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no pipes among its files")
@pytest.mark.parametrize("thing", ["pipe", "folder", "device", "link to a pipe"])
def test_what_is_no_file_is_refused_at_once(file: Path, thing: str) -> None:
    if thing == "folder":
        file.mkdir()
    elif thing == "device":
        file.symlink_to("/dev/zero")
    else:
        pipe = file if thing == "pipe" else file.with_name("pipe")
        os.mkfifo(pipe)
        if pipe != file:
            file.symlink_to(pipe)
    with pytest.raises(KeyFileUnusable, match="is no file; put it back from a copy"):
        read_keys(file)


@pytest.mark.parametrize("number", [1 << 63, -(2**70), -1, True])
def test_a_head_whose_number_no_event_has_is_damage_though_its_check_is_right(
    tmp_path: Path, number: int
) -> None:
    write_keys(tmp_path / "keys.json", Keys(new_database_key(), Head("AK-1", number, "00")))
    with pytest.raises(KeyFileUnusable, match=r"keys\.json is damaged; put it back from a copy"):
        read_key_file(tmp_path / "keys.json")
