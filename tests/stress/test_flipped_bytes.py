"""Thousands of single bytes changed in turn: in the database, the key file and every file of a batch."""

from __future__ import annotations

import random
import secrets
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.commands.noted import fault_of_batch
from desktop_app.commands.streams import NothingDone
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.opening import open_folder
from tests.commands.program import play
from tests.commands.touches import VISIT
from tests.store.flipping import filled_folder, flipped, unnoticed

PLACES = 4_000


def test_thousands_of_changed_bytes_of_the_database_are_noticed(tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    chance = random.Random(seed)  # noqa: S311 - places, not secrets
    size = (filled_folder(tmp_path) / DATABASE_NAME).stat().st_size
    places = [(chance.randrange(size), chance.randrange(1, 256)) for _ in range(PLACES)]
    assert unnoticed(tmp_path, DATABASE_NAME, places) == [], f"seed {seed}"


def test_every_bit_of_the_key_file_is_noticed(tmp_path: Path) -> None:
    size = (filled_folder(tmp_path) / KEYS_NAME).stat().st_size
    assert unnoticed(tmp_path, KEYS_NAME, [(at, 1 << bit) for at in range(size) for bit in range(8)]) == []


def test_every_byte_of_every_file_of_a_batch_is_noticed_and_its_file_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play(tmp_path / "data", *VISIT)
    words = ["export", "--data-dir", str(tmp_path / "data"), "--to", str(tmp_path), "--format", "csv"]
    assert main([*words, "--format", "x12", "--format", "hl7"]) in {0, 1, 2}
    capsys.readouterr()
    if not list(tmp_path.glob("chairtime-*")):
        assert main(words) == 0
    (batch,) = tmp_path.glob("chairtime-*")
    folder = open_folder(tmp_path / "data", read_only=True)
    assert fault_of_batch(folder, str(batch)) == ""
    for file in sorted(batch.iterdir()):
        for at in range(file.stat().st_size):
            with flipped(file, at, 1):
                try:
                    said = fault_of_batch(folder, str(batch))
                except NothingDone as fault:
                    said = str(fault)
            assert file.name in said, f"byte {at} of {file.name}: {said}"
    folder.close()
