"""A single byte that is changed is noticed, wherever it stands; ``tests/stress`` changes thousands."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from tests.store.flipping import filled_folder, said_of, unnoticed

_PAGE = 4096
_RESERVED = 80
"""At the end of each page: what the cipher keeps, its checksum among it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled_folder(tmp_path)


def test_an_untouched_folder_is_well(folder: Path) -> None:
    assert said_of(folder) == ""


def test_a_changed_byte_of_the_database_is_noticed_on_every_page(folder: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - places, not secrets
    pages = (folder / DATABASE_NAME).stat().st_size // _PAGE
    places = [(page * _PAGE + chance.randrange(_PAGE), chance.randrange(1, 256)) for page in range(pages)]
    kept = [
        (page * _PAGE - chance.randint(1, _RESERVED), chance.randrange(1, 256))
        for page in range(1, pages + 1)
    ]
    assert unnoticed(folder, DATABASE_NAME, [*places, *kept, (0, 1), (15, 128), (16, 1)]) == []


def test_a_changed_byte_of_the_key_file_is_noticed_wherever_it_stands(folder: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - as above
    content = (folder / KEYS_NAME).read_bytes()
    places = [(at, 1 << chance.randrange(8)) for at in range(0, len(content), 4)]
    blanks = [(at, 0x2A) for at, byte in enumerate(content) if byte in b" \n"]
    assert unnoticed(folder, KEYS_NAME, [*places, *blanks[::3]]) == []
