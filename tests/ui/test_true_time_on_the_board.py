"""Once the true time was told, the board says how far the clock is off and what stamps are made from."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop_app.core.care import stop_service
from desktop_app.core.clocks import telling_true_time
from desktop_app.core.desk import Saved
from desktop_app.core.moments import MINUTE_US, SECOND_US
from desktop_app.core.stay import end_session
from desktop_app.ui.sheets.clocks import ClocksSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import sheet_of

SLOW_US = 4 * MINUTE_US + 56 * SECOND_US


def tell(ward: Ward, off_us: int = SLOW_US) -> None:
    reading = ward.clock.now()
    plan = telling_true_time(ward.desk.now(), reading, reading.wall_us + off_us, known="radio clock", by="BN")
    assert isinstance(ward.desk.take(plan), Saved)


def state(window: MainWindow) -> QLabel:
    window.refresh()
    (found,) = (
        shown
        for shown in window.board.bar.findChildren(QLabel)
        if shown.isVisible() and shown.text().startswith(("✓", "▲"))
    )
    return found


def test_who_is_timed_goes_on_by_the_old_clock_and_the_bar_says_so(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    assert state(window).text().endswith("steady")
    tell(ward)
    shown = state(window)
    assert shown.text().startswith("▲")
    assert shown.text().endswith("4:56 slow · stamps go by it")
    assert shown.toolTip() == shown.accessibleName()
    assert shown.toolTip() == (
        "BN told the true time (radio clock): this computer's clock is 4 min 56 s slow. Stamps are made from "
        "the clock as before, 4 min 56 s before the true time, while somebody is timed, and from the true "
        "time once nobody is."
    )


def test_once_nobody_is_timed_the_bar_says_that_stamps_are_true(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    tell(ward, -SLOW_US)
    ward.desk.touch(session.id, stop_service)
    ward.desk.touch(session.id, end_session)
    assert state(window).text().endswith("4:56 fast · stamps are true")
    assert state(window).toolTip().endswith("4 min 56 s fast. Stamps are made from the true time.")


def test_a_clock_that_is_put_right_while_somebody_is_timed_leaves_the_stamps_behind(
    ward: Ward, window: MainWindow
) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    tell(ward)
    ward.clock.shift_wall(SLOW_US)
    assert state(window).text().endswith("right · stamps 4:56 slow")


def test_a_clock_that_was_moved_and_is_told_of_says_what_stamps_are_counted_on_from(
    ward: Ward, window: MainWindow
) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    ward.clock.shift_wall(60 * MINUTE_US)
    tell(ward, -30 * MINUTE_US)
    assert state(window).text().endswith("30:00 fast · stamps counted on")


def test_a_clock_that_the_true_time_agrees_with_is_trusted(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    tell(ward, SECOND_US)
    assert state(window).text() in {"✓ clock trusted", "✓ trusted"}


def test_what_was_told_in_another_start_of_the_computer_is_not_said(ward: Ward, window: MainWindow) -> None:
    tell(ward)
    assert state(window).text().endswith("stamps are true")
    ward.clock.reboot("boot-2")
    assert "stamps" not in state(window).text()


def test_the_sheet_shows_the_clock_second_by_second_and_what_was_told(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    window.clock_keeper.show_all()
    sheet = sheet_of(window, ClocksSheet)
    assert "It shows Mon 2 Mar 2026 09:00:00" in said(sheet)
    ward.clock.advance(us=SECOND_US)
    sheet.ticker.tick()
    assert "It shows Mon 2 Mar 2026 09:00:01" in said(sheet)
    tell(ward)
    sheet.ticker.tick()
    assert "this computer's clock is 4 min 56 s slow" in said(sheet)


def said(sheet: ClocksSheet) -> str:
    return " ".join(shown.text() for shown in sheet.findChildren(QLabel))
