"""A visit through the real parts: real store, real rules, real files; once by keys alone, once by mouse."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.window import make_window
from desktop_app.core.session import Stage
from desktop_app.store.verify import verify
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.signin.first_person import FirstPersonSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, FakeClock
from tests.ui.hands import Mouse, Typist, focused, sheet

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock("2026-03-02T09:00")


@pytest.fixture
def parts(tmp_path: Path, clock: FakeClock) -> Iterator[Parts]:
    with open_parts(tmp_path / "data", make_clock=lambda _zone: clock) as opened:
        opened.folder.settings.set("zone", NEW_YORK)
        yield opened


@pytest.fixture
def window(parts: Parts, qtbot: QtBot) -> Iterator[MainWindow]:
    made = make_window(parts, demo=False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.ticker.stop()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def tab_to(typist: Typist, wanted: QWidget) -> None:
    for _ in range(40):
        if focused() is wanted:
            return
        typist.press(Qt.Key.Key_Tab)
    pytest.fail("Tab does not reach it")


def assert_sent(parts: Parts, out: Path, mrn: str) -> None:
    """Hold what is on disk against a visit of 95 minutes: two hours, its drug, and the journal whole."""
    (batch,) = out.iterdir()
    assert batch.name == "chairtime-2026-03-02-A"
    with (batch / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["mrn"], row["code"], row["units"]) for row in rows] == [
        (mrn, "96365", "1"),
        (mrn, "96366", "1"),
        (mrn, "J3373", "100"),
    ]
    (session,) = parts.desk.suite.sessions.values()
    assert session.stage is Stage.SIGNED
    assert [one.is_sent for one in parts.exporter.batches()] == [True]
    assert verify(parts.folder.journal, parts.folder.known_head) is None


def test_a_visit_by_keyboard_alone_ends_in_a_file(
    parts: Parts, window: MainWindow, qtbot: QtBot, clock: FakeClock, out: Path
) -> None:
    typist = Typist(qtbot, window)
    tab_to(typist, window.welcome.who.edit)
    typist.type("ak")
    tab_to(typist, window.welcome.licence)
    typist.press(Qt.Key.Key_Space)
    typist.press(Qt.Key.Key_Return)
    assert window.page == "board"
    assert isinstance(window.sheets.sheet, FirstPersonSheet)
    typist.press(Qt.Key.Key_Escape)
    typist.press("8")
    typist.press(Qt.Key.Key_Return)
    typist.enter("0004821")
    typist.type("vancomycin")
    starting = sheet(window)
    assert isinstance(starting, StartSheet)
    tab_to(typist, starting.dose.edit)
    typist.enter("1000")
    clock.advance(95)
    typist.press("x")
    typist.press("e")
    typist.press("r")
    assert window.page == "review"
    typist.press(Qt.Key.Key_Return, CTRL)
    typist.press(Qt.Key.Key_3, CTRL)
    tab_to(typist, window.export.folder.edit)
    QTest.keyClicks(focused(), str(out))
    typist.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way)
    assert_sent(parts, out, "0004821")
    assert window.export.result.text().startswith("Sent 1 session with 3 lines.")


def test_a_visit_by_mouse_alone_ends_in_a_file(
    parts: Parts, window: MainWindow, clock: FakeClock, out: Path, qtbot: QtBot
) -> None:
    mouse = Mouse(qtbot)
    window.welcome.who.set_text("AK")
    mouse.click_at(window.welcome.licence, QPoint(10, window.welcome.licence.height() // 2))
    mouse.click(window.welcome.go)
    card = window.board.grid.cards[4]
    mouse.click(card)
    seating = sheet(window)
    assert isinstance(seating, SeatSheet)
    seating.mrn.set_text("0007712")
    mouse.click(seating.seat)
    starting = sheet(window)
    assert isinstance(starting, StartSheet)
    starting.search.setText("vancomycin")
    starting.dose.set_text("1000")
    mouse.click(starting.go)
    clock.advance(95)
    window.refresh()
    mouse.click(card.buttons[0])
    mouse.click(card.buttons[1])
    mouse.click(card.buttons[0])
    assert window.page == "review"
    mouse.click(window.review.sign_button)
    mouse.click(window.rail.button("export"))
    window.export.folder.set_text(str(out))
    mouse.click(window.export.go)
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way)
    assert_sent(parts, out, "0007712")
    assert window.export.result.text().startswith("Sent 1 session with 3 lines.")
