"""A chair keeps its label while somebody sits in it: the same furniture is never two chairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.window import make_window
from desktop_app.core.access import Role
from desktop_app.core.desk import Saved
from desktop_app.core.orders import Setting
from desktop_app.core.stay import end_session
from desktop_app.ui.settings.page import SettingEntry
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person


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
        "Chair 1 is taken; a label can change when its chair is free. "
        "The old value stays; “Window” was typed."
    )
    assert entry.field.text == ""
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


def test_what_somebody_may_not_set_shows_again_what_is_kept(parts: Parts, taken: MainWindow) -> None:
    name_person(parts.desk, parts.desk.actor, Role.ADMINISTRATOR)
    name_person(parts.desk, "CB", Role.BILLER)
    parts.desk.actor = "CB"
    entries = taken.settings.entries
    cards, chairs = entries["card-names"], entries["chairs"]
    assert cards.choice is not None
    cards.choice.chip("none").click()
    assert cards.choice.taken == parts.folder.settings.get("card-names") == "initials"
    assert cards.problem.text().endswith("The old value stays.")
    chairs.field.set_text("20")
    chairs.field.edit.editingFinished.emit()
    assert chairs.field.text == parts.folder.settings.get("chairs") == "12"
    assert chairs.problem.text().endswith("The old value stays; “20” was typed.")
