"""The first value of a corrected moment is one press away, and what its correction did to the lines."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.core.care import pause_service, resume_service
from desktop_app.core.corrections import correct_moment, remove_stop
from desktop_app.core.moments import HowKnown
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.panel.rows import CorrectedButton
from desktop_app.ui.sheets.correct import CorrectSheet
from desktop_app.ui.sheets.later_stop import LaterStopSheet, ask_which_stop
from desktop_app.ui.sheets.moment_history import MomentHistorySheet, ValueRow, show_history, show_times
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, sheet, shown

DAY = "2026-03-02T"


@pytest.fixture
def session(ward: Ward) -> Session:
    """Vancomycin since 09:30, its patient seated at 09:00."""
    seated = ward.seat("1")
    ward.clock.advance(30)
    return ward.start(seated)


def correct(ward: Ward, session: Session, what: str, to: str, reason: str = "pump log") -> Session:
    keys = {"service": "1", "what": what, "to_us": at(DAY + to), "how": HowKnown.PUMP, "reason": reason}
    return ward.do(session, partial(correct_moment, **keys))  # type: ignore[arg-type]  # by keyword


def rows(root: MomentHistorySheet) -> list[str]:
    return [row.accessibleName() for row in root.findChildren(ValueRow)]


def opened(window: MainWindow) -> MomentHistorySheet:
    found = sheet(window)
    assert isinstance(found, MomentHistorySheet)
    return found


def test_the_first_value_is_one_press_from_the_panel(
    ward: Ward, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    ward.clock.advance(12)
    correct(ward, session, "start", "09:20")
    window.refresh()
    (link,) = shown(qtbot, window.board.panel, CorrectedButton)
    assert link.moment.text == "start corrected 09:30:00 → 09:20:00 · AK · “pump log”"
    mouse = Mouse(qtbot)
    mouse.click(link)
    assert mouse.touches == 1
    assert rows(opened(window)) == [
        "09:20:00, as on the pump · “pump log”, by AK, recorded 09:42:00",
        "09:30:00, no longer holds, pressed · corrected, by AK, recorded 09:30:00",
    ]


def test_a_value_that_holds_no_longer_is_struck_out(ward: Ward, window: MainWindow, session: Session) -> None:
    session = correct(ward, session, "start", "09:20")
    show_history(window.station, session, session.services[0], "start")
    times = {label.text(): label.font().strikeOut() for label in opened(window).findChildren(QLabel)}
    assert (times["09:20:00"], times["09:30:00"]) == (False, True)


def test_several_corrections_are_one_row_from_the_first_value_to_the_last(
    ward: Ward, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    for to in ("09:20", "09:25"):
        session = correct(ward, session, "start", to)
    window.refresh()
    (link,) = shown(qtbot, window.board.panel, CorrectedButton)
    assert link.moment.text.startswith("start corrected 09:30:00 → 09:25:00")


def test_the_effect_on_the_lines_is_told_before_and_after(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    ward.clock.advance(80)
    session = ward.stop(session)
    ward.clock.advance(2)
    session = correct(ward, session, "stop", "09:40")
    show_history(window.station, session, session.services[0], "stop")
    assert opened(window).effects["stop", 0] == (
        "Effect on lines: before 96365 ×1 · J3370 ×2; after 96374 ×1 · J3370 ×2."
    )


def test_an_effect_of_none_is_told_too(ward: Ward, window: MainWindow, session: Session) -> None:
    ward.clock.advance(50)
    session = correct(ward, session, "start", "09:29")
    show_history(window.station, session, session.services[0], "start")
    assert opened(window).effects["start", 0] == (
        "Effect on lines: none. Before and after: 96365 ×1 · J3370 ×2."
    )


def test_what_was_never_corrected_has_no_effect_to_tell(window: MainWindow, session: Session) -> None:
    show_history(window.station, session, session.services[0], "start")
    assert opened(window).effects["start", 0] == ""


def test_a_stop_that_was_taken_back_stays_readable_with_its_reason(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    session = ward.stop(session)
    session = ward.do(session, partial(remove_stop, service="1", reason="wrong chair"))
    show_times(window.station, session, session.services[0])
    assert rows(opened(window))[1:] == [
        "09:30:00, no longer holds, pressed · taken back: “wrong chair”, by AK, recorded 09:30:00"
    ]
    assert list(opened(window).ways) == [("start", 0)]


def test_all_times_of_a_service_are_on_one_sheet_and_each_can_be_corrected_there(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    for minutes, action in ((10, pause_service), (5, resume_service)):
        ward.clock.advance(minutes)
        session = ward.do(session, partial(action, service="1"))
    ward.clock.advance(30)
    session = ward.stop(session)
    show_times(window.station, session, session.services[0])
    assert list(opened(window).values) == [("start", 0), ("pause", 0), ("resume", 0), ("stop", 0)]
    opened(window).ways["pause", 0].click()
    asked = sheet(window)
    assert isinstance(asked, CorrectSheet)
    assert asked.at.at_us() == at(DAY + "09:40")


def test_the_history_of_a_signed_session_is_read_and_not_corrected(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    session = ward.do(ward.stop(session), end_session)
    session = ward.do(session, window.station.coder.signing(session, ward.desk.head))
    show_times(window.station, session, session.services[0])
    assert opened(window).ways == {}


def twice(ward: Ward, session: Session, minutes: int = 3) -> Session:
    ward.clock.advance(60)
    session = ward.stop(session)
    ward.clock.advance(minutes)
    return ward.stop(session)


def settling(window: MainWindow, session: Session) -> LaterStopSheet:
    ask_which_stop(window.station, session, session.services[0])
    asked = sheet(window)
    assert isinstance(asked, LaterStopSheet)
    return asked


def test_the_later_stop_is_taken_only_with_a_reason(
    ward: Ward, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    asked = settling(window, twice(ward, session))
    assert (asked.first.text(), asked.later.text()) == ("Leave 10:30:00", "Take 10:33:00")
    typist = Typist(qtbot, window)
    typist.press(Qt.Key.Key_Return)
    assert asked.problem == "A correction needs its reason."
    typist.enter("second bag")
    service = ward.session(session.id).services[0]
    assert service.stop is not None
    assert (service.stop.at_us, service.proposals) == (at(DAY + "10:33"), ())
    assert service.corrections[-1].reason == "second bag"


def test_the_first_stop_can_be_left_without_a_word(
    ward: Ward, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    asked = settling(window, twice(ward, session))
    Mouse(qtbot).click(asked.first)
    assert ward.journal.kinds[-1] == "proposals-settled"
    service = ward.session(session.id).services[0]
    assert service.stop is not None
    assert (service.stop.at_us, service.proposals) == (at(DAY + "10:30"), ())


def test_deciding_later_records_nothing(
    ward: Ward, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    asked = settling(window, twice(ward, session))
    stored = len(ward.journal.kinds)
    Mouse(qtbot).click(asked.wait)
    assert (len(ward.journal.kinds), window.sheets.sheet) == (stored, None)


def test_of_several_later_stops_one_is_chosen(ward: Ward, window: MainWindow, session: Session) -> None:
    session = twice(ward, session)
    ward.clock.advance(4)
    asked = settling(window, ward.stop(session))
    assert asked.later.text() == "Take 10:37:00"
    asked.which.chip("0").click()
    assert asked.later.text() == "Take 10:33:00"


def test_nothing_is_asked_where_there_was_one_stop(ward: Ward, window: MainWindow, session: Session) -> None:
    session = ward.stop(session)
    ask_which_stop(window.station, session, session.services[0])
    assert window.toast.text == "Not done. Vancomycin was stopped once only."
