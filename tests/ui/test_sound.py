"""The soft sound: off unless wanted, for one chair at a time, until that chair's reminder is seen."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.stay import end_session
from desktop_app.ui.beside.sound import SystemSound
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import VANCOMYCIN, Ward
from tests.ui.hands import Typist

WATCHED = replace(VANCOMYCIN, vitals_every_minutes=15)


class Heard:
    """Keeps what was to be heard."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def play(self, said: str) -> None:
        self.said.append(said)


@pytest.fixture
def heard(ward: Ward, window: MainWindow) -> Heard:
    """The ears of a suite that wants the soft sound; chairs 2 and 4 run with vitals due at 09:15."""
    window.beside.ringing.sound = ears = Heard()
    ward.settings.set("reminder-sound", "tone")
    for chair in ("2", "4"):
        ward.start(ward.seat(chair, mrn=f"000{chair}"), WATCHED)
    return ears


def at_minute(ward: Ward, window: MainWindow, minutes: int) -> None:
    ward.clock.advance(minutes)
    for _ in range(3):
        window.ticker.tick()


@pytest.mark.usefixtures("heard")
def test_the_sound_is_off_unless_it_is_wanted(ward: Ward, window: MainWindow) -> None:
    ears = window.beside.ringing.sound = Heard()
    ward.settings.set("reminder-sound", "off")
    at_minute(ward, window, 15)
    assert ears.said == []


def test_each_chair_rings_once_as_it_comes_due(ward: Ward, window: MainWindow, heard: Heard) -> None:
    at_minute(ward, window, 14)
    assert heard.said == []
    at_minute(ward, window, 1)
    assert heard.said == ["", ""]


def test_the_screen_names_the_chair_that_rang(ward: Ward, window: MainWindow, heard: Heard) -> None:
    ward.clock.advance(15)
    window.ticker.tick()
    assert heard.said == [""]
    assert window.toast.text == "Chair 2: vitals due"


def test_a_ring_says_nothing_over_the_last_touch(ward: Ward, window: MainWindow, heard: Heard) -> None:
    ward.clock.advance(15)
    window.toast.say_saved("Chair 1 · Vancomycin stopped", can_undo=True)
    window.ticker.tick()
    assert heard.said == [""]
    assert window.toast.text == "Chair 1 · Vancomycin stopped · saved"


def test_with_a_voice_the_chair_is_said_and_no_name(ward: Ward, window: MainWindow, heard: Heard) -> None:
    ward.settings.set("reminder-sound", "voice")
    at_minute(ward, window, 15)
    assert heard.said == ["Chair 2: vitals due", "Chair 4: vitals due"]


def test_it_rings_again_until_it_is_seen_chair_by_chair(
    ward: Ward, window: MainWindow, heard: Heard, qtbot: QtBot
) -> None:
    ward.settings.set("reminder-sound", "voice")
    at_minute(ward, window, 15)
    window.board.focus("2")
    Typist(qtbot, window).press("k")
    heard.said.clear()
    at_minute(ward, window, 1)
    assert heard.said == []
    at_minute(ward, window, 1)
    assert heard.said == ["Chair 4: vitals due"]


def test_a_present_that_went_back_does_not_hush_what_is_still_due(
    ward: Ward, window: MainWindow, heard: Heard
) -> None:
    for chair in ("2", "4"):
        ward.do(ward.in_chair(chair), end_session)
    began_us = ward.start(ward.seat("6")).seated.at_us
    for minute in (100, 70, 71):
        window.beside.ringing.tick(began_us + minute * MINUTE_US)
    assert heard.said == ["", ""], "at its planned end, and at once again as the present went back"


def test_a_locked_or_minimised_window_still_rings(ward: Ward, window: MainWindow, heard: Heard) -> None:
    window.locking.lock()
    window.showMinimized()
    at_minute(ward, window, 15)
    assert heard.said == ["", ""]


@pytest.fixture
def players(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it."""
    folder = tmp_path / "players"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def put(folder: Path, name: str) -> Path:
    """Put a player there that writes down what it was asked; return where."""
    written, program = folder / f"{name}.txt", folder / name
    program.write_text(f'#!/bin/sh\necho "$@ [$LD_LIBRARY_PATH]" > "{written}"\n')
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return written


def read_when_there(qtbot: QtBot, written: Path) -> str:
    qtbot.waitUntil(lambda: written.is_file() and written.read_text().endswith("]\n"), timeout=10_000)
    return written.read_text().strip()


@pytest.mark.usefixtures("window")
def test_where_there_is_no_player_the_desktop_beeps(players: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not list(players.iterdir())
    beeps: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append("beep"))
    SystemSound("linux").play("")
    SystemSound("linux").play("Chair 4: vitals due")
    SystemSound("another").play("")
    assert beeps == ["beep"] * 3


def test_the_systems_player_is_given_the_sound(players: Path, qtbot: QtBot) -> None:
    written = put(players, "paplay")
    SystemSound("linux", {}).play("")
    assert read_when_there(qtbot, written) == f"{paths.resource('sounds', 'soft.wav')} []"


def test_the_systems_voice_says_the_chair_and_takes_no_option_from_its_label(
    players: Path, qtbot: QtBot
) -> None:
    written = put(players, "spd-say")
    SystemSound("linux", {}).play("Chair -x: vitals due")
    assert read_when_there(qtbot, written) == "-- Chair -x: vitals due []"


def test_without_a_voice_the_sound_is_heard(players: Path, qtbot: QtBot) -> None:
    written = put(players, "pw-play")
    SystemSound("linux", {}).play("Chair 4: vitals due")
    assert read_when_there(qtbot, written).endswith("soft.wav []")


def test_a_bundle_lends_its_libraries_to_no_program_of_the_system(
    players: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = put(players, "aplay")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(paths, "resource", players.joinpath)
    SystemSound("linux", {"LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": "/own"}).play("")
    assert read_when_there(qtbot, written).endswith("soft.wav [/own]")
