"""A chair keeps its label while somebody sits in it: the same furniture is never two chairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.window import make_window
from desktop_app.core.desk import Saved
from desktop_app.core.orders import Setting
from desktop_app.core.stay import end_session
from desktop_app.ui.settings.page import SettingEntry
from desktop_app.ui.window import MainWindow


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with open_parts(tmp_path) as opened:
        opened.folder.settings.set("suite-name", "North")
        yield opened


@pytest.fixture
def taken(parts: Parts, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window at the settings, with a patient in chair 1."""
    window = make_window(parts, demo=False)
    qtbot.addWidget(window)
    window.show()
    saved = parts.desk.seat(
        parts.desk.now(), chair="1", mrn="12345", session="s", zone="UTC", setting=Setting.FACILITY
    )
    assert isinstance(saved, Saved)
    window.show_page("settings")
    yield window
    window.ticker.stop()


def label_chairs(window: MainWindow, labels: str) -> SettingEntry:
    entry = window.settings.entries["chair-labels"]
    entry.field.set_text(labels)
    entry.field.edit.editingFinished.emit()
    return entry


def test_a_taken_chair_is_not_renamed(parts: Parts, taken: MainWindow) -> None:
    entry = label_chairs(taken, "Window")
    assert entry.problem.text() == (
        "Chair 1 is taken; a label can change when its chair is free. The old value stays."
    )
    assert entry.problem.isVisible()
    assert parts.desk.suite.chairs[:2] == ("1", "2")


def test_another_chair_gets_no_label_that_a_patient_is_found_by(parts: Parts, taken: MainWindow) -> None:
    label_chairs(taken, "7, 1, , , , , 2")
    assert parts.desk.suite.chairs[:2] == ("1", "2")


def test_it_is_renamed_when_it_is_free(parts: Parts, taken: MainWindow) -> None:
    parts.desk.touch("s", end_session)
    label_chairs(taken, "Window")
    assert parts.desk.suite.chairs[:2] == ("Window", "2")


def test_a_free_chair_is_renamed_beside_it(parts: Parts, taken: MainWindow) -> None:
    label_chairs(taken, ", Window")
    assert parts.desk.suite.chairs[:3] == ("1", "Window", "3")
