"""What somebody may not do is said before they fill in anything, and a touch at a chair keeps its moment."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.core.access import Right, Role
from desktop_app.core.care import stop_service
from desktop_app.core.moments import SECOND_US
from desktop_app.core.stay import end_session
from desktop_app.ui import commands, late, words
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.kept_moments import AGAIN_US, FOR_ALL, WITHOUT_MOMENT
from desktop_app.ui.panel.service_menu import ask_about_service
from desktop_app.ui.review.acts import ask_to_reopen, hold_or_release
from desktop_app.ui.sheets import people
from desktop_app.ui.sheets.clocks import ClocksSheet
from desktop_app.ui.sheets.grouped import GroupedSheet
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, sheet_of

REFUSED = "A biller starts, stops and charts nothing at the chair: switch to a nurse or a charge nurse."
ASKS_NOBODY = frozenset(
    {
        "BackupsSheet", "ChooseSheet", "ClocksSheet", "ColumnSheet", "DaySheet", "DestroySheet",
        "DrugsSheet", "EventSheet", "FirstPersonSheet", "GroupedSheet", "KeptSheet", "KeysSheet",
        "LayoutsSheet", "LoseSheet", "MomentHistorySheet", "NewPersonSheet", "OrderSheet", "PaperSheet",
        "PersonSheet", "PreviewSheet", "ProtocolsSheet", "QuitSheet", "ReasonSheet", "RecoverySheet",
        "RestoreSheet", "SeatingSheet", "SendingSheet", "TakeBackSheet", "WhoIsItSheet", "WhoSheet",
    }
)  # fmt: skip
"""Sheets that show, that lead to others, that say who somebody is, or whose caller says what they need."""


@pytest.fixture
def biller(ward: Ward, window: MainWindow) -> MainWindow:
    """Vancomycin runs at chair 1; BT, who bills, is on."""
    ward.start(ward.seat("1"))
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    name_person(ward.desk, "BT", Role.BILLER)
    ward.desk.actor = "BT"
    window.refresh()
    window.board.focus("1")
    ward.clock.advance(41, us=7 * SECOND_US)
    return window


def test_a_refused_stop_keeps_its_moment_as_a_mark_and_says_so(
    ward: Ward, biller: MainWindow, typist: Typist
) -> None:
    typist.press("X")
    assert ward.in_chair("1").services[0].stop is None
    (mark,) = ward.desk.suite.open_marks
    assert (mark.chair, mark.at.by) == ("1", "BT")
    told = f"Not done. {REFUSED} The moment 09:41:07 is kept as an open mark."
    assert biller.toast.text == told
    assert not biller.toast.undo_button.isVisible()
    assert biller.board.panel.marks.buttons.keys() == {mark.id}


def test_the_moment_becomes_the_stop_when_a_nurse_says_so(
    ward: Ward, biller: MainWindow, typist: Typist
) -> None:
    typist.press("X")
    (mark,) = ward.desk.suite.open_marks
    ward.clock.advance(5)
    ward.desk.actor = "AK"
    ward.desk.assign(mark.id, ward.in_chair("1").id, "stop", stop_service)
    stop = ward.in_chair("1").services[0].stop
    assert stop is not None
    assert stop.at_us == mark.at.at_us
    assert biller.toast.text


@pytest.mark.parametrize("deed", sorted(set(Deed) - FOR_ALL - WITHOUT_MOMENT - {Deed.SEAT}))
def test_every_deed_with_a_moment_leaves_a_mark_and_asks_nothing(
    ward: Ward, biller: MainWindow, deed: Deed
) -> None:
    before = len(ward.journal.kinds)
    commands.perform(biller.station, deed, "1", biller.station.stamp())
    assert biller.sheets.sheet is None
    assert ward.journal.kinds[before:] == ["mark-made"]


@pytest.mark.parametrize("deed", sorted(WITHOUT_MOMENT))
def test_a_deed_without_a_moment_is_refused_at_once(ward: Ward, biller: MainWindow, deed: Deed) -> None:
    before = len(ward.journal.kinds)
    commands.perform(biller.station, deed, "1", biller.station.stamp())
    assert biller.sheets.sheet is None
    assert biller.toast.text == f"Not done. {REFUSED}"
    assert ward.journal.kinds[before:] == []


def test_nobody_fills_in_a_seat_that_they_may_not_take(ward: Ward, biller: MainWindow) -> None:
    commands.perform(biller.station, Deed.SEAT, "2", biller.station.stamp())
    assert biller.sheets.sheet is None
    assert [mark.chair for mark in ward.desk.suite.open_marks] == ["2"]


def test_what_nobody_could_do_leaves_no_mark(ward: Ward, biller: MainWindow) -> None:
    commands.perform(biller.station, Deed.STOP, "2", biller.station.stamp())
    assert biller.toast.text == "Not done. Chair 2 is free."
    assert ward.desk.suite.open_marks == ()


def test_a_moment_that_the_disk_does_not_take_is_kept_and_said_to_wait(
    ward: Ward, biller: MainWindow
) -> None:
    ward.journal.is_full = True
    commands.perform(biller.station, Deed.STOP, "1", biller.station.stamp())
    assert biller.toast.text.endswith("The moment 09:41:07 is kept as a mark, and waits to be saved.")
    ward.journal.is_full = False
    biller.touches.retry()
    assert [mark.chair for mark in ward.desk.suite.open_marks] == ["1"]


def test_a_stop_out_of_a_services_menu_keeps_its_moment_too(ward: Ward, biller: MainWindow) -> None:
    session = ward.in_chair("1")
    ask_about_service(biller.station, session, session.services[0])
    sheet_of(biller, GroupedSheet).take_letter("x", biller.station.stamp())
    assert ward.in_chair("1").services[0].stop is None
    assert [mark.chair for mark in ward.desk.suite.open_marks] == ["1"]


def test_a_start_with_its_dose_out_of_a_planned_services_menu_keeps_its_moment(
    ward: Ward, biller: MainWindow
) -> None:
    ward.desk.actor = "AK"
    session = ward.plan(ward.in_chair("1"))
    ward.desk.actor = "BT"
    ask_about_service(biller.station, session, session.services[1])
    sheet_of(biller, GroupedSheet).choices["Start, with dose or vial…"].click()
    assert biller.sheets.sheet is None
    assert [(mark.chair, mark.at.by) for mark in ward.desk.suite.open_marks] == [("1", "BT")]
    assert biller.toast.text.endswith("is kept as an open mark.")


def test_a_wristband_of_somebody_new_keeps_its_moment_at_the_chair(ward: Ward, biller: MainWindow) -> None:
    biller.search("0009999", scanned=True)
    assert biller.sheets.sheet is None
    assert [mark.chair for mark in ward.desk.suite.open_marks] == ["2"]
    assert biller.toast.text.endswith("The moment 09:41:07 is kept as an open mark.")


def test_an_mrn_that_is_typed_to_be_looked_for_is_no_moment(ward: Ward, biller: MainWindow) -> None:
    biller.search("0009999")
    assert biller.sheets.sheet is None
    assert biller.toast.text == f"Not done. {REFUSED}"
    assert ward.desk.suite.open_marks == ()


def test_a_refused_deed_pressed_again_at_once_is_one_moment_the_first(
    ward: Ward, biller: MainWindow, typist: Typist
) -> None:
    for _ in range(4):
        typist.press("X")
        ward.clock.advance(us=SECOND_US)
    (mark,) = ward.desk.suite.open_marks
    assert words.clock_s(mark.at.at_us, biller.station.zone) == "09:41:07"
    assert biller.toast.text == f"Not done. {REFUSED} The moment 09:41:07 is kept already as an open mark."


def test_the_same_deed_some_seconds_later_is_a_moment_of_its_own(ward: Ward, biller: MainWindow) -> None:
    perform = partial(commands.perform, biller.station)
    perform(Deed.STOP, "1", biller.station.stamp())
    ward.clock.advance(us=AGAIN_US)
    perform(Deed.STOP, "1", biller.station.stamp())
    assert len(ward.desk.suite.open_marks) == 2


def test_another_deed_and_another_chair_at_once_are_moments_of_their_own(
    ward: Ward, biller: MainWindow
) -> None:
    for deed, chair in ((Deed.STOP, "1"), (Deed.PAUSE, "1"), (Deed.SEAT, "2"), (Deed.SEAT, "3")):
        commands.perform(biller.station, deed, chair, biller.station.stamp())
    assert sorted(mark.chair for mark in ward.desk.suite.open_marks) == ["1", "1", "2", "3"]


def test_a_moment_whose_mark_was_dropped_meanwhile_is_kept_anew(ward: Ward, biller: MainWindow) -> None:
    commands.perform(biller.station, Deed.STOP, "1", biller.station.stamp())
    ward.desk.actor = "AK"
    ward.desk.drop("", "by mistake")
    ward.desk.actor = "BT"
    commands.perform(biller.station, Deed.STOP, "1", biller.station.stamp())
    assert len(ward.desk.suite.open_marks) == 1


def test_a_moment_that_waits_to_be_saved_is_not_kept_twice(ward: Ward, biller: MainWindow) -> None:
    ward.journal.is_full = True
    for _ in range(3):
        commands.perform(biller.station, Deed.STOP, "1", biller.station.stamp())
    assert biller.toast.text.endswith("is kept already as a mark, and waits to be saved.")
    assert len(biller.touches.kept) == 1


def test_a_sheet_that_somebody_may_not_finish_is_not_opened(ward: Ward, biller: MainWindow) -> None:
    session = ward.in_chair("1")
    late.ask_dose(biller.station, session, session.services[0])
    assert biller.sheets.sheet is None
    assert biller.toast.text == f"Not done. {REFUSED}"


def test_what_a_session_needs_of_a_role_is_asked_before_a_reason_is(ward: Ward, biller: MainWindow) -> None:
    ward.desk.actor = "AK"
    session = ward.do(ward.stop(ward.in_chair("1")), end_session)
    hold_or_release(biller.station, session)
    assert biller.sheets.sheet is None
    assert "holds and releases nothing" in biller.toast.text
    ask_to_reopen(biller.station, session)
    assert biller.sheets.sheet is not None


def test_who_registers_nobody_opens_no_form_and_looks_at_nothing(ward: Ward, biller: MainWindow) -> None:
    ward.desk.actor = "AK"
    name_person(ward.desk, "CD", Role.ADMINISTRATOR)
    ward.desk.actor = "CD"
    before = len(ward.journal.kinds)
    people.ask_people(biller.station, ward.in_chair("1"))
    assert biller.sheets.sheet is None
    assert "registers no patient" in biller.toast.text
    assert ward.journal.kinds[before:] == []


def test_the_clock_is_read_by_everybody_and_says_who_tells_the_true_time(biller: MainWindow) -> None:
    biller.clock_keeper.show_all()
    sheet = sheet_of(biller, ClocksSheet)
    assert not sheet.time.isEnabled()
    assert not sheet.go.isEnabled()
    assert any("changes no settings of the suite" in said for said in texts(sheet))


def texts(sheet: Sheet) -> list[str]:
    return [shown.text() for shown in sheet.findChildren(QLabel)]


def test_every_sheet_that_records_says_which_right_it_needs() -> None:
    root = Path(late.__file__).parent
    for path in root.rglob("*.py"):
        import_module(".".join(("desktop_app.ui", *path.relative_to(root).with_suffix("").parts)))
    kinds = every_kind(Sheet)
    assert {kind.__name__ for kind in kinds if kind.needs is None} == ASKS_NOBODY
    assert all(isinstance(kind.needs, Right) for kind in kinds if kind.needs is not None)


def every_kind(kind: type[Sheet]) -> set[type[Sheet]]:
    return {one for found in kind.__subclasses__() for one in {found, *every_kind(found)}}
