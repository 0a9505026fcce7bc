"""A downtime in the window: stamped before anything is asked, seen while it lasts, listed when it is over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.core.moments import HowKnown
from desktop_app.core.outages import Outage
from desktop_app.ui.board.downtime_bar import HINT
from desktop_app.ui.sheets.downtime import DowntimeSheet
from desktop_app.ui.sheets.paper import PaperSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, sheet_of

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def us(time: str) -> int:
    return at(f"2026-03-02T{time}")


def only(ward: Ward) -> Outage:
    (outage,) = ward.desk.suite.downtimes
    return outage


def begun(ward: Ward, window: MainWindow, *, system: str = "EHR") -> None:
    """Begin a downtime at nine."""
    window.ask_downtime()
    asking = sheet_of(window, DowntimeSheet)
    asking.system.set_text(system)
    asking.confirm(now=False)
    assert ward.desk.suite.open_outage is not None


def test_its_moment_is_that_of_the_key_and_not_of_the_answer(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("o", CONTROL)
    asking = sheet_of(window, DowntimeSheet)
    assert asking.stamped == "Stamped 09:00:00"
    ward.clock.advance(3)
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    outage = only(ward)
    assert (outage.begun.at_us, outage.begun.how, outage.begun.by) == (us("09:00"), HowKnown.PRESSED, "AK")
    assert "Downtime begins at 09:00:00 · saved" in window.toast.text


def test_shift_enter_takes_the_moment_of_the_answer(ward: Ward, typist: Typist) -> None:
    typist.press("o", CONTROL)
    ward.clock.advance(3)
    typist.press(Qt.Key.Key_Return, SHIFT)
    assert only(ward).begun.at_us == us("09:03")


def test_it_may_have_begun_earlier(ward: Ward, window: MainWindow) -> None:
    window.ask_downtime()
    asking = sheet_of(window, DowntimeSheet)
    asking.at.back_5.click()
    assert asking.go.text() == "Downtime begins at 08:55"
    asking.confirm(now=False)
    assert (only(ward).begun.at_us, only(ward).begun.how) == (us("08:55"), HowKnown.BACK_DATED)


def test_a_time_that_is_none_is_not_taken(ward: Ward, window: MainWindow) -> None:
    window.ask_downtime()
    asking = sheet_of(window, DowntimeSheet)
    asking.at.clock.setText("9 o'clock")
    asking.at.clock.textEdited.emit("9 o'clock")
    assert not asking.go.isEnabled()
    asking.confirm(now=False)
    assert asking.problem == "Type a time such as 10:31."
    assert ward.desk.suite.downtimes == ()


def test_esc_keeps_nothing(ward: Ward, window: MainWindow, typist: Typist) -> None:
    typist.press("o", CONTROL)
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert ward.journal.kinds == []


def test_while_it_lasts_a_quiet_bar_says_so_and_before_there_is_none(ward: Ward, window: MainWindow) -> None:
    assert "downtime" not in vars(window.board)
    begun(ward, window)
    bar = window.board.downtime
    assert bar.isVisible()
    assert bar.since.text() == "Downtime since 09:00 · EHR · by AK"
    assert bar.accessibleName() == bar.since.text()
    assert bar.over.height() >= 40


def test_the_bar_is_there_from_the_first_picture_after_a_restart(ward: Ward, window: MainWindow) -> None:
    begun(ward, window)
    again = type(window)(
        desk=ward.desk,
        coder=window.station.coder,
        clock=ward.clock,
        billing=ward.billing,
        settings=ward.settings,
        drugs=window.station.drugs,
        products=ward.products,
        protocols=ward.protocols,
        lines_later=True,
    )
    again.show()
    assert again.board.downtime.isVisible()
    again.ticker.stop()
    again.hide()
    again.deleteLater()


@pytest.mark.parametrize(("width", "hint"), [(1440, HINT), (1024, "")])
def test_its_hint_is_whole_or_not_there(
    ward: Ward, window: MainWindow, qtbot: QtBot, width: int, hint: str
) -> None:
    begun(ward, window, system="The record system of the hospital on the hill")
    window.resize(width, 900)
    bar = window.board.downtime
    qtbot.waitUntil(lambda: bar.hint.text() == hint)
    assert bar.since.text() == "Downtime since 09:00 · The record system of th… · by AK"


def test_the_bars_button_asks_and_its_end_is_stamped_and_listed_at_once(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    begun(ward, window)
    ward.clock.advance(88)
    Mouse(qtbot).click(window.board.downtime.over)
    asking = sheet_of(window, DowntimeSheet)
    assert asking.accessibleName() == "Downtime since 09:00:00 · EHR"
    ward.clock.advance(1)
    asking.confirm(now=False)
    over = only(ward).over
    assert over is not None
    assert (over.at_us, over.how) == (us("10:28"), HowKnown.PRESSED)
    assert not window.board.downtime.isVisible()
    listed = sheet_of(window, PaperSheet)
    assert listed.document.title == "Downtime list"
    assert ward.billing.papers.asked == [f"Downtime list {only(ward).id}"]


def test_an_end_before_its_beginning_is_refused_in_place(ward: Ward, window: MainWindow) -> None:
    begun(ward, window)
    ward.clock.advance(2)
    window.ask_downtime()
    asking = sheet_of(window, DowntimeSheet)
    asking.at.back_5.click()
    asking.confirm(now=False)
    assert asking.problem == "The downtime began at 09:00:00."
    assert only(ward).is_open


def test_an_undo_takes_it_back(ward: Ward, window: MainWindow, typist: Typist) -> None:
    begun(ward, window)
    typist.press("u")
    assert ward.desk.suite.downtimes == ()
    assert not window.board.downtime.isVisible()
    assert "Beginning of the downtime taken back" in window.toast.text


def test_the_end_is_taken_back_too(ward: Ward, window: MainWindow, typist: Typist) -> None:
    begun(ward, window)
    ward.clock.advance(2)
    window.ask_downtime()
    sheet_of(window, DowntimeSheet).confirm(now=False)
    window.sheets.close_sheet()
    typist.press("u")
    assert only(ward).is_open
    assert window.board.downtime.isVisible()
    assert "End of the downtime taken back" in window.toast.text


def test_what_the_disk_does_not_take_is_kept_with_its_moment(ward: Ward, window: MainWindow) -> None:
    ward.journal.is_full = True
    window.ask_downtime()
    sheet_of(window, DowntimeSheet).confirm(now=False)
    assert window.sheets.sheet is None
    assert "Downtime begins at 09:00:00" in window.not_saved.text
    assert ward.desk.suite.open_outage is None
    ward.clock.advance(5)
    window.ask_downtime()
    sheet_of(window, DowntimeSheet).confirm(now=False)
    assert ward.billing.papers.asked == []
    ward.journal.is_full = False
    window.touches.retry()
    over = only(ward).over
    assert over is not None
    assert (only(ward).begun.at_us, over.at_us) == (us("09:00"), us("09:05"))


def test_what_was_down_last_is_offered_again(ward: Ward, window: MainWindow) -> None:
    begun(ward, window, system="Epic")
    ward.clock.advance(1)
    window.ask_downtime()
    sheet_of(window, DowntimeSheet).confirm(now=False)
    window.sheets.close_sheet()
    window.ask_downtime()
    assert sheet_of(window, DowntimeSheet).system.text == "Epic"


def test_the_sheet_lists_the_last_downtimes_for_entering(ward: Ward, window: MainWindow) -> None:
    for _ in range(6):
        begun(ward, window)
        ward.clock.advance(1)
        window.ask_downtime()
        sheet_of(window, DowntimeSheet).confirm(now=False)
        window.sheets.close_sheet()
        ward.clock.advance(1)
    window.show_page("export")
    window.export.downtime_button.click()
    asking = sheet_of(window, DowntimeSheet)
    newest = ward.desk.suite.downtimes[-1]
    assert len(asking.listed) == 4
    assert next(iter(asking.listed)) == newest.id
    assert asking.listed[newest.id].text() == "Mon 2 Mar 2026 09:10:00 to 09:11:00 · EHR"
    asking.listed[newest.id].click()
    assert sheet_of(window, PaperSheet).document.title == "Downtime list"
    assert ward.billing.papers.asked[-1] == f"Downtime list {newest.id}"


def test_that_the_patients_of_a_list_were_looked_at_is_recorded_of_each(
    ward: Ward, window: MainWindow
) -> None:
    sessions = [ward.seat(chair, mrn=f"000{chair}") for chair in ("3", "5")]
    ward.billing.papers.listed = tuple(session.id for session in sessions)
    begun(ward, window)
    window.ask_downtime()
    next(iter(sheet_of(window, DowntimeSheet).listed.values())).click()
    for session in sessions:
        event = ward.desk.history(session.id)[-1].event
        assert (event.KIND, event.what) == ("patient-shown", "downtime list")  # type: ignore[attr-defined]


def test_its_table_is_saved_beside_its_paper(
    ward: Ward, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list.csv"), ""))
    begun(ward, window)
    window.ask_downtime()
    next(iter(sheet_of(window, DowntimeSheet).listed.values())).click()
    paper = sheet_of(window, PaperSheet)
    assert paper.table_button.isVisible()
    paper.table_button.click()
    assert (tmp_path / "list.csv").read_bytes() == b"a,b\r\n"
    assert paper.told.text() == f"Saved as {tmp_path / 'list.csv'}."
