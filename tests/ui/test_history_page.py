"""Looking back in the window: found by words, told event by event, one press from what is stored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.corrections import correct_moment
from desktop_app.core.decisions import pressed
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.history import finding
from desktop_app.ui.history.event_sheet import EventSheet
from desktop_app.ui.history.page import HistoryPage
from desktop_app.ui.sheets.paper import PaperSheet
from desktop_app.ui.window import MainWindow
from tests.ui.billing_day import register
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Mouse, Typist, sheet_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clinic(ward: Ward) -> Ward:
    """Three patients: a start that was corrected, a stop that was taken back, one only seated."""
    first = ward.seat("1", "0004821", "RM")
    ward.clock.advance(5)
    ward.start(first)
    ward.clock.advance(20)
    correct(ward, first)
    second = ward.start(ward.seat("2", "0009940", "LS"), SALINE)
    ward.clock.advance(30)
    ward.stop(second)
    ward.desk.undo(second.id, pressed(ward.clock.now().wall_us))
    ward.seat("3", "0001107", "GP")
    return ward


def correct(ward: Ward, session: Session) -> None:
    start = ward.session(session.id).services[0].start
    assert start is not None
    ward.do(
        session,
        lambda s, w: correct_moment(
            s,
            w,
            service="1",
            what="start",
            to_us=start.at_us - MINUTE_US,
            how=HowKnown.PUMP,
            reason="pump log",
        ),
    )


def opened(window: MainWindow, qtbot: QtBot, text: str = "") -> HistoryPage:
    window.show_page("history")
    page = window.history
    if text:
        page.side.field.setText(text)
        page.side.look()
    qtbot.waitUntil(lambda: not page.side.is_looking)
    return page


def chairs(page: HistoryPage) -> list[str]:
    return [one.chair for one in page.side.found]


@pytest.mark.usefixtures("clinic")
def test_ctrl_and_a_number_or_the_rail_lead_there_and_the_newest_are_listed(
    window: MainWindow, qtbot: QtBot, typist: Typist, mouse: Mouse
) -> None:
    typist.press(Qt.Key.Key_4, CTRL)
    assert window.page == "history"
    qtbot.waitUntil(lambda: not window.history.side.is_looking)
    assert chairs(window.history) == ["3", "2", "1"]
    assert window.history.side.told.text() == "3 sessions."
    typist.press(Qt.Key.Key_1, CTRL)
    mouse.click(window.rail.button("history"))
    assert window.page == "history"
    assert window.history.side.field.hasFocus()


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize(
    ("typed", "found"), [("vanc", ["1"]), ("taken back", ["2"]), ("corrected 9940", []), ("chair 3", ["3"])]
)
def test_typed_words_narrow_what_is_listed(
    window: MainWindow, qtbot: QtBot, typist: Typist, typed: str, found: list[str]
) -> None:
    page = opened(window, qtbot)
    page.side.field.setFocus()
    typist.type(typed)
    qtbot.waitUntil(lambda: not page.side.is_looking)
    assert chairs(page) == found


@pytest.mark.usefixtures("clinic")
def test_enter_goes_from_the_field_through_the_list_to_the_event(
    window: MainWindow, qtbot: QtBot, typist: Typist
) -> None:
    page = opened(window, qtbot)
    page.side.field.setFocus()
    typist.type("vanc")
    typist.press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.side.list.hasFocus)
    typist.press(Qt.Key.Key_Return)
    assert page.list.hasFocus()
    for _ in range(2):
        typist.press(Qt.Key.Key_Down)
    typist.press(Qt.Key.Key_Return)
    sheet = sheet_of(window, EventSheet)
    assert sheet.accessibleName() == "Vancomycin 1000 mg start corrected"
    typist.press(Qt.Key.Key_Escape)
    assert page.list.hasFocus()


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize("is_in_field", [True, False])
def test_a_wristband_that_is_scanned_shows_its_patients_history(
    window: MainWindow, qtbot: QtBot, typist: Typist, *, is_in_field: bool
) -> None:
    page = opened(window, qtbot)
    (page.side.field if is_in_field else page.side.list).setFocus()
    typist.scan("0009940")
    qtbot.waitUntil(lambda: page.chronicle is not None)
    assert (window.page, page.side.field.text(), chairs(page)) == ("history", "0009940", ["2"])


@pytest.mark.usefixtures("clinic")
def test_the_history_says_what_was_before_and_what_was_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot, "vanc")
    page.show_session(page.side.found[0].session)
    (seated, started, corrected) = page.list.events.views[:3]
    assert [view.what for view in (seated, started)] == ["Seated in chair 1", "Vancomycin 1000 mg started"]
    assert corrected.detail.startswith("start: 09:05:00 EST, pressed → 09:04:00 EST, as on the pump")
    assert "“pump log”" in corrected.detail
    assert "pressed · AK · recorded 09:25:00 EST" in corrected.evidence
    page = opened(window, qtbot, "taken back")
    page.show_session(page.side.found[0].session)
    stopped = page.list.events.views[2]
    assert stopped.undone == "taken back Mon 2 Mar 2026 09:55:00 EST by AK"
    assert "taken back" in stopped.spoken


def test_a_press_on_an_event_shows_it_as_it_is_stored(clinic: Ward, window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot, "vanc")
    page.show_session(page.side.found[0].session)
    box = page.list.visualRect(page.list.events.index(1))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    sheet = sheet_of(window, EventSheet)
    (recorded,) = [one for one in clinic.journal.since(0) if one.event.KIND == "service-started"][:1]
    texts = sheet.findChildren(type(sheet.proof))
    shown = " ".join(text.text() for text in texts).replace(" ", "")
    for fact in (recorded.hash, recorded.previous_hash, recorded.id, recorded.stamp.touch, recorded.stream):
        assert fact.replace(" ", "") in shown.replace("\u200b", "")
    assert "it is what was stored" in sheet.proof.text()
    assert '"drug": "Vancomycin"' in sheet.stored.text()


def test_who_the_patient_is_is_shown_only_after_that_is_recorded(
    clinic: Ward, window: MainWindow, qtbot: QtBot, typist: Typist
) -> None:
    session = register(clinic, clinic.in_chair("1"))
    page = opened(window, qtbot)
    page.show_session(session.id)
    told = " ".join(view.spoken for view in page.list.events.views)
    assert "0004821" not in told
    assert "Example" not in told
    page.list.opened.emit(0)
    sheet = sheet_of(window, EventSheet)
    assert sheet.stored.text() == ""
    sheet.show_button.click()
    assert '"mrn": "0004821"' in sheet.stored.text()
    looks = [one.event for one in clinic.journal.since(0) if isinstance(one.event, e.PatientShown)]
    assert [look.what for look in looks] == ["history"]
    typist.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "History looked at" in [view.what for view in page.list.events.views])


def test_names_stay_hidden_where_the_settings_hide_them(
    clinic: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    clinic.settings.values["card-names"] = "none"
    page = opened(window, qtbot)
    page.show_session(clinic.in_chair("1").id)
    rows = [page.side.list.model().index(at, 0) for at in range(3)]
    spoken = [str(row.data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]
    assert not any(secret in text for text in spoken for secret in ("R. M.", "4821"))
    assert not any("4821" in view.spoken or "R. M." in view.spoken for view in page.list.events.views)
    assert page.who.text() == "Session"


def test_ctrl_h_leads_there_from_a_chair_from_the_review_and_from_the_export(
    clinic: Ward, window: MainWindow, qtbot: QtBot, typist: Typist
) -> None:
    def shown() -> str:
        qtbot.waitUntil(lambda: window.page == "history")
        chronicle = window.history.chronicle
        return chronicle.session if chronicle else ""

    window.board.focus("2")
    typist.press(Qt.Key.Key_H, CTRL)
    assert shown() == clinic.in_chair("2").id
    ended = clinic.do(clinic.in_chair("3"), end_session)
    window.show_page("review", ended.id)
    typist.press(Qt.Key.Key_H, CTRL)
    assert shown() == ended.id
    window.show_page("export")
    window.export.day_card.list.stand_on(clinic.in_chair("1").id)
    typist.press(Qt.Key.Key_H, CTRL)
    assert shown() == clinic.in_chair("1").id
    typist.press("r")
    assert window.page == "review"


def looked_on(ward: Ward) -> list[str]:
    told = (one.event for one in ward.journal.since(0))
    return [event.where for event in told if isinstance(event, e.RecordViewed)]


def test_a_look_at_a_history_is_told(clinic: Ward, window: MainWindow, qtbot: QtBot) -> None:
    opened(window, qtbot).show_session(clinic.in_chair("3").id)
    window.refresh()
    qtbot.waitUntil(lambda: "history" in looked_on(clinic))


def test_it_is_printed_and_saved_with_what_proves_it(
    clinic: Ward, window: MainWindow, qtbot: QtBot, typist: Typist
) -> None:
    page = opened(window, qtbot)
    typist.press(Qt.Key.Key_P, CTRL)
    assert window.sheets.sheet is None
    page.show_session(clinic.in_chair("1").id)
    typist.press(Qt.Key.Key_P, CTRL)
    sheet = sheet_of(window, PaperSheet)
    assert sheet.document.title == "Session history"
    assert sheet.table_button.accessibleName() == "Save as JSON…"
    assert clinic.billing.papers.asked == [f"Session history {clinic.in_chair('1').id}"]


@pytest.mark.usefixtures("clinic")
def test_esc_empties_the_field_and_only_then_leaves(window: MainWindow, qtbot: QtBot, typist: Typist) -> None:
    page = opened(window, qtbot, "vanc")
    page.side.field.setFocus()
    typist.press(Qt.Key.Key_Escape)
    assert (page.side.field.text(), window.page) == ("", "history")
    qtbot.waitUntil(lambda: chairs(page) == ["3", "2", "1"])
    typist.press(Qt.Key.Key_Escape)
    assert window.page == "board"


def test_what_is_recorded_while_it_is_shown_is_told_at_once(
    clinic: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    page = opened(window, qtbot)
    session = clinic.in_chair("3")
    page.show_session(session.id)
    assert "Session ended" not in [view.what for view in page.list.events.views]
    station = window.station
    station.touch(session, "ended", end_session, station.stamp())
    qtbot.waitUntil(lambda: "Session ended" in [view.what for view in page.list.events.views])


@pytest.mark.usefixtures("clinic")
def test_of_many_it_says_how_many_there_are(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 2)
    page = opened(window, qtbot)
    assert page.side.told.text() == "3 sessions, the newest 2 are listed."


@pytest.mark.usefixtures("clinic")
def test_the_help_leaves_its_room_to_what_was_found(window: MainWindow, qtbot: QtBot, mouse: Mouse) -> None:
    window.resize(1280, 720)
    window.theme.choose(text_percent=150)
    side = opened(window, qtbot).side
    assert side.found
    assert not side.examples.isVisible()
    closed = side.list.height()
    assert side.help.height() >= 40
    mouse.click(side.help)
    assert side.examples.isVisible()
    mouse.click(side.help)
    assert not side.examples.isVisible()
    qtbot.waitUntil(lambda: side.list.height() == closed)
    opened(window, qtbot, "nobody of this name")
    assert side.examples.isVisible()
    assert not side.help.isVisible()
