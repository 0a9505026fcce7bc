"""A database that is moved or deleted under the open program takes no touch, and nobody is told it did."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.ports import NotSaved
from desktop_app.store.faults import NotClosedWell
from desktop_app.store.folder import DATABASE_NAME
from tests.store.examples import open_here, put, seated, started

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file where it is")


def remove_the_folder(path: Path) -> None:
    shutil.rmtree(path)


def remove_the_database(path: Path) -> None:
    (path / DATABASE_NAME).unlink()


def remove_the_log(path: Path) -> None:
    (path / f"{DATABASE_NAME}-wal").unlink()


def move_the_folder(path: Path) -> None:
    path.rename(path.with_name("moved"))


def exchange_the_database(path: Path) -> None:
    copy = path / "copy"
    shutil.copy(path / DATABASE_NAME, copy)
    copy.replace(path / DATABASE_NAME)


@pytest.mark.parametrize(
    "take_away",
    [remove_the_folder, remove_the_database, remove_the_log, move_the_folder, exchange_the_database],
)
def test_a_touch_into_a_file_that_is_not_in_its_place_is_not_answered_as_stored(
    tmp_path: Path, take_away: Callable[[Path], None]
) -> None:
    folder = open_here(tmp_path / "data")
    put(folder.journal, "session/a", seated())
    take_away(tmp_path / "data")
    with pytest.raises(NotSaved, match="was moved or deleted while Chairtime works"):
        put(folder.journal, "session/a", started())
    assert len(folder.journal.load("session/a")) == 1
    with pytest.raises(NotClosedWell) as caught:
        folder.close()
    assert "on disk all the same" not in str(caught.value)


@pytest.mark.parametrize(
    "take_away",
    [remove_the_folder, remove_the_database, remove_the_log, move_the_folder, exchange_the_database],
)
def test_a_setting_into_a_file_that_is_not_in_its_place_is_not_stored(
    tmp_path: Path, take_away: Callable[[Path], None]
) -> None:
    folder = open_here(tmp_path / "data")
    folder.settings.set("suite-name", "North")
    take_away(tmp_path / "data")
    with pytest.raises(NotSaved, match="was moved or deleted while Chairtime works"):
        folder.settings.set("suite-name", "South")
    assert folder.settings.get("suite-name") == "North"
    with pytest.raises(NotClosedWell):
        folder.close()


def test_a_page_that_is_damaged_under_the_open_program_keeps_the_touch_and_names_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "data"
    open_here(path).close()
    folder = open_here(path)
    database = path / DATABASE_NAME
    whole = database.read_bytes()
    database.write_bytes(whole[:4096] + bytes(b ^ 1 for b in whole[4096:]))
    folder._database.execute("PRAGMA shrink_memory")  # noqa: SLF001 - as when other pages were read since
    with pytest.raises(NotSaved) as told:
        put(folder.journal, "session/a", seated())
    assert str(told.value) == (
        f"The database {database} is damaged: a page is not what was written, so nothing more is stored in "
        "it. Restore a backup: in the settings, or when Chairtime is opened next."
    )
    with pytest.raises(NotSaved, match="is damaged"):
        folder.settings.set("suite-name", "South")
    with pytest.raises(NotClosedWell, match="is damaged"):
        folder.close()


def test_a_folder_that_is_put_back_takes_the_same_touch(tmp_path: Path) -> None:
    path, away = tmp_path / "data", tmp_path / "away"
    folder = open_here(path)
    put(folder.journal, "session/a", seated())
    path.rename(away)
    with pytest.raises(NotSaved):
        put(folder.journal, "session/a", started())
    away.rename(path)
    put(folder.journal, "session/a", started())
    folder.close()
    again = open_here(path)
    assert len(again.journal.load("session/a")) == 2
    again.close()


def test_a_folder_named_from_the_working_folder_stays_found_when_that_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = open_here(Path("data"))
    monkeypatch.chdir("/")
    put(folder.journal, "session/a", seated())
    assert len(folder.journal.load("session/a")) == 1
    monkeypatch.chdir(tmp_path)
    folder.close()
