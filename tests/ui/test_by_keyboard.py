"""The whole of a visit with the keyboard alone, in a real window."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Route
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Stage
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.correct import CorrectSheet
from desktop_app.ui.sheets.end import EndSheet
from desktop_app.ui.sheets.keys_sheet import KeysSheet
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.sheets.stop import StopSheet
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Typist, focused, sheet


def test_a_known_drug_runs_four_touches_after_an_empty_chair(ward: Ward, typist: Typist) -> None:
    typist.press("8")
    typist.press(Qt.Key.Key_Return)
    typist.enter("0004821")
    typist.enter("van")
    (service,) = ward.in_chair("8").services
    assert (service.order.drug, service.state) == ("Vancomycin", ServiceState.RUNNING)
    assert typist.touches == 4


def test_a_visit_is_seated_started_stopped_ended_and_signed(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("2")
    typist.press(Qt.Key.Key_Return)
    typist.enter("0001107")
    typist.enter("vanc")
    ward.clock.advance(90)
    typist.press("x")
    typist.press("e")
    session = ward.in_chair("2")
    assert session.stage is Stage.ENDED
    typist.press("r")
    assert window.page == "review"
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    signed = ward.session(session.id)
    assert signed.stage is Stage.SIGNED
    assert [line.code for line in signed.signatures[0].lines] == ["96365"]


def test_the_stop_is_the_instant_of_the_key(ward: Ward, typist: Typist) -> None:
    session = ward.start(ward.seat("3"))
    ward.clock.advance(31, us=250_000)
    typist.press("3")
    typist.press("x")
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    assert stop.at_us == at("2026-03-02T09:31") + 250_000


def test_a_stop_pressed_after_the_clock_was_set_back_has_its_true_length(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("3"))
    ward.clock.set_wall("2026-03-02T06:00")
    ward.clock.advance(31)
    window.refresh()
    assert window.board.grid.cards[2].view.time == "0:31:00"
    typist.press("3")
    typist.press("x")
    (service,) = ward.session(session.id).services
    assert service.elapsed_us(at("2026-03-02T23:00")) == 31 * MINUTE_US


def test_of_several_running_each_has_its_button_and_enter_stops_the_named_one(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.start(ward.seat("1")), SALINE)
    stamped = ward.clock.now().wall_us
    typist.press("1")
    typist.press("x")
    opened = sheet(window)
    assert isinstance(opened, StopSheet)
    assert [button.text() for button in opened.buttons] == [
        "Stop Vancomycin", "Stop Normal saline", "Stop all 2",
    ]  # fmt: skip
    ward.clock.advance(3)
    typist.press(Qt.Key.Key_Return)
    vancomycin, saline = ward.session(session.id).services
    assert vancomycin.stop is not None
    assert (vancomycin.stop.at_us, saline.is_open) == (stamped, True)


def test_a_digit_chooses_what_stops_and_stops_nothing_itself(ward: Ward, typist: Typist) -> None:
    session = ward.start(ward.start(ward.seat("1")), SALINE)
    typist.press("1")
    typist.press("x")
    typist.press("2")
    assert len(ward.session(session.id).open_services) == 2
    typist.press(Qt.Key.Key_Return)
    assert [s.order.drug for s in ward.session(session.id).open_services] == ["Vancomycin"]


def test_all_of_several_stop_only_by_their_own_button(ward: Ward, typist: Typist) -> None:
    session = ward.start(ward.start(ward.seat("1")), SALINE)
    typist.press("1")
    typist.press("x")
    typist.press("3")
    typist.press(Qt.Key.Key_Return)
    assert ward.session(session.id).open_services == ()


def test_shift_enter_takes_the_instant_of_confirming(ward: Ward, typist: Typist) -> None:
    session = ward.start(ward.start(ward.seat("1")), SALINE)
    typist.press("1")
    typist.press("x")
    ward.clock.advance(3)
    typist.press("3")
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    stops = {service.stop.at_us for service in ward.session(session.id).services if service.stop}
    assert stops == {ward.clock.now().wall_us}


def test_escape_keeps_nothing(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.seat("1")
    before = len(ward.journal.kinds)
    typist.press("1")
    typist.press("a")
    assert isinstance(sheet(window), StartSheet)
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert len(ward.journal.kinds) == before
    assert ward.session(session.id).services == ()


def test_it_pauses_without_a_reason_nobody_chose_and_runs_on(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("4"))
    typist.press("4")
    typist.press("p")
    assert isinstance(sheet(window), PauseSheet)
    typist.press(Qt.Key.Key_Return)
    ward.clock.advance(4)
    typist.press("p")
    (pause,) = ward.session(session.id).services[0].pauses
    assert (pause.reason, pause.until is not None) == ("", True)


def test_a_quick_reason_is_one_letter(ward: Ward, typist: Typist) -> None:
    session = ward.start(ward.seat("4"))
    typist.press("4")
    typist.press("p")
    typist.press("r")
    assert ward.session(session.id).services[0].pauses[0].reason == "Reaction"
    assert typist.touches == 3


def test_tab_and_an_arrow_give_a_push(ward: Ward, typist: Typist) -> None:
    session = ward.seat("4")
    typist.press("4")
    typist.press("a")
    QTest.keyClicks(focused(), "vanc")
    typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    assert (service.order.drug, service.order.route) == ("Vancomycin", Route.IV_PUSH)


def test_the_reasons_of_a_pause_are_reached_with_the_arrows(ward: Ward, typist: Typist) -> None:
    session = ward.start(ward.seat("4"))
    typist.press("4")
    typist.press("p")
    typist.press(Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_Return)
    assert ward.session(session.id).services[0].pauses[0].reason == "Line trouble"


def test_how_a_stop_is_known_is_chosen_without_a_mouse(ward: Ward, typist: Typist) -> None:
    session = ward.start(ward.seat("4"))
    ward.clock.advance(50)
    typist.press("4")
    typist.press("t")
    QTest.keyClicks(focused(), "0940")
    typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_Return)
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    assert (stop.at_us, stop.how.value) == (at("2026-03-02T09:40"), "pump")


def test_a_stop_is_not_taken_before_it_is_said_how_it_is_known(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("4"))
    ward.clock.advance(50)
    typist.press("4")
    typist.press("t")
    opened = sheet(window)
    assert isinstance(opened, StoppedAtSheet)
    assert (opened.go.text(), opened.go.isEnabled()) == ("Choose how it is known", False)
    typist.enter("09:40")
    assert opened.problem == "Choose how it is known."
    assert ward.session(session.id).services[0].is_open
    opened.how.chip("saw").click()
    assert (opened.go.text(), opened.go.isEnabled()) == ("Stop at 09:40", True)


def test_a_missed_stop_takes_its_true_time_and_how_it_is_known(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("4"))
    ward.clock.advance(75)
    typist.press("4")
    typist.press("t")
    opened = sheet(window)
    assert isinstance(opened, StoppedAtSheet)
    opened.how.take("pump")
    typist.enter("10:02")
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    assert (stop.at_us, stop.how.value) == (at("2026-03-02T10:02"), "pump")
    assert stop.recorded_us == ward.clock.now().wall_us


def test_a_time_before_the_start_is_refused_in_place(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("4"))
    ward.clock.advance(75)
    stored = len(ward.journal.kinds)
    typist.press("4")
    typist.press("t")
    opened = sheet(window)
    assert isinstance(opened, StoppedAtSheet)
    opened.how.chip("saw").click()
    typist.enter("08:30")
    assert sheet(window).problem == ("The stop would be before the start of Vancomycin at 09:00:00.")
    assert len(ward.journal.kinds) == stored
    assert ward.session(session.id).services[0].is_open


def test_ending_asks_about_what_still_runs_and_enter_alone_ends_nothing(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("5"))
    ward.clock.advance(20)
    typist.press("5")
    typist.press("e")
    opened = sheet(window)
    assert isinstance(opened, EndSheet)
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert ward.session(session.id).stage is Stage.OPEN
    typist.press("e")
    opened = sheet(window)
    assert isinstance(opened, EndSheet)
    opened.go.setFocus()
    typist.press(Qt.Key.Key_Return)
    ended = ward.session(session.id)
    assert ended.stage is Stage.ENDED
    assert not ended.open_services


def test_a_session_may_end_with_its_stop_missing_and_is_not_signed(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("5"))
    typist.press("5")
    typist.press("e")
    typist.press("m")
    assert ward.session(session.id).open_services
    typist.press("r")
    assert not window.review.sign_button.isEnabled()


def test_u_and_control_z_take_back_the_last_touch(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("6"))
    typist.press("6")
    typist.press("x")
    assert not ward.session(session.id).open_services
    typist.press("u")
    assert ward.session(session.id).open_services
    typist.press("x")
    typist.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ward.session(session.id).open_services
    assert window.toast.text == "Chair 6 · Vancomycin stop taken back · saved"


def test_a_start_that_was_not_pressed_in_time_is_given_afterwards(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.seat("2")
    ward.clock.advance(30)
    typist.press("2")
    typist.press("a")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    opened.search.setText("vanc")
    assert opened.earlier is not None
    opened.earlier.show()
    opened.earlier.how.take("saw")
    opened.earlier.at.clock.setFocus()
    typist.enter("09:12")
    start = ward.session(session.id).services[0].start
    assert start is not None
    assert (start.at_us, start.how.value) == (at("2026-03-02T09:12"), "back-dated")


def test_a_further_site_needs_its_reason(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("2"), replace(VANCOMYCIN, site="L arm"))
    typist.press("2")
    typist.press("a")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    opened.search.setText("saline")
    opened.site.set_text("R hand")
    typist.press(Qt.Key.Key_Return)
    assert opened.problem == "A further access site needs its reason."
    opened.site_reason.edit.setFocus()
    typist.enter("not compatible")
    (site,) = ward.session(session.id).sites
    assert (site.name, site.reason) == ("R hand", "not compatible")


def test_the_first_name_of_a_site_names_the_site_in_use_and_asks_no_reason(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("2"))
    typist.press("2")
    typist.press("a")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    opened.search.setText("saline")
    opened.site.set_text("L arm")
    assert opened.site_reason.isHidden()
    typist.press(Qt.Key.Key_Return)
    started = ward.session(session.id)
    assert [service.order.site for service in started.services] == ["L arm", "L arm"]
    assert started.sites == ()


def test_the_plan_next_starts_with_one_key(ward: Ward, typist: Typist) -> None:
    session = ward.plan(ward.seat("7"))
    typist.press("7")
    typist.press("s")
    assert ward.session(session.id).services[0].state is ServiceState.RUNNING


def test_a_mark_is_stamped_now_and_given_its_meaning_later(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(40)
    stamped = ward.clock.now().wall_us
    typist.press("1")
    typist.press("m")
    ward.clock.advance(6)
    (mark,) = ward.desk.suite.open_marks
    window.board.panel.marks.meaning_asked.emit(mark.id)
    opened = sheet(window)
    assert isinstance(opened, ChooseSheet)
    assert next(iter(opened.choices)) == "Stop of Vancomycin"
    typist.press(Qt.Key.Key_Down)
    typist.press(Qt.Key.Key_Return)
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    assert stop.at_us == stamped
    assert ward.desk.suite.open_marks == ()


def test_a_start_is_corrected_with_a_reason_and_the_first_value_stays(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.clock.advance(-10)
    session = ward.seat("1")
    ward.clock.advance(10)
    session = ward.start(session)
    window.refresh()
    typist.press("1")
    window.board.panel.service_asked.emit(session.id, "1")
    choosing = sheet(window)
    assert isinstance(choosing, ChooseSheet)
    choosing.choices["Correct the start…"].setFocus()
    typist.press(Qt.Key.Key_Return)
    opened = sheet(window)
    assert isinstance(opened, CorrectSheet)
    opened.at.back_5.click()
    opened.how.take("chart")
    typist.press(Qt.Key.Key_Return)
    assert opened.problem == "A correction needs its reason."
    opened.reason.edit.setFocus()
    typist.enter("pump log")
    (correction,) = ward.session(session.id).services[0].corrections
    assert correction.after.at_us == at("2026-03-02T08:55")
    assert correction.before.at_us == at("2026-03-02T09:00")


def test_arrows_go_from_chair_to_chair(window: MainWindow, typist: Typist) -> None:
    typist.press("1")
    typist.press(Qt.Key.Key_Right)
    assert window.board.chair == "2"
    typist.press(Qt.Key.Key_Down)
    assert int(window.board.chair) > 2


def test_two_digits_choose_a_chair(window: MainWindow, typist: Typist) -> None:
    typist.press("1")
    typist.press("2")
    assert window.board.chair == "12"


def test_0_chooses_the_tenth_chair(window: MainWindow, typist: Typist) -> None:
    typist.press("0")
    assert window.board.chair == "10"


def test_f1_shows_the_keys(window: MainWindow, typist: Typist) -> None:
    typist.press(Qt.Key.Key_F1)
    assert isinstance(sheet(window), KeysSheet)
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None


def test_a_scan_of_a_known_wristband_goes_to_the_chair(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("9", mrn="X0008141")
    window.board.focus("1")
    typist.scan("X0008141")
    assert window.board.chair == "9"
    assert window.sheets.sheet is None


def test_a_scan_with_letters_is_no_command(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("1"))
    window.board.focus("1")
    typist.scan("XPE12345")
    assert ward.session(session.id).open_services
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    assert opened.mrn.text == "XPE12345"


def test_the_digits_of_a_scan_choose_no_chair(window: MainWindow, typist: Typist) -> None:
    window.board.focus("5")
    typist.scan("20041")
    assert window.board.chair == "5"
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    assert opened.mrn.text == "20041"


def test_a_scan_on_a_focused_stop_button_stops_nothing(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("1"))
    window.refresh()
    window.board.focus("1")
    typist.press(Qt.Key.Key_Return)
    typist.scan("0004821")
    assert ward.session(session.id).open_services


def test_tab_stays_inside_an_open_sheet(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.seat("1")
    typist.press("1")
    typist.press("a")
    opened = sheet(window)
    for _ in range(25):
        typist.press(Qt.Key.Key_Tab)
        assert opened.isAncestorOf(opened.focusWidget())
        assert window.focusWidget() is opened.focusWidget()
