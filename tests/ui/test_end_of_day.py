"""The end of a day in the window: its list, what can be done with each session, leftovers, and the lock."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.day import Standing, Totals
from desktop_app.core.ports import JournalError
from desktop_app.core.session import Stage
from desktop_app.core.stay import end_session, hold_session
from desktop_app.core.suite import DayState
from desktop_app.ui.export.day_head import DayHead, counted_words
from desktop_app.ui.export.day_model import LOOKS, Act, codes_words
from desktop_app.ui.export.day_sheets import DaySheet, LockSheet, UnlockSheet
from desktop_app.ui.export.page import ExportPage
from desktop_app.ui.export.still_here import StillHereSheet
from desktop_app.ui.sheets.correct import ReasonSheet
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.row_model import Cell
from desktop_app.ui.window import MainWindow
from tests.core.chairside import sign as sign_nothing
from tests.exchange.signed import line
from tests.fakes import NEW_YORK
from tests.ui.conftest import Ward
from tests.ui.days import one_of_each, page_of, press, row_of, rows, signed, stand_on, treated
from tests.ui.hands import Typist, says, sheet_of

TODAY = date(2026, 3, 2)
A_DAY = 24 * 60


def test_each_session_stands_in_the_list_with_its_state_in_word_icon_and_colour(
    ward: Ward, window: MainWindow
) -> None:
    sessions = one_of_each(ward, window)
    page = page_of(window)
    assert {row.key for row in rows(page)} == {session.id for session in sessions}
    told = [(row.cells[5].text.split(" · ")[0], row.cells[5].tone, row.cells[5].icon) for row in rows(page)]
    wanted = [s for s in Standing if s is not Standing.SENT]
    assert sorted(told) == sorted((standing.value, *LOOKS[standing]) for standing in wanted)
    assert len(set(LOOKS.values())) == len(LOOKS)


def test_a_row_says_who_when_what_and_why(ward: Ward, window: MainWindow) -> None:
    running, blocked, waiting, held, ready, nothing = one_of_each(ward, window)
    page = page_of(window)
    assert row_of(page, blocked).spoken == "R. M. · ••4821, chair 2, 09:00–?, blocked: no stop: Vancomycin"
    assert row_of(page, held).cells[3].text == "held: no order yet"
    assert row_of(page, running).cells[3].text == "Vancomycin running"
    assert row_of(page, waiting).cells[3].text == "2 lines to sign"
    assert row_of(page, nothing).cells[3].text == "no lines"
    row = row_of(page, ready)
    assert [cell.text for cell in row.cells] == [
        "R. M. · ••4821", "5", "11:00–12:00", "96365 · J3370×2", "1", "ready · AK 12:00",
    ]  # fmt: skip


def test_whose_drug_does_not_run_is_seated_and_not_running(ward: Ward, window: MainWindow) -> None:
    seated, between = ward.seat("1"), ward.stop(ward.start(ward.seat("2", mrn="0009940")))
    running = ward.start(ward.seat("3", mrn="0009941"))
    page = page_of(window)
    assert [(row.cells[3].text, row.cells[5]) for row in (row_of(page, seated), row_of(page, between))] == [
        ("nothing started", Cell("seated", "due", icon="clock")),
        ("nothing runs", Cell("seated", "due", icon="clock")),
    ]
    page.day_card.search.setText("seated")
    assert {row.key for row in rows(page)} == {seated.id, between.id}
    page.day_card.search.setText("still running")
    assert [row.key for row in rows(page)] == [running.id]


def test_the_head_shows_the_day_and_its_numbers(ward: Ward, window: MainWindow) -> None:
    one_of_each(ward, window)
    head = page_of(window).head
    assert head.day.text() == "Mon 2 Mar 2026"
    assert [figure.accessibleName() for figure in head.figures.values()] == [
        "6 sessions", "2 signed", "1 blocked", "6 lines", "3 h billable", "3 h 00 infused",
    ]  # fmt: skip


def test_the_head_says_what_of_its_numbers_is_not_signed_and_what_runs_is_not_in_them(
    ward: Ward, window: MainWindow
) -> None:
    one_of_each(ward, window)
    head = page_of(window).head
    assert says(head, "4 lines not signed yet\nwithout what runs in 1 chair")
    ward.do(ward.stop(ward.in_chair("1")), end_session)
    page_of(window)
    assert says(head, "7 lines not signed yet")


def test_a_head_without_room_says_what_it_counts_in_a_line_below_its_numbers(window: MainWindow) -> None:
    head = DayHead(window.theme)
    head.setParent(window)
    numbers = Totals(sessions=18, lines=71, infused_minutes=2772, unsigned_lines=9, running=3)
    head.show_day(TODAY, TODAY, numbers)
    head.show_lock(DayState(TODAY), NEW_YORK)
    head.resize(520, head.height())
    head.show()
    told = "18 sessions · 0 signed · 0 blocked · 71 lines · 0 h billable · 46 h 12 infused"
    assert says(head, f"{told}\n9 lines not signed yet · without what runs in 3 chairs")


def test_what_is_signed_to_the_last_line_needs_no_word_beside_its_numbers() -> None:
    assert counted_words(Totals(sessions=9, signed=9, lines=22)) == ()
    assert counted_words(Totals(unsigned_lines=1, running=3)) == (
        "1 line not signed yet",
        "without what runs in 3 chairs",
    )


def test_only_what_is_ready_has_a_box_and_is_sent_while_it_is_ticked(ward: Ward, window: MainWindow) -> None:
    first, second = signed(ward, window, "1"), signed(ward, window, "2")
    treated(ward, "3")
    page = page_of(window)
    assert [row.tick for row in rows(page)] == [True, True, None]
    assert page.card.go.text() == "Export 2 sessions"
    press(page.day_card.list, first.id, "tick")
    assert list(page.day_card.chosen) == [second.id]
    assert page.card.go.text() == "Export 1 session"
    assert page.day_card._told.text().startswith("1 of 2 ready ones not ticked.")  # noqa: SLF001 - what is read
    page.day_card.all.click()
    assert list(page.day_card.chosen) == [first.id, second.id]


def test_boxes_and_deeds_are_reached_by_keys(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ready, other = signed(ward, window, "1"), signed(ward, window, "2")
    page = page_of(window)
    stand_on(page, ready)
    typist.press(Qt.Key.Key_Space)
    assert page.day_card.chosen == (other.id,)
    typist.press(Qt.Key.Key_Down)
    assert page.day_card.current() == (other.id, Standing.READY)
    typist.press("h")
    sheet = sheet_of(window, ReasonSheet)
    typist.enter("the order is unclear")
    assert ward.session(other.id).hold_reason == "the order is unclear"
    assert window.sheets.sheet is not sheet
    stand_on(page, other)
    typist.press("h")
    assert ward.session(other.id).hold_reason == ""


def test_enter_shows_a_session_in_the_review_and_one_that_runs_at_its_chair(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    running, blocked, *_ = one_of_each(ward, window)
    page = page_of(window)
    stand_on(page, blocked)
    typist.press(Qt.Key.Key_Return)
    assert window.page == "review"
    shown = window.review.current()
    assert shown is not None
    assert shown.id == blocked.id
    page = page_of(window)
    stand_on(page, running)
    typist.press(Qt.Key.Key_Return)
    assert (window.page, window.board.chair) == ("board", "1")


@pytest.mark.parametrize("act", [Act.OPEN, Act.HOLD])
def test_what_can_be_done_is_pressed_on_the_row(ward: Ward, window: MainWindow, act: Act) -> None:
    blocked = ward.do(ward.start(ward.seat("2")), end_session)
    page = page_of(window)
    press(page.day_card.list, blocked.id, act)
    assert (window.page == "review") == (act is Act.OPEN)
    assert isinstance(window.sheets.sheet, ReasonSheet) == (act is Act.HOLD)


def test_a_press_that_is_carried_away_does_nothing_and_a_double_click_is_one(
    ward: Ward, window: MainWindow
) -> None:
    session = signed(ward, window, "1")
    page = page_of(window)
    of = page.day_card.list
    box = of.visualRect(of.model().index(0, 0))
    tick = box.topLeft() + QPoint(20, 20)
    QTest.mousePress(of.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    QTest.mouseRelease(of.viewport(), Qt.MouseButton.LeftButton, pos=tick + QPoint(200, 0))
    assert list(page.day_card.chosen) == [session.id]
    QTest.mouseClick(of.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    QTest.mouseDClick(of.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert list(page.day_card.chosen) == []
    assert window.page == "export"


def test_a_session_is_held_with_its_reason_and_goes_out_only_when_it_is_released(
    ward: Ward, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    held, other = signed(ward, window, "1"), signed(ward, window, "2")
    page = page_of(window)
    press(page.day_card.list, held.id, Act.HOLD)
    sheet = sheet_of(window, ReasonSheet)
    sheet.confirm(now=False)
    assert sheet.problem == "A hold needs its reason."
    sheet.reason.set_text("no authorisation yet")
    sheet.confirm(now=False)
    assert page.day_card.chosen == (other.id,)
    assert row_of(page, held).cells[3].text == "held: no authorisation yet"
    send(window, qtbot, tmp_path)
    assert [row.cells[5].text for row in rows(page)] == ["held", "sent"]
    press(page.day_card.list, held.id, Act.RELEASE)
    assert page.day_card.chosen == (held.id,)
    send(window, qtbot, tmp_path)
    assert [row.cells[5].text for row in rows(page)] == ["sent", "sent"]
    assert [batch.sessions for batch in window.station.billing.sent_batches()] == [1, 1]


def hold(window: MainWindow, reason: str) -> None:
    sheet = sheet_of(window, ReasonSheet)
    sheet.reason.set_text(reason)
    sheet.confirm(now=False)


def send(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.export.card.folder.set_text(str(folder))
    window.export.card.send()
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way)
    assert "Sent" in window.export.result.text(), window.export.result.text()


def test_what_was_sent_and_signed_again_says_that_it_goes_out_corrected(
    ward: Ward, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = signed(ward, window, "1")
    page = page_of(window)
    send(window, qtbot, tmp_path)
    ward.desk.reopen(session.id, "pump log read later")
    opened = row_of(page_of(window), session)
    assert opened.cells[3].text == "sent before; 2 lines to sign"
    assert opened.cells[5].text == "waiting for review"
    ward.do(session, window.station.coder.signing(ward.session(session.id), "0" * 64))
    row = row_of(page_of(window), session)
    assert row.cells[3].text == "corrected: 96365 · J3370×2"
    assert row.cells[5].text == "ready, sent before"
    assert row.tick is True
    ward.clock.advance(A_DAY)
    window.refresh()
    left = row_of(page_of(window), session)
    assert left.cells[3].text == "corrected: 96365 · J3370×2"
    send(window, qtbot, tmp_path)
    assert [one.key for one in rows(page)] == []


def test_what_was_sent_and_signed_again_without_a_line_says_that_it_is_taken_back(
    ward: Ward, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = signed(ward, window, "1")
    page_of(window)
    send(window, qtbot, tmp_path)
    ward.desk.reopen(session.id, "another patient's")
    ward.do(session, sign_nothing)
    assert row_of(page_of(window), session).cells[3].text == "all is taken back"


def test_the_lines_of_a_row_have_their_modifiers() -> None:
    push = line("push", code="96374", units=1, modifiers=("59",))
    given = line("given", code="J3373", units=100, modifiers=())
    left = line("left", code="J3373", units=50, modifiers=("JW", "TB"))
    assert codes_words([push, given, left]) == "96374-59 · J3373×100 · J3373-JW-TB×50"


def test_a_hold_behind_the_signature_offers_no_undo(ward: Ward, window: MainWindow) -> None:
    session = signed(ward, window, "1")
    page = page_of(window)
    stand_on(page, session)
    page.day_card.hold.click()
    hold(window, "no authorisation yet")
    assert ward.session(session.id).hold_reason == "no authorisation yet"
    assert window.toast.text == "Chair 1 · session held · saved"
    assert not window.toast.undo_button.isVisible()


def test_what_earlier_days_left_over_stands_below_a_heading_until_it_is_settled(
    ward: Ward, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    ready = signed(ward, window, "1")
    blocked = ward.do(ward.start(ward.seat("2")), end_session)
    ward.clock.advance(A_DAY)
    window.refresh()
    today = treated(ward, "3")
    page = page_of(window)
    assert [row.key for row in rows(page)] == [today.id, "", ready.id, blocked.id]
    assert rows(page)[1].spoken == "Earlier days: 2 sessions are left over"
    assert row_of(page, ready).cells[2].text == "Mon 2 Mar"
    assert row_of(page, ready).cells[3].text == "96365 · J3370×2"
    assert page.day_card.chosen == (ready.id,)
    assert page.head.figures["sessions"].accessibleName() == "1 sessions"
    send(window, qtbot, tmp_path)
    assert [row.key for row in rows(page)] == [today.id, "", blocked.id]
    assert rows(page)[1].spoken == "Earlier days: 1 session is left over"


def test_a_leftover_is_resolved_where_it_can_be(ward: Ward, window: MainWindow) -> None:
    ready = signed(ward, window, "1")
    blocked = ward.do(ward.start(ward.seat("2")), end_session)
    ward.clock.advance(A_DAY)
    window.refresh()
    assert ready.id not in ward.desk.suite.sessions
    page = page_of(window)
    press(page.day_card.list, blocked.id, Act.OPEN)
    shown = window.review.current()
    assert shown is not None
    assert shown.id == blocked.id
    page = page_of(window)
    stand_on(page, ready)
    page.day_card.open.click()
    shown = window.review.current()
    assert shown is not None
    assert shown.id == ready.id
    page = page_of(window)
    press(page.day_card.list, ready.id, Act.HOLD)
    hold(window, "no authorisation yet")
    assert row_of(page, ready).cells[5].text == "held"
    assert page.day_card.chosen == ()


def test_another_day_is_gone_to_step_by_step_or_by_its_name(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = signed(ward, window, "1")
    ward.clock.advance(A_DAY)
    window.refresh()
    page = page_of(window)
    assert not page.head.after.isEnabled()
    page.head.before.click()
    assert (page.day, page.head.day.text()) == (TODAY, "Mon 2 Mar 2026")
    assert [row.key for row in rows(page)] == [session.id]
    page.head.after.click()
    assert page.day == date(2026, 3, 3)
    typist.press("d")
    sheet = sheet_of(window, DaySheet)
    typist.enter("yesterday")
    assert sheet.problem == "That is no day such as 11/23/2026."
    sheet.other.set_text("03/09/2026")
    sheet.confirm(now=False)
    assert sheet.problem == "That day has not come yet."
    sheet.other.set_text("3/2/2026")
    sheet.confirm(now=False)
    assert page.day == TODAY
    page.head.day.click()
    sheet_of(window, DaySheet).days[date(2026, 3, 3)].click()
    assert page.day == date(2026, 3, 3)


def test_today_goes_on_being_today_at_midnight_and_another_day_stays(ward: Ward, window: MainWindow) -> None:
    signed(ward, window, "1")
    page = page_of(window)
    assert page.day == TODAY
    ward.clock.advance(A_DAY)
    window.refresh()
    assert page.day == date(2026, 3, 3)
    page.head.before.click()
    ward.clock.advance(A_DAY)
    window.refresh()
    assert (page.day, page.head.day.text()) == (TODAY, "Mon 2 Mar 2026")


def test_sessions_are_found_by_name_chair_state_and_day(ward: Ward, window: MainWindow) -> None:
    mine = treated(ward, "3", "0009999", "Q.X.")
    held = ward.do(treated(ward, "4", "0008888", "AB"), partial(hold_session, reason="no order"))
    page = page_of(window)

    def found(text: str) -> list[str]:
        page.day_card.search.setText(text)
        return [row.key for row in rows(page)]

    assert found("qx") == [mine.id]
    assert found("9999") == [mine.id]
    assert found("chair 4") == found("4") == [held.id]
    assert found("held") == [held.id]
    assert found("03/02/2026") == [mine.id, held.id]
    assert found("nobody") == []
    assert page.day_card._nobody.text() == "Nobody here is called that."  # noqa: SLF001 - what is read
    assert found("") == [mine.id, held.id]


def test_names_are_shown_as_far_as_they_may_be(ward: Ward, window: MainWindow) -> None:
    session = treated(ward, "3")
    page = page_of(window)
    for setting, who in (("digits", "••4821"), ("none", "Chair 3"), ("initials", "R. M. · ••4821")):
        ward.settings.values["card-names"] = setting
        window.refresh()
        assert row_of(page, session).cells[0].text == who


def lock(page: ExportPage, window: MainWindow, *, anyway: bool = False, by: str = "LT") -> LockSheet:
    page.head.lock.click()
    sheet = sheet_of(window, LockSheet)
    sheet.anyway.setChecked(anyway)
    sheet.who.set_text(by)
    sheet.confirm(now=False)
    return sheet


def test_a_lock_that_waits_for_the_disk_is_recorded_when_its_sheet_is_gone(
    ward: Ward, window: MainWindow
) -> None:
    treated(ward, "1")
    page = page_of(window)
    ward.journal.is_full = True
    lock(page, window, anyway=True)
    assert window.sheets.sheet is None
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    ward.journal.is_full = False
    window.touches.retry()
    assert window.touches.kept == ()
    assert ward.desk.day(TODAY).by == "LT"


def test_a_day_is_locked_with_initials_and_says_so(ward: Ward, window: MainWindow) -> None:
    session = signed(ward, window, "1")
    page = page_of(window)
    lock(page, window, by="lt")
    assert window.sheets.sheet is None
    assert ward.desk.day(TODAY).by == "LT"
    assert page.head.lock.text() == "Unlock…"
    assert page.head._state.text() == "Locked 10:00 by LT"  # noqa: SLF001 - what is read
    assert row_of(page, session).links == ()
    assert page.day_card._told.text().startswith("The day is locked")  # noqa: SLF001 - what is read
    assert page.day_card.chosen == (session.id,)
    stand_on(page, session)
    assert not page.day_card.hold.isEnabled()
    assert ward.journal.kinds[-1] == "day-locked"


def test_a_locked_day_seats_nobody_and_the_board_says_why(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    lock(page_of(window), window)
    window.show_page("board")
    window.board.focus("2")
    typist.press(Qt.Key.Key_Return)
    typist.type("0004821")
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.sheets.sheet is not None
    assert window.sheets.sheet.problem == (
        "2026-03-02 is locked by LT: unlock the day with its reason first."
    )
    assert "patient-seated" not in ward.journal.kinds


def test_what_a_lock_leaves_over_is_listed_and_has_to_be_confirmed(ward: Ward, window: MainWindow) -> None:
    ward.do(ward.start(ward.seat("2")), end_session)
    ward.do(treated(ward, "4"), partial(hold_session, reason="no order yet"))
    page = page_of(window)
    sheet = lock(page, window)
    assert window.sheets.sheet is sheet
    assert sheet.problem == (
        "Something of that day is left over (1 not signed, 1 held): settle it, or confirm the lock."
    )
    told = [found.text() for found in sheet.findChildren(type(sheet._title))]  # noqa: SLF001 - its labels
    assert "R. M. · ••4821, chair 2, blocked: Vancomycin has no stop time." in told
    assert "R. M. · ••4821, chair 4, held: no order yet." in told
    sheet.anyway.setChecked(True)
    sheet.confirm(now=False)
    assert ward.desk.day(TODAY).is_locked


def test_a_day_with_somebody_in_a_chair_says_so_before_anything_is_asked(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.do(ward.start(ward.seat("2")), end_session)
    for chair in ("4", "3"):
        ward.start(ward.seat(chair, mrn=f"000{chair}107"))
        ward.clock.advance(5)
    page = page_of(window)
    page.head.lock.click()
    sheet = sheet_of(window, StillHereSheet)
    assert says(sheet, "Somebody of that day still sits in chairs 3 and 4.")
    assert [button.text() for button in sheet.last_buttons()] == ["Close", "Go to chair 3"]
    typist.press(Qt.Key.Key_Escape)
    assert (window.sheets.sheet, window.page) == (None, "export")
    page.head.lock.click()
    typist.press(Qt.Key.Key_Return)
    assert (window.page, window.board.chair) == ("board", "3")
    assert not ward.desk.day(TODAY).is_locked


def test_who_sits_down_while_the_lock_is_asked_is_no_fault_of_the_initials(
    ward: Ward, window: MainWindow
) -> None:
    page = page_of(window)
    page.head.lock.click()
    for chair in ("4", "2"):
        ward.start(ward.seat(chair, mrn=f"000{chair}107"))
        ward.clock.advance(5)
    sheet = sheet_of(window, LockSheet)
    sheet.who.set_text("LT")
    sheet.confirm(now=False)
    assert sheet.problem == "Somebody of that day is still here, in chairs 2 and 4: end the session first."
    assert sheet.faulty() is None
    sheet.who.set_text("1")
    sheet.confirm(now=False)
    assert sheet.problem == "Initials are at most 12 characters, such as AK."
    assert sheet.faulty() is sheet.who.edit
    assert not ward.desk.day(TODAY).is_locked


def test_a_day_is_unlocked_with_a_reason_and_its_sessions_change_again(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = signed(ward, window, "1")
    page = page_of(window)
    lock(page, window)
    page.head.lock.setFocus()
    typist.press("l")
    sheet = sheet_of(window, UnlockSheet)
    sheet.confirm(now=False)
    assert sheet.problem == "Unlocking a day needs its reason."
    sheet.reason.set_text("a stop was wrong")
    sheet.who.set_text("MB")
    sheet.confirm(now=False)
    assert page.head.lock.text() == "Lock day…"
    assert [link.deed for link in row_of(page, session).links] == [Act.HOLD]
    assert ward.desk.reopen(session.id, "pump log") is not None
    assert ward.session(session.id).stage is Stage.ENDED
    last = ward.journal.load("day/2026-03-02")[-1].event
    assert isinstance(last, e.DayUnlocked)
    assert (last.by, last.reason) == ("MB", "a stop was wrong")


def test_a_lock_that_the_disk_does_not_take_is_not_shown_as_done(ward: Ward, window: MainWindow) -> None:
    signed(ward, window, "1")
    page = page_of(window)
    ward.journal.is_full = True
    lock(page, window)
    assert page.head.lock.text() == "Lock day…"
    assert [touch.said for touch in window.touches.kept] == ["Mon 2 Mar 2026 locked by LT"]
    ward.journal.is_full = False
    window.touches.retry()
    assert page.head.lock.text() == "Unlock…"


def test_a_leftover_that_cannot_be_read_is_told_as_it_is_listed(
    ward: Ward, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = signed(ward, window, "1")
    ward.clock.advance(A_DAY)
    window.refresh()
    page = window.export

    def torn(_session: str) -> None:
        raise JournalError("Event 7 cannot be read.")

    monkeypatch.setattr(page.day_card._days, "entry", torn)  # noqa: SLF001 - a fault of the disk
    window.show_page("export")
    cells = [cell.text for cell in row_of(page, session).cells]
    assert cells == ["R. M. · ••4821", "1", "Mon 2 Mar", "2 lines", "–", "ready"]
    monkeypatch.setattr(ward.desk, "session", torn)
    press(page.day_card.list, session.id, Act.HOLD)
    assert window.toast.text == "Not done. Event 7 cannot be read."
    assert window.page == "export"


def test_every_control_of_the_page_has_a_name_and_is_high_enough(ward: Ward, window: MainWindow) -> None:
    one_of_each(ward, window)
    page = page_of(window)
    buttons = [button for part in (page.head, page.day_card) for button in part.findChildren(Button)]
    assert all(button.accessibleName() for button in buttons)
    assert all(button.height() >= 40 for button in buttons if button.isVisible())
    assert page.day_card.list.row_height() >= 40
    assert page.day_card.list.accessibleName() == "Sessions of the day"


@pytest.mark.parametrize("percent", ["100", "150"])
@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_nothing_is_cut_off_sideways(
    ward: Ward, window: MainWindow, qtbot: QtBot, percent: str, width: int
) -> None:
    one_of_each(ward, window)
    ward.settings.values["text-size"] = percent
    window.take_setting("text-size")
    window.resize(width, 720)
    page = page_of(window)
    qtbot.waitUntil(lambda: page.width() == window.width() - window.rail.width())
    QApplication.processEvents()
    parts = (page.head, page.day_card, page.card, page.sent_card)
    controls = [control for part in parts for control in (part, *part.findChildren(QWidget))]
    for control in controls:
        if control.isVisible():
            right = control.mapTo(page, control.rect().topRight()).x()
            assert right < page.width(), control.accessibleName() or control


def test_a_head_that_has_no_room_for_its_numbers_says_them_in_a_line(window: MainWindow) -> None:
    head = DayHead(window.theme)
    head.setParent(window)
    numbers = Totals(sessions=18, signed=17, blocked=1, lines=71, billable_hours=41, infused_minutes=2772)
    head.show_day(TODAY, TODAY, numbers)
    head.show_lock(DayState(TODAY), NEW_YORK)
    told = "18 sessions · 17 signed · 1 blocked · 71 lines · 41 h billable · 46 h 12 infused"
    for width, is_wide in ((1300, True), (700, False)):
        head.resize(width, head.height())
        head.show()
        assert head.figures["sessions"].isVisible() == is_wide
        assert says(head, told) == (not is_wide)
