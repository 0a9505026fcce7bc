"""A data folder that cannot be used: one sentence, status 2, and every byte in it as it was."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.program import Done, chairtime, chairtime_without_rights, content, log, play, start
from tests.commands.touches import SEAT, START, STOP, VISIT

COMMANDS = {
    "play": ("play", "-"),
    "log": ("log", "--json"),
    "sessions": ("sessions", "--json"),
    "verify": ("verify",),
    "settings": ("settings", "chairs", "20"),
    "window": (),
}

Spoil = Callable[[Path], str]
"""Spoils a data folder and returns what the sentence must say."""


def _empty_database(folder: Path) -> str:
    (folder / "chairtime.db").write_bytes(b"")
    return "is empty (0 bytes), though it held events before"


def _no_database_at_all(folder: Path) -> str:
    (folder / "chairtime.db").write_text("Chairs, patients\n" * 500, encoding="utf-8")
    return "is not the database that the key file belongs to"


def _plain_database(folder: Path) -> str:
    (folder / "chairtime.db").unlink()
    with sqlite3.connect(folder / "chairtime.db") as database:
        database.execute("CREATE TABLE patients (name TEXT)")
    database.close()
    return "is a database without encryption"


def _damaged_page(folder: Path) -> str:
    with (folder / "chairtime.db").open("r+b") as file:
        file.seek(64)
        file.write(b"\xff" * 512)
    return "is damaged, or its key is not the right one"


def _no_database(folder: Path) -> str:
    (folder / "chairtime.db").unlink()
    return "is missing"


def _no_keys(folder: Path) -> str:
    (folder / "keys.json").unlink()
    return "keys.json is missing; put it back from a copy"


def _broken_keys(folder: Path) -> str:
    text = (folder / "keys.json").read_text(encoding="utf-8")
    (folder / "keys.json").write_text(text[:100], encoding="utf-8")
    return "keys.json is damaged"


def _other_keys(folder: Path) -> str:
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    (folder / "keys.json").write_text(json.dumps(keys | {"key": keys["key"][::-1]}), encoding="utf-8")
    return "keys.json is damaged"


SPOILERS: tuple[Spoil, ...] = (
    _empty_database,
    _no_database_at_all,
    _plain_database,
    _damaged_page,
    _no_database,
    _no_keys,
    _broken_keys,
    _other_keys,
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Makes a data folder with a session in it."""
    folder = tmp_path_factory.mktemp("good") / "data"
    assert play(folder, *VISIT).status == 0
    return folder


def refusal(done: Done) -> str:
    """Return what a command that did nothing said: status 2, and one sentence on standard error alone."""
    assert (done.status, done.out) == (2, "")
    return done.sentence


def in_folder(folder: Path, *arguments: str) -> Done:
    """Run a command on a folder; without a word, the window."""
    if not arguments:
        return chairtime("--data-dir", folder)
    name, *others = arguments
    return chairtime(name, "--data-dir", folder, *others, given=json.dumps(SEAT))


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_spoiled_folder_is_named_and_left_alone(good: Path, tmp_path: Path, spoil: Spoil) -> None:
    folder = shutil.copytree(good, tmp_path / "data")
    said = spoil(folder)
    before = content(folder)
    for name in ("play", "log"):
        assert said in refusal(in_folder(folder, *COMMANDS[name]))
    assert content(folder) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_is_wrong_with_the_folder(good: Path, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(good, tmp_path / "data")
    said = _empty_database(folder)
    assert said in refusal(in_folder(folder, *COMMANDS[name]))


@pytest.mark.parametrize("name", ["play", "window"])
def test_a_folder_that_is_a_file_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "a-file"
    file.write_text("mine", encoding="utf-8")
    for folder in (file, file / "data"):
        said = refusal(in_folder(folder, *COMMANDS[name]))
        assert f"The data folder {folder} cannot be made" in said
    assert content(tmp_path) == {"a-file": b"mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_a_folder_that_may_not_be_written_is_refused(open_to_all: Path) -> None:
    folder = open_to_all / "data"
    play(folder, *VISIT)
    before = content(folder)
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = chairtime_without_rights("play", "--data-dir", folder, "-", given=json.dumps(SEAT))
    assert f"The data folder {folder} is read-only" in refusal(done)
    open_to_all.chmod(0o555)
    done = chairtime_without_rights("play", "--data-dir", open_to_all / "new", "-", given=json.dumps(SEAT))
    assert f"The data folder {open_to_all / 'new'} cannot be made: " in refusal(done)
    assert content(folder) == before
    assert [path.name for path in open_to_all.iterdir()] == ["data"]


def test_a_second_player_and_a_window_are_refused_while_one_works(tmp_path: Path) -> None:
    said = f"Another Chairtime already works in the data folder {tmp_path}"
    with start("play", "--data-dir", tmp_path, "-") as player:
        assert player.stdin
        assert player.stdout
        player.stdin.write(json.dumps(SEAT) + "\n")
        player.stdin.flush()
        assert json.loads(player.stdout.readline())["ok"]
        for name in ("play", "settings", "window"):
            assert said in refusal(in_folder(tmp_path, *COMMANDS[name]))
        for more in (START, STOP):
            player.stdin.write(json.dumps(more) + "\n")
            player.stdin.flush()
            assert json.loads(player.stdout.readline())["ok"]
        player.stdin.close()
        assert player.wait() == 0
    kinds = [event["kind"] for event in log(tmp_path)]
    assert kinds == ["patient-seated", "service-started", "service-stopped"]
