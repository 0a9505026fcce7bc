"""What is looked after while the program works is looked at in time, and told once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.app import open_parts
from desktop_app.commands.window import make_window
from desktop_app.ui.widgets.toast import Toast
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward


class Journeys:
    """Counts how often somebody looked."""

    def __init__(self) -> None:
        self.made = 0
        self.found = ""

    def look(self) -> str:
        self.made += 1
        return self.found


@pytest.fixture
def journeys(window: MainWindow) -> Journeys:
    made = Journeys()
    window.caretaker.look_with = made.look
    return made


def test_it_is_looked_every_few_minutes_and_not_each_second(
    ward: Ward, window: MainWindow, journeys: Journeys
) -> None:
    for _ in range(4):
        ward.clock.advance(1)
        window.refresh()
    assert journeys.made == 0
    ward.clock.advance(1)
    window.refresh()
    window.refresh()
    assert journeys.made == 1


def test_it_is_looked_at_the_lock(window: MainWindow, journeys: Journeys) -> None:
    window.locking.lock()
    assert journeys.made == 1


def test_it_is_looked_when_a_setting_is_changed(window: MainWindow, journeys: Journeys) -> None:
    window.show_page("settings")
    window.settings.changed.emit("suite-name")
    assert journeys.made == 1


def test_what_is_found_is_said_and_stays(window: MainWindow, journeys: Journeys) -> None:
    journeys.found = "The key file is damaged. It was written anew."
    window.caretaker.look()
    assert window.toast.text == journeys.found
    assert window.toast.stands


def test_a_key_file_damaged_at_work_is_told_by_the_real_window(tmp_path: Path, qtbot: QtBot) -> None:
    with open_parts(tmp_path) as parts:
        window = make_window(parts, demo=False)
        qtbot.addWidget(window)
        window.show()
        (tmp_path / "keys.json").write_text("")
        window.caretaker.look()
        toast: Toast = window.toast
        assert "is damaged. Chairtime has written it anew" in toast.text
        window.ticker.stop()
    with open_parts(tmp_path):
        assert (tmp_path / "keys.json.damaged").read_text() == ""
