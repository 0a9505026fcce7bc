"""A key file that is damaged while its key is in use is written anew; no end of a program loses the key."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.store.faults import KeyFileOfNewer, KeyFileUnusable, NotClosedWell
from desktop_app.store.folder import KEYS_NAME
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import Head, SealedKeys, create_keys, read_key_file, read_keys
from desktop_app.store.slots import make_slot
from tests.store.examples import made_read_only, open_here, put, seated
from tests.store.people import CHEAP

Harm = Callable[[Path], None]


def overwritten(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.write(b"\xff" * 40)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def deleted(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


HARMS: tuple[Harm, ...] = (overwritten, emptied, cut_off, deleted, a_folder)


@pytest.fixture(params=HARMS, ids=lambda harm: harm.__name__)
def harm(request: pytest.FixtureRequest) -> Harm:
    found: Harm = request.param
    return found


def test_a_damaged_key_file_is_written_anew_at_the_end(tmp_path: Path, harm: Harm) -> None:
    folder = open_here(tmp_path)
    put(folder.journal, "session/a", seated())
    harm(tmp_path / KEYS_NAME)
    with pytest.raises(NotClosedWell, match="Chairtime has written it anew"):
        folder.close()
    again = open_here(tmp_path)
    assert len(again.journal.load("session/a")) == 1
    again.close()


def test_a_program_without_a_new_event_writes_it_anew_too(tmp_path: Path, harm: Harm) -> None:
    folder = open_here(tmp_path)
    harm(tmp_path / KEYS_NAME)
    with pytest.raises(NotClosedWell, match="Chairtime has written it anew"):
        folder.close()
    open_here(tmp_path).close()


def test_it_is_noticed_during_work_and_said_once(tmp_path: Path, harm: Harm) -> None:
    folder = open_here(tmp_path)
    keys = read_keys(tmp_path / KEYS_NAME)
    assert folder.look_after_keys() == ""
    harm(tmp_path / KEYS_NAME)
    said = folder.look_after_keys()
    assert said.startswith(f"The key file {tmp_path / KEYS_NAME} ")
    assert "Chairtime has written it anew, with the key it holds" in said
    assert read_keys(tmp_path / KEYS_NAME) == keys
    assert folder.look_after_keys() == ""
    put(folder.journal, "session/a", seated())
    folder.close()


def test_what_stood_there_is_kept_under_a_name_of_its_own(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    for text in ("first", "second"):
        (tmp_path / KEYS_NAME).write_text(text)
        assert "what stood there is kept as" in folder.look_after_keys()
    folder.close()
    assert (tmp_path / "keys.json.damaged").read_text() == "first"
    assert (tmp_path / "keys.json.damaged-2").read_text() == "second"


def test_a_whole_file_is_not_read_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = open_here(tmp_path)
    folder.look_after_keys()
    monkeypatch.setattr("desktop_app.store.key_file.read_key_file", deleted)
    assert folder.look_after_keys() == ""
    monkeypatch.undo()
    folder.close()


def test_another_key_is_left_where_it_is_and_the_one_in_use_is_kept_beside_it(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    mine = read_keys(tmp_path / KEYS_NAME)
    (tmp_path / KEYS_NAME).unlink()
    other = create_keys(tmp_path / KEYS_NAME)
    said = folder.look_after_keys()
    assert "was exchanged while it was in use" in said
    assert folder.look_after_keys() == ""
    assert read_keys(tmp_path / KEYS_NAME) == other
    assert read_keys(tmp_path / "keys.json.kept") == mine
    with pytest.raises(NotClosedWell, match="was exchanged"):
        folder.close()


def test_a_file_of_a_newer_program_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / KEYS_NAME
    held = KeyFile(file, create_keys(file))
    file.write_text('{"format": 3}')
    assert "newer version" in held.look()
    with pytest.raises(KeyFileOfNewer):
        held.keep_head(Head("w1", 1, ""))
    assert file.read_text() == '{"format": 3}'


@pytest.mark.skipif(os.name == "nt", reason="on Windows a folder's read-only mark does not stop new files")
def test_a_file_that_cannot_be_put_right_is_told_and_tried_again(user_folder: Path) -> None:
    file = user_folder / KEYS_NAME
    held = KeyFile(file, create_keys(file))
    file.write_text("")
    with made_read_only(user_folder):
        assert "is damaged and cannot be set aside: Permission denied" in held.look()
        with pytest.raises(KeyFileUnusable):
            held.keep_head(Head("w1", 1, ""))
    assert "Chairtime has written it anew" in held.look()
    assert read_keys(file) == held.keys


def test_a_disk_that_fills_up_leaves_no_second_names_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / KEYS_NAME
    held = KeyFile(file, create_keys(file))
    file.write_text("")

    def full(*_: object) -> None:
        raise KeyFileUnusable("The disk is full.")

    monkeypatch.setattr("desktop_app.store.key_file.write_keys", full)
    assert held.look() == "The disk is full."
    monkeypatch.undo()
    assert [one.name for one in tmp_path.iterdir()] == [KEYS_NAME]
    assert "kept as" in held.look()


def test_slots_that_were_not_made_durable_are_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.store.slots.COST", CHEAP)
    file = tmp_path / KEYS_NAME
    held = KeyFile(file, create_keys(file))
    slot = make_slot("AK", "four words in a row", held.keys.database)
    others = replace(held.keys, slots=(slot,), renew=True)

    def failing(_folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("desktop_app.store.durable_file.sync_folder", failing)
    with pytest.raises(KeyFileUnusable, match="cannot be written"):
        held.put(others)
    monkeypatch.undo()
    assert read_keys(file) == held.keys
    assert held.look() == ""
    held.put(others)
    assert isinstance(read_key_file(file), SealedKeys)
