"""What several tests of the commands stand on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.commands.clinic import Clinic
from tests.commands.staff import CHEAP, PASSPHRASES, make_staffed
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


@pytest.fixture(scope="session")
def kept_staff(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Makes once a folder with people whose passphrases cost little."""
    data = tmp_path_factory.mktemp("staff") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop_app.store.slots.COST", CHEAP)
        make_staffed(data)
    return data


@pytest.fixture
def staffed(kept_staff: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Makes a copy of it, with files of the passphrases beside it."""
    monkeypatch.delenv("CHAIRTIME_PASSPHRASE_FILE", raising=False)
    monkeypatch.setattr("desktop_app.store.slots.COST", CHEAP)
    for name, passphrase in PASSPHRASES.items():
        (tmp_path / name).write_text(f"{passphrase}\n", encoding="utf-8")
    return shutil.copytree(kept_staff, tmp_path / "data")
