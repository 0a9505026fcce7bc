"""The clock was moved while the window was closed: the board tells it, and no touch is refused for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.core.desk import Desk
from desktop_app.core.moments import HOUR_US, MINUTE_US, HowKnown
from desktop_app.ui.board.suite_model import CLOCK_BEHIND
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import SequentialIdentities
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, sheet_of

Opened = Callable[[str, str], MainWindow]


@pytest.fixture
def reopened(ward: Ward, request: pytest.FixtureRequest) -> Opened:
    """Let a drug run for half an hour in chair 1, move the clock while the program is closed, open it."""

    def reopen(wall: str, boot: str) -> MainWindow:
        ward.start(ward.seat("1"))
        ward.clock.advance(30)
        ward.clock.set_wall(wall)
        if boot:
            ward.clock.reboot(boot)
        ward.desk = Desk(
            journal=ward.journal,
            clock=ward.clock,
            names=SequentialIdentities("later"),
            chairs=ward.settings.chairs(),
            actor="AK",
        )
        window: MainWindow = request.getfixturevalue("window")
        window.board.focus("1")
        window.refresh()
        return window

    return reopen


def told(window: MainWindow) -> list[str]:
    return [shown.text() for shown in window.board.bar.findChildren(QLabel) if shown.isVisible()]


@pytest.mark.parametrize(("wall", "moved"), [("08:30", "1:00:00"), ("10:00", "30:00")])
def test_the_bar_says_by_how_much_and_the_stop_is_right(
    ward: Ward, reopened: Opened, request: pytest.FixtureRequest, wall: str, moved: str
) -> None:
    window = reopened(f"2026-03-02T{wall}", "")
    assert any(moved in words for words in told(window)), told(window)
    typist: Typist = request.getfixturevalue("typist")
    typist.press("X")
    assert ward.in_chair("1").services[0].elapsed_us(0) == 30 * MINUTE_US


def test_a_clock_behind_the_record_is_told_and_the_stop_is_taken_as_the_earliest(
    ward: Ward, reopened: Opened, request: pytest.FixtureRequest
) -> None:
    window = reopened("2026-03-02T07:00", "boot-2")
    assert any(words.endswith("behind the record") for words in told(window)), told(window)
    ward.clock.advance(1)
    typist: Typist = request.getfixturevalue("typist")
    typist.press("X")
    stop = ward.in_chair("1").services[0].stop
    assert stop is not None
    assert stop.how is HowKnown.EARLIEST
    assert ward.in_chair("1").services[0].elapsed_us(0) == MINUTE_US
    assert "at the earliest: this computer" in window.toast.text


def test_just_now_is_the_earliest_too_while_the_clock_is_behind(
    ward: Ward, reopened: Opened, request: pytest.FixtureRequest
) -> None:
    window = reopened("2026-03-02T07:00", "boot-2")
    typist: Typist = request.getfixturevalue("typist")
    typist.press("T")
    sheet = sheet_of(window, StoppedAtSheet)
    sheet.known.how.take("saw")
    sheet.confirm(now=True)
    stop = ward.in_chair("1").services[0].stop
    assert stop is not None
    assert stop.how is HowKnown.EARLIEST


def test_a_clock_that_is_put_right_after_it_was_behind_is_steady(ward: Ward, reopened: Opened) -> None:
    window = reopened("2026-03-02T07:00", "boot-2")
    assert ward.desk.is_clock_behind
    ward.clock.set_wall("2026-03-02T10:00")
    window.refresh()
    assert any(words.endswith("steady") for words in told(window)), told(window)
    assert ward.session(ward.in_chair("1").id).services[0].elapsed_us(ward.desk.now().at_us) == HOUR_US
    assert CLOCK_BEHIND not in told(window)
