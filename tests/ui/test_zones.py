"""Whose clock a time is read off: the suite's without a word, any other by the name of its offset."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.app import open_parts
from desktop_app.core.decisions import pressed
from desktop_app.core.desk import Saved
from desktop_app.ui import words
from desktop_app.ui.clock_text import read_clock
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, at
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, sheet_of

EDT, EST = at("2026-11-01T05:20:01", "UTC"), at("2026-11-01T06:10:01", "UTC")
"""01:20:01 and 01:10:01 in New York, fifty minutes apart."""


def test_an_hour_that_comes_twice_is_told() -> None:
    assert words.clock_s(EDT, NEW_YORK) == "01:20:01 EDT"
    assert words.clock_s(EST, NEW_YORK) == "01:10:01 EST"
    assert words.clock(EST, NEW_YORK) == "01:10 EST"
    assert words.clock(at("2026-11-01T02:10"), NEW_YORK) == "02:10"


@pytest.mark.parametrize(
    ("zone", "told"), [(NEW_YORK, "09:00"), ("America/Toronto", "09:00"), ("America/Chicago", "08:00 CST")]
)
def test_a_time_of_another_zone_is_told_where_its_clock_shows_another_time(zone: str, told: str) -> None:
    words.be_in(NEW_YORK)
    assert words.clock(at("2026-03-02T09:00"), zone) == told


def test_without_a_window_no_zone_is_the_suites() -> None:
    assert words.clock(at("2026-03-02T09:00"), "America/Chicago") == "08:00"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1:20:01 EDT", EDT),
        ("1:10:01 est", EST),
        ("1:10:01", EST),
        ("1:15", EDT - 301_000_000),
        ("1:05 EDT", EDT - 901_000_000),
        ("1:05 CET", None),
    ],
)
def test_a_typed_time_may_say_which_of_two_it_is(typed: str, read: int | None) -> None:
    assert read_clock(typed, EST, NEW_YORK) == read


def bar(window: MainWindow) -> list[str]:
    return [shown.text() for shown in window.board.bar.findChildren(QLabel)]


def test_a_touch_in_a_suite_of_another_zone_says_whose_time_it_is(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("1"))
    ward.clock.advance(10)
    ward.settings.values["zone"] = "Europe/Berlin"
    window.refresh()
    window.board.focus("1")
    assert "15:10:00" in bar(window)
    typist.press("X")
    assert window.toast.text == "Chair 1 · Vancomycin stopped at 09:10:00 EST · saved"
    assert "times of America/New_York" in window.board.panel.under.text()


def test_the_field_of_a_true_time_takes_back_what_it_shows(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.clock.set_wall("2026-11-01T00:40")
    ward.start(ward.seat("1"))
    ward.clock.advance(70)
    window.refresh()
    window.board.focus("1")
    typist.press("T")
    choice = sheet_of(window, StoppedAtSheet).known.at
    assert choice.clock.text() == "01:50 EDT"
    ward.clock.advance(30)
    choice.go_back(5)
    assert choice.clock.text() == "01:45 EDT"
    choice.clock.setText("01:45 EDT")
    choice.clock.textEdited.emit("01:45 EDT")
    assert choice.at_us() == at("2026-11-01T05:45", "UTC")


def test_the_clock_of_a_running_program_follows_the_suites_zone(tmp_path: Path) -> None:
    with open_parts(tmp_path) as parts:
        for zone in ("America/New_York", "Asia/Tokyo"):
            parts.folder.settings.set("zone", zone)
            assert parts.clock.now().zone == zone
            when = pressed(parts.desk.now().at_us)
            assert isinstance(parts.desk.mark(when), Saved)
            *_, made = parts.folder.journal.since(0)
            assert (made.stamp.reading.zone, made.stamp.reading.offset_s) == (
                zone,
                parts.clock.now().offset_s,
            )
