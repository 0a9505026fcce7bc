"""A database of every schema ever released still opens, and says what it said then."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop_app.core.fold import fold
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.store.folder import KEYS_NAME, Folder
from desktop_app.store.migrations import SCHEMA_VERSION
from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from tests.store.examples import open_here, put, started
from tests.store.make_fixture import BADGE, FIXTURES, LOCKED, PIN, RECOVERY_KEY
from tests.store.people import AK, BN, open_as

KEPT = sorted(path.name for path in FIXTURES.iterdir())
KEPT_LOCKED = sorted(path.name for path in LOCKED.iterdir())


def folded(folder: Folder, name: str) -> Session:
    session = fold(folder.journal.load(f"session/{name}"))
    assert session is not None
    return session


def test_a_database_of_each_schema_was_kept() -> None:
    assert [f"schema-{n}" for n in range(1, SCHEMA_VERSION + 1)] == KEPT


@pytest.mark.parametrize("schema", KEPT)
def test_an_old_database_opens_whole_and_takes_new_events(tmp_path: Path, schema: str) -> None:
    folder = open_here(Path(shutil.copytree(FIXTURES / schema, tmp_path / "data")))
    assert verify(folder.journal, folder.known_head) is None
    assert folder.journal.open_sessions() == ("running",)
    assert folded(folder, "sent").signatures[0].lines[0].code == "96365"
    assert folded(folder, "running").services[0].state is ServiceState.RUNNING
    assert folder.settings.get("suite-name") == "Kept Suite"
    put(folder.journal, "session/running", started("2"))
    assert verify(folder.journal) is None
    folder.close()


@pytest.mark.parametrize("schema", KEPT_LOCKED)
def test_an_old_locked_folder_opens_with_every_secret_it_was_given(tmp_path: Path, schema: str) -> None:
    data = Path(shutil.copytree(LOCKED / schema, tmp_path / "data"))
    printed = (data / RECOVERY_KEY).read_text(encoding="utf-8")
    folder = open_as(data, "BN", BN)
    assert verify(folder.journal, folder.known_head) is None
    assert folder.settings.get("suite-name") == "Kept Suite"
    assert folder.sign_in.check("BN", PIN)
    assert folder.sign_in.check("AK", AK)
    assert folder.sign_in.holder(BADGE) == "BN"
    put(folder.journal, "session/running", started("2"))
    folder.close()
    open_folder(data, unlock=lambda locked: locked.with_recovery_key(printed)).close()


@pytest.mark.parametrize("schema", KEPT_LOCKED)
def test_an_older_program_sees_by_a_number_that_it_cannot_read_the_key_file(schema: str) -> None:
    assert json.loads((LOCKED / schema / KEYS_NAME).read_text(encoding="utf-8"))["format"] == 2
