"""Every look at a record is told: who, whose, where; later than the look, and once while they are on."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.access import Role, Secret
from desktop_app.core.stay import end_session
from desktop_app.ui.lock.attendance import come_in
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward
from tests.ui.hands import Typist


def looks(ward: Ward) -> list[tuple[str, str, str]]:
    """Return every look that was told: who, the chair, where."""
    views = [recorded.event for recorded in ward.journal.since(0)]
    return [
        (event.person, ward.session(event.session).chair, event.where)
        for event in views
        if isinstance(event, e.RecordViewed)
    ]


def told(qtbot: QtBot, window: MainWindow, ward: Ward, count: int) -> list[tuple[str, str, str]]:
    qtbot.waitUntil(lambda: len(looks(ward)) >= count)
    assert window.station.viewed.pending == 0
    return looks(ward)


def test_choosing_a_chair_is_a_look_and_a_free_chair_is_none(
    ward: Ward, window: MainWindow, qtbot: QtBot, typist: Typist
) -> None:
    ward.seat("2")
    window.refresh()
    assert window.station.viewed.pending == 0
    typist.press("3")
    typist.press("2")
    assert told(qtbot, window, ward, 1) == [("AK", "2", "board")]


def test_a_look_is_told_after_the_touch_it_came_with_and_never_before(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("2"))
    window.refresh()
    window.board.focus("2")
    assert (looks(ward), window.station.viewed.pending) == ([], 1)
    ward.stop(ward.in_chair("2"))
    window.station.viewed.flush()
    kinds = [recorded.event.KIND for recorded in ward.journal.since(0)]
    assert kinds[-2:] == ["service-stopped", "record-viewed"]


def test_the_review_tells_whom_it_shows(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    first, second = (ward.do(ward.seat(chair), end_session) for chair in ("4", "5"))
    window.show_page("review", first.id)
    window.review.show_session(second.id)
    window.review.show_session(first.id)
    assert told(qtbot, window, ward, 2) == [("AK", "4", "review"), ("AK", "5", "review")]


def test_while_the_disk_takes_nothing_a_look_waits_and_nothing_is_said_of_it(
    ward: Ward, window: MainWindow, qtbot: QtBot, typist: Typist
) -> None:
    ward.seat("2")
    window.refresh()
    ward.journal.is_full = True
    typist.press("2")
    window.station.viewed.flush()
    assert (looks(ward), window.station.viewed.pending) == ([], 1)
    assert not window.not_saved.isVisible()
    ward.journal.is_full = False
    assert told(qtbot, window, ward, 1) == [("AK", "2", "board")]


def test_a_locked_window_shows_nobody_and_the_look_of_before_is_told_at_once(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("2")
    window.refresh()
    typist.press("2")
    window.locking.lock()
    assert looks(ward) == [("AK", "2", "board")]
    ward.seat("1")
    window.refresh()
    assert window.station.viewed.pending == 0


def test_who_is_on_next_looks_anew(ward: Ward, window: MainWindow, qtbot: QtBot, typist: Typist) -> None:
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    name_person(ward.desk, "BT", Role.NURSE)
    ward.seat("2")
    window.refresh()
    typist.press("2")
    told(qtbot, window, ward, 1)
    come_in(window.station, "BT", Secret.WORD)
    window.refresh()
    assert told(qtbot, window, ward, 2) == [("AK", "2", "board"), ("BT", "2", "board")]
    assert ward.journal.kinds[-2:] == ["signed-out", "signed-in"]


def test_an_instant_stamped_while_locked_is_nobodys_and_then_theirs_who_unlock(
    ward: Ward, window: MainWindow
) -> None:
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    ward.seat("2")
    window.locking.lock()
    assert ward.desk.actor == "not signed in"
    window.locking.screen.touched.emit("2")
    (mark,) = ward.desk.suite.open_marks
    assert mark.is_unsigned
    window.locking.screen.door.knock()
    (mark,) = ward.desk.suite.open_marks
    assert (mark.at.by, mark.signed_by) == ("not signed in", "AK")
    assert ward.journal.kinds[-4:] == ["signed-out", "mark-made", "signed-in", "mark-signed"]
