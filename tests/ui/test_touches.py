"""A touch is shown when it is on disk, kept when it is not, and never out of order."""

from __future__ import annotations

from functools import partial

from pytestqt.qtbot import QtBot

from desktop_app.core.care import pause_service, stop_service
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.ui.board.card_view import CardState, Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward


def pause(window: MainWindow, session: Session, said: str) -> None:
    action = partial(pause_service, service="1", reason="Reaction")
    window.station.touch(session, said, action, window.station.stamp())


def state_of(window: MainWindow, chair: int) -> CardState:
    return window.board.grid.cards[chair - 1].view.state


def test_a_touch_is_on_disk_before_it_is_drawn(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    drawn_when_stored: list[tuple[str, CardState]] = []
    ward.journal.on_stored = lambda: drawn_when_stored.append((ward.journal.kinds[-1], state_of(window, 1)))
    perform(window.station, Deed.STOP, "1", window.station.stamp())
    assert drawn_when_stored == [("service-stopped", CardState.RUNNING)]
    assert state_of(window, 1) is CardState.SEATED


def test_a_touch_that_cannot_be_stored_is_kept_with_its_instant(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("2"))
    window.refresh()
    ward.clock.advance(40)
    pressed_us = ward.clock.now().wall_us
    ward.journal.is_full = True
    perform(window.station, Deed.STOP, "2", window.station.stamp())
    assert window.not_saved.text == (
        "Not saved yet: the disk is full. Chair 2 · Vancomycin stopped at 09:40:00. Kept with its time, "
        "tried again every second. Leave the program open; timers go on."
    )
    assert state_of(window, 2) is CardState.RUNNING
    ward.clock.advance(3)
    ward.journal.is_full = False
    with qtbot.waitSignal(window.touches.settled, timeout=3000):
        pass
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    assert stop.at_us == pressed_us
    assert window.not_saved.text == ""
    assert "Everything is on disk" in window.toast.text


def test_what_is_touched_later_waits_behind_what_is_kept(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("2"))
    ward.journal.is_full = True
    perform(window.station, Deed.STOP, "2", window.station.stamp())
    ward.journal.is_full = False
    ward.clock.advance(1)
    perform(window.station, Deed.END, "2", window.station.stamp())
    window.sheets.close_sheet()
    again = partial(stop_service, service="1")
    window.station.touch(session, "stopped again", again, window.station.stamp())
    assert [touch.said.split(" · ")[1][:10] for touch in window.touches.kept] == [
        "Vancomycin",
        "session en",
        "stopped ag",
    ]
    window.touches.retry()
    assert window.touches.kept == ()
    kinds = ward.journal.kinds[-3:]
    assert kinds == ["service-stopped", "session-ended", "stop-proposed"]


def test_a_refusal_is_no_touch(ward: Ward, window: MainWindow) -> None:
    ward.seat("1")
    stored = list(ward.journal.kinds)
    perform(window.station, Deed.STOP, "1", window.station.stamp())
    assert window.toast.text == "Not done. Chair 1 has nothing running."
    assert ward.journal.kinds == stored


def test_the_news_offers_an_undo_only_after_the_desk_said_saved(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    ward.journal.is_full = True
    perform(window.station, Deed.STOP, "1", window.station.stamp())
    assert window.toast.text == ""
    ward.journal.is_full = False
    window.touches.retry()
    assert "saved" in window.toast.text


def test_elapsed_is_now_less_the_start_however_late_the_tick(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(47, us=12_000_000)
    window.ticker.tick()
    assert window.board.grid.cards[0].view.time == "0:47:12"
    assert session.services[0].state is ServiceState.RUNNING


def test_another_writer_in_the_meantime_is_said_and_nothing_is_kept(ward: Ward, window: MainWindow) -> None:
    ward.journal.is_stale = True
    perform(window.station, Deed.MARK, "1", window.station.stamp())
    assert "changed elsewhere" in window.toast.text
    assert window.touches.kept == ()


def test_what_waited_and_is_refused_is_not_called_saved(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.is_full = True
    pause(window, session, "paused, first touch")
    perform(window.station, Deed.MARK, "1", window.station.stamp())
    ward.journal.is_full, ward.journal.unstorable = False, "service-paused"
    window.touches.retry()
    assert window.toast.text == (
        "Not taken: Chair 1 · paused, first touch. A text of this touch is none that can be stored. "
        "Its moment is kept as an open mark. "
        "Saved now: Chair 1 · 09:00:00 marked; Chair 1 · mark of what was not taken."
    )
    assert window.not_saved.text == ""
    assert "service-paused" not in ward.journal.kinds


def test_what_another_writer_has_overtaken_while_it_waited_is_said(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.is_full = True
    pause(window, session, "Vancomycin paused")
    ward.journal.is_full, ward.journal.is_stale = False, True
    window.touches.retry()
    assert window.touches.kept == ()
    assert window.toast.text == (
        "Not taken: Chair 1 · Vancomycin paused. "
        "This was changed elsewhere in the meantime; nothing was stored."
    )


def test_what_can_never_be_stored_is_refused_at_once(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.unstorable = "service-paused"
    pause(window, session, "Vancomycin paused")
    assert window.toast.text == "Not done. A text of this touch is none that can be stored."
    assert window.touches.kept == ()
    assert window.not_saved.text == ""


def test_what_can_never_be_stored_blocks_nothing_behind_it(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.is_full, ward.journal.unstorable = True, "service-paused"
    pause(window, session, "Vancomycin paused")
    perform(window.station, Deed.STOP, "1", window.station.stamp())
    ward.journal.is_full = False
    window.touches.retry()
    assert window.touches.kept == ()
    assert ward.journal.kinds[-2:] == ["service-stopped", "mark-made"]
    assert "Not taken: Chair 1 · Vancomycin paused." in window.toast.text
    assert "Saved now: Chair 1 · Vancomycin stopped" in window.toast.text


def test_the_window_stays_open_while_a_touch_is_not_on_disk(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.is_full = True
    pause(window, session, "Vancomycin paused")
    assert not window.close()
    assert window.isVisible()
    assert window.not_saved.text == (
        "Not saved yet: the disk is full. The window stays open until it is saved. "
        "Chair 1 · Vancomycin paused. Kept with its time, tried again every second. "
        "Leave the program open; timers go on."
    )
    window.touches.retry()
    assert "The window stays open until it is saved." in window.not_saved.text


def test_closing_tries_once_more_to_save(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.is_full = True
    pause(window, session, "Vancomycin paused")
    ward.journal.is_full = False
    window.close()
    assert ward.journal.kinds[-1] == "service-paused"
    assert window.isMinimized()


def test_the_window_stays_open_once_to_say_what_was_refused(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.is_full, ward.journal.unstorable = True, "service-paused"
    pause(window, session, "Vancomycin paused")
    ward.journal.is_full = False
    assert not window.close()
    assert "Not taken: Chair 1 · Vancomycin paused." in window.toast.text
    assert not window.isMinimized()
    window.close()
    assert window.isMinimized()
