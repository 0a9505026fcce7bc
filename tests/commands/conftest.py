"""What several tests of the commands stand on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.commands.clinic import Clinic
from tests.ui.hands import Mouse


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Makes a folder that every user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="chairtime-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def clinic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clinic:
    """Makes a data folder to import into, and a place for downloads."""
    return Clinic(tmp_path, capsys)


@pytest.fixture
def mouse(qtbot: QtBot) -> Mouse:
    """Clicks on what can be seen."""
    return Mouse(qtbot)
