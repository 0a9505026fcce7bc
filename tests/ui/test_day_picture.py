"""The day by hour: true to the numbers beside it, told to the mouse, the keyboard and the ear."""

from __future__ import annotations

from datetime import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from desktop_app.app import session_coder
from desktop_app.commands.demo_day import MID_MORNING, demo_day
from desktop_app.core.care import stop_service
from desktop_app.ui.board.day_model import Day, day_view
from desktop_app.ui.board.figure import Figure
from desktop_app.ui.board.suite_model import sessions_today
from desktop_app.ui.codings import Codings
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK
from tests.ui.conftest import SALINE, VANCOMYCIN, Ward
from tests.ui.every_state import fill


def day_of(ward: Ward) -> Day:
    now_us = ward.clock.now().wall_us
    today = sessions_today(ward.desk.suite, now_us, NEW_YORK)
    return day_view(today, Codings(session_coder()), now_us, NEW_YORK)


def hours(day: Day) -> dict[str, tuple[int, int, int]]:
    known = {hour.clock: (hour.infused_minutes, hour.billable, hour.projected) for hour in day.hours}
    return {clock: figures for clock, figures in known.items() if any(figures)}


def test_an_infusion_stands_in_the_hours_it_ran_and_its_units_where_they_began(ward: Ward) -> None:
    ward.clock.advance(30)
    session = ward.start(ward.seat("1"), VANCOMYCIN)
    ward.clock.advance(125)
    ward.do(session, lambda s, w: stop_service(s, w, service="1"))
    assert hours(day_of(ward)) == {"09:00": (30, 1, 1), "10:00": (60, 1, 1), "11:00": (35, 0, 0)}


def test_what_is_planned_and_not_begun_is_projected(ward: Ward) -> None:
    ward.plan(ward.plan(ward.seat("1"), VANCOMYCIN), SALINE)
    assert hours(day_of(ward)) == {"09:00": (0, 0, 1), "10:00": (0, 0, 1)}


def test_no_session_is_no_hour(ward: Ward) -> None:
    assert day_of(ward) == Day(())
    assert Day(()).sentence == "The day by hour: nothing yet"


@pytest.mark.parametrize("until", [MID_MORNING, None])
def test_the_hours_of_the_demo_day_add_up_to_the_suite_s_numbers(until: time | None) -> None:
    with demo_day() as day:
        day.play_until(until)
        now_us, zone = day.parts.desk.now().now_us, day.clock.zone
        today = sessions_today(day.parts.desk.suite, now_us, zone)
        codings = Codings(day.parts.coder)
        shown = day_view(today, codings, now_us, zone)
        now = sum(codings.now(session, now_us).billable_hours for session in today)
        projected = sum(codings.projected(session, now_us).billable_hours for session in today)
    assert now > 10
    assert (sum(h.billable for h in shown.hours), sum(h.projected for h in shown.hours)) == (now, projected)
    assert all(hour.projected >= 0 <= hour.billable for hour in shown.hours)


def test_the_picture_adds_up_to_the_bar(ward: Ward, window: MainWindow) -> None:
    fill(ward)
    window.refresh()
    told = {figure.accessibleName() for figure in window.board.bar.findChildren(Figure)}
    assert {"9 h billable now", "13 h projected today"} <= told
    sentence = window.board.bar.day.accessibleName()
    assert sentence == "The day by hour: 10:49 infused, 9 h billable, 13 h projected"


def test_the_arrow_keys_tell_an_hour_s_figures(ward: Ward, window: MainWindow) -> None:
    fill(ward)
    window.refresh()
    picture = window.board.bar.day
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert picture.told is not None
    assert picture.told.is_now
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert picture.told.clock == "10:00"
    interface = QAccessible.queryAccessibleInterface(picture)
    assert picture.told.spoken in interface.text(QAccessible.Text.Name)
    QTest.keyClick(picture, Qt.Key.Key_Left)
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert picture.told.clock == "09:00"
    window.board.focus("1")
    assert picture.told is None


def test_the_mouse_over_an_hour_tells_its_figures(ward: Ward, window: MainWindow) -> None:
    fill(ward)
    window.refresh()
    picture = window.board.bar.day
    at = picture.column(1).center()
    QTest.mouseMove(picture, QPoint(round(at.x()), round(at.y())))
    assert picture.told is not None
    assert picture.note.isVisible()
    assert picture.note.text() == picture.told.spoken
    assert picture.told.clock == "10:00"
