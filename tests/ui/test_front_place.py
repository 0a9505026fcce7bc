"""The door that second starts knock at stands where the system clears up, and opens there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop_app.ui.front import FrontDoor, socket_name


@pytest.fixture
def place() -> Iterator[Path]:
    """Make a folder whose name is short, as those of the system are."""
    with TemporaryDirectory(prefix="run-") as folder:
        yield Path(folder)


@pytest.mark.usefixtures("qapp")
def test_the_door_stands_in_the_folder_that_goes_with_the_login(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    house = QObject()
    door = FrontDoor(tmp_path, house)
    knocking = QLocalSocket()
    with qtbot.waitSignal(door.knocked, timeout=5_000):
        knocking.connectToServer(socket_name(tmp_path))
    assert [one.name for one in place.iterdir()] == [Path(socket_name(tmp_path)).name]
    house.deleteLater()


@pytest.mark.skipif(os.name == "nt", reason="only there does the system have such a place")
def test_a_start_that_was_told_of_no_place_knocks_at_the_same_door(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_user = place / str(os.getuid())
    of_user.mkdir()
    monkeypatch.setattr("desktop_app.ui.front._OF_USER", f"{place}/{{}}", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(of_user))
    name = socket_name(tmp_path)
    assert Path(name).parent == of_user
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert socket_name(tmp_path) == name


def test_without_such_a_place_it_stands_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.ui.front._OF_USER", str(tmp_path / "{}"))
    for place in ("", str(tmp_path / "none"), f"/{'long/' * 30}"):
        monkeypatch.setenv("XDG_RUNTIME_DIR", place)
        assert socket_name(tmp_path).startswith("chairtime-")
