"""What waits for the disk is told on its card, is not done twice, and is gone on from as if it stood."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.care import add_note, change_bag, stop_service
from desktop_app.core.orders import Order
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import end_session
from desktop_app.ui.board.card import Card
from desktop_app.ui.board.card_view import CardState, CardView, Deed
from desktop_app.ui.board.density import Density
from desktop_app.ui.commands import perform
from desktop_app.ui.kept_already import SAME
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.stop import StopSheet
from desktop_app.ui.touches import Touch
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Mouse, Typist, sheet_of
from tests.ui.stand_ins import INFLIXIMAB


def planned(ward: Ward, window: MainWindow, *orders: Order, chair: str = "3") -> Session:
    """Seat a patient with a plan, choose the chair, and let the disk be full."""
    session = ward.seat(chair)
    for order in orders:
        session = ward.plan(session, order)
    return full(ward, window, session)


def running(ward: Ward, window: MainWindow, *orders: Order, chair: str = "3") -> Session:
    """Let drugs run in a chair, choose it, and let the disk be full."""
    session = ward.seat(chair)
    for order in orders:
        session = ward.start(session, order)
    ward.clock.advance(20)
    return full(ward, window, session)


def full(ward: Ward, window: MainWindow, session: Session) -> Session:
    window.refresh()
    window.board.focus(session.chair)
    ward.journal.is_full = True
    return session


def room_again(ward: Ward, window: MainWindow) -> list[str]:
    """Let the disk take writing again; return what was stored then."""
    before = len(ward.journal.kinds)
    ward.journal.is_full = False
    window.touches.retry()
    assert window.touches.kept == ()
    return ward.journal.kinds[before:]


def card(window: MainWindow, chair: str = "3") -> Card:
    found = window.board.grid.card(chair)
    assert found is not None
    return found


def view(window: MainWindow, chair: str = "3") -> CardView:
    return card(window, chair).view


def labels(window: MainWindow, chair: str = "3") -> list[str]:
    return [button.text() for button in card(window, chair).buttons if button.isVisible()]


def test_a_waiting_start_is_told_on_its_card_and_the_chair_is_not_shown_running(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    planned(ward, window, VANCOMYCIN)
    typist.press("s")
    shown = view(window)
    assert shown.state is CardState.SEATED
    assert shown.time == ""
    assert shown.waiting == (
        "Start 09:00:00 is not saved yet",
        "Not saved yet: start 09:00:00",
        "Not saved: start 09:00:00",
    )
    assert card(window).accessibleName().endswith("start 09:00:00 is not saved yet")
    assert shown.whole.startswith("Start 09:00:00 is not saved yet")
    assert view(window, "4").waiting == ()
    assert room_again(ward, window) == ["service-started"]
    assert view(window).waiting == ()
    assert view(window).state is CardState.RUNNING


@pytest.mark.parametrize("density", [Density.ROOMY, Density.DENSE])
def test_the_words_and_their_icon_are_drawn_on_either_card(
    ward: Ward, window: MainWindow, typist: Typist, density: Density
) -> None:
    ward.settings.set("density", density.value)
    planned(ward, window, VANCOMYCIN)
    before = card(window).grab().toImage()
    typist.press("s")
    after = card(window).grab().toImage()
    alert = window.theme.color("alert").rgb()
    red = [image.pixel(x, y) == alert for image in (before, after) for x in range(image.width())
           for y in range(image.height())]  # fmt: skip
    half = len(red) // 2
    assert not any(red[:half])
    assert sum(red[half:]) > 20


def test_the_buttons_are_those_of_the_chair_as_it_will_be(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    running(ward, window, VANCOMYCIN)
    perform(window.station, Deed.PAUSE, "3", window.station.stamp())
    typist.press(Qt.Key.Key_Return)
    assert view(window).state is CardState.RUNNING
    assert labels(window) == ["Resume", "Stop"]
    ward.clock.advance(us=8_000_000)
    mouse.click(card(window).buttons[0])
    assert [touch.said.partition(" · ")[2] for touch in window.touches.kept] == [
        "Vancomycin paused at 09:20:00",
        "Vancomycin resumed at 09:20:08",
    ]
    assert view(window).waiting[0] == "Resume 09:20:08 is not saved yet +1"
    assert "pause 09:20:00, resume 09:20:08 are not saved yet" in view(window).sentence
    assert room_again(ward, window) == ["service-paused", "service-resumed"]


@pytest.mark.parametrize(
    ("orders", "letter", "answers", "said", "stored"),
    [
        ((SALINE,), "x", 0, "Normal saline stopped at 09:20:00", ["service-stopped"]),
        ((INFLIXIMAB,), "p", 1, "Infliximab paused at 09:20:00", ["service-paused"]),
        ((INFLIXIMAB,), "d", 0, "Infliximab", ["rate-changed"]),
        ((VANCOMYCIN,), "b", 1, "", ["bag-changed"]),
        ((VANCOMYCIN,), "f", 0, "", ["service-given"]),
    ],
)
def test_the_same_key_again_is_said_to_be_kept_and_stores_one_touch(
    ward: Ward,
    window: MainWindow,
    typist: Typist,
    orders: tuple[Order, ...],
    letter: str,
    answers: int,
    said: str,
    stored: list[str],
) -> None:
    running(ward, window, *orders)
    press(window, typist, letter, answers)
    kept = len(window.touches.kept)
    ward.clock.advance(us=3_000_000)
    press(window, typist, letter, answers)
    assert len(window.touches.kept) == kept
    assert window.toast.text.endswith("is kept already and waits to be saved.")
    assert said in window.toast.text
    assert room_again(ward, window) == stored


def press(window: MainWindow, typist: Typist, letter: str, answers: int) -> None:
    """Press a letter on the board, and Enter where a sheet asks."""
    typist.press(letter)
    for _ in range(answers if window.sheets.sheet is not None else 0):
        typist.press(Qt.Key.Key_Return)


def test_s_again_does_not_start_the_next_of_the_plan(ward: Ward, window: MainWindow, typist: Typist) -> None:
    planned(ward, window, VANCOMYCIN, SALINE)
    typist.press("s")
    typist.press("s")
    assert window.toast.text == (
        "Not done. Vancomycin started at 09:00:00 is kept already and waits to be saved."
    )
    assert room_again(ward, window) == ["service-started"]


def test_x_again_does_not_stop_the_other_drug(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = running(ward, window, VANCOMYCIN, SALINE)
    typist.press("x")
    sheet_of(window, StopSheet)
    typist.press(Qt.Key.Key_Return)
    typist.press("x")
    assert "is kept already and waits to be saved" in window.toast.text
    room_again(ward, window)
    states = [service.state for service in ward.session(session.id).services]
    assert states == [ServiceState.STOPPED, ServiceState.RUNNING]


def test_a_minute_later_the_same_key_is_a_new_touch(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = running(ward, window, VANCOMYCIN)
    typist.press("p")
    typist.press(Qt.Key.Key_Return)
    ward.clock.advance(1)
    typist.press("p")
    assert room_again(ward, window) == ["service-paused", "service-resumed"]
    (pause,) = ward.session(session.id).services[0].pauses
    assert pause.until is not None
    assert pause.until.at_us - pause.since.at_us == 60_000_000


def test_a_flush_after_a_waiting_push_is_no_repeat(ward: Ward, window: MainWindow, typist: Typist) -> None:
    planned(ward, window, DIPHENHYDRAMINE, VANCOMYCIN)
    typist.press("s")
    typist.press("f")
    typist.press("s")
    assert room_again(ward, window) == ["service-given", "service-given", "service-started"]


def test_a_stop_after_a_waiting_start_is_taken_and_both_keep_their_instants(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = planned(ward, window, VANCOMYCIN)
    start_us = ward.clock.now().wall_us
    typist.press("s")
    ward.clock.advance(40)
    typist.press("x")
    assert len(window.touches.kept) == 2
    ward.clock.advance(5)
    assert room_again(ward, window) == ["service-started", "service-stopped"]
    (service,) = ward.session(session.id).services
    assert service.start is not None
    assert service.stop is not None
    assert (service.start.at_us, service.stop.at_us) == (start_us, start_us + 40 * 60_000_000)


def test_u_takes_a_waiting_touch_back_and_the_chair_can_be_started_again(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = planned(ward, window, VANCOMYCIN)
    for letter in "sus":
        typist.press(letter)
    assert [touch.said.partition(" · ")[2] for touch in window.touches.kept] == [
        "Vancomycin started at 09:00:00",
        "Vancomycin start taken back",
        "Vancomycin started at 09:00:00",
    ]
    assert room_again(ward, window) == ["service-started", "touch-undone", "service-started"]
    assert ward.session(session.id).services[0].state is ServiceState.RUNNING


def test_a_patient_whose_seating_waits_is_told_on_the_free_chair_and_can_be_started(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    full(ward, window, ward.seat("1"))
    window.board.focus("3")
    typist.press(Qt.Key.Key_Return)
    sheet = sheet_of(window, SeatSheet)
    sheet.mrn.set_text("0007777")
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert view(window).state is CardState.FREE
    assert view(window).waiting[0] == "Seating 09:00:00 is not saved yet"
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert "seated at 09:00:00 is kept already and waits to be saved" in window.toast.text
    ward.clock.advance(2)
    typist.press(Qt.Key.Key_Return)
    assert window.toast.text == "Not done. Chair 3 is taken."
    typist.press("e")
    assert room_again(ward, window) == ["patient-seated", "session-ended"]
    assert ward.in_chair("3").stage is Stage.ENDED


def test_a_move_that_waits_is_told_at_both_chairs(ward: Ward, window: MainWindow) -> None:
    session = running(ward, window, VANCOMYCIN)
    station = window.station
    when = station.stamp()
    moving = partial(station.desk.move, session.id, "5", when)
    window.touches.send(Touch("Chair 3 · moved to chair 5", moving))
    assert view(window, "3").waiting == view(window, "5").waiting != ()


def test_the_same_entry_through_a_sheet_is_not_kept_twice(ward: Ward, window: MainWindow) -> None:
    session = running(ward, window, VANCOMYCIN)
    bag = partial(change_bag, service="1", lot="A1")
    for _ in range(2):
        window.station.touch(session, "new bag", bag, window.station.stamp())
        ward.clock.advance(us=5_000_000)
    window.station.touch(
        session, "another bag", partial(change_bag, service="1", lot="A2"), window.station.stamp()
    )
    assert room_again(ward, window) == ["bag-changed", "bag-changed"]


def test_a_waiting_touch_refused_at_last_keeps_its_moment_as_an_open_mark(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    running(ward, window, VANCOMYCIN)
    pressed_us = ward.clock.now().wall_us
    typist.press("x")
    ward.clock.advance(4)
    ward.journal.unstorable = "service-stopped"
    assert room_again(ward, window) == ["mark-made"]
    assert "Its moment is kept as an open mark." in window.toast.text
    (mark,) = ward.desk.suite.open_marks
    assert (mark.at.at_us, mark.chair) == (pressed_us, "3")


def test_a_note_refused_at_last_leaves_no_mark(ward: Ward, window: MainWindow) -> None:
    session = running(ward, window, VANCOMYCIN)
    window.station.touch(session, "note", partial(add_note, text="itching"), window.station.stamp())
    ward.journal.unstorable = "note-added"
    assert room_again(ward, window) == []
    assert "Not taken: Chair 3 · note." in window.toast.text
    assert "mark" not in window.toast.text


def test_nothing_is_signed_while_something_of_its_chair_waits(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("3"))
    ward.clock.advance(60)
    session = ward.stop(session)
    session = ward.do(session, end_session)
    full(ward, window, session)
    window.station.touch(session, "stopped again", partial(stop_service, service="1"), window.station.stamp())
    window.show_page("review", session.id)
    window.review.sign()
    assert window.toast.text == "Not done. Something of chair 3 is not saved yet; sign it when it is."
    assert room_again(ward, window) == ["stop-proposed"]


def test_a_look_at_the_number_is_never_refused_for_waiting(ward: Ward, window: MainWindow) -> None:
    running(ward, window, VANCOMYCIN)
    for _ in range(2):
        window.board.panel.reveal.click()
        assert "0004821" in window.board.panel.under.text()
        window.board.panel.conceal()
    assert view(window).waiting == ()
    assert room_again(ward, window) == ["patient-shown", "patient-shown"]


def test_every_deed_that_steps_on_has_its_guard() -> None:
    asks_or_looks = {
        Deed.REVIEW, Deed.MARK, Deed.SAY_MARK, Deed.MORE, Deed.KEEP_OPEN, Deed.FLUSH, Deed.FLUSH_PORT,
        Deed.REACTION, Deed.NOTE, Deed.PLAN, Deed.PRINT,
    }  # fmt: skip
    assert set(Deed) - set(SAME) == asks_or_looks
