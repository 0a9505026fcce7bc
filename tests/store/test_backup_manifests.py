"""A manifest that names too little, checksum and all, makes no backup fail and is called no good one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.backups import Backup
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.manifest import write_manifest
from desktop_app.store.places import default_place
from tests.fakes import FakeClock
from tests.store.examples import open_here


@pytest.mark.parametrize("unnamed", [KEYS_NAME, DATABASE_NAME])
def test_where_the_newest_names_no_key_file_or_database_another_is_made(tmp_path: Path, unnamed: str) -> None:
    folder = open_here(tmp_path / "data")

    def made() -> Backup:
        source = Source(folder.path, folder.database_key)
        return make_backup(source, default_place(folder.path), FakeClock(), AT_ONCE)

    first = made()
    assert made().name == first.name
    assert first.manifest is not None
    files = {name: kept for name, kept in first.manifest.files.items() if name != unnamed}
    write_manifest(first.path, replace(first.manifest, files=files))
    assert made().name != first.name
    folder.close()
