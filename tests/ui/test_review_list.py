"""The list of the review: its order and words, its keys, what is found in it, and how little it costs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.coding.reasons import Coding
from desktop_app.core.moments import local_date
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import end_session, hold_session
from desktop_app.ui.codings import Codings
from desktop_app.ui.day_text import day_text, read_day
from desktop_app.ui.review.review_model import ReviewItem, ReviewRows, Standing, matches
from desktop_app.ui.review.session_list import SessionList
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import MainWindow
from tests.core.chairside import sign
from tests.fakes import NEW_YORK
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, focused, sheet_of
from tests.ui.stand_ins import StandInCoder

DAY = 24 * 60


def ended(ward: Ward, chair: str, mrn: str = "0004821", initials: str = "RM") -> Session:
    return ward.do(ward.stop(ward.start(ward.seat(chair, mrn, initials))), end_session)


def blocked(ward: Ward, chair: str) -> Session:
    return ward.do(ward.start(ward.seat(chair)), end_session)


def signed(ward: Ward, chair: str, **who: str) -> Session:
    ward.clock.advance(1)
    return ward.do(ended(ward, chair, **who), sign)


def reopened(ward: Ward, chair: str) -> Session:
    session = signed(ward, chair)
    ward.desk.reopen(session.id, "pump log")
    return ward.session(session.id)


def test_it_stands_in_the_order_of_what_is_to_be_done(ward: Ward, window: MainWindow) -> None:
    early, late = signed(ward, "1"), signed(ward, "2")
    held = ward.do(ended(ward, "3"), partial(hold_session, reason="order unclear"))
    waiting, first = ended(ward, "4"), blocked(ward, "5")
    changed = reopened(ward, "6")
    window.show_page("review")
    rows, items = window.review.rows, window.review.list.sessions
    assert [one.id for one in rows.sessions] == [
        one.id for one in (first, changed, waiting, held, late, early)
    ]
    assert [items.item(at).detail for at in range(6)] == [
        "No stop: Vancomycin",
        "Version 2 to sign: pump log",
        "Chair 4 · 09:02–09:02 · 1 line",
        "Held: order unclear",
        "Signed 09:02 by AK · 0 lines",
        "Signed 09:01 by AK · 0 lines",
    ]
    counts = rows.counts
    assert (counts.waiting, counts.blocked, counts.changed, counts.signed_today) == (4, 1, 1, 2)


def test_what_is_left_from_another_day_says_its_day(ward: Ward, window: MainWindow) -> None:
    ended(ward, "1")
    ward.clock.advance(DAY)
    window.show_page("review")
    assert window.review.list.sessions.item(0).detail == "2 Mar · Chair 1 · 09:00–09:00 · 1 line"


def test_the_arrows_show_a_session_at_once_and_a_held_arrow_the_one_it_rests_on(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    sessions = [ended(ward, str(chair)) for chair in range(1, 6)]
    window.show_page("review")
    review = window.review
    assert focused() is review.list
    typist.press(Qt.Key.Key_Down)
    assert review.detail.about.text().startswith("MRN ••4821 · chair 2 · ")
    for _ in range(3):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, "", True)  # noqa: FBT003
        QApplication.sendEvent(review.list, held)
        assert "chair 2" in review.detail.about.text()
    assert review.list.current == sessions[4].id
    qtbot.waitUntil(lambda: "chair 5" in review.detail.about.text())


def test_n_goes_round_what_is_blocked_and_s_signs_what_is_shown(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    first, second, free = blocked(ward, "1"), blocked(ward, "2"), ended(ward, "3")
    window.show_page("review", free.id)
    shown = window.review.list
    for expected in (first, second, first):
        typist.press("n")
        qtbot.waitUntil(lambda expected=expected: shown.current == expected.id)  # type: ignore[misc]
    typist.press("s")
    assert ward.session(first.id).stage is Stage.ENDED
    window.review.show_session(free.id)
    typist.press("s")
    qtbot.waitUntil(lambda: ward.session(free.id).stage is Stage.SIGNED)


def test_n_says_so_where_nothing_is_blocked(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ended(ward, "1")
    window.show_page("review")
    typist.press("n")
    assert window.toast.text == "Nothing is blocked."


def test_letters_typed_into_the_search_do_nothing_else(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    ended(ward, "1", "0000001", "RM")
    other = ended(ward, "2", "0000002", "HS")
    window.show_page("review")
    typist.press("f")
    qtbot.waitUntil(window.review.side.field.hasFocus)
    typist.type("hs")
    assert [one.id for one in window.review.list.sessions.sessions] == [other.id]
    typist.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused() is window.review.list)
    assert window.review.list.current == other.id
    assert [session.stage for session in ward.desk.suite.sessions.values()] == [Stage.ENDED, Stage.ENDED]
    window.review.side.field.setFocus()
    typist.press(Qt.Key.Key_Escape)
    assert window.page == "review"
    assert len(window.review.list.sessions.sessions) == 2


@pytest.mark.parametrize("text", ["4821", "0004821", "rm"])
def test_enter_finds_in_the_record_whoever_is_not_at_hand(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot, text: str
) -> None:
    session = signed(ward, "1")
    other = signed(ward, "2", mrn="0005555", initials="HS")
    ward.clock.advance(7 * DAY)
    window.show_page("review")
    assert window.review.rows.sessions == ()
    window.review.side.field.setFocus()
    typist.enter(text)
    qtbot.waitUntil(lambda: window.review.list.current == session.id)
    assert window.review.rows.standing(other.id) is None


def test_who_was_signed_today_is_counted_after_a_start_though_seated_before(
    ward: Ward, window: MainWindow
) -> None:
    session = ended(ward, "1")
    ward.clock.advance(DAY)
    ward.do(session, sign)
    ward.desk.let_go(local_date(0, "UTC"), "UTC")
    assert ward.desk.suite.sessions == {}
    window.show_page("review")
    assert window.review.rows.counts.signed_today == 1


def test_a_day_that_is_over_is_read_from_the_record_and_a_session_of_it_opened_again(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    session = signed(ward, "1")
    ward.clock.advance(7 * DAY)
    window.show_page("review")
    assert window.review.rows.sessions == ()
    window.review.side.field.setFocus()
    typist.enter("3/2/2026")
    qtbot.waitUntil(lambda: window.review.list.current == session.id)
    assert window.review.list.sessions.item(0).detail == "2 Mar · Signed 09:01 by AK · 0 lines"
    assert window.review.change_button.isVisible()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rm", True), ("R. M.", True), ("4821", True), ("0004821", True), ("chair 7", True), ("7", True),
        ("2026-03-02", True), ("r", False), ("4822", False), ("2026-03-03", False), ("", True),
    ],
)  # fmt: skip
def test_a_session_is_found_by_initials_mrn_chair_and_day(ward: Ward, text: str, found: bool) -> None:  # noqa: FBT001
    assert matches(ward.seat("7"), text) is found


@pytest.mark.parametrize("typed", ["12/31/1960", "12-31-1960", "1960-12-31", "19601231", " 12/31/1960 "])
def test_a_day_is_read_as_it_is_typed_here(typed: str) -> None:
    assert day_text(read_day(typed)) == "12/31/1960"


@pytest.mark.parametrize("typed", ["31/12/1960", "12/31", "12/31/60", "2/30/2026", "", "１2/31/1960"])  # noqa: RUF001
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed) is None


def test_a_wristband_scanned_on_the_page_finds_its_patient_and_an_unknown_one_is_new(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ended(ward, "1", "0000001")
    wanted = ended(ward, "2", "0000002")
    window.show_page("review")
    typist.scan("0000002")
    assert window.page == "review"
    assert window.review.list.current == wanted.id
    typist.scan("0009999")
    assert window.page == "board"
    assert sheet_of(window, SeatSheet).mrn.text == "0009999"


@pytest.mark.parametrize(
    ("names", "who"), [("initials", "R. M. · ••4821"), ("digits", "••4821"), ("none", "Chair 1")]
)
def test_no_more_of_a_name_stands_in_the_list_than_on_the_cards(
    ward: Ward, window: MainWindow, names: str, who: str
) -> None:
    ended(ward, "1")
    window.show_page("review")
    ward.settings.values["card-names"] = names
    window.refresh()
    item = window.review.list.sessions.item(0)
    assert item.who == who
    assert item.spoken == f"{who}, waiting: Chair 1 · 09:00–09:00 · 1 line"


def twelve_thousand(ward: Ward) -> dict[str, Session]:
    """Return as many signed sessions that nobody has sent yet."""
    one = signed(ward, "1")
    return {name: replace(one, id=name) for name in (f"s{number:05}" for number in range(12_000))}


class CountingCoder(StandInCoder):
    """Counts what it codes."""

    coded = 0

    def as_recorded(self, session: Session) -> Coding:
        self.coded += 1
        return super().as_recorded(session)


def test_of_twelve_thousand_sessions_only_the_rows_that_are_seen_are_put_into_words(
    ward: Ward, qtbot: QtBot
) -> None:
    told: list[str] = []

    def describe(session: Session) -> ReviewItem:
        told.append(session.id)
        return ReviewItem(session.id, Standing.SIGNED, "R. M.", "Signed")

    shown = SessionList(Theme(), describe)
    qtbot.addWidget(shown)
    shown.resize(290, 600)
    shown.show_sessions(tuple(twelve_thousand(ward).values()), "s00000")
    shown.show()
    qtbot.waitExposed(shown)
    QTest.keyClick(shown, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "s11999" in told)
    assert shown.current == "s11999"
    assert len(set(told)) < 60


def test_a_session_is_looked_at_again_only_once_it_has_changed(ward: Ward) -> None:
    coder = CountingCoder()
    many = twelve_thousand(ward)
    waiting = {name: replace(one, id=name) for one in [ended(ward, "2")] for name in ("w1", "w2", "w3")}
    rows, now_us = ReviewRows(Codings(coder)), ward.clock.now().wall_us
    sessions = {**many, **waiting}
    assert rows.renew(sessions, now_us, NEW_YORK)
    assert not rows.renew(sessions, now_us + 1_000_000, NEW_YORK)
    assert (len(rows.sessions), coder.coded) == (12_003, 3)
    touched = {**sessions, "w2": replace(waiting["w2"], version=99, hold_reason="order unclear")}
    assert rows.renew(touched, now_us, NEW_YORK)
    assert coder.coded == 3
    assert rows.standing("w2") is Standing.HELD
    assert rows.next_of({Standing.WAITING}, "w1") == "w3"


def test_a_row_that_changed_is_drawn_anew_and_the_list_stays_where_it_was(ward: Ward, qtbot: QtBot) -> None:
    sessions = [replace(one, id=f"{number}") for one in [signed(ward, "1")] for number in range(100)]
    changed: list[int] = []

    def describe(session: Session) -> ReviewItem:
        return ReviewItem(session.id, Standing.SIGNED, session.id, session.chair)

    shown = SessionList(Theme(), describe)
    qtbot.addWidget(shown)
    shown.resize(290, 300)
    shown.show_sessions(sessions, "50")
    shown.sessions.dataChanged.connect(lambda top, _: changed.append(top.row()))
    shown.show_sessions([replace(one, chair="9") if one.id == "3" else one for one in sessions], "50")
    assert changed == [3]
    assert shown.sessions.item(3).detail == "9"
    assert shown.current == "50"
    shown.show_sessions(sessions[1:], "50")
    assert shown.current == "50"
